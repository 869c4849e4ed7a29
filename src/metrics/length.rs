//! Counts and lengths.

use super::counts::TextCounts;
use super::formula::{Formula, formula};
use super::lexicon::WordFacts;
use super::{Family, Metric};
use crate::math;

const fn row(formula: Formula) -> Metric {
    Metric { reference: "a count", ..Metric::row(Family::Counts, formula) }
}

const SYLLABLES: &str =
    "the first pronunciation of CMUdict for English, groups of vowel letters in other languages";

fn sentence_lengths(counts: &TextCounts) -> Vec<f64> {
    counts.sentence_lengths().collect()
}

fn paragraph_lengths(counts: &TextCounts) -> Vec<f64> {
    counts.paragraph_words().map(|words| words.len() as f64).collect()
}

/// How many words have each value, by value: facts are small whole numbers, so nothing is sorted.
fn histogram(counts: &TextCounts, value: fn(&WordFacts) -> u16) -> Vec<usize> {
    let mut histogram = Vec::new();
    for (facts, &n) in counts.facts.iter().zip(&counts.occurrences) {
        let value = usize::from(value(facts));
        if histogram.len() <= value {
            histogram.resize(value + 1, 0);
        }
        histogram[value] += n as usize;
    }
    histogram
}

/// The median of a fact over the words; the mean of the two in the middle if their number is even.
fn median_of_words(counts: &TextCounts, value: fn(&WordFacts) -> u16) -> Option<f64> {
    let histogram = histogram(counts, value);
    let at = |rank: usize| {
        let mut below = 0;
        histogram.iter().position(|n| {
            below += n;
            below > rank
        })
    };
    let last = counts.n_words.checked_sub(1)?;
    Some(f64::midpoint(at(last / 2)? as f64, at(last.div_ceil(2))? as f64))
}

