//! Text to blocks: lines, paragraphs of hard-wrapped lines, each with its place.
//!
//! Three habits meet in pasted text: a blank line between paragraphs; no blank line at all, one paragraph a line; and
//! lines broken at a fixed width. A line break belongs to a fixed width if the next word would not have fitted:
//! `length + 1 + next word > width`. Breaks after short lines (headline, date) never pass that test, so that they
//! stay blocks of their own in every habit.

use super::shape::ends_sentence;
use crate::text::Span;

/// Typewriters and mail programs break lines within these widths, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=120;

/// Lines that start in lower case after a line without full stop: so many must be seen before a text counts as
/// broken at a fixed width.
const LEAST_EVIDENCE: usize = 2;

/// Bytes that are looked through together for the end of a line.
const CHUNK: usize = 32;

/// A paragraph or line of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// The text without line breaks.
    pub(super) text: String,
    /// Where it stands in the text.
    pub(super) span: Span,
}

struct TextLine<'t> {
    text: &'t str,
    start: usize,
    n_chars: usize,
    /// Follows a blank line, or is the first.
    opens_group: bool,
    is_indented: bool,
}

impl TextLine<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The blocks of a text, in order.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let width = wrap_width(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let previous = i.checked_sub(1).map(|i| &lines[i]);
        match (previous, blocks.last_mut()) {
            (Some(previous), Some(block)) if continues(previous, line, width) => {
                if !ends_in_hyphen(&block.text) {
                    block.text.push(' ');
                }
                block.text.push_str(line.text);
                block.span.end = line.end();
            }
            _ => blocks.push(Block { text: line.text.to_owned(), span: Span::new(line.start, line.end()) }),
        }
    }
    blocks
}

/// Lines that print something, trimmed.
fn lines(text: &str) -> Vec<TextLine<'_>> {
    let mut lines: Vec<TextLine<'_>> = Vec::new();
    let mut after_blank = true;
    let mut start = 0;
    while start < text.len() {
        let piece = &text[start..line_end(text, start)];
        // A line feed after a carriage return is no line of its own.
        let is_half_of_crlf = piece == "\n" && text[..start].ends_with('\r');
        let is_blank_char = |c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}';
        let trimmed = piece.trim_matches(is_blank_char);
        if trimmed.is_empty() {
            after_blank |= !is_half_of_crlf;
        } else {
            let indent = piece.len() - piece.trim_start_matches(is_blank_char).len();
            lines.push(TextLine {
                text: trimmed,
                start: start + indent,
                n_chars: trimmed.chars().count(),
                opens_group: after_blank,
                is_indented: indent >= 2 || piece.starts_with('\t'),
            });
            after_blank = false;
        }
        start += piece.len();
    }
    lines
}

/// Where the line that begins at `start` ends, behind its line break.
fn line_end(text: &str, start: usize) -> usize {
    let is_break =
        |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    // The first bytes of all of these.
    let may_break = |byte: u8| matches!(byte, b'\n'..=b'\r' | 0xc2 | 0xe2);
    let mut end = start;
    loop {
        // Chunks of many bytes without one are passed over as a whole, without a branch on each.
        let rest = &text.as_bytes()[end..];
        let clear = |chunk: &&[u8]| !chunk.iter().fold(false, |any, &byte| any | may_break(byte));
        end += rest.chunks_exact(CHUNK).take_while(clear).count() * CHUNK;
        let Some(next) = text.as_bytes()[end..].iter().position(|&byte| may_break(byte)) else {
            return text.len();
        };
        let c = text[end + next..].chars().next().expect("a character begins with its first byte");
        end += next + c.len_utf8();
        if is_break(c) {
            return end;
        }
    }
}

