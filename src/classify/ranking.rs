//! The answer of a topic model for one text.

use std::sync::Arc;

use super::decide::{Decision, Refusal};
use crate::math;

/// The topics of one text, most probable first.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicRanking {
    probabilities: Vec<f64>,
    /// The two most probable labels.
    leaders: [usize; 2],
    recognised: Recognised,
    decision: Arc<Decision>,
}

/// How much of a text a model knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Recognised {
    /// Occurrences of known terms.
    pub(crate) terms: usize,
    /// Words, stop words left out.
    pub(crate) words: usize,
    /// Words that occur in known terms.
    pub(crate) known_words: usize,
}

impl TopicRanking {
    /// A ranking of probabilities, one a label in sorted order, summing to one.
    pub(crate) fn new(probabilities: Vec<f64>, recognised: Recognised, decision: Arc<Decision>) -> Self {
        let leaders = leaders(&probabilities);
        debug_assert_eq!(Some(leaders[0]), math::argmax(&probabilities));
        Self { probabilities, leaders, recognised, decision }
    }

    /// The same text's ranking where label `c` was `weights[c]` times as probable beforehand as the model supposes; weights
    /// are above 0 and need not sum to one.
    #[must_use]
    pub(crate) fn weighed(&self, weights: &[f64]) -> Self {
        let mut probabilities: Vec<f64> =
            self.probabilities.iter().zip(weights).map(|(p, w)| p * w).collect();
        let sum: f64 = probabilities.iter().sum();
        for p in &mut probabilities {
            *p /= sum;
        }
        Self::new(probabilities, self.recognised, Arc::clone(&self.decision))
    }

    /// Index of the most probable label, and its probability.
    pub fn best(&self) -> (usize, f64) {
        self.leader(0)
    }

    /// Index of the second most probable label, and its probability.
    pub fn runner_up(&self) -> (usize, f64) {
        self.leader(1)
    }

    /// Index and probability of each label, most probable first; ties in the order of the labels.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (usize, f64)> + '_ {
        let mut order: Vec<usize> = (0..self.probabilities.len()).collect();
        order.sort_by(|&a, &b| self.probabilities[b].total_cmp(&self.probabilities[a]));
        order.into_iter().map(|label| (label, self.probabilities[label]))
    }

    /// The probability of each label, in the labels' order; they sum to one.
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// How many occurrences of terms that the model knows the text has.
    pub fn n_known_terms(&self) -> usize {
        self.recognised.terms
    }

    /// How many of the text's words, stop words left out, occur in terms that the model knows.
    pub fn n_known_words(&self) -> usize {
        self.recognised.known_words
    }

    /// Index of the most probable label, if there is no [`refusal`](Self::refusal).
    pub fn topic(&self) -> Option<usize> {
        if self.refusal().is_some() { None } else { Some(self.best().0) }
    }

    /// Why the text has none of the topics; `None` if it has one.
    pub fn refusal(&self) -> Option<Refusal> {
        self.decision.refusal(self.best().1, self.recognised.known_words, self.recognised.words)
    }

    /// The topics that the text may have, most probable first. `None` if the model is not calibrated.
    ///
    /// The most probable label is always one of them, so a coverage below the model's accuracy is exceeded. Thresholds are set
    /// so that as large a share as stated of the training documents, each scored by a model that has not seen the fifth of the
    /// corpus around it, has its label in its set.
    ///
    /// That is an estimate for texts to come, not a guarantee. Scores out of folds guarantee `1 - 2 a` in place of `1 - a`, and
    /// only for texts that are exchangeable with the training documents, which weigh alike; here labels weigh by a power of
    /// their size. Where texts drift, coverage is lost by as much as they differ in distribution (Barber et al. 2023), and no
    /// training corpus tells by how much: at 90 %, three public test sets (20 Newsgroups, AG News, New York Times) had .867, .902 and
    /// .904, and nine cuts through the training sets .845 to .945.
    ///
    /// # References
    ///
    /// R. Foygel Barber, E. J. Candès, A. Ramdas, R. J. Tibshirani (2021), Predictive inference with the jackknife+, Annals of
    /// Statistics 49(1), p. 486, for `1 - 2 a`; the same (2023), Conformal prediction beyond exchangeability, Annals of Statistics
    /// 51(2), p. 816, theorem 2, for drift. V. Vovk (2015), Cross-conformal predictors, Annals of Mathematics and Artificial
    /// Intelligence 74, p. 9.
    pub fn topics_at(&self, coverage: f64) -> Option<Vec<usize>> {
        let threshold = self.decision.set_threshold(coverage)?;
        let is_in = |(place, (_, p)): &(usize, (usize, f64))| *place == 0 || *p >= threshold;
        Some(self.iter().enumerate().take_while(is_in).map(|(_, (label, _))| label).collect())
    }

    fn leader(&self, place: usize) -> (usize, f64) {
        let label = self.leaders[place];
        (label, self.probabilities[label])
    }
}

/// The two most probable of at least two labels; ties go to the smaller.
fn leaders(probabilities: &[f64]) -> [usize; 2] {
    let is_more = |a: usize, b: usize| probabilities[a].total_cmp(&probabilities[b]).is_gt();
    let first = if is_more(1, 0) { [1, 0] } else { [0, 1] };
    (2..probabilities.len()).fold(first, |[best, second], label| {
        if is_more(label, best) {
            [label, best]
        } else if is_more(label, second) {
            [best, label]
        } else {
            [best, second]
        }
    })
}
