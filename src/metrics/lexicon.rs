//! What is known of a word whatever text it stands in.
//!
//! Each thread keeps the words that it has met, so that a word of a large corpus is looked up, stemmed and
//! counted once. The cache holds facts only: no result depends on what it has in it.

use std::cell::RefCell;

use super::lists;
use crate::text::{Interner, Language, Stemmer, syllables};

/// Facts of a distinct word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct WordFacts {
    /// All characters, apostrophes, hyphens and points among them.
    pub(super) length: u16,
    /// Letters and digits.
    pub(super) characters: u16,
    /// Letters.
    pub(super) letters: u16,
    /// Syllables; 0 where the language has no count.
    pub(super) syllables: u16,
    /// Has no letter.
    pub(super) is_number: bool,
    /// Begins with a digit.
    pub(super) is_numeral: bool,
    /// Number of its stem; equal stems of one text have equal numbers.
    pub(super) stem: u32,
    /// A hard word by Gunning's rule, were it no name.
    pub(super) is_complex: bool,
    /// Value of its letters in English Scrabble.
    pub(super) scrabble: u16,
    /// Lists of [`lists`] that it stands on; 0 in other languages than English.
    pub(super) lists: u32,
}

impl WordFacts {
    /// Whether it stands on a list.
    pub(super) fn is(&self, list: u32) -> bool {
        self.lists & list != 0
    }

    /// Looks a lower-case word up.
    fn of(word: &str, language: &Language) -> Self {
        let length = u16::try_from(word.chars().count()).unwrap_or(u16::MAX);
        let (mut characters, mut letters, mut scrabble) = (0_u16, 0_u16, 0_u16);
        for c in word.chars() {
            characters = characters.saturating_add(u16::from(c.is_alphanumeric()));
            letters = letters.saturating_add(u16::from(c.is_alphabetic()));
            scrabble = scrabble.saturating_add(scrabble_value(c));
        }
        let count = syllables(word, language).unwrap_or(0);
        Self {
            length,
            characters,
            letters,
            syllables: u16::try_from(count).unwrap_or(u16::MAX),
            is_number: letters == 0,
            is_numeral: word.starts_with(|c: char| c.is_numeric()),
            stem: 0,
            is_complex: letters > 0 && is_complex(word, count, language),
            scrabble,
            lists: if language.code == "en" { lists::flags(word) } else { 0 },
        }
    }
}

fn scrabble_value(letter: char) -> u16 {
    match letter {
        'a' | 'e' | 'i' | 'l' | 'n' | 'o' | 'r' | 's' | 't' | 'u' => 1,
        'd' | 'g' => 2,
        'b' | 'c' | 'm' | 'p' => 3,
        'f' | 'h' | 'v' | 'w' | 'y' => 4,
        'k' => 5,
        'j' | 'x' => 8,
        'q' | 'z' => 10,
        _ => 0,
    }
}

/// Three syllables or more, but no compound of shorter words and none made long by `-es` or `-ed`.
fn is_complex(word: &str, count: usize, language: &Language) -> bool {
    let without_ending = |ending: &str| {
        word.strip_suffix(ending).is_some_and(|stem| {
            let short = |stem: &str| syllables(stem, language).is_some_and(|n| n < 3);
            short(stem) || word.strip_suffix(&ending[1..]).is_some_and(short)
        })
    };
    count > 3 && !word.contains('-')
        || count == 3 && !word.contains('-') && !without_ending("es") && !without_ending("ed")
}

/// Words met so far in one language.
#[derive(Debug)]
struct Lexicon {
    language: &'static Language,
    stemmer: Option<Stemmer>,
    words: Interner,
    stems: Interner,
    facts: Vec<WordFacts>,
}

impl Lexicon {
    fn new(language: &'static Language) -> Self {
        Self {
            language,
            stemmer: Stemmer::named(language.stemmer).ok(),
            words: Interner::new(),
            stems: Interner::new(),
            facts: Vec::new(),
        }
    }

    fn facts(&mut self, word: &str) -> WordFacts {
        let (id, is_new) = self.words.intern(word);
        if is_new {
            let base = word.strip_suffix("'s").unwrap_or(word);
            let stem = self.stemmer.as_ref().map_or(base.into(), |stemmer| stemmer.stem(base));
            let stem = self.stems.intern(&stem).0;
            self.facts.push(WordFacts { stem, ..WordFacts::of(word, self.language) });
        }
        self.facts[id as usize]
    }
}

/// Above this the cache starts afresh, so that a corpus of any size leaves memory alone: some 10 MB.
const MAX_WORDS: usize = 200_000;

thread_local! {
    static LEXICONS: RefCell<Vec<Lexicon>> = const { RefCell::new(Vec::new()) };
}

/// The facts of each word of `words`, in their order.
pub(super) fn facts(words: &Interner, language: &'static Language) -> Vec<WordFacts> {
    LEXICONS.with_borrow_mut(|lexicons| {
        let place = lexicons.iter().position(|l| l.language == language).unwrap_or_else(|| {
            lexicons.push(Lexicon::new(language));
            lexicons.len() - 1
        });
        let lexicon = &mut lexicons[place];
        if lexicon.words.len() > MAX_WORDS {
            *lexicon = Lexicon::new(language);
        }
        words.iter().map(|word| lexicon.facts(word)).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complex(word: &str) -> bool {
        WordFacts::of(word, Language::ENGLISH).is_complex
    }

    #[test]
    fn a_hard_word_is_long_by_itself() {
        assert!(complex("negotiate") && complex("ministry") && complex("negotiated"));
        assert!(!complex("created") && !complex("trespasses") && !complex("peace-keeping"));
        assert!(!complex("2025") && !complex("talks"));
    }
}
