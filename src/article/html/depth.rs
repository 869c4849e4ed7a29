//! How deep a page nests its elements, found before a tree is built: the time of building one and of walking it grows with
//! the square of the depth, and a walk may need a level of the stack for each, so that a page made of a million opening tags
//! must never come to it.
//!
//! # Advice for hackers
//!
//! Counting tags will not do. `<div/>` opens an element, `<!-->` is a whole comment, `</x>` closes nothing, and within `<svg>`
//! every element nests, those named `title` or `path` too. So the same parser runs with the same options, but builds a
//! tree of depths, and is stopped where it gets too deep.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ParseOpts, Parser, QualName, local_name, ns, parse_document, parse_fragment};

/// Beyond this depth it does not matter how deep.
const FAR: usize = 4096;

/// Bytes that are parsed before the depth is looked at.
const CHUNK: usize = 2048;

/// The greatest number of elements within each other in a page; at least [`FAR`] if they are more than that.
pub(super) fn deepest(page: &[u8]) -> usize {
    let (sink, deepest) = Depths::new();
    parse(parse_document(sink, options()), page, &deepest)
}

/// The same of a piece of markup.
pub(super) fn deepest_of_fragment(markup: &[u8]) -> usize {
    let (sink, deepest) = Depths::new();
    let body = QualName::new(None, ns!(html), local_name!("body"));
    parse(parse_fragment(sink, options(), body, Vec::new(), false), markup, &deepest)
}

/// As `dom_query` parses.
fn options() -> ParseOpts {
    ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    }
}

fn parse(mut parser: Parser<Depths>, markup: &[u8], deepest: &Cell<usize>) -> usize {
    let text = String::from_utf8_lossy(markup);
    let mut rest = &*text;
    while !rest.is_empty() && deepest.get() < FAR {
        let (chunk, behind) = rest.split_at(rest.ceil_char_boundary(CHUNK.min(rest.len())));
        parser.process(StrTendril::from(chunk));
        rest = behind;
    }
    // What is left of a page that is too deep is not looked at.
    if rest.is_empty() { parser.finish() } else { deepest.get() }
}

/// A tree that knows of its elements how deep they are.
struct Depths {
    nodes: RefCell<Vec<Node>>,
    /// The greatest depth at which an element was put into the tree.
    deepest: Rc<Cell<usize>>,
}

struct Node {
    name: QualName,
    depth: usize,
    parent: Option<usize>,
    /// What was put into it, and may have been moved away.
    children: Vec<usize>,
    /// The number of a template's content.
    contents: Option<usize>,
    is_integration_point: bool,
}

/// The document's number.
const ROOT: usize = 0;

/// Stands for what is put into the tree and is no element.
const NOTHING: usize = usize::MAX;

impl Depths {
    fn new() -> (Self, Rc<Cell<usize>>) {
        let deepest = Rc::new(Cell::new(0));
        let sink = Self { nodes: RefCell::default(), deepest: Rc::clone(&deepest) };
        sink.push(Self::nameless(), false);
        (sink, deepest)
    }

    fn nameless() -> QualName {
        QualName::new(None, ns!(), local_name!(""))
    }

    fn push(&self, name: QualName, is_integration_point: bool) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        let (depth, parent, children, contents) = (0, None, Vec::new(), None);
        nodes.push(Node { name, depth, parent, children, contents, is_integration_point });
        nodes.len() - 1
    }

    fn put(&self, child: usize, parent: Option<usize>) {
        let Some(parent) = parent.filter(|_| child != NOTHING) else { return };
        let mut nodes = self.nodes.borrow_mut();
        let depth = nodes[parent].depth + 1;
        nodes[parent].children.push(child);
        (nodes[child].parent, nodes[child].depth) = (Some(parent), depth);
        self.deepest.set(self.deepest.get().max(depth));
    }
}

impl TreeSink for Depths {
    type Handle = usize;
    type Output = usize;
    type ElemName<'a> = Ref<'a, QualName>;

