//! The model: text in, ranked topics out.

use std::iter::zip;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::calibrate::Calibration;
use super::decide::Decision;
use super::evaluate::Confusion;
use super::fingerprint::Fingerprint;
use super::model_file::Checksum;
use super::params::TopicModelParams;
use super::quality::Quality;
use super::ranking::{Recognised, TopicRanking};
use super::refine::Refinement;
use crate::bayes::{ClassSums, LinearScorer, TermWeights};
use crate::error::{Error, Result};
use crate::file::{self, Existing};
use crate::text::Analyzer;
use crate::vectorize::{TermCounter, TermIndex, TfidfTransformer, Vocabulary};

/// Analyzer, vocabulary, idf, naive Bayes, labels and calibration in one piece: what `train` writes and all else reads.
///
/// # Examples
///
/// ```
/// use newsbeat::classify::{LabelledText, TopicModelParams};
///
/// let row = |label, text| LabelledText { label, text, group: "" };
/// let model = TopicModelParams::default().fit(&[
///     row("security", "Troops crossed the border under artillery fire."),
///     row("security", "The navy moved two frigates and their missiles."),
///     row("trade", "Tariffs on steel imports rose to a quarter."),
///     row("trade", "Exporters fear quotas and customs delays."),
/// ])?;
/// let ranking = model.classify("New tariffs hit exporters.").expect("some terms are known");
/// assert_eq!(model.labels()[ranking.best().0], "trade");
/// assert!(model.classify("Zzz.").is_none());
/// # Ok::<(), newsbeat::Error>(())
/// ```
#[derive(Debug)]
pub struct TopicModel {
    params: TopicModelParams,
    learned: Learned,
    analyzer: Analyzer,
    /// Built while a model is loaded, or else with the first session: training has none.
    index: OnceLock<TermIndex>,
    weights: TfidfTransformer,
    scorer: LinearScorer,
    decision: Arc<Decision>,
}

/// What was learned from the corpus; all else follows from it and the parameters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Learned {
    pub(crate) labels: Vec<String>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) document_frequency: Vec<u64>,
    pub(crate) n_documents: u64,
    pub(crate) sums: ClassSums,
    pub(crate) refinement: Option<Refinement>,
    pub(crate) calibration: Calibration,
    pub(crate) decision: Decision,
    pub(crate) leave_one_out: Option<Quality>,
    pub(crate) confusion: Option<Confusion>,
    pub(crate) corpus_fingerprint: Fingerprint,
}

impl TopicModel {
    /// Derives what follows from the parameters and the counts.
    pub(crate) fn assemble(params: TopicModelParams, learned: Learned) -> Result<Self> {
        let analyzer = params.analyzer.clone().build()?;
        let (scorer, weights) = rayon::join(
            || params.classifier.scorer(&learned.sums),
            || params.weighting.fit(learned.n_documents, &learned.document_frequency),
        );
        let scorer = refined(scorer?, learned.refinement.as_ref());
        let decision = Arc::new(learned.decision.clone());
        Ok(Self { params, learned, analyzer, index: OnceLock::new(), weights, scorer, decision })
    }

    /// The same model with the index of its vocabulary.
    pub(super) fn with_index(self, index: TermIndex) -> Self {
        Self { index: OnceLock::from(index), ..self }
    }

    /// The model of topics that comes with the program: security, trade, diplomacy, other.
    ///
    /// Its checksum is checked by a test, not at each start.
    ///
    /// # Errors
    ///
    /// If the program was built with a damaged model.
    pub fn built_in() -> Result<Self> {
        Self::read(Self::BUILT_IN, "the built-in model", Checksum::Trusted)
    }

    /// The bytes of the model that comes with the program.
    pub const BUILT_IN: &'static [u8] = include_bytes!("../../models/topics.safetensors");

