//! How much groups differ, whatever their size.

use super::rank::{rank_sums, u_statistic};
use crate::math;

/// Cliff's delta, `P(a > b) - P(a < b)` over all pairs, from -1 to 1; `None` for an empty group.
///
/// # References
///
/// N. Cliff (1993), Dominance statistics: ordinal analyses to answer ordinal questions, Psychological Bulletin 114(3), p. 494.
///
/// # Examples
///
/// ```
/// use newsbeat::statistics::cliffs_delta;
///
/// assert_eq!(cliffs_delta(&[1.0, 2.0], &[2.0, 3.0]), Some(-0.75));
/// assert_eq!(cliffs_delta(&[], &[2.0, 3.0]), None);
/// ```
pub fn cliffs_delta(a: &[f64], b: &[f64]) -> Option<f64> {
    Some(2.0 * u_statistic(a, b)? / (a.len() as f64 * b.len() as f64) - 1.0)
}

/// Cliff's delta of each group against all others together, from one ranking of all; `None` for an empty group and where there is no
/// other value.
pub fn cliffs_deltas(groups: &[&[f64]]) -> Vec<Option<f64>> {
    let sums = rank_sums(groups);
    let all: usize = groups.iter().map(|group| group.len()).sum();
    let delta = |(sum, group): (f64, &&[f64])| {
        let (n, others) = (group.len() as f64, (all - group.len()) as f64);
        (n > 0.0 && others > 0.0).then(|| 2.0 * (sum - n * (n + 1.0) / 2.0) / (n * others) - 1.0)
    };
    sums.into_iter().zip(groups).map(delta).collect()
}

/// Number, mean and sum of squared deviations of some values: what [`hedges_g`] needs of them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moments {
    n: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Those of values.
    pub fn of(values: &[f64]) -> Self {
        let mean = math::mean(values).unwrap_or(0.0);
        let squares = values.iter().map(|value| (value - mean).powi(2)).sum();
        Self { n: values.len() as f64, mean, squares }
    }

    /// Those of both together.
    ///
    /// # References
    ///
    /// T. F. Chan and others (1983), Algorithms for computing the sample variance, The American Statistician 37(3),
    /// p. 243, equation 1.5.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let n = self.n + other.n;
        if n <= 0.0 {
            return Self::default();
        }
        let difference = other.mean - self.mean;
        Self {
            n,
            mean: self.mean + difference * other.n / n,
            squares: self.squares + other.squares + difference * difference * self.n * other.n / n,
        }
    }
}

/// Hedges' g, `(1 - 3 / (4 (n + m) - 9)) * (mean(a) - mean(b)) / s`,
/// `s^2 = ((n - 1) s_a^2 + (m - 1) s_b^2) / (n + m - 2)`: the difference in standard deviations, corrected for small groups.
/// `None` for a group of fewer than two, and without spread.
///
/// # References
///
/// L. V. Hedges (1981), Distribution theory for Glass's estimator of effect size and related estimators, Journal of Educational
/// Statistics 6(2), p. 107.
pub fn hedges_g(a: Moments, b: Moments) -> Option<f64> {
    let n = a.n + b.n;
    let spread = ((a.squares + b.squares) / (n - 2.0)).sqrt();
    // Equal values may differ from their mean in the last digit.
    let is_spread = spread > 1e-12 * (a.mean.abs() + b.mean.abs());
    (a.n > 1.0 && b.n > 1.0 && is_spread).then(|| (1.0 - 3.0 / (4.0 * n - 9.0)) * (a.mean - b.mean) / spread)
}

/// `epsilon^2 = H / (n - 1)` of a Kruskal-Wallis test over `n` values, from 0 to 1: the share of the variance of ranks that lies
/// between the groups. `None` for fewer than two values.
///
/// # References
///
/// M. Tomczak, E. Tomczak (2014), The need to report effect size estimates revisited, Trends in Sport Sciences 1(21), p. 24.
pub fn epsilon_squared(h: f64, n: usize) -> Option<f64> {
    (n > 1).then(|| h / (n - 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delta_is_what_counting_pairs_gives() {
        let (a, b) = ([3.0, 1.0, 4.0, 1.0, 5.0, 9.0], [2.0, 7.0, 1.0, 8.0]);
        let pairs = || a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
        let wins = pairs().filter(|(x, y)| x > y).count() as f64;
        let losses = pairs().filter(|(x, y)| x < y).count() as f64;
        assert!((cliffs_delta(&a, &b).unwrap() - (wins - losses) / 24.0).abs() < 1e-12);
    }

    #[test]
    fn a_group_against_the_rest_is_two_groups() {
        let groups: [&[f64]; 4] = [&[3.0, 1.0, 4.0], &[1.0, 5.0], &[], &[9.0, 2.0, 6.0, 5.0]];
        let deltas = cliffs_deltas(&groups);
        for (i, delta) in deltas.into_iter().enumerate() {
            let rest: Vec<f64> = (0..4).filter(|&j| j != i).flat_map(|j| groups[j].iter().copied()).collect();
            let expected = cliffs_delta(groups[i], &rest);
            assert_eq!(delta.is_some(), expected.is_some());
            assert!(delta.zip(expected).is_none_or(|(found, expected)| (found - expected).abs() < 1e-12));
        }
        assert_eq!(cliffs_deltas(&[&[1.0, 2.0]]), [None]);
    }

    #[test]
    fn moments_of_parts_are_those_of_the_whole() {
        let values = [3.0, 1.0, 4.0, 1.0, 5.0];
        let parts = Moments::of(&values[..2]).plus(Moments::default()).plus(Moments::of(&values[2..]));
        let whole = Moments::of(&values);
        assert!((parts.mean - whole.mean).abs() < 1e-12 && (parts.squares - whole.squares).abs() < 1e-12);
    }

    #[test]
    fn without_spread_there_is_no_difference_in_deviations() {
        let g = |a: &[f64], b: &[f64]| hedges_g(Moments::of(a), Moments::of(b));
        assert_eq!(g(&[1.0, 1.0], &[2.0, 2.0]), None);
        assert_eq!(g(&[1.0], &[2.0, 3.0]), None);
        assert_eq!(g(&[0.1 + 0.2, 0.3], &[0.3, 0.3]), None);
        assert_eq!(g(&[], &[1.0, 2.0]), None);
        assert_eq!(epsilon_squared(0.0, 1), None);
    }
}
