//! Blocks to an article: which is the headline, which are headings, what is furniture.
//!
//! Two things decide: the table of rules in `rules.rs` and the place. Before the first prose stand
//! headline, outlet, date and byline; a short line without full stop between prose is a heading; short lines after
//! the last prose are furniture. In doubt a block is prose.

mod header;

use super::block::blocks;
use super::encoding::Decoded;
use super::rule::{Rule, Zone, rule_for};
use super::rules::{author, byline_and_date, is_name};
use super::shape::{Line, OPENING_QUOTES, fold, sentence_end};
use super::{Article, Paragraph, ParagraphKind, date};
use crate::text::Span;

/// A heading has at most this many words.
const LONGEST_HEADING: usize = 14;

/// Rules of the page's top hold for so many blocks after the first prose: an introduction may stand above the byline.
const TOP_AFTER_PROSE: usize = 3;

/// Headline and the lines around it are looked for among so many lines; a longer list of lines is something else.
const LONGEST_HEADER: usize = 40;

/// More short lines than this in a row are a list, not headings.
const MOST_HEADINGS_IN_A_ROW: usize = 3;

/// How notes on the writer go on after the name.
const NOTE_VERBS: &[&str] =
    &["is", "was", "has", "covers", "covered", "writes", "reports", "reported", "works", "joined"];

/// What markup says about a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    /// A paragraph or an item of a list.
    Paragraph,
    /// A heading.
    Heading,
    /// A caption.
    Caption,
    /// Something around the text: a button, a list of links.
    Furniture,
}

/// A block before its kind is known.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) span: Option<Span>,
    pub(super) hint: Option<Hint>,
}

/// The article that a pasted text is.
///
/// Spans are bytes of `text`.
///
/// # Examples
///
/// ```
/// use newsbeat::article::{ParagraphKind, structure};
///
/// let article = structure::article(
///     "Steel duty doubles\nThe Daily Post\nMay 4, 2021\n\nMinisters raised the duty on Monday.\n\nShare this article\n",
/// );
/// assert_eq!(article.title.as_deref(), Some("Steel duty doubles"));
/// assert_eq!(article.outlet.as_deref(), Some("The Daily Post"));
/// assert_eq!(article.date.as_deref(), Some("2021-05-04"));
/// let body: Vec<_> = article.body().map(|p| p.text.as_str()).collect();
/// assert_eq!(body, ["Ministers raised the duty on Monday."]);
/// ```
pub fn article(text: &str) -> Article {
    let mut article = Article::default();
    arrange(pieces(text, Some), &mut article);
    article
}

/// The article of a decoded file; spans are bytes of the file.
pub(super) fn article_of_file(decoded: &Decoded) -> Article {
    let mut article = Article { n_replaced: decoded.n_replaced, ..Article::default() };
    arrange(pieces(&decoded.text, |span| Some(decoded.source_span(span))), &mut article);
    article
}

/// The blocks of a text as pieces without hints.
pub(super) fn pieces(text: &str, place: impl Fn(Span) -> Option<Span>) -> Vec<Piece> {
    blocks(text).into_iter().map(|b| Piece { text: b.text, span: place(b.span), hint: None }).collect()
}

/// Gives each piece its kind and appends it to the article; fills what the article does not say yet of headline,
/// outlet, date and byline from the lines that hold them.
pub(super) fn arrange(pieces: Vec<Piece>, article: &mut Article) {
    let mut kinds = kinds(&pieces, article.title.as_deref());
    mark_note_on_author(&pieces, article.byline.as_deref(), &mut kinds);
    let mut section = None;
    article.paragraphs.reserve_exact(pieces.len());
    for (piece, kind) in pieces.into_iter().zip(kinds) {
        let text = || Some(piece.text.clone());
        match kind {
            ParagraphKind::Headline => article.title = article.title.take().or_else(text),
            ParagraphKind::Outlet => article.outlet = article.outlet.take().or_else(text),
            ParagraphKind::Byline => {
                let parts = byline_and_date(&piece.text);
                let (who, when) = parts.map_or((piece.text.as_str(), None), |(who, when)| (who, Some(when)));
                article.byline = article.byline.take().or_else(|| Some(author(who)));
                let date = || date::date_line(when?)?.date;
                article.date = article.date.take().or_else(date);
            }
            ParagraphKind::Date => {
                let found = || date::date_line(&piece.text).and_then(|line| line.date);
                article.date = article.date.take().or_else(found);
            }
            ParagraphKind::Heading => section = text(),
            _ => {}
        }
        let section = if kind == ParagraphKind::Body { section.clone() } else { None };
        article.paragraphs.push(Paragraph { kind, text: piece.text, span: piece.span, section });
    }
}

