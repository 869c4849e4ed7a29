//! Lines that say when: "Updated Sunday, July 14, 1991, 6.00pm BST" is a date line, and 1991-07-14 its date.

mod calendar;

use super::shape::fold;
use calendar::{AGO, LABELS, UNITS, day_of_week, is_date_word, month};

/// A date line has at most this many words and numbers: two dates with times and labels.
const MOST_TOKENS: usize = 32;

/// What a line that holds nothing but a date says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateLine {
    /// ISO 8601: `1991-07-14`, or `1991-07` without day. `None` where the year is missing, the order of day and
    /// month is open (05/03/1998), or the date is relative ("3 hours ago").
    pub date: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number { value: u32, digits: usize },
    Word(String),
    Mark(char),
}

/// The date of a line that consists of a date, times and the words that go with them; `None` for any other line.
///
/// # Examples
///
/// ```
/// use newsbeat::article::date::date_line;
///
/// let line = date_line("Last updated at 7.15pm on 29 January 1974").unwrap();
/// assert_eq!(line.date.as_deref(), Some("1974-01-29"));
/// assert!(date_line("The 29 January 1974 meeting").is_none());
/// ```
pub fn date_line(line: &str) -> Option<DateLine> {
    if line.len() > 250 || !line.contains(|c: char| c.is_numeric()) {
        return None;
    }
    let tokens = tokenize(line)?;
    let is_relative = is_relative(&tokens);
    let mut found = None;
    let mut is_found = is_relative;
    let mut i = 0;
    while i < tokens.len() {
        if let Some((length, date)) = match_date(&tokens[i..]) {
            is_found = true;
            found = found.or(date);
            i += length;
            continue;
        }
        match &tokens[i] {
            Token::Word(word) if is_date_word(word) => {}
            Token::Word(word) if is_relative && [UNITS, AGO].iter().any(|l| l.contains(&word.as_str())) => {}
            Token::Number { digits, .. } if *digits <= 4 => {}
            Token::Mark(_) => {}
            _ => return None,
        }
        i += 1;
    }
    is_found.then_some(DateLine { date: found })
}

/// The first date within a text that may hold other words too, as ISO 8601: for metadata and columns.
///
/// # Examples
///
/// ```
/// use newsbeat::article::date::iso_date;
///
/// assert_eq!(iso_date("2017-04-19T05:40:00+03:00").as_deref(), Some("2017-04-19"));
/// assert_eq!(iso_date("no date"), None);
/// ```
pub fn iso_date(text: &str) -> Option<String> {
    let tokens = tokenize(text)?;
    (0..tokens.len()).find_map(|i| match_date(&tokens[i..])?.1)
}

fn tokenize(line: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let folded = fold(line);
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        if tokens.len() > MOST_TOKENS {
            return None;
        }
        let is_digit = |c: char| c.is_ascii_digit();
        let is_letter = |c: char| c.is_alphabetic() || c == '\'';
        let length = if is_digit(first) {
            let length = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
            tokens.push(Token::Number { value: rest[..length].parse().ok()?, digits: length });
            length
        } else if is_letter(first) {
            // Han characters for year, month and day are words of their own.
            let is_han = calendar::is_han(first);
            let length =
                if is_han { first.len_utf8() } else { rest.find(|c| !is_letter(c)).unwrap_or(rest.len()) };
            tokens.push(Token::Word(rest[..length].trim_matches('\'').to_owned()));
            length
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Mark(first));
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    Some(tokens)
}

/// "3 hours ago", "hace 3 horas", "vor 2 Stunden", "il y a 5 minutes".
fn is_relative(tokens: &[Token]) -> bool {
    let has =
        |words: &[&str]| tokens.iter().any(|t| matches!(t, Token::Word(w) if words.contains(&w.as_str())));
    has(UNITS) && has(AGO)
}

/// How many tokens the date at the start of `tokens` takes, and the date where it is complete.
fn match_date(tokens: &[Token]) -> Option<(usize, Option<String>)> {
    numeric(tokens).or_else(|| day_month_year(tokens)).or_else(|| month_day_year(tokens))
}

fn number(token: Option<&Token>) -> Option<(u32, usize)> {
    match token {
        Some(&Token::Number { value, digits }) => Some((value, digits)),
        _ => None,
    }
}

fn year(token: Option<&Token>) -> Option<u32> {
    number(token)
        .filter(|&(value, digits)| digits == 4 && (1600..2200).contains(&value))
        .map(|(value, _)| value)
}

fn day(token: Option<&Token>) -> Option<u32> {
    number(token).filter(|&(value, digits)| digits <= 2 && (1..=31).contains(&value)).map(|(value, _)| value)
}

/// 2011-08-22, 22.08.2011, 8/22/2011, 2004年3月29日.
fn numeric(tokens: &[Token]) -> Option<(usize, Option<String>)> {
    let (first, _) = number(tokens.first())?;
    let separator = tokens.get(1)?;
    let next = tokens.get(3)?;
    let is_han = matches!(separator, Token::Word(w) if w == "年" || w == "년");
    let is_plain = matches!(separator, Token::Mark('-' | '/' | '.')) && next == separator;
    if !is_han && !is_plain {
        return None;
    }
    let (second, _) = number(tokens.get(2))?;
    let (third, digits) = number(tokens.get(4))?;
    if let Some(first) = year(tokens.first()) {
        let end = if is_han && matches!(tokens.get(5), Some(Token::Word(_))) { 6 } else { 5 };
        return Some((end, Some(iso(first, second, third)?)));
    }
    if digits == 2 && first <= 31 && second <= 31 {
        return Some((5, None));
    }
    let third = year(tokens.get(4))?;
    // Points stand between day and month in that order; with strokes the order is only known from a number over 12.
    let date = match separator {
        Token::Mark('.') => iso(third, second, first),
        _ if first == second || second > 12 => iso(third, first, second),
        _ if first > 12 => iso(third, second, first),
        _ if first <= 12 && second <= 12 => return Some((5, None)),
        _ => None,
    };
    date.map(|date| (5, Some(date)))
}

