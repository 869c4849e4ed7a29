//! How far a number could be off, had other items been drawn.

use rayon::prelude::*;

use super::Random;
use crate::error::{Error, Result};
use crate::math;

/// How items are resampled.
///
/// | name | default | meaning | range |
/// |---|---|---|---|
/// | `n_resamples` | 1,000: below, the ends of percentile intervals are unsteady (Efron and Tibshirani 1993) | how many times items are drawn anew | from 1 |
/// | `coverage` | 0.95 | share of the resamples within the interval | above 0, below 1 |
/// | `seed` | 0 | decides which items are drawn | |
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BootstrapParams {
    /// How many times items are drawn anew.
    pub n_resamples: usize,
    /// Share of the resamples within the interval.
    pub coverage: f64,
    /// Seed of chance.
    pub seed: u64,
}

impl Default for BootstrapParams {
    fn default() -> Self {
        Self { n_resamples: 1_000, coverage: 0.95, seed: 0 }
    }
}

impl BootstrapParams {
    fn check(&self) -> Result<()> {
        if self.n_resamples == 0 {
            return Err(Error::parameter("n_resamples", "must be at least 1", self.n_resamples));
        }
        if !(self.coverage > 0.0 && self.coverage < 1.0) {
            return Err(Error::parameter("coverage", "must be above 0 and below 1", self.coverage));
        }
        Ok(())
    }

    /// A generator for each resample, so that no answer depends on the number of threads.
    fn generators(&self) -> impl IndexedParallelIterator<Item = Random> + '_ {
        (0..self.n_resamples).into_par_iter().map(|resample| Random::nth(self.seed, resample as u64))
    }
}

/// Where a number lies in most resamples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// The middle of `values`, as large a share of them as `coverage`; `None` for no values.
    fn percentile(values: &[f64], coverage: f64) -> Option<Self> {
        let tail = (1.0 - coverage) / 2.0;
        Some(Self { low: math::quantile(values, tail)?, high: math::quantile(values, 1.0 - tail)? })
    }
}

/// The percentile interval of each of `n_figures` figures that `measure` takes of a resample, which it draws by the generator
/// that it is given; `None` for a figure that is not defined in any resample.
///
/// # Errors
///
/// If a parameter is out of range.
///
/// # References
///
/// B. Efron, R. J. Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
pub fn resampled(
    params: &BootstrapParams,
    n_figures: usize,
    measure: impl Fn(&mut Random) -> Vec<Option<f64>> + Sync,
) -> Result<Vec<Option<Interval>>> {
    params.check()?;
    let measured: Vec<Vec<Option<f64>>> =
        params.generators().map(|mut random| measure(&mut random)).collect();
    let interval = |figure: usize| {
        let values: Vec<f64> = measured.iter().filter_map(|figures| figures[figure]).collect();
        Interval::percentile(&values, params.coverage)
    };
    Ok((0..n_figures).map(interval).collect())
}

/// The percentile interval of a mean; `None` for fewer than two values, which say nothing of their spread.
///
/// # Errors
///
/// If a parameter is out of range.
///
/// # Examples
///
/// ```
/// use newsbeat::statistics::{BootstrapParams, mean_interval};
///
/// let interval = mean_interval(&[1.0, 2.0, 3.0, 4.0, 5.0], &BootstrapParams::default())?.unwrap();
/// assert!(interval.low > 1.0 && interval.low < 3.0 && interval.high > 3.0 && interval.high < 5.0);
/// assert_eq!(mean_interval(&[1.0], &BootstrapParams::default())?, None);
/// # Ok::<(), newsbeat::Error>(())
/// ```
pub fn mean_interval(values: &[f64], params: &BootstrapParams) -> Result<Option<Interval>> {
    params.check()?;
    if values.len() < 2 {
        return Ok(None);
    }
    let mean = |mut random: Random| {
        let sum: f64 = values.iter().map(|_| values[random.below(values.len())]).sum();
        sum / values.len() as f64
    };
    let means: Vec<f64> = params.generators().map(mean).collect();
    Ok(Interval::percentile(&means, params.coverage))
}

/// The places of the medians of resamples of `n` sorted values: the draws serve every list of that length, since which place is
/// the median does not depend on the values.
#[derive(Debug, Clone)]
pub struct MedianDraws {
    n: usize,
    coverage: f64,
    /// The two middle places of each resample; the same where `n` is odd.
    places: Vec<[usize; 2]>,
}

impl MedianDraws {
    /// Draws resamples of `n` values.
    ///
    /// # Errors
    ///
    /// If a parameter is out of range.
    pub fn new(n: usize, params: &BootstrapParams) -> Result<Self> {
        params.check()?;
        let middle = |mut random: Random| {
            let mut drawn: Vec<usize> = (0..n).map(|_| random.below(n)).collect();
            let (below, &mut upper, _) = drawn.select_nth_unstable(n / 2);
            let lower =
                if n.is_multiple_of(2) { below.iter().copied().max().unwrap_or(upper) } else { upper };
            [lower, upper]
        };
        let places = if n < 2 { Vec::new() } else { params.generators().map(middle).collect() };
        Ok(Self { n, coverage: params.coverage, places })
    }

    /// The percentile interval of the median of `sorted`; `None` for fewer than two values.
    ///
    /// # Panics
    ///
    /// If the length is another than that of the draws.
    pub fn interval(&self, sorted: &[f64]) -> Option<Interval> {
        assert_eq!(sorted.len(), self.n, "the draws are of another length");
        let medians: Vec<f64> =
            self.places.iter().map(|&[lower, upper]| f64::midpoint(sorted[lower], sorted[upper])).collect();
        Interval::percentile(&medians, self.coverage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_that_of_the_normal_distribution() {
        let values: Vec<f64> = (0..2_000).map(|i| f64::from(i % 100)).collect();
        let found = mean_interval(&values, &BootstrapParams::default()).unwrap().unwrap();
        let half = 1.96 * math::standard_deviation(&values).unwrap() / 2_000_f64.sqrt();
        assert!((found.low - (49.5 - half)).abs() < 0.15 && (found.high - (49.5 + half)).abs() < 0.15);
    }

    #[test]
    fn the_interval_of_a_median_is_that_of_medians_of_resamples() {
        for n in [2, 5, 8] {
            let params = BootstrapParams { n_resamples: 200, seed: 3, ..BootstrapParams::default() };
            let values: Vec<f64> = (0..n).map(|i| f64::from(i * i)).collect();
            let plain = resampled(&params, 1, |random| {
                let drawn: Vec<f64> = values.iter().map(|_| values[random.below(values.len())]).collect();
                vec![math::quantile(&drawn, 0.5)]
            });
            let draws = MedianDraws::new(values.len(), &params).unwrap();
            assert_eq!(draws.interval(&values), plain.unwrap()[0], "{n}");
        }
    }

    #[test]
    fn nothing_and_one_value_have_no_interval_and_parameters_are_checked() {
        let params = BootstrapParams::default();
        assert_eq!(mean_interval(&[], &params).unwrap(), None);
        assert_eq!(MedianDraws::new(0, &params).unwrap().interval(&[]), None);
        assert_eq!(MedianDraws::new(1, &params).unwrap().interval(&[7.0]), None);
        assert!(mean_interval(&[1.0, 2.0], &BootstrapParams { coverage: 1.0, ..params }).is_err());
        assert!(MedianDraws::new(3, &BootstrapParams { n_resamples: 0, ..params }).is_err());
    }
}
