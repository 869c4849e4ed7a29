//! Model files.

use super::{Case, MODEL, read, refused};
use crate::fuzz_laws::{SEPARATOR, model_of_parts, model_parts};

/// Where the parts of a model stand.
const HEADER: usize = 0;
const PIECES: usize = 1;
const NODE_LENGTHS: usize = 2;
const NODE_PIECES: usize = 3;
const DOCUMENT_FREQUENCY: usize = 4;
const CLASS_COUNT: usize = 5;
const FEATURE_CLASSES: usize = 6;
const FEATURE_ENDS: usize = 7;
const FEATURE_SUMS: usize = 8;

/// The small model with a part of it changed and the checksum that the change asks for.
fn with(part: usize, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let whole = model_parts(&MODEL.to_bytes().unwrap()).unwrap();
    let mut parts: Vec<Vec<u8>> = Vec::new();
    let mut rest = &whole[..];
    while let Some(at) = memchr::memmem::find(rest, SEPARATOR) {
        parts.push(rest[..at].to_vec());
        rest = &rest[at + SEPARATOR.len()..];
    }
    parts.push(rest.to_vec());
    change(&mut parts[part]);
    model_of_parts(&parts.join(SEPARATOR)).unwrap()
}

/// The small model with a text of its header replaced.
fn saying(from: &str, to: &str) -> Vec<u8> {
    with(HEADER, |header| {
        let text = String::from_utf8(header.clone()).unwrap();
        assert!(text.contains(from), "{text}");
        *header = text.replacen(from, to, 1).into_bytes();
    })
}

/// A file of safetensors with this header.
fn safetensors(header: &str, data: &[u8]) -> Vec<u8> {
    [&(header.len() as u64).to_le_bytes(), header.as_bytes(), data].concat()
}

/// The number that stands behind a name in the header.
fn number(name: &str) -> String {
    let parts = model_parts(&MODEL.to_bytes().unwrap()).unwrap();
    let text = String::from_utf8_lossy(&parts).into_owned();
    let start = text.find(&format!("\"{name}\":")).unwrap();
    let end = start + text[start..].find([',', '}']).unwrap();
    text[start..end].to_owned()
}

