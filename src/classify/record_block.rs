//! Blocks of records: cut quickly between records, parsed later, each on its own thread.
//!
//! # Advice for hackers
//!
//! A line break ends a CSV record if an even number of quotes stands before it in the file. So the reader only
//! counts quotes, and walks back from a block's end to the last such line break; it does not parse. A file that
//! breaks RFC 4180 by a lone quote inside an unquoted field is cut at wrong places: the records there do not have the
//! number of fields of the header, or a quote in them is not closed, and each is rejected with its line. Only where the
//! quotes let no record end within the limits is the file parsed here, to find one that does, or to pass over one that
//! does not.

mod pass;
mod rows;

use std::io::Read;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::corpus::{CorpusOptions, LabelledText, fill, find_columns};
use super::loose_record::{LooseRecord, leading_breaks};
use crate::error::{Error, Result};
use crate::file::{Limits, NODE_BYTES, unpacked_name};
use crate::table::csv::{Preamble, unclosed};

/// Bytes that a block aims at: large enough to hide the cost of handing it over, small enough to fit the second-level cache, and so
/// small that one of nothing but new terms does not take memory far beyond its limit.
const BLOCK: usize = 1 << 19;

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

/// Some whole records of a file, or one that was passed over.
#[derive(Debug)]
pub struct RecordBlock {
    source: Arc<Source>,
    first_line: usize,
    bytes: Vec<u8>,
    /// The file ends with these bytes.
    is_last: bool,
    /// Why what stands in the first line was passed over.
    refused: Option<String>,
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
            let n_breaks = leading_breaks(&rest);
            line += count(b'\n', &rest[..n_breaks]);
            rest.drain(..n_breaks);
            if rest.is_empty() {
                return Err(Error::record(&place, "must have a header line, got an empty file"));
            }
            let enough = enough(&options.limits);
            while first_record_end(&rest).is_none() && !at_end && rest.len() <= enough {
                let target = BLOCK.max(2 * rest.len()).min(enough + 1);
                at_end = !fill(&mut input, &mut rest, target).map_err(unread)?;
            }
            let header = first_record_end(&rest).map_or(&rest[..], |end| &rest[..end]);
            let is_whole = at_end || header.len() < rest.len();
            let (header, end) = parse_header(header, is_whole, delimiter, &options.limits)
                .map_err(|(breaks, problem)| Error::record(format!("{place}:{}", line + breaks), problem))?;
            schema = Some(find_columns(&header, options, &place)?);
            line += count(b'\n', &rest[..end]);
            rest.drain(..end);
        }
        let source =
            Arc::new(Source { place, syntax, options: options.clone(), schema, spare: Mutex::default() });
        Ok(Self { input, source, line, rest, at_end })
    }

    /// Reads on until there are `target` bytes, or all.
    fn fill(&mut self, target: usize) -> Result<()> {
        if !self.at_end && self.rest.len() < target {
            self.at_end = !fill(&mut self.input, &mut self.rest, target)
                .map_err(|e| Error::io(&self.source.place, "read", e))?;
        }
        Ok(())
    }

    fn next_block(&mut self) -> Result<Option<RecordBlock>> {
        let enough = enough(&self.source.options.limits);
        let mut target = BLOCK;
        loop {
            self.fill(target)?;
            let cut = if self.at_end {
                Some(self.rest.len())
            } else {
                last_record_end(&self.rest, self.source.syntax)
            };
            if let Some(cut) = cut {
                return Ok((cut > 0).then(|| self.cut(cut)));
            }
            if self.rest.len() > enough {
                return self.beyond_limit().map(Some);
            }
            // Doubled, since what has no end is searched for one again.
            target = BLOCK.max(2 * self.rest.len()).min(enough + 1);
        }
    }

    /// The records up to a byte.
    fn cut(&mut self, cut: usize) -> RecordBlock {
        let mut bytes = self.source.spare().pop().unwrap_or_else(|| Vec::with_capacity(BLOCK));
        bytes.clear();
        bytes.extend_from_slice(&self.rest[cut..]);
        std::mem::swap(&mut bytes, &mut self.rest);
        bytes.truncate(cut);
        let first_line = self.line;
        self.line += count(b'\n', &bytes);
        let is_last = self.at_end && self.rest.is_empty();
        RecordBlock { source: Arc::clone(&self.source), first_line, bytes, is_last, refused: None }
    }
}

impl<R: Read> Iterator for Blocks<R> {
    type Item = Result<RecordBlock>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_block().transpose()
    }
}

/// How many bytes without the end of a record are enough to look for it otherwise.
fn enough(limits: &Limits) -> usize {
    let most = limits.max_record_bytes.min(Limits::MOST_BYTES);
    usize::try_from(most).expect("256 MiB at most").max(BLOCK)
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

/// The names of the columns, and where their record ends: at a line feed, or at a carriage return before it. Else what is
/// wrong, and how many line breaks stand before it.
fn parse_header(
    bytes: &[u8],
    is_whole: bool,
    delimiter: u8,
    limits: &Limits,
) -> Result<(Vec<String>, usize), (usize, String)> {
    let most = usize::try_from(limits.max_record_bytes / NODE_BYTES).unwrap_or(usize::MAX);
    let mut header = LooseRecord::keeping(most, delimiter);
    header.begin();
    let (end, is_ended) = header.read(bytes);
    // What is not whole is over the limit.
    if let Some(problem) = limits.record(end as u64, header.n_fields as u64) {
        return Err((0, problem));
    }
    if !is_ended && is_whole && !header.end() {
        let n_breaks = header.breaks_before_last;
        return Err((n_breaks, unclosed(lines_below(bytes, n_breaks))));
    }
    let names = (0..header.n_fields).map(|i| String::from_utf8_lossy(header.field(i)).into_owned());
    Ok((names.collect(), end))
}

/// How many lines there are below the one behind `n_breaks` line breaks.
fn lines_below(bytes: &[u8], n_breaks: usize) -> u64 {
    let n_lines = count(b'\n', bytes) - usize::from(bytes.ends_with(b"\n"));
    n_lines.saturating_sub(n_breaks) as u64
}

#[cfg(test)]
mod tests;
