//! The page of a comparison: charts of topics and metrics by group, and its tables. It needs no script.

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::charts::{LINES, bar, shortened, tenth};
use super::{SHOWN, STYLE, colour, number, policy};
use crate::table::{Column, Table, Values};

/// Groups that a chart shows.
const MAX_GROUPS: usize = 60;
/// Rows of a table on the page; the other formats have all.
const MAX_ROWS: usize = 5_000;

/// Writes the page of the tables of a comparison of texts with `labels`.
///
/// # Errors
///
/// What `out` answers.
pub fn comparison_page(tables: &[Table], labels: &[String], out: &mut dyn Write) -> io::Result<()> {
    let named = |name: &str| tables.iter().find(|table| table.name == name);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(None));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "newsbeat comparison" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header { h1 { "newsbeat comparison" } }
                main {
                    @if let Some(topics) = named("topics") { (topic_bars(topics, labels)) }
                    @if let Some(metrics) = named("metrics") { (metric_charts(metrics)) }
                    @for table in tables { (section(table)) }
                }
            }
        }
    };
    writeln!(out, "{}", page.into_string())
}

/// The values of a column of numbers; empty if there is none of the name.
fn floats<'t>(table: &'t Table, name: &str) -> &'t [Option<f64>] {
    match table.columns().iter().find(|column| column.name == name).map(|column| &column.values) {
        Some(Values::Float(values)) => values,
        _ => &[],
    }
}

/// The same of a column of text.
fn texts<'t>(table: &'t Table, name: &str) -> &'t [Option<String>] {
    match table.columns().iter().find(|column| column.name == name).map(|column| &column.values) {
        Some(Values::Text(values)) => values,
        _ => &[],
    }
}

