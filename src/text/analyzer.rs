//! From a text to the terms that a model counts.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::bucket::Buckets;
use super::char_gram::{self, char_grams, runs};
use super::fold::Folding;
use super::language::Language;
use super::stemmer::Stemmer;
use super::stop_words;
use super::token::{Span, TokenKind};
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

/// What an n-gram is made of; scikit-learn's `analyzer`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NgramUnit {
    /// Words: stems, with single spaces between.
    #[default]
    Word,
    /// Characters within a run between white space, punctuation included, with a space put at either end; for
    /// languages without a stemmer. Exactly scikit-learn's `char_wb`.
    CharWb,
}

/// Everything that shapes a term, as plain data that is saved in the model.
///
/// | name | default | meaning | range |
/// |---|---|---|---|
/// | `tokenizer` | UAX #29 | where words begin and end; hyphens separate, so that `cease-fire` shares its parts with other words | |
/// | `lowercase` | true | words are lower-cased by `folding`'s rules | |
/// | `folding` | all on | which other spellings of a word are one term | |
/// | `numbers` | true | numbers are terms, as in scikit-learn | |
/// | `stop_words` | none | words left out before n-grams are formed | |
/// | `stemmer` | `english` | Snowball algorithm, or none | [`Stemmer::names`] |
/// | `ngram_unit` | word | what an n-gram is made of; n-grams of characters have neither stop words nor stemmer | |
/// | `ngram_range` | (1, 1) | shortest and longest run of words or characters that is a term | 1 to 5 words, 1 to 10 characters |
/// | `hash_bits` | none | terms are hashed into `2^hash_bits` buckets, each a term `#` and its number in hexadecimal; for corpora whose vocabulary does not fit into memory. scikit-learn's `HashingVectorizer` with `alternate_sign=False` | 8 to 26 |
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnalyzerParams {
    /// Where words begin and end.
    pub tokenizer: Tokenizer,
    /// Whether words are lower-cased.
    pub lowercase: bool,
    /// Which other spellings of a word are one term.
    #[serde(default = "Folding::simple")]
    pub folding: Folding,
    /// Whether numbers are terms.
    pub numbers: bool,
    /// Words left out before n-grams are formed.
    pub stop_words: StopWords,
    /// Snowball's name of the stemmer; `None` leaves words as they are.
    pub stemmer: Option<String>,
    /// What an n-gram is made of.
    #[serde(default)]
    pub ngram_unit: NgramUnit,
    /// Shortest and longest run of words or characters that is a term.
    pub ngram_range: (usize, usize),
    /// Terms are hashed into `2^hash_bits` buckets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash_bits: Option<u8>,
}

impl Default for AnalyzerParams {
    fn default() -> Self {
        Self {
            tokenizer: Tokenizer::uax29(),
            lowercase: true,
            folding: Folding::default(),
            numbers: true,
            stop_words: StopWords::None,
            stemmer: Some("english".to_owned()),
            ngram_unit: NgramUnit::Word,
            ngram_range: (1, 1),
            hash_bits: None,
        }
    }
}

impl AnalyzerParams {
    /// The defaults with the stemmer and the case rules of `language`.
    pub fn of_language(language: &Language) -> Self {
        Self {
            stemmer: Some(language.stemmer.to_owned()),
            folding: Folding { case: language.case, ..Folding::default() },
            ..Self::default()
        }
    }

    /// Fewest and most words of a term; an n-gram of characters is one, and so is a bucket.
    pub(crate) fn term_lengths(&self) -> (usize, usize) {
        if self.has_terms_of_words() { self.ngram_range } else { (1, 1) }
    }

    /// True if a term tells of how many words it is, so that terms of a wider `ngram_range` give those of a narrower one.
    pub(crate) fn has_terms_of_words(&self) -> bool {
        self.ngram_unit == NgramUnit::Word && self.hash_bits.is_none()
    }

    /// Loads what the parameters name.
    ///
    /// # Errors
    ///
    /// If a name is unknown, the n-gram range or the number of bits is out of its range, or n-grams of characters are asked for with a stemmer
    /// or stop words.
    pub fn build(self) -> Result<Analyzer> {
        self.check_ngrams()?;
        let buckets = self.hash_bits.map(Buckets::of_bits).transpose()?;
        let stemmer = self.stemmer.as_deref().map(Stemmer::named).transpose()?;
        let mut analyzer = Analyzer { params: self, stemmer, buckets, stop_words: BTreeSet::new() };
        analyzer.stop_words = match &analyzer.params.stop_words {
            StopWords::None => BTreeSet::new(),
            StopWords::Named(name) => analyzer.stop_terms(stop_words::named(name)?.words()),
            StopWords::List(words) => analyzer.stop_terms(words.iter().map(String::as_str)),
        };
        Ok(analyzer)
    }

