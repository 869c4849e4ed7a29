//! What a naive Bayes model has seen: sums of rows by class.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::vectorize::SparseRow;

/// Sums of the rows of each class, as whole numbers of a fixed unit.
///
/// A value is rounded once, when it comes in, to a multiple of `2^-fraction_bits`; from then on all additions
/// are of integers. So sums do not depend on the order or the grouping of the documents, two models can be
/// merged exactly, and taking a document out undoes putting it in.
///
/// Layout of the feature sums: term by term, one number for each class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassSums {
    fraction_bits: u32,
    n_features: usize,
    class_count: Vec<u64>,
    feature_count: Vec<u64>,
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
            // Zeros written now: memory that is promised only, then read and written by several threads, costs each of
            // them an interruption a page.
            feature_count: std::iter::repeat_n(0, n_classes * n_features).collect(),
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
        let sums = Self { fraction_bits, n_features, class_count, feature_count };
        sums.check_range()?;
        Ok(sums)
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
        &self.feature_count
    }

    /// Weight of the documents of each class.
    pub fn class_count(&self) -> Vec<f64> {
        self.class_count.iter().map(|&n| self.to_float(n)).collect()
    }

    /// The sums of a term, by class.
    pub fn feature_count(&self, term: u32) -> impl ExactSizeIterator<Item = f64> + '_ {
        let start = term as usize * self.n_classes();
        self.feature_count[start..start + self.n_classes()].iter().map(|&n| self.to_float(n))
    }

    /// Sum of all values of each class.
    pub fn class_totals(&self) -> Vec<f64> {
        let unit = self.unit();
        self.raw_class_totals().into_iter().map(|total| total as f64 / unit).collect()
    }

    /// The stored sums of all values of each class.
    pub(crate) fn raw_class_totals(&self) -> Vec<u128> {
        let mut totals = vec![0; self.n_classes()];
        for term in self.feature_count.chunks_exact(self.n_classes().max(1)) {
            for (total, &n) in totals.iter_mut().zip(term).filter(|(_, n)| **n > 0) {
                *total += u128::from(n);
            }
        }
        totals
    }

    /// The stored sums of a term, by class.
    pub(crate) fn raw_of(&self, term: u32) -> &[u64] {
        let start = term as usize * self.n_classes();
        &self.feature_count[start..start + self.n_classes()]
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

    /// Adds documents, each with its class, on the threads of the current rayon pool; fails as [`add`](Self::add) does.
    pub(crate) fn add_all(&mut self, documents: &[(SparseRow<'_>, usize)]) -> Result<()> {
        self.update_all(documents, u64::checked_add)
    }

    /// Takes out documents that were added before; fails as [`remove`](Self::remove) does.
    pub(crate) fn remove_all(&mut self, documents: &[(SparseRow<'_>, usize)]) -> Result<()> {
        self.update_all(documents, u64::checked_sub)
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
        let features = self.feature_count.par_chunks_mut(CHUNK).zip(other.feature_count.par_chunks(CHUNK));
        combine((&mut self.class_count, &other.class_count))
            .and_then(|()| features.map(combine).collect::<Option<()>>())
            .ok_or_else(out_of_range)?;
        self.check_range()
    }

    /// Fails if what a term sums to over all classes does not fit into 64 bits, as scorers take for granted.
    pub(crate) fn check_range(&self) -> Result<()> {
        let rows = self.feature_count.chunks_exact(self.n_classes().max(1)).chain([&self.class_count[..]]);
        for row in rows {
            row.iter().try_fold(0_u64, |sum, &n| sum.checked_add(n)).ok_or_else(out_of_range)?;
        }
        Ok(())
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
        for (row, term) in self.feature_count.chunks_exact(self.n_classes().max(1)).zip(terms) {
            let Some(term) = *term else { continue };
            for (&n, class) in row.iter().zip(classes) {
                if let Some(class) = *class {
                    sums.feature_count[term * n_classes + class] = n;
                }
            }
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
        for (to, from) in
            wider.feature_count.chunks_exact_mut(n_classes).zip(self.feature_count.chunks_exact(seen))
        {
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
        for (term, x) in row.iter() {
            let sum = &mut self.feature_count[term as usize * n_classes + class];
            *sum = op(*sum, to_fixed(weight * x, unit)?).ok_or_else(out_of_range)?;
        }
        Ok(())
    }

    /// Each thread reads all documents and updates the sums of some of the terms.
    fn update_all(
        &mut self,
        documents: &[(SparseRow<'_>, usize)],
        op: impl Fn(u64, u64) -> Option<u64> + Sync,
    ) -> Result<()> {
        let (unit, n_classes) = (self.unit(), self.n_classes());
        for &(_, class) in documents {
            let count = &mut self.class_count[class];
            *count = op(*count, to_fixed(1.0, unit)?).ok_or_else(out_of_range)?;
        }
        let n_terms = self.n_features.div_ceil(rayon::current_num_threads()).max(1);
        let shares = self.feature_count.par_chunks_mut(n_terms * n_classes).enumerate();
        shares.try_for_each(|(i, sums)| {
            let first = i * n_terms;
            for &(row, class) in documents {
                for (term, x) in row.iter() {
                    let Some(own) = (term as usize).checked_sub(first) else { continue };
                    if let Some(sum) = sums.get_mut(own * n_classes + class) {
                        *sum = op(*sum, to_fixed(x, unit)?).ok_or_else(out_of_range)?;
                    }
                }
            }
            Ok(())
        })
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

/// Sums that a thread combines at a time.
const CHUNK: usize = 1 << 14;

/// [`ClassSums`] that several threads add to at once, each to a copy of its own where there is room for them. Whole
/// numbers add up to the same in any order.
#[derive(Debug)]
pub(crate) struct SharedSums {
    copies: Vec<Mutex<ClassSums>>,
}

/// Bytes that the copies of shared sums may take together, if there are more than [`COPIES`].
const ROOM: usize = 64 << 20;
/// Copies that there is always room for: when they are one again, the weights derived from it take as much as the other did.
const COPIES: usize = 2;

impl SharedSums {
    /// Sums of nothing, for the threads of the current rayon pool.
    pub(crate) fn new(n_classes: usize, n_features: usize, fraction_bits: u32) -> Self {
        let size = (n_classes * n_features * size_of::<u64>()).max(1);
        let n_copies = (ROOM / size).max(COPIES).min(rayon::current_num_threads());
        let empty = || Mutex::new(ClassSums::new(n_classes, n_features, fraction_bits));
        Self { copies: (0..n_copies).into_par_iter().map(|_| empty()).collect() }
    }

    /// Adds a document of `class`; fails as [`ClassSums::add`] does.
    pub(crate) fn add(&self, row: SparseRow<'_>, class: usize, weight: f64) -> Result<()> {
        let thread = rayon::current_thread_index().unwrap_or(0);
        let copy = self.copies[thread % self.copies.len()].lock();
        copy.unwrap_or_else(PoisonError::into_inner).add(row, class, weight)
    }

    /// The sums, when all threads are done; fails as [`ClassSums::merge`] does.
    pub(crate) fn into_sums(self) -> Result<ClassSums> {
        let mut copies =
            self.copies.into_iter().map(|copy| copy.into_inner().unwrap_or_else(PoisonError::into_inner));
        let mut sums = copies.next().expect("there is at least one copy");
        copies.try_for_each(|copy| sums.merge(&copy))?;
        sums.check_range()?;
        Ok(sums)
    }
}

/// A value in whole units, rounded to the nearest.
#[inline]
pub(crate) fn to_fixed(x: f64, unit: f64) -> Result<u64> {
    let scaled = x * unit;
    if (0.0..2_f64.powi(63)).contains(&scaled) {
        // Rounds as `round` does, which is a call on a processor that may be an old one.
        #[expect(clippy::cast_possible_truncation, reason = "0 <= scaled < 2^63")]
        let whole = scaled as i64;
        return Ok(whole.unsigned_abs() + u64::from(scaled - whole as f64 >= 0.5));
    }
    Err(Error::parameter("value", "must be finite, not negative and within the range of a sum", x))
}

fn out_of_range() -> Error {
    Error::training("a sum of counts must stay within 64 bits and not fall below zero")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectorize::DocTermMatrix;
    use proptest::prelude::*;

    fn matrix(rows: &[Vec<f64>]) -> DocTermMatrix {
        let sparse = |row: &Vec<f64>| -> Vec<(u32, f64)> {
            (0..).zip(row.iter().copied()).filter(|&(_, x)| x > 0.0).collect()
        };
        DocTermMatrix::from_rows(3, rows.iter().map(sparse)).unwrap()
    }

    proptest! {
        #[test]
        fn order_and_shards_do_not_change_a_bit(
            rows in prop::collection::vec(prop::collection::vec(0.0..9.0_f64, 3), 1..20),
            cut in 0..20_usize,
        ) {
            let x = matrix(&rows);
            let fill = |ids: Vec<usize>| {
                let mut sums = ClassSums::new(2, 3, ClassSums::WEIGHTS);
                for i in ids {
                    sums.add(x.row(i), i % 2, 1.0).unwrap();
                }
                sums
            };
            let whole = fill((0..rows.len()).collect());
            let cut = cut.min(rows.len());
            let mut merged = fill((cut..rows.len()).rev().collect());
            merged.merge(&fill((0..cut).collect())).unwrap();
            prop_assert_eq!(&whole, &merged);
            merged.add(x.row(0), 1, 1.0).unwrap();
            merged.remove(x.row(0), 1, 1.0).unwrap();
            prop_assert_eq!(&whole, &merged);
        }
    }

    #[test]
    fn a_term_whose_classes_sum_to_more_than_64_bits_is_refused() {
        let sums = |row: [u64; 2]| ClassSums::from_parts(ClassSums::COUNTS, vec![1, 1], row.to_vec());
        assert!(sums([u64::MAX - 1, 1]).is_ok());
        assert!(sums([u64::MAX, 1]).is_err());
        assert!(ClassSums::from_parts(ClassSums::COUNTS, vec![u64::MAX, 1], vec![0, 0]).is_err());
    }

    #[test]
    fn taking_out_what_was_not_in_is_refused() {
        let mut sums = ClassSums::new(2, 3, ClassSums::COUNTS);
        let x = matrix(&[vec![1.0, 0.0, 0.0]]);
        assert!(sums.remove(x.row(0), 0, 1.0).is_err());
    }
}
