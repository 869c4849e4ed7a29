//! Groups of articles side by side: metrics with tests and effects, topic shares corrected for the model's errors, keywords.
//!
//! # Examples
//!
//! ```
//! use newsbeat::compare::{By, Period};
//!
//! assert_eq!(By::named("date:year")?, By::Date(Period::Year));
//! assert_eq!(By::named("desk")?.column(), Some("desk"));
//! assert!(By::named("date:week").is_err());
//! # Ok::<(), newsbeat::Error>(())
//! ```

mod by;
mod measured;
mod topics;
mod words;

use std::collections::BTreeMap;

use crate::analysis::ArticleReport;
use crate::classify::evaluate::Confusion;
use crate::error::{Error, Result};
use crate::keyness::{Keyness, KeynessParams, WordCounts};
use crate::metrics::Metric;
use crate::statistics::BootstrapParams;
use crate::table::{Column, Table};

pub use by::{By, Period};

use topics::Answers;

/// How groups are compared.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CompareParams {
    /// How articles are resampled.
    pub bootstrap: BootstrapParams,
    /// What is a keyword.
    pub keyness: KeynessParams,
}

/// Articles by group. Kept of each are its values, the number of its paragraphs by topic, and its words.
#[derive(Debug)]
pub struct Comparison<'r> {
    by: By,
    metrics: &'r [&'static Metric],
    labels: &'r [String],
    groups: BTreeMap<String, Group>,
    /// Articles that are in no group.
    ungrouped: Size,
    keyness: Keyness,
}

/// The articles of a group.
#[derive(Debug)]
struct Group {
    /// In the order of first appearance.
    number: usize,
    size: Size,
    /// Of each metric.
    values: Vec<GroupValues>,
    answers: Answers,
}

/// Values of a metric.
#[derive(Debug, Clone, Default)]
struct GroupValues {
    /// Of the articles where it is defined.
    values: Vec<f64>,
    /// Those of them that are shorter than the metric supports.
    n_short: usize,
}

/// How much there is.
#[derive(Debug, Default)]
struct Size {
    articles: usize,
    paragraphs: usize,
    sentences: usize,
    words: usize,
}

impl Size {
    fn add(&mut self, report: &ArticleReport) {
        self.articles += 1;
        self.paragraphs += report.n_paragraphs;
        self.sentences += report.n_sentences;
        self.words += report.n_words;
    }
}

impl<'r> Comparison<'r> {
    /// No articles, to be told apart by `by`.
    pub fn new(by: By, metrics: &'r [&'static Metric], labels: &'r [String]) -> Self {
        let (groups, ungrouped, keyness) = (BTreeMap::new(), Size::default(), Keyness::new());
        Self { by, metrics, labels, groups, ungrouped, keyness }
    }

    /// Adds an article, measured by the metrics, and its words.
    pub fn add(&mut self, report: &ArticleReport, words: &WordCounts) {
        let Some(name) = self.by.group_of(report) else {
            self.ungrouped.add(report);
            return;
        };
        let (number, n_labels) = (self.groups.len(), self.labels.len());
        let group = self.groups.entry(name).or_insert_with(|| Group {
            number,
            size: Size::default(),
            values: vec![GroupValues::default(); self.metrics.len()],
            answers: Answers::new(n_labels),
        });
        group.size.add(report);
        for ((metric, value), of_group) in self.metrics.iter().zip(&report.metrics).zip(&mut group.values) {
            of_group.values.extend(value);
            of_group.n_short += usize::from(value.is_some() && report.n_words < metric.min_words);
        }
        group.answers.add(report);
        self.keyness.add(group.number, words);
    }

    /// How many groups there are.
    pub fn n_groups(&self) -> usize {
        self.groups.len()
    }

    /// How many articles are in none.
    pub fn n_ungrouped(&self) -> usize {
        self.ungrouped.articles
    }

    /// The tables `groups`, `tests`, `metrics`, `topics` and `keyness`. `confusion` is the model's own.
    ///
    /// # Errors
    ///
    /// If no article is in a group, or a parameter is out of range.
    pub fn tables(&self, params: &CompareParams, confusion: Option<&Confusion>) -> Result<Vec<Table>> {
        if self.groups.is_empty() && self.ungrouped.articles > 0 {
            let rule = format!("must be {}, or a column with a value for some article", By::NAMES);
            return Err(Error::parameter("by", rule, &self.by));
        }
        let (tests, metrics) = measured::tables(&self.groups, self.metrics, &params.bootstrap)?;
        let topics = topics::table(&self.groups, self.labels, confusion, &params.bootstrap)?;
        let keywords = self.keyness.keywords(&params.keyness);
        let keyness = words::table(&self.groups, &keywords, params.keyness.min_count);
        Ok(vec![self.group_table(), tests, metrics, topics, keyness])
    }

    /// A row a group, and one without name for articles that are in none.
    fn group_table(&self) -> Table {
        let others = Some((None, &self.ungrouped)).filter(|(_, size)| size.articles > 0);
        let rows: Vec<(Option<&String>, &Size)> =
            self.groups.iter().map(|(name, group)| (Some(name), &group.size)).chain(others).collect();
        let count = |name: &str, unit, meaning: &str, pick: fn(&Size) -> usize| {
            let values = rows.iter().map(|(_, size)| i64::try_from(pick(size)).ok()).collect();
            Column::integer(name, unit, meaning, values)
        };
        Table::new(
            "groups",
            vec![
                Column::text(
                    "group",
                    format!("by {}; empty for articles without", self.by),
                    rows.iter().map(|(name, _)| name.cloned()).collect(),
                ),
                count("n_articles", "articles", "articles in it", |s| s.articles),
                count("n_paragraphs", "paragraphs", "paragraphs of prose", |s| s.paragraphs),
                count("n_sentences", "sentences", "sentences of prose", |s| s.sentences),
                count("n_words", "words", "words of prose", |s| s.words),
            ],
        )
    }
}

#[cfg(test)]
mod tests;
