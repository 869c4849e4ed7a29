//! quanteda.textstats: `textstat_readability` and `textstat_lexdiv`.

use super::{Column, Preset, ours, sentences, syllables, theirs};
use crate::metrics::TextCounts;
use crate::metrics::formula::{Formula, cube, defined, formula, square};
use crate::metrics::scan::Cut;
use crate::text::Tokenizer;

pub(super) static PRESET: Preset = Preset {
    name: "quanteda",
    package: "quanteda.textstats 0.97.3",
    difference: "syllables of words that CMUdict has not, but for numbers, acronyms and foreign letters, are by this program's rules, where quanteda counts groups of vowels; currency signs are no words; the Dale-Chall, preposition and conjunction lists are this program's; headings and furniture are left out",
    cut: Cut {
        tokenizer: Tokenizer { join_hyphens: false },
        sentences: sentences::quanteda,
        syllables: syllables::of_letters,
    },
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    theirs(
        "ARI",
        formula!(|words, sentences, token_characters| 0.5 * words / sentences
            + 4.71 * token_characters / words
            - 21.43),
    ),
    theirs(
        "ARI.simple",
        formula!(|words, sentences, token_characters| words / sentences + 9.0 * token_characters / words),
    ),
    theirs(
        "ARI.NRI",
        formula!(|words, sentences, token_characters| 0.4 * words / sentences
            + 6.0 * token_characters / words
            - 27.4),
    ),
    // 0.21401 for 0.021401, and the share of unfamiliar words for that of familiar ones.
    theirs(
        "Bormuth.MC",
        formula!(|words, sentences, token_characters, unlisted_words| 0.886_593
            - 0.083_64 * token_characters / words
            + 0.161_911 * cube(unlisted_words / words)
            - 0.214_01 * (words / sentences)
            + 0.000_577 * square(words / sentences)
            - 0.000_005 * cube(words / sentences)),
    ),
    // The same, a cloze of 35 for 0.35, and once the number of characters for that of the cloze.
    theirs(
        "Bormuth.GP",
        Formula::described(
            "4.275 + 12.881 * M - 34.934 * square(M) + 20.388 * cube(M) + 26.194 * token_characters - 2.046 * square(35.0) - 11.767 * cube(35.0) - 44.285 * M * 35.0 + 97.620 * square(M * 35.0) - 59.538 * cube(M * 35.0), M Bormuth.MC",
            grade_placement,
        ),
    ),
    ours("Coleman", "coleman_1"),
    ours("Coleman.C2", "coleman_2"),
    theirs(
        "Coleman.Liau.ECP",
        formula!(|words, sentences, token_characters| 141.840_1
            - 0.214_590 * (100.0 * token_characters / words)
            + 1.079_812 * (100.0 * sentences / words)),
    ),
    theirs(
        "Coleman.Liau.grade",
        formula!(|words, sentences, token_characters| -27.400_4
            * (141.840_1 - 0.214_590 * (100.0 * token_characters / words)
                + 1.079_812 * (100.0 * sentences / words))
            / 100.0
            + 23.063_95),
    ),
    theirs(
        "Coleman.Liau.short",
        formula!(|words, sentences, token_characters| 5.88 * token_characters / words
            - 29.6 * sentences / words
            - 15.8),
    ),
    theirs(
        "Dale.Chall",
        formula!(|words, sentences, unlisted_words| 64.0
            - 0.95 * 100.0 * unlisted_words / words
            - 0.69 * words / sentences),
    ),
    theirs(
        "Dale.Chall.old",
        formula!(|words, sentences, unlisted_words| 0.1579 * 100.0 * unlisted_words / words
            + 0.0496 * words / sentences
            + if_over(unlisted_words / words, 0.05, 3.6365, 0.0)),
    ),
    theirs(
        "Dale.Chall.PSK",
        formula!(|words, sentences, unlisted_words| 0.1155 * 100.0 * unlisted_words / words
            + 0.0596 * words / sentences
            + 3.2672),
    ),
    theirs(
        "Danielson.Bryan",
        formula!(|words, sentences, token_characters| 1.0364 * token_characters / (words - 1.0)
            + 0.0194 * token_characters / sentences
            - 0.6059),
    ),
    // Adds 0.0194 times the last term where the authors take off 0.194 times it.
    theirs(
        "Danielson.Bryan.2",
        formula!(|words, sentences, token_characters| 131.059 - 10.364 * token_characters / (words - 1.0)
            + 0.0194 * token_characters / sentences),
    ),
    // Leaves out both logarithms.
    theirs(
        "Dickes.Steiwer",
        formula!(|words, sentences, token_characters, types, running_words| 235.959_93
            - 73.021 * token_characters / words
            - 12.564_38 * words / sentences
            - 50.032_93 * types / running_words),
    ),
    theirs(
        "DRP",
        formula!(|words, sentences, token_characters, unlisted_words| 100.0
            * (1.0
                - (0.886_593 - 0.083_64 * token_characters / words
                    + 0.161_911 * cube(unlisted_words / words)
                    - 0.214_01 * (words / sentences)
                    + 0.000_577 * square(words / sentences)
                    - 0.000_005 * cube(words / sentences)))),
    ),
    ours("ELF", "elf"),
    // The share of one-syllable words where the authors have the percentage.
    theirs(
        "Farr.Jenkins.Paterson",
        formula!(|words, sentences, monosyllables| -31.517 - 1.015 * words / sentences
            + 1.599 * monosyllables / words),
    ),
    ours("Flesch", "flesch_reading_ease"),
    ours("Flesch.PSK", "flesch_psk"),
    ours("Flesch.Kincaid", "flesch_kincaid_grade"),
    ours("FOG", "gunning_fog_all_words"),
    // Multiplies the constant where the authors add it.
    theirs(
        "FOG.PSK",
        formula!(|words, sentences, polysyllables| 3.0680 * (0.0877 * words / sentences)
            + 0.0984 * 100.0 * polysyllables / words),
    ),
    // Divides all words' points by the sentences of 100 words.
    theirs(
        "FOG.NRI",
        formula!(|words, sentences, polysyllables| ((words + 2.0 * polysyllables)
            / (100.0 * sentences / words)
            - 3.0)
            / 2.0),
    ),
    ours("FORCAST", "forcast"),
    ours("FORCAST.RGL", "forcast_rgl"),
    theirs(
        "Fucks",
        formula!(|words, sentences, token_characters| token_characters / words * words / sentences),
    ),
    // 100 less the easy words where the author adds the easy words.
    theirs(
        "Linsear.Write",
        formula!(|words, sentences, polysyllables| (100.0 - 100.0 * (words - polysyllables) / words
            + 3.0 * 100.0 * polysyllables / words)
            / (100.0 * sentences / words)),
    ),
    theirs(
        "LIW",
        formula!(|words, sentences, tokens_over_six| words / sentences + 100.0 * tokens_over_six / words),
    ),
    // Words of six characters or more where the authors have more than six.
    theirs(
        "nWS",
        formula!(|words, sentences, polysyllables, monosyllables, tokens_over_five| 19.35 * polysyllables
            / words
            + 0.1672 * words / sentences
            + 12.97 * tokens_over_five / words
            - 3.27 * monosyllables / words
            - 0.875),
    ),
    theirs(
        "nWS.2",
        formula!(|words, sentences, polysyllables, tokens_over_five| 20.07 * polysyllables / words
            + 0.1682 * words / sentences
            + 13.73 * tokens_over_five / words
            - 2.779),
    ),
    ours("nWS.3", "wiener_sachtextformel_3"),
    ours("nWS.4", "wiener_sachtextformel_4"),
    theirs("RIX", formula!(|tokens_over_six, sentences| tokens_over_six / sentences)),
    ours("Scrabble", "scrabble"),
    ours("SMOG", "smog"),
    ours("SMOG.C", "smog_c"),
    ours("SMOG.simple", "smog_simple"),
    ours("SMOG.de", "smog_qu"),
    // Counts an unfamiliar word each time.
    theirs(
        "Spache",
        formula!(|words, sentences, spache_unlisted_words| 0.121 * words / sentences
            + 0.082 * (100.0 * spache_unlisted_words / words)
            + 0.659),
    ),
    theirs(
        "Spache.old",
        formula!(|words, sentences, spache_unlisted_words| 0.141 * words / sentences
            + 0.086 * (100.0 * spache_unlisted_words / words)
            + 0.839),
    ),
    ours("Strain", "strain"),
    // Both leave out the logarithms.
    theirs(
        "Traenkle.Bailer",
        formula!(|words, sentences, token_characters, prepositions| 224.681_4
            - 79.8304 * token_characters / words
            - 12.240_32 * words / sentences
            - 1.292_857 * 100.0 * prepositions / words),
    ),
    theirs(
        "Traenkle.Bailer.2",
        formula!(|words, token_characters, prepositions, conjunctions| 234.106_3
            - 96.110_69 * token_characters / words
            - 2.054_44 * 100.0 * prepositions / words
            - 1.028_05 * 100.0 * conjunctions / words),
    ),
    ours("Wheeler.Smith", "wheeler_smith"),
    ours("meanSentenceLength", "words_per_sentence"),
    ours("meanWordSyllables", "syllables_per_word"),
    ours("TTR", "type_token_ratio"),
    ours("C", "herdan_c"),
    ours("R", "guiraud_r"),
    ours("CTTR", "carroll_cttr"),
    ours("U", "dugast_u"),
    // Logarithms to base 10 throughout.
    theirs("S", formula!(|types, running_words| ln(log10(types)) / ln(log10(running_words)))),
    ours("K", "yules_k"),
    ours("I", "yules_i"),
    ours("D", "simpsons_d"),
    ours("Vm", "herdan_vm"),
    ours("Maas", "maas_a"),
    ours("lgV0", "maas_lgv0"),
    ours("lgeV0", "maas_lgev0"),
    ours("MATTR", "mattr_100"),
    ours("MSTTR", "msttr_100"),
];

fn grade_placement(counts: &TextCounts) -> Option<f64> {
    let mean_cloze = COLUMNS.iter().find(|column| column.name == "Bormuth.MC").and_then(|c| c.of(counts))?;
    let criterion = 35.0;
    defined(
        4.275 + 12.881 * mean_cloze - 34.934 * square(mean_cloze)
            + 20.388 * cube(mean_cloze)
            + 26.194 * counts.totals.token_characters as f64
            - 2.046 * square(criterion)
            - 11.767 * cube(criterion)
            - 44.285 * mean_cloze * criterion
            + 97.620 * square(mean_cloze * criterion)
            - 59.538 * cube(mean_cloze * criterion),
    )
}
