//! How a text is built, and whether it is clean.

use super::counts::TextCounts;
use super::formula::{Formula, defined, formula};
use super::scan::Word;
use super::{Family, Metric};

const fn row(formula: Formula) -> Metric {
    Metric { reference: "a count by the kinds of paragraphs", ..Metric::row(Family::Structure, formula) }
}

const GOPHER: &str = "J. W. Rae et al. (2021), Scaling language models: methods, analysis and insights from training Gopher, arXiv:2112.11446, table A1";

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "headline_length",
        unit: "words",
        interpretation: "words of the headline; web headlines run at 8 to 12",
        ..row(formula!(|headline_words| headline_words))
    },
    Metric {
        name: "lede_length",
        unit: "words",
        interpretation: "words of the first paragraph; news agencies aim at 25 to 35",
        ..row(Formula::described("words of the first paragraph", |c| {
            c.paragraph_words().next().map(|words| words.len() as f64)
        }))
    },
    Metric {
        name: "paragraphs_per_heading",
        unit: "paragraphs",
        interpretation: "paragraphs for each section heading; undefined without headings",
        ..row(formula!(|paragraphs, headings| paragraphs / headings))
    },
    Metric {
        name: "furniture_share",
        unit: "share",
        interpretation: "the share of the words that is no prose: bylines, share buttons, captions",
        ..row(formula!(|furniture_words, words| furniture_words / (furniture_words + words)))
    },
    Metric {
        name: "quoting_paragraphs_share",
        unit: "share",
        interpretation: "the share of the paragraphs in which someone is quoted",
        ..row(Formula::described("paragraphs in which a quotation begins / paragraphs", quoting_paragraphs))
    },
    Metric {
        name: "symbols_per_100_words",
        unit: "symbols",
        reference: GOPHER,
        interpretation: "what is neither word nor mark: #, |, emoji; above 10 the text is hardly prose",
        ..row(formula!(|symbols, words| 100.0 * symbols / words))
    },
    Metric {
        name: "alphabetic_share",
        unit: "share",
        reference: GOPHER,
        interpretation: "the share of the words that have a letter; below 0.8 the text is a table rather than prose",
        ..row(formula!(|running_words, words| running_words / words))
    },
    Metric {
        name: "ellipsis_sentences_share",
        unit: "share",
        reference: GOPHER,
        interpretation: "the share of the sentences that are cut off by dots",
        ..row(formula!(|ellipsis_sentences, sentences| ellipsis_sentences / sentences))
    },
    Metric {
        name: "duplicate_sentences_share",
        unit: "share",
        reference: GOPHER,
        interpretation: "the share of the sentences that repeat an earlier one, word for word",
        ..row(Formula::described("1 - distinct sentences / sentences", |c| {
            repeated(c.scan.sentences.iter().map(|s| hash(&c.scan.words[s.words.clone()])))
        }))
    },
    Metric {
        name: "duplicate_paragraphs_share",
        unit: "share",
        reference: GOPHER,
        interpretation: "the share of the paragraphs that repeat an earlier one, word for word",
        ..row(Formula::described("1 - distinct paragraphs / paragraphs", |c| {
            let hashes: Vec<u64> = c.paragraph_words().map(hash).collect();
            repeated(hashes.into_iter())
        }))
    },
    Metric {
        name: "duplicate_5_grams_share",
        unit: "share",
        reference: GOPHER,
        interpretation: "the share of the runs of five words that repeat an earlier one",
        comparable: false,
        ..row(Formula::described("1 - distinct runs of 5 words / runs of 5 words", |c| repeated_runs(c, 5)))
    },
    Metric {
        name: "duplicate_10_grams_share",
        unit: "share",
        reference: GOPHER,
        interpretation: "the share of the runs of ten words that repeat an earlier one; news without pasted parts has next to none",
        comparable: false,
        ..row(Formula::described("1 - distinct runs of 10 words / runs of 10 words", |c| {
            repeated_runs(c, 10)
        }))
    },
];

