//! A labelled corpus, counted: read once, in parallel, in little memory.

mod by_label;
mod shard;

use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::corpus::RowBlock;
use super::fingerprint::Fingerprint;
use super::rejects::Rejects;
use super::room::Room;
use super::store::{Encoded, Store, documents};
use crate::error::Result;
use crate::file::Limits;
use crate::text::AnalyzerParams;
use crate::vectorize::{Nodes, Selection, Tally};
use shard::{Counting, Joined, ShardMaps};

/// The terms of each document of a labelled corpus, and how often each term was met.
#[derive(Debug)]
pub struct CountedCorpus {
    analyzer: AnalyzerParams,
    room: Room,
    labels: Vec<String>,
    nodes: Nodes,
    /// What it takes of memory, as it is reckoned.
    n_bytes: u64,
    tally: Tally,
    fingerprint: Fingerprint,
    rejects: Rejects,
    store: Store,
    first_document: Vec<usize>,
    keys: Vec<u64>,
    document_labels: Vec<u32>,
    shards: Vec<ShardMaps>,
}

/// One document of a [`CountedCorpus`].
#[derive(Debug, Clone, Copy)]
pub struct CountedDocument<'c> {
    /// Place in the corpus.
    pub index: usize,
    /// Number that follows from label and text alone, wherever the document stands: a stable way to draw a sample.
    pub key: u64,
    /// Number of the label in sorted order.
    pub label: usize,
    encoded: Encoded<'c>,
    shard: usize,
    /// The nodes of the whole by those of the shard that counted it.
    nodes: &'c [u32],
}

/// The columns of a selection by the nodes of each shard: one step from what is stored, for those who read all of it.
#[derive(Debug)]
pub(super) struct ShardColumns(Vec<Vec<u32>>);

impl<'c> CountedDocument<'c> {
    /// `(node, count)`, in the order of first appearance in the text.
    #[inline]
    pub fn terms(self) -> impl Iterator<Item = (u32, u32)> + 'c {
        self.encoded.terms().map(move |(node, count)| (self.nodes[node as usize], count))
    }

    /// `(column, count)` of those that are columns, in the same order.
    #[inline]
    pub(super) fn columns<'s>(self, columns: &'s ShardColumns) -> impl Iterator<Item = (u32, u32)> + 's
    where
        'c: 's,
    {
        let columns = &columns.0[self.shard];
        let terms = self.encoded.terms().map(|(node, count)| (columns[node as usize], count));
        terms.filter(|&(column, _)| column != Selection::NO_COLUMN)
    }
}

impl CountedCorpus {
    /// Counts the rows of `blocks` on the threads of the current rayon pool, within the default
    /// [`max_training_bytes`](Limits::max_training_bytes). The result does not depend on how many there are.
    ///
    /// # Errors
    ///
    /// As [`count_within`](Self::count_within).
    pub fn count<B: RowBlock>(
        analyzer: AnalyzerParams,
        blocks: impl Iterator<Item = Result<B>> + Send,
    ) -> Result<Self> {
        Self::count_within(analyzer, Limits::default().max_training_bytes, blocks)
    }

    /// Counts the rows of `blocks` on the threads of the current rayon pool. The result does not depend on
    /// how many there are.
    ///
    /// `max_bytes` is what may be taken of memory to count and to learn from the outcome, by a reckoning that depends on the
    /// corpus and the parameters alone: 116 bytes a term while they are counted; then 56 and 3 for each of its bytes, 52 more if
    /// it becomes a column and 36 for each label that it has a sum for; 48 a document; 24 for each score of a document for a
    /// label that is compared; where weights are refined, 40 for each term of each row, and for each label of each term and row.
    /// Blocks of text and of counts take some 80 MiB besides, and tables that grow half as much again.
    ///
    /// # Errors
    ///
    /// If a block cannot be read, the analyzer's parameters are wrong, or there are more terms or documents than have room.
    /// Single bad rows are [`rejects`](Self::rejects).
    pub fn count_within<B: RowBlock>(
        analyzer: AnalyzerParams,
        max_bytes: u64,
        blocks: impl Iterator<Item = Result<B>> + Send,
    ) -> Result<Self> {
        let built = analyzer.clone().build()?;
        let counting = Counting {
            analyzer: &built,
            room: Room { max_bytes },
            queue: Mutex::new(blocks.enumerate()),
            joined: Mutex::default(),
            n_bytes: AtomicU64::new(0),
        };
        let shards = (0..rayon::current_num_threads()).into_par_iter().with_max_len(1);
        shards.map(|_| counting.run()).collect::<Result<()>>()?;
        let joined = counting.joined.into_inner().unwrap_or_else(PoisonError::into_inner);
        Self::of(analyzer, joined, Room { max_bytes })
    }

