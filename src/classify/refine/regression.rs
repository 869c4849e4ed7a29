//! The logistic regression, and how it is fitted.
//!
//! # Advice for hackers
//!
//! Minimised over the matrix `A` is `sum of w_i * -ln P(y_i | x_i) + |A|^2 / (2 * strength)`, where `P(c | x_i)` is the softmax
//! of `logits_i(c) + factor_i * (x_i A)(c)`. The sum bends by less than `smoothness = s / 2 + 1 / strength`, where `s` is the
//! greatest eigenvalue of the sum of `w_i factor_i^2 x_i x_i'` (Böhning 1992), and by more than `1 / strength`. So steps of
//! Nesterov's method with the constant momentum for these two bounds (2004, section 2.2) need no search along the line. How many
//! it takes to come so much nearer to the minimum goes with the square root of their ratio: some 80 steps on 20,000 paragraphs
//! and a strength of 1. Where [`MAX_STEPS`] do not suffice, on far larger corpora or at great strengths, the fit ends early, which
//! holds back what is added as a smaller strength does.
//!
//! Every sum is over one row or one column, by one thread, in its order: so the outcome is the same on any number of threads.
//!
//! # References
//!
//! D. Böhning (1992), Multinomial logistic regression algorithm, Annals of the Institute of Statistical Mathematics 44, p. 197.
//! Y. Nesterov (2004), Introductory lectures on convex optimization.

use rayon::prelude::*;

use super::Said;
use super::runs::Runs;
use crate::math;

/// The entry that every row has, for what all documents of a label have in common: as heavy as that of one term among a hundred in a row of
/// unit length.
pub(super) const INTERCEPT: f64 = 0.1;

/// The fit has converged when no slope is steeper than this share of the steepest at the start.
const TOLERANCE: f64 = 1e-4;

/// Steps after which it is taken as it is.
const MAX_STEPS: usize = 500;

/// Steps of the power method, and what the eigenvalue that it finds, which may be a little too small, is multiplied by.
const POWER_STEPS: usize = 30;
const POWER_MARGIN: f64 = 1.05;

pub(super) struct Regression {
    strength: f64,
    rows: Runs,
    columns: Runs,
    said: Vec<Said>,
    labels: Vec<usize>,
    n_classes: usize,
}

impl Regression {
    pub(super) fn new(strength: f64, rows: Runs, said: Vec<Said>, labels: Vec<usize>) -> Self {
        let n_classes = said.first().map_or(1, |said| said.logits.len());
        Self { strength, columns: rows.transposed(), rows, said, labels, n_classes }
    }

    /// Adds what `added` makes of a document to its scores. Terms from its end on are left out.
    pub(super) fn add_to(&self, scores: &mut [f64], document: usize, added: &[f64]) {
        for (term, x) in self.rows.run(document) {
            let Some(row) = added.get(term * self.n_classes..(term + 1) * self.n_classes) else { continue };
            scores.iter_mut().zip(row).for_each(|(score, a)| *score += x * a);
        }
    }

    /// The minimum where documents have these weights.
    pub(super) fn minimise(&self, weights: &[f64]) -> Vec<f64> {
        let smoothness = self.greatest_curvature(weights) / 2.0 + 1.0 / self.strength;
        let ratio = (smoothness * self.strength).sqrt();
        let momentum = (ratio - 1.0) / (ratio + 1.0);
        let mut here = vec![0.0; self.columns.len() * self.n_classes];
        let mut ahead = here.clone();
        let mut enough = None;
        for _ in 0..MAX_STEPS {
            let slope = self.slope(&ahead, weights);
            let steepest = slope.iter().fold(0.0_f64, |most, s| most.max(s.abs()));
            if steepest <= *enough.get_or_insert(steepest * TOLERANCE) {
                break;
            }
            for ((here, ahead), slope) in here.iter_mut().zip(&mut ahead).zip(slope) {
                let next = *ahead - slope / smoothness;
                *ahead = next + momentum * (next - *here);
                *here = next;
            }
        }
        here
    }

    /// The gradient at `added`.
    fn slope(&self, added: &[f64], weights: &[f64]) -> Vec<f64> {
        let mut errors = self.rows.times(added, self.n_classes);
        let documents =
            errors.par_chunks_exact_mut(self.n_classes).zip(&self.said).zip(&self.labels).zip(weights);
        documents.for_each(|(((row, said), &label), weight)| {
            for (logit, own) in row.iter_mut().zip(&said.logits) {
                *logit = own + said.factor * *logit;
            }
            math::softmax(row);
            row[label] -= 1.0;
            for error in row {
                *error *= weight * said.factor;
            }
        });
        let mut slope = self.columns.times(&errors, self.n_classes);
        slope.iter_mut().zip(added).for_each(|(slope, a)| *slope += a / self.strength);
        slope
    }

    /// The greatest eigenvalue of the sum of `w_i factor_i^2 x_i x_i'`, by the power method; entries are not negative, so a
    /// start of ones is not at right angles to what is looked for.
    fn greatest_curvature(&self, weights: &[f64]) -> f64 {
        let mut direction = vec![1.0; self.columns.len()];
        let mut length = 0.0;
        for _ in 0..POWER_STEPS {
            let mut along = self.rows.times(&direction, 1);
            for ((a, said), weight) in along.iter_mut().zip(&self.said).zip(weights) {
                *a *= weight * said.factor * said.factor;
            }
            direction = self.columns.times(&along, 1);
            length = direction.iter().map(|d| d * d).sum::<f64>().sqrt();
            for d in &mut direction {
                *d /= length.max(f64::MIN_POSITIVE);
            }
        }
        POWER_MARGIN * length
    }
}
