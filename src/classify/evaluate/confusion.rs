//! Which labels are taken for which.

use serde::{Deserialize, Serialize};

/// Rows by true and predicted label.
///
/// linfa's `ConfusionMatrix` is not the store: it counts in single precision, exact up to 16.8 million rows only, hides
/// its cells, turns undefined scores into NaN for the whole, and has no place for rows without an answer. It is the
/// oracle in the tests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confusion {
    n_labels: usize,
    /// Shape `(n_labels, n_labels + 1)`: truth by answer, the last column is of rows without one.
    counts: Vec<u64>,
}

impl Confusion {
    /// A matrix of no rows.
    pub fn new(n_labels: usize) -> Self {
        Self { n_labels, counts: vec![0; n_labels * (n_labels + 1)] }
    }

    /// Counts a row.
    ///
    /// # Panics
    ///
    /// If a label is out of range.
    pub fn add(&mut self, truth: usize, answer: Option<usize>) {
        assert!(truth < self.n_labels && answer.is_none_or(|label| label < self.n_labels), "no such label");
        self.counts[truth * (self.n_labels + 1) + answer.unwrap_or(self.n_labels)] += 1;
    }

    /// The share of each answer among the rows of each label, rows without an answer last: shape
    /// `(n_labels, n_labels + 1)`, each row summing to one. `None` if a label has no row.
    pub fn rates(&self) -> Option<Vec<Vec<f64>>> {
        let rows = self.counts.chunks_exact(self.n_labels + 1);
        rows.map(|row| {
            let support: u64 = row.iter().sum();
            (support > 0).then(|| row.iter().map(|&n| n as f64 / support as f64).collect())
        })
        .collect()
    }

    /// The same counts among `n_labels` labels, where `places` are those of the labels that it has; `None` if one without a place has
    /// counts.
    pub(in super::super) fn laid_out(&self, n_labels: usize, places: &[Option<usize>]) -> Option<Self> {
        let mut laid_out = Self::new(n_labels);
        let answers = || places.iter().copied().map(|place| (true, place)).chain([(false, None)]);
        for (&truth, row) in places.iter().zip(self.counts.chunks_exact(self.n_labels + 1)) {
            for ((is_label, answer), &n) in answers().zip(row) {
                let is_lost = truth.is_none() || (is_label && answer.is_none());
                match truth {
                    Some(truth) if !is_lost => {
                        laid_out.counts[truth * (n_labels + 1) + answer.unwrap_or(n_labels)] += n;
                    }
                    _ if n > 0 => return None,
                    _ => {}
                }
            }
        }
        Some(laid_out)
    }

    /// Rows of a confusion that a model keeps, at most: its intervals are drawn row by row.
    pub(in super::super) const MOST_KEPT: u64 = 1 << 20;

    /// Whether its counts are as many as labels and answers, and few enough to be kept.
    pub(in super::super) fn is_sound(&self, n_labels: usize) -> bool {
        let sum = self.counts.iter().try_fold(0_u64, |sum, &n| sum.checked_add(n));
        self.n_labels == n_labels
            && self.counts.len() == n_labels * (n_labels + 1)
            && sum.is_some_and(|sum| sum <= Self::MOST_KEPT)
    }

    /// Number of labels.
    pub fn n_labels(&self) -> usize {
        self.n_labels
    }

    /// Rows of label `truth` that were given the label `answer`, or none.
    ///
    /// # Panics
    ///
    /// If a label is out of range.
    pub fn count(&self, truth: usize, answer: Option<usize>) -> u64 {
        assert!(answer.is_none_or(|label| label < self.n_labels), "no such label");
        self.counts[truth * (self.n_labels + 1) + answer.unwrap_or(self.n_labels)]
    }

