//! What is minimised, and how.
//!
//! # Advice for hackers
//!
//! Fitted are `theta = (s, gamma, bias)`. With `r = spread / (geometric mean of the spreads)` and `u = z / spread`, scores of
//! unit spread, the logits are `exp(s) * r^(1 - gamma) * u + bias`: `s` and `gamma` then hardly depend on each other, and
//! `s = 0` means no sharpening. Each step solves `(H + damping) step = -gradient`, where `H` is the expectation of the
//! Hessian (Fisher scoring), which is never indefinite; damping falls after a step that helps and rises after one that
//! does not (Levenberg and Marquardt). Sums run through shares of the documents, which depend on their number alone, and the
//! shares are added up in their order: so they are the same on any number of threads.

use std::ops::Range;

use rayon::prelude::*;

use super::super::{LEAST_SPREAD, centre};
use super::count_classes;
use crate::math;

/// Greatest power of the spread: at 1 the scores' size would say nothing any more.
pub(super) const MAX_GAMMA: f64 = 0.95;
const MAX_STEPS: usize = 60;
/// Relative gain below which a fit has converged.
const TOLERANCE: f64 = 1e-9;
/// Documents are summed in so many shares at most, of so many documents at least: each takes a Hessian.
const SHARES: usize = 4;
const LEAST_SHARE: usize = 256;
/// Posteriors below this do not move a sum that is rounded to 2^-53.
const NEGLIGIBLE: f64 = 1e-12;

/// What is fitted to.
pub(super) struct Documents {
    pub(super) labels: Vec<usize>,
    /// Weights, summing to one.
    weights: Vec<f64>,
    /// Scores of unit spread.
    units: Vec<f64>,
    /// `ln r`.
    log_ratios: Vec<f64>,
    pub(super) mean_log_spread: f64,
}

impl Documents {
    pub(super) fn new(scores: &[f64], labels: &[usize], class_weight: &[f64]) -> Option<Self> {
        let n_classes = class_weight.len();
        assert_eq!(scores.len(), labels.len() * n_classes, "scores must be n_samples x n_classes");
        let class_count = count_classes(labels, n_classes);
        let mut all = Self {
            labels: Vec::new(),
            weights: Vec::new(),
            units: Vec::new(),
            log_ratios: Vec::new(),
            mean_log_spread: 0.0,
        };
        for (row, &label) in scores.chunks_exact(n_classes).zip(labels) {
            if class_count[label] < 2.0 {
                continue;
            }
            let first = all.units.len();
            all.units.extend_from_slice(row);
            let spread = centre(&mut all.units[first..]);
            let is_flat = spread <= LEAST_SPREAD;
            for unit in &mut all.units[first..] {
                *unit = if is_flat { 0.0 } else { *unit / spread };
            }
            all.labels.push(label);
            all.weights.push(class_weight[label]);
            all.log_ratios.push(if is_flat { f64::NAN } else { spread.ln() });
        }
        let known: Vec<f64> = all.log_ratios.iter().copied().filter(|l| !l.is_nan()).collect();
        all.mean_log_spread = math::mean(&known).unwrap_or(0.0);
        for log_ratio in &mut all.log_ratios {
            *log_ratio = if log_ratio.is_nan() { 0.0 } else { *log_ratio - all.mean_log_spread };
        }
        let sum: f64 = all.weights.iter().sum();
        for weight in &mut all.weights {
            *weight /= sum;
        }
        (!all.labels.is_empty()).then_some(all)
    }
}

pub(super) struct Problem {
    pub(super) documents: Documents,
    pub(super) bias_penalty: f64,
    pub(super) prior_weight: f64,
    pub(super) n_parameters: usize,
}

/// Objective, gradient and expected Hessian (row-major) at a point.
pub(super) struct Slope {
    pub(super) objective: f64,
    pub(super) gradient: Vec<f64>,
    pub(super) hessian: Vec<f64>,
}

impl Problem {
    pub(super) fn minimise(&self) -> Vec<f64> {
        let mut theta = vec![0.0; self.n_parameters];
        theta[1] = 0.5;
        let mut here = self.slope(&theta);
        let mut damping = 1e-3;
        for _ in 0..MAX_STEPS {
            let next = self.step(&theta, &here, damping);
            let there = self.slope(&next);
            if there.objective < here.objective {
                let gain = here.objective - there.objective;
                (theta, here) = (next, there);
                damping = (damping / 10.0).max(1e-9);
                if gain <= TOLERANCE * here.objective.abs() {
                    break;
                }
            } else {
                damping *= 10.0;
                if damping > 1e6 {
                    break;
                }
            }
        }
        theta
    }

