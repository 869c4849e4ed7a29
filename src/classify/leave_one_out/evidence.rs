//! From a document left out to its scores by several classifiers.
//!
//! # Advice for hackers
//!
//! Multinomial, complement and one-versus-all naive Bayes are made of the same two sums over the terms of the document,
//! one of `ln(N(t, c) + alpha)` and one of `ln(T(t) - N(t, c) + alpha)`; they are taken once for each distinct alpha.
//! Most terms occur in few classes: classes where a term's sum is zero share one logarithm, which goes to `base`, and
//! the others add their difference from it.

use crate::bayes::{ClassSums, Prior};
use crate::error::Result;

use super::super::params::Classifier;
use super::absent::AbsentTerms;
use super::document::Query;

/// The classifiers, with what each needs.
#[derive(Debug)]
pub(super) struct Recipe {
    /// Each distinct smoothing.
    pub(super) alphas: Vec<f64>,
    classifiers: Vec<Planned>,
}

#[derive(Debug)]
struct Planned {
    kind: Kind,
    alpha: usize,
    /// Log priors without a document of each class, one after another, then without none.
    log_priors: Vec<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Multinomial,
    Complement { norm: bool },
    Bernoulli,
    OneVsAll,
}

impl Recipe {
    pub(super) fn new(classifiers: &[Classifier], sums: &ClassSums) -> Result<Self> {
        let mut alphas = Vec::new();
        let mut planned = Vec::new();
        for classifier in classifiers {
            let (kind, prior) = match classifier {
                Classifier::Multinomial { prior, .. } => (Kind::Multinomial, prior),
                Classifier::Complement { norm, .. } => (Kind::Complement { norm: *norm }, &Prior::Uniform),
                Classifier::Bernoulli { prior, .. } => (Kind::Bernoulli, prior),
                Classifier::OneVsAll { .. } => (Kind::OneVsAll, &Prior::Uniform),
            };
            let alpha = classifier.alpha();
            let place = alphas.iter().position(|a: &f64| a.total_cmp(&alpha).is_eq()).unwrap_or_else(|| {
                alphas.push(alpha);
                alphas.len() - 1
            });
            planned.push(Planned { kind, alpha: place, log_priors: log_priors(prior, sums)? });
        }
        Ok(Self { alphas, classifiers: planned })
    }

    pub(super) fn has_bernoulli(&self) -> bool {
        self.classifiers.iter().any(|c| c.kind == Kind::Bernoulli)
    }

    pub(super) fn has_norm(&self) -> bool {
        self.classifiers.iter().any(|c| c.kind == Kind::Complement { norm: true })
    }

    /// Whether a classifier looks at the sums of the classes themselves.
    fn has_own(&self) -> bool {
        self.classifiers.iter().any(|c| matches!(c.kind, Kind::Multinomial | Kind::OneVsAll))
    }

    /// Whether a classifier looks at the sums of all classes but one.
    fn has_rest(&self) -> bool {
        self.classifiers.iter().any(|c| matches!(c.kind, Kind::Complement { .. } | Kind::OneVsAll))
    }
}

/// For each class, the log priors of all classes when a document of it is left out; last, when none is. A label's only
/// document leaves the priors as they are, so that they stay finite.
fn log_priors(prior: &Prior, sums: &ClassSums) -> Result<Vec<f64>> {
    let class_count = sums.class_count();
    let mut all = Vec::with_capacity(class_count.len() * (class_count.len() + 1));
    for class in 0..=class_count.len() {
        let mut count = class_count.clone();
        if let Some(count) = count.get_mut(class).filter(|count| **count > 1.0) {
            *count -= 1.0;
        }
        all.extend(prior.log(&count)?);
    }
    Ok(all)
}

/// The sums over the terms of one document, in buffers used again and again.
#[derive(Debug)]
pub(super) struct Evidence<'m> {
    recipe: &'m Recipe,
    absent: &'m AbsentTerms,
    sums: &'m ClassSums,
    /// Sum of the weights of the row.
    weight: f64,
    /// What both sums are for a class without any of the terms: one pair an alpha.
    base: Vec<(f64, f64)>,
    /// `sum of x * ln(N(t, c) + alpha)` less the base, alpha by alpha.
    own: Vec<f64>,
    /// `sum of x * ln(T(t) - N(t, c) + alpha)` less the base, alpha by alpha.
    rest: Vec<f64>,
    /// Log of the weight sum of complement naive Bayes over all terms, and Bernoulli scores: alpha by alpha.
    over_all_terms: Vec<f64>,
    bernoulli: Vec<f64>,
    /// The classes and sums of all terms, one after another, less what the document has put in.
    seen: Vec<(usize, u64)>,
    terms: Vec<SeenTerm>,
}

/// A term of the document with its sums.
#[derive(Debug, Clone, Copy)]
struct SeenTerm {
    /// Its weight.
    x: f64,
    /// Its sum over all classes.
    all: u64,
    /// Where its sums are.
    start: usize,
    end: usize,
}

