//! What must hold whatever the bytes: one function a floor. The targets of `fuzz/` call them with what they make up;
//! `replay` calls them with what is kept of that.

mod articles;
#[cfg(feature = "parquet")]
mod columnar;
mod model;
mod report;
mod table;
mod text;

#[cfg(test)]
pub(crate) use articles::article_holds;
#[cfg(test)]
pub(crate) use model::{SEPARATOR, assembled as model_of_parts, file_holds, parts as model_parts};
#[cfg(test)]
pub(crate) use report::report_holds;

/// Panics where a law is broken.
pub(crate) type Law = fn(&[u8]);

/// Every target by name.
pub(crate) const LAWS: &[(&str, Law)] = &[
    ("articles", articles::hold),
    ("terms", text::terms_hold),
    ("sentences", text::sentences_hold),
    ("model", model::hold),
    ("table", table::hold),
    ("report", report::hold),
    #[cfg(feature = "parquet")]
    ("columnar", columnar::hold),
];

/// The law of a target.
pub(crate) fn law(name: &str) -> Law {
    LAWS.iter().find(|(target, _)| *target == name).expect("each target has a law").1
}

/// The first byte, 0 if there is none, and the rest.
fn choice(bytes: &[u8]) -> (usize, &[u8]) {
    bytes.split_first().map_or((0, bytes), |(first, rest)| (usize::from(*first), rest))
}

/// The member that a number stands for; one that is in a list keeps its number when others are added behind.
fn pick<T>(list: &[T], number: usize) -> &T {
    &list[number % list.len()]
}

/// Probabilities are such, and sum to one.
fn probabilities_hold(probabilities: &[f64]) {
    assert!(probabilities.iter().all(|p| (0.0..=1.0).contains(p)), "{probabilities:?}");
    let sum: f64 = probabilities.iter().sum();
    assert!((sum - 1.0).abs() < 1e-12, "they sum to {sum}");
}
