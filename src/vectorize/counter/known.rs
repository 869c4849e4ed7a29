//! The terms of an index that have been met.

use std::borrow::Cow;

use super::super::term_index::TermIndex;
use super::UNKNOWN;

/// The terms of an index, numbered as they are met.
///
/// The words that most of any text consists of are met first. So what is kept by number, here and by whoever counts, stands
/// together for all of them and stays in the cache, however large the index.
#[derive(Debug)]
pub(super) struct Known<'a> {
    index: &'a TermIndex,
    /// One more than the number of each column, 0 for one that has not been met. Memory that stays untouched is not taken.
    numbers: Vec<u32>,
    columns: Vec<u32>,
    /// Whether [`roots`](Self::roots) are numbers already, as no node leads on.
    pub(super) roots_are_numbers: bool,
}

impl<'a> Known<'a> {
    /// The terms of `index`, of which those of `longest` pieces and fewer are counted.
    pub(super) fn of(index: &'a TermIndex, longest: usize) -> Self {
        let roots_are_numbers = longest == 1 && index.has_only_pieces();
        Self { index, numbers: vec![0; index.n_columns()], columns: Vec::new(), roots_are_numbers }
    }

    /// The columns met, by their numbers.
    pub(super) fn columns(&self) -> &[u32] {
        &self.columns
    }

    /// The number of a node's term, if it is one.
    #[inline]
    pub(super) fn number(&mut self, node: u32) -> Option<u32> {
        let column = self.index.column(node)?;
        match self.numbers[column as usize] {
            0 => Some(self.meet(column)),
            number => Some(number - 1),
        }
    }

    #[cold]
    fn meet(&mut self, column: u32) -> u32 {
        self.columns.push(column);
        let n_met = u32::try_from(self.columns.len()).expect("no more than columns");
        self.numbers[column as usize] = n_met;
        n_met - 1
    }

    /// The node of a piece, as [`TermIndex::root`].
    pub(super) fn root(&self, piece: &str) -> u32 {
        self.index.root(piece)
    }

    /// Appends the nodes of pieces, as [`TermIndex::roots`], or the numbers of their terms.
    pub(super) fn roots(&mut self, pieces: &[Option<Cow<'_, str>>], roots: &mut Vec<u32>) {
        let first = roots.len();
        self.index.roots(pieces, roots);
        if self.roots_are_numbers {
            let nodes = roots[first..].iter_mut().filter(|node| **node < UNKNOWN);
            nodes.for_each(|node| *node = self.number(*node).unwrap_or(UNKNOWN));
        }
    }

    /// The node of the term of `node` followed by the piece of `next`, as [`TermIndex::child`].
    #[inline]
    pub(super) fn child(&self, node: u32, next: u32) -> u32 {
        self.index.child(node, next)
    }
}
