//! Counts and lengths.

use super::counts::TextCounts;
use super::formula::{Formula, formula};
use super::{Family, Metric};
use crate::math;

const fn row(formula: Formula) -> Metric {
    Metric { reference: "a count", ..Metric::row(Family::Counts, formula) }
}

fn sentence_lengths(counts: &TextCounts) -> Vec<f64> {
    counts.sentence_lengths().collect()
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
        languages: &["en"],
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
        languages: &["en"],
        comparable: false,
        ..row(formula!(|polysyllables| polysyllables))
    },
    Metric {
        name: "n_monosyllables",
        unit: "words",
        interpretation: "words of one syllable",
        languages: &["en"],
        comparable: false,
        ..row(formula!(|monosyllables| monosyllables))
    },
    Metric {
        name: "n_long_words",
        unit: "words",
        interpretation: "words of more than six letters and digits, as LIX counts them",
        comparable: false,
        ..row(formula!(|words_over_six| words_over_six))
    },
    Metric {
        name: "words_per_sentence",
        unit: "words",
        interpretation: "the mean length of sentences; news runs at 20 to 25",
        ..row(formula!(|words, sentences| words / sentences))
    },
    Metric {
        name: "words_per_sentence_median",
        unit: "words",
        interpretation: "half of the sentences are longer; one endless sentence does not move it",
        ..row(Formula::described("median of the words of each sentence", |c| {
            math::quantile(&sentence_lengths(c), 0.5)
        }))
    },
    Metric {
        name: "words_per_sentence_deviation",
        unit: "words",
        interpretation: "how much sentences vary in length",
        ..row(Formula::described("sample standard deviation of the words of each sentence", |c| {
            math::standard_deviation(&sentence_lengths(c))
        }))
    },
    Metric {
        name: "sentences_per_paragraph",
        unit: "sentences",
        interpretation: "the mean length of paragraphs; news runs at 1 to 3",
        ..row(formula!(|sentences, paragraphs| sentences / paragraphs))
    },
    Metric {
        name: "words_per_paragraph",
        unit: "words",
        interpretation: "the mean length of paragraphs",
        ..row(formula!(|words, paragraphs| words / paragraphs))
    },
    Metric {
        name: "characters_per_word",
        unit: "characters",
        interpretation: "the mean length of words; English news runs at 4.7 to 5.2",
        ..row(formula!(|characters, words| characters / words))
    },
    Metric {
        name: "syllables_per_word",
        unit: "syllables",
        interpretation: "the mean length of words as spoken; English news runs at 1.6 to 1.8",
        languages: &["en"],
        ..row(formula!(|syllables, words| syllables / words))
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