    /// A damped step; `gamma` stays in its range.
    fn step(&self, theta: &[f64], slope: &Slope, damping: f64) -> Vec<f64> {
        let n = self.n_parameters;
        let mut matrix = slope.hessian.clone();
        let mut step: Vec<f64> = slope.gradient.iter().map(|g| -g).collect();
        for i in 0..n {
            matrix[i * n + i] += damping * (slope.hessian[i * n + i] + 1e-6);
        }
        let is_stuck = (theta[1] <= 0.0 && step[1] < 0.0) || (theta[1] >= MAX_GAMMA && step[1] > 0.0);
        if is_stuck {
            for i in 0..n {
                matrix[n + i] = 0.0;
                matrix[i * n + 1] = 0.0;
            }
            matrix[n + 1] = 1.0;
            step[1] = 0.0;
        }
        math::solve_positive_definite(&mut matrix, &mut step);
        let mut next: Vec<f64> = theta.iter().zip(&step).map(|(t, d)| t + d).collect();
        next[1] = next[1].clamp(0.0, MAX_GAMMA);
        next
    }

    pub(super) fn slope(&self, theta: &[f64]) -> Slope {
        let n_documents = self.documents.labels.len();
        let of_share = n_documents.div_ceil(SHARES).max(LEAST_SHARE);
        let shares = (0..n_documents.div_ceil(of_share)).into_par_iter().with_max_len(1);
        let shares: Vec<Slope> = shares
            .map(|i| self.slope_of(theta, i * of_share..((i + 1) * of_share).min(n_documents)))
            .collect();
        let mut slope =
            shares.into_iter().reduce(|sum, share| sum.plus(&share)).expect("there are documents");
        slope.add_penalties(theta, self.bias_penalty, self.prior_weight);
        slope
    }

    /// That of some documents, without penalties.
    fn slope_of(&self, theta: &[f64], documents: Range<usize>) -> Slope {
        let Documents { labels, weights, units, log_ratios, .. } = &self.documents;
        let n = self.n_parameters;
        let (s, gamma, bias) = (theta[0], theta[1], &theta[2..]);
        let mut slope = Slope { objective: 0.0, gradient: vec![0.0; n], hessian: vec![0.0; n * n] };
        let mut p = vec![0.0; bias.len()];
        for i in documents {
            let unit = &units[i * bias.len()..][..bias.len()];
            let (label, weight, log_ratio) = (labels[i], weights[i], log_ratios[i]);
            let factor = (s + (1.0 - gamma) * log_ratio).exp();
            for ((logit, u), b) in p.iter_mut().zip(unit).zip(bias) {
                *logit = factor * u + b;
            }
            let logit = p[label];
            let norm = math::softmax(&mut p);
            slope.objective += weight * (norm - logit);
            slope.add_document(&p, unit, label, weight, factor, log_ratio);
        }
        slope
    }
}

impl Slope {
    /// That of both shares together.
    fn plus(mut self, other: &Self) -> Self {
        let sums = self.gradient.iter_mut().chain(&mut self.hessian);
        sums.zip(other.gradient.iter().chain(&other.hessian)).for_each(|(sum, more)| *sum += more);
        Self { objective: self.objective + other.objective, ..self }
    }

    fn add_document(
        &mut self,
        p: &[f64],
        unit: &[f64],
        label: usize,
        weight: f64,
        factor: f64,
        log_ratio: f64,
    ) {
        let n = self.gradient.len();
        let mean: f64 = p.iter().zip(unit).map(|(p, u)| p * factor * u).sum();
        let error = weight * (mean - factor * unit[label]);
        self.gradient[0] += error;
        self.gradient[1] -= log_ratio * error;
        self.gradient[2 + label] -= weight;
        let mut variance = 0.0;
        for (c, (&p_c, u)) in p.iter().zip(unit).enumerate() {
            if p_c < NEGLIGIBLE {
                continue;
            }
            self.gradient[2 + c] += weight * p_c;
            let deviation = factor * u - mean;
            variance += p_c * deviation * deviation;
            let row = &mut self.hessian[(2 + c) * n..(3 + c) * n];
            row[0] += weight * p_c * deviation;
            row[1] -= log_ratio * weight * p_c * deviation;
            row[2 + c] += weight * p_c;
            for (h, &p_d) in row[2..=2 + c].iter_mut().zip(p) {
                *h -= weight * p_c * p_d;
            }
        }
        self.hessian[0] += weight * variance;
        self.hessian[n] -= log_ratio * weight * variance;
        self.hessian[n + 1] += log_ratio * log_ratio * weight * variance;
    }

    /// Adds the penalties, and fills the upper triangle of the Hessian.
    fn add_penalties(&mut self, theta: &[f64], bias_penalty: f64, prior_weight: f64) {
        let n = theta.len();
        for (i, &t) in theta.iter().enumerate() {
            let (weight, away) = match i {
                0 => (prior_weight, t),
                1 => (prior_weight, t - 0.5),
                _ => (bias_penalty, t),
            };
            self.objective += weight * away * away;
            self.gradient[i] += 2.0 * weight * away;
            self.hessian[i * n + i] += 2.0 * weight;
            for j in 0..i {
                self.hessian[j * n + i] = self.hessian[i * n + j];
            }
        }
    }
}
