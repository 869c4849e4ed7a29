//! How varied the words of a text are.
//!
//! All measures are over running words in lower case: numbers are left out, inflected forms are types of their
//! own. Most measures fall as a text grows; `comparable` says which may be compared between texts of different
//! length.

mod entropy;
mod factor;
mod ratio;
mod sample;
mod window;

pub(super) use factor::MovingFactors;

use super::formula::Formula;
use super::{Family, Metric};

const fn row(formula: Formula) -> Metric {
    Metric { min_words: 50, ..Metric::row(Family::Diversity, formula) }
}

pub(super) static TABLES: &[&[Metric]] =
    &[ratio::METRICS, entropy::METRICS, window::METRICS, factor::METRICS, sample::METRICS];
