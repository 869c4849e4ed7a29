//! Counting terms at one hash lookup a token.
//!
//! # Advice for hackers
//!
//! A surface form (`Negotiations`) is folded, checked against the stop list and stemmed once; from then on
//! its bytes lead by one lookup to the node of its one-word term. An n-gram costs one more lookup, for the edge
//! of the [trie](super::trie) that leads to it.

mod char_wb;
mod hashed;
mod known;

use std::iter::zip;

use super::select::grown;
use super::term_index::TermIndex;
use super::trie::{NONE, Nodes, UNKNOWN};
use crate::text::surface::{BATCH, Surface, SurfaceCache};
use crate::text::token::Span;
use crate::text::{Analyzer, NgramUnit, TokenKind};
use char_wb::RunCache;
use hashed::HashedWords;
use known::Known;

/// Bytes of the longest text: five terms begin with a word, which takes two bytes with what parts it from the next.
const MOST_BYTES: usize = 1 << 30;

/// The terms that a counter counts.
#[derive(Debug)]
enum Terms<'a> {
    /// Every term that it meets; ids are nodes.
    Growing(Nodes),
    /// Those of an index; ids are their numbers.
    Frozen(Known<'a>),
}

/// Counts the terms of one document after another.
///
/// A *growing* counter takes in every term that it meets, as training needs; a *frozen* one knows the terms
/// of a [`TermIndex`] and no others.
#[derive(Debug)]
pub struct TermCounter<'a> {
    analyzer: &'a Analyzer,
    terms: Terms<'a>,
    surfaces: SurfaceCache,
    /// The forms of a text that are looked up together.
    batch: Vec<Surface>,
    runs: RunCache,
    hashed: HashedWords,
    /// The nodes of the one-piece terms of a text, one after another.
    window: Vec<u32>,
    /// Those of the terms of two, three ... pieces that begin at each of them.
    longer: Vec<Vec<u32>>,
    counts: Counts,
    n_pieces: usize,
    n_known_pieces: usize,
}

impl<'a> TermCounter<'a> {
    /// A counter that takes in every term.
    pub fn growing(analyzer: &'a Analyzer) -> Self {
        Self::growing_to(analyzer, usize::MAX)
    }

    /// A counter that takes in `most` terms at most, and then [is full](Nodes::is_full).
    pub fn growing_to(analyzer: &'a Analyzer, most: usize) -> Self {
        Self::new(analyzer, Terms::Growing(Nodes::at_most(most)))
    }

    /// A counter of the terms of `index`.
    pub fn frozen(analyzer: &'a Analyzer, index: &'a TermIndex) -> Self {
        Self::new(analyzer, Terms::Frozen(Known::of(index, analyzer.params().ngram_range.1)))
    }

    fn new(analyzer: &'a Analyzer, terms: Terms<'a>) -> Self {
        Self {
            analyzer,
            terms,
            surfaces: SurfaceCache::default(),
            batch: Vec::with_capacity(BATCH),
            runs: RunCache::default(),
            hashed: HashedWords::default(),
            window: Vec::new(),
            longer: Vec::new(),
            counts: Counts::default(),
            n_pieces: 0,
            n_known_pieces: 0,
        }
    }

    /// The trie of a growing counter's terms; a frozen counter has an index instead.
    pub fn nodes(&self) -> Option<&Nodes> {
        match &self.terms {
            Terms::Growing(nodes) => Some(nodes),
            Terms::Frozen(_) => None,
        }
    }

    /// The trie of a growing counter's terms; empty for a frozen one.
    pub fn into_nodes(self) -> Nodes {
        match self.terms {
            Terms::Growing(nodes) => nodes,
            Terms::Frozen(_) => Nodes::default(),
        }
    }

    /// Counts the terms of `text` and hands each distinct one to `each` as `(id, count)`, in the order of
    /// first appearance. The id is a column of the index, or a node of a growing counter. Returns the number of
    /// words and numbers in `text`, whether they are terms or not.
    ///
    /// # Panics
    ///
    /// If `text` is longer than a gigabyte: how often it has a term might not fit into 32 bits.
    pub fn count(&mut self, text: &str, mut each: impl FnMut(u32, u32)) -> usize {
        let n_words = self.tally_text(text);
        match &self.terms {
            Terms::Growing(_) => self.counts.hand_over(each),
            Terms::Frozen(known) => {
                self.counts.hand_over(|number, count| each(known.columns()[number as usize], count));
            }
        }
        n_words
    }

