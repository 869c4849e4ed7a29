//! Sentences within quotations: an editor counts them, where `sentencex` keeps a quotation in the sentence that quotes it.

use super::Span;

/// Opening and closing marks. Straight single ones are left out: they are apostrophes more often.
static MARKS: &[(char, char)] = &[('“', '”'), ('"', '"'), ('„', '“'), ('«', '»'), ('‘', '’')];

/// Where the sentences of `sentence` end that are within a quotation and not its last: ascending, counted from the start of
/// the text. `cut` gives the sentences of a part of it.
pub(super) fn inner_ends(
    text: &str,
    sentence: Span,
    mut cut: impl FnMut(&str, Span) -> Vec<Span>,
) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut from = sentence.start;
    while let Some(quoted) = quotation(text, Span::new(from, sentence.end)) {
        if holds_an_end(quoted.of(text)) {
            let inner = cut(text, quoted);
            ends.extend(inner.iter().map(|span| span.end).take(inner.len().saturating_sub(1)));
        }
        from = quoted.end;
    }
    ends
}

/// What stands between the first opening mark in `within` and the mark that closes it.
fn quotation(text: &str, within: Span) -> Option<Span> {
    within.of(text).char_indices().find_map(|(at, mark)| {
        let (_, closing) = MARKS.iter().find(|(opening, _)| *opening == mark)?;
        let start = within.start + at + mark.len_utf8();
        let rest = &text[start..within.end];
        // Behind a letter it is an apostrophe; a quotation of sentences ends with their mark.
        let closes =
            |&(at, _): &(usize, &str)| *closing != '’' || rest[..at].ends_with(['.', ',', '?', '!', '…']);
        let (end, _) = rest.match_indices(*closing).find(closes)?;
        Some(Span::new(start, start + end))
    })
}

/// Whether a sentence may end before the end of `quoted`.
fn holds_an_end(quoted: &str) -> bool {
    quoted.bytes().zip(quoted.bytes().skip(1)).any(|(mark, next)| {
        // Of the marks outside of ASCII only the last byte is looked at: a guess that costs no more than a look.
        (matches!(mark, b'.' | b'!' | b'?') || mark >= 0x80) && matches!(next, b' ' | b'\n' | b'\t')
    })
}
