//! How good probabilities are, in four numbers.

use serde::{Deserialize, Serialize};

use crate::math;

/// Bins of the expected calibration error.
const BINS: usize = 15;
/// Probabilities below this count as this in a logarithm, as in scikit-learn.
const LEAST_PROBABILITY: f64 = f64::EPSILON;

/// How good probabilities of documents with known labels are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Documents judged.
    pub n_documents: usize,
    /// Share of documents whose most probable label is the given one.
    pub accuracy: f64,
    /// Mean over labels of the harmonic mean of precision and recall; labels that are neither given nor predicted
    /// do not count.
    pub macro_f1: f64,
    /// Mean of `-ln P(given label)`.
    pub log_loss: f64,
    /// Expected calibration error: mean distance between probability and accuracy of the most probable labels, over 15
    /// bins of equal width, weighted by the documents in each.
    pub expected_calibration_error: f64,
}

impl Quality {
    /// Judges `probabilities`, shape `(n_samples, n_classes)` in row-major order; `None` for no documents.
    ///
    /// # Panics
    ///
    /// If the lengths do not fit together.
    pub fn of(probabilities: &[f64], labels: &[usize], n_classes: usize) -> Option<Self> {
        assert_eq!(
            probabilities.len(),
            labels.len() * n_classes,
            "probabilities must be n_samples x n_classes"
        );
        let n = labels.len() as f64;
        let mut hits = vec![0.0; n_classes];
        let mut met = vec![0.0; n_classes];
        let mut log_loss = 0.0;
        let mut bins = [(0.0, 0.0); BINS];
        for (row, &label) in probabilities.chunks_exact(n_classes).zip(labels) {
            let best = math::argmax(row)?;
            let is_hit = f64::from(u8::from(best == label));
            met[best] += 1.0;
            met[label] += 1.0;
            hits[label] += is_hit;
            log_loss -= row[label].max(LEAST_PROBABILITY).ln();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 <= p <= 1")]
            let bin = ((row[best] * BINS as f64) as usize).min(BINS - 1);
            bins[bin].0 += is_hit;
            bins[bin].1 += row[best];
        }
        let f1: Vec<f64> =
            hits.iter().zip(&met).filter(|(_, met)| **met > 0.0).map(|(h, met)| 2.0 * h / met).collect();
        Some(Self {
            n_documents: labels.len(),
            accuracy: hits.iter().sum::<f64>() / n,
            macro_f1: math::mean(&f1)?,
            log_loss: log_loss / n,
            expected_calibration_error: bins.iter().map(|(hits, p)| (hits - p).abs()).sum::<f64>() / n,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_documents_are_judged_as_by_hand() {
        let probabilities = [0.9, 0.1, 0.0, 0.6, 0.4, 0.0, 0.2, 0.8, 0.0, 0.3, 0.7, 0.0];
        let quality = Quality::of(&probabilities, &[0, 1, 1, 1], 3).unwrap();
        assert!((quality.accuracy - 0.75).abs() < 1e-12);
        // label 0: precision 1/2, recall 1; label 1: precision 1, recall 2/3; label 2 does not occur
        assert!((quality.macro_f1 - f64::midpoint(2.0 / 3.0, 0.8)).abs() < 1e-12);
        let log_loss = -(0.9_f64 * 0.4 * 0.8 * 0.7).ln() / 4.0;
        assert!((quality.log_loss - log_loss).abs() < 1e-12);
        assert!((quality.expected_calibration_error - (0.1 + 0.6 + 0.2 + 0.3) / 4.0).abs() < 1e-12);
        assert_eq!(Quality::of(&[], &[], 3), None);
    }
}
