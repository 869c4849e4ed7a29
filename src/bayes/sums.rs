//! What a naive Bayes model has seen: sums of rows by class.

use std::ops::Range;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::class_run::ClassRun;
use super::fixed::{out_of_range, to_fixed};
use super::seen_sums::SeenSums;
use crate::error::{Error, Result};
use crate::vectorize::SparseRow;

/// Sums of the rows of each class, as whole numbers of a fixed unit.
///
/// A value is rounded once, when it comes in, to a multiple of `2^-fraction_bits`; from then on all additions
/// are of integers. So sums do not depend on the order or the grouping of the documents, two models can be
/// merged exactly, and taking a document out undoes putting it in.
///
/// Layout of the feature sums: term by term, one number for each class.
#[derive(Debug, Clone)]
pub struct ClassSums {
    fraction_bits: u32,
    n_features: usize,
    class_count: Vec<u64>,
    /// Laid out when first asked for, where there are those that are not zero: most of what is done needs no others.
    feature_count: OnceLock<Vec<u64>>,
    /// Those, as long as no other has been changed.
    seen: Option<SeenSums>,
}

impl ClassSums {
    /// Fraction bits for weights: exact to 2^-40, sums up to 16.7 million.
    pub const WEIGHTS: u32 = 40;
    /// Fraction bits for counts: exact for whole numbers, sums up to 1.7e13.
    pub const COUNTS: u32 = 20;

    /// Sums of nothing.
    pub fn new(n_classes: usize, n_features: usize, fraction_bits: u32) -> Self {
        Self {
            fraction_bits,
            n_features,
            class_count: vec![0; n_classes],
            feature_count: OnceLock::from(vec![0; n_classes * n_features]),
            seen: None,
        }
    }

    /// Sums as they were stored.
    ///
    /// # Errors
    ///
    /// If the lengths do not fit together, or a sum over all classes exceeds its range.
    pub fn from_parts(fraction_bits: u32, class_count: Vec<u64>, feature_count: Vec<u64>) -> Result<Self> {
        let n_classes = class_count.len();
        if n_classes == 0 || !feature_count.len().is_multiple_of(n_classes) || fraction_bits > 52 {
            return Err(Error::training(format!(
                "feature sums must be n_features x {n_classes} with at most 52 fraction bits, got {} with {fraction_bits}",
                feature_count.len()
            )));
        }
        let n_features = feature_count.len() / n_classes;
        let feature_count = OnceLock::from(feature_count);
        let sums = Self { fraction_bits, n_features, class_count, feature_count, seen: None };
        sums.check_range()?;
        Ok(sums)
    }

    /// The sums that are not zero, of as many classes as have a count; fails as [`from_parts`](Self::from_parts) does.
    pub(crate) fn from_seen(fraction_bits: u32, class_count: Vec<u64>, seen: SeenSums) -> Result<Self> {
        let none = Self::from_parts(fraction_bits, class_count, Vec::new())?;
        let n_features = seen.n_features();
        let sums = Self { n_features, feature_count: OnceLock::new(), seen: Some(seen), ..none };
        sums.check_range()?;
        Ok(sums)
    }

    /// The sums of `runs`, whose classes do not fall.
    ///
    /// # Errors
    ///
    /// If there are too many classes or sums, or one exceeds its range.
    pub(crate) fn of_runs(
        fraction_bits: u32,
        (n_classes, n_features): (usize, usize),
        runs: &[ClassRun],
    ) -> Result<Self> {
        let mut class_count = vec![0_u64; n_classes];
        for run in runs {
            let count = &mut class_count[usize::from(run.class)];
            *count = count.checked_add(run.class_count).ok_or_else(out_of_range)?;
        }
        Self::from_seen(fraction_bits, class_count, SeenSums::of_runs(n_classes, n_features, runs)?)
    }

    /// Number of classes.
    pub fn n_classes(&self) -> usize {
        self.class_count.len()
    }

    /// Number of terms.
    pub fn n_features(&self) -> usize {
        self.n_features
    }

    /// How many bits of a stored sum stand behind the point.
    pub fn fraction_bits(&self) -> u32 {
        self.fraction_bits
    }

    /// The stored class counts.
    pub fn raw_class_count(&self) -> &[u64] {
        &self.class_count
    }

    /// The stored feature sums, term by term.
    pub fn raw_feature_count(&self) -> &[u64] {
        self.feature_count.get_or_init(|| self.seen.as_ref().map(SeenSums::dense).unwrap_or_default())
    }

    /// The stored class counts, to be changed.
    pub(super) fn raw_class_count_mut(&mut self) -> &mut [u64] {
        &mut self.class_count
    }

    /// The stored feature sums, to be changed.
    pub(super) fn raw_feature_count_mut(&mut self) -> &mut [u64] {
        self.raw_feature_count();
        self.seen = None;
        self.feature_count.get_mut().expect("they have just been laid out")
    }

