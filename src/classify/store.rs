//! Counts of many documents in little memory.
//!
//! # Advice for hackers
//!
//! A document is its place in the block, the length of its entries in bytes, and its entries: so one that is not wanted is skipped,
//! not decoded. The documents of a block stand label by label, and those of one label can be read alone. An entry is the term's number times four, plus the count less one; a count of four or more is a three there,
//! and follows as a number of its own. All are integers of 15 bits a step, low bits first, the highest bit of a step set if
//! another follows. Terms are numbered in the order of their first appearance, so frequent ones have small numbers: an entry
//! takes a little over two bytes, and most take one step, which the processor foresees; with steps of 7 bits it guesses
//! wrong more often. Blocks of documents go to a temporary file, without a name, as soon as those in memory exceed
//! [`MEMORY`].

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::Mutex;

use crate::error::{Error, Result};

/// Bytes of blocks that are kept in memory.
const MEMORY: usize = 24 << 20;

/// Bits of a step that are not its mark.
const STEP: u32 = 15;

/// Least count that does not fit into its entry.
const MANY: u32 = 4;

/// Bytes of the length of a document.
const LENGTH: usize = size_of::<u64>();

/// Documents being encoded.
#[derive(Debug, Default)]
pub(super) struct BlockWriter {
    n_documents: u32,
    by_label: Vec<Vec<u8>>,
}

/// One of them, as its terms come.
#[derive(Debug)]
pub(super) struct DocumentWriter<'b> {
    bytes: &'b mut Vec<u8>,
    /// Where its entries start.
    start: usize,
}

/// Encoded documents.
#[derive(Debug, Default)]
pub(super) struct Block {
    bytes: Vec<u8>,
    runs: Vec<Run>,
}

/// The documents of one label in a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// Number of the label.
    pub(super) label: u32,
    start: usize,
    end: usize,
}

impl Run {
    /// What it takes in bytes.
    pub(super) fn len(self) -> usize {
        self.end - self.start
    }
}

impl BlockWriter {
    /// Begins a document, which is in the block when it ends.
    pub(super) fn begin(&mut self, label: u32) -> DocumentWriter<'_> {
        let label = label as usize;
        if self.by_label.len() <= label {
            self.by_label.resize_with(label + 1, Vec::new);
        }
        let bytes = &mut self.by_label[label];
        put(bytes, u64::from(self.n_documents));
        self.n_documents += 1;
        bytes.extend_from_slice(&[0; LENGTH]);
        DocumentWriter { start: bytes.len(), bytes }
    }

    /// The documents so far; the next block begins without any, in the same buffers.
    pub(super) fn take(&mut self) -> Block {
        self.n_documents = 0;
        let len = self.by_label.iter().map(Vec::len).sum();
        let mut block = Block { bytes: Vec::with_capacity(len), runs: Vec::new() };
        for (label, bytes) in (0..).zip(&mut self.by_label).filter(|(_, bytes)| !bytes.is_empty()) {
            let start = block.bytes.len();
            block.bytes.append(bytes);
            block.runs.push(Run { label, start, end: block.bytes.len() });
        }
        block
    }
}

impl DocumentWriter<'_> {
    /// Adds a term and its count.
    #[inline]
    pub(super) fn push(&mut self, term: u32, count: u32) {
        put(self.bytes, (u64::from(term) << 2) | u64::from(count.min(MANY) - 1));
        if count >= MANY {
            put(self.bytes, u64::from(count));
        }
    }

    pub(super) fn end(self) {
        let (header, entries) = self.bytes.split_at_mut(self.start);
        let len = entries.len() as u64;
        header[self.start - LENGTH..].copy_from_slice(&len.to_le_bytes());
    }
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the low bits are what is written")]
fn put(bytes: &mut Vec<u8>, mut value: u64) {
    while value >> STEP != 0 {
        bytes.extend_from_slice(&(value as u16 | 1 << STEP).to_le_bytes());
        value >>= STEP;
    }
    bytes.extend_from_slice(&(value as u16).to_le_bytes());
}

/// One document as it is encoded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Encoded<'b> {
    /// Place in the block.
    pub(super) place: usize,
    entries: &'b [u8],
}

/// The documents of a block, or of a run of it.
pub(super) fn documents(mut block: &[u8]) -> impl Iterator<Item = Encoded<'_>> {
    std::iter::from_fn(move || {
        let place = narrow(take(&mut block)?) as usize;
        let (len, rest) = block.split_first_chunk()?;
        let entries;
        #[expect(clippy::cast_possible_truncation, reason = "the length of a part of a block in memory")]
        {
            (entries, block) = rest.split_at_checked(u64::from_le_bytes(*len) as usize)?;
        }
        Some(Encoded { place, entries })
    })
}

impl<'b> Encoded<'b> {
    /// Its `(term, count)`.
    #[inline]
    pub(super) fn terms(self) -> impl Iterator<Item = (u32, u32)> + 'b {
        let mut entries = self.entries;
        std::iter::from_fn(move || {
            let word = take(&mut entries)?;
            let count = narrow(word & 3) + 1;
            let count = if count < MANY { count } else { narrow(take(&mut entries)?) };
            Some((narrow(word >> 2), count))
        })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "written from 32 bits")]
fn narrow(value: u64) -> u32 {
    value as u32
}

