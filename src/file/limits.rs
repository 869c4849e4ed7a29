//! How much an input may ask for.

/// What one input may ask for at most, so that none takes all memory. What goes over a limit is rejected with its place and
/// its reason, and the rest goes on.
///
/// | name | default | of what | range |
/// |---|---|---|---|
/// | `max_record_bytes` | 16 MiB, a saved page with its pictures in it | bytes of a file of one article, of a row, of a line or of a JSON object; a tag of a page, a field and a JSON value count as [`NODE_BYTES`] at least | at most [`MOST_BYTES`](Self::MOST_BYTES) |
/// | `max_article_bytes` | 4 MiB, more than *War and Peace* | bytes of text of an article; a paragraph counts as [`PARAGRAPH_BYTES`] at least | at most [`MOST_BYTES`](Self::MOST_BYTES) |
/// | `max_field_bytes` | 64 KiB | bytes of a headline, an identifier, a label, a kept column: every field but the text | |
/// | `max_depth` | 2,000, four times what browsers show | elements of a page or values of a JSON object within each other; JSON is never read deeper than 127 | at most [`DEEPEST`](Self::DEEPEST) |
/// | `max_unpacked_bytes` | 64 GiB | bytes that a compressed file or an archive unpacks to | |
/// | `max_ratio` | 200, where news packs to a third and repeated rows to a fiftieth | unpacked bytes for each packed one, once there are [`RATIO_FROM`](Self::RATIO_FROM) of them | |
/// | `max_entries` | 100,000 | files in an archive | |
/// | `max_training_bytes` | 256 MiB: 20 Newsgroups, 22 MB with 1.1 million words and pairs of words in 20 groups, take 229 | bytes of memory that learning takes, as training reckons them from terms, labels and documents; over it, it stops | |
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file of one article, of a row, of a line or of a JSON object.
    pub max_record_bytes: u64,
    /// Bytes of text of an article.
    pub max_article_bytes: u64,
    /// Bytes of any field but the text.
    pub max_field_bytes: u64,
    /// Elements or values within each other.
    pub max_depth: usize,
    /// Bytes that a compressed file or an archive unpacks to.
    pub max_unpacked_bytes: u64,
    /// Unpacked bytes for each packed one.
    pub max_ratio: u64,
    /// Files in an archive.
    pub max_entries: usize,
    /// Bytes of memory that training takes.
    pub max_training_bytes: u64,
}

/// What a tag of a page, a field of a row or a value of a JSON object counts for at least, in bytes of a record.
pub const NODE_BYTES: u64 = 64;

/// What a paragraph counts for at least, in bytes of an article.
pub const PARAGRAPH_BYTES: u64 = 128;

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_record_bytes: 16 << 20,
            max_article_bytes: 4 << 20,
            max_field_bytes: 64 << 10,
            max_depth: Self::DEEPEST,
            max_unpacked_bytes: 64 << 30,
            max_ratio: 200,
            max_entries: 100_000,
            max_training_bytes: 256 << 20,
        }
    }
}

impl Limits {
    /// The deepest nesting that can be asked for: what the stack of a reader is made for.
    pub const DEEPEST: usize = 2_000;

    /// The longest record and article that can be asked for, 256 MiB: ten terms at most begin at a byte, and are counted in 32 bits.
    pub const MOST_BYTES: u64 = 256 << 20;

    /// The deepest nesting of JSON that is read.
    pub const DEEPEST_JSON: usize = 127;

    /// Unpacked bytes from which on their ratio to the packed ones is looked at: a few kilobytes of one letter are no bomb.
    pub const RATIO_FROM: u64 = 16 << 20;

    /// Why a record is too large; `None` if `n_bytes`, with `n_nodes` of them tags, fields or values, are not too many.
    pub fn record(&self, n_bytes: u64, n_nodes: u64) -> Option<String> {
        let max = self.max_record_bytes.min(Self::MOST_BYTES);
        if n_bytes > max {
            Some(format!("expected at most {max} bytes of one record (--max-record-bytes), found more"))
        } else if n_nodes.saturating_mul(NODE_BYTES) > max {
            let most = max / NODE_BYTES;
            Some(format!(
                "expected at most {most} tags, fields or values in one record (a {NODE_BYTES}th of --max-record-bytes), \
                 found {n_nodes}"
            ))
        } else {
            None
        }
    }

    /// Why an article is too large; `None` if its paragraphs of these lengths are not too long together.
    pub fn article(&self, paragraphs: impl Iterator<Item = usize>) -> Option<String> {
        let n_bytes = weight(paragraphs);
        let max = self.max_article_bytes.min(Self::MOST_BYTES);
        (n_bytes > max).then(|| {
            format!(
                "expected at most {max} bytes of text, or a {PARAGRAPH_BYTES}th of it paragraphs, in one article \
                 (--max-article-bytes), found {n_bytes}"
            )
        })
    }

