//! Complement naive Bayes.

use linfa::ParamGuard;

use super::estimator::{implement_estimator, smoothing_guard};
use super::weights::{SmoothedLog, Weights};
use super::{ClassSums, LinearScorer, NaiveBayes, Prior};
use crate::error::{Error, Result};

/// Checked hyper-parameters of [`ComplementNb`].
#[derive(Debug, Clone, PartialEq)]
pub struct ComplementNbValidParams {
    alpha: f64,
    prior: Prior,
    norm: bool,
}

/// Hyper-parameters of [`ComplementNb`], unchecked.
///
/// | name | default | meaning | range |
/// |---|---|---|---|
/// | `alpha` | 1, Laplace | added to each term's count | finite, above 0 |
/// | `prior` | empirical | used only where there is a single class, as in scikit-learn | |
/// | `norm` | false | second weight normalisation of the paper; costs about 1 % accuracy in scikit-learn's measurements | |
#[derive(Debug, Clone, PartialEq)]
pub struct ComplementNbParams(ComplementNbValidParams);

impl ComplementNbParams {
    /// Sets the weight normalisation.
    #[must_use]
    pub fn norm(mut self, norm: bool) -> Self {
        self.0.norm = norm;
        self
    }
}

/// Complement naive Bayes: a class is scored by how little a document looks like all the others.
///
/// `weight(t, c) = -ln((T(t) - N(t, c) + alpha) / sum over t of (T(t) - N(t, c) + alpha))`, where `N(t, c)` is the
/// sum of term `t` over the documents of class `c` and `T(t)` over all documents. With `norm`, the weights of a class
/// are divided by their sum over all terms. As in scikit-learn, the priors take no part.
///
/// # References
///
/// J. D. M. Rennie, L. Shih, J. Teevan, D. R. Karger (2003), Tackling the poor assumptions of naive Bayes text
/// classifiers, ICML, section 3.1.
#[derive(Debug, Clone, PartialEq)]
pub struct ComplementNb {
    params: ComplementNbValidParams,
    sums: ClassSums,
    scorer: LinearScorer,
}

impl ComplementNb {
    /// Hyper-parameters to be set.
    pub fn params() -> ComplementNbParams {
        ComplementNbParams(ComplementNbValidParams { alpha: 1.0, prior: Prior::Empirical, norm: false })
    }
}

impl ComplementNbValidParams {
    /// The weights of a model that has seen `sums`.
    ///
    /// # Errors
    ///
    /// If given priors do not fit the number of classes.
    pub fn scorer(&self, sums: &ClassSums) -> Result<LinearScorer> {
        let n_classes = sums.n_classes();
        let totals = sums.class_totals();
        let everything: f64 = totals.iter().sum();
        let smoothing = self.alpha * sums.n_features() as f64;
        let log_totals: Vec<f64> = totals.iter().map(|total| (everything - total + smoothing).ln()).collect();
        let start = || SmoothedLog::new(sums, self.alpha);
        let unseen = |log: &mut SmoothedLog<'_>, all| -log.of(all);
        let seen = |log: &mut SmoothedLog<'_>, all, class: usize, n| log_totals[class] - log.of(all - n);
        let mut weights = Weights::of(sums, log_totals.clone(), start, unseen, seen);
        if self.norm {
            weights = Weights::Dense(normalised(weights.into_dense(), n_classes));
        }
        let intercept =
            if n_classes == 1 { self.prior.log(&sums.class_count())? } else { vec![0.0; n_classes] };
        Ok(LinearScorer::of(intercept, weights))
    }
}

/// The weights of each class divided by their sum.
fn normalised(mut weights: Vec<f64>, n_classes: usize) -> Vec<f64> {
    let mut sums = vec![0.0; n_classes];
    for term in weights.chunks_exact(n_classes) {
        for (sum, weight) in sums.iter_mut().zip(term) {
            *sum += weight;
        }
    }
    for term in weights.chunks_exact_mut(n_classes) {
        for (weight, sum) in term.iter_mut().zip(&sums) {
            *weight /= sum;
        }
    }
    weights
}

smoothing_guard!(ComplementNbParams, ComplementNbValidParams);
implement_estimator!(ComplementNb, ComplementNbValidParams);
