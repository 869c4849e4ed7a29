//! Folding: which spellings of a word are one term.
//!
//! # Advice for hackers
//!
//! Most words are ASCII, and most of those are lower case: they are answered without a copy. All else is
//! rare, since a surface form is folded once, when it is first met.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::token::is_format;

/// Which letters of two cases are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseRules {
    /// Each character's lower case: `STRASSE` and `Straße` stay two words.
    Lower,
    /// Unicode's full case folding: `STRASSE`, `Strasse` and `Straße` are `strasse`, `ΟΔΟΣ` and `οδος` are `οδοσ`.
    #[default]
    Full,
    /// Full case folding but for the two letters of Turkish: `I` is `ı`, `İ` is `i`.
    Turkish,
}

/// Which spellings of a word are one term, as plain data that is saved in the model.
///
/// Characters that print nothing (soft hyphens, zero-width joiners, marks of direction, control characters) are always left out:
/// where a line was broken does not change a word.
///
/// | name | default | meaning |
/// |---|---|---|
/// | `nfc` | true | canonical composition: `é` is one character however it was typed |
/// | `case` | full | which letters of two cases are one, where words are lower-cased |
/// | `ligatures` | true | `ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ`, which typesetting leaves in PDF files, are the letters that they join |
/// | `apostrophes` | true | `’`, `‘`, `ʼ` and `＇` are `'` |
///
/// # Examples
///
/// ```
/// use newsbeat::text::Folding;
///
/// let folding = Folding::default();
/// assert_eq!(folding.fold("O’Neill", true), "o'neill");
/// assert_eq!(folding.fold("cafe\u{301}", true), "café");
/// assert_eq!(folding.fold("oﬃ\u{ad}ce", false), "office");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Folding {
    /// Canonical composition.
    pub nfc: bool,
    /// Which letters of two cases are one.
    pub case: CaseRules,
    /// Typographic ligatures are the letters that they join.
    pub ligatures: bool,
    /// Curly apostrophes are straight.
    pub apostrophes: bool,
}

impl Default for Folding {
    fn default() -> Self {
        Self { nfc: true, case: CaseRules::Full, ligatures: true, apostrophes: true }
    }
}

impl Folding {
    /// Lower case and straight apostrophes only: what a model without this field was trained with.
    pub fn simple() -> Self {
        Self { nfc: false, case: CaseRules::Lower, ligatures: false, apostrophes: true }
    }

    /// The one spelling of `word`; its case is kept unless `lowercase`.
    pub fn fold(self, word: &str, lowercase: bool) -> Cow<'_, str> {
        if word.is_ascii() && !(self.case == CaseRules::Turkish && word.contains('I')) {
            if lowercase && word.bytes().any(|b| b.is_ascii_uppercase()) {
                return Cow::Owned(word.to_ascii_lowercase());
            }
            return Cow::Borrowed(word);
        }
        let composed = self.composed(Cow::Borrowed(word));
        let mut folded = String::with_capacity(word.len() + 8);
        for c in composed.chars().filter(|&c| !is_format(c) && !c.is_control()) {
            match (self.letters(c), lowercase) {
                (Some(letters), _) => folded.push_str(letters),
                (None, true) => self.push_folded(c, &mut folded),
                (None, false) => folded.push(c),
            }
        }
        // Full folding takes some composed letters apart, as in U+0390.
        Cow::Owned(self.composed(Cow::Owned(folded)).into_owned())
    }

    fn composed(self, word: Cow<'_, str>) -> Cow<'_, str> {
        if !self.nfc || is_nfc_quick(word.chars()) == IsNormalized::Yes {
            return word;
        }
        Cow::Owned(word.nfc().collect())
    }

    /// What stands for a character in either case.
    fn letters(self, c: char) -> Option<&'static str> {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{ff07}' if self.apostrophes => Some("'"),
            'ﬀ' if self.ligatures => Some("ff"),
            'ﬁ' if self.ligatures => Some("fi"),
            'ﬂ' if self.ligatures => Some("fl"),
            'ﬃ' if self.ligatures => Some("ffi"),
            'ﬄ' if self.ligatures => Some("ffl"),
            'ﬅ' | 'ﬆ' if self.ligatures => Some("st"),
            _ => None,
        }
    }

    fn push_folded(self, c: char, folded: &mut String) {
        match (self.case, c) {
            (CaseRules::Lower, _) => folded.extend(c.to_lowercase()),
            (CaseRules::Turkish, 'İ') => folded.push('i'),
            // The upper case of `ı` is `I`, but Unicode folds it to itself.
            (CaseRules::Turkish, 'I') | (_, 'ı') => folded.push('ı'),
            // Checked against every character of Unicode 15: this is full case folding for all but Cherokee,
            // whose small letters Unicode folds to its capitals.
            _ => folded.extend(c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn full(word: &str) -> String {
        Folding::default().fold(word, true).into_owned()
    }

    /// A mark that combines with a control character makes a word of both.
    #[test]
    fn control_characters_are_no_part_of_a_word() {
        assert_eq!(full("\0\u{345}"), full("\u{345}"));
        assert_eq!(full("é\u{1}t\u{9f}é"), "été");
    }

    #[test]
    fn german_sharp_s_is_two_s_in_either_case() {
        for word in ["Straße", "STRASSE", "STRAẞE", "strasse"] {
            assert_eq!(full(word), "strasse");
        }
    }

    #[test]
    fn turkish_keeps_its_two_letters_i_apart() {
        let turkish = Folding { case: CaseRules::Turkish, ..Folding::default() };
        let fold = |word| turkish.fold(word, true).into_owned();
        assert_eq!(
            [fold("ISPARTA"), fold("İSTANBUL"), fold("I\u{307}stanbul")],
            ["ısparta", "istanbul", "istanbul"]
        );
        assert_eq!(fold("DIŞİŞLERİ"), "dışişleri");
        assert_eq!([full("ISPARTA"), full("ısparta")], ["isparta", "ısparta"]);
        assert_eq!(turkish.fold("ISPARTA", false), "ISPARTA");
    }

    #[test]
    fn greek_words_have_one_small_sigma() {
        assert_eq!(full("ΟΔΟΣ"), full("οδος"));
    }

    #[test]
    fn each_option_can_be_left_out() {
        let simple = Folding::simple();
        assert_eq!(simple.fold("Oﬃce’s", true), "oﬃce's");
        assert_eq!(simple.fold("e\u{301}", true), "e\u{301}");
        let curly = Folding { apostrophes: false, ..Folding::default() };
        assert_eq!(curly.fold("Don’t", true), "don’t");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(word in any::<String>(), lowercase in any::<bool>()) {
            for case in [CaseRules::Lower, CaseRules::Full, CaseRules::Turkish] {
                let folding = Folding { case, ..Folding::default() };
                let once = folding.fold(&word, lowercase).into_owned();
                prop_assert_eq!(folding.fold(&once, lowercase), once.as_str());
            }
        }

        #[test]
        fn canonically_equal_words_fold_alike(word in "[a-zA-ZéÅñḋ\u{301}\u{323}\u{308}ΐß]{0,8}") {
            let decomposed: String = word.nfd().collect();
            prop_assert_eq!(full(&word), full(&decomposed));
        }
    }
}
