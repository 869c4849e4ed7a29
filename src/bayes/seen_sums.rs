//! The sums that are not zero, as training finds them and a model file holds them.

use std::ops::Range;

use rayon::prelude::*;

use super::class_run::ClassRun;
use super::fixed::out_of_range;
use crate::error::{Error, Result};

/// Of each term the sums that are not zero, by class. Most terms occur in few classes.
#[derive(Debug, Clone, Default)]
pub(crate) struct SeenSums {
    n_classes: usize,
    /// Where each term's sums end.
    ends: Vec<u32>,
    classes: Vec<u16>,
    sums: Vec<u64>,
}

impl SeenSums {
    /// The sums of terms that end at `ends`, of the classes beside them; `None` unless the ends rise to the number of sums, and
    /// the classes of each term rise and are less than `n_classes`.
    pub(crate) fn from_parts(
        n_classes: usize,
        ends: Vec<u32>,
        classes: Vec<u16>,
        sums: Vec<u64>,
    ) -> Option<Self> {
        let mut start = 0;
        for &end in &ends {
            let term = classes.get(start..end as usize)?;
            if !term.is_sorted_by(|a, b| a < b)
                || term.last().is_some_and(|&class| usize::from(class) >= n_classes)
            {
                return None;
            }
            start = end as usize;
        }
        let is_whole = start == classes.len() && start == sums.len();
        is_whole.then_some(Self { n_classes, ends, classes, sums })
    }

    /// The sums of `runs`, whose classes do not fall, joined by the threads of the current rayon pool.
    ///
    /// # Errors
    ///
    /// If there are more than 2^32 - 1 sums, or one exceeds its range.
    pub(super) fn of_runs(n_classes: usize, n_features: usize, runs: &[ClassRun]) -> Result<Self> {
        let n_terms = n_features.div_ceil(rayon::current_num_threads()).max(1);
        let mut ends = vec![0; n_features];
        let shares = ends.par_chunks_mut(n_terms).enumerate();
        shares.for_each(|(i, counts)| count_sums(runs, i * n_terms, counts));
        let mut n_sums = 0_u32;
        for end in &mut ends {
            n_sums = n_sums.checked_add(*end).ok_or_else(too_many)?;
            *end = n_sums;
        }
        let (classes, sums) = (vec![0; n_sums as usize], vec![0; n_sums as usize]);
        let mut all = Self { n_classes, ends, classes, sums };
        let shares = all.shares_mut(n_terms).into_par_iter().enumerate();
        shares.map(|(i, mut share)| share.fill(runs, i * n_terms)).collect::<Result<()>>()?;
        Ok(all)
    }

    /// Those of all sums, term by term, one for each class; fails as [`of_runs`](Self::of_runs) does, and with more than 65,536
    /// classes.
    pub(super) fn of_dense(n_classes: usize, dense: &[u64]) -> Result<Self> {
        let mut all = Self { n_classes, ..Self::default() };
        for row in dense.chunks_exact(n_classes) {
            for (class, &sum) in row.iter().enumerate().filter(|&(_, &sum)| sum > 0) {
                all.classes.push(class_number(class)?);
                all.sums.push(sum);
            }
            all.ends.push(u32::try_from(all.sums.len()).map_err(|_| too_many())?);
        }
        Ok(all)
    }

    /// Number of terms.
    pub(super) fn n_features(&self) -> usize {
        self.ends.len()
    }

    /// Number of sums of some terms.
    pub(super) fn n_sums_of(&self, terms: Range<usize>) -> usize {
        self.end_of(terms.end) - self.end_of(terms.start)
    }

    /// The classes of a term and their sums.
    pub(super) fn of(&self, term: usize) -> impl Iterator<Item = (usize, u64)> + '_ {
        let range = self.end_of(term)..self.end_of(term + 1);
        let classes = self.classes[range.clone()].iter().map(|&class| usize::from(class));
        classes.zip(self.sums[range].iter().copied())
    }

    /// All sums, those that are zero too: term by term, one for each class.
    pub(super) fn dense(&self) -> Vec<u64> {
        let mut dense = vec![0; self.n_classes * self.n_features()];
        for (term, row) in dense.chunks_exact_mut(self.n_classes).enumerate() {
            for (class, sum) in self.of(term) {
                row[class] = sum;
            }
        }
        dense
    }

    /// The sums of `n_terms` terms at a time, to be changed.
    pub(super) fn shares_mut(&mut self, n_terms: usize) -> Vec<SeenShare<'_>> {
        let (mut classes, mut sums, mut start) = (&mut *self.classes, &mut *self.sums, 0);
        let mut shares = Vec::new();
        for ends in self.ends.chunks(n_terms) {
            let end = ends[ends.len() - 1];
            let (of_share, others) = classes.split_at_mut((end - start) as usize);
            let (sums_of_share, other_sums) = sums.split_at_mut((end - start) as usize);
            shares.push(SeenShare { start, ends, classes: of_share, sums: sums_of_share });
            (classes, sums, start) = (others, other_sums, end);
        }
        shares
    }

    /// Where the sums of the first `n` terms end.
    fn end_of(&self, n: usize) -> usize {
        n.checked_sub(1).map_or(0, |last| self.ends[last] as usize)
    }
}

/// Sums of some terms, to be changed.
pub(super) struct SeenShare<'s> {
    start: u32,
    ends: &'s [u32],
    classes: &'s mut [u16],
    sums: &'s mut [u64],
}

