//! What words make together inside a sentence.

use super::lexicon::WordFacts;
use super::lists;
use super::scan::{Scan, Word, flag};

/// Counts of patterns.
#[derive(Debug, Clone, Default)]
pub(super) struct Patterns {
    /// Runs of capitalised words inside sentences.
    pub(super) names: usize,
    pub(super) acronyms: usize,
    /// Words that begin with a digit.
    pub(super) numbers: usize,
    /// Numbers behind a currency sign or before a currency's name.
    pub(super) money: usize,
    /// Reporting verbs with a capitalised word near them.
    pub(super) named_attributions: usize,
    /// Forms of "be" or "get" with a participle near behind.
    pub(super) passives: usize,
}

/// How many words may stand between "be" and its participle: "was not yet signed".
const BEFORE_PARTICIPLE: usize = 2;

/// How many words may stand between a reporting verb and the speaker's name: "said Foreign Minister Wang".
const TO_SPEAKER: usize = 3;

impl Patterns {
    pub(super) fn of(scan: &Scan, facts: &[WordFacts]) -> Self {
        let mut patterns = Self::default();
        for sentence in &scan.sentences {
            patterns.add(&scan.words[sentence.words.clone()], facts);
        }
        patterns
    }

    fn add(&mut self, words: &[Word], facts: &[WordFacts]) {
        let facts_of = |word: &Word| &facts[word.kind as usize];
        for (i, word) in words.iter().enumerate() {
            let (before, after) = (&words[..i], &words[i + 1..]);
            let here = facts_of(word);
            self.names += usize::from(word.flags & (flag::NAME | flag::NAME_GOES_ON) == flag::NAME);
            self.acronyms += usize::from(word.flags & flag::ACRONYM != 0);
            if here.is_numeral {
                self.numbers += 1;
                let has_sign = word.flags & flag::MONEY != 0;
                let mut unit = after.iter().map(facts_of).skip_while(|f| f.is(lists::MAGNITUDE));
                self.money += usize::from(has_sign || unit.next().is_some_and(|f| f.is(lists::CURRENCY)));
            }
            if here.is(lists::ATTRIBUTION) {
                let near = before.iter().rev().take(TO_SPEAKER).chain(after.iter().take(TO_SPEAKER));
                let mut speakers =
                    near.filter(|w| w.flags & flag::CAPITAL != 0 && !facts_of(w).is(lists::STOP_WORD));
                self.named_attributions += usize::from(speakers.next().is_some());
            }
            if here.is(lists::BEING) {
                let mut behind = after.iter().take(BEFORE_PARTICIPLE + 1).map(facts_of);
                self.passives += usize::from(behind.any(|f| f.is(lists::PARTICIPLE)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::TextCounts;
    use super::*;
    use crate::text::Language;

    fn patterns(text: &str) -> Patterns {
        TextCounts::of(&[text], Language::ENGLISH).patterns
    }

    #[test]
    fn passives_are_found_behind_an_adverb() {
        assert_eq!(patterns("The deal was not yet signed. Troops were sent. He is a soldier.").passives, 2);
    }

    #[test]
    fn money_has_a_sign_or_a_currency() {
        assert_eq!(patterns("It cost $3 million, 40 million euros or 5 billion won, for 12 tanks.").money, 3);
        assert_eq!(
            patterns("It cost $3 million, 40 million euros or 5 billion won, for 12 tanks.").numbers,
            4
        );
    }

    #[test]
    fn speakers_have_names() {
        let text = "Lee said so. “No,” replied Foreign Minister Wang Yi. He said nothing. They told us.";
        assert_eq!(patterns(text).named_attributions, 2);
        assert_eq!(patterns(text).names, 1);
    }
}
