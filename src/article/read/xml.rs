//! XML: feeds (RSS, Atom) and the news formats of the IPTC (NewsML-G2, NITF), known by their elements; streamed.
//!
//! The elements that hold an article are read into small trees, one at a time; what stands around them (the channel)
//! only lends them its title, language and author. Entities that a document declares itself are never expanded.

mod feed;
mod newsml;
mod tokens;
mod tree;

use super::stream;
use super::{Articles, Input, InputFormat, Limits, ReadOptions, one};
use crate::article::Article;
use crate::article::html;
use crate::article::structure::{self, Piece};
use crate::error::{Error, Result};
use feed::Channel;
use tokens::{Token, Tokens};
use tree::Element;

/// Feeds and news in XML.
pub(super) const XML: InputFormat = InputFormat {
    name: "xml",
    extensions: &["xml", "rss", "atom", "rdf", "newsml", "nitf"],
    about: "items of RSS and Atom, NewsML-G2 (XHTML, NITF, plain text) and NITF, known by their elements",
    read: articles,
};

/// Elements that a document begins with.
const ROOTS: &[&str] = &["rss", "rdf:RDF", "feed", "entry", "newsMessage", "newsItem", "nitf"];

/// Items and what a feed says of itself stand at most so deep.
const SHALLOW: usize = 5;

/// Elements that hold an article.
const ITEMS: &[&str] = &["item", "entry", "newsItem", "nitf"];

fn articles(input: Input, options: &ReadOptions) -> Articles {
    let Input { reader, file, id: stem, .. } = input;
    let opened = stream::open(reader, &file).and_then(|(head, reader)| {
        Tokens::new(&head, reader, &options.limits).map_err(|e| Error::io(&file, "read", e))
    });
    match opened {
        Err(error) => one(Err(error)),
        Ok(tokens) => Box::new(Items {
            tokens,
            channel: Channel::default(),
            around: Vec::new(),
            options: options.clone(),
            file,
            stem,
            n_seen: 0,
            is_done: false,
        }),
    }
}

struct Items {
    tokens: Tokens,
    channel: Channel,
    /// The names of the elements around the next item, from the outermost.
    around: Vec<String>,
    options: ReadOptions,
    file: String,
    stem: String,
    n_seen: u64,
    is_done: bool,
}

impl Items {
    /// The next item and the line that it starts in.
    fn next_item(&mut self) -> Result<Option<(u64, Element)>> {
        loop {
            match self.token()? {
                Token::Open(element) if self.around.is_empty() && !ROOTS.contains(&element.name.as_str()) => {
                    let problem = format!("expected RSS, Atom, NewsML-G2 or NITF, found <{}>", element.name);
                    return Err(Error::record(&self.file, problem));
                }
                Token::Open(element) if ITEMS.contains(&element.name.as_str()) => {
                    let line = self.tokens.line();
                    let item = tree::read(element, &mut self.tokens, &self.options.limits);
                    return item.map(|item| Some((line, item))).map_err(|e| self.broken(&e));
                }
                Token::Open(element) => {
                    self.channel.declare_language(element.attribute("xml:lang"));
                    self.around.push(element.name);
                }
                Token::Close => {
                    self.around.pop();
                }
                Token::Text(text) => self.channel.read(&self.around, &text),
                Token::End => match self.around.last() {
                    None if self.n_seen == 0 && !self.tokens.has_elements() => {
                        return Err(Error::record(
                            &self.file,
                            "expected RSS, Atom, NewsML-G2 or NITF, found no element",
                        ));
                    }
                    None => return Ok(None),
                    Some(open) => {
                        return Err(self.broken(&format!("expected </{open}>, found the end of the file")));
                    }
                },
            }
        }
    }

    fn token(&mut self) -> Result<Token> {
        // What is nested deeper counts as one record, so that elements which never end are not gathered.
        if self.around.len() <= SHALLOW {
            self.tokens.start_record();
        }
        self.tokens.next().map_err(|e| self.broken(&e))
    }

    /// What nothing can be read behind.
    fn broken(&self, problem: &str) -> Error {
        Error::record(format!("{}:{}", self.file, self.tokens.line()), problem)
    }

    fn article(&self, item: &Element) -> Result<Option<Article>, String> {
        let read = match item.name.as_str() {
            "newsItem" => newsml::of_item(item, &self.options.limits)?,
            "nitf" => Some(newsml::of_nitf(item, &self.options.limits)?),
            _ => Some(feed::article(item, &self.channel, &self.options.limits)?),
        };
        Ok(read.map(|article| Article {
            id: if article.id.is_empty() { format!("{}-{}", self.stem, self.n_seen) } else { article.id },
            file: self.file.clone(),
            language: article.language.or_else(|| self.channel.language()),
            n_replaced: item.n_replaced(),
            kept: self.options.keep.iter().map(|name| (name.clone(), item.texts_at(name))).collect(),
            ..article
        }))
    }
}

impl Iterator for Items {
    type Item = Result<Article>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            match self.next_item() {
                Ok(None) => self.is_done = true,
                Ok(Some((line, item))) => {
                    self.n_seen += 1;
                    let problem = item.problem.clone().map_or_else(|| self.article(&item), Err);
                    match problem {
                        Ok(None) => {}
                        Ok(Some(article)) => return Some(Ok(article)),
                        Err(problem) => {
                            return Some(Err(Error::record(format!("{}:{line}", self.file), problem)));
                        }
                    }
                }
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

/// The blocks of a text that may be markup.
fn blocks(text: &str, limits: &Limits) -> Result<Vec<Piece>, String> {
    let n_tags = memchr::memchr_iter(b'<', text.as_bytes()).count() as u64;
    if let Some(problem) = limits.record(text.len() as u64, n_tags) {
        return Err(problem);
    }
    if !html::has_markup(text) {
        return Ok(structure::pieces(&html::without_references(text), |_| None));
    }
    html::pieces(text).ok_or_else(|| "expected the elements of a text nested less deep".to_owned())
}

#[cfg(test)]
mod tests;
