//! The words that a topic hangs on.

use std::collections::{BTreeMap, BTreeSet};

use super::{Explainer, explain};
use crate::text::Span;

/// Words of a text that are each tried alone, most telling first; beyond, the time would grow with the square of the text.
const MAX_SINGLE_TRIALS: usize = 500;

/// Words without which a text has another topic, or none.
#[derive(Debug, Clone, PartialEq)]
pub struct FlipSet {
    /// The topic with them.
    pub from: usize,
    /// The topic without them; `None` if no known term is left.
    pub to: Option<usize>,
    /// The words, most telling first; no single one of them can stay.
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
    /// A small set of words without which the model gives `text` another topic; `None` if it has no term that the model
    /// knows.
    ///
    /// A word is taken out at all its places, and the text that is left is classified as any other: n-grams break, those
    /// of the new neighbours form, lengths are taken anew. Each word is tried alone first. If none suffices, words are taken out
    /// one by one, always that which adds most to the topic against the runner-up in what is left, until the topic
    /// changes; then each goes back that need not have gone. So a set of one or two words is the smallest, as
    /// [`is_smallest`](FlipSet::is_smallest) says; a larger one is an upper bound.
    pub fn smallest_flip(&mut self, text: &str) -> Option<FlipSet> {
        let from = self.topic(text)?;
        let words = self.words(text);
        let candidates = self.candidates(text, from, &words)?;
        let all_tried = candidates.len() <= MAX_SINGLE_TRIALS;
        let alone = candidates.iter().take(MAX_SINGLE_TRIALS).find(|word| {
            let taken = BTreeSet::from([word.as_str()]);
            self.topic(&without(text, &words, &taken)) != Some(from)
        });
        let taken = match alone {
            Some(word) => vec![word.clone()],
            None => self.greedy(text, from, &words)?,
        };
        let is_smallest = taken.len() <= 1 || (taken.len() == 2 && all_tried);
        let set = taken.iter().map(String::as_str).collect();
        let to = self.topic(&without(text, &words, &set));
        let words = taken.into_iter().map(|term| RemovedWord { spans: words[&term].clone(), term }).collect();
        Some(FlipSet { from, to, words, is_smallest })
    }

    /// Takes out the most telling word until the topic changes, then puts back what need not have gone.
    fn greedy(&mut self, text: &str, from: usize, words: &Words) -> Option<Vec<String>> {
        let mut taken: Vec<String> = Vec::new();
        loop {
            let set: BTreeSet<&str> = taken.iter().map(String::as_str).collect();
            let left = without(text, words, &set);
            if self.topic(&left) != Some(from) {
                break;
            }
            taken.push(self.telling(&left, from, words)?.into_iter().find(|word| !taken.contains(word))?);
        }
        while let Some(place) = self.needless(text, from, words, &taken) {
            taken.remove(place);
        }
        Some(taken)
    }

    /// The last of the words taken that could stay.
    fn needless(&mut self, text: &str, from: usize, words: &Words, taken: &[String]) -> Option<usize> {
        (0..taken.len()).rev().find(|&place| {
            let others = taken.iter().enumerate().filter(|(i, _)| *i != place);
            let set: BTreeSet<&str> = others.map(|(_, word)| word.as_str()).collect();
            self.topic(&without(text, words, &set)) != Some(from)
        })
    }

    /// The words that can change the topic on their own: those of known terms, most telling first, and, as their
    /// neighbours may form a known n-gram without them, all others.
    fn candidates(&mut self, text: &str, from: usize, words: &Words) -> Option<Vec<String>> {
        let mut candidates = self.telling(text, from, words)?;
        if self.model.analyzer().params().ngram_range.1 > 1 {
            let known: BTreeSet<String> = candidates.iter().cloned().collect();
            candidates.extend(words.keys().filter(|word| !known.contains(*word)).cloned());
        }
        Some(candidates)
    }

    fn topic(&mut self, text: &str) -> Option<usize> {
        self.session.classify(text).map(|ranking| ranking.best().0)
    }

    /// The one-word terms of a text, with their places.
    fn words(&self, text: &str) -> Words {
        let mut words = Words::new();
        let analyzer = self.model.analyzer();
        for token in analyzer.params().tokenizer.words(text) {
            if let Some(piece) = analyzer.piece(token.text, token.kind) {
                words.entry(piece.into_owned()).or_default().push(token.span);
            }
        }
        words
    }

    /// The words of known terms, from those that add most to `topic` to those that add least; a word adds what all terms
    /// add that it is part of.
    fn telling(&mut self, text: &str, topic: usize, words: &Words) -> Option<Vec<String>> {
        let ranking = self.session.classify(text)?;
        let rival = ranking.iter().map(|(label, _)| label).find(|&label| label != topic)?;
        let (scores, _) = self.session.scores(text)?;
        let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
        let explanation = explain(self.model, text, &scores, topic, rival);
        for term in explanation.contributions() {
            let distinct: BTreeSet<&str> = term.term.split(' ').collect();
            for (word, _) in distinct.iter().filter_map(|word| words.get_key_value(*word)) {
                *sums.entry(word).or_default() += term.contribution;
            }
        }
        let mut order: Vec<(&str, f64)> = sums.into_iter().collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1));
        Some(order.into_iter().map(|(word, _)| word.to_owned()).collect())
    }
}

/// The places of each one-word term.
type Words = BTreeMap<String, Vec<Span>>;

/// The text with a space in the place of each of some words.
fn without(text: &str, words: &Words, taken: &BTreeSet<&str>) -> String {
    let mut spans: Vec<Span> = taken.iter().flat_map(|word| words[*word].iter().copied()).collect();
    spans.sort_unstable();
    let mut left = String::with_capacity(text.len());
    let mut end = 0;
    for span in spans {
        left.push_str(&text[end..span.start]);
        left.push(' ');
        end = span.end;
    }
    left.push_str(&text[end..]);
    left
}
