//! Who wrote it: "By Jane Doe", "Jane Doe in Paris and agencies", "Our own correspondent".

use crate::article::date::date_line;
use crate::article::shape::{Line, bare, fold};

/// Words in front of a name.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "by", "written by", "words by", "words", "text by", "story by", "author", "authors", "byline", "por",
    "von", "par", "di", "door", "av", "af", "de", "text", "texto", "autor", "autora", "auteur", "autore",
    "автор", "przez", "oleh",
];

/// What the people of a paper are.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "correspondent", "correspondents", "reporter", "reporters", "editor", "editors", "writer", "writers",
    "columnist", "bureau", "staff", "agencies", "journalist", "contributor", "stringer",
    "corresponsal", "redaccion", "redactor", "korrespondent", "redaktion", "redakteur", "correspondant",
    "redaction", "corrispondente", "redazione", "correspondente", "redacao", "redactie", "корреспондент",
];

/// Lines that are a byline as they stand.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "staff", "staff and agencies", "agencies", "staff report", "staff reports",
    "from our own correspondent", "from our correspondent", "our own correspondent",
    "by our own correspondent", "a staff reporter", "newsroom", "news desk", "web desk", "our staff",
    "our correspondent", "redaccion", "agencias", "redaktion", "la redaction",
];

/// Words with which no name begins.
const ARTICLES: &[&str] =
    &["the", "a", "an", "el", "la", "le", "los", "las", "die", "der", "das", "il", "our", "my", "no"];

/// The most words of a person's name.
const LONGEST_NAME: usize = 5;

/// True for a line that says who wrote the text.
pub(super) fn is_byline(line: &Line<'_>) -> bool {
    if WHOLE.contains(&line.folded.as_str()) {
        return true;
    }
    match after_label(line.text) {
        Some(rest) => is_author(rest),
        None => holds_role(line) || is_role(line) || is_name_in_place(line.text),
    }
}

/// "Jane Doe, Apia | Friday, 6 December 2019", "By Jane Doe Updated: 6 May 2020": who and when in one line.
pub(super) fn is_byline_with_date(line: &str) -> bool {
    parts(line).is_some_and(|(who, _)| {
        is_byline(&Line::new(who)) || is_name(who.split(',').next().unwrap_or_default())
    })
}

/// The writer's part and the date's part of a line that holds both.
pub(in crate::article) fn parts(line: &str) -> Option<(&str, &str)> {
    let cuts = line.match_indices(['|', '•', '·', ' ', '—', '–']);
    cuts.map(|(at, mark)| (line[..at].trim(), line[at + mark.len()..].trim())).find_map(|(left, right)| {
        let is_mark = |c: char| c.is_whitespace() || matches!(c, '|' | '•' | '·' | '-' | '—' | '–');
        let (left, right) = (left.trim_end_matches(is_mark), right.trim_start_matches(is_mark));
        if left.is_empty() || right.is_empty() {
            None
        } else if date_line(right).is_some() && date_line(left).is_none() {
            Some((left, right))
        } else if date_line(left).is_some() && after_label(right).is_some() {
            Some((right, left))
        } else {
            None
        }
    })
}

/// "By Jane Doe": what stands behind the label.
fn after_label(line: &str) -> Option<&str> {
    let words: Vec<&str> = line.split_whitespace().collect();
    (1..=2.min(words.len().saturating_sub(1))).rev().find_map(|n| {
        let label = fold(&words[..n].join(" "));
        // The rest begins where the n-th word ends.
        let end = words[n - 1].as_ptr() as usize - line.as_ptr() as usize + words[n - 1].len();
        LABELS.contains(&label.as_str()).then(|| line[end..].trim_start_matches([' ', ':', '\u{a0}', '|']))
    })
}

/// "Jane Doe, Staff Writer", "our commercial editor", "JANE DOE in Paris": behind a label.
fn is_author(rest: &str) -> bool {
    let line = Line::new(rest);
    let is_open = |c: char| matches!(c, ',' | '|' | '(' | ';' | '•' | '·');
    let name = rest.split(is_open).next().unwrap_or_default();
    !line.ends_sentence() && line.n_words <= 20 && (holds_role(&line) || begins_with_name(name))
}

/// Two to five words with capitals, perhaps more names behind "and", a place behind "in".
fn begins_with_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let n_capital = words.iter().take_while(|w| is_capital(w) || is_particle(w)).count();
    let has_weekday = words.iter().take(n_capital).any(|w| crate::article::date::is_bare_label(&fold(w)));
    (1..=LONGEST_NAME + 1).contains(&n_capital)
        && !has_weekday
        && is_capital(words[0])
        && words.get(n_capital).is_none_or(|w| {
            matches!(
                fold(w).as_str(),
                "and"
                    | "in"
                    | "at"
                    | "y"
                    | "en"
                    | "et"
                    | "und"
                    | "aus"
                    | "aboard"
                    | "for"
                    | "a"
                    | "with"
                    | "e"
                    | "i"
                    | ""
                    | "of"
            )
        })
}

/// True for two to four words that can be a person's name and nothing else.
pub(in crate::article) fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    (2..=4).contains(&words.len())
        && words.iter().all(|w| is_capital(w) || is_particle(w))
        && is_capital(words[0])
        && !line
            .contains(|c: char| c.is_ascii_digit() || matches!(c, '&' | ':' | '?' | '!' | '/' | ',' | ';'))
        && !ARTICLES.contains(&fold(words[0]).as_str())
}

