//! Open-addressing tables whose slots carry their keys.
//!
//! What a lookup in a large table costs is waiting for memory. A slot that carries its key is one wait; and many lookups
//! wait at once if the slots at the [homes](Slots::at_home) of a batch are loaded first, in a pass that does not branch on
//! what it finds.

/// A key and what belongs to it. Its size is a power of two, so that none lies across two cache lines.
pub(crate) trait Slot: Copy {
    /// What it is found by.
    type Key: Copy + Eq;

    /// A slot that is free; its key is that of no other.
    const EMPTY: Self;

    /// Its key.
    fn key(&self) -> Self::Key;

    /// A hash whose high bits are well mixed.
    fn hash(key: Self::Key) -> u64;
}

/// A table: a key stands at its home or in the first free slot behind it.
#[derive(Debug, Clone)]
pub(crate) struct Slots<S> {
    places: Vec<S>,
    bits: u32,
    n_taken: usize,
}

impl<S: Slot> Slots<S> {
    /// A table of `2^bits` slots; [`insert`](Self::insert) makes it larger when it is needed.
    pub(crate) fn new(bits: u32) -> Self {
        Self { places: vec![S::EMPTY; 1 << bits], bits, n_taken: 0 }
    }

    /// How many keys have been inserted.
    pub(crate) fn len(&self) -> usize {
        self.n_taken
    }

    /// The place that a key hashes to.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "at most `bits` bits are left")]
    fn home(&self, key: S::Key) -> usize {
        (S::hash(key) >> (64 - self.bits)) as usize
    }

    /// What stands at the home of a key: its own slot, or another.
    #[inline]
    pub(crate) fn at_home(&self, key: S::Key) -> S {
        self.places[self.home(key)]
    }

    /// Puts a slot at its home whatever stands there: for tables that are only [looked at](Self::at_home) there.
    #[inline]
    pub(crate) fn put_home(&mut self, slot: S) {
        let home = self.home(slot.key());
        self.places[home] = slot;
    }

    /// The slot of a key, or where it would stand.
    fn place(&self, key: S::Key) -> Result<usize, usize> {
        let mut place = self.home(key);
        loop {
            match self.places[place].key() {
                found if found == key => return Ok(place),
                found if found == S::EMPTY.key() => return Err(place),
                _ => place = (place + 1) & (self.places.len() - 1),
            }
        }
    }

    /// The slot of a key.
    pub(crate) fn find(&self, key: S::Key) -> Option<S> {
        self.place(key).ok().map(|place| self.places[place])
    }

    /// Adds a slot, or replaces that of its key.
    pub(crate) fn insert(&mut self, slot: S) {
        if 3 * self.places.len() <= 4 * self.n_taken {
            let smaller = std::mem::replace(self, Self::new(self.bits + 1));
            let taken = smaller.places.into_iter().filter(|slot| slot.key() != S::EMPTY.key());
            taken.for_each(|slot| self.put(slot));
        }
        self.put(slot);
    }

    fn put(&mut self, slot: S) {
        let place = self.place(slot.key());
        self.n_taken += usize::from(place.is_err());
        let (Ok(place) | Err(place)) = place;
        self.places[place] = slot;
    }
}

/// A hash of two numbers: the halves of their product, each mixed with a constant first, in one.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "halves of the product are what is wanted")]
pub(crate) fn folded_product(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ 0x9e37_79b9_7f4a_7c15) * u128::from(b ^ 0xd1b5_4a32_d192_ed03);
    (product as u64) ^ (product >> 64) as u64
}
