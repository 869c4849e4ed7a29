//! What is known of a word whatever text it stands in.
//!
//! Each thread keeps the words that it has met, as printed, so that a word of a large corpus is folded, looked up, stemmed
//! and counted once. The cache holds facts only: no result depends on what it has in it.

use std::borrow::Cow;
use std::cell::RefCell;

use super::lists;
use super::scan::{Word, flag};
use crate::text::interner::Strings;
use crate::text::surface::{BATCH, Surface, SurfaceCache};
use crate::text::{Folding, Interner, Language, Stemmer, Token, syllables};

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
    /// Number of its stem among those of the text, in the order of their first appearance.
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

/// Words met so far in one language, and how they are printed.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// Words as printed; each leads to [`FLAGS`] and the number of its folded form.
    surfaces: SurfaceCache,
    entries: Entries,
    reading: Reading,
    /// The tokens that are being looked up, and what they lead to.
    forms: Vec<Surface>,
    values: Vec<u32>,
}

/// The folded forms of words, with what is known of each.
#[derive(Debug)]
struct Entries {
    language: &'static Language,
    stemmer: Option<Stemmer>,
    words: Interner,
    stems: Interner,
    known: Vec<Known>,
    stem_numbers: Vec<Number>,
}

/// The flags that a word has wherever it stands, and their place in a surface form's value.
const FLAGS: [(u8, u32); 2] = [(flag::CAPITAL, 1), (flag::ACRONYM, 2)];
const FLAG_BITS: u32 = 2;

/// A word that has been met: half a cache line, as most texts meet most of their words for the first time.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
struct Known {
    facts: WordFacts,
    number: Number,
}

/// The distinct words of a text, in the order of their first appearance.
#[derive(Debug, Default)]
pub(super) struct Types {
    /// In lower case.
    pub(super) words: Strings,
    pub(super) facts: Vec<WordFacts>,
}

impl Lexicon {
    fn new(language: &'static Language) -> Self {
        let entries = Entries {
            language,
            stemmer: Stemmer::named(language.stemmer).ok(),
            words: Interner::new(),
            stems: Interner::new(),
            known: Vec::new(),
            stem_numbers: Vec::new(),
        };
        Self {
            surfaces: SurfaceCache::default(),
            entries,
            reading: Reading::default(),
            forms: Vec::new(),
            values: Vec::new(),
        }
    }

    /// Adds the words among the tokens of a part of the text to `words`, with the flags that they have wherever they
    /// stand, and those not met before to `types`.
    ///
    /// Each step is taken for all words before the next one: lookups are bound by memory, and so several are under way at
    /// once.
    pub(super) fn add(&mut self, part: &str, tokens: &[Token<'_>], types: &mut Types, words: &mut Vec<Word>) {
        let is_word = |token: &&Token<'_>| token.kind.is_word_like();
        let Self { surfaces, entries, reading, forms, values } = self;
        values.clear();
        for batch in tokens.chunks(BATCH) {
            forms.clear();
            forms.extend(batch.iter().filter(is_word).map(|token| Surface::of(part, token.span)));
            surfaces.values(part, forms, values, |new, met| {
                met.extend(new.map(|span| entries.meet(span.of(part))));
            });
        }
        for (&value, token) in values.iter().zip(tokens.iter().filter(is_word)) {
            let flags = FLAGS.iter().map(|(flag, bit)| if value & bit != 0 { *flag } else { 0 }).sum();
            let word = value >> FLAG_BITS;
            let Known { facts, number } = &mut entries.known[word as usize];
            if number.is_new_in(reading) {
                *number = reading.next_word();
                let stem = &mut entries.stem_numbers[facts.stem as usize];
                if stem.is_new_in(reading) {
                    *stem = reading.next_stem();
                }
                types.facts.push(WordFacts { stem: stem.number, ..*facts });
                if token.text.is_ascii() {
                    types.words.push_lower_case(token.text);
                } else {
                    types.words.push(entries.words.get(word));
                }
            }
            words.push(Word { kind: number.number, flags });
        }
    }
}

impl Entries {
    /// The value of a word as printed that has not been met.
    #[cold]
    fn meet(&mut self, printed: &str) -> u32 {
        let (word, is_new) = self.words.intern(&fold(printed));
        if is_new {
            let word = self.words.get(word);
            let base = word.strip_suffix("'s").unwrap_or(word);
            let stem = self.stemmer.as_ref().map_or(base.into(), |stemmer| stemmer.stem(base));
            let (stem, is_new) = self.stems.intern(&stem);
            if is_new {
                self.stem_numbers.push(Number::default());
            }
            let facts = WordFacts { stem, ..WordFacts::of(word, self.language) };
            self.known.push(Known { facts, number: Number::default() });
        }
        let is_capital = printed.starts_with(char::is_uppercase);
        let is_acronym = is_capital && is_acronym(printed);
        word << FLAG_BITS | u32::from(is_acronym) << 1 | u32::from(is_capital)
    }
}

/// Lower case with straight apostrophes and hyphens and without what does not print.
fn fold(word: &str) -> Cow<'_, str> {
    let folded = Folding::simple().fold(word, true);
    if folded.contains(['\u{2010}', '\u{2011}']) {
        return Cow::Owned(folded.replace(['\u{2010}', '\u{2011}'], "-"));
    }
    folded
}

