//! Why a text has its topic, in the words as printed.

mod flip;
mod tables;

use std::collections::BTreeMap;

use super::calibrate::{Calibration, spread};
use super::topic_model::{Session, TopicModel};
use crate::text::Span;

pub use flip::{FlipSet, RemovedWord};
pub use tables::printed;

/// Explains the answers of a model, one text after another.
///
/// # Examples
///
/// ```
/// use newsbeat::classify::explain::Explainer;
/// use newsbeat::classify::{LabelledText, TopicModelParams};
///
/// let row = |label, text| LabelledText { label, text, group: "" };
/// let model = TopicModelParams::default().fit(&[
///     row("security", "Troops crossed the border under artillery fire."),
///     row("trade", "Tariffs on steel imports rose at the border."),
/// ])?;
/// let text = "Tariffs, tariffs and troops.";
/// let mut explainer = Explainer::new(&model);
/// let explanation = explainer.explain(text).expect("some terms are known");
/// let printed: Vec<_> = explanation.contributions()[0].spans.iter().map(|span| span.of(text)).collect();
/// assert_eq!(printed, ["Tariffs", "tariffs"]);
/// let flip = explainer.smallest_flip(text).expect("some terms are known");
/// assert_eq!((flip.printed(text).as_str(), flip.to), ("Tariffs | tariffs", Some(0)));
/// # Ok::<(), newsbeat::Error>(())
/// ```
#[derive(Debug)]
pub struct Explainer<'m> {
    model: &'m TopicModel,
    session: Session<'m>,
}

/// The log odds of a text's topic against the runner-up, as a sum over its terms.
///
/// `ln(P(winner | text) / P(runner-up | text)) = intercept + calibration bias + sum over terms of contribution`, with
/// `contribution(t) = factor * x(t) * (weight(t, winner) - weight(t, runner-up))`, where `x(t)` is the weight of the term in the
/// text (its count, or TF-IDF) and `factor` what the calibration multiplies the scores of this text by.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    winner: usize,
    runner_up: usize,
    contributions: Vec<Contribution>,
    intercept: f64,
    calibration_bias: f64,
}

/// What one term adds to the log odds.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// The term as the model knows it.
    pub term: String,
    /// Where it stands in the text.
    pub spans: Vec<Span>,
    /// Its weight in the text.
    pub weight: f64,
    /// What it adds, in nats; below 0 if it speaks for the runner-up.
    pub contribution: f64,
}

impl Explanation {
    /// Number of the topic.
    pub fn winner(&self) -> usize {
        self.winner
    }

    /// Number of the second most probable topic.
    pub fn runner_up(&self) -> usize {
        self.runner_up
    }

    /// What each known term adds, from the most for the topic to the most for the runner-up; ties in the terms' order.
    pub fn contributions(&self) -> &[Contribution] {
        &self.contributions
    }

    /// What is added whatever the words: prior, and for Bernoulli naive Bayes all words that are not in the text.
    pub fn intercept(&self) -> f64 {
        self.intercept
    }

    /// What the calibration adds.
    pub fn calibration_bias(&self) -> f64 {
        self.calibration_bias
    }

    /// The sum of all of these.
    pub fn log_odds(&self) -> f64 {
        let terms: f64 = self.contributions.iter().map(|c| c.contribution).sum();
        self.intercept + self.calibration_bias + terms
    }
}

impl<'m> Explainer<'m> {
    /// An explainer of a model's answers.
    pub fn new(model: &'m TopicModel) -> Self {
        Self { model, session: model.session() }
    }

    /// What the terms of `text` add to the odds of its topic; `None` if it has no term that the model knows.
    pub fn explain(&mut self, text: &str) -> Option<Explanation> {
        let ranking = self.session.classify(text)?;
        let (scores, _) = self.session.scores(text)?;
        Some(explain(self.model, text, &scores, ranking.best().0, ranking.runner_up().0))
    }
}

/// The odds of `winner` against `runner_up` for a text of these uncalibrated scores.
fn explain(model: &TopicModel, text: &str, scores: &[f64], winner: usize, runner_up: usize) -> Explanation {
    let (factor, calibration_bias) = straight_line(model.calibration(), scores, winner, runner_up);
    let difference = |of: &[f64]| factor * (of[winner] - of[runner_up]);
    let scorer = model.scorer();
    let mut contributions: Vec<Contribution> = weighted_terms(model, text)
        .into_iter()
        .map(|term| Contribution {
            contribution: term.weight * difference(&scorer.weights_of(term.column)),
            term: term.text,
            spans: term.spans,
            weight: term.weight,
        })
        .collect();
    contributions.sort_by(|a, b| b.contribution.total_cmp(&a.contribution).then_with(|| a.term.cmp(&b.term)));
    Explanation {
        winner,
        runner_up,
        contributions,
        intercept: difference(scorer.intercept()),
        calibration_bias,
    }
}

/// The calibrated log odds of two labels as `factor * (difference of scores) + bias`. What the curves of an isotonic calibration do is
/// part of the bias.
fn straight_line(calibration: &Calibration, scores: &[f64], winner: usize, runner_up: usize) -> (f64, f64) {
    let factor = calibration.scale / spread(scores).powf(calibration.gamma);
    if calibration.isotonic.is_empty() {
        return (factor, calibration.bias[winner] - calibration.bias[runner_up]);
    }
    let mut probabilities = scores.to_vec();
    calibration.apply(&mut probabilities);
    let ln = |label: usize| probabilities[label].max(f64::MIN_POSITIVE).ln();
    (factor, ln(winner) - ln(runner_up) - factor * (scores[winner] - scores[runner_up]))
}

/// A known term of a text.
struct WeightedTerm {
    column: u32,
    text: String,
    spans: Vec<Span>,
    weight: f64,
}

/// The known terms of a text with their weights in it.
fn weighted_terms(model: &TopicModel, text: &str) -> Vec<WeightedTerm> {
    let mut found: BTreeMap<u32, (String, Vec<Span>)> = BTreeMap::new();
    for term in model.analyzer().terms(text) {
        if let Some(column) = model.vocabulary().find(&term.text) {
            found.entry(column).or_insert((term.text, Vec::new())).1.push(term.span);
        }
    }
    let columns: Vec<u32> = found.keys().copied().collect();
    let mut weights: Vec<f64> = found.values().map(|(_, spans)| spans.len() as f64).collect();
    model.weights().weigh(&columns, &mut weights);
    let terms = found.into_iter().zip(weights);
    terms.map(|((column, (text, spans)), weight)| WeightedTerm { column, text, spans, weight }).collect()
}

#[cfg(test)]
mod tests;