/// The topics of each group, as counted and as corrected.
fn topic_bars(table: &Table, labels: &[String]) -> Markup {
    let groups: Vec<Option<&str>> =
        texts(table, "group").chunks(labels.len() + 1).map(|rows| rows[0].as_deref()).collect();
    let shares = |name: &str, group: usize| -> Option<Vec<f64>> {
        floats(table, name).chunks(labels.len() + 1).nth(group)?.iter().take(labels.len()).copied().collect()
    };
    html! {
        section #topic-shares aria-labelledby="topic-shares-title" {
            h2 #topic-shares-title { "Topics by group" }
            p.quiet { "Share of paragraphs, as counted and as corrected for what the model takes for what." }
            ul.legend {
                @for (i, label) in labels.iter().enumerate() {
                    li { span class={ "mark " (colour(i)) } {} (label) }
                }
                li { span.mark.none {} "no topic" }
            }
            div.scroll {
                table {
                    thead { tr { th scope="col" { "group" } th scope="col" { "as counted" } th scope="col" { "corrected" } } }
                    tbody {
                        @for (i, group) in groups.iter().enumerate().take(MAX_GROUPS) {
                            tr {
                                th scope="row" dir="auto" { (group.unwrap_or_default()) }
                                td { (bar(shares("share", i).as_deref(), labels)) }
                                td { (bar(shares("adjusted_share", i).as_deref(), labels)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A mean with its bounds in a group.
struct InGroup<'t> {
    group: &'t str,
    value: f64,
    bounds: Option<[f64; 2]>,
}

/// The means of some metrics by group.
fn metric_charts(table: &Table) -> Markup {
    let names = texts(table, "metric");
    let of = |metric: &str| -> Vec<InGroup<'_>> {
        let rows = names.iter().enumerate().filter(|(_, name)| name.as_deref() == Some(metric));
        rows.filter_map(|(row, _)| {
            let at = |name: &str| floats(table, name).get(row).copied().flatten();
            let group = texts(table, "group")[row].as_deref()?;
            let bounds = at("mean_low").zip(at("mean_high")).map(|(low, high)| [low, high]);
            Some(InGroup { group, value: at("mean")?, bounds })
        })
        .take(MAX_GROUPS)
        .collect()
    };
    let first = names.first().and_then(Option::as_deref);
    let shown: Vec<&str> = SHOWN.into_iter().filter(|name| !of(name).is_empty()).collect();
    let shown = if shown.is_empty() { first.into_iter().collect() } else { shown };
    html! {
        section #means aria-labelledby="means-title" {
            h2 #means-title { "Metrics by group" }
            p.quiet { "Mark: the mean of the articles; line: its 95 % interval, articles drawn anew." }
            div.boxes { @for name in shown { (means(name, &of(name))) } }
        }
    }
}

fn means(metric: &str, means: &[InGroup<'_>]) -> Markup {
    let ends = || means.iter().flat_map(|m| m.bounds.unwrap_or([m.value; 2]).into_iter().chain([m.value]));
    let (least, greatest) = (ends().fold(f64::INFINITY, f64::min), ends().fold(f64::NEG_INFINITY, f64::max));
    let range = if greatest > least { greatest - least } else { 1.0 };
    let (name_width, width, line) = LINES;
    let x = |value: f64| tenth(name_width + (value - least) / range * (width - name_width - 8.0));
    let height = line * means.len() as f64;
    let spoken: Vec<String> = means.iter().map(|m| format!("{} {}", m.group, number(m.value))).collect();
    let caption = metric.replace('_', " ");
    html! {
        @if !means.is_empty() {
            figure {
                figcaption { (caption) }
                svg viewBox={ "0 0 " (width) " " (height + 18.0) } role="img" aria-label={ (caption) ", means: " (spoken.join(", ")) } {
                    @for (i, m) in means.iter().enumerate() {
                        @let middle = line * i as f64 + line / 2.0;
                        g {
                            title { (m.group) ": " (number(m.value)) @if let Some([low, high]) = m.bounds { ", " (number(low)) " to " (number(high)) } }
                            rect.hit x="0" y=(line * i as f64) width=(width) height=(line) {}
                            text x=(name_width - 8.0) y=(middle + 4.0) text-anchor="end" { (shortened(m.group)) }
                            @if let Some([low, high]) = m.bounds { line.whisker x1=(x(low)) x2=(x(high)) y1=(middle) y2=(middle) {} }
                            line.median x1=(x(m.value)) x2=(x(m.value)) y1=(middle - 6.0) y2=(middle + 6.0) {}
                        }
                    }
                    text x=(x(least)) y=(height + 14.0) { (number(least)) }
                    text x=(x(greatest)) y=(height + 14.0) text-anchor="end" { (number(greatest)) }
                }
            }
        }
    }
}

/// A table as it is, folded up.
fn section(table: &Table) -> Markup {
    let n_rows = table.n_rows().min(MAX_ROWS);
    html! {
        section {
            details.fold {
                summary { (table.name.replace('-', " ")) " (" (table.n_rows()) @if table.n_rows() == 1 { " row" } @else { " rows" } ")" }
                @if n_rows < table.n_rows() { p.quiet { "The first " (n_rows) "; the other formats have all." } }
                div.scroll {
                    table {
                        thead { tr { @for column in table.columns() {
                            th scope="col" title=(column.meaning) class=[is_number(column).then_some("number")] { (column.name.replace('_', " ")) }
                        } } }
                        tbody { @for row in 0..n_rows { tr { @for column in table.columns() {
                            td dir="auto" class=[is_number(column).then_some("number")] { (cell(column, row)) }
                        } } } }
                    }
                }
            }
        }
    }
}

fn is_number(column: &Column) -> bool {
    !matches!(column.values, Values::Text(_))
}

/// A value as the page shows it; empty where it is missing.
fn cell(column: &Column, row: usize) -> String {
    match &column.values {
        Values::Text(v) => v[row].clone().unwrap_or_default(),
        Values::Integer(v) => v[row].map(|n| n.to_string()).unwrap_or_default(),
        Values::Float(v) => v[row].map(rounded).unwrap_or_default(),
    }
}

/// A number in four decimals; as a power of ten where these would show nothing of it, whole where it is large.
fn rounded(x: f64) -> String {
    let size = x.abs();
    if size == 0.0 {
        "0".to_owned()
    } else if size < 1e-4 {
        format!("{x:.1e}")
    } else if size >= 1e3 {
        format!("{x:.0}")
    } else {
        format!("{x:.4}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiny_and_large_numbers_keep_their_size() {
        let shown = [0.0, 1.5e-23, 0.25, -3.0, 123_456.7].map(rounded);
        assert_eq!(shown, ["0", "1.5e-23", "0.2500", "-3.0000", "123457"]);
    }

    #[test]
    fn names_of_groups_are_text_and_nothing_runs() {
        let hostile = "<script>alert(1)</script>";
        let table = Table::new("groups", vec![Column::text("group", "", vec![Some(hostile.into())])]);
        let mut out = Vec::new();
        comparison_page(&[table], &["a".to_owned(), "b".to_owned()], &mut out).unwrap();
        let page = String::from_utf8(out).unwrap();
        assert!(!page.contains("<script") && page.contains("&lt;script&gt;alert(1)"));
        assert!(page.contains("default-src 'none'") && !page.contains("script-src"));
    }
}
