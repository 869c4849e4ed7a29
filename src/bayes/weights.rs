//! The weights of terms for classes.
//!
//! # Advice for hackers
//!
//! In a corpus of many classes most terms occur in few of them, and all other classes weigh such a term alike, up to a number of
//! the class. So weights of many classes are kept as those of the classes that have seen a term, and one number of the term for the
//! rest: for twenty newsgroups that is little over a quarter of the memory, which has to be filled before the first text, and most of it
//! stays in the cache. The few terms that most classes have seen make up most of a text; their weights stand in rows.

use std::ops::Range;

use rayon::prelude::*;

use super::ClassSums;

/// Terms that a thread weighs at a time, and that stand together.
const TERMS: usize = 1 << 10;

/// The weight of each term for each class.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Weights {
    /// Term by term, one for each class.
    Dense(Vec<f64>),
    /// Where that takes less memory.
    Sparse(SparseWeights),
}

/// Weights of terms that most classes have not seen, and of the others.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SparseWeights {
    /// Of each class, the weight of a term that it has not seen, less the number of the term.
    by_class: Vec<f64>,
    blocks: Vec<Block>,
}

/// [`TERMS`] terms, the last block fewer.
#[derive(Debug, Clone, PartialEq)]
struct Block {
    terms: Vec<Term>,
    seen: Vec<Seen>,
    /// The weights of terms that stand in rows.
    rows: Vec<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Term {
    /// What is added to the number of a class that has not seen it.
    unseen: f64,
    /// Where the classes that have seen it end; there are none if its weights stand in a row.
    end: u32,
    /// The place of that row, or [`NO_ROW`].
    row: u32,
}

const NO_ROW: u32 = u32::MAX;

/// The weights of a term, where they are kept.
#[derive(Debug, Clone, Copy)]
pub(super) enum Found<'w> {
    /// One for each class.
    Row(&'w [f64]),
    /// Those of the classes that have seen it, and what is added to the number of each other class.
    Seen { unseen: f64, seen: &'w [Seen] },
}

/// A class that has seen a term.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Seen {
    class: usize,
    weight: f64,
}

/// What a term's weights follow from.
#[derive(Debug, Default)]
struct TermSums {
    /// Over all classes.
    total: u64,
    /// Those that are not zero, by class.
    seen: Vec<(usize, u64)>,
}

impl TermSums {
    fn read(&mut self, sums: &ClassSums, term: usize) {
        self.total = 0;
        self.seen.clear();
        sums.for_each_seen(term, |class, sum| {
            self.total += sum;
            self.seen.push((class, sum));
        });
    }
}

impl Weights {
    /// The weights that follow from sums, with the help of logarithms from `start`: `seen` gives that of a term for a class from
    /// the sum over all classes, the class and its sum, which is not zero; where it is, the weight is that of the class in
    /// `by_class` and what `unseen` gives from the sum over all classes.
    pub(super) fn of<L>(
        sums: &ClassSums,
        by_class: Vec<f64>,
        start: impl Fn() -> L + Sync + Send,
        unseen: impl Fn(&mut L, u64) -> f64 + Sync + Send,
        seen: impl Fn(&mut L, u64, usize, u64) -> f64 + Sync + Send,
    ) -> Self {
        let (n_features, n_classes) = (sums.n_features(), sums.n_classes());
        let start = || (start(), TermSums::default());
        let is_sparse = 2 * (sums.n_seen() + n_features) < n_features * n_classes;
        if is_sparse && u32::try_from(TERMS * n_classes).is_ok() {
            let block = |(logs, of_term): &mut (L, TermSums), i: usize| {
                let terms = i * TERMS..n_features.min((i + 1) * TERMS);
                let mut block =
                    Block::with_room(terms.clone(), n_classes, |term| sums.n_seen_of(term..term + 1));
                for term in terms {
                    of_term.read(sums, term);
                    let weigh = |&(class, sum)| Seen { class, weight: seen(logs, of_term.total, class, sum) };
                    block.seen.extend(of_term.seen.iter().map(weigh));
                    block.end_term(of_term.seen.len(), unseen(logs, of_term.total), &by_class);
                }
                block
            };
            let blocks = (0..n_features.div_ceil(TERMS)).into_par_iter().map_init(start, block).collect();
            return Self::Sparse(SparseWeights { by_class, blocks });
        }
        let mut weights = vec![0.0; n_features * n_classes];
        let blocks = weights.par_chunks_mut(TERMS * n_classes).enumerate();
        blocks.for_each_init(start, |(logs, of_term), (i, weights)| {
            for (term, weights) in (i * TERMS..).zip(weights.chunks_exact_mut(n_classes)) {
                of_term.read(sums, term);
                let unseen = unseen(logs, of_term.total);
                for (weight, of_class) in weights.iter_mut().zip(&by_class) {
                    *weight = of_class + unseen;
                }
                for &(class, sum) in &of_term.seen {
                    weights[class] = seen(logs, of_term.total, class, sum);
                }
            }
        });
        Self::Dense(weights)
    }