    /// The greatest depth of all. Depths are found anew: elements move with what is in them.
    fn finish(self) -> usize {
        let mut nodes = self.nodes.into_inner();
        let mut is_found = vec![false; nodes.len()];
        let mut deepest = 0;
        for start in 0..nodes.len() {
            let mut path = Vec::new();
            let mut at = start;
            while let (false, Some(parent)) = (is_found[at], nodes[at].parent) {
                path.push(at);
                at = parent;
            }
            if !is_found[at] {
                (nodes[at].depth, is_found[at]) = (0, true);
            }
            let above = nodes[at].depth;
            for (depth, node) in (above + 1..).zip(path.into_iter().rev()) {
                (nodes[node].depth, is_found[node]) = (depth, true);
                deepest = deepest.max(depth);
            }
        }
        deepest
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| &nodes[*target].name)
    }

    fn create_element(&self, name: QualName, _: Vec<Attribute>, flags: ElementFlags) -> usize {
        let element = self.push(name, flags.mathml_annotation_xml_integration_point);
        if flags.template {
            let contents = self.push(Self::nameless(), false);
            self.put(contents, Some(element));
            self.nodes.borrow_mut()[element].contents = Some(contents);
        }
        element
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        NOTHING
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        NOTHING
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(child) = child {
            self.put(child, Some(*parent));
        }
    }

    fn append_based_on_parent_node(&self, element: &usize, previous: &usize, child: NodeOrText<usize>) {
        let parent = self.nodes.borrow()[*element].parent.unwrap_or(*previous);
        self.append(&parent, child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &usize) -> usize {
        self.nodes.borrow()[*target].contents.unwrap_or(*target)
    }

    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, new: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(new) = new {
            let parent = self.nodes.borrow()[*sibling].parent;
            self.put(new, parent);
        }
    }

    fn add_attrs_if_missing(&self, _: &usize, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &usize) {
        self.nodes.borrow_mut()[*target].parent = None;
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        let children = std::mem::take(&mut self.nodes.borrow_mut()[*node].children);
        for child in children {
            if self.nodes.borrow()[child].parent == Some(*node) {
                self.put(child, Some(*new_parent));
            }
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &usize) -> bool {
        self.nodes.borrow()[*handle].is_integration_point
    }
}

#[cfg(test)]
mod tests {
    use dom_query::{Document, NodeRef};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_depth_of_a_page_is_that_of_its_tree() {
        // html and body are there whether they are written or not
        assert_eq!(deepest(b""), 2);
        assert_eq!(deepest(b"<html><body><div><p>a<p>b<br><span>c</span></div><div></div>"), 5);
        assert_eq!(deepest(b"<script>'<div><div><div>'</script><!-- <div><div> --><i>x</i>"), 3);
        assert_eq!(deepest(&b"<div>".repeat(1000)), 1002);
        assert_eq!(deepest(b"a < b <"), 2);
        assert_eq!(deepest_of_fragment(b"<td><li>a<li>b"), 2);
    }

    #[test]
    fn what_looks_flat_and_is_deep_is_seen_at_once() {
        for (before, again) in [
            ("", "<div>"),
            ("", "<div/>"),
            ("<!-->", "<div>"),
            ("<!-- --!>", "<div>"),
            ("", "<div></x>"),
            ("", "<optgroup>"),
            ("<svg>", "<path>"),
            ("<svg><title>", "<b>"),
            ("<svg><g a='</svg>'>", "<path>"),
            ("<math>", "<br/><mi>"),
            ("<select>", "<option><optgroup>"),
            ("<title></title >", "<div>"),
        ] {
            let page = format!("{before}{}", again.repeat(300_000));
            let tree = Document::from(format!("{before}{}", again.repeat(100)));
            if walked(tree.root(), 0) > 100 {
                assert!(deepest(page.as_bytes()) >= FAR, "{before}{again}");
            } else {
                assert!(deepest(page.as_bytes()) < 100, "{before}{again}");
            }
        }
    }

    #[test]
    fn what_a_template_holds_counts() {
        assert!(deepest("<template>".repeat(100_000).as_bytes()) >= FAR);
    }

    /// The depth of a node of a real tree.
    fn walked(node: NodeRef<'_>, depth: usize) -> usize {
        let elements = node.children().into_iter().filter(NodeRef::is_element);
        elements.map(|child| walked(child, depth + 1)).max().unwrap_or(depth)
    }

    proptest! {
        #[test]
        fn any_page_is_as_deep_as_its_tree(
            tags in prop::collection::vec(prop::sample::select(vec![
                "<div>", "<p>", "<b>", "<b a>", "<i>", "<a>", "<table>", "<tr>", "<td>", "<ul>", "<li>", "<svg>", "<path>", "<title>",
                "<foreignObject>", "<math>", "<mi>", "<select>", "<option>", "<button>", "<h1>", "<form>", "<font>", "<nobr>",
                "</div>", "</p>", "</b>", "</i>", "</a>", "</table>", "</td>", "</li>", "</svg>", "</title>", "</x>", "</form>",
                "<br>", "<img/>", "<!-->", "<!--", "-->", "<script>", "</script>", "<frameset>", "<body>", "x", " ", "<style>",
            ]), 0..60),
        ) {
            let page = tags.concat();
            let expected = walked(Document::from(page.as_str()).root(), 0);
            let found = deepest(page.as_bytes());
            // A set of frames throws away a body, which is counted all the same.
            prop_assert!(found == expected || (found > expected && page.contains("<frameset>")), "{found}, not {expected}");
            let expected = walked(Document::fragment(page.as_str()).root(), 0);
            prop_assert_eq!(deepest_of_fragment(page.as_bytes()), expected);
        }
    }
}
