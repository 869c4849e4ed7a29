//! Named lists of stop words.

use crate::error::{Error, Result};

/// A list and where it is from.
#[derive(Debug)]
pub struct StopList {
    /// Name on the command line and in the model.
    pub name: &'static str,
    /// Author and place.
    pub source: &'static str,
    words: &'static str,
}

impl StopList {
    /// The words, as the source prints them.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.words.split_ascii_whitespace()
    }
}

macro_rules! snowball {
    ($code:literal, $language:literal) => {
        StopList {
            name: concat!("snowball-", $code),
            source: concat!("Snowball's ", $language, " stop list, snowballstem.org"),
            words: include_str!(concat!("stop_words/snowball_", $code, ".txt")),
        }
    };
}

/// Every list. `stop_words/README.md` says where each text is from and on what terms.
pub static STOP_LISTS: &[StopList] = &[
    StopList {
        name: "snowball",
        source: "M. F. Porter, Snowball's English stop list, snowballstem.org/algorithms/english/stop.txt",
        words: include_str!("stop_words/snowball.txt"),
    },
    StopList {
        name: "smart",
        source: "G. Salton and C. Buckley, English stop list of the SMART retrieval system, Cornell University",
        words: include_str!("stop_words/smart.txt"),
    },
    snowball!("da", "Danish"),
    snowball!("de", "German"),
    snowball!("es", "Spanish"),
    snowball!("fi", "Finnish"),
    snowball!("fr", "French"),
    snowball!("hu", "Hungarian"),
    snowball!("it", "Italian"),
    snowball!("nl", "Dutch"),
    snowball!("no", "Norwegian"),
    snowball!("pt", "Portuguese"),
    snowball!("ru", "Russian"),
    snowball!("sv", "Swedish"),
];

/// The list of a name.
///
/// # Errors
///
/// If there is no such list.
pub fn named(name: &str) -> Result<&'static StopList> {
    STOP_LISTS.iter().find(|list| list.name == name).ok_or_else(|| {
        let names: Vec<_> = STOP_LISTS.iter().map(|l| l.name).collect();
        Error::parameter("stop-words", format!("must be none, a file or one of {}", names.join(", ")), name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_list_has_words_and_none_of_them_twice() {
        for list in STOP_LISTS {
            let words: Vec<_> = list.words().collect();
            assert!(words.len() > 90, "{}", list.name);
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len(), "{}", list.name);
            assert_eq!(named(list.name).unwrap().name, list.name);
        }
        assert_eq!(named("smart").unwrap().words().count(), 570);
    }
}
