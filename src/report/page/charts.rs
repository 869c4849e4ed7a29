//! Charts as SVG that the page's style colours.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::article::Row;
use super::{Page, colour, count, number};
use crate::math;

/// Width of a chart's drawing, in its own units.
const WIDTH: f64 = 960.0;
/// Height of the columns.
const HEIGHT: f64 = 160.0;
/// What the axis takes of the width.
const AXIS: f64 = 44.0;
/// Columns of a chart; beyond, each is the mean of several articles.
const MAX_COLUMNS: usize = 400;
/// Periods that a chart of time can tell apart.
const MAX_PERIODS: usize = 60;
/// Outlets that are compared: those with the most articles.
const MAX_OUTLETS: usize = 12;
/// Articles that an outlet needs for a line of its own: fewer have no quartiles to speak of.
const MIN_ARTICLES: usize = 4;
/// Characters of an outlet's name.
const MAX_NAME: usize = 24;
/// Width of names beside a chart's lines, with room for so many capitals; of the whole chart; height of a line.
pub(super) const LINES: (f64, f64, f64) = (190.0, 520.0, 20.0);

/// The topics of articles and over time.
pub(super) fn topics(page: &Page<'_>) -> Markup {
    html! {
        section #topics aria-labelledby="topics-title" {
            h2 #topics-title { "Topics" }
            (legend(page))
            (by_article(page))
            (by_time(page))
        }
    }
}

/// The spread of metrics by outlet.
pub(super) fn metrics(page: &Page<'_>) -> Markup {
    if page.shown.is_empty() {
        return html! {};
    }
    let outlets = outlets(&page.rows);
    html! {
        section #metrics aria-labelledby="metrics-title" {
            h2 #metrics-title { "Metrics by outlet" }
            p.quiet { "Line: least to greatest; box: the middle half; mark: the median. Outlets with at least " (MIN_ARTICLES) " articles have a line of their own." }
            div.boxes {
                @for (i, &at) in page.shown.iter().enumerate() {
                    @let metric = page.metrics[at];
                    (boxes(&format!("{} ({})", metric.name.replace('_', " "), metric.unit), i, &outlets))
                }
            }
        }
    }
}

/// The topics with their colours and their mean share.
fn legend(page: &Page<'_>) -> Markup {
    let shares = mean_shares(page.rows.iter(), page.labels.len());
    html! {
        ul.legend {
            @for (i, label) in page.labels.iter().enumerate() {
                li { span class={ "mark " (colour(i)) } {} (label)
                    @if let Some(shares) = &shares { " " span.quiet { (percent(shares[i])) } }
                }
            }
            @if let Some(shares) = &shares {
                li { span.mark.none {} "no topic " span.quiet { (percent((1.0 - shares.iter().sum::<f64>()).max(0.0))) } }
            }
        }
    }
}

/// A column of shares.
struct Stack {
    label: String,
    shares: Vec<f64>,
    /// The article that it is of, if it is of one.
    article: Option<usize>,
}

/// Shares stacked into columns. The place between a column's top and the whole has no topic.
fn stacked(caption: &str, stacks: &[Stack], page: &Page<'_>, with_labels: bool) -> Markup {
    let step = (WIDTH - AXIS) / stacks.len().max(1) as f64;
    let every = stacks.len().div_ceil(12).max(1);
    let foot = if with_labels { 20.0 } else { 6.0 };
    html! {
        figure {
            figcaption { (caption) }
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT + foot) } role="img" aria-label=(caption) {
                @for (at, text) in [(0.0, "100 %"), (0.5, "50 %"), (1.0, "0 %")] {
                    line.grid x1=(AXIS) x2=(WIDTH) y1=(at * HEIGHT) y2=(at * HEIGHT) {}
                    text x=(AXIS - 6.0) y=(tenth(at * (HEIGHT - 10.0) + 9.0)) text-anchor="end" { (text) }
                }
                @for (i, stack) in stacks.iter().enumerate() {
                    g data-article=[stack.article] {
                        title { (described(stack, page.labels)) }
                        (column(AXIS + step * i as f64, step, &stack.shares))
                        @if with_labels && i % every == 0 {
                            text x=(tenth(AXIS + step * i as f64)) y=(HEIGHT + 15.0) { (stack.label) }
                        }
                    }
                }
            }
        }
    }
}

