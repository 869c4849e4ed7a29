//! What headline, headings and the other paragraphs of an article say of each paragraph.

use super::ParagraphReport;
use crate::classify::{Session, TopicModel};
use crate::math;

/// Share of the articles that are mixed; the others keep to one topic.
const MIXED: f64 = 0.6;

/// How often a paragraph of a mixed article keeps the topic of the one before it for that reason alone.
const STAY: f64 = 0.1;

/// How often a paragraph of an article that keeps to a topic is on it; else it is on any topic, as in a mixed article.
const KEEP: f64 = 0.95;

/// Least share of a topic in a prior that is taken for one: products of evidence stay far from infinity.
const LEAST: f64 = 1e-100;

/// Ranks each paragraph of an article anew, in the light of the others, of the headline and of the headings.
///
/// A paragraph that lives from the one before ("That sentence, it turned out, was the wrong one") says little by itself. And a
/// topic that fills half a paper does so because whole articles are on it: an article that has turned to tariffs and troops
/// has less of it. So an article is of one of `n_topics + 1` kinds:
///
/// - Mixed, 6 in 10. Topics are a Markov chain: topic `d` follows `c` with probability `[c = d] 0.1 + 0.9 * m(d)`, and begins with
///   `m(d)`, where `m` is in proportion to the square root of the model's [prior](crate::classify::Calibration::prior), or
///   equal if that does not have every topic.
/// - Keeping to topic `k`: each paragraph has topic `c` with probability `[c = k] 0.95 + 0.05 * m(c)`. These are as frequent as
///   makes up for the difference between `m` and the prior, or never if mixed articles have more than enough of topic `k`.
///
/// A paragraph's evidence for `c` is `P(c)`, its probability alone, divided by the share of `c` in articles of all kinds. What a
/// kind makes of the evidence is exact, for the chain by the forward and backward pass (Rabiner 1989, equations 19 to 27). The
/// kinds' answers are mixed by how probable the article makes each kind, its log-likelihood divided by the square root
/// of the number of paragraphs: their errors are not independent, and the product of all would be far too sure.
///
/// The headline stands in the chain as a paragraph before the first, and a [section](ParagraphReport::section) heading as one before
/// the first of its section: they get no ranking, but say what they say. A heading that repeats the line above counts once.
///
/// A lone paragraph keeps its ranking, whatever its headline. Paragraphs without known terms say nothing and get nothing, but
/// topics pass through them. The sets of [`TopicRanking::topics_at`](crate::classify::TopicRanking::topics_at) lose their promise of coverage, which holds
/// for paragraphs alone.
///
/// The numbers were chosen by cross-validation on the whole articles of the built-in model's corpus (`models/README.md`).
/// `session` is of the model that ranked the paragraphs; it does not shape the answer otherwise.
///
/// # Panics
///
/// If a ranking has another number of topics than the session's model.
///
/// # References
///
/// Rabiner, L. R. (1989). A tutorial on hidden Markov models and selected applications in speech recognition. Proceedings of
/// the IEEE 77(2), 257-286.
pub fn in_context(session: &mut Session<'_>, headline: Option<&str>, paragraphs: &mut [ParagraphReport]) {
    if paragraphs.iter().filter(|p| p.ranking.is_some()).count() < 2 {
        return;
    }
    let expected = Expected::of(session.model());
    let mut of_line = |line| Some(expected.evidence(session.classify(line)?.probabilities()));
    let mut evidence: Vec<_> = headline.and_then(&mut of_line).map(Some).into_iter().collect();
    let mut places = Vec::with_capacity(paragraphs.len());
    let mut above = headline;
    for paragraph in &*paragraphs {
        let heading = paragraph.section.as_deref();
        if heading.is_some() && heading != above {
            evidence.extend(heading.and_then(&mut of_line).map(Some));
            above = heading;
        }
        places.push(evidence.len());
        evidence.push(paragraph.ranking.as_ref().map(|ranking| expected.evidence(ranking.probabilities())));
    }
    let topics = expected.topics(&evidence);
    for (paragraph, place) in paragraphs.iter_mut().zip(places) {
        if let Some(ranking) = &mut paragraph.ranking {
            let weights: Vec<f64> =
                topics[place].iter().zip(&expected.shares).map(|(t, share)| t / share).collect();
            *ranking = ranking.weighed(&weights);
        }
    }
}

/// What is expected of an article before a word of it is read.
struct Expected {
    /// How frequent articles that keep to each topic are.
    keeping: Vec<f64>,
    /// Shares of the topics in mixed articles.
    mixed: Vec<f64>,
    /// Shares of the topics in articles of all kinds.
    shares: Vec<f64>,
}

