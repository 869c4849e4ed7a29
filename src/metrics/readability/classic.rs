//! The measures that every package has.

use super::super::Metric;
use super::super::formula::formula;
use super::{english, row};

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "flesch_reading_ease",
        unit: "points",
        reference: "R. Flesch (1948), A new readability yardstick, Journal of Applied Psychology 32(3), pp. 221-233",
        interpretation: "0 to 100, higher is easier; 60 to 70 is plain English, under 30 is for graduates",
        ..english(formula!(|words, sentences, syllables| 206.835
            - 1.015 * (words / sentences)
            - 84.6 * (syllables / words)))
    },
    Metric {
        name: "flesch_kincaid_grade",
        reference: "J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom (1975), Derivation of new readability formulas for Navy enlisted personnel, Naval Technical Training Command, Research Branch Report 8-75",
        interpretation: "years of American schooling needed; news runs at 9 to 13",
        ..english(formula!(|words, sentences, syllables| 0.39 * (words / sentences)
            + 11.8 * (syllables / words)
            - 15.59))
    },
    Metric {
        name: "gunning_fog",
        reference: "R. Gunning (1952), The technique of clear writing, McGraw-Hill",
        interpretation: "years of schooling needed; names, compounds and verbs made long by -es or -ed are not hard words",
        ..english(formula!(
            |words, sentences, complex_words| 0.4 * (words / sentences + 100.0 * complex_words / words)
        ))
    },
    Metric {
        name: "smog",
        reference: "G. H. McLaughlin (1969), SMOG grading: a new readability formula, Journal of Reading 12(8), pp. 639-646",
        interpretation: "years of schooling needed to understand all of it; made for 30 sentences",
        ..english(
            formula!(|polysyllables, sentences| 1.043 * sqrt(polysyllables * 30.0 / sentences) + 3.1291),
        )
    },
    Metric {
        name: "automated_readability_index",
        reference: "R. J. Senter, E. A. Smith (1967), Automated readability index, AMRL-TR-66-220",
        interpretation: "years of schooling needed, from the length of words and sentences alone",
        ..english(formula!(|characters, words, sentences| 4.71 * (characters / words)
            + 0.5 * (words / sentences)
            - 21.43))
    },
    Metric {
        name: "coleman_liau",
        reference: "M. Coleman, T. L. Liau (1975), A computer readability formula designed for machine scoring, Journal of Applied Psychology 60(2), pp. 283-284",
        interpretation: "years of schooling needed, from letters and sentences in 100 words",
        ..english(formula!(|characters, words, sentences| 0.0588 * (100.0 * characters / words)
            - 0.296 * (100.0 * sentences / words)
            - 15.8))
    },
    Metric {
        name: "lix",
        unit: "points",
        reference: "C.-H. Björnsson (1968), Läsbarhet, Liber",
        interpretation: "under 30 children's books, 40 news, over 60 officialese; made for Swedish, used in all of Europe",
        ..row(formula!(|words, sentences, words_over_six| words / sentences + 100.0 * words_over_six / words))
    },
    Metric {
        name: "rix",
        unit: "words",
        reference: "J. Anderson (1983), Lix and Rix: variations on a little-known readability index, Journal of Reading 26(6), pp. 490-496",
        interpretation: "long words a sentence; 3 to 4 is grade 8 to 9, over 7.2 is college",
        ..row(formula!(|words_over_six, sentences| words_over_six / sentences))
    },
];
