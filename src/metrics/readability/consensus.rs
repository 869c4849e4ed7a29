//! One grade out of many.

use super::super::formula::Formula;
use super::super::{Metric, TextCounts, named};
use super::english;
use crate::math;

/// The measures that answer in American school grades and that every package has.
const GRADES: &[&str] = &[
    "flesch_kincaid_grade",
    "gunning_fog",
    "smog",
    "automated_readability_index",
    "coleman_liau",
    "dale_chall_old",
    "linsear_write",
];

pub(super) static METRICS: &[Metric] = &[Metric {
    name: "consensus_grade",
    reference: "after the consensus of textstat, with the median in place of the mode of rounded grades, so that no single formula decides",
    interpretation: "the grade that half of seven formulas exceed",
    ..english(Formula::described(
        "median of flesch_kincaid_grade, gunning_fog, smog, automated_readability_index, coleman_liau, dale_chall_old and linsear_write",
        consensus,
    ))
}];

fn consensus(counts: &TextCounts) -> Option<f64> {
    let grades: Option<Vec<f64>> =
        GRADES.iter().map(|name| named(name).ok().and_then(|m| (m.measure)(counts))).collect();
    math::quantile(&grades?, 0.5)
}
