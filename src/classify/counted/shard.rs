//! Threads that count the blocks of a corpus, each with terms numbered for itself, and the joining of what they have counted.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::classify::corpus::{LabelledText, RowBlock};
use crate::classify::fingerprint::Fingerprint;
use crate::classify::rejects::Rejects;
use crate::classify::room::Room;
use crate::classify::store::{Block, BlockWriter, Store};
use crate::error::{Error, Result};
use crate::text::{Analyzer, Interner};
use crate::vectorize::{Nodes, Tally, TermCounter};

/// What a shard's own numbers mean in the whole.
#[derive(Debug, Default)]
pub(super) struct ShardMaps {
    pub(super) labels: Vec<u32>,
    pub(super) nodes: Vec<u32>,
}

/// The documents of a block: its place in the corpus, its shard, the key and the shard's label of each.
pub(super) type BlockDocuments = (usize, usize, Vec<(u64, u32)>);

/// What one thread has counted since it last handed in.
struct Shard<'a> {
    number: usize,
    counter: TermCounter<'a>,
    writer: BlockWriter,
    labels: Interner,
    tally: Tally,
    fingerprint: Fingerprint,
    /// The first of them, each with the place of its block.
    rejects: Vec<(usize, Error)>,
    n_rejects: usize,
    /// What its terms and labels took when it last told.
    n_told: u64,
}

/// What the shards have handed in.
#[derive(Default)]
pub(super) struct Joined {
    pub(super) labels: Interner,
    pub(super) nodes: Nodes,
    pub(super) tally: Tally,
    pub(super) fingerprint: Fingerprint,
    pub(super) rejects: Vec<(usize, Error)>,
    pub(super) n_rejects: usize,
    /// By number; empty for those that are being counted.
    pub(super) shards: Vec<ShardMaps>,
    pub(super) store: Store,
    pub(super) documents: Vec<BlockDocuments>,
    pub(super) n_documents: u64,
}

/// What the shards of a corpus share.
pub(super) struct Counting<'a, Q> {
    pub(super) analyzer: &'a Analyzer,
    pub(super) room: Room,
    pub(super) queue: Mutex<Q>,
    pub(super) joined: Mutex<Joined>,
    /// What the terms and labels take that have not been handed in.
    pub(super) n_bytes: AtomicU64,
}

impl Shard<'_> {
    /// Counts the rows of a block: the encoded documents, and the key and the label of each.
    fn count(&mut self, order: usize, block: &impl RowBlock) -> (Block, Vec<(u64, u32)>) {
        let mut documents = Vec::new();
        block.for_each_row(&mut |row| {
            let LabelledText { label, text, .. } = match row {
                Ok(row) => row,
                Err(error) => return self.reject(order, error),
            };
            let (label_id, _) = self.labels.intern(label);
            let mut document = self.writer.begin(label_id);
            self.counter.count(text, |node, count| {
                document.push(node, count);
                self.tally.add(node, count);
            });
            document.end();
            let fingerprint = Fingerprint::of(label, text);
            self.fingerprint = self.fingerprint.plus(fingerprint);
            documents.push((fingerprint.key(), label_id));
        });
        self.tally.n_documents += documents.len() as u64;
        (self.writer.take(), documents)
    }

    /// What its terms and labels take more than when it last told.
    fn tell(&mut self) -> u64 {
        let n_bytes = self.counter.nodes().map_or(0, Room::terms) + Room::labels(&self.labels);
        n_bytes - std::mem::replace(&mut self.n_told, n_bytes)
    }

    fn reject(&mut self, order: usize, error: Error) {
        self.n_rejects += 1;
        // Blocks come in their order, so that the first of the whole are among the first of the shards.
        if self.rejects.len() < Rejects::MOST_NAMED {
            self.rejects.push((order, error));
        }
    }
}

impl Joined {
    /// A shard that goes on counting where another has handed in.
    fn begin<'a>(&mut self, analyzer: &'a Analyzer, room: Room) -> Shard<'a> {
        self.shards.push(ShardMaps::default());
        Shard {
            number: self.shards.len() - 1,
            counter: TermCounter::growing_to(analyzer, room.most_terms()),
            writer: BlockWriter::default(),
            labels: Interner::new(),
            tally: Tally::default(),
            fingerprint: Fingerprint::default(),
            rejects: Vec::new(),
            n_rejects: 0,
            n_told: 0,
        }
    }

    /// Takes in what a shard has counted, in terms of its own numbers.
    fn take_in(&mut self, shard: Shard<'_>, room: Room) -> Result<()> {
        self.rejects.extend(shard.rejects);
        self.rejects.sort_by_key(|&(order, _)| order);
        self.rejects.truncate(Rejects::MOST_NAMED);
        self.n_rejects += shard.n_rejects;
        self.fingerprint = self.fingerprint.plus(shard.fingerprint);
        let labels = shard.labels.iter().map(|label| self.labels.intern(label).0).collect();
        let mut tally = shard.tally;
        let mut nodes = shard.counter.into_nodes();
        if nodes.is_full() {
            return Err(room.exceeded());
        }
        tally.cover(nodes.len());
        let here = if self.nodes.is_empty() {
            let here = (0..).take(nodes.len()).collect();
            (self.nodes, self.tally) = (nodes, tally);
            here
        } else {
            nodes.seal();
            let here = self.nodes.absorb(&nodes);
            if self.nodes.is_full() {
                return Err(room.exceeded());
            }
            self.tally.absorb(&tally, &here)?;
            here
        };
        self.shards[shard.number] = ShardMaps { labels, nodes: here };
        self.check(room)
    }

    /// Fails if what has been handed in, and all documents so far, take more than there is room for.
    fn check(&self, room: Room) -> Result<()> {
        room.check(self.n_bytes())
    }

    fn n_bytes(&self) -> u64 {
        Room::terms(&self.nodes) + Room::labels(&self.labels) + Room::documents(self.n_documents)
    }
}

impl<B: RowBlock, Q: Iterator<Item = (usize, Result<B>)>> Counting<'_, Q> {
    /// Counts blocks until there are none left. Where the shards together take what those before have left of the room, and a
    /// quarter of it, they are joined: so memory is bounded whatever the number of threads, and what is refused does not depend
    /// on it.
    pub(super) fn run(&self) -> Result<()> {
        let mut shard = lock(&self.joined).begin(self.analyzer, self.room);
        loop {
            let next = lock(&self.queue).next();
            let Some((order, block)) = next else {
                return lock(&self.joined).take_in(shard, self.room);
            };
            let (encoded, documents) = shard.count(order, &block?);
            let n_more = shard.tell();
            let n_bytes = self.n_bytes.fetch_add(n_more, Ordering::Relaxed) + n_more;
            let mut joined = lock(&self.joined);
            joined.n_documents += documents.len() as u64;
            joined.store.push(order, shard.number, encoded)?;
            joined.documents.push((order, shard.number, documents));
            joined.check(self.room)?;
            let n_left = self.room.max_bytes.saturating_sub(joined.n_bytes());
            if n_bytes > n_left.max(self.room.max_bytes / 4) {
                self.n_bytes.fetch_sub(shard.n_told, Ordering::Relaxed);
                joined.take_in(shard, self.room)?;
                shard = joined.begin(self.analyzer, self.room);
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
