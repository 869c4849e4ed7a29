//! What is known of each language: one row a language.

use crate::error::{Error, Result};

/// A language and the resources that serve it.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// ISO 639-1 code.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
    /// Snowball's name of the stemmer.
    pub stemmer: &'static str,
    /// Name of the stop list, if there is one.
    pub stop_words: Option<&'static str>,
    /// The language whose sentence rules are used; its own code where it has rules of its own.
    pub sentence_rules: &'static str,
    /// True if syllables can be counted, so that syllable metrics are defined.
    pub has_syllables: bool,
}

const fn row(
    code: &'static str,
    name: &'static str,
    stemmer: &'static str,
    sentence_rules: &'static str,
) -> Language {
    Language { code, name, stemmer, stop_words: None, sentence_rules, has_syllables: false }
}

/// Every language, English first, the others by code.
pub static LANGUAGES: &[Language] = &[
    Language { stop_words: Some("snowball"), has_syllables: true, ..row("en", "English", "english", "en") },
    row("da", "Danish", "danish", "da"),
    row("de", "German", "german", "de"),
    row("el", "Greek", "greek", "el"),
    row("es", "Spanish", "spanish", "es"),
    row("fi", "Finnish", "finnish", "fi"),
    row("fr", "French", "french", "fr"),
    row("hu", "Hungarian", "hungarian", "en"),
    row("it", "Italian", "italian", "it"),
    row("nl", "Dutch", "dutch", "nl"),
    row("no", "Norwegian", "norwegian", "da"),
    row("pt", "Portuguese", "portuguese", "pt"),
    row("ro", "Romanian", "romanian", "it"),
    row("ru", "Russian", "russian", "ru"),
    row("sv", "Swedish", "swedish", "da"),
    row("tr", "Turkish", "turkish", "en"),
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Stemmer, stop_words};

    #[test]
    fn each_row_names_resources_that_exist() {
        for language in LANGUAGES {
            assert!(Stemmer::named(language.stemmer).is_ok(), "{}", language.code);
            if let Some(list) = language.stop_words {
                assert!(stop_words::named(list).is_ok(), "{}", language.code);
            }
            assert_eq!(Language::of_code(language.code).unwrap(), language);
        }
    }
}
