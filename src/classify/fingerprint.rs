//! A fingerprint of a corpus that does not depend on the order of its rows.

use std::fmt;

/// The sum, modulo 2^256, of the BLAKE3 hashes of the rows. Equal sets of rows have equal fingerprints whatever their
/// order, shards add up to the whole, and a row taken out is subtracted.
///
/// A row is hashed as the length of its label in bytes (8 bytes, little-endian), its label, its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fingerprint([u64; 4]);

impl Fingerprint {
    /// The fingerprint of one row.
    pub fn of(label: &str, text: &str) -> Self {
        // All at once: BLAKE3 takes up to sixteen kibibytes in parallel, but not what is handed over bit by bit.
        let row = [&(label.len() as u64).to_le_bytes(), label.as_bytes(), text.as_bytes()].concat();
        Self::from_bytes(*blake3::hash(&row).as_bytes())
    }

    /// A number that stands for the rows in an order of their own.
    pub(super) fn key(self) -> u64 {
        self.0[0]
    }

    /// The fingerprint of both sets of rows together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let mut carry = false;
        Self(std::array::from_fn(|i| {
            let (sum, over) = self.0[i].overflowing_add(other.0[i]);
            let (sum, over_by_carry) = sum.overflowing_add(u64::from(carry));
            carry = over || over_by_carry;
            sum
        }))
    }

    /// The fingerprint without the rows of `other`.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        let negated = Self(other.0.map(|word| !word)).plus(Self([1, 0, 0, 0]));
        self.plus(negated)
    }

    /// From 32 bytes, little-endian.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(std::array::from_fn(|i| u64::from_le_bytes(std::array::from_fn(|byte| bytes[8 * i + byte]))))
    }

    /// Reads what [`Display`](fmt::Display) writes.
    pub fn from_hex(hex: &str) -> Option<Self> {
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, digits) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        }
        Some(Self::from_bytes(bytes))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().flat_map(|word| word.to_le_bytes()).try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_does_not_matter_and_minus_undoes_plus() {
        let (a, b) = (Fingerprint::of("x", "one"), Fingerprint::of("y", "two"));
        assert_eq!(a.plus(b), b.plus(a));
        assert_eq!(a.plus(b).minus(b), a);
        assert_ne!(Fingerprint::of("xo", "ne"), a);
    }

    #[test]
    fn hexadecimal_reads_back() {
        let a = Fingerprint::of("x", "one");
        assert_eq!(Fingerprint::from_hex(&a.to_string()), Some(a));
        assert_eq!(Fingerprint::from_hex("xyz"), None);
    }
}
