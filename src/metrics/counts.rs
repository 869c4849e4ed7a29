//! Everything that metrics are made of, counted once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::cohesion::Cohesion;
use super::diversity::MovingFactors;
use super::lexicon::{Types, WordFacts};
use super::lists;
use super::patterns::Patterns;
use super::running::Running;
use super::scan::{Cut, Mark, N_MARKS, Scan, Word, flag};
use crate::article::{Article, ParagraphKind};
use crate::text::interner::Strings;
use crate::text::{Language, Tokenizer};

/// The counts of a text. Every metric is a formula over them.
///
/// A *word* has a letter or a digit; hyphenated words are one, as an editor counts. A *running word* has a
/// letter: measures of vocabulary leave numbers out. A *type* is a distinct running word in lower case.
#[derive(Debug, Clone)]
pub struct TextCounts {
    /// The language whose rules were used.
    pub language: &'static Language,
    /// Paragraphs with a word.
    pub n_paragraphs: usize,
    /// Sentences with a word.
    pub n_sentences: usize,
    /// Words and numbers.
    pub n_words: usize,
    /// Syllables; `None` where the language has no count.
    pub n_syllables: Option<usize>,
    pub(super) scan: Scan,
    /// The distinct words, in lower case.
    pub(super) types: Strings,
    /// Facts of each distinct word, numbers among them.
    pub(super) facts: Vec<WordFacts>,
    /// Occurrences of each distinct word.
    pub(super) occurrences: Vec<u32>,
    pub(super) totals: Totals,
    pub(super) patterns: Patterns,
    cohesion: OnceLock<Cohesion>,
    running: OnceLock<Running>,
    moving_factors: OnceLock<MovingFactors>,
    pub(super) article: Option<ArticleCounts>,
}

/// How many bits of [`WordFacts::lists`] there are.
const N_LISTS: usize = 18;

/// Sums over words and sentences.
#[derive(Debug, Clone, Default)]
pub(super) struct Totals {
    pub(super) characters: usize,
    pub(super) letters: usize,
    pub(super) printed: usize,
    pub(super) monosyllables: usize,
    pub(super) polysyllables: usize,
    pub(super) complex_words: usize,
    pub(super) words_over_six: usize,
    pub(super) token_characters: usize,
    pub(super) tokens_over_five: usize,
    pub(super) tokens_over_six: usize,
    pub(super) unlisted_disyllables: usize,
    pub(super) unlisted_polysyllables: usize,
    pub(super) mini_words: usize,
    pub(super) scrabble: usize,
    /// Words on each list, in the order of the flags' bits.
    pub(super) on_list: [usize; N_LISTS],
    pub(super) unfamiliar: usize,
    pub(super) spache_unfamiliar: usize,
    pub(super) running_words: usize,
    pub(super) types: usize,
    pub(super) hapaxes: usize,
    pub(super) dislegomena: usize,
    pub(super) squares: f64,
    /// How many types occur how often: (occurrences, types), by occurrences.
    pub(super) spectrum: Vec<(u32, u32)>,
    pub(super) quoted_words: usize,
    pub(super) quotations: usize,
    pub(super) marks: [usize; N_MARKS],
    pub(super) symbols: usize,
    pub(super) ellipsis_sentences: usize,
}

/// What only an article has.
#[derive(Debug, Clone, Default)]
pub(super) struct ArticleCounts {
    pub(super) headline_words: Option<usize>,
    pub(super) headings: usize,
    pub(super) furniture_words: usize,
}

impl TextCounts {
    /// Counts the paragraphs of a text.
    ///
    /// # Panics
    ///
    /// If they have 4 GiB or more together: places of words are kept in 32 bits.
    ///
    /// # Examples
    ///
    /// ```
    /// use newsbeat::{metrics::TextCounts, text::Language};
    ///
    /// let counts = TextCounts::of(&["Talks failed. Troops moved.", "Why?"], Language::ENGLISH);
    /// assert_eq!((counts.n_paragraphs, counts.n_sentences, counts.n_words), (2, 3, 5));
    /// assert_eq!(counts.n_syllables, Some(5));
    /// ```
    pub fn of(paragraphs: &[&str], language: &'static Language) -> Self {
        Self::cut_by(Cut::news(), paragraphs, language)
    }

    /// Counts a text as it is cut by other rules.
    pub(super) fn cut_by(cut: Cut, paragraphs: &[&str], language: &'static Language) -> Self {
        let (scan, types) = Scan::of(cut, paragraphs, language);
        Self::of_scan(scan, types, language)
    }

    /// The counts of other sentences made of the same types.
    pub(super) fn with_scan(&self, scan: Scan) -> Self {
        let types = Types { words: self.types.clone(), facts: self.facts.clone() };
        Self { article: self.article.clone(), ..Self::of_scan(scan, types, self.language) }
    }

    /// Counts an article: its prose as [`of`](Self::of) does, and beside it what frames the prose.
    pub fn of_article(article: &Article, language: &'static Language) -> Self {
        let body: Vec<&str> = article.body().map(|p| p.text.as_str()).collect();
        let n_words = |text: &str| Tokenizer::news().n_words(text);
        let mut frame = ArticleCounts {
            headline_words: article.title.as_deref().map(n_words).filter(|&n| n > 0),
            ..ArticleCounts::default()
        };
        for paragraph in &article.paragraphs {
            match paragraph.kind {
                ParagraphKind::Body | ParagraphKind::Headline => {}
                ParagraphKind::Heading => frame.headings += 1,
                _ => frame.furniture_words += n_words(&paragraph.text),
            }
        }
        Self { article: Some(frame), ..Self::of(&body, language) }
    }

