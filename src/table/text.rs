//! Tables for people: aligned columns of plain text.

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
        Values::Text(v) => v.iter().map(|c| c.clone().unwrap_or_else(missing)).collect(),
        Values::Integer(v) => v.iter().map(|c| c.map_or_else(missing, |n| n.to_string())).collect(),
        Values::Float(v) => v.iter().map(|c| c.map_or_else(missing, |x| format!("{x:.4}"))).collect(),
    };
    let is_text = matches!(column.values, Values::Text(_));
    (is_text, std::iter::once(column.name.clone()).chain(values).collect())
}
