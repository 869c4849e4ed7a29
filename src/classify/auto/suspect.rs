//! Labels that are probably wrong.

use crate::math;

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
