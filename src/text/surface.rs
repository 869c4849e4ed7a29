//! Surface forms that have been met, and what each led to.
//!
//! # Advice for hackers
//!
//! Ninety-nine tokens of a hundred are shorter than 16 bytes. Such a surface form is its own key: its bytes, loaded as one
//! integer, with its length in the last byte. So a lookup is one multiplication, one load and one comparison; no pointer is
//! followed and no bytes are compared one by one. Longer ones are interned.
//!
//! What a lookup costs is waiting for memory. So forms are looked up in batches, in passes that do not branch on what they
//! find, and the processor has many of them under way at once: first where the forms met last are, a table that stays in
//! the second-level cache; then, for one in five, where a form stands in the table of all if nothing else is there;
//! then one by one. The passes before the last only guess: whatever they find carries the key that it was kept under. What
//! has not been met is met together as well.

use std::iter::zip;

use super::interner::Interner;
use super::slots::{self, Slots};
use super::token::Span;

/// Forms that are looked up together.
pub(crate) const BATCH: usize = 128;

/// Surface forms are forgotten when there are this many, so that memory stays bounded on an endless stream: as many as
/// fill a table of 32 MiB. News of a gigabyte has some half a million.
const MAX_SURFACES: usize = 3 << 18;

/// So they are when the longer ones of them take this many bytes.
const MAX_LONG_BYTES: usize = 16 << 20;

/// Number of forms met last that are kept apart, as a power of two.
const RECENT_BITS: u32 = 13;

/// Least size of the table of all, as a power of two.
const TABLE_BITS: u32 = 8;

/// Longest form that is its own key.
const SHORT: usize = 15;

/// The key of every longer form. Its length would be 254, as that of an empty slot would be 255.
const LONG: u128 = u128::MAX - (1 << 120);

/// The key of a slot without a form.
const EMPTY: u128 = u128::MAX;

/// The bytes that belong to a form of each length.
const BYTES: [u128; SHORT + 1] = {
    let mut bytes = [0; SHORT + 1];
    let mut len = 1;
    while len <= SHORT {
        bytes[len] = u128::MAX >> (128 - 8 * len);
        len += 1;
    }
    bytes
};

/// A surface form as the cache knows it: where it stands, and its key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Surface {
    key: u128,
    span: Span,
}

impl Surface {
    /// The form at `span` of `text`.
    #[inline]
    pub(crate) fn of(text: &str, span: Span) -> Self {
        let len = span.len();
        let Some(mask) = BYTES.get(len) else {
            return Self { key: LONG, span };
        };
        let bytes = &text.as_bytes()[span.start..];
        let loaded = if let Some(chunk) = bytes.first_chunk() {
            u128::from_le_bytes(*chunk) & mask
        } else {
            let mut chunk = [0; 16];
            chunk[..len].copy_from_slice(&bytes[..len]);
            u128::from_le_bytes(chunk)
        };
        Self { key: loaded | ((len as u128) << 120), span }
    }
}

/// A map from surface forms to numbers.
#[derive(Debug)]
pub(crate) struct SurfaceCache {
    /// The form met last of those whose hashes begin alike: the few thousand words that make up most of any text.
    recent: Slots<Slot>,
    short: Slots<Slot>,
    /// What stands at the homes of the forms of a batch that are not among the recent ones.
    guesses: Vec<Slot>,
    /// The numbers of those that have not been met.
    met: Vec<u32>,
    long: Interner,
    value_of_long: Vec<u32>,
}

impl Default for SurfaceCache {
    fn default() -> Self {
        Self {
            recent: Slots::new(RECENT_BITS),
            short: Slots::new(TABLE_BITS),
            guesses: Vec::new(),
            met: Vec::new(),
            long: Interner::new(),
            value_of_long: Vec::new(),
        }
    }
}

impl SurfaceCache {
    /// Appends the number of each of at most [`BATCH`] forms of `text` to `values`; `meet` appends those of forms that have not
    /// been met, some of which may be the same.
    #[inline]
    pub(crate) fn values(
        &mut self,
        text: &str,
        forms: &[Surface],
        values: &mut Vec<u32>,
        meet: impl FnOnce(&mut dyn Iterator<Item = Span>, &mut Vec<u32>),
    ) {
        let first = values.len();
        let mut missed = [0; BATCH];
        let mut n_missed = 0;
        for (i, form) in forms.iter().enumerate() {
            let slot = self.recent.at_home(form.key);
            values.push(slot.value);
            missed[n_missed] = i;
            n_missed += usize::from(slot.key != form.key);
        }
        let missed = &missed[..n_missed];
        let mut guesses = std::mem::take(&mut self.guesses);
        guesses.clear();
        guesses.extend(missed.iter().map(|&i| self.short.at_home(forms[i].key)));
        let mut new = [0; BATCH];
        let mut n_new = 0;
        for (guess, &i) in zip(&guesses, missed) {
            let form = forms[i];
            let known = if guess.key == form.key { Some(guess.value) } else { self.find(text, form) };
            if let Some(value) = known {
                values[first + i] = value;
                self.remember(form, value);
            } else {
                new[n_new] = i;
                n_new += 1;
            }
        }
        self.guesses = guesses;
        if n_new > 0 {
            self.meet(text, forms, &new[..n_new], &mut values[first..], meet);
        }
    }