pub(super) fn cases() -> Vec<Case> {
    let good = MODEL.to_bytes().unwrap();
    let no = |name, bytes: Vec<u8>, reason| refused(name, "m.safetensors", bytes, reason);
    let written = "must be a model file written by newsbeat train";
    let other = |tensor: &str| safetensors(&format!("{{\"a\":{tensor}}}"), &[0; 8]);
    let flip = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        bytes
    };
    let length = usize::try_from(u64::from_le_bytes(good[..8].try_into().unwrap())).unwrap();
    let set = |from: &'static str, to: &'static str| {
        let text = String::from_utf8_lossy(&good[8..8 + length]).into_owned();
        assert!(text.contains(from), "{text}");
        safetensors(&text.replacen(from, to, 1), &good[8 + length..])
    };
    vec![
        no("a model of no byte", Vec::new(), written),
        no("a model of seven bytes", vec![0; 7], written),
        no("text named as a model", b"Troops crossed the border on Monday.".to_vec(), written),
        no("a header of no byte", vec![0; 8], written),
        no("a header of 2^63 bytes", [&(1_u64 << 63).to_le_bytes()[..], b"{}"].concat(), written),
        no("a header longer than the file", [&1000_u64.to_le_bytes()[..], b"{}"].concat(), written),
        no("a header cut off", good[..8 + length / 2].to_vec(), written),
        no("a header that is no JSON", safetensors("not JSON", b""), written),
        no("a header that is no UTF-8", [&4_u64.to_le_bytes()[..], b"{\"\xff\xfe"].concat(), written),
        no("a model cut off", good[..good.len() - 1].to_vec(), written),
        no("a model with a byte behind it", [&good[..], b"x"].concat(), written),
        no(
            "a file of other tensors",
            other("{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}"),
            "another safetensors file",
        ),
        no(
            "a tensor of 2^40 numbers in eight bytes",
            other("{\"dtype\":\"F32\",\"shape\":[1099511627776],\"data_offsets\":[0,8]}"),
            written,
        ),
        no(
            "a tensor whose shape overflows",
            other("{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,4294967296],\"data_offsets\":[0,8]}"),
            written,
        ),
        no(
            "a tensor that ends before it begins",
            other("{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}"),
            written,
        ),
        no(
            "a tensor behind the end",
            other("{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[800,808]}"),
            written,
        ),
        no(
            "a tensor of an unknown type",
            other("{\"dtype\":\"F7\",\"shape\":[2],\"data_offsets\":[0,8]}"),
            written,
        ),
        no(
            "tensors that overlap",
            safetensors(
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}}",
                &[0; 8],
            ),
            written,
        ),
        no("a tensor of another type", set("\"dtype\":\"U16\"", "\"dtype\":\"I16\""), "of the right type"),
        no("a tensor under another name", set("\"pieces\":{", "\"piecez\":{"), "checksum must match"),
        no("a bit of a tensor changed", flip(good.len() - 1), "checksum must match"),
        no(
            "a newer format",
            saying("\"format\":3", "\"format\":4"),
            "format 4 is newer than this program reads (3)",
        ),
        no(
            "an older format",
            saying("\"format\":3", "\"format\":1"),
            "format 1 is older than this program reads (3)",
        ),
        no(
            "a format that is no number",
            saying("\"format\":3", "\"format\":\"two\""),
            "must have a readable header",
        ),
        no(
            "a header with an unknown field",
            saying("\"format\":3", "\"format\":3,\"more\":1"),
            "must have a readable header",
        ),
        no("a header without its labels", saying("\"labels\"", "\"lables\""), "must have a readable header"),
        no("one label for two", saying("[\"security\",\"trade\"]", "[\"security\"]"), "at least two labels"),
        no(
            "three labels for two",
            saying("[\"security\",\"trade\"]", "[\"security\",\"trade\",\"z\"]"),
            "whose lengths fit together",
        ),
        no(
            "labels out of order",
            saying("[\"security\",\"trade\"]", "[\"trade\",\"security\"]"),
            "sorted and distinct",
        ),
        no(
            "a label twice",
            saying("[\"security\",\"trade\"]", "[\"trade\",\"trade\"]"),
            "sorted and distinct",
        ),
        no(
            "a calibration of an infinite scale",
            saying(&number("scale"), "\"scale\":1e999"),
            "must have a readable header",
        ),
        no(
            "a calibration without a scale",
            saying(&number("scale"), "\"scale\":null"),
            "must have a readable header",
        ),
        no(
            "a calibration of a scale below zero",
            saying(&number("scale"), "\"scale\":-1.0"),
            "finite calibration",
        ),
        no(
            "no document",
            saying(&number("n_documents"), "\"n_documents\":0"),
            "document frequencies between 1 and the number",
        ),
        no(
            "a document frequency of zero",
            with(DOCUMENT_FREQUENCY, |bytes| bytes[..8].fill(0)),
            "document frequencies between 1",
        ),
        no(
            "a document frequency of 2^64 - 1",
            with(DOCUMENT_FREQUENCY, |bytes| bytes[..8].fill(255)),
            "document frequencies between 1",
        ),
        no(
            "a term without its frequency",
            with(DOCUMENT_FREQUENCY, |bytes| bytes.truncate(8)),
            "whose lengths fit together",
        ),
        no("no sum of any label", with(CLASS_COUNT, Vec::clear), "whose lengths fit together"),
        no(
            "sums of a label that is not there",
            with(FEATURE_CLASSES, |bytes| bytes[..2].fill(255)),
            "must have sums in order, of its own labels",
        ),
        no(
            "sums that end before they begin",
            with(FEATURE_ENDS, |bytes| bytes[..4].fill(255)),
            "must have sums in order",
        ),
        no("sums that nobody claims", with(FEATURE_ENDS, |bytes| bytes.fill(0)), "must have sums in order"),
        no("a sum of 2^64 - 1", with(FEATURE_SUMS, |bytes| bytes.fill(255)), "sums that fit together"),
        no("no term", with(NODE_LENGTHS, Vec::clear), "whose lengths fit together"),
        no(
            "terms longer than their words",
            with(NODE_LENGTHS, |bytes| bytes[0] = 100),
            "must have sorted terms",
        ),
        no(
            "a word that is not there",
            with(NODE_PIECES, |bytes| bytes[..4].fill(255)),
            "must have sorted terms",
        ),
        no("words out of order", with(NODE_PIECES, |bytes| bytes.rotate_left(4)), "must have sorted terms"),
        no(
            "words that share more than there is",
            with(PIECES, |bytes| bytes[0] = 9),
            "must have sorted terms",
        ),
        no("words that are no UTF-8", with(PIECES, |bytes| bytes[2] = 255), "must have sorted terms"),
        no("words cut off", with(PIECES, |bytes| bytes.truncate(5)), "must have sorted terms"),
        read("a model as it was written", "m.safetensors", good.clone(), 1),
        read("a model put together again", "m.safetensors", with(HEADER, |_| ()), 1),
    ]
}
