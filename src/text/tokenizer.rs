//! Words by the Unicode rules of UAX #29, with a fast path for ASCII that gives the same tokens.
//!
//! # Advice for hackers
//!
//! ASCII text needs only a handful of the rules: letters, digits and `_` hold together; `'`, `.` and `:`
//! hold between two letters; `'`, `.`, `,` and `;` between two digits. A window finds them for 64 bytes at once, as bits of
//! an integer: a token is a run of ones, and no byte is branched on. The last bits of a window may belong to a token that
//! goes on behind it, so the next window begins at the last byte that belongs to no word: a boundary whatever follows.
//!
//! A run between ASCII white space that has a byte above 127 goes to `unicode-segmentation`, and so does a word that fills
//! a window. ASCII white space always is a boundary, and so is the start of a window, so both ends of the run are
//! boundaries whatever stands around them. A property test in this file holds the two paths together.

use std::iter::Peekable;

use serde::{Deserialize, Serialize};
use unicode_segmentation::{UWordBoundIndices, UnicodeSegmentation};

use super::token::{Span, Token, TokenKind};
use super::window::{WIDTH, Window};

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
        Tokens {
            text,
            join_hyphens: self.join_hyphens,
            words_only: false,
            base: 0,
            window: Window::default(),
            starts: 0,
            next: Next::Window(0),
            unicode: None,
        }
    }

    /// The tokens that have a letter or a digit.
    pub fn words(self, text: &str) -> impl Iterator<Item = Token<'_>> {
        self.word_spans(text).map(|(span, kind)| Token { text: span.of(text), span, kind })
    }

    /// How many there are: those of a window are counted as bits.
    pub fn n_words(self, text: &str) -> usize {
        let (mut tokens, mut n_words) = (Tokens { words_only: true, ..self.tokens(text) }, 0);
        loop {
            // Only `_` begins a token without being a letter or a digit, and such a token need not be a word.
            if tokens.starts & !(tokens.window.letters | tokens.window.digits) == 0 {
                n_words += std::mem::take(&mut tokens.starts).count_ones() as usize;
            }
            let Some((_, kind)) = tokens.next_span() else { return n_words };
            n_words += usize::from(kind.is_word_like());
        }
    }

    /// Where they stand, and their kinds.
    #[inline]
    pub(crate) fn word_spans(self, text: &str) -> impl Iterator<Item = (Span, TokenKind)> {
        let mut tokens = Tokens { words_only: true, ..self.tokens(text) };
        std::iter::from_fn(move || tokens.next_span()).filter(|(_, kind)| kind.is_word_like())
    }
}

/// Iterator over the tokens of a text.
#[derive(Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    join_hyphens: bool,
    /// Marks may be passed over.
    words_only: bool,
    /// Where the window stands.
    base: usize,
    window: Window,
    /// Starts of the tokens of the window that are not shown yet.
    starts: u64,
    next: Next,
    unicode: Option<Segments<'t>>,
}

/// What comes after the tokens of a window, and where it begins.
#[derive(Debug, Clone, Copy)]
enum Next {
    Window(usize),
    /// A run up to white space that needs Unicode's rules.
    Unicode(usize),
}

#[derive(Debug)]
struct Segments<'t> {
    start: usize,
    words: Peekable<UWordBoundIndices<'t>>,
}

