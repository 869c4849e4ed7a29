//! The elements of a JSON array, one after the other, without the array in memory.

use std::io::{BufRead, Result};

use super::Piece;

/// The next element; `line` counts on. A file without brackets around it is read as elements one after the other. Of an
/// element longer than `max` bytes only the length is kept.
pub(super) fn next(reader: &mut impl BufRead, line: &mut u64, max: u64) -> Result<Option<Piece>> {
    let mut element = Piece { line: *line, ..Piece::default() };
    let mut state = State::default();
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            return Ok((element.n_bytes > 0).then_some(element));
        }
        let mut n_read = 0;
        let mut is_complete = false;
        for &byte in chunk {
            n_read += 1;
            *line += u64::from(byte == b'\n');
            if element.n_bytes == 0 && is_between(byte) {
                continue;
            }
            if state.depth == 0 && !state.in_string && matches!(byte, b',' | b']') {
                is_complete = true;
                break;
            }
            if element.n_bytes == 0 {
                element.line = *line;
            }
            element.push(&[byte], max);
            state.see(byte);
            if state.depth == 0 && !state.in_string && matches!(byte, b'}' | b']') {
                is_complete = true;
                break;
            }
        }
        reader.consume(n_read);
        if is_complete && element.n_bytes > 0 {
            return Ok(Some(element));
        }
    }
}

/// What stands before an element: blanks, commas, the brackets of the array itself.
fn is_between(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'[' | b']' | b',')
}

#[derive(Debug, Default)]
struct State {
    depth: usize,
    in_string: bool,
    is_escaped: bool,
}

impl State {
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
