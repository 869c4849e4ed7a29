//! Counting n-grams of characters: a run between white space leads by one lookup to all its n-grams.

use crate::text::Analyzer;
use crate::text::char_gram::runs;
use crate::text::surface::{Surface, SurfaceCache};

use super::{TermCounter, Terms, UNKNOWN};

/// Runs are forgotten when there are this many; their n-grams take some hundred bytes each.
const MAX_RUNS: usize = 1 << 18;

/// So they are when they have this many n-grams together.
const MAX_GRAMS: usize = 1 << 23;

/// The runs that have been met.
#[derive(Debug, Default)]
pub(super) struct RunCache {
    runs: SurfaceCache,
    grams: RunGrams,
}

/// Their n-grams.
#[derive(Debug, Default)]
struct RunGrams {
    /// One past the last n-gram of each run.
    ends: Vec<usize>,
    /// Nodes of n-grams, run by run.
    nodes: Vec<u32>,
}

impl RunGrams {
    fn of(&self, run: u32) -> std::ops::Range<usize> {
        let run = run as usize;
        let start = if run == 0 { 0 } else { self.ends[run - 1] };
        start..self.ends[run]
    }

    /// The number of a run met for the first time.
    #[cold]
    fn meet(&mut self, analyzer: &Analyzer, terms: &mut Terms<'_>, run: &str) -> u32 {
        analyzer.char_grams(run, |gram| {
            let node = match terms {
                Terms::Growing(nodes) => nodes.root(gram),
                Terms::Frozen(known) => known.root(gram),
            };
            if node != UNKNOWN {
                self.nodes.push(node);
            }
        });
        self.ends.push(self.nodes.len());
        u32::try_from(self.ends.len() - 1).expect("at most 2^18 runs")
    }
}

impl TermCounter<'_> {
    /// As [`tally_text`](Self::tally_text), for n-grams of characters.
    pub(super) fn tally_chars(&mut self, text: &str) -> usize {
        for span in runs(text) {
            let Self { runs: RunCache { runs, grams }, terms, analyzer, .. } = self;
            let run =
                runs.value(text, Surface::of(text, span), |span| grams.meet(analyzer, terms, span.of(text)));
            for i in self.runs.grams.of(run) {
                self.tally(self.runs.grams.nodes[i]);
            }
            if self.runs.grams.ends.len() >= MAX_RUNS || self.runs.grams.nodes.len() >= MAX_GRAMS {
                self.runs = RunCache::default();
            }
        }
        let n_words = self.analyzer.params().tokenizer.n_words(text);
        // Every word has parts that some other word has: none is unknown as a whole.
        (self.n_pieces, self.n_known_pieces) = (n_words, n_words);
        n_words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{AnalyzerParams, NgramUnit};
    use crate::vectorize::TermIndex;
    use crate::vectorize::{CountVectorizerParams, Vocabulary};
    use std::collections::BTreeMap;

    fn params(ngram_range: (usize, usize)) -> AnalyzerParams {
        AnalyzerParams { ngram_unit: NgramUnit::CharWb, stemmer: None, ngram_range, ..Default::default() }
    }

    const TEXT: &str = "Talks, talks: naïve talks again and again — a longer-than-sixteen-bytes run.";

    fn expected(analyzer: &Analyzer) -> BTreeMap<String, u32> {
        let mut expected = BTreeMap::new();
        for term in analyzer.terms(TEXT) {
            *expected.entry(term.text).or_default() += 1;
        }
        expected
    }

    #[test]
    fn a_growing_counter_counts_what_the_analyzer_lists() {
        for range in [(1, 1), (2, 4), (3, 5), (1, 10)] {
            let analyzer = params(range).build().unwrap();
            let mut counter = TermCounter::growing(&analyzer);
            for _ in 0..2 {
                let mut found = Vec::new();
                assert_eq!(counter.count(TEXT, |node, count| found.push((node, count))), 13);
                let term = |node| {
                    let mut term = String::new();
                    counter.nodes().unwrap().write_term(node, &mut term);
                    term
                };
                let found: BTreeMap<_, _> = found.into_iter().map(|(node, n)| (term(node), n)).collect();
                assert_eq!(found, expected(&analyzer), "{range:?}");
            }
        }
    }

    #[test]
    fn a_frozen_counter_knows_its_vocabulary_and_no_other_ngram() {
        let analyzer = params((2, 3)).build().unwrap();
        let vocabulary = Vocabulary::from_sorted([" ta", "ks", "s ", "zz"]).unwrap();
        let index = TermIndex::new(&vocabulary, NgramUnit::CharWb);
        let mut found = Vec::new();
        TermCounter::frozen(&analyzer, &index).count(TEXT, |column, count| found.push((column, count)));
        found.sort_unstable();
        assert_eq!(found, [(0, 3), (1, 3), (2, 2)]);
    }

    #[test]
    fn a_vocabulary_of_ngrams_is_sorted_spaces_first() {
        let analyzer = params((2, 3));
        let (vectorizer, counts) =
            CountVectorizerParams { analyzer, ..Default::default() }.fit_transform(&["to go", "go"]).unwrap();
        let terms: Vec<&str> = vectorizer.vocabulary().iter().collect();
        assert_eq!(terms, [" g", " go", " t", " to", "go", "go ", "o ", "to", "to "]);
        assert_eq!(counts.row(1).indices, [0, 1, 4, 5, 6]);
    }
}
