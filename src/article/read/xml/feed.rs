//! Items of RSS (0.9x, 1.0, 2.0) and entries of Atom.

use super::blocks;
use super::tree::Element;
use crate::article::read::Limits;
use crate::article::read::columns::Lines;
use crate::article::structure::arrange;
use crate::article::{Article, html};

/// Elements that hold the text, the fullest first.
const TEXTS: &[&str] = &["content:encoded", "content", "description", "summary"];

/// Elements that hold the date, that of publication first.
const DATES: &[&str] =
    &["pubDate", "published", "issued", "dc:date", "dcterms:issued", "dcterms:created", "updated"];

/// Bytes of a title, name or language after which no more is gathered.
const LONGEST: usize = 1024;

/// What a feed says of itself, for its items.
#[derive(Debug, Default)]
pub(super) struct Channel {
    title: String,
    author: String,
    language: String,
    declared_language: Option<String>,
}

impl Channel {
    /// Sees the language of an element around the items.
    pub(super) fn declare_language(&mut self, language: Option<&str>) {
        self.declared_language = language.map(str::to_owned).or(self.declared_language.take());
    }

    /// Sees a text between the items, and the elements around it.
    pub(super) fn read(&mut self, around: &[String], text: &str) {
        let names: Vec<&str> = around.iter().map(String::as_str).collect();
        let field = match names[..] {
            [.., "channel" | "feed", "title"] => &mut self.title,
            [.., "feed", "author", "name"] => &mut self.author,
            [.., "channel", "language" | "dc:language"] => &mut self.language,
            _ => return,
        };
        if field.len() < LONGEST {
            field.push_str(text);
        }
    }

    /// The language of the items that have none of their own.
    pub(super) fn language(&self) -> Option<String> {
        filled(&self.language).or_else(|| self.declared_language.clone())
    }
}

/// The article of an item.
pub(super) fn article(item: &Element, channel: &Channel, limits: &Limits) -> Result<Article, String> {
    let first = |names: &[&str]| names.iter().find_map(|name| item.at(&[name])?.text());
    let lines = Lines {
        title: first(&["title"]).and_then(|title| filled(&plain(&title))),
        outlet: outlet(item).or_else(|| filled(&channel.title)).and_then(|outlet| filled(&plain(&outlet))),
        date: first(DATES),
        byline: byline(item).or_else(|| filled(&channel.author)),
    };
    let url = url(item);
    let mut article = Article {
        id: first(&["guid", "id"]).or_else(|| url.clone()).unwrap_or_default(),
        url,
        language: item.attribute("xml:lang").map(str::to_owned).or_else(|| first(&["dc:language"])),
        ..lines.article()
    };
    let text =
        TEXTS.iter().filter_map(|name| item.at(&[name])).map(content).find(|text| !text.trim().is_empty());
    arrange(blocks(&text.unwrap_or_default(), limits)?, &mut article);
    Ok(article)
}

/// The text of an element; elements that stand in it (Atom's `xhtml`) as markup.
fn content(element: &Element) -> String {
    if element.has_elements() { element.markup(|name| Some(name)) } else { element.raw_text() }
}

/// The page: a link's text in RSS, its `href` in Atom, else an identifier that is an address.
fn url(item: &Element) -> Option<String> {
    let is_page = |link: &&Element| link.attribute("rel").is_none_or(|rel| rel == "alternate");
    let links = || item.all("link").filter(is_page);
    let address = |element: &Element| element.text().filter(|text| text.starts_with("http"));
    links()
        .find_map(|link| link.text().or_else(|| link.attribute("href").map(str::to_owned)))
        .or_else(|| address(item.at(&["guid"])?))
}

/// The feed that an item was taken over from.
fn outlet(item: &Element) -> Option<String> {
    item.at(&["source", "title"]).or_else(|| item.at(&["source"]).filter(|s| !s.has_elements()))?.text()
}

/// `dc:creator`, or the names of authors; "jane@example.org (Jane Doe)" is Jane Doe.
fn byline(item: &Element) -> Option<String> {
    let person = |author: &Element| {
        let text = author.at(&["name"]).or((!author.has_elements()).then_some(author))?.text()?;
        let name = text.split_once('(').and_then(|(_, name)| name.strip_suffix(')'));
        filled(name.filter(|_| text.contains('@')).unwrap_or(&text))
    };
    let names = |name| item.all(name).filter_map(person).collect::<Vec<_>>().join(", ");
    filled(&names("dc:creator")).or_else(|| filled(&names("author")))
}

/// A line of text that may be markup.
fn plain(text: &str) -> String {
    if html::has_markup(text) { html::plain_text(text) } else { html::without_references(text).into_owned() }
}

fn filled(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}
