//! One-versus-all naive Bayes.

use linfa::ParamGuard;

use super::estimator::{implement_estimator, smoothing_guard};
use super::weights::{SmoothedLog, Weights};
use super::{ClassSums, LinearScorer, NaiveBayes, Prior};
use crate::error::{Error, Result};

/// Checked hyper-parameters of [`OneVsAllNb`].
#[derive(Debug, Clone, PartialEq)]
pub struct OneVsAllNbValidParams {
    alpha: f64,
    prior: Prior,
}

/// Hyper-parameters of [`OneVsAllNb`], unchecked.
///
/// | name | default | meaning | range |
/// |---|---|---|---|
/// | `alpha` | 1, Laplace | added to each term's count | finite, above 0 |
/// | `prior` | uniform: the odds of one class against the others need none | see [`Prior`] | |
#[derive(Debug, Clone, PartialEq)]
pub struct OneVsAllNbParams(OneVsAllNbValidParams);

/// One-versus-all naive Bayes: multinomial naive Bayes of each class against all others together.
///
/// `weight(t, c) = ln((N(t, c) + alpha) / (N(c) + alpha * V)) - ln((T(t) - N(t, c) + alpha) / (T - N(c) + alpha * V))`,
/// where `N(t, c)` is the sum of term `t` over the documents of class `c`, `T(t)` over all documents, `N(c)` and `T`
/// the sums over all terms, and `V` the number of terms: the multinomial and the complement model in one.
///
/// # References
///
/// J. D. M. Rennie, L. Shih, J. Teevan, D. R. Karger (2003), Tackling the poor assumptions of naive Bayes text
/// classifiers, ICML, section 3.1, where it is called OVA, after A. Berger (1999), Error-correcting output coding
/// for text classification, IJCAI workshop on machine learning for information filtering.
#[derive(Debug, Clone, PartialEq)]
pub struct OneVsAllNb {
    params: OneVsAllNbValidParams,
    sums: ClassSums,
    scorer: LinearScorer,
}

impl OneVsAllNb {
    /// Hyper-parameters to be set.
    pub fn params() -> OneVsAllNbParams {
        OneVsAllNbParams(OneVsAllNbValidParams { alpha: 1.0, prior: Prior::Uniform })
    }
}

impl OneVsAllNbValidParams {
    /// The weights of a model that has seen `sums`.
    ///
    /// # Errors
    ///
    /// If given priors do not fit the number of classes.
    pub fn scorer(&self, sums: &ClassSums) -> Result<LinearScorer> {
        let totals = sums.class_totals();
        let everything: f64 = totals.iter().sum();
        let smoothing = self.alpha * sums.n_features() as f64;
        let odds = |total: &f64| (everything - total + smoothing).ln() - (total + smoothing).ln();
        let log_odds: Vec<f64> = totals.iter().map(odds).collect();
        let start = || (SmoothedLog::new(sums, self.alpha), SmoothedLog::new(sums, self.alpha));
        let unseen = |(own, others): &mut Logs<'_>, all| own.of(0) - others.of(all);
        let seen = |(own, others): &mut Logs<'_>, all, class: usize, n| {
            own.of(n) - others.of(all - n) + log_odds[class]
        };
        let weights = Weights::of(sums, log_odds.clone(), start, unseen, seen);
        Ok(LinearScorer::of(self.prior.log(&sums.class_count())?, weights))
    }
}

/// Of the sums of a class, and of those of all others.
type Logs<'s> = (SmoothedLog<'s>, SmoothedLog<'s>);

smoothing_guard!(OneVsAllNbParams, OneVsAllNbValidParams);
implement_estimator!(OneVsAllNb, OneVsAllNbValidParams);
