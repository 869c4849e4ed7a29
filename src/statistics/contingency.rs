//! A table of two by two: how often something occurs here and there.

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// Occurrences that stand in for none in a ratio.
const HALF: f64 = 0.5;

/// `n` of `size` items here, `n_there` of `size_there` there.
///
/// # Examples
///
/// Rayson and Garside's measures of a word that one corpus of 10,000 words has 30 times and another of 20,000 has 15 times:
///
/// ```
/// use newsbeat::statistics::Contingency;
///
/// let word = Contingency { n: 30.0, size: 10_000.0, n_there: 15.0, size_there: 20_000.0 };
/// assert_eq!(word.log_ratio(), Some(2.0));
/// assert!((word.percent_difference().unwrap() - 300.0).abs() < 1e-9);
/// assert!(word.log_likelihood().unwrap() > 20.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contingency {
    /// Occurrences here.
    pub n: f64,
    /// Items here.
    pub size: f64,
    /// Occurrences there.
    pub n_there: f64,
    /// Items there.
    pub size_there: f64,
}

impl Contingency {
    /// Observed and expected count of each of the four cells; `None` where a margin is empty.
    fn cells(&self) -> Option<[(f64, f64); 4]> {
        let all = self.size + self.size_there;
        let (with, without) = (self.n + self.n_there, all - self.n - self.n_there);
        let is_table = [with, without, self.size, self.size_there].iter().all(|&margin| margin > 0.0);
        is_table.then(|| {
            let cell = |observed, row: f64, column: f64| (observed, row * column / all);
            [
                cell(self.n, with, self.size),
                cell(self.n_there, with, self.size_there),
                cell(self.size - self.n, without, self.size),
                cell(self.size_there - self.n_there, without, self.size_there),
            ]
        })
    }

    /// `G2 = 2 * sum over the four cells of observed * ln(observed / expected)`; `None` where a margin is empty.
    ///
    /// # References
    ///
    /// T. Dunning (1993), Accurate methods for the statistics of surprise and coincidence, Computational Linguistics 19(1), p. 61.
    pub fn log_likelihood(&self) -> Option<f64> {
        let term = |(observed, expected): (f64, f64)| {
            if observed > 0.0 { observed * (observed / expected).ln() } else { 0.0 }
        };
        self.cells().map(|cells| (2.0 * cells.into_iter().map(term).sum::<f64>()).max(0.0))
    }

    /// `chi2 = sum over the four cells of (max(0, |observed - expected| - 1/2))^2 / expected`; `None` where a margin is empty.
    ///
    /// # References
    ///
    /// F. Yates (1934), Contingency tables involving small numbers and the chi-squared test, Supplement to the Journal of the Royal
    /// Statistical Society 1(2), p. 217.
    pub fn chi_squared_yates(&self) -> Option<f64> {
        let term = |(observed, expected): (f64, f64)| {
            ((observed - expected).abs() - 0.5).max(0.0).powi(2) / expected
        };
        self.cells().map(|cells| cells.into_iter().map(term).sum())
    }

    /// `log2((n / size) / (n_there / size_there))`, where half an occurrence stands in for none; `None` where a size is 0 or it
    /// occurs nowhere.
    ///
    /// # References
    ///
    /// A. Hardie (2014), Log Ratio: an informal introduction, ESRC Centre for Corpus Approaches to Social Science, Lancaster.
    pub fn log_ratio(&self) -> Option<f64> {
        let is_defined = self.size > 0.0 && self.size_there > 0.0 && self.n + self.n_there > 0.0;
        let share = |n: f64, size: f64| if n > 0.0 { n / size } else { HALF / size };
        is_defined.then(|| (share(self.n, self.size) / share(self.n_there, self.size_there)).log2())
    }

    /// `%DIFF = (share - share_there) * 100 / share_there`; `None` where it does not occur there.
    ///
    /// # References
    ///
    /// C. Gabrielatos, A. Marchi (2012), Keyness: appropriate metrics and practical issues, CADS International Conference, Bologna.
    pub fn percent_difference(&self) -> Option<f64> {
        let there = self.n_there / self.size_there;
        (self.n_there > 0.0 && self.size > 0.0).then(|| (self.n / self.size - there) * 100.0 / there)
    }

    /// True if it is more common here.
    pub fn is_more_common_here(&self) -> bool {
        self.n * self.size_there > self.n_there * self.size
    }
}

/// How probable a chi-squared of at least `x` is; `None` without degrees of freedom, or for `x` that is no number.
pub fn chi_squared_p(x: f64, degrees_of_freedom: usize) -> Option<f64> {
    let distribution = ChiSquared::new(degrees_of_freedom as f64).ok()?;
    (x >= 0.0).then(|| distribution.sf(x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_shares_have_no_keyness() {
        let same = Contingency { n: 5.0, size: 100.0, n_there: 50.0, size_there: 1000.0 };
        assert!(same.log_likelihood().unwrap() < 1e-12);
        assert!(same.chi_squared_yates().unwrap() < 1e-12);
        assert_eq!((same.log_ratio(), same.percent_difference()), (Some(0.0), Some(0.0)));
        assert!(!same.is_more_common_here());
    }

    #[test]
    fn what_occurs_here_alone_has_a_ratio_to_half_an_occurrence_and_no_difference() {
        let here = Contingency { n: 4.0, size: 100.0, n_there: 0.0, size_there: 100.0 };
        assert_eq!((here.log_ratio(), here.percent_difference()), (Some(3.0), None));
    }

    #[test]
    fn an_empty_margin_has_no_measure() {
        let nowhere = Contingency { n: 0.0, size: 10.0, n_there: 0.0, size_there: 10.0 };
        assert_eq!([nowhere.log_likelihood(), nowhere.chi_squared_yates(), nowhere.log_ratio()], [None; 3]);
        let no_rest = Contingency { n: 3.0, size: 10.0, n_there: 0.0, size_there: 0.0 };
        assert_eq!([no_rest.log_likelihood(), no_rest.log_ratio(), no_rest.percent_difference()], [None; 3]);
        assert_eq!([chi_squared_p(1.0, 0), chi_squared_p(f64::NAN, 1)], [None; 2]);
    }
}
