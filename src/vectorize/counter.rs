//! Counting terms at one hash lookup a token.
//!
//! # Advice for hackers
//!
//! A surface form (`Negotiations`) is folded, checked against the stop list and stemmed once; from then on
//! its bytes lead by one lookup to the number of its one-word term, its *piece*. Terms of several words are
//! nodes of a trie whose edges are pieces, so that an n-gram costs one more lookup and no string is built.
//! Nodes are numbered in the order of their first appearance: [`Nodes`] turns them into sorted columns.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::vocabulary::Vocabulary;
use crate::text::{Analyzer, Interner, TokenKind};

/// Stands for "no piece" and "no node".
const NONE: u32 = u32::MAX;

/// The node of a piece that a frozen counter does not know: it interrupts n-grams, as a word does.
const UNKNOWN: u32 = u32::MAX - 1;

/// Surface forms are forgotten when there are this many, so that memory stays bounded on an endless stream.
const MAX_SURFACES: usize = 1 << 21;

/// A term as a path in the trie: the term without its last piece, and that piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// The node of all pieces but the last; none for a term of one piece.
    pub parent: Option<u32>,
    /// The last piece.
    pub piece: u32,
    /// How many pieces.
    pub length: u32,
}

/// The trie of terms.
#[derive(Debug, Clone, Default)]
pub struct Nodes {
    /// The strings of the pieces.
    pub pieces: Interner,
    all: Vec<Node>,
    node_of_piece: Vec<u32>,
    edges: HashTable<u32>,
    hasher: FixedState,
}

impl Nodes {
    /// Number of nodes.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// A node.
    ///
    /// # Panics
    ///
    /// If there is no such node.
    pub fn node(&self, id: u32) -> Node {
        self.all[id as usize]
    }

    /// Every node in the order of first appearance; a parent comes before its children.
    pub fn iter(&self) -> impl Iterator<Item = Node> {
        self.all.iter().copied()
    }

    /// The node of a one-piece term, made if it is not there.
    pub fn root(&mut self, piece: &str) -> u32 {
        let (piece, is_new) = self.pieces.intern(piece);
        if is_new {
            let id = number(self.all.len());
            self.all.push(Node { parent: None, piece, length: 1 });
            self.node_of_piece.push(id);
        }
        self.node_of_piece[piece as usize]
    }

    /// The child of `parent` by `piece`, made if it is not there.
    pub fn child(&mut self, parent: u32, piece: u32) -> u32 {
        let Self { all: nodes, edges, hasher, .. } = self;
        let key = |id: &u32| {
            let node = nodes[*id as usize];
            (node.parent.unwrap_or(NONE), node.piece)
        };
        let hash = hasher.hash_one(pair(parent, piece));
        let is_edge = |id: &u32| key(id) == (parent, piece);
        let rehash = |id: &u32| {
            let (parent, piece) = key(id);
            hasher.hash_one(pair(parent, piece))
        };
        match edges.entry(hash, is_edge, rehash) {
            Entry::Occupied(found) => *found.get(),
            Entry::Vacant(vacant) => {
                let id = number(nodes.len());
                vacant.insert(id);
                let length = nodes[parent as usize].length + 1;
                nodes.push(Node { parent: Some(parent), piece, length });
                id
            }
        }
    }

    /// The child of `parent` by `piece`, if it is there.
    fn find_child(&self, parent: u32, piece: u32) -> Option<u32> {
        let is_edge = |id: &u32| {
            let node = self.all[*id as usize];
            node.parent == Some(parent) && node.piece == piece
        };
        self.edges.find(self.hasher.hash_one(pair(parent, piece)), is_edge).copied()
    }

    /// Writes the term of a node into `term`, pieces with single spaces between.
    pub fn write_term(&self, id: u32, term: &mut String) {
        let node = self.node(id);
        if let Some(parent) = node.parent {
            self.write_term(parent, term);
            term.push(' ');
        }
        term.push_str(self.pieces.get(node.piece));
    }

