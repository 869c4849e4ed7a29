//! Merging models, and adding and taking out documents, without a refit.
//!
//! Where rows do not depend on each other, with no idf and every term a column, the outcome is, bit for bit, the
//! model fitted to the changed corpus: shards can be trained apart and merged, in any order. With an idf or a limited
//! vocabulary, documents are added and taken out as the model weighs them, whose terms and idf stay as they were trained;
//! such models cannot be merged, since the terms that each has left out are not known any more.
//!
//! The calibration, what the model decides with, its leave-one-out quality, its confusion and what a refinement adds to its weights
//! stay those of training; they are worth learning again after large changes. A refined model is not merged.

use std::collections::BTreeSet;

use super::calibrate::{Calibration, Isotonic};
use super::counted::CountedCorpus;
use super::decide::Decision;
use super::evaluate::Confusion;
use super::params::TopicModelParams;
use super::refine::Refinement;
use super::room::Room;
use super::topic_model::{Learned, TopicModel};
use crate::error::{Error, Result};
use crate::file::Limits;
use crate::vectorize::{Idf, Limit, Selection, Vocabulary, VocabularyParams};

impl TopicModel {
    /// The model of the documents of both, within the default [`max_training_bytes`](Limits::max_training_bytes). The
    /// calibration and all that goes with it is kept only if both have the same; else the model is not calibrated.
    ///
    /// # Errors
    ///
    /// As [`merge_within`](Self::merge_within).
    ///
    /// # Examples
    ///
    /// ```
    /// use newsbeat::classify::{Classifier, LabelledText, TopicModelParams};
    /// use newsbeat::vectorize::TfidfParams;
    ///
    /// let row = |label, text| LabelledText { label, text, group: "" };
    /// let monday = [row("security", "troops move"), row("trade", "tariffs rise")];
    /// let tuesday = [row("security", "navy sails"), row("weather", "storm nears")];
    /// let params = TopicModelParams { weighting: TfidfParams::LOG, ..Default::default() };
    /// let merged = params.clone().fit(&monday)?.merge(params.clone().fit(&tuesday)?)?;
    /// assert_eq!(merged.to_bytes()?, params.fit(&[monday, tuesday].concat())?.to_bytes()?);
    /// # Ok::<(), newsbeat::Error>(())
    /// ```
    pub fn merge(self, other: Self) -> Result<Self> {
        self.merge_within(other, Limits::default().max_training_bytes)
    }

    /// The same, where so many bytes of memory may be taken.
    ///
    /// # Errors
    ///
    /// If a model is refined, the models were trained with different parameters, or with an idf or a limited vocabulary, or both
    /// together have more terms and labels than there is room for.
    pub fn merge_within(self, other: Self, max_bytes: u64) -> Result<Self> {
        if self.refinement().or(other.refinement()).is_some() {
            return Err(Error::training(
                "merged models must be plain naive Bayes, got one that is refined for its own corpus; train without --refine",
            ));
        }
        let (a, b) = (self.params(), other.params());
        let parts = [
            ("analyzer", a.analyzer != b.analyzer),
            ("vocabulary", a.vocabulary != b.vocabulary),
            ("weighting", a.weighting != b.weighting),
            ("classifier", a.classifier != b.classifier),
        ];
        if let Some((part, _)) = parts.into_iter().find(|(_, differs)| *differs) {
            let rule = "merged models must be trained with the same parameters";
            return Err(Error::training(format!("{rule}, got another {part}")));
        }
        if !is_open(self.params()) {
            return Err(Error::training(
                "merged models must have no idf and every term a column (min_df 1, no max_df, no max_features), since \
                 what each has left out is not known any more",
            ));
        }
        let (params, mut learned) = self.into_parts();
        let other = other.into_parts().1;
        let is_calibrated_alike = learned.labels == other.labels
            && learned.calibration == other.calibration
            && learned.decision == other.decision;
        learned = plus(&learned, &other, Room { max_bytes })?;
        learned.leave_one_out = None;
        if !is_calibrated_alike {
            learned.calibration = Calibration::none(learned.labels.len());
            learned.decision = Decision::none();
            learned.confusion = None;
        }
        Self::assemble(params, learned)
    }

    /// Adds the documents of a corpus, counted by the model's analyzer.
    ///
    /// # Errors
    ///
    /// If the corpus was counted by another analyzer, has no term that could be a column, or a sum exceeds its range.
    #[expect(clippy::should_implement_trait, reason = "it adds documents, and can fail")]
    pub fn add(self, corpus: &CountedCorpus) -> Result<Self> {
        let part = self.part(corpus)?;
        let (params, learned) = self.into_parts();
        Self::assemble(params, plus(&learned, &part, corpus.room())?)
    }

    /// Takes out the documents of a corpus, counted by the model's analyzer, which must have been in with the same
    /// labels and texts. Terms and labels that no document is left of are forgotten.
    ///
    /// # Errors
    ///
    /// If the corpus was counted by another analyzer, fewer than two labels would be left, or the counts show that a
    /// document was not in.
    pub fn remove(self, corpus: &CountedCorpus) -> Result<Self> {
        let part = self.part(corpus)?;
        let (params, learned) = self.into_parts();
        Self::assemble(params, minus(&learned, &part)?)
    }