/// "Azamat Turgunov in Bishkek", "Tomas Quijano in Balboa and Ellen Brace in Houston".
fn is_name_in_place(line: &str) -> bool {
    line.split_once(" in ").is_some_and(|(name, place)| {
        is_name(name)
            && place.split_whitespace().next().is_some_and(is_capital)
            && Line::new(line).n_words <= 12
            && place.split_whitespace().all(|w| {
                is_capital(w) || is_particle(w) || matches!(w, "and" | "in" | "agencies" | "staff" | "with")
            })
    })
}

/// "Court reporter", "Staff writer": a role and its field, without a name.
fn is_role(line: &Line<'_>) -> bool {
    let words: Vec<&str> = line.folded.split(' ').collect();
    (2..=3).contains(&words.len())
        && words.last().is_some_and(|last| ROLES.contains(last))
        && !ARTICLES.contains(&words[0])
        && !line.ends_sentence()
}

/// "Jane Doe contributed from Geneva.", "Jane Doe and John Roe contributed reporting."
pub(super) fn is_contribution(line: &str) -> bool {
    let (name, _) = line.split_once(" contributed ").unwrap_or_default();
    let name = name.split([',']).next().unwrap_or_default();
    is_name(name.split(" and ").next().unwrap_or_default()) && Line::new(line).n_words <= 14
}

/// "Helen Stavrou, Nicosia correspondent", "Diplomatic editor Rosalind Pym", "our commercial editor".
pub(in crate::article) fn holds_role(line: &Line<'_>) -> bool {
    if line.ends_sentence() || line.n_words > 14 || !line.text.starts_with(|c: char| c.is_alphabetic()) {
        return false;
    }
    let words: Vec<String> = line.words().map(fold).collect();
    let Some(at) = words.iter().position(|w| ROLES.contains(&w.as_str())) else { return false };
    let is_ours = matches!(words[0].as_str(), "our" | "from" | "a" | "nuestro" | "unser" | "notre");
    let capitals = line.text.split_whitespace().filter(|w| is_capital(w)).count();
    let small = line.words().filter(|w| !is_capital(w) && !is_small(w)).count();
    if is_ours {
        return at <= 4 && words.len() <= 6;
    }
    // Beside the name and the role there is room for a place and a field ("science correspondent"), not for a verb.
    capitals >= 2 && small <= 2 && is_name(first_names(line.text))
        || capitals >= 3 && at <= 2 && small <= 2 && words.len() <= 6
}

/// The capitalised words at the start, up to the first comma.
fn first_names(text: &str) -> &str {
    let head = text.split([',', '|', '(', '-', '–', '—']).next().unwrap_or_default().trim();
    head.split_once(" in ").map_or(head, |(name, _)| name)
}

fn is_small(word: &str) -> bool {
    is_particle(word)
        || ROLES.contains(&fold(word).as_str())
        || matches!(word, "and" | "in" | "at" | "for" | "chief" | "the" | "with")
}

fn is_capital(word: &str) -> bool {
    bare(word).chars().next().is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase())
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "da"
            | "di"
            | "del"
            | "della"
            | "van"
            | "von"
            | "der"
            | "den"
            | "du"
            | "la"
            | "le"
            | "bin"
            | "al"
            | "el"
            | "dos"
            | "ter"
            | "ten"
            | "y"
    ) || word.starts_with("al-")
        || word.starts_with("el-")
}

/// The author without "By": what [`Article::byline`](crate::article::Article::byline) holds.
pub(in crate::article) fn author(line: &str) -> String {
    let line = line.trim_matches(|c: char| matches!(c, '(' | ')') || c.is_whitespace());
    let rest = after_label(line).unwrap_or(line);
    rest.trim_end_matches([',', ';', '|']).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_roles_and_places_make_a_byline() {
        for line in [
            "By Dorothy Lindqvist, Staff Writer",
            "by Antonia Reyes-Holt",
            "By ROSA MARIA TORREALBA",
            "By Lorenza Malaspina aboard the frigate Zeffiro",
            "Por Germán Piñeros, Florencia",
            "Diplomatic editor Rosalind Pym",
            "Kairat Omarov, science correspondent",
            "Tomas Quijano in Balboa and Ellen Brace in Houston",
            "Von Hans-Peter Müller",
            "By Íñigo Larraín and Noemí Peñaloza",
        ] {
            assert!(is_byline(&Line::new(line)), "{line}");
        }
    }

    #[test]
    fn headings_are_no_bylines() {
        for line in [
            "By the numbers",
            "By Monday, silence",
            "Presidents Meet in Warsaw With Furniture on the Agenda",
            "Two flags in January",
            "The editor who said no",
            "Von der Front nichts Neues",
        ] {
            assert!(!is_byline(&Line::new(line)), "{line}");
        }
    }

    #[test]
    fn the_author_stands_without_by() {
        assert_eq!(author("By Jane Doe"), "Jane Doe");
        assert_eq!(author("Jane Doe, Paris correspondent"), "Jane Doe, Paris correspondent");
    }
}
