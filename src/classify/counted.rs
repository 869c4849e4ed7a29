//! A labelled corpus, counted: read once, in parallel, in little memory.

use std::sync::Mutex;

use rayon::prelude::*;

use super::corpus::{LabelledText, RowBlock};
use super::fingerprint::Fingerprint;
use super::rejects::Rejects;
use super::store::{BlockWriter, Store, documents};
use crate::error::{Error, Result};
use crate::text::{Analyzer, AnalyzerParams, Interner};
use crate::vectorize::{Nodes, Tally, TermCounter};

/// The terms of each document of a labelled corpus, and how often each term was met.
#[derive(Debug)]
pub struct CountedCorpus {
    analyzer: AnalyzerParams,
    labels: Vec<String>,
    nodes: Nodes,
    tally: Tally,
    fingerprint: Fingerprint,
    rejects: Rejects,
    store: Store,
    first_document: Vec<usize>,
    keys: Vec<u64>,
    document_labels: Vec<u32>,
    shards: Vec<ShardMaps>,
}

/// What a shard's own numbers mean in the whole.
#[derive(Debug)]
struct ShardMaps {
    labels: Vec<u32>,
    nodes: Vec<u32>,
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
    /// `(node, count)`, in the order of first appearance in the text.
    pub terms: &'c [(u32, u32)],
}

/// The documents of a block: its place in the corpus, its shard, the key and the shard's label of each.
type BlockDocuments = (usize, usize, Vec<(u64, u32)>);

/// What one thread has counted.
struct Shard<'a> {
    counter: TermCounter<'a>,
    labels: Interner,
    tally: Tally,
    fingerprint: Fingerprint,
    /// The first of them, each with the place of its block.
    rejects: Vec<(usize, Error)>,
    n_rejects: usize,
}

impl Shard<'_> {
    /// Counts the rows of a block: the encoded documents, and the key and the label of each.
    fn count(&mut self, order: usize, block: &impl RowBlock) -> (Vec<u8>, Vec<(u64, u32)>) {
        let mut writer = BlockWriter::default();
        let mut terms = Vec::new();
        let mut documents = Vec::new();
        block.for_each_row(&mut |row| {
            let LabelledText { label, text, .. } = match row {
                Ok(row) => row,
                Err(error) => return self.reject(order, error),
            };
            let (label_id, _) = self.labels.intern(label);
            terms.clear();
            self.counter.count(text, |node, count| {
                terms.push((node, count));
                self.tally.add(node, count);
            });
            let fingerprint = Fingerprint::of(label, text);
            self.fingerprint = self.fingerprint.plus(fingerprint);
            writer.push(label_id, &terms);
            documents.push((fingerprint.key(), label_id));
        });
        self.tally.n_documents += documents.len() as u64;
        (writer.into_bytes(), documents)
    }

    fn reject(&mut self, order: usize, error: Error) {
        self.n_rejects += 1;
        // Blocks come in their order, so that the first of the whole are among the first of the shards.
        if self.rejects.len() < Rejects::MOST_NAMED {
            self.rejects.push((order, error));
        }
    }
}

impl CountedCorpus {
    /// Counts the rows of `blocks` on the threads of the current rayon pool. The result does not depend on
    /// how many there are.
    ///
    /// # Errors
    ///
    /// If a block cannot be read, or the analyzer's parameters are wrong. Single bad rows are
    /// [`rejects`](Self::rejects).
    pub fn count<B: RowBlock>(
        analyzer: AnalyzerParams,
        blocks: impl Iterator<Item = Result<B>> + Send,
    ) -> Result<Self> {
        let built = analyzer.clone().build()?;
        let store = Mutex::new((Store::default(), Vec::new()));
        let queue = Mutex::new(blocks.enumerate());
        let shards = (0..rayon::current_num_threads())
            .into_par_iter()
            .with_max_len(1)
            .map(|shard| count_shard(&built, shard, &queue, &store))
            .collect::<Result<Vec<_>>>()?;
        let (store, documents) = store.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(Self::join(analyzer, shards, store, documents))
    }

