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

/// Mean type-token ratio of all windows.
///
/// A word is a type more in each window that begins behind the same word before it, so one subtraction a word counts
/// the types of all windows.
fn moving_ratio(counts: &TextCounts, window: usize) -> Option<f64> {
    let earlier = &counts.running().earlier;
    let last_start = earlier.len().checked_sub(window)?;
    let types = earlier.iter().enumerate().map(|(place, &earlier)| {
        let first = (earlier as usize).max((place + 1).saturating_sub(window));
        (place.min(last_start) + 1).saturating_sub(first)
    });
    defined(types.sum::<usize>() as f64 / ((last_start + 1) * window) as f64)
}

/// Mean type-token ratio of successive full segments.
fn segment_ratio(counts: &TextCounts, length: usize) -> Option<f64> {
    let segments = counts.running().earlier.chunks_exact(length).zip((0..).step_by(length));
    let (mut types, mut n_words) = (0_usize, 0_usize);
    for (segment, start) in segments {
        types += segment.iter().filter(|earlier| **earlier as usize <= start).count();
        n_words += length;
    }
    defined(types as f64 / n_words as f64)
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
