//! CSV and TSV (RFC 4180).

use super::{Artifact, Format, Table, Values};
use crate::error::{Error, Result};

/// Comma-separated values.
pub(super) const CSV: Format = Format {
    name: "csv",
    about: "comma-separated values (RFC 4180), UTF-8, one file a table",
    render: |tables| tables.iter().map(|table| artifact(table, "csv", b',')).collect(),
};

/// Tab-separated values.
pub(super) const TSV: Format = Format {
    name: "tsv",
    about: "tab-separated values, UTF-8, one file a table",
    render: |tables| tables.iter().map(|table| artifact(table, "tsv", b'\t')).collect(),
};

fn artifact(table: &Table, extension: &str, delimiter: u8) -> Result<Artifact> {
    let name = format!("{}.{extension}", table.name);
    let mut bytes = Vec::new();
    write(table, &mut bytes, delimiter).map_err(|e| Error::io(&name, "render", std::io::Error::other(e)))?;
    Ok(Artifact { name, bytes })
}

fn write(table: &Table, out: &mut Vec<u8>, delimiter: u8) -> csv::Result<()> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
    writer.write_record(table.columns().iter().map(|column| &column.name))?;
    for row in 0..table.n_rows() {
        for column in table.columns() {
            writer.write_field(cell(&column.values, row))?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()?;
    Ok(())
}

/// The cell's text; numbers as the shortest decimal that reads back to the same number.
fn cell(values: &Values, row: usize) -> String {
    match values {
        Values::Text(v) => v[row].as_deref().map(guarded).unwrap_or_default(),
        Values::Integer(v) => v[row].map(|n| n.to_string()).unwrap_or_default(),
        Values::Float(v) => v[row].map(|x| x.to_string()).unwrap_or_default(),
    }
}

/// Text that a spreadsheet would take for a formula gets an apostrophe in front. Numbers never come here.
///
/// See: OWASP, CSV Injection.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::Column;
    use super::*;

    #[test]
    fn formulas_are_guarded_numbers_are_not_and_missing_is_empty() {
        let table = Table::new(
            "t",
            vec![
                Column::text("a,b", "", vec![Some("=1+1".into()), Some("x\n\"y\"".into()), None]),
                Column::float("f", "", "", vec![Some(-0.5), Some(f64::NAN), Some(22.5)]),
            ],
        );
        let artifact = artifact(&table, "csv", b',').unwrap();
        assert_eq!(artifact.name, "t.csv");
        assert_eq!(
            String::from_utf8(artifact.bytes).unwrap(),
            "\"a,b\",f\n'=1+1,-0.5\n\"x\n\"\"y\"\"\",\n,22.5\n"
        );
    }
}
