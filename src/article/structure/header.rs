//! The lines above the first prose that no rule knows: headline, outlet, a name, an introduction.

use super::LONGEST_HEADING;
use crate::article::ParagraphKind;
use crate::article::rules::{is_name, is_outlet_name};
use crate::article::shape::Line;

/// A headline of fewer words gives way to a longer line below it: the short one is a kicker.
const WORDS_OF_A_HEADLINE: usize = 4;

/// Names of papers and kickers have at most this many words.
const LONGEST_NAME: usize = 6;

/// Marks the open lines before the first prose. With the headline known from elsewhere, none is looked for.
pub(super) fn mark(lines: &[Line<'_>], has_title: bool, kinds: &mut [Option<ParagraphKind>]) {
    let open: Vec<usize> = (0..lines.len()).filter(|&i| kinds[i].is_none()).collect();
    let headline = if has_title {
        kinds.iter().position(|&k| k == Some(ParagraphKind::Headline))
    } else {
        headline(lines, &open)
    };
    if let Some(i) = headline {
        kinds[i] = Some(ParagraphKind::Headline);
    }
    mark_outlet(lines, &open, headline, kinds);
    for i in open {
        if kinds[i].is_none() {
            kinds[i] = other(lines, i, headline, kinds);
        }
    }
}

/// The first line that is long enough and no paper's name; else the longest.
fn headline(lines: &[Line<'_>], open: &[usize]) -> Option<usize> {
    let candidates: Vec<usize> = open.iter().copied().filter(|&i| can_be_headline(&lines[i])).collect();
    let titles: Vec<usize> = candidates.iter().copied().filter(|&i| !is_outlet_name(&lines[i])).collect();
    match (titles.as_slice(), candidates.as_slice()) {
        ([], []) => None,
        // A paper's name alone above the text.
        ([], &[only]) => (lines[only].n_words > 3).then_some(only),
        ([], several) => longest(lines, several),
        (titles, _) => titles
            .iter()
            .copied()
            .find(|&i| lines[i].n_words >= WORDS_OF_A_HEADLINE)
            .or_else(|| longest(lines, &candidates)),
    }
}

/// The line of most words; the first of equals.
fn longest(lines: &[Line<'_>], of: &[usize]) -> Option<usize> {
    of.iter().copied().rev().max_by_key(|&i| lines[i].n_words)
}

fn can_be_headline(line: &Line<'_>) -> bool {
    line.n_words > 0
        && !line.text.starts_with(|c: char| c.is_lowercase())
        && !line.text.ends_with([',', ';', ':'])
        && !line.text.starts_with(['•', '▪', '*'])
}

fn mark_outlet(
    lines: &[Line<'_>],
    open: &[usize],
    headline: Option<usize>,
    kinds: &mut [Option<ParagraphKind>],
) {
    let is_open = |i: &usize| Some(*i) != headline && kinds[*i].is_none();
    let known = open.iter().copied().filter(is_open).find(|&i| is_outlet_name(&lines[i]));
    let has_byline = kinds.contains(&Some(ParagraphKind::Byline));
    let like_a_name = |i: usize| {
        let line = &lines[i];
        let is_writer = !has_byline && is_name(line.text) && Some(i) > headline;
        line.n_words <= LONGEST_NAME && line.is_title_case() && !line.ends_sentence() && !is_writer
    };
    let outlet = known
        .or_else(|| open.iter().copied().filter(is_open).find(|&i| headline.is_some() && like_a_name(i)));
    if let Some(i) = outlet {
        kinds[i] = Some(ParagraphKind::Outlet);
    }
}

fn other(
    lines: &[Line<'_>],
    i: usize,
    headline: Option<usize>,
    kinds: &[Option<ParagraphKind>],
) -> Option<ParagraphKind> {
    let line = &lines[i];
    let headline = headline?;
    if i < headline {
        return (line.n_words <= LONGEST_NAME).then_some(ParagraphKind::Furniture);
    }
    if is_name(line.text) && !kinds.contains(&Some(ParagraphKind::Byline)) {
        return Some(ParagraphKind::Byline);
    }
    let follows_lines = kinds[headline + 1..i].iter().any(Option::is_some);
    let heads_prose =
        kinds[i + 1..].iter().all(|k| matches!(k, Some(ParagraphKind::Caption | ParagraphKind::Furniture)));
    let is_heading =
        follows_lines && heads_prose && line.n_words <= LONGEST_HEADING && super::can_be_heading(line);
    is_heading.then_some(ParagraphKind::Heading)
}
