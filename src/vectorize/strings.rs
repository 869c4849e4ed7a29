//! Sorted strings in one buffer.

/// Distinct strings in code-point order, numbered from 0 on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SortedStrings {
    buffer: String,
    ends: Vec<usize>,
}

/// Bytes that strings may take whatever they are written in.
const UNBOUNDED: usize = 16 << 20;

/// Bytes that they may take for each that they are written in; words of news take two.
const MOST_PACKED: usize = 16;

impl SortedStrings {
    /// Adds a string that sorts behind all others.
    pub(super) fn push(&mut self, string: &str) {
        self.buffer.push_str(string);
        self.ends.push(self.buffer.len());
    }

    /// Adds strings that all sort behind these.
    pub(super) fn append(&mut self, others: &Self) {
        let start = self.buffer.len();
        self.buffer.push_str(&others.buffer);
        self.ends.extend(others.ends.iter().map(|end| start + end));
    }

    /// Number of strings.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes of all, without gaps.
    pub(super) fn bytes(&self) -> &[u8] {
        self.buffer.as_bytes()
    }

    /// The string of a number.
    ///
    /// # Panics
    ///
    /// If there is no such string.
    pub(crate) fn get(&self, number: u32) -> &str {
        self.at(number as usize)
    }

    /// The strings in order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|number| self.at(number))
    }

    /// The number of a string.
    pub(super) fn find(&self, string: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.at(middle).cmp(string) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return u32::try_from(middle).ok(),
            }
        }
        None
    }

    fn at(&self, number: usize) -> &str {
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.buffer[start..self.ends[number]]
    }

    /// Whether what is written in so many bytes takes a bounded multiple of them in memory: words that share nearly all with
    /// the one before would take 85 times as many.
    pub(crate) fn is_bounded(&self, n_written: usize) -> bool {
        self.buffer.len() <= UNBOUNDED.max(MOST_PACKED * n_written)
    }

    /// In little room: of each string how many bytes it shares with the one before, how many follow, and those. Lengths
    /// saturate at 255 in one byte, as shared bytes do, and a length of 255 means that four bytes of length follow.
    pub(crate) fn front_coded(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut before = "";
        for string in self.iter() {
            let shared = before.bytes().zip(string.bytes()).take_while(|(a, b)| a == b).count().min(255);
            let rest = &string.as_bytes()[shared..];
            bytes.push(u8::try_from(shared).expect("at most 255"));
            match u8::try_from(rest.len()) {
                Ok(len) if len < 255 => bytes.push(len),
                _ => {
                    bytes.push(255);
                    bytes.extend(u32::try_from(rest.len()).unwrap_or(u32::MAX).to_le_bytes());
                }
            }
            bytes.extend(rest);
            before = string;
        }
        bytes
    }

    /// Reads what [`front_coded`](Self::front_coded) wrote; `None` if the strings are not sorted, distinct and not empty, or not
    /// [bounded](Self::is_bounded).
    pub(crate) fn from_front_coded(mut bytes: &[u8]) -> Option<Self> {
        let most = UNBOUNDED.max(MOST_PACKED * bytes.len());
        let mut buffer: Vec<u8> = Vec::with_capacity(2 * bytes.len());
        let mut ends = Vec::with_capacity(bytes.len() / 8);
        let mut start = 0;
        while let Some((&[shared, short], rest)) = bytes.split_first_chunk() {
            bytes = rest;
            let mut len = usize::from(short);
            if short == 255 {
                let (long, rest) = bytes.split_first_chunk()?;
                (len, bytes) = (u32::from_le_bytes(*long) as usize, rest);
            }
            let (rest, behind) = bytes.split_at_checked(len)?;
            let shared = start + usize::from(shared);
            let end = buffer.len();
            if shared > end || buffer[shared..] >= *rest || end > most {
                return None;
            }
            buffer.extend_from_within(start..shared);
            buffer.extend(rest);
            ends.push(buffer.len());
            (start, bytes) = (end, behind);
        }
        let buffer = String::from_utf8(buffer).ok()?;
        let is_bounded = buffer.len() <= most;
        let is_cut_well = ends.iter().all(|&end| buffer.is_char_boundary(end));
        (bytes.is_empty() && is_cut_well && is_bounded).then_some(Self { buffer, ends })
    }
}

impl<'s> FromIterator<&'s str> for SortedStrings {
    fn from_iter<I: IntoIterator<Item = &'s str>>(sorted: I) -> Self {
        let mut strings = Self::default();
        sorted.into_iter().for_each(|string| strings.push(string));
        strings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn front_coded_strings_read_back(strings in prop::collection::btree_set("[abé]{1,6}|a{250,600}", 0..30)) {
            let strings: SortedStrings = strings.iter().map(String::as_str).collect();
            prop_assert_eq!(SortedStrings::from_front_coded(&strings.front_coded()), Some(strings));
        }

        #[test]
        fn whatever_is_read_is_sorted_and_found(bytes in prop::collection::vec(prop_oneof![0..4_u8, Just(b'a'), Just(b'b')], 0..40)) {
            if let Some(strings) = SortedStrings::from_front_coded(&bytes) {
                let read: Vec<&str> = strings.iter().collect();
                prop_assert!(read.is_sorted_by(|a, b| a < b) && read.first() != Some(&""));
                for (number, string) in (0..).zip(read) {
                    prop_assert_eq!(strings.find(string), Some(number));
                }
            }
        }
    }

    #[test]
    fn words_that_share_nearly_all_are_read_up_to_a_bound() {
        let strings = |n: usize| {
            let words = (0..n).map(|i| format!("{}{i:07}", "a".repeat(248)));
            words.fold(SortedStrings::default(), |mut strings, word| {
                strings.push(&word);
                strings
            })
        };
        for (n, is_read) in [(60_000, true), (90_000, false)] {
            let strings = strings(n);
            let written = strings.front_coded();
            assert_eq!(strings.is_bounded(written.len()), is_read);
            assert_eq!(SortedStrings::from_front_coded(&written).is_some(), is_read);
        }
    }
}
