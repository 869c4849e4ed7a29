//! Compressed streams, known by their first bytes.

use std::io::{Cursor, Error, Read, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

use super::limits::Limits;

/// Extensions behind the format's own: `news.csv.gz`.
const EXTENSIONS: [&str; 2] = ["gz", "zst"];

const GZIP: &[u8] = b"\x1f\x8b";
const ZSTANDARD: &[u8] = b"\x28\xb5\x2f\xfd";

/// The stream itself, or what its gzip members or Zstandard frames unpack to, as far as the limits allow.
///
/// # Errors
///
/// If its first bytes cannot be read. Reading on is an error where more is unpacked than the limits allow.
pub fn unpacked(mut reader: impl Read + Send + 'static, limits: &Limits) -> Result<Box<dyn Read + Send>> {
    let mut head = Vec::new();
    reader.by_ref().take(ZSTANDARD.len() as u64).read_to_end(&mut head)?;
    let is = |signature: &[u8]| head.starts_with(signature);
    let (is_gzip, is_zstandard) = (is(GZIP), is(ZSTANDARD));
    let n_packed = Arc::<AtomicU64>::default();
    let whole = Counted { inner: Cursor::new(head).chain(reader), n_bytes: Arc::clone(&n_packed) };
    Ok(if is_gzip {
        Box::new(Unpacked::new(MultiGzDecoder::new(whole), n_packed, limits))
    } else if is_zstandard {
        Box::new(Unpacked::new(zstd::Decoder::new(whole)?, n_packed, limits))
    } else {
        Box::new(whole)
    })
}

/// Counts what is read.
struct Counted<R> {
    inner: R,
    n_bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let n = self.inner.read(out)?;
        self.n_bytes.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Stops where too much comes out, in all or of too little.
struct Unpacked<R> {
    inner: R,
    n_packed: Arc<AtomicU64>,
    n_bytes: u64,
    limits: Limits,
}

impl<R> Unpacked<R> {
    fn new(inner: R, n_packed: Arc<AtomicU64>, limits: &Limits) -> Self {
        Self { inner, n_packed, n_bytes: 0, limits: *limits }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let n = self.inner.read(out)?;
        self.n_bytes += n as u64;
        match self.limits.unpacked(self.n_packed.load(Ordering::Relaxed), self.n_bytes) {
            Some(problem) => Err(Error::other(problem)),
            None => Ok(n),
        }
    }
}

/// The name of what a file's name promises to hold: `news.csv` for `news.csv.gz`.
pub fn unpacked_name(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((inner, extension)) if EXTENSIONS.contains(&extension) => inner,
        _ => name,
    }
}
