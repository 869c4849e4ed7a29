//! The running words in a row, and where each stood before.

use super::TextCounts;

/// The running words of a text.
#[derive(Debug, Clone)]
pub(super) struct Running {
    /// Numbers of their types, in order.
    pub(super) types: Vec<u32>,
    /// The [`earlier_places`] of the text.
    pub(super) earlier: Vec<u32>,
    /// Those of the text read backwards.
    pub(super) later: Vec<u32>,
}

impl Running {
    pub(super) fn of(counts: &TextCounts) -> Self {
        let words = counts.scan.words.iter().map(|word| word.kind);
        let types: Vec<u32> = words.filter(|&kind| !counts.facts[kind as usize].is_number).collect();
        let n_types = counts.facts.len();
        Self {
            earlier: earlier_places(types.iter(), n_types),
            later: earlier_places(types.iter().rev(), n_types),
            types,
        }
    }
}

/// For each word the place behind the same word before it, 0 for the first of its type: in any stretch of the text that
/// begins there or later the word is new.
pub(super) fn earlier_places<'w>(words: impl Iterator<Item = &'w u32>, n_types: usize) -> Vec<u32> {
    let mut place_behind = vec![0_u32; n_types];
    (1..)
        .zip(words)
        .map(|(behind, &word)| std::mem::replace(&mut place_behind[word as usize], behind))
        .collect()
}