/// The width at which the text's lines are broken; `None` if they are not.
fn wrap_width(lines: &[TextLine<'_>]) -> Option<usize> {
    if lines.len() <= LEAST_EVIDENCE {
        return None;
    }
    let mut lengths: Vec<usize> = lines.iter().map(|l| l.n_chars).collect();
    lengths.sort_unstable();
    // A long address in one line must not hide the width of all others.
    let width = *lengths.get((lengths.len() * 98 / 100).min(lengths.len().checked_sub(1)?))?;
    if !WIDTHS.contains(&width) {
        return None;
    }
    let pairs = || lines.windows(2).filter(|pair| !pair[1].opens_group);
    let n_full = pairs().filter(|pair| is_full(&pair[0], &pair[1], width)).count();
    let n_continued =
        pairs().filter(|p| is_full(&p[0], &p[1], width) && runs_on(p[0].text, p[1].text)).count();
    (n_continued >= LEAST_EVIDENCE && n_continued * 4 >= n_full).then_some(width)
}

/// True if the first word of `next` would not have fitted on the line.
fn is_full(line: &TextLine<'_>, next: &TextLine<'_>, width: usize) -> bool {
    let word = next.text.split_whitespace().next().map_or(0, |w| w.chars().count());
    line.n_chars + 1 + word > width
}

/// A sentence that goes on over the line break.
fn runs_on(line: &str, next: &str) -> bool {
    !ends_sentence(line) && next.starts_with(|c: char| c.is_lowercase())
}

fn continues(line: &TextLine<'_>, next: &TextLine<'_>, width: Option<usize>) -> bool {
    if next.opens_group || starts_item(next.text) {
        return false;
    }
    match width {
        Some(width) => is_full(line, next, width) && (line.is_indented || !next.is_indented),
        None => {
            line.n_chars >= *WIDTHS.start() && WIDTHS.contains(&line.n_chars) && runs_on(line.text, next.text)
        }
    }
}

/// "- item", "• item", "* item".
fn starts_item(text: &str) -> bool {
    text.starts_with(['•', '▪', '‣', '◦', '*', '-', '–'])
        && text.chars().nth(1).is_some_and(char::is_whitespace)
}

fn ends_in_hyphen(text: &str) -> bool {
    text.ends_with('-') && text.chars().rev().nth(1).is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let blocks = blocks(text);
        for block in &blocks {
            let source = block.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(source.replace("- ", "-"), block.text.replace("- ", "-"), "the span slices back");
        }
        blocks.into_iter().map(|b| b.text).collect()
    }

    const WRAPPED: &str = "Tariff Bargain: Ministers Start With the Easy Half\nThe Gazette\n\n\
        GENEVA, MAY 5 - The largest negotiation on tariffs ever attempted was\n\
        opened here on Monday by ministers of more than forty countries, who agreed\n\
        by nightfall on a principle and went to dinner. An Anglo-American anti-\n\
        dumping code is next.\n\nThe matter of the hen";

    #[test]
    fn hard_wrapped_lines_are_joined_and_short_lines_stay_apart() {
        let blocks = texts(WRAPPED);
        assert_eq!(blocks.len(), 4);
        assert_eq!(blocks[1], "The Gazette");
        assert!(blocks[2].starts_with("GENEVA") && blocks[2].ends_with("anti-dumping code is next."));
        assert_eq!(texts(&WRAPPED.replace('\n', "\r\n")), blocks);
        assert_eq!(texts(&WRAPPED.replace('\n', "\r")), blocks);
    }

    #[test]
    fn hard_wrapped_text_without_blank_lines_breaks_after_short_lines() {
        let text = WRAPPED.replace("\n\n", "\n");
        assert_eq!(texts(&text), texts(WRAPPED));
    }

    #[test]
    fn without_blank_lines_every_line_is_a_paragraph() {
        let text = "Headline\nThe first paragraph ends here.\nThe second one ends here.\n";
        assert_eq!(texts(text).len(), 3);
    }

    #[test]
    fn list_items_stay_apart() {
        assert_eq!(texts("Three things:\n- one\n- two\n- three").len(), 4);
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert!(texts("").is_empty());
        assert!(texts("\u{feff}\r\n \t\u{a0}\n").is_empty());
        assert_eq!(texts("\u{feff}  word "), ["word"]);
    }
}
