//! `TextDescriptives` (Python, on spaCy): its `readability` component and the first of its descriptive statistics.

use super::{Column, Preset, ours, theirs};
use crate::metrics::formula::{Formula, defined, formula};
use crate::metrics::scan::{Cut, of_news};
use crate::metrics::{TextCounts, named};
use crate::text::Tokenizer;

pub(super) static PRESET: Preset = Preset {
    name: "textdescriptives",
    package: "TextDescriptives 2.8.4",
    difference: "sentences and words by this program's rules; syllables by CMUdict, not by hyphenation; smog is given under 30 sentences too, where TextDescriptives gives none",
    cut: Cut { tokenizer: Tokenizer { join_hyphens: false }, sentences: of_news, syllables: |_| None },
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    theirs("token_length_mean", formula!(|token_characters, words| token_characters / words)),
    ours("sentence_length_mean", "words_per_sentence"),
    ours("sentence_length_median", "words_per_sentence_median"),
    // Divides by the number of sentences, not by one less.
    theirs(
        "sentence_length_std",
        Formula::described("standard deviation of the words of each sentence", |c| {
            whole_deviation(c, "words_per_sentence_deviation", c.n_sentences)
        }),
    ),
    ours("syllables_per_token_mean", "syllables_per_word"),
    ours("syllables_per_token_median", "syllables_per_word_median"),
    theirs(
        "syllables_per_token_std",
        Formula::described("standard deviation of the syllables of each word", |c| {
            whole_deviation(c, "syllables_per_word_deviation", c.n_words)
        }),
    ),
    theirs("n_tokens", formula!(|words| words)),
    theirs("n_sentences", formula!(|sentences| sentences)),
    ours("flesch_reading_ease", "flesch_reading_ease"),
    ours("flesch_kincaid_grade", "flesch_kincaid_grade"),
    ours("smog", "smog"),
    ours("gunning_fog", "gunning_fog_all_words"),
    theirs(
        "automated_readability_index",
        formula!(|token_characters, words, sentences| 4.71 * (token_characters / words)
            + 0.5 * (words / sentences)
            - 21.43),
    ),
    theirs(
        "coleman_liau_index",
        formula!(|token_characters, words, sentences| 0.0588 * (100.0 * token_characters / words)
            - 0.296 * (100.0 * sentences / words)
            - 15.8),
    ),
    theirs(
        "lix",
        formula!(|words, sentences, tokens_over_six| words / sentences + 100.0 * tokens_over_six / words),
    ),
    theirs("rix", formula!(|tokens_over_six, sentences| tokens_over_six / sentences)),
];

/// The deviation of a whole, from that of a sample of `n`.
fn whole_deviation(counts: &TextCounts, sample: &str, n: usize) -> Option<f64> {
    let deviation = named(sample).ok().and_then(|metric| metric.of(counts))?;
    let n = n as f64;
    defined(deviation * ((n - 1.0) / n).sqrt())
}