    /// Moves documents to other labels: `wrong` has them as they are in the model, `right` as they should be.
    ///
    /// # Errors
    ///
    /// As [`add`](Self::add) and [`remove`](Self::remove).
    pub fn relabel(self, wrong: &CountedCorpus, right: &CountedCorpus) -> Result<Self> {
        self.add(right)?.remove(wrong)
    }

    /// What the documents of a corpus contribute to this model.
    fn part(&self, corpus: &CountedCorpus) -> Result<Learned> {
        let params = self.params();
        params.check_analyzer(corpus)?;
        let (selection, document_frequency, n_documents) = if is_open(params) {
            let selection = params.columns(corpus)?;
            let document_frequency = selection.document_frequency.clone();
            (selection, document_frequency, corpus.tally().n_documents)
        } else {
            let selection = self.selection_of(corpus);
            let zeros = vec![0; selection.vocabulary.len()];
            (selection, zeros, 0)
        };
        let sums = params.sum_weighted(corpus, &selection, self.weights())?;
        Ok(Learned {
            labels: corpus.labels().to_vec(),
            vocabulary: selection.vocabulary,
            document_frequency,
            n_documents,
            sums,
            refinement: None,
            calibration: Calibration::none(corpus.labels().len()),
            decision: Decision::none(),
            leave_one_out: None,
            confusion: None,
            corpus_fingerprint: corpus.fingerprint(),
        })
    }

    /// The model's own columns among the terms of a corpus.
    fn selection_of(&self, corpus: &CountedCorpus) -> Selection {
        let mut term = String::new();
        let column_of_node = (0..).take(corpus.nodes().len()).map(|node| {
            term.clear();
            corpus.nodes().write_term(node, &mut term);
            self.vocabulary().find(&term).unwrap_or(Selection::NO_COLUMN)
        });
        Selection {
            column_of_node: column_of_node.collect(),
            vocabulary: self.vocabulary().clone(),
            document_frequency: self.document_frequency().to_vec(),
        }
    }
}

/// Whether every term is a column and no row depends on other documents.
fn is_open(params: &TopicModelParams) -> bool {
    let VocabularyParams { min_df, max_df, max_features } = params.vocabulary;
    let keeps_all = min_df == Limit::Count(1) && max_df == Limit::Share(1.0) && max_features.is_none();
    keeps_all && params.weighting.idf == Idf::None
}

/// Both together; what is not counts is that of `a`.
fn plus(a: &Learned, b: &Learned, room: Room) -> Result<Learned> {
    let n_documents = a.n_documents.checked_add(b.n_documents).ok_or_else(|| {
        let (most, [a, b]) = (u64::MAX, [a, b].map(|learned| learned.n_documents));
        Error::training(format!("a model must have at most {most} documents, got {a} and {b}"))
    })?;
    let labels: Vec<String> =
        a.labels.iter().chain(&b.labels).cloned().collect::<BTreeSet<_>>().into_iter().collect();
    let terms: BTreeSet<&str> = a.vocabulary.iter().chain(b.vocabulary.iter()).collect();
    let vocabulary = Vocabulary::from_sorted(terms)?;
    // Every label of one has a sum for every term of the other.
    room.check(Room::changed_columns(vocabulary.len(), labels.len()))?;
    let mut document_frequency = vec![0; vocabulary.len()];
    let mut place = |learned: &Learned| {
        let classes: Vec<_> = learned.labels.iter().map(|label| labels.binary_search(label).ok()).collect();
        let columns: Vec<_> = columns_in(&vocabulary, &learned.vocabulary);
        for (column, &df) in columns.iter().zip(&learned.document_frequency) {
            if let Some(column) = *column {
                // No term is in more documents than there are.
                document_frequency[column] += df;
            }
        }
        learned.sums.laid_out((labels.len(), &classes), (vocabulary.len(), &columns))
    };
    let mut sums = place(a);
    sums.merge(&place(b))?;
    Ok(Learned {
        refinement: refined(a, &labels, &vocabulary),
        calibration: recalibrated(a, &labels),
        confusion: confused(a, &labels),
        labels,
        vocabulary,
        document_frequency,
        n_documents,
        sums,
        decision: a.decision.clone(),
        leave_one_out: a.leave_one_out,
        corpus_fingerprint: a.corpus_fingerprint.plus(b.corpus_fingerprint),
    })
}

