//! Structures of Thrift's compact protocol, in which Parquet writes its metadata and the headers of its pages.
//!
//! They are walked through before the crate reads them: for it a list of truth values takes no bytes, whatever length it
//! says, and a few bytes keep it busy for seconds.
//!
//! The protocol: <https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md>.

use std::io::Read;

/// Structures within each other, at most; as many as the crate reads.
const DEEPEST: usize = 64;

/// A number of a structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// The field in which its structure stands, if that is not the outermost.
    pub(super) within: Option<i64>,
    /// Its field.
    pub(super) field: i64,
    pub(super) value: i64,
}

/// Walks through the structure that `reader` begins with, hands the numbers of it and of the structures right within it to `each`,
/// and says how many bytes it takes; fails if it does not end.
pub(super) fn walk(reader: impl Read, each: &mut dyn FnMut(Number)) -> Result<u64, String> {
    let mut walk = Walk { reader, n_read: 0, each };
    walk.structure(0, None)?;
    Ok(walk.n_read)
}

struct Walk<'e, R> {
    reader: R,
    n_read: u64,
    each: &'e mut dyn FnMut(Number),
}

impl<R: Read> Walk<'_, R> {
    fn structure(&mut self, depth: usize, within: Option<i64>) -> Result<(), String> {
        let mut field = 0_i64;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Ok(());
            }
            field = match head >> 4 {
                0 => self.number()?,
                more => field.saturating_add(i64::from(more)),
            };
            match head & 0x0f {
                // A truth value stands in the head.
                1 | 2 => {}
                4..=6 => {
                    let value = self.number()?;
                    if depth < 2 {
                        (self.each)(Number { within, field, value });
                    }
                }
                kind => self.value(kind, depth, field)?,
            }
        }
    }

    /// Skips a value, of a field or of a list.
    fn value(&mut self, kind: u8, depth: usize, field: i64) -> Result<(), String> {
        if depth == DEEPEST {
            return Err(format!("structures must stand at most {DEEPEST} within each other"));
        }
        match kind {
            1..=3 => self.byte().map(drop),
            4..=6 => self.number().map(drop),
            7 => self.skip(8),
            8 => self.length().and_then(|n| self.skip(n)),
            9 | 10 => {
                let head = self.byte()?;
                let n = if head >> 4 == 15 { self.length()? } else { u64::from(head >> 4) };
                (0..n).try_for_each(|_| self.value(head & 0x0f, depth + 1, field))
            }
            11 => {
                let n = self.length()?;
                let kinds = if n > 0 { self.byte()? } else { 0 };
                (0..n).try_for_each(|_| {
                    self.value(kinds >> 4, depth + 1, field)?;
                    self.value(kinds & 0x0f, depth + 1, field)
                })
            }
            12 => self.structure(depth + 1, Some(field)),
            13 => self.skip(16),
            _ => Err(format!("the kind of a value must be 1 to 13, found {kind}")),
        }
    }

    fn number(&mut self) -> Result<i64, String> {
        let coded = self.length()?;
        Ok((coded >> 1).cast_signed() ^ -(coded & 1).cast_signed())
    }

    fn length(&mut self) -> Result<u64, String> {
        let mut length = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            length |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(length);
            }
        }
        Err("a number must take at most ten bytes".to_owned())
    }

    fn byte(&mut self) -> Result<u8, String> {
        let mut byte = [0];
        self.reader.read_exact(&mut byte).map_err(|e| e.to_string())?;
        self.n_read += 1;
        Ok(byte[0])
    }

    fn skip(&mut self, n: u64) -> Result<(), String> {
        let n_skipped = std::io::copy(&mut (&mut self.reader).take(n), &mut std::io::sink())
            .map_err(|e| e.to_string())?;
        self.n_read += n_skipped;
        if n_skipped < n { Err("a structure must end".to_owned()) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(bytes: &[u8]) -> Result<(Vec<Number>, u64), String> {
        let mut numbers = Vec::new();
        let length = walk(bytes, &mut |number| numbers.push(number))?;
        Ok((numbers, length))
    }

    #[test]
    fn numbers_are_told_and_all_else_is_walked_through() {
        let bytes = [
            0x15, 0x04, // field 1, a number: 2
            0x18, 0x02, b'a', b'b', // field 2: two bytes
            0x11, // field 3: true
            0x19, 0x21, 1, 2, // field 4, a list of two truth values
            0x1c, 0x55, 0x03, // field 5, a structure with field 5: -2
            0x1c, 0x15, 0x02, 0, // ... and one within
            0, // ... and its end
            0x1b, 1, 0x58, 6, 1, b'x', // field 6, a map from number to bytes
            0x06, 0x28, 0x80, 0x01, // field 20, by its number: 64
            0x17, 0, 0, 0, 0, 0, 0, 0, 0, // field 21: eight bytes
            0, 99,
        ];
        let number = |within, field, value| Number { within, field, value };
        let expected = vec![number(None, 1, 2), number(Some(5), 5, -2), number(None, 20, 64)];
        assert_eq!(walked(&bytes), Ok((expected, bytes.len() as u64 - 1)));
        for n in 0..bytes.len() - 1 {
            assert!(walked(&bytes[..n]).is_err(), "{n}");
        }
    }

    #[test]
    fn a_list_cannot_be_longer_than_what_follows_and_nesting_ends() {
        let many_truths = [0x19, 0xf1, 0xff, 0xff, 0xff, 0xff, 0x07, 0, 0];
        assert!(walked(&many_truths).is_err());
        let deep = |n: usize| [vec![0x1c; n], vec![0; n + 1]].concat();
        assert!(walked(&deep(DEEPEST)).is_ok());
        assert!(walked(&deep(DEEPEST + 1)).is_err());
        assert!(walked(&[0x15, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]).is_err());
    }
}
