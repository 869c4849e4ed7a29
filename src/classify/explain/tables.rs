//! Explanations as tables.

use super::{Explanation, FlipSet};
use crate::table::{Column, Table};
use crate::text::Span;

impl Explanation {
    /// A row for each term of `text`, from the most for the topic to the most for the runner-up, then one for the
    /// intercept and one for the calibration: `words, term, n_occurrences, weight, contribution`.
    ///
    /// `words` are those of the text as printed, each form once, with ` | ` between.
    pub fn table(&self, text: &str) -> Table {
        let terms = || self.contributions().iter();
        let fixed = [("(intercept)", self.intercept()), ("(calibration)", self.calibration_bias())];
        let words =
            terms().map(|c| printed(text, &c.spans)).chain(fixed.iter().map(|(name, _)| (*name).to_owned()));
        let additions = terms().map(|c| c.contribution).chain(fixed.iter().map(|(_, addition)| *addition));
        Table::new(
            "explanation",
            vec![
                Column::text("words", "the term as printed", words.map(Some).collect()),
                Column::text(
                    "term",
                    "the term as the model knows it",
                    terms().map(|c| Some(c.term.clone())).chain([None, None]).collect(),
                ),
                Column::integer(
                    "n_occurrences",
                    "occurrences",
                    "how often it stands in the text",
                    terms().map(|c| i64::try_from(c.spans.len()).ok()).chain([None, None]).collect(),
                ),
                Column::float(
                    "weight",
                    "",
                    "weight of the term in the text",
                    terms().map(|c| Some(c.weight)).chain([None, None]).collect(),
                ),
                Column::float(
                    "contribution",
                    "nats",
                    "what it adds to ln(P(topic) / P(runner-up))",
                    additions.map(Some).collect(),
                ),
            ],
        )
    }
}

impl FlipSet {
    /// A row for each word, most telling first: `words, term, n_occurrences`.
    pub fn table(&self, text: &str) -> Table {
        let words = || self.words.iter();
        Table::new(
            "flip",
            vec![
                Column::text(
                    "words",
                    "the word as printed",
                    words().map(|w| Some(printed(text, &w.spans))).collect(),
                ),
                Column::text(
                    "term",
                    "the word as the model knows it",
                    words().map(|w| Some(w.term.clone())).collect(),
                ),
                Column::integer(
                    "n_occurrences",
                    "occurrences",
                    "how often it stands in the text",
                    words().map(|w| i64::try_from(w.spans.len()).ok()).collect(),
                ),
            ],
        )
    }

    /// The words as printed, each form once, with `, ` between words and ` | ` between forms.
    pub fn printed(&self, text: &str) -> String {
        let words: Vec<String> = self.words.iter().map(|word| printed(text, &word.spans)).collect();
        words.join(", ")
    }
}

/// The forms of a term at `spans` of a text, each once, white space within them single, with ` | ` between.
pub fn printed(text: &str, spans: &[Span]) -> String {
    let mut forms: Vec<String> = Vec::new();
    for span in spans {
        let form = span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms.join(" | ")
}
