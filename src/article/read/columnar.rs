//! Parquet and Arrow IPC: one article a row, read a batch of rows at a time.
//!
//! What their crates would take memory for is looked at before, as far as it stands in the metadata; where they panic over a
//! damaged file, it is refused as one that cannot be read.

mod ipc;
mod pages;
mod strict;
mod thrift;

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::cast;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::columns::{self, Record};
use super::{Articles, Input, InputFormat, Limits, ReadOptions, one, stream};
use crate::article::Article;
use crate::error::{Error, Result};
use ipc::{Sizes, rows_within};
use strict::StrictFile;

/// Parquet.
pub(super) const PARQUET: InputFormat = InputFormat {
    name: "parquet",
    extensions: &["parquet"],
    about: "one article a row",
    read: |input, options| articles(input, options, b"PAR1", parquet),
};

/// Arrow IPC.
pub(super) const ARROW: InputFormat = InputFormat {
    name: "arrow",
    extensions: &["arrow", "feather", "arrows"],
    about: "one article a row; Arrow IPC files (Feather 2) and streams",
    read: |input, options| articles(input, options, ARROW_FILE, arrow),
};

/// What an Arrow IPC file begins with; a stream does not.
const ARROW_FILE: &[u8] = b"ARROW1";

/// Bytes, unpacked, of what is in memory as a whole: a batch of Arrow, pages of Parquet. A batch has 65,536 rows where pandas has
/// written it: as many articles of 6,000 bytes have room.
const MOST_AT_ONCE: u64 = 384 << 20;

/// Rows that are in memory at a time.
const BATCH_ROWS: usize = 64;

type Batches = Box<dyn Iterator<Item = Result<RecordBatch, String>> + Send>;

/// What `read` gives, the answer of a crate that panics being that it does.
fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let outcome = catch_unwind(AssertUnwindSafe(read));
    outcome.unwrap_or_else(|_| Err("the reader of the format gave up".to_owned()))
}

/// What is said of more than can be read at once.
fn too_much_at_once(what: &str, n_bytes: u64, most: u64) -> String {
    format!("expected at most {most} bytes in {what}, found {n_bytes}")
}

fn parquet(file: File, limits: &Limits) -> Result<Batches, String> {
    let n_bytes = file.metadata().map_err(|e| e.to_string())?.len();
    pages::check_metadata(&file, n_bytes)?;
    let looked_at = file.try_clone().map_err(|e| e.to_string())?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(StrictFile(file)).map_err(|e| e.to_string())?;
    let metadata = builder.metadata();
    let groups = metadata.row_groups().iter().map(parquet::file::metadata::RowGroupMetaData::num_rows);
    let n_rows = groups.map(|n| u64::try_from(n).unwrap_or(u64::MAX)).fold(0, u64::saturating_add);
    rows_within(n_rows, n_bytes, limits)?;
    let columns = metadata.row_groups().iter().flat_map(parquet::file::metadata::RowGroupMetaData::columns);
    let sizes = columns.map(|column| u64::try_from(column.uncompressed_size()).unwrap_or(u64::MAX));
    if let Some(problem) = limits.unpacked(n_bytes, sizes.fold(0, u64::saturating_add)) {
        return Err(problem);
    }
    pages::check(&looked_at, n_bytes, metadata, MOST_AT_ONCE)?;
    let reader = builder.with_batch_size(BATCH_ROWS).build().map_err(|e| e.to_string())?;
    Ok(Box::new(reader.map(|batch| batch.map_err(|e| e.to_string()))))
}

fn arrow(mut file: File, limits: &Limits) -> Result<Batches, String> {
    let mut head = Vec::new();
    (&mut file).take(ARROW_FILE.len() as u64).read_to_end(&mut head).map_err(|e| e.to_string())?;
    let is_file = head == ARROW_FILE;
    Sizes::check(&file, !is_file, limits)?;
    file.rewind().map_err(|e| e.to_string())?;
    let file = BufReader::new(file);
    if is_file {
        let reader = FileReader::try_new(file, None).map_err(|e| e.to_string())?;
        return Ok(Box::new(reader.map(|batch| batch.map_err(|e| e.to_string()))));
    }
    let reader = StreamReader::try_new(file, None).map_err(|e| e.to_string())?;
    Ok(Box::new(reader.map(|batch| batch.map_err(|e| e.to_string()))))
}

