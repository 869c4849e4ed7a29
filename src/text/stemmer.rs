//! Stems, by Snowball's algorithms in the library that follows them best for the language.
//!
//! `frostem` serves a language where `rust-stemmers` differs from Snowball's published stems on more than 1 % of its
//! vocabulary. Measured 2026-11-24 against snowball-data, words whose stem differs:
//!
//! | language | words | rust-stemmers 1.2.0 | frostem 2.20261016.1 | served by |
//! |---|---:|---:|---:|---|
//! | Danish | 23,832 | 0 | 0 | rust-stemmers |
//! | Dutch | 45,670 | 20,897 | 0 | frostem |
//! | English | 42,649 | 57 | 0 | rust-stemmers |
//! | Finnish | 49,957 | 3 | 103 | rust-stemmers |
//! | French | 21,655 | 919 | 0 | frostem |
//! | German | 35,033 | 1,247 | 0 | frostem |
//! | Greek | 90,727 | 1 | 0 | rust-stemmers |
//! | Hungarian | 29,881 | 0 | 0 | rust-stemmers |
//! | Italian | 35,495 | 1 | 0 | rust-stemmers |
//! | Norwegian | 20,895 | 136 | 0 | rust-stemmers |
//! | Portuguese | 32,016 | 0 | 0 | rust-stemmers |
//! | Romanian | 87,642 | 13,304 | 0 | frostem |
//! | Russian | 49,785 | 112 | 0 | rust-stemmers |
//! | Spanish | 28,378 | 9 | 0 | rust-stemmers |
//! | Swedish | 30,738 | 553 | 0 | frostem |
//! | Turkish | 96,325 | 9,204 | 0 | frostem |
//!
//! A sample of 200 pairs a language is a test (`tests/parity/stems`).

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// The library whose code stems a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StemmerLibrary {
    /// `rust-stemmers`.
    RustStemmers,
    /// `frostem`, which follows current Snowball.
    Frostem,
}

impl StemmerLibrary {
    /// The version that this program is built with. A model made with another one may stem other words,
    /// so it is not loaded.
    pub fn version(self) -> &'static str {
        match self {
            Self::RustStemmers => "1.2",
            Self::Frostem => "2.20261016.1",
        }
    }
}

/// Names a stemmer exactly: library, its version, algorithm. This is what a model records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StemmerId {
    /// The library.
    pub library: StemmerLibrary,
    /// Its version.
    pub version: String,
    /// Snowball's name of the algorithm, as in `english`.
    pub algorithm: String,
}

impl fmt::Display for StemmerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let library = match self.library {
            StemmerLibrary::RustStemmers => "rust-stemmers",
            StemmerLibrary::Frostem => "frostem",
        };
        write!(f, "{library} {} {}", self.version, self.algorithm)
    }
}

/// Reduces lower-case words to stems.
///
/// # Examples
///
/// ```
/// let stemmer = newsbeat::text::Stemmer::named("english")?;
/// assert_eq!(stemmer.stem("negotiations"), "negoti");
/// # Ok::<(), newsbeat::Error>(())
/// ```
pub struct Stemmer {
    row: &'static Row,
    algorithm: Algorithm,
}

enum Algorithm {
    RustStemmers(rust_stemmers::Stemmer),
    /// The same library, spared the words that end as no suffix does.
    English(rust_stemmers::Stemmer),
    Frostem(frostem::Stemmer),
}

struct Row {
    name: &'static str,
    create: fn() -> Algorithm,
}

fn classic(algorithm: rust_stemmers::Algorithm) -> Algorithm {
    Algorithm::RustStemmers(rust_stemmers::Stemmer::create(algorithm))
}

fn current(algorithm: frostem::Algorithm) -> Algorithm {
    Algorithm::Frostem(frostem::Stemmer::new(algorithm))
}

