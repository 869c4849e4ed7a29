//! Which words are more common in some texts than in the others.
//!
//! # Advice for hackers
//!
//! Significance of word counts supposes that words fall independently. They do not: an article on a flood has `flood` thirty times.
//! So keywords are ordered by their G2 without the text that has the word most often, and a word that is then no more common
//! here, beyond [`LEAST_G2`], is none: one long article makes no keyword. Kept are eight bytes for each distinct word of each text, since
//! dispersion needs the counts by text.

use std::collections::BTreeMap;

use crate::statistics::{
    Contingency, Part, benjamini_hochberg, chi_squared_p, deviation_of_proportions, juillands_d,
};
use crate::text::{CaseRules, Folding, Interner, TokenKind, Tokenizer};

/// The words of one text and how often it has each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordCounts(BTreeMap<String, u32>);

impl WordCounts {
    /// Counts the words of paragraphs in lower case, hyphenated words as one. Numbers are none.
    pub fn of<'t>(paragraphs: impl IntoIterator<Item = &'t str>, case: CaseRules) -> Self {
        let folding = Folding { case, ..Folding::default() };
        let mut counts = BTreeMap::new();
        for paragraph in paragraphs {
            for token in Tokenizer::news().words(paragraph).filter(|token| token.kind == TokenKind::Word) {
                let count: &mut u32 = counts.entry(folding.fold(token.text, true).into_owned()).or_insert(0);
                *count = count.saturating_add(1);
            }
        }
        Self(counts)
    }
}

/// What is left of a keyword's G2 without the text that has it most often, at least: the 95 % quantile of chi-squared with one degree of
/// freedom.
pub const LEAST_G2: f64 = 3.841_458_820_694_124;

/// What is a keyword.
///
/// | name | default | meaning | range |
/// |---|---|---|---|
/// | `min_count` | 5, the rule of thumb for expected counts | occurrences in its group from which on a word is tested | from 1 |
/// | `n_keywords` | 50 | keywords of a group, at most | |
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeynessParams {
    /// Occurrences in its group from which on a word is tested.
    pub min_count: u64,
    /// Keywords of a group, at most.
    pub n_keywords: usize,
}

impl Default for KeynessParams {
    fn default() -> Self {
        Self { min_count: 5, n_keywords: 50 }
    }
}

/// A word that is more common in a group of texts than in all others.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyword {
    /// Number of the group.
    pub group: usize,
    /// The word.
    pub word: String,
    /// Its occurrences in the group and elsewhere.
    pub table: Contingency,
    /// Texts of the group that have it.
    pub n_texts: usize,
    /// Probability of its G2, of chi-squared with one degree of freedom.
    pub p: Option<f64>,
    /// Its false discovery rate among all words tested in all groups.
    pub q: Option<f64>,
    /// G2 without the text that has it most often.
    pub least_g2: f64,
    /// Gries' deviation of proportions over the texts of the group.
    pub dp: Option<f64>,
    /// Juilland's D over them.
    pub juillands_d: Option<f64>,
}

/// Words counted by group and text.
#[derive(Debug, Default)]
pub struct Keyness {
    words: Interner,
    groups: Vec<Group>,
}

/// The texts of a group.
#[derive(Debug, Default)]
struct Group {
    /// Word and count, text after text.
    entries: Vec<(u32, u32)>,
    texts: Vec<Text>,
}

#[derive(Debug)]
struct Text {
    /// Where its entries end.
    end: usize,
    n_words: u64,
}

/// A word in the texts of a group.
#[derive(Debug, Clone, Copy, Default)]
struct Usage {
    n: u64,
    n_texts: usize,
    /// The most that a text has, and the words of that text.
    most: (u32, u64),
}

/// A word that was tested in a group.
struct Tested {
    group: usize,
    word: u32,
    table: Contingency,
    usage: Usage,
    p: Option<f64>,
}

impl Keyness {
    /// No texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text to a group; groups are numbered from 0 on.
    pub fn add(&mut self, group: usize, counts: &WordCounts) {
        if self.groups.len() <= group {
            self.groups.resize_with(group + 1, Group::default);
        }
        let group = &mut self.groups[group];
        for (word, &n) in &counts.0 {
            group.entries.push((self.words.intern(word).0, n));
        }
        let n_words = counts.0.values().map(|&n| u64::from(n)).sum();
        group.texts.push(Text { end: group.entries.len(), n_words });
    }