fn articles(
    input: Input,
    options: &ReadOptions,
    signature: &[u8],
    open: fn(File, &Limits) -> Result<Batches, String>,
) -> Articles {
    let Input { reader, file, id: stem, path } = input;
    let batches = stream::seekable(reader, path, signature, &options.limits)
        .map_err(|e| Error::io(&file, "read", e))
        .and_then(|bytes| guarded(|| open(bytes, &options.limits)).map_err(|e| unreadable(&file, &e)));
    match batches {
        Err(error) => one(Err(error)),
        Ok(batches) => {
            Box::new(Rows { batches, batch: None, next: 0, n_seen: 0, file, stem, options: options.clone() })
        }
    }
}

fn unreadable(file: &str, problem: &str) -> Error {
    Error::record(file, format!("expected a table that can be read, found one that cannot ({problem})"))
}

struct Rows {
    batches: Batches,
    batch: Option<RecordBatch>,
    /// The next row of the batch.
    next: usize,
    n_seen: u64,
    file: String,
    stem: String,
    options: ReadOptions,
}

impl Rows {
    fn fail(&mut self, error: Error) -> Error {
        self.batch = None;
        self.batches = Box::new(std::iter::empty());
        error
    }
}

impl Iterator for Rows {
    type Item = Result<Article>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(batch) = self.batch.as_ref().filter(|batch| self.next < batch.num_rows()) {
                let row = Row { batch, row: self.next };
                self.next += 1;
                self.n_seen += 1;
                let id = || format!("{}-{}", self.stem, self.n_seen);
                return Some(match guarded(|| Ok(columns::article(&row, &self.options, id))) {
                    Ok(article) => Ok(Article { file: self.file.clone(), ..article }),
                    Err(problem) => Err(self.fail(unreadable(&self.file, &problem))),
                });
            }
            match guarded(|| self.batches.next().transpose()).transpose()? {
                Ok(batch) => {
                    let names: Vec<String> =
                        batch.schema().fields().iter().map(|f| f.name().clone()).collect();
                    let has = |name: &str| column(&batch, name).is_some();
                    if let Err(error) = columns::check(has, &names, &self.file, &self.options) {
                        return Some(Err(self.fail(error)));
                    }
                    self.batch = Some(batch);
                    self.next = 0;
                }
                Err(problem) => {
                    let error = unreadable(&self.file, &problem);
                    return Some(Err(self.fail(error)));
                }
            }
        }
    }
}

struct Row<'b> {
    batch: &'b RecordBatch,
    row: usize,
}

impl Record for Row<'_> {
    fn field(&self, name: &str) -> Option<Cow<'_, str>> {
        text(&column(self.batch, name)?, self.row).map(Cow::Owned)
    }
}

/// The column of the name; where there is none, the field at the path whose steps are separated by points.
fn column(batch: &RecordBatch, name: &str) -> Option<ArrayRef> {
    if let Some(column) = batch.column_by_name(name) {
        return Some(column.clone());
    }
    let (first, path) = name.split_once('.')?;
    let start = batch.column_by_name(first)?.clone();
    path.split('.')
        .try_fold(start, |column, step| Some(column.as_struct_opt()?.column_by_name(step)?.clone()))
}

