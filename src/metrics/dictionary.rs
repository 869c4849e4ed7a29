//! The user's own word lists: categories of terms, counted like everything else.
//!
//! A dictionary is a CSV file with the columns `category` and `term`, and `weight` if it likes. A term is a word or
//! several, in any case; `*` stands for any letters: `negotiat*`, `*-strike`, `trade war*`. A term that begins
//! with `~` means all words with its stem: `~invade`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use serde::Deserialize;

use super::TextCounts;
use crate::error::{Error, ErrorKind, Result};
use crate::text::{Stemmer, Tokenizer};

/// Categories of terms.
///
/// # Examples
///
/// ```
/// use newsbeat::metrics::{Dictionary, TextCounts};
/// use newsbeat::text::Language;
///
/// let file = "category,term\nwar,troop*\nwar,air strike*\ntrade,tariff*\n";
/// let dictionary = Dictionary::read(file.as_bytes(), "words.csv")?;
/// let counts = TextCounts::of(&["Troops moved. Air strikes hit a town."], Language::ENGLISH);
/// let scores = dictionary.scores(&counts);
/// assert_eq!((scores[1].category.as_str(), scores[1].n), ("war", 2));
/// assert_eq!((scores[0].category.as_str(), scores[0].share), ("trade", Some(0.0)));
/// # Ok::<(), newsbeat::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    /// In the order of their names.
    categories: Vec<String>,
    terms: Vec<Term>,
}

/// What a category scores in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The category; its column is `dict_` and this name.
    pub category: String,
    /// How often its terms occur.
    pub n: usize,
    /// Sum of the weights of its occurring terms; `n` where the file has no weights.
    pub weight: f64,
    /// `weight / words`; `None` for an empty text.
    pub share: Option<f64>,
}

#[derive(Debug, Clone)]
struct Term {
    category: usize,
    weight: f64,
    words: Vec<Pattern>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Pattern {
    Word(String),
    /// The parts between stars.
    Glob(Vec<String>),
    /// The stem's word; stemmed by the language of each text.
    Stem(String),
}

#[derive(Deserialize)]
struct Row {
    category: String,
    term: String,
    weight: Option<f64>,
}

/// The largest weight: sums of such keep their whole part, and none is infinite.
const MAX_WEIGHT: f64 = 1e12;

impl Row {
    /// Why the row cannot be used; `None` if it can.
    fn problem(&self) -> Option<String> {
        let Self { category, term, weight } = self;
        if category.is_empty() || term.is_empty() {
            return Some(format!("a row needs a category and a term, got \"{category},{term}\""));
        }
        if [category, term].into_iter().any(|field| field.contains(['\n', '\r'])) {
            return Some(
                "a category and a term must be on one line, got a line break within quotes".to_owned(),
            );
        }
        if term.split_whitespace().any(|word| word == "~") {
            return Some(format!("a word must stand behind ~, got \"{term}\""));
        }
        let weight = weight.filter(|weight| weight.is_nan() || weight.abs() > MAX_WEIGHT)?;
        Some(format!("weight must be between -{MAX_WEIGHT:e} and {MAX_WEIGHT:e}, got {weight:e}"))
    }
}

impl Dictionary {
    /// Reads a CSV file; `place` names it in errors.
    ///
    /// # Errors
    ///
    /// If a column is missing, a term is empty or on several lines, or a weight is no number or beyond ±1e12.
    pub fn read(reader: impl Read, place: &str) -> Result<Self> {
        let mut csv = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(reader);
        let broken = |error: csv::Error| {
            let line = error.position().map_or(String::new(), |p| format!(":{}", p.line()));
            Error::record(format!("{place}{line}"), format!("must be category,term[,weight]: {error}"))
        };
        let headers = csv.headers().map_err(broken)?.clone();
        for column in ["category", "term"] {
            if !headers.iter().any(|h| h == column) {
                let columns = headers.iter().map(str::to_owned).collect();
                return Err(ErrorKind::MissingColumn {
                    column: column.to_owned(),
                    place: place.to_owned(),
                    columns,
                }
                .into());
            }
        }
        let mut rows = Vec::new();
        for record in csv.records() {
            let record = record.map_err(broken)?;
            let row: Row = record.deserialize(Some(&headers)).map_err(broken)?;
            if let Some(problem) = row.problem() {
                let line = record.position().map_or(0, csv::Position::line);
                return Err(Error::record(format!("{place}:{line}"), problem));
            }
            let words: Vec<Pattern> = row.term.split_whitespace().map(Pattern::of).collect();
            rows.push((row.category, words, row.weight.unwrap_or(1.0)));
        }
        let names: BTreeSet<&String> = rows.iter().map(|(category, ..)| category).collect();
        let categories: Vec<String> = names.into_iter().cloned().collect();
        let number: BTreeMap<&str, usize> =
            categories.iter().enumerate().map(|(i, c)| (c.as_str(), i)).collect();
        let terms = rows.iter().map(|(category, words, weight)| Term {
            category: number[category.as_str()],
            weight: *weight,
            words: words.clone(),
        });
        let terms = terms.collect();
        Ok(Self { categories, terms })
    }

    /// The categories, in the order of [`scores`](Self::scores).
    pub fn categories(&self) -> impl Iterator<Item = &str> {
        self.categories.iter().map(String::as_str)
    }

