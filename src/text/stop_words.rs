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

/// Every list.
pub static STOP_LISTS: &[StopList] = &[StopList {
    name: "snowball",
    source: "M. F. Porter, Snowball's English stop list, snowballstem.org/algorithms/english/stop.txt",
    words: include_str!("stop_words/snowball.txt"),
}];

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
