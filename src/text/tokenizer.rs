//! Words by the Unicode rules of UAX #29, with a fast path for ASCII that gives the same tokens.
//!
//! # Advice for hackers
//!
//! ASCII text needs only a handful of the rules: letters, digits and `_` hold together; `'`, `.` and `:`
//! hold between two letters; `'`, `.`, `,` and `;` between two digits. The scanner decides each boundary
//! from bytes alone. As soon as a decision would have to look at a byte above 127, it gives the run from
//! the token's start to the next ASCII white space to `unicode-segmentation`. Both ends of that run are
//! boundaries whatever stands around them: ASCII white space always is one, and the token's start has
//! been decided from ASCII characters on both sides. A property test in this file holds the two paths together.

use std::iter::Peekable;

use serde::{Deserialize, Serialize};
use unicode_segmentation::{UWordBoundIndices, UnicodeSegmentation};

use super::token::{Span, Token, TokenKind};

/// Splits text into [`Token`]s.
///
/// Words are those of UAX #29. One tailoring is offered, as UAX #29 section 4.2 suggests for hyphens:
/// `Jae-myung`, `cease-fire` and `2019-20` are one token where [`join_hyphens`](Self::join_hyphens) is set,
/// as style manuals count them, and three where it is not.
///
/// What that means for words in the news (a test holds the table):
///
/// | printed | words | why |
/// |---|---|---|
/// | `U.S.` | `U.S` | a full stop holds between letters; the last one is a mark, since it may end the sentence too |
/// | `3.5%`, `1,200` | `3.5`, `1,200` | stop and comma hold between digits; `%` is a symbol, so a share and a count are the same number |
/// | `$1.2bn` | `1.2bn` | digits and letters hold together; `$` is a symbol, as `bn` without it is the same amount |
/// | `O'Neill`, `don’t` | `O'Neill`, `don’t` | either apostrophe holds between letters: no half words `don`, `t` |
/// | `rock 'n' roll` | `rock`, `n`, `roll` | at the edge of a word a quotation mark and an apostrophe look alike |
/// | `l'accord` | `l'accord` | elisions are not split: that is grammar, not a boundary |
/// | `Jae-myung`, `COVID-19` | joined: `Jae-myung`, `COVID-19`; plain: `Jae`, `myung`, `COVID`, `19` | see above; also for U+2010 and U+2011 |
/// | `9-10 May`, `pre- and post-war` | joined: `9-10`, `May`, `pre`, `and`, `post-war` | a hyphen joins only between letters or digits; a dash never does |
/// | `@handle`, `#topic` | `handle`, `topic` | the mark is a token of its own, so the word is the one of running text |
/// | `desk@example.org` | `desk`, `example.org` | as UAX #29; addresses are rare and their parts are words |
/// | `10:30`, `24/7`, `AT&T` | `10`, `30`, `24`, `7`, `AT`, `T` | a colon holds letters only; other marks never hold |
/// | `re·write` with a soft hyphen for `·` | one word, as printed | [`Folding`](super::Folding) leaves out what does not print |
/// | letters with a zero-width joiner between | one word, as printed | the same; emoji sequences are one symbol |
///
/// # Examples
///
/// ```
/// use newsbeat::text::Tokenizer;
///
/// let text = "“Don't,” said Lee Jae-myung.";
/// let words = |t: Tokenizer| t.words(text).map(|t| t.text).collect::<Vec<_>>();
/// assert_eq!(words(Tokenizer::news()), ["Don't", "said", "Lee", "Jae-myung"]);
/// assert_eq!(words(Tokenizer::uax29()), ["Don't", "said", "Lee", "Jae", "myung"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tokenizer {
    /// Letters or digits on both sides of a hyphen make one token.
    pub join_hyphens: bool,
}

impl Tokenizer {
    /// Plain UAX #29: hyphens separate.
    pub fn uax29() -> Self {
        Self { join_hyphens: false }
    }

    /// As an editor counts words: hyphenated words are one.
    pub fn news() -> Self {
        Self { join_hyphens: true }
    }

