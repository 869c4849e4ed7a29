//! Parquet: the columns as they are typed here.

use std::io;

use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::{Compression, ZstdLevel};
use ::parquet::file::properties::WriterProperties;

use super::arrow::{batch, schema};
use super::{Book, Format, Layout, Table};

/// Parquet files.
pub(super) const PARQUET: Format = Format {
    name: "parquet",
    about: "Parquet, one file a table; texts, 64-bit integers and floats, compressed by Zstandard",
    layout: Layout::Whole(|| Box::new(Parquet { writer: None })),
};

/// A file of one table; its compressed rows are in memory until it is whole.
struct Parquet {
    writer: Option<ArrowWriter<Vec<u8>>>,
}

impl Book for Parquet {
    fn append(&mut self, table: &Table) -> io::Result<()> {
        let schema = schema(table);
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => {
                let compression = Compression::ZSTD(ZstdLevel::default());
                let properties = WriterProperties::builder().set_compression(compression).build();
                let writer = ArrowWriter::try_new(Vec::new(), schema.clone(), Some(properties));
                none.insert(writer.map_err(io::Error::other)?)
            }
        };
        writer.write(&batch(table, schema)?).map_err(io::Error::other)
    }

    fn finish(self: Box<Self>) -> io::Result<Vec<u8>> {
        self.writer.map_or(Ok(Vec::new()), |writer| writer.into_inner().map_err(io::Error::other))
    }

    fn n_cut(&self) -> usize {
        0
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Write as _;

    use ::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Float64Type, Int64Type};
    use arrow_array::{Array, RecordBatch};

    use super::super::{Column, Dialect};
    use super::*;

    fn table(rows: usize) -> Table {
        let column = |values: &[Option<f64>]| values.iter().copied().cycle().take(rows).collect();
        Table::new(
            "t",
            vec![
                Column::text("a", "", (0..rows).map(|i| (i != 1).then(|| format!("=x\n{i}"))).collect()),
                Column::integer("n", "", "", (0..rows).map(|i| (i != 0).then_some(2)).collect()),
                Column::float("f", "", "", column(&[Some(0.1), None])),
            ],
        )
    }

    fn reader(bytes: &[u8]) -> ParquetRecordBatchReaderBuilder<File> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        ParquetRecordBatchReaderBuilder::try_new(file).unwrap()
    }

    #[test]
    fn a_table_written_in_parts_is_read_back_with_its_types_and_gaps() {
        let Layout::Whole(open) = PARQUET.layout else { panic!("a file of its own") };
        let mut book = open();
        for rows in [0, 2, 2] {
            book.append(&table(rows)).unwrap();
        }
        let rows = reader(&book.finish().unwrap()).build().unwrap();
        let batches: Vec<_> = rows.map(Result::unwrap).collect();
        assert_eq!(batches.iter().map(RecordBatch::num_rows).sum::<usize>(), 4);
        let batch = &batches[0];
        let names: Vec<_> = batch.schema().fields().iter().map(|f| f.name().clone()).collect();
        assert_eq!(names, ["a", "n", "f"]);
        assert_eq!(batch.column(0).as_string::<i32>().value(0), "=x\n0");
        assert_eq!(batch.column(1).as_primitive::<Int64Type>().value(1), 2);
        assert_eq!(batch.column(2).as_primitive::<Float64Type>().value(0).to_bits(), 0.1f64.to_bits());
        let nulls = [(0, 1), (1, 0), (2, 1)];
        assert!(nulls.iter().all(|&(column, row)| batch.column(column).is_null(row)));
    }

    #[test]
    fn a_table_without_rows_is_a_file() {
        let reader = reader(&PARQUET.render(&table(0), &Dialect::default()).unwrap());
        assert_eq!(reader.schema().fields().len(), 3);
    }
}
