//! The search through the candidates.

use rayon::prelude::*;

use crate::bayes::ClassSums;
use crate::error::{Error, Result};
use crate::math;
use crate::text::AnalyzerParams;
use crate::vectorize::{Selection, TfidfParams};

use super::super::calibrate::{Calibration, CalibrationMethod, CalibrationParams};
use super::super::counted::CountedCorpus;
use super::super::decide::Decision;
use super::super::evaluate::Confusion;
use super::super::leave_one_out::{LeaveOneOutScores, PartLimits, PartScores, Setting};
use super::super::params::{Classifier, TopicModelParams};
use super::super::quality::Quality;
use super::super::refine::{self, Refinement};
use super::candidates::{Candidate, Candidates};
use super::suspect::suspects;
use super::{AutoFit, AutoParams};

/// Standard errors by which a candidate must beat the one preferred to it.
pub(super) const RELUCTANCE: f64 = 2.0;

/// Share of the loss by which it must do so.
pub(super) const MARGIN: f64 = 0.05;

/// Documents on which classifiers, weightings and ranges are compared: a difference of [`MARGIN`] is then more than two
/// standard errors.
const HEAT_DOCUMENTS: usize = 2000;

/// Documents that are left out one by one, and documents that calibrate, where there is nothing to choose: enough for the
/// calibration's few numbers, for half a point of coverage, and for two thirds of a point of accuracy.
const FIXED_DOCUMENTS: usize = 3000;

/// Entries of the rows that are left out in parts at most, and where there is nothing to choose.
const PART_ENTRIES: u64 = 8 << 20;
const FIXED_PART_ENTRIES: u64 = 2 << 20;

/// Logarithms that one pass may take: some five seconds of one core.
const LOGARITHMS: f64 = 1e9;

/// Labels of which every pair is counted: their square is kept.
const MAX_CONFUSED: usize = 256;

/// Documents that are scored however much one costs.
const LEAST_DOCUMENTS: usize = 1000;

pub(super) struct Search<'a> {
    auto: &'a AutoParams,
    corpus: &'a CountedCorpus,
    calibration: CalibrationParams,
    candidates: Vec<Candidate>,
}

/// A configuration with what it takes to compare it and to finish it.
struct Contender {
    place: usize,
    calibration: Calibration,
    /// Weighted loss of each document.
    losses: Vec<f64>,
}

/// What one weighting and one n-gram range lead to.
struct Heat {
    /// With the best classifier.
    params: TopicModelParams,
    sums: ClassSums,
    scores: LeaveOneOutScores,
    winner: Contender,
    /// Which of the classifiers of `scores` it is.
    classifier: usize,
}

/// A candidate and how it is calibrated, by its number in the pass.
type Judged = (usize, Candidate, Contender);

impl<'a> Search<'a> {
    pub(super) fn new(auto: &'a AutoParams, corpus: &'a CountedCorpus) -> Result<Self> {
        Ok(Self { auto, corpus, calibration: auto.calibration_of(corpus.labels())?, candidates: Vec::new() })
    }

    pub(super) fn run(mut self) -> Result<AutoFit> {
        let mut selection =
            self.params(self.auto.ngram_ranges[0], self.auto.weightings[0]).select(self.corpus)?;
        let mut best: Option<Heat> = None;
        for &weighting in &self.auto.weightings {
            if let Some(heat) = self.heat(self.auto.ngram_ranges[0], weighting, &selection)? {
                best = Some(better(best, heat));
            }
        }
        let mut best = best.ok_or_else(|| {
            Error::training("bernoulli needs the weighting binary, got none of them among the candidates")
        })?;
        for &range in &self.auto.ngram_ranges[1..] {
            let narrower = self.params(range, best.params.weighting).select(self.corpus)?;
            if let Some(heat) = self.heat(range, best.params.weighting, &narrower)? {
                best = better(Some(best), heat);
                if best.params.analyzer.ngram_range == range {
                    selection = narrower;
                }
            }
        }
        let best = self.settle(best, &selection)?;
        self.finish(best, selection)
    }

    /// Chooses between the best alpha so far and those next to it, and calibrates, on as many documents as the budget
    /// allows.
    fn settle(&mut self, heat: Heat, selection: &Selection) -> Result<Heat> {
        if self.auto.is_fixed() {
            return Ok(heat);
        }
        let n_documents = self.affordable(selection);
        if heat.scores.labels().len() >= n_documents.min(self.corpus.n_documents()) {
            return Ok(heat);
        }
        let Heat { params, sums, winner, .. } = heat;
        let first = winner.place - winner.place % self.auto.alphas.len();
        let places: Vec<usize> =
            self.neighbours(winner.place - first).into_iter().map(|i| first + i).collect();
        let classifiers: Vec<Classifier> =
            places.iter().map(|&place| self.candidates[place].classifier.clone()).collect();
        let (scores, judged) = self.judge_all(&params, &sums, selection, &classifiers, n_documents)?;
        let winner = best_alpha(judged, &mut |i, candidate| {
            self.candidates[places[i]] = candidate;
            places[i]
        });
        let (classifier, winner) = winner.expect("there is at least one alpha");
        let params = TopicModelParams { classifier: classifiers[classifier].clone(), ..params };
        Ok(Heat { params, sums, scores, winner, classifier })
    }

