//! Byte streams to UTF-8: the head of a stream, byte-order marks, UTF-16.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::PathBuf;

use encoding_rs::{Decoder, Encoding, UTF_8};

use super::Limits;
use crate::article::encoding::{check_text, decode};
use crate::error::{Error, Result};

/// How much of a stream is looked at before it is read.
const HEAD: usize = 64 * 1024;

/// A stream without byte-order mark, in an encoding that keeps ASCII bytes, and a copy of its first bytes.
pub(super) fn open(mut reader: Box<dyn Read + Send>, file: &str) -> Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let read_head = |reader: &mut dyn Read| -> Result<Vec<u8>> {
        let mut head = Vec::new();
        reader.take(HEAD as u64).read_to_end(&mut head).map_err(|e| Error::io(file, "read", e))?;
        Ok(head)
    };
    let mut head = read_head(&mut reader)?;
    check_text(&head, file)?;
    if let Some((encoding, length)) = Encoding::for_bom(&head) {
        head.drain(..length);
        if encoding != UTF_8 {
            reader = decoded(Box::new(Cursor::new(head).chain(reader)), encoding.name());
            head = read_head(&mut reader)?;
        }
    }
    Ok((head.clone(), Box::new(Cursor::new(head).chain(reader))))
}

/// The stream in UTF-8; what is no text in its encoding is U+FFFD there. An encoding of an unknown name is UTF-8.
pub(super) fn decoded(inner: Box<dyn Read + Send>, encoding: &str) -> Box<dyn Read + Send> {
    let encoding = Encoding::for_label(encoding.as_bytes()).unwrap_or(UTF_8);
    let decoder = encoding.new_decoder_without_bom_handling();
    Box::new(Utf8Reader { inner, decoder, ready: Cursor::default() })
}

/// A stream as a file in which one can go back and forth: the one at the path if that begins with the signature (it may be
/// compressed), else a copy without a name.
pub(super) fn seekable(
    reader: impl Read,
    path: Option<PathBuf>,
    signature: &[u8],
    limits: &Limits,
) -> io::Result<File> {
    if let Some(mut file) = path.map(File::open).transpose()? {
        let mut head = Vec::new();
        (&mut file).take(signature.len() as u64).read_to_end(&mut head)?;
        if head == signature {
            file.rewind()?;
            return Ok(file);
        }
    }
    let mut copy = tempfile::tempfile()?;
    let most = limits.max_unpacked_bytes;
    if io::copy(&mut reader.take(most.saturating_add(1)), &mut copy)? > most {
        let problem = format!("expected at most {most} bytes unpacked (--max-unpacked-bytes), found more");
        return Err(io::Error::other(problem));
    }
    copy.rewind()?;
    Ok(copy)
}

/// Decodes a stream as it is read.
struct Utf8Reader<R> {
    inner: R,
    decoder: Decoder,
    ready: Cursor<Vec<u8>>,
}

impl<R: Read> Read for Utf8Reader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.ready.read(out)?;
            if n > 0 || out.is_empty() {
                return Ok(n);
            }
            let mut raw = [0; 8192];
            let n_raw = self.inner.read(&mut raw)?;
            if n_raw == 0 {
                return Ok(0);
            }
            let mut text =
                String::with_capacity(self.decoder.max_utf8_buffer_length(n_raw).unwrap_or(4 * n_raw));
            let _ = self.decoder.decode_to_string(&raw[..n_raw], &mut text, false);
            self.ready = Cursor::new(text.into_bytes());
        }
    }
}

/// Decodes the records of one stream: the first that is not UTF-8 decides the encoding of all that are not.
#[derive(Debug, Default)]
pub(super) struct RecordDecoder {
    encoding: Option<&'static str>,
}

impl RecordDecoder {
    /// Sees a whole record before its fields are asked for.
    pub(super) fn look_at(&mut self, record: &[u8]) {
        if self.encoding.is_none() && std::str::from_utf8(record).is_err() {
            self.encoding = Some(decode(record, None).encoding);
        }
    }

    /// The field's text; `n_replaced` grows by the sequences that are no text.
    pub(super) fn text<'f>(&self, field: &'f [u8], n_replaced: &mut usize) -> Cow<'f, str> {
        if let Ok(text) = std::str::from_utf8(field) {
            return Cow::Borrowed(text);
        }
        let decoded = decode(field, self.encoding);
        *n_replaced += decoded.n_replaced;
        Cow::Owned(decoded.text)
    }
}
