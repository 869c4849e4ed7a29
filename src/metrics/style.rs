//! How a text is written, as far as words and marks show it, without a parser.
//!
//! Grammatical classes are word lists, so whatever needs one is an estimate and holds for English only.

use super::counts::TextCounts;
use super::formula::{Formula, defined, formula};
use super::{Family, Metric};

const fn row(formula: Formula) -> Metric {
    Metric { reference: "a count", ..Metric::row(Family::Style, formula) }
}

/// A count by a word list, which the reference names.
const fn english(reference: &'static str, formula: Formula) -> Metric {
    Metric { languages: &["en"], reference, ..row(formula) }
}

const QUOTATIONS: &str =
    "a count by paired quotation marks; one that is not closed runs to the paragraph's end";

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "quoted_share",
        unit: "share",
        reference: QUOTATIONS,
        interpretation: "the share of the words that stand in quotation marks",
        ..row(formula!(|quoted_words, words| quoted_words / words))
    },
    Metric {
        name: "quotations_per_100_words",
        unit: "quotations",
        reference: QUOTATIONS,
        interpretation: "how often someone is quoted, scare quotes among them",
        ..row(formula!(|quotations, words| 100.0 * quotations / words))
    },
    Metric {
        name: "attributions_per_100_words",
        unit: "verbs",
        interpretation: "reporting verbs: said, told, warned, according",
        ..english(
            "a count by src/metrics/lists/attribution.txt",
            formula!(|attributions, words| 100.0 * attributions / words),
        )
    },
    Metric {
        name: "named_speakers_per_100_words",
        unit: "verbs",
        interpretation: "reporting verbs with a capitalised name within three words; an estimate",
        ..english(
            "a count by src/metrics/lists/attribution.txt and of capitals beside it",
            formula!(|named_attributions, words| 100.0 * named_attributions / words),
        )
    },
    Metric {
        name: "named_attribution_share",
        unit: "share",
        interpretation: "the share of reporting verbs that have a name near them; an estimate of named against unnamed sources",
        ..english(
            "a count by src/metrics/lists/attribution.txt and of capitals beside it",
            formula!(|named_attributions, attributions| named_attributions / attributions),
        )
    },
    Metric {
        name: "first_person_per_100_words",
        unit: "words",
        interpretation: "I, we and their forms: in news mostly inside quotations",
        ..english(
            "a count by src/metrics/lists/first_person.txt",
            formula!(|first_persons, words| 100.0 * first_persons / words),
        )
    },
    Metric {
        name: "second_person_per_100_words",
        unit: "words",
        interpretation: "you and its forms",
        ..english(
            "a count by src/metrics/lists/second_person.txt",
            formula!(|second_persons, words| 100.0 * second_persons / words),
        )
    },
    Metric {
        name: "pronouns_per_100_words",
        unit: "words",
        interpretation: "personal, demonstrative and indefinite pronouns",
        ..english(
            "a count by src/metrics/lists/pronouns.txt",
            formula!(|pronouns, words| 100.0 * pronouns / words),
        )
    },
    Metric {
        name: "hedges_per_100_words",
        unit: "words",
        interpretation: "words that leave a statement open: may, reportedly, likely",
        ..english("a count by src/metrics/lists/hedges.txt", formula!(|hedges, words| 100.0 * hedges / words))
    },
    Metric {
        name: "modals_per_100_words",
        unit: "words",
        interpretation: "can, may, must, will and their forms",
        ..english("a count by src/metrics/lists/modals.txt", formula!(|modals, words| 100.0 * modals / words))
    },
    Metric {
        name: "negations_per_100_words",
        unit: "words",
        interpretation: "not, no, never and contractions with n't",
        ..english(
            "a count by src/metrics/lists/negations.txt",
            formula!(|negations, words| 100.0 * negations / words),
        )
    },
    Metric {
        name: "stop_words_per_100_words",
        unit: "words",
        interpretation: "the commonest words, by Snowball's list; prose runs at 40 to 50",
        ..english(
            "a count by Snowball's English stop list, src/text/stop_words/snowball.txt",
            formula!(|stop_words, words| 100.0 * stop_words / words),
        )
    },
    Metric {
        name: "passives_per_100_words",
        unit: "passives",
        interpretation: "an estimate: a form of be or get with a participle within three words",
        ..english(
            "a count by src/metrics/lists/being.txt and participles.txt",
            formula!(|passives, words| 100.0 * passives / words),
        )
    },
    Metric {
        name: "numbers_per_100_words",
        unit: "numbers",
        interpretation: "words that begin with a digit",
        ..row(formula!(|numbers, words| 100.0 * numbers / words))
    },
    Metric {
        name: "money_per_100_words",
        unit: "amounts",
        reference: "a count by signs of currency and src/metrics/lists/currencies.txt",
        interpretation: "numbers behind a currency sign or before a currency's name",
        ..row(formula!(|money_amounts, words| 100.0 * money_amounts / words))
    },
    Metric {
        name: "names_per_100_words",
        unit: "names",
        reference: "a count of capitals; no list of names",
        interpretation: "runs of capitalised words inside sentences; an estimate, and void in German",
        ..row(formula!(|names, words| 100.0 * names / words))
    },
    Metric {
        name: "acronyms_per_100_words",
        unit: "words",
        interpretation: "words of two capitals or more and no small letter",
        ..row(formula!(|acronyms, words| 100.0 * acronyms / words))
    },
    Metric {
        name: "commas_per_100_words",
        unit: "marks",
        interpretation: "commas",
        ..row(formula!(|commas, words| 100.0 * commas / words))
    },
    Metric {
        name: "semicolons_per_100_words",
        unit: "marks",
        interpretation: "semicolons",
        ..row(formula!(|semicolons, words| 100.0 * semicolons / words))
    },
    Metric {
        name: "colons_per_100_words",
        unit: "marks",
        interpretation: "colons",
        ..row(formula!(|colons, words| 100.0 * colons / words))
    },
    Metric {
        name: "dashes_per_100_words",
        unit: "marks",
        interpretation: "dashes that stand by themselves",
        ..row(formula!(|dashes, words| 100.0 * dashes / words))
    },
    Metric {
        name: "brackets_per_100_words",
        unit: "marks",
        interpretation: "opening and closing brackets",
        ..row(formula!(|brackets, words| 100.0 * brackets / words))
    },
    Metric {
        name: "question_marks_per_100_words",
        unit: "marks",
        interpretation: "question marks",
        ..row(formula!(|question_marks, words| 100.0 * question_marks / words))
    },
    Metric {
        name: "exclamation_marks_per_100_words",
        unit: "marks",
        interpretation: "exclamation marks",
        ..row(formula!(|exclamation_marks, words| 100.0 * exclamation_marks / words))
    },
    Metric {
        name: "full_stops_per_100_words",
        unit: "marks",
        interpretation: "full stops and ellipses that stand by themselves, not those inside a word such as U.N.",
        ..row(formula!(|full_stops, words| 100.0 * full_stops / words))
    },
    Metric {
        name: "quotation_marks_per_100_words",
        unit: "marks",
        interpretation: "quotation marks, opening and closing",
        ..row(formula!(|quotation_marks, words| 100.0 * quotation_marks / words))
    },
    Metric {
        name: "punctuation_per_100_words",
        unit: "marks",
        interpretation: "all marks of punctuation",
        ..row(formula!(|punctuation, words| 100.0 * punctuation / words))
    },
    Metric {
        name: "sentence_rhythm",
        unit: "correlation",
        reference: "G. E. P. Box, G. M. Jenkins (1970), Time series analysis, Holden-Day: the autocorrelation at a lag of one",
        interpretation: "above 0 if long sentences stand together, below 0 if long and short take turns; undefined under three sentences",
        ..row(Formula::described(
            "sum of (x[i] - m) * (x[i + 1] - m) / sum of (x[i] - m)^2, x words of each sentence, m their mean",
            rhythm,
        ))
    },
    Metric {
        name: "type_token_ratio_by_paragraph",
        reference: "W. Johnson (1944), Studies in language behavior: a program of research, Psychological Monographs 56(2), pp. 1-15: the ratio of each paragraph",
        interpretation: "the type-token ratio inside a paragraph, on average",
        comparable: false,
        ..row(Formula::described(
            "mean over paragraphs with a running word of (types in the paragraph / its running words)",
            paragraph_ratio,
        ))
    },
];

