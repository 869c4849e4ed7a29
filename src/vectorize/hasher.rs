//! Terms to columns by a hash: no vocabulary, so any corpus fits.

use super::matrix::DocTermMatrix;
use crate::error::{Error, Result};
use crate::text::Analyzer;
use crate::text::bucket::murmur3;

/// Most columns: 2^30.
const MAX_FEATURES: usize = 1 << 30;

/// Turns terms into sparse rows without learning anything.
///
/// The column of a term is `|h| mod n_features`, where `h` is the signed 32-bit `MurmurHash3` of its UTF-8 bytes with seed 0. Where
/// [`alternate_sign`](Self::alternate_sign) is set, a term with a negative `h` counts as -1, so that terms that share a
/// column cancel on average. Meaning and defaults are scikit-learn's, and so are the numbers. An entry whose
/// terms cancel is left out.
///
/// | name | default | meaning | range |
/// |---|---|---|---|
/// | `n_features` | 2^20 | number of columns | a power of two, 2 to 2^30 |
/// | `alternate_sign` | true | half of the terms count down; naive Bayes, which needs counts, wants false | |
///
/// # Examples
///
/// ```
/// use newsbeat::text::AnalyzerParams;
/// use newsbeat::vectorize::FeatureHasher;
///
/// let analyzer = AnalyzerParams::default().build()?;
/// let hasher = FeatureHasher::new().n_features(1 << 10)?.alternate_sign(false);
/// let x = hasher.transform_texts(&analyzer, &["Troops move troops"]);
/// assert_eq!(x.n_features(), 1024);
/// assert_eq!(x.row(0).sum(), 3.0);
/// # Ok::<(), newsbeat::Error>(())
/// ```
///
/// # References
///
/// K. Weinberger et al. (2009). Feature hashing for large scale multitask learning. ICML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeatureHasher {
    n_features: usize,
    alternate_sign: bool,
}

impl Default for FeatureHasher {
    fn default() -> Self {
        Self { n_features: 1 << 20, alternate_sign: true }
    }
}

impl FeatureHasher {
    /// A hasher with the defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the number of columns.
    ///
    /// # Errors
    ///
    /// If it is not a power of two from 2 to 2^30.
    pub fn n_features(self, n_features: usize) -> Result<Self> {
        if !n_features.is_power_of_two() || !(2..=MAX_FEATURES).contains(&n_features) {
            return Err(Error::parameter("n_features", "must be a power of two from 2 to 2^30", n_features));
        }
        Ok(Self { n_features, ..self })
    }

    /// Sets whether half of the terms count down.
    #[must_use]
    pub fn alternate_sign(self, alternate_sign: bool) -> Self {
        Self { alternate_sign, ..self }
    }

    /// Column and sign of a term.
    pub fn column(&self, term: &str) -> (u32, f64) {
        let hash = murmur3(term.as_bytes(), 0).cast_signed();
        let sign = if self.alternate_sign && hash < 0 { -1.0 } else { 1.0 };
        let mask = u32::try_from(self.n_features - 1).expect("at most 2^30 columns");
        (hash.unsigned_abs() & mask, sign)
    }

    /// Counts the terms of each document, shape `(n_documents, n_features)`.
    pub fn transform<D, T>(&self, documents: impl IntoIterator<Item = D>) -> DocTermMatrix
    where
        D: IntoIterator<Item = T>,
        T: AsRef<str>,
    {
        let mut counts = DocTermMatrix::new(self.n_features);
        for document in documents {
            let columns = document.into_iter().map(|term| self.column(term.as_ref()));
            counts.push_row(summed(columns.collect()).into_iter());
        }
        counts
    }

    /// Counts the terms that `analyzer` finds in each text, shape `(n_texts, n_features)`.
    pub fn transform_texts<S: AsRef<str>>(&self, analyzer: &Analyzer, texts: &[S]) -> DocTermMatrix {
        self.transform(
            texts.iter().map(|text| analyzer.terms(text.as_ref()).into_iter().map(|term| term.text)),
        )
    }
}

/// Entries by column, those of one column added up, zeros left out.
fn summed(mut entries: Vec<(u32, f64)>) -> Vec<(u32, f64)> {
    entries.sort_by_key(|&(column, _)| column);
    entries
        .chunk_by(|a, b| a.0 == b.0)
        .map(|same| (same[0].0, same.iter().map(|&(_, value)| value).sum::<f64>()))
        .filter(|&(_, sum)| sum.abs() > 0.5)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_that_cancel_leave_no_entry() {
        assert_eq!(summed(vec![(3, 1.0), (1, 1.0), (3, -1.0), (1, 1.0)]), [(1, 2.0)]);
    }

    #[test]
    fn a_number_of_columns_that_is_no_power_of_two_is_refused() {
        for n_features in [0, 1, 1000, 1 << 31] {
            assert!(FeatureHasher::new().n_features(n_features).is_err());
        }
        assert_eq!(
            FeatureHasher::new().n_features(1000).unwrap_err().to_string(),
            "n_features must be a power of two from 2 to 2^30, got 1000"
        );
    }
}
