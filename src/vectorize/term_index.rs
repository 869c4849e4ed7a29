//! Terms ready to be looked up in running text.

use std::borrow::Cow;
use std::hash::BuildHasher;
use std::iter::zip;
use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use super::paths::Paths;
use super::trie::{NONE, UNKNOWN, pair};
use super::vocabulary::Vocabulary;
use crate::text::NgramUnit;

/// The terms of a vocabulary, ready to be looked up in running text: pieces by their bytes, longer terms by the node that
/// they continue and their last piece.
#[derive(Debug, Clone)]
pub struct TermIndex {
    paths: Arc<Paths>,
    pieces: HashTable<u32>,
    /// None if each node is a term of one piece: then pieces, nodes and columns are the same numbers.
    trie: Option<Trie>,
    hasher: FixedState,
}

/// The nodes of pieces and of longer terms.
#[derive(Debug, Clone)]
struct Trie {
    /// Node of each piece.
    roots: Vec<u32>,
    edges: HashTable<Edge>,
    /// Column of each node, [`NONE`] for those that only lead to longer terms.
    columns: Vec<u32>,
}

/// From a node by a piece to a longer one.
#[derive(Debug, Clone, Copy)]
struct Edge {
    from: u32,
    piece: u32,
    to: u32,
}

impl Trie {
    fn of(paths: &Paths, hasher: &FixedState) -> Self {
        let (nodes, n_pieces) = (paths.nodes(), paths.pieces().len());
        let mut edges = HashTable::with_capacity(nodes.len() - n_pieces);
        let mut roots = Vec::with_capacity(n_pieces);
        let mut columns = Vec::with_capacity(nodes.len());
        let (mut path, mut n_terms) = ([NONE; 256], 0);
        for (id, node) in (0..).zip(nodes) {
            let length = usize::from(node.length);
            path[length] = id;
            if length == 1 {
                roots.push(id);
            } else {
                let edge = Edge { from: path[length - 1], piece: node.piece, to: id };
                // A table that has its room is never rehashed.
                edges.insert_unique(hasher.hash_one(pair(edge.from, edge.piece)), edge, |_| unreachable!());
            }
            columns.push(if node.is_term { n_terms } else { NONE });
            n_terms += u32::from(node.is_term);
        }
        Self { roots, edges, columns }
    }
}

impl TermIndex {
    /// The index of a vocabulary of n-grams of `unit`.
    ///
    /// # Panics
    ///
    /// If a term of words has a character that sorts before the space.
    pub fn new(vocabulary: &Vocabulary, unit: NgramUnit) -> Self {
        let paths = vocabulary.paths(unit);
        let hasher = FixedState::default();
        let n_pieces = paths.pieces().len();
        let mut pieces = HashTable::with_capacity(n_pieces);
        for (id, piece) in (0..).zip(paths.pieces().iter()) {
            pieces.insert_unique(hasher.hash_one(piece), id, |_| unreachable!());
        }
        let n_nodes = paths.nodes().len();
        let has_only_pieces = n_nodes == n_pieces && n_nodes == paths.n_terms();
        let trie = (!has_only_pieces).then(|| Trie::of(&paths, &hasher));
        Self { paths, pieces, trie, hasher }
    }

    /// Number of columns.
    pub(super) fn n_columns(&self) -> usize {
        self.paths.n_terms()
    }

    /// Whether every node is a term of one piece.
    pub(super) fn has_only_pieces(&self) -> bool {
        self.trie.is_none()
    }

    /// The node of a piece; [`UNKNOWN`] if no term has it.
    pub(super) fn root(&self, piece: &str) -> u32 {
        let is_piece = |id: &u32| self.paths.pieces().get(*id) == piece;
        let found = self.pieces.find(self.hasher.hash_one(piece), is_piece);
        found.map_or(UNKNOWN, |&piece| self.root_of(piece))
    }

    /// Appends the node of each piece, as [`root`](Self::root), and [`NONE`] where there is none. Looking one up is waiting for
    /// memory, so all are guessed before any is compared, and the processor waits for many at once.
    pub(super) fn roots(&self, pieces: &[Option<Cow<'_, str>>], roots: &mut Vec<u32>) {
        let first = roots.len();
        let guess = |piece: &str| self.pieces.find(self.hasher.hash_one(piece), |_| true).copied();
        roots.extend(
            pieces.iter().map(|piece| piece.as_deref().map_or(NONE, |p| guess(p).unwrap_or(UNKNOWN))),
        );
        for (piece, root) in zip(pieces, &mut roots[first..]) {
            if let (Some(piece), true) = (piece, *root < UNKNOWN) {
                let is_it = self.paths.pieces().get(*root) == piece;
                *root = if is_it { self.root_of(*root) } else { self.root(piece) };
            }
        }
    }

    /// The node of a piece by its number.
    fn root_of(&self, piece: u32) -> u32 {
        self.trie.as_ref().map_or(piece, |trie| trie.roots[piece as usize])
    }

    /// The node of the term of `node` followed by the piece of the one-piece node `next`; [`UNKNOWN`] if no term has it.
    #[inline]
    pub(super) fn child(&self, node: u32, next: u32) -> u32 {
        let Some(trie) = &self.trie else { return UNKNOWN };
        let piece = self.paths.nodes()[next as usize].piece;
        let is_edge = |edge: &Edge| edge.from == node && edge.piece == piece;
        trie.edges.find(self.hasher.hash_one(pair(node, piece)), is_edge).map_or(UNKNOWN, |edge| edge.to)
    }

    /// The column of a node, if its term has one.
    #[inline]
    pub(super) fn column(&self, node: u32) -> Option<u32> {
        match &self.trie {
            None => Some(node).filter(|&node| node < UNKNOWN),
            Some(trie) => trie.columns.get(node as usize).copied().filter(|&column| column != NONE),
        }
    }
}
