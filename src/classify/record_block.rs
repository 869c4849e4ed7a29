//! Blocks of records: cut quickly between records, parsed later, each on its own thread.
//!
//! # Advice for hackers
//!
//! A line break ends a CSV record if an even number of quotes stands before it in the file. So the reader only
//! counts quotes, and walks back from a block's end to the last such line break; it never parses. A file that
//! breaks RFC 4180 by a lone quote inside an unquoted field is cut at wrong places: the records there do not have the
//! number of fields of the header, and each is rejected with its line.

use std::borrow::Cow;
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::corpus::{CorpusOptions, LabelledText, RowBlock, fill, find_columns};
use super::plain_record::PlainRecord;
use crate::error::{Error, Result};
use crate::file::unpacked_name;
use crate::table::csv::Preamble;

/// Bytes that a block aims at: large enough to hide the cost of handing it over, small enough to fit the
/// second-level cache.
const BLOCK: usize = 1 << 20;

/// How records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// Fields between delimiters; a comma stands for what the file's first line has.
    Delimited(u8),
    /// A JSON object a line.
    JsonLines,
}

impl Syntax {
    /// By the file's extension.
    pub(super) fn of(path: &Path) -> Self {
        let name =
            path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        match unpacked_name(&name).rsplit_once('.').map(|(_, extension)| extension) {
            Some("tsv" | "tab") => Self::Delimited(b'\t'),
            Some("jsonl" | "ndjson") => Self::JsonLines,
            _ => Self::Delimited(b','),
        }
    }
}

/// Positions of the columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schema {
    pub(super) label: usize,
    pub(super) text: usize,
    pub(super) group: Option<usize>,
    pub(super) time: Option<usize>,
    pub(super) n_columns: usize,
}

/// What all blocks of a file share.
#[derive(Debug)]
struct Source {
    place: Arc<str>,
    syntax: Syntax,
    options: CorpusOptions,
    schema: Option<Schema>,
    /// Buffers of blocks that are done with, to be filled again: a fresh one costs the system a page fault for every
    /// four thousand bytes.
    spare: Mutex<Vec<Vec<u8>>>,
}

impl Source {
    fn spare(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Some whole records of a file.
#[derive(Debug)]
pub struct RecordBlock {
    source: Arc<Source>,
    first_line: usize,
    bytes: Vec<u8>,
}

impl Drop for RecordBlock {
    fn drop(&mut self) {
        self.source.spare().push(std::mem::take(&mut self.bytes));
    }
}

/// A row with what else its file says of it.
pub(super) struct Record<'r> {
    pub(super) row: LabelledText<'r>,
    /// Its time, empty if there is no such column.
    pub(super) time: &'r str,
    /// File and line.
    pub(super) place: &'r dyn Fn() -> String,
}

/// Cuts a file into blocks.
#[derive(Debug)]
pub(super) struct Blocks<R> {
    input: R,
    source: Arc<Source>,
    line: usize,
    rest: Vec<u8>,
    at_end: bool,
}

impl<R: Read> Blocks<R> {
    /// Reads the header, if the syntax has one.
    pub(super) fn new(
        mut input: R,
        place: Arc<str>,
        syntax: Syntax,
        options: &CorpusOptions,
    ) -> Result<Self> {
        let mut rest = Vec::new();
        let unread = |e| Error::io(&place, "read", e);
        let mut at_end = !fill(&mut input, &mut rest, BLOCK).map_err(unread)?;
        if rest.starts_with(b"\xef\xbb\xbf") {
            rest.drain(..3);
        }
        let mut line = 1;
        let mut syntax = syntax;
        if syntax == Syntax::Delimited(b',') {
            let preamble = Preamble::of(&rest);
            syntax = Syntax::Delimited(preamble.delimiter);
            line += count(b'\n', &rest[..preamble.n_bytes]);
            rest.drain(..preamble.n_bytes);
        }
        let mut schema = None;
        if let Syntax::Delimited(delimiter) = syntax {
            let end = loop {
                match first_record_end(&rest) {
                    Some(end) => break end,
                    None if at_end => break rest.len(),
                    None => {
                        let target = BLOCK.max(2 * rest.len());
                        at_end = !fill(&mut input, &mut rest, target).map_err(unread)?;
                    }
                }
            };
            let (header, end) = parse_header(&rest[..end], delimiter, &place)?;
            schema = Some(find_columns(&header, options, &place)?);
            line += count(b'\n', &rest[..end]);
            rest.drain(..end);
        }
        let source =
            Arc::new(Source { place, syntax, options: options.clone(), schema, spare: Mutex::default() });
        Ok(Self { input, source, line, rest, at_end })
    }