    /// As [`count`](Self::count), but a frozen counter hands over the numbers of terms in the order in which it has met them.
    pub(crate) fn count_met(&mut self, text: &str, each: impl FnMut(u32, u32)) -> usize {
        let n_words = self.tally_text(text);
        self.counts.hand_over(each);
        n_words
    }

    /// The columns that a frozen counter has met, by their numbers.
    pub(crate) fn columns_met(&self) -> &[u32] {
        match &self.terms {
            Terms::Growing(_) => &[],
            Terms::Frozen(known) => known.columns(),
        }
    }

    /// Counts the terms of a text and returns the number of its words.
    fn tally_text(&mut self, text: &str) -> usize {
        assert!(text.len() <= MOST_BYTES, "a text must have at most {MOST_BYTES} bytes, got {}", text.len());
        if self.analyzer.params().ngram_unit == NgramUnit::CharWb {
            return self.tally_chars(text);
        }
        if let Some(buckets) = self.analyzer.buckets() {
            return self.tally_hashed(buckets, text);
        }
        let (min, max) = self.analyzer.params().ngram_range;
        let mut words = self.analyzer.params().tokenizer.word_spans(text);
        let mut n_words = 0;
        (self.n_pieces, self.n_known_pieces) = (0, 0);
        self.window.clear();
        loop {
            let Self { analyzer, terms, surfaces, batch, window, .. } = self;
            batch.clear();
            batch.extend(words.by_ref().take(BATCH).map(|(span, _)| Surface::of(text, span)));
            if batch.is_empty() {
                break;
            }
            n_words += batch.len();
            let first = window.len();
            surfaces.values(text, batch, window, |new, roots| meet(analyzer, terms, text, new, roots));
            self.n_pieces += window[first..].iter().filter(|&&root| root != NONE).count();
            self.n_known_pieces += window[first..].iter().filter(|&&root| root < UNKNOWN).count();
            if max == 1 {
                self.tally_window();
            }
        }
        if max > 1 {
            self.window.retain(|&root| root != NONE);
            self.tally_ngrams(min, max);
        }
        n_words
    }

    /// Words of the text counted last, stop words left out.
    pub fn n_pieces(&self) -> usize {
        self.n_pieces
    }

    /// Those of them that occur in its terms.
    pub fn n_known_pieces(&self) -> usize {
        self.n_known_pieces
    }

    fn tally_ngrams(&mut self, min: usize, max: usize) {
        let (window, mut longer) = (std::mem::take(&mut self.window), std::mem::take(&mut self.longer));
        longer.resize_with(max - 1, Vec::new);
        for i in 0..longer.len() {
            let (shorter, nodes) = longer.split_at_mut(i);
            let nexts = window.get(i + 1..).unwrap_or_default();
            self.extend(shorter.last().unwrap_or(&window), nexts, &mut nodes[0]);
        }
        let Self { terms, counts, .. } = self;
        match terms {
            Terms::Growing(_) => for_each_ngram(min, &window, &longer, |node| {
                if node != NONE {
                    counts.add(node);
                }
            }),
            Terms::Frozen(known) => for_each_ngram(min, &window, &longer, |node| {
                if let Some(number) = known.number(node) {
                    counts.add(number);
                }
            }),
        }
        (self.window, self.longer) = (window, longer);
    }

    /// Sets `longer` to the nodes of the terms of `nodes`, each followed by the piece of the one-piece node of `nexts`
    /// beside it.
    fn extend(&mut self, nodes: &[u32], nexts: &[u32], longer: &mut Vec<u32>) {
        longer.clear();
        let nodes = &nodes[..nexts.len()];
        match &mut self.terms {
            Terms::Growing(trie) => trie.children(nodes, nexts, longer),
            Terms::Frozen(known) => longer.extend(zip(nodes, nexts).map(|(&node, &next)| {
                if node == UNKNOWN || next == UNKNOWN { UNKNOWN } else { known.child(node, next) }
            })),
        }
    }

    /// Counts the one-piece terms of the window and empties it.
    fn tally_window(&mut self) {
        let Self { terms, counts, window, .. } = self;
        match terms {
            Terms::Frozen(known) if !known.roots_are_numbers => {
                window.drain(..).filter_map(|root| known.number(root)).for_each(|number| counts.add(number));
            }
            _ => window.drain(..).filter(|&root| root < UNKNOWN).for_each(|id| counts.add(id)),
        }
    }

    #[inline]
    fn tally(&mut self, node: u32) {
        let id = match &mut self.terms {
            Terms::Growing(_) => Some(node).filter(|&node| node != NONE),
            Terms::Frozen(known) => known.number(node),
        };
        if let Some(id) = id {
            self.counts.add(id);
        }
    }
}

