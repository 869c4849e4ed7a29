//! Compressed streams, known by their first bytes.

use std::io::{Cursor, Read, Result};

use flate2::read::MultiGzDecoder;

/// Extensions behind the format's own: `news.csv.gz`.
const EXTENSIONS: [&str; 2] = ["gz", "zst"];

const GZIP: &[u8] = b"\x1f\x8b";
const ZSTANDARD: &[u8] = b"\x28\xb5\x2f\xfd";

/// The stream itself, or what its gzip members or Zstandard frames unpack to.
///
/// # Errors
///
/// If its first bytes cannot be read.
pub fn unpacked(mut reader: impl Read + Send + 'static) -> Result<Box<dyn Read + Send>> {
    let mut head = Vec::new();
    reader.by_ref().take(ZSTANDARD.len() as u64).read_to_end(&mut head)?;
    let is = |signature: &[u8]| head.starts_with(signature);
    let (is_gzip, is_zstandard) = (is(GZIP), is(ZSTANDARD));
    let whole = Cursor::new(head).chain(reader);
    Ok(if is_gzip {
        Box::new(MultiGzDecoder::new(whole))
    } else if is_zstandard {
        Box::new(zstd::Decoder::new(whole)?)
    } else {
        Box::new(whole)
    })
}

/// The name of what a file's name promises to hold: `news.csv` for `news.csv.gz`.
pub fn unpacked_name(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((inner, extension)) if EXTENSIONS.contains(&extension) => inner,
        _ => name,
    }
}