    /// All tokens of `text` but white space, in order; their spans are disjoint.
    pub fn tokens(self, text: &str) -> Tokens<'_> {
        Tokens { text, position: 0, join_hyphens: self.join_hyphens, words_only: false, unicode: None }
    }

    /// The tokens that have a letter or a digit.
    pub fn words(self, text: &str) -> impl Iterator<Item = Token<'_>> {
        let tokens = Tokens { words_only: true, ..self.tokens(text) };
        tokens.filter(|token| token.kind.is_word_like())
    }
}

/// Iterator over the tokens of a text.
#[derive(Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    position: usize,
    join_hyphens: bool,
    /// Marks may be passed over.
    words_only: bool,
    unicode: Option<Segments<'t>>,
}

#[derive(Debug)]
struct Segments<'t> {
    start: usize,
    words: Peekable<UWordBoundIndices<'t>>,
}

const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const CONNECTOR: u8 = 4;
const ALPHANUMERIC: u8 = LETTER | DIGIT;
const WORD: u8 = LETTER | DIGIT | CONNECTOR;
const SPACE: u8 = 8;
/// Holds between letters.
const MID_LETTER: u8 = 16;
/// Holds between digits.
const MID_NUMBER: u8 = 32;
const HYPHEN: u8 = 64;
const NOT_ASCII: u8 = 128;

static CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut b = 0_u8;
    loop {
        class[b as usize] = match b {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'_' => CONNECTOR,
            b' ' | b'\t'..=b'\r' => SPACE,
            b'\'' | b'.' => MID_LETTER | MID_NUMBER,
            b':' => MID_LETTER,
            b',' | b';' => MID_NUMBER,
            b'-' => HYPHEN,
            128.. => NOT_ASCII,
            _ => 0,
        };
        if b == u8::MAX {
            break class;
        }
        b += 1;
    }
};

fn class(byte: u8) -> u8 {
    CLASS[usize::from(byte)]
}

/// What the ASCII scanner found from a token's first byte on.
enum Scan {
    /// A token of letters, digits and connectors ends here; the flags say which it has.
    Word { end: usize, has: u8 },
    /// The decision needs Unicode's rules.
    Undecided,
}

#[inline]
fn scan_word(bytes: &[u8], start: usize, join_hyphens: bool) -> Scan {
    let mut has = 0;
    let mut i = start;
    loop {
        let run = &bytes[i..];
        let len = run.iter().position(|&b| class(b) & WORD == 0).unwrap_or(run.len());
        has |= run[..len].iter().fold(0, |has, &b| has | class(b));
        i += len;
        let here = bytes.get(i).map_or(SPACE, |&b| class(b));
        if here & (MID_LETTER | MID_NUMBER | HYPHEN | NOT_ASCII) == 0 {
            return Scan::Word { end: i, has };
        }
        let next = bytes.get(i + 1).map_or(SPACE, |&b| class(b));
        if here == NOT_ASCII || next == NOT_ASCII {
            return Scan::Undecided;
        }
        let last = if len == 0 { 0 } else { class(run[len - 1]) };
        let holds = (here & MID_LETTER != 0 && last == LETTER && next == LETTER)
            || (here & MID_NUMBER != 0 && last == DIGIT && next == DIGIT)
            || (here == HYPHEN && join_hyphens && last & ALPHANUMERIC != 0 && next & ALPHANUMERIC != 0);
        if !holds {
            return Scan::Word { end: i, has };
        }
        i += 1;
    }
}

