//! MTLD: how many words in a row keep a type-token ratio of 0.72.
//!
//! # Advice for hackers
//!
//! With 0.72 = 18/25, types / words < 0.72 is 25 * types - 18 * words < 0, whole numbers on both sides. MTLD
//! itself is one pass: a type is new if it was last seen before the factor began.
//!
//! The moving averages begin a factor at each word; `factor/walk.rs` and `factor/tree.rs` say how its end is found.

mod tree;
mod walk;

use super::super::Metric;
use super::super::counts::TextCounts;
use super::super::formula::{Formula, defined};
use super::super::running::earlier_places;
use super::row;

const SOURCE: &str = "P. M. McCarthy, S. Jarvis (2010), MTLD, vocd-D, and HD-D: a validation study of sophisticated approaches to lexical diversity assessment, Behavior Research Methods 42(2), pp. 381-392";

/// Words that a factor of the moving average has at least, as its authors chose.
const SHORTEST_FACTOR: usize = 10;

/// What a new type adds, and what any word takes: 25 * types - 18 * words.
const NEW_TYPE: i64 = 25;
const WORD: i64 = 18;

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
            |c| c.moving_factors().mtld_ma(),
        ))
    },
    Metric {
        name: "mtld_ma_wrap",
        unit: "words",
        reference: "S. Jarvis, P. M. McCarthy (2013); as K. Kyle's lexical_diversity computes it",
        interpretation: "the same with the text closed to a ring, so that every word begins a factor",
        ..row(Formula::described(
            "mean length of the factors of 10 words at least that begin at each word of the text, followed by itself",
            |c| c.moving_factors().ring,
        ))
    },
];

fn mtld(counts: &TextCounts) -> Option<f64> {
    let running = counts.running();
    let n = running.types.len() as f64;
    let (forwards, backwards) = (n / factors(&running.earlier), n / factors(&running.later));
    defined(f64::midpoint(forwards, backwards))
}

/// How often the type-token ratio of successive words falls below the threshold.
fn factors(earlier: &[u32]) -> f64 {
    let (mut factors, mut start, mut types, mut length) = (0.0, 0, 0, 0);
    for (next, &earlier) in (1..).zip(earlier) {
        length += 1;
        types += i64::from(earlier <= start);
        if NEW_TYPE * types < WORD * length {
            factors += 1.0;
            (start, types, length) = (next, 0, 0);
        }
    }
    if length == 0 {
        return factors;
    }
    let ratio = types as f64 / length as f64;
    factors + (1.0 - ratio) / (1.0 - WORD as f64 / NEW_TYPE as f64)
}

/// Mean lengths of the factors that begin at each word.
#[derive(Debug, Clone)]
pub(in crate::metrics) struct MovingFactors {
    forwards: Option<f64>,
    backwards: Option<f64>,
    ring: Option<f64>,
}

impl MovingFactors {
    pub(in crate::metrics) fn of(counts: &TextCounts) -> Self {
        let running = counts.running();
        let n = running.types.len();
        let ring = earlier_places(running.types.iter().chain(&running.types), counts.facts.len());
        let (ring, backwards) = (full_factors(&ring, n), full_factors(&running.later, n));
        Self { forwards: ring.inside.mean(), backwards: backwards.inside.mean(), ring: ring.all.mean() }
    }

    fn mtld_ma(&self) -> Option<f64> {
        defined(f64::midpoint(self.forwards?, self.backwards?))
    }
}

/// Full factors and their words.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Lengths {
    n_factors: usize,
    n_words: usize,
}

impl Lengths {
    fn mean(self) -> Option<f64> {
        (self.n_factors > 0).then(|| self.n_words as f64 / self.n_factors as f64)
    }
}

/// The full factors that begin at the first words of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct FullFactors {
    /// All of them.
    all: Lengths,
    /// Those that end among the same words.
    inside: Lengths,
}

impl FullFactors {
    fn add(&mut self, start: usize, end: usize, n_starts: usize) {
        for (lengths, is_one) in [(&mut self.all, true), (&mut self.inside, end < n_starts)] {
            lengths.n_factors += usize::from(is_one);
            lengths.n_words += usize::from(is_one) * (end - start + 1);
        }
    }
}

/// The full factors that begin at the first `n_starts` words.
fn full_factors(earlier: &[u32], n_starts: usize) -> FullFactors {
    walk::find(earlier, n_starts, walk::STEPS_A_WORD).unwrap_or_else(|| tree::find(earlier, n_starts))
}

const NO_PLACE: usize = usize::MAX;

/// For each word the next place of the same word.
fn later_places(earlier: &[u32]) -> Vec<usize> {
    let mut later = vec![NO_PLACE; earlier.len()];
    for (place, &earlier) in earlier.iter().enumerate().filter(|(_, earlier)| **earlier > 0) {
        later[earlier as usize - 1] = place;
    }
    later
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Follows each factor to its end.
    fn by_hand(words: &[u32], n_starts: usize) -> FullFactors {
        let mut found = FullFactors::default();
        for start in 0..n_starts {
            let mut seen = std::collections::BTreeSet::new();
            for (i, &word) in words[start..].iter().enumerate() {
                seen.insert(word);
                let length = i + 1;
                if length >= SHORTEST_FACTOR && (seen.len() as f64 / length as f64) < 0.72 {
                    found.add(start, start + i, n_starts);
                    break;
                }
            }
        }
        found
    }

    #[test]
    fn a_text_whose_factors_never_end_is_left_to_the_tree() {
        // Each word twice, but for four words between that are new: one repeat in six is never enough.
        let words: Vec<u32> = (0..30_000_u32).map(|i| if i % 6 == 1 { i - 1 } else { i }).collect();
        let earlier = earlier_places(words.iter(), words.len());
        assert_eq!(walk::find(&earlier, words.len(), walk::STEPS_A_WORD), None);
        assert_eq!(full_factors(&earlier, words.len()), FullFactors::default());
    }

    proptest! {
        #[test]
        fn bits_and_tree_find_the_ends_that_following_every_factor_finds(
            words in prop::collection::vec(prop_oneof![0_u32..8, 0_u32..40, 0_u32..400], 0..300), wrap in any::<bool>()
        ) {
            let n_starts = words.len();
            let text = if wrap { words.repeat(2) } else { words };
            let earlier = earlier_places(text.iter(), 400);
            let expected = by_hand(&text, n_starts);
            prop_assert_eq!(walk::find(&earlier, n_starts, 1000), Some(expected));
            prop_assert_eq!(tree::find(&earlier, n_starts), expected);
            prop_assert_eq!(full_factors(&earlier, n_starts), expected);
        }
    }
}
