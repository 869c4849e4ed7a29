//! What a line looks like: its words, its end, its capitals, and the folded form that rules compare.

/// A line with what rules ask about it.
#[derive(Debug, Clone)]
pub(super) struct Line<'t> {
    /// As printed.
    pub(super) text: &'t str,
    /// See [`fold`].
    pub(super) folded: String,
    /// Words between blanks; of scripts without blanks, two characters count as a word.
    pub(super) n_words: usize,
    /// See [`sentence_end`].
    end: Option<char>,
}

impl<'t> Line<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let n_words = n_words(text);
        // Long prose is never looked up.
        let folded = if n_words <= LONGEST_LOOKED_UP { fold(text) } else { String::new() };
        Self { text, folded, n_words, end: sentence_end(text) }
    }

    /// True if the folded line begins with the folded phrase at a word boundary.
    pub(super) fn opens_with(&self, phrase: &str) -> bool {
        self.rest_after(phrase).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    }

    /// What stands after the folded phrase, if the folded line begins with it.
    pub(super) fn rest_after(&self, phrase: &str) -> Option<&str> {
        // Hundreds of phrases are asked for, and nearly all differ in the first byte.
        if self.folded.as_bytes().first() != phrase.as_bytes().first() {
            return None;
        }
        self.folded.strip_prefix(phrase)
    }

    /// The words as printed, without punctuation around them.
    pub(super) fn words(&self) -> impl Iterator<Item = &'t str> {
        self.text.split_whitespace().map(bare).filter(|w| !w.is_empty())
    }

    /// True if it ends as a sentence does.
    pub(super) fn ends_sentence(&self) -> bool {
        self.end.is_some()
    }

    /// True if it reads as a sentence or more of prose.
    pub(super) fn is_prose(&self) -> bool {
        match self.end {
            _ if self.n_words >= 25 => true,
            Some('?' | '!' | '？' | '！' | '؟') => {
                self.n_words > 12 || self.text.starts_with(OPENING_QUOTES)
            }
            Some(_) => self.n_words >= 2,
            None => false,
        }
    }

    /// True if every word but the small ones begins with a capital: a name or a headline in title case.
    pub(super) fn is_title_case(&self) -> bool {
        let mut any = false;
        self.words().all(|word| {
            let capital = word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
            any |= capital;
            capital || SMALL_WORDS.contains(&word) || !word.chars().any(char::is_alphabetic)
        }) && any
    }
}

/// Rules look at shorter lines only; the longest is a copyright notice.
const LONGEST_LOOKED_UP: usize = 80;

/// Quotes that open speech.
pub(super) const OPENING_QUOTES: [char; 6] = ['"', '“', '„', '«', '‘', '「'];

const SMALL_WORDS: &[&str] = &[
    "of", "the", "and", "de", "la", "le", "el", "los", "las", "les", "des", "du", "von", "van", "der", "den",
    "di", "da", "do", "dos", "del", "della", "y", "e", "et", "und", "og", "och", "in", "on", "for", "to",
    "at", "bin", "al",
];

/// Words between blanks; of scripts written without blanks, two characters count as one.
pub(super) fn n_words(text: &str) -> usize {
    let (mut blanks, mut n_dense) = (0, 0);
    let mut in_word = false;
    if text.is_ascii() {
        for byte in text.bytes() {
            let opens = byte.is_ascii_alphanumeric() && !in_word;
            in_word = opens || in_word && !byte.is_ascii_whitespace();
            blanks += usize::from(opens);
        }
        return blanks;
    }
    for c in text.chars() {
        let opens = !in_word && c.is_alphanumeric();
        in_word = opens || in_word && !c.is_whitespace();
        blanks += usize::from(opens);
        n_dense += usize::from(is_dense(c));
    }
    blanks.max(n_dense / 2)
}

