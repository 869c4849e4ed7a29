//! Texts that are nearly the same: wire copy under several mastheads, corrected reissues.
//!
//! # Advice for hackers
//!
//! A text is the set of its runs of three words. The smallest of these under a random order of all shingles is the
//! same for two texts with a probability equal to their Jaccard similarity; [`N_HASHES`] orders estimate it with a
//! standard error of at most 0.044. Comparing all pairs would be quadratic, so the smallest ones are cut into bands
//! of [`BAND`]: a text is compared with the first that has the same band, for each band. Time and memory
//! are linear in the number of texts.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::groups::Groups;
use crate::statistics::random::{Random, mix};
use crate::text::Tokenizer;

/// Jaccard similarity of 3-word shingles from which on texts are copies of each other: half of what either has, in both.
/// Two texts on the same event by different writers seldom exceed a tenth; a wire story cut to two thirds keeps it.
pub const THRESHOLD: f64 = 0.5;

/// Words of a shingle.
const SHINGLE: usize = 3;

/// Hashes of a signature.
const N_HASHES: usize = 128;

/// Hashes of a band. Two texts of similarity `s` share one of the 32 bands with probability `1 - (1 - s^4)^32`: 0.87 at 0.5,
/// 0.99 at 0.6, 0.04 at 0.2.
const BAND: usize = 4;

/// The smallest hash of a text's shingles under each order, shortened to 16 bits, which two texts share by chance once in
/// 65,536 times; `None` for a text without words.
type Signature = Option<Box<[u16; N_HASHES]>>;

/// Groups texts of which each is similar to another of the group: Jaccard similarity of their sets of 3-word shingles, in
/// lower case, estimated by `MinHash`, of at least `threshold`.
///
/// A text of fewer than three words is a single shingle; one without words is alone.
///
/// # References
///
/// A. Z. Broder (1997), On the resemblance and containment of documents, SEQUENCES, pp. 21-29.
pub fn near_duplicates<'t>(
    texts: impl IntoParallelIterator<Item = &'t str, Iter: IndexedParallelIterator>,
    threshold: f64,
) -> Groups {
    let orders = Orders::new();
    let signatures: Vec<Signature> = texts.into_par_iter().map(|text| orders.signature(text)).collect();
    let pairs = (0..N_HASHES / BAND).flat_map(|band| {
        let mut first_with_band = HashMap::new();
        let mut pairs = Vec::new();
        for (row, signature) in signatures.iter().enumerate() {
            let Some(signature) = signature else { continue };
            let band: [u16; BAND] = std::array::from_fn(|i| signature[BAND * band + i]);
            let first = *first_with_band.entry(band).or_insert(row);
            let other = signatures[first].as_ref().expect("only signatures are entered");
            if first != row && similarity(signature, other) >= threshold {
                pairs.push((first, row));
            }
        }
        pairs
    });
    Groups::joined(signatures.len(), pairs)
}

/// Share of the orders in which both texts have the same smallest shingle.
fn similarity(a: &[u16; N_HASHES], b: &[u16; N_HASHES]) -> f64 {
    a.iter().zip(b).filter(|(a, b)| a == b).count() as f64 / N_HASHES as f64
}

/// Random orders of all 32-bit numbers, `(a * x + b) >> 32`.
///
/// # References
///
/// M. Dietzfelbinger (1996), Universal hashing and k-wise independent random variables via integer arithmetic without
/// primes, STACS, pp. 569-580.
struct Orders {
    multipliers: [u64; N_HASHES],
    addends: [u64; N_HASHES],
    hasher: FixedState,
}

impl Orders {
    fn new() -> Self {
        let mut random = Random::new(0);
        let mut draw = || std::array::from_fn(|_| random.next());
        Self { multipliers: draw(), addends: draw(), hasher: FixedState::default() }
    }

    fn signature(&self, text: &str) -> Signature {
        let words: Vec<u64> =
            Tokenizer::uax29().words(text).map(|word| self.hash(&word.text.to_lowercase())).collect();
        let mut smallest = [u32::MAX; N_HASHES];
        let mut take = |shingle: &[u64]| {
            let joined = shingle.iter().fold(0, |hash, &word| mix(hash ^ word).wrapping_add(1));
            let x = mix(joined) >> 32;
            let orders = self.multipliers.iter().zip(&self.addends);
            for (smallest, (a, b)) in smallest.iter_mut().zip(orders) {
                let hash = (a.wrapping_mul(x).wrapping_add(*b) >> 32) as u32;
                *smallest = hash.min(*smallest);
            }
        };
        match words.len() {
            0 => return None,
            1..SHINGLE => take(&words),
            _ => words.windows(SHINGLE).for_each(take),
        }
        #[expect(clippy::cast_possible_truncation, reason = "the low bits tell hashes apart")]
        Some(Box::new(smallest.map(|hash| mix(u64::from(hash)) as u16)))
    }

    fn hash(&self, word: &str) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        hasher.write(word.as_bytes());
        hasher.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of `n` words, other words for another seed.
    fn text(seed: u64, n: usize) -> Vec<String> {
        let mut random = Random::new(seed);
        (0..n).map(|_| format!("w{}", random.below(5_000))).collect()
    }

    fn groups(texts: &[String]) -> Vec<usize> {
        near_duplicates(texts.par_iter().map(String::as_str), THRESHOLD).group_of_row().to_vec()
    }

    #[test]
    fn wire_copy_with_another_headline_and_cut_at_the_end_is_found() {
        let story = text(1, 120);
        let reissue = format!("Update: {}.", story[..90].join(" ").to_uppercase());
        let other = text(2, 120).join(" ");
        assert_eq!(groups(&[story.join(" "), other, reissue]), [0, 1, 0]);
    }

    #[test]
    fn a_common_paragraph_does_not_make_a_copy() {
        let boilerplate = text(3, 30).join(" ");
        let texts: Vec<String> =
            (10..60).map(|seed| format!("{} {boilerplate}", text(seed, 100).join(" "))).collect();
        assert_eq!(groups(&texts), (0..50).collect::<Vec<_>>());
    }

    #[test]
    fn copies_in_a_chain_are_one_group() {
        let words = text(4, 200);
        let texts: Vec<String> =
            [0, 20, 40, 60, 80].map(|start| words[start..start + 100].join(" ")).to_vec();
        assert_eq!(groups(&texts), [0; 5]);
    }

    #[test]
    fn short_texts_are_copies_only_if_equal_and_empty_ones_never() {
        let texts = ["Peace talks", "peace talks!", "talks", "", "", "—"].map(str::to_owned);
        assert_eq!(groups(&texts), [0, 0, 1, 2, 3, 4]);
    }

    #[test]
    fn estimated_similarity_is_close_to_the_true_one() {
        let words = text(5, 400);
        let orders = Orders::new();
        let signature = |words: &[String]| orders.signature(&words.join(" ")).unwrap();
        // 298 shingles each, 198 in both.
        let estimate = similarity(&signature(&words[..300]), &signature(&words[100..]));
        assert!((estimate - 198.0 / 398.0).abs() < 0.13, "{estimate}");
    }
}
