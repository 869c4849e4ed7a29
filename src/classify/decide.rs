//! When to say "none of these", and which topics a text may have at a stated coverage.
//!
//! # Words that a model does not know
//!
//! A text in another language shares a few words with any model (`in`, `a`, names, numbers), and naive Bayes would rank
//! topics by them. So the share of a text's words that are known is compared with what leave-one-out says of the
//! training documents: `min(1, (n_known + 2) / n_words)`, where 2 unknown words are forgiven so that a name does not refuse
//! a headline, must not fall below the 0.5 % quantile of theirs. No language has to be recognised, and a small corpus, which
//! knows few words of its own documents, refuses little.
//!
//! The bound is never above 75 %, so that a text on strange matters, with many names, still has a topic where its words
//! are mostly known. Texts refused for their words, by models trained on the training half of each set:
//!
//! | trained on | bound | English test texts | 24 news sentences in 18 other languages |
//! |---|---|---|---|
//! | 20 Newsgroups | .75 | 5 of 7,532 | 24 |
//! | AG News | .75 | 0 of 7,600 | 24 |
//! | New York Times, 4 topics | .75 | 4 of 5,992 | 24 |
//!
//! The 75 % was chosen on these sentences: at 60 % the three refuse 14, 21 and 23 of them, at 50 % 10, 18 and 22; without
//! such a limit all of them, and 42, 44 and 63 test texts.

use serde::{Deserialize, Serialize};

/// Unknown words that a text is forgiven.
const FORGIVEN: usize = 2;

/// Share of the training documents that may be refused for their unknown words.
const REFUSED: f64 = 0.005;

/// A text with this share of known words is not refused, however well the model knows its training documents.
const MOSTLY: f64 = 0.75;

/// What is stored in a model to decide with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Below this probability of its best topic a text has none.
    pub min_probability: f64,
    /// Below this share of known words, computed as [`known_share`], a text has no topic.
    pub min_known_share: f64,
    /// Least probability of a topic in the set of coverage `(i + 1) %`; empty if the model is not calibrated.
    pub set_thresholds: Vec<f64>,
}

/// Why a text has no topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// Most of its words do not occur in what the model was trained on.
    UnknownWords,
    /// No topic is probable enough.
    Unsure,
}

impl Decision {
    /// Every text has a topic, and there are no sets.
    pub fn none() -> Self {
        Self { min_probability: 0.0, min_known_share: 0.0, set_thresholds: Vec::new() }
    }

    /// Learns from `probabilities`, shape `(n_samples, n_classes)`, of documents with `labels`, which weigh as `weights`, given by
    /// models that have not seen the documents and their neighbours; and from the known shares of documents.
    ///
    /// `min_probability` is 1/2: a topic that is more probably wrong than right is none (Chow's rule where an error costs
    /// twice as much as no answer). `set_thresholds` are weighted split-conformal quantiles of the probability of the
    /// given label, the score of least ambiguous sets. What their coverage holds for is said at
    /// [`TopicRanking::topics_at`](super::TopicRanking::topics_at).
    ///
    /// # References
    ///
    /// C. K. Chow (1970), On optimum recognition error and reject tradeoff, IEEE Transactions on Information Theory 16(1),
    /// p. 41. M. Sadinle, J. Lei, L. Wasserman (2019), Least ambiguous set-valued classifiers with bounded error levels,
    /// JASA 114(525), p. 223. R. J. Tibshirani, R. Foygel Barber, E. J. Candès, A. Ramdas (2019), Conformal prediction under
    /// covariate shift, Advances in Neural Information
    /// Processing Systems 32, for the weights.
    pub(super) fn learn(
        probabilities: &[f64],
        labels: &[usize],
        weights: &[f64],
        mut known_shares: Vec<f64>,
    ) -> Self {
        let n_classes = probabilities.len() / labels.len().max(1);
        let mut scores: Vec<(f64, f64)> = labels
            .iter()
            .zip(probabilities.chunks_exact(n_classes.max(1)))
            .zip(weights)
            .map(|((&label, row), &weight)| (row[label], weight))
            .collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0));
        known_shares.sort_by(f64::total_cmp);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0.5 % of a length")]
        let refused = (known_shares.len() as f64 * REFUSED) as usize;
        Self {
            min_probability: 0.5,
            min_known_share: known_shares.get(refused).copied().unwrap_or(0.0).min(MOSTLY),
            set_thresholds: (1..100).map(|percent| threshold(&scores, f64::from(percent) / 100.0)).collect(),
        }
    }

    /// Whether its numbers can have been learned.
    pub(super) fn is_sound(&self) -> bool {
        let is_share = |x: &f64| (0.0..=1.0).contains(x);
        matches!(self.set_thresholds.len(), 0 | 99)
            && self.set_thresholds.iter().chain([&self.min_probability, &self.min_known_share]).all(is_share)
    }

    /// Why a text with such a best probability, and `n_known` of whose `n_words` are known, has no topic.
    pub fn refusal(&self, probability: f64, n_known: usize, n_words: usize) -> Option<Refusal> {
        if known_share(n_known, n_words) < self.min_known_share {
            return Some(Refusal::UnknownWords);
        }
        (probability < self.min_probability).then_some(Refusal::Unsure)
    }

    /// Least probability of a topic in a set of a coverage, rounded up to the next percent; `None` if the model is not
    /// calibrated. Above 99 % the answer is 0: every topic.
    pub fn set_threshold(&self, coverage: f64) -> Option<f64> {
        if self.set_thresholds.is_empty() {
            return None;
        }
        // a coverage of 0.9 is 90 %, not 91 % for the rounding of 0.9 * 100
        let percent = (coverage * 100.0 - 1e-9).ceil().max(1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at least 1; saturates")]
        let place = percent as usize - 1;
        Some(self.set_thresholds.get(place).copied().unwrap_or(0.0))
    }
}

