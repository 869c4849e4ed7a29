//! The words that a topic hangs on.

use std::collections::{BTreeMap, BTreeSet};

use super::{Explainer, explain};
use crate::text::{Analyzer, Span};

/// Words of a text that are each tried alone, most telling first; beyond, the time would grow with the square of the text.
const MAX_SINGLE_TRIALS: usize = 500;

/// One word is taken out at a time up to so many, then one for each so many that are gone, so that the number of steps grows
/// with the logarithm of the text.
const STEP: usize = 8;

/// Larger sets are left as they are: they say that the topic hangs on no words in particular, and to try each of their
/// words takes time that grows with the square of the text.
const MAX_PUT_BACK: usize = 100;

/// Words without which a text has another topic, or none.
#[derive(Debug, Clone, PartialEq)]
pub struct FlipSet {
    /// The topic with them.
    pub from: usize,
    /// The topic without them; `None` if no known term is left.
    pub to: Option<usize>,
    /// The words, most telling first. No single one of them can stay, in a set of up to 100 words.
    pub words: Vec<RemovedWord>,
    /// True if it is proven that no smaller set does it. Otherwise the set is an upper bound.
    pub is_smallest: bool,
}

/// A word and all its places in the text: every form with the same stem.
#[derive(Debug, Clone, PartialEq)]
pub struct RemovedWord {
    /// Its one-word term.
    pub term: String,
    /// Where it stands, as printed.
    pub spans: Vec<Span>,
}

impl Explainer<'_> {
    /// A small set of words without which the model gives `text` another topic, or none; `None` if it has no term that the
    /// model knows.
    ///
    /// A word is taken out at all its places, and the text that is left is classified as any other: n-grams break, those
    /// of the new neighbours form, lengths are taken anew. Each word is tried alone first. If none suffices, words are
    /// taken out one by one (in a long list, a few at a time), always those that add most to the topic against the
    /// runner-up in what is left, until the topic changes; then each goes back that need not have gone. So a set of one
    /// or two words is the smallest, as [`is_smallest`](FlipSet::is_smallest) says; a larger one is an upper bound.
    pub fn smallest_flip(&mut self, text: &str) -> Option<FlipSet> {
        let from = self.topic(text)?;
        let mut words = Words::of(self.model.analyzer(), text);
        let candidates = self.candidates(from, &words)?;
        let all_tried = candidates.len() <= MAX_SINGLE_TRIALS;
        let alone = candidates.into_iter().take(MAX_SINGLE_TRIALS).find(|&word| {
            words.is_taken[word] = true;
            let topic = self.topic(&words.left());
            words.is_taken[word] = false;
            topic != Some(from)
        });
        let taken = match alone {
            Some(word) => {
                words.is_taken[word] = true;
                vec![word]
            }
            None => self.greedy(from, &mut words)?,
        };
        let is_smallest = taken.len() <= 1 || (taken.len() == 2 && all_tried);
        let to = self.topic(&words.left());
        let words = taken.into_iter().map(|word| words.removed(word)).collect();
        Some(FlipSet { from, to, words, is_smallest })
    }

    /// Takes out the most telling words until the topic changes, then puts back what need not have gone.
    fn greedy(&mut self, from: usize, words: &mut Words<'_>) -> Option<Vec<usize>> {
        let mut taken = Vec::new();
        loop {
            let left = words.left();
            if self.topic(&left) != Some(from) {
                break;
            }
            let step = (taken.len() / STEP).max(1);
            let telling = self.telling(&left, from, words)?.into_iter();
            let next: Vec<usize> = telling.filter(|&word| !words.is_taken[word]).take(step).collect();
            if next.is_empty() {
                return None;
            }
            for &word in &next {
                words.is_taken[word] = true;
            }
            taken.extend(next);
        }
        while taken.len() <= MAX_PUT_BACK && self.put_back(from, words, &mut taken) {}
        Some(taken)
    }

    /// Puts back each word, the least telling first, without which the topic changes as well; false if there is none.
    fn put_back(&mut self, from: usize, words: &mut Words<'_>, taken: &mut Vec<usize>) -> bool {
        let n_taken = taken.len();
        for place in (0..n_taken).rev() {
            words.is_taken[taken[place]] = false;
            if self.topic(&words.left()) == Some(from) {
                words.is_taken[taken[place]] = true;
            } else {
                taken.remove(place);
            }
        }
        taken.len() < n_taken
    }

    /// The words that can change the topic on their own: those of known terms, most telling first, and, as their
    /// neighbours may form a known n-gram without them, all others.
    fn candidates(&mut self, from: usize, words: &Words<'_>) -> Option<Vec<usize>> {
        let mut candidates = self.telling(words.text, from, words)?;
        if self.model.analyzer().params().ngram_range.1 > 1 {
            let known: BTreeSet<usize> = candidates.iter().copied().collect();
            candidates.extend((0..words.terms.len()).filter(|word| !known.contains(word)));
        }
        Some(candidates)
    }

    fn topic(&mut self, text: &str) -> Option<usize> {
        self.session.classify(text).map(|ranking| ranking.best().0)
    }

    /// The words of known terms, from those that add most to `topic` to those that add least; a word adds what all terms
    /// add that it is part of.
    fn telling(&mut self, text: &str, topic: usize, words: &Words<'_>) -> Option<Vec<usize>> {
        let ranking = self.session.classify(text)?;
        let rival = ranking.iter().map(|(label, _)| label).find(|&label| label != topic)?;
        let (scores, _) = self.session.scores(text)?;
        let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
        for term in explain(self.model, text, &scores, topic, rival).contributions() {
            let distinct: BTreeSet<usize> =
                term.term.split(' ').filter_map(|word| words.find(word)).collect();
            for word in distinct {
                *sums.entry(word).or_default() += term.contribution;
            }
        }
        let mut order: Vec<(usize, f64)> = sums.into_iter().collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1));
        Some(order.into_iter().map(|(word, _)| word).collect())
    }
}

