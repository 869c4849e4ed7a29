//! Languages whose spelling shows its syllables: groups of vowel letters, cut by each language's rules.
//!
//! Hyphenation patterns are no substitute: they leave one-letter syllables unmarked, since a printer would not
//! break a line there. `syllable/README.md` has both measured.

/// How a language's vowel letters make syllables.
struct Rule {
    code: &'static str,
    /// Letters that are said as vowels.
    vowels: &'static str,
    /// Groups of letters that are one syllable; the longest that fits is taken.
    together: &'static [&'static str],
    /// Endings that are mute where another vowel precedes them.
    mute: &'static [&'static str],
}

const RULES: &[Rule] = &[
    Rule { code: "da", vowels: "aeiouyæøåéö", together: &["ej", "øj", "au", "eu"], mute: &[] },
    Rule {
        code: "de",
        vowels: "aeiouyäöüéè",
        together: &["aa", "ai", "au", "ay", "äu", "ee", "ei", "eu", "ey", "ie", "oo", "ou"],
        mute: &[],
    },
    Rule {
        code: "el",
        vowels: "αεηιουωάέήίόύώϊϋΐΰ",
        together: &[
            "αι", "ει", "οι", "υι", "ου", "αυ", "ευ", "ηυ", "αί", "εί", "οί", "υί", "ού", "αύ", "εύ", "ηύ",
        ],
        mute: &[],
    },
    Rule {
        code: "es",
        vowels: "aeiouyáéíóúü",
        together: &[
            "uay", "uey", "iai", "iei", "uai", "uei", "ai", "ay", "ei", "ey", "oi", "oy", "au", "eu", "ou",
            "ia", "ie", "io", "iu", "ua", "ue", "ui", "uo", "uy", "ái", "éi", "ói", "áu", "éu", "iá", "ié",
            "ió", "uá", "ué", "uí", "uó", "iú", "üe", "üi", "üé", "üí",
        ],
        mute: &[],
    },
    Rule {
        code: "fi",
        vowels: "aeiouyäöå",
        together: &[
            "aa", "ee", "ii", "oo", "uu", "yy", "ää", "öö", "ai", "ei", "oi", "ui", "yi", "äi", "öi", "au",
            "eu", "iu", "ou", "ey", "iy", "äy", "öy", "ie", "uo", "yö",
        ],
        mute: &[],
    },
    Rule {
        code: "fr",
        vowels: "aeiouyàâäéèêëîïôöùûüœæ",
        together: &[
            "eau", "oui", "oue", "œu", "ail", "eui", "ieu", "oin", "ien", "ion", "iai", "oie", "aie", "uei",
            "ai", "aî", "au", "ay", "ei", "eî", "eu", "eû", "ey", "ie", "iè", "ié", "io", "iè", "iê", "oi",
            "oî", "ou", "où", "oû", "oy", "ui", "uî", "ue", "uè", "ué", "ua", "uo", "ia", "ea", "eo", "ée",
        ],
        mute: &["es", "e"],
    },
    Rule { code: "hu", vowels: "aeiouáéíóöőúüű", together: &[], mute: &[] },
    Rule {
        code: "it",
        vowels: "aeiouàèéìíòóùú",
        together: &[
            "iuo", "uoi", "iai", "iei", "uai", "uie", "ai", "ei", "oi", "ui", "au", "eu", "ou", "ia", "ie",
            "io", "iu", "ua", "ue", "uo", "ià", "iè", "ié", "iò", "iù", "uà", "uè", "uò", "ùi", "ài", "èi",
            "òi",
        ],
        mute: &[],
    },
    Rule {
        code: "nl",
        vowels: "aeiouyéèëïöüij",
        together: &[
            "aai", "ooi", "oei", "eeu", "ieu", "eau", "aa", "ee", "oo", "uu", "ie", "oe", "eu", "ui", "ei",
            "ij", "ou", "au", "ai", "oi", "ey", "uy",
        ],
        mute: &[],
    },
    Rule { code: "no", vowels: "aeiouyæøåéòô", together: &["ei", "øy", "au", "ai", "oi"], mute: &[] },
    Rule {
        code: "pt",
        vowels: "aeiouáâãàéêíóôõúü",
        together: &[
            "uão", "uai", "uei", "ião", "ão", "ãe", "õe", "ai", "ei", "oi", "ui", "au", "eu", "iu", "ou",
            "ái", "éi", "ói", "áu", "éu", "ua", "ue", "uo", "uá", "ué", "uê", "ia", "ie", "io", "iá", "ié",
            "iê", "ió", "êi", "âu",
        ],
        mute: &[],
    },
    Rule {
        code: "ro",
        vowels: "aeiouăâî",
        together: &[
            "eau", "iau", "eai", "oai", "iei", "ai", "ei", "oi", "ui", "ău", "au", "eu", "iu", "ou", "ea",
            "ia", "ie", "io", "oa", "uă", "ua", "ii", "ăi", "âi", "âu",
        ],
        mute: &[],
    },
    Rule { code: "ru", vowels: "аеёиоуыэюя", together: &[], mute: &[] },
    Rule { code: "sv", vowels: "aeiouyåäöé", together: &["au", "eu"], mute: &[] },
    Rule { code: "tr", vowels: "aeıioöuüâîû", together: &[], mute: &[] },
];

/// Syllables of a lower-case word by the rule of a language; `None` for a language without a rule.
pub(super) fn count(word: &str, code: &str) -> Option<usize> {
    let rule = RULES.iter().find(|rule| rule.code == code)?;
    Some(rule.count(word).max(1))
}

impl Rule {
    fn count(&self, word: &str) -> usize {
        let mut count = 0;
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            // The Dutch j is a vowel in "ij" only.
            let is_vowel = self.vowels.contains(first) && first != 'j';
            let together = self.together.iter().filter(|group| rest.starts_with(**group));
            let length = together.map(|group| group.len()).max().unwrap_or(first.len_utf8());
            let is_mute = count > 0 && self.mute.contains(&rest);
            count += usize::from(is_vowel && !is_mute);
            rest = &rest[if is_vowel { length } else { first.len_utf8() }..];
        }
        count
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn dictionary_words_have_the_syllables_that_grammars_give_them() {
        let words = [
            ("de", "ministerpräsident", 6),
            ("de", "regierung", 3),
            ("de", "theater", 3),
            ("de", "feuer", 2),
            ("es", "gobierno", 3),
            ("es", "país", 2),
            ("es", "negociación", 4),
            ("es", "guerra", 2),
            ("fr", "gouvernement", 4),
            ("fr", "guerre", 1),
            ("fr", "paix", 1),
            ("fr", "président", 3),
            ("fr", "les", 1),
            ("it", "governo", 3),
            ("it", "guerra", 2),
            ("it", "pace", 2),
            ("nl", "regering", 3),
            ("nl", "vrijheid", 2),
            ("pt", "governo", 3),
            ("ru", "правительство", 4),
            ("hu", "kormány", 2),
            ("tr", "hükümet", 3),
            ("fi", "hallitus", 3),
            ("fi", "työ", 1),
            ("sv", "regeringen", 4),
            ("el", "κυβέρνηση", 4),
        ];
        for (code, word, syllables) in words {
            assert_eq!(super::count(word, code), Some(syllables), "{word}");
        }
    }
}
