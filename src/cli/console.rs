//! What is said on standard error: rejected inputs, progress, a summary.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::Write as _;

use indicatif::{ProgressBar, ProgressStyle};
use newsbeat::classify::Rejects as CorpusRejects;
use newsbeat::table::text::printable;
use newsbeat::{Error, ErrorKind};

/// Names a rejected input.
pub(crate) fn reject(error: &Error) {
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    let chain = causes.fold(error.to_string(), |chain, cause| format!("{chain}: {cause}"));
    say(false, format_args!("rejected: {}", printable(&chain)));
}

/// Names the rows that could not be used, or the first of very many.
pub(crate) fn rejects(rejects: &CorpusRejects) {
    rejects.named().iter().for_each(reject);
    let n_more = rejects.len() - rejects.named().len();
    if n_more > 0 {
        say(false, format_args!("rejected: {} that are not named", count(n_more, "more row")));
    }
}

/// What has been said of rejects: that a file's records have no column of a name is said once, then counted.
#[derive(Debug, Default)]
pub(crate) struct Rejects(BTreeMap<(String, String), usize>);

impl Rejects {
    /// Names a rejected input, or counts it with one like it.
    pub(crate) fn reject(&mut self, error: &Error) {
        if let ErrorKind::MissingColumn { column, place, .. } = error.kind() {
            let n_more = self.0.entry((file_of(place).to_owned(), column.clone()));
            match n_more {
                Entry::Occupied(mut n_more) => return *n_more.get_mut() += 1,
                Entry::Vacant(n_more) => n_more.insert(0),
            };
        }
        reject(error);
    }

    /// Says how many were counted only.
    pub(crate) fn say_the_rest(self) {
        for ((file, column), n_more) in self.0.into_iter().filter(|(_, n_more)| *n_more > 0) {
            let records = count(n_more, "more record");
            say(
                false,
                format_args!("rejected: {}: {records} without \"{}\"", printable(&file), printable(&column)),
            );
        }
    }
}

/// The place without its line.
fn file_of(place: &str) -> &str {
    match place.rsplit_once(':') {
        Some((file, line)) if line.bytes().all(|byte| byte.is_ascii_digit()) => file,
        _ => place,
    }
}

/// Says something unless it is to be quiet.
pub(crate) fn say(quiet: bool, message: impl std::fmt::Display) {
    if !quiet {
        // Nobody may be reading: `2>&1 | head -1`. That is no reason to stop.
        let _ = writeln!(std::io::stderr(), "{message}");
    }
}

/// Says that a book has no room for texts as long as these.
pub(crate) fn cut_cells(place: &std::path::Path, n_cut: usize) {
    if n_cut > 0 {
        let (place, texts) = (place.display(), count(n_cut, "text"));
        say(
            false,
            format_args!(
                "{place}: {texts} cut to what a cell holds, 32767 characters; csv and jsonl hold all"
            ),
        );
    }
}

/// A number of things, in words.
pub(crate) fn count(n: usize, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

/// A progress bar by bytes; on a terminal only.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Starts a bar towards `total` bytes.
    pub(crate) fn start(quiet: bool, total: u64) -> Self {
        if quiet {
            return Self(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {eta}")
            .expect("the template names known fields");
        Self(ProgressBar::new(total).with_style(style))
    }

    /// So many bytes are done.
    pub(crate) fn advance(&self, bytes: u64) {
        self.0.inc(bytes);
    }

    /// Prints something without tearing the bar.
    pub(crate) fn suspend(&self, print: impl FnOnce()) {
        self.0.suspend(print);
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
