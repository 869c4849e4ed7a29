//! Measures of information.

use super::super::Metric;
use super::super::counts::TextCounts;
use super::super::formula::{Formula, defined};
use super::row;

const SHANNON: &str = "C. E. Shannon (1948), A mathematical theory of communication, Bell System Technical Journal 27(3), pp. 379-423";

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "entropy",
        unit: "bits",
        reference: SHANNON,
        interpretation: "the information of a word, were each drawn by its share; grows with the text",
        comparable: false,
        ..row(Formula::described("-sum over types of p * log2(p), p = occurrences / running words", entropy))
    },
    Metric {
        name: "entropy_evenness",
        unit: "share",
        reference: SHANNON,
        interpretation: "the entropy as a share of the greatest that so many types can have",
        comparable: false,
        ..row(Formula::described("entropy / log2(types)", |c| {
            let evenness = entropy(c)? / (c.totals.types as f64).log2();
            defined(evenness).map(|share| share.clamp(0.0, 1.0))
        }))
    },
];

fn entropy(counts: &TextCounts) -> Option<f64> {
    let n = counts.totals.running_words as f64;
    let sum: f64 = counts
        .totals
        .spectrum
        .iter()
        .map(|&(occurrences, types)| {
            let p = f64::from(occurrences) / n;
            f64::from(types) * p * p.log2()
        })
        .sum();
    (n > 0.0).then_some(0.0 - sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn entropy_of(text: &str) -> f64 {
        entropy(&TextCounts::of(&[text], Language::ENGLISH)).unwrap()
    }

    #[test]
    fn two_even_words_are_one_bit() {
        assert!((entropy_of("war peace war peace") - 1.0).abs() < 1e-12);
        assert!(entropy_of("war war war").abs() < 1e-12);
    }
}