fn kinds(pieces: &[Piece], title: Option<&str>) -> Vec<ParagraphKind> {
    // Nothing tells a lone block from the text, and tables of paragraphs have no others.
    if let ([Piece { hint: None, .. }], None) = (pieces, title) {
        return vec![ParagraphKind::Body];
    }
    let lines: Vec<Line<'_>> = pieces.iter().map(|p| Line::new(&p.text)).collect();
    let is_prose = |i: usize| {
        matches!(pieces[i].hint, None | Some(Hint::Paragraph))
            && lines[i].is_prose()
            && rule_for(&lines[i], &[Zone::Any]).is_none()
    };
    let prose: Vec<bool> = (0..lines.len()).map(is_prose).collect();
    let Some(first) = prose.iter().position(|&p| p) else { return without_prose(&lines) };
    let last = prose.iter().rposition(|&p| p).unwrap_or(first);

    let mut kinds = labelled(pieces, &lines, &prose, first, last);
    mark_title(&lines, title, &mut kinds);
    let n_header = first.min(LONGEST_HEADER);
    header::mark(&lines[..n_header], title.is_some(), &mut kinds[..n_header]);
    mark_headings(pieces, &lines, &prose, &mut kinds);
    let n_prose = prose.iter().filter(|&&p| p).count();
    kinds
        .into_iter()
        .enumerate()
        .map(|(i, kind)| match kind {
            Some(kind) => kind,
            None if i > last && n_prose > 1 && is_leftover(&lines[i]) => ParagraphKind::Furniture,
            None => ParagraphKind::Body,
        })
        .collect()
}