    fn check_ngrams(&self) -> Result<()> {
        let (min, max) = self.ngram_range;
        let longest = match self.ngram_unit {
            NgramUnit::Word => 5,
            NgramUnit::CharWb => char_gram::MAX_LENGTH,
        };
        if min < 1 || min > max || max > longest {
            let rule = format!("must be MIN-MAX within 1-{longest}");
            return Err(Error::parameter("ngram_range", rule, format!("{min}-{max}")));
        }
        if self.ngram_unit == NgramUnit::CharWb {
            let rule = "must be none where n-grams are of characters";
            if let Some(stemmer) = &self.stemmer {
                return Err(Error::parameter("stemmer", rule, stemmer));
            }
            if self.stop_words != StopWords::None {
                return Err(Error::parameter("stop_words", rule, "a list"));
            }
        }
        Ok(())
    }
}

/// A term found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The term: one stem, the stems of an n-gram with single spaces between, an n-gram of characters, or the name of the
    /// bucket that one of these is hashed into.
    pub text: String,
    /// From its first word's first byte to its last word's last; the whole run for an n-gram of characters.
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
    buckets: Option<Buckets>,
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

    /// What terms are hashed into, if they are.
    pub(crate) fn buckets(&self) -> Option<Buckets> {
        self.buckets
    }

    /// The one-word term of a token, before it is hashed; `None` for stop words and for what is not a word.
    pub fn piece<'w>(&self, token: &'w str, kind: TokenKind) -> Option<Cow<'w, str>> {
        if kind != TokenKind::Word && !(kind == TokenKind::Number && self.params.numbers) {
            return None;
        }
        let word = self.params.folding.fold(token, self.params.lowercase);
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

    /// Hands the n-grams of characters of a run between white space to `each`.
    pub(crate) fn char_grams(&self, run: &str, mut each: impl FnMut(&str)) {
        let run = self.params.folding.fold(run, self.params.lowercase);
        match self.buckets {
            None => char_grams(&run, self.params.ngram_range, each),
            Some(buckets) => {
                char_grams(&run, self.params.ngram_range, |gram| each(&buckets.name(buckets.of(gram))));
            }
        }
    }

    /// The terms of `text`: first each word's, then, length by length, the n-grams of consecutive words; run by run for
    /// n-grams of characters.
    pub fn terms(&self, text: &str) -> Vec<Term> {
        if self.params.ngram_unit == NgramUnit::CharWb {
            let mut terms = Vec::new();
            for span in runs(text) {
                self.char_grams(span.of(text), |gram| terms.push(Term { text: gram.to_owned(), span }));
            }
            return terms;
        }
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
        let mut terms: Vec<Term> = (min..=max).flat_map(|n| pieces.windows(n).map(join)).collect();
        if let Some(buckets) = self.buckets {
            for term in &mut terms {
                term.text = buckets.name(buckets.of(&term.text));
            }
        }
        terms
    }

    /// Stop words as the tokenizer cuts them, so that no half of one is left over.
    fn stop_terms<'w>(&self, words: impl Iterator<Item = &'w str>) -> BTreeSet<String> {
        words
            .flat_map(|word| self.params.tokenizer.words(word))
            .map(|token| self.params.folding.fold(token.text, self.params.lowercase).into_owned())
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
    fn spellings_of_a_word_are_one_term() {
        let params = AnalyzerParams { stemmer: None, ..Default::default() };
        assert_eq!(
            terms(params, "Ca\u{ad}fe\u{301} CAFÉ cafe\u{301} oﬃce OFFICE"),
            ["café", "café", "café", "office", "office"]
        );
    }

    #[test]
    fn stop_words_of_every_list_leave_no_halves_in_any_spelling() {
        for list in stop_words::STOP_LISTS {
            let params = AnalyzerParams {
                stop_words: StopWords::Named(list.name.to_owned()),
                stemmer: None,
                ..Default::default()
            };
            let words: String =
                list.words().map(|word| word.replace('\'', "’").to_uppercase() + " ").collect();
            assert_eq!(terms(params, &words), [""; 0], "{}", list.name);
        }
    }

    #[test]
    fn parameters_without_the_later_fields_mean_what_they_meant() {
        let saved = r#"{"tokenizer":{"join_hyphens":false},"lowercase":true,"numbers":true,
            "stop_words":"none","stemmer":"english","ngram_range":[1,2]}"#;
        let params: AnalyzerParams = serde_json::from_str(saved).unwrap();
        assert_eq!(params.folding, Folding::simple());
        assert_eq!(params.ngram_unit, NgramUnit::Word);
    }

    #[test]
    fn character_ngrams_refuse_a_stemmer() {
        let params =
            AnalyzerParams { ngram_unit: NgramUnit::CharWb, ngram_range: (3, 5), ..Default::default() };
        assert_eq!(
            params.clone().build().unwrap_err().to_string(),
            "stemmer must be none where n-grams are of characters, got english"
        );
        let params = AnalyzerParams { stemmer: None, ..params };
        assert_eq!(terms(params, "Ab é")[..3], [" ab", "ab ", " ab "]);
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
