//! Evaluation figures are those of scikit-learn; see `tests/parity/evaluate/README.md`.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::path::{Path, PathBuf};

use newsbeat::classify::evaluate::{Evaluation, FIGURES, Predictions};
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity/evaluate")
}

fn evaluation(case: &str) -> Evaluation {
    let mut reader = csv::Reader::from_path(folder().join(case).with_extension("csv")).unwrap();
    let n_labels = reader.headers().unwrap().len() - 1;
    let (mut truth, mut probabilities) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record.unwrap();
        truth.push(record[0].parse().unwrap());
        let row = record.iter().skip(1).map(|p| p.parse().ok()).collect::<Option<Vec<f64>>>();
        probabilities.push(row);
    }
    let labels: Vec<String> = (0..n_labels).map(|label| label.to_string()).collect();
    Evaluation::of(&Predictions::new(&labels, &truth, probabilities).unwrap())
}

fn expected() -> Vec<(String, Value)> {
    let json = std::fs::read_to_string(folder().join("expected.json")).unwrap();
    let Value::Object(cases) = serde_json::from_str::<Value>(&json).unwrap()["cases"].take() else {
        panic!("expected.json has an object of cases");
    };
    cases.into_iter().collect()
}

fn assert_close(found: Option<f64>, expected: &Value, what: &str) {
    match (found, expected.as_f64()) {
        (None, None) => {}
        (Some(found), Some(expected)) if (found - expected).abs() < 1e-12 => {}
        (found, expected) => panic!("{what}: {found:?}, scikit-learn has {expected:?}"),
    }
}

#[test]
fn every_figure_is_that_of_scikit_learn() {
    for (case, expected) in expected() {
        let evaluation = evaluation(&case);
        for (figure, found) in evaluation.figures() {
            assert_close(found, &expected["figures"][figure.name], &format!("{case} {}", figure.name));
        }
        assert_eq!(expected["figures"].as_object().unwrap().len(), FIGURES.len());
    }
}

#[test]
fn scores_of_each_label_and_the_confusion_matrix_are_those_of_scikit_learn() {
    for (case, expected) in expected() {
        let evaluation = evaluation(&case);
        let confusion = evaluation.confusion();
        for label in 0..confusion.n_labels() {
            let place = format!("{case}, label {label}");
            assert_close(confusion.precision(label), &expected["precision"][label], &place);
            assert_close(confusion.recall(label), &expected["recall"][label], &place);
            assert_close(confusion.f1(label), &expected["f1"][label], &place);
            assert_eq!(confusion.support(label), expected["support"][label].as_u64().unwrap(), "{place}");
            for answer in 0..=confusion.n_labels() {
                let found = confusion.count(label, Some(answer).filter(|&a| a < confusion.n_labels()));
                assert_eq!(found, expected["confusion"][label][answer].as_u64().unwrap(), "{place}");
            }
        }
    }
}
