//! From scores to probabilities that can be taken at their word.

mod fit;
mod isotonic;

use serde::{Deserialize, Serialize};

pub use fit::{CalibrationMethod, CalibrationParams};
pub use isotonic::Isotonic;

use crate::math;

/// Least spread of scores that is told from none: far above the rounding of a sum, far below any difference of evidence.
const LEAST_SPREAD: f64 = 1e-9;

/// What stays of the probability before the curves, for each unit of the one after: a topic whose curve is at 0 is not ruled out.
/// Of 0.01, 0.1 and almost none, 0.1 had the least log loss on parts of the training years or weeks of three public corpora.
const REMAINDER: f64 = 0.1;

/// Greatest scale and bias of a sound calibration: beyond all that can be learned, and so far within what a number can be that no
/// product of it and a score is infinite.
const MOST: f64 = 1e100;

/// `P(c | x) = softmax over c of (scale * z(c) / spread(z)^gamma + bias(c))`, where `z` are the naive Bayes scores of the
/// document less their mean, and `spread` their standard deviation over the classes.
///
/// Naive Bayes counts each word as fresh evidence, so its scores grow with the length of the text and its posteriors
/// run to 0 and 1. Dividing by a power of the scores' own spread takes that growth back.
///
/// With curves, one a class, `P` becomes `P'(c) + 0.1 * P(c)`, divided by its sum over the classes, where `P'(c)` is the curve of `c`
/// at `P(c)`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Inverse temperature.
    pub scale: f64,
    /// Power of the spread; 0 leaves the scores as they are.
    pub gamma: f64,
    /// Added to the score of each class.
    pub bias: Vec<f64>,
    /// Share of each class among the texts that it was fitted for, 0 for a class that it was not fitted to; empty if it was not
    /// fitted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prior: Vec<f64>,
    /// The curve of each class; empty if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub isotonic: Vec<Isotonic>,
}

impl Calibration {
    /// Plain naive Bayes posteriors.
    pub fn none(n_classes: usize) -> Self {
        Self { scale: 1.0, gamma: 0.0, bias: vec![0.0; n_classes], prior: Vec::new(), isotonic: Vec::new() }
    }

    /// Replaces the scores of one document by probabilities, which sum to one.
    pub fn apply(&self, scores: &mut [f64]) {
        let spread = centre(scores);
        let factor = self.scale / spread.powf(self.gamma);
        for (score, bias) in scores.iter_mut().zip(&self.bias) {
            *score = factor * *score + bias;
        }
        math::softmax(scores);
        if self.isotonic.is_empty() {
            return;
        }
        for (p, curve) in scores.iter_mut().zip(&self.isotonic) {
            *p = curve.at(*p) + REMAINDER * *p;
        }
        let sum: f64 = scores.iter().sum();
        for p in scores.iter_mut() {
            *p /= sum;
        }
    }

    /// Whether its numbers can have been fitted to so many classes.
    pub(super) fn is_sound(&self, n_classes: usize) -> bool {
        self.bias.len() == n_classes
            && self.bias.iter().all(|bias| bias.abs() <= MOST)
            && (0.0..=MOST).contains(&self.scale)
            && (0.0..=1.0).contains(&self.gamma)
            && (self.prior.is_empty() || self.prior.len() == n_classes)
            && self.prior.iter().all(|share| (0.0..=1.0).contains(share))
            && (self.isotonic.is_empty() || self.isotonic.len() == n_classes)
            && self.isotonic.iter().all(Isotonic::is_sound)
    }
}

/// Standard deviation of the scores over the classes, as [`Calibration::apply`] takes it.
pub(super) fn spread(scores: &[f64]) -> f64 {
    centre(&mut scores.to_vec())
}

/// Takes the mean off the scores; the answer is their spread.
pub(super) fn centre(scores: &mut [f64]) -> f64 {
    let n = scores.len() as f64;
    let mean = scores.iter().sum::<f64>() / n;
    for score in &mut *scores {
        *score -= mean;
    }
    let variance = scores.iter().map(|z| z * z).sum::<f64>() / n;
    variance.sqrt().max(LEAST_SPREAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_scores_have_the_probabilities_of_the_bias_alone() {
        let bias = vec![0.0, 3_f64.ln()];
        let calibration = Calibration { scale: 3.0, gamma: 0.9, bias, ..Calibration::none(2) };
        let mut scores = [-1e4, -1e4 + 1e-12];
        calibration.apply(&mut scores);
        assert!((scores[1] - 0.75).abs() < 1e-3, "{scores:?}");
    }

    #[test]
    fn no_calibration_leaves_the_posteriors_of_naive_bayes() {
        let mut scores = [-900.0, -901.0, -910.0];
        let mut posteriors = scores;
        math::softmax(&mut posteriors);
        Calibration::none(3).apply(&mut scores);
        for (found, expected) in scores.iter().zip(posteriors) {
            assert!((found - expected).abs() < 1e-12);
        }
    }
}
