//! What a document is scored by: what is left of a model without it.

use crate::bayes::to_fixed;
use crate::error::Result;
use crate::vectorize::{Selection, TfidfTransformer};

use super::super::counted::CountedDocument;
use super::super::fit::Row;
use super::Setting;

/// One term of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct QueryTerm {
    pub(super) column: u32,
    /// What the document has put into the sums of its class.
    pub(super) own: u64,
    /// Its weight in the row that is scored; `None` if the model without the document does not know it.
    pub(super) weight: Option<f64>,
}

/// A document to be scored by a model that has not seen it.
#[derive(Debug)]
pub(super) struct Query {
    /// The class whose sums it is still in; `None` if it is in none.
    pub(super) class: Option<usize>,
    pub(super) terms: Vec<QueryTerm>,
    /// Number of columns that are left without it.
    pub(super) n_features: usize,
    /// Sums over all terms that are left, by class.
    pub(super) totals: Vec<f64>,
}

impl Query {
    pub(super) fn new(n_classes: usize) -> Self {
        Self { class: None, terms: Vec::new(), n_features: 0, totals: vec![0.0; n_classes] }
    }
}

/// A document taken out of the model, in buffers used again and again.
#[derive(Debug)]
pub(super) struct LeftOut<'m> {
    setting: &'m Setting<'m>,
    weights: &'m TfidfTransformer,
    raw_totals: &'m [u128],
    /// Least document frequency in a corpus without the document.
    min_df: f64,
    row: Row,
    weighed: Vec<f64>,
    idf: Vec<f64>,
    lost: Vec<u128>,
    query: Query,
}

impl<'m> LeftOut<'m> {
    pub(super) fn new(
        setting: &'m Setting<'m>,
        weights: &'m TfidfTransformer,
        raw_totals: &'m [u128],
    ) -> Self {
        let n_classes = setting.sums.n_classes();
        let others = setting.corpus.tally().n_documents - 1;
        Self {
            setting,
            weights,
            raw_totals,
            min_df: setting.params.vocabulary.min_df.documents(others).max(1.0),
            row: Row::default(),
            weighed: Vec::new(),
            idf: Vec::new(),
            lost: vec![0; n_classes],
            query: Query::new(n_classes),
        }
    }

    /// Takes out `document`.
    pub(super) fn take_out(&mut self, document: CountedDocument<'_>) -> Result<&Query> {
        let Setting { params, selection, sums, corpus } = *self.setting;
        let (unit, class) = (sums.unit(), document.label);
        self.row.weigh(counts_of(document, selection), self.weights);
        self.weigh_query(document, corpus.tally().n_documents - 1);
        self.query.class = Some(class);
        self.query.terms.clear();
        self.lost.fill(0);
        self.query.n_features = sums.n_features();
        let mut weighed = self.weighed.iter();
        for (column, x) in self.row.as_sparse().iter() {
            let own = to_fixed(x, unit)?;
            let is_kept = self.is_kept(column);
            let weight = if is_kept { weighed.next().copied() } else { None };
            if is_kept {
                self.lost[class] += u128::from(own);
            } else {
                self.query.n_features -= 1;
                sums.for_each_seen(column as usize, |class, n| self.lost[class] += u128::from(n));
            }
            self.query.terms.push(QueryTerm { column, own, weight });
        }
        debug_assert!(weighed.next().is_none(), "{params:?}");
        for ((total, &raw), &lost) in self.query.totals.iter_mut().zip(self.raw_totals).zip(&self.lost) {
            *total = (raw - lost) as f64 / unit;
        }
        Ok(&self.query)
    }

    /// The row as the model without the document weighs it: terms that it knows, an idf of the other documents.
    fn weigh_query(&mut self, document: CountedDocument<'_>, n_others: u64) {
        let Setting { params, selection, .. } = *self.setting;
        self.weighed.clear();
        self.idf.clear();
        for (column, count) in counts_of(document, selection) {
            if self.is_kept(column) {
                let others = selection.document_frequency[column as usize] - 1;
                self.weighed.push(f64::from(count));
                self.idf.push(params.weighting.idf.weight(n_others, others));
            }
        }
        params.weighting.weigh(&mut self.weighed, |i| self.idf[i]);
    }

    /// Whether a term of the document is a column without it.
    fn is_kept(&self, column: u32) -> bool {
        (self.setting.selection.document_frequency[column as usize] - 1) as f64 >= self.min_df
    }
}

/// `(column, count)` of the terms of a document that are columns.
pub(super) fn counts_of<'s>(
    document: CountedDocument<'s>,
    selection: &'s Selection,
) -> impl Iterator<Item = (u32, u32)> + 's {
    document.terms().filter_map(|(node, count)| Some((selection.column(node)?, count)))
}
