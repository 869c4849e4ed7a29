//! Linear scores of sparse rows.

use std::borrow::Cow;
use std::iter::zip;

use super::weights::{Found, Weights};
use crate::vectorize::SparseRow;

/// Greatest weight and intercept of a sound scorer: a difference of logarithms, or a share, is far below it, and no sum of
/// products with such weights is infinite.
const MOST: f64 = 1e100;

/// `score(c) = intercept(c) + sum over terms t of x(t) * weight(t, c)`.
///
/// Weights are kept term by term, so that a row of `n` entries reads `n` short runs of memory.
#[derive(Debug, Clone, PartialEq)]
pub struct LinearScorer {
    intercept: Vec<f64>,
    weights: Weights,
}

/// The weights of a term, where a scorer keeps them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TermWeights<'s>(Found<'s>);

impl LinearScorer {
    /// A scorer of `weights`, shape `(n_features, n_classes)` in row-major order.
    ///
    /// # Panics
    ///
    /// If the length of `weights` is not a multiple of the number of classes.
    pub fn new(intercept: Vec<f64>, weights: Vec<f64>) -> Self {
        assert_eq!(weights.len() % intercept.len().max(1), 0, "weights must be n_features x n_classes");
        Self::of(intercept, Weights::Dense(weights))
    }

    pub(super) fn of(intercept: Vec<f64>, weights: Weights) -> Self {
        Self { intercept, weights }
    }

    /// Number of classes.
    pub fn n_classes(&self) -> usize {
        self.intercept.len()
    }

    /// The score of a row without entries, by class.
    pub fn intercept(&self) -> &[f64] {
        &self.intercept
    }

    /// The weights of a term, by class.
    ///
    /// # Panics
    ///
    /// If there is no such term.
    pub fn weights_of(&self, term: u32) -> Cow<'_, [f64]> {
        match self.find(term) {
            TermWeights(Found::Row(weights)) => Cow::Borrowed(weights),
            TermWeights(seen) => {
                Cow::Owned(self.weights.all(seen, &mut vec![0.0; self.n_classes()]).to_vec())
            }
        }
    }

    /// The weight of a term for a class.
    ///
    /// # Panics
    ///
    /// If there is no such term or class.
    pub fn weight(&self, term: u32, class: usize) -> f64 {
        self.weights_of(term)[class]
    }

    /// The same with something added to each weight: `added` must have shape `(n_features, n_classes)`, in row-major order.
    ///
    /// # Panics
    ///
    /// If it has more rows.
    pub(crate) fn plus(&self, mut added: Vec<f64>) -> Self {
        let mut room = vec![0.0; self.n_classes()];
        for (term, row) in (0..).zip(added.chunks_exact_mut(self.n_classes())) {
            self.add(1.0, self.find(term), row, &mut room);
        }
        Self::new(self.intercept.clone(), added)
    }

    /// Whether no score can be infinite.
    pub(crate) fn is_sound(&self) -> bool {
        self.intercept.iter().all(|weight| weight.abs() <= MOST) && self.weights.are_within(MOST)
    }

    /// Writes the score of each class into `scores`.
    ///
    /// # Panics
    ///
    /// If there is no such term, or `scores` has not one for each class.
    pub fn score(&self, row: SparseRow<'_>, scores: &mut [f64]) {
        scores.copy_from_slice(&self.intercept);
        let mut room = scores.to_vec();
        for (term, x) in row.iter() {
            self.add(x, self.find(term), scores, &mut room);
        }
    }

    /// Finds the weights of a term: for who adds them more than once.
    ///
    /// # Panics
    ///
    /// If there is no such term.
    pub(crate) fn find(&self, term: u32) -> TermWeights<'_> {
        TermWeights(self.weights.find(term as usize, self.n_classes()))
    }

    /// Adds `x` times the weights of a term to the score of each class. What is in `room`, which is as long, is lost.
    #[inline]
    pub(crate) fn add(&self, x: f64, weights: TermWeights<'_>, scores: &mut [f64], room: &mut [f64]) {
        for (score, weight) in zip(scores, self.weights.all(weights.0, room)) {
            *score += x * weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use linfa::ParamGuard;
    use proptest::prelude::*;

    use super::super::{ClassSums, ComplementNb, MultinomialNb, OneVsAllNb};
    use super::*;
    use crate::vectorize::DocTermMatrix;

    /// The weight of a term for a class.
    type Formula<'f> = &'f dyn Fn(u32, usize) -> f64;

    /// Sums of 12 terms by class; terms that few classes have seen make weights sparse.
    fn sums(n_classes: usize) -> impl Strategy<Value = ClassSums> {
        let sum = prop_oneof![7 => Just(0_u64), 1 => 1..1_u64 << 50];
        prop::collection::vec(sum, 12 * n_classes).prop_map(move |sums| {
            ClassSums::from_parts(ClassSums::WEIGHTS, vec![3; n_classes], sums).unwrap()
        })
    }

    proptest! {
        /// Formulas as their types state them.
        #[test]
        fn sparse_weights_are_those_of_the_formulas_to_the_last_bit(sums in prop_oneof![sums(2), sums(9)], x in 0.1..3.0_f64) {
            let alpha = 0.3;
            let raw = |term: u32| {
                let mut row = vec![0; sums.n_classes()];
                sums.read_row(term as usize, &mut row);
                row
            };
            let n = |term: u32, class: usize| sums.to_float(raw(term)[class]);
            let totals = sums.class_totals();
            let everything: f64 = totals.iter().sum();
            let own = |class: usize| (totals[class] + 12.0 * alpha).ln();
            let others = |class: usize| (everything - totals[class] + 12.0 * alpha).ln();
            let log = |n: f64| (n + alpha).ln();
            let rest = |t: u32, c: usize| sums.to_float(raw(t).iter().sum::<u64>() - raw(t)[c]);
            let multinomial = |t: u32, c: usize| log(n(t, c)) - own(c);
            let complement = |t: u32, c: usize| others(c) - log(rest(t, c));
            let one_vs_all = |t: u32, c: usize| log(n(t, c)) - log(rest(t, c)) + (others(c) - own(c));
            let scorers: [(LinearScorer, Formula<'_>); 3] = [
                (MultinomialNb::params().alpha(alpha).check().unwrap().scorer(&sums).unwrap(), &multinomial),
                (ComplementNb::params().alpha(alpha).check().unwrap().scorer(&sums).unwrap(), &complement),
                (OneVsAllNb::params().alpha(alpha).check().unwrap().scorer(&sums).unwrap(), &one_vs_all),
            ];
            let row = DocTermMatrix::from_rows(12, [(0..12).map(|t| (t, x + f64::from(t)))]).unwrap();
            for (scorer, formula) in scorers {
                prop_assert!(scorer.is_sound());
                let mut scores = vec![0.0; sums.n_classes()];
                scorer.score(row.row(0), &mut scores);
                for (class, score) in scores.iter().enumerate() {
                    let mut expected = scorer.intercept()[class];
                    for (term, x) in row.row(0).iter() {
                        let weight = formula(term, class);
                        prop_assert_eq!(scorer.weight(term, class).to_bits(), weight.to_bits());
                        prop_assert_eq!(scorer.weights_of(term)[class].to_bits(), weight.to_bits());
                        expected += x * weight;
                    }
                    prop_assert_eq!(score.to_bits(), expected.to_bits());
                }
            }
        }
    }
}
