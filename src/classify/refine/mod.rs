//! What naive Bayes leaves unexplained, learned by a logistic regression.
//!
//! Naive Bayes counts each word as evidence of its own. Where words go together (`peace` and `talks`, `armed` and `forces`) it
//! counts twice, and no smoothing takes that back. A logistic regression on the same words is not misled so, but learns slowly from few
//! texts. Here it does not start from nothing: it is given what naive Bayes says, and learns what to add to each weight. The
//! sum of both is again one weight for each term and label, so a refined model is as fast as one that is not.
//!
//! What naive Bayes says of the texts that it has counted would be far too sure. So the regression sees what it says of them
//! without the fifth of the corpus in which they are, as the calibration does. The calibration is then fitted to what naive Bayes
//! without that fifth and a regression without it say together. That is not quite what is said of new texts: what the regression
//! is given of the other fifths comes from models that have seen this one; the calibration that it starts from, the columns and
//! the idf are those of the whole corpus; and a row is weighed with all of its columns, while naive Bayes without a fifth leaves
//! out those that only that fifth has. What the calibration multiplies scores by is frozen as it is for naive Bayes alone, and
//! fitted again afterwards.
//!
//! # References
//!
//! R. Raina, Y. Shen, A. Y. Ng, A. `McCallum` (2003), Classification with hybrid generative/discriminative models, NIPS 16, for a
//! logistic regression on the answers of naive Bayes. S. Wang, C. D. Manning (2012), Baselines and bigrams: simple, good sentiment
//! and topic classification, ACL, for the two in one weight.

mod regression;
mod runs;

use serde::{Deserialize, Serialize};

use super::calibrate::{CalibrationMethod, CalibrationParams, centre, spread};
use super::counted::CountedCorpus;
use super::fit::Row;
use super::leave_one_out::PartScores;
use super::params::TopicModelParams;
use super::room::Room;
use crate::error::{Error, Result};
use crate::math;
use crate::vectorize::Selection;
use regression::Regression;
use runs::Runs;

/// Least spread of scores, as a share of the median one, that the calibration is asked about.
const LEAST_SHARE: f64 = 0.1;

/// What is added to the weight of each term for each label, shape `(n_terms, n_labels)` in row-major order.
#[derive(Debug, Clone, PartialEq)]
pub struct Refinement {
    scale: RefinementScale,
    steps: Vec<i8>,
}

/// How it was learned, and what its whole numbers stand for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefinementScale {
    /// Variance of the normal prior of what is added to a weight.
    pub strength: f64,
    /// What is added is a whole number of this, from -127 to 127.
    pub step: f64,
}

impl Refinement {
    /// A refinement of its parts; `None` if no fit can have come to them.
    pub(super) fn from_parts(scale: RefinementScale, steps: Vec<i8>) -> Option<Self> {
        let is_step = scale.step.is_finite() && scale.step >= 0.0;
        let is_sound = is_strength(scale.strength) && is_step && !steps.contains(&i8::MIN);
        is_sound.then_some(Self { scale, steps })
    }

    /// Rounded, the greatest of `added` to 127 steps: tried on a quarter of the built-in model's articles, that moved log loss by
    /// 0.0002 at most.
    fn rounded(strength: f64, added: &[f64]) -> Self {
        let most = added.iter().fold(0.0_f64, |most, a| most.max(a.abs()));
        let step = most / f64::from(i8::MAX);
        let in_steps = |a: &f64| if step > 0.0 { (a / step).round() } else { 0.0 };
        #[expect(clippy::cast_possible_truncation, reason = "at most 127 steps")]
        let steps = added.iter().map(|a| in_steps(a) as i8).collect();
        Self { scale: RefinementScale { strength, step }, steps }
    }

    /// The same for `n_labels` labels and `n_terms` terms, from the new place of each, if it still has one: nothing is added elsewhere.
    pub(super) fn laid_out(
        &self,
        (n_labels, labels): (usize, &[Option<usize>]),
        (n_terms, terms): (usize, &[Option<usize>]),
    ) -> Self {
        let mut steps = vec![0; n_labels * n_terms];
        for (row, term) in self.steps.chunks_exact(labels.len()).zip(terms) {
            for (&added, label) in row.iter().zip(labels) {
                if let Some((term, label)) = term.zip(*label) {
                    steps[term * n_labels + label] = added;
                }
            }
        }
        Self { steps, ..self.clone() }
    }

    /// How it was learned, and what its whole numbers stand for.
    pub fn scale(&self) -> RefinementScale {
        self.scale
    }

    /// The whole numbers.
    pub(super) fn steps(&self) -> &[i8] {
        &self.steps
    }

    /// What is added to each weight.
    pub fn weights(&self) -> Vec<f64> {
        self.steps.iter().map(|&steps| f64::from(steps) * self.scale.step).collect()
    }

