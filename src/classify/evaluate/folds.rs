//! Which rows a model is tried on, and which it learns from for that.

use super::groups::Groups;
use super::near_duplicates::near_duplicates;
use crate::classify::corpus::LabelledText;
use crate::error::{Error, Result};
use crate::similarity::THRESHOLD;
use crate::statistics::Random;
use rayon::prelude::*;

/// How rows are dealt into folds.
///
/// | name | default | meaning | range |
/// |---|---|---|---|
/// | `n_folds` | 10, as in the literature since Kohavi (1995) | how many times a model is fitted | 2 to the number of groups |
/// | `seed` | 0 | decides which of equal rows goes where | |
/// | `near_duplicates` | [`THRESHOLD`] | similarity from which on texts are kept in one fold; `None` looks for none | above 0, at most 1 |
///
/// # References
///
/// R. Kohavi (1995), A study of cross-validation and bootstrap for accuracy estimation and model selection, IJCAI.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FoldParams {
    /// How many folds.
    pub n_folds: usize,
    /// Seed of chance.
    pub seed: u64,
    /// Similarity from which on texts are kept together.
    pub near_duplicates: Option<f64>,
}

impl Default for FoldParams {
    fn default() -> Self {
        Self { n_folds: 10, seed: 0, near_duplicates: Some(THRESHOLD) }
    }
}