/// 29 January 1974, 8 de agosto de 2024, 29. März, 1er mars 2004.
fn day_month_year(tokens: &[Token]) -> Option<(usize, Option<String>)> {
    let day = day(tokens.first())?;
    let mut i = 1 + skip(&tokens[1..], &["st", "nd", "rd", "th", "er", "de", "of", "den", "º", "a", "o"]);
    let Some(Token::Word(word)) = tokens.get(i) else { return None };
    let month = month(word)?;
    i += 1;
    let gap = skip(&tokens[i..], &["de", "del", "of", "г"]);
    match year(tokens.get(i + gap)) {
        Some(year) => Some((i + gap + 1, iso(year, month, day))),
        // "ago" is a month in Spanish only next to a year.
        None if word == "ago" => None,
        None => Some((i, None)),
    }
}

/// July 14, 1991; Jul. 14; April 2004.
fn month_day_year(tokens: &[Token]) -> Option<(usize, Option<String>)> {
    let Some(Token::Word(word)) = tokens.first() else { return None };
    let month = month(word)?;
    let mut i = 1 + skip(&tokens[1..], &["de", "of"]);
    if let Some(year) = year(tokens.get(i)) {
        return Some((i + 1, Some(format!("{year:04}-{month:02}"))));
    }
    let day = day(tokens.get(i))?;
    i += 1;
    let gap = skip(&tokens[i..], &["st", "nd", "rd", "th", "de", "of"]);
    match year(tokens.get(i + gap)) {
        Some(year) => Some((i + gap + 1, iso(year, month, day))),
        None => Some((i, None)),
    }
}

/// How many commas, points and words of the list stand at the start.
fn skip(tokens: &[Token], words: &[&str]) -> usize {
    tokens
        .iter()
        .take_while(|token| match token {
            Token::Word(word) => words.contains(&word.as_str()),
            Token::Mark(mark) => matches!(mark, '.' | ',' | '-' | '/' | '\''),
            Token::Number { .. } => false,
        })
        .count()
}

fn iso(year: u32, month: u32, day: u32) -> Option<String> {
    let is_leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let longest = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=longest).contains(&day).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// True for a line that holds a weekday and nothing else, or a label that announces a date.
pub(super) fn is_bare_label(folded: &str) -> bool {
    day_of_week(folded) || LABELS.contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(line: &str) -> Option<String> {
        date_line(line).unwrap_or_else(|| panic!("not taken for a date line: {line}")).date
    }

    #[test]
    fn dates_are_read_as_papers_print_them() {
        for (line, expected) in [
            ("Posted: Sunday, July 14, 1991", "1991-07-14"),
            ("January 16, 2026", "2026-01-16"),
            ("Tuesday 27 March 2018, 6.00pm BST", "2018-03-27"),
            ("Publicado: 8 de agosto de 2024, 09:30 hrs", "2024-08-08"),
            ("2011-08-22", "2011-08-22"),
            ("2017-04-19T05:40:00+03:00", "2017-04-19"),
            ("Fri 25 Mar 2005 02.10 GMT", "2005-03-25"),
            ("Aug. 25, 2019 at 5:04 p.m. EDT", "2019-08-25"),
            ("Published 9:41 AM EST, Thu March 7, 2024", "2024-03-07"),
            ("Updated: 22/08/2011 14:30", "2011-08-22"),
            ("Stand: 29.03.2004, 18:15 Uhr", "2004-03-29"),
            ("29. März 2004", "2004-03-29"),
            ("Publié le 1er août 2019 à 18h30", "2019-08-01"),
            ("2004年3月29日", "2004-03-29"),
            ("12 ноября 2013, 10:20", "2013-11-12"),
            ("April 2004", "2004-04"),
            ("3rd September 1939", "1939-09-03"),
            ("Published: Jan 5, 2021 6:00 am | Updated: Jan 6, 2021 7:15 am IST", "2021-01-05"),
        ] {
            assert_eq!(date(line).as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn a_date_that_is_open_is_a_date_line_without_date() {
        assert_eq!(date("05/03/1998"), None);
        assert_eq!(date("Updated 3 hours ago"), None);
        assert_eq!(date("Monday, May 5"), None);
        assert_eq!(date("31 February 2020"), None);
    }

    #[test]
    fn other_lines_with_numbers_are_no_date_lines() {
        for line in [
            "The summit of 14 July 1991",
            "Four hundred metres down, a glacier remembers a bad summer in 536",
            "1,204 shares",
            "5 Min Read",
            "2024",
            "May 1968 and after",
            "Twenty-three countries, one Monday",
            "99/99/9999",
        ] {
            assert_eq!(date_line(line), None, "{line}");
        }
    }
}
