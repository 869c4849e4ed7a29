//! A sparse matrix by its rows, or by its columns.

use rayon::prelude::*;

/// Runs that one thread multiplies at a time.
const TOGETHER: usize = 256;

/// Rows of a matrix, or its columns: where each ends, and its entries that are not zero.
#[derive(Debug, Default)]
pub(super) struct Runs {
    ends: Vec<usize>,
    indices: Vec<u32>,
    values: Vec<f64>,
}

impl Runs {
    pub(super) fn push(&mut self, entries: impl Iterator<Item = (u32, f64)>) {
        for (index, value) in entries {
            self.indices.push(index);
            self.values.push(value);
        }
        self.ends.push(self.indices.len());
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The entries of a run.
    pub(super) fn run(&self, i: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let entries = i.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[i];
        let indices = self.indices[entries.clone()].iter().map(|&index| index as usize);
        indices.zip(self.values[entries].iter().copied())
    }

    /// Rows from columns, or columns from rows.
    pub(super) fn transposed(&self) -> Self {
        let n = self.indices.iter().max().map_or(0, |&last| last as usize + 1);
        let mut next = vec![0; n + 1];
        for &index in &self.indices {
            next[index as usize + 1] += 1;
        }
        for i in 1..=n {
            next[i] += next[i - 1];
        }
        let ends = next[1..].to_vec();
        let mut indices = vec![0; self.indices.len()];
        let mut values = vec![0.0; self.values.len()];
        for (i, number) in (0..self.len()).zip(0_u32..) {
            for (index, value) in self.run(i) {
                (indices[next[index]], values[next[index]]) = (number, value);
                next[index] += 1;
            }
        }
        Self { ends, indices, values }
    }

    /// The product with a matrix that has `width` columns, in row-major order. Each number is summed up by one thread, in the
    /// order of the run.
    pub(super) fn times(&self, matrix: &[f64], width: usize) -> Vec<f64> {
        let mut product = vec![0.0; self.len() * width];
        product.par_chunks_mut(TOGETHER * width).enumerate().for_each(|(chunk, product)| {
            for (i, sums) in (chunk * TOGETHER..).zip(product.chunks_exact_mut(width)) {
                for (index, value) in self.run(i) {
                    let row = &matrix[index * width..(index + 1) * width];
                    sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += value * x);
                }
            }
        });
        product
    }
}