fn is_acronym(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().nth(1).is_some() && letters.all(char::is_uppercase)
}

/// The text that a word, or a stem, was last met in, and its number there: so each text numbers its own from 0 on without
/// a table of its own.
#[derive(Debug, Clone, Copy, Default)]
struct Number {
    text: u32,
    number: u32,
}

/// The text that is being read; texts count from 1.
#[derive(Debug, Default)]
struct Reading {
    text: u32,
    n_words: u32,
    n_stems: u32,
}

impl Number {
    fn is_new_in(self, reading: &Reading) -> bool {
        self.text != reading.text
    }
}

impl Reading {
    fn next_word(&mut self) -> Number {
        self.n_words += 1;
        Number { text: self.text, number: self.n_words - 1 }
    }

    fn next_stem(&mut self) -> Number {
        self.n_stems += 1;
        Number { text: self.text, number: self.n_stems - 1 }
    }
}

/// Above this the cache starts afresh, so that a corpus of any size leaves memory alone: some 20 MB.
const MAX_WORDS: usize = 200_000;

thread_local! {
    static LEXICONS: RefCell<Vec<Lexicon>> = const { RefCell::new(Vec::new()) };
}

/// What `scan` makes of a text with the words that this thread has met.
pub(super) fn with_lexicon<T>(language: &'static Language, scan: impl FnOnce(&mut Lexicon) -> T) -> T {
    // Taken out, so that a panic leaves none behind that is half changed.
    let known = LEXICONS.with_borrow_mut(|lexicons| {
        let place = lexicons.iter().position(|l| l.entries.language.code == language.code)?;
        Some(lexicons.swap_remove(place))
    });
    let known = known.filter(|l| l.entries.words.len() <= MAX_WORDS && l.reading.text < u32::MAX);
    let mut lexicon = known.unwrap_or_else(|| Lexicon::new(language));
    lexicon.reading = Reading { text: lexicon.reading.text + 1, ..Reading::default() };
    let scanned = scan(&mut lexicon);
    LEXICONS.with_borrow_mut(|lexicons| lexicons.push(lexicon));
    scanned
}

#[cfg(test)]
mod tests {
    use super::super::TextCounts;
    use super::*;
    use crate::metrics;

    fn complex(word: &str) -> bool {
        WordFacts::of(word, Language::ENGLISH).is_complex
    }

    /// Every metric of a text, by a thread that has read another one before.
    fn measured_after(before: &'static str, text: &'static [&'static str]) -> Vec<Option<f64>> {
        let measure = move || {
            let _ = TextCounts::of(&[before], Language::ENGLISH);
            let counts = TextCounts::of(text, Language::ENGLISH);
            metrics::all().map(|metric| metric.of(&counts)).collect()
        };
        std::thread::spawn(measure).join().unwrap()
    }

    #[test]
    fn no_value_depends_on_the_texts_before() {
        const TEXT: &[&str] = &[
            "Ministers raised steel tariffs on Monday, and exporters of wool and steel protested in Seoul.",
            "Wool exporters said the tariffs on steel, wool and copper would raise prices in every port.",
            "A port in Busan, where copper and steel are loaded, was closed by protesting dockers.",
        ];
        let alone = measured_after("", TEXT);
        let backwards =
            "Dockers copper port prices wool steel Busan Seoul exporters protested tariffs Ministers";
        assert_eq!(measured_after(backwards, TEXT), alone);
        assert_eq!(measured_after("STEEL Steel co\u{2010}op CO-OP steel’s steel's", TEXT), alone);
    }

    #[test]
    fn spellings_of_a_word_are_one_type() {
        let text = "STEEL Steel steel co\u{2010}op CO-OP steel’s STEEL'S re\u{ad}write Rewrite";
        let counts = TextCounts::of(&[text], Language::ENGLISH);
        let words: Vec<&str> = (0..4).map(|kind| counts.types.get(kind)).collect();
        assert_eq!((words, counts.types.len()), (vec!["steel", "co-op", "steel's", "rewrite"], 4));
    }

    #[test]
    fn a_hard_word_is_long_by_itself() {
        assert!(complex("negotiate") && complex("ministry") && complex("negotiated"));
        assert!(!complex("created") && !complex("trespasses") && !complex("peace-keeping"));
        assert!(!complex("2025") && !complex("talks"));
    }
}