    /// Takes in the terms of `other`; the answer is the node here of each node there.
    pub fn absorb(&mut self, other: &Self) -> Vec<u32> {
        let mut here: Vec<u32> = Vec::with_capacity(other.len());
        for node in other.iter() {
            let root = self.root(other.pieces.get(node.piece));
            here.push(match node.parent {
                None => root,
                Some(parent) => self.child(here[parent as usize], self.node(root).piece),
            });
        }
        here
    }
}

fn pair(parent: u32, piece: u32) -> u64 {
    (u64::from(parent) << 32) | u64::from(piece)
}

fn number(n: usize) -> u32 {
    u32::try_from(n).ok().filter(|&n| n < UNKNOWN).expect("fewer than 2^32 - 2 terms")
}

/// Counts the terms of one document after another.
///
/// A *growing* counter takes in every term that it meets, as training needs; a *frozen* one knows the terms
/// of a [`Vocabulary`] and no others.
#[derive(Debug)]
pub struct TermCounter<'a> {
    analyzer: &'a Analyzer,
    surfaces: Interner,
    root_of_surface: Vec<u32>,
    trie: Nodes,
    /// Column of each node; empty in a growing counter, where a node is its own column.
    columns: Vec<u32>,
    is_frozen: bool,
    window: Vec<u32>,
    counts: Vec<u32>,
    touched: Vec<u32>,
}

impl<'a> TermCounter<'a> {
    /// A counter that takes in every term.
    pub fn growing(analyzer: &'a Analyzer) -> Self {
        Self {
            analyzer,
            surfaces: Interner::new(),
            root_of_surface: Vec::new(),
            trie: Nodes::default(),
            columns: Vec::new(),
            is_frozen: false,
            window: Vec::new(),
            counts: Vec::new(),
            touched: Vec::new(),
        }
    }

    /// A counter of the terms of `vocabulary`, whose columns it reports.
    pub fn frozen(analyzer: &'a Analyzer, vocabulary: &Vocabulary) -> Self {
        let mut counter = Self::growing(analyzer);
        for (column, term) in (0..).zip(vocabulary.iter()) {
            let mut node = NONE;
            for piece in term.split(' ') {
                let root = counter.trie.root(piece);
                node =
                    if node == NONE { root } else { counter.trie.child(node, counter.trie.node(root).piece) };
            }
            counter.columns.resize(counter.trie.len(), NONE);
            counter.columns[node as usize] = column;
        }
        counter.is_frozen = true;
        counter
    }

    /// The terms met so far.
    pub fn into_nodes(self) -> Nodes {
        self.trie
    }

    /// The terms met so far.
    pub fn nodes(&self) -> &Nodes {
        &self.trie
    }

    /// Counts the terms of `text` and hands each distinct one to `each` as `(id, count)`, in the order of
    /// first appearance. The id is a column of the vocabulary, or a node of a growing counter.
    pub fn count(&mut self, text: &str, mut each: impl FnMut(u32, u32)) {
        let (min, max) = self.analyzer.params().ngram_range;
        self.window.clear();
        for token in self.analyzer.params().tokenizer.words(text) {
            let Some(root) = self.root(token.text, token.kind) else {
                continue;
            };
            if max == 1 {
                self.tally(root);
                continue;
            }
            self.window.push(root);
        }
        if max > 1 {
            self.tally_ngrams(min, max);
        }
        for node in self.touched.drain(..) {
            each(node, std::mem::take(&mut self.counts[node as usize]));
        }
    }

    /// The one-piece node of a token: one lookup where the surface form has been met before. `None` for a
    /// token that is no term.
    #[inline]
    fn root(&mut self, surface: &str, kind: TokenKind) -> Option<u32> {
        let (id, is_new) = self.surfaces.intern(surface);
        if is_new {
            return self.meet(surface, kind, id);
        }
        let root = self.root_of_surface[id as usize];
        (root != NONE).then_some(root)
    }

