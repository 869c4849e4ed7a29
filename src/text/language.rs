//! What is known of each language: one row a language.
//!
//! What a language lacks is said, not faked:
//!
//! - Arabic, Greek, Romanian and Turkish have no stop list, for Snowball has none.
//! - Hungarian, Norwegian, Romanian, Swedish and Turkish have no sentence rules of their own and take those of
//!   [`sentence_rules`](Language::sentence_rules): end marks are found all the same, abbreviations are the other language's.
//! - Arabic writes no short vowels, so its syllables are not counted, and metrics that need them are undefined.
//! - French and Italian elisions (`l'accord`, `dell'accordo`) are one word, as in UAX #29.

mod detect;

pub use detect::{Detection, detect};

use super::fold::CaseRules;
use crate::error::{Error, Result};

/// A language and the resources that serve it.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// ISO 639-1 code.
    pub code: &'static str,
    /// ISO 639-3 code; of the written standard, where the language has several.
    pub iso_639_3: &'static str,
    /// English name.
    pub name: &'static str,
    /// Snowball's name of the stemmer.
    pub stemmer: &'static str,
    /// Name of the stop list, if there is one.
    pub stop_words: Option<&'static str>,
    /// The language whose sentence rules are used; its own code where it has rules of its own.
    pub sentence_rules: &'static str,
    /// Which letters of two cases are one.
    pub case: CaseRules,
    /// True if syllables can be counted, so that syllable metrics are defined.
    pub has_syllables: bool,
}

const fn row(
    (code, iso_639_3): (&'static str, &'static str),
    name: &'static str,
    stemmer: &'static str,
    stop_words: Option<&'static str>,
    sentence_rules: &'static str,
) -> Language {
    Language {
        code,
        iso_639_3,
        name,
        stemmer,
        stop_words,
        sentence_rules,
        case: CaseRules::Full,
        has_syllables: true,
    }
}

/// Every language, English first, the others by code.
pub static LANGUAGES: &[Language] = &[
    row(("en", "eng"), "English", "english", Some("snowball"), "en"),
    Language { has_syllables: false, ..row(("ar", "ara"), "Arabic", "arabic", None, "ar") },
    row(("da", "dan"), "Danish", "danish", Some("snowball-da"), "da"),
    row(("de", "deu"), "German", "german", Some("snowball-de"), "de"),
    row(("el", "ell"), "Greek", "greek", None, "el"),
    row(("es", "spa"), "Spanish", "spanish", Some("snowball-es"), "es"),
    row(("fi", "fin"), "Finnish", "finnish", Some("snowball-fi"), "fi"),
    row(("fr", "fra"), "French", "french", Some("snowball-fr"), "fr"),
    row(("hu", "hun"), "Hungarian", "hungarian", Some("snowball-hu"), "en"),
    row(("it", "ita"), "Italian", "italian", Some("snowball-it"), "it"),
    row(("nl", "nld"), "Dutch", "dutch", Some("snowball-nl"), "nl"),
    row(("no", "nob"), "Norwegian", "norwegian", Some("snowball-no"), "da"),
    row(("pt", "por"), "Portuguese", "portuguese", Some("snowball-pt"), "pt"),
    row(("ro", "ron"), "Romanian", "romanian", None, "it"),
    row(("ru", "rus"), "Russian", "russian", Some("snowball-ru"), "ru"),
    row(("sv", "swe"), "Swedish", "swedish", Some("snowball-sv"), "da"),
    Language { case: CaseRules::Turkish, ..row(("tr", "tur"), "Turkish", "turkish", None, "en") },
];

impl Language {
    /// English, the default.
    pub const ENGLISH: &'static Self = &LANGUAGES[0];

    /// The language of an ISO 639-1 code.
    ///
    /// # Errors
    ///
    /// If the code is not in [`LANGUAGES`].
    pub fn of_code(code: &str) -> Result<&'static Self> {
        LANGUAGES.iter().find(|l| l.code == code).ok_or_else(|| {
            let codes: Vec<_> = LANGUAGES.iter().map(|l| l.code).collect();
            Error::parameter("language", format!("must be one of {}", codes.join(", ")), code)
        })
    }

    /// True if its sentences are found by rules made for it.
    pub fn has_own_sentence_rules(&self) -> bool {
        self.sentence_rules == self.code
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{AnalyzerParams, Stemmer, stop_words, syllables};

    #[test]
    fn each_row_names_resources_that_exist() {
        for language in LANGUAGES {
            assert!(Stemmer::named(language.stemmer).is_ok(), "{}", language.code);
            if let Some(list) = language.stop_words {
                assert!(stop_words::named(list).is_ok(), "{}", language.code);
            }
            assert!(Language::of_code(language.sentence_rules).is_ok(), "{}", language.code);
            assert!(AnalyzerParams::of_language(language).build().is_ok(), "{}", language.code);
            assert_eq!(syllables("a", language).is_some(), language.has_syllables, "{}", language.code);
            assert_eq!(Language::of_code(language.code).unwrap(), language);
        }
    }

    #[test]
    fn each_stop_list_but_smart_serves_a_language() {
        for list in stop_words::STOP_LISTS.iter().filter(|list| list.name != "smart") {
            assert!(LANGUAGES.iter().any(|l| l.stop_words == Some(list.name)), "{}", list.name);
        }
    }
}
