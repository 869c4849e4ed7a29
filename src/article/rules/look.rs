//! Lines known by their look rather than by a phrase.

use super::words;
use crate::article::shape::Line;

/// "4 mins": beside the headline that is a reading time.
pub(super) fn is_minutes(line: &Line<'_>) -> bool {
    let folded = line.folded.as_str();
    let parts = folded.split_once(' ');
    parts.is_some_and(|(n, unit)| n.bytes().all(|b| b.is_ascii_digit()) && words::MINUTES.contains(&unit))
}

/// "5 Min Read": a number, a word for minutes, a word for reading, little else.
pub(super) fn is_reading_time(line: &Line<'_>) -> bool {
    let folded = line.folded.as_str();
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let is_number = |w: &&str| w.bytes().all(|b| b.is_ascii_digit());
    let split = |w: &&str| w.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
    let has = |list: &[&str]| words.iter().map(split).any(|w| list.contains(&w.as_str()));
    let known = |w: &&str| {
        let w = &split(w)[..];
        w.is_empty()
            || words::MINUTES.contains(&w)
            || words::READING.contains(&w)
            || words::SMALL.contains(&w)
    };
    words.iter().any(|w| is_number(w) || w.starts_with(|c: char| c.is_ascii_digit()))
        && has(words::MINUTES)
        && has(words::READING)
        && words.iter().all(known)
}

pub(super) fn is_copyright(line: &Line<'_>) -> bool {
    let folded = line.folded.as_str();
    let has_year = || {
        folded.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4 && matches!(&n[..2], "19" | "20"))
    };
    words::RIGHTS.iter().any(|phrase| folded.contains(phrase))
        || folded.starts_with('©')
        || (folded.contains('©') || folded.starts_with("copyright") || folded.starts_with("c) "))
            && has_year()
}

/// "(Continued on Page 4)", "WEATHER: Page 12".
pub(super) fn is_page_reference(line: &Line<'_>) -> bool {
    let folded = line.folded.as_str();
    let last_is_number =
        folded.rsplit(' ').next().is_some_and(|w| w.len() <= 3 && w.ends_with(|c: char| c.is_ascii_digit()));
    let is_continued =
        ["continued on", "continued from", "turn to page", "see page", "fortsetzung", "suite page"]
            .iter()
            .any(|phrase| folded.starts_with(phrase));
    let is_page = folded.strip_prefix("page ").is_some_and(|n| {
        words::PAGES.contains(&n) || n.len() <= 3 && n.ends_with(|c: char| c.is_ascii_digit())
    });
    let names_page =
        [": page ", ", page ", ": seite ", " - page "].iter().any(|phrase| folded.contains(phrase));
    is_page || is_continued && line.n_words <= 6 || names_page && last_is_number
}

/// Three or more short items between strokes.
pub(super) fn is_menu(line: &Line<'_>) -> bool {
    ['|', '>', '›', '»', '•', '·'].iter().any(|&mark| {
        let parts: Vec<&str> = line.text.split(mark).map(str::trim).filter(|part| !part.is_empty()).collect();
        parts.len() >= 3
            && parts.iter().all(|part| part.split_whitespace().count() <= 3 && !part.ends_with('.'))
    })
}

/// An e-mail address, a web address or an account's name, alone on its line.
pub(super) fn is_address(line: &Line<'_>) -> bool {
    let line = line.text.trim_matches(|c: char| matches!(c, '(' | ')' | '<' | '>' | '[' | ']'));
    !line.contains(char::is_whitespace)
        && (line.starts_with("http://")
            || line.starts_with("https://")
            || line.starts_with("www.")
            || line.len() > 1 && line.starts_with('@')
            || line.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')))
}
