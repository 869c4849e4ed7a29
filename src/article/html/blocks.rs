//! The blocks of a page, with what the markup says about them.

use dom_query::{Document, NodeRef};

use crate::article::shape::ends_sentence;
use crate::article::structure::{Hint, Piece};

/// Elements that begin and end a block.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul", "caption",
];

/// Elements whose text is not read.
#[rustfmt::skip]
const SILENT: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "head", "button", "select", "option", "textarea",
    "iframe", "object", "audio", "video", "canvas", "math", "nav",
];

/// A block with more of its text in links is a link.
const LINKED: f64 = 0.8;

/// A block with more of its text in bold type may be a heading.
const BOLD: f64 = 0.95;

/// The blocks of a page's article, in order.
pub(super) fn pieces(document: &Document) -> Vec<Piece> {
    let mut collector = Collector::default();
    let mut steps = vec![Step::Enter(document.root())];
    while let Some(step) = steps.pop() {
        match step {
            Step::Leave(role) => collector.leave(role),
            Step::Enter(node) if node.is_text() => collector.push(&node.text()),
            Step::Enter(node) => {
                let Some(role) = role_of(&node) else { continue };
                collector.enter(role);
                steps.push(Step::Leave(role));
                steps.extend(node.children_it(true).map(Step::Enter));
            }
        }
    }
    collector.flush();
    collector.pieces
}

enum Step<'d> {
    Enter(NodeRef<'d>),
    Leave(Role),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    Inline,
    Break,
    Bold,
    Link,
    Block,
    Heading,
    Caption,
}

/// What an element does to the text in it; `None` if its text is not read.
fn role_of(node: &NodeRef<'_>) -> Option<Role> {
    let Some(name) = node.node_name() else {
        return if node.is_document() || node.is_fragment() { Some(Role::Inline) } else { None };
    };
    let is_hidden = || node.has_attr("hidden") || node.attr("aria-hidden").is_some_and(|v| &*v == "true");
    match &*name {
        name if SILENT.contains(&name) => None,
        "br" => Some(Role::Break),
        "b" | "strong" => Some(Role::Bold),
        "a" => Some(Role::Link),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Role::Heading),
        "figcaption" | "caption" => Some(Role::Caption),
        name if !BLOCKS.contains(&name) => Some(Role::Inline),
        _ if is_hidden() => None,
        _ if node.class().is_some_and(|class| class.to_ascii_lowercase().contains("caption")) => {
            Some(Role::Caption)
        }
        _ => Some(Role::Block),
    }
}

#[derive(Default)]
struct Collector {
    pieces: Vec<Piece>,
    text: String,
    n_letters: usize,
    n_bold: usize,
    n_linked: usize,
    bold: usize,
    links: usize,
    headings: usize,
    captions: usize,
}

impl Collector {
    fn push(&mut self, text: &str) {
        let n = text.chars().filter(|c| !c.is_whitespace()).count();
        self.n_letters += n;
        self.n_bold += if self.bold > 0 { n } else { 0 };
        self.n_linked += if self.links > 0 { n } else { 0 };
        self.text.push_str(text);
    }

    fn enter(&mut self, role: Role) {
        self.turn(role);
        match role {
            Role::Bold => self.bold += 1,
            Role::Link => self.links += 1,
            Role::Heading => self.headings += 1,
            Role::Caption => self.captions += 1,
            Role::Break => self.text.push(' '),
            Role::Inline | Role::Block => {}
        }
    }

    fn leave(&mut self, role: Role) {
        self.turn(role);
        match role {
            Role::Bold => self.bold -= 1,
            Role::Link => self.links -= 1,
            Role::Heading => self.headings -= 1,
            Role::Caption => self.captions -= 1,
            Role::Inline | Role::Block | Role::Break => {}
        }
    }

    /// A block ends where the next begins.
    fn turn(&mut self, role: Role) {
        if matches!(role, Role::Block | Role::Heading | Role::Caption) {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let share = |n: usize| n as f64 / self.n_letters.max(1) as f64;
        let hint = if self.headings > 0 {
            Some(Hint::Heading)
        } else if self.captions > 0 {
            Some(Hint::Caption)
        } else if share(self.n_linked) > LINKED && !ends_sentence(&text) {
            Some(Hint::Furniture)
        } else if share(self.n_bold) > BOLD {
            None
        } else {
            Some(Hint::Paragraph)
        };
        if !text.is_empty() {
            self.pieces.push(Piece { text, span: None, hint });
        }
        self.text.clear();
        (self.n_letters, self.n_bold, self.n_linked) = (0, 0, 0);
    }
}
