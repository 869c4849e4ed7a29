//! Which of the terms met become columns.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::strings::SortedStrings;
use super::trie::Nodes;
use super::vocabulary::Vocabulary;
use crate::error::{Error, Result};

/// A bound on a document frequency.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Number of documents.
    Count(u64),
    /// Share of the documents, in `[0, 1]`.
    Share(f64),
}

impl Limit {
    /// The bound as a number of documents.
    pub(crate) fn documents(self, n_documents: u64) -> f64 {
        match self {
            Self::Count(count) => count as f64,
            Self::Share(share) => share * n_documents as f64,
        }
    }
}

/// Which of the terms met become columns. Meaning and defaults are those of scikit-learn's `CountVectorizer`.
///
/// | name | default | meaning | range |
/// |---|---|---|---|
/// | `min_df` | 1 document | rarer terms are left out | at least 1 document, or a share in [0, 1] |
/// | `max_df` | all documents | more frequent terms are left out | not below `min_df` |
/// | `max_features` | all | so many of the terms that occur most often are kept; ties go to the shorter run of words, then to the term that sorts first | at least 1 |
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VocabularyParams {
    /// Least document frequency.
    pub min_df: Limit,
    /// Greatest document frequency.
    pub max_df: Limit,
    /// Greatest number of terms.
    pub max_features: Option<usize>,
}

impl Default for VocabularyParams {
    fn default() -> Self {
        Self { min_df: Limit::Count(1), max_df: Limit::Share(1.0), max_features: None }
    }
}

impl VocabularyParams {
    /// Checks the ranges.
    ///
    /// # Errors
    ///
    /// If a limit or `max_features` is out of its range.
    pub fn check(&self) -> Result<()> {
        for (name, limit) in [("min_df", self.min_df), ("max_df", self.max_df)] {
            match limit {
                Limit::Count(0) => return Err(Error::parameter(name, "must be at least 1 document", 0)),
                Limit::Share(share) if !(0.0..=1.0).contains(&share) => {
                    return Err(Error::parameter(name, "must be a share in [0, 1]", share));
                }
                _ => {}
            }
        }
        if self.max_features == Some(0) {
            return Err(Error::parameter("max_features", "must be at least 1", 0));
        }
        Ok(())
    }

    /// Chooses and sorts the columns among the terms met that have `ngram_range` words: terms counted with a wider
    /// range give the columns of each narrower one.
    ///
    /// # Errors
    ///
    /// If no term is left.
    pub fn select(&self, nodes: &Nodes, tally: &Tally, ngram_range: (usize, usize)) -> Result<Selection> {
        let (min, max) = (self.min_df.documents(tally.n_documents), self.max_df.documents(tally.n_documents));
        let mut kept: Vec<u32> = (0..)
            .take(nodes.len())
            .filter(|&id| {
                let df = tally.frequencies[id as usize].documents as f64;
                let length = nodes.node(id).length as usize;
                df >= min.max(1.0) && df <= max && (ngram_range.0..=ngram_range.1).contains(&length)
            })
            .collect();
        let order = TermOrder::of(nodes);
        if let Some(limit) = self.max_features.filter(|&limit| limit < kept.len()) {
            kept.sort_by_cached_key(|&id| {
                let occurrences = tally.frequencies[id as usize].occurrences;
                (std::cmp::Reverse(occurrences), nodes.node(id).length, order.key(nodes, id))
            });
            kept.truncate(limit);
        }
        if kept.is_empty() {
            return Err(Error::training(format!(
                "at least one term must occur in {min} to {max} of the {} documents, found none of {}",
                tally.n_documents,
                nodes.len()
            )));
        }
        let kept = order.sorted(nodes, &kept);
        let mut column_of_node = vec![Selection::NO_COLUMN; nodes.len()];
        for (column, &id) in (0..).zip(&kept) {
            column_of_node[id as usize] = column;
        }
        Ok(Selection {
            vocabulary: vocabulary_of(nodes, &kept),
            document_frequency: kept.iter().map(|&id| tally.frequencies[id as usize].documents).collect(),
            column_of_node,
        })
    }
}

/// How often a term was met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Frequency {
    /// Documents that have it.
    pub documents: u64,
    /// Occurrences.
    pub occurrences: u64,
}

/// How often each term was met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents counted.
    pub n_documents: u64,
    /// By node.
    pub frequencies: Vec<Frequency>,
}

impl Tally {
    /// Counts `count` occurrences of a term in one more document; counts that would exceed 64 bits stay at their greatest.
    #[inline]
    pub fn add(&mut self, node: u32, count: u32) {
        let index = node as usize;
        if index >= self.frequencies.len() {
            self.cover(grown(index));
        }
        let frequency = &mut self.frequencies[index];
        frequency.documents = frequency.documents.saturating_add(1);
        frequency.occurrences = frequency.occurrences.saturating_add(u64::from(count));
    }

