//! A Parquet file of which nothing can be read behind its end.

use std::fs::File;
use std::io::{self, Read};

use bytes::Bytes;
use parquet::errors::Result;
use parquet::file::reader::{ChunkReader, Length};

/// A file whose end is an error: the crate skips what a damaged header claims, and reads nothing two thousand million times
/// where that is a list of so many.
pub(super) struct StrictFile(pub(super) File);

/// A part of it.
pub(super) struct StrictRead<R>(R);

impl<R: Read> Read for StrictRead<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer) {
            Ok(0) if !buffer.is_empty() => Err(io::ErrorKind::UnexpectedEof.into()),
            outcome => outcome,
        }
    }
}

impl Length for StrictFile {
    fn len(&self) -> u64 {
        self.0.len()
    }
}

impl ChunkReader for StrictFile {
    type T = StrictRead<<File as ChunkReader>::T>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        self.0.get_read(start).map(StrictRead)
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        self.0.get_bytes(start, length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_an_error_and_what_stands_before_is_not() {
        let mut read = StrictRead(&b"abc"[..]);
        let mut two = [0; 2];
        read.read_exact(&mut two).unwrap();
        assert_eq!(&two, b"ab");
        assert_eq!(read.read(&mut two).unwrap(), 1);
        assert_eq!(read.read(&mut two).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        assert_eq!(read.read(&mut []).unwrap(), 0);
    }
}
