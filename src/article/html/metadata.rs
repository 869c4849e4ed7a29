//! What a page says about itself: JSON-LD, `OpenGraph`, `<meta>`, `<time>`.

use dom_query::Document;
use serde_json::Value;

use crate::article::date::iso_date;
use crate::article::rules::author;

/// Names of `<meta>` elements, the most trusted first.
#[rustfmt::skip]
const TITLE: &[&str] = &[
    "og:title", "twitter:title", "parsely-title", "dc.title", "dcterms.title", "title",
];
#[rustfmt::skip]
const BYLINE: &[&str] = &[
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl",
];
#[rustfmt::skip]
const DATE: &[&str] = &[
    "article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "pubdate", "publishdate", "publish-date", "dc.date", "dcterms.date", "dc.date.issued", "date",
];
#[rustfmt::skip]
const OUTLET: &[&str] = &[
    "og:site_name", "application-name", "dc.publisher", "publisher",
];

/// Signs between a headline and the site's name.
const TITLE_SEPARATORS: [&str; 7] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · "];

/// What the page says; `None` where it does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) date: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
}

impl Metadata {
    /// JSON-LD first, then `<meta>`, then the page's title, `<time>` and canonical link.
    pub(super) fn of(document: &Document) -> Self {
        let meta = meta(document);
        let first = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| meta.iter().find(|(n, _)| n == name).map(|(_, content)| content.clone()))
        };
        let attribute =
            |selector: &str, name: &str| document.select(selector).attr(name).and_then(|value| clean(&value));
        let ld = json_ld(document);
        let outlet = ld.outlet.or_else(|| first(OUTLET));
        let time =
            || attribute("article time[datetime], time[datetime][itemprop], time[pubdate]", "datetime");
        let byline = first(BYLINE).filter(|author| !author.starts_with("http"));
        Self {
            title: ld
                .title
                .or_else(|| first(TITLE))
                .or_else(|| page_title(document))
                .map(|t| without_site(&t, outlet.as_deref())),
            byline: ld.byline.or_else(|| byline.map(|b| author(&b))),
            date: ld.date.or_else(|| first(DATE).or_else(time).and_then(|date| iso_date(&date))),
            url: ld.url.or_else(|| attribute("link[rel=canonical]", "href")).or_else(|| first(&["og:url"])),
            language: attribute("html[lang]", "lang").or(ld.language),
            outlet,
        }
    }
}

/// Every `<meta>` with a name and a content, names in lower case.
fn meta(document: &Document) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for node in document.select("meta[content]").nodes() {
        let Some(content) = node.attr("content").and_then(|content| clean(&content)) else { continue };
        for attribute in ["property", "name", "itemprop"] {
            if let Some(names) = node.attr(attribute) {
                found.extend(names.split_whitespace().map(|name| (name.to_lowercase(), content.clone())));
            }
        }
    }
    found
}

/// The heading of the first level if there is just one, else the title of the window.
fn page_title(document: &Document) -> Option<String> {
    let headings = document.select("h1");
    let heading = if headings.length() == 1 { clean(&headings.text()) } else { None };
    heading.or_else(|| clean(&document.select("title").text()))
}

/// "Steel duty doubles | The Daily Post" without what stands behind the last stroke, if that is the site's name.
fn without_site(title: &str, outlet: Option<&str>) -> String {
    let Some(outlet) = outlet else { return title.to_owned() };
    let headline = TITLE_SEPARATORS.iter().find_map(|separator| {
        let (headline, site) = title.rsplit_once(separator)?;
        site.trim().eq_ignore_ascii_case(outlet).then(|| headline.trim().to_owned())
    });
    headline.unwrap_or_else(|| title.to_owned())
}

/// The first article in the page's JSON-LD.
fn json_ld(document: &Document) -> Metadata {
    let scripts = document.select("script[type='application/ld+json']");
    scripts
        .iter()
        .filter_map(|script| serde_json::from_str::<Value>(script.text().trim()).ok())
        .find_map(|value| find_article(&value).map(from_json_ld))
        .unwrap_or_default()
}

/// The object of an article type, in lists and graphs too.
fn find_article(value: &Value) -> Option<&Value> {
    match value {
        Value::Array(values) => values.iter().find_map(find_article),
        Value::Object(object) => {
            let is_article = |name: &Value| {
                name.as_str().is_some_and(|n| {
                    n.ends_with("Article") || n.ends_with("Posting") || n.ends_with("Report")
                })
            };
            let is_article = match object.get("@type") {
                Some(Value::Array(names)) => names.iter().any(is_article),
                Some(name) => is_article(name),
                None => false,
            };
            if is_article { Some(value) } else { object.get("@graph").and_then(find_article) }
        }
        _ => None,
    }
}

fn from_json_ld(article: &Value) -> Metadata {
    let text = |name: &str| article.get(name).and_then(Value::as_str).and_then(clean);
    Metadata {
        title: text("headline").or_else(|| text("name")),
        byline: article.get("author").and_then(names),
        date: text("datePublished").and_then(|date| iso_date(&date)),
        outlet: article.get("publisher").and_then(names),
        url: text("url"),
        language: text("inLanguage"),
    }
}

/// The name of a person or organisation, or the names of several.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => clean(name).filter(|name| !name.starts_with("http")),
        Value::Object(object) => object.get("name").and_then(names),
        Value::Array(values) => {
            let names: Vec<String> = values.iter().filter_map(names).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}

/// Single blanks, no character references; `None` if nothing is left.
fn clean(text: &str) -> Option<String> {
    let plain =
        if text.contains('&') { Document::fragment(text).text().to_string() } else { text.to_owned() };
    let text = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}
