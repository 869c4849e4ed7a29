//! MTLD: how many words in a row keep a type-token ratio of 0.72.
//!
//! # Advice for hackers
//!
//! With 0.72 = 18/25, types / words < 0.72 is 25 * types - 18 * words < 0, whole numbers on both sides. MTLD
//! itself is one pass: a type is new if it was last seen before the factor began.
//!
//! The moving average asks, for each word as a start, where its factor ends. Since 25 * types - 18 * words is
//! 7 * words - 25 * repeats, a factor can end at a repeat only, a word that occurs since the start. Moving the start
//! one word to the right makes one place no repeat any more, the next occurrence of the word left behind; so the
//! repeats are bits, one is cleared for each start, and each start walks some ten of them: from a place to rest that
//! an earlier start has found, since moving the start by one adds at most 7 to what a factor lacks to its end.
//!
//! Where words repeat just too rarely, walks run to the end of the text and all of them take its length squared.
//! When the steps exceed a fixed number a word, a tree takes over: let `g(j)` be 25 * types - 18 * words from the
//! start to `j`. Moving the start one word to the left adds a step of +7 there and turns the step at the next
//! occurrence of the same word from +7 to -18. A tree over the steps keeps each range's sum and its least prefix
//! sum, so both changes and the search for the first `j` with `g(j) < 0` take log(n) operations.

use super::super::Metric;
use super::super::counts::TextCounts;
use super::super::formula::{Formula, defined};
use super::row;
use super::window::Seen;

const SOURCE: &str = "P. M. McCarthy, S. Jarvis (2010), MTLD, vocd-D, and HD-D: a validation study of sophisticated approaches to lexical diversity assessment, Behavior Research Methods 42(2), pp. 381-392";

/// Words that a factor of the moving average has at least, as its authors chose.
const SHORTEST_FACTOR: usize = 10;

/// What a new type adds, and what any word takes: 25 * types - 18 * words.
const NEW_TYPE: i32 = 25;
const WORD: i32 = 18;

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "mtld",
        unit: "words",
        reference: SOURCE,
        interpretation: "how many words in a row keep a type-token ratio of 0.72; news runs at 80 to 140",
        ..row(Formula::described(
            "mean, forwards and backwards, of (running words / factors); a factor ends where types / running words falls below 0.72, the rest counts (1 - its ratio) / (1 - 0.72)",
            mtld,
        ))
    },
    Metric {
        name: "mtld_ma",
        unit: "words",
        reference: SOURCE,
        interpretation: "the same with a factor begun at every word, which smooths where factors happen to begin",
        ..row(Formula::described(
            "mean, forwards and backwards, of the mean length of the factors that begin at each word, have 10 words at least, and end inside the text",
            mtld_ma,
        ))
    },
    Metric {
        name: "mtld_ma_wrap",
        unit: "words",
        reference: "S. Jarvis, P. M. McCarthy (2013); as K. Kyle's lexical_diversity computes it",
        interpretation: "the same with the text closed to a ring, so that every word begins a factor",
        ..row(Formula::described(
            "mean length of the factors of 10 words at least that begin at each word of the text, followed by itself",
            mtld_ma_wrap,
        ))
    },
];

fn mtld(counts: &TextCounts) -> Option<f64> {
    let n = counts.totals.running_words as f64;
    let forwards = n / factors(counts.running(), Seen::new(counts));
    let backwards = n / factors(counts.running().rev(), Seen::new(counts));
    defined(f64::midpoint(forwards, backwards))
}

/// How often the type-token ratio of successive words falls below the threshold.
fn factors(words: impl Iterator<Item = u32>, mut seen: Seen) -> f64 {
    let (mut factors, mut types, mut length) = (0.0, 0, 0);
    for word in words {
        length += 1;
        types += i32::from(seen.insert(word));
        if NEW_TYPE * types < WORD * length {
            factors += 1.0;
            (types, length) = (0, 0);
            seen.clear();
        }
    }
    if length == 0 {
        return factors;
    }
    let ratio = f64::from(types) / f64::from(length);
    factors + (1.0 - ratio) / (1.0 - f64::from(WORD) / f64::from(NEW_TYPE))
}

fn mtld_ma(counts: &TextCounts) -> Option<f64> {
    let mut words: Vec<u32> = counts.running().collect();
    let forwards = mean_factor(&words, words.len(), counts.facts.len());
    words.reverse();
    let backwards = mean_factor(&words, words.len(), counts.facts.len());
    defined(f64::midpoint(forwards?, backwards?))
}

