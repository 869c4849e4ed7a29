//! Holds the tokenizer to the word boundary test of UAX #29; see `tests/parity/unicode/README.md`.

use newsbeat::text::{TokenKind, Tokenizer};

const CASES: &str = include_str!("parity/unicode/WordBreakTest-14.0.0.txt");

/// Lines that later tables cut otherwise: U+2701 is no longer a pictograph, so a joiner does not hold it.
const CUT_OTHERWISE: &[&str] = &["÷ 2701 × 200D × 2701 ÷", "÷ 0061 × 200D × 2701 ÷"];

/// The segments of a line such as `÷ 0061 × 0308 ÷ 0020 ÷`.
fn segments(line: &str) -> Vec<String> {
    line.split('÷')
        .map(|segment| {
            segment
                .split('×')
                .filter_map(|code| u32::from_str_radix(code.trim(), 16).ok())
                .map(|code| char::from_u32(code).expect("the test names characters"))
                .collect::<String>()
        })
        .filter(|segment| !segment.is_empty())
        .collect()
}

/// What a segment looks like as a token; `None` for one that prints nothing.
fn token(segment: &str) -> Option<&str> {
    TokenKind::of(segment)?;
    Some(segment.trim_start_matches([' ', '\t', '\n', '\u{b}', '\u{c}', '\r']))
}

#[test]
fn tokens_are_the_segments_of_unicodes_own_test() {
    let mut n_lines = 0;
    let mut differences = Vec::new();
    for line in CASES.lines().filter(|line| !line.starts_with('#')) {
        n_lines += 1;
        let segments = segments(line);
        let text = segments.concat();
        let expected: Vec<&str> = segments.iter().filter_map(|segment| token(segment)).collect();
        let found: Vec<&str> = Tokenizer::uax29().tokens(&text).map(|token| token.text).collect();
        if (found != expected) != CUT_OTHERWISE.contains(&line) {
            differences.push(format!("{line}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert_eq!(n_lines, 1823);
    assert!(differences.is_empty(), "{} lines differ:\n{}", differences.len(), differences.join("\n"));
}
