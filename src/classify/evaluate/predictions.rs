//! What a model answered, beside what is true.

use super::groups::Groups;
use crate::error::{Error, Result};
use crate::math;
use crate::table::{Column, Table};

/// How far the probabilities of a row may be from summing to one; far above rounding, far below a mistake.
const TOLERANCE: f64 = 1e-6;

/// The true label of each row, and the probability that a model gave to each label.
#[derive(Debug, Clone, PartialEq)]
pub struct Predictions {
    labels: Vec<String>,
    rows: Vec<usize>,
    truth: Vec<usize>,
    probabilities: Vec<Option<Vec<f64>>>,
    groups: Option<Groups>,
}

/// One row as it counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outcome {
    pub(super) truth: usize,
    /// The most probable label and its probability; ties go to the smaller label.
    pub(super) answer: Option<(usize, f64)>,
    pub(super) log_loss: f64,
    pub(super) brier: f64,
}

impl Outcome {
    pub(super) fn is_correct(&self) -> bool {
        self.answer.is_some_and(|(label, _)| label == self.truth)
    }
}

impl Predictions {
    /// Predictions of rows `0..truth.len()`: the label of each as an index into `labels`, and the probability of each
    /// label, or `None` where the model has no answer.
    ///
    /// # Errors
    ///
    /// If lengths differ, a label is out of range, or probabilities do not sum to one.
    pub fn new(labels: &[String], truth: &[usize], probabilities: Vec<Option<Vec<f64>>>) -> Result<Self> {
        if truth.len() != probabilities.len() {
            let rule = format!("must have one row for each of {} labels", truth.len());
            return Err(Error::parameter("probabilities", rule, probabilities.len()));
        }
        if let Some(label) = truth.iter().find(|&&label| label >= labels.len()) {
            return Err(Error::parameter("truth", format!("must be below {}", labels.len()), label));
        }
        for row in probabilities.iter().flatten() {
            if row.len() != labels.len() {
                let rule = format!("must have one value for each of {} labels", labels.len());
                return Err(Error::parameter("probabilities", rule, row.len()));
            }
            if let Some(p) = row.iter().find(|p| !(0.0..=1.0 + TOLERANCE).contains(*p)) {
                return Err(Error::parameter("probabilities", "must be between 0 and 1", p));
            }
            let sum: f64 = row.iter().sum();
            if (sum - 1.0).abs() > TOLERANCE {
                return Err(Error::parameter("probabilities", "must sum to 1 in each row", sum));
            }
        }
        Ok(Self {
            labels: labels.to_vec(),
            rows: (0..truth.len()).collect(),
            truth: truth.to_vec(),
            probabilities,
            groups: None,
        })
    }

    /// The same predictions as those of other rows of a corpus, increasing.
    pub(super) fn of_rows(mut self, rows: Vec<usize>) -> Self {
        debug_assert_eq!(rows.len(), self.truth.len());
        self.rows = rows;
        self
    }

    /// The same predictions with groups of rows that are not independent of each other: articles, sources.
    ///
    /// # Panics
    ///
    /// If there are not as many rows in `groups`.
    #[must_use]
    pub fn with_groups(mut self, groups: Groups) -> Self {
        assert_eq!(groups.n_rows(), self.truth.len(), "each predicted row must have a group");
        self.groups = Some(groups);
        self
    }

    /// What a program would score that gives every row the same answer: the labels' shares among these rows, the
    /// constant with the lowest log loss, so that the most frequent label is always first.
    #[must_use]
    pub fn majority(&self) -> Self {
        let mut shares = vec![0.0; self.labels.len()];
        for &label in &self.truth {
            shares[label] += 1.0 / self.truth.len() as f64;
        }
        Self { probabilities: vec![Some(shares); self.truth.len()], ..self.clone() }
    }

    /// The labels, sorted.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Place of each row in the corpus, increasing.
    pub fn rows(&self) -> &[usize] {
        &self.rows
    }

    /// The true label of each row.
    pub fn truth(&self) -> &[usize] {
        &self.truth
    }

    /// The probability of each label for each row; `None` where no term is known.
    pub fn probabilities(&self) -> &[Option<Vec<f64>>] {
        &self.probabilities
    }

    /// `row, label, topic, probability`, then `p_<label>` for each label: the place of each row in the corpus, from 1 on, what
    /// is true and what was answered.
    pub fn table(&self) -> Table {
        let outcomes = self.outcomes();
        let answers = || outcomes.iter().map(|outcome| outcome.answer);
        let label = |label: usize| Some(self.labels[label].clone());
        let mut columns = vec![
            Column::integer(
                "row",
                "number",
                "place in the corpus, from 1 on",
                self.rows.iter().map(|&row| i64::try_from(row + 1).ok()).collect(),
            ),
            Column::text("label", "true label", self.truth.iter().map(|&l| label(l)).collect()),
            Column::text("topic", "most probable label", answers().map(|a| label(a?.0)).collect()),
            Column::float(
                "probability",
                "probability",
                "of the topic",
                answers().map(|a| Some(a?.1)).collect(),
            ),
        ];
        columns.extend(self.labels.iter().enumerate().map(|(number, name)| {
            let stated = self.probabilities.iter().map(|row| row.as_ref().map(|row| row[number]));
            Column::float(
                format!("p_{name}"),
                "probability",
                format!("of the label {name}"),
                stated.collect(),
            )
        }));
        Table::new("predictions", columns)
    }

    /// Groups of rows, if there are any.
    pub fn groups(&self) -> Option<&Groups> {
        self.groups.as_ref()
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.truth.len()
    }

    /// True if there is no row.
    pub fn is_empty(&self) -> bool {
        self.truth.is_empty()
    }

    /// Each row as it counts.
    pub(super) fn outcomes(&self) -> Vec<Outcome> {
        let uniform = vec![1.0 / self.labels.len() as f64; self.labels.len()];
        let rows = self.truth.iter().zip(&self.probabilities);
        rows.map(|(&truth, row)| {
            let stated = row.as_ref().unwrap_or(&uniform);
            let best = row.as_ref().and_then(|row| math::argmax(row).map(|label| (label, row[label])));
            let error = |(label, p): (usize, &f64)| (p - f64::from(u8::from(label == truth))).powi(2);
            Outcome {
                truth,
                answer: best,
                log_loss: -stated[truth].max(f64::EPSILON).ln(),
                brier: stated.iter().enumerate().map(error).sum(),
            }
        })
        .collect()
    }
}
