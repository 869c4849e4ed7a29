//! How hard a text is to read.
//!
//! Scores are the author's own formula. Where packages disagree, the reference says which page is followed.

mod arabic;
mod classic;
mod consensus;
mod language;
mod syllabic;
mod variant;
mod word_list;

pub(super) use arabic::sum_of_words;
pub(super) use word_list::mean_cloze;

use super::formula::Formula;
use super::{Family, Metric};

const fn row(formula: Formula) -> Metric {
    Metric { unit: "grade", min_words: 100, ..Metric::row(Family::Readability, formula) }
}

/// Valid for English only, as are most formulas fitted to American school books.
const fn english(formula: Formula) -> Metric {
    Metric { languages: &["en"], ..row(formula) }
}

pub(super) static TABLES: &[&[Metric]] = &[
    classic::METRICS,
    variant::METRICS,
    syllabic::METRICS,
    word_list::METRICS,
    language::METRICS,
    arabic::METRICS,
    consensus::METRICS,
];