fn column(x: f64, step: f64, shares: &[f64]) -> Markup {
    // A gap between columns, as long as they are wide enough to be told apart.
    let width = if step > 4.0 { step - 1.0 } else { step };
    let mut top = HEIGHT;
    html! {
        rect.none x=(tenth(x)) y="0" width=(tenth(width)) height=(HEIGHT) {}
        @for (label, share) in shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
            @let height = share * HEIGHT;
            @let y = { top -= height; top };
            rect class=(colour(label)) x=(tenth(x)) y=(tenth(y)) width=(tenth(width)) height=(tenth(height)) {}
        }
    }
}

/// The shares of an article in a line of text.
pub(super) fn bar(shares: Option<&[f64]>, labels: &[String]) -> Markup {
    let Some(shares) = shares else { return html! {} };
    let stack = Stack { label: String::new(), shares: shares.to_vec(), article: None };
    let mut x = 0.0;
    html! {
        svg.bar viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=(described(&stack, labels)) {
            rect.none x="0" y="0" width="100" height="10" {}
            @for (label, share) in shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
                @let left = { let left = x; x += 100.0 * share; left };
                rect class=(colour(label)) x=(tenth(left)) y="0" width=(tenth(100.0 * share)) height="10" {}
            }
        }
    }
}

fn by_article(page: &Page<'_>) -> Markup {
    let with_words: Vec<(usize, &Row)> =
        page.rows.iter().enumerate().filter(|(_, row)| row.shares.is_some()).collect();
    let size = with_words.len().div_ceil(MAX_COLUMNS).max(1);
    let stack = |rows: &[(usize, &Row)]| {
        let shares = mean_shares(rows.iter().map(|(_, row)| *row), page.labels.len())?;
        let (first, row) = rows.first()?;
        let title = row.title.as_ref().unwrap_or(&row.id);
        let label =
            if rows.len() == 1 { title.clone() } else { format!("{title} and {} more", rows.len() - 1) };
        Some(Stack { label, shares, article: Some(*first) })
    };
    let stacks: Vec<Stack> = with_words.chunks(size).filter_map(stack).collect();
    let caption = if size == 1 {
        "Share of words by topic, a column an article, in the order of the input".to_owned()
    } else {
        format!("Share of words by topic, a column the mean of {size} articles, in the order of the input")
    };
    stacked(&caption, &stacks, page, false)
}

fn by_time(page: &Page<'_>) -> Markup {
    // A day, a month or a year is the first characters of an ISO 8601 date.
    let periods = |length: usize| {
        let mut periods: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for row in &page.rows {
            if let Some(period) = row.date.as_deref().and_then(|date| date.get(..length)) {
                periods.entry(period).or_default().push(row);
            }
        }
        periods
    };
    let found = [(10, "day"), (7, "month"), (4, "year")].map(|(length, name)| (periods(length), name));
    let Some((periods, name)) = found.into_iter().find(|(periods, _)| periods.len() <= MAX_PERIODS) else {
        return html! {};
    };
    if periods.len() < 2 {
        return html! {};
    }
    let n_articles: usize = periods.values().map(Vec::len).sum();
    let stacks: Vec<Stack> = periods
        .into_iter()
        .filter_map(|(period, rows)| {
            let shares = mean_shares(rows.iter().copied(), page.labels.len())?;
            Some(Stack { label: period.to_owned(), shares, article: None })
        })
        .collect();
    let caption = format!(
        "Mean share of words by topic, a column a {name}, {} with a date",
        count(n_articles, "article")
    );
    stacked(&caption, &stacks, page, true)
}

/// The articles of each outlet that has enough, from the most; at the end those of all others.
fn outlets(rows: &[Row]) -> Vec<(&str, Vec<&Row>)> {
    let mut by_name: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_name.entry(row.outlet.as_deref().unwrap_or_default()).or_default().push(row);
    }
    let is_large = |name: &str, rows: &[&Row]| !name.is_empty() && rows.len() >= MIN_ARTICLES;
    let (mut outlets, mut others): (Vec<_>, Vec<_>) =
        by_name.into_iter().partition(|(name, rows)| is_large(name, rows));
    outlets.sort_by_key(|(_, rows)| std::cmp::Reverse(rows.len()));
    others.extend(outlets.split_off(MAX_OUTLETS.min(outlets.len())));
    let others: Vec<&Row> = others.into_iter().flat_map(|(_, rows)| rows).collect();
    if !others.is_empty() {
        outlets.push((if outlets.is_empty() { "all articles" } else { "all others" }, others));
    }
    outlets
}