    fn next_block(&mut self) -> Result<Option<RecordBlock>> {
        let mut target = BLOCK;
        loop {
            if !self.at_end && self.rest.len() < target {
                let place = &self.source.place;
                self.at_end = !fill(&mut self.input, &mut self.rest, target)
                    .map_err(|e| Error::io(place, "read", e))?;
            }
            let cut = if self.at_end {
                Some(self.rest.len())
            } else {
                last_record_end(&self.rest, self.source.syntax)
            };
            if let Some(cut) = cut {
                if cut == 0 {
                    return Ok(None);
                }
                let mut bytes = self.source.spare().pop().unwrap_or_else(|| Vec::with_capacity(BLOCK));
                bytes.clear();
                bytes.extend_from_slice(&self.rest[cut..]);
                std::mem::swap(&mut bytes, &mut self.rest);
                bytes.truncate(cut);
                let first_line = self.line;
                self.line += count(b'\n', &bytes);
                return Ok(Some(RecordBlock { source: Arc::clone(&self.source), first_line, bytes }));
            }
            // Doubled, since what has no end is searched for one again.
            target = BLOCK.max(2 * self.rest.len());
        }
    }
}

impl<R: Read> Iterator for Blocks<R> {
    type Item = Result<RecordBlock>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_block().transpose()
    }
}

fn count(byte: u8, bytes: &[u8]) -> usize {
    memchr::memchr_iter(byte, bytes).count()
}

fn first_record_end(bytes: &[u8]) -> Option<usize> {
    let mut quoted = false;
    memchr::memchr2_iter(b'"', b'\n', bytes)
        .find(|&i| {
            quoted ^= bytes[i] == b'"';
            bytes[i] == b'\n' && !quoted
        })
        .map(|i| i + 1)
}

/// One past the last line break that ends a record, in bytes that start with a record.
fn last_record_end(bytes: &[u8], syntax: Syntax) -> Option<usize> {
    if syntax == Syntax::JsonLines {
        return memchr::memrchr(b'\n', bytes).map(|i| i + 1);
    }
    let mut quoted = count(b'"', bytes) % 2 == 1;
    memchr::memrchr2_iter(b'"', b'\n', bytes)
        .find(|&i| {
            quoted ^= bytes[i] == b'"';
            bytes[i] == b'\n' && !quoted
        })
        .map(|i| i + 1)
}

/// The names of the columns, and where their record ends: at a line feed, or at a carriage return before it.
fn parse_header(bytes: &[u8], delimiter: u8, place: &str) -> Result<(Vec<String>, usize)> {
    let mut reader = delimited(bytes, delimiter);
    let mut record = csv::ByteRecord::new();
    let found = reader.read_byte_record(&mut record).map_err(|e| Error::record(place, e.to_string()))?;
    if !found {
        return Err(Error::record(place, "must have a header line, got an empty file"));
    }
    let names = record.iter().map(|field| String::from_utf8_lossy(field).into_owned()).collect();
    let end = usize::try_from(reader.position().byte()).map_or(bytes.len(), |end| end.min(bytes.len()));
    Ok((names, end))
}