impl FoldParams {
    /// Folds with labels in equal shares; rows of a group, and near-duplicates, in one fold.
    ///
    /// # Errors
    ///
    /// If a parameter is out of range, or there are fewer groups than folds.
    pub fn stratified(&self, rows: &[LabelledText<'_>]) -> Result<Folds> {
        let labels: Vec<&str> = rows.iter().map(|row| row.label).collect();
        Folds::stratified(&labels, &self.groups(rows)?, self.n_folds, self.seed)
    }

    /// Folds in which a model learns from what is earlier than what it is tried on; `order` is the date, or any other key, of
    /// each row.
    ///
    /// # Errors
    ///
    /// If a parameter is out of range, or there are too few different dates.
    pub fn time_ordered<K: Ord>(&self, rows: &[LabelledText<'_>], order: &[K]) -> Result<Folds> {
        Folds::time_ordered(order, &self.groups(rows)?, self.n_folds)
    }

    /// Groups by name and by similarity.
    ///
    /// # Errors
    ///
    /// If the similarity is out of range.
    pub fn groups(&self, rows: &[LabelledText<'_>]) -> Result<Groups> {
        let named = Groups::of(rows);
        match self.near_duplicates {
            None => Ok(named),
            Some(threshold) if threshold > 0.0 && threshold <= 1.0 => {
                Ok(named.join(&near_duplicates(rows.par_iter().map(|row| row.text), threshold)))
            }
            Some(threshold) => {
                Err(Error::parameter("near_duplicates", "must be above 0 and at most 1", threshold))
            }
        }
    }
}

/// Rows dealt into folds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folds {
    n: usize,
    /// The fold in which each row is tried; `None` for rows that are only learned from.
    fold_of_row: Vec<Option<usize>>,
    groups: Groups,
    is_ordered: bool,
}

impl Folds {
    /// Deals whole groups, so that each fold has its share of each label as nearly as the groups allow: without groups,
    /// folds differ by at most one row of each label, and by at most one row in all.
    ///
    /// Groups are dealt from the largest to the smallest, each to the fold with the smallest
    /// `sum over labels of n(label in fold) * n(label in group) / n(label)^2`, the fold in which it adds least to the sum of
    /// squared shares; ties go to the fold with the fewest rows, then to the first.
    ///
    /// # Errors
    ///
    /// If `n_folds` is not between 2 and the number of groups.
    ///
    /// # Panics
    ///
    /// If the numbers of rows differ.
    pub fn stratified<L: Ord>(labels: &[L], groups: &Groups, n_folds: usize, seed: u64) -> Result<Self> {
        assert_eq!(labels.len(), groups.n_rows(), "each row must have a group");
        check(n_folds, groups.n_groups(), "groups of rows that belong together")?;
        let mut names: Vec<&L> = labels.iter().collect();
        names.sort_unstable();
        names.dedup();
        let label_of_row: Vec<usize> =
            labels.iter().map(|l| names.partition_point(|name| *name < l)).collect();
        let mut n_of_label = vec![0.0; names.len()];
        for &label in &label_of_row {
            n_of_label[label] += 1.0;
        }
        let mut deck = groups.rows_of_group();
        Random::new(seed).shuffle(&mut deck);
        deck.sort_by_key(|rows| (std::cmp::Reverse(rows.len()), label_of_row[rows[0]]));
        let mut dealt = vec![vec![0.0; names.len()]; n_folds];
        let mut n_of_fold = vec![0; n_folds];
        let mut fold_of_row = vec![None; labels.len()];
        for rows in deck {
            let cost = |fold: usize| -> f64 {
                let share = |label: usize| dealt[fold][label] / n_of_label[label] / n_of_label[label];
                rows.iter().map(|&row| share(label_of_row[row])).sum()
            };
            let costs: Vec<f64> = (0..n_folds).map(cost).collect();
            let fold = (0..n_folds)
                .min_by(|&a, &b| costs[a].total_cmp(&costs[b]).then(n_of_fold[a].cmp(&n_of_fold[b])))
                .expect("there are two folds or more");
            n_of_fold[fold] += rows.len();
            for row in rows {
                dealt[fold][label_of_row[row]] += 1.0;
                fold_of_row[row] = Some(fold);
            }
        }
        Ok(Self { n: n_folds, fold_of_row, groups: groups.clone(), is_ordered: false })
    }

    /// Cuts rows, sorted by `order`, into `n_folds + 1` runs as equal as can be: the first is only learned from, each of
    /// the others is tried by a model that has learned from the runs before it. Rows of the same date are never cut
    /// apart, and a model does not learn from rows of a group that it is tried on.
    ///
    /// # Errors
    ///
    /// If `n_folds` is below 2, or there are fewer than `n_folds + 1` different dates.
    ///
    /// # Panics
    ///
    /// If the numbers of rows differ.
    pub fn time_ordered<K: Ord>(order: &[K], groups: &Groups, n_folds: usize) -> Result<Self> {
        assert_eq!(order.len(), groups.n_rows(), "each row must have a group");
        let mut sorted: Vec<usize> = (0..order.len()).collect();
        sorted.sort_by_key(|&row| &order[row]);
        let dates: Vec<&[usize]> = sorted.chunk_by(|&a, &b| order[a] == order[b]).collect();
        check(n_folds, dates.len().saturating_sub(1), "different dates after the first")?;
        let n_runs = n_folds + 1;
        let mut fold_of_row = vec![None; order.len()];
        let (mut run, mut n_before) = (0, 0);
        for (i, date) in dates.iter().enumerate() {
            // A run is full at its share of rows, or when those behind it need every date that is left.
            let is_full = n_before * n_runs >= order.len() * (run + 1);
            let is_last_chance = dates.len() - i == n_runs - 1 - run;
            if i > 0 && run < n_folds && (is_full || is_last_chance) {
                run += 1;
            }
            for &row in *date {
                fold_of_row[row] = run.checked_sub(1);
            }
            n_before += date.len();
        }
        Ok(Self { n: n_folds, fold_of_row, groups: groups.clone(), is_ordered: true })
    }

    /// Number of folds.
    pub fn n_folds(&self) -> usize {
        self.n
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.fold_of_row.len()
    }

    /// The fold in which each row is tried; `None` for the earliest rows of time-ordered folds.
    pub fn fold_of_row(&self) -> &[Option<usize>] {
        &self.fold_of_row
    }

    /// The groups that are kept together.
    pub fn groups(&self) -> &Groups {
        &self.groups
    }

    /// Rows to learn from and rows to be tried, both increasing, for one fold.
    pub fn split(&self, fold: usize) -> (Vec<usize>, Vec<usize>) {
        let mut is_tried = vec![false; self.groups.n_groups()];
        let groups = self.groups.group_of_row();
        let rows = || self.fold_of_row.iter().enumerate();
        let test: Vec<usize> = rows().filter(|(_, f)| **f == Some(fold)).map(|(row, _)| row).collect();
        for &row in &test {
            is_tried[groups[row]] = true;
        }
        let may_learn = |f: Option<usize>| if self.is_ordered { f < Some(fold) } else { f != Some(fold) };
        let train = rows().filter(|&(row, &f)| may_learn(f) && !is_tried[groups[row]]);
        (train.map(|(row, _)| row).collect(), test)
    }
}

fn check(n_folds: usize, most: usize, what: &str) -> Result<()> {
    if n_folds < 2 || n_folds > most {
        let rule = format!("must be between 2 and the number of {what} ({most})");
        return Err(Error::parameter("folds", rule, n_folds));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
