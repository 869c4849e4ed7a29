//! A report to read: one HTML file with its style and script inside, which asks no network for anything.
//!
//! # Advice for hackers
//!
//! Articles are written as they come, as JSON that the browser does not look at until one is opened, so neither the
//! program nor the page holds them all; lists and charts follow at the end. The template escapes all that it is given, the
//! script makes text nodes only, and the policy in the head lets no other script and no other style run.

mod article;
mod charts;
mod comparison;
mod list;

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Serialize;

use super::Totals;
use crate::metrics::Metric;
use crate::table::{Table, Values};

pub use article::PageArticle;
pub use comparison::comparison_page;

use article::Row;

const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// Metrics that the list and the charts show: length, ease of reading, variety of words, voices.
const SHOWN: [&str; 4] = ["words_per_sentence", "flesch_reading_ease", "mtld", "quoted_share"];

/// A page being written.
#[derive(Debug)]
pub struct Page<'r> {
    labels: &'r [String],
    metrics: &'r [&'static Metric],
    /// Places of the metrics that are shown.
    shown: Vec<usize>,
    rows: Vec<Row>,
}

/// What the script knows beside the articles.
#[derive(Serialize)]
struct Registry<'r> {
    labels: &'r [String],
    metrics: Vec<MetricData>,
}

/// A metric as the script explains it.
#[derive(Serialize)]
struct MetricData {
    name: &'static str,
    family: &'static str,
    unit: &'static str,
    formula: &'static str,
    interpretation: &'static str,
    reference: &'static str,
}

impl MetricData {
    fn of(metric: &'static Metric) -> Self {
        Self {
            name: metric.name,
            family: metric.family.name(),
            unit: metric.unit,
            formula: metric.formula,
            interpretation: metric.interpretation,
            reference: metric.reference,
        }
    }
}

impl<'r> Page<'r> {
    /// A page about these topics and metrics.
    pub fn new(labels: &'r [String], metrics: &'r [&'static Metric]) -> Self {
        let place = |name: &&str| metrics.iter().position(|metric| metric.name == *name);
        Self { labels, metrics, shown: SHOWN.iter().filter_map(place).collect(), rows: Vec::new() }
    }

    /// Writes what stands before the articles.
    ///
    /// # Errors
    ///
    /// What `out` answers.
    pub fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        let head = html! {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy(Some(SCRIPT)));
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { "newsbeat report" }
            style { (PreEscaped(STYLE)) }
        };
        let registry = Registry {
            labels: self.labels,
            metrics: self.metrics.iter().map(|metric| MetricData::of(metric)).collect(),
        };
        writeln!(out, "{}\n<html lang=\"en\">\n{}", DOCTYPE.into_string(), head.into_string())?;
        data(out, "registry", &json(&registry))
    }

    /// Writes an article.
    ///
    /// # Errors
    ///
    /// What `out` answers.
    pub fn add(&mut self, article: PageArticle, out: &mut dyn Write) -> io::Result<()> {
        data(out, &format!("a{}", self.rows.len()), &article.json)?;
        self.rows.push(article.row);
        Ok(())
    }

    /// Writes what stands behind the articles.
    ///
    /// # Errors
    ///
    /// What `out` answers.
    pub fn finish(&self, totals: &Totals, run: &Table, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{}", self.body(totals, run).into_string())?;
        writeln!(out, "\n<script>{SCRIPT}</script>\n</html>")
    }

    fn body(&self, totals: &Totals, run: &Table) -> Markup {
        html! {
            a.skip href="#list" { "Skip to the list of articles" }
            header {
                h1 { "newsbeat report" }
                p { (count(totals.n_articles, "article")) ", " (count(totals.n_paragraphs, "paragraph")) ", " (count(totals.n_words, "word")) }
            }
            main {
                (charts::topics(self))
                (list::section(self))
                section #reader tabindex="-1" aria-label="Article" hidden {}
                (charts::metrics(self))
                (about(run))
            }
            div #tip role="tooltip" hidden {}
            noscript { p { "Sorting, filtering and reading the articles need JavaScript, which this page carries in itself." } }
        }
    }
}

/// How the run came about.
fn about(run: &Table) -> Markup {
    html! {
        section #run aria-labelledby="run-title" {
            h2 #run-title { "About this run" }
            dl {
                @for column in run.columns() {
                    @if let Some(value) = first(&column.values) {
                        dt title=(column.meaning) { (column.name) }
                        dd { (value) }
                    }
                }
            }
        }
    }
}

/// The first value as text.
fn first(values: &Values) -> Option<String> {
    match values {
        Values::Text(v) => v.first()?.clone(),
        Values::Integer(v) => v.first()?.map(|n| n.to_string()),
        Values::Float(v) => v.first()?.map(number),
    }
}

/// A number of things, in words.
fn count(n: usize, thing: &str) -> String {
    format!("{} {thing}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// A count with its thousands apart.
fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A value in as many digits as can be taken in at a glance.
fn number(x: f64) -> String {
    if x.abs() >= 100.0 { format!("{x:.0}") } else { format!("{x:.2}") }
}

/// The class that colours a topic; there are ten colours.
fn colour(label: usize) -> String {
    format!("t{}", label % 10)
}

/// What the browser may do: the style, the script if there is one, nothing else.
fn policy(script: Option<&str>) -> String {
    let script =
        script.map_or_else(String::new, |script| format!(" script-src 'sha256-{}';", sha256(script)));
    format!(
        "default-src 'none'; style-src 'sha256-{}';{script} base-uri 'none'; form-action 'none'",
        sha256(STYLE)
    )
}

/// The SHA-256 of a text, in base 64.
fn sha256(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let hash = hmac_sha256::Hash::hash(text.as_bytes());
    let mut out = String::new();
    for group in hash.chunks(3) {
        let bits = group.iter().fold(0_usize, |bits, &byte| bits << 8 | usize::from(byte))
            << (8 * (3 - group.len()));
        let digits = (0..4).map(|i| char::from(DIGITS[bits >> (18 - 6 * i) & 63]));
        out.extend(digits.take(group.len() + 1));
    }
    out.extend(std::iter::repeat_n('=', 4 * hash.len().div_ceil(3) - out.len()));
    out
}

/// Data as JSON that can stand in a script element: no `<` can end it.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data are JSON").replace('<', "\\u003c")
}

/// Writes a block of data.
fn data(out: &mut dyn Write, id: &str, json: &str) -> io::Result<()> {
    writeln!(out, "<script type=\"application/json\" id=\"{id}\">{json}</script>")
}

#[cfg(test)]
mod tests;