/// The words of a text, some of them taken out.
struct Words<'t> {
    text: &'t str,
    /// One-word terms, sorted.
    terms: Vec<String>,
    is_taken: Vec<bool>,
    /// Place and number of each word, in the text's order.
    places: Vec<(Span, usize)>,
}

impl<'t> Words<'t> {
    fn of(analyzer: &Analyzer, text: &'t str) -> Self {
        let tokens = analyzer.params().tokenizer.words(text);
        let found: Vec<(Span, String)> = tokens
            .filter_map(|token| Some((token.span, analyzer.piece(token.text, token.kind)?.into_owned())))
            .collect();
        let distinct: BTreeSet<&String> = found.iter().map(|(_, term)| term).collect();
        let terms: Vec<String> = distinct.into_iter().cloned().collect();
        let place = |(span, term): &(Span, String)| (*span, terms.partition_point(|t| t < term));
        let places = found.iter().map(place).collect();
        Self { text, is_taken: vec![false; terms.len()], terms, places }
    }

    fn find(&self, term: &str) -> Option<usize> {
        self.terms.binary_search_by(|t| t.as_str().cmp(term)).ok()
    }

    /// The text with a space in the place of each word that is taken out.
    fn left(&self) -> String {
        let mut left = String::with_capacity(self.text.len());
        let mut end = 0;
        for &(span, word) in &self.places {
            if self.is_taken[word] {
                left.push_str(&self.text[end..span.start]);
                left.push(' ');
                end = span.end;
            }
        }
        left.push_str(&self.text[end..]);
        left
    }

    fn removed(&self, word: usize) -> RemovedWord {
        let spans = self.places.iter().filter(|place| place.1 == word).map(|place| place.0).collect();
        RemovedWord { term: self.terms[word].clone(), spans }
    }
}
