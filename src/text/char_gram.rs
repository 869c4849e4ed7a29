//! Character n-grams within words: scikit-learn's `char_wb`.

use super::token::Span;

/// Longest n-gram of characters.
pub(crate) const MAX_LENGTH: usize = 10;

/// The runs of `text` between white space, punctuation included, as scikit-learn cuts them.
pub(crate) fn runs(text: &str) -> impl Iterator<Item = Span> {
    text.split_whitespace().map(move |run| {
        let start = run.as_ptr() as usize - text.as_ptr() as usize;
        Span::new(start, start + run.len())
    })
}

/// Hands the n-grams of `run`, a space put at either end, to `each`: those of `min` characters from left to
/// right, then the longer ones. A run shorter than an n-gram counts once, as a whole.
pub(crate) fn char_grams(run: &str, (min, max): (usize, usize), mut each: impl FnMut(&str)) {
    let padded = format!(" {run} ");
    let starts: Vec<usize> = padded.char_indices().map(|(start, _)| start).chain([padded.len()]).collect();
    let length = starts.len() - 1;
    for n in min..=max {
        for first in 0..=length.saturating_sub(n) {
            each(&padded[starts[first]..starts[length.min(first + n)]]);
        }
        if length <= n {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grams(run: &str, range: (usize, usize)) -> Vec<String> {
        let mut grams = Vec::new();
        char_grams(run, range, |gram| grams.push(gram.to_owned()));
        grams
    }

    #[test]
    fn ngrams_stay_within_the_word_and_its_spaces() {
        assert_eq!(grams("naïf", (3, 3)), [" na", "naï", "aïf", "ïf "]);
        assert_eq!(grams("a", (1, 2)), [" ", "a", " ", " a", "a "]);
    }

    #[test]
    fn a_word_shorter_than_an_ngram_counts_once() {
        assert_eq!(grams("to", (4, 6)), [" to "]);
        assert_eq!(grams("to", (6, 8)), [" to "]);
    }

    #[test]
    fn runs_are_spans_between_white_space() {
        let text = " a,\tbc\u{a0}é ";
        assert_eq!(runs(text).map(|span| span.of(text)).collect::<Vec<_>>(), ["a,", "bc", "é"]);
    }
}