/// The sample standard deviation of a fact over the words.
fn deviation_of_words(counts: &TextCounts, value: fn(&WordFacts) -> u16) -> Option<f64> {
    let n = counts.n_words as f64;
    let histogram = histogram(counts, value);
    let of =
        |power| histogram.iter().enumerate().map(|(v, &n)| (v as f64).powi(power) * n as f64).sum::<f64>();
    let mean = of(1) / n;
    (n > 1.0).then(|| (of(2) - n * mean * mean).max(0.0) / (n - 1.0)).map(f64::sqrt)
}

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "n_characters",
        unit: "characters",
        interpretation: "characters that print, marks and symbols among them; an editor's \"without spaces\"",
        comparable: false,
        ..row(formula!(|printed| printed))
    },
    Metric {
        name: "n_letters",
        unit: "letters",
        interpretation: "letters of the words",
        comparable: false,
        ..row(formula!(|letters| letters))
    },
    Metric {
        name: "n_syllables",
        unit: "syllables",
        interpretation: "syllables of the words, numbers read aloud",
        reference: SYLLABLES,
        comparable: false,
        ..row(formula!(|syllables| syllables))
    },
    Metric {
        name: "n_types",
        unit: "words",
        interpretation: "the size of the vocabulary used",
        comparable: false,
        ..row(formula!(|types| types))
    },
    Metric {
        name: "n_hapaxes",
        unit: "words",
        interpretation: "words used once only",
        comparable: false,
        ..row(formula!(|hapaxes| hapaxes))
    },
    Metric {
        name: "n_polysyllables",
        unit: "words",
        interpretation: "words of three syllables or more",
        reference: SYLLABLES,
        comparable: false,
        ..row(formula!(|polysyllables| polysyllables))
    },
    Metric {
        name: "n_monosyllables",
        unit: "words",
        interpretation: "words of one syllable",
        reference: SYLLABLES,
        comparable: false,
        ..row(formula!(|monosyllables| monosyllables))
    },
    Metric {
        name: "n_long_words",
        unit: "words",
        interpretation: "words of more than six letters and digits, as LIX counts them",
        reference: "C.-H. Björnsson (1968), Läsbarhet, Liber",
        comparable: false,
        ..row(formula!(|words_over_six| words_over_six))
    },
    Metric {
        name: "n_mini_words",
        unit: "words",
        interpretation: "words of at most three letters and digits, as McAlpine's score counts them",
        reference: "R. McAlpine (2006), From plain English to global English, manuscript",
        comparable: false,
        ..row(formula!(|mini_words| mini_words))
    },
    Metric {
        name: "n_digits",
        unit: "digits",
        interpretation: "digits of the words",
        comparable: false,
        ..row(formula!(|digits| digits))
    },
    Metric {
        name: "n_difficult_words",
        unit: "words",
        interpretation: "words that are no form of a word on Dale and Chall's list of familiar words, names and numbers left out",
        reference: "J. S. Chall, E. Dale (1995), Readability revisited, Brookline: the list and the rules for it",
        languages: &["en"],
        comparable: false,
        ..row(formula!(|unfamiliar_words| unfamiliar_words))
    },
    Metric {
        name: "n_quotations",
        unit: "quotations",
        interpretation: "quotations, scare quotes among them; one that is not closed runs to the paragraph's end",
        comparable: false,
        ..row(formula!(|quotations| quotations))
    },
    Metric {
        name: "words_per_sentence",
        unit: "words",
        reference: "a mean",
        interpretation: "the mean length of sentences; news runs at 20 to 25",
        ..row(formula!(|words, sentences| words / sentences))
    },
    Metric {
        name: "words_per_sentence_median",
        unit: "words",
        reference: "a median",
        interpretation: "half of the sentences are longer; one endless sentence does not move it",
        ..row(Formula::described("median of the words of each sentence", |c| {
            math::quantile(&sentence_lengths(c), 0.5)
        }))
    },
    Metric {
        name: "words_per_sentence_deviation",
        unit: "words",
        reference: "a sample standard deviation, n - 1 below",
        interpretation: "how much sentences vary in length",
        ..row(Formula::described("sample standard deviation of the words of each sentence", |c| {
            math::standard_deviation(&sentence_lengths(c))
        }))
    },
    Metric {
        name: "words_per_sentence_longest",
        unit: "words",
        reference: "a maximum",
        interpretation: "the longest sentence; above 40 readers lose the thread",
        comparable: false,
        ..row(Formula::described("greatest of the words of each sentence", |c| {
            c.sentence_lengths().reduce(f64::max)
        }))
    },
    Metric {
        name: "sentences_per_paragraph",
        unit: "sentences",
        reference: "a mean",
        interpretation: "the mean length of paragraphs; news runs at 1 to 3",
        ..row(formula!(|sentences, paragraphs| sentences / paragraphs))
    },
    Metric {
        name: "words_per_paragraph",
        unit: "words",
        reference: "a mean",
        interpretation: "the mean length of paragraphs",
        ..row(formula!(|words, paragraphs| words / paragraphs))
    },
    Metric {
        name: "characters_per_word",
        unit: "characters",
        reference: "a mean",
        interpretation: "the mean length of words; English news runs at 4.7 to 5.2",
        ..row(formula!(|characters, words| characters / words))
    },
    Metric {
        name: "characters_per_word_median",
        unit: "characters",
        reference: "a median",
        interpretation: "half of the words are longer",
        ..row(Formula::described("median of the letters and digits of each word", |c| {
            median_of_words(c, |facts| facts.characters)
        }))
    },
    Metric {
        name: "characters_per_word_deviation",
        unit: "characters",
        reference: "a sample standard deviation, n - 1 below",
        interpretation: "how much words vary in length",
        ..row(Formula::described("sample standard deviation of the letters and digits of each word", |c| {
            deviation_of_words(c, |facts| facts.characters)
        }))
    },
    Metric {
        name: "syllables_per_word_median",
        unit: "syllables",
        interpretation: "half of the words are longer as spoken; 1 in most English prose",
        reference: SYLLABLES,
        ..row(Formula::described("median of the syllables of each word", |c| {
            c.n_syllables.and_then(|_| median_of_words(c, |facts| facts.syllables))
        }))
    },
    Metric {
        name: "syllables_per_word_deviation",
        unit: "syllables",
        interpretation: "how much words vary in length as spoken",
        reference: SYLLABLES,
        ..row(Formula::described("sample standard deviation of the syllables of each word", |c| {
            c.n_syllables.and_then(|_| deviation_of_words(c, |facts| facts.syllables))
        }))
    },
    Metric {
        name: "words_per_paragraph_median",
        unit: "words",
        reference: "a median",
        interpretation: "half of the paragraphs are longer",
        ..row(Formula::described("median of the words of each paragraph", |c| {
            math::quantile(&paragraph_lengths(c), 0.5)
        }))
    },
    Metric {
        name: "words_per_paragraph_deviation",
        unit: "words",
        reference: "a sample standard deviation, n - 1 below",
        interpretation: "how much paragraphs vary in length",
        ..row(Formula::described("sample standard deviation of the words of each paragraph", |c| {
            math::standard_deviation(&paragraph_lengths(c))
        }))
    },
    Metric {
        name: "syllables_per_word",
        unit: "syllables",
        interpretation: "the mean length of words as spoken; English news runs at 1.6 to 1.8",
        reference: SYLLABLES,
        ..row(formula!(|syllables, words| syllables / words))
    },
    Metric {
        name: "column_inches",
        unit: "inches",
        interpretation: "length in a newspaper column of 11 picas at 8.5 points",
        reference: "a newsroom's rule of thumb: 35 words fill an inch",
        comparable: false,
        ..row(Formula::described("words / 35", |c| (c.n_words > 0).then(|| c.n_words as f64 / 35.0)))
    },
    Metric {
        name: "reading_time",
        unit: "minutes",
        interpretation: "silent reading of non-fiction at 238 words a minute, the mean of 190 studies",
        reference: "M. Brysbaert (2019), How many words do we read per minute?, Journal of Memory and Language 109, 104047",
        comparable: false,
        ..row(Formula::described("words / 238", |c| (c.n_words > 0).then(|| c.n_words as f64 / 238.0)))
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn medians_and_deviations_of_words_are_those_of_the_list() {
        let counts = TextCounts::of(&["I am the best word"], Language::ENGLISH);
        let lengths = [1.0, 2.0, 3.0, 4.0, 4.0];
        assert_eq!(median_of_words(&counts, |f| f.characters), math::quantile(&lengths, 0.5));
        let deviation = deviation_of_words(&counts, |f| f.characters).unwrap();
        assert!((deviation - math::standard_deviation(&lengths).unwrap()).abs() < 1e-12);
        let even = TextCounts::of(&["I am the best"], Language::ENGLISH);
        assert_eq!(median_of_words(&even, |f| f.characters), Some(2.5));
        assert_eq!(deviation_of_words(&TextCounts::of(&["word"], Language::ENGLISH), |f| f.characters), None);
    }
}
