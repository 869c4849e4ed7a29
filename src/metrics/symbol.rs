//! The names that formulas are made of.

use super::counts::TextCounts;
use super::lexicon::WordFacts;
use super::scan::Mark;
use super::{lists, readability};

/// A name in a formula.
#[derive(Debug, Clone, Copy)]
pub struct Symbol {
    /// As formulas write it.
    pub name: &'static str,
    /// What it counts.
    pub meaning: &'static str,
    /// Its value for a text; `None` where it is not known.
    pub value: fn(&TextCounts) -> Option<f64>,
}

#[expect(clippy::unnecessary_wraps, reason = "other symbols may be unknown, and all have one type")]
fn n(count: usize) -> Option<f64> {
    Some(count as f64)
}

/// Words of which something holds.
fn of_words(counts: &TextCounts, holds: fn(&WordFacts) -> bool) -> usize {
    let words = counts.facts.iter().zip(&counts.occurrences);
    words.filter(|(facts, _)| holds(facts)).map(|(_, &n)| n as usize).sum()
}

/// A count that needs syllables.
fn spoken(counts: &TextCounts, count: usize) -> Option<f64> {
    counts.n_syllables.and_then(|_| n(count))
}

/// A count that needs English word lists.
fn listed(counts: &TextCounts, list: u32) -> Option<f64> {
    counts.on_list(list).and_then(n)
}

macro_rules! symbols {
    ($($name:ident: $meaning:literal, $value:expr;)*) => {
        $(
            #[doc = $meaning]
            pub(super) fn $name(counts: &TextCounts) -> Option<f64> {
                let value: fn(&TextCounts) -> Option<f64> = $value;
                value(counts)
            }
        )*

        /// Every symbol.
        pub static SYMBOLS: &[Symbol] = &[
            $(Symbol { name: stringify!($name), meaning: $meaning, value: $name },)*
        ];
    };
}