impl Tokens<'_> {
    /// The next token's place and kind.
    #[inline]
    fn next_span(&mut self) -> Option<(Span, TokenKind)> {
        loop {
            if self.starts != 0 {
                let start = self.starts.trailing_zeros();
                self.starts &= self.starts - 1;
                if let Some(found) = self.ascii_token(start) {
                    return Some(found);
                }
            } else if let Some(found) = self.next_unicode() {
                return Some(found);
            } else if !self.advance() {
                return None;
            }
        }
    }

    /// The token at a bit of the window; `None` for control characters.
    #[inline]
    fn ascii_token(&self, start: u32) -> Option<(Span, TokenKind)> {
        let Window { words, letters, digits, .. } = self.window;
        let len = (words >> start).trailing_ones().max(1);
        let bits = (u64::MAX >> (u64::BITS - len)) << start;
        let first = self.base + start as usize;
        let kind = if letters & bits != 0 {
            TokenKind::Word
        } else if digits & bits != 0 {
            TokenKind::Number
        } else {
            TokenKind::of_ascii_mark(self.text.as_bytes()[first])?
        };
        Some((Span::new(first, first + len as usize), kind))
    }

    /// Goes on to what comes next; false at the end of the text.
    #[inline]
    fn advance(&mut self) -> bool {
        match self.next {
            Next::Window(base) => self.open_window(base),
            Next::Unicode(start) => {
                self.cut_by_unicode(start);
                true
            }
        }
    }

    #[inline]
    fn open_window(&mut self, base: usize) -> bool {
        let rest = &self.text.as_bytes()[base..];
        let window = match rest.first_chunk() {
            Some(bytes) => Window::of(bytes, self.join_hyphens),
            None if rest.is_empty() => return false,
            None => {
                let mut bytes = [b' '; WIDTH];
                bytes[..rest.len()].copy_from_slice(rest);
                Window::of(&bytes, self.join_hyphens)
            }
        };
        let decided;
        (decided, self.next) = if window.not_ascii != 0 {
            let ascii = (1 << window.not_ascii.trailing_zeros()) - 1;
            let decided = u64::BITS - (window.spaces & ascii).leading_zeros();
            (decided, Next::Unicode(base + decided as usize))
        } else if let Some(last) = (!window.words & (u64::MAX >> 1)).checked_ilog2() {
            let decided = last.max(1);
            (decided, Next::Window((base + decided as usize).min(self.text.len())))
        } else {
            (0, Next::Unicode(base))
        };
        let begins = window.words & !(window.words << 1);
        let marks = if self.words_only { 0 } else { window.printed & !window.words };
        self.starts = (begins | marks) & ((1 << decided) - 1);
        (self.base, self.window) = (base, window);
        true
    }

    #[cold]
    fn cut_by_unicode(&mut self, start: usize) {
        let rest = &self.text[start..];
        let length = rest.bytes().position(is_space).unwrap_or(rest.len());
        self.unicode = Some(Segments { start, words: rest[..length].split_word_bound_indices().peekable() });
        self.next = Next::Window(start + length);
    }

    fn next_unicode(&mut self) -> Option<(Span, TokenKind)> {
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
            return Some((Span::new(start, end), kind));
        }
        self.unicode = None;
        None
    }
}

/// White space of ASCII.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
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
        let text = self.text;
        self.next_span().map(|(span, kind)| Token { text: span.of(text), span, kind })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// UAX #29's segments; a mark that combines with spaces is shown without them, up to the last of ASCII.
    fn reference(text: &str) -> Vec<(usize, &str)> {
        text.split_word_bound_indices()
            .map(|(start, segment)| {
                let token = segment.rsplit([' ', '\t', '\n', '\x0b', '\x0c', '\r']).next().unwrap();
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
        fn the_fast_path_gives_the_tokens_of_uax29(
            text in prop_oneof![
                "([a-zA-Z0-9_'.:,;\"() \\-\n$]|[é’“—\u{ad}\u{200d}\u{308}אカ🇪🇬٣]){0,40}",
                // longer than a window, with words that fill one
                "([a-zA-Z0-9_'.:,;\"() \\-\n$\u{1}]{0,30}|[é“\u{308}]|[a-c1'.]{50,70}){0,12}",
            ],
        ) {
            prop_assert_eq!(ours(&text), reference(&text));
        }

        #[test]
        fn any_text_is_cut_as_uax29_says(text in any::<String>()) {
            prop_assert_eq!(ours(&text), reference(&text));
        }

        #[test]
        fn words_are_the_tokens_with_a_letter_or_a_digit(
            text in "([a-z0-9'.,\"_: -]{0,8}|[ é“\u{308}\u{345}אא😀]){0,40}",
        ) {
            for tokenizer in [Tokenizer::uax29(), Tokenizer::news()] {
                let expected: Vec<Token> = tokenizer.tokens(&text).filter(|t| t.kind.is_word_like()).collect();
                prop_assert_eq!(tokenizer.n_words(&text), expected.len());
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