/// A value as text: the texts of a list as paragraphs, times of a zone in UTC; `None` where there is none.
fn text(column: &ArrayRef, row: usize) -> Option<String> {
    if column.is_null(row) {
        return None;
    }
    let values = column
        .as_list_opt::<i32>()
        .map(|list| list.value(row))
        .or_else(|| column.as_list_opt::<i64>().map(|list| list.value(row)));
    if let Some(values) = values {
        let texts: Vec<String> = (0..values.len()).filter_map(|i| text(&values, i)).collect();
        return Some(texts.join("\n\n"));
    }
    let format = FormatOptions::default();
    if let DataType::Timestamp(unit, Some(_)) = column.data_type() {
        let time = cast(&column.slice(row, 1), &DataType::Timestamp(*unit, None)).ok()?;
        return ArrayFormatter::try_new(&time, &format).ok()?.value(0).try_to_string().ok();
    }
    ArrayFormatter::try_new(column, &format).ok()?.value(row).try_to_string().ok()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::sync::Arc;

    use arrow_array::builder::{ListBuilder, StringBuilder};
    use arrow_array::{Date32Array, Int64Array, StringArray, StructArray};
    use parquet::arrow::ArrowWriter;

    use super::super::{Source, read, read_from};
    use super::*;

    fn batch() -> RecordBatch {
        let mut texts = ListBuilder::new(StringBuilder::new());
        texts.append_value([Some("It rained."), Some("It snowed.")]);
        texts.append_value([Some("It hailed.")]);
        let section: ArrayRef = Arc::new(StringArray::from(vec![Some("farms"), None]));
        let columns: [(&str, ArrayRef); 5] = [
            ("id", Arc::new(Int64Array::from(vec![Some(7), None]))),
            ("title", Arc::new(StringArray::from(vec!["Rain", "Hail"]))),
            ("date", Arc::new(Date32Array::from(vec![18_751, 18_752]))),
            ("text", Arc::new(texts.finish())),
            ("meta", Arc::new(StructArray::try_from(vec![("section", section)]).unwrap())),
        ];
        RecordBatch::try_from_iter_with_nullable(columns.map(|(name, column)| (name, column, true))).unwrap()
    }

    fn parquet_bytes() -> Vec<u8> {
        let mut writer = ArrowWriter::try_new(Vec::new(), batch().schema(), None).unwrap();
        for _ in 0..50 {
            writer.write(&batch()).unwrap();
        }
        writer.into_inner().unwrap()
    }

    fn arrow_bytes(is_file: bool) -> Vec<u8> {
        let mut bytes = Vec::new();
        if is_file {
            let mut writer = arrow_ipc::writer::FileWriter::try_new(&mut bytes, &batch().schema()).unwrap();
            (0..50).for_each(|_| writer.write(&batch()).unwrap());
            writer.finish().unwrap();
        } else {
            let mut writer = arrow_ipc::writer::StreamWriter::try_new(&mut bytes, &batch().schema()).unwrap();
            (0..50).for_each(|_| writer.write(&batch()).unwrap());
            writer.finish().unwrap();
        }
        bytes
    }

    #[test]
    fn rows_of_parquet_and_arrow_are_articles() {
        let options = ReadOptions { keep: vec!["meta.section".into()], ..ReadOptions::default() };
        let files =
            [("n.parquet", parquet_bytes()), ("n.arrow", arrow_bytes(true)), ("n.arrow", arrow_bytes(false))];
        for (name, bytes) in files {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(name);
            std::fs::write(&path, &bytes).unwrap();
            let on_disk = read(&Source::named(&path, &options), &options);
            let streamed = read_from(Cursor::new(bytes), &Source::named(name, &options), &options);
            for articles in [on_disk, streamed] {
                let articles: Vec<Article> = articles.map(Result::unwrap).collect();
                assert_eq!(articles.len(), 100, "{name}");
                let (first, second) = (&articles[0], &articles[1]);
                assert_eq!((first.id.as_str(), second.id.as_str()), ("7", "n-2"));
                assert_eq!(first.title.as_deref(), Some("Rain"));
                assert_eq!(second.date.as_deref(), Some("2021-05-05"));
                assert_eq!(
                    first.body().map(|p| p.text.as_str()).collect::<Vec<_>>(),
                    ["It rained.", "It snowed."]
                );
                assert_eq!((first.kept[0].1.as_str(), second.kept[0].1.as_str()), ("farms", ""));
            }
        }
    }

    #[test]
    fn a_missing_column_or_a_broken_table_is_one_error() {
        let options = ReadOptions { text_column: "body".into(), ..ReadOptions::default() };
        let source = Source::named("n.parquet", &options);
        let found: Vec<_> = read_from(Cursor::new(parquet_bytes()), &source, &options).collect();
        assert_eq!(found.len(), 1);
        let expected = "no column \"body\" in n.parquet; its columns are: id, title, date, text, meta";
        assert_eq!(found[0].as_ref().unwrap_err().to_string(), expected);
        let options = ReadOptions::default();
        for (name, bytes) in [("n.parquet", parquet_bytes()), ("n.arrow", arrow_bytes(true))] {
            for broken in [&bytes[..bytes.len() / 2], b"It rained.", b""] {
                let source = Source::named(name, &options);
                let found: Vec<_> = read_from(Cursor::new(broken.to_vec()), &source, &options).collect();
                let error = found.last().unwrap().as_ref().unwrap_err().to_string();
                assert!(error.starts_with(&format!("{name}: expected a table that can be read")), "{error}");
            }
        }
    }
}
