//! Measures from the numbers of types and running words, and how often each type occurs.

use super::super::Metric;
use super::super::formula::formula;
use super::row;

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "type_token_ratio",
        reference: "W. Johnson (1944), Studies in language behavior: a program of research, Psychological Monographs 56(2), pp. 1-15",
        interpretation: "1 if no word is used twice; falls as a text grows",
        comparable: false,
        ..row(formula!(|types, running_words| types / running_words))
    },
    Metric {
        name: "guiraud_r",
        reference: "P. Guiraud (1954), Les caractères statistiques du vocabulaire, Presses Universitaires de France; F. J. Tweedie, R. H. Baayen (1998), How variable may a constant be?, Computers and the Humanities 32(5), pp. 323-352",
        interpretation: "the root type-token ratio; still grows with the text",
        comparable: false,
        ..row(formula!(|types, running_words| types / sqrt(running_words)))
    },
    Metric {
        name: "carroll_cttr",
        reference: "J. B. Carroll (1964), Language and thought, Prentice-Hall",
        interpretation: "the corrected type-token ratio; still grows with the text",
        comparable: false,
        ..row(formula!(|types, running_words| types / sqrt(2.0 * running_words)))
    },
    Metric {
        name: "herdan_c",
        reference: "G. Herdan (1960), Type-token mathematics, Mouton; F. J. Tweedie, R. H. Baayen (1998), How variable may a constant be?, Computers and the Humanities 32(5), pp. 323-352",
        interpretation: "the type-token ratio on logarithmic scales; falls more slowly as a text grows",
        comparable: false,
        ..row(formula!(|types, running_words| ln(types) / ln(running_words)))
    },
    Metric {
        name: "summer_s",
        reference: "H. H. Somers (1966), Statistical methods in literary analysis, in J. Leed (ed.), The computer and literary style, Kent State; quanteda and koRpus spell him Summer and take logarithms to base 10, which gives another value",
        interpretation: "the type-token ratio on doubly logarithmic scales",
        comparable: false,
        ..row(formula!(|types, running_words| ln(ln(types)) / ln(ln(running_words))))
    },
    Metric {
        name: "dugast_u",
        reference: "D. Dugast (1978), Sur quoi se fonde la notion d'étendue théorique du vocabulaire?, Le français moderne 46(1), pp. 25-32; logarithms to base 10, as F. J. Tweedie, R. H. Baayen (1998), How variable may a constant be?, Computers and the Humanities 32(5), pp. 323-352",
        interpretation: "higher is more varied; undefined if no word is used twice",
        comparable: false,
        ..row(formula!(
            |types, running_words| square(log10(running_words)) / (log10(running_words) - log10(types))
        ))
    },
    Metric {
        name: "maas_a",
        reference: "H.-D. Maas (1972), Über den Zusammenhang zwischen Wortschatzumfang und Länge eines Textes, Zeitschrift für Literaturwissenschaft und Linguistik 2(8), pp. 73-96; the root, as quanteda and koRpus give it, base 10",
        interpretation: "lower is more varied",
        comparable: false,
        ..row(formula!(|types, running_words| sqrt(
            (log10(running_words) - log10(types)) / square(log10(running_words))
        )))
    },
    Metric {
        name: "maas_a2",
        reference: "H.-D. Maas (1972), Zeitschrift für Literaturwissenschaft und Linguistik 2(8), pp. 73-96; the square, base 10, as lexical_diversity gives it; the inverse of Dugast's U",
        interpretation: "lower is more varied",
        comparable: false,
        ..row(formula!(
            |types, running_words| (log10(running_words) - log10(types)) / square(log10(running_words))
        ))
    },
    Metric {
        name: "maas_lgv0",
        reference: "H.-D. Maas (1972), Zeitschrift für Literaturwissenschaft und Linguistik 2(8), pp. 73-96",
        interpretation: "logarithm of the vocabulary of an endless text, base 10",
        comparable: false,
        ..row(formula!(
            |types, running_words| log10(types) / sqrt(1.0 - square(log10(types) / log10(running_words)))
        ))
    },
    Metric {
        name: "maas_lgev0",
        reference: "H.-D. Maas (1972), Zeitschrift für Literaturwissenschaft und Linguistik 2(8), pp. 73-96",
        interpretation: "logarithm of the vocabulary of an endless text, base e",
        comparable: false,
        ..row(formula!(|types, running_words| ln(10.0) * log10(types)
            / sqrt(1.0 - square(log10(types) / log10(running_words)))))
    },
    Metric {
        name: "yules_k",
        reference: "G. U. Yule (1944), The statistical study of literary vocabulary, Cambridge University Press; in counts as F. J. Tweedie, R. H. Baayen (1998), How variable may a constant be?, Computers and the Humanities 32(5), pp. 323-352",
        interpretation: "how often two words drawn at random are the same, times 10,000; news runs at 80 to 130, higher is more repetitive",
        ..row(formula!(|squares, running_words| 10000.0 * (squares - running_words) / square(running_words)))
    },
    Metric {
        name: "yules_i",
        reference: "G. U. Yule (1944), The statistical study of literary vocabulary, Cambridge University Press; M. P. Oakes (1998), Statistics for corpus linguistics, Edinburgh, p. 204",
        interpretation: "the inverse of his K from types; higher is more varied",
        comparable: false,
        ..row(formula!(|types, squares| square(types) / (squares - types)))
    },
    Metric {
        name: "simpsons_d",
        reference: "E. H. Simpson (1949), Measurement of diversity, Nature 163, p. 688",
        interpretation: "how often two words drawn without replacement are the same",
        ..row(formula!(
            |squares, running_words| (squares - running_words) / (running_words * (running_words - 1.0))
        ))
    },
    Metric {
        name: "herdan_vm",
        reference: "G. Herdan (1955), A new derivation and interpretation of Yule's characteristic K, Zeitschrift für angewandte Mathematik und Physik 6(4), pp. 332-334; F. J. Tweedie, R. H. Baayen (1998), How variable may a constant be?, Computers and the Humanities 32(5), pp. 323-352",
        interpretation: "how unevenly words repeat",
        ..row(formula!(|types, squares, running_words| sqrt(squares / square(running_words) - 1.0 / types)))
    },
    Metric {
        name: "honores_r",
        reference: "A. Honoré (1979), Some simple measures of richness of vocabulary, Association for Literary and Linguistic Computing Bulletin 7(2), pp. 172-177",
        interpretation: "how much of the vocabulary is used once; undefined if all of it is",
        comparable: false,
        ..row(formula!(|running_words, types, hapaxes| 100.0 * ln(running_words) / (1.0 - hapaxes / types)))
    },
    Metric {
        name: "sichels_s",
        comparable: false,
        unit: "share",
        reference: "H. S. Sichel (1975), On a distribution law for word frequencies, Journal of the American Statistical Association 70, pp. 542-547",
        interpretation: "the share of the vocabulary that is used twice; rather constant as a text grows",
        ..row(formula!(|dislegomena, types| dislegomena / types))
    },
    Metric {
        name: "micheas_m",
        comparable: false,
        reference: "R. Michéa (1969), Répétition et variété dans l'emploi des mots, Bulletin de la Société de Linguistique de Paris 64, pp. 1-24",
        interpretation: "the inverse of Sichel's S; undefined without words used twice",
        ..row(formula!(|types, dislegomena| types / dislegomena))
    },
    Metric {
        name: "hapax_share",
        unit: "share",
        reference: "G. Herdan (1960), Type-token mathematics, Mouton",
        interpretation: "the share of the vocabulary that is used once",
        comparable: false,
        ..row(formula!(|hapaxes, types| hapaxes / types))
    },
    Metric {
        name: "brunets_w",
        reference: "É. Brunet (1978), Le vocabulaire de Jean Giraudoux, Slatkine; F. J. Tweedie, R. H. Baayen (1998), How variable may a constant be?, Computers and the Humanities 32(5), pp. 323-352",
        interpretation: "10 to 20, lower is more varied",
        ..row(formula!(|running_words, types| power(running_words, power(types, -0.172))))
    },
];
