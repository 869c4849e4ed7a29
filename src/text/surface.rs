//! Surface forms that have been met, and what each led to.
//!
//! # Advice for hackers
//!
//! Nine tokens of ten are shorter than 16 bytes. Such a surface form is its own key: its bytes, loaded as one
//! integer, with its length in the last byte. So a lookup is one multiplication, one probe and one comparison; no pointer is
//! followed and no bytes are compared one by one. Longer ones are interned.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use super::interner::Interner;
use super::token::Span;

/// Surface forms are forgotten when there are this many, so that memory stays bounded on an endless stream.
const MAX_SURFACES: usize = 1 << 21;

/// Forms that are looked up without the table.
const RECENT: usize = 1 << 13;

/// Longest form that is its own key.
const SHORT: usize = 15;

/// A map from surface forms to numbers.
#[derive(Debug)]
pub(crate) struct SurfaceCache {
    /// The form met last of those whose hashes end alike: the few thousand words that make up most of any text stay in the
    /// processor's own memory.
    recent: Vec<(u128, u32)>,
    short: HashTable<(u128, u32)>,
    long: Interner,
    value_of_long: Vec<u32>,
    hasher: FixedState,
}

impl Default for SurfaceCache {
    fn default() -> Self {
        Self {
            // No form is all ones: its length would be 255.
            recent: vec![(u128::MAX, 0); RECENT],
            short: HashTable::new(),
            long: Interner::new(),
            value_of_long: Vec::new(),
            hasher: FixedState::default(),
        }
    }
}

/// A surface form as the cache knows it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Surface<'t> {
    Short(u128),
    Long(&'t str),
}

impl<'t> Surface<'t> {
    /// The form at `span` of `text`.
    #[inline]
    pub(crate) fn of(text: &'t str, span: Span) -> Self {
        let len = span.len();
        if len > SHORT {
            return Self::Long(span.of(text));
        }
        let bytes = &text.as_bytes()[span.start..];
        let loaded = if let Some(chunk) = bytes.first_chunk() {
            u128::from_le_bytes(*chunk) & ((1 << (8 * len)) - 1)
        } else {
            let mut chunk = [0; 16];
            chunk[..len].copy_from_slice(&bytes[..len]);
            u128::from_le_bytes(chunk)
        };
        Self::Short(loaded | ((len as u128) << 120))
    }
}

impl SurfaceCache {
    /// The number of a form, if it has been met.
    #[inline]
    pub(crate) fn find(&mut self, surface: Surface<'_>) -> Option<u32> {
        match surface {
            Surface::Short(key) => {
                let hash = self.hash(key);
                #[expect(clippy::cast_possible_truncation, reason = "the low bits are what is wanted")]
                let recent = &mut self.recent[hash as usize % RECENT];
                if recent.0 != key {
                    *recent = *self.short.find(hash, |entry| entry.0 == key)?;
                }
                Some(recent.1)
            }
            Surface::Long(text) => self.long.find(text).map(|id| self.value_of_long[id as usize]),
        }
    }

    /// Remembers the number of a form that has not been met.
    pub(crate) fn insert(&mut self, surface: Surface<'_>, value: u32) {
        if self.short.len() + self.long.len() >= MAX_SURFACES {
            *self = Self::default();
        }
        match surface {
            Surface::Short(key) => {
                let Self { short, hasher, .. } = self;
                short.insert_unique(hasher.hash_one(key), (key, value), |entry| hasher.hash_one(entry.0));
            }
            Surface::Long(text) => {
                self.long.intern(text);
                self.value_of_long.push(value);
            }
        }
    }

    #[inline]
    fn hash(&self, key: u128) -> u64 {
        self.hasher.hash_one(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_form_keeps_its_own_number(text in "[aé0]{0,40}", cuts in prop::collection::vec((0..40_usize, 0..40_usize), 1..40)) {
            let mut cache = SurfaceCache::default();
            let mut expected = std::collections::HashMap::new();
            for (number, (start, end)) in (0..).zip(cuts) {
                let (start, end) = (start.min(text.len()), end.min(text.len()));
                if start > end || !text.is_char_boundary(start) || !text.is_char_boundary(end) {
                    continue;
                }
                let span = Span::new(start, end);
                let surface = Surface::of(&text, span);
                prop_assert_eq!(cache.find(surface), expected.get(span.of(&text)).copied());
                if cache.find(surface).is_none() {
                    cache.insert(surface, number);
                    expected.insert(span.of(&text).to_owned(), number);
                }
            }
        }
    }
}
