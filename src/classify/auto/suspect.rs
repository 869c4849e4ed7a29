//! Labels that are probably wrong.

use std::collections::BTreeMap;

use super::super::corpus::CorpusReader;
use super::AutoFit;
use crate::error::Result;
use crate::math;
use crate::table::{Column, Table};

/// A document whose given label the model that has not seen it does not believe.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Suspect {
    /// Place in the corpus.
    pub document: usize,
    /// Number of the given label.
    pub label: usize,
    /// Its probability.
    pub probability: f64,
    /// Number of the most probable label.
    pub best: usize,
    /// Its probability.
    pub best_probability: f64,
}

/// The documents whose given label is not the most probable one, least probable first, ties in the order of the corpus.
pub(super) fn suspects(
    documents: &[usize],
    labels: &[usize],
    probabilities: &[f64],
    n_classes: usize,
) -> Vec<Suspect> {
    let rows = documents.iter().zip(labels).zip(probabilities.chunks_exact(n_classes));
    let mut suspects: Vec<Suspect> = rows
        .filter_map(|((&document, &label), row)| {
            let best = math::argmax(row).filter(|&best| best != label)?;
            Some(Suspect { document, label, probability: row[label], best, best_probability: row[best] })
        })
        .collect();
    suspects.sort_by(|a, b| a.probability.total_cmp(&b.probability).then(a.document.cmp(&b.document)));
    suspects
}

impl AutoFit {
    /// The suspects with their places and texts, which are read again, least probable first: `place, label,
    /// label_probability, topic, topic_probability, text`.
    ///
    /// # Errors
    ///
    /// If a file of the corpus, which must be that of the fit, cannot be read.
    pub fn suspect_table(&self, corpus: CorpusReader) -> Result<Table> {
        let rank: BTreeMap<usize, usize> =
            self.suspects.iter().enumerate().map(|(rank, suspect)| (suspect.document, rank)).collect();
        let (mut places, mut texts) = (vec![None; rank.len()], vec![None; rank.len()]);
        let mut document = 0;
        for block in corpus {
            block?.for_each_record(&mut |record| {
                let Ok(record) = record else { return };
                if let Some(&rank) = rank.get(&document) {
                    places[rank] = Some((record.place)());
                    texts[rank] = Some(record.row.text.to_owned());
                }
                document += 1;
            });
        }
        let label = |label: usize| Some(self.model.labels()[label].clone());
        let labels = |pick: fn(&Suspect) -> usize| self.suspects.iter().map(|s| label(pick(s))).collect();
        let numbers = |pick: fn(&Suspect) -> f64| self.suspects.iter().map(|s| Some(pick(s))).collect();
        Ok(Table::new(
            "suspects",
            vec![
                Column::text("place", "file and line", places),
                Column::text("label", "the label as given", labels(|s| s.label)),
                Column::float(
                    "label_probability",
                    "probability",
                    "its probability by the model without the document",
                    numbers(|s| s.probability),
                ),
                Column::text("topic", "the most probable label", labels(|s| s.best)),
                Column::float(
                    "topic_probability",
                    "probability",
                    "of the topic",
                    numbers(|s| s.best_probability),
                ),
                Column::text("text", "the document", texts),
            ],
        ))
    }
}
