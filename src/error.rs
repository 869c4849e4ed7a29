//! The one error type of the library: a kind with named fields, and a place.

use std::error::Error as StdError;
use std::fmt;
use std::io;

/// The result of every fallible operation of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Names that are listed before the others are counted.
const LISTED: usize = 40;

/// The names, or the first of very many.
fn listed(names: &[String]) -> String {
    match names.get(LISTED..) {
        Some(rest @ [_, ..]) => format!("{}, and {} more", names[..LISTED].join(", "), rest.len()),
        _ => names.join(", "),
    }
}

/// What went wrong, and where.
///
/// The text reads `<place>: <what must hold>, got <value>`; the cause, if there is one, is in
/// [`source`](StdError::source) and never repeated in the text.
#[derive(Debug)]
pub struct Error(Box<ErrorKind>);

/// The kinds of [`Error`].
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A hyper-parameter or option is outside its range.
    Parameter {
        /// Name of the parameter, as in the code and on the command line.
        name: &'static str,
        /// The rule that the value breaks, as in "must be greater than 0".
        rule: String,
        /// The value as given.
        value: String,
    },
    /// A record of an input breaks a rule; the others are not affected.
    Record {
        /// File and, where known, line: `news.csv:17`.
        place: String,
        /// What must hold, what was found.
        problem: String,
    },
    /// A table has no column of the name asked for.
    MissingColumn {
        /// The name asked for.
        column: String,
        /// The file.
        place: String,
        /// The columns that the file has.
        columns: Vec<String>,
    },
    /// Training data cannot be learned from: no rows, one label, shapes that differ.
    Training {
        /// What must hold, what was found.
        problem: String,
    },
    /// Training data needs more memory than it may take.
    Memory {
        /// What must hold, what was found.
        problem: String,
    },
    /// A model file is not what this program can load.
    Model {
        /// The file, or `the built-in model`.
        place: String,
        /// What must hold, what was found.
        problem: String,
        /// The error below, if another crate found it.
        source: Option<Box<dyn StdError + Send + Sync>>,
    },
    /// The operating system refused to read or write.
    Io {
        /// The file or stream.
        place: String,
        /// What was being done, as in "read" or "write".
        action: &'static str,
        /// The operating system's answer.
        source: io::Error,
    },
    /// An error of one of linfa's own algorithms.
    Linfa(linfa::Error),
}

impl Error {
    /// The kind, with its fields.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// The file, and where known the line, that it concerns.
    pub fn place(&self) -> Option<&str> {
        match &*self.0 {
            ErrorKind::Record { place, .. }
            | ErrorKind::MissingColumn { place, .. }
            | ErrorKind::Model { place, .. }
            | ErrorKind::Io { place, .. } => Some(place),
            ErrorKind::Parameter { .. }
            | ErrorKind::Training { .. }
            | ErrorKind::Memory { .. }
            | ErrorKind::Linfa(_) => None,
        }
    }

    /// What must hold and what was found, with every cause, without the place.
    pub fn reason(&self) -> String {
        let reason = match &*self.0 {
            ErrorKind::Record { problem, .. } | ErrorKind::Model { problem, .. } => problem.clone(),
            ErrorKind::MissingColumn { column, columns, .. } => {
                format!("no column \"{column}\"; its columns are: {}", listed(columns))
            }
            ErrorKind::Io { action, .. } => format!("cannot {action}"),
            _ => self.to_string(),
        };
        let causes = std::iter::successors(StdError::source(self), |cause| (**cause).source());
        causes.fold(reason, |reason, cause| format!("{reason}: {cause}"))
    }

    /// A hyper-parameter outside its range.
    pub fn parameter(name: &'static str, rule: impl Into<String>, value: impl fmt::Display) -> Self {
        ErrorKind::Parameter { name, rule: rule.into(), value: value.to_string() }.into()
    }

    /// A record that breaks a rule.
    pub fn record(place: impl fmt::Display, problem: impl Into<String>) -> Self {
        ErrorKind::Record { place: place.to_string(), problem: problem.into() }.into()
    }

    /// Training data that cannot be learned from.
    pub fn training(problem: impl Into<String>) -> Self {
        ErrorKind::Training { problem: problem.into() }.into()
    }

    /// Training data that needs more memory than it may take.
    pub fn memory(problem: impl Into<String>) -> Self {
        ErrorKind::Memory { problem: problem.into() }.into()
    }

    /// A model file that cannot be loaded.
    pub fn model(place: impl fmt::Display, problem: impl Into<String>) -> Self {
        ErrorKind::Model { place: place.to_string(), problem: problem.into(), source: None }.into()
    }

    /// A refusal of the operating system.
    pub fn io(place: impl fmt::Display, action: &'static str, source: io::Error) -> Self {
        ErrorKind::Io { place: place.to_string(), action, source }.into()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl From<linfa::Error> for Error {
    fn from(error: linfa::Error) -> Self {
        ErrorKind::Linfa(error).into()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            ErrorKind::Parameter { name, rule, value } => write!(f, "{name} {rule}, got {value}"),
            ErrorKind::Record { place, problem } | ErrorKind::Model { place, problem, .. } => {
                write!(f, "{place}: {problem}")
            }
            ErrorKind::MissingColumn { column, place, columns } => {
                write!(f, "no column \"{column}\" in {place}; its columns are: {}", listed(columns))
            }
            ErrorKind::Training { problem } | ErrorKind::Memory { problem } => f.write_str(problem),
            ErrorKind::Io { place, action, .. } => write!(f, "{place}: cannot {action}"),
            ErrorKind::Linfa(_) => f.write_str("linfa"),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.0 {
            ErrorKind::Io { source, .. } => Some(source),
            ErrorKind::Linfa(source) => Some(source),
            ErrorKind::Model { source, .. } => source.as_deref().map(|s| s as _),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_place_rule_and_value() {
        let error = Error::parameter("alpha", "must be finite and greater than 0", -1.0);
        assert_eq!(error.to_string(), "alpha must be finite and greater than 0, got -1");
        let error = Error::record("news.csv:17", "expected 3 fields, found 2");
        assert_eq!(error.to_string(), "news.csv:17: expected 3 fields, found 2");
    }

    #[test]
    fn of_very_many_columns_the_first_are_named() {
        let message = |n: usize| {
            let columns = (0..n).map(|i| i.to_string()).collect();
            let (column, place) = ("text".to_owned(), "a.csv".to_owned());
            Error::from(ErrorKind::MissingColumn { column, place, columns }).to_string()
        };
        assert!(message(40).ends_with(", 38, 39"), "{}", message(40));
        assert!(message(100_000).ends_with(", 38, 39, and 99960 more"), "{}", message(100_000));
    }

    #[test]
    fn the_cause_is_the_source_and_not_in_the_text() {
        let error = Error::io("a.txt", "read", io::Error::other("disk on fire"));
        assert_eq!(error.to_string(), "a.txt: cannot read");
        assert_eq!(error.source().unwrap().to_string(), "disk on fire");
    }

    #[test]
    fn a_reason_has_the_causes_and_not_the_place() {
        let error = Error::io("a.txt", "read", io::Error::other("disk on fire"));
        assert_eq!((error.place(), error.reason().as_str()), (Some("a.txt"), "cannot read: disk on fire"));
        let error = Error::parameter("alpha", "must be greater than 0", 0);
        assert_eq!((error.place(), error.reason().as_str()), (None, "alpha must be greater than 0, got 0"));
    }
}
