//! The elements of a JSON array, one after the other, without the array in memory.

use std::io::{BufRead, Result};

use super::Piece;

/// Where a stream stands between its elements.
#[derive(Debug, Default)]
pub(super) struct Elements {
    in_array: bool,
    has_begun: bool,
}

impl Elements {
    /// The next element; `line` counts on. A file without brackets around it is read as elements one after the other. Of an
    /// element longer than `max` bytes only the length is kept.
    pub(super) fn next(
        &mut self,
        reader: &mut impl BufRead,
        line: &mut u64,
        max: u64,
    ) -> Result<Option<Piece>> {
        let mut element = Piece { line: *line, ..Piece::default() };
        let mut state = State::default();
        loop {
            let chunk = reader.fill_buf()?;
            if chunk.is_empty() {
                return Ok(self.end(element, *line));
            }
            let mut n_read = 0;
            let mut is_complete = false;
            for &byte in chunk {
                n_read += 1;
                *line += u64::from(byte == b'\n');
                if element.n_bytes == 0 && self.is_between(byte) {
                    continue;
                }
                if state.is_outside() && matches!(byte, b',' | b']') {
                    self.in_array &= byte == b',';
                    is_complete = true;
                    break;
                }
                if element.n_bytes == 0 {
                    element.line = *line;
                }
                element.push(&[byte], max);
                state.see(byte);
                if state.is_outside() && matches!(byte, b'}' | b']') {
                    is_complete = true;
                    break;
                }
            }
            reader.consume(n_read);
            if is_complete && element.n_bytes > 0 {
                return Ok(Some(element));
            }
            if is_complete {
                return Ok(Some(Piece {
                    problem: Some("expected a JSON object, found ] without a [ before it"),
                    ..element
                }));
            }
        }
    }

    /// What a stream ends with: the element that it cuts off, or why it cannot end here.
    fn end(&mut self, element: Piece, line: u64) -> Option<Piece> {
        let in_array = std::mem::take(&mut self.in_array);
        let is_empty = !std::mem::replace(&mut self.has_begun, true);
        if element.n_bytes > 0 {
            return Some(element);
        }
        let problem = if in_array {
            "expected ] at the end of the array, found the end of the file"
        } else if is_empty {
            "expected a JSON object or an array of them, found an empty file"
        } else {
            return None;
        };
        Some(Piece { line, problem: Some(problem), ..element })
    }

    /// Blanks, commas, and the brackets of the array itself stand before an element.
    fn is_between(&mut self, byte: u8) -> bool {
        if byte.is_ascii_whitespace() {
            return true;
        }
        self.has_begun = true;
        match byte {
            b',' => true,
            b'[' if !self.in_array => {
                self.in_array = true;
                true
            }
            b']' if self.in_array => {
                self.in_array = false;
                true
            }
            _ => false,
        }
    }
}

#[derive(Debug, Default)]
struct State {
    depth: usize,
    in_string: bool,
    is_escaped: bool,
}

impl State {
    fn is_outside(&self) -> bool {
        self.depth == 0 && !self.in_string
    }

    fn see(&mut self, byte: u8) {
        match byte {
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' if self.in_string => self.is_escaped = true,
            b'"' => self.in_string = !self.in_string,
            b'{' | b'[' if !self.in_string => self.depth += 1,
            b'}' | b']' if !self.in_string => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}
