//! A token and its place in the text.

use std::ops::Range;

/// A half-open range of bytes in the original text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// True if it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text that it covers.
    ///
    /// # Panics
    ///
    /// If the span does not lie on character boundaries of `text`.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The same bytes as a `Range`.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The span moved `offset` bytes to the right.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        Self::new(self.start + offset, self.end + offset)
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// Has a letter: `troops`, `don't`, `U.S`, `1990s`, `1.2bn`.
    Word,
    /// Has a digit and no letter: `2025`, `3.5`, `1,000`.
    Number,
    /// Marks of punctuation: `,`, `“`, `—`.
    Punctuation,
    /// Anything else that is printed: `$`, `%`, emoji.
    Symbol,
}

impl TokenKind {
    /// The kind of one segment between two word boundaries; `None` for white space and what does not print.
    pub fn of(segment: &str) -> Option<Self> {
        let mut kind = None;
        for c in segment.chars() {
            if c.is_alphabetic() {
                return Some(Self::Word);
            }
            if c.is_numeric() {
                kind = Some(Self::Number);
            } else if kind.is_none() && !c.is_whitespace() && !c.is_control() && !is_format(c) {
                kind = Some(if is_punctuation(c) { Self::Punctuation } else { Self::Symbol });
            }
        }
        kind
    }

    /// The kind of an ASCII character that is neither letter, digit nor white space; `None` for control characters.
    #[inline]
    pub(super) fn of_ascii_mark(byte: u8) -> Option<Self> {
        match byte {
            b'$' | b'+' | b'<' | b'=' | b'>' | b'^' | b'`' | b'|' | b'~' => Some(Self::Symbol),
            _ => byte.is_ascii_punctuation().then_some(Self::Punctuation),
        }
    }

    /// True for [`Word`](Self::Word) and [`Number`](Self::Number).
    pub fn is_word_like(self) -> bool {
        matches!(self, Self::Word | Self::Number)
    }
}

/// Characters that print nothing: soft hyphen, zero-width joiners and marks of direction, byte-order mark.
pub(crate) fn is_format(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_punctuation(c: char) -> bool {
    match c {
        _ if c.is_ascii() => TokenKind::of_ascii_mark(c as u8) == Some(TokenKind::Punctuation),
        '¡'
        | '§'
        | '«'
        | '¶'
        | '·'
        | '»'
        | '¿'
        | '،'
        | '؛'
        | '؟'
        | '۔'
        | '।'
        | '॥'
        | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{301f}' => true,
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' => c != '\u{2044}' && c != '\u{2052}',
        '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff1b}' | '\u{ff1f}' => c != '\u{ff04}' && c != '\u{ff0b}',
        _ => false,
    }
}

/// A token: a piece of the text between two word boundaries that is not white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'t> {
    /// The text as printed.
    pub text: &'t str,
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_a_letter_and_a_number_has_none() {
        let kind = |s| TokenKind::of(s);
        assert_eq!(kind("1990s"), Some(TokenKind::Word));
        assert_eq!(kind("3.5"), Some(TokenKind::Number));
        assert_eq!(kind("—"), Some(TokenKind::Punctuation));
        assert_eq!(kind("€"), Some(TokenKind::Symbol));
        assert_eq!(kind("😀"), Some(TokenKind::Symbol));
        assert_eq!(kind(" \u{ad}"), None);
    }
}