    /// Adds the tally of other documents, whose node `i` is `here[i]`.
    ///
    /// # Errors
    ///
    /// If a count exceeds 64 bits.
    pub fn absorb(&mut self, other: &Self, here: &[u32]) -> Result<()> {
        let too_many =
            || Error::training("documents and occurrences of a term must be fewer than 2^64, got more");
        self.n_documents = self.n_documents.checked_add(other.n_documents).ok_or_else(too_many)?;
        let needed = here.iter().map(|&node| node as usize + 1).max().unwrap_or(0);
        self.cover(needed.max(self.frequencies.len()));
        for (there, &node) in other.frequencies.iter().zip(here) {
            let frequency = &mut self.frequencies[node as usize];
            let sum = frequency.documents.checked_add(there.documents);
            frequency.documents = sum.ok_or_else(too_many)?;
            let sum = frequency.occurrences.checked_add(there.occurrences);
            frequency.occurrences = sum.ok_or_else(too_many)?;
        }
        Ok(())
    }

    /// Makes room for so many nodes, and for no more.
    pub fn cover(&mut self, n_nodes: usize) {
        self.frequencies.reserve_exact(n_nodes.saturating_sub(self.frequencies.len()));
        self.frequencies.resize(n_nodes, Frequency::default());
    }
}

/// How long a table by node is made when it is to hold a node that it is too short for: a quarter longer than needed, since all
/// of it is written.
pub(super) fn grown(node: usize) -> usize {
    (node + 1 + node / 4).max(64)
}

/// The terms that became columns.
#[derive(Debug, Clone)]
pub struct Selection {
    /// The columns.
    pub vocabulary: Vocabulary,
    /// Documents that have the term, by column.
    pub document_frequency: Vec<u64>,
    /// The column of each node, or [`NO_COLUMN`](Self::NO_COLUMN).
    pub column_of_node: Vec<u32>,
}

impl Selection {
    /// Stands for the column of a term that is none.
    pub const NO_COLUMN: u32 = u32::MAX;

    /// The column of a node, if it has one.
    #[inline]
    pub fn column(&self, node: u32) -> Option<u32> {
        Some(self.column_of_node[node as usize]).filter(|&column| column != Self::NO_COLUMN)
    }
}

fn vocabulary_of(nodes: &Nodes, sorted: &[u32]) -> Vocabulary {
    let mut terms = SortedStrings::default();
    for ids in sorted.chunks(SPELT_AT_ONCE) {
        let spelt: Vec<SortedStrings> = ids.par_chunks(SPELT_TOGETHER).map(|ids| spelt(nodes, ids)).collect();
        for more in &spelt {
            terms.append(more);
        }
    }
    Vocabulary::of(terms)
}

/// Terms that are held twice while they are spelt, and those that one thread spells.
const SPELT_AT_ONCE: usize = 1 << 17;
const SPELT_TOGETHER: usize = 1 << 12;

fn spelt(nodes: &Nodes, sorted: &[u32]) -> SortedStrings {
    let mut terms = SortedStrings::default();
    let mut term = String::new();
    for &id in sorted {
        term.clear();
        nodes.write_term(id, &mut term);
        terms.push(&term);
    }
    terms
}

/// Rank of each piece in code-point order. A space sorts before every character of a piece, so terms compare
/// as the sequences of their pieces' ranks.
struct TermOrder {
    rank: Vec<u32>,
}

impl TermOrder {
    fn of(nodes: &Nodes) -> Self {
        let mut sorted: Vec<(&str, usize)> = nodes.pieces.iter().zip(0..).collect();
        sorted.sort_unstable();
        let mut rank = vec![0; sorted.len()];
        for (place, (_, piece)) in (1..).zip(sorted) {
            rank[piece] = place;
        }
        Self { rank }
    }

    /// Nodes in the order of their terms.
    fn sorted(&self, nodes: &Nodes, ids: &[u32]) -> Vec<u32> {
        let mut keyed: Vec<_> = ids.par_iter().map(|&id| (self.key(nodes, id), id)).collect();
        keyed.par_sort_unstable();
        keyed.into_iter().map(|(_, id)| id).collect()
    }

    /// Ranks of a term's pieces, padded with zeros, which sort before every rank.
    fn key(&self, nodes: &Nodes, mut id: u32) -> [u32; 5] {
        let mut key = [0; 5];
        loop {
            let node = nodes.node(id);
            key[node.length as usize - 1] = self.rank[node.piece as usize];
            match node.parent {
                Some(parent) => id = parent,
                None => return key,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_stay_at_their_greatest_and_a_sum_beyond_it_is_refused() {
        let full = Frequency { documents: u64::MAX - 1, occurrences: u64::MAX - 2 };
        let tally = || Tally { n_documents: 1, frequencies: vec![full] };
        let mut added = tally();
        (0..3).for_each(|_| added.add(0, 2));
        assert_eq!(added.frequencies[0], Frequency { documents: u64::MAX, occurrences: u64::MAX });
        let mut sum = tally();
        assert!(sum.absorb(&tally(), &[0]).is_err());
        let other = Tally { n_documents: u64::MAX, frequencies: vec![Frequency::default()] };
        assert!(tally().absorb(&other, &[0]).is_err());
        let other = Tally { n_documents: 5, frequencies: vec![Frequency { documents: 1, occurrences: 2 }] };
        let mut sum = tally();
        sum.absorb(&other, &[0]).unwrap();
        let most = Frequency { documents: u64::MAX, occurrences: u64::MAX };
        assert_eq!((sum.n_documents, sum.frequencies[0]), (6, most));
    }
}
