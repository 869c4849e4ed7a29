//! Strings numbered in the order of their first appearance.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

/// Gives each distinct string a number, densely from 0 on, and keeps the strings in one buffer.
#[derive(Debug, Clone, Default)]
pub struct Interner {
    table: HashTable<u32>,
    strings: Strings,
    hasher: FixedState,
}

/// Strings by number, one behind another in one buffer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Strings {
    ends: Vec<u32>,
    buffer: String,
}

impl Interner {
    /// An interner without strings.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many strings it has.
    pub fn len(&self) -> usize {
        self.strings.len()
    }

    /// True if it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The string of a number.
    ///
    /// # Panics
    ///
    /// If no string has that number.
    pub fn get(&self, id: u32) -> &str {
        self.strings.get(id)
    }

    /// The strings in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.strings.iter()
    }

    /// The number of a string, if it has one.
    pub fn find(&self, string: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(string);
        self.table.find(hash, |&id| self.strings.get(id) == string).copied()
    }

    /// Bytes of the strings together.
    pub fn n_bytes(&self) -> usize {
        self.strings.buffer.len()
    }

    /// Whether one more string would leave them at most 4 GiB long together.
    pub fn has_room_for(&self, string: &str) -> bool {
        u32::try_from(self.n_bytes() + string.len()).is_ok()
    }

    /// The number of a string, and whether it has just been given.
    ///
    /// # Panics
    ///
    /// If there is no [room for it](Self::has_room_for).
    pub fn intern(&mut self, string: &str) -> (u32, bool) {
        let Self { table, strings, hasher } = self;
        let entry = table.entry(
            hasher.hash_one(string),
            |&id| strings.get(id) == string,
            |&id| hasher.hash_one(strings.get(id)),
        );
        match entry {
            Entry::Occupied(found) => (*found.get(), false),
            Entry::Vacant(vacant) => {
                let id = strings.push(string);
                vacant.insert(id);
                (id, true)
            }
        }
    }
}

impl Strings {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The strings in the order of their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|id| self.get(number(id)))
    }

    /// The string of a number.
    #[inline]
    pub(crate) fn get(&self, id: u32) -> &str {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends[id - 1] as usize };
        &self.buffer[start..self.ends[id] as usize]
    }

    /// Adds a string of ASCII in lower case and gives it the next number.
    pub(crate) fn push_lower_case(&mut self, string: &str) -> u32 {
        let (id, start) = (self.push(string), self.buffer.len() - string.len());
        self.buffer[start..].make_ascii_lowercase();
        id
    }

    /// Adds a string and gives it the next number.
    pub(crate) fn push(&mut self, string: &str) -> u32 {
        let id = number(self.ends.len());
        self.buffer.push_str(string);
        self.ends.push(number(self.buffer.len()));
        id
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("fewer than 2^32 strings, of fewer than 2^32 bytes together")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_strings_share_a_number_and_order_is_of_first_appearance() {
        let mut interner = Interner::new();
        let ids: Vec<_> = ["b", "", "a", "b", ""].map(|s| interner.intern(s).0).to_vec();
        assert_eq!(ids, [0, 1, 2, 0, 1]);
        assert_eq!(interner.iter().collect::<Vec<_>>(), ["b", "", "a"]);
        assert_eq!(interner.find("a"), Some(2));
        assert_eq!(interner.find("c"), None);
        assert_eq!(interner.get(2), "a");
    }
}
