//! How a text is written, as far as words and marks show it.

use super::formula::{Formula, formula};
use super::{Family, Metric};

const fn row(formula: Formula) -> Metric {
    Metric {
        reference: "a count; a quotation that is not closed runs to the paragraph's end",
        ..Metric::row(Family::Style, formula)
    }
}

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "quoted_share",
        unit: "share",
        interpretation: "the share of the words that stand in quotation marks",
        ..row(formula!(|quoted_words, words| quoted_words / words))
    },
    Metric {
        name: "quotations_per_100_words",
        unit: "quotations",
        interpretation: "how often someone is quoted, scare quotes among them",
        ..row(formula!(|quotations, words| 100.0 * quotations / words))
    },
];
