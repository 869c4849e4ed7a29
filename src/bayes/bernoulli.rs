//! Bernoulli naive Bayes.

use linfa::ParamGuard;

use super::estimator::{implement_estimator, smoothing_guard};
use super::{ClassSums, LinearScorer, NaiveBayes, Prior};
use crate::error::{Error, Result};

/// Checked hyper-parameters of [`BernoulliNb`].
#[derive(Debug, Clone, PartialEq)]
pub struct BernoulliNbValidParams {
    alpha: f64,
    prior: Prior,
}

/// Hyper-parameters of [`BernoulliNb`], unchecked.
///
/// | name | default | meaning | range |
/// |---|---|---|---|
/// | `alpha` | 1, Laplace | added to each term's document count, and to that of documents without it | finite, above 0 |
/// | `prior` | empirical | class priors, see [`Prior`] | |
#[derive(Debug, Clone, PartialEq)]
pub struct BernoulliNbParams(BernoulliNbValidParams);

/// Bernoulli naive Bayes: which terms occur and which do not. Rows must be binary, each value 0 or 1
/// ([`TfidfParams::binary`](crate::vectorize::TfidfParams) makes them so).
///
/// `P(t | c) = (N(t, c) + alpha) / (N(c) + 2 * alpha)`, where `N(t, c)` is the number of documents of class `c` that
/// have term `t`, and `N(c)` of all documents of the class; terms that do not occur count with `1 - P(t | c)`.
///
/// # References
///
/// C. D. Manning, P. Raghavan, H. Schütze (2008), Introduction to Information Retrieval, p. 263, figure 13.3.
#[derive(Debug, Clone, PartialEq)]
pub struct BernoulliNb {
    params: BernoulliNbValidParams,
    sums: ClassSums,
    scorer: LinearScorer,
}

impl BernoulliNb {
    /// Hyper-parameters to be set.
    pub fn params() -> BernoulliNbParams {
        BernoulliNbParams(BernoulliNbValidParams { alpha: 1.0, prior: Prior::Empirical })
    }
}

impl BernoulliNbValidParams {
    /// The weights of a model that has seen `sums`.
    ///
    /// # Errors
    ///
    /// If given priors do not fit the number of classes, or a term's sum exceeds the class's documents:
    /// the rows were not binary.
    pub fn scorer(&self, sums: &ClassSums) -> Result<LinearScorer> {
        let class_count = sums.class_count();
        let mut intercept = self.prior.log(&class_count)?;
        let n_classes = sums.n_classes();
        let mut weights = Vec::with_capacity(sums.n_features() * n_classes);
        let mut row = vec![0; n_classes];
        for term in 0..sums.n_features() {
            sums.read_row(term, &mut row);
            for ((&n, &documents), intercept) in row.iter().zip(&class_count).zip(&mut intercept) {
                let n = sums.to_float(n);
                if n > documents {
                    return Err(Error::training(format!(
                        "rows of Bernoulli naive Bayes must be binary, got a term that sums to {n} in {documents} documents"
                    )));
                }
                let log_total = (documents + 2.0 * self.alpha).ln();
                let log_absent = (documents - n + self.alpha).ln() - log_total;
                *intercept += log_absent;
                weights.push((n + self.alpha).ln() - log_total - log_absent);
            }
        }
        Ok(LinearScorer::new(intercept, weights))
    }
}

smoothing_guard!(BernoulliNbParams, BernoulliNbValidParams);
implement_estimator!(BernoulliNb, BernoulliNbValidParams);
