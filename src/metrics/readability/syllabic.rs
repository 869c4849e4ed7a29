//! Formulas from syllables.

use super::super::Metric;
use super::super::formula::formula;
use super::{english, row};

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "flesch_psk",
        reference: "R. D. Powers, W. A. Sumner, B. E. Kearl (1958), A recalculation of four adult readability formulas, Journal of Educational Psychology 49(2), pp. 99-105",
        interpretation: "Flesch's two counts fitted anew to grades",
        ..english(formula!(|words, sentences, syllables| 0.0778 * words / sentences
            + 4.55 * syllables / words
            - 2.2029))
    },
    Metric {
        name: "farr_jenkins_paterson",
        unit: "points",
        reference: "J. N. Farr, J. J. Jenkins, D. G. Paterson (1951), Simplification of Flesch reading ease formula, Journal of Applied Psychology 35(5), pp. 333-337",
        interpretation: "Flesch's score with words of one syllable in place of syllables; higher is easier",
        ..english(formula!(|words, sentences, monosyllables| -31.517 - 1.015 * words / sentences
            + 1.599 * (100.0 * monosyllables / words)))
    },
    Metric {
        name: "farr_jenkins_paterson_psk",
        reference: "R. D. Powers, W. A. Sumner, B. E. Kearl (1958), A recalculation of four adult readability formulas, Journal of Educational Psychology 49(2), pp. 99-105",
        interpretation: "the simplified Flesch fitted anew to grades",
        ..english(formula!(|words, sentences, monosyllables| 8.4335 + 0.0923 * words / sentences
            - 0.0648 * (100.0 * monosyllables / words)))
    },
    Metric {
        name: "gunning_fog_all_words",
        reference: "R. Gunning (1952), The technique of clear writing, McGraw-Hill, without his exceptions, as quanteda and textstat compute it",
        interpretation: "the fog index with every long word counted as hard, names among them",
        ..english(formula!(
            |words, sentences, polysyllables| 0.4 * (words / sentences + 100.0 * polysyllables / words)
        ))
    },
    Metric {
        name: "gunning_fog_psk",
        reference: "R. D. Powers, W. A. Sumner, B. E. Kearl (1958), A recalculation of four adult readability formulas, Journal of Educational Psychology 49(2), pp. 99-105",
        interpretation: "the fog index fitted anew to grades",
        ..english(formula!(|words, sentences, complex_words| 3.0680
            + 0.0877 * words / sentences
            + 0.0984 * (100.0 * complex_words / words)))
    },
    Metric {
        name: "gunning_fog_nri",
        reference: "J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom (1975), Derivation of new readability formulas for Navy enlisted personnel, Naval Technical Training Command, Research Branch Report 8-75",
        interpretation: "the fog index fitted anew to Navy readers: an easy word counts one, a hard word three",
        ..english(formula!(|words, sentences, complex_words| ((words + 2.0 * complex_words) / sentences
            - 3.0)
            / 2.0))
    },
    Metric {
        name: "smog_c",
        reference: "G. H. McLaughlin (1969), SMOG grading: a new readability formula, Journal of Reading 12(8), pp. 639-646, equation C",
        interpretation: "the grade by the first, longer regression",
        ..english(formula!(
            |polysyllables, sentences| 0.9986 * sqrt(polysyllables * 30.0 / sentences + 5.0) + 2.8795
        ))
    },
    Metric {
        name: "smog_simple",
        reference: "G. H. McLaughlin (1969), SMOG grading: a new readability formula, Journal of Reading 12(8), pp. 639-646",
        interpretation: "the grade as readers compute it by hand",
        ..english(formula!(|polysyllables, sentences| sqrt(polysyllables * 30.0 / sentences) + 3.0))
    },
    Metric {
        name: "forcast",
        reference: "J. S. Caylor, T. G. Sticht, L. C. Fox, J. P. Ford (1973), Methodologies for determining reading requirements of military occupational specialties, HumRRO TR 73-5, ED074343; J. S. Caylor, T. G. Sticht (1973), ED076707, for the whole numbers",
        interpretation: "grade of technical text, from one-syllable words alone; sentences do not matter",
        ..english(formula!(|monosyllables, words| 20.0 - (150.0 * monosyllables / words) / 10.0))
    },
    Metric {
        name: "forcast_rgl",
        reference: "J. S. Caylor, T. G. Sticht, L. C. Fox, J. P. Ford (1973), Methodologies for determining reading requirements of military occupational specialties, HumRRO TR 73-5, ED074343",
        interpretation: "the same with the coefficients of the regression",
        ..english(formula!(|monosyllables, words| 20.43 - 0.11 * (150.0 * monosyllables / words)))
    },
    Metric {
        name: "elf",
        unit: "words",
        reference: "I. E. Fang (1966), The easy listening formula, Journal of Broadcasting 11(1), pp. 63-68",
        interpretation: "words of two syllables or more a sentence; broadcast news stays below 12",
        ..english(formula!(|words, monosyllables, sentences| (words - monosyllables) / sentences))
    },
    Metric {
        name: "coleman_1",
        unit: "percent",
        reference: "E. B. Coleman (1971), Developing a technology of written instruction, in E. Z. Rothkopf, P. E. Johnson (eds), Verbal learning research, Teachers College Press, pp. 155-204",
        interpretation: "per cent of blanked words guessed right, from one-syllable words; higher is easier",
        ..english(formula!(|monosyllables, words| 1.29 * (100.0 * monosyllables / words) - 38.45))
    },
    Metric {
        name: "coleman_2",
        unit: "percent",
        reference: "E. B. Coleman (1971), Developing a technology of written instruction, in E. Z. Rothkopf, P. E. Johnson (eds), Verbal learning research, Teachers College Press, pp. 155-204",
        interpretation: "the same, with sentences",
        ..english(formula!(|monosyllables, words, sentences| 1.16 * (100.0 * monosyllables / words)
            + 1.48 * (100.0 * sentences / words)
            - 37.95))
    },
    Metric {
        name: "coleman_3",
        unit: "percent",
        reference: "E. B. Coleman (1971), Developing a technology of written instruction, in E. Z. Rothkopf, P. E. Johnson (eds), Verbal learning research, Teachers College Press, pp. 155-204",
        interpretation: "the same, with pronouns, counted by a word list",
        ..english(formula!(|monosyllables, words, sentences, pronouns| 1.07
            * (100.0 * monosyllables / words)
            + 1.18 * (100.0 * sentences / words)
            + 0.76 * (100.0 * pronouns / words)
            - 34.02))
    },
    Metric {
        name: "coleman_4",
        unit: "percent",
        reference: "E. B. Coleman (1971), Developing a technology of written instruction, in E. Z. Rothkopf, P. E. Johnson (eds), Verbal learning research, Teachers College Press, pp. 155-204",
        interpretation: "the same, with pronouns and prepositions, counted by word lists",
        ..english(formula!(|monosyllables, words, sentences, pronouns, prepositions| 1.04
            * (100.0 * monosyllables / words)
            + 1.06 * (100.0 * sentences / words)
            + 0.56 * (100.0 * pronouns / words)
            - 0.36 * (100.0 * prepositions / words)
            - 26.01))
    },
    Metric {
        name: "linsear_write",
        reference: "J. O'Hayre (1966), Gobbledygook has gotta go, Bureau of Land Management; G. R. Klare (1975), Assessing readability, Reading Research Quarterly 10(1), pp. 62-102",
        interpretation: "grade: an easy word counts one, a word of three syllables three, over all words and not a sample of 100",
        ..english(formula!(|words, polysyllables, sentences| if_over(
            (words + 2.0 * polysyllables) / sentences,
            20.0,
            (words + 2.0 * polysyllables) / sentences / 2.0,
            ((words + 2.0 * polysyllables) / sentences - 2.0) / 2.0
        )))
    },
    Metric {
        name: "strain",
        unit: "points",
        reference: "N. W. Solomon (2006), Qualitative analysis of media language; strainindex.wordpress.com, 25 September 2007",
        interpretation: "syllables of three sentences, divided by ten; under 8.5 is plain",
        ..english(formula!(|syllables, sentences| syllables / (sentences / 3.0) / 10.0))
    },
    Metric {
        name: "wheeler_smith",
        unit: "points",
        reference: "L. R. Wheeler, E. H. Smith (1954), A practical readability formula for the classroom teacher in the primary grades, Elementary English 31, pp. 397-399",
        interpretation: "words a sentence times ten times the share of words of two syllables or more; above 34.5 is beyond grade 4",
        ..english(formula!(
            |words, monosyllables, sentences| words / sentences * (10.0 * (words - monosyllables) / words)
        ))
    },
    Metric {
        name: "tuldava",
        unit: "points",
        reference: "J. Tuldava (1993), The statistical structure of a text and its readability, in L. Hřebíček, G. Altmann (eds), Quantitative text analysis, WVT",
        interpretation: "syllables a word times the logarithm of words a sentence; made for any language",
        ..row(formula!(|syllables, words, sentences| syllables / words * ln(words / sentences)))
    },
];
