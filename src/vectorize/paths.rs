//! Sorted terms as paths of pieces: what a model file holds, and what it takes to look terms up.

use super::strings::SortedStrings;
use crate::text::{Interner, NgramUnit};

/// Terms as a trie whose edges are pieces, one node after another in the order of the terms.
///
/// A node is its number of pieces and the last of them; the others are those of the nearest node before it that has one
/// less. Every piece is a node of length 1, so that these are the pieces in order. Since a space sorts before every
/// character of a piece, the order of the nodes is the code-point order of their terms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Paths {
    pieces: SortedStrings,
    nodes: Vec<PathNode>,
    n_terms: usize,
    /// Bytes of all terms, one behind each counted.
    n_bytes: u64,
}

/// The end of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PathNode {
    /// How many pieces.
    pub(crate) length: u8,
    /// False for a node that only leads to longer terms.
    pub(crate) is_term: bool,
    /// The last piece.
    pub(crate) piece: u32,
}

impl Paths {
    /// The paths of sorted terms of n-grams of `unit`.
    ///
    /// # Panics
    ///
    /// If a term of words has a character that sorts before the space, or more than 255 words.
    pub(super) fn of<'s>(terms: impl Iterator<Item = &'s str>, unit: NgramUnit) -> Self {
        let mut interner = Interner::new();
        let (mut met, mut ends, mut n_bytes) = (Vec::new(), Vec::new(), 0);
        // A space of an n-gram of characters is one of them.
        let n_pieces = if unit == NgramUnit::Word { usize::MAX } else { 1 };
        // Most terms begin as the one before them.
        let mut root = ("", None);
        for term in terms {
            let mut pieces = term.splitn(n_pieces, ' ');
            let first = pieces.next().unwrap_or_default();
            let id = root.1.filter(|_| root.0 == first).unwrap_or_else(|| interner.intern(first).0);
            root = (first, Some(id));
            met.push(id);
            met.extend(pieces.map(|piece| interner.intern(piece).0));
            ends.push(met.len());
            n_bytes += term.len() as u64 + 1;
        }
        let mut order: Vec<u32> = (0..).take(interner.len()).collect();
        order.sort_unstable_by_key(|&id| interner.get(id));
        let mut rank = vec![0; order.len()];
        for (place, &id) in (0..).zip(&order) {
            rank[id as usize] = place;
        }
        for id in &mut met {
            *id = rank[*id as usize];
        }
        let pieces = order.iter().map(|&id| interner.get(id)).collect();
        let nodes = Vec::with_capacity(met.len());
        let mut paths = Self { pieces, nodes, n_terms: ends.len(), n_bytes };
        paths.push_terms(&met, &ends);
        paths
    }

    /// The nodes of terms whose pieces are `met`, up to each of `ends`.
    fn push_terms(&mut self, met: &[u32], ends: &[usize]) {
        let (mut before, mut start, mut n_roots): (&[u32], _, _) = (&[], 0, 0);
        for &end in ends {
            let term = &met[start..end];
            let shared = before.iter().zip(term).take_while(|(a, b)| a == b).count();
            if shared == 0 {
                assert!(term[0] >= n_roots, "terms of words must have no character below the space");
                self.push_roots(n_roots..term[0]);
                n_roots = term[0] + 1;
            }
            for i in shared..term.len() {
                let length = u8::try_from(i + 1).expect("terms have at most 255 words");
                self.nodes.push(PathNode { length, is_term: i + 1 == term.len(), piece: term[i] });
            }
            (before, start) = (term, end);
        }
        let n_pieces = u32::try_from(self.pieces.len()).expect("an interner numbers pieces by u32");
        self.push_roots(n_roots..n_pieces);
    }

    /// Pieces that no term begins with.
    fn push_roots(&mut self, pieces: std::ops::Range<u32>) {
        self.nodes.extend(pieces.map(|piece| PathNode { length: 1, is_term: false, piece }));
    }

    /// Paths as they were stored; `None` if they are none.
    pub(crate) fn from_parts(pieces: SortedStrings, nodes: Vec<PathNode>) -> Option<Self> {
        u32::try_from(nodes.len()).ok().filter(|&n| n < u32::MAX - 1)?;
        let (mut n_roots, mut n_terms, mut longest) = (0, 0, 0);
        // Of the path to the node before: its pieces, and the bytes of the term up to each.
        let (mut path, mut bytes) = ([0; 256], [0_u64; 256]);
        let (mut before, mut n_bytes) = (0, 0_u64);
        for node in &nodes {
            let length = usize::from(node.length);
            if length == 0 || length > before + 1 || node.piece as usize >= pieces.len() {
                return None;
            }
            if length == 1 {
                if node.piece != n_roots {
                    return None;
                }
                n_roots += 1;
            } else if length <= before && path[length] >= node.piece {
                return None;
            }
            path[length] = node.piece;
            bytes[length] = bytes[length - 1] + 1 + pieces.get(node.piece).len() as u64;
            if node.is_term {
                n_terms += 1;
                n_bytes += bytes[length];
            }
            (before, longest) = (length, longest.max(length));
        }
        let is_whole = n_roots as usize == pieces.len();
        let is_sorted = longest < 2 || pieces.bytes().iter().all(|&byte| byte > b' ');
        let paths = Self { pieces, nodes, n_terms, n_bytes };
        (is_whole && is_sorted && paths.can_be_spelt()).then_some(paths)
    }

    /// Whether the terms take a bounded multiple of the memory that their pieces and nodes take, and less than 4 GiB. A few
    /// endless pieces in many terms would not.
    pub(crate) fn can_be_spelt(&self) -> bool {
        let n_own = self.pieces.bytes().len() + 5 * self.nodes.len();
        self.n_bytes <= u64::from(u32::MAX).min((1 << 24) + 64 * n_own as u64)
    }

    /// The pieces, sorted.
    pub(crate) fn pieces(&self) -> &SortedStrings {
        &self.pieces
    }

    /// The nodes in the order of the terms.
    pub(crate) fn nodes(&self) -> &[PathNode] {
        &self.nodes
    }

    /// Number of terms.
    pub(super) fn n_terms(&self) -> usize {
        self.n_terms
    }

    /// The terms spelt out, with single spaces between pieces.
    pub(super) fn terms(&self) -> SortedStrings {
        let mut term = String::new();
        let mut ends = vec![0];
        let mut terms = SortedStrings::default();
        for node in &self.nodes {
            ends.truncate(usize::from(node.length));
            term.truncate(ends[ends.len() - 1]);
            if node.length > 1 {
                term.push(' ');
            }
            term.push_str(self.pieces.get(node.piece));
            ends.push(term.len());
            if node.is_term {
                terms.push(&term);
            }
        }
        terms
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn terms_are_spelt_out_as_they_were(terms in prop::collection::btree_set("[ab'é]{1,3}( [ab'é]{1,3}){0,3}", 1..30)) {
            let paths = Paths::of(terms.iter().map(String::as_str), NgramUnit::Word);
            let spelt = paths.terms();
            let spelt: Vec<&str> = spelt.iter().collect();
            prop_assert_eq!(spelt, terms.iter().collect::<Vec<_>>());
            prop_assert_eq!(paths.n_terms(), terms.len());
            let read = Paths::from_parts(paths.pieces.clone(), paths.nodes.clone());
            prop_assert_eq!(read, Some(paths));
        }
    }

    #[test]
    fn terms_that_would_take_far_more_memory_than_their_nodes_are_refused() {
        let endless = "a".repeat(1 << 20);
        let words: Vec<String> = (100..200).map(|n| n.to_string()).collect();
        let terms = |n: usize| {
            let terms = words.iter().take(n).map(|word| format!("{endless} {word}"));
            let mut terms: Vec<String> = words.iter().cloned().chain(terms).collect();
            terms.sort_unstable();
            Paths::of(terms.iter().map(String::as_str), NgramUnit::Word)
        };
        assert!(terms(60).can_be_spelt() && !terms(90).can_be_spelt());
        for n in [60, 90] {
            let paths = terms(n);
            assert_eq!(Paths::from_parts(paths.pieces, paths.nodes).is_some(), n == 60);
        }
    }

    #[test]
    fn nodes_out_of_order_are_refused() {
        let paths = Paths::of(["a", "a b", "a b c", "c a"].into_iter(), NgramUnit::Word);
        let read = |change: &dyn Fn(&mut Vec<PathNode>)| {
            let mut nodes = paths.nodes.clone();
            change(&mut nodes);
            Paths::from_parts(paths.pieces.clone(), nodes)
        };
        assert_eq!(read(&|_| ()), Some(paths.clone()));
        assert_eq!(read(&|nodes| nodes.swap(0, 3)), None);
        assert_eq!(read(&|nodes| nodes[1].piece = 3), None);
        assert_eq!(read(&|nodes| nodes[1].length = 3), None);
        assert_eq!(read(&|nodes| nodes[0].length = 0), None);
        assert_eq!(read(&|nodes| nodes.truncate(3)), None);
        assert_eq!(read(&|nodes| nodes.insert(2, nodes[1])), None);
    }
}
