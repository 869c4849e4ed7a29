//! Sums over all terms of the model, most of which a document does not have.
//!
//! Bernoulli naive Bayes scores the terms that do not occur, and the weight norm of complement naive Bayes divides by
//! a sum over all terms. Both are taken once for the whole model, and moved for the terms of the document left out.

use crate::bayes::ClassSums;

use super::document::Query;
use super::evidence::Recipe;

/// Sums over all terms: for each alpha, one number a class.
#[derive(Debug, Default)]
pub(super) struct AbsentTerms {
    /// `sum of ln(T(t) - N(t, c) + alpha)`.
    complement: Vec<f64>,
    /// `sum of ln(D(c) - N(t, c) + alpha)`, where `D(c)` is the number of documents of the class.
    absent: Vec<f64>,
    /// The same with one document less in the class, over terms that do not occur in all of its documents.
    absent_without: Vec<f64>,
}

impl AbsentTerms {
    /// Sums over the terms that `is_kept`.
    pub(super) fn new(recipe: &Recipe, sums: &ClassSums, is_kept: impl Fn(usize) -> bool) -> Self {
        let zeros = |is_needed: bool| {
            if is_needed { vec![0.0; recipe.alphas.len() * sums.n_classes()] } else { Vec::new() }
        };
        let mut all = Self {
            complement: zeros(recipe.has_norm()),
            absent: zeros(recipe.has_bernoulli()),
            absent_without: zeros(recipe.has_bernoulli()),
        };
        if !recipe.has_norm() && !recipe.has_bernoulli() {
            return all;
        }
        let documents = sums.class_count();
        let mut raw = vec![0; sums.n_classes()];
        for column in (0..sums.n_features()).filter(|&column| is_kept(column)) {
            sums.read_row(column, &mut raw);
            let total: u64 = raw.iter().sum();
            for (place, &alpha) in recipe.alphas.iter().enumerate() {
                let first = place * raw.len();
                for (class, &n) in raw.iter().enumerate() {
                    if let Some(sum) = all.complement.get_mut(first + class) {
                        *sum += (sums.to_float(total - n) + alpha).ln();
                    }
                    if recipe.has_bernoulli() {
                        let missing = documents[class] - sums.to_float(n);
                        all.absent[first + class] += (missing + alpha).ln();
                        if missing > 0.0 {
                            all.absent_without[first + class] += (missing - 1.0 + alpha).ln();
                        }
                    }
                }
            }
        }
        all
    }

    /// `sum of ln(T(t) - N(t, c) + alpha)` over the terms that are left.
    pub(super) fn complement_weights(
        &self,
        recipe: &Recipe,
        sums: &ClassSums,
        query: &Query,
        out: &mut [f64],
    ) {
        out.copy_from_slice(&self.complement);
        let mut raw = vec![0; sums.n_classes()];
        for term in &query.terms {
            sums.read_row(term.column as usize, &mut raw);
            let total: u64 = raw.iter().sum();
            for (&alpha, out) in recipe.alphas.iter().zip(out.chunks_exact_mut(raw.len())) {
                for (class, (&n, out)) in raw.iter().zip(out).enumerate() {
                    *out -= (sums.to_float(total - n) + alpha).ln();
                    if term.weight.is_some() {
                        let own = if Some(class) == query.class { 0 } else { term.own };
                        *out += (sums.to_float(total - n - own) + alpha).ln();
                    }
                }
            }
        }
    }

    /// Bernoulli scores without the prior: rows are binary, so that sums of a term count documents.
    pub(super) fn bernoulli_scores(&self, recipe: &Recipe, sums: &ClassSums, query: &Query, out: &mut [f64]) {
        let documents = sums.class_count();
        let mut rows = vec![0; query.terms.len() * documents.len()];
        for (term, row) in query.terms.iter().zip(rows.chunks_exact_mut(documents.len())) {
            sums.read_row(term.column as usize, row);
        }
        for (place, &alpha) in recipe.alphas.iter().enumerate() {
            let first = place * documents.len();
            for (class, &documents) in documents.iter().enumerate() {
                let is_own = Some(class) == query.class;
                let documents_left = if is_own { documents - 1.0 } else { documents };
                let start = if is_own { &self.absent_without } else { &self.absent };
                let mut score =
                    start[first + class] - query.n_features as f64 * (documents_left + 2.0 * alpha).ln();
                for (term, row) in query.terms.iter().zip(rows.chunks_exact(sums.n_classes())) {
                    let n = sums.to_float(row[class]);
                    let missing = documents - n;
                    if !is_own {
                        score -= (missing + alpha).ln();
                    } else if missing > 0.0 {
                        score -= (missing - 1.0 + alpha).ln();
                    }
                    if term.weight.is_some() {
                        score += (n - f64::from(u8::from(is_own)) + alpha).ln();
                    }
                }
                out[first + class] = score;
            }
        }
    }
}
