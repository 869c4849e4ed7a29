//! The list of articles.

use maud::{Markup, html};

use super::article::Row;
use super::{Page, charts, colour, grouped, number};

/// The list, with what filters it.
pub(super) fn section(page: &Page<'_>) -> Markup {
    html! {
        section #list tabindex="-1" aria-labelledby="list-title" {
            h2 #list-title { "Articles" }
            form #filter role="search" {
                label { "Topic " select #topic {
                    option value="" { "all" }
                    @for (i, label) in page.labels.iter().enumerate() { option value=(i) { (label) } }
                } }
                label { "Words in title, outlet or id " input #words type="search"; }
                output #found aria-live="polite" { (grouped(page.rows.len())) " shown" }
            }
            div.scroll {
                table #articles {
                    thead { tr { (headers(page)) } }
                    tbody { @for (i, row) in page.rows.iter().enumerate() { (line(page, i, row)) } }
                }
            }
        }
    }
}

/// Column heads: a click sorts.
fn headers(page: &Page<'_>) -> Markup {
    let shown = page.shown.iter().map(|&at| page.metrics[at]);
    html! {
        (header("title", "", false))
        (header("outlet", "", false))
        (header("date", "", false))
        (header("topic", "topic with the largest share", false))
        th scope="col" { "shares" }
        (header("words", "words of prose", true))
        @for metric in shown { (header(metric.name, metric.interpretation, true)) }
    }
}

fn header(name: &str, meaning: &str, is_number: bool) -> Markup {
    html! {
        th scope="col" aria-sort="none" class=[is_number.then_some("number")] {
            button type="button" data-tip=[Some(meaning).filter(|m| !m.is_empty())] { (name.replace('_', " ")) }
        }
    }
}

fn line(page: &Page<'_>, i: usize, row: &Row) -> Markup {
    let topics: Vec<String> = row.topics.iter().map(ToString::to_string).collect();
    html! {
        tr data-topics=(topics.join(" ")) data-id=(row.id) {
            th scope="row" dir="auto" {
                a href={ "#a" (i) } { (row.title.as_deref().unwrap_or(&row.id)) }
                @if let Some(original) = &row.duplicate_of { " " small { "copy of " (original) } }
            }
            td dir="auto" { (row.outlet.as_deref().unwrap_or_default()) }
            td.date { (row.date.as_deref().unwrap_or_default()) }
            td.topic {
                @if let Some(label) = row.dominant { span class={ "mark " (colour(label)) } {} (page.labels[label]) }
            }
            td { (charts::bar(row.shares.as_deref(), page.labels)) }
            td.number data-value=(row.n_words) { (grouped(row.n_words)) }
            @for value in &row.shown {
                td.number data-value=[*value] { (value.map(number).unwrap_or_default()) }
            }
        }
    }
}
