//! The sums that are not zero, as a model file holds them.

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

    /// Number of terms.
    pub(super) fn n_features(&self) -> usize {
        self.ends.len()
    }

    /// Number of sums.
    pub(super) fn n_sums(&self) -> usize {
        self.sums.len()
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

    /// Where the sums of the first `n` terms end.
    fn end_of(&self, n: usize) -> usize {
        n.checked_sub(1).map_or(0, |last| self.ends[last] as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_where_they_belong_and_others_are_refused() {
        let read = |ends: &[u32], classes: &[u16]| {
            let sums = (1..).take(classes.len()).collect();
            SeenSums::from_parts(3, ends.to_vec(), classes.to_vec(), sums)
        };
        let sums = read(&[2, 2, 3], &[0, 2, 1]).unwrap();
        assert_eq!(sums.dense(), [1, 0, 2, 0, 0, 0, 0, 3, 0]);
        assert_eq!((sums.n_features(), sums.n_sums()), (3, 3));
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
}
