//! Predictions, counted.

use super::confusion::Confusion;
use super::figure::{FIGURES, Figure};
use super::predictions::{Outcome, Predictions};
use super::reliability::Reliability;
use crate::statistics::Interval;

/// Everything that the [`FIGURES`] are read from.
///
/// # Examples
///
/// ```
/// use newsbeat::classify::evaluate::{Evaluation, Predictions};
///
/// let labels = ["security".to_owned(), "trade".to_owned()];
/// let answers = vec![Some(vec![0.9, 0.1]), Some(vec![0.6, 0.4]), Some(vec![0.2, 0.8]), None];
/// let evaluation = Evaluation::of(&Predictions::new(&labels, &[0, 1, 1, 0], answers)?);
/// assert_eq!(evaluation.figure("accuracy"), Some(0.5));
/// assert_eq!(evaluation.confusion().precision(1), Some(1.0));
/// # Ok::<(), newsbeat::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    labels: Vec<String>,
    confusion: Confusion,
    reliability: Reliability,
    log_loss: f64,
    brier: f64,
    intervals: Vec<Option<Interval>>,
}

impl Evaluation {
    /// Counts predictions.
    pub fn of(predictions: &Predictions) -> Self {
        Self::counting(predictions.labels(), predictions.outcomes().iter())
    }

    /// Counts outcomes, one by one in their order.
    pub(super) fn counting<'o>(labels: &[String], outcomes: impl Iterator<Item = &'o Outcome>) -> Self {
        let mut evaluation = Self {
            labels: labels.to_vec(),
            confusion: Confusion::new(labels.len()),
            reliability: Reliability::new(),
            log_loss: 0.0,
            brier: 0.0,
            intervals: Vec::new(),
        };
        for outcome in outcomes {
            evaluation.confusion.add(outcome.truth, outcome.answer.map(|(label, _)| label));
            if let Some((label, confidence)) = outcome.answer {
                evaluation.reliability.add(confidence, label == outcome.truth);
            }
            evaluation.log_loss += outcome.log_loss;
            evaluation.brier += outcome.brier;
        }
        evaluation
    }

    /// The same evaluation with an interval for each figure, as [`bootstrap`](super::bootstrap()) gives them; its tables
    /// then have the columns `low` and `high`.
    ///
    /// # Panics
    ///
    /// If there is not one for each figure.
    #[must_use]
    pub fn with_intervals(self, intervals: Vec<Option<Interval>>) -> Self {
        assert_eq!(intervals.len(), FIGURES.len(), "each figure must have an interval");
        Self { intervals, ..self }
    }

    /// The interval of each figure, in the order of [`FIGURES`]; empty if none were asked for.
    pub fn intervals(&self) -> &[Option<Interval>] {
        &self.intervals
    }

    /// The labels, sorted.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Which labels are taken for which.
    pub fn confusion(&self) -> &Confusion {
        &self.confusion
    }

    /// Whether probabilities can be taken at their word.
    pub fn reliability(&self) -> &Reliability {
        &self.reliability
    }

    /// Mean of `-ln p(true label)`, `p` not below 2.2e-16 as in scikit-learn; `None` for no rows.
    ///
    /// # References
    ///
    /// I. J. Good (1952), Rational decisions, Journal of the Royal Statistical Society B 14(1), pp. 107-114.
    pub fn log_loss(&self) -> Option<f64> {
        self.mean(self.log_loss)
    }

    /// Mean over rows of `sum over labels of (p(label) - [label is true])^2`, from 0 to 2 as in the original; half of it for
    /// two labels is what scikit-learn gives by default. `None` for no rows.
    ///
    /// # References
    ///
    /// G. W. Brier (1950), Verification of forecasts expressed in terms of probability, Monthly Weather Review 78(1), pp. 1-3.
    pub fn brier(&self) -> Option<f64> {
        self.mean(self.brier)
    }

    /// The figure of a name in [`FIGURES`]; `None` if it is not defined here, or there is no such figure.
    pub fn figure(&self, name: &str) -> Option<f64> {
        FIGURES.iter().find(|figure| figure.name == name).and_then(|figure| figure.of(self))
    }

    /// Every figure, in the order of [`FIGURES`].
    pub fn figures(&self) -> impl Iterator<Item = (&'static Figure, Option<f64>)> + '_ {
        FIGURES.iter().map(|figure| (figure, figure.of(self)))
    }

    fn mean(&self, sum: f64) -> Option<f64> {
        let n = self.confusion.n_rows();
        (n > 0).then(|| sum / n as f64)
    }
}