/// Takes a number off the front; `None` at the end.
#[inline]
fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    let mut shift = 0;
    loop {
        let (step, rest) = bytes.split_first_chunk()?;
        *bytes = rest;
        let step = u16::from_le_bytes(*step);
        value |= u64::from(step & !(1 << STEP)) << shift;
        if step >> STEP == 0 {
            return Some(value);
        }
        shift += STEP;
    }
}

enum Place {
    Memory(Vec<u8>),
    File { start: u64 },
}

/// A block and where it belongs.
struct Stored {
    order: usize,
    shard: usize,
    runs: Vec<Run>,
    place: Place,
}

/// Blocks of encoded documents, in memory and beyond it on disk.
#[derive(Default)]
pub(super) struct Store {
    blocks: Vec<Stored>,
    in_memory: usize,
    file: Option<Mutex<File>>,
    file_len: u64,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { blocks, in_memory, file_len, .. } = self;
        f.debug_struct("Store")
            .field("n_blocks", &blocks.len())
            .field("in_memory", in_memory)
            .field("file_len", file_len)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Keeps a block that `shard` has encoded as the `order`-th of the corpus.
    pub(super) fn push(&mut self, order: usize, shard: usize, block: Block) -> Result<()> {
        let Block { bytes, runs } = block;
        let place = if self.in_memory + bytes.len() <= MEMORY {
            self.in_memory += bytes.len();
            Place::Memory(bytes)
        } else {
            self.spill(&bytes).map_err(|e| Error::io("temporary file", "write", e))?
        };
        self.blocks.push(Stored { order, shard, runs, place });
        Ok(())
    }

    fn spill(&mut self, bytes: &[u8]) -> std::io::Result<Place> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(Mutex::new(tempfile::tempfile()?)),
        };
        let file = file.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.file_len))?;
        file.write_all(bytes)?;
        let start = self.file_len;
        self.file_len += bytes.len() as u64;
        Ok(Place::File { start })
    }

    /// Puts the blocks into the order of the corpus.
    pub(super) fn sort(&mut self) {
        self.blocks.sort_by_key(|block| block.order);
    }

    /// Number of blocks.
    pub(super) fn len(&self) -> usize {
        self.blocks.len()
    }

    /// The shard that encoded a block, and the runs that it is made of.
    pub(super) fn runs(&self, block: usize) -> (usize, &[Run]) {
        (self.blocks[block].shard, &self.blocks[block].runs)
    }

    /// Hands the bytes of a run of a block to `read`.
    pub(super) fn with_run<T>(&self, block: usize, run: Run, read: impl FnOnce(&[u8]) -> T) -> Result<T> {
        self.with_bytes(block, run.start..run.end, read)
    }

    /// Hands the bytes of a block, and the shard that encoded it, to `read`.
    pub(super) fn with_block<T>(&self, block: usize, read: impl FnOnce(usize, &[u8]) -> T) -> Result<T> {
        let (shard, runs) = self.runs(block);
        self.with_bytes(block, 0..runs.last().map_or(0, |run| run.end), |bytes| read(shard, bytes))
    }

    fn with_bytes<T>(&self, block: usize, range: Range<usize>, read: impl FnOnce(&[u8]) -> T) -> Result<T> {
        match &self.blocks[block].place {
            Place::Memory(bytes) => Ok(read(&bytes[range])),
            &Place::File { start } => {
                let mut bytes = vec![0; range.len()];
                let file = self.file.as_ref().expect("a spilled block has a file");
                let mut file = file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                file.seek(SeekFrom::Start(start + range.start as u64))
                    .and_then(|_| file.read_exact(&mut bytes))
                    .map_err(|e| Error::io("temporary file", "read", e))?;
                drop(file);
                Ok(read(&bytes))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn documents_read_back_from_memory_and_disk(
            written in prop::collection::vec((0..5_u32, prop::collection::vec((any::<u32>(), 1..u32::MAX), 0..9)), 0..9),
            spill in any::<bool>(),
        ) {
            let mut writer = BlockWriter::default();
            for (label, terms) in &written {
                let mut document = writer.begin(*label);
                for &(term, count) in terms {
                    document.push(term, count);
                }
                document.end();
            }
            let mut store = Store::default();
            if spill {
                store.in_memory = MEMORY;
                store.push(0, 0, Block { bytes: vec![0, 0], runs: Vec::new() }).unwrap();
            }
            store.push(1, 7, writer.take()).unwrap();
            let last = store.len() - 1;
            let mut expected: Vec<_> = written.into_iter().enumerate().collect();
            expected.sort_by_key(|(_, (label, _))| *label);
            let read = |bytes: &[u8]| super::documents(bytes).map(|d| (d.place, d.terms().collect::<Vec<_>>())).collect::<Vec<_>>();
            let whole = store.with_block(last, |shard, bytes| {
                assert_eq!(shard, 7);
                read(bytes)
            }).unwrap();
            let (_, runs) = store.runs(last);
            let by_run: Vec<_> = runs.iter().map(|&run| (run.label, store.with_run(last, run, read).unwrap())).collect();
            prop_assert_eq!(by_run.iter().flat_map(|(_, documents)| documents.clone()).collect::<Vec<_>>(), whole);
            let labelled: Vec<_> = by_run
                .into_iter()
                .flat_map(|(label, documents)| documents.into_iter().map(move |(place, terms)| (place, (label, terms))))
                .collect();
            prop_assert_eq!(labelled, expected);
        }
    }
}
