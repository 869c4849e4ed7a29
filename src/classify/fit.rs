//! From a counted corpus to a topic model.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::calibrate::Calibration;
use super::corpus::LabelledText;
use super::counted::CountedCorpus;
use super::decide::Decision;
use super::params::TopicModelParams;
use super::room::Room;
use super::topic_model::{Learned, TopicModel};
use crate::bayes::{ClassAdder, ClassSums};
use crate::error::{Error, Result};
use crate::text::AnalyzerParams;
use crate::vectorize::{Selection, SparseRow, TfidfTransformer};

/// Rows that one thread counts at a time, where they are in memory.
pub(super) const ROWS: usize = 256;

/// Shares of the documents that there are for each thread that adds them up: so one that is through sooner takes more of them.
const SHARES: usize = 4;

/// Bytes that the sums may take which threads add to, if there are more than two.
const ADDERS: usize = 64 << 20;

impl TopicModelParams {
    /// Learns from labelled texts in memory.
    ///
    /// # Errors
    ///
    /// If a parameter is out of range, there are fewer than two labels, or no term is left.
    pub fn fit(self, rows: &[LabelledText<'_>]) -> Result<TopicModel> {
        let blocks = rows.chunks(ROWS).map(Ok);
        let corpus = CountedCorpus::count(self.analyzer.clone(), blocks)?;
        self.fit_counted(&corpus)
    }

    /// Learns from a counted corpus, without calibration. A corpus counted with a wider n-gram range serves.
    ///
    /// # Errors
    ///
    /// If a parameter is out of range, there are fewer than two labels, no term is left, or the corpus was counted
    /// by another analyzer.
    pub fn fit_counted(self, corpus: &CountedCorpus) -> Result<TopicModel> {
        let selection = self.select(corpus)?;
        let sums = self.sum_rows(corpus, &selection)?;
        self.fit_summed(corpus, selection, sums)
    }

    /// The columns among the terms of a counted corpus.
    pub(super) fn select(&self, corpus: &CountedCorpus) -> Result<Selection> {
        self.check_analyzer(corpus)?;
        if corpus.labels().len() < 2 {
            return Err(Error::training(format!(
                "a corpus must have at least two labels, got {}: {}",
                corpus.labels().len(),
                corpus.labels().join(", ")
            )));
        }
        self.vocabulary.check()?;
        self.columns(corpus)
    }

    /// The same of a corpus that may have a single label.
    pub(super) fn columns(&self, corpus: &CountedCorpus) -> Result<Selection> {
        let lengths = self.analyzer.term_lengths();
        let selection = self.vocabulary.select(corpus.nodes(), corpus.tally(), lengths)?;
        corpus.check_room(selection.vocabulary.len(), 0)?;
        Ok(selection)
    }

    /// Whether the corpus was counted as the parameters say.
    pub(super) fn check_analyzer(&self, corpus: &CountedCorpus) -> Result<()> {
        let (min, max) = self.analyzer.ngram_range;
        let counted = corpus.analyzer();
        let wider = AnalyzerParams { ngram_range: counted.ngram_range, ..self.analyzer.clone() };
        // Only terms of words are told apart by their length: a short run of characters counts once whatever the range, and
        // a bucket holds terms of any length.
        let is_narrower = counted.ngram_range != (min, max);
        if wider != *counted
            || (is_narrower && !counted.has_terms_of_words())
            || min < counted.ngram_range.0
            || max > counted.ngram_range.1
        {
            return Err(Error::training("the corpus must be counted by the analyzer of the parameters"));
        }
        Ok(())
    }

    /// The sums of the weighted rows of each label.
    pub(super) fn sum_rows(&self, corpus: &CountedCorpus, selection: &Selection) -> Result<ClassSums> {
        let weights = self.weighting.fit(corpus.tally().n_documents, &selection.document_frequency);
        self.sum_weighted(corpus, selection, &weights)
    }

    /// The same with weights learned elsewhere.
    pub(super) fn sum_weighted(
        &self,
        corpus: &CountedCorpus,
        selection: &Selection,
        weights: &TfidfTransformer,
    ) -> Result<ClassSums> {
        let (n_labels, n_features) = (corpus.labels().len(), selection.vocabulary.len());
        let fraction_bits = self.fraction_bits();
        let columns = corpus.columns(selection);
        let n_shares = n_adders(n_features, SHARES * rayon::current_num_threads());
        let (n_found, most_found_again) = (AtomicUsize::new(0), (n_shares - 1) * n_features);
        let runs = corpus.visit_by_label(
            n_shares,
            || (Row::default(), ClassAdder::new(n_features, fraction_bits)),
            |(row, adder), document| {
                row.weigh(document.columns(&columns), weights);
                adder.add(row.as_sparse())
            },
            |(_, adder), label| {
                let run = adder.take(label)?;
                let n_found = n_found.fetch_add(run.len(), Ordering::Relaxed) + run.len();
                let n_bytes = Room::sums_to_join(n_found.saturating_sub(most_found_again));
                corpus.check_room(n_features, n_bytes)?;
                Ok(run)
            },
        )?;
        let sums = ClassSums::of_runs(fraction_bits, (n_labels, n_features), &runs)?;
        corpus.check_room(n_features, Room::sums(sums.n_seen()))?;
        Ok(sums)
    }

    /// The model of columns and sums, without calibration.
    pub(super) fn fit_summed(
        self,
        corpus: &CountedCorpus,
        selection: Selection,
        sums: ClassSums,
    ) -> Result<TopicModel> {
        TopicModel::assemble(
            self,
            Learned {
                labels: corpus.labels().to_vec(),
                vocabulary: selection.vocabulary,
                document_frequency: selection.document_frequency,
                n_documents: corpus.tally().n_documents,
                sums,
                refinement: None,
                calibration: Calibration::none(corpus.labels().len()),
                decision: Decision::none(),
                leave_one_out: None,
                confusion: None,
                corpus_fingerprint: corpus.fingerprint(),
            },
        )
    }
}

/// How many threads may add to sums of their own: `most`, or as many as memory allows, and two at least.
pub(super) fn n_adders(n_features: usize, most: usize) -> usize {
    (ADDERS / (size_of::<u64>() * n_features).max(1)).clamp(2, most.max(2))
}

/// A document's weights, in buffers used again and again.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// Columns, in the order of first appearance in the text.
    pub(crate) columns: Vec<u32>,
    /// Weights.
    pub(crate) values: Vec<f64>,
}

impl Row {
    /// Weighs the counts of a document, by column.
    pub(crate) fn weigh(&mut self, counts: impl Iterator<Item = (u32, u32)>, weights: &TfidfTransformer) {
        self.columns.clear();
        self.values.clear();
        for (column, count) in counts {
            self.columns.push(column);
            self.values.push(f64::from(count));
        }
        weights.weigh(&self.columns, &mut self.values);
    }

    /// As a row to be scored.
    pub(crate) fn as_sparse(&self) -> SparseRow<'_> {
        SparseRow { indices: &self.columns, values: &self.values }
    }
}
