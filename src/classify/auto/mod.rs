//! Training that chooses for itself, by leave-one-out.

mod candidates;
mod search;
mod suspect;

pub use candidates::{Candidate, Candidates};
pub use suspect::Suspect;

use std::collections::BTreeMap;

use super::calibrate::CalibrationParams;
use super::corpus::LabelledText;
use super::counted::CountedCorpus;
use super::params::Classifier;
use super::quality::Quality;
use super::refine;
use super::topic_model::TopicModel;
use crate::bayes::Prior;
use crate::error::{Error, ErrorKind, Result};
use crate::file::Limits;
use crate::text::AnalyzerParams;
use crate::vectorize::{TfidfParams, VocabularyParams};
use search::Search;

/// What is fixed and what is to be chosen: a list of one is fixed.
///
/// | name | default | meaning | range |
/// |---|---|---|---|
/// | `analyzer` | English stems | how text becomes terms; its `ngram_range` is not looked at | |
/// | `vocabulary` | every term | which terms become columns | |
/// | `ngram_ranges` | 1-2, 1-1 | candidates | not empty |
/// | `weightings` | log-l2, log-idf-l2 | candidates | not empty |
/// | `classifiers` | one-vs-all, complement, multinomial | candidates; their alpha is not looked at | not empty |
/// | `alphas` | 0.3, 0.1, 0.03, 0.01, 0.003 | candidates | not empty |
/// | `calibration` | | how the calibration is fitted | |
/// | `prior` | none | share of each label among the texts to come, in place of the calibration's own | every label, each above 0, summing to 1 |
/// | `refine` | none | strength of the [`Refinement`](super::Refinement), the variance of the normal prior of what it adds to a weight | above 0, at most 1000 |
/// | `max_documents` | 20,000 | documents scored to choose and to calibrate, at most; fewer where one is costly | at least 1 |
///
/// Smaller is better in the leave-one-out log loss of the calibrated probabilities, documents weighted as the
/// calibration weighs them. Classifiers, weightings and then n-gram ranges are compared on 2,000 documents at most, each at its
/// best alpha; that alpha and those next to it are then compared on `max_documents`.
///
/// The model is calibrated on documents scored without the fifth of the corpus around them, in the order of its rows: at most
/// `max_documents`, and 3,000 where there is nothing to choose. Rows in the order of time, or shuffled, are best; the
/// calibration, the confusion counted on the same scores and a refinement are all that depends on their order.
///
/// Settings are chosen for plain naive Bayes; where it is refined, all documents are scored without their fifth, and the
/// regression and the calibration learn from all.
///
/// The first classifier, weighting and range are preferred: another one wins only if it is better by 5 % of the loss and
/// by two standard errors of the mean difference on the same documents. Leave-one-out does not see how tomorrow's texts differ
/// from today's, and is kind to models that learn documents by heart where the corpus has near copies, so small gains
/// are not to be trusted; and the first of each list is the best over several corpora together (summed loss on
/// 20 Newsgroups, AG News and four New York Times topics: .855; complement .891, multinomial .882, words alone .891).
#[derive(Debug, Clone, PartialEq)]
pub struct AutoParams {
    /// How text becomes terms; its `ngram_range` is not looked at.
    pub analyzer: AnalyzerParams,
    /// Which terms become columns.
    pub vocabulary: VocabularyParams,
    /// Candidates for the shortest and longest run of words that is a term.
    pub ngram_ranges: Vec<(usize, usize)>,
    /// Candidates for how counts become weights.
    pub weightings: Vec<TfidfParams>,
    /// Candidates for the naive Bayes.
    pub classifiers: Vec<Classifier>,
    /// Candidates for the smoothing.
    pub alphas: Vec<f64>,
    /// How the calibration is fitted.
    pub calibration: CalibrationParams,
    /// Share of each label among the texts to come; empty to leave it to the calibration.
    pub prior: BTreeMap<String, f64>,
    /// Strength of the [`Refinement`](super::Refinement); `None` for plain naive Bayes.
    pub refine: Option<f64>,
    /// Documents scored to choose and to calibrate, at most.
    pub max_documents: usize,
}

impl Default for AutoParams {
    fn default() -> Self {
        let alpha = 0.03;
        Self {
            analyzer: AnalyzerParams::default(),
            vocabulary: VocabularyParams::default(),
            ngram_ranges: vec![(1, 2), (1, 1)],
            weightings: vec![TfidfParams::LOG, TfidfParams { sublinear_tf: true, ..TfidfParams::TFIDF }],
            classifiers: vec![
                Classifier::OneVsAll { alpha },
                Classifier::Complement { alpha, norm: false },
                Classifier::Multinomial { alpha, prior: Prior::Empirical },
            ],
            alphas: vec![0.3, 0.1, 0.03, 0.01, 0.003],
            calibration: CalibrationParams::default(),
            prior: BTreeMap::new(),
            refine: None,
            max_documents: 20_000,
        }
    }
}

/// What training chose, and why.
#[derive(Debug)]
pub struct AutoFit {
    /// The model, calibrated.
    pub model: TopicModel,
    /// Everything that was compared.
    pub candidates: Candidates,
    /// Leave-one-out quality of the model, before it is refined.
    pub quality: Quality,
    /// Its quality on the documents that calibrate, judged by models that have not seen their fifth of the corpus: nearer to
    /// what to expect of texts to come. `None` if no label has two documents.
    pub quality_apart: Option<Quality>,
    /// The documents judged whose given label is least probable, least first; those whose given label is also the most
    /// probable are not among them.
    pub suspects: Vec<Suspect>,
}

