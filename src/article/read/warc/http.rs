//! The body of an HTTP response as it was before it was cut into chunks and compressed.

use std::io::{Cursor, Read};

use flate2::read::{DeflateDecoder, ZlibDecoder};

use crate::article::read::Limits;
use crate::file::unpacked;

/// The body, by what the response says of its encodings. Crawlers that undo them often leave the fields as they were, so
/// that bytes which are not in such a form are taken as they are.
pub(super) fn body(
    bytes: Vec<u8>,
    transfer: Option<&str>,
    content: Option<&str>,
    limits: &Limits,
) -> Result<Vec<u8>, String> {
    let is_chunked = transfer.is_some_and(|transfer| transfer.to_ascii_lowercase().contains("chunked"));
    let bytes = if is_chunked { joined(&bytes).unwrap_or(bytes) } else { bytes };
    match content.unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "" | "identity" => Ok(bytes),
        "gzip" | "x-gzip" => {
            let reader = unpacked(Cursor::new(bytes), limits).map_err(|e| e.to_string())?;
            whole(reader, limits).map_err(|e| e.to_string())
        }
        "deflate" => Ok(whole(ZlibDecoder::new(&bytes[..]), limits)
            .or_else(|_| whole(DeflateDecoder::new(&bytes[..]), limits))
            .unwrap_or(bytes)),
        _ if bytes.trim_ascii_start().starts_with(b"<") => Ok(bytes),
        other => Err(format!("expected a page as it is, or packed by gzip or deflate, found {other}")),
    }
}

fn whole(reader: impl Read, limits: &Limits) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limits.max_record_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    match limits.record(bytes.len() as u64, 0) {
        Some(problem) => Err(std::io::Error::other(problem)),
        None => Ok(bytes),
    }
}

/// The chunks without their lengths; `None` if they are not chunks.
fn joined(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(bytes.len());
    loop {
        let end = memchr::memchr(b'\n', bytes)?;
        let length = std::str::from_utf8(&bytes[..end]).ok()?.split(';').next()?.trim();
        let length = usize::from_str_radix(length, 16).ok()?;
        bytes = &bytes[end + 1..];
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(bytes.get(..length)?);
        bytes = &bytes[length..];
        bytes = bytes.strip_prefix(b"\r\n").or_else(|| bytes.strip_prefix(b"\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_and_what_is_none_is_left() {
        let limits = Limits::default();
        let read = |bytes: &[u8], content| body(bytes.to_vec(), Some("chunked"), content, &limits);
        assert_eq!(read(b"4\r\n<p>R\r\n3;x=y\r\nain\r\n0\r\n\r\n", None).unwrap(), b"<p>Rain");
        assert_eq!(read(b"<p>Rain", Some("br")).unwrap(), b"<p>Rain");
        assert_eq!(read(b"fff\r\n<p>", None).unwrap(), b"fff\r\n<p>");
        assert!(read(b"\x8b\x03\x80", Some("br")).unwrap_err().ends_with("found br"));
    }
}
