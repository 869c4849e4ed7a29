//! Documents that are taken out of sums together, and put back.

use rayon::prelude::*;

use super::ClassSums;
use super::fixed::{out_of_range, to_fixed};
use crate::error::Result;
use crate::vectorize::SparseRow;

/// Documents as sums hold them.
#[derive(Debug)]
pub(crate) struct Part<'r> {
    documents: Vec<Document<'r>>,
    /// What each document counts.
    unit: u64,
}

#[derive(Debug)]
struct Document<'r> {
    class: usize,
    terms: &'r [u32],
    amounts: Vec<u64>,
}

impl<'r> Part<'r> {
    /// Documents with their classes, in the unit of `sums`.
    ///
    /// # Errors
    ///
    /// If a value is out of the range of sums.
    pub(crate) fn of(documents: &[(SparseRow<'r>, usize)], sums: &ClassSums) -> Result<Self> {
        let unit = sums.unit();
        let document = |&(row, class): &(SparseRow<'r>, usize)| {
            let amounts = row.values.iter().map(|&x| to_fixed(x, unit)).collect::<Result<_>>()?;
            Ok(Document { class, terms: row.indices, amounts })
        };
        Ok(Self {
            documents: documents.par_iter().map(document).collect::<Result<_>>()?,
            unit: to_fixed(1.0, unit)?,
        })
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

    /// Each thread of the current rayon pool reads all documents and updates the sums of some of the terms.
    fn update(&self, sums: &mut ClassSums, op: impl Fn(u64, u64) -> Option<u64> + Sync) -> Result<()> {
        for document in &self.documents {
            let count = &mut sums.raw_class_count_mut()[document.class];
            *count = op(*count, self.unit).ok_or_else(out_of_range)?;
        }
        let n_terms = sums.n_features().div_ceil(rayon::current_num_threads()).max(1);
        let shares = sums.seen_mut()?.shares_mut(n_terms).into_par_iter().enumerate();
        let updated = shares.map(|(i, mut sums)| {
            let first = i * n_terms;
            for Document { class, terms, amounts } in &self.documents {
                for (&term, &amount) in terms.iter().zip(amounts) {
                    let place = (term as usize).checked_sub(first).filter(|&place| place < sums.n_features());
                    match place.map(|place| sums.get_mut(place, *class)) {
                        Some(Some(sum)) => *sum = op(*sum, amount)?,
                        Some(None) if amount > 0 => return None,
                        _ => {}
                    }
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
        let part = Part::of(&rows[1..], &sums).unwrap();
        part.remove_from(&mut sums).unwrap();
        assert_eq!(sums, sums_of(&rows[..1]));
        assert!(part.remove_from(&mut sums.clone()).is_err());
        part.add_to(&mut sums).unwrap();
        assert_eq!(sums, whole);
    }
}
