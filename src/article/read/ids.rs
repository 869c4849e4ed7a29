//! Ids that are unique within a run.

use std::collections::HashSet;

/// Hands out ids: the first article of a name keeps it, others get `-2`, `-3` behind.
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
    given: HashSet<String>,
}

impl UniqueIds {
    /// The id itself, or the id with the first free number behind it.
    pub fn unique(&mut self, id: &str) -> String {
        let mut free = id.to_owned();
        let mut n = 1u64;
        while !self.given.insert(free.clone()) {
            n += 1;
            free = format!("{id}-{n}");
        }
        free
    }
}
