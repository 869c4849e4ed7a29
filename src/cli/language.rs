//! `--language auto`: each article in its own language.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use newsbeat::Result;
use newsbeat::article::Article;
use newsbeat::text::{Language, detect};
use rayon::prelude::*;

use super::console;

/// Name of the column that says which language an article was taken to be in.
pub(crate) const COLUMN: &str = "detected_language";

/// Bytes of prose that are looked at.
const LOOKED_AT: usize = 4096;

/// Doubts that are named one by one; the others are counted.
const NAMED: usize = 20;

/// The language of the articles.
#[derive(Debug)]
pub(crate) enum Choice {
    /// One for all.
    Of(&'static Language),
    /// Detected, article by article. Where that is unsure, what the article declares counts, else English.
    Auto { n_doubts: AtomicUsize },
}

impl Choice {
    /// The choice of a code, or of `auto`.
    pub(crate) fn named(name: &str) -> Result<Self> {
        match name {
            "auto" => Ok(Self::Auto { n_doubts: AtomicUsize::new(0) }),
            code => Language::of_code(code).map(Self::Of),
        }
    }

    /// The language of articles that have none of their own.
    pub(crate) fn fallback(&self) -> &'static Language {
        match self {
            Self::Of(language) => language,
            Self::Auto { .. } => Language::ENGLISH,
        }
    }

    pub(crate) fn is_auto(&self) -> bool {
        matches!(self, Self::Auto { .. })
    }

    /// Gives each article its language, if that is to be detected; the answers are doubts to be shown.
    pub(crate) fn settle(&self, articles: &mut [Article]) -> Vec<String> {
        let Self::Auto { n_doubts } = self else { return Vec::new() };
        let doubts: Vec<Option<String>> = articles.par_iter_mut().map(settle).collect();
        let doubts: Vec<String> = doubts.into_iter().flatten().collect();
        let before = n_doubts.fetch_add(doubts.len(), Relaxed);
        doubts.into_iter().take(NAMED.saturating_sub(before)).collect()
    }

    /// How many doubts were not shown.
    pub(crate) fn say_the_rest(&self) {
        if let Self::Auto { n_doubts } = self {
            let rest = n_doubts.load(Relaxed).saturating_sub(NAMED);
            if rest > 0 {
                console::say(false, format_args!("warning: {rest} more articles of unsure language"));
            }
        }
    }
}

fn settle(article: &mut Article) -> Option<String> {
    let mut text = String::new();
    for paragraph in article.body() {
        text.push_str(&paragraph.text);
        text.push('\n');
        if text.len() >= LOOKED_AT {
            break;
        }
    }
    let detection = detect(&text);
    let declared = article.language.as_deref().and_then(|tag| {
        let code = tag.split(['-', '_']).next()?.to_ascii_lowercase();
        Language::of_code(&code).ok()
    });
    let sure = detection.filter(|found| found.reliable).map(|found| found.language);
    let language = sure.or(declared).unwrap_or(Language::ENGLISH);
    article.detected_language = Some(language);
    // In front: an article that is no row has none of the other columns.
    article.kept.insert(0, (COLUMN.to_owned(), language.code.to_owned()));
    if sure.is_some() {
        return None;
    }
    let found = detection.map_or("no letters".to_owned(), |found| format!("perhaps {}", found.language.name));
    let why = if declared.is_some() { ", which it declares" } else { "" };
    Some(format!(
        "warning: {}, article {}: language must be sure, got {found}; taken as {}{why}",
        article.file, article.id, language.name
    ))
}
