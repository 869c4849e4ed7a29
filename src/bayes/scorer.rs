//! Linear scores of sparse rows.

use crate::vectorize::SparseRow;

/// `score(c) = intercept(c) + sum over terms t of x(t) * weight(t, c)`.
///
/// Weights are kept term by term, so that a row of `n` entries reads `n` short runs of memory.
#[derive(Debug, Clone, PartialEq)]
pub struct LinearScorer {
    intercept: Vec<f64>,
    weights: Vec<f64>,
}

impl LinearScorer {
    /// A scorer of `weights`, shape `(n_features, n_classes)` in row-major order.
    ///
    /// # Panics
    ///
    /// If the length of `weights` is not a multiple of the number of classes.
    pub fn new(intercept: Vec<f64>, weights: Vec<f64>) -> Self {
        assert_eq!(weights.len() % intercept.len().max(1), 0, "weights must be n_features x n_classes");
        Self { intercept, weights }
    }

    /// Number of classes.
    pub fn n_classes(&self) -> usize {
        self.intercept.len()
    }

    /// The score of a row without entries, by class.
    pub fn intercept(&self) -> &[f64] {
        &self.intercept
    }

    /// The weights of a term, by class.
    ///
    /// # Panics
    ///
    /// If there is no such term.
    pub fn weights_of(&self, term: u32) -> &[f64] {
        let start = term as usize * self.n_classes();
        &self.weights[start..start + self.n_classes()]
    }

    /// Whether no score can be infinite: a weight is a difference of logarithms, or a share, and so is far below the limit.
    pub(crate) fn is_sound(&self) -> bool {
        self.intercept.iter().chain(&self.weights).all(|weight| weight.abs() <= 1e100)
    }

    /// Writes the score of each class into `scores`.
    pub fn score(&self, row: SparseRow<'_>, scores: &mut [f64]) {
        scores.copy_from_slice(&self.intercept);
        for (term, x) in row.iter() {
            for (score, weight) in scores.iter_mut().zip(self.weights_of(term)) {
                *score += x * weight;
            }
        }
    }
}
