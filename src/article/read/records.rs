//! Records of CSV, one at a time, none of them larger than the limits allow.

use std::io::{self, BufRead as _, BufReader, Read};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::file::Limits;
use crate::table::csv::unclosed;

/// Reads records from a stream.
pub(super) struct Records {
    input: BufReader<Box<dyn Read + Send>>,
    core: Reader,
    limits: Limits,
    /// The fields of the record, one behind the other.
    text: Vec<u8>,
    n_text: usize,
    /// Where each field ends.
    ends: Vec<usize>,
    n_ends: usize,
    /// The line that the stream stands in, from 1.
    line: u64,
    /// Nothing stands in that line yet.
    at_line_start: bool,
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A record that begins in a line.
    Record(u64),
    /// What is wrong in a line; the stream goes on behind it.
    Refused(u64, String),
    /// Nothing.
    End,
}

impl Records {
    pub(super) fn new(input: Box<dyn Read + Send>, delimiter: u8, limits: &Limits) -> Self {
        Self {
            input: BufReader::with_capacity(1 << 16, input),
            core: ReaderBuilder::new().delimiter(delimiter).build(),
            limits: *limits,
            text: vec![0; 1 << 12],
            n_text: 0,
            ends: vec![0; 1 << 6],
            n_ends: 0,
            line: 1,
            at_line_start: true,
        }
    }

    /// The fields of the record that [`next`](Self::next) has found.
    pub(super) fn fields(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        self.ends[..self.n_ends].iter().zip(starts).map(|(&end, start)| &self.text[start..end])
    }

    /// Number of fields.
    pub(super) fn n_fields(&self) -> usize {
        self.n_ends
    }

    /// All of the record's text.
    pub(super) fn text(&self) -> &[u8] {
        &self.text[..self.n_text]
    }

    /// Goes to the next record.
    pub(super) fn next(&mut self) -> io::Result<Next> {
        (self.n_text, self.n_ends) = (0, 0);
        if !self.skip_breaks()? {
            return Ok(Next::End);
        }
        let first_line = self.line;
        let (mut n_bytes, mut n_fields) = (0, 0);
        // Line breaks in the fields before the one that is being read.
        let mut field_line = first_line;
        let mut problem = None;
        loop {
            let chunk = self.input.fill_buf()?;
            // The end of the stream ends a record as a line break does, unless a quote is open.
            let is_end = chunk.is_empty();
            let bytes = if is_end { b"\n" } else { chunk };
            let (result, n_in, n_out, n_ends) =
                self.core.read_record(bytes, &mut self.text[self.n_text..], &mut self.ends[self.n_ends..]);
            let n_breaks = memchr::memchr_iter(b'\n', &bytes[..n_in]).count() as u64;
            n_bytes += n_in as u64;
            n_fields += n_ends as u64;
            self.n_text += n_out;
            self.n_ends += n_ends;
            if !is_end {
                self.line += n_breaks;
                self.at_line_start = bytes[..n_in].last().map_or(self.at_line_start, |last| *last == b'\n');
                self.input.consume(n_in);
            }
            if problem.is_none() {
                problem = self.limits.record(n_bytes, n_fields);
                if problem.is_some() || is_end {
                    field_line = first_line + self.n_breaks_of_whole_fields();
                }
            }
            match result {
                ReadRecordResult::Record if problem.is_none() => return Ok(Next::Record(first_line)),
                ReadRecordResult::Record | ReadRecordResult::End => break,
                ReadRecordResult::OutputFull => self.text.resize(2 * self.text.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                ReadRecordResult::InputEmpty if is_end => {
                    self.core.reset();
                    let last_line = self.line - u64::from(self.at_line_start);
                    return Ok(Next::Refused(field_line, unclosed(last_line.saturating_sub(field_line))));
                }
                ReadRecordResult::InputEmpty => {}
            }
            if problem.is_some() {
                // What is passed over needs no room.
                (self.n_text, self.n_ends) = (0, 0);
            }
        }
        (self.n_text, self.n_ends) = (0, 0);
        Ok(problem.map_or(Next::End, |problem| Next::Refused(first_line, problem)))
    }

    /// Goes to the first byte of a record; false if there is none.
    fn skip_breaks(&mut self) -> io::Result<bool> {
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(false);
            }
            let breaks = &chunk[..chunk.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()];
            let n_breaks = breaks.len();
            self.line += memchr::memchr_iter(b'\n', breaks).count() as u64;
            if n_breaks == 0 {
                return Ok(true);
            }
            self.input.consume(n_breaks);
        }
    }

    fn n_breaks_of_whole_fields(&self) -> u64 {
        let end = self.n_ends.checked_sub(1).map_or(0, |last| self.ends[last]);
        memchr::memchr_iter(b'\n', &self.text[..end]).count() as u64
    }
}
