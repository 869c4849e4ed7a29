//! Groups of texts that are nearly the same, which a split must keep together.

use std::collections::HashMap;

use rayon::prelude::*;

use super::groups::Groups;
use crate::similarity::{N_BANDS, Signature, Signer};

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
    let signer = Signer::default();
    let signatures: Vec<Option<Signature>> =
        texts.into_par_iter().map(|text| signer.signature([text])).collect();
    let pairs = (0..N_BANDS).flat_map(|band| {
        let mut first_with_band = HashMap::new();
        let mut pairs = Vec::new();
        for (row, signature) in signatures.iter().enumerate() {
            let Some(signature) = signature else { continue };
            let first = *first_with_band.entry(signature.band(band)).or_insert(row);
            let other = signatures[first].as_ref().expect("only signatures are entered");
            if first != row && signature.similarity(other) >= threshold {
                pairs.push((first, row));
            }
        }
        pairs
    });
    Groups::joined(signatures.len(), pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::similarity::THRESHOLD;
    use crate::statistics::random::Random;

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
}
