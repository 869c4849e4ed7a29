//! Sums of documents that come class by class.

use super::fixed::{out_of_range, to_fixed};
use super::seen_sums::class_number;
use crate::error::Result;
use crate::vectorize::SparseRow;

/// Adds up the documents of one class after another.
///
/// # Advice for hackers
///
/// Only the sums of one class are touched at a time, eight bytes a term, which the cache of a processor has room for. A table of
/// all classes takes as much for each of them, most of it zeros, and with pairs of words each count meets another page of it.
#[derive(Debug)]
pub(crate) struct ClassAdder {
    unit: f64,
    class_count: u64,
    sums: Vec<u64>,
    /// The terms whose sums are not zero.
    met: Vec<u32>,
}

/// The sums of some documents of one class.
#[derive(Debug)]
pub(crate) struct ClassRun {
    pub(super) class: u16,
    pub(super) class_count: u64,
    terms: Vec<u32>,
    sums: Vec<u64>,
}

impl ClassAdder {
    /// Sums of nothing.
    pub(crate) fn new(n_features: usize, fraction_bits: u32) -> Self {
        let unit = (1_u64 << fraction_bits) as f64;
        Self { unit, class_count: 0, sums: vec![0; n_features], met: Vec::new() }
    }

    /// Adds a document.
    ///
    /// # Errors
    ///
    /// If a sum exceeds its range.
    ///
    /// # Panics
    ///
    /// If a column is out of range.
    pub(crate) fn add(&mut self, row: SparseRow<'_>) -> Result<()> {
        let one = to_fixed(1.0, self.unit)?;
        self.class_count = self.class_count.checked_add(one).ok_or_else(out_of_range)?;
        for (term, x) in row.iter() {
            let amount = to_fixed(x, self.unit)?;
            let sum = &mut self.sums[term as usize];
            if *sum == 0 && amount > 0 {
                self.met.push(term);
            }
            *sum = sum.checked_add(amount).ok_or_else(out_of_range)?;
        }
        Ok(())
    }

    /// The sums, which were of documents of `class`; those of the next begin with nothing.
    ///
    /// # Errors
    ///
    /// If there is no model with so many classes.
    pub(crate) fn take(&mut self, class: usize) -> Result<ClassRun> {
        let terms = std::mem::take(&mut self.met);
        let sums = terms.iter().map(|&term| std::mem::take(&mut self.sums[term as usize])).collect();
        let class_count = std::mem::take(&mut self.class_count);
        Ok(ClassRun { class: class_number(class)?, class_count, terms, sums })
    }
}

impl ClassRun {
    /// Number of sums.
    pub(crate) fn len(&self) -> usize {
        self.terms.len()
    }

    /// The sums of `n` terms from `first` on, less it, in no particular order.
    pub(super) fn of_terms(&self, first: usize, n: usize) -> impl Iterator<Item = (usize, u64)> + '_ {
        let place = move |term: u32| (term as usize).checked_sub(first).filter(|&place| place < n);
        self.terms.iter().zip(&self.sums).filter_map(move |(&term, &sum)| Some((place(term)?, sum)))
    }
}
