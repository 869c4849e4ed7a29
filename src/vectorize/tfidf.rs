//! Weights of terms: term frequency, inverse document frequency learned once, length norm.

use std::fmt;
use std::str::FromStr;

use linfa::traits::Transformer;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::matrix::{DocTermMatrix, SparseRow};
use crate::error::{Error, Result};

/// Terms whose idf one thread computes at a time.
const WEIGHED_TOGETHER: usize = 1 << 12;

/// How the inverse document frequency is computed from `n` documents, `df` of which have the term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Idf {
    /// 1 for each term.
    None,
    /// `ln(n / df) + 1`; scikit-learn's `smooth_idf=False`.
    Plain,
    /// `ln((1 + n) / (1 + df)) + 1`; scikit-learn's default.
    #[default]
    Smooth,
}

impl Idf {
    /// The weight of a term that `df` of `n` documents have.
    pub fn weight(self, n: u64, df: u64) -> f64 {
        let (n, df) = (n as f64, df as f64);
        match self {
            Self::None => 1.0,
            Self::Plain => (n / df).ln() + 1.0,
            Self::Smooth => ((1.0 + n) / (1.0 + df)).ln() + 1.0,
        }
    }
}

/// What a row's weights are divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Norm {
    /// Nothing.
    None,
    /// Their sum.
    L1,
    /// The root of the sum of their squares; scikit-learn's default.
    #[default]
    L2,
}

/// How counts become weights. The meaning and the defaults are those of scikit-learn's `TfidfTransformer`.
///
/// | name | default | meaning |
/// |---|---|---|
/// | `binary` | false | a count above 1 counts as 1 |
/// | `sublinear_tf` | false | `1 + ln(tf)` for `tf` |
/// | `idf` | smooth | see [`Idf`] |
/// | `norm` | L2 | see [`Norm`] |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TfidfParams {
    /// A count above 1 counts as 1.
    pub binary: bool,
    /// `1 + ln(tf)` stands for `tf`.
    pub sublinear_tf: bool,
    /// Inverse document frequency.
    pub idf: Idf,
    /// Length norm.
    pub norm: Norm,
}

/// The name in tables: `counts`, `log-l2`, `log-idf-l2`.
impl fmt::Display for TfidfParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.binary, self.sublinear_tf) {
            (true, _) => "binary",
            (false, true) => "log",
            (false, false) => "counts",
        })?;
        f.write_str(match self.idf {
            Idf::None => "",
            Idf::Plain => "-plain-idf",
            Idf::Smooth => "-idf",
        })?;
        f.write_str(match self.norm {
            Norm::None => "",
            Norm::L1 => "-l1",
            Norm::L2 => "-l2",
        })
    }
}

/// `counts`, `binary`, `log` (for `log-l2`) and `tfidf` (for `counts-idf-l2`), or a name as in tables, where `-none` may
/// stand for no norm: `counts`, `binary` or `log`, then `-idf` or `-plain-idf`, then `-l1`, `-l2` or `-none`.
impl FromStr for TfidfParams {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let unknown = || {
            let rule =
                "must be counts, binary, log, tfidf, auto, or as in log-idf-l2 or counts-plain-idf-none";
            Error::parameter("weighting", rule, name)
        };
        match name {
            "log" => return Ok(Self::LOG),
            "tfidf" => return Ok(Self::TFIDF),
            _ => {}
        }
        let (rest, norm) = [("-l1", Norm::L1), ("-l2", Norm::L2), ("-none", Norm::None)]
            .into_iter()
            .find_map(|(suffix, norm)| Some((name.strip_suffix(suffix)?, norm)))
            .unwrap_or((name, Norm::None));
        let (tf, idf) = [("-plain-idf", Idf::Plain), ("-idf", Idf::Smooth)]
            .into_iter()
            .find_map(|(suffix, idf)| Some((rest.strip_suffix(suffix)?, idf)))
            .unwrap_or((rest, Idf::None));
        let (binary, sublinear_tf) = match tf {
            "counts" => (false, false),
            "binary" => (true, false),
            "log" => (false, true),
            _ => return Err(unknown()),
        };
        Ok(Self { binary, sublinear_tf, idf, norm })
    }
}