/// Every stemmer.
static STEMMERS: &[Row] = {
    use frostem::Algorithm as F;
    use rust_stemmers::Algorithm as R;
    &[
        Row { name: "arabic", create: || current(F::Arabic) },
        Row { name: "danish", create: || classic(R::Danish) },
        Row { name: "dutch", create: || current(F::Dutch) },
        Row { name: "english", create: || Algorithm::English(rust_stemmers::Stemmer::create(R::English)) },
        Row { name: "finnish", create: || classic(R::Finnish) },
        Row { name: "french", create: || current(F::French) },
        Row { name: "german", create: || current(F::German) },
        Row { name: "greek", create: || classic(R::Greek) },
        Row { name: "hungarian", create: || classic(R::Hungarian) },
        Row { name: "italian", create: || classic(R::Italian) },
        Row { name: "norwegian", create: || classic(R::Norwegian) },
        Row { name: "portuguese", create: || classic(R::Portuguese) },
        Row { name: "romanian", create: || current(F::Romanian) },
        Row { name: "russian", create: || classic(R::Russian) },
        Row { name: "spanish", create: || classic(R::Spanish) },
        Row { name: "swedish", create: || current(F::Swedish) },
        Row { name: "turkish", create: || current(F::Turkish) },
    ]
};

impl Stemmer {
    /// Snowball's names of all algorithms.
    pub fn names() -> impl Iterator<Item = &'static str> {
        STEMMERS.iter().map(|row| row.name)
    }

    /// The stemmer of a Snowball algorithm, in the library that serves it here.
    ///
    /// # Errors
    ///
    /// If no algorithm has that name.
    pub fn named(name: &str) -> Result<Self> {
        let row = STEMMERS.iter().find(|row| row.name == name).ok_or_else(|| {
            let names: Vec<_> = Self::names().collect();
            Error::parameter("stemmer", format!("must be none or one of {}", names.join(", ")), name)
        })?;
        Ok(Self { row, algorithm: (row.create)() })
    }

    /// Library, version and algorithm.
    pub fn id(&self) -> StemmerId {
        let library = match self.algorithm {
            Algorithm::RustStemmers(_) | Algorithm::English(_) => StemmerLibrary::RustStemmers,
            Algorithm::Frostem(_) => StemmerLibrary::Frostem,
        };
        StemmerId { library, version: library.version().to_owned(), algorithm: self.row.name.to_owned() }
    }

    /// The stem of a lower-case word.
    pub fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        match &self.algorithm {
            Algorithm::English(_) if ends_as_no_english_suffix(word) => Cow::Borrowed(word),
            Algorithm::RustStemmers(stemmer) | Algorithm::English(stemmer) => stemmer.stem(word),
            Algorithm::Frostem(stemmer) => stemmer.stem(word),
        }
    }
}

/// Whether a word of lower-case letters and digits ends as no suffix or exception of Snowball's English stemmer does: it is its own
/// stem. Nearly half of all words are.
fn ends_as_no_english_suffix(word: &str) -> bool {
    let can_end = match word.as_bytes() {
        [.., b'e' | b'i' | b'l' | b's' | b'y'] => true,
        // dying, ed, eed; ing, ism; ic; ion; er, or; ant, ent
        [.., a, b] => matches!(
            [a, b],
            [b'e', b'd' | b'r'] | [b'n', b'g' | b't'] | [b's', b'm'] | [b'i', b'c'] | [b'o', b'n' | b'r']
        ),
        _ => false,
    };
    !can_end && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

impl fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stemmer").field(&self.row.name).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stemmer_answers_to_its_name() {
        for name in Stemmer::names() {
            let stemmer = Stemmer::named(name).unwrap();
            assert_eq!(stemmer.id().algorithm, name);
            assert_eq!(stemmer.stem(""), "");
        }
    }

    /// Every end of three characters, behind beginnings that the rules tell apart.
    #[test]
    fn english_words_that_are_spared_are_their_own_stems() {
        let library = rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::English);
        let characters = || ('a'..='z').chain("0'é_".chars());
        let mut n_spared = 0;
        for beginning in ["", "y", "tr", "gener", "commun", "ouy", "abil", "organis", "hopp", "'a"] {
            for (a, b) in characters().flat_map(|a| characters().map(move |b| (a, b))) {
                for c in characters() {
                    let word = format!("{beginning}{a}{b}{c}");
                    n_spared += usize::from(ends_as_no_english_suffix(&word));
                    assert!(!ends_as_no_english_suffix(&word) || library.stem(&word) == word, "{word}");
                }
            }
        }
        assert!(n_spared > 100_000, "{n_spared}");
    }

    #[test]
    fn an_unknown_stemmer_is_refused_with_the_list() {
        let error = Stemmer::named("klingon").unwrap_err().to_string();
        assert!(error.starts_with("stemmer must be none or one of arabic, danish,"), "{error}");
        assert!(error.ends_with("got klingon"), "{error}");
    }
}
