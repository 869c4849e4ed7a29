//! The terms that a model knows.

use crate::error::{Error, Result};
use crate::text::Interner;

/// Distinct terms, numbered in code-point order: no hash order ever shows.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    terms: Interner,
}

impl Vocabulary {
    /// A vocabulary of terms in strictly increasing code-point order.
    ///
    /// # Errors
    ///
    /// If a term does not stand after the one before it.
    pub fn from_sorted<'s>(terms: impl IntoIterator<Item = &'s str>) -> Result<Self> {
        let mut interner = Interner::new();
        let mut last: Option<&str> = None;
        for term in terms {
            if last.is_some_and(|last| last >= term) {
                return Err(Error::parameter("terms", "must be sorted and distinct", term));
            }
            interner.intern(term);
            last = Some(term);
        }
        Ok(Self { terms: interner })
    }

    /// Number of terms.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// True if there is no term.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The column of a term.
    pub fn find(&self, term: &str) -> Option<u32> {
        self.terms.find(term)
    }

    /// The term of a column.
    ///
    /// # Panics
    ///
    /// If there is no such column.
    pub fn term(&self, column: u32) -> &str {
        self.terms.get(column)
    }

    /// All terms in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.terms.iter()
    }
}

impl PartialEq for Vocabulary {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

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
}
