//! Syllables as other packages count them.

/// Of a word that CMUdict has not, by its digits, full stops, foreign letters or want of vowels: its groups of vowel letters, one at
/// least. So numbers and most acronyms have one, where this program counts them as they are said.
pub(super) fn of_letters(word: &str) -> Option<u16> {
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let is_listed = word.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'')
        && (word.contains(is_vowel) || WITHOUT_VOWEL.binary_search(&word).is_ok());
    (!is_listed).then(|| {
        let groups = word.split(|c| !is_vowel(c)).filter(|group| !group.is_empty()).count();
        u16::try_from(groups.max(1)).unwrap_or(u16::MAX)
    })
}

/// The words of CMUdict 0.7b without a vowel letter that are not of one syllable.
const WITHOUT_VOWEL: &[&str] = &[
    "bbc", "bbq", "bc", "blvd", "bmw", "bp", "bs", "bt", "cb", "cbc", "cbs", "cc", "ccd", "ccs", "cctv",
    "cd", "cdc", "cds", "cmx", "cnn", "cnnfn", "cps", "crm", "csv", "cv", "cxc", "dc", "ddt", "dfw", "dj",
    "dk", "dmz", "dnc", "dns", "dss", "dsv", "dvd", "dvds", "fcc", "fm", "fs", "ftp", "gdp", "gm", "gnc",
    "gnp", "gps", "hfdf", "hgh", "hm", "hmm", "hmmm", "hp", "hr", "hsbc", "html", "http", "jfk", "jr", "kgb",
    "kkk", "knbc", "kpmg", "kwh", "lcb", "lcs", "llc", "lp", "lpn", "ls", "lsd", "ltd", "md", "mg", "mgm",
    "mh", "mhm", "mm", "mpg", "mph", "mr", "mrs", "msgr", "mssrs", "mtv", "nbc", "nfc", "nfl", "nmr", "npr",
    "pc", "pcs", "pdf", "pgm", "ph", "phd", "php", "pm", "ppm", "pr", "ptsd", "pvc", "rpf", "rpm", "rsvp",
    "sbf", "scs", "sdn", "sgt", "sh", "shh", "sms", "sql", "sr", "ss", "ssn", "stds", "svp", "tb", "th",
    "ths", "tlc", "ts", "tv", "tvs", "vp", "vs", "w", "wm", "ws", "xml",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cmudict_has_not_is_counted_by_its_letters() {
        let found = ["2025", "20th", "u.s", "3.5million", "nhs", "josé"].map(of_letters);
        assert_eq!(found, [1, 1, 1, 2, 1, 1].map(Some));
        assert_eq!(["negotiations", "commission's", "bbc", "mr"].map(of_letters), [None; 4]);
        assert!(WITHOUT_VOWEL.is_sorted());
    }
}