/// Kana, Han and Thai: scripts without blanks between words.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// A word without the marks around it.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The mark that ends the text's last sentence, looked for behind closing quotes and brackets.
pub(super) fn sentence_end(text: &str) -> Option<char> {
    let closing =
        ['"', '”', '“', '’', '\'', '»', '›', ')', ']', '」', '』', '*', '_', '\u{200f}', '\u{200e}'];
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || closing.contains(&c));
    let last = text.chars().next_back()?;
    let is_end = matches!(last, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।' | '။' | '։');
    (is_end && !ends_in_initials(text)).then_some(last)
}

/// True if the text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    sentence_end(text).is_some()
}

/// "A treaty with the U.S." is a heading, too; "He went to the U.S." has more words as a rule.
fn ends_in_initials(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or_default();
    let dots = last.matches('.').count();
    dots >= 2 && last.len() == 2 * dots && n_words(text) <= 10
}

/// Lower case, straight quotes, no accents, single blanks, nothing but letters and digits at both ends: the form
/// in which phrases are compared. `►  Lea también:` folds to `lea tambien`.
pub(super) fn fold(text: &str) -> String {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '©' && c != '@');
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() && !text.bytes().any(|b| b.is_ascii_control()) && !text.contains("  ") {
        folded.push_str(text);
        folded.make_ascii_lowercase();
        return folded;
    }
    for c in text.chars() {
        if c.is_whitespace() {
            if !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else if !crate::text::token::is_format(c) {
            for lower in c.to_lowercase() {
                folded.push_str(plain(lower).unwrap_or(lower.encode_utf8(&mut [0; 4])));
            }
        }
    }
    folded
}

/// The letter without its accent, the quote or dash as typewriters had them.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ă' | 'ą' => "a",
        'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' => "e",
        'í' | 'ì' | 'î' | 'ï' | 'ı' => "i",
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ő' => "o",
        'ú' | 'ù' | 'û' | 'ü' | 'ů' | 'ű' => "u",
        'ç' | 'ć' | 'č' => "c",
        'ñ' | 'ń' => "n",
        'š' | 'ś' | 'ş' => "s",
        'ž' | 'ź' | 'ż' => "z",
        'ý' => "y",
        'ł' => "l",
        'ğ' => "g",
        'ř' => "r",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        '‘' | '’' | '‚' | '′' => "'",
        '“' | '”' | '„' | '«' | '»' => "\"",
        '–' | '—' | '‐' | '‑' | '−' => "-",
        '\u{300}'..='\u{36f}' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_letters_and_drops_ornament() {
        assert_eq!(fold("►  LEA\u{a0}TAMBIÉN: "), "lea tambien");
        assert_eq!(fold("- ADVERTISEMENT -"), "advertisement");
        assert_eq!(fold("Don’t"), "don't");
        assert_eq!(fold("***"), "");
    }

    #[test]
    fn a_sentence_ends_behind_its_closing_quote() {
        assert!(ends_sentence("“We went home.”"));
        assert!(ends_sentence("他回家了。"));
        assert!(!ends_sentence("Night"));
        assert!(!ends_sentence("‘I would need a lawyer’"));
        assert!(!ends_sentence("A treaty with the U.S."));
    }

    #[test]
    fn prose_is_known_by_its_full_stop_or_its_length() {
        assert!(Line::new("They lost the vote.").is_prose());
        assert!(!Line::new("What was in the dossier?").is_prose());
        assert!(Line::new("“What was in the dossier?”").is_prose());
        assert!(!Line::new("A question of brigades").is_prose());
        assert!(Line::new(&"word ".repeat(25)).is_prose());
    }

    #[test]
    fn title_case_lets_small_words_be_small() {
        assert!(Line::new("The Gulf of Riga Times").is_title_case());
        assert!(!Line::new("Chile picks its own yard").is_title_case());
    }

    #[test]
    fn a_script_without_blanks_has_words_all_the_same() {
        assert_eq!(n_words("政府は金曜日に発表した。"), 5);
        assert_eq!(n_words("— * —"), 0);
    }
}
