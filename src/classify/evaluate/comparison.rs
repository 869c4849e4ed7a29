//! Whether one model is better than another on the same rows.

use super::bootstrap::paired_bootstrap;
use super::evaluation::Evaluation;
use super::figure::FIGURES;
use super::predictions::Predictions;
use crate::error::{Error, Result};
use crate::statistics::{BootstrapParams, Interval};
use crate::table::{Column, Table};

/// Two models on the same rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    model: Vec<Option<f64>>,
    other: Vec<Option<f64>>,
    intervals: Vec<Option<Interval>>,
    test: McNemar,
}

impl Comparison {
    /// Compares the predictions of a model with those of another.
    ///
    /// # Errors
    ///
    /// If they are not of the same rows with the same labels, or a parameter is out of range.
    pub fn of(model: &Predictions, other: &Predictions, params: &BootstrapParams) -> Result<Self> {
        let names =
            |p: &Predictions| -> Vec<String> { p.truth().iter().map(|&l| p.labels()[l].clone()).collect() };
        if model.rows() != other.rows() || names(model) != names(other) {
            return Err(Error::training(format!(
                "compared models must have answered the same rows with the same true labels, got {} and {} rows",
                model.len(),
                other.len()
            )));
        }
        let figures = |p: &Predictions| Evaluation::of(p).figures().map(|(_, value)| value).collect();
        Ok(Self {
            model: figures(model),
            other: figures(other),
            intervals: paired_bootstrap(model, other, params)?,
            test: McNemar::of(model, other),
        })
    }

    /// The figure of the model less that of the other, in the order of [`FIGURES`].
    pub fn differences(&self) -> impl Iterator<Item = Option<f64>> + '_ {
        self.model.iter().zip(&self.other).map(|(a, b)| Some((*a)? - (*b)?))
    }

    /// The bootstrap interval of each difference: one without 0 is a difference that other rows would show as well.
    pub fn intervals(&self) -> &[Option<Interval>] {
        &self.intervals
    }

    /// The test of whether one is right more often.
    pub fn mcnemar(&self) -> McNemar {
        self.test
    }

    /// `figure, value, other, difference, low, high`, the interval being that of the difference.
    pub fn table(&self) -> Table {
        let ends = |end: fn(&Interval) -> f64| self.intervals.iter().map(|i| i.as_ref().map(end)).collect();
        Table::new(
            "comparison",
            vec![
                Column::text("figure", "", FIGURES.iter().map(|f| Some(f.name.to_owned())).collect()),
                Column::float("value", "", "of the model", self.model.clone()),
                Column::float("other", "", "of the other model", self.other.clone()),
                Column::float("difference", "", "value - other", self.differences().collect()),
                Column::float("low", "", "lower end of the difference's interval", ends(|i| i.low)),
                Column::float("high", "", "upper end of the difference's interval", ends(|i| i.high)),
            ],
        )
    }
}

/// McNemar's test of whether two models are right equally often, by the rows on which just one of them is.
///
/// # References
///
/// Q. McNemar (1947), Note on the sampling error of the difference between correlated proportions or percentages,
/// Psychometrika 12(2), pp. 153-157. M. W. Fagerland, S. Lydersen, P. Laake (2013), The McNemar test for binary
/// matched-pairs data: mid-p and asymptotic are better than exact conditional, BMC Medical Research Methodology 13:91.
#[expect(clippy::doc_markdown, reason = "McNemar is the author's name")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct McNemar {
    /// Rows that only the model has right.
    pub n_only_model: u64,
    /// Rows that only the other has right.
    pub n_only_other: u64,
}

impl McNemar {
    fn of(model: &Predictions, other: &Predictions) -> Self {
        let mut test = Self { n_only_model: 0, n_only_other: 0 };
        for (a, b) in model.outcomes().iter().zip(other.outcomes()) {
            match (a.is_correct(), b.is_correct()) {
                (true, false) => test.n_only_model += 1,
                (false, true) => test.n_only_other += 1,
                _ => {}
            }
        }
        test
    }

    /// Exact two-sided p-value, `min(1, 2 * P(X <= m))`, `X` binomial of `n = n_only_model + n_only_other` rows with probability
    /// 1/2, `m` the smaller of the two.
    pub fn exact_p(self) -> f64 {
        let (below, at) = self.tail();
        (2.0 * (below + at)).min(1.0)
    }

    /// Mid-p, `2 * P(X <= m) - P(X = m)`: the exact test errs on the safe side, this one on average on neither.
    pub fn mid_p(self) -> f64 {
        let (below, at) = self.tail();
        (2.0 * below + at).min(1.0)
    }

