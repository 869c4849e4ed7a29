//! Tests that look at ranks only, so that neither the form of a distribution nor an outlier decides.

use statrs::distribution::{ContinuousCDF, Normal};

use super::chi_squared_p;

/// Pairs of values of two groups up to which the distribution without ties is counted out: every count is then below 2^53.
const MAX_EXACT_PAIRS: usize = 400;

/// What a rank test finds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankTest {
    /// The statistic: U of the first group, or H.
    pub statistic: f64,
    /// How probable a statistic at least as extreme is where the groups do not differ.
    pub p: f64,
}

/// What the ranks of groups taken together sum up to.
struct Ranks {
    /// Sum of the ranks of each group; equal values share the mean of their ranks.
    sums: Vec<f64>,
    /// `sum of t^3 - t` over the runs of `t` equal values.
    ties: f64,
    n: f64,
}

impl Ranks {
    fn of(groups: &[&[f64]]) -> Self {
        let mut values: Vec<(f64, usize)> = groups
            .iter()
            .enumerate()
            .flat_map(|(group, values)| values.iter().map(move |&value| (value, group)))
            .collect();
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut ranks = Self { sums: vec![0.0; groups.len()], ties: 0.0, n: values.len() as f64 };
        let mut before = 0.0;
        for run in values.chunk_by(|a, b| a.0 >= b.0) {
            let t = run.len() as f64;
            for (_, group) in run {
                ranks.sums[*group] += before + f64::midpoint(t, 1.0);
            }
            ranks.ties += t * t * t - t;
            before += t;
        }
        ranks
    }
}

/// Sum of the ranks of each group among all values.
pub(super) fn rank_sums(groups: &[&[f64]]) -> Vec<f64> {
    Ranks::of(groups).sums
}

/// Mann and Whitney's U of the first group against the second: the pairs in which it is greater, those of equals counting a
/// half. `None` for an empty group.
pub(super) fn u_statistic(a: &[f64], b: &[f64]) -> Option<f64> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    Some(u_of(Ranks::of(&[a, b]).sums[0], a.len() as f64))
}

/// U of a group of `n` values whose ranks sum to `rank_sum`.
fn u_of(rank_sum: f64, n: f64) -> f64 {
    rank_sum - n * (n + 1.0) / 2.0
}

/// The Mann-Whitney test (Wilcoxon's rank sum) of two groups, two-sided. The statistic is U of `a`.
///
/// Without ties and with at most 400 pairs, `p` is exact; else that of the normal distribution with the correction for ties
/// and for continuity, `z = (max(U, n m - U) - n m / 2 - 1/2) / sd`,
/// `sd^2 = n m / 12 * (N + 1 - sum of (t^3 - t) / (N (N - 1)))`, as in scipy and R. `None` for an empty group and where all values are
/// equal.
///
/// # References
///
/// H. B. Mann, D. R. Whitney (1947), On a test of whether one of two random variables is stochastically larger than the other,
/// Annals of Mathematical Statistics 18(1), p. 50.
///
/// # Examples
///
/// ```
/// use newsbeat::statistics::mann_whitney;
///
/// let test = mann_whitney(&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0]).unwrap();
/// assert_eq!((test.statistic, test.p), (0.0, 0.1));
/// assert_eq!(mann_whitney(&[1.0, 1.0], &[1.0]), None);
/// ```
pub fn mann_whitney(a: &[f64], b: &[f64]) -> Option<RankTest> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let (n, m) = (a.len() as f64, b.len() as f64);
    let Ranks { sums, ties, .. } = Ranks::of(&[a, b]);
    let statistic = u_of(sums[0], n);
    let larger = statistic.max(n * m - statistic);
    if ties <= 0.0 && a.len() * b.len() <= MAX_EXACT_PAIRS {
        return Some(RankTest { statistic, p: exact_p(a.len(), b.len(), larger) });
    }
    let all = n + m;
    let variance = n * m / 12.0 * (all + 1.0 - ties / (all * (all - 1.0)));
    if variance <= 0.0 {
        return None;
    }
    let deviations = (larger - n * m / 2.0 - 0.5) / variance.sqrt();
    Some(RankTest { statistic, p: (2.0 * Normal::standard().sf(deviations)).min(1.0) })
}

