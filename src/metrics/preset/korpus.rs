//! koRpus (R): `readability` and `lex.div`.

use super::{Column, Preset, ours, theirs};
use crate::metrics::formula::formula;
use crate::metrics::scan::{Cut, of_news};
use crate::text::Tokenizer;

pub(super) static PRESET: Preset = Preset {
    name: "korpus",
    package: "koRpus, commit 64c4321",
    difference: "sentences, syllables and word classes by this program's rules; the word lists are this program's, koRpus ships none, and the Harris-Jacobson formulas that need theirs are left out",
    cut: Cut { tokenizer: Tokenizer { join_hyphens: true }, sentences: of_news, syllables: |_| None },
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    theirs(
        "ARI",
        formula!(|letters, words, sentences| 0.5 * words / sentences + 4.71 * letters / words - 21.43),
    ),
    theirs(
        "ARI.NRI",
        formula!(|letters, words, sentences| 0.4 * words / sentences + 6.0 * letters / words - 27.4),
    ),
    theirs("ARI.simple", formula!(|letters, words, sentences| words / sentences + 9.0 * letters / words)),
    theirs("Bormuth.mean.cloze", formula!(|mean_cloze| 100.0 * mean_cloze)),
    ours("Bormuth.grade", "bormuth_grade"),
    ours("Coleman.C1", "coleman_1"),
    ours("Coleman.C2", "coleman_2"),
    ours("Coleman.C3", "coleman_3"),
    ours("Coleman.C4", "coleman_4"),
    theirs(
        "Coleman.Liau.ECP",
        formula!(|letters, words, sentences| 141.8401 - 0.214_590 * (100.0 * letters / words)
            + 1.079_812 * (100.0 * sentences / words)),
    ),
    theirs(
        "Coleman.Liau.grade",
        formula!(|letters, words, sentences| -27.4004
            * (141.8401 - 0.214_590 * (100.0 * letters / words) + 1.079_812 * (100.0 * sentences / words))
            / 100.0
            + 23.06395),
    ),
    theirs(
        "Coleman.Liau.short",
        formula!(|letters, words, sentences| 5.88 * letters / words - 29.6 * sentences / words - 15.8),
    ),
    theirs(
        "Dale.Chall",
        formula!(|words, sentences, unlisted_words| 64.0
            - 0.95 * (100.0 * unlisted_words / words)
            - 0.69 * words / sentences),
    ),
    // Adds the constant whatever the share of unfamiliar words.
    theirs(
        "Dale.Chall.old",
        formula!(|words, sentences, unlisted_words| 0.1579 * (100.0 * unlisted_words / words)
            + 0.0496 * words / sentences
            + 3.6365),
    ),
    theirs(
        "Dale.Chall.PSK",
        formula!(|words, sentences, unlisted_words| 3.2672
            + 0.0596 * words / sentences
            + 0.1155 * (100.0 * unlisted_words / words)),
    ),
    // All characters, blanks among them.
    theirs(
        "Danielson.Bryan.DB1",
        formula!(|printed, words, sentences| 1.0364 * (printed + words - 1.0) / (words - 1.0)
            + 0.0194 * (printed + words - 1.0) / sentences
            - 0.6059),
    ),
    theirs(
        "Danielson.Bryan.DB2",
        formula!(|printed, words, sentences| 131.059
            - 10.364 * (printed + words - 1.0) / (words - 1.0)
            - 0.194 * (printed + words - 1.0) / sentences),
    ),
    ours("Dickes.Steiwer", "dickes_steiwer"),
    // Takes the percentage of the cloze from 1.
    theirs("DRP", formula!(|mean_cloze| 100.0 * (1.0 - 100.0 * mean_cloze))),
    ours("ELF", "elf"),
    ours("Farr.Jenkins.Paterson", "farr_jenkins_paterson"),
    ours("Farr.Jenkins.Paterson.PSK", "farr_jenkins_paterson_psk"),
    ours("Flesch", "flesch_reading_ease"),
    ours("Flesch.Brouwer", "leesindex_brouwer"),
    ours("Flesch.de", "flesch_amstad"),
    theirs(
        "Flesch.es",
        formula!(|words, sentences, syllables| 206.835 - 60.0 * syllables / words - 1.02 * words / sentences),
    ),
    ours("Flesch.fr", "kandel_moles"),
    ours("Flesch.Kincaid", "flesch_kincaid_grade"),
    ours("Flesch.nl", "flesch_douma"),
    ours("Flesch.PSK", "flesch_psk"),
    ours("Flesch.Szigriszt", "szigriszt_pazos"),
    ours("FOG", "gunning_fog"),
    ours("FOG.PSK", "gunning_fog_psk"),
    // Takes the percentage of hard words from the number of words.
    theirs(
        "FOG.NRI",
        formula!(|words, sentences, complex_words| ((100.0 * (words - 100.0 * complex_words / words)
            / words
            + 300.0 * complex_words / words)
            / (100.0 * sentences / words)
            - 3.0)
            / 2.0),
    ),
    ours("FORCAST", "forcast"),
    ours("FORCAST.RGL", "forcast_rgl"),
    theirs("Fucks", formula!(|letters, sentences| letters / sentences)),
    theirs("Fucks.grade", formula!(|letters, sentences| sqrt(letters / sentences))),
    // Words of more than six letters where the authors have six and more.
    theirs(
        "Harris.Jacobson.HJ3",
        formula!(|words, sentences, words_over_six| 0.158 * words / sentences
            + 0.055 * (100.0 * words_over_six / words)
            + 0.355),
    ),
    ours("Linsear.Write", "linsear_write"),
    ours("LIX", "lix"),
    ours("nWS1", "wiener_sachtextformel_1"),
    ours("nWS2", "wiener_sachtextformel_2"),
    ours("nWS3", "wiener_sachtextformel_3"),
    ours("nWS4", "wiener_sachtextformel_4"),
    ours("RIX", "rix"),
    ours("SMOG", "smog"),
    ours("SMOG.C", "smog_c"),
    ours("SMOG.de", "smog_qu"),
    ours("SMOG.simple", "smog_simple"),
    ours("Spache", "spache"),
    ours("Spache.old", "spache_old"),
    ours("Strain", "strain"),
    ours("Traenkle.Bailer.TB1", "traenkle_bailer_1"),
    ours("Traenkle.Bailer.TB2", "traenkle_bailer_2"),
    // Absolute counts where Kuntzsch has those of 100 words.
    theirs(
        "TRI",
        formula!(|monosyllables, punctuation| 0.449 * monosyllables - 2.467 * punctuation - 14.417),
    ),
    ours("Tuldava", "tuldava"),
    ours("Wheeler.Smith", "wheeler_smith"),
    ours("Wheeler.Smith.de", "wheeler_smith"),
    ours("TTR", "type_token_ratio"),
    ours("MSTTR", "msttr_100"),
    ours("MATTR", "mattr_100"),
    ours("C", "herdan_c"),
    ours("R", "guiraud_r"),
    ours("CTTR", "carroll_cttr"),
    ours("U", "dugast_u"),
    // Logarithms to base 10 throughout.
    theirs("S", formula!(|types, running_words| ln(log10(types)) / ln(log10(running_words)))),
    ours("K", "yules_k"),
    ours("Maas", "maas_a"),
    ours("lgV0", "maas_lgv0"),
    ours("lgeV0", "maas_lgev0"),
    ours("MTLD", "mtld"),
    ours("MTLD-MA", "mtld_ma"),
    // The sum over types, not divided by the sample's 42 words.
    theirs("HD-D", formula!(|hdd| 42.0 * hdd)),
];
