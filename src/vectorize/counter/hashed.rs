//! Counting the buckets that terms are hashed into: memory does not grow with the vocabulary.

use crate::text::bucket::Buckets;
use crate::text::{Analyzer, Interner, Token};

use super::{NONE, TermCounter, Terms, UNKNOWN};

/// Surface forms are forgotten before a text when there are this many.
const MAX_SURFACES: usize = 1 << 20;

/// So they are when they take this many bytes.
const MAX_BYTES: usize = 32 << 20;

/// What has been met of words, so that each is folded and stemmed once, and of buckets.
#[derive(Debug, Default)]
pub(super) struct HashedWords {
    surfaces: Interner,
    /// Piece of each surface form, [`NONE`] for one that is no term.
    piece_of_surface: Vec<u32>,
    pieces: Interner,
    /// One more than the node of each bucket; 0 for one that has not been met. Memory that stays untouched is not taken.
    nodes: Vec<u32>,
}

impl HashedWords {
    fn piece(&mut self, analyzer: &Analyzer, token: Token<'_>) -> u32 {
        let (surface, is_new) = self.surfaces.intern(token.text);
        if is_new {
            let piece = analyzer.piece(token.text, token.kind);
            self.piece_of_surface.push(piece.map_or(NONE, |piece| self.pieces.intern(&piece).0));
        }
        self.piece_of_surface[surface as usize]
    }
}

impl TermCounter<'_> {
    /// As [`tally_text`](Self::tally_text), for words whose n-grams are hashed.
    pub(super) fn tally_hashed(&mut self, buckets: Buckets, text: &str) -> usize {
        let (min, max) = self.analyzer.params().ngram_range;
        let HashedWords { surfaces, .. } = &self.hashed;
        if surfaces.len() >= MAX_SURFACES || surfaces.n_bytes() >= MAX_BYTES {
            self.hashed =
                HashedWords { nodes: std::mem::take(&mut self.hashed.nodes), ..HashedWords::default() };
        }
        if self.hashed.nodes.is_empty() {
            self.hashed.nodes = vec![0; buckets.len()];
        }
        let mut window = std::mem::take(&mut self.window);
        window.clear();
        let mut n_words = 0;
        for token in self.analyzer.params().tokenizer.words(text) {
            n_words += 1;
            window.push(self.hashed.piece(self.analyzer, token));
        }
        window.retain(|&piece| piece != NONE);
        let mut term = String::new();
        let mut n_known = 0;
        for start in 0..window.len() {
            term.clear();
            for (length, &piece) in (1..=max).zip(&window[start..]) {
                if length > 1 {
                    term.push(' ');
                }
                term.push_str(self.hashed.pieces.get(piece));
                if length >= min {
                    let node = self.node_of(buckets, &term);
                    n_known += usize::from(length == 1 && node != UNKNOWN);
                    self.tally(node);
                }
            }
        }
        // Where no term is a single word, no word is unknown as a whole.
        (self.n_pieces, self.n_known_pieces) = (window.len(), if min > 1 { window.len() } else { n_known });
        self.window = window;
        n_words
    }

    /// The node of a term's bucket.
    fn node_of(&mut self, buckets: Buckets, term: &str) -> u32 {
        let bucket = buckets.of(term);
        let known = &mut self.hashed.nodes[bucket as usize];
        if *known == 0 {
            let name = buckets.name(bucket);
            let node = match &mut self.terms {
                Terms::Growing(nodes) => nodes.root(&name),
                Terms::Frozen(known) => known.root(&name),
            };
            if node == NONE {
                return NONE;
            }
            *known = node + 1;
        }
        *known - 1
    }
}

#[cfg(test)]
mod tests {
    use super::super::{TermCounter, TermIndex};
    use crate::text::{AnalyzerParams, NgramUnit};
    use crate::vectorize::{FeatureHasher, Vocabulary};
    use std::collections::BTreeMap;

    const TEXT: &str = "Peace talks, talks about talks; no peace talks at all — peace.";

    #[test]
    fn a_growing_counter_counts_what_the_analyzer_lists() {
        for ngram_range in [(1, 1), (1, 2), (2, 3)] {
            let params = AnalyzerParams { ngram_range, hash_bits: Some(8), ..Default::default() };
            let analyzer = params.build().unwrap();
            let mut expected = BTreeMap::<String, u32>::new();
            for term in analyzer.terms(TEXT) {
                *expected.entry(term.text).or_default() += 1;
            }
            let mut counter = TermCounter::growing(&analyzer);
            for _ in 0..2 {
                let mut found = Vec::new();
                assert_eq!(counter.count(TEXT, |node, count| found.push((node, count))), 11);
                let term = |node| {
                    let mut term = String::new();
                    counter.nodes().unwrap().write_term(node, &mut term);
                    term
                };
                let found: BTreeMap<_, _> = found.into_iter().map(|(node, n)| (term(node), n)).collect();
                assert_eq!(found, expected, "{ngram_range:?}");
            }
        }
    }

    #[test]
    fn buckets_are_the_columns_of_the_feature_hasher() {
        let plain = AnalyzerParams { ngram_range: (1, 2), ..Default::default() };
        let hasher = FeatureHasher::new().n_features(1 << 12).unwrap().alternate_sign(false);
        let expected = hasher.transform_texts(&plain.clone().build().unwrap(), &[TEXT]);
        let analyzer = AnalyzerParams { hash_bits: Some(12), ..plain }.build().unwrap();
        let names: Vec<String> =
            expected.row(0).indices.iter().map(|column| format!("#{column:03x}")).collect();
        let vocabulary = Vocabulary::from_sorted(names.iter().map(String::as_str)).unwrap();
        let index = TermIndex::new(&vocabulary, NgramUnit::Word);
        let mut found = Vec::new();
        let mut counter = TermCounter::frozen(&analyzer, &index);
        counter.count(TEXT, |column, count| found.push((column, f64::from(count))));
        found.sort_unstable_by_key(|entry| entry.0);
        assert_eq!(found.iter().map(|entry| entry.1).collect::<Vec<_>>(), expected.row(0).values);
        assert_eq!(counter.n_known_pieces(), counter.n_pieces());
    }
}
