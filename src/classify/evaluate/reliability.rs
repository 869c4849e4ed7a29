//! Whether probabilities can be taken at their word.

/// How many bins of equal width, as in Guo et al. (2017).
pub const N_BINS: usize = 15;

/// Answers by their stated probability, in [`N_BINS`] bins of equal width, each without its lower and with its upper end.
///
/// # References
///
/// C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger (2017), On calibration of modern neural networks, ICML, equation 3.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    bins: [Sums; N_BINS],
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Sums {
    n: u64,
    n_correct: u64,
    confidence: f64,
}

/// One bin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Stated probabilities are above this.
    pub above: f64,
    /// And at most this.
    pub up_to: f64,
    /// Number of answers.
    pub n: u64,
    /// Mean stated probability; `None` for an empty bin.
    pub mean_confidence: Option<f64>,
    /// Share of correct answers; `None` for an empty bin.
    pub accuracy: Option<f64>,
}

impl Reliability {
    /// Bins of no answers.
    pub fn new() -> Self {
        Self { bins: [Sums::default(); N_BINS] }
    }

    /// Counts an answer of stated probability `confidence`.
    pub fn add(&mut self, confidence: f64, is_correct: bool) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the bins")]
        let bin = ((confidence * N_BINS as f64).ceil() - 1.0).clamp(0.0, N_BINS as f64 - 1.0) as usize;
        let sums = &mut self.bins[bin];
        sums.n += 1;
        sums.n_correct += u64::from(is_correct);
        sums.confidence += confidence;
    }

    /// The bins, from the least to the most certain.
    pub fn bins(&self) -> impl ExactSizeIterator<Item = Bin> + '_ {
        let edge = |i: usize| i as f64 / N_BINS as f64;
        self.bins.iter().enumerate().map(move |(i, sums)| {
            let mean = |sum: f64| (sums.n > 0).then(|| sum / sums.n as f64);
            Bin {
                above: edge(i),
                up_to: edge(i + 1),
                n: sums.n,
                mean_confidence: mean(sums.confidence),
                accuracy: mean(sums.n_correct as f64),
            }
        })
    }

    /// Expected calibration error, `sum over bins of n(bin) / n * |accuracy(bin) - mean confidence(bin)|`; `None` for no
    /// answers.
    pub fn expected_calibration_error(&self) -> Option<f64> {
        let n: u64 = self.bins.iter().map(|sums| sums.n).sum();
        let gap = |sums: &Sums| (sums.n_correct as f64 - sums.confidence).abs();
        (n > 0).then(|| self.bins.iter().map(gap).sum::<f64>() / n as f64)
    }
}

impl Default for Reliability {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_answers_of_ten_right_at_ninety_percent_are_no_error() {
        let mut reliability = Reliability::new();
        for i in 0..10 {
            reliability.add(0.9, i > 0);
        }
        assert!(reliability.expected_calibration_error().unwrap() < 1e-12);
        reliability.add(1.0, false);
        assert!((reliability.expected_calibration_error().unwrap() - 1.0 / 11.0).abs() < 1e-12);
    }

    #[test]
    fn a_bin_has_its_upper_end_and_not_its_lower() {
        let mut reliability = Reliability::new();
        for confidence in [0.0, 0.2, 1.0] {
            reliability.add(confidence, true);
        }
        let filled: Vec<usize> =
            reliability.bins().enumerate().filter(|(_, bin)| bin.n > 0).map(|(i, _)| i).collect();
        assert_eq!(filled, [0, 2, 14]);
    }
}
