//! News items of the IPTC: NewsML-G2 with its text in XHTML, NITF or plain, and NITF by itself.
//!
//! See <https://iptc.org/std/NewsML-G2/> and <https://iptc.org/std/NITF/>.

use super::blocks;
use super::tree::Element;
use crate::article::read::Limits;
use crate::article::read::columns::Lines;
use crate::article::structure::{arrange, pieces};
use crate::article::{Article, Paragraph, ParagraphKind, date};

/// The article of a `newsItem`; `None` for items of other media, as pictures.
pub(super) fn of_item(item: &Element, limits: &Limits) -> Result<Option<Article>, String> {
    let class = item.at(&["itemMeta", "itemClass"]).and_then(|class| class.attribute("qcode"));
    let inline = |name: &'static str| item.at(&["contentSet"]).into_iter().flat_map(move |set| set.all(name));
    let within = |name: &str| inline("inlineXML").find_map(|xml| xml.at(&[name]));
    let (nitf, page, plain) = (within("nitf"), within("html"), inline("inlineData").next());
    let (inner, blocks) = match (nitf, page, plain) {
        (Some(nitf), ..) => (nitf_lines(nitf), nitf_blocks(nitf, limits)?),
        (None, Some(page), _) => {
            (page_lines(page), blocks(&page.at(&["body"]).unwrap_or(page).markup(|name| Some(name)), limits)?)
        }
        (None, None, Some(plain)) => (Story::default(), pieces(&plain.raw_text(), |_| None)),
        (None, None, None) if class.is_some_and(|class| !class.ends_with(":text")) => return Ok(None),
        (None, None, None) => {
            return Err("expected a text in inlineXML (XHTML or NITF) or inlineData, found none".to_owned());
        }
    };
    let text = |paths: &[&[&str]]| paths.iter().find_map(|path| item.at(path)?.text());
    let attribute = |path: &[&str], name| item.at(path)?.attribute(name).map(str::to_owned);
    let names = |path: [&str; 2]| {
        let people = item.at(&path[..1]).into_iter().flat_map(|meta| meta.all(path[1]));
        let names: Vec<_> = people.filter_map(|who| who.at(&["name"])?.text()).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let story = Story {
        lines: Lines {
            title: text(&[&["contentMeta", "headline"], &["itemMeta", "title"]]).or(inner.lines.title),
            outlet: text(&[&["itemMeta", "provider", "name"], &["rightsInfo", "copyrightHolder", "name"]])
                .or_else(|| attribute(&["itemMeta", "provider"], "literal"))
                .or_else(|| attribute(&["rightsInfo", "copyrightHolder"], "literal"))
                .or(inner.lines.outlet),
            date: text(&[&["contentMeta", "contentCreated"]])
                .or(inner.lines.date)
                .or_else(|| text(&[&["itemMeta", "firstCreated"], &["itemMeta", "versionCreated"]])),
            byline: text(&[&["contentMeta", "by"]])
                .or_else(|| names(["contentMeta", "creator"]))
                .or(inner.lines.byline),
        },
        dateline: text(&[&["contentMeta", "dateline"]]).or(inner.dateline),
    };
    let mut article = story.article();
    article.id = item.attribute("guid").map(str::to_owned).unwrap_or_default();
    article.language = attribute(&["contentMeta", "language"], "tag")
        .or_else(|| item.attribute("xml:lang").map(str::to_owned));
    article.url = item.at(&["itemMeta"]).and_then(page_of);
    arrange(blocks, &mut article);
    Ok(Some(article))
}

/// The article of a document of NITF.
pub(super) fn of_nitf(nitf: &Element, limits: &Limits) -> Result<Article, String> {
    let mut article = nitf_lines(nitf).article();
    let docdata = nitf.at(&["head", "docdata"]);
    let id = docdata.and_then(|data| data.at(&["doc-id"])?.attribute("id-string"));
    article.id = id.map(str::to_owned).unwrap_or_default();
    article.language = nitf.attribute("xml:lang").map(str::to_owned);
    article.url = nitf.at(&["head", "pubdata"]).and_then(|data| data.attribute("ex-ref")).map(str::to_owned);
    arrange(nitf_blocks(nitf, limits)?, &mut article);
    Ok(article)
}

/// What is printed above a story.
#[derive(Debug, Default)]
struct Story {
    lines: Lines,
    /// Place and day, as "GENEVA, May 5".
    dateline: Option<String>,
}

impl Story {
    fn article(self) -> Article {
        let mut article = self.lines.article();
        if let Some(text) = self.dateline {
            article.date = article.date.or_else(|| date::iso_date(&text));
            article.paragraphs.push(Paragraph { kind: ParagraphKind::Date, text, span: None, section: None });
        }
        article
    }
}

/// The first link to a web page.
fn page_of(meta: &Element) -> Option<String> {
    let mut links = meta.all("link").filter(|link| link.attribute("contenttype") == Some("text/html"));
    links.find_map(|link| link.attribute("href")).map(str::to_owned)
}

fn page_lines(page: &Element) -> Story {
    let title = page.at(&["head", "title"]).and_then(Element::text);
    Story { lines: Lines { title, ..Lines::default() }, dateline: None }
}

fn nitf_lines(nitf: &Element) -> Story {
    let head = |path: &[&str]| nitf.at(&["body", "body.head"])?.at(path);
    let docdata = |path: &[&str]| nitf.at(&["head", "docdata"])?.at(path);
    let text = |element: Option<&Element>| element.and_then(Element::text);
    let dates = [docdata(&["date.issue"]), head(&["dateline", "story.date"]), docdata(&["date.release"])];
    let norm = |element: Option<&Element>| element?.attribute("norm").map(with_strokes);
    Story {
        lines: Lines {
            title: text(head(&["hedline", "hl1"])).or_else(|| text(nitf.at(&["head", "title"]))),
            outlet: nitf.at(&["head", "pubdata"]).and_then(|data| data.attribute("name")).map(str::to_owned),
            date: dates.into_iter().find_map(norm),
            byline: text(head(&["byline"])),
        },
        dateline: text(head(&["dateline"])),
    }
}

fn nitf_blocks(nitf: &Element, limits: &Limits) -> Result<Vec<super::Piece>, String> {
    let body = nitf.at(&["body", "body.content"]);
    blocks(&body.map(|body| body.markup(html_name)).unwrap_or_default(), limits)
}

/// The element of HTML that an element of NITF is.
fn html_name(name: &str) -> Option<&str> {
    match name {
        "hl1" | "hl2" => Some("h2"),
        "block" | "bq" => Some("div"),
        "media" => Some("figure"),
        "media-caption" | "media-producer" => Some("figcaption"),
        "media-reference" | "media-metadata" | "media-object" => None,
        name => Some(name),
    }
}

/// "20210504T101500Z" with the strokes of the extended form: 2021-05-04T101500Z.
fn with_strokes(date: &str) -> String {
    match (date.get(..4), date.get(4..6), date.get(6..8), date.get(8..)) {
        (Some(year), Some(month), Some(day), Some(rest)) if date[..8].bytes().all(|b| b.is_ascii_digit()) => {
            format!("{year}-{month}-{day}{rest}")
        }
        _ => date.to_owned(),
    }
}
