//! Records as RFC 4180 has them, cut without a copy.
//!
//! # Advice for hackers
//!
//! The `csv` crate takes whatever comes, byte by byte. Nearly all records are well formed, and in those a search for the
//! next quote finds the end of a field at the speed of memory. A record that is not is left to its parser, with all behind it:
//! property tests hold that both together read what `csv` alone reads.

use std::borrow::Cow;
use std::ops::Range;

use super::loose_record::leading_breaks;

/// The fields of a record, by their places.
#[derive(Debug)]
pub(super) struct PlainRecord {
    n_kept: usize,
    /// Where the record begins.
    pub(super) start: usize,
    /// Number of fields.
    pub(super) n_fields: usize,
    /// The kept fields without their quotes.
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    bytes: Range<usize>,
    /// Quotes stand doubled in it.
    is_escaped: bool,
}

impl PlainRecord {
    /// A record of which the first fields are kept.
    pub(super) fn keeping(n_kept: usize) -> Self {
        Self { n_kept, start: 0, n_fields: 0, fields: Vec::new() }
    }

    /// Finds the first record at or behind `at`, and answers where it ends; `None` if there is none, or it is not well
    /// formed.
    pub(super) fn find(&mut self, bytes: &[u8], at: usize, delimiter: u8) -> Option<usize> {
        self.fields.clear();
        self.n_fields = 0;
        self.start = at + leading_breaks(&bytes[at..]);
        let mut start = self.start;
        if start == bytes.len() {
            return None;
        }
        loop {
            let (field, end) = if bytes.get(start) == Some(&b'"') {
                quoted(bytes, start)?
            } else {
                bare(bytes, start, delimiter)?
            };
            self.n_fields += 1;
            if self.fields.len() < self.n_kept {
                self.fields.push(field);
            }
            match &bytes[end..] {
                [] => return Some(end),
                [b'\n', ..] => return Some(end + 1),
                [b'\r', b'\n', ..] => return Some(end + 2),
                &[byte, ..] if byte == delimiter => start = end + 1,
                _ => return None,
            }
        }
    }

    /// The value of a kept field, in the bytes that the record was found in.
    pub(super) fn field<'b>(&self, bytes: &'b [u8], i: usize) -> Cow<'b, [u8]> {
        let Field { bytes: range, is_escaped } = &self.fields[i];
        let mut rest = &bytes[range.clone()];
        if !is_escaped {
            return Cow::Borrowed(rest);
        }
        let mut value = Vec::with_capacity(rest.len());
        while let Some(quote) = memchr::memchr(b'"', rest) {
            value.extend_from_slice(&rest[..=quote]);
            rest = &rest[quote + 2..];
        }
        value.extend_from_slice(rest);
        Cow::Owned(value)
    }
}

/// The field whose opening quote stands at `start`, and one past its closing quote.
fn quoted(bytes: &[u8], start: usize) -> Option<(Field, usize)> {
    let first = start + 1;
    let mut end = first;
    let mut is_escaped = false;
    loop {
        end += memchr::memchr(b'"', &bytes[end..])?;
        if bytes.get(end + 1) != Some(&b'"') {
            return Some((Field { bytes: first..end, is_escaped }, end + 1));
        }
        is_escaped = true;
        end += 2;
    }
}

/// The field without quotes that begins at `start`, and its end.
fn bare(bytes: &[u8], start: usize, delimiter: u8) -> Option<(Field, usize)> {
    let rest = &bytes[start..];
    let stop = memchr::memchr3(delimiter, b'\n', b'"', rest).unwrap_or(rest.len());
    let end = match rest.get(stop) {
        Some(b'"') => return None,
        Some(b'\n') => rest[..stop].strip_suffix(b"\r").map_or(stop, <[u8]>::len),
        _ => stop,
    };
    let is_whole = memchr::memchr(b'\r', &rest[..end]).is_none();
    is_whole.then_some((Field { bytes: start..start + end, is_escaped: false }, start + end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read_by_csv(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(b';').from_reader(bytes);
        let records = reader.byte_records().map(Result::unwrap);
        records.map(|record| record.iter().map(<[u8]>::to_vec).collect()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn plain_records_and_csv_behind_them_are_what_csv_reads(
            text in prop_oneof!["[a;\"\r\n]{0,30}", "((a|\"(a|\"\"|\n|;){0,5}\")(;|\n|\r\n)){0,9}[a;\"]{0,3}"],
        ) {
            let bytes = text.as_bytes();
            let mut record = PlainRecord::keeping(usize::MAX);
            let mut found = Vec::new();
            let mut at = 0;
            while let Some(end) = record.find(bytes, at, b';') {
                found.push((0..record.n_fields).map(|i| record.field(bytes, i).into_owned()).collect());
                at = end;
            }
            found.extend(read_by_csv(&bytes[at..]));
            prop_assert_eq!(found, read_by_csv(bytes));
        }
    }
}
