//! Files of one article: plain text and pages.

use super::{Articles, Input, InputFormat, one};
use crate::article::encoding::{check_text, decode};
use crate::article::{Article, html, structure};
use crate::error::{Error, Result};

/// Plain text.
pub(super) const TEXT: InputFormat = InputFormat {
    name: "text",
    extensions: &["txt", "text"],
    about: "plain text as pasted, one article a file",
    read: |input, _| whole(input, |bytes, _| Ok(structure::article_of_file(&decode(bytes, None)))),
};

/// HTML.
pub(super) const HTML: InputFormat = InputFormat {
    name: "html",
    extensions: &["html", "htm", "xhtml"],
    about: "web pages, one article a file",
    read: |input, _| whole(input, html::article),
};

/// Reads everything, refuses what is no text, and gives the article its name.
pub(super) fn whole(mut input: Input, article: impl Fn(&[u8], &str) -> Result<Article>) -> Articles {
    let mut bytes = Vec::new();
    let read = input.reader.read_to_end(&mut bytes).map_err(|e| Error::io(&input.file, "read", e));
    one(read
        .and_then(|_| check_text(&bytes, &input.file))
        .and_then(|()| article(&bytes, &input.file))
        .map(|article| Article { id: input.id, file: input.file, ..article }))
}
