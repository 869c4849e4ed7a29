//! How far figures could be off, had other rows been drawn.

use super::evaluation::Evaluation;
use super::figure::FIGURES;
use super::groups::Groups;
use super::predictions::{Outcome, Predictions};
use crate::error::Result;
use crate::statistics::{BootstrapParams, Interval, Random, resampled};

/// The percentile interval of each of [`FIGURES`], in their order; `None` for a figure that is not defined in any
/// resample.
///
/// A resample draws as many rows as there are, each with equal chance again and again. Where the predictions have groups,
/// whole groups are drawn, since rows of an article are not independent. Each resample has a generator of its own, so
/// the answer does not depend on the number of threads.
///
/// The expected calibration error of a resample tends to be larger than that of the rows it is drawn from, since chance
/// widens the gap of each bin more often than not: its interval leans upward.
///
/// # Errors
///
/// If a parameter is out of range.
///
/// # Examples
///
/// ```
/// use newsbeat::classify::evaluate::{BootstrapParams, Predictions, bootstrap};
///
/// let labels = ["security".to_owned(), "trade".to_owned()];
/// let answers = (0..100).map(|row| Some(if row % 10 == 0 { vec![0.1, 0.9] } else { vec![0.9, 0.1] }));
/// let predictions = Predictions::new(&labels, &[0; 100], answers.collect())?;
/// let accuracy = bootstrap(&predictions, &BootstrapParams::default())?[0].expect("it is defined");
/// assert!(accuracy.low < 0.86 && accuracy.high > 0.94);
/// # Ok::<(), newsbeat::Error>(())
/// ```
///
/// # References
///
/// B. Efron, R. J. Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
pub fn bootstrap(predictions: &Predictions, params: &BootstrapParams) -> Result<Vec<Option<Interval>>> {
    let outcomes = predictions.outcomes();
    let draw = drawn(predictions);
    resampled(params, FIGURES.len(), |random| figures(predictions, &outcomes, &draw(random)))
}

/// The percentile interval of each figure of `a` less that of `b`, the same rows drawn for both.
pub(super) fn paired_bootstrap(
    a: &Predictions,
    b: &Predictions,
    params: &BootstrapParams,
) -> Result<Vec<Option<Interval>>> {
    let (outcomes_a, outcomes_b) = (a.outcomes(), b.outcomes());
    let draw = drawn(a);
    resampled(params, FIGURES.len(), |random| {
        let rows = draw(random);
        let (a, b) = (figures(a, &outcomes_a, &rows), figures(b, &outcomes_b, &rows));
        a.into_iter().zip(b).map(|(a, b)| Some(a? - b?)).collect()
    })
}

/// Every figure of some of the rows.
fn figures(predictions: &Predictions, outcomes: &[Outcome], rows: &[usize]) -> Vec<Option<f64>> {
    let drawn = rows.iter().map(|&row| &outcomes[row]);
    Evaluation::counting(predictions.labels(), drawn).figures().map(|(_, value)| value).collect()
}

/// The rows of a resample: as many as there are, or as many groups.
fn drawn(predictions: &Predictions) -> impl Fn(&mut Random) -> Vec<usize> + Sync + '_ {
    let groups = predictions.groups().map(Groups::rows_of_group);
    move |random| match &groups {
        None => (0..predictions.len()).map(|_| random.below(predictions.len())).collect(),
        Some(groups) => {
            groups.iter().flat_map(|_| groups[random.below(groups.len())].iter().copied()).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::LabelledText;

    fn labels() -> Vec<String> {
        ["a", "b", "c"].map(str::to_owned).to_vec()
    }

    /// `n` rows, right in `right` of five, sure of it to various degrees.
    fn predictions(n: usize, right: usize) -> Predictions {
        let truth: Vec<usize> = (0..n).map(|row| row % 3).collect();
        let answer = |row: usize| {
            let label = if row / 3 % 5 < right { row % 3 } else { (row + 1) % 3 };
            let p = 0.5 + (row % 7) as f64 / 20.0;
            Some((0..3).map(|l| if l == label { p } else { (1.0 - p) / 2.0 }).collect())
        };
        Predictions::new(&labels(), &truth, (0..n).map(answer).collect()).unwrap()
    }

    #[test]
    fn the_interval_of_accuracy_is_close_to_that_of_the_normal_distribution() {
        let found = bootstrap(&predictions(1_500, 4), &BootstrapParams::default()).unwrap()[0].unwrap();
        let half = 1.96 * (0.8_f64 * 0.2 / 1_500.0).sqrt();
        assert!(
            (found.low - (0.8 - half)).abs() < 0.003 && (found.high - (0.8 + half)).abs() < 0.003,
            "{found:?}"
        );
    }

    #[test]
    fn rows_of_a_group_are_drawn_together_and_widen_the_interval() {
        let names: Vec<String> = (0..1_500).map(|row| (row / 15).to_string()).collect();
        // Whole articles are right or wrong.
        let truth = vec![0; 1_500];
        let answers = (0..1_500)
            .map(|row| Some(if row / 15 % 5 == 0 { vec![0.0, 1.0, 0.0] } else { vec![1.0, 0.0, 0.0] }));
        let alone = Predictions::new(&labels(), &truth, answers.collect()).unwrap();
        let rows: Vec<_> = names.iter().map(|group| LabelledText { label: "a", text: "", group }).collect();
        let grouped = alone.clone().with_groups(Groups::of(&rows));
        let width = |p: &Predictions| {
            let accuracy = bootstrap(p, &BootstrapParams::default()).unwrap()[0].unwrap();
            accuracy.high - accuracy.low
        };
        // The design effect of 15 equal rows a group: the root of 15.
        let ratio = width(&grouped) / width(&alone);
        assert!((3.3..4.5).contains(&ratio), "{ratio}");
    }

    #[test]
    fn the_number_of_threads_does_not_matter_and_the_seed_does() {
        let run = |threads, seed| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let params = BootstrapParams { n_resamples: 50, seed, ..BootstrapParams::default() };
            pool.install(|| bootstrap(&predictions(300, 3), &params).unwrap())
        };
        assert_eq!(run(1, 5), run(3, 5));
        assert_ne!(run(1, 5), run(1, 6));
    }

    #[test]
    fn a_model_does_not_differ_from_itself() {
        let params = BootstrapParams { n_resamples: 20, ..BootstrapParams::default() };
        let differences = paired_bootstrap(&predictions(90, 4), &predictions(90, 4), &params).unwrap();
        assert!(differences.iter().all(|d| *d == Some(Interval { low: 0.0, high: 0.0 })));
    }

    #[test]
    fn no_rows_have_no_intervals() {
        let nothing = Predictions::new(&labels(), &[], Vec::new()).unwrap();
        assert!(bootstrap(&nothing, &BootstrapParams::default()).unwrap().iter().all(Option::is_none));
    }
}
