//! A fingerprint of a corpus that does not depend on the order of its rows.

use std::fmt;

use twox_hash::{XxHash3_64, XxHash3_128};

/// The sum, modulo 2^128, of the XXH3 hashes of the rows. Equal sets of rows have equal fingerprints whatever their order,
/// shards add up to the whole, and a row taken out is subtracted.
///
/// A row is hashed as its text, seeded with the hash of its label. No two corpora have the same fingerprint by chance; whoever
/// means to can find two, as with any sum of hashes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The fingerprint of one row.
    pub fn of(label: &str, text: &str) -> Self {
        let seed = XxHash3_64::oneshot(label.as_bytes());
        Self(XxHash3_128::oneshot_with_seed(seed, text.as_bytes()))
    }

    /// A number that stands for the rows in an order of their own.
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is what is wanted")]
    pub(super) fn key(self) -> u64 {
        self.0 as u64
    }

    /// The fingerprint of both sets of rows together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }

    /// The fingerprint without the rows of `other`.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(self.0.wrapping_sub(other.0))
    }

    /// Reads what [`Display`](fmt::Display) writes.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let is_whole = hex.len() == 32 && hex.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_whole.then(|| u128::from_str_radix(hex, 16).ok()).flatten().map(Self)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
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
        for hex in ["xyz", "+0000000000000000000000000000000", "000000000000000000000000000000000"] {
            assert_eq!(Fingerprint::from_hex(hex), None, "{hex}");
        }
    }
}
