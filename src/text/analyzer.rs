//! From a text to the terms that a model counts.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::stemmer::Stemmer;
use super::stop_words;
use super::token::{Span, TokenKind, is_format};
use super::tokenizer::Tokenizer;
use crate::error::{Error, Result};

/// Which words are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopWords {
    /// No word.
    #[default]
    None,
    /// A list of [`stop_words::STOP_LISTS`], by name.
    Named(String),
    /// The user's own list.
    List(BTreeSet<String>),
}

/// Everything that shapes a term, as plain data that is saved in the model.
///
/// | name | default | meaning | range |
/// |---|---|---|---|
/// | `tokenizer` | UAX #29 | where words begin and end; hyphens separate, so that `cease-fire` shares its parts with other words | |
/// | `lowercase` | true | words are lower-cased by Unicode's rules | |
/// | `numbers` | true | numbers are terms, as in scikit-learn | |
/// | `stop_words` | none | words left out before n-grams are formed | |
/// | `stemmer` | `english` | Snowball algorithm, or none | [`Stemmer::names`] |
/// | `ngram_range` | (1, 1) | shortest and longest run of words that is a term | 1 to 5 |
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnalyzerParams {
    /// Where words begin and end.
    pub tokenizer: Tokenizer,
    /// Whether words are lower-cased.
    pub lowercase: bool,
    /// Whether numbers are terms.
    pub numbers: bool,
    /// Words left out before n-grams are formed.
    pub stop_words: StopWords,
    /// Snowball's name of the stemmer; `None` leaves words as they are.
    pub stemmer: Option<String>,
    /// Shortest and longest run of words that is a term.
    pub ngram_range: (usize, usize),
}

impl Default for AnalyzerParams {
    fn default() -> Self {
        Self {
            tokenizer: Tokenizer::uax29(),
            lowercase: true,
            numbers: true,
            stop_words: StopWords::None,
            stemmer: Some("english".to_owned()),
            ngram_range: (1, 1),
        }
    }
}

impl AnalyzerParams {
    /// Loads what the parameters name.
    ///
    /// # Errors
    ///
    /// If a name is unknown or the n-gram range is not within 1 to 5.
    pub fn build(self) -> Result<Analyzer> {
        let (min, max) = self.ngram_range;
        if min < 1 || min > max || max > 5 {
            return Err(Error::parameter(
                "ngram_range",
                "must be MIN-MAX within 1-5",
                format!("{min}-{max}"),
            ));
        }
        let stemmer = self.stemmer.as_deref().map(Stemmer::named).transpose()?;
        let mut analyzer = Analyzer { params: self, stemmer, stop_words: BTreeSet::new() };
        analyzer.stop_words = match &analyzer.params.stop_words {
            StopWords::None => BTreeSet::new(),
            StopWords::Named(name) => analyzer.stop_terms(stop_words::named(name)?.words()),
            StopWords::List(words) => analyzer.stop_terms(words.iter().map(String::as_str)),
        };
        Ok(analyzer)
    }
}

/// A term found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The term: one stem, or the stems of an n-gram with single spaces between.
    pub text: String,
    /// From its first word's first byte to its last word's last.
    pub span: Span,
}

/// Turns text into terms.
///
/// # Examples
///
/// ```
/// use newsbeat::text::AnalyzerParams;
///
/// let analyzer = AnalyzerParams { ngram_range: (1, 2), ..Default::default() }.build()?;
/// let terms: Vec<String> = analyzer.terms("Tariffs rising!").into_iter().map(|t| t.text).collect();
/// assert_eq!(terms, ["tariff", "rise", "tariff rise"]);
/// # Ok::<(), newsbeat::Error>(())
/// ```
#[derive(Debug)]
pub struct Analyzer {
    params: AnalyzerParams,
    stemmer: Option<Stemmer>,
    stop_words: BTreeSet<String>,
}

impl Analyzer {
    /// The parameters that it was built from.
    pub fn params(&self) -> &AnalyzerParams {
        &self.params
    }

    /// The stemmer, if it has one.
    pub fn stemmer(&self) -> Option<&Stemmer> {
        self.stemmer.as_ref()
    }

