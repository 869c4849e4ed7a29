//! Class sums that several threads add to.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::ClassSums;
use crate::error::Result;
use crate::vectorize::SparseRow;

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
        if copies.len() == 0 {
            sums.check_range()?;
        }
        copies.try_for_each(|copy| sums.merge(&copy))?;
        Ok(sums)
    }
}
