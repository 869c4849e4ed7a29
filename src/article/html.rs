//! Web pages: the article out of its frame, its metadata, its paragraphs.
//!
//! Readability (`dom_smoothie`) finds the part of the page that is the article; the rule table names what is left of
//! furniture in it. Title, byline, date and outlet come from the page's own metadata first.

mod blocks;
mod depth;
mod metadata;

use std::borrow::Cow;

use dom_query::Document;
use dom_smoothie::{CandidateSelectMode, Config, Readability};

use super::encoding::decode;
use super::structure::{Piece, arrange};
use super::{Article, Paragraph, ParagraphKind};
use crate::error::{Error, Result};
use crate::file::Limits;
use metadata::Metadata;

/// Enough for every recursion over a tree of [`Limits::DEEPEST`] levels.
const STACK: usize = 64 * 1024 * 1024;

/// Pages nested less deep are read on the caller's stack.
const SHALLOW: usize = 128;

/// The article of a page within the default [`Limits`].
///
/// # Errors
///
/// As [`article_within`].
///
/// # Examples
///
/// ```
/// use newsbeat::article::html;
///
/// let page = "<title>Steel</title><body><article><h1>Steel</h1><p>Duties rose on Monday.</p></article>";
/// let article = html::article(page.as_bytes(), "page.html")?;
/// assert_eq!(article.body().next().unwrap().text, "Duties rose on Monday.");
/// # Ok::<(), newsbeat::Error>(())
/// ```
pub fn article(bytes: &[u8], place: &str) -> Result<Article> {
    article_within(bytes, place, &Limits::default())
}

/// The article of a page.
///
/// # Errors
///
/// [`ErrorKind::Record`](crate::ErrorKind::Record) if there are more tags than the limits allow, or elements are nested deeper.
pub fn article_within(bytes: &[u8], place: &str, limits: &Limits) -> Result<Article> {
    let decoded = decode(bytes, declared_encoding(bytes).as_deref());
    let n_tags = memchr::memchr_iter(b'<', decoded.text.as_bytes()).count() as u64;
    let depth = depth::deepest(decoded.text.as_bytes());
    let problem =
        limits.depth("elements", depth).or_else(|| limits.record(decoded.text.len() as u64, n_tags));
    if let Some(problem) = problem {
        return Err(Error::record(place, problem));
    }
    let parse = || Article { n_replaced: decoded.n_replaced, ..page(&decoded.text) };
    if depth <= SHALLOW {
        return Ok(parse());
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, parse);
        let thread = thread.map_err(|e| Error::io(place, "start a thread to read", e))?;
        thread
            .join()
            .map_err(|_| Error::record(place, "expected a page that can be read, found one that cannot"))
    })
}

fn page(text: &str) -> Article {
    let document = Document::from(text);
    let found = Metadata::of(&document);
    let mut article = Article {
        title: found.title,
        outlet: found.outlet,
        date: found.date,
        byline: found.byline,
        url: found.url,
        language: found.language,
        ..Article::default()
    };
    arrange(blocks::pieces(&content(document, text)), &mut article);
    let has_headline = article.paragraphs.iter().any(|p| p.kind == ParagraphKind::Headline);
    if let Some(title) = article.title.clone().filter(|_| !has_headline) {
        let headline = Paragraph { kind: ParagraphKind::Headline, text: title, span: None, section: None };
        article.paragraphs.insert(0, headline);
    }
    article
}

/// The blocks of a piece of markup; `None` if it is nested deeper than any article.
pub(super) fn pieces(markup: &str) -> Option<Vec<Piece>> {
    (depth::deepest_of_fragment(markup.as_bytes()) <= SHALLOW)
        .then(|| blocks::pieces(&Document::fragment(markup)))
}

/// The blocks of a piece of markup as paragraphs of plain text; nothing if it is nested deeper than any article.
pub(super) fn plain_text(markup: &str) -> String {
    let pieces = pieces(markup).unwrap_or_default();
    pieces.into_iter().map(|piece| piece.text).collect::<Vec<_>>().join("\n\n")
}

/// True if a tag or a comment seems to stand in the text.
pub(super) fn has_markup(text: &str) -> bool {
    let begins_tag =
        |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
    let last_end = text.rfind('>').unwrap_or(0);
    text[..last_end].match_indices('<').any(|(at, _)| begins_tag(&text[at + 1..]))
}

/// A text without tags with the characters that its references stand for: `AT&amp;T`.
pub(super) fn without_references(text: &str) -> Cow<'_, str> {
    if text.contains('&') {
        Document::fragment(text.replace('<', "&lt;")).text().to_string().into()
    } else {
        text.into()
    }
}

/// The part of the page that is the article; the whole page where no part stands out.
fn content(document: Document, text: &str) -> Document {
    let config = Config {
        keep_classes: true,
        disable_json_ld: true,
        candidate_select_mode: CandidateSelectMode::Readability,
        ..Config::default()
    };
    let readability = Readability::with_document(document, None, Some(config));
    match readability.and_then(|mut r| r.parse()) {
        Ok(found) => Document::from(found.content),
        Err(_) => Document::from(text),
    }
}

/// The encoding that the page's head names: `<meta charset=...>` or the `content` of a `Content-Type`.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let label = &head[head.find("charset=")? + "charset=".len()..];
    let label = label.trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
    Some(label[..end.unwrap_or(label.len())].to_owned())
}

#[cfg(test)]
mod tests;
