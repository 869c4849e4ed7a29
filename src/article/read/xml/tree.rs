//! An element with what is in it.

use super::tokens::{Token, Tokens};
use crate::article::read::Limits;

/// Elements within an item that are nested deeper hold no article.
const DEEPEST: usize = 100;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
    /// Why the element is not read, if it is not.
    pub(super) problem: Option<String>,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

/// Reads an element that has begun up to its end. One that is nested too deep, or has too many parts, is read over: it
/// has a problem and nothing else.
///
/// # Errors
///
/// What nothing can be read behind.
pub(super) fn read(start: Element, tokens: &mut Tokens, limits: &Limits) -> Result<Element, String> {
    let mut problem = None;
    let mut n_nodes = 0;
    // How many elements are open below the last of `open`, whose parts are not kept.
    let mut n_skipped = 0usize;
    let mut open = vec![start];
    loop {
        let token = tokens.next()?;
        n_nodes += 1;
        problem = problem.or_else(|| limits.record(0, n_nodes));
        match token {
            Token::Open(_) if problem.is_some() || n_skipped > 0 => n_skipped += 1,
            Token::Open(_) if open.len() == DEEPEST => {
                problem =
                    Some(format!("expected elements nested at most {DEEPEST} deep in an item, found more"));
                n_skipped += 1;
            }
            Token::Open(element) => {
                n_nodes += element.attributes.len() as u64;
                open.push(element);
            }
            Token::Text(text) => {
                if let Some(at) = open.last_mut().filter(|_| problem.is_none()) {
                    at.push(text);
                }
            }
            Token::Close if n_skipped > 0 => n_skipped -= 1,
            Token::Close => {
                let element = open.pop().expect("the loop ends with the first element");
                match open.last_mut() {
                    Some(parent) => parent.children.push(Node::Element(element)),
                    None => return Ok(Element { problem, ..element }),
                }
            }
            Token::End => return Err(format!("expected </{}>, found the end of the file", open[0].name)),
        }
    }
}

impl Element {
    /// An element without content.
    pub(super) fn new(name: String, attributes: Vec<(String, String)>) -> Self {
        Self { name, attributes, ..Self::default() }
    }

    fn push(&mut self, text: String) {
        match self.children.last_mut() {
            Some(Node::Text(last)) => last.push_str(&text),
            _ => self.children.push(Node::Text(text)),
        }
    }

    /// The attribute's value.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.trim())
            .filter(|v| !v.is_empty())
    }

    /// The elements in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of the name in it.
    pub(super) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first element at a path of names.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.elements().find(|e| e.name == *name))
    }

    /// All text in it, as it stands there.
    pub(super) fn raw_text(&self) -> String {
        let mut text = String::new();
        self.write_text(&mut text);
        text
    }

    fn write_text(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Element(element) => element.write_text(out),
                Node::Text(text) => out.push_str(text),
            }
        }
    }

    /// All text in it, on one line; `None` if there is none.
    pub(super) fn text(&self) -> Option<String> {
        let text = self.raw_text().split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    }

    /// The texts at a path whose steps are separated by points, separated by commas.
    pub(super) fn texts_at(&self, path: &str) -> String {
        let mut found = vec![self];
        for name in path.split('.') {
            found = found.into_iter().flat_map(|element| element.all(name)).collect();
        }
        found.into_iter().filter_map(Self::text).collect::<Vec<_>>().join(", ")
    }

    /// Its content as HTML; `name` says what an element is there, or that it is left out.
    pub(super) fn markup(&self, name: fn(&str) -> Option<&str>) -> String {
        let mut markup = String::new();
        self.write_markup(name, &mut markup);
        markup
    }

    fn write_markup(&self, name: fn(&str) -> Option<&str>, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
                Node::Element(element) => {
                    let Some(tag) = name(&element.name) else { continue };
                    out.extend(["<", tag]);
                    if let Some(class) = element.attribute("class") {
                        out.extend([" class=\"", &class.replace('&', "&amp;").replace('"', "&quot;"), "\""]);
                    }
                    out.push('>');
                    element.write_markup(name, out);
                    if !matches!(tag, "br" | "hr" | "img") {
                        out.extend(["</", tag, ">"]);
                    }
                }
            }
        }
    }

    /// True if elements stand in it.
    pub(super) fn has_elements(&self) -> bool {
        self.elements().next().is_some()
    }

    /// How many sequences of bytes in it were no text when the stream was decoded.
    pub(super) fn n_replaced(&self) -> usize {
        self.children.iter().fold(0, |n, node| {
            n + match node {
                Node::Element(element) => element.n_replaced(),
                Node::Text(text) => text.matches(char::REPLACEMENT_CHARACTER).count(),
            }
        })
    }
}