    /// The keywords of each group against all others, by group, then from the one with the greatest G2 without the text that has it most
    /// often, which must be at least [`LEAST_G2`]; ties in the words' order. None if there is no other group.
    ///
    /// # Examples
    ///
    /// ```
    /// use newsbeat::keyness::{Keyness, KeynessParams, WordCounts};
    /// use newsbeat::text::CaseRules;
    ///
    /// let mut keyness = Keyness::new();
    /// let mut add = |group, text| keyness.add(group, &WordCounts::of([text], CaseRules::Full));
    /// add(0, "Rain, more rain and then again rain fell on the coast.");
    /// add(0, "Rain, rain and rain: the river rose.");
    /// add(1, "The goal fell in the last minute, and the match was won on the coast.");
    /// let keywords = keyness.keywords(&KeynessParams { min_count: 2, ..KeynessParams::default() });
    /// assert_eq!((keywords[0].word.as_str(), keywords[0].group, keywords[0].n_texts), ("rain", 0, 2));
    /// ```
    pub fn keywords(&self, params: &KeynessParams) -> Vec<Keyword> {
        let mut totals = vec![0_u64; self.words.len()];
        for &(word, n) in self.groups.iter().flat_map(|group| &group.entries) {
            totals[word as usize] += u64::from(n);
        }
        let size: u64 = self.groups.iter().map(Group::n_words).sum();
        let mut tested = Vec::new();
        for (number, group) in self.groups.iter().enumerate() {
            let here = group.n_words();
            for (word, usage) in (0..).zip(group.usage(self.words.len())) {
                if usage.n < params.min_count.max(1) {
                    continue;
                }
                let table = Contingency {
                    n: usage.n as f64,
                    size: here as f64,
                    n_there: (totals[word as usize] - usage.n) as f64,
                    size_there: (size - here) as f64,
                };
                let p = table.log_likelihood().and_then(|g2| chi_squared_p(g2, 1));
                tested.push(Tested { group: number, word, table, usage, p });
            }
        }
        let q = benjamini_hochberg(&tested.iter().map(|word| word.p).collect::<Vec<_>>());
        let mut keywords = Vec::new();
        for (number, group) in self.groups.iter().enumerate() {
            let of_group = tested.iter().zip(&q).filter(|(word, _)| word.group == number);
            let mut found: Vec<(f64, &Tested, Option<f64>)> =
                of_group.filter_map(|(word, &q)| Some((word.least_g2()?, word, q))).collect();
            found.sort_by(|a, b| {
                let words = || self.words.get(a.1.word).cmp(self.words.get(b.1.word));
                b.0.total_cmp(&a.0).then_with(words)
            });
            found.truncate(params.n_keywords);
            let words: Vec<u32> = found.iter().map(|(_, word, _)| word.word).collect();
            for ((least_g2, word, q), counts) in found.into_iter().zip(group.counts_of(&words)) {
                let parts = group.parts(&counts);
                keywords.push(Keyword {
                    group: number,
                    word: self.words.get(word.word).to_owned(),
                    table: word.table,
                    n_texts: word.usage.n_texts,
                    p: word.p,
                    q,
                    least_g2,
                    dp: deviation_of_proportions(&parts),
                    juillands_d: juillands_d(&parts),
                });
            }
        }
        keywords
    }
}

impl Tested {
    /// G2 without the text that has the word most often; `None` if the word is not more common here, with and without, or it is too small.
    fn least_g2(&self) -> Option<f64> {
        let (n, n_words) = self.usage.most;
        let Contingency { n: all, size, .. } = self.table;
        let rest = Contingency { n: all - f64::from(n), size: size - n_words as f64, ..self.table };
        let is_key = self.table.is_more_common_here() && rest.is_more_common_here();
        rest.log_likelihood().filter(|&g2| is_key && g2 >= LEAST_G2)
    }
}

impl Group {
    fn n_words(&self) -> u64 {
        self.texts.iter().map(|text| text.n_words).sum()
    }

    /// The entries of each text.
    fn by_text(&self) -> impl Iterator<Item = (&Text, &[(u32, u32)])> {
        let mut start = 0;
        self.texts.iter().map(move |text| {
            let entries = &self.entries[start..text.end];
            start = text.end;
            (text, entries)
        })
    }

