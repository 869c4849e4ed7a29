//! What to do where no record ends within the limits.

use std::io::Read;
use std::sync::Arc;

use super::super::loose_record::{LooseRecord, leading_breaks};
use super::{BLOCK, Blocks, RecordBlock, Syntax, count};
use crate::error::Result;
use crate::table::csv::unclosed;

impl<R: Read> Blocks<R> {
    /// The records that end after all, where a quote that stands alone has hidden line breaks, or lines end in carriage
    /// returns; if there is none, the record is passed over.
    pub(super) fn beyond_limit(&mut self) -> Result<RecordBlock> {
        let Syntax::Delimited(delimiter) = self.source.syntax else {
            return self.pass_line();
        };
        let mut record = LooseRecord::keeping(0, delimiter);
        let mut cut = 0;
        loop {
            cut += leading_breaks(&self.rest[cut..]);
            record.begin();
            match record.read(&self.rest[cut..]) {
                (n_bytes, true) => cut += n_bytes,
                (_, false) if cut > 0 => return Ok(self.cut(cut)),
                (_, false) => return self.pass_record(record),
            }
        }
    }

    /// Goes behind the line.
    fn pass_line(&mut self) -> Result<RecordBlock> {
        let line = self.line;
        let mut n_bytes = 0;
        loop {
            let end = memchr::memchr(b'\n', &self.rest);
            let n_passed = end.map_or(self.rest.len(), |end| end + 1);
            n_bytes += n_passed;
            self.pass(n_passed);
            if end.is_some() || self.at_end {
                return Ok(self.too_large(line, n_bytes));
            }
            self.fill(BLOCK)?;
        }
    }

    /// Goes behind the record, all bytes so far being of it.
    fn pass_record(&mut self, mut record: LooseRecord) -> Result<RecordBlock> {
        let line = self.line;
        let (mut n_passed, mut is_ended) = (self.rest.len(), false);
        let mut n_bytes = 0;
        let mut at_line_start = false;
        loop {
            n_bytes += n_passed;
            at_line_start = self.rest.last().map_or(at_line_start, |last| *last == b'\n');
            self.pass(n_passed);
            if is_ended {
                return Ok(self.too_large(line, n_bytes));
            }
            if self.at_end {
                break;
            }
            self.fill(BLOCK)?;
            (n_passed, is_ended) = record.read(&self.rest);
        }
        if record.end() {
            return Ok(self.too_large(line, n_bytes));
        }
        let line = line + record.breaks_before_last;
        let last_line = self.line - usize::from(at_line_start);
        Ok(self.refused(line, unclosed(last_line.saturating_sub(line) as u64)))
    }

    /// Drops bytes.
    fn pass(&mut self, n_bytes: usize) {
        self.line += count(b'\n', &self.rest[..n_bytes]);
        self.rest.drain(..n_bytes);
    }

    fn too_large(&self, line: usize, n_bytes: usize) -> RecordBlock {
        let problem = self.source.options.limits.record(n_bytes as u64, 0);
        self.refused(line, problem.expect("no end was found within the limits"))
    }

    fn refused(&self, line: usize, problem: String) -> RecordBlock {
        let source = Arc::clone(&self.source);
        RecordBlock { source, first_line: line, bytes: Vec::new(), is_last: false, refused: Some(problem) }
    }
}
