//! textstat (Python).

use super::{Column, Preset, ours, sentences, syllables, theirs};
use crate::metrics::TextCounts;
use crate::metrics::formula::{Formula, formula};
use crate::metrics::scan::Cut;
use crate::text::Tokenizer;

pub(super) static PRESET: Preset = Preset {
    name: "textstat",
    package: "textstat 0.7.13",
    difference: "names have their syllables, where textstat often gives one; sentences end with the paragraph; osman by its authors' thresholds, five letters and four syllables, where textstat has five of both; linsear_write_formula over all words, not the first hundred",
    cut: Cut {
        tokenizer: Tokenizer { join_hyphens: true },
        sentences: sentences::textstat,
        syllables: syllables::of_letters,
    },
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    ours("flesch_reading_ease", "flesch_reading_ease"),
    ours("flesch_kincaid_grade", "flesch_kincaid_grade"),
    ours("smog_index", "smog"),
    // 0.058 for the authors' 0.0588.
    theirs(
        "coleman_liau_index",
        formula!(|characters, words, sentences| 0.058 * (100.0 * characters / words)
            - 0.296 * (100.0 * sentences / words)
            - 15.8),
    ),
    theirs(
        "automated_readability_index",
        formula!(|printed, words, sentences| 4.71 * (printed / words) + 0.5 * (words / sentences) - 21.43),
    ),
    ours("linsear_write_formula", "linsear_write"),
    theirs(
        "dale_chall_readability_score",
        formula!(|words, sentences, unlisted_words| 0.1579 * (100.0 * unlisted_words / words)
            + 0.0496 * words / sentences
            + if_over(unlisted_words / words, 0.05, 3.6365, 0.0)),
    ),
    // The threshold is on the score, so the constant is always added.
    theirs(
        "dale_chall_readability_score_v2",
        formula!(|words, sentences, unlisted_disyllables| 0.1579 * (100.0 * unlisted_disyllables / words)
            + 0.0496 * words / sentences
            + 3.6365),
    ),
    // Spache's first formula on Dale and Chall's list.
    theirs(
        "spache_readability",
        formula!(|words, sentences, unlisted_disyllables| 0.141 * words / sentences
            + 0.086 * (100.0 * unlisted_disyllables / words)
            + 0.839),
    ),
    theirs(
        "gunning_fog",
        formula!(|words, sentences, unlisted_polysyllables| 0.4
            * (words / sentences + 100.0 * unlisted_polysyllables / words)),
    ),
    ours("lix", "lix"),
    ours("rix", "rix"),
    ours("mcalpine_eflaw", "mcalpine_eflaw"),
    ours("fernandez_huerta", "fernandez_huerta"),
    ours("szigriszt_pazos", "szigriszt_pazos"),
    theirs(
        "gutierrez_polini",
        formula!(|characters, words, sentences| 95.2 - 9.7 * characters / words - 0.35 * words / sentences),
    ),
    ours("crawford", "crawford"),
    theirs(
        "gulpease_index",
        formula!(|printed, words, sentences| 300.0 * sentences / words - 10.0 * printed / words + 89.0),
    ),
    ours("wiener_sachtextformel(1)", "wiener_sachtextformel_1"),
    ours("wiener_sachtextformel(2)", "wiener_sachtextformel_2"),
    ours("wiener_sachtextformel(3)", "wiener_sachtextformel_3"),
    ours("wiener_sachtextformel(4)", "wiener_sachtextformel_4"),
    ours("osman", "osman"),
    theirs(
        "text_standard",
        Formula::described(
            "the most frequent grade, the first met of those as frequent, among the grades below, at and above flesch_kincaid_grade, the grade of flesch_reading_ease, and the same three of smog_index, coleman_liau_index, automated_readability_index, dale_chall_readability_score, linsear_write_formula and gunning_fog",
            text_standard,
        ),
    ),
    // 14.69 milliseconds a character.
    theirs("reading_time", formula!(|printed| 0.01469 * printed)),
    theirs("lexicon_count", formula!(|words| words)),
    theirs("sentence_count", formula!(|sentences| sentences)),
    theirs("syllable_count", formula!(|syllables| syllables)),
    theirs("char_count", formula!(|printed| printed)),
    theirs("letter_count", formula!(|letters| letters)),
    theirs("polysyllabcount", formula!(|polysyllables| polysyllables)),
    theirs("monosyllabcount", formula!(|monosyllables| monosyllables)),
    theirs("long_word_count", formula!(|words_over_six| words_over_six)),
    theirs("miniword_count", formula!(|mini_words| mini_words)),
    theirs("words_per_sentence", formula!(|words, sentences| words / sentences)),
    theirs("avg_syllables_per_word", formula!(|syllables, words| syllables / words)),
    theirs("avg_character_per_word", formula!(|printed, words| printed / words)),
    theirs("avg_letter_per_word", formula!(|letters, words| letters / words)),
];

/// The measures that `text_standard` counts the grades of, in its order.
const STANDARD: [&str; 8] = [
    "flesch_kincaid_grade",
    "flesch_reading_ease",
    "smog_index",
    "coleman_liau_index",
    "automated_readability_index",
    "dale_chall_readability_score",
    "linsear_write_formula",
    "gunning_fog",
];

fn text_standard(counts: &TextCounts) -> Option<f64> {
    let value = |name: &&str| COLUMNS.iter().find(|column| column.name == *name).and_then(|c| c.of(counts));
    let scores: Option<Vec<(&str, f64)>> = STANDARD.iter().map(|name| Some((*name, value(name)?))).collect();
    most_frequent_grade(&scores?)
}

fn most_frequent_grade(scores: &[(&str, f64)]) -> Option<f64> {
    let grades: Vec<f64> = scores.iter().flat_map(|&(name, score)| grades_of(name, score)).collect();
    let frequency = |grade: &f64| grades.iter().filter(|other| other.total_cmp(grade).is_eq()).count();
    // The first of those as frequent: `max_by_key` takes the last.
    grades.iter().rev().copied().max_by_key(frequency)
}

/// The grades that a score votes for.
fn grades_of(name: &str, score: f64) -> Vec<f64> {
    if name != "flesch_reading_ease" {
        // Without the sign of -0.
        return [score.floor(), score.ceil(), score.round_ties_even()].map(|grade| grade + 0.0).to_vec();
    }
    match score {
        90.0..100.0 => vec![5.0],
        80.0..90.0 => vec![6.0],
        70.0..80.0 => vec![7.0],
        60.0..70.0 => vec![8.0, 9.0],
        50.0..60.0 => vec![10.0],
        40.0..50.0 => vec![11.0],
        30.0..40.0 => vec![12.0],
        _ => vec![13.0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_is_that_of_textstats_own_tests() {
        // textstat 0.7.13, tests/backend/metrics: its four texts' scores, in the order of STANDARD, and text_standard.
        let published = [
            ([4.488, 78.918, 7.348, 5.4, 3.575, 7.592, 4.045, 4.004], 4.0),
            ([2.88, 83.32, 8.842, 6.12, 4.62, 13.358, 2.5, 10.0], 2.0),
            ([4.574, 81.148, 8.239, 6.249, 5.82, 6.248, 5.1, 7.259], 6.0),
            ([10.359, 59.771, 11.67, 9.134, 11.408, 8.5, 15.25, 11.441], 11.0),
        ];
        for (scores, expected) in published {
            let scores: Vec<(&str, f64)> = STANDARD.into_iter().zip(scores).collect();
            assert_eq!(most_frequent_grade(&scores), Some(expected), "{scores:?}");
        }
    }
}
