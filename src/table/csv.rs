//! CSV and TSV (RFC 4180).

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Format, Table, Values, WithHeader};

/// Comma-separated values.
pub(super) const CSV: Format = Format {
    name: "csv",
    about: "comma-separated values (RFC 4180), UTF-8, one file a table",
    write: |table, header, out| write(table, header, out, b','),
};

/// Tab-separated values.
pub(super) const TSV: Format = Format {
    name: "tsv",
    about: "tab-separated values, UTF-8, one file a table",
    write: |table, header, out| write(table, header, out, b'\t'),
};

fn write(table: &Table, header: WithHeader, out: &mut dyn Write, delimiter: u8) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
    if header == WithHeader::Yes {
        writer.write_record(table.columns().iter().map(|column| &column.name)).map_err(cause)?;
    }
    for row in 0..table.n_rows() {
        for column in table.columns() {
            writer.write_field(cell(&column.values, row).as_bytes()).map_err(cause)?;
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

/// The cell's text; numbers as the shortest decimal that reads back to the same number.
fn cell(values: &Values, row: usize) -> Cow<'_, str> {
    let text = match values {
        Values::Text(v) => return v[row].as_deref().map(guarded).unwrap_or_default(),
        Values::Integer(v) => v[row].map(|n| n.to_string()),
        Values::Float(v) => v[row].map(|x| x.to_string()),
    };
    Cow::Owned(text.unwrap_or_default())
}

/// Text that a spreadsheet would take for a formula gets an apostrophe in front. Numbers never come here.
///
/// See: OWASP, CSV Injection.
fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
mod tests {
    use super::super::Column;
    use super::*;

    #[test]
    fn a_closed_pipe_is_still_one_behind_the_writer() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        // Longer than the writer's buffer, so that a field meets the closed pipe.
        let table = Table::new("t", vec![Column::text("a", "", vec![Some("x".repeat(1 << 16))])]);
        let error = (CSV.write)(&table, WithHeader::Yes, &mut Closed).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }

    #[test]
    fn formulas_are_guarded_numbers_are_not_and_missing_is_empty() {
        let table = Table::new(
            "t",
            vec![
                Column::text("a,b", "", vec![Some("=1+1".into()), Some("x\n\"y\"".into()), None]),
                Column::float("f", "", "", vec![Some(-0.5), Some(f64::NAN), Some(22.5)]),
            ],
        );
        let mut bytes = Vec::new();
        (CSV.write)(&table, WithHeader::Yes, &mut bytes).unwrap();
        (CSV.write)(&table, WithHeader::No, &mut bytes).unwrap();
        let rows = "'=1+1,-0.5\n\"x\n\"\"y\"\"\",\n,22.5\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), format!("\"a,b\",f\n{rows}{rows}"));
    }
}
