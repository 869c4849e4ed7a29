//! Where other packages end a sentence.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{Language, Span};

/// Whose full stop quanteda hides before it asks for sentences.
const HIDDEN: [&str; 11] = ["Mr", "Mrs", "Ms", "Dr", "Jr", "Prof", "Ph.D", "M", "MM", "St", "etc"];

/// Bytes without a letter or a full stop after which the search for a lower-case letter is given up.
const FARTHEST: usize = 256;

/// quanteda's: by Unicode's sentence boundaries (UAX #29), as ICU finds them, the full stops of a few titles hidden.
///
/// `U.S. Steel` and `Gen. Lee` are cut. A sentence also ends after 256 bytes without letter or full stop.
pub(super) fn quanteda(text: &str, _: &'static Language) -> Vec<Span> {
    let hidden = without_titles(text);
    let mut sentences = Vec::new();
    let mut start = 0;
    for part in lettered(&hidden) {
        for piece in part.split_sentence_bounds() {
            let end = start + piece.len();
            if !piece.trim().is_empty() {
                sentences.push(Span::new(start, end));
            }
            start = end;
        }
    }
    sentences
}

/// The text with `_` for the full stops of titles, as long as before.
fn without_titles(text: &str) -> String {
    let mut hidden = String::with_capacity(text.len());
    let mut pieces = text.split('.').peekable();
    while let Some(piece) = pieces.next() {
        hidden.push_str(piece);
        if pieces.peek().is_some() {
            hidden.push(if ends_in_title(&text[..hidden.len()]) { '_' } else { '.' });
        }
    }
    hidden
}

fn ends_in_title(text: &str) -> bool {
    HIDDEN.iter().any(|title| {
        let before = text.strip_suffix(title).map(|rest| rest.chars().next_back());
        before.is_some_and(|c| c.is_none_or(|c| !is_of_word(c)))
    })
}

/// What `\w` matches, near enough.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The text in parts that go on for at most [`FARTHEST`] bytes without letter or full stop, so that looking ahead from each of
/// these bytes takes no time by the square.
fn lettered(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut last = 0;
        let end = rest.char_indices().find_map(|(at, c)| {
            if c.is_alphabetic() || c == '.' {
                last = at;
            }
            (at - last > FARTHEST).then_some(at)
        });
        let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

/// textstat's: `\b[^.!?]+[.!?]*`, so that each full stop ends one, `U.S.` and `3.5` too; what has at most two words counts
/// as none, so it belongs to the sentence before it, or to the first.
pub(super) fn textstat(text: &str, _: &'static Language) -> Vec<Span> {
    let mut sentences: Vec<Span> = Vec::new();
    let mut start = 0;
    let mut first_start = None;
    while let Some(offset) = text[start..].find(is_of_word) {
        let begin = start + offset;
        let mark = text[begin..].find(ENDS).map_or(text.len(), |at| begin + at);
        let end = text.len() - text[mark..].trim_start_matches(ENDS).len();
        let n_words = text[begin..mark].split_whitespace().filter(|word| word.contains(is_of_word)).count();
        let from = *first_start.get_or_insert(begin);
        if n_words > 2 {
            sentences.push(Span::new(if sentences.is_empty() { from } else { begin }, end));
        } else if let Some(last) = sentences.last_mut() {
            last.end = end;
        }
        start = end;
    }
    match first_start {
        Some(begin) if sentences.is_empty() => vec![Span::new(begin, text.len())],
        _ => sentences,
    }
}

const ENDS: [char; 3] = ['.', '!', '?'];

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(by: fn(&str, &'static Language) -> Vec<Span>, text: &str) -> Vec<&str> {
        by(text, Language::ENGLISH).into_iter().map(|span| span.of(text).trim_end()).collect()
    }

    #[test]
    fn quanteda_keeps_titles_and_cuts_behind_other_abbreviations() {
        assert_eq!(
            cut(quanteda, "Mr. Lee met Gen. Hahm in St. Louis. U.S. Steel fell, etc. He left."),
            ["Mr. Lee met Gen.", "Hahm in St. Louis.", "U.S.", "Steel fell, etc. He left."]
        );
        assert_eq!(
            cut(quanteda, "“Not yet.” It is no. 5, said ATM. Mr. Lee."),
            ["“Not yet.”", "It is no. 5, said ATM.", "Mr. Lee."]
        );
        assert_eq!(
            cut(quanteda, "A heading\nA line of text. é. Ende"),
            ["A heading", "A line of text. é.", "Ende"]
        );
    }

    #[test]
    fn textstat_ends_a_sentence_at_each_mark_and_drops_short_ones() {
        assert_eq!(
            cut(
                textstat,
                "He left. The U.S. army of 3.5 million men stayed there... Why? “No one knows it!” Well."
            ),
            ["He left. The U.S. army of 3.", "5 million men stayed there... Why?", "No one knows it!” Well."]
        );
        assert_eq!(cut(textstat, "… No. Yes."), ["No. Yes."]);
        assert_eq!(cut(textstat, " ?! "), [""; 0]);
    }

    #[test]
    fn a_mark_far_from_the_next_letter_takes_no_time() {
        for filling in [" ", "\"", "1", ") "] {
            let text = format!("He left.{}Then", filling.repeat(1_000_000 / filling.len()));
            let found = quanteda(&text, Language::ENGLISH);
            assert!(found.is_sorted_by_key(|span| span.start));
            assert!(found.last().unwrap().of(&text).ends_with("Then"));
        }
    }
}