/// Autocorrelation of sentence lengths at a distance of one.
fn rhythm(counts: &TextCounts) -> Option<f64> {
    if counts.n_sentences < 3 {
        return None;
    }
    let mean = counts.n_words as f64 / counts.n_sentences as f64;
    let next = counts.sentence_lengths().skip(1);
    let products: f64 = counts.sentence_lengths().zip(next).map(|(a, b)| (a - mean) * (b - mean)).sum();
    let squares: f64 = counts.sentence_lengths().map(|a| (a - mean) * (a - mean)).sum();
    defined(products / squares)
}

fn paragraph_ratio(counts: &TextCounts) -> Option<f64> {
    let mut last_in = vec![usize::MAX; counts.facts.len()];
    let (mut sum, mut n_paragraphs) = (0.0, 0.0);
    for (paragraph, words) in counts.paragraph_words().enumerate() {
        let (mut types, mut n_words) = (0.0, 0.0);
        for word in words.iter().filter(|w| !counts.facts[w.kind as usize].is_number) {
            n_words += 1.0;
            types += f64::from(u8::from(
                std::mem::replace(&mut last_in[word.kind as usize], paragraph) != paragraph,
            ));
        }
        if n_words > 0.0 {
            sum += types / n_words;
            n_paragraphs += 1.0;
        }
    }
    defined(sum / n_paragraphs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn rhythm_tells_taking_turns_from_standing_together() {
        let of = |text: &str| rhythm(&TextCounts::of(&[text], Language::ENGLISH));
        let turns =
            of("No. The talks in Seoul failed again. Why. Both sides blame the other for it. So.").unwrap();
        let together =
            of("No. Why. So. The talks in Seoul failed again. Both sides blame the other for it.").unwrap();
        assert!(turns < -0.5 && together > 0.1, "{turns} {together}");
        assert_eq!(of("One two. One two. One two."), None);
    }
}