symbols! {
    paragraphs: "paragraphs with a word", |c| n(c.n_paragraphs);
    sentences: "sentences with a word", |c| n(c.n_sentences);
    words: "words: what has a letter or a digit; hyphenated words are one", |c| n(c.n_words);
    characters: "letters and digits of the words", |c| n(c.totals.characters);
    letters: "letters of the words", |c| n(c.totals.letters);
    digits: "digits of the words", |c| n(c.totals.characters - c.totals.letters);
    printed: "characters that print: words, marks and symbols", |c| n(c.totals.printed);
    syllables: "syllables of the words", |c| c.n_syllables.and_then(n);
    monosyllables: "words of one syllable", |c| spoken(c, c.totals.monosyllables);
    polysyllables: "words of three syllables or more", |c| spoken(c, c.totals.polysyllables);
    complex_words: "words of three syllables or more that are no names, no compounds and not made long by -es or -ed",
        |c| spoken(c, c.totals.complex_words);
    words_over_five: "words of more than five letters and digits", |c| n(of_words(c, |facts| facts.characters > 5));
    words_over_six: "words of more than six letters and digits", |c| n(c.totals.words_over_six);
    token_characters: "characters of the words, apostrophes, hyphens and points among them", |c| n(c.totals.token_characters);
    tokens_over_five: "words of more than five characters of any kind", |c| n(c.totals.tokens_over_five);
    tokens_over_six: "words of more than six characters of any kind", |c| n(c.totals.tokens_over_six);
    unlisted_words: "words, numbers among them, that are not on Dale and Chall's list in this very form",
        |c| c.on_list(lists::DALE_CHALL_ITSELF).and_then(|listed| n(c.n_words - listed));
    unlisted_disyllables: "unlisted words of two syllables or more",
        |c| listed(c, lists::DALE_CHALL_ITSELF).and_then(|_| n(c.totals.unlisted_disyllables));
    unlisted_polysyllables: "unlisted words of three syllables or more",
        |c| listed(c, lists::DALE_CHALL_ITSELF).and_then(|_| n(c.totals.unlisted_polysyllables));
    spache_unlisted_words: "words, numbers among them, that are not on Spache's list in this very form",
        |c| c.on_list(lists::SPACHE_ITSELF).and_then(|listed| n(c.n_words - listed));
    hdd: "the metric of this name", |c| super::named("hdd").ok().and_then(|m| (m.measure)(c));
    mini_words: "words of at most three letters and digits", |c| n(c.totals.mini_words);
    scrabble_points: "values of the letters in English Scrabble", |c| n(c.totals.scrabble);
    punctuation: "marks of punctuation", |c| n(c.totals.marks.iter().sum());
    unfamiliar_words: "words that are no form of a word on Dale and Chall's list, names and numbers left out",
        |c| listed(c, lists::DALE_CHALL).and_then(|_| n(c.totals.unfamiliar));
    spache_unfamiliar_words: "distinct words that are no form of a word on Spache's list, names and numbers left out",
        |c| listed(c, lists::SPACHE).and_then(|_| n(c.totals.spache_unfamiliar));
    arabic_hard_words: "Arabic words of more than five letters, marks left out",
        |c| readability::sum_of_words(c, |w| usize::from(w.is_hard));
    arabic_syllables: "syllables of Arabic words, long and stressed ones twice", |c| readability::sum_of_words(c, |w| w.syllables);
    arabic_complex_words: "Arabic words of more than four such syllables",
        |c| readability::sum_of_words(c, |w| usize::from(w.is_complex));
    arabic_faseeh_words: "Arabic complex words with a letter or an ending of the written language",
        |c| readability::sum_of_words(c, |w| usize::from(w.is_faseeh));
    pronouns: "pronouns", |c| listed(c, lists::PRONOUN);
    prepositions: "prepositions", |c| listed(c, lists::PREPOSITION);
    conjunctions: "conjunctions", |c| listed(c, lists::CONJUNCTION);
    mean_cloze: "Bormuth's mean cloze", readability::mean_cloze;
    running_words: "words that have a letter: numbers are left out", |c| n(c.totals.running_words);
    types: "distinct running words, in lower case", |c| n(c.totals.types);
    hapaxes: "types that occur once", |c| n(c.totals.hapaxes);
    dislegomena: "types that occur twice", |c| n(c.totals.dislegomena);
    squares: "sum of the squares of the types' occurrences", |c| Some(c.totals.squares);
    quoted_words: "words inside quotation marks", |c| n(c.totals.quoted_words);
    quotations: "quotations", |c| n(c.totals.quotations);
    attributions: "reporting verbs", |c| listed(c, lists::ATTRIBUTION);
    named_attributions: "reporting verbs with a capitalised name within three words", |c| listed(c, lists::ATTRIBUTION).and_then(|_| n(c.patterns.named_attributions));
    first_persons: "forms of I and we", |c| listed(c, lists::FIRST_PERSON);
    second_persons: "forms of you", |c| listed(c, lists::SECOND_PERSON);
    hedges: "words that leave a statement open", |c| listed(c, lists::HEDGE);
    modals: "modal verbs", |c| listed(c, lists::MODAL);
    negations: "negations", |c| listed(c, lists::NEGATION);
    stop_words: "words on Snowball's stop list", |c| listed(c, lists::STOP_WORD);
    passives: "forms of be or get with a participle within three words", |c| listed(c, lists::BEING).and_then(|_| n(c.patterns.passives));
    numbers: "words that begin with a digit", |c| n(c.patterns.numbers);
    money_amounts: "numbers behind a currency sign or before a currency's name", |c| n(c.patterns.money);
    names: "runs of capitalised words inside sentences", |c| n(c.patterns.names);
    acronyms: "words of two capitals or more and no small letter", |c| n(c.patterns.acronyms);
    commas: "commas", |c| n(c.marks(Mark::Comma));
    semicolons: "semicolons", |c| n(c.marks(Mark::Semicolon));
    colons: "colons", |c| n(c.marks(Mark::Colon));
    dashes: "dashes that stand by themselves", |c| n(c.marks(Mark::Dash));
    brackets: "brackets, opening and closing", |c| n(c.marks(Mark::Bracket));
    full_stops: "full stops and ellipses", |c| n(c.marks(Mark::Stop));
    quotation_marks: "quotation marks", |c| n(c.marks(Mark::Quote));
    question_marks: "question marks", |c| n(c.marks(Mark::Question));
    exclamation_marks: "exclamation marks", |c| n(c.marks(Mark::Exclamation));
    symbols: "what prints and is neither word nor mark", |c| n(c.totals.symbols);
    ellipsis_sentences: "sentences that end in dots", |c| n(c.totals.ellipsis_sentences);
    headline_words: "words of the headline", |c| c.article.as_ref().and_then(|a| a.headline_words).and_then(n);
    headings: "section headings", |c| c.article.as_ref().and_then(|a| n(a.headings));
    furniture_words: "words outside headline, headings and prose", |c| c.article.as_ref().and_then(|a| n(a.furniture_words));
}