/// `min(1, (n_known + 2) / n_words)`; 1 for a text without words.
pub fn known_share(n_known: usize, n_words: usize) -> f64 {
    (n_known + FORGIVEN).min(n_words) as f64 / n_words.max(1) as f64
}

/// The greatest probability such that documents of a weight of `coverage * (sum + mean)` have their given label at or above
/// it: the mean stands for the text to come. 0 if there is none. `scores` are sorted, greatest first.
fn threshold(scores: &[(f64, f64)], coverage: f64) -> f64 {
    let sum: f64 = scores.iter().map(|(_, weight)| weight).sum();
    let needed = coverage * (sum + sum / scores.len().max(1) as f64);
    let mut covered = 0.0;
    for &(probability, weight) in scores {
        covered += weight;
        if covered >= needed {
            return probability;
        }
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_leaves_room_for_the_text_to_come() {
        let scores: Vec<(f64, f64)> = (1..=9).rev().map(|i| (f64::from(i) / 10.0, 1.0)).collect();
        // 9 documents: 90 % of 10 texts are 9, all of them
        assert_eq!(threshold(&scores, 0.9).to_bits(), 0.1_f64.to_bits());
        assert_eq!(threshold(&scores, 0.5).to_bits(), 0.5_f64.to_bits());
        assert_eq!(threshold(&scores, 0.91).to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn coverage_is_rounded_up_to_a_percent() {
        let thresholds = (1..100).map(f64::from).collect();
        let decision = Decision { set_thresholds: thresholds, ..Decision::none() };
        assert_eq!(decision.set_threshold(0.9), Some(90.0));
        assert_eq!(decision.set_threshold(0.901), Some(91.0));
        assert_eq!(decision.set_threshold(0.07), Some(7.0));
        assert_eq!(decision.set_threshold(0.999), Some(0.0));
        assert_eq!(Decision::none().set_threshold(0.9), None);
    }

    #[test]
    fn refusals_name_their_reason() {
        assert_eq!(known_share(1, 3).to_bits(), 1.0_f64.to_bits());
        let decision = Decision { min_probability: 0.5, min_known_share: 0.6, set_thresholds: Vec::new() };
        assert_eq!(decision.refusal(0.9, 3, 20), Some(Refusal::UnknownWords));
        assert_eq!(decision.refusal(0.4, 20, 20), Some(Refusal::Unsure));
        assert_eq!(decision.refusal(0.9, 20, 20), None);
        assert_eq!(decision.refusal(0.9, 0, 2), None);
    }
}
