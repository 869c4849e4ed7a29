//! Type-token ratios of windows and segments.

use super::super::Metric;
use super::super::counts::TextCounts;
use super::super::formula::{Formula, defined};
use super::row;

const COVINGTON: &str = "M. A. Covington, J. D. McFall (2010), Cutting the Gordian knot: the moving-average type-token ratio, Journal of Quantitative Linguistics 17(2), pp. 94-100";
const JOHNSON: &str = "W. Johnson (1944), Studies in language behavior: a program of research, Psychological Monographs 56(2), pp. 1-15";

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "mattr_50",
        reference: COVINGTON,
        interpretation: "the type-token ratio of any 50 words in a row, on average; undefined under 50 words",
        ..row(Formula::described(
            "mean over all windows of 50 running words of (types in the window / 50)",
            |c| moving_ratio(c, 50),
        ))
    },
    Metric {
        name: "mattr_100",
        min_words: 100,
        reference: COVINGTON,
        interpretation: "the type-token ratio of any 100 words in a row, on average; undefined under 100 words",
        ..row(Formula::described(
            "mean over all windows of 100 running words of (types in the window / 100)",
            |c| moving_ratio(c, 100),
        ))
    },
    Metric {
        name: "msttr_50",
        reference: JOHNSON,
        interpretation: "the mean type-token ratio of segments of 50 words; a shorter rest is left out",
        ..row(Formula::described("mean over successive segments of 50 running words of (types / 50)", |c| {
            segment_ratio(c, 50)
        }))
    },
    Metric {
        name: "msttr_100",
        min_words: 100,
        reference: JOHNSON,
        interpretation: "the mean type-token ratio of segments of 100 words; a shorter rest is left out",
        ..row(Formula::described(
            "mean over successive segments of 100 running words of (types / 100)",
            |c| segment_ratio(c, 100),
        ))
    },
];

/// Words seen since the last [`clear`](Self::clear), in constant time each.
pub(super) struct Seen {
    round: u32,
    last: Vec<u32>,
}

impl Seen {
    pub(super) fn new(counts: &TextCounts) -> Self {
        Self { round: 1, last: vec![0; counts.facts.len()] }
    }

    pub(super) fn clear(&mut self) {
        self.round += 1;
    }

    /// True if the word is new.
    pub(super) fn insert(&mut self, kind: u32) -> bool {
        let last = &mut self.last[kind as usize];
        std::mem::replace(last, self.round) != self.round
    }
}

/// Mean type-token ratio of all windows; each step adds one word and drops one.
fn moving_ratio(counts: &TextCounts, window: usize) -> Option<f64> {
    let words: Vec<u32> = counts.running().collect();
    let n_windows = (words.len() + 1).checked_sub(window).filter(|&n| n > 0)?;
    let mut inside = vec![0_u32; counts.facts.len()];
    let (mut types, mut sum) = (0_usize, 0_usize);
    for (i, &word) in words.iter().enumerate() {
        let here = &mut inside[word as usize];
        types += usize::from(*here == 0);
        *here += 1;
        if i + 1 >= window {
            sum += types;
            let first = &mut inside[words[i + 1 - window] as usize];
            *first -= 1;
            types -= usize::from(*first == 0);
        }
    }
    defined(sum as f64 / (n_windows * window) as f64)
}

/// Mean type-token ratio of successive full segments.
fn segment_ratio(counts: &TextCounts, length: usize) -> Option<f64> {
    let mut seen = Seen::new(counts);
    let (mut types, mut types_of_full, mut n_words) = (0_usize, 0_usize, 0_usize);
    for word in counts.running() {
        types += usize::from(seen.insert(word));
        n_words += 1;
        if n_words.is_multiple_of(length) {
            types_of_full = types;
            seen.clear();
        }
    }
    defined(types_of_full as f64 / (n_words / length * length) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn counts(text: &str) -> TextCounts {
        TextCounts::of(&[text], Language::ENGLISH)
    }

    #[test]
    fn windows_and_segments_are_the_fractions_that_one_counts_by_hand() {
        let text = counts("aa bb cc aa dd bb aa ee");
        let close = |value: Option<f64>, expected: f64| (value.unwrap() - expected).abs() < 1e-12;
        assert!(close(moving_ratio(&text, 2), 1.0));
        assert!(close(moving_ratio(&text, 4), (3.0 + 4.0 + 4.0 + 3.0 + 4.0) / 20.0));
        assert!(close(segment_ratio(&text, 4), (3.0 + 4.0) / 8.0));
        assert!(close(segment_ratio(&text, 3), (3.0 + 3.0) / 6.0));
        assert_eq!(moving_ratio(&text, 9), None);
        assert_eq!(segment_ratio(&text, 9), None);
    }
}
