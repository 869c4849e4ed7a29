//! Terms as paths of pieces.
//!
//! A *piece* is a term of one word. A term of several words is a node of a trie whose edges are pieces, so that
//! an n-gram costs one lookup and no string is built. Nodes are numbered in the order of their first appearance.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use crate::text::Interner;

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

pub(super) fn pair(parent: u32, piece: u32) -> u64 {
    (u64::from(parent) << 32) | u64::from(piece)
}

fn number(n: usize) -> u32 {
    u32::try_from(n).ok().filter(|&n| n < UNKNOWN).expect("fewer than 2^32 - 2 terms")
}