    /// Rows.
    pub fn n_rows(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Rows without an answer.
    pub fn n_unanswered(&self) -> u64 {
        self.predicted(None)
    }

    /// Rows that were given their own label.
    pub fn n_correct(&self) -> u64 {
        (0..self.n_labels).map(|label| self.count(label, Some(label))).sum()
    }

    /// Rows of a label.
    pub fn support(&self, label: usize) -> u64 {
        let start = label * (self.n_labels + 1);
        self.counts[start..=start + self.n_labels].iter().sum()
    }

    /// Rows that were given a label, or none.
    pub fn predicted(&self, answer: Option<usize>) -> u64 {
        (0..self.n_labels).map(|truth| self.count(truth, answer)).sum()
    }

    /// `correct / n`; `None` for no rows.
    pub fn accuracy(&self) -> Option<f64> {
        ratio(self.n_correct(), self.n_rows())
    }

    /// `true positives / predicted` of a label; `None` if no row was given the label.
    pub fn precision(&self, label: usize) -> Option<f64> {
        ratio(self.count(label, Some(label)), self.predicted(Some(label)))
    }

    /// `true positives / support` of a label; `None` if no row has the label.
    pub fn recall(&self, label: usize) -> Option<f64> {
        ratio(self.count(label, Some(label)), self.support(label))
    }

    /// `2 * true positives / (predicted + support)` of a label, the harmonic mean of precision and recall; `None` if no row
    /// has the label or was given it.
    ///
    /// # References
    ///
    /// C. J. van Rijsbergen (1979), Information Retrieval, 2nd edition, chapter 7.
    pub fn f1(&self, label: usize) -> Option<f64> {
        ratio(2 * self.count(label, Some(label)), self.predicted(Some(label)) + self.support(label))
    }

    /// Mean F1 of the labels where it is defined, each label counting the same.
    pub fn macro_f1(&self) -> Option<f64> {
        let defined: Vec<f64> = (0..self.n_labels).filter_map(|label| self.f1(label)).collect();
        crate::math::mean(&defined)
    }

    /// `2 * correct / (answered + n)`, the F1 of all labels' counts together; where every row has an answer, the accuracy.
    pub fn micro_f1(&self) -> Option<f64> {
        let n = self.n_rows();
        ratio(2 * self.n_correct(), 2 * n - self.n_unanswered())
    }

    /// `sum over labels of support * F1 / n`.
    pub fn weighted_f1(&self) -> Option<f64> {
        let n = self.n_rows();
        let share = |label| self.f1(label).map(|f1| f1 * self.support(label) as f64 / n as f64);
        (n > 0).then(|| (0..self.n_labels).filter_map(share).sum())
    }

    /// Cohen's kappa, `(accuracy - chance) / (1 - chance)`, `chance = sum over labels of support * predicted / n^2`; `None`
    /// where chance is 1: one label only, and it is always the answer.
    ///
    /// # References
    ///
    /// J. Cohen (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20(1),
    /// p. 40.
    pub fn cohens_kappa(&self) -> Option<f64> {
        let n = self.n_rows() as f64;
        let chance = self.chance_agreement() / (n * n);
        self.accuracy().filter(|_| chance < 1.0).map(|accuracy| (accuracy - chance) / (1.0 - chance))
    }

    /// Matthews correlation coefficient for any number of labels,
    /// `(correct * n - sum of support * predicted) / sqrt((n^2 - sum of predicted^2) * (n^2 - sum of support^2))`; `None`
    /// where all rows have one label or one answer (scikit-learn has 0).
    ///
    /// # References
    ///
    /// J. Gorodkin (2004), Comparing two K-category assignments by a K-category correlation coefficient, Computational
    /// Biology and Chemistry 28(5-6), pp. 367-374.
    pub fn mcc(&self) -> Option<f64> {
        let n = self.n_rows() as f64;
        let square = |n: u64| (n as f64).powi(2);
        let answers = (0..self.n_labels).map(Some).chain([None]);
        let predicted: f64 = answers.map(|answer| square(self.predicted(answer))).sum();
        let support: f64 = (0..self.n_labels).map(|label| square(self.support(label))).sum();
        let spread = (n * n - predicted) * (n * n - support);
        let covariance = self.n_correct() as f64 * n - self.chance_agreement();
        (spread > 0.0).then(|| covariance / spread.sqrt())
    }

    /// Sum over labels of support * predicted.
    fn chance_agreement(&self) -> f64 {
        (0..self.n_labels).map(|label| self.support(label) as f64 * self.predicted(Some(label)) as f64).sum()
    }
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use linfa::prelude::ToConfusionMatrix;
    use ndarray::Array1;

    use super::*;

    /// Ten thousand pairs of five labels, the answer right in about two thirds.
    fn pairs() -> Vec<(usize, usize)> {
        let mut state = 1_u64;
        let mut next = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from((state >> 33) % n).unwrap()
        };
        (0..10_000)
            .map(|_| {
                let truth = next(5);
                (truth, if next(3) < 2 { truth } else { next(5) })
            })
            .collect()
    }

