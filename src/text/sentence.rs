//! Sentences, by the rules of `sentencex`.

use super::language::Language;
use super::token::Span;

/// The sentences of `text` in order, without the white space around them.
///
/// A text without an end mark is one sentence; a blank text has none. Languages without rules of their own
/// take those of their [`sentence_rules`](Language::sentence_rules).
///
/// # Examples
///
/// ```
/// use newsbeat::text::{Language, sentences};
///
/// let text = "Mr. Lee left Seoul. “Not yet,” he said.";
/// let found: Vec<&str> = sentences(text, Language::ENGLISH).map(|s| s.of(text)).collect();
/// assert_eq!(found, ["Mr. Lee left Seoul.", "“Not yet,” he said."]);
/// ```
pub fn sentences(text: &str, language: &Language) -> impl Iterator<Item = Span> {
    sentencex::get_sentence_boundaries(language.sentence_rules, text).into_iter().filter_map(|boundary| {
        let trimmed = boundary.text.trim_start();
        let start = boundary.end_byte - trimmed.len();
        let trimmed = trimmed.trim_end();
        (!trimmed.is_empty()).then(|| Span::new(start, start + trimmed.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_blank_text_has_no_sentence() {
        assert_eq!(sentences(" \n\n ", Language::ENGLISH).count(), 0);
    }

    proptest! {
        #[test]
        fn sentences_are_ordered_disjoint_and_hold_all_that_prints(text in "([A-Za-z .!?\n“”é]|Mr\\. ){0,60}") {
            let mut end = 0;
            for span in sentences(&text, Language::ENGLISH) {
                prop_assert!(span.start >= end);
                prop_assert!(text[end..span.start].trim().is_empty());
                end = span.end;
            }
            prop_assert!(text[end..].trim().is_empty());
        }
    }
}
