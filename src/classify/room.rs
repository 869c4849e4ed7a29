//! What learning takes of memory.
//!
//! It is reckoned from what is learned from, not asked of the system: so the same corpus is refused on every machine, on any
//! number of threads, and before the memory is taken. The figures are those of what is kept; while a table moves to larger
//! room, it takes more for a moment. SECURITY.md says what runs took at most.

use crate::error::{Error, Result};
use crate::text::Interner;
use crate::vectorize::Nodes;

/// Bytes that a term takes while it is counted.
const TERM: u64 = 116;
/// Bytes that it takes afterwards.
const COUNTED_TERM: u64 = 56;
/// Bytes that a byte of a term, or of a label, takes.
const STRING: u64 = 3;
/// Bytes that a label takes.
const LABEL: u64 = 256;
/// Bytes that a document takes, besides its counts, which are on the disk.
const DOCUMENT: u64 = 48;
/// Bytes that a column takes more than a term, and as two threads add to its sums.
const COLUMN: u64 = 52;
/// Bytes that the sum of a term for a label takes that is not zero: in the best configuration so far, and as it is found or weighed.
const SUM: u64 = 36;
/// Bytes that it takes until it is joined.
const SUM_TO_JOIN: u64 = 26;
/// Bytes that it takes, zero or not, where models are changed.
const DENSE_SUM: u64 = 24;
/// Bytes that an entry of a row takes in a regression: by rows, by columns, and as it is read.
const ENTRY: u64 = 40;
/// Bytes that a number takes that is fitted, or a document has for a label.
const NUMBER: u64 = 40;
/// Bytes that a row of a corpus takes that is evaluated.
const ROW: u64 = 560;
/// Bytes that a score or a probability of a document for a label takes.
const SCORE: u64 = 24;

/// What may be taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) max_bytes: u64,
}

impl Room {
    /// Terms that there can be at most, whatever else there is.
    pub(super) fn most_terms(self) -> usize {
        usize::try_from(self.max_bytes / TERM).unwrap_or(usize::MAX)
    }

    /// What terms take while they are counted.
    pub(super) fn terms(nodes: &Nodes) -> u64 {
        TERM * nodes.len() as u64 + Self::strings(nodes.pieces.n_bytes() as u64)
    }

    /// What they take when they are counted.
    pub(super) fn counted_terms(nodes: &Nodes) -> u64 {
        COUNTED_TERM * nodes.len() as u64 + Self::strings(nodes.pieces.n_bytes() as u64 + nodes.n_bytes())
    }

    /// What strings of so many bytes take.
    pub(super) fn strings(n_bytes: u64) -> u64 {
        n_bytes.saturating_mul(STRING)
    }

    /// What labels take.
    pub(super) fn labels(labels: &Interner) -> u64 {
        LABEL * labels.len() as u64 + Self::strings(labels.n_bytes() as u64)
    }

    /// What documents take.
    pub(super) fn documents(n: u64) -> u64 {
        n.saturating_mul(DOCUMENT)
    }

    /// What columns take more than terms.
    pub(super) fn columns(n: usize) -> u64 {
        COLUMN * n as u64
    }

    /// What the sums of terms for labels take that are not zero.
    pub(super) fn sums(n: usize) -> u64 {
        (n as u64).saturating_mul(SUM)
    }

    /// What they take until they are joined.
    pub(super) fn sums_to_join(n: usize) -> u64 {
        (n as u64).saturating_mul(SUM_TO_JOIN)
    }

    /// What columns take more than terms, and their sums, where a model is changed.
    pub(super) fn changed_columns(n: usize, n_labels: usize) -> u64 {
        (n as u64).saturating_mul(DENSE_SUM.saturating_mul(n_labels as u64).saturating_add(COLUMN))
    }

    /// What scores take.
    pub(super) fn scores(n: u64) -> u64 {
        n.saturating_mul(SCORE)
    }

    /// What a regression takes on rows of so many entries, with so many numbers to fit or of documents for labels.
    pub(super) fn regression(n_entries: u64, n_numbers: u64) -> u64 {
        n_entries.saturating_mul(ENTRY).saturating_add(n_numbers.saturating_mul(NUMBER))
    }

    /// What rows of a corpus take that is evaluated, besides their texts, and the answers for them.
    pub(super) fn rows(n: usize, n_labels: usize) -> u64 {
        let (n, n_labels) = (n as u64, n_labels as u64);
        n.saturating_mul(SCORE.saturating_mul(n_labels).saturating_add(ROW))
    }

    /// Fails if there is no room for so many bytes.
    pub(super) fn check(self, n_bytes: u64) -> Result<()> {
        if n_bytes > self.max_bytes { Err(self.exceeded()) } else { Ok(()) }
    }

    /// Too much to learn from.
    pub(super) fn exceeded(self) -> Error {
        Error::memory(format!(
            "what is learned from must take at most {} bytes of memory (--max-training-bytes), found more terms, labels or documents \
             than that; raise it, clean the texts, count single words (--ngrams 1-1) or hash terms (--hash-features 20)",
            self.max_bytes
        ))
    }
}