/// Least, first quartile, median, third quartile, greatest.
fn five_numbers(values: &[f64]) -> Option<[f64; 5]> {
    let at = |p| math::quantile(values, p);
    Some([at(0.0)?, at(0.25)?, at(0.5)?, at(0.75)?, at(1.0)?])
}

/// A box and its line for each outlet.
fn boxes(caption: &str, shown: usize, outlets: &[(&str, Vec<&Row>)]) -> Markup {
    let summary = |(name, rows): &(&str, Vec<&Row>)| {
        let values: Vec<f64> = rows.iter().filter_map(|row| row.shown[shown]).collect();
        Some(((*name).to_owned(), values.len(), five_numbers(&values)?))
    };
    let summaries: Vec<(String, usize, [f64; 5])> = outlets.iter().filter_map(summary).collect();
    let least = summaries.iter().map(|(_, _, five)| five[0]).fold(f64::INFINITY, f64::min);
    let greatest = summaries.iter().map(|(_, _, five)| five[4]).fold(f64::NEG_INFINITY, f64::max);
    let (name_width, width, line) = LINES;
    let range = if greatest > least { greatest - least } else { 1.0 };
    let x = |value: f64| tenth(name_width + (value - least) / range * (width - name_width - 8.0));
    let height = line * summaries.len() as f64;
    html! {
        @if !summaries.is_empty() {
            figure {
                figcaption { (caption) }
                svg viewBox={ "0 0 " (width) " " (height + 18.0) } role="img" aria-label=(spoken(caption, &summaries)) {
                    @for (i, (name, n, five)) in summaries.iter().enumerate() {
                        @let middle = line * i as f64 + line / 2.0;
                        @let [low, first, median, third, high] = *five;
                        g {
                            title { (name) ": " (count(*n, "article")) ", median " (number(median)) ", middle half " (number(first)) " to " (number(third)) ", " (number(low)) " to " (number(high)) }
                            rect.hit x="0" y=(line * i as f64) width=(width) height=(line) {}
                            text x=(name_width - 8.0) y=(middle + 4.0) text-anchor="end" { (shortened(name)) }
                            line.whisker x1=(x(low)) x2=(x(high)) y1=(middle) y2=(middle) {}
                            rect.box x=(x(first)) y=(middle - 6.0) width=(tenth(x(third) - x(first))) height="12" {}
                            line.median x1=(x(median)) x2=(x(median)) y1=(middle - 7.0) y2=(middle + 7.0) {}
                        }
                    }
                    text x=(x(least)) y=(height + 14.0) { (number(least)) }
                    text x=(x(greatest)) y=(height + 14.0) text-anchor="end" { (number(greatest)) }
                }
            }
        }
    }
}

/// A chart of boxes for those who hear it.
fn spoken(caption: &str, summaries: &[(String, usize, [f64; 5])]) -> String {
    let medians = summaries.iter().map(|(name, _, five)| format!("{name} {}", number(five[2])));
    format!("{caption}, medians: {}", medians.collect::<Vec<_>>().join(", "))
}

pub(super) fn shortened(name: &str) -> String {
    if name.chars().count() <= MAX_NAME {
        return name.to_owned();
    }
    name.chars().take(MAX_NAME - 1).chain(['…']).collect()
}

/// The mean of the shares of rows that have words; `None` if none has.
fn mean_shares<'a>(rows: impl Iterator<Item = &'a Row>, n_labels: usize) -> Option<Vec<f64>> {
    let mut sums = vec![0.0; n_labels];
    let mut n = 0_usize;
    for shares in rows.filter_map(|row| row.shares.as_ref()) {
        sums.iter_mut().zip(shares).for_each(|(sum, share)| *sum += share);
        n += 1;
    }
    (n > 0).then(|| sums.into_iter().map(|sum| sum / n as f64).collect())
}

/// A stack in words: its label and its shares from the largest.
fn described(stack: &Stack, labels: &[String]) -> String {
    let mut shares: Vec<(f64, &str)> =
        stack.shares.iter().copied().zip(labels.iter().map(String::as_str)).collect();
    shares.retain(|(share, _)| *share > 0.0);
    shares.sort_by(|a, b| b.0.total_cmp(&a.0));
    let shares: Vec<String> =
        shares.iter().map(|(share, label)| format!("{label} {}", percent(*share))).collect();
    let shares = if shares.is_empty() { "no topic".to_owned() } else { shares.join(", ") };
    if stack.label.is_empty() { shares } else { format!("{}: {shares}", stack.label) }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// To a tenth: finer than a pixel.
pub(super) fn tenth(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}