/// `a` without `b`.
fn minus(a: &Learned, b: &Learned) -> Result<Learned> {
    let mut classes = Vec::with_capacity(b.labels.len());
    for (label, n) in b.labels.iter().zip(b.sums.raw_class_count()) {
        let class = a.labels.binary_search(label).ok();
        let there = class.map_or(0, |class| a.sums.raw_class_count()[class]);
        if *n > there {
            let [n, there] = [*n, there].map(|n| n >> b.sums.fraction_bits());
            return Err(not_in(&format!("{n} labelled {label} where it has {there}")));
        }
        classes.push(class);
    }
    let mut document_frequency = a.document_frequency.clone();
    let columns = columns_in(&a.vocabulary, &b.vocabulary);
    for ((column, term), &df) in columns.iter().zip(b.vocabulary.iter()).zip(&b.document_frequency) {
        let there = column.map_or(0, |column| a.document_frequency[column]);
        match (*column, there.checked_sub(df)) {
            (Some(column), Some(left)) => document_frequency[column] = left,
            _ => return Err(not_in(&format!("{df} with the term \"{term}\" where it has {there}"))),
        }
    }
    let mut sums = a.sums.clone();
    let shape = (a.labels.len(), a.vocabulary.len());
    let elsewhere = || not_in("terms that it has under other labels");
    sums.subtract(&b.sums.laid_out((shape.0, &classes), (shape.1, &columns))).map_err(|_| elsewhere())?;

    let has_documents = |class: usize| sums.raw_class_count()[class] > 0;
    let labels: Vec<String> =
        (0..shape.0).filter(|&class| has_documents(class)).map(|class| a.labels[class].clone()).collect();
    if labels.len() < 2 {
        return Err(Error::training(format!("a model must keep at least two labels, got {}", labels.len())));
    }
    let vocabulary = Vocabulary::from_sorted(
        a.vocabulary.iter().zip(&document_frequency).filter(|(_, df)| **df > 0).map(|(term, _)| term),
    )?;
    let kept = columns_in(&vocabulary, &a.vocabulary);
    let is_lost =
        |(i, &n): (usize, &u64)| n > 0 && (kept[i / shape.0].is_none() || !has_documents(i % shape.0));
    if vocabulary.is_empty() || sums.raw_feature_count().iter().enumerate().any(is_lost) {
        return Err(elsewhere());
    }
    let classes: Vec<_> = a.labels.iter().map(|label| labels.binary_search(label).ok()).collect();
    Ok(Learned {
        sums: sums.laid_out((labels.len(), &classes), (vocabulary.len(), &kept)),
        refinement: refined(a, &labels, &vocabulary),
        calibration: recalibrated(a, &labels),
        confusion: confused(a, &labels),
        labels,
        vocabulary,
        document_frequency: document_frequency.into_iter().filter(|&df| df > 0).collect(),
        n_documents: a.n_documents.checked_sub(b.n_documents).ok_or_else(elsewhere)?,
        decision: a.decision.clone(),
        leave_one_out: a.leave_one_out,
        corpus_fingerprint: a.corpus_fingerprint.minus(b.corpus_fingerprint),
    })
}

/// What the counts of a model say against taking documents out of it.
fn not_in(found: &str) -> Error {
    Error::training(format!(
        "documents to be taken out must be in the model with the same labels, got {found}"
    ))
}

/// The column in `vocabulary` of each term of `terms`.
fn columns_in(vocabulary: &Vocabulary, terms: &Vocabulary) -> Vec<Option<usize>> {
    terms.iter().map(|term| vocabulary.find(term).map(|column| column as usize)).collect()
}

/// The refinement of a model for other labels and terms: to the weights of those that it does not know it adds nothing.
fn refined(learned: &Learned, labels: &[String], vocabulary: &Vocabulary) -> Option<Refinement> {
    let refinement = learned.refinement.as_ref()?;
    let places: Vec<_> = learned.labels.iter().map(|label| labels.binary_search(label).ok()).collect();
    let columns = columns_in(vocabulary, &learned.vocabulary);
    Some(refinement.laid_out((labels.len(), &places), (vocabulary.len(), &columns)))
}

/// The confusion of a model for other labels: of one that it does not know it has seen nothing.
fn confused(learned: &Learned, labels: &[String]) -> Option<Confusion> {
    let places: Vec<_> = learned.labels.iter().map(|label| labels.binary_search(label).ok()).collect();
    learned.confusion.as_ref()?.laid_out(labels.len(), &places)
}

/// The calibration of a model for other labels: one that it does not know has no bias and a straight curve, and no share.
fn recalibrated(learned: &Learned, labels: &[String]) -> Calibration {
    let of = &learned.calibration;
    let known = |label: &String| learned.labels.binary_search(label).ok();
    let share = |label| known(label).map_or(0.0, |i| of.prior[i]);
    let curve = |label| known(label).map_or_else(Isotonic::straight, |i| of.isotonic[i].clone());
    Calibration {
        bias: labels.iter().map(|label| known(label).map_or(0.0, |i| of.bias[i])).collect(),
        prior: if of.prior.is_empty() { Vec::new() } else { labels.iter().map(share).collect() },
        isotonic: if of.isotonic.is_empty() { Vec::new() } else { labels.iter().map(curve).collect() },
        ..of.clone()
    }
}

#[cfg(test)]
mod tests;
