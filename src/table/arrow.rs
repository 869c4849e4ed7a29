//! Arrow IPC streams: the columns as they are typed here.

use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{DataType, Field, Schema};

use super::{Dialect, Format, Layout, Table, Values, WithHeader};

/// Arrow IPC streams.
pub(super) const ARROW: Format = Format {
    name: "arrows",
    about: "Arrow IPC stream, one file a table; texts, 64-bit integers and floats",
    layout: Layout::Rows(write),
};

/// A stream is its schema and then batches of rows; its end needs no mark.
fn write(table: &Table, header: WithHeader, _: &Dialect, out: &mut dyn Write) -> io::Result<()> {
    let schema = schema(table);
    let mut stream = StreamWriter::try_new(Vec::new(), &schema).map_err(io::Error::other)?;
    let n_schema = stream.get_ref().len();
    if table.n_rows() > 0 {
        stream.write(&batch(table, schema)?).map_err(io::Error::other)?;
    }
    stream.flush().map_err(io::Error::other)?;
    let from = if header == WithHeader::Yes { 0 } else { n_schema };
    out.write_all(&stream.get_ref()[from..])
}

/// The names and types of the columns.
pub(super) fn schema(table: &Table) -> Arc<Schema> {
    let fields = table.columns().iter().map(|column| {
        let kind = match column.values {
            Values::Text(_) => DataType::Utf8,
            Values::Integer(_) => DataType::Int64,
            Values::Float(_) => DataType::Float64,
        };
        Field::new(&column.name, kind, true)
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// The rows of a table of this schema.
pub(super) fn batch(table: &Table, schema: Arc<Schema>) -> io::Result<RecordBatch> {
    let columns = table.columns().iter().map(|column| -> ArrayRef {
        match &column.values {
            Values::Text(v) => Arc::new(StringArray::from_iter(v)),
            Values::Integer(v) => Arc::new(Int64Array::from(v.clone())),
            Values::Float(v) => Arc::new(Float64Array::from(v.clone())),
        }
    });
    RecordBatch::try_new(schema, columns.collect()).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use arrow_array::Array;
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Float64Type, Int64Type};
    use arrow_ipc::reader::StreamReader;

    use super::super::Column;
    use super::*;

    #[test]
    fn a_table_written_in_parts_is_read_back_with_its_types_and_gaps() {
        let table = Table::new(
            "t",
            vec![
                Column::text("a", "", vec![Some("=x\n".into()), None]),
                Column::integer("n", "", "", vec![None, Some(2)]),
                Column::float("f", "", "", vec![Some(0.1), None]),
            ],
        );
        let mut bytes = Vec::new();
        for header in [WithHeader::Yes, WithHeader::No, WithHeader::No] {
            write(&table, header, &Dialect::default(), &mut bytes).unwrap();
        }
        let batches: Vec<RecordBatch> =
            StreamReader::try_new(&bytes[..], None).unwrap().map(Result::unwrap).collect();
        assert_eq!(batches.len(), 3);
        for batch in batches {
            let names: Vec<_> = batch.schema().fields().iter().map(|f| f.name().clone()).collect();
            assert_eq!(names, ["a", "n", "f"]);
            assert_eq!(batch.column(0).as_string::<i32>().value(0), "=x\n");
            assert_eq!(batch.column(1).as_primitive::<Int64Type>().value(1), 2);
            assert_eq!(batch.column(2).as_primitive::<Float64Type>().value(0).to_bits(), 0.1f64.to_bits());
            let nulls = [(0, 1), (1, 0), (2, 1)];
            assert!(nulls.iter().all(|&(column, row)| batch.column(column).is_null(row)));
        }
    }
}
