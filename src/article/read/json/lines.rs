//! Lines, of which those that are too long are passed over.

use std::io::{BufRead, Result};

use super::Piece;

/// The next line that is not blank; `line` counts on. Of one longer than `max` bytes only the length is kept.
pub(super) fn next(reader: &mut impl BufRead, line: &mut u64, max: u64) -> Result<Option<Piece>> {
    loop {
        let mut piece = Piece { line: *line, ..Piece::default() };
        loop {
            let chunk = reader.fill_buf()?;
            let end = memchr::memchr(b'\n', chunk);
            let n_read = end.map_or(chunk.len(), |at| at + 1);
            let is_complete = chunk.is_empty() || end.is_some();
            piece.push(&chunk[..end.unwrap_or(chunk.len())], max);
            reader.consume(n_read);
            *line += u64::from(end.is_some());
            if is_complete {
                if !piece.bytes.trim_ascii().is_empty() || piece.n_bytes > max {
                    return Ok(Some(piece));
                }
                if n_read == 0 {
                    return Ok(None);
                }
                break;
            }
        }
    }
}