impl AutoParams {
    /// The analyzer to count a corpus with: it covers every range.
    ///
    /// # Errors
    ///
    /// If a list is empty or a candidate out of range.
    pub fn counting_analyzer(&self) -> Result<AnalyzerParams> {
        self.check()?;
        let min = self.ngram_ranges.iter().map(|range| range.0).min().unwrap_or(1);
        let max = self.ngram_ranges.iter().map(|range| range.1).max().unwrap_or(1);
        Ok(AnalyzerParams { ngram_range: (min, max), ..self.analyzer.clone() })
    }

    /// Learns from labelled texts in memory, within the default [`max_training_bytes`](Limits::max_training_bytes).
    ///
    /// # Errors
    ///
    /// As [`fit_within`](Self::fit_within).
    pub fn fit(&self, rows: &[LabelledText<'_>]) -> Result<AutoFit> {
        self.fit_within(rows, Limits::default().max_training_bytes)
    }

    /// Learns from labelled texts in memory, [within](CountedCorpus::count_within) so many bytes of memory.
    ///
    /// # Errors
    ///
    /// If a parameter is out of range, there are fewer than two labels, no term is left, or there is too much to learn from.
    pub fn fit_within(&self, rows: &[LabelledText<'_>], max_bytes: u64) -> Result<AutoFit> {
        let blocks = rows.chunks(super::fit::ROWS).map(Ok);
        self.fit_counted(&CountedCorpus::count_within(self.counting_analyzer()?, max_bytes, blocks)?)
    }

    /// What has room where `error` says that all that was to be compared has none: of several n-gram ranges the one
    /// of the shortest terms alone.
    pub fn within_less(&self, error: &Error) -> Option<Self> {
        let shortest = *self.ngram_ranges.iter().min_by_key(|&&(min, max)| (max, min))?;
        let is_less = matches!(error.kind(), ErrorKind::Memory { .. }) && self.ngram_ranges.len() > 1;
        is_less.then(|| Self { ngram_ranges: vec![shortest], ..self.clone() })
    }

    /// Learns from a corpus counted by the [`counting_analyzer`](Self::counting_analyzer).
    ///
    /// # Errors
    ///
    /// If a parameter is out of range, there are fewer than two labels, no term is left, there is too much to learn from, or
    /// the corpus was counted by another analyzer.
    ///
    /// # Examples
    ///
    /// ```
    /// use newsbeat::classify::{AutoParams, CountedCorpus, LabelledText};
    ///
    /// let row = |label, text| LabelledText { label, text, group: "" };
    /// let rows = [
    ///     row("security", "Troops crossed the border under fire."),
    ///     row("security", "The navy moved troops under fire."),
    ///     row("trade", "Tariffs on steel imports rose."),
    ///     row("trade", "Steel tariffs hit imports."),
    /// ];
    /// let params = AutoParams::default();
    /// let corpus = CountedCorpus::count(params.counting_analyzer()?, std::iter::once(Ok(&rows[..])))?;
    /// let fit = params.fit_counted(&corpus)?;
    /// assert_eq!(fit.quality.accuracy, 1.0);
    /// assert!(fit.suspects.is_empty());
    /// assert_eq!(fit.candidates.chosen().classifier, fit.model.params().classifier);
    /// # Ok::<(), newsbeat::Error>(())
    /// ```
    pub fn fit_counted(&self, corpus: &CountedCorpus) -> Result<AutoFit> {
        self.check()?;
        Search::new(self, corpus)?.run()
    }

    /// How the calibration of a model with `labels`, sorted, is fitted.
    fn calibration_of(&self, labels: &[String]) -> Result<CalibrationParams> {
        if self.prior.is_empty() {
            return Ok(self.calibration.clone());
        }
        if !self.prior.keys().eq(labels) {
            let names: Vec<&str> = self.prior.keys().map(String::as_str).collect();
            let rule = format!("must name each of {}", labels.join(", "));
            return Err(Error::parameter("prior", rule, names.join(", ")));
        }
        let shares: Vec<f64> = self.prior.values().copied().collect();
        Prior::Given(shares.clone()).check()?;
        Ok(CalibrationParams { prior: Some(shares), ..self.calibration.clone() })
    }

    /// True if there is nothing to choose.
    fn is_fixed(&self) -> bool {
        [self.ngram_ranges.len(), self.weightings.len(), self.classifiers.len(), self.alphas.len()] == [1; 4]
    }

    fn check(&self) -> Result<()> {
        let lists = [
            ("ngram_ranges", self.ngram_ranges.len()),
            ("weightings", self.weightings.len()),
            ("classifiers", self.classifiers.len()),
            ("alphas", self.alphas.len()),
            ("max_documents", self.max_documents),
        ];
        for (name, len) in lists {
            if len == 0 {
                return Err(Error::parameter(name, "must be at least one", 0));
            }
        }
        if self.ngram_ranges.len() > 1 && !self.analyzer.has_terms_of_words() {
            let rule = "must be one where terms are of characters or hashed";
            return Err(Error::parameter("ngram_ranges", rule, self.ngram_ranges.len()));
        }
        for classifier in &self.classifiers {
            for &alpha in &self.alphas {
                classifier.clone().with_alpha(alpha).check()?;
            }
        }
        self.refine.map_or(Ok(()), refine::check)?;
        self.vocabulary.check()
    }
}

#[cfg(test)]
mod tests;
