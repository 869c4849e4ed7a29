//! The document-term matrix, in compressed sparse rows.

use linfa::dataset::Records;
use ndarray::Array2;

use crate::error::{Error, Result};

/// Documents by terms, shape `(n_samples, n_features)`, with only the entries that are not zero.
///
/// Row `i` has its column indices, strictly increasing, and its values. It is the records type of linfa
/// data sets: `DatasetBase::new(matrix, targets)`.
///
/// # Examples
///
/// ```
/// use newsbeat::vectorize::DocTermMatrix;
///
/// let x = DocTermMatrix::from_rows(3, [vec![(0, 2.0), (2, 1.0)], vec![]])?;
/// assert_eq!(x.n_samples(), 2);
/// assert_eq!(x.row(0).iter().collect::<Vec<_>>(), [(0, 2.0), (2, 1.0)]);
/// # Ok::<(), newsbeat::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct DocTermMatrix {
    n_features: usize,
    offsets: Vec<usize>,
    indices: Vec<u32>,
    values: Vec<f64>,
}

/// One row: column indices, strictly increasing, and values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SparseRow<'m> {
    /// Columns.
    pub indices: &'m [u32],
    /// Values, one for each column.
    pub values: &'m [f64],
}

impl<'m> SparseRow<'m> {
    /// Column and value of each entry.
    pub fn iter(self) -> impl Iterator<Item = (u32, f64)> + 'm {
        self.indices.iter().copied().zip(self.values.iter().copied())
    }

    /// How many entries.
    pub fn len(self) -> usize {
        self.indices.len()
    }

    /// True if all entries are zero.
    pub fn is_empty(self) -> bool {
        self.indices.is_empty()
    }

    /// Sum of the values.
    pub fn sum(self) -> f64 {
        self.values.iter().sum()
    }
}

impl DocTermMatrix {
    /// A matrix without rows.
    pub fn new(n_features: usize) -> Self {
        Self { n_features, offsets: vec![0], indices: Vec::new(), values: Vec::new() }
    }

    /// A matrix of rows of `(column, value)`, columns strictly increasing.
    ///
    /// # Errors
    ///
    /// If columns are out of order or range, or a value is negative or not finite.
    pub fn from_rows<R>(n_features: usize, rows: impl IntoIterator<Item = R>) -> Result<Self>
    where
        R: IntoIterator<Item = (u32, f64)>,
    {
        let mut matrix = Self::new(n_features);
        for row in rows {
            let first = matrix.indices.len();
            for (column, value) in row {
                if column as usize >= n_features
                    || matrix.indices[first..].last().is_some_and(|&last| last >= column)
                {
                    return Err(Error::parameter(
                        "columns",
                        format!("must increase and be below {n_features}"),
                        column,
                    ));
                }
                if !value.is_finite() || value < 0.0 {
                    return Err(Error::parameter("value", "must be finite and not negative", value));
                }
                matrix.indices.push(column);
                matrix.values.push(value);
            }
            matrix.offsets.push(matrix.indices.len());
        }
        Ok(matrix)
    }

    /// Adds a row whose order and range the caller vouches for.
    pub(crate) fn push_row(&mut self, row: impl Iterator<Item = (u32, f64)>) {
        for (column, value) in row {
            self.indices.push(column);
            self.values.push(value);
        }
        self.offsets.push(self.indices.len());
    }

    /// Number of documents.
    pub fn n_samples(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Number of terms.
    pub fn n_features(&self) -> usize {
        self.n_features
    }

    /// The row of a document.
    ///
    /// # Panics
    ///
    /// If there is no such row.
    pub fn row(&self, i: usize) -> SparseRow<'_> {
        let entries = self.offsets[i]..self.offsets[i + 1];
        SparseRow { indices: &self.indices[entries.clone()], values: &self.values[entries] }
    }

    /// All rows in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = SparseRow<'_>> {
        (0..self.n_samples()).map(|i| self.row(i))
    }

    /// The same numbers with all their zeros, shape `(n_samples, n_features)`.
    pub fn to_dense(&self) -> Array2<f64> {
        let mut dense = Array2::zeros((self.n_samples(), self.n_features));
        for (i, row) in self.rows().enumerate() {
            for (column, value) in row.iter() {
                dense[[i, column as usize]] = value;
            }
        }
        dense
    }
}

impl Records for DocTermMatrix {
    type Elem = f64;

    fn nsamples(&self) -> usize {
        self.n_samples()
    }

    fn nfeatures(&self) -> usize {
        self.n_features
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_out_of_order_or_range_are_refused() {
        let bad = |row: Vec<(u32, f64)>| DocTermMatrix::from_rows(2, [row]).unwrap_err().to_string();
        assert_eq!(bad(vec![(1, 1.0), (1, 1.0)]), "columns must increase and be below 2, got 1");
        assert_eq!(bad(vec![(2, 1.0)]), "columns must increase and be below 2, got 2");
        assert_eq!(bad(vec![(0, -1.0)]), "value must be finite and not negative, got -1");
    }

    #[test]
    fn dense_and_sparse_hold_the_same_numbers() {
        let x = DocTermMatrix::from_rows(2, [vec![(1, 3.0)], vec![], vec![(0, 1.0)]]).unwrap();
        assert_eq!(x.to_dense(), ndarray::array![[0.0, 3.0], [0.0, 0.0], [1.0, 0.0]]);
    }
}
