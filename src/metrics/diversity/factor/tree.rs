//! The ends of all factors, found in a tree over the words.
//!
//! # Advice for hackers
//!
//! Where words repeat just too rarely, walks run to the end of the text and all of them take its length squared.
//! When the steps exceed a fixed number a word, a tree takes over: let `g(j)` be 25 * types - 18 * words from the
//! start to `j`. Moving the start one word to the left adds a step of +7 there and turns the step at the next
//! occurrence of the same word from +7 to -18. A tree over the steps keeps each range's sum and its least prefix
//! sum, so both changes and the search for the first `j` with `g(j) < 0` take log(n) operations.

use super::{FullFactors, NEW_TYPE, NO_PLACE, SHORTEST_FACTOR, WORD, later_places};

/// Finds each factor's end in a tree.
pub(super) fn find(earlier: &[u32], n_starts: usize) -> FullFactors {
    let mut steps = Steps::new(earlier.len());
    let mut found = FullFactors::default();
    for (start, &later) in later_places(earlier).iter().enumerate().rev() {
        steps.set(start, NEW_TYPE - WORD);
        if later != NO_PLACE {
            steps.set(later, -WORD);
        }
        if start < n_starts
            && let Some(end) = steps.first_below(start, start + SHORTEST_FACTOR - 1)
        {
            found.add(start, end, n_starts);
        }
    }
    found
}

/// Steps at places, in a binary tree of sums and least prefix sums.
struct Steps {
    places: usize,
    n_leaves: usize,
    nodes: Vec<Node>,
}

#[derive(Clone, Copy, Default)]
struct Node {
    sum: i64,
    /// The least sum of a prefix of one step at least.
    least: i64,
}

impl Node {
    fn of(left: Self, right: Self) -> Self {
        Self { sum: left.sum + right.sum, least: left.least.min(left.sum + right.least) }
    }
}

impl Steps {
    fn new(n: usize) -> Self {
        let n_leaves = n.next_power_of_two().max(1);
        Self { places: n, n_leaves, nodes: vec![Node::default(); 2 * n_leaves] }
    }

    fn set(&mut self, place: usize, step: i64) {
        let mut node = self.n_leaves + place;
        self.nodes[node] = Node { sum: step, least: step };
        while node > 1 {
            node /= 2;
            self.nodes[node] = Node::of(self.nodes[2 * node], self.nodes[2 * node + 1]);
        }
    }

    /// The first place from `earliest` on at which the sum from `start` is below 0.
    ///
    /// All steps before `start` are 0, so sums from the first place on are the same.
    fn first_below(&self, start: usize, earliest: usize) -> Option<usize> {
        debug_assert!(start <= earliest);
        if earliest >= self.places {
            return None;
        }
        // Climb from `earliest`, leaving behind what lies to the right, with the sum of all to the left.
        let mut before: i64 =
            self.nodes[self.n_leaves + start..self.n_leaves + earliest].iter().map(|n| n.sum).sum();
        let mut node = self.n_leaves + earliest;
        loop {
            if before + self.nodes[node].least < 0 {
                break;
            }
            before += self.nodes[node].sum;
            while node % 2 == 1 {
                node /= 2;
            }
            if node == 0 {
                return None;
            }
            node += 1;
        }
        while node < self.n_leaves {
            node *= 2;
            if before + self.nodes[node].least >= 0 {
                before += self.nodes[node].sum;
                node += 1;
            }
        }
        Some(node - self.n_leaves)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_go_beyond_32_bits() {
        let step = i64::from(i32::MAX);
        let mut steps = Steps::new(4);
        (0..3).for_each(|place| steps.set(place, step));
        assert_eq!(steps.first_below(0, 0), None);
        steps.set(3, -3 * step - 1);
        assert_eq!(steps.first_below(0, 1), Some(3));
    }
}