/// A text without a sentence: nothing tells a headline from a list, only what is labelled is known.
fn without_prose(lines: &[Line<'_>]) -> Vec<ParagraphKind> {
    let kind = |line| rule_for(line, &[Zone::Any]).map_or(ParagraphKind::Body, |rule| rule.kind);
    match lines {
        [_] => vec![ParagraphKind::Body],
        _ => lines.iter().map(kind).collect(),
    }
}

/// What rules and markup say.
fn labelled(
    pieces: &[Piece],
    lines: &[Line<'_>],
    prose: &[bool],
    first: usize,
    last: usize,
) -> Vec<Option<ParagraphKind>> {
    let mut in_list = false;
    let mut kinds = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let is_top = i < first + TOP_AFTER_PROSE;
        let zones: &[Zone] = match (is_top, i > last) {
            (true, _) => &[Zone::Any, Zone::Top, Zone::Edge],
            (false, true) => &[Zone::Any, Zone::Edge],
            (false, false) => &[Zone::Any],
        };
        let rule = if prose[i] { None } else { rule_for(line, zones) };
        let rule = rule.filter(|rule| holds_here(rule, i, is_top || i > last, line));
        in_list = match rule {
            Some(rule) => rule.opens_list || in_list && rule.kind == ParagraphKind::Furniture,
            // Amid the text the last line of a list of links may be the heading of the prose that follows it.
            None => in_list && !prose[i] && !(i > first && prose.get(i + 1) == Some(&true)),
        };
        kinds.push(match (rule, pieces[i].hint) {
            (Some(rule), _) => Some(rule.kind),
            (None, Some(Hint::Furniture)) => Some(ParagraphKind::Furniture),
            (None, Some(Hint::Caption)) => Some(ParagraphKind::Caption),
            (None, Some(Hint::Heading)) if !in_list => Some(ParagraphKind::Heading),
            _ if in_list => Some(ParagraphKind::Furniture),
            _ => None,
        });
    }
    kinds
}

/// The first line is no byline unless a full name stands in it, and a date amid the text is a heading.
fn holds_here(rule: &Rule, i: usize, is_edge: bool, line: &Line<'_>) -> bool {
    match rule.kind {
        ParagraphKind::Byline if i == 0 => {
            let who = byline_and_date(line.text).map_or(line.text, |(who, _)| who);
            is_name(author(who).split(',').next().unwrap_or_default())
        }
        ParagraphKind::Date => is_edge,
        _ => true,
    }
}

/// The block that repeats a title known from elsewhere.
fn mark_title(lines: &[Line<'_>], title: Option<&str>, kinds: &mut [Option<ParagraphKind>]) {
    let Some(title) = title.map(fold) else { return };
    let same = |i: &usize| fold(lines[*i].text) == title;
    if let Some(i) = (0..lines.len().min(8)).find(same) {
        kinds[i] = Some(ParagraphKind::Headline);
    }
}

/// Short lines without full stop, with prose below them.
fn mark_headings(pieces: &[Piece], lines: &[Line<'_>], prose: &[bool], kinds: &mut [Option<ParagraphKind>]) {
    let mut run: Vec<usize> = Vec::new();
    let first = prose.iter().position(|&p| p).unwrap_or(lines.len());
    for i in 0..lines.len() {
        if prose[i] {
            if run.len() < MOST_HEADINGS_IN_A_ROW {
                for &at in &run {
                    kinds[at] = Some(ParagraphKind::Heading);
                }
            }
            run.clear();
        } else if kinds[i].is_none() && pieces[i].hint.is_none() && can_be_heading(&lines[i]) {
            if first < i {
                run.push(i);
            }
        } else if !matches!(
            kinds[i],
            Some(ParagraphKind::Furniture | ParagraphKind::Caption | ParagraphKind::Date)
        ) {
            run.clear();
        }
    }
    // A heading without text below it heads nothing on this page.
    let last = prose.iter().rposition(|&p| p).unwrap_or(0);
    for kind in kinds.iter_mut().skip(last + 1).filter(|k| **k == Some(ParagraphKind::Heading)) {
        *kind = Some(ParagraphKind::Furniture);
    }
}

fn can_be_heading(line: &Line<'_>) -> bool {
    let is_item = line.text.starts_with(['•', '▪', '-', '–', '*', '—']);
    (1..=LONGEST_HEADING).contains(&line.n_words)
        && line.text.chars().count() <= 110
        && !is_item
        && !line.text.ends_with([',', ';', ':'])
        && match sentence_end(line.text) {
            None => true,
            Some(mark) => !matches!(mark, '.' | '…' | '。') && !line.text.starts_with(OPENING_QUOTES),
        }
        && !line.text.starts_with(|c: char| c.is_lowercase())
}

/// "Jane Doe covers the Gulf": what a page says of its writer below the text.
fn mark_note_on_author(pieces: &[Piece], byline: Option<&str>, kinds: &mut [ParagraphKind]) {
    let named = kinds.iter().position(|&kind| kind == ParagraphKind::Byline).map(|i| author(&pieces[i].text));
    let Some(byline) = byline.map(str::to_owned).or(named) else { return };
    let name: String = byline.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    let Some(last) = kinds.iter().rposition(|&kind| kind == ParagraphKind::Body) else { return };
    let verb = pieces[last].text.strip_prefix(name.as_str()).and_then(|rest| rest.split_whitespace().next());
    let is_note = verb.is_some_and(|verb| NOTE_VERBS.contains(&verb)) && is_name(&name);
    if is_note && last > 0 {
        kinds[last] = ParagraphKind::Furniture;
    }
}

/// A short line at the end of a page that does not end as prose does.
fn is_leftover(line: &Line<'_>) -> bool {
    line.n_words <= LONGEST_HEADING
        && !line.ends_sentence()
        && !line.text.starts_with(['•', '▪', '-', '–', '*'])
        && !line.text.ends_with([':', ',', ';'])
}

#[cfg(test)]
mod tests;
