//! What a run was made with, so that its numbers can be made again.

use super::Totals;
use crate::table::{Column, Table};

/// How a report came about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// Name of the model.
    pub model: String,
    /// Its fingerprint.
    pub model_fingerprint: String,
    /// Options that shape the output: names, and values behind `=`.
    pub options: String,
    /// ISO 8601 time, where it is wanted: without it the same input gives the same bytes.
    pub stamp: Option<String>,
    /// Files read.
    pub n_inputs: usize,
    /// Inputs, or parts of one, that could not be used.
    pub n_rejects: usize,
}

impl Run {
    /// The table `run`: one row.
    pub fn table(&self, totals: &Totals) -> Table {
        let text = |name: &str, meaning: &str, value: &str| {
            Column::text(name, meaning, vec![Some(value.to_owned()).filter(|v| !v.is_empty())])
        };
        let count = |name: &str, unit, meaning: &str, n| {
            Column::integer(name, unit, meaning, vec![i64::try_from(n).ok()])
        };
        Table::new(
            "run",
            vec![
                text("version", "version of newsbeat", env!("CARGO_PKG_VERSION")),
                text("model", "topic model that was used", &self.model),
                text("model_fingerprint", "its checksum", &self.model_fingerprint),
                text("options", "options that shape the output", &self.options),
                count("n_inputs", "files", "files that were read", self.n_inputs),
                count("n_articles", "articles", "articles in them", totals.n_articles),
                count(
                    "n_rejects",
                    "rejects",
                    "inputs, or parts of one, that could not be used",
                    self.n_rejects,
                ),
                count("n_paragraphs", "paragraphs", "paragraphs of prose", totals.n_paragraphs),
                count("n_sentences", "sentences", "sentences of prose", totals.n_sentences),
                count("n_words", "words", "words of prose", totals.n_words),
                text(
                    "stamp",
                    "time of the run, UTC, ISO 8601; only where asked for",
                    self.stamp.as_deref().unwrap_or_default(),
                ),
            ],
        )
    }
}
