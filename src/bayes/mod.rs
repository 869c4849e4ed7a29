//! Naive Bayes on sparse rows.
//!
//! A fitted model *is* its counts ([`ClassSums`]): sums of the rows of each class, kept as whole numbers, so that
//! batches, shards and any order of fitting give the same model bit for bit, and a document can be taken out
//! again. The log probabilities are derived from them. Every model here scores linearly ([`LinearScorer`]).

pub mod bernoulli;
mod class_run;
pub mod complement;
mod estimator;
mod fixed;
pub mod gaussian;
pub mod multinomial;
pub mod one_vs_all;
mod part;
pub mod prior;
pub mod scorer;
mod seen_sums;
pub mod sums;
mod weights;

use ndarray::Array2;

pub use bernoulli::{BernoulliNb, BernoulliNbParams};
pub use complement::{ComplementNb, ComplementNbParams};
pub use multinomial::{MultinomialNb, MultinomialNbParams};
pub use one_vs_all::{OneVsAllNb, OneVsAllNbParams};
pub use prior::Prior;
pub use scorer::LinearScorer;
pub use sums::ClassSums;

pub(crate) use class_run::ClassAdder;
pub(crate) use fixed::to_fixed;
pub(crate) use part::Part;
pub(crate) use scorer::TermWeights;
pub(crate) use seen_sums::SeenSums;

use crate::math;
use crate::vectorize::DocTermMatrix;

/// What every naive Bayes model answers. Classes are `0..n_classes`; their names live above.
pub trait NaiveBayes {
    /// The derived weights.
    fn scorer(&self) -> &LinearScorer;

    /// Number of classes.
    fn n_classes(&self) -> usize {
        self.scorer().n_classes()
    }

    /// `ln P(c) + ln P(x | c)` for each document and class, shape `(n_samples, n_classes)`.
    fn joint_log_likelihood(&self, x: &DocTermMatrix) -> Array2<f64> {
        let scorer = self.scorer();
        let mut scores = Array2::zeros((x.n_samples(), scorer.n_classes()));
        for (row, mut out) in x.rows().zip(scores.rows_mut()) {
            scorer.score(row, out.as_slice_mut().expect("rows of a new array are contiguous"));
        }
        scores
    }

    /// `ln P(c | x)`, shape `(n_samples, n_classes)`; the exponentials of each row sum to one.
    fn predict_log_proba(&self, x: &DocTermMatrix) -> Array2<f64> {
        let mut scores = self.joint_log_likelihood(x);
        for mut row in scores.rows_mut() {
            let norm = math::log_sum_exp(row.as_slice().expect("rows of a new array are contiguous"));
            row.mapv_inplace(|v| v - norm);
        }
        scores
    }

    /// `P(c | x)`, shape `(n_samples, n_classes)`; each row sums to one.
    fn predict_proba(&self, x: &DocTermMatrix) -> Array2<f64> {
        let mut scores = self.joint_log_likelihood(x);
        for mut row in scores.rows_mut() {
            math::softmax(row.as_slice_mut().expect("rows of a new array are contiguous"));
        }
        scores
    }

    /// The most probable class of each document; ties go to the smaller class.
    fn predict_classes(&self, x: &DocTermMatrix) -> Vec<usize> {
        let scores = self.joint_log_likelihood(x);
        let best = |row: ndarray::ArrayView1<'_, f64>| math::argmax(&row.to_vec());
        scores.rows().into_iter().map(|row| best(row).unwrap_or(0)).collect()
    }
}
