//! Tables for people: aligned columns of plain text.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Column, Table, Values};

/// The table as lines of aligned columns; text to the left, numbers to the right with four decimals, `-` where a value
/// is not defined.
///
/// # Examples
///
/// ```
/// use newsbeat::table::{Column, Table, text};
///
/// let table = Table::new("t", vec![
///     Column::text("label", "", vec![Some("trade".into())]),
///     Column::float("f1", "", "", vec![Some(0.5)]),
/// ]);
/// assert_eq!(text::render(&table), "label      f1\ntrade  0.5000\n");
/// ```
pub fn render(table: &Table) -> String {
    let columns: Vec<(bool, Vec<String>)> = table.columns().iter().map(cells).collect();
    let widths: Vec<usize> =
        columns.iter().map(|(_, cells)| cells.iter().map(|c| c.chars().count()).max().unwrap_or(0)).collect();
    let mut out = String::new();
    for row in 0..=table.n_rows() {
        let mut line = String::new();
        for ((is_text, cells), width) in columns.iter().zip(&widths) {
            let (cell, padding) = (&cells[row], " ".repeat(width - cells[row].chars().count()));
            if !line.is_empty() {
                line.push_str("  ");
            }
            let (first, second) = if *is_text { (cell, &padding) } else { (&padding, cell) };
            line.push_str(first);
            line.push_str(second);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// The header and the cells of a column, and whether they are text.
fn cells(column: &Column) -> (bool, Vec<String>) {
    let missing = || "-".to_owned();
    let values: Vec<String> = match &column.values {
        Values::Text(v) => {
            v.iter().map(|c| c.as_deref().map_or_else(missing, |text| printable(text).into_owned())).collect()
        }
        Values::Integer(v) => v.iter().map(|c| c.map_or_else(missing, |n| n.to_string())).collect(),
        Values::Float(v) => v.iter().map(|c| c.map_or_else(missing, |x| format!("{x:.4}"))).collect(),
    };
    let is_text = matches!(column.values, Values::Text(_));
    (is_text, std::iter::once(printable(&column.name).into_owned()).chain(values).collect())
}

/// A text that can be shown on a terminal in one line: line breaks and tabs are spaces; what would command the terminal
/// or turn the direction of the line is spelled out, as in `\u{1b}`.
pub fn printable(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| !c.is_control() && !turns_direction(c);
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if is_plain(c) => out.push(c),
            c => write!(out, "{}", c.escape_unicode()).expect("a string takes everything"),
        }
    }
    Cow::Owned(out)
}

/// The marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX #9, table 4), and the separators
/// of lines and paragraphs.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scraped_text_does_not_command_the_terminal() {
        let hostile = "a\u{1b}[31m\nred\u{202e}cod.exe\u{9b}";
        let table = Table::new("t", vec![Column::text("x\u{7}", "", vec![Some(hostile.into()), None])]);
        let shown = "a\\u{1b}[31m red\\u{202e}cod.exe\\u{9b}";
        assert_eq!(render(&table), format!("x\\u{{7}}\n{shown}\n-\n"));
    }
}
