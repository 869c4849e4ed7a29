//! Counts of many documents in little memory.
//!
//! # Advice for hackers
//!
//! A document is its label, its number of entries, then for each entry the term's number shifted left by one, with
//! the low bit set if a count above 1 follows; all as LEB128 integers. Terms are numbered in the order of their first
//! appearance, so frequent ones have small numbers, and an entry takes about two bytes. Blocks of documents go to a
//! temporary file, without a name, as soon as those in memory exceed [`MEMORY`].

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::Mutex;

use crate::error::{Error, Result};

/// Bytes of blocks that are kept in memory.
const MEMORY: usize = 24 << 20;

/// One document's counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Entries {
    /// Number of the label.
    pub label: u32,
    /// `(term, count)`.
    pub terms: Vec<(u32, u32)>,
}

/// Documents being encoded.
#[derive(Debug, Default)]
pub(super) struct BlockWriter {
    bytes: Vec<u8>,
}

impl BlockWriter {
    /// Adds a document.
    pub(super) fn push(&mut self, label: u32, terms: &[(u32, u32)]) {
        self.put(u64::from(label));
        self.put(terms.len() as u64);
        for &(term, count) in terms {
            self.put((u64::from(term) << 1) | u64::from(count > 1));
            if count > 1 {
                self.put(u64::from(count));
            }
        }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    #[expect(clippy::cast_possible_truncation, reason = "the low seven bits are what is written")]
    fn put(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }
}

/// Decodes the documents of one block.
#[derive(Debug)]
pub(super) struct BlockReader<'b> {
    bytes: &'b [u8],
}

impl<'b> BlockReader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    /// Reads the next document into `entries`; false at the end.
    pub(super) fn next(&mut self, entries: &mut Entries) -> bool {
        if self.bytes.is_empty() {
            return false;
        }
        entries.label = self.take();
        entries.terms.clear();
        for _ in 0..self.take() {
            let word = self.take_wide();
            let count = if word & 1 == 1 { self.take() } else { 1 };
            #[expect(clippy::cast_possible_truncation, reason = "terms are written from 32 bits")]
            entries.terms.push(((word >> 1) as u32, count));
        }
        true
    }

    #[expect(clippy::cast_possible_truncation, reason = "written from 32 bits")]
    fn take(&mut self) -> u32 {
        self.take_wide() as u32
    }

    #[inline]
    fn take_wide(&mut self) -> u64 {
        let mut value = 0;
        for (i, &byte) in self.bytes.iter().enumerate() {
            value |= u64::from(byte & 0x7f) << (7 * i);
            if byte < 0x80 {
                self.bytes = &self.bytes[i + 1..];
                break;
            }
        }
        value
    }
}

enum Place {
    Memory(Vec<u8>),
    File { start: u64, len: usize },
}

/// A block and where it belongs.
struct Stored {
    order: usize,
    shard: usize,
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
    pub(super) fn push(&mut self, order: usize, shard: usize, bytes: Vec<u8>) -> Result<()> {
        let place = if self.in_memory + bytes.len() <= MEMORY {
            self.in_memory += bytes.len();
            Place::Memory(bytes)
        } else {
            self.spill(&bytes).map_err(|e| Error::io("temporary file", "write", e))?
        };
        self.blocks.push(Stored { order, shard, place });
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
        Ok(Place::File { start, len: bytes.len() })
    }

    /// Puts the blocks into the order of the corpus.
    pub(super) fn sort(&mut self) {
        self.blocks.sort_by_key(|block| block.order);
    }

    /// Number of blocks.
    pub(super) fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Hands the bytes of a block, and the shard that encoded it, to `read`.
    pub(super) fn with_block<T>(&self, i: usize, read: impl FnOnce(usize, &[u8]) -> T) -> Result<T> {
        let block = &self.blocks[i];
        match &block.place {
            Place::Memory(bytes) => Ok(read(block.shard, bytes)),
            &Place::File { start, len } => {
                let mut bytes = vec![0; len];
                let file = self.file.as_ref().expect("a spilled block has a file");
                let mut file = file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                file.seek(SeekFrom::Start(start))
                    .and_then(|_| file.read_exact(&mut bytes))
                    .map_err(|e| Error::io("temporary file", "read", e))?;
                drop(file);
                Ok(read(block.shard, &bytes))
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
            documents in prop::collection::vec((any::<u32>(), prop::collection::vec((any::<u32>(), 1..u32::MAX), 0..9)), 0..9),
            spill in any::<bool>(),
        ) {
            let mut writer = BlockWriter::default();
            for (label, terms) in &documents {
                writer.push(*label, terms);
            }
            let mut store = Store::default();
            if spill {
                store.in_memory = MEMORY;
                store.push(0, 0, vec![0, 0]).unwrap();
            }
            store.push(1, 7, writer.into_bytes()).unwrap();
            let last = store.len() - 1;
            let found = store.with_block(last, |shard, bytes| {
                assert_eq!(shard, 7);
                let (mut reader, mut entries, mut found) = (BlockReader::new(bytes), Entries::default(), Vec::new());
                while reader.next(&mut entries) {
                    found.push((entries.label, entries.terms.clone()));
                }
                found
            }).unwrap();
            prop_assert_eq!(found, documents);
        }
    }
}