fn mtld_ma_wrap(counts: &TextCounts) -> Option<f64> {
    let mut words: Vec<u32> = counts.running().collect();
    let n_starts = words.len();
    words.extend_from_within(..);
    mean_factor(&words, n_starts, counts.facts.len())
}

/// Mean length of the full factors that begin at the first `n_starts` words; `None` if there is none.
fn mean_factor(words: &[u32], n_starts: usize, n_types: usize) -> Option<f64> {
    walk(words, n_starts, n_types, STEPS_A_WORD).unwrap_or_else(|| search(words, n_starts, n_types))
}

/// Repeats walked for each start, on average, before the tree takes over; news takes about 10.
const STEPS_A_WORD: usize = 100;

/// Follows each factor along the repeats; `None` if that takes too many steps.
#[expect(clippy::option_option, reason = "giving up is not the same as finding no factor")]
fn walk(words: &[u32], n_starts: usize, n_types: usize, steps_a_word: usize) -> Option<Option<f64>> {
    const NO_PLACE: usize = usize::MAX;
    let n = words.len();
    // `next_same[j]` is the next place of the same word; the repeats are bits.
    let mut next_same = vec![NO_PLACE; n];
    let mut last = vec![NO_PLACE; n_types];
    let mut repeats = vec![0_u64; n / 64 + 1];
    for (place, &word) in words.iter().enumerate() {
        let earlier = std::mem::replace(&mut last[word as usize], place);
        if earlier != NO_PLACE {
            next_same[earlier] = place;
            repeats[place / 64] |= 1 << (place % 64);
        }
    }
    let mut walker = Walker { repeats, n, steps_left: steps_a_word.saturating_mul(n), rest: Rest::default() };
    let (mut n_factors, mut length) = (0_usize, 0_usize);
    for (start, &no_repeat) in next_same.iter().enumerate().take(n_starts) {
        if let Some(end) = walker.factor_end(start)? {
            n_factors += 1;
            length += end - start + 1;
        }
        if no_repeat != NO_PLACE {
            walker.clear(no_repeat);
        }
    }
    Some((n_factors > 0).then(|| length as f64 / n_factors as f64))
}

/// Walks over the repeats that are left.
struct Walker {
    repeats: Vec<u64>,
    n: usize,
    steps_left: usize,
    rest: Rest,
}

/// A place that factors of the next few starts cannot end before, so that their walks begin there.
#[derive(Default)]
struct Rest {
    place: usize,
    /// Repeats up to the place.
    n_repeats: usize,
    last_start: usize,
}

/// 25 * repeats - 7 * words: above 0 the factor ends.
fn excess(n_repeats: usize, n_words: usize) -> i64 {
    let signed = |n: usize| i64::try_from(n).expect("fewer words than bytes of memory");
    25 * signed(n_repeats) - 7 * signed(n_words)
}

/// A place is worth resting at if the excess has stayed so low that the next three starts, each of which adds
/// 7 to it, cannot lift it above 0.
const LOW: i64 = -21;

impl Walker {
    fn clear(&mut self, place: usize) {
        self.repeats[place / 64] &= !(1 << (place % 64));
        self.rest.n_repeats -= usize::from(place <= self.rest.place && self.rest.n_repeats > 0);
    }

    /// The place at which the factor from `start` on ends, if it does; the outer `None` if the steps are used up.
    ///
    /// All bits up to `start` are 0: what is left of them is no repeat.
    #[expect(clippy::option_option, reason = "giving up is not the same as finding no end")]
    fn factor_end(&mut self, start: usize) -> Option<Option<usize>> {
        let earliest = start + SHORTEST_FACTOR - 1;
        if earliest >= self.n {
            return Some(None);
        }
        let rests = start <= self.rest.last_start && earliest <= self.rest.place;
        let (mut n_repeats, place) = if rests {
            (self.rest.n_repeats, self.rest.place)
        } else {
            (self.repeats_between(start, earliest), earliest)
        };
        // The greatest excess so far; a new place to rest is looked for while it is low.
        let mut greatest = if rests { 0 } else { excess(n_repeats, SHORTEST_FACTOR) };
        if greatest > 0 {
            return Some(Some(earliest));
        }
        let mut kept = u64::MAX.checked_shl(u32::try_from(place % 64 + 1).unwrap_or(64)).unwrap_or(0);
        for (i, &word) in self.repeats.iter().enumerate().skip(place / 64) {
            let mut bits = word & std::mem::replace(&mut kept, u64::MAX);
            self.steps_left = self.steps_left.checked_sub(1 + bits.count_ones() as usize)?;
            while bits != 0 {
                let place = i * 64 + bits.trailing_zeros() as usize;
                n_repeats += 1;
                let here = excess(n_repeats, place - start + 1);
                if greatest <= LOW && here > LOW {
                    let starts = usize::try_from(-greatest / 7).unwrap_or(0);
                    self.rest =
                        Rest { place: place - 1, n_repeats: n_repeats - 1, last_start: start + starts };
                }
                greatest = greatest.max(here);
                if here > 0 {
                    return Some(Some(place));
                }
                bits &= bits - 1;
            }
        }
        Some(None)
    }