/// The bytes as text, those that are not UTF-8 replaced. The check first is several times as fast as replacing.
fn text(bytes: Cow<'_, [u8]>) -> Cow<'_, str> {
    match bytes {
        Cow::Borrowed(bytes) => {
            std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
        }
        Cow::Owned(bytes) => Cow::Owned(
            String::from_utf8(bytes)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
        ),
    }
}

fn delimited(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(1 << 16)
        .from_reader(bytes)
}

impl RowBlock for RecordBlock {
    fn for_each_row(&self, each: &mut dyn FnMut(Result<LabelledText<'_>>)) {
        self.for_each_record(&mut |record| each(record.map(|record| record.row)));
    }
}

impl RecordBlock {
    /// Hands each record, or the reason why it cannot be used, to `each`.
    pub(super) fn for_each_record(&self, each: &mut dyn FnMut(Result<Record<'_>>)) {
        match (self.source.syntax, self.source.schema) {
            (Syntax::Delimited(delimiter), Some(schema)) => self.delimited_rows(delimiter, schema, each),
            _ => self.json_rows(each),
        }
    }

    fn delimited_rows(&self, delimiter: u8, schema: Schema, each: &mut dyn FnMut(Result<Record<'_>>)) {
        let mut plain = PlainRecord::default();
        let mut at = 0;
        while let Some(end) = plain.find(&self.bytes, at, delimiter) {
            let field = |column| text(plain.field(&self.bytes, column));
            self.delimited_row(plain.start, plain.len(), schema, field, each);
            at = end;
        }
        let mut reader = delimited(&self.bytes[at..], delimiter);
        let mut record = csv::ByteRecord::new();
        while let Ok(true) = reader.read_byte_record(&mut record) {
            let start = record.position().and_then(|position| usize::try_from(position.byte()).ok());
            let field = |column: usize| text(Cow::Borrowed(&record[column]));
            self.delimited_row(at + start.unwrap_or(0), record.len(), schema, field, each);
        }
    }

    /// Hands over the row of `n_fields` that begins at a byte of the block.
    fn delimited_row<'r>(
        &self,
        start: usize,
        n_fields: usize,
        schema: Schema,
        field: impl Fn(usize) -> Cow<'r, str>,
        each: &mut dyn FnMut(Result<Record<'_>>),
    ) {
        let line = || self.line_at(start);
        if n_fields != schema.n_columns {
            let problem = format!("expected {} fields, found {n_fields}", schema.n_columns);
            return each(Err(self.reject(line(), problem)));
        }
        let [group, time] = [schema.group, schema.time].map(|c| c.map_or(Cow::Borrowed(""), &field));
        self.check(&[field(schema.label), field(schema.text), group, time], line, each);
    }

    /// The line of the record that starts at a byte of the block. The `csv` crate's own line numbers are one too low
    /// behind a carriage return, whose line feed it reads with the record after it.
    fn line_at(&self, start: usize) -> usize {
        let start = start.min(self.bytes.len());
        let breaks = self.bytes[start..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        self.first_line + count(b'\n', &self.bytes[..start + breaks])
    }

    fn json_rows(&self, each: &mut dyn FnMut(Result<Record<'_>>)) {
        let options = &self.source.options;
        for (line, bytes) in (self.first_line..).zip(self.bytes.split(|&b| b == b'\n')) {
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            let object: serde_json::Map<String, serde_json::Value> = match serde_json::from_slice(bytes) {
                Ok(object) => object,
                Err(error) => {
                    each(Err(self.reject(line, format!("must be a JSON object, got {error}"))));
                    continue;
                }
            };
            let field = |name: &str| match object.get(name) {
                Some(serde_json::Value::String(text)) => Cow::Borrowed(text.as_str()),
                None | Some(serde_json::Value::Null) => Cow::Borrowed(""),
                Some(other) => Cow::Owned(other.to_string()),
            };
            let [group, time] = [&options.group_column, &options.time_column]
                .map(|c| c.as_deref().map_or(Cow::Borrowed(""), field));
            let [label, text] = [&options.label_column, &options.text_column].map(|c| field(c));
            self.check(&[label, text, group, time], || line, each);
        }
    }

    /// Hands on a row that has a label and a text.
    fn check(
        &self,
        [label, text, group, time]: &[Cow<'_, str>; 4],
        line: impl Fn() -> usize,
        each: &mut dyn FnMut(Result<Record<'_>>),
    ) {
        let label = label.trim();
        let options = &self.source.options;
        let missing = if label.is_empty() {
            &options.label_column
        } else if text.trim().is_empty() {
            &options.text_column
        } else {
            let place = || format!("{}:{}", self.source.place, line());
            return each(Ok(Record { row: LabelledText { label, text, group }, time, place: &place }));
        };
        each(Err(self.reject(line(), format!("{missing} must not be empty"))));
    }

    fn reject(&self, line: usize, problem: String) -> Error {
        Error::record(format_args!("{}:{line}", self.source.place), problem)
    }
}

#[cfg(test)]
mod tests;
