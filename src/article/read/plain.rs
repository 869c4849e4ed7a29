//! Files of one article: plain text and pages.

use std::io::Read;

use super::{Articles, Input, InputFormat, Limits, ReadOptions, one};
use crate::article::encoding::{check_text, decode};
use crate::article::{Article, html, markdown, structure};
use crate::error::{Error, Result};

/// Plain text.
pub(super) const TEXT: InputFormat = InputFormat {
    name: "text",
    extensions: &["txt", "text"],
    about: "plain text as pasted, one article a file",
    read: |input, options| {
        whole(input, options, |bytes, _| Ok(structure::article_of_file(&decode(bytes, None))))
    },
};

/// Markdown.
pub(super) const MARKDOWN: InputFormat = InputFormat {
    name: "markdown",
    extensions: &["md", "markdown"],
    about: "Markdown, one article a file; front matter is read",
    read: |input, options| whole(input, options, |bytes, _| Ok(markdown::article(&decode(bytes, None)))),
};

/// HTML.
pub(super) const HTML: InputFormat = InputFormat {
    name: "html",
    extensions: &["html", "htm", "xhtml"],
    about: "web pages, one article a file",
    read: |input, options| {
        let limits = options.limits;
        whole(input, options, move |bytes, place| html::article_within(bytes, place, &limits))
    },
};

/// Reads everything, refuses what is no text, and gives the article its name.
pub(super) fn whole(
    input: Input,
    options: &ReadOptions,
    article: impl Fn(&[u8], &str) -> Result<Article>,
) -> Articles {
    one(bytes_of(input.reader, &input.file, &options.limits)
        .and_then(|bytes| article(&bytes, &input.file))
        .map(|article| Article { id: input.id, file: input.file, ..article }))
}

fn bytes_of(reader: impl Read, file: &str, limits: &Limits) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let enough = limits.max_record_bytes.saturating_add(1);
    reader.take(enough).read_to_end(&mut bytes).map_err(|e| Error::io(file, "read", e))?;
    if let Some(problem) = limits.record(bytes.len() as u64, 0) {
        return Err(Error::record(file, problem));
    }
    check_text(&bytes, file)?;
    Ok(bytes)
}
