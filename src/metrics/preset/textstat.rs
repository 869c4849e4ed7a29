//! textstat (Python).

use super::{Column, Preset, ours, theirs};
use crate::metrics::formula::formula;

pub(super) static PRESET: Preset = Preset {
    name: "textstat",
    package: "textstat 0.7.13",
    difference: "sentences by this program's rules; names and numbers have their syllables, where textstat often gives one; linsear_write_formula over all words, not the first hundred",
    join_hyphens: true,
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
];
