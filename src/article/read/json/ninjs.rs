//! ninjs, the IPTC's JSON for news: its names for what other objects call text, title and date.
//!
//! Versions 1 and 2. See <https://iptc.org/standards/ninjs/>.

use serde_json::{Map, Value};

use crate::article::html;

/// Our field and the fields of ninjs that hold it, the most trusted first.
const FIELDS: &[(&str, &[&str])] = &[
    ("title", &["headline", "headlines"]),
    ("byline", &["byline", "by"]),
    ("date", &["firstcreated", "firstCreated", "versioncreated", "versionCreated", "contentcreated"]),
    ("outlet", &["copyrightholder", "copyrightHolder", "rightsInfo"]),
];

/// Fields that hold the text, as plain text and as markup.
const TEXTS: &[&str] = &["body_text", "body_xhtml", "body_html", "bodies"];

/// Adds `text`, `id` and the others under their own names to an item of ninjs; other objects stay as they are.
pub(super) fn with_common_names(object: &mut Map<String, Value>) {
    let Some(text) = TEXTS.iter().find_map(|name| text_of(object.get(*name)?, name.contains("html"))) else {
        return;
    };
    object.entry("text").or_insert(Value::String(text));
    for (ours, theirs) in FIELDS {
        let found = theirs.iter().find_map(|name| text_of(object.get(*name)?, false));
        if let (false, Some(found)) = (object.contains_key(*ours), found) {
            object.insert((*ours).to_owned(), Value::String(found));
        }
    }
    if let (None, Some(uri)) = (object.get("id"), object.get("uri").cloned()) {
        object.insert("id".to_owned(), uri);
    }
}

/// A string, or of a list of variants the first with a value.
fn text_of(value: &Value, is_markup: bool) -> Option<String> {
    match value {
        Value::String(text) if is_markup => Some(html::plain_text(text)),
        Value::String(text) => Some(text.clone()),
        Value::Array(variants) => variants.iter().find_map(|variant| {
            let content =
                variant.get("contentType").or_else(|| variant.get("contenttype")).and_then(Value::as_str);
            text_of(variant.get("value")?, content.is_some_and(|c| c.contains("html")))
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{ReadOptions, Source, read_from};

    #[test]
    fn an_item_of_ninjs_is_an_article() {
        let item = r#"{"uri":"urn:1","headline":"Steel duty doubles","byline":"By Jane Doe","language":"en",
            "versioncreated":"2021-05-04T10:00:00Z","body_xhtml":"<p>Duties rose.</p><h2>Ships</h2><p>They sail on.</p>"}"#;
        let options = ReadOptions::default();
        let source = Source::named("a.json", &options);
        let article = read_from(item.as_bytes(), &source, &options).next().unwrap().unwrap();
        assert_eq!(article.id, "urn:1");
        assert_eq!(article.title.as_deref(), Some("Steel duty doubles"));
        assert_eq!(article.date.as_deref(), Some("2021-05-04"));
        let body: Vec<_> = article.body().map(|p| p.text.as_str()).collect();
        assert_eq!(body, ["Duties rose.", "They sail on."]);
    }
}
