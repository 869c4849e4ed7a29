//! The records of a block, as rows.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

use super::super::corpus::{LabelledText, RowBlock};
use super::super::loose_record::LooseRecord;
use super::super::plain_record::PlainRecord;
use super::{Record, RecordBlock, Schema, Syntax, count, lines_below};
use crate::error::{Error, Result};
use crate::table::csv::unclosed;

/// Characters of another crate's message that are shown: some repeat what they do not understand, however long.
const SHOWN: usize = 200;

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

/// The message, or its beginning.
fn beginning(message: &impl std::fmt::Display) -> String {
    let message = message.to_string();
    match message.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", &message[..end]),
        None => message,
    }
}

impl RowBlock for RecordBlock {
    fn for_each_row(&self, each: &mut dyn FnMut(Result<LabelledText<'_>>)) {
        self.for_each_record(&mut |record| each(record.map(|record| record.row)));
    }
}

impl RecordBlock {
    /// Hands each record, or the reason why it cannot be used, to `each`.
    pub(in super::super) fn for_each_record(&self, each: &mut dyn FnMut(Result<Record<'_>>)) {
        match (&self.refused, self.source.syntax, self.source.schema) {
            (Some(problem), ..) => each(Err(self.reject(self.first_line, problem))),
            (None, Syntax::Delimited(delimiter), Some(schema)) => {
                self.delimited_rows(delimiter, schema, each);
            }
            _ => self.json_rows(each),
        }
    }

    fn delimited_rows(&self, delimiter: u8, schema: Schema, each: &mut dyn FnMut(Result<Record<'_>>)) {
        let lines = Lines { block: self, known: Cell::new((0, self.first_line)) };
        let mut plain = PlainRecord::keeping(schema.n_columns);
        let mut at = 0;
        while let Some(end) = plain.find(&self.bytes, at, delimiter) {
            let field = |column| text(plain.field(&self.bytes, column));
            self.delimited_row(plain.start..end, &lines, plain.n_fields, schema, field, each);
            at = end;
        }
        let mut loose = LooseRecord::keeping(schema.n_columns, delimiter);
        while let Some(end) = loose.find(&self.bytes, at) {
            if loose.is_open {
                each(Err(self.open_quote(&loose, &lines)));
            } else {
                let field = |column: usize| text(Cow::Borrowed(loose.field(column)));
                self.delimited_row(loose.start..end, &lines, loose.n_fields, schema, field, each);
            }
            at = end;
        }
    }

    /// What is wrong with a record that ends within quotes.
    fn open_quote(&self, record: &LooseRecord, lines: &Lines<'_>) -> Error {
        let line = lines.line_at(record.start) + record.breaks_before_last;
        let problem = if self.is_last {
            unclosed(lines_below(&self.bytes[record.start..], record.breaks_before_last))
        } else {
            "expected quotes in pairs, found one that stands alone, here or in a line above".to_owned()
        };
        self.reject(line, problem)
    }

    /// Hands over the row of `n_fields` that stands in some bytes of the block.
    fn delimited_row<'r>(
        &self,
        bytes: Range<usize>,
        lines: &Lines<'_>,
        n_fields: usize,
        schema: Schema,
        field: impl Fn(usize) -> Cow<'r, str>,
        each: &mut dyn FnMut(Result<Record<'_>>),
    ) {
        let line = || lines.line_at(bytes.start);
        let limits = &self.source.options.limits;
        if let Some(problem) = limits.record(bytes.len() as u64, n_fields as u64) {
            return each(Err(self.reject(line(), problem)));
        }
        if n_fields != schema.n_columns {
            let problem = format!("expected {} fields, found {n_fields}", schema.n_columns);
            return each(Err(self.reject(line(), problem)));
        }
        let [group, time] = [schema.group, schema.time].map(|c| c.map_or(Cow::Borrowed(""), &field));
        self.check(&[field(schema.label), field(schema.text), group, time], line, each);
    }

    fn json_rows(&self, each: &mut dyn FnMut(Result<Record<'_>>)) {
        let options = &self.source.options;
        for (line, bytes) in (self.first_line..).zip(self.bytes.split(|&b| b == b'\n')) {
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            let limits = &options.limits;
            if let Some(problem) = limits.record(bytes.len() as u64, 0).or_else(|| limits.json(bytes)) {
                each(Err(self.reject(line, problem)));
                continue;
            }
            let object: serde_json::Map<String, serde_json::Value> = match serde_json::from_slice(bytes) {
                Ok(object) => object,
                Err(error) => {
                    each(Err(self.reject(line, format!("must be a JSON object, got {}", beginning(&error)))));
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
        let too_long = |(name, field): (&str, &str)| options.limits.field(name, field.len());
        if let Some(problem) =
            [("label", label), ("group", group), ("time", time)].into_iter().find_map(too_long)
        {
            return each(Err(self.reject(line(), problem)));
        }
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

    fn reject(&self, line: usize, problem: impl Into<String>) -> Error {
        Error::record(format_args!("{}:{line}", self.source.place), problem)
    }
}

/// Counts lines on from where it was last asked, since in a block of nothing but rejects each has one.
struct Lines<'b> {
    block: &'b RecordBlock,
    /// A byte of the block, and its line.
    known: Cell<(usize, usize)>,
}

impl Lines<'_> {
    /// The line of the record that begins at a byte of the block, at or behind the byte that was last asked for.
    fn line_at(&self, start: usize) -> usize {
        let (known, line) = self.known.get();
        let line = line + count(b'\n', &self.block.bytes[known..start]);
        self.known.set((start, line));
        line
    }
}
