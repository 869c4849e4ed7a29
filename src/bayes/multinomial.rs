//! Multinomial naive Bayes.

use linfa::ParamGuard;

use super::estimator::{implement_estimator, smoothing_guard};
use super::weights::{SmoothedLog, Weights};
use super::{ClassSums, LinearScorer, NaiveBayes, Prior};
use crate::error::{Error, Result};

/// Checked hyper-parameters of [`MultinomialNb`].
#[derive(Debug, Clone, PartialEq)]
pub struct MultinomialNbValidParams {
    alpha: f64,
    prior: Prior,
}

/// Hyper-parameters of [`MultinomialNb`], unchecked.
///
/// | name | default | meaning | range |
/// |---|---|---|---|
/// | `alpha` | 1, Laplace | added to each term's count | finite, above 0 |
/// | `prior` | empirical | class priors, see [`Prior`] | |
#[derive(Debug, Clone, PartialEq)]
pub struct MultinomialNbParams(MultinomialNbValidParams);

/// Multinomial naive Bayes on counts or weights.
///
/// `ln P(t | c) = ln(N(t, c) + alpha) - ln(N(c) + alpha * n_features)`, where `N(t, c)` is the sum of term `t` over
/// the documents of class `c`, and `N(c)` the sum of all terms there.
///
/// # Examples
///
/// The worked example of Manning, Raghavan and Schütze: is `Chinese Chinese Chinese Tokyo Japan` about China?
///
/// ```
/// use linfa::{DatasetBase, traits::Fit};
/// use ndarray::array;
/// use newsbeat::bayes::{MultinomialNb, NaiveBayes};
/// use newsbeat::vectorize::DocTermMatrix;
///
/// // Beijing Chinese Japan Macao Shanghai Tokyo
/// let x = DocTermMatrix::from_rows(6, [
///     vec![(0, 1.0), (1, 2.0)],
///     vec![(1, 2.0), (4, 1.0)],
///     vec![(1, 1.0), (3, 1.0)],
///     vec![(1, 1.0), (2, 1.0), (5, 1.0)],
/// ])?;
/// let model = MultinomialNb::params().fit(&DatasetBase::new(x, array![1, 1, 1, 0]))?;
/// let test = DocTermMatrix::from_rows(6, [vec![(1, 3.0), (2, 1.0), (5, 1.0)]])?;
/// assert!((model.feature_log_prob(1, 1) - (3.0 / 7.0_f64).ln()).abs() < 1e-12);
/// assert_eq!(model.predict_classes(&test), [1]);
/// # Ok::<(), newsbeat::Error>(())
/// ```
///
/// # References
///
/// C. D. Manning, P. Raghavan, H. Schütze (2008), Introduction to Information Retrieval, Cambridge University
/// Press, p. 260, figure 13.2; example on p. 261.
#[derive(Debug, Clone, PartialEq)]
pub struct MultinomialNb {
    params: MultinomialNbValidParams,
    sums: ClassSums,
    scorer: LinearScorer,
}

impl MultinomialNb {
    /// Hyper-parameters to be set.
    pub fn params() -> MultinomialNbParams {
        MultinomialNbParams(MultinomialNbValidParams { alpha: 1.0, prior: Prior::Empirical })
    }

    /// `ln P(term | class)`.
    pub fn feature_log_prob(&self, class: usize, term: u32) -> f64 {
        self.scorer.weight(term, class)
    }
}

impl MultinomialNbValidParams {
    /// The weights of a model that has seen `sums`.
    ///
    /// # Errors
    ///
    /// If given priors do not fit the number of classes.
    pub fn scorer(&self, sums: &ClassSums) -> Result<LinearScorer> {
        let intercept = self.prior.log(&sums.class_count())?;
        let smoothing = self.alpha * sums.n_features() as f64;
        let log_totals: Vec<f64> = sums.class_totals().iter().map(|total| (total + smoothing).ln()).collect();
        let by_class = log_totals.iter().map(|log_total| -log_total).collect();
        let start = || SmoothedLog::new(sums, self.alpha);
        let unseen = |log: &mut SmoothedLog<'_>, _| log.of(0);
        let seen = |log: &mut SmoothedLog<'_>, _, class: usize, n| log.of(n) - log_totals[class];
        Ok(LinearScorer::of(intercept, Weights::of(sums, by_class, start, unseen, seen)))
    }
}

smoothing_guard!(MultinomialNbParams, MultinomialNbValidParams);
implement_estimator!(MultinomialNb, MultinomialNbValidParams);
