//! The one pass over a text: its words, sentences and marks.

use std::ops::Range;

use super::lexicon::{Types, with_lexicon};
use crate::text::{Language, Span, Token, TokenKind, Tokenizer, sentences};

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

/// How a text is cut and its syllables are counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    /// Into words.
    pub(super) tokenizer: Tokenizer,
    /// Into sentences, in order.
    pub(super) sentences: fn(&str, &'static Language) -> Vec<Span>,
    /// Syllables of the words that are counted in another way than this program's.
    pub(super) syllables: fn(&str) -> Option<u16>,
}

impl Cut {
    /// This program's words and sentences.
    pub(super) fn news() -> Self {
        Self { tokenizer: Tokenizer::news(), sentences: of_news, syllables: |_| None }
    }
}

/// This program's sentences.
pub(super) fn of_news(text: &str, language: &'static Language) -> Vec<Span> {
    sentences(text, language).collect()
}

/// A text as scanned.
#[derive(Debug, Clone, Default)]
pub(super) struct Scan {
    /// All words in order.
    pub(super) words: Vec<Word>,
    /// All sentences in order.
    pub(super) sentences: Vec<Sentence>,
    /// The sentences of each paragraph that has one.
    pub(super) paragraphs: Vec<Range<usize>>,
    /// Words of each paragraph handed in, whether it has one or not.
    pub(super) paragraph_lengths: Vec<usize>,
}

impl Scan {
    /// The scan of a text, and its types.
    pub(super) fn of(cut: Cut, paragraphs: &[&str], language: &'static Language) -> (Self, Types) {
        let n_bytes: usize = paragraphs.iter().map(|paragraph| paragraph.len()).sum();
        assert!(u32::try_from(n_bytes).is_ok(), "a text must be shorter than 4 GiB, got {n_bytes} bytes");
        let (mut scan, mut types) = (Self::default(), Types::default());
        with_lexicon(language, |lexicon| {
            let mut tokens = Vec::new();
            for paragraph in paragraphs {
                let (first, n_words) = (scan.sentences.len(), scan.words.len());
                tokens.clear();
                tokens.extend(cut.tokenizer.tokens(paragraph));
                lexicon.add(paragraph, &tokens, &mut types, &mut scan.words);
                let sentences = (cut.sentences)(paragraph, language);
                Scanner::new(paragraph, n_words).run(&tokens, sentences, &mut scan);
                scan.paragraph_lengths.push(scan.words.len() - n_words);
                if scan.sentences.len() > first {
                    scan.paragraphs.push(first..scan.sentences.len());
                }
            }
        });
        for (kind, facts) in (0..).zip(&mut types.facts) {
            facts.syllables = (cut.syllables)(types.words.get(kind)).unwrap_or(facts.syllables);
        }
        (scan, types)
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
    /// The next word's place among all.
    n_words: usize,
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
    fn new(text: &'t str, n_words: usize) -> Self {
        Self {
            text,
            n_words,
            quote: None,
            at_start: true,
            opens: true,
            pending: Sentence::default(),
            before: Before::Other,
        }
    }

    fn run(mut self, tokens: &[Token<'t>], sentences: Vec<Span>, scan: &mut Scan) {
        let first_sentence = scan.sentences.len();
        let mut spans = sentences.into_iter();
        let mut current = spans.next().unwrap_or(Span::new(0, 0));
        for token in tokens {
            while token.span.start >= current.end {
                let Some(next) = spans.next() else { break };
                current = next;
                self.opens = true;
                self.at_start = true;
            }
            let printed = u32::try_from(printed(token.text)).unwrap_or(u32::MAX);
            if token.kind.is_word_like() {
                if self.opens {
                    let words = self.n_words..self.n_words;
                    scan.sentences.push(Sentence { words, ..std::mem::take(&mut self.pending) });
                    self.opens = false;
                }
                self.mark_word(&mut scan.words[self.n_words]);
                self.n_words += 1;
            }
            let (mark, begins) = self.mark(token);
            let place = if self.opens { None } else { scan.sentences.last_mut() };
            let sentence = place.unwrap_or(&mut self.pending);
            sentence.words.end = self.n_words;
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

    /// Adds what a word is where it stands.
    fn mark_word(&mut self, word: &mut Word) {
        if self.quote.is_some() {
            word.flags |= flag::QUOTED;
        }
        let is_name = word.flags & flag::CAPITAL != 0 && !self.at_start;
        if is_name {
            word.flags |= flag::NAME;
            if self.before == Before::Name {
                word.flags |= flag::NAME_GOES_ON;
            }
        }
        if self.before == Before::CurrencySign {
            word.flags |= flag::MONEY;
        }
        self.at_start = false;
        self.before = if is_name { Before::Name } else { Before::Other };
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
            ';' | '؛' => Mark::Semicolon,
            ':' => Mark::Colon,
            '–' | '—' | '―' | '-' => Mark::Dash,
            '(' | ')' | '[' | ']' | '{' | '}' => Mark::Bracket,
            '?' | '？' | '؟' => Mark::Question,
            '!' | '！' => Mark::Exclamation,
            '"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '‘' | '’' | '‚' | '\'' => {
                Mark::Quote
            }
            '.' | '…' | '。' | '۔' | '।' => Mark::Stop,
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

fn printed(token: &str) -> usize {
    if token.is_ascii() { token.len() } else { token.chars().count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str) -> (Scan, Types) {
        Scan::of(Cut::news(), &[text], Language::ENGLISH)
    }

    fn with(text: &str, flag: u8) -> Vec<String> {
        let (scan, types) = scan(text);
        let words = scan.words.iter().filter(|w| w.flags & flag != 0);
        words.map(|w| types.words.get(w.kind).to_owned()).collect()
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
    fn marks_of_other_scripts_count_as_what_they_are() {
        let text = "هل وصل الوزير؟ نعم، وصل؛ ثم غادر۔ वह आया।";
        let marks = |mark: Mark| scan(text).0.sentences.iter().map(|s| s.marks[mark as usize]).sum::<u32>();
        let found = [Mark::Question, Mark::Comma, Mark::Semicolon, Mark::Stop, Mark::Other].map(marks);
        assert_eq!(found, [1, 1, 1, 2, 0]);
    }

    #[test]
    fn a_sentence_without_a_word_is_none() {
        let (scan, _) = scan("… He came. “…” She left. !!");
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