    /// The sums that are not zero, to be changed, but not from zero.
    ///
    /// # Errors
    ///
    /// If there are more than a model may have.
    pub(super) fn seen_mut(&mut self) -> Result<&mut SeenSums> {
        if self.seen.is_none() {
            self.seen = Some(SeenSums::of_dense(self.n_classes(), self.raw_feature_count())?);
        }
        self.feature_count = OnceLock::new();
        Ok(self.seen.as_mut().expect("they have just been gathered"))
    }

    /// Puts the stored sums of a term, by class, into `row`.
    #[inline]
    pub(crate) fn read_row(&self, term: usize, row: &mut [u64]) {
        row.fill(0);
        self.for_each_seen(term, |class, sum| row[class] = sum);
    }

    /// Hands the class and the stored sum of a term to `each`, for each sum that is not zero.
    #[inline]
    pub(crate) fn for_each_seen(&self, term: usize, mut each: impl FnMut(usize, u64)) {
        let mut all = |class, sum| {
            if sum > 0 {
                each(class, sum);
            }
        };
        match &self.seen {
            Some(seen) => seen.of(term).for_each(|(class, sum)| all(class, sum)),
            None => self.row(term).iter().enumerate().for_each(|(class, &sum)| all(class, sum)),
        }
    }

    /// At least as many as the sums of terms that are not zero.
    pub(crate) fn n_seen(&self) -> usize {
        self.n_seen_of(0..self.n_features)
    }

    /// The same of some terms.
    pub(super) fn n_seen_of(&self, terms: Range<usize>) -> usize {
        match &self.seen {
            Some(seen) => seen.n_sums_of(terms),
            None => terms.map(|term| self.row(term).iter().filter(|&&sum| sum > 0).count()).sum(),
        }
    }

    /// Weight of the documents of each class.
    pub fn class_count(&self) -> Vec<f64> {
        self.class_count.iter().map(|&n| self.to_float(n)).collect()
    }

