//! Rows that belong together and must not be taken for independent.

use std::collections::HashMap;

use crate::classify::corpus::LabelledText;

/// A partition of rows, numbered from 0 on in the order of first appearance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groups {
    group_of_row: Vec<usize>,
    n_groups: usize,
}

impl Groups {
    /// Every row a group of its own.
    pub fn singletons(n_rows: usize) -> Self {
        Self { group_of_row: (0..n_rows).collect(), n_groups: n_rows }
    }

    /// Rows of equal group names together; rows without a name stand alone.
    pub fn of(rows: &[LabelledText<'_>]) -> Self {
        let mut number_of_name = HashMap::new();
        let mut n_groups = 0;
        let mut new = || {
            n_groups += 1;
            n_groups - 1
        };
        let group_of_row = rows
            .iter()
            .map(|row| match row.group {
                "" => new(),
                name => *number_of_name.entry(name).or_insert_with(&mut new),
            })
            .collect();
        Self { group_of_row, n_groups }
    }

    /// As [`of`](Self::of), or `None` if no row has a name.
    pub fn named(rows: &[LabelledText<'_>]) -> Option<Self> {
        rows.iter().any(|row| !row.group.is_empty()).then(|| Self::of(rows))
    }

    /// Sets that are joined pair by pair.
    pub(super) fn joined(n_rows: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut parent: Vec<usize> = (0..n_rows).collect();
        for (a, b) in pairs {
            let (a, b) = (root(&mut parent, a), root(&mut parent, b));
            parent[a.max(b)] = a.min(b);
        }
        let mut group_of_row = vec![0; n_rows];
        let mut n_groups = 0;
        for row in 0..n_rows {
            let first = root(&mut parent, row);
            if first == row {
                group_of_row[row] = n_groups;
                n_groups += 1;
            } else {
                group_of_row[row] = group_of_row[first];
            }
        }
        Self { group_of_row, n_groups }
    }

    /// The finest partition in which rows stay together that are together in either.
    ///
    /// # Panics
    ///
    /// If the numbers of rows differ.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        assert_eq!(self.n_rows(), other.n_rows(), "both must be groups of the same rows");
        Self::joined(self.n_rows(), self.links().chain(other.links()))
    }

    /// The groups of some of the rows.
    #[must_use]
    pub fn of_rows(&self, rows: &[usize]) -> Self {
        let mut number = vec![None; self.n_groups];
        let mut n_groups = 0;
        let group_of_row = rows
            .iter()
            .map(|&row| {
                *number[self.group_of_row[row]].get_or_insert_with(|| {
                    n_groups += 1;
                    n_groups - 1
                })
            })
            .collect();
        Self { group_of_row, n_groups }
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.group_of_row.len()
    }

    /// Number of groups.
    pub fn n_groups(&self) -> usize {
        self.n_groups
    }

    /// The group of each row.
    pub fn group_of_row(&self) -> &[usize] {
        &self.group_of_row
    }

    /// The rows of each group, in order.
    pub fn rows_of_group(&self) -> Vec<Vec<usize>> {
        let mut rows = vec![Vec::new(); self.n_groups];
        for (row, &group) in self.group_of_row.iter().enumerate() {
            rows[group].push(row);
        }
        rows
    }

    /// Each row with the first of its group.
    fn links(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let mut first = vec![None; self.n_groups];
        let rows = self.group_of_row.iter().enumerate();
        rows.map(move |(row, &group)| (*first[group].get_or_insert(row), row))
    }
}

/// The smallest row known to be with `row`, with the path to it halved.
fn root(parent: &mut [usize], mut row: usize) -> usize {
    while parent[row] != row {
        parent[row] = parent[parent[row]];
        row = parent[row];
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(group: &str) -> LabelledText<'_> {
        LabelledText { label: "", text: "", group }
    }

    #[test]
    fn rows_without_a_name_stand_alone() {
        let groups = Groups::of(&[row("a"), row(""), row("a"), row(""), row("b")]);
        assert_eq!(groups.group_of_row(), [0, 1, 0, 2, 3]);
        assert_eq!(Groups::named(&[row(""), row("")]), None);
    }

    #[test]
    fn joining_is_transitive() {
        let (a, b) = (Groups::joined(6, [(0, 3), (4, 5)]), Groups::joined(6, [(3, 4)]));
        assert_eq!(a.join(&b).group_of_row(), [0, 1, 2, 0, 0, 0]);
        assert_eq!(a.join(&b), b.join(&a));
        assert_eq!(a.of_rows(&[1, 3, 4]).group_of_row(), [0, 1, 2]);
    }
}