    /// Loads a model file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or as [`from_bytes`](Self::from_bytes).
    pub fn load(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|e| Error::io(path.display(), "read", e))?;
        Self::from_bytes(&bytes, &path.display().to_string())
    }

    /// Writes the model file.
    ///
    /// # Errors
    ///
    /// As [`file::write`].
    pub fn save(&self, path: &Path, existing: Existing) -> Result<()> {
        file::write(path, &self.to_bytes()?, existing)
    }

    /// What it was trained with.
    pub fn params(&self) -> &TopicModelParams {
        &self.params
    }

    /// The topics, sorted.
    pub fn labels(&self) -> &[String] {
        &self.learned.labels
    }

    /// The terms that it knows.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.learned.vocabulary
    }

    /// How many training documents have each term.
    pub fn document_frequency(&self) -> &[u64] {
        &self.learned.document_frequency
    }

    /// How many documents it was trained on.
    pub fn n_documents(&self) -> u64 {
        self.learned.n_documents
    }

    /// The sums that it is made of.
    pub fn sums(&self) -> &ClassSums {
        &self.learned.sums
    }

    /// What is added to the weights of naive Bayes; `None` if it was trained without.
    pub fn refinement(&self) -> Option<&Refinement> {
        self.learned.refinement.as_ref()
    }

    /// The same model with something added to its weights.
    #[must_use]
    pub(super) fn with_refinement(mut self, refinement: Option<Refinement>) -> Self {
        self.scorer = refined(self.scorer, refinement.as_ref());
        self.learned.refinement = refinement;
        self
    }

    /// How scores become probabilities.
    pub fn calibration(&self) -> &Calibration {
        &self.learned.calibration
    }

    /// The same model with another calibration.
    #[must_use]
    pub fn with_calibration(mut self, calibration: Calibration) -> Self {
        self.learned.calibration = calibration;
        self
    }

    /// What it decides with.
    pub fn decision(&self) -> &Decision {
        &self.learned.decision
    }

    /// The same model with another way to decide.
    #[must_use]
    pub fn with_decision(mut self, decision: Decision) -> Self {
        self.decision = Arc::new(decision.clone());
        self.learned.decision = decision;
        self
    }

    /// Its quality, before it is refined, on the training documents, each judged by the model without it; `None` if it was trained without.
    pub fn leave_one_out(&self) -> Option<Quality> {
        self.learned.leave_one_out
    }

    /// The same model with a quality to remember.
    #[must_use]
    pub(super) fn with_leave_one_out(mut self, quality: Quality) -> Self {
        self.learned.leave_one_out = Some(quality);
        self
    }

    /// What it takes for what: training documents by their label and by the topic that models gave them which have not seen the
    /// fifth of the corpus around them; without an answer where no label was probable enough. `None` if the model was trained
    /// without, has lost a label since, or has more than 256.
    pub fn confusion(&self) -> Option<&Confusion> {
        self.learned.confusion.as_ref()
    }

    /// The same model with a confusion to remember.
    #[must_use]
    pub(super) fn with_confusion(mut self, confusion: Option<Confusion>) -> Self {
        self.learned.confusion = confusion;
        self
    }

    /// Fingerprint of the rows that it was trained on.
    pub fn corpus_fingerprint(&self) -> Fingerprint {
        self.learned.corpus_fingerprint
    }

    /// The weight of each term for each label.
    pub fn scorer(&self) -> &LinearScorer {
        &self.scorer
    }

    /// How text becomes terms.
    pub fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    /// How counts become weights.
    pub fn weights(&self) -> &TfidfTransformer {
        &self.weights
    }

    pub(crate) fn learned(&self) -> &Learned {
        &self.learned
    }

    pub(super) fn into_parts(self) -> (TopicModelParams, Learned) {
        (self.params, self.learned)
    }

    /// The topics of `text`, or `None` if it has no term that the model knows.
    ///
    /// For many texts, a [`session`](Self::session) is faster.
    pub fn classify(&self, text: &str) -> Option<TopicRanking> {
        self.session().classify(text)
    }

    /// A classifier with buffers of its own: one for each thread.
    pub fn session(&self) -> Session<'_> {
        let unit = self.params.analyzer.ngram_unit;
        let index = self.index.get_or_init(|| TermIndex::new(&self.learned.vocabulary, unit));
        Session {
            model: self,
            counter: TermCounter::frozen(&self.analyzer, index),
            terms: Vec::new(),
            numbers: Vec::new(),
            values: Vec::new(),
            room: self.scorer.intercept().to_vec(),
        }
    }
}

/// A scorer with what a refinement adds.
fn refined(scorer: LinearScorer, refinement: Option<&Refinement>) -> LinearScorer {
    match refinement {
        Some(refinement) => scorer.plus(refinement.weights()),
        None => scorer,
    }
}

/// Classifies one text after another; the answer for a text does not depend on those before it.
#[derive(Debug)]
pub struct Session<'m> {
    model: &'m TopicModel,
    counter: TermCounter<'m>,
    /// What the model makes of the terms that the counter has met, by their numbers.
    terms: Vec<Term<'m>>,
    /// Those of a text, and their values.
    numbers: Vec<u32>,
    values: Vec<f64>,
    room: Vec<f64>,
}

#[derive(Debug)]
struct Term<'m> {
    idf: f64,
    weights: TermWeights<'m>,
}

impl<'m> Session<'m> {
    /// The model that it is of.
    pub fn model(&self) -> &'m TopicModel {
        self.model
    }

    /// The topics of `text`, or `None` if it has no term that the model knows.
    pub fn classify(&mut self, text: &str) -> Option<TopicRanking> {
        let (mut scores, terms) = self.scores(text)?;
        self.model.learned.calibration.apply(&mut scores);
        let known =
            Recognised { terms, words: self.counter.n_pieces(), known_words: self.counter.n_known_pieces() };
        Some(TopicRanking::new(scores, known, Arc::clone(&self.model.decision)))
    }

    /// How many words, stop words left out, the last text has.
    pub fn n_words(&self) -> usize {
        self.counter.n_pieces()
    }

    /// How many of the last text's words, stop words left out, occur in terms that the model knows.
    pub fn n_known_words(&self) -> usize {
        self.counter.n_known_pieces()
    }

    /// The uncalibrated score of each label, and how many occurrences of known terms `text` has; `None` if none.
    pub fn scores(&mut self, text: &str) -> Option<(Vec<f64>, usize)> {
        let Self { model, counter, terms, numbers, values, room } = self;
        numbers.clear();
        values.clear();
        let mut n_known_terms = 0;
        counter.count_met(text, |number, count| {
            numbers.push(number);
            values.push(f64::from(count));
            n_known_terms += count as usize;
        });
        if numbers.is_empty() {
            return None;
        }
        let new = counter.columns_met()[terms.len()..].iter();
        terms.extend(
            new.map(|&column| Term { idf: model.weights.idf(column), weights: model.scorer.find(column) }),
        );
        model.weights.params().weigh(values, |i| terms[numbers[i] as usize].idf);
        let mut scores = model.scorer.intercept().to_vec();
        for (&number, &x) in zip(&*numbers, &*values) {
            model.scorer.add(x, terms[number as usize].weights, &mut scores, room);
        }
        Some((scores, n_known_terms))
    }
}
