//! Prior probabilities of the classes.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Where the class priors come from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prior {
    /// The classes' shares of the training documents; scikit-learn's `fit_prior=True`.
    #[default]
    Empirical,
    /// Equal; scikit-learn's `fit_prior=False`.
    Uniform,
    /// These, one a class, summing to one; scikit-learn's `class_prior`.
    Given(Vec<f64>),
}

impl Prior {
    /// Checks given priors.
    ///
    /// # Errors
    ///
    /// If one is not in `(0, 1]`, or they do not sum to one within 1e-9.
    pub fn check(&self) -> Result<()> {
        let Self::Given(priors) = self else {
            return Ok(());
        };
        if let Some(bad) = priors.iter().find(|p| !(**p > 0.0 && **p <= 1.0)) {
            return Err(Error::parameter("prior", "must be in (0, 1]", bad));
        }
        let sum: f64 = priors.iter().sum();
        if (sum - 1.0).abs() > 1e-9 {
            return Err(Error::parameter("prior", "must sum to 1", sum));
        }
        Ok(())
    }

    /// `ln P(c)`, by class, from the number of documents of each.
    ///
    /// # Errors
    ///
    /// If the number of given priors is not that of the classes.
    pub fn log(&self, class_count: &[f64]) -> Result<Vec<f64>> {
        let n_classes = class_count.len();
        match self {
            Self::Empirical => {
                let total: f64 = class_count.iter().sum();
                Ok(class_count.iter().map(|n| n.ln() - total.ln()).collect())
            }
            Self::Uniform => Ok(vec![-(n_classes as f64).ln(); n_classes]),
            Self::Given(priors) if priors.len() == n_classes => Ok(priors.iter().map(|p| p.ln()).collect()),
            Self::Given(priors) => Err(Error::parameter(
                "prior",
                format!("must have {n_classes} values, one a class"),
                priors.len(),
            )),
        }
    }
}