    fn of(analyzer: AnalyzerParams, joined: Joined, room: Room) -> Result<Self> {
        let Joined { mut nodes, mut tally, fingerprint, rejects, n_rejects, mut shards, mut store, .. } =
            joined;
        let Joined { mut documents, n_documents, labels: met, .. } = joined;
        nodes.seal();
        tally.cover(nodes.len());
        let n_bytes = Room::counted_terms(&nodes) + Room::labels(&met) + Room::documents(n_documents);
        room.check(n_bytes)?;
        let mut labels: Vec<String> = met.iter().map(str::to_owned).collect();
        labels.sort_unstable();
        let label_number: Vec<u32> = met.iter().map(|label| label_number(&labels, label)).collect();
        for label in shards.iter_mut().flat_map(|shard| &mut shard.labels) {
            *label = label_number[*label as usize];
        }
        documents.sort_unstable_by_key(|&(order, ..)| order);
        let n = documents.iter().map(|(.., documents)| documents.len()).sum();
        let mut corpus = Self {
            analyzer,
            room,
            labels,
            nodes,
            n_bytes,
            tally,
            fingerprint,
            rejects: Rejects::of(rejects.into_iter().map(|(_, error)| error), n_rejects),
            store: Store::default(),
            first_document: Vec::with_capacity(documents.len()),
            keys: Vec::with_capacity(n),
            document_labels: Vec::with_capacity(n),
            shards,
        };
        for (_, shard, documents) in documents {
            corpus.first_document.push(corpus.keys.len());
            for (key, label) in documents {
                corpus.keys.push(key);
                corpus.document_labels.push(corpus.shards[shard].labels[label as usize]);
            }
        }
        store.sort();
        corpus.store = store;
        Ok(corpus)
    }

    /// How text became terms.
    pub fn analyzer(&self) -> &AnalyzerParams {
        &self.analyzer
    }

    /// The labels, sorted.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Every term met.
    pub fn nodes(&self) -> &Nodes {
        &self.nodes
    }

    /// How often.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// What may be taken of memory.
    pub(super) fn room(&self) -> Room {
        self.room
    }

    /// Fails if so many columns and what else a model needs, in bytes, have no room beside the corpus.
    pub(super) fn check_room(&self, n_columns: usize, n_bytes: u64) -> Result<()> {
        self.room.check(self.n_bytes.saturating_add(Room::columns(n_columns)).saturating_add(n_bytes))
    }

    /// Number of documents.
    pub fn n_documents(&self) -> usize {
        usize::try_from(self.tally.n_documents).expect("documents were counted one by one")
    }

    /// Fingerprint of the rows.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Rows that could not be used.
    pub fn rejects(&self) -> &Rejects {
        &self.rejects
    }

    /// The same rows, the corpus being done with.
    pub fn into_rejects(self) -> Rejects {
        self.rejects
    }

    /// The [key](CountedDocument::key) of each document, in the order of the corpus.
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// The number of the label of each document, in the order of the corpus.
    pub(super) fn document_labels(&self) -> &[u32] {
        &self.document_labels
    }

    /// Visits the documents that `wants`, given place and [key](CountedDocument::key), asks for, block by block on the
    /// threads of the current rayon pool; `start` makes what a block's visits share, `end` takes from it what comes of them, and
    /// that comes back in the order of the blocks. In a block, documents are visited label by label.
    ///
    /// # Errors
    ///
    /// If the temporary file cannot be read.
    pub fn visit<S, T: Send>(
        &self,
        wants: impl Fn(usize, u64) -> bool + Sync,
        start: impl Fn() -> S + Sync,
        visit: impl Fn(&mut S, CountedDocument<'_>) + Sync,
        end: impl Fn(S) -> T + Sync,
    ) -> Result<Vec<T>> {
        let blocks = (0..self.store.len()).into_par_iter();
        blocks.map(|block| self.visit_block(block, &wants, &start, &visit).map(&end)).collect()
    }

    /// Visits some documents, given by their places in ascending order; blocks without any are not read.
    pub(super) fn visit_some<T: Send>(
        &self,
        documents: &[usize],
        start: impl Fn() -> T + Sync,
        visit: impl Fn(&mut T, CountedDocument<'_>) + Sync,
    ) -> Result<Vec<T>> {
        let block_of = |document: &usize| self.first_document.partition_point(|first| first <= document) - 1;
        let mut blocks: Vec<usize> = documents.iter().map(block_of).collect();
        blocks.dedup();
        let wants = |index: usize, _: u64| documents.binary_search(&index).is_ok();
        blocks.into_par_iter().map(|block| self.visit_block(block, &wants, &start, &visit)).collect()
    }

    fn visit_block<T>(
        &self,
        block: usize,
        wants: &impl Fn(usize, u64) -> bool,
        start: &impl Fn() -> T,
        visit: &impl Fn(&mut T, CountedDocument<'_>),
    ) -> Result<T> {
        self.store.with_block(block, |_, bytes| {
            let mut state = start();
            for encoded in documents(bytes) {
                let index = self.first_document[block] + encoded.place;
                if wants(index, self.keys[index]) {
                    visit(&mut state, self.document(block, encoded));
                }
            }
            state
        })
    }

    /// The columns of `selection` by the nodes of each shard.
    pub(super) fn columns(&self, selection: &Selection) -> ShardColumns {
        let of_shard = |shard: &ShardMaps| {
            shard.nodes.par_iter().map(|&node| selection.column_of_node[node as usize]).collect()
        };
        ShardColumns(self.shards.iter().map(of_shard).collect())
    }

    /// A document of a block.
    fn document<'c>(&'c self, block: usize, encoded: Encoded<'c>) -> CountedDocument<'c> {
        let index = self.first_document[block] + encoded.place;
        let (shard, _) = self.store.runs(block);
        let label = self.document_labels[index] as usize;
        CountedDocument {
            index,
            key: self.keys[index],
            label,
            encoded,
            shard,
            nodes: &self.shards[shard].nodes,
        }
    }
}

fn label_number(labels: &[String], label: &str) -> u32 {
    let place = labels.binary_search_by(|l| l.as_str().cmp(label));
    u32::try_from(place.expect("every label met is among them")).expect("fewer than 2^32 labels")
}
