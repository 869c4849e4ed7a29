//! The answer of a topic model for one text.

use crate::math;

/// The topics of one text, most probable first.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicRanking {
    probabilities: Vec<f64>,
    order: Vec<usize>,
    n_known_terms: usize,
}

impl TopicRanking {
    /// A ranking of probabilities, one a label in sorted order, summing to one.
    pub(crate) fn new(probabilities: Vec<f64>, n_known_terms: usize) -> Self {
        let mut order: Vec<usize> = (0..probabilities.len()).collect();
        order.sort_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]));
        debug_assert_eq!(order.first().copied(), math::argmax(&probabilities));
        Self { probabilities, order, n_known_terms }
    }

    /// Index of the most probable label, and its probability.
    pub fn best(&self) -> (usize, f64) {
        self.at(0).expect("a model has at least two labels")
    }

    /// Index of the second most probable label, and its probability.
    pub fn runner_up(&self) -> (usize, f64) {
        self.at(1).expect("a model has at least two labels")
    }

    /// Index and probability of each label, most probable first; ties in the order of the labels.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (usize, f64)> + '_ {
        self.order.iter().map(|&label| (label, self.probabilities[label]))
    }

    /// The probability of each label, in the labels' order; they sum to one.
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// How many occurrences of terms that the model knows the text has.
    pub fn n_known_terms(&self) -> usize {
        self.n_known_terms
    }

    fn at(&self, place: usize) -> Option<(usize, f64)> {
        self.order.get(place).map(|&label| (label, self.probabilities[label]))
    }
}
