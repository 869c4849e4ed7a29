//! Terms hashed into a fixed number of buckets, for corpora whose vocabulary does not fit into memory.

use std::fmt::Write as _;

use crate::error::{Error, Result};

/// Fewest and most bits of a bucket's number.
const BITS: std::ops::RangeInclusive<u8> = 8..=26;

/// `2^bits` buckets. A term's bucket is `|h| mod 2^bits`, where `h` is the signed 32-bit `MurmurHash3` of its UTF-8 bytes with
/// seed 0, as in scikit-learn's `HashingVectorizer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Buckets {
    bits: u8,
}

impl Buckets {
    /// Buckets numbered by so many bits.
    pub(crate) fn of_bits(bits: u8) -> Result<Self> {
        if !BITS.contains(&bits) {
            let rule = format!("must be within {}-{}", BITS.start(), BITS.end());
            return Err(Error::parameter("hash_bits", rule, bits));
        }
        Ok(Self { bits })
    }

    /// How many there are.
    pub(crate) fn len(self) -> usize {
        1 << self.bits
    }

    /// The bucket of a term.
    pub(crate) fn of(self, term: &str) -> u32 {
        murmur3(term.as_bytes(), 0).cast_signed().unsigned_abs() & ((1 << self.bits) - 1)
    }

    /// The name that stands for the terms of a bucket: `#` and its number in hexadecimal digits, so that names sort as
    /// their numbers do.
    pub(crate) fn name(self, bucket: u32) -> String {
        let mut name = String::with_capacity(8);
        let digits = usize::from(self.bits.div_ceil(4));
        write!(name, "#{bucket:0digits$x}").expect("a string takes everything");
        name
    }
}

/// `MurmurHash3_x86_32`.
///
/// # References
///
/// Austin Appleby's public-domain `MurmurHash3.cpp` (smhasher).
pub(crate) fn murmur3(bytes: &[u8], seed: u32) -> u32 {
    let mix = |block: u32| block.wrapping_mul(0xcc9e_2d51).rotate_left(15).wrapping_mul(0x1b87_3593);
    let (blocks, tail) = bytes.as_chunks::<4>();
    let mut hash = seed;
    for block in blocks {
        hash = (hash ^ mix(u32::from_le_bytes(*block))).rotate_left(13);
        hash = hash.wrapping_mul(5).wrapping_add(0xe654_6b64);
    }
    if !tail.is_empty() {
        let mut last = [0; 4];
        last[..tail.len()].copy_from_slice(tail);
        hash ^= mix(u32::from_le_bytes(last));
    }
    hash ^= u32::try_from(bytes.len()).expect("terms are shorter than 4 GiB");
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_murmur3() {
        // Computed with sklearn.utils.murmurhash3_32 of scikit-learn 1.9.1, seed 0.
        let known = [
            ("", 0),
            ("a", 1_009_084_850),
            ("ab", -1_681_926_305),
            ("abc", -1_277_324_294),
            ("abcd", 1_139_631_978),
            ("hello world", 1_586_663_183),
            ("élan", -2_091_273_601),
            ("the quick brown fox", 519_850_996),
        ];
        for (text, hash) in known {
            assert_eq!(murmur3(text.as_bytes(), 0).cast_signed(), hash, "{text}");
        }
    }

    #[test]
    fn names_sort_as_buckets_do() {
        let buckets = Buckets::of_bits(9).unwrap();
        assert_eq!([buckets.name(0), buckets.name(0x1ff)], ["#000", "#1ff"]);
        assert!(buckets.name(9) < buckets.name(16));
        assert_eq!(buckets.name(buckets.of("abc")), "#006");
    }

    #[test]
    fn too_few_and_too_many_bits_are_refused() {
        assert_eq!(Buckets::of_bits(7).unwrap_err().to_string(), "hash_bits must be within 8-26, got 7");
        assert!(Buckets::of_bits(27).is_err());
    }
}
