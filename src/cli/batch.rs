//! Articles in bounded batches.

use newsbeat::article::Article;
use newsbeat::article::read::UniqueIds;
use newsbeat::file::weight;
use newsbeat::{Error, Result};

/// What an article counts for in a batch beside its text, and a reject.
const ITEM_BYTES: u64 = 256;

/// Articles that are worked on together, and what was no article among them.
#[derive(Default)]
pub(crate) struct Batch {
    pub(crate) articles: Vec<Article>,
    pub(crate) rejects: Vec<Error>,
    /// Bytes of text.
    pub(crate) bytes: u64,
    /// Bytes of memory that it takes.
    pub(crate) weight: u64,
    /// Whether an earlier run has worked on it: then it is empty.
    pub(crate) is_done: bool,
}

/// What came of a batch.
pub(crate) struct Done<T> {
    /// Of each article, in order.
    pub(crate) outcomes: Vec<T>,
    /// What was no article, then articles that could not be worked on.
    pub(crate) rejects: Vec<Error>,
    pub(crate) bytes: u64,
}

impl Batch {
    /// Adds an article under an identifier of its own, or a reject.
    pub(crate) fn push(&mut self, article: Result<Article>, ids: &mut UniqueIds) {
        match article {
            Ok(mut article) => {
                let lengths = || article.paragraphs.iter().map(|p| p.text.len());
                self.bytes += lengths().sum::<usize>() as u64;
                self.weight += ITEM_BYTES + weight(lengths());
                article.id = ids.unique(&article.id);
                self.articles.push(article);
            }
            Err(error) => {
                // Rejects take memory as well: a file of nothing else must not gather them all.
                self.weight += ITEM_BYTES;
                self.rejects.push(error);
            }
        }
    }
}
