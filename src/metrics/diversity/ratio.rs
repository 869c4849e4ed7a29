//! Measures from the numbers of types and running words, and how often each type occurs.

use super::super::Metric;
use super::super::formula::formula;
use super::row;

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "type_token_ratio",
        reference: "W. Johnson (1944), Studies in language behavior: a program of research, Psychological Monographs 56(2), p. 1",
        interpretation: "1 if no word is used twice; falls as a text grows",
        comparable: false,
        ..row(formula!(|types, running_words| types / running_words))
    },
    Metric {
        name: "herdan_c",
        reference: "G. Herdan (1960), Type-token mathematics, Mouton, p. 28; F. J. Tweedie, R. H. Baayen (1998), Computers and the Humanities 32(5), eq. 4",
        interpretation: "the type-token ratio on logarithmic scales; falls more slowly as a text grows",
        comparable: false,
        ..row(formula!(|types, running_words| ln(types) / ln(running_words)))
    },
    Metric {
        name: "yules_k",
        reference: "G. U. Yule (1944), The statistical study of literary vocabulary, Cambridge University Press, p. 57; with counts as in F. J. Tweedie, R. H. Baayen (1998), Computers and the Humanities 32(5), eq. 16",
        interpretation: "how often two words drawn at random are the same, times 10,000; news runs at 80 to 130, higher is more repetitive",
        ..row(formula!(
            |squares, running_words| 10000.0 * (squares - running_words) / (running_words * running_words)
        ))
    },
];
