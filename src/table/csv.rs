//! CSV and TSV (RFC 4180), and what spreadsheet programs make of them.

mod read;

use std::io::{self, Write};

use super::{Dialect, Format, Layout, Table, Values, WithHeader};

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
    let terminator = if dialect.excel { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).terminator(terminator).from_writer(out);
    let mut cell = Vec::new();
    if header == WithHeader::Yes {
        for column in table.columns() {
            text(&column.name, &mut cell);
            writer.write_field(&cell).map_err(cause)?;
        }
        writer.write_record(None::<&[u8]>).map_err(cause)?;
    }
    for row in 0..table.n_rows() {
        for column in table.columns() {
            fill(&column.values, row, dialect.locale.decimal, &mut cell)?;
            writer.write_field(&cell).map_err(cause)?;
        }
        writer.write_record(None::<&[u8]>).map_err(cause)?;
    }
    writer.flush()
}

/// The operating system's own answer, whose kind tells a closed pipe from a full disk.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

/// Fills the cell; numbers are the shortest decimal that reads back to the same number.
fn fill(values: &Values, row: usize, decimal: char, cell: &mut Vec<u8>) -> io::Result<()> {
    cell.clear();
    match values {
        Values::Text(v) => v[row].iter().for_each(|value| text(value, cell)),
        Values::Integer(v) => v[row].iter().try_for_each(|n| write!(cell, "{n}"))?,
        Values::Float(v) => {
            v[row].iter().try_for_each(|x| write!(cell, "{x}"))?;
            if decimal != '.' {
                cell.iter_mut().filter(|byte| **byte == b'.').for_each(|byte| *byte = decimal as u8);
            }
        }
    }
    Ok(())
}

/// Fills the cell with a text; one that a spreadsheet program would take for a formula gets an apostrophe in front, as
/// does one that looks guarded: [`unguarded`] gives back what was written.
fn text(value: &str, cell: &mut Vec<u8>) {
    cell.clear();
    if is_formula(value.trim_start_matches('\'')) {
        cell.push(b'\'');
    }
    cell.extend_from_slice(value.as_bytes());
}

fn is_formula(text: &str) -> bool {
    text.starts_with(FORMULA)
}

#[cfg(test)]
mod tests;
