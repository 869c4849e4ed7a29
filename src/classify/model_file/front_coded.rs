//! Sorted terms in little room: each without the bytes that it shares with the one before.

use crate::vectorize::Vocabulary;

/// Terms in order, each without the bytes that it shares with the one before; lengths saturate at 255 in one byte, as
/// shared bytes do, and a length of 255 means that four bytes of length follow.
pub(super) fn write_terms(vocabulary: &Vocabulary) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut last = "";
    for term in vocabulary.iter() {
        let shared = last.bytes().zip(term.bytes()).take_while(|(a, b)| a == b).count().min(255);
        let rest = &term.as_bytes()[shared..];
        bytes.push(u8::try_from(shared).expect("at most 255"));
        match u8::try_from(rest.len()) {
            Ok(len) if len < 255 => bytes.push(len),
            _ => {
                bytes.push(255);
                bytes.extend(u32::try_from(rest.len()).unwrap_or(u32::MAX).to_le_bytes());
            }
        }
        bytes.extend(rest);
        last = term;
    }
    bytes
}

pub(super) fn read_terms(mut bytes: &[u8]) -> Option<Vocabulary> {
    let mut terms: Vec<String> = Vec::new();
    let mut term: Vec<u8> = Vec::new();
    while let Some((&[shared, short], rest)) = bytes.split_first_chunk() {
        bytes = rest;
        let mut len = usize::from(short);
        if short == 255 {
            let (long, rest) = bytes.split_first_chunk()?;
            (len, bytes) = (u32::from_le_bytes(*long) as usize, rest);
        }
        let (rest, behind) = bytes.split_at_checked(len)?;
        if usize::from(shared) > term.len() {
            return None;
        }
        term.truncate(usize::from(shared));
        term.extend(rest);
        bytes = behind;
        terms.push(String::from_utf8(term.clone()).ok()?);
    }
    if !bytes.is_empty() {
        return None;
    }
    Vocabulary::from_sorted(terms.iter().map(String::as_str)).ok()
}
