//! OSMAN, the formula for Arabic, and the counts that it is made of.
//!
//! Short vowels, doublings and case endings are marks above and below the letters (tashkeel). Newspapers leave them out;
//! then a word's syllables are taken for its letters other than alef, less two, as the authors' program does.

use super::super::formula::formula;
use super::super::{Metric, TextCounts};
use super::row;

pub(super) static METRICS: &[Metric] = &[Metric {
    name: "osman",
    unit: "points",
    reference: "M. El-Haj, P. Rayson (2016), OSMAN: a novel Arabic readability metric, LREC 2016, pp. 250-255",
    interpretation: "Arabic, higher is easier; made for text with vowel marks, without them syllables are guessed from letters",
    languages: &["ar"],
    ..row(formula!(|words,
                    sentences,
                    arabic_hard_words,
                    arabic_syllables,
                    arabic_complex_words,
                    arabic_faseeh_words| 200.791
        - 1.015 * (words / sentences)
        - 24.181 * (arabic_hard_words + arabic_syllables + arabic_complex_words + arabic_faseeh_words)
            / words))
}];

/// Fatha, damma, kasra.
const SHORT_VOWELS: [char; 3] = ['\u{64e}', '\u{64f}', '\u{650}'];

/// The three nunations and shadda: syllables that weigh double.
const STRESSES: [char; 4] = ['\u{64b}', '\u{64c}', '\u{64d}', '\u{651}'];

/// Sukun, madda, inverted damma, nun above: marks that are no syllables.
const OTHER_MARKS: [char; 4] = ['\u{652}', '\u{653}', '\u{657}', '\u{658}'];

/// Alef, waw, ya behind a short vowel make it long.
const LENGTHENING: [char; 3] = ['\u{627}', '\u{648}', '\u{64a}'];

/// Alef and alef maqsura, which unmarked words do not count.
const SILENT: [char; 2] = ['\u{627}', '\u{649}'];

/// Letters of the written language: hamza on ya, alone and on waw, dhal, dha.
const FASEEH_LETTERS: [char; 5] = ['\u{626}', '\u{621}', '\u{624}', '\u{630}', '\u{638}'];

/// Endings of the written language: waw with alef, waw with nun.
const FASEEH_ENDINGS: [&str; 2] = ["\u{648}\u{627}", "\u{648}\u{646}"];

/// What the formula asks of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct ArabicWord {
    /// More than five letters, marks left out.
    pub(in super::super) is_hard: bool,
    /// Short syllables once, long and stressed ones twice; guessed where no vowel is marked.
    pub(in super::super) syllables: usize,
    /// More than four syllables.
    pub(in super::super) is_complex: bool,
    /// Complex, with a letter or an ending of the written language.
    pub(in super::super) is_faseeh: bool,
}

impl ArabicWord {
    fn of(word: &str) -> Self {
        let is_mark = |c: &char| [&SHORT_VOWELS[..], &STRESSES, &OTHER_MARKS].iter().any(|m| m.contains(c));
        let bare: String = word.chars().filter(|c| !is_mark(c)).collect();
        let next = word.chars().skip(1).map(Some).chain([None]);
        let vowels = word.chars().zip(next).filter(|(c, _)| SHORT_VOWELS.contains(c));
        let (mut short, mut long) = (0, 0);
        for (_, next) in vowels {
            if next.is_some_and(|next| LENGTHENING.contains(&next)) {
                long += 1;
            } else {
                short += 1;
            }
        }
        if short == 0 {
            let said = bare.chars().filter(|c| c.is_alphabetic() && !SILENT.contains(c)).count();
            short = said.saturating_sub(2);
        }
        let stressed = word.chars().filter(|c| STRESSES.contains(c)).count();
        let syllables = short + 2 * (long + stressed);
        let is_complex = syllables > 4;
        let is_written = bare.contains(FASEEH_LETTERS) || FASEEH_ENDINGS.iter().any(|e| bare.ends_with(e));
        Self {
            is_hard: bare.chars().filter(|c| c.is_alphabetic()).count() > 5,
            syllables,
            is_complex,
            is_faseeh: is_complex && is_written,
        }
    }
}

/// The sum of a count over the words of an Arabic text; `None` for another language.
pub(in super::super) fn sum_of_words(counts: &TextCounts, count: fn(ArabicWord) -> usize) -> Option<f64> {
    let words = counts.types.iter().zip(&counts.occurrences);
    (counts.language.code == "ar")
        .then(|| words.map(|(word, &n)| n as usize * count(ArabicWord::of(word))).sum::<usize>() as f64)
}

#[cfg(test)]
mod tests {
    use super::super::super::named;
    use super::*;
    use crate::text::Language;

    #[test]
    fn syllables_are_those_of_the_marks_and_guessed_without_them() {
        // "He wrote": three short vowels. "A book": a short, a long and a stressed one.
        assert_eq!(ArabicWord::of("كَتَبَ").syllables, 3);
        assert_eq!(ArabicWord::of("كِتَابٌ").syllables, 1 + 2 * (1 + 1));
        // Seven letters without two alefs, less two.
        assert_eq!(ArabicWord::of("المفاوضات").syllables, 7 - 2 - 1);
        assert_eq!(ArabicWord::of("في").syllables, 0);
    }

    #[test]
    fn written_language_is_told_by_letters_and_endings_of_complex_words() {
        let word = ArabicWord::of("يَتَفَاوَضُونَ");
        assert!(word.is_complex && word.is_hard && word.is_faseeh, "{word:?}");
        assert!(!ArabicWord::of("ذَهَبَ").is_faseeh);
    }

    #[test]
    fn osman_is_its_formula() {
        let arabic = Language::of_code("ar").unwrap();
        let counts = TextCounts::of(&["كَتَبَ كِتَابٌ."], arabic);
        let expected = 200.791 - 1.015 * 2.0 - 24.181 * (8.0 / 2.0 + 1.0 / 2.0);
        let found = named("osman").unwrap().of(&counts).unwrap();
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
    }
}
