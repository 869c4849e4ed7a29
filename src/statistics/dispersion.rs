//! How evenly occurrences are spread over the parts of a whole.

use crate::math;

/// A part of a whole: occurrences in it, and its size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Occurrences.
    pub n: f64,
    /// Size, above 0.
    pub size: f64,
}

/// Gries' deviation of proportions, `DP = sum over parts of |n / N - size / S| / 2`: 0 where each part has its share, towards 1
/// where all is in a small part. `None` without occurrences.
///
/// # References
///
/// S. Th. Gries (2008), Dispersions and adjusted frequencies in corpora, International Journal of Corpus Linguistics 13(4), p. 415.
///
/// # Examples
///
/// Gries' example (p. 407): `a` in five parts of 9, 10, 10, 10 and 11 words.
///
/// ```
/// use newsbeat::statistics::{Part, deviation_of_proportions, juillands_d};
///
/// let sizes = [9.0, 10.0, 10.0, 10.0, 11.0];
/// let parts: Vec<Part> = (1..).zip(sizes).map(|(n, size)| Part { n: f64::from(n), size }).collect();
/// assert!((deviation_of_proportions(&parts).unwrap() - 0.18).abs() < 1e-12);
/// assert!((juillands_d(&parts).unwrap() - 0.785).abs() < 5e-4);
/// ```
pub fn deviation_of_proportions(parts: &[Part]) -> Option<f64> {
    let n: f64 = parts.iter().map(|part| part.n).sum();
    let size: f64 = parts.iter().map(|part| part.size).sum();
    (n > 0.0).then(|| parts.iter().map(|part| (part.n / n - part.size / size).abs()).sum::<f64>() / 2.0)
}

/// Juilland's D, `1 - (sd / mean) / sqrt(k - 1)` of the relative frequencies `n / size` of `k` parts, `sd` divided by `k`: 1 where all
/// are equal, 0 where all is in one part. `None` without occurrences and for fewer than two parts.
///
/// # References
///
/// A. Juilland, D. Brodin, C. Davidovitch (1970), Frequency dictionary of French words, Mouton; with relative frequencies for parts of
/// unequal size as S. Th. Gries (2008), p. 408.
pub fn juillands_d(parts: &[Part]) -> Option<f64> {
    let shares: Vec<f64> = parts.iter().map(|part| part.n / part.size).collect();
    let (k, mean) = (shares.len() as f64, math::mean(&shares)?);
    let variance = shares.iter().map(|share| (share - mean).powi(2)).sum::<f64>() / k;
    (mean > 0.0 && k > 1.0).then(|| (1.0 - variance.sqrt() / mean / (k - 1.0).sqrt()).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_and_uneven_are_at_the_ends() {
        let even = [Part { n: 2.0, size: 10.0 }; 4];
        assert_eq!((deviation_of_proportions(&even), juillands_d(&even)), (Some(0.0), Some(1.0)));
        let mut one = [Part { n: 0.0, size: 10.0 }; 4];
        one[2].n = 8.0;
        assert_eq!((deviation_of_proportions(&one), juillands_d(&one)), (Some(0.75), Some(0.0)));
    }

    #[test]
    fn what_does_not_occur_is_not_spread() {
        let nothing = [Part { n: 0.0, size: 10.0 }; 4];
        assert_eq!((deviation_of_proportions(&nothing), juillands_d(&nothing)), (None, None));
        assert_eq!(juillands_d(&[Part { n: 1.0, size: 10.0 }]), None);
        assert_eq!(deviation_of_proportions(&[]), None);
    }
}