fn quoting_paragraphs(counts: &TextCounts) -> Option<f64> {
    let paragraphs = counts.scan.paragraphs.iter();
    let quotes =
        |p: &std::ops::Range<usize>| counts.scan.sentences[p.clone()].iter().any(|s| s.quotations > 0);
    let quoting = paragraphs.filter(|p| quotes(p)).count();
    defined(quoting as f64 / counts.n_paragraphs as f64)
}

/// Hashes are taken modulo this prime, 2^61 - 1.
const MODULUS: u64 = (1 << 61) - 1;

const BASE: u64 = 0x1234_5678_9abc_def1 % MODULUS;

/// `a * b + c` modulo 2^61 - 1, all three below it.
fn times_plus(a: u64, b: u64, c: u64) -> u64 {
    let product = u128::from(a) * u128::from(b) + u128::from(c);
    let [low, high] = [product & u128::from(MODULUS), product >> 61];
    #[expect(clippy::cast_possible_truncation, reason = "both parts are below 2^62")]
    let sum = low as u64 + high as u64;
    if sum >= MODULUS { sum - MODULUS } else { sum }
}

/// One number for a row of words, the same for equal rows (Karp and Rabin).
fn hash(words: &[Word]) -> u64 {
    words.iter().fold(0, |hash, word| times_plus(hash, BASE, u64::from(word.kind) + 1))
}

/// The share of the hashes that are equal to an earlier one; `None` if there is none.
///
/// Two of a million distinct rows of words share a hash once in four million texts.
fn repeated(hashes: impl ExactSizeIterator<Item = u64>) -> Option<f64> {
    let n = hashes.len();
    // Open addressing with room for twice as many; 0 is an empty place, and no hash of words is 0 but by chance.
    let n_places = (2 * n + 1).next_power_of_two();
    let mut places = vec![0; n_places];
    let mut n_new = 0_usize;
    for hash in hashes {
        // A remainder by a power of two, which the compiler does not know it is.
        let mut place = usize::try_from(hash & (n_places as u64 - 1)).unwrap_or(0);
        while places[place] != 0 && places[place] != hash {
            place = (place + 1) & (n_places - 1);
        }
        n_new += usize::from(places[place] == 0);
        places[place] = hash;
    }
    defined(1.0 - n_new as f64 / n as f64)
}

/// The share of the runs of `length` words that are equal to an earlier one; `None` if there is no run.
///
/// The hash rolls: each run's is the last one's, with one word gone and one more.
fn repeated_runs(counts: &TextCounts, length: usize) -> Option<f64> {
    let words = &counts.scan.words;
    let first_run = words.get(..length)?;
    let highest = (1..length).fold(1, |power, _| times_plus(power, BASE, 0));
    let n_runs = words.len() + 1 - length;
    let mut rolling = hash(first_run);
    repeated((0..n_runs).map(|start| {
        if start > 0 {
            let gone = times_plus(highest, u64::from(words[start - 1].kind) + 1, 0);
            let kept = rolling + MODULUS - gone;
            let kept = if kept >= MODULUS { kept - MODULUS } else { kept };
            rolling = times_plus(kept, BASE, u64::from(words[start + length - 1].kind) + 1);
        }
        rolling
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn pasted_sentences_paragraphs_and_runs_are_found() {
        let paragraph = "The talks in Seoul failed again on Monday. Nobody was surprised by it.";
        let counts = TextCounts::of(&[paragraph, "Read more here.", paragraph], Language::ENGLISH);
        let of = |name: &str| METRICS.iter().find(|m| m.name == name).unwrap().of(&counts).unwrap();
        assert!((of("duplicate_sentences_share") - 2.0 / 5.0).abs() < 1e-12);
        assert!((of("duplicate_paragraphs_share") - 1.0 / 3.0).abs() < 1e-12);
        // 29 words make 25 runs of five; the 13 words of the last paragraph make 9 known ones.
        assert!((of("duplicate_5_grams_share") - 9.0 / 25.0).abs() < 1e-12);
        assert!((of("lede_length") - 13.0).abs() < 1e-12);
    }
}
