//! How good a topic model is: figures, intervals, comparisons, cross-validation.
//!
//! [`cross_validate`] and [`evaluate_model`] make [`Predictions`]; an [`Evaluation`] counts them; [`FIGURES`] are the
//! numbers read off it, [`bootstrap`] says how far they could be off, and a [`Comparison`] whether another model is worse.
//!
//! A row without a known term has no answer. It counts as wrong everywhere: as a row missed by its label, as a category
//! of its own that is never true in [`Confusion`], as equal probability for every label in log loss and Brier score. Only
//! the reliability of stated probabilities leaves it out, since none is stated.

mod bootstrap;
mod comparison;
mod confusion;
mod cross_validation;
mod evaluation;
mod figure;
mod folds;
mod groups;
mod near_duplicates;
mod predictions;
mod reliability;
mod tables;
mod time;

pub use bootstrap::bootstrap;
pub use comparison::{Comparison, McNemar};
pub use confusion::Confusion;
pub use cross_validation::{cross_validate, evaluate_model};
pub use evaluation::Evaluation;
pub use figure::{FIGURES, Figure};
pub use folds::{FoldParams, Folds};
pub use groups::Groups;
pub use near_duplicates::near_duplicates;
pub use predictions::Predictions;
pub use reliability::{Bin, N_BINS, Reliability};
pub use time::in_time;

pub use crate::statistics::{BootstrapParams, Interval};