    #[test]
    fn accuracy_and_correlation_are_those_of_linfa() {
        let mut confusion = Confusion::new(5);
        for (truth, answer) in pairs() {
            confusion.add(truth, Some(answer));
        }
        let (truth, answers): (Vec<usize>, Vec<usize>) = pairs().into_iter().unzip();
        let oracle = Array1::from(answers).confusion_matrix(&Array1::from(truth)).unwrap();
        assert!((confusion.accuracy().unwrap() - f64::from(oracle.accuracy())).abs() < 1e-6);
        assert!((confusion.mcc().unwrap() - f64::from(oracle.mcc())).abs() < 1e-5);
    }

    #[test]
    fn a_label_that_nobody_has_or_gets_has_no_score() {
        let mut confusion = Confusion::new(3);
        confusion.add(0, Some(0));
        confusion.add(0, Some(1));
        confusion.add(0, None);
        assert_eq!(
            [0, 1, 2].map(|label| (confusion.precision(label), confusion.recall(label), confusion.f1(label))),
            [(Some(1.0), Some(1.0 / 3.0), Some(0.5)), (Some(0.0), None, Some(0.0)), (None, None, None)]
        );
        assert_eq!(confusion.macro_f1(), Some(0.25));
        assert_eq!(confusion.n_unanswered(), 1);
    }

    #[test]
    fn rates_are_of_the_rows_of_each_label() {
        let mut confusion = Confusion::new(2);
        for (truth, answer) in [(0, Some(0)), (0, Some(0)), (0, Some(1)), (0, None), (1, Some(1))] {
            confusion.add(truth, answer);
        }
        assert_eq!(confusion.rates(), Some(vec![vec![0.5, 0.25, 0.25], vec![0.0, 1.0, 0.0]]));
        assert_eq!(Confusion::new(2).rates(), None);
        assert!(confusion.is_sound(2) && !confusion.is_sound(3));
        assert!(!Confusion { n_labels: 1, counts: vec![Confusion::MOST_KEPT, 1] }.is_sound(1));
        let wider = confusion.laid_out(3, &[Some(0), Some(2)]).unwrap();
        assert_eq!((wider.count(0, Some(2)), wider.count(0, None), wider.support(1)), (1, 1, 0));
        assert_eq!(wider.rates(), None);
        assert_eq!(wider.laid_out(2, &[Some(0), None, Some(1)]), Some(confusion));
        assert_eq!(wider.laid_out(2, &[Some(0), Some(1), None]), None);
    }

    #[test]
    fn no_rows_have_no_scores() {
        let nothing = Confusion::new(2);
        let scores = [nothing.accuracy(), nothing.macro_f1(), nothing.micro_f1(), nothing.weighted_f1()];
        assert_eq!(scores, [None; 4]);
        assert_eq!([nothing.cohens_kappa(), nothing.mcc()], [None; 2]);
    }
}
