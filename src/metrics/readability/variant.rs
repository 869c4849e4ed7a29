//! Formulas from the length of words and sentences alone, without syllables.

use super::super::Metric;
use super::super::formula::formula;
use super::{english, row};

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "ari_simple",
        unit: "points",
        reference: "R. J. Senter, E. A. Smith (1967), Automated readability index, AMRL-TR-66-220",
        interpretation: "the readability index before it is scaled to grades: higher is harder",
        ..english(formula!(|characters, words, sentences| words / sentences + 9.0 * characters / words))
    },
    Metric {
        name: "ari_nri",
        reference: "J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom (1975), Derivation of new readability formulas for Navy enlisted personnel, Naval Technical Training Command, Research Branch Report 8-75",
        interpretation: "the readability index fitted anew to Navy readers, in grades",
        ..english(formula!(
            |characters, words, sentences| 0.4 * words / sentences + 6.0 * characters / words - 27.4
        ))
    },
    Metric {
        name: "coleman_liau_cloze",
        unit: "percent",
        reference: "M. Coleman, T. L. Liau (1975), A computer readability formula designed for machine scoring, Journal of Applied Psychology 60(2), pp. 283-284",
        interpretation: "per cent of words that undergraduates guess right where every fifth is blank; higher is easier",
        ..english(formula!(|characters, words, sentences| 141.8401
            - 0.214_590 * (100.0 * characters / words)
            + 1.079_812 * (100.0 * sentences / words)))
    },
    Metric {
        name: "coleman_liau_grade",
        reference: "M. Coleman, T. L. Liau (1975), A computer readability formula designed for machine scoring, Journal of Applied Psychology 60(2), pp. 283-284",
        interpretation: "the grade from the cloze per cent, before rounding its coefficients as coleman_liau does",
        ..english(formula!(|characters, words, sentences| -27.4004
            * (141.8401 - 0.214_590 * (100.0 * characters / words)
                + 1.079_812 * (100.0 * sentences / words))
            / 100.0
            + 23.06395))
    },
    Metric {
        name: "danielson_bryan",
        reference: "W. A. Danielson, S. D. Bryan (1963), Computer automation of two readability formulas, Journalism Quarterly 40(2), pp. 201-206",
        interpretation: "grade by characters; blanks are taken as the gaps between words",
        ..english(formula!(|characters, words, sentences| 1.0364 * characters / (words - 1.0)
            + 0.0194 * characters / sentences
            - 0.6059))
    },
    Metric {
        name: "danielson_bryan_2",
        unit: "points",
        reference: "W. A. Danielson, S. D. Bryan (1963), Computer automation of two readability formulas, Journalism Quarterly 40(2), pp. 201-206; quanteda adds 0.0194 times the last term where the authors take off 0.194 times it",
        interpretation: "0 to 100, higher is easier, scaled like Flesch's score",
        ..english(formula!(|characters, words, sentences| 131.059
            - 10.364 * characters / (words - 1.0)
            - 0.194 * characters / sentences))
    },
    Metric {
        name: "fucks",
        unit: "characters",
        reference: "W. Fucks (1955), Der Unterschied des Prosastils von Dichtern und anderen Schriftstellern, Sprachforum 1, pp. 233-244",
        interpretation: "mean length of words times mean length of sentences; any language",
        ..row(formula!(|characters, words, sentences| (characters / words) * (words / sentences)))
    },
    Metric {
        name: "fucks_grade",
        reference: "W. Fucks (1955), Der Unterschied des Prosastils, Sprachforum 1, pp. 233-244; the root as in M. Michalke's koRpus",
        interpretation: "the root of the style characteristic, about a school year",
        ..row(formula!(|characters, sentences| sqrt(characters / sentences)))
    },
    Metric {
        name: "harris_jacobson_3",
        reference: "A. J. Harris, M. D. Jacobson (1974), Revised Harris-Jacobson readability formulas, 18th meeting of the College Reading Association, Bethesda: the one of five that needs no word list; koRpus counts words of more than six letters",
        interpretation: "grade, for texts of the first eight school years; the other four need the authors' word list, which is not public",
        ..english(formula!(|words, sentences, words_over_five| 0.158 * words / sentences
            + 0.055 * (100.0 * words_over_five / words)
            + 0.355))
    },
    Metric {
        name: "mcalpine_eflaw",
        unit: "words",
        reference: "R. McAlpine (2006), From plain English to global English, manuscript",
        interpretation: "for readers whose first language is not English: up to 20 very easy, 21 to 25 easy, 30 and above very confusing",
        ..english(formula!(|words, mini_words, sentences| (words + mini_words) / sentences))
    },
    Metric {
        name: "scrabble",
        unit: "points",
        reference: "K. Benoit et al. (2018), quanteda, Journal of Open Source Software 3(30), 774",
        interpretation: "mean Scrabble value of a letter: rare letters, rare words; no accepted measure",
        ..english(formula!(|scrabble_points, letters| scrabble_points / letters))
    },
];