    /// Fits the model, judges it, and calibrates it on parts of the corpus that it has not seen.
    fn finish(self, heat: Heat, selection: Selection) -> Result<AutoFit> {
        let Heat { params, mut sums, scores, winner, classifier } = heat;
        let n_classes = scores.n_classes();
        let calibrated = |scores: &[f64], calibration: &Calibration| {
            let mut probabilities = scores.to_vec();
            probabilities.chunks_exact_mut(n_classes).for_each(|row| calibration.apply(row));
            probabilities
        };
        let probabilities = calibrated(scores.of(classifier), &winner.calibration);
        let candidates = Candidates { all: self.candidates, chosen: winner.place };
        let quality = candidates.chosen().quality;
        let suspects = suspects(scores.documents(), scores.labels(), &probabilities, n_classes);
        let max_documents = self.auto.max_documents;
        let (entries, scored) = if self.auto.is_fixed() {
            (FIXED_PART_ENTRIES, FIXED_DOCUMENTS.min(max_documents))
        } else {
            (PART_ENTRIES, max_documents)
        };
        let limits = if self.auto.refine.is_some() {
            refine::check_room(self.corpus, &selection, sums.n_seen())?;
            PartLimits::NONE
        } else {
            PartLimits { left_out: max_documents, entries, scored }
        };
        let mut apart = params.leave_parts_out(self.corpus, &selection, &mut sums, limits)?;
        let learn = |strength| {
            Refinement::learn(strength, &params, self.corpus, &selection, &self.calibration, &mut apart)
        };
        let refinement = self.auto.refine.map(learn).transpose()?;
        let PartScores { scores: apart, known_shares, .. } = apart;
        let calibration = self.calibration.fit(apart.of(0), apart.labels(), n_classes);
        let probabilities = calibrated(apart.of(0), &calibration);
        let quality_apart = Quality::of(&probabilities, apart.labels(), n_classes);
        let weights = self.calibration.weights(apart.labels(), n_classes);
        let decision = Decision::learn(&probabilities, apart.labels(), &weights, known_shares);
        let confusion = confusion(&probabilities, apart.labels(), n_classes, decision.min_probability);
        let model = params
            .fit_summed(self.corpus, selection, sums)?
            .with_refinement(refinement)
            .with_calibration(calibration)
            .with_decision(decision)
            .with_leave_one_out(quality)
            .with_confusion(confusion);
        Ok(AutoFit { model, candidates, quality, quality_apart, suspects })
    }

    fn params(&self, ngram_range: (usize, usize), weighting: TfidfParams) -> TopicModelParams {
        TopicModelParams {
            analyzer: AnalyzerParams { ngram_range, ..self.auto.analyzer.clone() },
            vocabulary: self.auto.vocabulary,
            weighting,
            classifier: self.auto.classifiers[0].clone(),
        }
    }

    /// Compares all classifiers; `None` if none takes such rows.
    fn heat(
        &mut self,
        ngram_range: (usize, usize),
        weighting: TfidfParams,
        selection: &Selection,
    ) -> Result<Option<Heat>> {
        let kinds = self.auto.classifiers.iter().filter(|kind| kind.takes_rows_of(weighting));
        let classifiers: Vec<Classifier> = kinds.flat_map(|kind| self.with_every_alpha(kind)).collect();
        if classifiers.is_empty() {
            return Ok(None);
        }
        let mut params = self.params(ngram_range, weighting);
        let sums = params.sum_rows(self.corpus, selection)?;
        let enough = if self.auto.is_fixed() { FIXED_DOCUMENTS } else { HEAT_DOCUMENTS };
        let n_documents = self.auto.max_documents.min(enough);
        let (scores, judged) = self.judge_all(&params, &sums, selection, &classifiers, n_documents)?;
        let mut winner: Option<(usize, Contender)> = None;
        let mut judged = judged.into_iter().peekable();
        while judged.peek().is_some() {
            let of_one_kind = judged.by_ref().take(self.auto.alphas.len()).collect();
            let best = best_alpha(of_one_kind, &mut |_, candidate| {
                self.candidates.push(candidate);
                self.candidates.len() - 1
            });
            winner = match (winner, best) {
                (Some(winner), Some(best)) if best.1.beats(&winner.1) => Some(best),
                (None, best) => best,
                (winner, _) => winner,
            };
        }
        Ok(winner.map(|(classifier, winner)| {
            params.classifier = classifiers[classifier].clone();
            Heat { params, sums, scores, winner, classifier }
        }))
    }

    fn with_every_alpha(&self, classifier: &Classifier) -> Vec<Classifier> {
        self.auto.alphas.iter().map(|&alpha| classifier.clone().with_alpha(alpha)).collect()
    }

