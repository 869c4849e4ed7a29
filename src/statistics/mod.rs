//! Statistics of plain numbers: intervals, rank tests, effect sizes, many tests at once, tables of two by two, dispersion,
//! and shares corrected for a classifier's errors.
//!
//! Nothing here knows what the numbers are of. What is undefined is `None`: no test of one group, no effect without
//! spread, never 0 or NaN. Chance is [`Random`], so that a seed gives the same answer on every machine.

pub mod bootstrap;
pub mod contingency;
pub mod dispersion;
pub mod effect;
pub mod multiple;
pub mod prevalence;
pub mod random;
pub mod rank;

pub use bootstrap::{BootstrapParams, Interval, MedianDraws, mean_interval, resampled};
pub use contingency::{Contingency, chi_squared_p};
pub use dispersion::{Part, deviation_of_proportions, juillands_d};
pub use effect::{Moments, cliffs_delta, cliffs_deltas, epsilon_squared, hedges_g};
pub use multiple::benjamini_hochberg;
pub use prevalence::adjusted_shares;
pub use random::Random;
pub use rank::{RankTest, kruskal_wallis, mann_whitney};
