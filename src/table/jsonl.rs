//! JSON Lines: one object a row, columns in order.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Dialect, Format, Layout, Table, Values, WithHeader};

/// JSON Lines.
pub(super) const JSONL: Format =
    Format { name: "jsonl", about: "one JSON object a row, one file a table", layout: Layout::Rows(write) };

fn write(table: &Table, _: WithHeader, _: &Dialect, out: &mut dyn Write) -> io::Result<()> {
    for row in 0..table.n_rows() {
        serde_json::to_writer(&mut *out, &Row { table, row })?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

struct Row<'t> {
    table: &'t Table,
    row: usize,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.table.columns().len()))?;
        for column in self.table.columns() {
            match &column.values {
                Values::Text(v) => map.serialize_entry(&column.name, &v[self.row])?,
                Values::Integer(v) => map.serialize_entry(&column.name, &v[self.row])?,
                Values::Float(v) => map.serialize_entry(&column.name, &v[self.row])?,
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Column;
    use super::*;

    #[test]
    fn missing_is_null_and_numbers_stay_numbers() {
        let table = Table::new(
            "t",
            vec![
                Column::text("a", "", vec![Some("x\"y".into()), None]),
                Column::integer("n", "", "", vec![None, Some(2)]),
            ],
        );
        let mut bytes = Vec::new();
        write(&table, WithHeader::Yes, &Dialect::default(), &mut bytes).unwrap();
        let expected = "{\"a\":\"x\\\"y\",\"n\":null}\n{\"a\":null,\"n\":2}\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }
}
