//! Reading back what spreadsheet programs save.

use super::is_formula;

/// What stands at the head of a file of separated values, behind its byte-order mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preamble {
    /// Between the fields.
    pub delimiter: u8,
    /// Bytes before the line of column names: a `sep=` line, which Excel writes and reads.
    pub n_bytes: usize,
}

impl Preamble {
    /// The delimiter that a `sep=` line names; without one, that which stands most often in the first line outside
    /// quotes, a comma if none does.
    pub fn of(head: &[u8]) -> Self {
        Self::declared(head).unwrap_or_else(|| Self { delimiter: most_frequent(head), n_bytes: 0 })
    }

    /// What a `sep=` line says, if there is one.
    pub fn declared(head: &[u8]) -> Option<Self> {
        let n_quotes = usize::from(head.first() == Some(&b'"'));
        let rest = head.get(n_quotes..)?;
        if !rest.get(..4)?.eq_ignore_ascii_case(b"sep=") {
            return None;
        }
        let delimiter =
            *rest.get(4).filter(|byte| !byte.is_ascii_alphanumeric() && !b"\"\r\n".contains(byte))?;
        let end = rest.get(5 + n_quotes..)?;
        let n_end = if end.starts_with(b"\r\n") { 2 } else { 1 };
        let is_line = n_end == 2 || matches!(end.first(), Some(b'\n' | b'\r'));
        is_line.then_some(Self { delimiter, n_bytes: 2 * n_quotes + 5 + n_end })
    }
}

fn most_frequent(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut is_quoted = false;
    for &byte in head {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            _ if !is_quoted => counts.iter_mut().filter(|(d, _)| *d == byte).for_each(|(_, n)| *n += 1),
            _ => {}
        }
    }
    // The first of equals, which is the comma.
    counts.iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |&(delimiter, _)| delimiter)
}

/// Why a record is none whose quote is not closed, `n_lines` before the end of the file.
pub fn unclosed(n_lines: u64) -> String {
    let lines = if n_lines == 1 { "1 more line is" } else { &format!("{n_lines} more lines are") };
    format!("expected a quote to close the one that opens here, found none to the end; {lines} not read")
}

/// A text without the apostrophe that guards it against being read as a formula.
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula(rest.trim_start_matches('\''))).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_what_the_file_says_or_what_its_first_line_has() {
        for (head, delimiter, n_bytes) in [
            ("sep=;\r\na,b,c;d\r\n", b';', 7),
            ("SEP=|\na|b\n", b'|', 6),
            ("\"sep=;\"\r\na;b\r\n", b';', 9),
            ("sep=\t\na\tb", b'\t', 6),
            ("sep=a,b\n", b',', 0),
            ("sep=", b',', 0),
            ("sep=\n\n", b',', 0),
            ("id;\"a,b,c\";text\n", b';', 0),
            ("id,text;\n", b',', 0),
            ("text\n", b',', 0),
            ("", b',', 0),
        ] {
            assert_eq!(Preamble::of(head.as_bytes()), Preamble { delimiter, n_bytes }, "{head:?}");
        }
    }
}
