//! A record of named fields to an article.

use std::borrow::Cow;

use super::ReadOptions;
use crate::article::rules::author;
use crate::article::structure::{arrange, pieces};
use crate::article::{Article, Paragraph, ParagraphKind, date};
use crate::error::{Error, ErrorKind, Result};

/// Fields that are used where a record has them, beside text, id and title.
const OUTLET: &[&str] = &["outlet", "publisher"];
const DATE: &[&str] = &["date", "published", "date_published"];
const BYLINE: &[&str] = &["byline", "author"];
const URL: &[&str] = &["url", "link"];
const LANGUAGE: &[&str] = &["language", "lang"];

/// A record's fields by name.
pub(super) trait Record {
    /// The field's text; `None` where the record does not have it.
    fn field(&self, name: &str) -> Option<Cow<'_, str>>;
}

/// What a source says of an article beside its text, as printed there.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) title: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) date: Option<String>,
    pub(super) byline: Option<String>,
}

impl Lines {
    /// An article with these lines and no text yet.
    pub(super) fn article(self) -> Article {
        let mut article = Article {
            title: self.title.clone(),
            outlet: self.outlet.clone(),
            date: self.date.as_deref().and_then(date::iso_date),
            byline: self.byline.as_deref().map(author),
            ..Article::default()
        };
        let printed = [
            (ParagraphKind::Headline, self.title),
            (ParagraphKind::Outlet, self.outlet),
            (ParagraphKind::Date, self.date),
            (ParagraphKind::Byline, self.byline),
        ];
        for (kind, text) in printed {
            article.paragraphs.extend(text.map(|text| Paragraph { kind, text, span: None, section: None }));
        }
        article
    }
}

/// The article of a record; `id` stands in where the record has none.
pub(super) fn article(record: &impl Record, options: &ReadOptions, id: impl FnOnce() -> String) -> Article {
    let filled = |name: &str| record.field(name).map(|f| f.trim().to_owned()).filter(|f| !f.is_empty());
    let line = |name: &str| filled(name).map(one_line);
    let first = |names: &[&str]| names.iter().find_map(|name| line(name));
    let lines = Lines {
        title: line(&options.title_column),
        outlet: first(OUTLET),
        date: first(DATE),
        byline: first(BYLINE),
    };
    let mut article = Article {
        id: filled(&options.id_column).unwrap_or_else(id),
        url: first(URL),
        language: first(LANGUAGE),
        kept: options
            .keep
            .iter()
            .map(|name| (name.clone(), record.field(name).unwrap_or_default().into_owned()))
            .collect(),
        ..lines.article()
    };
    let text = record.field(&options.text_column).unwrap_or_default();
    arrange(pieces(&text, |_| None), &mut article);
    article
}

/// The text with a space for each line break and the white space around it.
fn one_line(text: String) -> String {
    if text.contains(['\n', '\r']) {
        let lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
        return lines.collect::<Vec<_>>().join(" ");
    }
    text
}

/// Checks that the columns asked for exist.
///
/// # Errors
///
/// [`ErrorKind::MissingColumn`] for the first that does not.
pub(super) fn check(
    has: impl Fn(&str) -> bool,
    columns: &[String],
    file: &str,
    options: &ReadOptions,
) -> Result<()> {
    let default = ReadOptions::default();
    let mut asked = vec![&options.text_column];
    asked.extend((options.id_column != default.id_column).then_some(&options.id_column));
    asked.extend((options.title_column != default.title_column).then_some(&options.title_column));
    asked.extend(&options.keep);
    match asked.into_iter().find(|name| !has(name)) {
        Some(column) => Err(Error::from(ErrorKind::MissingColumn {
            column: column.clone(),
            place: file.to_owned(),
            columns: columns.to_vec(),
        })),
        None => Ok(()),
    }
}