impl TfidfParams {
    /// Counts as they are.
    pub const COUNTS: Self = Self { binary: false, sublinear_tf: false, idf: Idf::None, norm: Norm::None };
    /// scikit-learn's defaults: smooth idf, L2 norm.
    pub const TFIDF: Self = Self { binary: false, sublinear_tf: false, idf: Idf::Smooth, norm: Norm::L2 };
    /// `1 + ln(tf)`, L2 norm: rows that depend on no other document.
    pub const LOG: Self = Self { binary: false, sublinear_tf: true, idf: Idf::None, norm: Norm::L2 };

    /// True if counts come out as they went in.
    pub fn is_counts(self) -> bool {
        self == Self::COUNTS
    }

    /// Replaces the counts of one row by weights; `idf` is that of the row's `i`-th entry.
    pub(crate) fn weigh(self, values: &mut [f64], idf: impl Fn(usize) -> f64) {
        if self.binary {
            values.fill(1.0);
        }
        if self.sublinear_tf {
            for tf in &mut *values {
                *tf = 1.0 + tf.ln();
            }
        }
        if self.idf != Idf::None {
            for (i, value) in values.iter_mut().enumerate() {
                *value *= idf(i);
            }
        }
        let norm = match self.norm {
            Norm::None => return,
            Norm::L1 => values.iter().sum::<f64>(),
            Norm::L2 => values.iter().map(|v| v * v).sum::<f64>().sqrt(),
        };
        if norm > 0.0 {
            for value in values {
                *value /= norm;
            }
        }
    }

    /// The transformer whose idf is that of `document_frequency` among `n_documents`.
    pub fn fit(self, n_documents: u64, document_frequency: &[u64]) -> TfidfTransformer {
        let idf = match self.idf {
            Idf::None => Vec::new(),
            idf => document_frequency
                .par_iter()
                .with_min_len(WEIGHED_TOGETHER)
                .map(|&df| idf.weight(n_documents, df))
                .collect(),
        };
        TfidfTransformer { params: self, idf }
    }
}

/// Turns counts into weights, with an idf that was learned once, at fit: a row is weighted alone exactly as
/// in a batch.
///
/// # Examples
///
/// ```
/// use linfa::traits::Transformer;
/// use newsbeat::vectorize::{DocTermMatrix, TfidfParams};
///
/// let counts = DocTermMatrix::from_rows(2, [vec![(0, 3.0), (1, 4.0)], vec![(0, 1.0)]])?;
/// let tfidf = TfidfParams::default().fit(2, &[2, 1]);
/// let weights = tfidf.transform(&counts);
/// let length: f64 = weights.row(0).iter().map(|(_, w)| w * w).sum();
/// assert!((length - 1.0).abs() < 1e-12);
/// # Ok::<(), newsbeat::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TfidfTransformer {
    params: TfidfParams,
    idf: Vec<f64>,
}

impl TfidfTransformer {
    /// How it weighs.
    pub fn params(&self) -> TfidfParams {
        self.params
    }

    /// The idf of a column.
    pub fn idf(&self, column: u32) -> f64 {
        self.idf.get(column as usize).copied().unwrap_or(1.0)
    }

    /// Replaces the counts of one row by weights.
    pub fn weigh(&self, indices: &[u32], values: &mut [f64]) {
        self.params.weigh(values, |i| self.idf(indices[i]));
    }

    fn weighted(&self, row: SparseRow<'_>) -> Vec<f64> {
        let mut values = row.values.to_vec();
        self.weigh(row.indices, &mut values);
        values
    }
}

impl Transformer<&DocTermMatrix, DocTermMatrix> for TfidfTransformer {
    fn transform(&self, counts: &DocTermMatrix) -> DocTermMatrix {
        let mut weights = DocTermMatrix::new(counts.n_features());
        for row in counts.rows() {
            weights.push_row(row.indices.iter().copied().zip(self.weighted(row)));
        }
        weights
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weighting_is_known_by_its_name_in_tables() {
        for (binary, sublinear_tf) in [(false, false), (true, false), (false, true)] {
            for idf in [Idf::None, Idf::Plain, Idf::Smooth] {
                for norm in [Norm::None, Norm::L1, Norm::L2] {
                    let params = TfidfParams { binary, sublinear_tf, idf, norm };
                    let name = if norm == Norm::None { format!("{params}-none") } else { params.to_string() };
                    assert_eq!(name.parse::<TfidfParams>().unwrap(), params, "{name}");
                }
            }
        }
        assert_eq!("log".parse::<TfidfParams>().unwrap(), TfidfParams::LOG);
        assert_eq!("tfidf".parse::<TfidfParams>().unwrap(), TfidfParams::TFIDF);
        assert!("tf".parse::<TfidfParams>().is_err());
    }
}
