use super::problem::MAX_GAMMA;
use super::*;
use proptest::prelude::*;

/// Scores whose class `i % 3` is ahead by `margin`, and labels of which every tenth is wrong.
fn noisy(n: usize, margin: f64) -> (Vec<f64>, Vec<usize>) {
    let scores =
        (0..n).flat_map(|i| (0..3).map(move |c| if c == i % 3 { margin * (1 + i % 7) as f64 } else { 0.0 }));
    (scores.collect(), (0..n).map(|i| if i % 10 == 0 { (i + 1) % 3 } else { i % 3 }).collect())
}

fn confidence(calibration: &Calibration, margin: f64) -> f64 {
    let mut scores = [margin, 0.0, 0.0];
    calibration.apply(&mut scores);
    scores[0]
}

#[test]
fn posteriors_become_as_sure_as_they_are_right() {
    for margin in [0.01, 1.0, 100.0] {
        let (scores, labels) = noisy(6000, margin);
        let calibration = CalibrationParams::default().fit(&scores, &labels, 3);
        let mean = (1..=7).map(|i| confidence(&calibration, margin * f64::from(i)) / 7.0).sum::<f64>();
        assert!((mean - 0.9).abs() < 0.01, "{margin}: {mean} {calibration:?}");
    }
}

#[test]
fn curves_bend_what_a_scale_cannot() {
    // four in five are right where the scores say nothing much, and all where they are one step further apart
    let scores = [1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 2.0, 0.0, 0.0, 2.0].repeat(100);
    let labels = [0, 0, 0, 0, 1, 0, 1].repeat(100);
    let method = CalibrationMethod::Isotonic;
    let calibration = CalibrationParams { tau: 0.0, method, ..Default::default() }.fit(&scores, &labels, 2);
    assert!(calibration.is_sound(2));
    for (row, expected) in [([1.0, 0.0], 0.8), ([2.0, 0.0], 1.0), ([0.0, 2.0], 0.0)] {
        let mut p = row;
        calibration.apply(&mut p);
        assert!((p[0] - expected).abs() < 0.02, "{row:?}: {p:?}");
        assert!((p[0] + p[1] - 1.0).abs() < 1e-12 && p[0] > 0.0);
    }
    let none = CalibrationParams { method: CalibrationMethod::None, ..Default::default() };
    assert_eq!(none.fit(&scores, &labels, 2), Calibration::none(2));
}

#[test]
fn the_shares_that_it_is_fitted_for_are_kept() {
    let scores = [1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0].repeat(20);
    let labels = [0, 0, 0, 0, 1].repeat(20);
    let fit = |params: CalibrationParams, n_classes| {
        let scores: Vec<f64> =
            scores.chunks(2).flat_map(|row| [row, &vec![0.0; n_classes - 2]].concat()).collect();
        params.fit(&scores, &labels, n_classes).prior
    };
    let halfway = fit(CalibrationParams::default(), 2);
    assert!((halfway[0] - 2.0 / 3.0).abs() < 1e-12, "{halfway:?}: the roots of 80 and 20");
    let given = fit(CalibrationParams { prior: Some(vec![0.1, 0.9]), ..Default::default() }, 2);
    assert_eq!(given, [0.1, 0.9]);
    assert_eq!(fit(CalibrationParams::default(), 3), [0.0; 0], "nothing is known of a class never seen");
}

#[test]
fn the_fit_is_where_the_gradient_vanishes() {
    let (scores, labels) = noisy(300, 0.7);
    let documents = Documents::new(&scores, &labels, &[1.0, 2.0, 0.5]).unwrap();
    let problem = Problem { documents, bias_penalty: 0.01, prior_weight: 0.01, n_parameters: 5 };
    let theta = problem.minimise();
    let slope = problem.slope(&theta);
    for (i, g) in slope.gradient.iter().enumerate() {
        assert!(g.abs() < 1e-5 || (i == 1 && theta[1] % MAX_GAMMA == 0.0), "{theta:?} {:?}", slope.gradient);
        let mut there = theta.clone();
        there[i] += 1e-5;
        let difference = (problem.slope(&there).objective - slope.objective) / 1e-5;
        assert!((difference - g).abs() < 1e-4, "{i}: {difference} {g}");
    }
}

#[test]
fn scores_without_an_error_are_not_sharpened_without_bound() {
    let scores: Vec<f64> = (0..8).flat_map(|i| if i % 2 == 0 { [1.0, 0.0] } else { [0.0, 1.0] }).collect();
    let labels: Vec<usize> = (0..8).map(|i| i % 2).collect();
    let calibration = CalibrationParams::default().fit(&scores, &labels, 2);
    let mut p = [1.0, 0.0];
    calibration.apply(&mut p);
    assert!(p[0] > 0.9 && p[0] < 0.999, "{p:?}");
}

#[test]
fn nothing_to_fit_to_leaves_the_posteriors() {
    assert_eq!(CalibrationParams::default().fit(&[1.0, 2.0, 5.0, 1.0], &[0, 1], 2), Calibration::none(2));
    assert_eq!(CalibrationParams::default().fit(&[], &[], 2), Calibration::none(2));
}

proptest! {
    #[test]
    fn any_scores_give_a_finite_calibration(
        rows in prop::collection::vec((prop::collection::vec(-1e6..1e6_f64, 3), 0..3_usize), 0..30),
        power in -9..3_i32,
    ) {
        let scores: Vec<f64> = rows.iter().flat_map(|(z, _)| z).map(|z| z * 10_f64.powi(power)).collect();
        let labels: Vec<usize> = rows.iter().map(|&(_, label)| label).collect();
        let calibration = CalibrationParams::default().fit(&scores, &labels, 3);
        prop_assert!(calibration.scale.is_finite() && calibration.scale > 0.0, "{calibration:?}");
        prop_assert!((0.0..=MAX_GAMMA).contains(&calibration.gamma));
        prop_assert!(calibration.bias.iter().all(|b| b.is_finite()));
    }
}
