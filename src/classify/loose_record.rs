//! Records as the `csv` crate takes them, whatever they are like.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

/// A record that need not be [plain](super::plain_record::PlainRecord): quotes may stand alone, lines may end in carriage
/// returns. It may be read in pieces; fields behind those that are kept take no memory.
#[derive(Debug)]
pub(super) struct LooseRecord {
    core: Reader,
    n_kept: usize,
    /// The kept fields, one behind the other, then what has been read of the next.
    text: Vec<u8>,
    n_text: usize,
    /// Where each kept field ends.
    ends: Vec<usize>,
    /// Number of fields.
    pub(super) n_fields: usize,
    /// Where the record begins.
    pub(super) start: usize,
    /// True if the bytes end within quotes.
    pub(super) is_open: bool,
    n_breaks: usize,
    /// Line breaks before the last field.
    pub(super) breaks_before_last: usize,
}

impl LooseRecord {
    /// A record of which the first fields are kept.
    pub(super) fn keeping(n_kept: usize, delimiter: u8) -> Self {
        Self {
            core: ReaderBuilder::new().delimiter(delimiter).build(),
            n_kept,
            text: vec![0; 1 << 12],
            n_text: 0,
            ends: Vec::new(),
            n_fields: 0,
            start: 0,
            is_open: false,
            n_breaks: 0,
            breaks_before_last: 0,
        }
    }

    /// Finds the first record at or behind `at`, and answers where it ends, at the end of the bytes at the latest; `None` if
    /// there is none.
    pub(super) fn find(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        self.start = at + leading_breaks(&bytes[at..]);
        if self.start == bytes.len() {
            return None;
        }
        self.begin();
        let (n_bytes, is_whole) = self.read(&bytes[self.start..]);
        self.is_open = !is_whole && !self.end();
        Some(self.start + n_bytes)
    }

    /// Begins a record; the bytes to come must not begin with a line break.
    pub(super) fn begin(&mut self) {
        self.ends.clear();
        (self.n_text, self.n_fields, self.n_breaks, self.breaks_before_last) = (0, 0, 0, 0);
    }

    /// Reads on; how many bytes belong to the record, and whether it ends with them.
    pub(super) fn read(&mut self, bytes: &[u8]) -> (usize, bool) {
        let mut at = 0;
        while at < bytes.len() {
            let (result, n_in, n_out) = self.core.read_field(&bytes[at..], &mut self.text[self.n_text..]);
            self.n_breaks += memchr::memchr_iter(b'\n', &bytes[at..at + n_in]).count();
            at += n_in;
            self.n_text += n_out;
            match result {
                ReadFieldResult::Field { record_end } => {
                    self.end_field();
                    if record_end {
                        return (at, true);
                    }
                    self.breaks_before_last = self.n_breaks;
                }
                ReadFieldResult::OutputFull => self.make_room(),
                ReadFieldResult::InputEmpty | ReadFieldResult::End => {}
            }
        }
        (at, false)
    }

    /// Ends the record where the file ends; false if its last field has a quote that is not closed.
    pub(super) fn end(&mut self) -> bool {
        let breaks = self.n_breaks;
        let (_, is_whole) = self.read(b"\n");
        self.n_breaks = breaks;
        if !is_whole {
            self.core.reset();
        }
        is_whole
    }

    /// The value of a kept field.
    pub(super) fn field(&self, i: usize) -> &[u8] {
        let start = i.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[i]]
    }

    fn end_of_kept(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    fn end_field(&mut self) {
        self.n_fields += 1;
        if self.ends.len() < self.n_kept {
            self.ends.push(self.n_text);
        }
        self.n_text = self.end_of_kept();
    }

    fn make_room(&mut self) {
        let is_kept = self.ends.len() < self.n_kept;
        if is_kept || self.end_of_kept() == self.text.len() {
            self.text.resize(2 * self.text.len(), 0);
        } else {
            self.n_text = self.end_of_kept();
        }
    }
}

/// How many bytes the line breaks before a record take.
pub(super) fn leading_breaks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read_by_csv(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let records = reader.byte_records().map(Result::unwrap);
        records.map(|record| record.iter().map(<[u8]>::to_vec).collect()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn loose_records_are_those_of_csv_but_for_open_quotes(
            text in prop_oneof!["[a,\"\r\n]{0,30}", "((a|\"(a|\"\"|\n|,){0,5}\")(,|\n|\r\n)){0,9}[a,\"]{0,3}"],
            n_kept in 0_usize..5,
        ) {
            let bytes = text.as_bytes();
            let mut expected = read_by_csv(bytes);
            let (mut record, mut at) = (LooseRecord::keeping(n_kept, b','), 0);
            let mut found = Vec::new();
            while let Some(end) = record.find(bytes, at) {
                if record.is_open {
                    prop_assert_eq!(end, bytes.len());
                    expected.pop();
                    break;
                }
                let fields: Vec<_> = (0..record.n_fields.min(n_kept)).map(|i| record.field(i).to_vec()).collect();
                found.push((record.n_fields, fields));
                at = end;
            }
            let kept = |record: Vec<Vec<u8>>| (record.len(), record[..n_kept.min(record.len())].to_vec());
            prop_assert_eq!(found, expected.into_iter().map(kept).collect::<Vec<_>>());
        }
    }

    #[test]
    fn fields_that_are_not_kept_take_no_memory() {
        let mut record = LooseRecord::keeping(1, b',');
        let bytes = format!("{},{}\n", "a".repeat(1 << 12), "b".repeat(1 << 20));
        assert_eq!(record.find(bytes.as_bytes(), 0), Some(bytes.len()));
        assert_eq!((record.n_fields, record.field(0).len()), (2, 1 << 12));
        assert!(record.text.len() <= 1 << 14);
    }
}