    /// Its numbers under the names that they have in tables of figures.
    pub(super) fn figures(self) -> [(&'static str, f64); 4] {
        [
            ("mcnemar_n_only_model", self.n_only_model as f64),
            ("mcnemar_n_only_other", self.n_only_other as f64),
            ("mcnemar_exact_p", self.exact_p()),
            ("mcnemar_mid_p", self.mid_p()),
        ]
    }

    /// `P(X < m)` and `P(X = m)`.
    fn tail(self) -> (f64, f64) {
        let n = (self.n_only_model + self.n_only_other) as f64;
        let mut log_probability = -n * std::f64::consts::LN_2;
        let mut below = 0.0;
        for k in 0..self.n_only_model.min(self.n_only_other) {
            below += log_probability.exp();
            log_probability += (n - k as f64).ln() - (k as f64 + 1.0).ln();
        }
        (below, log_probability.exp())
    }

    /// `n_only_model, n_only_other, exact_p, mid_p` in one row.
    pub fn table(self) -> Table {
        let count = |n| vec![i64::try_from(n).ok()];
        let p = |p| vec![Some(p)];
        Table::new(
            "mcnemar",
            vec![
                Column::integer(
                    "n_only_model",
                    "rows",
                    "rows that only the model has right",
                    count(self.n_only_model),
                ),
                Column::integer(
                    "n_only_other",
                    "rows",
                    "rows that only the other has right",
                    count(self.n_only_other),
                ),
                Column::float(
                    "exact_p",
                    "probability",
                    "min(1, 2 * P(X <= m)), two-sided",
                    p(self.exact_p()),
                ),
                Column::float("mid_p", "probability", "2 * P(X <= m) - P(X = m)", p(self.mid_p()))
                    .with_reference("Fagerland, Lydersen, Laake (2013), BMC Med. Res. Methodol. 13:91"),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::text;

    fn test(n_only_model: u64, n_only_other: u64) -> McNemar {
        McNemar { n_only_model, n_only_other }
    }

    #[test]
    fn p_values_are_binomial_tails() {
        // One against seven of eight: 2 * (1 + 8) / 256, and without half of the 8 on each side.
        assert!((test(1, 7).exact_p() - 18.0 / 256.0).abs() < 1e-15);
        assert!((test(7, 1).mid_p() - 10.0 / 256.0).abs() < 1e-15);
        assert_eq!((test(0, 0).exact_p(), test(0, 0).mid_p()), (1.0, 1.0));
        assert!((test(4, 4).mid_p() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn thousands_of_rows_do_not_underflow() {
        // scipy.stats.binomtest(5000, 10300).pvalue, SciPy 1.17.1.
        let p = test(5_000, 5_300).exact_p();
        assert!((p - 0.003_215_819_673_645_259).abs() < 1e-12, "{p}");
    }

    fn predictions(right: [bool; 8]) -> Predictions {
        let labels = ["a", "b"].map(str::to_owned);
        let answers = right.map(|is_right| Some(if is_right { vec![0.8, 0.2] } else { vec![0.3, 0.7] }));
        Predictions::new(&labels, &[0; 8], answers.to_vec()).unwrap()
    }

    #[test]
    fn two_models_are_compared_figure_by_figure() {
        let model = predictions([true, true, true, true, true, true, true, false]);
        let other = predictions([true, true, true, false, false, false, false, true]);
        let comparison = Comparison::of(&model, &other, &BootstrapParams::default()).unwrap();
        assert_eq!(comparison.mcnemar(), test(4, 1));
        insta::assert_snapshot!(text::render(&comparison.table()), @r"
        figure         value   other  difference      low    high
        accuracy      0.8750  0.5000      0.3750  -0.1250  0.8750
        macro_f1      0.4667  0.3333      0.1333  -0.0440  0.8889
        log_loss      0.3457  0.7136     -0.3678  -0.8582  0.1226
        ece           0.2625  0.4500     -0.1875  -0.4375  0.0625
        weighted_f1   0.9333  0.6667      0.2667  -0.0879  0.7778
        micro_f1      0.8750  0.5000      0.3750  -0.1250  0.8750
        brier         0.1925  0.5300     -0.3375  -0.7875  0.1125
        cohens_kappa  0.0000  0.0000      0.0000   0.0000  0.0000
        mcc                -       -           -        -       -
        ");
        insta::assert_snapshot!(text::render(&comparison.mcnemar().table()), @r"
        n_only_model  n_only_other  exact_p   mid_p
                   4             1   0.3750  0.2188
        ");
    }

    #[test]
    fn other_rows_cannot_be_compared() {
        let labels = ["a", "b"].map(str::to_owned);
        let fewer = Predictions::new(&labels, &[0], vec![None]).unwrap();
        let error = Comparison::of(&predictions([true; 8]), &fewer, &BootstrapParams::default()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "compared models must have answered the same rows with the same true labels, got 8 and 1 rows"
        );
    }
}