    fn join(
        analyzer: AnalyzerParams,
        shards: Vec<Shard<'_>>,
        mut store: Store,
        mut documents: Vec<BlockDocuments>,
    ) -> Self {
        let mut labels: Vec<String> =
            shards.iter().flat_map(|s| s.labels.iter()).map(str::to_owned).collect();
        labels.sort_unstable();
        labels.dedup();
        let mut corpus = Self {
            analyzer,
            labels,
            nodes: Nodes::default(),
            tally: Tally::default(),
            fingerprint: Fingerprint::default(),
            rejects: Rejects::default(),
            store: Store::default(),
            first_document: Vec::new(),
            keys: Vec::new(),
            document_labels: Vec::new(),
            shards: Vec::new(),
        };
        let (mut rejects, mut n_rejects) = (Vec::new(), 0);
        for shard in shards {
            rejects.extend(shard.rejects);
            n_rejects += shard.n_rejects;
            corpus.fingerprint = corpus.fingerprint.plus(shard.fingerprint);
            let labels = shard.labels.iter().map(|label| corpus.label_number(label)).collect();
            let mut tally = shard.tally;
            let nodes = shard.counter.into_nodes();
            tally.cover(nodes.len());
            let here = if corpus.nodes.is_empty() {
                let here = (0..).take(nodes.len()).collect();
                (corpus.nodes, corpus.tally) = (nodes, tally);
                here
            } else {
                let here = corpus.nodes.absorb(&nodes);
                corpus.tally.absorb(&tally, &here);
                here
            };
            corpus.shards.push(ShardMaps { labels, nodes: here });
        }
        corpus.tally.cover(corpus.nodes.len());
        rejects.sort_by_key(|&(order, _)| order);
        corpus.rejects = Rejects::of(rejects.into_iter().map(|(_, error)| error), n_rejects);
        documents.sort_unstable_by_key(|&(order, ..)| order);
        for (_, shard, documents) in documents {
            corpus.first_document.push(corpus.keys.len());
            for (key, label) in documents {
                corpus.keys.push(key);
                corpus.document_labels.push(corpus.shards[shard].labels[label as usize]);
            }
        }
        store.sort();
        corpus.store = store;
        corpus
    }

    fn label_number(&self, label: &str) -> u32 {
        let place = self.labels.binary_search_by(|l| l.as_str().cmp(label));
        u32::try_from(place.expect("every shard's labels are in the whole")).expect("fewer than 2^32 labels")
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
    /// threads of the current rayon pool; `start` makes what a block's visits share, and the answers come back in the order
    /// of the corpus.
    ///
    /// # Errors
    ///
    /// If the temporary file cannot be read.
    pub fn visit<T: Send>(
        &self,
        wants: impl Fn(usize, u64) -> bool + Sync,
        start: impl Fn() -> T + Sync,
        visit: impl Fn(&mut T, CountedDocument<'_>) + Sync,
    ) -> Result<Vec<T>> {
        let blocks = (0..self.store.len()).into_par_iter();
        blocks.map(|block| self.visit_block(block, &wants, &start, &visit)).collect()
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
        self.store.with_block(block, |shard, bytes| {
            let mut state = start();
            let maps = &self.shards[shard];
            let mut terms = Vec::new();
            for (index, document) in (self.first_document[block]..).zip(documents(bytes)) {
                let key = self.keys[index];
                if !wants(index, key) {
                    continue;
                }
                let label = maps.labels[document.label as usize] as usize;
                terms.clear();
                terms.extend(document.terms().map(|(node, n)| (maps.nodes[node as usize], n)));
                visit(&mut state, CountedDocument { index, key, label, terms: &terms });
            }
            state
        })
    }
}

fn count_shard<'a, B: RowBlock>(
    analyzer: &'a Analyzer,
    shard: usize,
    queue: &Mutex<impl Iterator<Item = (usize, Result<B>)>>,
    store: &Mutex<(Store, Vec<BlockDocuments>)>,
) -> Result<Shard<'a>> {
    let mut counted = Shard {
        counter: TermCounter::growing(analyzer),
        labels: Interner::new(),
        tally: Tally::default(),
        fingerprint: Fingerprint::default(),
        rejects: Vec::new(),
        n_rejects: 0,
    };
    loop {
        let next = queue.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next();
        let Some((order, block)) = next else {
            return Ok(counted);
        };
        let (bytes, documents) = counted.count(order, &block?);
        let mut store = store.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        store.0.push(order, shard, bytes)?;
        store.1.push((order, shard, documents));
    }
}
