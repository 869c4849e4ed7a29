//! What another package would say: its words, its formulas and its column names, its errors among them.
//!
//! The metrics of this program are the authors' formulas. A preset is for comparing with numbers that have been
//! computed already: it cuts words and sentences as the package does and computes what the package computes, by the names that
//! the package uses.

mod korpus;
mod quanteda;
mod sentences;
mod syllables;
mod textdescriptives;
mod textstat;

use super::formula::Formula;
use super::{TextCounts, named};
use crate::error::{Error, Result};
use crate::metrics::scan::Cut;
use crate::text::Language;

/// A package's conventions.
#[derive(Debug)]
pub struct Preset {
    /// The name on the command line.
    pub name: &'static str,
    /// The package and the version whose formulas are followed.
    pub package: &'static str,
    /// What still differs.
    pub difference: &'static str,
    cut: Cut,
    columns: &'static [Column],
}

/// A number by the name that a package gives it.
#[derive(Debug)]
pub struct Column {
    /// The package's name.
    pub name: &'static str,
    source: Source,
}

#[derive(Debug)]
enum Source {
    /// A formula of this program, which is the package's too.
    Ours(&'static str),
    /// The package's own.
    Theirs(Formula),
}

const fn ours(name: &'static str, metric: &'static str) -> Column {
    Column { name, source: Source::Ours(metric) }
}

const fn theirs(name: &'static str, formula: Formula) -> Column {
    Column { name, source: Source::Theirs(formula) }
}

/// Every preset.
pub static PRESETS: &[&Preset] =
    &[&quanteda::PRESET, &textstat::PRESET, &korpus::PRESET, &textdescriptives::PRESET];

impl Preset {
    /// The preset of a name.
    ///
    /// # Errors
    ///
    /// If there is no such preset.
    pub fn named(name: &str) -> Result<&'static Self> {
        PRESETS.iter().copied().find(|p| p.name == name).ok_or_else(|| {
            let names: Vec<_> = PRESETS.iter().map(|p| p.name).collect();
            Error::parameter("preset", format!("must be one of {}", names.join(", ")), name)
        })
    }

    /// Counts a text as the package cuts it.
    ///
    /// # Examples
    ///
    /// ```
    /// use newsbeat::metrics::Preset;
    /// use newsbeat::text::Language;
    ///
    /// let preset = Preset::named("quanteda")?;
    /// assert_eq!(preset.counts(&["A cease-fire held."], Language::ENGLISH).n_words, 4);
    /// # Ok::<(), newsbeat::Error>(())
    /// ```
    pub fn counts(&self, paragraphs: &[&str], language: &'static Language) -> TextCounts {
        TextCounts::cut_by(self.cut, paragraphs, language)
    }

    /// Its columns, in the package's order.
    pub fn columns(&self) -> &'static [Column] {
        self.columns
    }
}

impl Column {
    /// The expression that is computed.
    pub fn formula(&self) -> &'static str {
        match &self.source {
            Source::Ours(name) => named(name).map_or("", |m| m.formula),
            Source::Theirs(formula) => formula.text,
        }
    }

    /// Its value, whatever the language; `None` where it is undefined, as for a text without words, where the package may
    /// say 0.
    pub fn of(&self, counts: &TextCounts) -> Option<f64> {
        if counts.n_words == 0 {
            return None;
        }
        match &self.source {
            Source::Ours(name) => named(name).ok().and_then(|m| (m.measure)(counts)),
            Source::Theirs(formula) => (formula.measure)(counts),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_formula_and_a_name_of_its_own() {
        for preset in PRESETS {
            assert_eq!(Preset::named(preset.name).unwrap().name, preset.name);
            let mut names: Vec<&str> = preset.columns().iter().map(|c| c.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), preset.columns().len(), "{}", preset.name);
            let counts =
                preset.counts(&["The cat in the hat ate breakfast. Nobody saw it."], Language::ENGLISH);
            let empty = preset.counts(&[], Language::ENGLISH);
            for column in preset.columns() {
                assert!(!column.formula().is_empty(), "{} {}", preset.name, column.name);
                assert!(column.of(&counts).is_none_or(f64::is_finite), "{} {}", preset.name, column.name);
                assert_eq!(column.of(&empty), None, "{} {}", preset.name, column.name);
            }
        }
        assert!(Preset::named("word").is_err());
    }

    #[test]
    fn quantedas_errors_are_kept() {
        // quanteda#1914: the fog index of the Navy is in the hundreds where grades are meant.
        let text =
            "The ministers negotiated. They rewrote the paragraph seventeen times, patiently. Nobody agreed.";
        let preset = Preset::named("quanteda").unwrap();
        let counts = preset.counts(&[text], Language::ENGLISH);
        let of = |name: &str| preset.columns().iter().find(|c| c.name == name).unwrap().of(&counts).unwrap();
        let ours = named("bormuth_mean_cloze").unwrap().of(&counts).unwrap();
        assert!(of("Bormuth.MC") < ours - 0.1, "{} {ours}", of("Bormuth.MC"));
        assert!((of("Flesch") - named("flesch_reading_ease").unwrap().of(&counts).unwrap()).abs() < 1e-12);
    }
}
