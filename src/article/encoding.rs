//! Bytes to text: byte-order marks, UTF-8, declared and detected encodings.
//!
//! Decoding never fails: what is no text in the encoding becomes U+FFFD and is counted. What is no text in any
//! encoding (a picture, an archive) is refused before, by [`check_text`].

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, Result};
use crate::text::Span;

/// How many bytes are looked at for a mark of a binary file or a declared encoding.
const HEAD: usize = 8192;

/// First bytes of files that people drop into a folder of articles by mistake.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (perhaps a word processor's document)"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"\x7fELF", "a program"),
];

/// Text with the way back to the bytes that it was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte-order mark.
    pub text: String,
    /// Name of the encoding in the WHATWG standard: `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    /// How many malformed sequences became U+FFFD.
    pub n_replaced: usize,
    /// Places in text and source where the distance between the two changes, in order.
    anchors: Vec<(usize, usize)>,
}

impl Decoded {
    /// The span in the bytes of the source for a span of the text.
    pub fn source_span(&self, span: Span) -> Span {
        Span::new(self.source_offset(span.start), self.source_offset(span.end))
    }

    fn source_offset(&self, offset: usize) -> usize {
        let after = self.anchors.partition_point(|&(text, _)| text <= offset);
        let (text, source) = after.checked_sub(1).map_or((0, 0), |i| self.anchors[i]);
        // A malformed sequence is longer as text than as bytes; what follows must not lie behind the next place.
        let next = self.anchors.get(after).map_or(usize::MAX, |&(_, source)| source);
        (source + (offset - text)).min(next)
    }
}

/// Refuses bytes that are not text in any encoding.
///
/// # Errors
///
/// [`ErrorKind::Record`](crate::ErrorKind::Record) if the bytes begin like a known binary format or hold a NUL
/// and are not UTF-16.
pub fn check_text(bytes: &[u8], place: &str) -> Result<()> {
    if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(Error::record(place, format!("expected text, found {what}")));
    }
    if byte_order_mark(bytes).is_some() || utf16_without_mark(bytes).is_some() {
        return Ok(());
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    match head.iter().position(|&b| b == 0) {
        Some(at) => Err(Error::record(place, format!("expected text, found binary data (NUL at byte {at})"))),
        None => Ok(()),
    }
}

/// The text of a whole file.
///
/// A byte-order mark decides, then `declared` (a label such as `iso-8859-1` from the file itself) unless the bytes
/// are valid UTF-8, then detection. A file that is UTF-8 but for a few bytes is read as UTF-8.
///
/// # Examples
///
/// ```
/// use newsbeat::article::encoding::decode;
///
/// let decoded = decode(b"Germ\xe1n Pi\xf1eros escribi\xf3 desde Florencia", None);
/// assert_eq!(decoded.text, "Germán Piñeros escribió desde Florencia");
/// assert_eq!(decoded.encoding, "windows-1252");
/// ```
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, length)) = byte_order_mark(bytes) {
        return decode_as(bytes, length, encoding);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), encoding: UTF_8.name(), ..Decoded::default() };
    }
    let encoding = utf16_without_mark(bytes)
        .or_else(|| declared.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|e| *e != UTF_8))
        .unwrap_or_else(|| detect(bytes));
    decode_as(bytes, 0, encoding)
}

/// The encoding of bytes that are not valid UTF-8 as a whole.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let (mut letters, mut malformed) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        malformed += usize::from(!chunk.invalid().is_empty());
    }
    // Accented letters of another encoding form valid UTF-8 sequences by chance only.
    if letters > 4 * malformed {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn byte_order_mark(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(bytes)
}

/// UTF-16 has NULs at every other place of plain Latin text.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    let units = head.len() / 2;
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|&&b| b == 0).count();
    let (high, low) = (zeros(0), zeros(1));
    if units < 4 {
        None
    } else if low * 4 > units * 3 && high == 0 {
        Some(UTF_16LE)
    } else if high * 4 > units * 3 && low == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn decode_as(bytes: &[u8], start: usize, encoding: &'static Encoding) -> Decoded {
    let mut decoded = Decoded { encoding: encoding.name(), ..Decoded::default() };
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let one_for_one = encoding.is_ascii_compatible();
    let mut at = start;
    if start > 0 {
        decoded.anchors.push((0, start));
    }
    decoded.text.reserve(bytes.len());
    let mut is_whole = true;
    while at < bytes.len() {
        // ASCII runs keep the distance between text and source; other bytes are fed one by one, so that each
        // character's place is known, and so is the byte that may be the second of a character.
        let run =
            if one_for_one && is_whole { bytes[at..].iter().take_while(|b| b.is_ascii()).count() } else { 0 };
        let end = at + run.max(1);
        let length = decoded.text.len();
        decoded.feed(&mut decoder, &bytes[at..end], false);
        at = end;
        // Bytes that complete no character belong to the next one.
        is_whole = decoded.text.len() > length;
        if is_whole {
            let added = &decoded.text.as_bytes()[length..];
            let n_ascii = added.iter().rev().take_while(|byte| byte.is_ascii()).count();
            // ASCII behind what is malformed stands for itself.
            if one_for_one && n_ascii < added.len() {
                decoded.anchor(decoded.text.len() - n_ascii, at - n_ascii);
            }
            decoded.anchor(decoded.text.len(), at);
        }
    }
    decoded.feed(&mut decoder, &[], true);
    decoded.anchor(decoded.text.len(), at);
    decoded
}

