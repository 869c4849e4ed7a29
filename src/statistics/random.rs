//! Chance that can be repeated: on every machine, in every version.

/// `SplitMix64`. Written here since the generators of `rand` may change from version to version, and a seed printed
/// beside a figure must give the figure again.
///
/// # References
///
/// G. L. Steele, D. Lea, C. H. Flood (2014), Fast splittable pseudorandom number generators, OOPSLA, figure 17.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The generator of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The generator of the `i`-th of many independent draws under one seed.
    pub fn nth(seed: u64, i: u64) -> Self {
        let mut random = Self(seed);
        random.0 = random.next() ^ i;
        Self(random.next())
    }

    /// The next 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number below `n`, which must be above 0; the bias of the multiplication is below `n / 2^64`.
    pub fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.next()) * n as u128;
        usize::try_from(wide >> 64).expect("below n")
    }

    /// Brings items into a random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// A permutation of 64-bit numbers that looks random.
pub(crate) fn mix(z: u64) -> u64 {
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_that_of_the_reference_implementation() {
        // splitmix64.c by S. Vigna, seed 1234567.
        let mut random = Random::new(1_234_567);
        let first: [u64; 3] = std::array::from_fn(|_| random.next());
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn every_number_below_the_limit_is_as_likely() {
        let mut random = Random::nth(7, 3);
        let mut n = [0; 10];
        for _ in 0..100_000 {
            n[random.below(10)] += 1;
        }
        assert!(n.iter().all(|n| (9_500..10_500).contains(n)), "{n:?}");
    }
}
