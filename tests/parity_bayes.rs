//! Naive Bayes against scikit-learn, linfa-bayes and the textbook.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use linfa::traits::Fit;
use linfa::{Dataset, DatasetBase, ParamGuard};
use linfa_bayes::NaiveBayes as _;
use ndarray::{Array1, Array2};
use newsbeat::bayes::{BernoulliNb, ComplementNb, MultinomialNb, NaiveBayes, Prior};
use newsbeat::vectorize::DocTermMatrix;
use proptest::prelude::*;
use serde_json::Value;

const CASES: &str = include_str!("parity/bayes/cases.json");

fn rows(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().unwrap().iter().map(numbers).collect()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn classes(value: &Value) -> Vec<usize> {
    value.as_array().unwrap().iter().map(|x| usize::try_from(x.as_u64().unwrap()).unwrap()).collect()
}

fn sparse(rows: &[Vec<f64>]) -> DocTermMatrix {
    let entries = |row: &Vec<f64>| -> Vec<(u32, f64)> {
        (0..).zip(row.iter().copied()).filter(|&(_, x)| x > 0.0).collect()
    };
    DocTermMatrix::from_rows(rows[0].len(), rows.iter().map(entries)).unwrap()
}

fn assert_close(found: &Array2<f64>, expected: &[Vec<f64>], what: &str) {
    assert_eq!(found.dim(), (expected.len(), expected[0].len()));
    for (found, expected) in found.rows().into_iter().zip(expected) {
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{what}: {found} for {expected}");
        }
    }
}

fn fit(case: &Value) -> Box<dyn NaiveBayes> {
    let params = &case["params"];
    let alpha = params["alpha"].as_f64().unwrap();
    let alpha = if params["force_alpha"] == false { alpha.max(1e-10) } else { alpha };
    let prior = match (&params["class_prior"], &params["fit_prior"]) {
        (Value::Array(_), _) => Prior::Given(numbers(&params["class_prior"])),
        (_, Value::Bool(false)) => Prior::Uniform,
        _ => Prior::Empirical,
    };
    let mut dataset = DatasetBase::new(sparse(&rows(&case["x"])), Array1::from(classes(&case["y"])));
    if case["sample_weight"].is_array() {
        #[expect(clippy::cast_possible_truncation, reason = "the weights were rounded to f32")]
        let weights = numbers(&case["sample_weight"]).iter().map(|&w| w as f32).collect();
        dataset = dataset.with_weights(weights);
    }
    match case["model"].as_str().unwrap() {
        "MultinomialNB" => Box::new(
            MultinomialNb::params().alpha(alpha).prior(prior).check().unwrap().fit(&dataset).unwrap(),
        ),
        "ComplementNB" => {
            let norm = params["norm"].as_bool().unwrap();
            Box::new(ComplementNb::params().alpha(alpha).norm(norm).check().unwrap().fit(&dataset).unwrap())
        }
        "BernoulliNB" => {
            Box::new(BernoulliNb::params().alpha(alpha).prior(prior).check().unwrap().fit(&dataset).unwrap())
        }
        other => panic!("no model {other}"),
    }
}

