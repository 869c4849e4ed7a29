//! Terms as paths of pieces.
//!
//! A *piece* is a term of one word. A term of several words is a node of a trie whose edges are pieces, so that
//! an n-gram costs one lookup and no string is built. Nodes are numbered in the order of their first appearance.

use std::iter::zip;

use crate::text::Interner;
use crate::text::slots::{self, Slots};

/// Stands for "no node".
pub(super) const NONE: u32 = u32::MAX;

/// The node of a piece that a frozen counter does not know: it interrupts n-grams, as a word does.
pub(super) const UNKNOWN: u32 = u32::MAX - 1;

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
    edges: Edges,
    most: Most,
    is_full: bool,
}

/// How many nodes there may be.
#[derive(Debug, Clone, Copy)]
struct Most(usize);

impl Default for Most {
    fn default() -> Self {
        Self(UNKNOWN as usize)
    }
}

/// The edges of a trie.
#[derive(Debug, Clone)]
struct Edges(Slots<Edge>);

impl Default for Edges {
    fn default() -> Self {
        Self(Slots::new(EDGE_BITS))
    }
}

/// Least size of the table of edges, as a power of two.
const EDGE_BITS: u32 = 8;

/// Nodes that are taken in together.
const ABSORBED: usize = 1 << 14;

/// Edges that are looked up together.
const BATCH: usize = 128;

/// From a node by a piece to a longer one.
#[derive(Debug, Clone, Copy)]
struct Edge {
    /// The node, and the one-piece node of the piece.
    key: u64,
    to: u32,
}

impl slots::Slot for Edge {
    type Key = u64;

    const EMPTY: Self = Self { key: u64::MAX, to: NONE };

    #[inline]
    fn key(&self) -> u64 {
        self.key
    }

    #[inline]
    fn hash(key: u64) -> u64 {
        slots::folded_product(key, 0)
    }
}

impl Nodes {
    /// A trie that takes in `most` terms at most, or 2^32 - 2.
    pub fn at_most(most: usize) -> Self {
        Self { most: Most(most.min(Most::default().0)), ..Self::default() }
    }

    /// Whether a term was not taken in, since there were as many as there may be.
    pub fn is_full(&self) -> bool {
        self.is_full
    }

    /// Keeps what terms are spelt from. None can be found or taken in any more.
    pub(crate) fn seal(&mut self) {
        (self.edges, self.node_of_piece, self.most) = (Edges::default(), Vec::new(), Most(0));
        self.all.shrink_to_fit();
    }

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

    /// The node of a one-piece term, made if it is not there; `u32::MAX` if there is no room for it.
    pub fn root(&mut self, piece: &str) -> u32 {
        if self.all.len() >= self.most.0 || !self.pieces.has_room_for(piece) {
            let known = self.pieces.find(piece).and_then(|piece| self.node_of_piece.get(piece as usize));
            return known.copied().unwrap_or_else(|| self.refuse());
        }
        let (piece, is_new) = self.pieces.intern(piece);
        if is_new {
            let id = number(self.all.len());
            self.all.push(Node { parent: None, piece, length: 1 });
            self.node_of_piece.push(id);
        }
        self.node_of_piece[piece as usize]
    }

    #[cold]
    fn refuse(&mut self) -> u32 {
        self.is_full = true;
        NONE
    }

    /// Appends to `children`, for each of `parents` and the one-piece node of `nexts` beside it, the node of the term of the
    /// one followed by the piece of the other, made if it is not there.
    pub fn children(&mut self, parents: &[u32], nexts: &[u32], children: &mut Vec<u32>) {
        let mut guesses = [<Edge as slots::Slot>::EMPTY; BATCH];
        for (parents, nexts) in zip(parents.chunks(BATCH), nexts.chunks(BATCH)) {
            for (guess, (&parent, &next)) in zip(&mut guesses, zip(parents, nexts)) {
                *guess = self.edges.0.at_home(pair(parent, next));
            }
            for (guess, (&parent, &next)) in zip(&guesses, zip(parents, nexts)) {
                let is_it = guess.key == pair(parent, next);
                children.push(if is_it { guess.to } else { self.child(parent, next) });
            }
        }
    }

    /// The child of `parent` by the piece of the one-piece node `next`, made if it is not there; `u32::MAX` if there is no room
    /// for it.
    pub fn child(&mut self, parent: u32, next: u32) -> u32 {
        let key = pair(parent, next);
        if let Some(edge) = self.edges.0.find(key) {
            return edge.to;
        }
        if self.all.len() >= self.most.0 {
            return self.refuse();
        }
        let to = number(self.all.len());
        self.edges.0.insert(Edge { key, to });
        let (parent_node, piece) = (self.node(parent), self.node(next).piece);
        self.all.push(Node { parent: Some(parent), piece, length: parent_node.length + 1 });
        to
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

    /// Bytes of the terms of all nodes.
    pub(crate) fn n_bytes(&self) -> u64 {
        let mut lengths: Vec<u64> = Vec::with_capacity(self.len());
        for node in &self.all {
            let before = node.parent.map_or(0, |parent| lengths[parent as usize] + 1);
            lengths.push(before + self.pieces.get(node.piece).len() as u64);
        }
        lengths.into_iter().sum()
    }

    /// Takes in the terms of `other`; the answer is the node here of each node there, right unless it then
    /// [is full](Self::is_full).
    pub fn absorb(&mut self, other: &Self) -> Vec<u32> {
        let roots: Vec<u32> = other.pieces.iter().map(|piece| self.root(piece)).collect();
        let mut here: Vec<u32> = other.iter().map(|node| roots[node.piece as usize]).collect();
        let longest = other.iter().map(|node| node.length).max().unwrap_or(0);
        let (mut parents, mut nexts, mut children) = (Vec::new(), Vec::new(), Vec::new());
        for length in 2..=longest {
            if self.is_full {
                break;
            }
            for (start, nodes) in (0..).step_by(ABSORBED).zip(other.all.chunks(ABSORBED)) {
                let so_long = (start..).zip(nodes).filter(|(_, node)| node.length == length);
                for (_, node) in so_long.clone() {
                    parents.extend(node.parent.map(|parent| here[parent as usize]));
                    nexts.push(roots[node.piece as usize]);
                }
                self.children(&parents, &nexts, &mut children);
                so_long.zip(&children).for_each(|((id, _), child)| here[id] = *child);
                parents.clear();
                nexts.clear();
                children.clear();
            }
        }
        here
    }
}

pub(super) fn pair(parent: u32, piece: u32) -> u64 {
    (u64::from(parent) << 32) | u64::from(piece)
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("there are at most 2^32 - 2 nodes")
}