impl<'t> Tokens<'t> {
    fn token(&self, start: usize, end: usize, kind: TokenKind) -> Token<'t> {
        Token { text: &self.text[start..end], span: Span::new(start, end), kind }
    }

    /// True for an ASCII mark at the position that need not be shown and that no character behind it can change.
    #[inline]
    fn passes_over(&self, byte: u8) -> bool {
        let is_ascii = |&b: &u8| class(b) != NOT_ASCII;
        self.words_only
            && class(byte) & (WORD | NOT_ASCII) == 0
            && self.text.as_bytes().get(self.position + 1).is_none_or(is_ascii)
    }

    fn switch_to_unicode(&mut self) {
        let bytes = &self.text.as_bytes()[self.position..];
        let length = bytes.iter().position(|&b| class(b) == SPACE).unwrap_or(bytes.len());
        let run = &self.text[self.position..self.position + length];
        self.unicode =
            Some(Segments { start: self.position, words: run.split_word_bound_indices().peekable() });
        self.position += length;
    }

    fn next_unicode(&mut self) -> Option<Token<'t>> {
        let segments = self.unicode.as_mut()?;
        while let Some((offset, segment)) = segments.words.next() {
            let Some(mut kind) = TokenKind::of(segment) else {
                continue;
            };
            let start = segments.start + offset;
            let mut end = start + segment.len();
            if self.join_hyphens && is_joinable(segment) {
                while let Some((joined, joined_kind)) = hyphen_and_word(&mut segments.words) {
                    end += joined;
                    if joined_kind == TokenKind::Word {
                        kind = TokenKind::Word;
                    }
                }
            }
            return Some(self.token(start, end, kind));
        }
        self.unicode = None;
        None
    }
}

fn is_joinable(segment: &str) -> bool {
    segment.chars().next_back().is_some_and(char::is_alphanumeric)
}

