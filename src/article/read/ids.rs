//! Ids that are unique within a run.

use std::collections::{HashMap, HashSet};

use twox_hash::XxHash3_64;

/// Hands out ids: the first article of a name keeps it, others get `-2`, `-3` behind.
///
/// Ids are remembered by their XXH3 hash, so that ten million of any length take 150 megabytes. Should two that
/// differ have the same, which happens once in two million runs of that size, one gets a number that it does not need.
///
/// # Examples
///
/// ```
/// use newsbeat::article::read::UniqueIds;
///
/// let mut ids = UniqueIds::default();
/// assert_eq!(ids.unique("a"), "a");
/// assert_eq!(ids.unique("a"), "a-2");
/// assert_eq!(ids.unique("a-2"), "a-2-2");
/// ```
#[derive(Debug, Clone, Default)]
pub struct UniqueIds {
    given: HashSet<u64>,
    /// The last number that was given behind each id that came twice: the search for a free one goes on from there, so that
    /// a million articles of one id are not a million searches from the start.
    last_numbers: HashMap<u64, u64>,
}

impl UniqueIds {
    /// The id itself, or the id with the first free number behind it.
    pub fn unique(&mut self, id: &str) -> String {
        let own = XxHash3_64::oneshot(id.as_bytes());
        if self.given.insert(own) {
            return id.to_owned();
        }
        let last = self.last_numbers.entry(own).or_insert(1);
        let mut numbered = String::new();
        let is_free = |n: &u64| {
            numbered = format!("{id}-{n}");
            self.given.insert(XxHash3_64::oneshot(numbered.as_bytes()))
        };
        *last = (*last + 1..u64::MAX).find(is_free).expect("fewer than 2^64 ids are given");
        numbered
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ids_are_unique_and_take_the_first_free_number(ids in prop::collection::vec("a?(-[1-4]){0,2}", 0..40)) {
            let mut unique = UniqueIds::default();
            let mut given = HashSet::new();
            for id in ids {
                let numbered = (2..).map(|n| format!("{id}-{n}"));
                let expected = std::iter::once(id.clone()).chain(numbered).find(|free| !given.contains(free)).unwrap();
                prop_assert_eq!(&unique.unique(&id), &expected);
                given.insert(expected);
            }
        }
    }

    #[test]
    fn many_articles_of_one_id_are_no_work() {
        let mut ids = UniqueIds::default();
        let last = (0..200_000).map(|_| ids.unique("same")).last();
        assert_eq!(last.as_deref(), Some("same-200000"));
    }
}