    /// Finds the weights of a term for `n_classes` classes.
    pub(super) fn find(&self, term: usize, n_classes: usize) -> Found<'_> {
        match self {
            Self::Dense(weights) => Found::Row(&weights[term * n_classes..(term + 1) * n_classes]),
            Self::Sparse(sparse) => sparse.find(term),
        }
    }

    /// The weights that were found, one for each class; `room`, which is as long, is for those that are not kept as such.
    #[inline]
    pub(super) fn all<'w>(&self, found: Found<'w>, room: &'w mut [f64]) -> &'w [f64] {
        let (unseen, seen) = match found {
            Found::Row(weights) => return weights,
            Found::Seen { unseen, seen } => (unseen, seen),
        };
        for (weight, of_class) in room.iter_mut().zip(self.by_class()) {
            *weight = of_class + unseen;
        }
        for seen in seen {
            room[seen.class] = seen.weight;
        }
        room
    }

    /// Of each class, the weight of a term that it has not seen, less the number of the term; none if all weights stand in rows.
    fn by_class(&self) -> &[f64] {
        match self {
            Self::Dense(_) => &[],
            Self::Sparse(sparse) => &sparse.by_class,
        }
    }

    /// Term by term, one for each class.
    pub(super) fn into_dense(self) -> Vec<f64> {
        match self {
            Self::Dense(weights) => weights,
            Self::Sparse(ref sparse) => {
                let mut room = vec![0.0; sparse.by_class.len()];
                (0..sparse.n_terms())
                    .flat_map(|term| self.all(sparse.find(term), &mut room).to_vec())
                    .collect()
            }
        }
    }

    /// Whether each is as near to zero as `limit`, or a sum of two that are.
    pub(super) fn are_within(&self, limit: f64) -> bool {
        let is_within = |weight: &f64| weight.abs() <= limit;
        match self {
            Self::Dense(weights) => weights.par_chunks(TERMS).all(|weights| weights.iter().all(is_within)),
            Self::Sparse(SparseWeights { by_class, blocks }) => {
                by_class.iter().all(is_within)
                    && blocks.par_iter().all(|block| {
                        block.terms.iter().all(|term| is_within(&term.unseen))
                            && block.seen.iter().all(|seen| is_within(&seen.weight))
                            && block.rows.iter().all(is_within)
                    })
            }
        }
    }
}

impl Block {
    /// A block with room for terms and the classes that have seen each.
    fn with_room(terms: Range<usize>, n_classes: usize, n_seen_of: impl Fn(usize) -> usize) -> Self {
        let (mut n_seen, mut n_in_rows, mut longest) = (0, 0, 0);
        for term in terms.clone() {
            match n_seen_of(term) {
                n if stands_in_row(n, n_classes) => {
                    (n_in_rows, longest) = (n_in_rows + n_classes, longest.max(n));
                }
                n => n_seen += n,
            }
        }
        Self {
            terms: Vec::with_capacity(terms.len()),
            // A row's weights are first of all those of the classes that have seen its term.
            seen: Vec::with_capacity(n_seen + longest),
            rows: Vec::with_capacity(n_in_rows),
        }
    }

    /// Ends a term whose weights are the last `n_seen`.
    fn end_term(&mut self, n_seen: usize, unseen: f64, by_class: &[f64]) {
        let number =
            |n: usize| u32::try_from(n).expect("as many weights as terms and classes, which are fewer");
        let start = self.seen.len() - n_seen;
        let mut row = NO_ROW;
        if stands_in_row(n_seen, by_class.len()) {
            row = number(self.rows.len());
            self.rows.extend(by_class.iter().map(|of_class| of_class + unseen));
            for seen in self.seen.drain(start..) {
                self.rows[row as usize + seen.class] = seen.weight;
            }
        }
        self.terms.push(Term { unseen, end: number(self.seen.len()), row });
    }
}

/// Whether a term's weights take less memory in a row than as those of the classes that have seen it.
fn stands_in_row(n_seen: usize, n_classes: usize) -> bool {
    2 * n_seen >= n_classes
}

impl SparseWeights {
    /// Finds the weights of a term.
    fn find(&self, term: usize) -> Found<'_> {
        let (block, place) = (&self.blocks[term / TERMS], term % TERMS);
        let start = place.checked_sub(1).map_or(0, |before| block.terms[before].end);
        let Term { unseen, end, row } = block.terms[place];
        if row == NO_ROW {
            return Found::Seen { unseen, seen: &block.seen[start as usize..end as usize] };
        }
        Found::Row(&block.rows[row as usize..row as usize + self.by_class.len()])
    }

    /// Number of terms.
    fn n_terms(&self) -> usize {
        self.blocks.iter().map(|block| block.terms.len()).sum()
    }
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
