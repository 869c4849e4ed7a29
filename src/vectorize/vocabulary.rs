//! The terms that a model knows.

use std::sync::{Arc, OnceLock};

use super::paths::Paths;
use super::strings::SortedStrings;
use crate::error::{Error, Result};
use crate::text::NgramUnit;

/// Distinct terms, numbered in code-point order: no hash order ever shows.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// The terms of a loaded model are spelt out when they are first asked for: classifying needs only their paths.
    terms: OnceLock<SortedStrings>,
    paths: Option<Arc<Paths>>,
}

impl Vocabulary {
    /// A vocabulary of terms in strictly increasing code-point order.
    ///
    /// # Errors
    ///
    /// If a term is empty or does not stand after the one before it.
    pub fn from_sorted<'s>(terms: impl IntoIterator<Item = &'s str>) -> Result<Self> {
        let mut strings = SortedStrings::default();
        let mut last = "";
        for term in terms {
            if last >= term {
                return Err(Error::parameter("terms", "must be sorted, distinct and not empty", term));
            }
            strings.push(term);
            last = term;
        }
        Ok(Self::of(strings))
    }

    /// The vocabulary of terms that the caller vouches for.
    pub(super) fn of(terms: SortedStrings) -> Self {
        debug_assert!(terms.iter().is_sorted_by(|a, b| a < b), "terms must be sorted and distinct");
        Self { terms: OnceLock::from(terms), paths: None }
    }

    /// The vocabulary of a loaded model.
    pub(crate) fn from_paths(paths: Arc<Paths>) -> Self {
        Self { terms: OnceLock::new(), paths: Some(paths) }
    }

    /// Its terms as paths of pieces of n-grams of `unit`.
    pub(crate) fn paths(&self, unit: NgramUnit) -> Arc<Paths> {
        self.paths.clone().unwrap_or_else(|| Arc::new(Paths::of(self.iter(), unit)))
    }

    /// Number of terms.
    pub fn len(&self) -> usize {
        self.paths.as_ref().map_or_else(|| self.terms().len(), |paths| paths.n_terms())
    }

    /// True if there is no term.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The column of a term.
    pub fn find(&self, term: &str) -> Option<u32> {
        self.terms().find(term)
    }

    /// The term of a column.
    ///
    /// # Panics
    ///
    /// If there is no such column.
    pub fn term(&self, column: u32) -> &str {
        self.terms().get(column)
    }

    /// All terms in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.terms().iter()
    }

    fn terms(&self) -> &SortedStrings {
        self.terms.get_or_init(|| self.paths.as_ref().map(|paths| paths.terms()).unwrap_or_default())
    }
}

impl PartialEq for Vocabulary {
    fn eq(&self, other: &Self) -> bool {
        self.terms() == other.terms()
    }
}

impl Eq for Vocabulary {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_follow_code_point_order() {
        let vocabulary = Vocabulary::from_sorted(["a", "a b", "ab", "é"]).unwrap();
        assert_eq!(vocabulary.find("ab"), Some(2));
        assert_eq!(vocabulary.term(3), "é");
        assert_eq!(vocabulary.find("c"), None);
        assert!(Vocabulary::from_sorted(["b", "a"]).is_err());
    }

    #[test]
    fn a_vocabulary_of_paths_is_that_of_its_terms() {
        let vocabulary = Vocabulary::from_sorted(["a b", "c", "c a b"]).unwrap();
        let read = Vocabulary::from_paths(vocabulary.paths(NgramUnit::Word));
        assert_eq!(read.len(), 3);
        assert_eq!(read, vocabulary);
        assert_eq!(read.find("c"), Some(1));
    }
}