    /// Repeats from one place to another, both among them.
    fn repeats_between(&self, first: usize, last: usize) -> usize {
        let words = self.repeats.iter().enumerate().take(last / 64 + 1).skip(first / 64);
        words
            .map(|(i, word)| {
                let above = i * 64 + 63;
                let kept = if above > last { u64::MAX >> (above - last) } else { u64::MAX };
                (word & kept).count_ones() as usize
            })
            .sum()
    }
}

/// Finds each factor's end in a tree.
fn search(words: &[u32], n_starts: usize, n_types: usize) -> Option<f64> {
    let mut steps = Steps::new(words.len());
    let mut next = vec![usize::MAX; n_types];
    let (mut n_factors, mut length) = (0_usize, 0_usize);
    for (start, &word) in words.iter().enumerate().rev() {
        let later = std::mem::replace(&mut next[word as usize], start);
        steps.set(start, NEW_TYPE - WORD);
        if later != usize::MAX {
            steps.set(later, -WORD);
        }
        if start < n_starts
            && let Some(end) = steps.first_below(start, start + SHORTEST_FACTOR - 1)
        {
            n_factors += 1;
            length += end - start + 1;
        }
    }
    (n_factors > 0).then(|| length as f64 / n_factors as f64)
}

/// Steps at places, in a binary tree of sums and least prefix sums.
struct Steps {
    places: usize,
    n_leaves: usize,
    nodes: Vec<Node>,
}

#[derive(Clone, Copy, Default)]
struct Node {
    sum: i32,
    /// The least sum of a prefix of one step at least.
    least: i32,
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

    fn set(&mut self, place: usize, step: i32) {
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
        let mut before: i32 =
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
    use proptest::prelude::*;

    /// Follows each factor to its end.
    fn by_hand(words: &[u32], n_starts: usize) -> Option<f64> {
        let (mut n_factors, mut total) = (0_usize, 0_usize);
        for start in 0..n_starts {
            let mut seen = std::collections::BTreeSet::new();
            for (i, &word) in words[start..].iter().enumerate() {
                seen.insert(word);
                let length = i + 1;
                if length >= SHORTEST_FACTOR && (seen.len() as f64 / length as f64) < 0.72 {
                    n_factors += 1;
                    total += length;
                    break;
                }
            }
        }
        (n_factors > 0).then(|| total as f64 / n_factors as f64)
    }

    #[test]
    fn a_text_whose_factors_never_end_is_left_to_the_tree() {
        // Each word twice, but for four words between that are new: one repeat in six is never enough.
        let words: Vec<u32> = (0..30_000_u32).map(|i| if i % 6 == 1 { i - 1 } else { i }).collect();
        assert_eq!(walk(&words, words.len(), words.len(), STEPS_A_WORD), None);
        assert_eq!(mean_factor(&words, words.len(), words.len()), None);
    }

    proptest! {
        #[test]
        fn bits_and_tree_find_the_ends_that_following_every_factor_finds(
            words in prop::collection::vec(prop_oneof![0_u32..8, 0_u32..40], 0..200), wrap in any::<bool>()
        ) {
            let n_starts = words.len();
            let text = if wrap { words.repeat(2) } else { words };
            let expected = by_hand(&text, n_starts);
            prop_assert_eq!(walk(&text, n_starts, 40, 1000), Some(expected));
            prop_assert_eq!(search(&text, n_starts, 40), expected);
            prop_assert_eq!(mean_factor(&text, n_starts, 40), expected);
        }
    }
}