impl Decoded {
    fn feed(&mut self, decoder: &mut Decoder, mut bytes: &[u8], last: bool) {
        loop {
            let needed = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len());
            self.text.reserve(needed);
            let (result, read, had_errors) = decoder.decode_to_string(bytes, &mut self.text, last);
            self.n_replaced += usize::from(had_errors);
            bytes = &bytes[read..];
            if result == CoderResult::InputEmpty {
                return;
            }
        }
    }

    /// Notes that a place of the text is one of the source.
    fn anchor(&mut self, text: usize, source: usize) {
        if self.source_offset(text) != source {
            self.anchors.push((text, source));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span_of(decoded: &Decoded, word: &str) -> Span {
        let start = decoded.text.find(word).unwrap();
        decoded.source_span(Span::new(start, start + word.len()))
    }

    #[test]
    fn latin_1_is_detected_and_spans_lead_back_to_its_bytes() {
        let bytes = b"Germ\xe1n Pi\xf1eros escribi\xf3 desde Florencia, Caquet\xe1. Fin";
        let decoded = decode(bytes, None);
        assert_eq!(decoded.text, "Germán Piñeros escribió desde Florencia, Caquetá. Fin");
        assert_eq!(decoded.n_replaced, 0);
        assert_eq!(&bytes[span_of(&decoded, "Fin").range()], b"Fin");
        assert_eq!(&bytes[span_of(&decoded, "Caquetá").range()], b"Caquet\xe1");
    }

    #[test]
    fn a_byte_order_mark_is_not_text() {
        let decoded = decode(b"\xef\xbb\xbfNews", None);
        assert_eq!(decoded.text, "News");
        assert_eq!(span_of(&decoded, "News"), Span::new(3, 7));
        assert_eq!(decode(b"\xef\xbb\xbf", None).text, "");
    }

    #[test]
    fn utf_16_is_read_with_and_without_its_mark() {
        let units = "Zürich – news".encode_utf16();
        let little: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
        let decoded = decode(&little, None);
        assert_eq!(decoded.text, "Zürich – news");
        assert_eq!(span_of(&decoded, "news"), Span::new(18, 26));
        let marked =
            [b"\xfe\xff".to_vec(), "Berlin".encode_utf16().flat_map(u16::to_be_bytes).collect()].concat();
        assert_eq!(decode(&marked, None).text, "Berlin");
        check_text(&little, "a").unwrap();
        check_text(&marked, "a").unwrap();
    }

    #[test]
    fn a_few_bad_bytes_in_utf_8_are_replaced_and_counted() {
        let bytes = b"\xe2\x80\x9cCaf\xc3\xa9\xe2\x80\x9d \xe2\x80\x94 na\xc3\xafve \xff end";
        let decoded = decode(bytes, None);
        assert_eq!(decoded.text, "“Café” — naïve \u{fffd} end");
        assert_eq!((decoded.encoding, decoded.n_replaced), ("UTF-8", 1));
        assert_eq!(&bytes[span_of(&decoded, "end").range()], b"end");
    }

    #[test]
    fn a_declared_encoding_is_believed_unless_the_bytes_are_utf_8() {
        assert_eq!(decode(b"\xcc\xee\xf1\xea\xe2\xe0", Some("windows-1251")).text, "Москва");
        assert_eq!(decode("Müller".as_bytes(), Some("iso-8859-1")).text, "Müller");
    }

    #[test]
    fn places_in_double_byte_encodings_never_go_back() {
        // the second byte of a character may be a letter, or none that it can be
        let bytes = b"\x8d\x62orxt \x8d\x31two \x8d\nthree \x8d";
        for encoding in ["shift_jis", "gb18030", "big5", "euc-kr"] {
            let decoded = decode(bytes, Some(encoding));
            assert_eq!(&bytes[span_of(&decoded, "two").range()], b"two", "{encoding}");
            assert_eq!(&bytes[span_of(&decoded, "three").range()], b"three", "{encoding}");
            let places: Vec<usize> = (0..=decoded.text.len()).map(|at| decoded.source_offset(at)).collect();
            assert!(places.is_sorted() && places.last() == Some(&bytes.len()), "{encoding}: {places:?}");
        }
    }

    #[test]
    fn binary_files_are_refused_by_name_or_by_nul() {
        let error = check_text(b"%PDF-1.7 ...", "a.txt").unwrap_err();
        assert_eq!(error.to_string(), "a.txt: expected text, found a PDF document");
        let error = check_text(b"ab\0\0\0cdefgh\x01\x02", "a.txt").unwrap_err();
        assert_eq!(error.to_string(), "a.txt: expected text, found binary data (NUL at byte 2)");
        check_text(b"", "empty").unwrap();
    }
}
