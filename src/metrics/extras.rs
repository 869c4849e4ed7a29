//! What is told beside the values of metrics, for who asks: intervals and the scores of a dictionary.

use super::{Dictionary, Interval, Metric, N_RESAMPLES, Score, TextCounts, intervals};

/// What is asked for beside the metrics; nothing by default.
#[derive(Debug, Clone, Default)]
pub struct Extras {
    /// The user's word lists.
    pub dictionary: Option<Dictionary>,
    /// The seed of bootstrap intervals.
    pub seed: Option<u64>,
}

/// What a text answers to [`Extras`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExtraValues {
    /// Bounds of each metric; empty if they were not asked for.
    pub bounds: Vec<Option<Interval>>,
    /// What each category of the dictionary scores; empty without one.
    pub scores: Vec<Score>,
}

impl Extras {
    /// Computes them for a text. The bounds are those of [`intervals`], of [`N_RESAMPLES`] texts.
    pub fn of(&self, metrics: &[&Metric], counts: &TextCounts) -> ExtraValues {
        ExtraValues {
            bounds: self.seed.map(|seed| intervals(metrics, counts, N_RESAMPLES, seed)).unwrap_or_default(),
            scores: self.dictionary.as_ref().map(|d| d.scores(counts)).unwrap_or_default(),
        }
    }
}
