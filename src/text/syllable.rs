//! How many syllables a word has.
//!
//! English words take the count of their first pronunciation in CMUdict. Only what the rules get wrong is
//! kept as a list of exceptions, so a look-up gives CMUdict's count for every word of CMUdict at a tenth of
//! its size; `syllable/README.md` says how both are made and how often the rules are right on words that
//! they have not seen.

mod english;
mod number;
mod vowels;

use super::language::Language;

/// Syllables of a lower-case word with straight apostrophes; `None` for languages without a count.
///
/// English hyphenated words are the sum of their parts, numbers are counted as they are read aloud (`2025`: twenty
/// twenty-five), words without a vowel letter are spelled out (`nhs`). Other languages count groups of vowel letters, cut by each
/// language's rules. Never 0.
///
/// # Examples
///
/// ```
/// use newsbeat::text::{Language, syllables};
///
/// let counts = ["negotiations", "cease-fire", "jae-myung", "2025", "nhs", "relived"]
///     .map(|word| syllables(word, Language::ENGLISH).unwrap_or(0));
/// assert_eq!(counts, [5, 3, 2, 5, 3, 2]);
/// ```
pub fn syllables(word: &str, language: &Language) -> Option<usize> {
    if language.code == "en" { Some(english::count(word)) } else { vowels::count(word, language.code) }
}
