//! Measures from random samples, in closed form.
//!
//! A type that occurs `f` times in `N` words is missing from a sample of `n` words drawn without replacement with
//! the hypergeometric probability `C(N - f, n) / C(N, n)`, the product over `k < n` of `(N - f - k) / (N - k)`.
//! Only distinct values of `f` matter, and there are fewer than `sqrt(2 N)` of them, so nothing is drawn and the
//! work is a few hundred multiplications a text.

use std::ops::RangeInclusive;

use super::super::Metric;
use super::super::counts::TextCounts;
use super::super::formula::{Formula, defined};
use super::row;

/// Words in a sample of HD-D, as its authors chose.
const HDD_SAMPLE: usize = 42;

/// Sizes of the samples that vocd-D is fitted to, as its authors chose.
const VOCD_SAMPLES: RangeInclusive<usize> = 35..=50;

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "hdd",
        reference: "P. M. McCarthy, S. Jarvis (2007), vocd: a theoretical and empirical evaluation, Language Testing 24(4), pp. 459-488; divided by 42, as LexicalRichness and lexical_diversity do",
        interpretation: "the type-token ratio expected of 42 words drawn at random; undefined under 42 words",
        ..row(Formula::described(
            "sum over types of (1 - C(N - f, 42) / C(N, 42)) / 42, N running words, f occurrences of the type",
            |c| expected_ratios(c, HDD_SAMPLE..=HDD_SAMPLE)?.pop(),
        ))
    },
    Metric {
        name: "vocd_d",
        reference: "D. Malvern, B. Richards, N. Chipere, P. Durán (2004), Lexical diversity and language development, Palgrave; expected ratios as in McCarthy and Jarvis (2007) in place of random draws",
        interpretation: "higher is more varied; news runs at 70 to 120; undefined under 50 words",
        ..row(Formula::described(
            "the D whose curve (D / n) * (sqrt(1 + 2 * n / D) - 1) is nearest, by least squares, to the type-token ratios expected of samples of n = 35 to 50 words",
            vocd_d,
        ))
    },
];

/// The type-token ratio expected of random samples of each size; `None` if the text is shorter.
fn expected_ratios(counts: &TextCounts, sizes: RangeInclusive<usize>) -> Option<Vec<f64>> {
    let n_words = counts.totals.running_words;
    if n_words < *sizes.end() {
        return None;
    }
    let mut types = vec![0.0; sizes.end() - sizes.start() + 1];
    for &(occurrences, n_types) in &counts.totals.spectrum {
        let mut missing = 1.0;
        for k in 0..*sizes.end() {
            missing *= n_words.saturating_sub(occurrences as usize + k) as f64 / (n_words - k) as f64;
            if let Some(i) = (k + 1).checked_sub(*sizes.start()) {
                types[i] += f64::from(n_types) * (1.0 - missing);
            }
        }
    }
    Some(types.iter().zip(sizes).map(|(types, size)| types / size as f64).collect())
}

/// The sum of the squares by which the curve of `d` misses the ratios.
fn misfit(d: f64, ratios: &[f64]) -> f64 {
    let misses = VOCD_SAMPLES.zip(ratios).map(|(n, ratio)| {
        let n = n as f64;
        d / n * ((1.0 + 2.0 * n / d).sqrt() - 1.0) - ratio
    });
    misses.map(|miss| miss * miss).sum()
}

fn vocd_d(counts: &TextCounts) -> Option<f64> {
    let ratios = expected_ratios(counts, VOCD_SAMPLES)?;
    // Every ratio is 1: the curve would need an endless D.
    if ratios.iter().all(|ratio| *ratio >= 1.0) {
        return None;
    }
    let error = |d: f64| misfit(d, &ratios);
    // Each size alone is met by D = n * ratio^2 / (2 * (1 - ratio)), and the nearest curve for all lies between
    // the least and the greatest of these. The error has one minimum, as every curve rises with D, so golden
    // section narrows ln D to 1e-9.
    let alone = VOCD_SAMPLES.zip(&ratios).map(|(n, ratio)| n as f64 * ratio * ratio / (2.0 * (1.0 - ratio)));
    let (mut low, mut high) =
        alone.fold((f64::INFINITY, 0.0_f64), |(low, high), d| (d.min(low), d.max(high)));
    (low, high) = (low.ln() - 1e-6, high.min(f64::MAX).ln() + 1e-6);
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut left, mut right) = (high - golden * (high - low), low + golden * (high - low));
    let (mut at_left, mut at_right) = (error(left.exp()), error(right.exp()));
    while high - low > 1e-9 {
        if at_left < at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - golden * (high - low);
            at_left = error(left.exp());
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + golden * (high - low);
            at_right = error(right.exp());
        }
    }
    defined(f64::midpoint(low, high).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn counts(text: &str) -> TextCounts {
        TextCounts::of(&[text], Language::ENGLISH)
    }

    #[test]
    fn a_sample_of_the_whole_text_has_its_type_token_ratio() {
        let text = "a b a c a d b e f g";
        let ratio = expected_ratios(&counts(text), 10..=10).unwrap()[0];
        assert!((ratio - 0.7).abs() < 1e-12);
    }

    #[test]
    fn short_and_unrepetitive_texts_have_no_d() {
        assert_eq!(vocd_d(&counts("a b c")), None);
        assert_eq!(vocd_d(&counts(&words(60, 60))), None);
    }

    #[test]
    fn no_other_d_is_nearer() {
        let counts = counts(&words(400, 53));
        let d = vocd_d(&counts).unwrap();
        let ratios = expected_ratios(&counts, VOCD_SAMPLES).unwrap();
        for other in [0.5 * d, 0.99 * d, 1.01 * d, 2.0 * d] {
            assert!(misfit(d, &ratios) < misfit(other, &ratios), "{d} {other}");
        }
    }

    /// `n` words, of which `distinct` at most are distinct.
    fn words(n: usize, distinct: usize) -> String {
        let words: Vec<String> = (0..n).map(|i| format!("w{}", "x".repeat(i % distinct))).collect();
        words.join(" ")
    }
}