    /// Learns from a corpus of which `apart` has what models say that have not seen a part of it, and adds to that what
    /// refinements add that have not seen that part either.
    pub(super) fn learn(
        strength: f64,
        params: &TopicModelParams,
        corpus: &CountedCorpus,
        selection: &Selection,
        calibration: &CalibrationParams,
        apart: &mut PartScores,
    ) -> Result<Self> {
        let (n_classes, n_features) = (apart.scores.n_classes(), selection.vocabulary.len());
        if apart.scores.documents().is_empty() {
            return Ok(Self::rounded(strength, &vec![0.0; n_features * n_classes]));
        }
        let rows = rows(params, corpus, selection, apart.scores.documents())?;
        let labels = apart.scores.labels().to_vec();
        let weights = mean_one(calibration.weights(&labels, n_classes));
        let regression = Regression::new(strength, rows, said(calibration, apart), labels);
        let n_parts = apart.parts.iter().max().map_or(0, |last| last + 1);
        for part in 0..n_parts {
            let of_others = |(weight, &own): (&f64, &usize)| if own == part { 0.0 } else { *weight };
            let others: Vec<f64> = weights.iter().zip(&apart.parts).map(of_others).collect();
            let added = regression.minimise(&others);
            let scores = apart.scores.of_mut(0).chunks_exact_mut(n_classes).enumerate();
            for (document, scores) in scores.filter(|&(document, _)| apart.parts[document] == part) {
                regression.add_to(scores, document, &added[..n_features * n_classes]);
            }
        }
        Ok(Self::rounded(strength, &regression.minimise(&weights)[..n_features * n_classes]))
    }
}

/// Fails if there is no room for a regression on all documents of a corpus, beside what models of it take that have not seen a part.
pub(super) fn check_room(corpus: &CountedCorpus, selection: &Selection, n_seen: usize) -> Result<()> {
    let (n_documents, n_features) = (corpus.n_documents() as u64, selection.vocabulary.len());
    let n_entries = selection.document_frequency.iter().sum::<u64>() + n_documents;
    let n_numbers = (n_features as u64 + n_documents) * corpus.labels().len() as u64;
    let n_bytes = Room::sums(n_seen).saturating_add(Room::regression(n_entries, n_numbers));
    corpus.check_room(n_features, n_bytes).map_err(|_| {
        Error::memory(format!(
            "what is refined must take at most {} bytes of memory (--max-training-bytes), found more terms in more documents than that; \
             raise it, count single words (--ngrams 1-1) or leave out --refine",
            corpus.room().max_bytes
        ))
    })
}

/// Fails if a strength is out of range.
pub(super) fn check(strength: f64) -> Result<()> {
    if is_strength(strength) {
        return Ok(());
    }
    Err(Error::parameter("refine", "must be a number above 0, at most 1000", strength))
}

fn is_strength(strength: f64) -> bool {
    strength > 0.0 && strength <= 1e3
}

/// What naive Bayes says of a document that it has not seen.
struct Said {
    /// Calibrated log odds, up to a constant, by class.
    logits: Vec<f64>,
    /// What the calibration multiplies a score by.
    factor: f64,
}

/// What naive Bayes says of each document, calibrated. Of one that it hardly knows a word of, the scores hardly differ, and the calibration
/// multiplies them by a very large number; by what that says of its words the others would be drowned.
fn said(calibration: &CalibrationParams, apart: &PartScores) -> Vec<Said> {
    let n_classes = apart.scores.n_classes();
    let params = CalibrationParams { method: CalibrationMethod::Temperature, ..calibration.clone() };
    let calibration = params.fit(apart.scores.of(0), apart.scores.labels(), n_classes);
    let scores = apart.scores.of(0).chunks_exact(n_classes);
    let log_spreads: Vec<f64> = scores.clone().map(|scores| spread(scores).ln()).collect();
    let least = LEAST_SHARE * math::quantile(&log_spreads, 0.5).unwrap_or(0.0).exp();
    let of_document = |scores: &[f64]| {
        let mut logits = scores.to_vec();
        let factor = calibration.scale / centre(&mut logits).max(least).powf(calibration.gamma);
        logits.iter_mut().zip(&calibration.bias).for_each(|(logit, bias)| *logit = factor * *logit + bias);
        Said { logits, factor }
    };
    scores.map(of_document).collect()
}

/// The rows of some documents of a corpus, in its order, each with a last entry for what all documents of a label have in common. That is
/// not kept: the calibration has a bias for each label.
fn rows(
    params: &TopicModelParams,
    corpus: &CountedCorpus,
    selection: &Selection,
    documents: &[usize],
) -> Result<Runs> {
    let weights = params.weighting.fit(corpus.tally().n_documents, &selection.document_frequency);
    let columns = corpus.columns(selection);
    let blocks = corpus.visit_some(documents, Vec::new, |rows: &mut Vec<(usize, Row)>, document| {
        let mut row = Row::default();
        row.weigh(document.columns(&columns), &weights);
        rows.push((document.index, row));
    })?;
    let last = u32::try_from(selection.vocabulary.len()).expect("columns are numbered by u32");
    let mut runs = Runs::default();
    for mut rows in blocks {
        rows.sort_unstable_by_key(|(index, _)| *index);
        for (_, row) in rows {
            runs.push(row.as_sparse().iter().chain([(last, regression::INTERCEPT)]));
        }
    }
    Ok(runs)
}

/// Weights in proportion, with a mean of one.
fn mean_one(weights: Vec<f64>) -> Vec<f64> {
    let mean = weights.iter().sum::<f64>() / weights.len() as f64;
    weights.into_iter().map(|weight| weight / mean).collect()
}

#[cfg(test)]
mod tests;
