//! What a topic model is trained with.

use linfa::ParamGuard;
use serde::{Deserialize, Serialize};

use crate::bayes::{BernoulliNb, ClassSums, ComplementNb, LinearScorer, MultinomialNb, OneVsAllNb, Prior};
use crate::error::Result;
use crate::text::AnalyzerParams;
use crate::vectorize::{Idf, Norm, TfidfParams, VocabularyParams};

/// Which naive Bayes, with its hyper-parameters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Classifier {
    /// [`MultinomialNb`].
    Multinomial {
        /// Smoothing.
        alpha: f64,
        /// Class priors.
        prior: Prior,
    },
    /// [`ComplementNb`].
    Complement {
        /// Smoothing.
        alpha: f64,
        /// Second weight normalisation.
        norm: bool,
    },
    /// [`BernoulliNb`].
    Bernoulli {
        /// Smoothing.
        alpha: f64,
        /// Class priors.
        prior: Prior,
    },
    /// [`OneVsAllNb`].
    OneVsAll {
        /// Smoothing.
        alpha: f64,
    },
}

impl Classifier {
    /// The name on the command line and in the model.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Multinomial { .. } => "multinomial",
            Self::Complement { .. } => "complement",
            Self::Bernoulli { .. } => "bernoulli",
            Self::OneVsAll { .. } => "one-vs-all",
        }
    }

    /// The smoothing.
    pub fn alpha(&self) -> f64 {
        match self {
            Self::Multinomial { alpha, .. }
            | Self::Complement { alpha, .. }
            | Self::Bernoulli { alpha, .. }
            | Self::OneVsAll { alpha } => *alpha,
        }
    }

    /// The same classifier with another smoothing.
    #[must_use]
    pub fn with_alpha(mut self, smoothing: f64) -> Self {
        match &mut self {
            Self::Multinomial { alpha, .. }
            | Self::Complement { alpha, .. }
            | Self::Bernoulli { alpha, .. }
            | Self::OneVsAll { alpha } => *alpha = smoothing,
        }
        self
    }

    /// Whether it can learn from such rows: Bernoulli naive Bayes needs binary ones.
    pub fn takes_rows_of(&self, weighting: TfidfParams) -> bool {
        let is_binary = weighting.binary && weighting.idf == Idf::None && weighting.norm == Norm::None;
        is_binary || !matches!(self, Self::Bernoulli { .. })
    }

    /// Checks the hyper-parameters.
    ///
    /// # Errors
    ///
    /// If one is out of range.
    pub fn check(&self) -> Result<()> {
        match self.clone() {
            Self::Multinomial { alpha, prior } => {
                MultinomialNb::params().alpha(alpha).prior(prior).check().map(drop)
            }
            Self::Complement { alpha, .. } => ComplementNb::params().alpha(alpha).check().map(drop),
            Self::Bernoulli { alpha, prior } => {
                BernoulliNb::params().alpha(alpha).prior(prior).check().map(drop)
            }
            Self::OneVsAll { alpha } => OneVsAllNb::params().alpha(alpha).check().map(drop),
        }
    }

    /// The weights of the model that has seen `sums`.
    ///
    /// # Errors
    ///
    /// If a hyper-parameter is out of range, or does not fit the sums.
    pub fn scorer(&self, sums: &ClassSums) -> Result<LinearScorer> {
        match self.clone() {
            Self::Multinomial { alpha, prior } => {
                MultinomialNb::params().alpha(alpha).prior(prior).check()?.scorer(sums)
            }
            Self::Complement { alpha, norm } => {
                ComplementNb::params().alpha(alpha).norm(norm).check()?.scorer(sums)
            }
            Self::Bernoulli { alpha, prior } => {
                BernoulliNb::params().alpha(alpha).prior(prior).check()?.scorer(sums)
            }
            Self::OneVsAll { alpha } => OneVsAllNb::params().alpha(alpha).check()?.scorer(sums),
        }
    }
}

/// Everything that a topic model is trained with; saved in the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicModelParams {
    /// How text becomes terms.
    pub analyzer: AnalyzerParams,
    /// Which terms become columns.
    pub vocabulary: VocabularyParams,
    /// How counts become weights.
    pub weighting: TfidfParams,
    /// Which naive Bayes.
    pub classifier: Classifier,
}

impl Default for TopicModelParams {
    fn default() -> Self {
        Self {
            analyzer: AnalyzerParams::default(),
            vocabulary: VocabularyParams::default(),
            weighting: TfidfParams::LOG,
            classifier: Classifier::OneVsAll { alpha: 0.03 },
        }
    }
}

impl TopicModelParams {
    /// Checks every parameter.
    ///
    /// # Errors
    ///
    /// If one is out of range or names something unknown.
    pub fn check(&self) -> Result<()> {
        self.analyzer.clone().build()?;
        self.vocabulary.check()?;
        self.classifier.check()
    }

    /// Fraction bits of the class sums: those of counts where weights are counts.
    pub(crate) fn fraction_bits(&self) -> u32 {
        if self.weighting.is_counts() { ClassSums::COUNTS } else { ClassSums::WEIGHTS }
    }
}
