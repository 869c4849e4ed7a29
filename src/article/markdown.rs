//! Markdown: headings, paragraphs and front matter as they are marked.

use memchr::memmem;
use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::Article;
use super::date::iso_date;
use super::encoding::Decoded;
use super::rules::author;
use super::structure::{Hint, Piece, arrange, article_of_file};
use crate::text::Span;

/// The marks that may open something far away: the parser's time grows with the square of their number (`pulldown-cmark` 0.13).
const OPENERS: [&[u8]; 2] = [b"![", b"<?"];

/// More of them are no article that a person wrote; so many take a tenth of a second.
const MOST_OPENERS: usize = 10_000;

/// The article of a decoded file; spans are bytes of the file and cover the marks of a block, too. A file of very many opening
/// marks is read as plain text.
///
/// The first heading of the first level is the headline; of a front matter, `title`, `date`, `author` or `byline`,
/// `outlet` or `publisher`, `url` and `language` are read.
pub(super) fn article(decoded: &Decoded) -> Article {
    let n_openers = OPENERS.map(|opener| memmem::find_iter(decoded.text.as_bytes(), opener).count());
    if n_openers.iter().sum::<usize>() > MOST_OPENERS {
        return article_of_file(decoded);
    }
    let mut reader = Reader::new(decoded);
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for (event, range) in Parser::new_ext(&decoded.text, options).into_offset_iter() {
        reader.see(&event, Span::new(range.start, range.end));
    }
    reader.flush();
    let mut article = Article { n_replaced: decoded.n_replaced, ..front_matter(&reader.front_matter) };
    article.title = article.title.take().or(reader.title);
    arrange(reader.pieces, &mut article);
    article
}

/// Where the text between two events belongs.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Block(Hint),
    FrontMatter,
    Nowhere,
}

struct Reader<'t> {
    decoded: &'t Decoded,
    pieces: Vec<Piece>,
    title: Option<String>,
    front_matter: String,
    text: String,
    span: Option<Span>,
    place: Place,
}

impl<'t> Reader<'t> {
    fn new(decoded: &'t Decoded) -> Self {
        Self {
            decoded,
            pieces: Vec::new(),
            title: None,
            front_matter: String::new(),
            text: String::new(),
            span: None,
            place: Place::Block(Hint::Paragraph),
        }
    }

    fn see(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(TagEnd::Heading(level)) => {
                let heading = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
                if *level == HeadingLevel::H1 && self.title.is_none() && !heading.is_empty() {
                    self.title = Some(heading);
                }
                self.flush();
            }
            Event::End(tag) if ends_block(*tag) => self.flush(),
            Event::Text(text) | Event::Code(text) => self.push(text, span),
            Event::SoftBreak | Event::HardBreak => self.push(" ", span),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let place = match tag {
            Tag::Heading { .. } => Place::Block(Hint::Heading),
            Tag::Paragraph | Tag::Item | Tag::TableCell => Place::Block(Hint::Paragraph),
            Tag::CodeBlock(_) => Place::Block(Hint::Furniture),
            Tag::HtmlBlock => Place::Nowhere,
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle) => Place::FrontMatter,
            _ => return,
        };
        self.flush();
        self.place = place;
    }

    fn push(&mut self, text: &str, span: Span) {
        match self.place {
            Place::FrontMatter => self.front_matter.push_str(text),
            Place::Nowhere => {}
            Place::Block(_) => {
                self.text.push_str(text);
                let start = self.span.map_or(span.start, |whole| whole.start);
                self.span = Some(Span::new(start, span.end.max(start)));
            }
        }
    }

    fn flush(&mut self) {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let (Place::Block(hint), Some(span), false) = (self.place, self.span, text.is_empty()) {
            let span = trimmed(span, &self.decoded.text);
            self.pieces.push(Piece { text, span: Some(self.decoded.source_span(span)), hint: Some(hint) });
        }
        self.text.clear();
        self.span = None;
        self.place = Place::Block(Hint::Paragraph);
    }
}

fn ends_block(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::TableCell
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_)
    )
}

fn trimmed(span: Span, text: &str) -> Span {
    let inner = span.of(text);
    let start = span.start + inner.len() - inner.trim_start().len();
    Span::new(start, (start + inner.trim().len()).max(start))
}

/// `key: value` lines; anything else of YAML is passed over.
fn front_matter(text: &str) -> Article {
    let value = |names: &[&str]| {
        names.iter().find_map(|name| {
            let (_, value) =
                text.lines().filter_map(|line| line.split_once(':')).find(|(key, _)| key.trim() == *name)?;
            let value = value.trim().trim_matches(['"', '\'']);
            (!value.is_empty()).then(|| value.to_owned())
        })
    };
    Article {
        title: value(&["title", "headline"]),
        outlet: value(&["outlet", "publisher"]),
        date: value(&["date", "published"]).and_then(|date| iso_date(&date)),
        byline: value(&["byline", "author"]).map(|byline| author(&byline)),
        url: value(&["url", "link"]),
        language: value(&["language", "lang"]),
        ..Article::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::encoding::decode;
    use super::*;

    const TEXT: &str = "---\ntitle: \"Steel: duty doubles\"\ndate: 2021-05-04\nauthor: By Jane Doe\n---\n\n\
        # Steel: duty doubles\n\nMinisters **raised** the duty\non [Monday](http://x), as *planned*.\n\n\
        ## What comes next\n\n- More duties.\n- Fewer ships.\n\n> “Jam,” she said.\n\n```\ncode\n```\n\nShare this article\n";

    #[test]
    fn marks_become_kinds_and_leave_the_text() {
        let article = article(&decode(TEXT.as_bytes(), None));
        assert_eq!(article.title.as_deref(), Some("Steel: duty doubles"));
        assert_eq!(article.date.as_deref(), Some("2021-05-04"));
        assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
        let blocks: Vec<_> = article.paragraphs.iter().map(|p| (p.kind.name(), p.text.as_str())).collect();
        assert_eq!(
            blocks,
            [
                ("headline", "Steel: duty doubles"),
                ("paragraph", "Ministers raised the duty on Monday, as planned."),
                ("heading", "What comes next"),
                ("paragraph", "More duties."),
                ("paragraph", "Fewer ships."),
                ("paragraph", "“Jam,” she said."),
                ("furniture", "code"),
                ("furniture", "Share this article"),
            ]
        );
    }

    #[test]
    fn very_many_opening_marks_are_plain_text() {
        for opener in ["![", "<?"] {
            let text = format!("It rained on Monday.\n\n{}", opener.repeat(1_000_000));
            let article = article(&decode(text.as_bytes(), None));
            assert_eq!(article.body().next().unwrap().text, "It rained on Monday.");
        }
    }

    #[test]
    fn spans_lead_back_to_the_marked_text() {
        let article = article(&decode(TEXT.as_bytes(), None));
        let body: Vec<_> = article.body().map(|p| p.span.unwrap().of(TEXT)).collect();
        assert!(body[0].starts_with("Ministers **raised**") && body[0].ends_with("*planned*."));
        assert_eq!(body[1], "More duties.");
    }
}
