//! From scores to probabilities that can be taken at their word.

use serde::{Deserialize, Serialize};

use crate::math;

/// `P(c | x) = softmax over c of (scale * z(c) / spread(z)^gamma + bias(c))`, where `z` are the naive Bayes scores of the
/// document and `spread` their standard deviation over the classes.
///
/// Naive Bayes counts each word as fresh evidence, so its scores grow with the length of the text and its posteriors
/// run to 0 and 1. Dividing by a power of the scores' own spread takes that growth back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Inverse temperature.
    pub scale: f64,
    /// Power of the spread; 0 leaves the scores as they are.
    pub gamma: f64,
    /// Added to the score of each class.
    pub bias: Vec<f64>,
}

impl Calibration {
    /// Plain naive Bayes posteriors.
    pub fn none(n_classes: usize) -> Self {
        Self { scale: 1.0, gamma: 0.0, bias: vec![0.0; n_classes] }
    }

    /// Replaces the scores of one document by probabilities, which sum to one.
    pub fn apply(&self, scores: &mut [f64]) {
        let factor = self.scale / spread(scores).powf(self.gamma);
        for (score, bias) in scores.iter_mut().zip(&self.bias) {
            *score = factor * *score + bias;
        }
        math::softmax(scores);
    }
}

/// Standard deviation of the scores over the classes; 1 where they are all equal.
pub(crate) fn spread(scores: &[f64]) -> f64 {
    let n = scores.len() as f64;
    let mean = scores.iter().sum::<f64>() / n;
    let variance = scores.iter().map(|z| (z - mean).powi(2)).sum::<f64>() / n;
    if variance > 0.0 { variance.sqrt() } else { 1.0 }
}