    #[cold]
    fn meet(&mut self, surface: &str, kind: TokenKind, id: u32) -> Option<u32> {
        let root = self.analyzer.piece(surface, kind).map(|piece| {
            if self.is_frozen {
                self.trie.pieces.find(&piece).map_or(UNKNOWN, |p| self.trie.node_of_piece[p as usize])
            } else {
                self.trie.root(&piece)
            }
        });
        if self.surfaces.len() > MAX_SURFACES {
            self.surfaces = Interner::new();
            self.root_of_surface.clear();
            return root;
        }
        debug_assert_eq!(id as usize, self.root_of_surface.len());
        self.root_of_surface.push(root.unwrap_or(NONE));
        root
    }

    fn tally_ngrams(&mut self, min: usize, max: usize) {
        let window = std::mem::take(&mut self.window);
        for start in 0..window.len() {
            let mut node = window[start];
            if min == 1 {
                self.tally(node);
            }
            for (length, &next) in (2..=max).zip(&window[start + 1..]) {
                let Some(child) = self.step(node, next) else {
                    break;
                };
                node = child;
                if length >= min {
                    self.tally(node);
                }
            }
        }
        self.window = window;
    }

    fn step(&mut self, node: u32, next: u32) -> Option<u32> {
        if !self.is_frozen {
            let piece = self.trie.node(next).piece;
            return Some(self.trie.child(node, piece));
        }
        let known = self.trie.len();
        if node as usize >= known || next as usize >= known {
            return None;
        }
        self.trie.find_child(node, self.trie.node(next).piece)
    }

    #[inline]
    fn tally(&mut self, node: u32) {
        let id = if self.is_frozen {
            match self.columns.get(node as usize) {
                None | Some(&NONE) => return,
                Some(&column) => column,
            }
        } else {
            node
        };
        let index = id as usize;
        if index >= self.counts.len() {
            self.counts.resize((index + 1).next_power_of_two(), 0);
        }
        if self.counts[index] == 0 {
            self.touched.push(id);
        }
        self.counts[index] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::AnalyzerParams;
    use std::collections::BTreeMap;

    fn analyzer(ngram_range: (usize, usize)) -> Analyzer {
        AnalyzerParams { ngram_range, ..Default::default() }.build().unwrap()
    }

    const TEXT: &str = "Peace talks, talks about talks; no peace talks at all — peace.";

    #[test]
    fn a_growing_counter_counts_what_the_analyzer_lists() {
        for range in [(1, 1), (1, 2), (2, 3), (1, 5), (3, 3)] {
            let analyzer = analyzer(range);
            let mut expected = BTreeMap::<String, u32>::new();
            for term in analyzer.terms(TEXT) {
                *expected.entry(term.text).or_default() += 1;
            }
            let mut counter = TermCounter::growing(&analyzer);
            let mut found = Vec::new();
            counter.count(TEXT, |node, count| found.push((node, count)));
            let found: BTreeMap<String, u32> = found
                .into_iter()
                .map(|(node, count)| {
                    let mut term = String::new();
                    counter.nodes().write_term(node, &mut term);
                    (term, count)
                })
                .collect();
            assert_eq!(found, expected, "{range:?}");
        }
    }

    #[test]
    fn a_frozen_counter_knows_its_vocabulary_and_no_other_term() {
        let analyzer = analyzer((1, 2));
        let vocabulary = Vocabulary::from_sorted(["no peac", "peac talk", "talk"]).unwrap();
        let mut counter = TermCounter::frozen(&analyzer, &vocabulary);
        for _ in 0..2 {
            let mut found = Vec::new();
            counter.count(TEXT, |column, count| found.push((column, count)));
            found.sort_unstable();
            assert_eq!(found, [(0, 1), (1, 2), (2, 4)]);
        }
    }
}