impl<'m> Evidence<'m> {
    pub(super) fn new(recipe: &'m Recipe, absent: &'m AbsentTerms, sums: &'m ClassSums) -> Self {
        let zeros = vec![0.0; recipe.alphas.len() * sums.n_classes()];
        Self {
            recipe,
            absent,
            sums,
            weight: 0.0,
            base: vec![(0.0, 0.0); recipe.alphas.len()],
            own: zeros.clone(),
            rest: zeros.clone(),
            over_all_terms: zeros.clone(),
            bernoulli: zeros,
            seen: Vec::new(),
            terms: Vec::new(),
        }
    }

    /// Sums over the terms of a document.
    pub(super) fn gather(&mut self, query: &Query) {
        self.weight = query.terms.iter().filter_map(|t| t.weight).sum();
        let (has_own, has_rest) = (self.recipe.has_own(), self.recipe.has_rest());
        if has_own || has_rest {
            self.gather_sums(query, has_own, has_rest);
        }
        if self.recipe.has_norm() {
            self.absent.complement_weights(self.recipe, self.sums, query, &mut self.over_all_terms);
        }
        if self.recipe.has_bernoulli() {
            self.absent.bernoulli_scores(self.recipe, self.sums, query, &mut self.bernoulli);
        }
    }

    fn gather_sums(&mut self, query: &Query, has_own: bool, has_rest: bool) {
        self.look_up(query);
        let Self { recipe, sums, base, own, rest, seen, terms, .. } = self;
        let n_classes = sums.n_classes();
        // A power of two: to multiply by it is as exact as to divide by the unit, and several times as fast.
        let scale = 1.0 / sums.unit();
        base.fill((0.0, 0.0));
        own.fill(0.0);
        rest.fill(0.0);
        for &SeenTerm { x, all, start, end } in &*terms {
            let seen = &seen[start..end];
            let blocks = own.chunks_exact_mut(n_classes).zip(rest.chunks_exact_mut(n_classes));
            for ((&alpha, base), (own, rest)) in recipe.alphas.iter().zip(&mut *base).zip(blocks) {
                let smoothed = |n: u64| (n as f64 * scale + alpha).ln();
                let (ln_zero, ln_all) = (alpha.ln(), smoothed(all));
                base.0 += x * ln_zero;
                base.1 += x * ln_all;
                for &(class, n) in seen {
                    if has_own {
                        own[class] += x * (smoothed(n) - ln_zero);
                    }
                    if has_rest {
                        rest[class] += x * (smoothed(all - n) - ln_all);
                    }
                }
            }
        }
    }

    /// Copies the sums of the terms of a document. What that costs is waiting for memory, and nothing else is done here: so
    /// the processor waits for many terms at once.
    fn look_up(&mut self, query: &Query) {
        let Self { sums, seen, terms, .. } = self;
        seen.clear();
        terms.clear();
        for term in &query.terms {
            let Some(x) = term.weight else { continue };
            let (start, mut all) = (seen.len(), 0);
            sums.for_each_seen(term.column as usize, |class, n| {
                let n = if Some(class) == query.class { n - term.own } else { n };
                all += n;
                if n > 0 {
                    seen.push((class, n));
                }
            });
            terms.push(SeenTerm { x, all, start, end: seen.len() });
        }
    }

    /// Appends the scores of the document by a classifier, one a class.
    pub(super) fn push_scores(&self, classifier: usize, query: &Query, scores: &mut Vec<f64>) {
        let planned = &self.recipe.classifiers[classifier];
        let n_classes = self.sums.n_classes();
        let alpha = self.recipe.alphas[planned.alpha];
        let log_prior = &planned.log_priors[query.class.unwrap_or(n_classes) * n_classes..][..n_classes];
        let here = planned.alpha * n_classes..(planned.alpha + 1) * n_classes;
        let smoothing = alpha * query.n_features as f64;
        let everything: f64 = query.totals.iter().sum();
        let base = self.base[planned.alpha];
        for (class, i) in here.enumerate() {
            let (own, rest) = (base.0 + self.own[i], base.1 + self.rest[i]);
            let total = query.totals[class];
            let ln_own = (total + smoothing).ln();
            let ln_rest = (everything - total + smoothing).ln();
            scores.push(match planned.kind {
                Kind::Multinomial => log_prior[class] + own - self.weight * ln_own,
                Kind::OneVsAll => log_prior[class] + own - rest + self.weight * (ln_rest - ln_own),
                Kind::Complement { norm: false } => self.weight * ln_rest - rest,
                Kind::Complement { norm: true } => {
                    let sum = query.n_features as f64 * ln_rest - self.over_all_terms[i];
                    (self.weight * ln_rest - rest) / sum
                }
                Kind::Bernoulli => log_prior[class] + self.bernoulli[i],
            });
        }
    }
}