/// Takes a hyphen and the word behind it, if both are there: their length in bytes and the word's kind.
fn hyphen_and_word(words: &mut Peekable<UWordBoundIndices<'_>>) -> Option<(usize, TokenKind)> {
    let &(_, hyphen) = words.peek()?;
    if !matches!(hyphen, "-" | "\u{2010}" | "\u{2011}") {
        return None;
    }
    let mut ahead = words.clone();
    ahead.next();
    let (_, word) = ahead.next()?;
    if !word.starts_with(char::is_alphanumeric) {
        return None;
    }
    *words = ahead;
    Some((hyphen.len() + word.len(), TokenKind::of(word)?))
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            if let Some(token) = self.next_unicode() {
                return Some(token);
            }
            let bytes = self.text.as_bytes();
            while bytes.get(self.position).is_some_and(|&b| class(b) == SPACE || self.passes_over(b)) {
                self.position += 1;
            }
            let start = self.position;
            let &first = bytes.get(start)?;
            if class(first) & WORD != 0 {
                if let Scan::Word { end, has } = scan_word(bytes, start, self.join_hyphens) {
                    self.position = end;
                    let kind = if has & LETTER != 0 {
                        TokenKind::Word
                    } else if has & DIGIT != 0 {
                        TokenKind::Number
                    } else {
                        TokenKind::Punctuation
                    };
                    return Some(self.token(start, end, kind));
                }
            } else if bytes.get(start + 1).is_none_or(u8::is_ascii) && first.is_ascii() {
                self.position = start + 1;
                match TokenKind::of_ascii_mark(first) {
                    Some(kind) => return Some(self.token(start, start + 1, kind)),
                    None => continue,
                }
            }
            self.switch_to_unicode();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// UAX #29's segments; a mark that combines with a space is shown without the space.
    fn reference(text: &str) -> Vec<(usize, &str)> {
        text.split_word_bound_indices()
            .map(|(start, segment)| {
                let token = segment.trim_start_matches(|c: char| c.is_ascii() && class(c as u8) == SPACE);
                (start + segment.len() - token.len(), token)
            })
            .filter(|(_, token)| TokenKind::of(token).is_some())
            .collect()
    }

    fn ours(text: &str) -> Vec<(usize, &str)> {
        Tokenizer::uax29().tokens(text).map(|t| (t.span.start, t.text)).collect()
    }

    fn news(text: &str) -> Vec<&str> {
        Tokenizer::news().words(text).map(|t| t.text).collect()
    }

    #[test]
    fn news_words_are_cut_as_an_editor_counts_them() {
        assert_eq!(
            news("The U.S. paid $1.2bn, or 3.5%, to O'Neill & Lee Jae-myung @handle"),
            ["The", "U.S", "paid", "1.2bn", "or", "3.5", "to", "O'Neill", "Lee", "Jae-myung", "handle"]
        );
        assert_eq!(
            news("don’t re\u{ad}write naïve-looking co\u{2011}op"),
            ["don’t", "re\u{ad}write", "naïve-looking", "co\u{2011}op"]
        );
        assert_eq!(news("pre- and post-war -- 2019-20"), ["pre", "and", "post-war", "2019-20"]);
    }

    /// What is printed, the words joined at hyphens, and the plain ones where they differ.
    const IN_THE_NEWS: &[(&str, &str, &str)] = &[
        ("U.S.", "U.S", ""),
        ("3.5%, 1,200", "3.5|1,200", ""),
        ("$1.2bn", "1.2bn", ""),
        ("O'Neill don’t", "O'Neill|don’t", ""),
        ("rock 'n' roll", "rock|n|roll", ""),
        ("l'accord", "l'accord", ""),
        ("Jae-myung COVID-19", "Jae-myung|COVID-19", "Jae|myung|COVID|19"),
        ("co\u{2010}op co\u{2011}op", "co\u{2010}op|co\u{2011}op", "co|op|co|op"),
        ("9-10 May, pre- and post-war", "9-10|May|pre|and|post-war", "9|10|May|pre|and|post|war"),
        ("talks—again – yes", "talks|again|yes", ""),
        ("@handle #topic", "handle|topic", ""),
        ("desk@example.org", "desk|example.org", ""),
        ("10:30 24/7 AT&T", "10|30|24|7|AT|T", ""),
        ("re\u{ad}write", "re\u{ad}write", ""),
        ("नम\u{94d}\u{200d}ते a\u{200d}b", "नम\u{94d}\u{200d}ते|a\u{200d}b", ""),
        ("👩\u{200d}🚀 flew", "flew", ""),
    ];

    #[test]
    fn words_in_the_news_are_cut_as_the_table_says() {
        for &(text, joined, plain) in IN_THE_NEWS {
            let words =
                |tokenizer: Tokenizer| tokenizer.words(text).map(|t| t.text).collect::<Vec<_>>().join("|");
            assert_eq!(words(Tokenizer::news()), joined, "{text}");
            assert_eq!(words(Tokenizer::uax29()), if plain.is_empty() { joined } else { plain }, "{text}");
        }
    }

    #[test]
    fn empty_and_blank_texts_have_no_tokens() {
        assert_eq!(Tokenizer::news().tokens("").count(), 0);
        assert_eq!(Tokenizer::news().tokens(" \t\r\n\u{a0}\u{feff}").count(), 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn the_fast_path_gives_the_tokens_of_uax29(text in "([a-zA-Z0-9_'.:,;\"() \\-\n$]|[é’“—\u{ad}\u{200d}\u{308}אカ🇪🇬٣]){0,40}") {
            prop_assert_eq!(ours(&text), reference(&text));
        }

        #[test]
        fn any_text_is_cut_as_uax29_says(text in any::<String>()) {
            prop_assert_eq!(ours(&text), reference(&text));
        }

        #[test]
        fn words_are_the_tokens_with_a_letter_or_a_digit(text in "([a-z0-9'.,\"_:-]|[ é“\u{308}\u{345}אא😀]){0,40}") {
            for tokenizer in [Tokenizer::uax29(), Tokenizer::news()] {
                let expected: Vec<Token> = tokenizer.tokens(&text).filter(|t| t.kind.is_word_like()).collect();
                prop_assert_eq!(tokenizer.words(&text).collect::<Vec<_>>(), expected);
            }
        }

        #[test]
        fn spans_are_ordered_disjoint_and_slice_back(text in "([a-z0-9'.-]|[ é“\u{2011}😀]){0,40}") {
            let mut end = 0;
            for token in Tokenizer::news().tokens(&text) {
                prop_assert!(token.span.start >= end && !token.span.is_empty());
                prop_assert_eq!(token.span.of(&text), token.text);
                end = token.span.end;
            }
        }
    }
}