    /// How each of the words is used.
    fn usage(&self, n_words: usize) -> Vec<Usage> {
        let mut usage = vec![Usage::default(); n_words];
        for (text, entries) in self.by_text() {
            for &(word, n) in entries {
                let usage = &mut usage[word as usize];
                usage.n += u64::from(n);
                usage.n_texts += 1;
                if n > usage.most.0 {
                    usage.most = (n, text.n_words);
                }
            }
        }
        usage
    }

    /// Text and count of each of some words.
    fn counts_of(&self, words: &[u32]) -> Vec<Vec<(usize, u32)>> {
        let place: BTreeMap<u32, usize> = words.iter().copied().zip(0..).collect();
        let mut counts = vec![Vec::new(); words.len()];
        for (text, (_, entries)) in self.by_text().enumerate() {
            for (word, n) in entries {
                if let Some(&at) = place.get(word) {
                    counts[at].push((text, *n));
                }
            }
        }
        counts
    }

    /// A word's part in each text that has words.
    fn parts(&self, counts: &[(usize, u32)]) -> Vec<Part> {
        let mut parts: Vec<Part> =
            self.texts.iter().map(|text| Part { n: 0.0, size: text.n_words as f64 }).collect();
        for &(text, n) in counts {
            parts[text].n = f64::from(n);
        }
        parts.retain(|part| part.size > 0.0);
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keyness(texts: &[(usize, String)]) -> Keyness {
        let mut keyness = Keyness::new();
        for (group, text) in texts {
            keyness.add(*group, &WordCounts::of([text.as_str()], CaseRules::Full));
        }
        keyness
    }

    /// Ten texts a group; in group 0 each has `tariff` twice, and one has `flood` forty times.
    fn texts() -> Vec<(usize, String)> {
        let plain = |i: usize| format!("The market in town {i} was open and people came to the market. ");
        let mut texts: Vec<(usize, String)> = (0..20).map(|i| (i % 2, plain(i))).collect();
        for (_, text) in texts.iter_mut().filter(|(group, _)| *group == 0) {
            text.push_str("Tariff upon tariff. ");
        }
        texts[4].1.push_str(&"The flood rose. ".repeat(40));
        texts
    }

    #[test]
    fn one_long_article_makes_no_keyword() {
        let found = keyness(&texts()).keywords(&KeynessParams::default());
        let words: Vec<&str> = found.iter().filter(|k| k.group == 0).map(|k| k.word.as_str()).collect();
        assert_eq!(words[0], "tariff");
        assert!(!words.contains(&"flood") && !words.contains(&"rose"), "{words:?}");
        // Plain significance would have put it first.
        let flood = Contingency { n: 40.0, size: 270.0, n_there: 0.0, size_there: 130.0 };
        assert!(flood.log_likelihood().unwrap() > found[0].table.log_likelihood().unwrap() - 10.0);
    }

    #[test]
    fn a_keyword_says_where_it_is_and_how_evenly() {
        let found = keyness(&texts()).keywords(&KeynessParams::default());
        let tariff = &found[0];
        assert_eq!((tariff.table.n, tariff.table.n_there, tariff.n_texts), (20.0, 0.0, 10));
        assert!(tariff.q.unwrap() < 0.01 && tariff.p <= tariff.q);
        assert!(tariff.dp.unwrap() < 0.5 && tariff.juillands_d.unwrap() > 0.8, "{tariff:?}");
    }

    #[test]
    fn rare_words_one_group_and_groups_of_one_text_have_no_keywords() {
        let none = KeynessParams { min_count: 21, ..KeynessParams::default() };
        assert!(!keyness(&texts()).keywords(&none).iter().any(|k| k.word == "tariff"));
        let one: Vec<_> = texts().into_iter().filter(|(group, _)| *group == 0).collect();
        assert!(keyness(&one).keywords(&KeynessParams::default()).is_empty());
        let single = [(0, "rain ".repeat(50)), (1, "sun ".repeat(50)), (1, "sun and rain".to_owned())];
        assert!(!keyness(&single).keywords(&KeynessParams::default()).iter().any(|k| k.group == 0));
        assert!(Keyness::new().keywords(&KeynessParams::default()).is_empty());
    }

    #[test]
    fn spellings_of_a_word_are_one_and_numbers_are_none() {
        let counts = WordCounts::of(["Lee's 40 cease-fires, CEASE-FIRES, lee’s."], CaseRules::Full);
        let found: Vec<(&str, u32)> = counts.0.iter().map(|(word, n)| (word.as_str(), *n)).collect();
        assert_eq!(found, [("cease-fires", 2), ("lee's", 2)]);
    }
}
