//! linfa's traits for each naive Bayes model.

use linfa::DatasetBase;
use linfa::dataset::AsSingleTargets;

use super::ClassSums;
use crate::error::{Error, Result};
use crate::vectorize::DocTermMatrix;

/// Adds the rows of a data set to `sums`, which grow if a class has not been seen before.
pub(super) fn add_rows<T>(
    sums: Option<ClassSums>,
    dataset: &DatasetBase<DocTermMatrix, T>,
) -> Result<ClassSums>
where
    T: AsSingleTargets<Elem = usize>,
{
    let x = dataset.records();
    let targets = dataset.as_single_targets();
    if x.n_samples() != targets.len() {
        return Err(Error::training(format!(
            "each row must have one target, got {} rows and {} targets",
            x.n_samples(),
            targets.len()
        )));
    }
    let seen = sums.as_ref().map_or(0, ClassSums::n_classes);
    let n_classes = targets.iter().map(|&class| class + 1).max().unwrap_or(0).max(seen);
    if n_classes == 0 {
        return Err(Error::training("a model must be fitted to at least one row, got none"));
    }
    let mut sums = match sums {
        Some(sums) => sums.with_classes(n_classes),
        None => ClassSums::new(n_classes, x.n_features(), ClassSums::WEIGHTS),
    };
    if sums.n_features() != x.n_features() {
        return Err(Error::training(format!(
            "rows must have {} features as in the model, got {}",
            sums.n_features(),
            x.n_features()
        )));
    }
    let weights = dataset.weights();
    for (i, (row, &class)) in x.rows().zip(&targets).enumerate() {
        let weight = weights.map_or(1.0, |w| f64::from(w[i]));
        sums.add(row, class, weight)?;
    }
    sums.check_range()?;
    Ok(sums)
}

/// Implements the setters of `alpha` and `prior`, and `ParamGuard`, for parameters that have both.
macro_rules! smoothing_guard {
    ($params:ident, $valid:ident) => {
        impl $params {
            /// Sets the smoothing.
            #[must_use]
            pub fn alpha(mut self, alpha: f64) -> Self {
                self.0.alpha = alpha;
                self
            }

            /// Sets the priors.
            #[must_use]
            pub fn prior(mut self, prior: Prior) -> Self {
                self.0.prior = prior;
                self
            }
        }

        impl ParamGuard for $params {
            type Checked = $valid;
            type Error = Error;

            fn check_ref(&self) -> Result<&$valid> {
                if !(self.0.alpha > 0.0 && self.0.alpha.is_finite()) {
                    return Err(Error::parameter("alpha", "must be finite and greater than 0", self.0.alpha));
                }
                self.0.prior.check()?;
                Ok(&self.0)
            }

            fn check(self) -> Result<$valid> {
                self.check_ref()?;
                Ok(self.0)
            }
        }
    };
}
pub(super) use smoothing_guard;

/// Implements `NaiveBayes` and linfa's `Fit`, `FitWith` and `PredictInplace` for a model with `params`, `sums` and
/// `scorer` whose parameters `derive` it from sums.
macro_rules! implement_estimator {
    ($model:ident, $valid:ident) => {
        impl NaiveBayes for $model {
            fn scorer(&self) -> &LinearScorer {
                &self.scorer
            }
        }

        impl $model {
            /// What it has seen.
            pub fn sums(&self) -> &ClassSums {
                &self.sums
            }

            /// The parameters that it was fitted with.
            pub fn valid_params(&self) -> &$valid {
                &self.params
            }
        }

        impl $valid {
            /// The model that has seen `sums`.
            ///
            /// # Errors
            ///
            /// As [`scorer`](Self::scorer).
            pub fn derive(&self, sums: ClassSums) -> Result<$model> {
                let scorer = self.scorer(&sums)?;
                Ok($model { params: self.clone(), sums, scorer })
            }
        }

        impl<T> linfa::traits::Fit<crate::vectorize::DocTermMatrix, T, Error> for $valid
        where
            T: linfa::dataset::AsSingleTargets<Elem = usize>,
        {
            type Object = $model;

            fn fit(
                &self,
                dataset: &linfa::DatasetBase<crate::vectorize::DocTermMatrix, T>,
            ) -> Result<$model> {
                self.derive(super::estimator::add_rows(None, dataset)?)
            }
        }

        impl<'a, T> linfa::traits::FitWith<'a, crate::vectorize::DocTermMatrix, T, Error> for $valid
        where
            T: linfa::dataset::AsSingleTargets<Elem = usize> + 'a,
        {
            type ObjectIn = Option<$model>;
            type ObjectOut = $model;

            fn fit_with(
                &self,
                model: Option<$model>,
                dataset: &'a linfa::DatasetBase<crate::vectorize::DocTermMatrix, T>,
            ) -> Result<$model> {
                self.derive(super::estimator::add_rows(model.map(|m| m.sums), dataset)?)
            }
        }

        impl linfa::traits::PredictInplace<crate::vectorize::DocTermMatrix, ndarray::Array1<usize>>
            for $model
        {
            fn predict_inplace(&self, x: &crate::vectorize::DocTermMatrix, y: &mut ndarray::Array1<usize>) {
                y.assign(&ndarray::Array1::from(self.predict_classes(x)));
            }

            fn default_target(&self, x: &crate::vectorize::DocTermMatrix) -> ndarray::Array1<usize> {
                ndarray::Array1::zeros(x.n_samples())
            }
        }
    };
}
pub(super) use implement_estimator;