#[test]
fn every_frozen_case_of_scikit_learn_is_met_to_1e_9() {
    let frozen: Value = serde_json::from_str(CASES).unwrap();
    let cases = frozen["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 114);
    for case in cases {
        let what = format!("{} {}", case["model"], case["params"]);
        let model = fit(case);
        let test = sparse(&rows(&case["test"]));
        assert_close(&model.joint_log_likelihood(&test), &rows(&case["joint_log_likelihood"]), &what);
        assert_close(&model.predict_log_proba(&test), &rows(&case["predict_log_proba"]), &what);
        assert_eq!(model.predict_classes(&test), classes(&case["predict"]), "{what}");
    }
}

proptest! {
    #[test]
    fn multinomial_equals_linfa_bayes_on_dense_counts(
        counts in prop::collection::vec(prop::collection::vec(0..6_u8, 4), 6..20), alpha in 0.01..2.0_f64,
    ) {
        let dense: Vec<Vec<f64>> = counts.iter().map(|row| row.iter().map(|&n| f64::from(n)).collect()).collect();
        let labels: Array1<usize> = (0..dense.len()).map(|i| i % 3).collect();
        let x = Array2::from_shape_vec((dense.len(), 4), dense.concat()).unwrap();
        let oracle = linfa_bayes::MultinomialNb::params()
            .alpha(alpha)
            .fit(&Dataset::new(x.clone(), labels.clone()))
            .unwrap();
        let expected = oracle.joint_log_likelihood(x.view());
        let model =
            MultinomialNb::params().alpha(alpha).fit(&DatasetBase::new(sparse(&dense), labels)).unwrap();
        let found = model.joint_log_likelihood(&sparse(&dense));
        for (class, column) in found.columns().into_iter().enumerate() {
            for (found, expected) in column.iter().zip(&expected[&class]) {
                prop_assert!((found - expected).abs() < 1e-9, "{found} for {expected}");
            }
        }
    }
}

/// The documents of Manning, Raghavan and Schütze (2008), table 13.1, as counts of Beijing, Chinese, Japan, Macao, Shanghai,
/// Tokyo; class 1 is China.
fn textbook() -> (Vec<Vec<f64>>, Vec<f64>) {
    let train = [[1, 2, 0, 0, 0, 0], [0, 2, 0, 0, 1, 0], [0, 1, 0, 1, 0, 0], [0, 1, 1, 0, 0, 1]];
    let floats = |row: &[i32; 6]| row.iter().map(|&n| f64::from(n)).collect();
    (train.iter().map(floats).collect(), floats(&[0, 3, 1, 0, 0, 1]))
}

fn assert_share(log: f64, numerator: f64, denominator: f64) {
    assert!(
        (log.exp() - numerator / denominator).abs() < 1e-15,
        "{} for {numerator}/{denominator}",
        log.exp()
    );
}

#[test]
fn the_textbooks_multinomial_example_has_its_fractions() {
    let (train, test) = textbook();
    let model =
        MultinomialNb::params().fit(&DatasetBase::new(sparse(&train), ndarray::array![1, 1, 1, 0])).unwrap();
    let (chinese, japan, tokyo) = (1, 2, 5);
    assert_share(model.feature_log_prob(1, chinese), 3.0, 7.0);
    assert_share(model.feature_log_prob(1, tokyo), 1.0, 14.0);
    assert_share(model.feature_log_prob(1, japan), 1.0, 14.0);
    for term in [chinese, japan, tokyo] {
        assert_share(model.feature_log_prob(0, term), 2.0, 9.0);
    }
    let joint = model.joint_log_likelihood(&sparse(&[test]));
    assert_share(joint[[0, 1]], 3.0 / 4.0 * (3.0_f64 / 7.0).powi(3), 14.0 * 14.0);
    assert_share(joint[[0, 0]], 1.0 / 4.0 * (2.0_f64 / 9.0).powi(5), 1.0);
}

#[test]
fn the_textbooks_bernoulli_example_has_its_fractions() {
    let binary = |row: Vec<f64>| row.into_iter().map(|n| n.min(1.0)).collect::<Vec<_>>();
    let (train, test) = textbook();
    let train: Vec<_> = train.into_iter().map(binary).collect();
    let model =
        BernoulliNb::params().fit(&DatasetBase::new(sparse(&train), ndarray::array![1, 1, 1, 0])).unwrap();
    // a weight is ln(p / (1 - p)), so these are odds: 4/5 : 1/5, 1/5 : 4/5, 2/3 : 1/3
    assert!((model.scorer().weights_of(1)[1] - 4_f64.ln()).abs() < 1e-12);
    assert!((model.scorer().weights_of(2)[1] - 0.25_f64.ln()).abs() < 1e-12);
    assert!((model.scorer().weights_of(1)[0] - 2_f64.ln()).abs() < 1e-12);
    assert!((model.scorer().weights_of(0)[0] - 0.5_f64.ln()).abs() < 1e-12);
    let joint = model.joint_log_likelihood(&sparse(&[binary(test)]));
    assert!((joint[[0, 1]].exp() - 0.005_184).abs() < 1e-9);
    assert!((joint[[0, 0]].exp() - 0.021_947_873_8).abs() < 1e-9);
}
