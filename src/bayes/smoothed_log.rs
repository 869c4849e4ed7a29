//! Logarithms of smoothed sums.

use super::ClassSums;

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