impl Expected {
    fn of(model: &TopicModel) -> Self {
        let n_topics = model.labels().len();
        let prior = &model.calibration().prior;
        let is_known = !prior.is_empty() && prior.iter().all(|&share| share >= LEAST);
        let prior = scaled(if is_known { prior.clone() } else { vec![1.0; n_topics] }, 1.0);
        let mixed = scaled(prior.iter().map(|share| share.sqrt()).collect(), 1.0);
        let missing =
            prior.iter().zip(&mixed).map(|(share, mixed)| (share - MIXED * mixed).max(0.0)).collect();
        let keeping = scaled(missing, 1.0 - MIXED);
        let share = |(keeping, mixed): (&f64, &f64)| KEEP * keeping + (1.0 - KEEP * (1.0 - MIXED)) * mixed;
        let shares = keeping.iter().zip(&mixed).map(share).collect();
        Self { keeping, mixed, shares }
    }

    fn evidence(&self, probabilities: &[f64]) -> Vec<f64> {
        assert_eq!(probabilities.len(), self.shares.len(), "a ranking must be of the model's labels");
        probabilities.iter().zip(&self.shares).map(|(p, share)| p / share).collect()
    }

    /// What the article lets expect of the topics of each paragraph; multiplied with its evidence, each row sums to one.
    fn topics(&self, evidence: &[Option<Vec<f64>>]) -> Vec<Vec<f64>> {
        let chain = Chain::of(&self.mixed, evidence);
        let keeping: Vec<Vec<f64>> = evidence.iter().map(|own| self.likelihoods(own.as_deref())).collect();
        let root = (evidence.iter().flatten().count() as f64).sqrt();
        let log_likelihood = |k: usize| keeping.iter().map(|of_kind| of_kind[k].ln()).sum::<f64>();
        let mut kinds: Vec<f64> =
            self.keeping.iter().enumerate().map(|(k, share)| share.ln() + log_likelihood(k) / root).collect();
        kinds.push(MIXED.ln() + chain.log_likelihood / root);
        math::softmax(&mut kinds);
        let (kinds, is_mixed) = kinds.split_at(self.mixed.len());
        let topics = |(of_kind, chain): (&Vec<f64>, &Vec<f64>)| {
            let any: f64 = kinds.iter().zip(of_kind).map(|(kind, likelihood)| kind / likelihood).sum();
            let topic = |c: usize| {
                KEEP * kinds[c] / of_kind[c] + (1.0 - KEEP) * self.mixed[c] * any + is_mixed[0] * chain[c]
            };
            (0..kinds.len()).map(topic).collect()
        };
        keeping.iter().zip(&chain.topics).map(topics).collect()
    }

    /// The likelihood of a paragraph in an article that keeps to each topic.
    fn likelihoods(&self, evidence: Option<&[f64]>) -> Vec<f64> {
        let Some(evidence) = evidence else { return vec![1.0; self.mixed.len()] };
        let any: f64 = evidence.iter().zip(&self.mixed).map(|(e, share)| e * share).sum();
        evidence.iter().map(|e| KEEP * e + (1.0 - KEEP) * any).collect()
    }
}

/// The topics of a mixed article.
struct Chain {
    log_likelihood: f64,
    /// As [`Expected::topics`].
    topics: Vec<Vec<f64>>,
}

impl Chain {
    fn of(shares: &[f64], evidence: &[Option<Vec<f64>>]) -> Self {
        let mut log_likelihood = 0.0;
        let mut before = Vec::with_capacity(evidence.len());
        let mut message = shares.to_vec();
        for own in evidence {
            before.push(message.clone());
            let heard = heard(&message, own.as_deref());
            let sum: f64 = heard.iter().sum();
            log_likelihood += sum.ln();
            message =
                heard.iter().zip(shares).map(|(h, share)| STAY * h / sum + (1.0 - STAY) * share).collect();
        }
        let mut topics = Vec::with_capacity(evidence.len());
        let mut message = vec![1.0; shares.len()];
        for (own, before) in evidence.iter().zip(&before).rev() {
            let both: Vec<f64> = before.iter().zip(&message).map(|(b, a)| b * a).collect();
            let sum: f64 = heard(&both, own.as_deref()).iter().sum();
            topics.push(both.iter().map(|t| t / sum).collect());
            let heard = heard(&message, own.as_deref());
            let any: f64 = heard.iter().zip(shares).map(|(h, share)| h * share).sum();
            message = heard.iter().map(|h| STAY * h / any + (1.0 - STAY)).collect();
        }
        topics.reverse();
        Self { log_likelihood, topics }
    }
}

/// A message and what the paragraph itself says.
fn heard(message: &[f64], evidence: Option<&[f64]>) -> Vec<f64> {
    match evidence {
        Some(evidence) => message.iter().zip(evidence).map(|(m, e)| m * e).collect(),
        None => message.to_vec(),
    }
}

/// Numbers of at least 0, not all 0, in proportion, with this sum.
fn scaled(mut numbers: Vec<f64>, sum: f64) -> Vec<f64> {
    let factor = sum / numbers.iter().sum::<f64>();
    for x in &mut numbers {
        *x *= factor;
    }
    numbers
}

#[cfg(test)]
mod tests;