    /// Why a field is too long; `None` if it is not.
    pub fn field(&self, name: &str, n_bytes: usize) -> Option<String> {
        (n_bytes as u64 > self.max_field_bytes).then(|| {
            format!(
                "expected at most {} bytes of {name} (--max-field-bytes), found {n_bytes}",
                self.max_field_bytes
            )
        })
    }

    /// Why a stream unpacks to too much; `None` if it does not. Also for an archive, with what it unpacked to so far.
    pub fn unpacked(&self, n_packed: u64, n_bytes: u64) -> Option<String> {
        let Self { max_unpacked_bytes, max_ratio, .. } = self;
        if n_bytes > *max_unpacked_bytes {
            let flag = "--max-unpacked-bytes";
            Some(format!("expected at most {max_unpacked_bytes} bytes unpacked ({flag}), found more"))
        } else if n_bytes > Self::RATIO_FROM && n_bytes / n_packed.max(1) > *max_ratio {
            let flag = "--max-ratio";
            Some(format!(
                "expected at most {max_ratio} bytes unpacked for each packed one ({flag}), found {n_bytes} for {n_packed}"
            ))
        } else {
            None
        }
    }

    /// Why a JSON text has too many values or too deep ones; `None` if it does not. Looks at brackets, commas and strings only.
    pub fn json(&self, text: &[u8]) -> Option<String> {
        let (n_values, depth) = json_shape(text);
        let limits = Self { max_depth: self.max_depth.min(Self::DEEPEST_JSON), ..*self };
        limits.record(0, n_values).or_else(|| limits.depth("values", depth))
    }

    /// Why something is nested too deep; `None` if it is not.
    pub fn depth(&self, what: &str, depth: usize) -> Option<String> {
        let max = self.max_depth.min(Self::DEEPEST);
        (depth > max)
            .then(|| format!("expected {what} nested at most {max} deep (--max-depth), found {depth}"))
    }
}

/// What paragraphs of these lengths count for, in bytes.
pub fn weight(paragraphs: impl Iterator<Item = usize>) -> u64 {
    paragraphs.map(|length| (length as u64).max(PARAGRAPH_BYTES)).sum()
}

/// How many values a JSON text has about, and how deep they are nested.
fn json_shape(text: &[u8]) -> (u64, usize) {
    let (mut n_values, mut depth, mut deepest) = (1, 0usize, 0);
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => at = end_of_string(text, at + 1),
            b',' | b':' => n_values += 1,
            b'[' | b'{' => {
                n_values += 1;
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    (n_values, deepest)
}

/// The place of the quote that ends a string, or the end of the text.
fn end_of_string(text: &[u8], mut at: usize) -> usize {
    while let Some(found) = text.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += found;
        if text[at] == b'"' {
            return at;
        }
        at += 2;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_at_a_limit_passes_and_what_is_over_it_is_named_with_its_flag() {
        let limits = Limits {
            max_record_bytes: 640,
            max_article_bytes: 256,
            max_field_bytes: 5,
            max_depth: 3,
            ..Limits::default()
        };
        assert_eq!(
            (limits.record(640, 10), limits.field("id", 5), limits.depth("elements", 3)),
            (None, None, None)
        );
        assert_eq!(limits.article([1, 128].into_iter()), None);
        for (problem, flag) in [
            (limits.record(641, 1), "--max-record-bytes"),
            (limits.record(640, 11), "--max-record-bytes"),
            (limits.article([1, 2, 3].into_iter()), "--max-article-bytes"),
            (limits.article([257].into_iter()), "--max-article-bytes"),
            (limits.field("id", 6), "--max-field-bytes"),
            (limits.depth("elements", 4), "--max-depth"),
        ] {
            assert!(problem.as_ref().is_some_and(|problem| problem.contains(flag)), "{flag}: {problem:?}");
        }
    }

    #[test]
    fn no_record_or_article_is_longer_than_its_counts_can_be() {
        let limits = Limits { max_record_bytes: u64::MAX, max_article_bytes: u64::MAX, ..Limits::default() };
        assert_eq!(limits.record(Limits::MOST_BYTES, 0), None);
        assert!(limits.record(Limits::MOST_BYTES + 1, 0).is_some());
        let most = usize::try_from(Limits::MOST_BYTES).unwrap();
        assert_eq!(limits.article([most].into_iter()), None);
        assert!(limits.article([most, 1].into_iter()).is_some());
    }

    #[test]
    fn the_shape_of_json_is_seen_outside_of_strings() {
        assert_eq!(json_shape(br#"{"a":[1,{"b":"]]\"[["}],"c":"[[["}"#), (9, 3));
        assert_eq!(json_shape(b""), (1, 0));
        assert_eq!(json_shape(b"\"abc\\"), (1, 0));
        let deep = b"[".repeat(1_000_000);
        assert!(Limits::default().json(&deep).is_some_and(|p| p.contains("--max-record-bytes")));
        assert!(Limits::default().json(&deep[..128]).is_some_and(|p| p.contains("at most 127 deep")));
        assert_eq!(Limits::default().json(&deep[..127]), None);
    }
}
