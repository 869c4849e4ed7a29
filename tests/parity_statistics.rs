//! Statistics are those of other packages; see `tests/parity/statistics/README.md`.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::path::Path;

use newsbeat::statistics::{
    Contingency, Moments, adjusted_shares, benjamini_hochberg, chi_squared_p, cliffs_delta, hedges_g,
    kruskal_wallis, mann_whitney,
};
use serde_json::Value;

fn cases(kind: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity/statistics/cases.json");
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = all[kind].as_array().unwrap().clone();
    assert!(cases.len() >= 4, "{kind}");
    cases
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

#[track_caller]
fn assert_close(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 1e-9 * expected.abs().max(1e-3),
        "found {found:e}, expected {expected:e}"
    );
}

#[test]
fn two_groups_are_compared_as_by_scipy_and_statsmodels() {
    for case in cases("two_groups") {
        let (a, b) = (numbers(&case["a"]), numbers(&case["b"]));
        let test = mann_whitney(&a, &b).unwrap();
        assert_close(test.statistic, case["u"].as_f64().unwrap());
        assert_close(test.p, case["p"].as_f64().unwrap());
        assert_close(cliffs_delta(&a, &b).unwrap(), case["cliffs_delta"].as_f64().unwrap());
        match (hedges_g(Moments::of(&a), Moments::of(&b)), case["hedges_g"].as_f64()) {
            (Some(found), Some(expected)) => assert_close(found, expected),
            (found, expected) => assert_eq!(found, expected),
        }
    }
}

#[test]
fn several_groups_are_compared_as_by_scipy() {
    for case in cases("several_groups") {
        let groups: Vec<Vec<f64>> = case["groups"].as_array().unwrap().iter().map(numbers).collect();
        let groups: Vec<&[f64]> = groups.iter().map(Vec::as_slice).collect();
        let test = kruskal_wallis(&groups).unwrap();
        assert_close(test.statistic, case["h"].as_f64().unwrap());
        assert_close(test.p, case["p"].as_f64().unwrap());
    }
}

#[test]
fn tables_of_two_by_two_are_measured_as_by_scipy() {
    for case in cases("tables") {
        let number = |name: &str| case[name].as_f64().unwrap();
        let table = Contingency {
            n: number("n"),
            size: number("size"),
            n_there: number("n_there"),
            size_there: number("size_there"),
        };
        let g2 = table.log_likelihood().unwrap();
        assert_close(g2, number("g2"));
        assert_close(chi_squared_p(g2, 1).unwrap(), number("p"));
        assert_close(table.chi_squared_yates().unwrap(), number("chi2"));
    }
}

#[test]
fn small_probabilities_keep_their_digits() {
    // SciPy 1.17.1, chi2.sf(100, 1).
    let p = chi_squared_p(100.0, 1).unwrap();
    assert!((p / 1.523_970_604_832_099_5e-23 - 1.0).abs() < 1e-9, "{p:e}");
}

#[test]
fn false_discovery_rates_are_those_of_scipy() {
    for case in cases("many_tests") {
        let p: Vec<Option<f64>> = numbers(&case["p"]).into_iter().map(Some).collect();
        for (found, expected) in benjamini_hochberg(&p).into_iter().zip(numbers(&case["q"])) {
            assert_close(found.unwrap(), expected);
        }
    }
}

#[test]
fn adjusted_shares_are_the_minimum_that_scipy_finds() {
    for case in cases("shares") {
        let rates: Vec<Vec<f64>> = case["rates"].as_array().unwrap().iter().map(numbers).collect();
        let found = adjusted_shares(&rates, &numbers(&case["observed"])).unwrap();
        for (found, expected) in found.iter().zip(numbers(&case["shares"])) {
            assert!((found - expected).abs() < 1e-6, "found {found}, expected {expected}");
        }
    }
}

#[test]
fn examples_of_r_come_out_as_printed() {
    // example(kruskal.test), Hollander and Wolfe 1973, p. 116: "Kruskal-Wallis chi-squared = 0.77143, df = 2, p-value = 0.68".
    let normal = [2.9, 3.0, 2.5, 2.6, 3.2];
    let obstructive = [3.8, 2.7, 4.0, 2.4];
    let asbestosis = [2.8, 3.4, 3.7, 2.2, 2.0];
    let test = kruskal_wallis(&[&normal, &obstructive, &asbestosis]).unwrap();
    assert!((test.statistic - 0.77143).abs() < 5e-6 && (test.p - 0.68).abs() < 5e-5);
    // example(wilcox.test), permeability constants, p. 69f: "W = 35, p-value = 0.1272", one-sided.
    let at_term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    let earlier = [1.15, 0.88, 0.90, 0.74, 1.21];
    let test = mann_whitney(&at_term, &earlier).unwrap();
    assert!((test.statistic - 35.0).abs() < 1e-12 && (test.p / 2.0 - 0.1272).abs() < 5e-5);
}
