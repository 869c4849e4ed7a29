//! The one pass over a text: its words, sentences and marks.

use std::ops::Range;

use crate::text::{Interner, Language, Span, Token, TokenKind, Tokenizer, sentences};

/// A word where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Number of its type.
    pub(super) kind: u32,
    /// Of [`flag`].
    pub(super) flags: u8,
}

/// What is known of a word from where it stands.
pub(super) mod flag {
    /// Inside quotation marks.
    pub(in crate::metrics) const QUOTED: u8 = 1;
    /// Begins with a capital where no sentence or quotation begins.
    pub(in crate::metrics) const NAME: u8 = 2;
    /// Two capitals or more and no other letter.
    pub(in crate::metrics) const ACRONYM: u8 = 4;
    /// Stands behind a currency sign.
    pub(in crate::metrics) const MONEY: u8 = 8;
    /// Stands right behind a word with the same `NAME` flag.
    pub(in crate::metrics) const NAME_GOES_ON: u8 = 16;
    /// Begins with a capital.
    pub(in crate::metrics) const CAPITAL: u8 = 32;
}

/// The marks of punctuation that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Comma,
    Semicolon,
    Colon,
    Dash,
    Bracket,
    Question,
    Exclamation,
    Quote,
    Stop,
    Other,
}

/// How many marks there are.
pub(super) const N_MARKS: usize = Mark::Other as usize + 1;

/// A sentence with a word at least.
#[derive(Debug, Clone, Default)]
pub(super) struct Sentence {
    /// Its words.
    pub(super) words: Range<usize>,
    /// Marks of each kind.
    pub(super) marks: [u32; N_MARKS],
    /// Symbols: neither word nor mark.
    pub(super) symbols: u32,
    /// Characters that print.
    pub(super) printed: u32,
    /// Ends in dots.
    pub(super) is_cut_off: bool,
    /// Quotations that begin in it.
    pub(super) quotations: u32,
}

/// A text as scanned.
#[derive(Debug, Clone, Default)]
pub(super) struct Scan {
    /// The distinct words in lower case, in the order of their first appearance.
    pub(super) types: Interner,
    /// All words in order.
    pub(super) words: Vec<Word>,
    /// All sentences in order.
    pub(super) sentences: Vec<Sentence>,
    /// The sentences of each paragraph that has one.
    pub(super) paragraphs: Vec<Range<usize>>,
}

impl Scan {
    pub(super) fn of(tokenizer: Tokenizer, paragraphs: &[&str], language: &Language) -> Self {
        let mut scan = Self::default();
        let mut folded = String::new();
        for paragraph in paragraphs {
            let first = scan.sentences.len();
            Scanner::new(paragraph).run(tokenizer, &mut scan, &mut folded, language);
            if scan.sentences.len() > first {
                scan.paragraphs.push(first..scan.sentences.len());
            }
        }
        scan
    }
}

/// What a word stands behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    CurrencySign,
    Name,
    Other,
}

/// The pass over one paragraph.
struct Scanner<'t> {
    text: &'t str,
    /// The closing mark that is waited for.
    quote: Option<char>,
    /// A sentence, or a quotation, begins at the next word.
    at_start: bool,
    /// The next word opens a sentence.
    opens: bool,
    /// Counted before the paragraph's first word.
    pending: Sentence,
    /// The last token.
    before: Before,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            quote: None,
            at_start: true,
            opens: true,
            pending: Sentence::default(),
            before: Before::Other,
        }
    }

    fn run(mut self, tokenizer: Tokenizer, scan: &mut Scan, folded: &mut String, language: &Language) {
        let first_sentence = scan.sentences.len();
        let mut spans = sentences(self.text, language);
        let mut current = spans.next().unwrap_or(Span::new(0, 0));
        for token in tokenizer.tokens(self.text) {
            while token.span.start >= current.end {
                let Some(next) = spans.next() else { break };
                current = next;
                self.opens = true;
                self.at_start = true;
            }
            let printed = u32::try_from(printed(token.text)).unwrap_or(u32::MAX);
            if token.kind.is_word_like() {
                if self.opens {
                    let start = scan.words.len();
                    scan.sentences
                        .push(Sentence { words: start..start, ..std::mem::take(&mut self.pending) });
                    self.opens = false;
                }
                let word = self.word(&token, &mut scan.types, folded);
                scan.words.push(word);
            }
            let (mark, begins) = self.mark(&token);
            let place = if self.opens { None } else { scan.sentences.last_mut() };
            let sentence = place.unwrap_or(&mut self.pending);
            sentence.words.end = scan.words.len();
            sentence.printed += printed;
            sentence.symbols += u32::from(token.kind == TokenKind::Symbol);
            sentence.quotations += u32::from(begins);
            if let Some(mark) = mark {
                sentence.marks[mark as usize] += 1;
                let dots = matches!(token.text, "…")
                    || token.text == "." && self.text[..token.span.end].ends_with("...");
                sentence.is_cut_off = dots || sentence.is_cut_off && mark == Mark::Quote;
            } else {
                sentence.is_cut_off = false;
            }
        }
        // Marks behind the last word belong to its sentence, whatever the splitter says.
        if let Some(last) = scan.sentences[first_sentence..].last_mut() {
            last.printed += self.pending.printed;
            last.symbols += self.pending.symbols;
            last.quotations += self.pending.quotations;
            for (total, n) in last.marks.iter_mut().zip(self.pending.marks) {
                *total += n;
            }
        }
    }

    fn word(&mut self, token: &Token<'_>, types: &mut Interner, folded: &mut String) -> Word {
        let mut flags = 0;
        if self.quote.is_some() {
            flags |= flag::QUOTED;
        }
        let capital = token.text.chars().next().is_some_and(char::is_uppercase);
        let is_name = capital && !self.at_start;
        if is_name {
            flags |= flag::NAME;
            if self.before == Before::Name {
                flags |= flag::NAME_GOES_ON;
            }
        }
        if capital {
            flags |= flag::CAPITAL;
        }
        if capital && is_acronym(token.text) {
            flags |= flag::ACRONYM;
        }
        if self.before == Before::CurrencySign {
            flags |= flag::MONEY;
        }
        self.at_start = false;
        self.before = if is_name { Before::Name } else { Before::Other };
        Word { kind: types.intern(fold(token.text, folded)).0, flags }
    }

    /// The mark that a token is, and whether it opens a quotation.
    fn mark(&mut self, token: &Token<'_>) -> (Option<Mark>, bool) {
        if token.kind.is_word_like() {
            return (None, false);
        }
        let first = token.text.chars().next().unwrap_or(' ');
        let is_currency = matches!(first, '$' | '£' | '€' | '¥' | '₩' | '₹' | '₽' | '₺');
        self.before = if is_currency { Before::CurrencySign } else { Before::Other };
        if token.kind != TokenKind::Punctuation {
            return (None, false);
        }
        let mark = match first {
            ',' | '،' | '、' => Mark::Comma,
            ';' => Mark::Semicolon,
            ':' => Mark::Colon,
            '–' | '—' | '―' | '-' => Mark::Dash,
            '(' | ')' | '[' | ']' | '{' | '}' => Mark::Bracket,
            '?' | '？' => Mark::Question,
            '!' | '！' => Mark::Exclamation,
            '"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '‘' | '’' | '‚' | '\'' => {
                Mark::Quote
            }
            '.' | '…' | '。' => Mark::Stop,
            _ => Mark::Other,
        };
        (Some(mark), mark == Mark::Quote && self.quotation(first, token.span))
    }

    /// Opens or closes a quotation; true if it opens one.
    fn quotation(&mut self, mark: char, span: Span) -> bool {
        if let Some(closing) = self.quote {
            if mark == closing && (mark != '’' || self.is_closing_apostrophe(span)) {
                self.quote = None;
            }
            return false;
        }
        let closing = match mark {
            '"' => '"',
            '“' => '”',
            '„' => '“',
            '«' => '»',
            '»' => '«',
            '‹' => '›',
            '‘' if self.text[span.end..].contains('’') => '’',
            _ => return false,
        };
        self.quote = Some(closing);
        self.at_start = true;
        true
    }

    /// Whether a ’ ends a quotation and not a plural: it follows a mark, or no other one follows it.
    fn is_closing_apostrophe(&self, span: Span) -> bool {
        let before = self.text[..span.start].chars().next_back();
        before.is_some_and(|c| !c.is_alphanumeric()) || !self.text[span.end..].contains('’')
    }
}

