//! CSV and TSV (RFC 4180), and what spreadsheet programs make of them.

mod read;

use std::io::{self, Write};

use super::decimal::push_shortest;
use super::{Column, Dialect, Format, Layout, Table, Values, WithHeader};

pub use read::{Preamble, unclosed, unguarded};

/// Comma-separated values.
pub(super) const CSV: Format = Format {
    name: "csv",
    about: "comma-separated values (RFC 4180), UTF-8, one file a table; --excel, --locale",
    layout: Layout::Rows(|table, header, dialect, out| {
        write(table, header, dialect, dialect.locale.separator, out)
    }),
};

/// Tab-separated values.
pub(super) const TSV: Format = Format {
    name: "tsv",
    about: "tab-separated values, UTF-8, one file a table; --excel, --locale",
    layout: Layout::Rows(|table, header, dialect, out| write(table, header, dialect, b'\t', out)),
};

/// First characters of a text that a spreadsheet program takes for a formula.
///
/// See: OWASP, CSV Injection.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

fn write(
    table: &Table,
    header: WithHeader,
    dialect: &Dialect,
    delimiter: u8,
    out: &mut dyn Write,
) -> io::Result<()> {
    if header == WithHeader::Yes && dialect.excel {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let end: &[u8] = if dialect.excel { b"\r\n" } else { b"\n" };
    let mut rows = Rows { bytes: Vec::with_capacity(BUFFER), delimiter, decimal: dialect.locale.decimal };
    if header == WithHeader::Yes {
        rows.push(table.columns(), end, |rows, column| rows.text(&column.name));
    }
    for row in 0..table.n_rows() {
        rows.push(table.columns(), end, |rows, column| rows.value(&column.values, row));
        if rows.bytes.len() >= BUFFER {
            out.write_all(&rows.bytes)?;
            rows.bytes.clear();
        }
    }
    out.write_all(&rows.bytes)?;
    out.flush()
}

/// Bytes that are written at a time.
const BUFFER: usize = 1 << 15;

/// Rows on their way out.
struct Rows {
    bytes: Vec<u8>,
    delimiter: u8,
    decimal: char,
}

impl Rows {
    /// Adds a row.
    fn push(&mut self, columns: &[Column], end: &[u8], mut push_field: impl FnMut(&mut Self, &Column)) {
        let start = self.bytes.len();
        for (i, column) in columns.iter().enumerate() {
            if i > 0 {
                self.bytes.push(self.delimiter);
            }
            push_field(self, column);
        }
        // A line with nothing in it would be no row.
        if self.bytes.len() == start {
            self.bytes.extend_from_slice(b"\"\"");
        }
        self.bytes.extend_from_slice(end);
    }

    /// Adds a field; numbers are the shortest decimal that reads back to the same number, and need no quotes.
    fn value(&mut self, values: &Values, row: usize) {
        let start = self.bytes.len();
        match values {
            Values::Text(v) => v[row].iter().for_each(|text| self.text(text)),
            Values::Integer(v) => v[row].iter().for_each(|n| {
                write!(self.bytes, "{n}").expect("memory takes all that is written");
            }),
            Values::Float(v) => {
                v[row].iter().for_each(|&x| push_shortest(x, &mut self.bytes));
                if self.decimal != '.' {
                    let number = self.bytes[start..].iter_mut();
                    number.filter(|byte| **byte == b'.').for_each(|byte| *byte = self.decimal as u8);
                }
            }
        }
    }

    /// Adds a text, in quotes where it needs them; one that a spreadsheet program would take for a formula gets an apostrophe in
    /// front, as does one that looks guarded: [`unguarded`] gives back what was written.
    fn text(&mut self, text: &str) {
        let guard = if is_formula(text.trim_start_matches('\'')) { "'" } else { "" };
        let is_special = |byte: &u8| matches!(byte, b'"' | b'\r' | b'\n') || *byte == self.delimiter;
        if !text.as_bytes().iter().any(is_special) {
            self.bytes.extend_from_slice(guard.as_bytes());
            self.bytes.extend_from_slice(text.as_bytes());
            return;
        }
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(guard.as_bytes());
        for (i, part) in text.split('"').enumerate() {
            self.bytes.extend_from_slice(if i > 0 { b"\"\"" } else { b"" });
            self.bytes.extend_from_slice(part.as_bytes());
        }
        self.bytes.push(b'"');
    }
}

fn is_formula(text: &str) -> bool {
    text.starts_with(FORMULA)
}

#[cfg(test)]
mod tests;
