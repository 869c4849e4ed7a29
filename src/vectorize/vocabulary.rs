//! The terms that a model knows.

use crate::error::{Error, Result};

/// Distinct terms, numbered in code-point order: no hash order ever shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    buffer: String,
    ends: Vec<usize>,
}

impl Vocabulary {
    /// A vocabulary of terms in strictly increasing code-point order.
    ///
    /// # Errors
    ///
    /// If a term is empty or does not stand after the one before it.
    pub fn from_sorted<'s>(terms: impl IntoIterator<Item = &'s str>) -> Result<Self> {
        let mut vocabulary = Self::default();
        let mut last = "";
        for term in terms {
            if last >= term {
                return Err(Error::parameter("terms", "must be sorted, distinct and not empty", term));
            }
            vocabulary.buffer.push_str(term);
            vocabulary.ends.push(vocabulary.buffer.len());
            last = term;
        }
        Ok(vocabulary)
    }

    /// Number of terms.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True if there is no term.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The column of a term.
    pub fn find(&self, term: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.at(middle).cmp(term) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return u32::try_from(middle).ok(),
            }
        }
        None
    }

    /// The term of a column.
    ///
    /// # Panics
    ///
    /// If there is no such column.
    pub fn term(&self, column: u32) -> &str {
        self.at(column as usize)
    }

    /// All terms in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|column| self.at(column))
    }

    fn at(&self, column: usize) -> &str {
        let start = if column == 0 { 0 } else { self.ends[column - 1] };
        &self.buffer[start..self.ends[column]]
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