fn is_acronym(word: &str) -> bool {
    let mut capitals = 0;
    for c in word.chars().filter(|c| c.is_alphabetic()) {
        if !c.is_uppercase() {
            return false;
        }
        capitals += 1;
    }
    capitals >= 2
}

fn printed(token: &str) -> usize {
    if token.is_ascii() { token.len() } else { token.chars().count() }
}

/// Lower case with straight apostrophes and without soft hyphens.
fn fold<'w>(word: &'w str, buffer: &'w mut String) -> &'w str {
    buffer.clear();
    if word.is_ascii() {
        if !word.bytes().any(|b| b.is_ascii_uppercase()) {
            return word;
        }
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
        return buffer;
    }
    for c in word.chars() {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{2bc}' => buffer.push('\''),
            '\u{2010}' | '\u{2011}' => buffer.push('-'),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' => {}
            c => buffer.extend(c.to_lowercase()),
        }
    }
    buffer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str) -> Scan {
        Scan::of(Tokenizer::news(), &[text], Language::ENGLISH)
    }

    fn with(text: &str, flag: u8) -> Vec<String> {
        let scan = scan(text);
        let words = scan.words.iter().filter(|w| w.flags & flag != 0);
        words.map(|w| scan.types.get(w.kind).to_owned()).collect()
    }

    #[test]
    fn words_in_quotation_marks_are_found_whatever_the_marks() {
        assert_eq!(with("He said “not yet” and left.", flag::QUOTED), ["not", "yet"]);
        assert_eq!(with("\"Not yet,\" he said. \"Soon", flag::QUOTED), ["not", "yet", "soon"]);
        assert_eq!(with("The ‘workers’ rights now,’ they said.", flag::QUOTED), ["workers", "rights", "now"]);
        assert_eq!(with("The workers’ rights don’t count", flag::QUOTED), [""; 0]);
        assert_eq!(
            with("“He told me ‘no’ twice,” she said.", flag::QUOTED),
            ["he", "told", "me", "no", "twice"]
        );
        assert_eq!(with("„Nein“, sagte er.", flag::QUOTED), ["nein"]);
    }

    #[test]
    fn a_sentence_without_a_word_is_none() {
        let scan = scan("… He came. “…” She left. !!");
        assert_eq!(scan.sentences.len(), 2);
        assert_eq!(scan.sentences[0].words, 0..2);
        assert_eq!(scan.sentences[1].words, 2..4);
        assert_eq!(scan.sentences.iter().map(|s| s.quotations).sum::<u32>(), 1);
    }

    #[test]
    fn names_begin_with_a_capital_inside_a_sentence() {
        assert_eq!(
            with("Talks with Lee Jae-myung began. “We hope,” Kim said.", flag::NAME),
            ["lee", "jae-myung", "kim"]
        );
        assert_eq!(with("Aid to the U.N. and NATO", flag::ACRONYM), ["u.n", "nato"]);
        assert_eq!(with("It cost $3 and €4", flag::MONEY), ["3", "4"]);
    }
}
