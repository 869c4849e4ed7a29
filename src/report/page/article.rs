//! An article of the page: its data for the script, its row in the list.

use serde::Serialize;

use super::{SHOWN, json};
use crate::analysis::{ArticleReport, ParagraphReport};
use crate::classify::TopicRanking;
use crate::classify::explain::{Explainer, Explanation};
use crate::metrics::Metric;
use crate::text::Span;

/// Characters of a paragraph that the page shows: a browser takes seconds to lay out a paragraph of millions.
const MAX_CHARACTERS: usize = 20_000;
/// The share of what speaks for the topic that the underlined words have.
const DECIDING: f64 = 0.5;

/// An article, ready to be written into a page.
#[derive(Debug)]
pub struct PageArticle {
    pub(super) json: String,
    pub(super) row: Row,
}

/// What list and charts show of an article.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) title: Option<String>,
    /// The id of the article that it is a copy of.
    pub(super) duplicate_of: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) date: Option<String>,
    pub(super) n_words: usize,
    pub(super) dominant: Option<usize>,
    pub(super) shares: Option<Vec<f64>>,
    /// The topics of its paragraphs.
    pub(super) topics: Vec<usize>,
    /// Values of the shown metrics.
    pub(super) shown: Vec<Option<f64>>,
}

/// What the script shows of an article.
#[derive(Serialize)]
struct ArticleData<'a> {
    id: &'a str,
    file: &'a str,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    date: Option<&'a str>,
    paragraphs: Vec<ParagraphData<'a>>,
    metrics: Vec<Option<f64>>,
}

#[derive(Serialize)]
struct ParagraphData<'a> {
    section: Option<&'a str>,
    topic: Option<usize>,
    probabilities: Option<Vec<f64>>,
    /// The text in pieces; every second one decided the topic.
    pieces: Vec<&'a str>,
    /// Characters left out at the end.
    n_cut: usize,
}

impl PageArticle {
    /// The article of a report. `metrics` are those of the report, `explainer` is of its model.
    pub fn of(report: &ArticleReport, metrics: &[&'static Metric], explainer: &mut Explainer<'_>) -> Self {
        let data = ArticleData {
            id: &report.article_id,
            file: &report.file,
            title: report.title.as_deref(),
            outlet: report.outlet.as_deref(),
            date: report.date.as_deref(),
            paragraphs: report.paragraphs.iter().map(|p| ParagraphData::of(p, explainer)).collect(),
            metrics: report.metrics.iter().map(|value| value.map(|x| rounded(x, 1e4))).collect(),
        };
        let json = json(&data);
        let mut topics: Vec<usize> = report.paragraphs.iter().filter_map(topic).collect();
        topics.sort_unstable();
        topics.dedup();
        let value = |name: &&str| metrics.iter().position(|m| m.name == *name).map(|at| report.metrics[at]);
        let row = Row {
            id: report.article_id.clone(),
            title: report.title.clone(),
            duplicate_of: None,
            outlet: report.outlet.clone(),
            date: report.date.clone(),
            n_words: report.n_words,
            dominant: report.dominant_topic(),
            shares: report.topic_shares.clone(),
            topics,
            shown: SHOWN.iter().filter_map(value).collect(),
        };
        Self { json, row }
    }

    /// The same article, called a copy of another where that is named.
    #[must_use]
    pub fn duplicate_of(mut self, original: Option<String>) -> Self {
        self.row.duplicate_of = original;
        self
    }
}

impl<'a> ParagraphData<'a> {
    fn of(paragraph: &'a ParagraphReport, explainer: &mut Explainer<'_>) -> Self {
        let topic = topic(paragraph);
        // Where the neighbours decide, no word of its own does.
        let explanation = explainer.explain(&paragraph.text).filter(|found| Some(found.winner()) == topic);
        let end =
            paragraph.text.char_indices().nth(MAX_CHARACTERS).map_or(paragraph.text.len(), |(at, _)| at);
        let (text, rest) = paragraph.text.split_at(end);
        let probabilities =
            |ranking: &TopicRanking| ranking.probabilities().iter().map(|p| rounded(*p, 1e4)).collect();
        Self {
            section: paragraph.section.as_deref(),
            topic,
            probabilities: paragraph.ranking.as_ref().map(probabilities),
            pieces: pieces(text, &explanation.map_or_else(Vec::new, |explanation| deciding(&explanation))),
            n_cut: rest.chars().count(),
        }
    }
}

fn topic(paragraph: &ParagraphReport) -> Option<usize> {
    paragraph.ranking.as_ref().and_then(TopicRanking::topic)
}

fn rounded(x: f64, parts: f64) -> f64 {
    (x * parts).round() / parts
}

/// Where the terms stand that speak most for the topic and together make up [`DECIDING`] of all that speaks for it.
fn deciding(explanation: &Explanation) -> Vec<Span> {
    let for_it = || explanation.contributions().iter().filter(|c| c.contribution > 0.0);
    let needed = DECIDING * for_it().map(|c| c.contribution).sum::<f64>();
    let mut reached = 0.0;
    let mut spans = Vec::new();
    for term in for_it() {
        if reached >= needed {
            break;
        }
        reached += term.contribution;
        spans.extend_from_slice(&term.spans);
    }
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    spans
}

/// The text cut at the ends of sorted spans: what is outside and what is inside by turns.
fn pieces<'t>(text: &'t str, spans: &[Span]) -> Vec<&'t str> {
    let mut pieces = Vec::new();
    let (mut done, mut open): (usize, Option<Span>) = (0, None);
    let mut close = |span: Span| {
        pieces.push(&text[done..span.start]);
        pieces.push(&text[span.start..span.end]);
        done = span.end;
    };
    for &span in spans.iter().filter(|span| span.end <= text.len()) {
        match &mut open {
            Some(before) if span.start <= before.end => before.end = before.end.max(span.end),
            _ => open.replace(span).into_iter().for_each(&mut close),
        }
    }
    open.into_iter().for_each(&mut close);
    pieces.push(&text[done..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_spans_and_overlaps_are_one() {
        let span = |start, end| Span { start, end };
        assert_eq!(pieces("steel tariffs rose", &[]), ["steel tariffs rose"]);
        assert_eq!(pieces("steel tariffs rose", &[span(0, 5), span(0, 13)]), ["", "steel tariffs", " rose"]);
        let two = [span(0, 5), span(14, 18), span(14, 99)];
        assert_eq!(pieces("steel tariffs rose", &two), ["", "steel", " tariffs ", "rose", ""]);
    }
}