    /// The sums of a term, by class.
    pub fn feature_count(&self, term: u32) -> impl ExactSizeIterator<Item = f64> + '_ {
        self.row(term as usize).iter().map(|&n| self.to_float(n))
    }

    /// Sum of all values of each class.
    pub fn class_totals(&self) -> Vec<f64> {
        let unit = self.unit();
        self.raw_class_totals().into_iter().map(|total| total as f64 / unit).collect()
    }

    /// The stored sums of all values of each class.
    pub(crate) fn raw_class_totals(&self) -> Vec<u128> {
        self.totals_of(|_| true).1
    }

    /// How many terms are wanted, and the stored sums of their values by class; on the threads of the current rayon pool.
    pub(crate) fn totals_of(&self, is_wanted: impl Fn(usize) -> bool + Sync) -> (usize, Vec<u128>) {
        let none = || (0, vec![0; self.n_classes()]);
        let terms = (0..self.n_features).into_par_iter().with_min_len(TERMS).filter(|&term| is_wanted(term));
        let counted = terms.fold(none, |(n_terms, mut totals), term| {
            self.for_each_seen(term, |class, n| totals[class] += u128::from(n));
            (n_terms + 1, totals)
        });
        counted.reduce(none, |(n_terms, mut totals), (n_more, more)| {
            totals.iter_mut().zip(more).for_each(|(total, n)| *total += n);
            (n_terms + n_more, totals)
        })
    }

    fn row(&self, term: usize) -> &[u64] {
        let start = term * self.n_classes();
        &self.raw_feature_count()[start..start + self.n_classes()]
    }

    /// Adds a document of `class`.
    ///
    /// # Errors
    ///
    /// If a sum exceeds its range; the sums are then as before for the terms not yet reached.
    ///
    /// # Panics
    ///
    /// If the class or a column is out of range.
    pub fn add(&mut self, row: SparseRow<'_>, class: usize, weight: f64) -> Result<()> {
        self.update(row, class, weight, u64::checked_add)
    }

    /// Takes out a document of `class` that was added before with the same weight.
    ///
    /// # Errors
    ///
    /// If a sum would become negative: the document was not in.
    ///
    /// # Panics
    ///
    /// If the class or a column is out of range.
    pub fn remove(&mut self, row: SparseRow<'_>, class: usize, weight: f64) -> Result<()> {
        self.update(row, class, weight, u64::checked_sub)
    }

    /// Adds the sums of other documents.
    ///
    /// # Errors
    ///
    /// If classes, terms or units differ, or a sum exceeds its range.
    pub fn merge(&mut self, other: &Self) -> Result<()> {
        self.combine(other, u64::checked_add)
    }

    /// Takes out the sums of documents that were merged before.
    ///
    /// # Errors
    ///
    /// If classes, terms or units differ, or a sum would become negative: the documents were not in.
    pub fn subtract(&mut self, other: &Self) -> Result<()> {
        self.combine(other, u64::checked_sub)
    }

    fn combine(&mut self, other: &Self, op: fn(u64, u64) -> Option<u64>) -> Result<()> {
        let shape = |s: &Self| (s.n_classes(), s.n_features, s.fraction_bits);
        if shape(self) != shape(other) {
            return Err(Error::training(format!(
                "merged models must have equal shapes (classes, terms, fraction bits), got {:?} and {:?}",
                shape(self),
                shape(other)
            )));
        }
        let combine = |(sums, others): (&mut [u64], &[u64])| {
            sums.iter_mut().zip(others).try_for_each(|(sum, &n)| op(*sum, n).map(|n| *sum = n))
        };
        combine((&mut self.class_count, &other.class_count)).ok_or_else(out_of_range)?;
        let others = other.raw_feature_count().par_chunks(CHUNK);
        let features = self.raw_feature_count_mut().par_chunks_mut(CHUNK).zip(others);
        features.map(combine).collect::<Option<()>>().ok_or_else(out_of_range)?;
        self.check_range()
    }

    /// Fails if what a term sums to over all classes does not fit into 64 bits, as scorers take for granted.
    pub(crate) fn check_range(&self) -> Result<()> {
        self.class_count.iter().try_fold(0_u64, |sum, &n| sum.checked_add(n)).ok_or_else(out_of_range)?;
        let terms = (0..self.n_features).into_par_iter().with_min_len(TERMS);
        let fits = |term| {
            let mut total = Some(0_u64);
            self.for_each_seen(term, |_, n| total = total.and_then(|total| total.checked_add(n)));
            total.is_some()
        };
        if terms.into_par_iter().all(fits) { Ok(()) } else { Err(out_of_range()) }
    }

    /// The same sums in another layout: class `c` becomes `classes[c]` and term `t` becomes `terms[t]`; what becomes
    /// `None` is left out.
    pub(crate) fn laid_out(
        &self,
        (n_classes, classes): (usize, &[Option<usize>]),
        (n_features, terms): (usize, &[Option<usize>]),
    ) -> Self {
        let mut sums = Self::new(n_classes, n_features, self.fraction_bits);
        for (&n, class) in self.class_count.iter().zip(classes) {
            if let Some(class) = *class {
                sums.class_count[class] = n;
            }
        }
        let feature_count = sums.raw_feature_count_mut();
        for (term, to) in terms.iter().enumerate() {
            let Some(to) = *to else { continue };
            self.for_each_seen(term, |class, n| {
                if let Some(class) = classes[class] {
                    feature_count[to * n_classes + class] = n;
                }
            });
        }
        sums
    }

    /// The same sums with room for more classes.
    pub(super) fn with_classes(self, n_classes: usize) -> Self {
        let seen = self.n_classes();
        if n_classes <= seen {
            return self;
        }
        let mut wider = Self::new(n_classes, self.n_features, self.fraction_bits);
        wider.class_count[..seen].copy_from_slice(&self.class_count);
        let rows = wider.raw_feature_count_mut().chunks_exact_mut(n_classes);
        for (to, from) in rows.zip(self.raw_feature_count().chunks_exact(seen)) {
            to[..seen].copy_from_slice(from);
        }
        wider
    }

    fn update(
        &mut self,
        row: SparseRow<'_>,
        class: usize,
        weight: f64,
        op: impl Fn(u64, u64) -> Option<u64>,
    ) -> Result<()> {
        let unit = self.unit();
        let count = &mut self.class_count[class];
        *count = op(*count, to_fixed(weight, unit)?).ok_or_else(out_of_range)?;
        let n_classes = self.class_count.len();
        let feature_count = self.raw_feature_count_mut();
        for (term, x) in row.iter() {
            let sum = &mut feature_count[term as usize * n_classes + class];
            *sum = op(*sum, to_fixed(weight * x, unit)?).ok_or_else(out_of_range)?;
        }
        Ok(())
    }

    /// What a value of 1 is stored as.
    pub(crate) fn unit(&self) -> f64 {
        (1_u64 << self.fraction_bits) as f64
    }

    /// A stored sum as a number.
    pub(crate) fn to_float(&self, n: u64) -> f64 {
        n as f64 / self.unit()
    }
}

impl PartialEq for ClassSums {
    fn eq(&self, other: &Self) -> bool {
        (self.fraction_bits, &self.class_count) == (other.fraction_bits, &other.class_count)
            && self.raw_feature_count() == other.raw_feature_count()
    }
}

impl Eq for ClassSums {}

/// Terms that a thread sums up at a time, at least.
const TERMS: usize = 1 << 12;

/// Sums that a thread combines at a time.
const CHUNK: usize = 1 << 14;

#[cfg(test)]
mod tests;
