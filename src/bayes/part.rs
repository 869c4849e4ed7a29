//! Documents that are taken out of sums together, and put back.

use rayon::prelude::*;

use super::ClassSums;
use super::class_run::{ClassAdder, ClassRun};
use super::fixed::out_of_range;
use crate::error::Result;
use crate::vectorize::SparseRow;

/// Documents as sums hold them: added up, class by class.
#[derive(Debug)]
pub(crate) struct Part {
    runs: Vec<ClassRun>,
}

impl Part {
    /// Documents with their classes, in the unit of `sums`, added up by `n_adders` threads at most.
    ///
    /// # Errors
    ///
    /// If a sum is out of range.
    pub(crate) fn of(
        mut documents: Vec<(SparseRow<'_>, usize)>,
        sums: &ClassSums,
        n_adders: usize,
    ) -> Result<Self> {
        documents.sort_by_key(|&(_, class)| class);
        let of_class: Vec<_> = documents.chunk_by(|(_, a), (_, b)| a == b).collect();
        let shares = of_class.par_chunks(of_class.len().div_ceil(n_adders).max(1));
        let added = shares.map(|share| {
            let mut adder = ClassAdder::new(sums.n_features(), sums.fraction_bits());
            let runs = share.iter().map(|documents| {
                documents.iter().try_for_each(|&(row, _)| adder.add(row))?;
                adder.take(documents[0].1)
            });
            runs.collect::<Result<Vec<_>>>()
        });
        Ok(Self { runs: added.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect() })
    }

    /// Puts the documents back in that were taken out.
    ///
    /// # Errors
    ///
    /// If a sum exceeds its range, or a document was not in before.
    pub(crate) fn add_to(&self, sums: &mut ClassSums) -> Result<()> {
        self.update(sums, u64::checked_add)
    }

    /// Takes the documents out.
    ///
    /// # Errors
    ///
    /// If a sum would become negative: a document was not in.
    pub(crate) fn remove_from(&self, sums: &mut ClassSums) -> Result<()> {
        self.update(sums, u64::checked_sub)
    }

    /// Each thread of the current rayon pool updates the sums of some of the terms.
    fn update(&self, sums: &mut ClassSums, op: impl Fn(u64, u64) -> Option<u64> + Sync) -> Result<()> {
        for run in &self.runs {
            let count = &mut sums.raw_class_count_mut()[usize::from(run.class)];
            *count = op(*count, run.class_count).ok_or_else(out_of_range)?;
        }
        let n_terms = sums.n_features().div_ceil(rayon::current_num_threads()).max(1);
        let shares = sums.seen_mut()?.shares_mut(n_terms).into_par_iter().enumerate();
        let updated = shares.map(|(i, mut sums)| {
            for run in &self.runs {
                for (term, amount) in run.of_terms(i * n_terms, sums.n_features()) {
                    let sum = sums.get_mut(term, usize::from(run.class))?;
                    *sum = op(*sum, amount)?;
                }
            }
            Some(())
        });
        updated.collect::<Option<()>>().ok_or_else(out_of_range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_taken_out_and_put_back_leaves_the_sums_of_its_documents_one_by_one() {
        let rows =
            [(vec![0, 4, 2], vec![1.0, 0.25, 3.0]), (vec![2, 3], vec![2.5, 1.0]), (vec![4], vec![7.0])];
        let rows: Vec<_> = rows
            .iter()
            .zip([1, 0, 1])
            .map(|((indices, values), class)| (SparseRow { indices, values }, class))
            .collect();
        let sums_of = |rows: &[(SparseRow<'_>, usize)]| {
            let mut sums = ClassSums::new(2, 5, ClassSums::WEIGHTS);
            for &(row, class) in rows {
                sums.add(row, class, 1.0).unwrap();
            }
            sums
        };
        let (mut sums, whole) = (sums_of(&rows), sums_of(&rows));
        for n_adders in [1, 2, 7] {
            let part = Part::of(rows[1..].to_vec(), &sums, n_adders).unwrap();
            part.remove_from(&mut sums).unwrap();
            assert_eq!(sums, sums_of(&rows[..1]));
            assert!(part.remove_from(&mut sums.clone()).is_err());
            part.add_to(&mut sums).unwrap();
            assert_eq!(sums, whole);
        }
    }
}