    /// What each category scores; a term inside another one counts for itself.
    pub fn scores(&self, counts: &TextCounts) -> Vec<Score> {
        let matcher = Matcher::of(self, counts);
        let mut found = vec![(0_usize, 0.0); self.categories.len()];
        for sentence in &counts.scan.sentences {
            let words = &counts.scan.words[sentence.words.clone()];
            for (i, word) in words.iter().enumerate() {
                for &term in &matcher.starting_with[word.kind as usize] {
                    let term = &self.terms[term];
                    let rest = words.get(i + 1..i + term.words.len());
                    let fits = rest.is_some_and(|rest| {
                        rest.iter().zip(&term.words[1..]).all(|(w, pattern)| matcher.fits(pattern, w.kind))
                    });
                    if fits {
                        found[term.category].0 += 1;
                        found[term.category].1 += term.weight;
                    }
                }
            }
        }
        let words = counts.n_words as f64;
        let scores = self.categories.iter().zip(found).map(|(category, (n, weight))| Score {
            category: category.clone(),
            n,
            weight,
            share: (words > 0.0).then(|| weight / words),
        });
        scores.collect()
    }
}

impl Pattern {
    fn of(word: &str) -> Self {
        let word = word.to_lowercase().replace(['\u{2018}', '\u{2019}'], "'");
        if let Some(word) = word.strip_prefix('~') {
            return Self::Stem(word.to_owned());
        }
        if word.contains('*') {
            return Self::Glob(word.split('*').map(str::to_owned).collect());
        }
        // "U.N." is the token "u.n".
        let token = Tokenizer::news().words(&word).next().map(|token| token.text.to_owned());
        Self::Word(token.unwrap_or(word))
    }
}

/// Which words of a text fit which terms.
struct Matcher<'c> {
    counts: &'c TextCounts,
    stemmer: Option<Stemmer>,
    /// For each type, the terms whose first word it fits.
    starting_with: Vec<Vec<usize>>,
}

impl<'c> Matcher<'c> {
    fn of(dictionary: &Dictionary, counts: &'c TextCounts) -> Self {
        let has_stems =
            dictionary.terms.iter().flat_map(|t| &t.words).any(|pattern| matches!(pattern, Pattern::Stem(_)));
        let stemmer = has_stems.then(|| Stemmer::named(counts.language.stemmer).ok()).flatten();
        let mut matcher = Self { counts, stemmer, starting_with: Vec::new() };
        let mut by_word: HashMap<&str, Vec<usize>, FixedState> = HashMap::default();
        let mut others = Vec::new();
        for (i, term) in dictionary.terms.iter().enumerate() {
            match &term.words[0] {
                Pattern::Word(word) => by_word.entry(word.as_str()).or_default().push(i),
                _ => others.push(i),
            }
        }
        let types = u32::try_from(counts.types.len()).unwrap_or(u32::MAX);
        matcher.starting_with = (0..types)
            .map(|kind| {
                let mut terms = by_word.get(counts.types.get(kind)).cloned().unwrap_or_default();
                terms.extend(others.iter().filter(|&&i| matcher.fits(&dictionary.terms[i].words[0], kind)));
                terms
            })
            .collect();
        matcher
    }

    fn fits(&self, pattern: &Pattern, kind: u32) -> bool {
        let word = self.counts.types.get(kind);
        match pattern {
            Pattern::Word(other) => word == other,
            Pattern::Glob(parts) => glob(parts, word),
            Pattern::Stem(other) => self.stemmer.as_ref().is_some_and(|s| s.stem(word) == s.stem(other)),
        }
    }
}

/// Whether a word is made of the parts, with any letters between two of them.
fn glob(parts: &[String], word: &str) -> bool {
    let [first, middle @ .., last] = parts else { return false };
    let Some(rest) = word.strip_prefix(first.as_str()) else { return false };
    let Some(mut rest) = rest.strip_suffix(last.as_str()) else { return false };
    for part in middle {
        match rest.find(part.as_str()) {
            Some(place) => rest = &rest[place + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn scores(file: &str, text: &str) -> Vec<(usize, f64)> {
        let counts = TextCounts::of(&[text], Language::ENGLISH);
        let scores = Dictionary::read(file.as_bytes(), "words.csv").unwrap().scores(&counts);
        scores.into_iter().map(|s| (s.n, s.weight)).collect()
    }

    #[test]
    fn stars_stems_phrases_and_weights_are_understood() {
        let file =
            "category,term,weight\na,negotiat*,2\na,*fire,\nb,~invade,\nb,United Nations,0.5\nb,U.N.,\n";
        let text =
            "Negotiators of the U.N. said the ceasefire held. Invading the United Nations? Nations united!";
        assert_eq!(scores(file, text), [(2, 3.0), (3, 2.5)]);
    }

    #[test]
    fn a_broken_file_is_named_with_its_line() {
        let error = |file: &str| Dictionary::read(file.as_bytes(), "words.csv").unwrap_err().to_string();
        assert_eq!(
            error("category,word\na,b\n"),
            "no column \"term\" in words.csv; its columns are: category, word"
        );
        assert!(
            error("category,term,weight\na,b,c\n").starts_with("words.csv:2: must be category,term[,weight]")
        );
        assert_eq!(
            error("category,term\na,\n"),
            "words.csv:2: a row needs a category and a term, got \"a,\""
        );
    }

    #[test]
    fn an_empty_text_has_no_share() {
        let counts = TextCounts::of(&[""], Language::ENGLISH);
        let dictionary = Dictionary::read("category,term\na,b\n".as_bytes(), "words.csv").unwrap();
        assert_eq!(dictionary.scores(&counts)[0].share, None);
    }
}