/// Hands over the nodes of n-grams of `min` pieces and more, those that begin with a piece one after another.
#[inline]
fn for_each_ngram(min: usize, window: &[u32], longer: &[Vec<u32>], mut each: impl FnMut(u32)) {
    for (start, &root) in window.iter().enumerate() {
        if min == 1 {
            each(root);
        }
        for nodes in &longer[min.max(2) - 2..] {
            nodes.get(start).into_iter().for_each(|&node| each(node));
        }
    }
}

/// How often each id has been met in a document.
#[derive(Debug, Default)]
struct Counts {
    by_id: Vec<u32>,
    /// The ids that have been met, in order; one longer than `by_id`, since every id is written and only a new one
    /// makes the next go behind it: so there is no branch.
    met: Vec<u32>,
    n_met: usize,
}

impl Counts {
    #[inline]
    fn add(&mut self, id: u32) {
        if id as usize >= self.by_id.len() {
            self.make_room(id);
        }
        let count = &mut self.by_id[id as usize];
        self.met[self.n_met] = id;
        self.n_met += usize::from(*count == 0);
        *count += 1;
    }

    #[cold]
    fn make_room(&mut self, id: u32) {
        let len = grown(id as usize);
        self.by_id.resize(len, 0);
        self.met.resize(len + 1, 0);
    }

    /// Hands the counts to `each` and forgets them.
    fn hand_over(&mut self, mut each: impl FnMut(u32, u32)) {
        for &id in &self.met[..self.n_met] {
            each(id, std::mem::take(&mut self.by_id[id as usize]));
        }
        self.n_met = 0;
    }
}

/// Appends the one-piece nodes of surface forms met for the first time, [`NONE`] for one that is no term.
fn meet(
    analyzer: &Analyzer,
    terms: &mut Terms<'_>,
    text: &str,
    forms: &mut dyn Iterator<Item = Span>,
    roots: &mut Vec<u32>,
) {
    let pieces = forms.map(|form| {
        let word = form.of(text);
        TokenKind::of(word).and_then(|kind| analyzer.piece(word, kind))
    });
    match terms {
        Terms::Growing(nodes) => {
            roots.extend(pieces.map(|piece| piece.map_or(NONE, |piece| nodes.root(&piece))));
        }
        Terms::Frozen(known) => known.roots(&pieces.collect::<Vec<_>>(), roots),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::AnalyzerParams;
    use crate::vectorize::Vocabulary;
    use std::collections::BTreeMap;

    fn analyzer(ngram_range: (usize, usize)) -> Analyzer {
        AnalyzerParams { ngram_range, ..Default::default() }.build().unwrap()
    }

    const TEXT: &str = "Peace talks, talks about talks; no peace talks at all — peace.";

    #[test]
    fn a_growing_counter_counts_what_the_analyzer_lists() {
        for range in [(1, 1), (1, 2), (2, 3), (1, 5), (3, 3)] {
            let analyzer = analyzer(range);
            let mut expected = BTreeMap::<String, u32>::new();
            for term in analyzer.terms(TEXT) {
                *expected.entry(term.text).or_default() += 1;
            }
            let mut counter = TermCounter::growing(&analyzer);
            let mut found = Vec::new();
            counter.count(TEXT, |node, count| found.push((node, count)));
            let nodes = counter.nodes().unwrap();
            let found: BTreeMap<String, u32> = found
                .into_iter()
                .map(|(node, count)| {
                    let mut term = String::new();
                    nodes.write_term(node, &mut term);
                    (term, count)
                })
                .collect();
            assert_eq!(found, expected, "{range:?}");
        }
    }

    #[test]
    fn a_frozen_counter_knows_its_vocabulary_and_no_other_term() {
        let analyzer = analyzer((1, 2));
        let vocabulary = Vocabulary::from_sorted(["no peac", "peac talk", "talk"]).unwrap();
        let index = TermIndex::new(&vocabulary, NgramUnit::Word);
        let mut counter = TermCounter::frozen(&analyzer, &index);
        for _ in 0..2 {
            let mut found = Vec::new();
            counter.count(TEXT, |column, count| found.push((column, count)));
            found.sort_unstable();
            assert_eq!(found, [(0, 1), (1, 2), (2, 4)]);
        }
    }

    #[test]
    #[should_panic(expected = "a text must have at most 1073741824 bytes, got 1073741825")]
    fn a_text_whose_counts_might_not_fit_is_refused() {
        // Untouched zeros take no memory.
        let text = String::from_utf8(vec![0; MOST_BYTES + 1]).unwrap();
        TermCounter::growing(&analyzer((1, 1))).count(&text, |_, _| ());
    }
}
