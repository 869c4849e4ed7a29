//! What a paper prints: an article, its headline and lines, its sections and paragraphs.

pub mod date;
pub mod encoding;
pub mod html;
pub mod read;
pub mod structure;

mod block;
mod markdown;
mod rule;
mod rules;
mod shape;

use crate::text::{Language, Span};

/// What a block of an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ParagraphKind {
    /// Prose: the only kind that is measured and classified.
    Body,
    /// The article's headline.
    Headline,
    /// The outlet's name on a line of its own.
    Outlet,
    /// Date of publication or update.
    Date,
    /// Author.
    Byline,
    /// "5 Min Read".
    ReadingTime,
    /// Heading of a section.
    Heading,
    /// Caption or credit of a picture.
    Caption,
    /// What the page says about itself: share buttons, advertisements, related links.
    Furniture,
}

impl ParagraphKind {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Body => "paragraph",
            Self::Headline => "headline",
            Self::Outlet => "outlet",
            Self::Date => "date",
            Self::Byline => "byline",
            Self::ReadingTime => "reading_time",
            Self::Heading => "heading",
            Self::Caption => "caption",
            Self::Furniture => "furniture",
        }
    }
}

/// A block of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub kind: ParagraphKind,
    /// Its text, without line breaks.
    pub text: String,
    /// Where it stands in the source, in bytes of the file as read; `None` where the source's form does not
    /// keep places (a page's paragraph out of its markup).
    pub span: Option<Span>,
    /// The section heading above it.
    pub section: Option<String>,
}

/// An article as read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// Unique within the run.
    pub id: String,
    /// The file that it was read from.
    pub file: String,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// ISO 8601 date of publication.
    pub date: Option<String>,
    /// Author, without "By".
    pub byline: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Language tag (BCP 47) that the source declares.
    pub language: Option<String>,
    /// The language that it is in by its words, where that was looked for.
    pub detected_language: Option<&'static Language>,
    /// How many sequences of bytes were not text in the file's encoding and read as U+FFFD.
    pub n_replaced: usize,
    /// All blocks in order, of every kind.
    pub paragraphs: Vec<Paragraph>,
    /// Columns carried to the output, in the order asked for.
    pub kept: Vec<(String, String)>,
}

impl Article {
    /// The paragraphs of prose, in order.
    pub fn body(&self) -> impl Iterator<Item = &Paragraph> {
        self.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body)
    }

    /// Takes all paragraphs out of the article; the answer is those of prose, in order.
    pub fn take_body(&mut self) -> impl Iterator<Item = Paragraph> + use<> {
        std::mem::take(&mut self.paragraphs).into_iter().filter(|p| p.kind == ParagraphKind::Body)
    }
}