    /// The numbers of `new` among `forms`, none of which has been met.
    #[cold]
    fn meet(
        &mut self,
        text: &str,
        forms: &[Surface],
        new: &[usize],
        values: &mut [u32],
        meet: impl FnOnce(&mut dyn Iterator<Item = Span>, &mut Vec<u32>),
    ) {
        let mut met = std::mem::take(&mut self.met);
        met.clear();
        meet(&mut new.iter().map(|&i| forms[i].span), &mut met);
        for (&i, &value) in zip(new, &met) {
            values[i] = value;
            self.insert(text, forms[i], value);
            self.remember(forms[i], value);
        }
        self.met = met;
    }

    /// The number of a form; `meet` gives that of one that has not been met.
    pub(crate) fn value(&mut self, text: &str, form: Surface, meet: impl FnOnce(Span) -> u32) -> u32 {
        self.find(text, form).unwrap_or_else(|| {
            let value = meet(form.span);
            self.insert(text, form, value);
            value
        })
    }

    /// The number of a form that has been met.
    fn find(&self, text: &str, form: Surface) -> Option<u32> {
        if form.key == LONG {
            return self.long.find(form.span.of(text)).map(|id| self.value_of_long[id as usize]);
        }
        self.short.find(form.key).map(|slot| slot.value)
    }

    /// Makes a form one of those met last.
    #[inline]
    fn remember(&mut self, form: Surface, value: u32) {
        if form.key != LONG {
            self.recent.put_home(Slot { key: form.key, value });
        }
    }

    #[cold]
    fn insert(&mut self, text: &str, form: Surface, value: u32) {
        if self.short.len() + self.long.len() >= MAX_SURFACES || self.long.n_bytes() >= MAX_LONG_BYTES {
            *self = Self::default();
        }
        if form.key == LONG {
            let (_, is_new) = self.long.intern(form.span.of(text));
            if is_new {
                self.value_of_long.push(value);
            }
        } else {
            self.short.insert(Slot { key: form.key, value });
        }
    }
}

/// A key and its number.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
struct Slot {
    key: u128,
    value: u32,
}

impl slots::Slot for Slot {
    type Key = u128;

    const EMPTY: Self = Self { key: EMPTY, value: 0 };

    #[inline]
    fn key(&self) -> u128 {
        self.key
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "halves of the key are what is wanted")]
    fn hash(key: u128) -> u64 {
        slots::folded_product(key as u64, (key >> 64) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_form_keeps_its_own_number(
            text in "[aé0]{0,40}", cuts in prop::collection::vec((0..40_usize, 0..40_usize), 1..900), batch in 1..=BATCH,
        ) {
            let mut cache = SurfaceCache::default();
            let mut numbers = std::collections::HashMap::new();
            let spans: Vec<Span> = cuts
                .into_iter()
                .map(|(start, end)| Span { start: start.min(text.len()), end: end.min(text.len()) })
                .filter(|s| s.start <= s.end && text.is_char_boundary(s.start) && text.is_char_boundary(s.end))
                .collect();
            for spans in spans.chunks(batch) {
                let forms: Vec<Surface> = spans.iter().map(|&span| Surface::of(&text, span)).collect();
                let mut values = vec![u32::MAX];
                cache.values(&text, &forms, &mut values, |new, met| {
                    let new: Vec<Span> = new.collect();
                    for span in &new {
                        assert!(!numbers.contains_key(span.of(&text)), "{:?} was met before", span.of(&text));
                    }
                    for span in new {
                        let next = u32::try_from(numbers.len()).unwrap();
                        met.push(*numbers.entry(span.of(&text).to_owned()).or_insert(next));
                    }
                });
                for (value, span) in values[1..].iter().zip(spans) {
                    prop_assert_eq!(*value, numbers[span.of(&text)]);
                }
            }
        }
    }
}
