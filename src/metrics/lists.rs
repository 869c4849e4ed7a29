//! English word lists, and which of them a word stands on.

use std::sync::LazyLock;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

/// Dale and Chall's familiar words.
pub(super) const DALE_CHALL: u32 = 1;
/// Spache's revised list.
pub(super) const SPACHE: u32 = 1 << 1;
pub(super) const FIRST_PERSON: u32 = 1 << 2;
pub(super) const SECOND_PERSON: u32 = 1 << 3;
pub(super) const PRONOUN: u32 = 1 << 4;
pub(super) const PREPOSITION: u32 = 1 << 5;
pub(super) const CONJUNCTION: u32 = 1 << 6;
pub(super) const MODAL: u32 = 1 << 7;
pub(super) const NEGATION: u32 = 1 << 8;
pub(super) const HEDGE: u32 = 1 << 9;
/// Verbs that report speech.
pub(super) const ATTRIBUTION: u32 = 1 << 10;
/// Forms of "be" and "get".
pub(super) const BEING: u32 = 1 << 11;
/// Past participles that do not end in -ed.
pub(super) const PARTICIPLE: u32 = 1 << 12;
/// Names of currencies.
pub(super) const CURRENCY: u32 = 1 << 13;
/// Hundred, thousand and above.
pub(super) const MAGNITUDE: u32 = 1 << 14;
/// Snowball's stop list.
pub(super) const STOP_WORD: u32 = 1 << 15;
/// On Dale and Chall's list in this very form.
pub(super) const DALE_CHALL_ITSELF: u32 = 1 << 16;
/// On Spache's list in this very form.
pub(super) const SPACHE_ITSELF: u32 = 1 << 17;

static LISTS: LazyLock<HashMap<&'static str, u32, FixedState>> = LazyLock::new(|| {
    let files = [
        (DALE_CHALL | DALE_CHALL_ITSELF, include_str!("lists/dale_chall.txt")),
        (SPACHE | SPACHE_ITSELF, include_str!("lists/spache.txt")),
        (FIRST_PERSON, include_str!("lists/first_person.txt")),
        (SECOND_PERSON, include_str!("lists/second_person.txt")),
        (PRONOUN, include_str!("lists/pronouns.txt")),
        (PREPOSITION, include_str!("lists/prepositions.txt")),
        (CONJUNCTION, include_str!("lists/conjunctions.txt")),
        (MODAL, include_str!("lists/modals.txt")),
        (NEGATION, include_str!("lists/negations.txt")),
        (HEDGE, include_str!("lists/hedges.txt")),
        (ATTRIBUTION, include_str!("lists/attribution.txt")),
        (BEING, include_str!("lists/being.txt")),
        (PARTICIPLE, include_str!("lists/participles.txt")),
        (CURRENCY, include_str!("lists/currencies.txt")),
        (MAGNITUDE, include_str!("lists/magnitudes.txt")),
    ];
    let mut lists = HashMap::with_hasher(FixedState::default());
    for (flag, words) in files {
        for word in words.split_ascii_whitespace() {
            *lists.entry(word.trim_end_matches('.')).or_insert(0) |= flag;
        }
    }
    for list in crate::text::stop_words::STOP_LISTS.iter().filter(|list| list.name == "snowball") {
        for word in list.words() {
            *lists.entry(word).or_insert(0) |= STOP_WORD;
        }
    }
    lists
});

/// The lists that a lower-case English word stands on.
///
/// The two lists of familiar words hold its inflected forms too, as their authors rule: plurals, possessives,
/// `-ed`, `-ing`, `-er` and `-est`; a hyphenated word is familiar if all its parts are.
pub(super) fn flags(word: &str) -> u32 {
    let familiar = DALE_CHALL | SPACHE;
    let mut flags = LISTS.get(word).copied().unwrap_or(0);
    if flags & familiar != familiar {
        flags |= if word.contains('-') {
            word.split('-').map(|part| inflected(part) & familiar).fold(familiar, |all, part| all & part)
        } else {
            inflected(word) & familiar
        };
    }
    if flags & PARTICIPLE == 0 && word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") {
        flags |= PARTICIPLE;
    }
    flags
}

/// What an ending is replaced with to get back to the word on the list.
const ENDINGS: &[(&str, &[&str])] = &[
    ("'s", &[""]),
    ("s'", &["s", ""]),
    ("ies", &["y"]),
    ("es", &["", "e"]),
    ("s", &[""]),
    ("ied", &["y"]),
    ("ed", &["", "e"]),
    ("ing", &["", "e"]),
    ("ier", &["y"]),
    ("er", &["", "e"]),
    ("iest", &["y"]),
    ("est", &["", "e"]),
];

/// The lists that a word or the word that it is a form of stands on.
fn inflected(word: &str) -> u32 {
    let find = |word: &str| LISTS.get(word).copied().unwrap_or(0);
    let mut flags = find(word);
    for (ending, bases) in ENDINGS {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        let base_of = |base: &&str| find(&format!("{stem}{base}"));
        flags |= bases.iter().map(base_of).fold(0, |all, flags| all | flags);
        // "stopped": the consonant is doubled.
        let bytes = stem.as_bytes();
        if let [.., a, b] = bytes
            && a == b
            && a.is_ascii_alphabetic()
        {
            flags |= find(&stem[..stem.len() - 1]);
        }
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_of_a_familiar_word_are_familiar() {
        for word in
            ["army", "armies", "stopped", "making", "bigger", "happiest", "soldiers'", "mr", "ten-day"]
        {
            assert!(flags(word) & DALE_CHALL != 0, "{word}");
        }
        for word in ["negotiation", "ministry", "sanction-free", "sanctions"] {
            assert_eq!(flags(word) & DALE_CHALL, 0, "{word}");
        }
    }

    #[test]
    fn a_word_may_stand_on_several_lists() {
        let flags = flags("would");
        assert!(flags & MODAL != 0 && flags & HEDGE != 0 && flags & STOP_WORD != 0);
        assert!(super::flags("struck") & PARTICIPLE != 0 && super::flags("invaded") & PARTICIPLE != 0);
    }
}
