//! Strings numbered in the order of their first appearance.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

/// Gives each distinct string a number, densely from 0 on, and keeps the strings in one buffer.
#[derive(Debug, Clone, Default)]
pub struct Interner {
    table: HashTable<u32>,
    ends: Vec<u32>,
    buffer: String,
    hasher: FixedState,
}

impl Interner {
    /// An interner without strings.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many strings it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True if it has none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The string of a number.
    ///
    /// # Panics
    ///
    /// If no string has that number.
    pub fn get(&self, id: u32) -> &str {
        slice(&self.buffer, &self.ends, id)
    }

    /// The strings in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|id| slice(&self.buffer, &self.ends, number(id)))
    }

    /// The number of a string, if it has one.
    pub fn find(&self, string: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(string);
        self.table.find(hash, |&id| slice(&self.buffer, &self.ends, id) == string).copied()
    }

    /// The number of a string, and whether it has just been given.
    ///
    /// # Panics
    ///
    /// If the strings together are longer than 4 GiB.
    pub fn intern(&mut self, string: &str) -> (u32, bool) {
        let Self { table, ends, buffer, hasher } = self;
        let entry = table.entry(
            hasher.hash_one(string),
            |&id| slice(buffer, ends, id) == string,
            |&id| hasher.hash_one(slice(buffer, ends, id)),
        );
        match entry {
            Entry::Occupied(found) => (*found.get(), false),
            Entry::Vacant(vacant) => {
                let id = number(ends.len());
                vacant.insert(id);
                buffer.push_str(string);
                ends.push(number(buffer.len()));
                (id, true)
            }
        }
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("fewer than 2^32 strings, of fewer than 2^32 bytes together")
}

fn slice<'b>(buffer: &'b str, ends: &[u32], id: u32) -> &'b str {
    let id = id as usize;
    let start = if id == 0 { 0 } else { ends[id - 1] as usize };
    &buffer[start..ends[id] as usize]
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