/// Twice the share of the arrangements of `n` and `m` values whose U is at least `u`.
///
/// The counts by U are the coefficients of `product over i = 1..=n of (1 - q^(m + i)) / (1 - q^i)`.
fn exact_p(n: usize, m: usize, u: f64) -> f64 {
    let size = n * m + 1;
    let mut counts = vec![0_i64; size];
    counts[0] = 1;
    for i in 1..=n {
        for k in (m + i..size).rev() {
            counts[k] -= counts[k - m - i];
        }
        for k in i..size {
            counts[k] += counts[k - i];
        }
    }
    let all: i64 = counts.iter().sum();
    let extreme: i64 = (0..size).filter(|&k| k as f64 >= u).map(|k| counts[k]).sum();
    (2.0 * extreme as f64 / all as f64).min(1.0)
}

/// The Kruskal-Wallis test of several groups. The statistic is
/// `H = (12 / (N (N + 1)) * sum over groups of R^2 / n - 3 (N + 1)) / (1 - sum of (t^3 - t) / (N^3 - N))`, and `p` that of
/// chi-squared with one degree of freedom less than groups: a rough one for groups of fewer than five. Empty groups do not
/// count. `None` for fewer than two others, and where all values are equal.
///
/// # References
///
/// W. H. Kruskal, W. A. Wallis (1952), Use of ranks in one-criterion variance analysis, Journal of the American Statistical
/// Association 47(260), p. 583.
pub fn kruskal_wallis(groups: &[&[f64]]) -> Option<RankTest> {
    let groups: Vec<&[f64]> = groups.iter().copied().filter(|group| !group.is_empty()).collect();
    let ranks = Ranks::of(&groups);
    let n = ranks.n;
    let untied = 1.0 - ranks.ties / (n * n * n - n);
    // One value alone has no share of ties.
    if groups.len() < 2 || untied <= 0.0 || untied.is_nan() {
        return None;
    }
    let squares: f64 =
        ranks.sums.iter().zip(&groups).map(|(sum, group)| sum * sum / group.len() as f64).sum();
    let statistic = ((12.0 / (n * (n + 1.0)) * squares - 3.0 * (n + 1.0)) / untied).max(0.0);
    Some(RankTest { statistic, p: chi_squared_p(statistic, groups.len() - 1)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_probabilities_are_those_of_mann_and_whitneys_table() {
        // Their table I gives P(U <= u) for m = n = 4: u = 0 .014, u = 1 .029, u = 2 .057, u = 3 .100.
        for (u, p) in [(0, 0.014), (1, 0.029), (2, 0.057), (3, 0.100)] {
            assert!((exact_p(4, 4, f64::from(16 - u)) / 2.0 - p).abs() < 6e-4, "{u}");
        }
    }

    #[test]
    fn the_exact_and_the_normal_probability_are_close_where_they_meet() {
        let a: Vec<f64> = (0..20).map(f64::from).collect();
        let b: Vec<f64> = (0..20).map(|i| f64::from(i) + 5.5).collect();
        let exact = mann_whitney(&a, &b).unwrap();
        let longer: Vec<f64> = b.iter().copied().chain([15.75]).collect();
        let normal = mann_whitney(&a, &longer).unwrap();
        assert!((exact.p - normal.p).abs() < 0.01, "{exact:?} {normal:?}");
    }

    #[test]
    fn swapped_groups_have_the_same_probability_and_the_statistics_share_the_pairs() {
        let (a, b) = ([3.0, 1.0, 4.0, 1.0, 5.0], [9.0, 2.0, 6.0]);
        let (ab, ba) = (mann_whitney(&a, &b).unwrap(), mann_whitney(&b, &a).unwrap());
        assert!((ab.p - ba.p).abs() < 1e-15);
        assert!((ab.statistic + ba.statistic - 15.0).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_tested_is_not() {
        assert_eq!(mann_whitney(&[], &[1.0]), None);
        assert_eq!(mann_whitney(&[2.0; 30], &[2.0; 40]), None);
        assert_eq!(kruskal_wallis(&[]), None);
        assert_eq!(kruskal_wallis(&[&[1.0, 2.0], &[]]), None);
        assert_eq!(kruskal_wallis(&[&[1.0], &[]]), None);
        assert_eq!(kruskal_wallis(&[&[2.0; 3], &[2.0; 3], &[2.0]]), None);
        assert!(mann_whitney(&[1.0], &[2.0]).is_some_and(|test| test.p >= 1.0));
    }
}
