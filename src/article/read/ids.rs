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
/// assert_eq!(ids.unique("a".into()), "a");
/// assert_eq!(ids.unique("a".into()), "a-2");
/// assert_eq!(ids.unique("a-2".into()), "a-2-2");
/// ```
#[derive(Debug, Clone, Default)]
pub struct UniqueIds {
    given: HashSet<String>,
}

impl UniqueIds {
    /// The id itself, or the id with the first free number behind it.
    pub fn unique(&mut self, id: String) -> String {
        let free = if self.given.contains(&id) {
            (2..).map(|n: u64| format!("{id}-{n}")).find(|id| !self.given.contains(id)).unwrap_or(id)
        } else {
            id
        };
        self.given.insert(free.clone());
        free
    }
}