impl SeenShare<'_> {
    /// Number of terms.
    pub(super) fn n_features(&self) -> usize {
        self.ends.len()
    }

    /// The sum of a term, by its place in the share, for a class; `None` if that is zero.
    #[inline]
    pub(super) fn get_mut(&mut self, term: usize, class: usize) -> Option<&mut u64> {
        let (start, end) = (self.start_of(term), self.start_of(term + 1));
        let place = self.classes[start..end].iter().position(|&seen| usize::from(seen) == class)?;
        Some(&mut self.sums[start + place])
    }

    /// Adds up the sums of runs; `first` is the first term of the share.
    fn fill(&mut self, runs: &[ClassRun], first: usize) -> Result<()> {
        let mut ends: Vec<usize> = (0..self.ends.len()).map(|term| self.start_of(term)).collect();
        for run in runs {
            for (term, sum) in run.of_terms(first, ends.len()) {
                let end = &mut ends[term];
                if *end > self.start_of(term) && self.classes[*end - 1] == run.class {
                    let so_far = &mut self.sums[*end - 1];
                    *so_far = so_far.checked_add(sum).ok_or_else(out_of_range)?;
                } else {
                    (self.classes[*end], self.sums[*end]) = (run.class, sum);
                    *end += 1;
                }
            }
        }
        Ok(())
    }

    fn start_of(&self, term: usize) -> usize {
        (term.checked_sub(1).map_or(self.start, |before| self.ends[before]) - self.start) as usize
    }
}

/// Counts the classes of runs that have a sum of each term from `first`.
fn count_sums(runs: &[ClassRun], first: usize, counts: &mut [u32]) {
    let mut last = vec![None; counts.len()];
    for run in runs {
        for (term, _) in run.of_terms(first, counts.len()) {
            counts[term] += u32::from(last[term].replace(run.class) != Some(run.class));
        }
    }
}

/// The number of a class as it is kept.
pub(super) fn class_number(class: usize) -> Result<u16> {
    u16::try_from(class).map_err(|_| Error::training("a model must have at most 65,536 labels"))
}

fn too_many() -> Error {
    Error::training("a model must have at most 2^32 - 1 sums that are not zero")
}

#[cfg(test)]
mod tests {
    use super::super::ClassAdder;
    use super::*;
    use crate::vectorize::SparseRow;

    #[test]
    fn sums_are_where_they_belong_and_others_are_refused() {
        let read = |ends: &[u32], classes: &[u16]| {
            let sums = (1..).take(classes.len()).collect();
            SeenSums::from_parts(3, ends.to_vec(), classes.to_vec(), sums)
        };
        let sums = read(&[2, 2, 3], &[0, 2, 1]).unwrap();
        assert_eq!(sums.dense(), [1, 0, 2, 0, 0, 0, 0, 3, 0]);
        assert_eq!((sums.n_features(), sums.n_sums_of(0..3), sums.n_sums_of(1..3)), (3, 3, 1));
        assert_eq!(sums.of(0).collect::<Vec<_>>(), [(0, 1), (2, 2)]);
        for (ends, classes) in [
            (&[2, 1, 3][..], &[0, 2, 1][..]),
            (&[2, 2], &[0, 2, 1]),
            (&[2, 4], &[0, 2, 1]),
            (&[2, 3], &[2, 0, 1]),
            (&[2, 3], &[1, 1, 1]),
            (&[2, 3], &[1, 3, 1]),
        ] {
            assert!(read(ends, classes).is_none(), "{ends:?} {classes:?}");
        }
    }

    /// Documents of one row, as classes have them.
    fn runs(documents: &[(usize, &[(u32, f64)])]) -> Vec<ClassRun> {
        let mut adder = ClassAdder::new(5, 1);
        let run = |&(class, row): &(usize, &[(u32, f64)])| {
            let (indices, values): (Vec<_>, Vec<_>) = row.iter().copied().unzip();
            adder.add(SparseRow { indices: &indices, values: &values }).unwrap();
            adder.take(class).unwrap()
        };
        documents.iter().map(run).collect()
    }

    #[test]
    fn runs_add_up_to_the_sums_of_their_documents_on_any_number_of_threads() {
        let runs = runs(&[
            (0, &[(4, 1.0), (1, 0.2)]),
            (0, &[(4, 2.0), (0, 0.5)]),
            (2, &[(4, 1.5)]),
            (2, &[(0, 3.0), (4, 1.0)]),
            (2, &[]),
        ]);
        for n_threads in [1, 2, 7] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
            let sums = pool.install(|| SeenSums::of_runs(3, 5, &runs)).unwrap();
            assert_eq!(sums.dense(), [1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 5]);
            assert_eq!(sums.n_sums_of(0..5), 4, "none is zero");
        }
        let beyond = runs_of_everything();
        assert!(SeenSums::of_runs(1, 1, &beyond).is_err());
    }

    /// Two runs of a class that exceed 64 bits together.
    fn runs_of_everything() -> Vec<ClassRun> {
        let mut adder = ClassAdder::new(1, 1);
        let mut run = || {
            for _ in 0..2 {
                adder.add(SparseRow { indices: &[0], values: &[2_f64.powi(61)] }).unwrap();
            }
            adder.take(0).unwrap()
        };
        vec![run(), run()]
    }
}
