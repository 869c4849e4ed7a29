//! Rows that could not be used.

use crate::error::Error;

/// Rows that could not be used: place and reason of the first of them, and how many there are.
#[derive(Debug, Default)]
pub struct Rejects {
    named: Vec<Error>,
    n: usize,
}

impl Rejects {
    /// How many are named, so that a file of nothing else does not fill the memory with reasons.
    pub const MOST_NAMED: usize = 10_000;

    /// Of `n` rejects, the first with place and reason.
    pub(super) fn of(first: impl Iterator<Item = Error>, n: usize) -> Self {
        Self { named: first.take(Self::MOST_NAMED).collect(), n }
    }

    /// One more.
    pub fn push(&mut self, error: Error) {
        self.n = self.n.saturating_add(1);
        if self.named.len() < Self::MOST_NAMED {
            self.named.push(error);
        }
    }

    /// Those of another corpus behind these.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::of(self.named.into_iter().chain(other.named), self.n.saturating_add(other.n))
    }

    /// The first of them, [`MOST_NAMED`](Self::MOST_NAMED) at most, in the order of the corpus.
    pub fn named(&self) -> &[Error] {
        &self.named
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.n
    }

    /// True if every row could be used.
    pub fn is_empty(&self) -> bool {
        self.n == 0
    }
}