    fn of_scan(scan: Scan, types: Types, language: &'static Language) -> Self {
        let Types { words: types, facts } = types;
        let mut occurrences = vec![0_u32; facts.len()];
        let mut as_names = vec![0_u32; facts.len()];
        let mut totals = Totals::default();
        for word in &scan.words {
            occurrences[word.kind as usize] += 1;
            let is = |flag: u8| usize::from(word.flags & flag != 0);
            totals.quoted_words += is(flag::QUOTED);
            as_names[word.kind as usize] += u32::from(word.flags & flag::NAME != 0);
        }
        let mut spectrum = BTreeMap::new();
        let mut n_syllables = 0;
        for (kind, (facts, &n)) in facts.iter().zip(&occurrences).enumerate() {
            if n == 0 {
                continue;
            }
            let times = n as usize;
            // A name is neither hard nor unfamiliar, by all authors who say.
            let no_names = times - as_names[kind] as usize;
            totals.complex_words += no_names * usize::from(facts.is_complex);
            totals.unfamiliar += no_names * usize::from(!facts.is_number && !facts.is(lists::DALE_CHALL));
            totals.spache_unfamiliar +=
                usize::from(no_names > 0 && !facts.is_number && !facts.is(lists::SPACHE));
            let mut lists = facts.lists;
            while lists != 0 {
                totals.on_list[lists.trailing_zeros() as usize] += times;
                lists &= lists - 1;
            }
            totals.scrabble += times * usize::from(facts.scrabble);
            totals.mini_words += times * usize::from(facts.characters <= 3);
            totals.characters += times * usize::from(facts.characters);
            totals.letters += times * usize::from(facts.letters);
            n_syllables += times * usize::from(facts.syllables);
            totals.monosyllables += times * usize::from(facts.syllables == 1);
            totals.polysyllables += times * usize::from(facts.syllables >= 3);
            totals.token_characters += times * usize::from(facts.length);
            totals.tokens_over_five += times * usize::from(facts.length > 5);
            totals.tokens_over_six += times * usize::from(facts.length > 6);
            let unlisted = times * usize::from(!facts.is(lists::DALE_CHALL_ITSELF));
            totals.unlisted_disyllables += unlisted * usize::from(facts.syllables >= 2);
            totals.unlisted_polysyllables += unlisted * usize::from(facts.syllables >= 3);
            totals.words_over_six += times * usize::from(facts.characters > 6);
            if !facts.is_number {
                totals.running_words += times;
                totals.types += 1;
                *spectrum.entry(n).or_insert(0) += 1;
            }
        }
        totals.spectrum = spectrum.into_iter().collect();
        let types_of = |times: u32| totals.spectrum.iter().find(|s| s.0 == times).map_or(0, |s| s.1 as usize);
        (totals.hapaxes, totals.dislegomena) = (types_of(1), types_of(2));
        totals.squares =
            totals.spectrum.iter().map(|&(n, types)| f64::from(types) * f64::from(n).powi(2)).sum();
        for sentence in &scan.sentences {
            totals.quotations += sentence.quotations as usize;
            totals.printed += sentence.printed as usize;
            totals.symbols += sentence.symbols as usize;
            totals.ellipsis_sentences += usize::from(sentence.is_cut_off);
            for (total, &n) in totals.marks.iter_mut().zip(&sentence.marks) {
                *total += n as usize;
            }
        }
        Self {
            language,
            n_paragraphs: scan.paragraphs.len(),
            n_sentences: scan.sentences.len(),
            n_words: scan.words.len(),
            n_syllables: crate::text::syllables("a", language).map(|_| n_syllables),
            totals,
            patterns: Patterns::of(&scan, &facts),
            cohesion: OnceLock::new(),
            running: OnceLock::new(),
            moving_factors: OnceLock::new(),
            occurrences,
            facts,
            types,
            scan,
            article: None,
        }
    }

    /// Words of each paragraph of the text, in order, whether it has one or not.
    pub fn paragraph_lengths(&self) -> &[usize] {
        &self.scan.paragraph_lengths
    }

    /// Words on a list; `None` where the language has no lists.
    pub(super) fn on_list(&self, list: u32) -> Option<usize> {
        (self.language.code == "en").then(|| self.totals.on_list[list.trailing_zeros() as usize])
    }

    /// The running words, looked for when they are first asked for.
    pub(super) fn running(&self) -> &Running {
        self.running.get_or_init(|| Running::of(self))
    }

    /// The factors of the moving averages, computed when they are first asked for.
    pub(super) fn moving_factors(&self) -> &MovingFactors {
        self.moving_factors.get_or_init(|| MovingFactors::of(self))
    }

    /// What sentences and paragraphs have in common, computed when it is first asked for.
    pub(super) fn cohesion(&self) -> &Cohesion {
        self.cohesion.get_or_init(|| Cohesion::of(self))
    }

    /// Marks of one kind.
    pub(super) fn marks(&self, mark: Mark) -> usize {
        self.totals.marks[mark as usize]
    }

    /// The words of each paragraph.
    pub(super) fn paragraph_words(&self) -> impl Iterator<Item = &[Word]> + '_ {
        let sentences = &self.scan.sentences;
        self.scan.paragraphs.iter().filter_map(|paragraph| {
            let (first, last) = (sentences.get(paragraph.start)?, sentences.get(paragraph.end - 1)?);
            self.scan.words.get(first.words.start..last.words.end)
        })
    }

    /// Words in each sentence.
    pub(super) fn sentence_lengths(&self) -> impl Iterator<Item = f64> + Clone + '_ {
        self.scan.sentences.iter().map(|s| s.words.len() as f64)
    }
}
