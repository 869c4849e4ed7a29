//! How far a value would move with other sentences of the same kind: bootstrap intervals.

use super::scan::{Scan, Sentence};
use super::{Metric, TextCounts};
use crate::math;
use crate::statistics::Random;

pub use crate::statistics::Interval;

/// Resampled texts to draw: fewer leave the 2.5 % quantile to a handful of values.
pub const N_RESAMPLES: usize = 1000;

/// Percentile bootstrap intervals, 95 %, of metrics over the sentences of a text.
///
/// Each resampled text has as many sentences, drawn with replacement, in paragraphs of the same lengths. The
/// same seed gives the same bounds. `None` where the text has fewer than two sentences, where the metric is undefined
/// for more than half of the resampled texts, and where the text's own value is outside: a sentence drawn twice repeats its
/// words, so resampling moves measures of vocabulary and of repetition themselves, and says nothing about their spread.
///
/// # References
///
/// B. Efron, R. J. Tibshirani (1993), An introduction to the bootstrap, Chapman & Hall, ch. 13.
///
/// # Examples
///
/// ```
/// use newsbeat::metrics::{self, TextCounts};
/// use newsbeat::text::Language;
///
/// let counts = TextCounts::of(&["One two three. One two. One. One two three four."], Language::ENGLISH);
/// let metric = metrics::named("words_per_sentence")?;
/// let bounds = metrics::intervals(&[metric], &counts, metrics::N_RESAMPLES, 1)[0].unwrap();
/// assert!(bounds.low < 2.0 && 3.0 < bounds.high);
/// # Ok::<(), newsbeat::Error>(())
/// ```
pub fn intervals(
    metrics: &[&Metric],
    counts: &TextCounts,
    n_resamples: usize,
    seed: u64,
) -> Vec<Option<Interval>> {
    if counts.n_sentences < 2 {
        return vec![None; metrics.len()];
    }
    let mut random = Random::new(seed);
    let mut values = vec![Vec::with_capacity(n_resamples); metrics.len()];
    for _ in 0..n_resamples {
        let resampled = resample(counts, &mut random);
        for (metric, values) in metrics.iter().zip(&mut values) {
            values.extend(metric.of(&resampled));
        }
    }
    let bounds = |(metric, values): (&&Metric, Vec<f64>)| {
        let is_defined = 2 * values.len() > n_resamples;
        let quantile = |p| math::quantile(&values, p).filter(|_| is_defined);
        let interval = Interval { low: quantile(0.025)?, high: quantile(0.975)? };
        let value = metric.of(counts)?;
        (interval.low <= value && value <= interval.high).then_some(interval)
    };
    metrics.iter().zip(values).map(bounds).collect()
}

fn resample(counts: &TextCounts, random: &mut Random) -> TextCounts {
    let scan = &counts.scan;
    let mut words = Vec::with_capacity(scan.words.len());
    let drawn = scan.sentences.iter().map(|_| &scan.sentences[random.below(scan.sentences.len())]);
    let sentences: Vec<Sentence> = drawn
        .map(|sentence| {
            let start = words.len();
            words.extend_from_slice(&scan.words[sentence.words.clone()]);
            Sentence { words: start..words.len(), ..sentence.clone() }
        })
        .collect();
    counts.with_scan(Scan {
        words,
        sentences,
        paragraphs: scan.paragraphs.clone(),
        paragraph_lengths: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{all, named};
    use crate::text::Language;

    const TEXT: &str =
        "Talks failed. Troops moved at dawn, and nobody stopped them. Why? “We waited,” Lee said.";

    #[test]
    fn the_same_seed_gives_the_same_bounds_and_they_hold_the_value() {
        let counts = TextCounts::of(&[TEXT], Language::ENGLISH);
        let metric = named("words_per_sentence").unwrap();
        let first = intervals(&[metric], &counts, 500, 7);
        assert_eq!(first, intervals(&[metric], &counts, 500, 7));
        let Interval { low, high } = first[0].unwrap();
        let value = metric.of(&counts).unwrap();
        assert!(low < value && value < high, "{low} {value} {high}");
    }

    #[test]
    fn one_sentence_has_no_interval_and_every_metric_bears_resampling() {
        let one = TextCounts::of(&["Talks failed."], Language::ENGLISH);
        let metrics: Vec<&Metric> = all().collect();
        assert!(intervals(&metrics, &one, 10, 1).iter().all(Option::is_none));
        let counts = TextCounts::of(&[TEXT, TEXT], Language::ENGLISH);
        let bounds = intervals(&metrics, &counts, 50, 1);
        assert!(bounds.iter().flatten().all(|b| b.low <= b.high && b.low.is_finite()));
        assert!(bounds.iter().flatten().count() > 80);
        for (metric, bounds) in metrics.iter().zip(bounds) {
            let value = metric.of(&counts);
            assert!(
                bounds.is_none_or(|b| value.is_some_and(|v| b.low <= v && v <= b.high)),
                "{}",
                metric.name
            );
        }
    }

    #[test]
    fn what_resampling_itself_moves_has_no_interval() {
        let text = "Talks failed. Troops moved at dawn. Nobody stopped them. Markets fell. Ministers flew home. Why?";
        let counts = TextCounts::of(&[text], Language::ENGLISH);
        let metrics = [named("type_token_ratio").unwrap(), named("words_per_sentence").unwrap()];
        let [ratio, length] = intervals(&metrics, &counts, 500, 1)[..] else { panic!("two metrics") };
        assert_eq!(ratio, None, "every word is used once, and a sentence drawn twice repeats its words");
        assert!(length.is_some());
    }
}
