//! Formulas from lists of familiar words.

use super::super::Metric;
use super::super::formula::formula;
use super::english;

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "dale_chall",
        unit: "percent",
        reference: "J. S. Chall, E. Dale (1995), Readability revisited: the new Dale-Chall readability formula, Brookline, p. 66",
        interpretation: "the new formula's cloze score: 58 and above is grade 1, 28 to 34 grade 9 to 10, under 16 college graduate; higher is easier",
        ..english(formula!(|words, sentences, unfamiliar_words| 64.0
            - 0.95 * (100.0 * unfamiliar_words / words)
            - 0.69 * words / sentences))
    },
    Metric {
        name: "dale_chall_old",
        reference: "E. Dale, J. S. Chall (1948), A formula for predicting readability, Educational Research Bulletin 27(1), pp. 11-20 and 37-54",
        interpretation: "4.9 and below is grade 4, 7 to 7.9 grade 9 to 10, 10 and above college graduate",
        ..english(formula!(|words, sentences, unfamiliar_words| 0.1579 * (100.0 * unfamiliar_words / words)
            + 0.0496 * words / sentences
            + if_over(unfamiliar_words / words, 0.05, 3.6365, 0.0)))
    },
    Metric {
        name: "dale_chall_psk",
        reference: "R. D. Powers, W. A. Sumner, B. E. Kearl (1958), A recalculation of four adult readability formulas, Journal of Educational Psychology 49(2), pp. 99-105",
        interpretation: "the old formula fitted anew",
        ..english(formula!(|words, sentences, unfamiliar_words| 3.2672
            + 0.1155 * (100.0 * unfamiliar_words / words)
            + 0.0596 * words / sentences))
    },
    Metric {
        name: "bormuth_mean_cloze",
        unit: "cloze",
        reference: "J. R. Bormuth (1969), Development of readability analyses, University of Chicago, ED029166",
        interpretation: "share of blanked words that readers guess right; higher is easier",
        ..english(formula!(|characters, words, sentences, unfamiliar_words| 0.886_593
            - 0.08364 * characters / words
            + 0.161_911 * cube(1.0 - unfamiliar_words / words)
            - 0.021_401 * words / sentences
            + 0.000_577 * square(words / sentences)
            - 0.000_005 * cube(words / sentences)))
    },
    Metric {
        name: "bormuth_grade",
        reference: "J. R. Bormuth (1969), Development of readability analyses, University of Chicago, ED029166",
        interpretation: "grade at which 35 per cent of blanked words are guessed right",
        ..english(formula!(|mean_cloze| 4.275 + 12.881 * mean_cloze - 34.934 * square(mean_cloze)
            + 20.388 * cube(mean_cloze)
            + 26.194 * 0.35
            - 2.046 * square(0.35)
            - 11.767 * cube(0.35)
            - 44.285 * mean_cloze * 0.35
            + 97.620 * square(mean_cloze * 0.35)
            - 59.538 * cube(mean_cloze * 0.35)))
    },
    Metric {
        name: "degrees_of_reading_power",
        unit: "points",
        reference: "B. L. Koslin, S. Zeno, S. Koslin (1987), The DRP: an effectiveness measure in reading, College Board",
        interpretation: "0 to 100: 30 for beginners, about 70 for newspapers; higher is harder",
        ..english(formula!(|mean_cloze| 100.0 * (1.0 - mean_cloze)))
    },
    Metric {
        name: "spache",
        comparable: false,
        reference: "G. Spache (1974), Good reading for poor readers, 9th ed., Garrard",
        interpretation: "grade, for texts of the first three school years; an unfamiliar word counts once, however often it occurs",
        ..english(formula!(|words, sentences, spache_unfamiliar_words| 0.121 * words / sentences
            + 0.082 * (100.0 * spache_unfamiliar_words / words)
            + 0.659))
    },
    Metric {
        name: "spache_old",
        comparable: false,
        reference: "G. Spache (1953), A new readability formula for primary-grade reading materials, The Elementary School Journal 53(7), pp. 410-413",
        interpretation: "the first fit of the same formula",
        ..english(formula!(|words, sentences, spache_unfamiliar_words| 0.141 * words / sentences
            + 0.086 * (100.0 * spache_unfamiliar_words / words)
            + 0.839))
    },
];

/// Bormuth's mean cloze, which two other measures are made of.
pub(in super::super) fn mean_cloze(counts: &super::super::TextCounts) -> Option<f64> {
    METRICS.iter().find(|m| m.name == "bormuth_mean_cloze").and_then(|m| (m.measure)(counts))
}