    /// The one-word term of a token; `None` for stop words and for what is not a word.
    pub fn piece<'w>(&self, token: &'w str, kind: TokenKind) -> Option<Cow<'w, str>> {
        if kind != TokenKind::Word && !(kind == TokenKind::Number && self.params.numbers) {
            return None;
        }
        let word = self.fold(token);
        if self.stop_words.contains(word.as_ref()) {
            return None;
        }
        match &self.stemmer {
            Some(stemmer) if kind == TokenKind::Word => {
                let stem = match stemmer.stem(&word) {
                    Cow::Borrowed(stem) if stem.len() == word.len() => None,
                    stem => Some(stem.into_owned()),
                };
                Some(stem.map_or(word, Cow::Owned))
            }
            _ => Some(word),
        }
        .filter(|piece| !piece.is_empty())
    }

    /// The terms of `text`: first each word's, then, length by length, the n-grams of consecutive words.
    pub fn terms(&self, text: &str) -> Vec<Term> {
        let pieces: Vec<Term> = self
            .params
            .tokenizer
            .tokens(text)
            .filter_map(|token| {
                self.piece(token.text, token.kind)
                    .map(|piece| Term { text: piece.into_owned(), span: token.span })
            })
            .collect();
        let (min, max) = self.params.ngram_range;
        (min..=max).flat_map(|n| pieces.windows(n).map(join)).collect()
    }

    /// Lower case, straight apostrophes, no characters that do not print.
    fn fold<'w>(&self, word: &'w str) -> Cow<'w, str> {
        if word.is_ascii() {
            if self.params.lowercase && word.bytes().any(|b| b.is_ascii_uppercase()) {
                return Cow::Owned(word.to_ascii_lowercase());
            }
            return Cow::Borrowed(word);
        }
        let printed = word.chars().filter(|&c| !is_format(c)).map(|c| match c {
            '\u{2018}' | '\u{2019}' | '\u{2bc}' => '\'',
            c => c,
        });
        Cow::Owned(if self.params.lowercase {
            printed.flat_map(char::to_lowercase).collect()
        } else {
            printed.collect()
        })
    }

    /// Stop words as the tokenizer cuts them, so that no half of one is left over.
    fn stop_terms<'w>(&self, words: impl Iterator<Item = &'w str>) -> BTreeSet<String> {
        words
            .flat_map(|word| self.params.tokenizer.words(word))
            .map(|token| self.fold(token.text).into_owned())
            .collect()
    }
}

fn join(window: &[Term]) -> Term {
    let words: Vec<&str> = window.iter().map(|t| t.text.as_str()).collect();
    Term { text: words.join(" "), span: Span::new(window[0].span.start, window[window.len() - 1].span.end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(params: AnalyzerParams, text: &str) -> Vec<String> {
        let analyzer = params.build().unwrap();
        analyzer.terms(text).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn curly_and_straight_apostrophes_make_the_same_term() {
        assert_eq!(terms(AnalyzerParams::default(), "don’t don't DON'T"), ["don't"; 3]);
    }

    #[test]
    fn stop_words_leave_no_halves() {
        let params =
            AnalyzerParams { stop_words: StopWords::Named("snowball".to_owned()), ..Default::default() };
        assert_eq!(
            terms(params, "We’ve said they don't, I'll say it isn't so: envoys."),
            ["said", "say", "envoy"]
        );
    }

    #[test]
    fn an_ngram_spans_its_words_as_printed() {
        let params = AnalyzerParams { ngram_range: (2, 2), ..Default::default() };
        let text = "Peace — talks, again";
        let found = params.build().unwrap().terms(text);
        assert_eq!(found[0].text, "peac talk");
        assert_eq!(found[0].span.of(text), "Peace — talks");
    }

    #[test]
    fn a_bad_range_is_refused() {
        let params = AnalyzerParams { ngram_range: (2, 1), ..Default::default() };
        assert_eq!(
            params.build().unwrap_err().to_string(),
            "ngram_range must be MIN-MAX within 1-5, got 2-1"
        );
    }
}