    /// An alpha and those next below and above, by their places in the list.
    fn neighbours(&self, alpha: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.auto.alphas.len()).collect();
        order.sort_by(|&a, &b| self.auto.alphas[a].total_cmp(&self.auto.alphas[b]));
        let rank = order.iter().position(|&i| i == alpha).expect("the alpha is in the list");
        order[rank.saturating_sub(1)..(rank + 2).min(order.len())].to_vec()
    }

    /// Scores and calibrates classifiers.
    fn judge_all(
        &self,
        params: &TopicModelParams,
        sums: &ClassSums,
        selection: &Selection,
        classifiers: &[Classifier],
        n_documents: usize,
    ) -> Result<(LeaveOneOutScores, Vec<Judged>)> {
        let setting = Setting { corpus: self.corpus, params, selection, sums };
        let scores = setting.scores_by_key(classifiers, n_documents)?;
        let judged = (0..classifiers.len()).into_par_iter().map(|i| {
            let (contender, quality) = self.judge(&scores, i)?;
            let candidate = Candidate {
                ngram_range: params.analyzer.ngram_range,
                weighting: params.weighting,
                classifier: classifiers[i].clone(),
                weighted_log_loss: contender.loss(),
                quality,
            };
            Ok((i, candidate, contender))
        });
        let judged = judged.collect::<Result<Vec<_>>>()?;
        Ok((scores, judged))
    }

    /// Calibrates the scores of a classifier, and says how good they then are.
    fn judge(&self, scores: &LeaveOneOutScores, classifier: usize) -> Result<(Contender, Quality)> {
        let (n_classes, labels) = (scores.n_classes(), scores.labels());
        let params = CalibrationParams { method: CalibrationMethod::Temperature, ..self.calibration.clone() };
        let calibration = params.fit(scores.of(classifier), labels, n_classes);
        let mut probabilities = scores.of(classifier).to_vec();
        for row in probabilities.chunks_exact_mut(n_classes) {
            calibration.apply(row);
        }
        let quality = Quality::of(&probabilities, labels, n_classes)
            .ok_or_else(|| Error::training("a corpus must have at least one document, got none"))?;
        let weights = params.weights(labels, n_classes);
        let mean_weight = math::mean(&weights).unwrap_or(1.0);
        let rows = probabilities.chunks_exact(n_classes).zip(labels).zip(weights);
        let losses = rows
            .map(|((row, &label), weight)| -row[label].max(f64::EPSILON).ln() * weight / mean_weight)
            .collect();
        Ok((Contender { place: 0, calibration, losses }, quality))
    }

    /// Documents to score: as many as fit the budget.
    fn affordable(&self, selection: &Selection) -> usize {
        let entries: u64 = selection.document_frequency.iter().sum();
        let n_documents = self.corpus.n_documents().max(1) as f64;
        let classes_times_alphas = self.corpus.labels().len() * self.auto.alphas.len();
        let cost_of_one = entries as f64 / n_documents * 2.0 * classes_times_alphas as f64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let n = (LOGARITHMS / cost_of_one) as usize;
        n.max(LEAST_DOCUMENTS).min(self.auto.max_documents)
    }
}

/// Documents by their label and by the most probable one, where it is probable enough; `None` for too many labels or documents.
fn confusion(
    probabilities: &[f64],
    labels: &[usize],
    n_classes: usize,
    min_probability: f64,
) -> Option<Confusion> {
    if n_classes > MAX_CONFUSED || labels.len() as u64 > Confusion::MOST_KEPT {
        return None;
    }
    let mut confusion = Confusion::new(n_classes);
    for (row, &label) in probabilities.chunks_exact(n_classes).zip(labels) {
        confusion.add(label, math::argmax(row).filter(|&best| row[best] >= min_probability));
    }
    Some(confusion)
}

/// The candidate with the smallest loss. `keep` takes each candidate, by its number in the pass, to its place.
fn best_alpha(
    judged: Vec<Judged>,
    keep: &mut dyn FnMut(usize, Candidate) -> usize,
) -> Option<(usize, Contender)> {
    let mut best: Option<(usize, Contender)> = None;
    for (i, candidate, contender) in judged {
        let place = keep(i, candidate);
        if best.as_ref().is_none_or(|(_, best)| contender.loss() < best.loss()) {
            best = Some((i, Contender { place, ..contender }));
        }
    }
    best
}

/// The heat with the better winner; doubt is for the first.
fn better(best: Option<Heat>, heat: Heat) -> Heat {
    match best {
        Some(best) if !heat.winner.beats(&best.winner) => best,
        _ => heat,
    }
}

impl Contender {
    fn loss(&self) -> f64 {
        math::mean(&self.losses).unwrap_or(f64::INFINITY)
    }

    /// Whether it is better than one preferred to it, beyond doubt.
    fn beats(&self, preferred: &Self) -> bool {
        let gains: Vec<f64> =
            preferred.losses.iter().zip(&self.losses).map(|(theirs, own)| theirs - own).collect();
        let Some((mean, deviation)) = math::mean(&gains).zip(math::standard_deviation(&gains)) else {
            return false;
        };
        mean > RELUCTANCE * deviation / (gains.len() as f64).sqrt() && mean > MARGIN * preferred.loss()
    }
}
