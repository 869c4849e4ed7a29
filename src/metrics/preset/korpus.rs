//! koRpus (R): `readability` and `lex.div`.

use super::{Column, Preset, ours, theirs};
use crate::metrics::formula::formula;

pub(super) static PRESET: Preset = Preset {
    name: "korpus",
    package: "koRpus, commit 64c4321",
    difference: "sentences, syllables and word classes by this program's rules; word lists are this program's, koRpus ships none",
    join_hyphens: true,
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    theirs(
        "ARI",
        formula!(|letters, words, sentences| 0.5 * words / sentences + 4.71 * letters / words - 21.43),
    ),
    ours("Bormuth.grade", "bormuth_grade"),
    ours("Coleman.C1", "coleman_1"),
    ours("Coleman.C2", "coleman_2"),
    ours("Coleman.C3", "coleman_3"),
    ours("Coleman.C4", "coleman_4"),
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
    ours("Danielson.Bryan.DB1", "danielson_bryan"),
    ours("Danielson.Bryan.DB2", "danielson_bryan_2"),
    ours("Dickes.Steiwer", "dickes_steiwer"),
    // Takes the percentage of the cloze from 1.
    theirs("DRP", formula!(|mean_cloze| 100.0 * (1.0 - 100.0 * mean_cloze))),
    ours("ELF", "elf"),
    ours("Farr.Jenkins.Paterson", "farr_jenkins_paterson"),
    ours("Farr.Jenkins.Paterson.PSK", "farr_jenkins_paterson_psk"),
    ours("Flesch", "flesch_reading_ease"),
    ours("Flesch.Brouwer", "leesindex_brouwer"),
    ours("Flesch.de", "flesch_amstad"),
    ours("Flesch.es", "fernandez_huerta"),
    ours("Flesch.fr", "kandel_moles"),
    ours("Flesch.Kincaid", "flesch_kincaid_grade"),
    ours("Flesch.nl", "flesch_douma"),
    ours("Flesch.PSK", "flesch_psk"),
    ours("Flesch.Szigriszt", "szigriszt_pazos"),
    ours("FOG", "gunning_fog"),
    ours("FOG.PSK", "gunning_fog_psk"),
    ours("FORCAST", "forcast"),
    ours("FORCAST.RGL", "forcast_rgl"),
    ours("Fucks", "fucks"),
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
    ours("TRI", "tuebinger_redundanz"),
    ours("Tuldava", "tuldava"),
    ours("Wheeler.Smith", "wheeler_smith"),
    ours("TTR", "type_token_ratio"),
    ours("MSTTR", "msttr_100"),
    ours("MATTR", "mattr_100"),
    ours("C", "herdan_c"),
    ours("R", "guiraud_r"),
    ours("CTTR", "carroll_cttr"),
    ours("U", "dugast_u"),
    ours("S", "summer_s"),
    ours("K", "yules_k"),
    ours("Maas", "maas_a"),
    ours("lgV0", "maas_lgv0"),
    ours("lgeV0", "maas_lgev0"),
    ours("MTLD", "mtld"),
    ours("MTLD-MA", "mtld_ma"),
    // The sum over types, not divided by the sample's 42 words.
    theirs("HD-D", formula!(|hdd| 42.0 * hdd)),
];
