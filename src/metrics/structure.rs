//! How an article is built, beside its prose.

use super::formula::{Formula, formula};
use super::{Family, Metric};

const fn row(formula: Formula) -> Metric {
    Metric { reference: "a count", ..Metric::row(Family::Structure, formula) }
}

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "headline_length",
        unit: "words",
        interpretation: "words of the headline; web headlines run at 8 to 12",
        ..row(formula!(|headline_words| headline_words))
    },
    Metric {
        name: "paragraphs_per_heading",
        unit: "paragraphs",
        interpretation: "paragraphs for each section heading; undefined without headings",
        ..row(formula!(|paragraphs, headings| paragraphs / headings))
    },
    Metric {
        name: "furniture_share",
        unit: "share",
        interpretation: "the share of the words that is no prose: bylines, share buttons, captions",
        ..row(formula!(|furniture_words, words| furniture_words / (furniture_words + words)))
    },
];
