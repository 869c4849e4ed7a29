//! Numbers about a text: a registry of metrics, each a row with its formula, unit and source.
//!
//! A text is counted once, by [`TextCounts::of`]; a [`Metric`] is a formula over those counts. Nothing is
//! tokenised twice, and what is undefined is `None`, never 0.
//!
//! # Advice for hackers
//!
//! Adding a metric is adding a row to the `METRICS` slice of its family's file. The formula is written once,
//! with `formula!`: the macro keeps its text for the reader and compiles the same tokens. A name in a formula
//! is a [`Symbol`]; a count that no symbol gives yet is a line in `symbol.rs`.
//!
//! # Examples
//!
//! ```
//! use newsbeat::metrics::{self, TextCounts};
//! use newsbeat::text::Language;
//!
//! let counts = TextCounts::of(&["The cat sat on the mat. It purred."], Language::ENGLISH);
//! let metric = metrics::named("words_per_sentence")?;
//! assert_eq!(metric.of(&counts), Some(4.0));
//! assert_eq!(metric.formula, "words / sentences");
//! # Ok::<(), newsbeat::Error>(())
//! ```

mod cohesion;
mod counts;
mod dictionary;
mod diversity;
mod extras;
mod formula;
mod interval;
mod length;
mod lexicon;
mod lists;
mod patterns;
mod preset;
mod readability;
mod running;
mod scan;
mod structure;
mod style;
mod symbol;

#[cfg(test)]
mod contract;

pub use counts::TextCounts;
pub use dictionary::{Dictionary, Score};
pub use extras::{ExtraValues, Extras};
pub use interval::{Interval, N_RESAMPLES, intervals};
pub use preset::{Column, PRESETS, Preset};
pub use symbol::{SYMBOLS, Symbol};

use crate::error::{Error, Result};
use formula::Formula;

/// A group of metrics that answer the same kind of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Family {
    /// How much of everything there is: counts and lengths.
    Counts,
    /// How hard it is to read.
    Readability,
    /// How varied its words are.
    Diversity,
    /// How it is written: quotations, pronouns, numbers, marks.
    Style,
    /// How the article is built, and whether its text is clean.
    Structure,
    /// How it holds together.
    Cohesion,
}

impl Family {
    /// Every family, in the order of their columns.
    pub fn all() -> &'static [Self] {
        &[Self::Counts, Self::Readability, Self::Diversity, Self::Style, Self::Structure, Self::Cohesion]
    }

    /// The name on the command line and in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Counts => "counts",
            Self::Readability => "readability",
            Self::Diversity => "diversity",
            Self::Style => "style",
            Self::Structure => "structure",
            Self::Cohesion => "cohesion",
        }
    }

    /// The family of a name.
    ///
    /// # Errors
    ///
    /// If there is no such family.
    pub fn named(name: &str) -> Result<Self> {
        Self::all().iter().copied().find(|f| f.name() == name).ok_or_else(|| {
            let names: Vec<_> = Self::all().iter().map(|f| f.name()).collect();
            Error::parameter("family", format!("must be one of {}", names.join(", ")), name)
        })
    }
}

/// One number about a text, and everything that is to be said of it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Metric {
    /// Unique, in `snake_case`: the column's header.
    pub name: &'static str,
    /// Its family.
    pub family: Family,
    /// Unit, as in `words` or `grade`; `1` for a plain ratio.
    pub unit: &'static str,
    /// The expression that is computed, over the names of [`SYMBOLS`], or the procedure in words.
    pub formula: &'static str,
    /// Author, year, title, page or equation.
    pub reference: &'static str,
    /// What a high or low value says, in a sentence.
    pub interpretation: &'static str,
    /// ISO 639-1 codes of the languages that it is valid for; empty if it holds for all.
    pub languages: &'static [&'static str],
    /// The length in words under which the author, or the arithmetic, does not support the value; 0 if none.
    pub min_words: usize,
    /// Whether texts of different length may be compared by it.
    pub comparable: bool,
    /// Computes it, whatever the language; see [`of`](Self::of).
    pub measure: fn(&TextCounts) -> Option<f64>,
}

impl Metric {
    /// What a row leaves unsaid: a formula that holds in every language, from the first word on, and does not
    /// depend on the length of the text.
    const fn row(family: Family, formula: Formula) -> Self {
        Self {
            name: "",
            family,
            unit: "1",
            formula: formula.text,
            reference: "",
            interpretation: "",
            languages: &[],
            min_words: 0,
            comparable: true,
            measure: formula.measure,
        }
    }

    /// Its value for a text; `None` where it is undefined, as for an empty text or another language.
    pub fn of(&self, counts: &TextCounts) -> Option<f64> {
        if self.holds_in(counts.language.code) { (self.measure)(counts) } else { None }
    }

    /// Whether it is valid for the language of an ISO 639-1 code.
    pub fn holds_in(&self, code: &str) -> bool {
        self.languages.is_empty() || self.languages.contains(&code)
    }
}

/// The families' tables, in the order of the columns.
static TABLES: &[&[&[Metric]]] = &[
    &[length::METRICS],
    readability::TABLES,
    diversity::TABLES,
    &[style::METRICS],
    &[structure::METRICS],
    &[cohesion::METRICS],
];

/// Every metric, family by family, in the order of the columns.
pub fn all() -> impl Iterator<Item = &'static Metric> {
    TABLES.iter().copied().flatten().copied().flatten()
}

/// The metrics of a family.
pub fn of_family(family: Family) -> impl Iterator<Item = &'static Metric> {
    all().filter(move |m| m.family == family)
}

/// The metric of a name.
///
/// # Errors
///
/// If there is no such metric.
pub fn named(name: &str) -> Result<&'static Metric> {
    all().find(|m| m.name == name).ok_or_else(|| {
        let rule = match name {
            "n_words" | "n_sentences" | "n_paragraphs" => "need not name what is always a column",
            _ => "must be a name of `newsbeat list metrics`",
        };
        Error::parameter("metric", rule, name)
    })
}
