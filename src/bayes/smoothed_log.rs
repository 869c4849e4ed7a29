//! Logarithms of smoothed sums, and the weights that are made of them.

use rayon::prelude::*;

use super::ClassSums;

/// Terms that a thread weighs at a time.
const TERMS: usize = 1 << 10;

/// The weights of each term for each class, term by term: `weigh` fills those of a term, given its sums, with the help of
/// logarithms from `start`.
pub(super) fn weights_of_terms<L>(
    sums: &ClassSums,
    start: impl Fn() -> L + Sync + Send,
    weigh: impl Fn(&mut L, &[u64], &mut [f64]) + Sync + Send,
) -> Vec<f64> {
    let n_classes = sums.n_classes();
    let mut weights = vec![0.0; sums.n_features() * n_classes];
    let blocks = sums.raw_feature_count().par_chunks(TERMS * n_classes);
    blocks.zip(weights.par_chunks_mut(TERMS * n_classes)).for_each_init(start, |logs, (sums, weights)| {
        for (sums, weights) in sums.chunks_exact(n_classes).zip(weights.chunks_exact_mut(n_classes)) {
            weigh(logs, sums, weights);
        }
    });
    weights
}

/// `ln(sum + alpha)` of stored sums. Most sums of a term are zero or equal, and most of the time that deriving a model
/// takes is in logarithms: that of zero is computed once, and that of the sum before is remembered.
#[derive(Debug)]
pub(super) struct SmoothedLog<'s> {
    sums: &'s ClassSums,
    alpha: f64,
    of_zero: f64,
    last: (u64, f64),
}

impl<'s> SmoothedLog<'s> {
    pub(super) fn new(sums: &'s ClassSums, alpha: f64) -> Self {
        let of_zero = alpha.ln();
        Self { sums, alpha, of_zero, last: (0, of_zero) }
    }

    #[inline]
    pub(super) fn of(&mut self, sum: u64) -> f64 {
        if sum == 0 {
            return self.of_zero;
        }
        if self.last.0 != sum {
            self.last = (sum, (self.sums.to_float(sum) + self.alpha).ln());
        }
        self.last.1
    }
}
