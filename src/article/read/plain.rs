//! Files of one article: plain text and pages.

use std::io::Read;

use super::{Articles, Input, InputFormat, one};
use crate::article::encoding::{check_text, decode};
use crate::article::{Article, html, markdown, structure};
use crate::error::{Error, Result};

/// Plain text.
pub(super) const TEXT: InputFormat = InputFormat {
    name: "text",
    extensions: &["txt", "text"],
    about: "plain text as pasted, one article a file",
    read: |input, _| whole(input, |bytes, _| Ok(structure::article_of_file(&decode(bytes, None)))),
};

/// Markdown.
pub(super) const MARKDOWN: InputFormat = InputFormat {
    name: "markdown",
    extensions: &["md", "markdown"],
    about: "Markdown, one article a file; front matter is read",
    read: |input, _| whole(input, |bytes, _| Ok(markdown::article(&decode(bytes, None)))),
};

/// HTML.
pub(super) const HTML: InputFormat = InputFormat {
    name: "html",
    extensions: &["html", "htm", "xhtml"],
    about: "web pages, one article a file",
    read: |input, _| whole(input, html::article),
};

/// The largest file of one article; a few bytes of an archive may unpack to more than memory holds.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// Reads everything, refuses what is no text, and gives the article its name.
pub(super) fn whole(input: Input, article: impl Fn(&[u8], &str) -> Result<Article>) -> Articles {
    one(bytes_of(input.reader, &input.file)
        .and_then(|bytes| article(&bytes, &input.file))
        .map(|article| Article { id: input.id, file: input.file, ..article }))
}

fn bytes_of(reader: impl Read, file: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|e| Error::io(file, "read", e))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Error::record(
            file,
            format!("expected one article of at most {MOST_BYTES} bytes, found more"),
        ));
    }
    check_text(&bytes, file)?;
    Ok(bytes)
}
