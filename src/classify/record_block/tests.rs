use super::super::corpus::RowBlock as _;
use super::*;
use proptest::prelude::*;

fn rows(bytes: &[u8], syntax: Syntax) -> (Vec<(String, String)>, Vec<String>) {
    rows_within(bytes, syntax, Limits::default())
}

fn rows_within(bytes: &[u8], syntax: Syntax, limits: Limits) -> (Vec<(String, String)>, Vec<String>) {
    let options = CorpusOptions { limits, ..CorpusOptions::default() };
    let blocks = Blocks::new(bytes, "c.csv".into(), syntax, &options).unwrap();
    let (mut rows, mut rejects) = (Vec::new(), Vec::new());
    for block in blocks {
        block.unwrap().for_each_row(&mut |row| match row {
            Ok(row) => rows.push((row.label.to_owned(), row.text.to_owned())),
            Err(error) => rejects.push(error.to_string()),
        });
    }
    (rows, rejects)
}

#[test]
fn bad_rows_are_named_by_line_and_the_rest_is_read() {
    let csv = b"\xef\xbb\xbfid,label,text\r\n1,a,\"two\nlines\"\r\n2,a\r\n3,,x\r\n4,b, \r\n5,b,last";
    let (found, rejects) = rows(csv, Syntax::Delimited(b','));
    assert_eq!(found, [("a".into(), "two\nlines".into()), ("b".into(), "last".into())]);
    assert_eq!(
        rejects,
        [
            "c.csv:4: expected 3 fields, found 2",
            "c.csv:5: label must not be empty",
            "c.csv:6: text must not be empty"
        ]
    );
}

#[test]
fn json_lines_take_numbers_as_labels_and_skip_blank_lines() {
    let (found, rejects) = rows(b"{\"label\":1,\"text\":\"x\"}\n\n[]\n", Syntax::JsonLines);
    assert_eq!(found, [("1".into(), "x".into())]);
    assert!(rejects[0].starts_with("c.csv:3: must be a JSON object"), "{rejects:?}");
}

#[test]
fn a_header_may_end_with_the_file_or_stand_behind_blank_lines() {
    let csv = b"\r\n\nlabel,text\r\n\r\na,x\r\nb\r\n";
    let (found, rejects) = rows(csv, Syntax::Delimited(b','));
    assert_eq!(found, [("a".into(), "x".into())]);
    assert_eq!(rejects, ["c.csv:6: expected 2 fields, found 1"]);
    for csv in ["label,text", "label,\"text\""] {
        assert_eq!(rows(csv.as_bytes(), Syntax::Delimited(b',')), (vec![], vec![]));
    }
}

#[test]
fn a_missing_column_is_named_with_those_there() {
    let error =
        Blocks::new(&b"id,text\n"[..], "c.csv".into(), Syntax::Delimited(b','), &CorpusOptions::default());
    assert_eq!(error.unwrap_err().to_string(), "no column \"label\" in c.csv; its columns are: id, text");
}

/// A thousandth of a block, so that a record is over it within a block, at its edge, or beyond several.
const SMALL: Limits = Limits {
    max_record_bytes: 1 << 10,
    max_article_bytes: 4 << 20,
    max_field_bytes: 100,
    max_depth: 2_000,
    max_unpacked_bytes: 64 << 30,
    max_ratio: 200,
    max_entries: 1,
    max_training_bytes: 1 << 30,
};

#[test]
fn records_over_a_limit_are_named_by_line_and_the_rest_is_read() {
    let too_large = "expected at most 1024 bytes of one record (--max-record-bytes), found more";
    for n in [2_000, BLOCK - 30, BLOCK, 3 * BLOCK + 1] {
        let (long, commas) = ("x ".repeat(n / 2), ",".repeat(n));
        let csv = format!(
            "label,text\na,One.\nb,\"{long}\n{long}\"\nb,{long}\n{commas}\n{label},Two.\nb,\"Three\n.\"\n",
            label = "l".repeat(101)
        );
        let (found, rejects) = rows_within(csv.as_bytes(), Syntax::Delimited(b','), SMALL);
        assert_eq!(found, [("a".into(), "One.".into()), ("b".into(), "Three\n.".into())]);
        assert_eq!(
            rejects,
            [
                format!("c.csv:3: {too_large}"),
                format!("c.csv:5: {too_large}"),
                format!("c.csv:6: {too_large}"),
                "c.csv:7: expected at most 100 bytes of label (--max-field-bytes), found 101".to_owned(),
            ]
        );
        let row = |text: &str| format!("{{\"label\":\"a\",\"text\":\"{text}\"}}\n");
        let lines = [row("One."), row(&long), format!("{commas}\n"), row("Two."), row(&long)].concat();
        for lines in [&lines[..], lines.trim_end()] {
            let (found, rejects) = rows_within(lines.as_bytes(), Syntax::JsonLines, SMALL);
            assert_eq!(found, [("a".into(), "One.".into()), ("a".into(), "Two.".into())]);
            assert_eq!(rejects, [2, 3, 5].map(|line| format!("c.csv:{line}: {too_large}")));
        }
    }
    let (_, rejects) = rows_within(b"label,text\na,,,,,,,,,,,,,,,,,\n", Syntax::Delimited(b','), SMALL);
    assert!(rejects[0].starts_with("c.csv:2: expected at most 16 tags, fields or values"), "{rejects:?}");
    let (_, rejects) = rows_within(b"[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]", Syntax::JsonLines, SMALL);
    assert!(rejects[0].starts_with("c.csv:1: expected at most 16 tags, fields or values"), "{rejects:?}");
}

#[test]
fn a_quote_that_is_not_closed_is_named_by_the_line_that_it_opens_in() {
    let problem = "expected a quote to close the one that opens here, found none to the end";
    let head = "label,text\na,\"One\n.\"\n\"b\nb\",\"Two.\n";
    for (n, ends) in [(0, ""), (2, ""), (2, "c,\"\"x\"\""), (20, "y"), (300_000, ""), (300_000, "c,z")] {
        let csv = format!("{head}{}{ends}", "c,Three.\n".repeat(n));
        let (found, rejects) = rows_within(csv.as_bytes(), Syntax::Delimited(b','), SMALL);
        assert_eq!(found, [("a".into(), "One\n.".into())]);
        let lines = match n + usize::from(!ends.is_empty()) {
            1 => "1 more line is".to_owned(),
            n => format!("{n} more lines are"),
        };
        assert_eq!(rejects, [format!("c.csv:5: {problem}; {lines} not read")]);
    }
    for (header, expected) in [
        ("label,\"text\na,One.\n", "c.csv:1: expected a quote to close"),
        (&format!("label,\"{}\na,One.\n", "x\n".repeat(BLOCK)), "c.csv:1: expected at most 1024 bytes"),
        (&format!("label,text{}\na,One.\n", ",".repeat(17)), "c.csv:1: expected at most 16 tags"),
    ] {
        let options = CorpusOptions { limits: SMALL, ..CorpusOptions::default() };
        let error = Blocks::new(header.as_bytes(), "c.csv".into(), Syntax::Delimited(b','), &options);
        let error = error.unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn a_lone_quote_or_carriage_returns_do_not_keep_a_large_file_from_being_read() {
    let quoted = format!("label,text\na,5\" pipe\n{}", "b,\"x\"\n".repeat(BLOCK / 4));
    let (found, rejects) = rows_within(quoted.as_bytes(), Syntax::Delimited(b','), SMALL);
    assert_eq!((found.len(), &rejects[..]), (1 + BLOCK / 4, &[][..]));
    let returns = quoted.replace('\n', "\r");
    let (found, rejects) = rows_within(returns.as_bytes(), Syntax::Delimited(b','), SMALL);
    assert_eq!((found.len(), &rejects[..]), (1 + BLOCK / 4, &[][..]));
}

proptest! {
    #[test]
    fn every_row_is_read_once_wherever_blocks_are_cut(
        texts in prop::collection::vec("[a-z\"\n,]{1,200}[a-z]", 1..60), repeat in 1..400_usize,
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["label", "text"]).unwrap();
        let expected: Vec<_> = (0..repeat).flat_map(|_| &texts).map(|t| ("x".to_owned(), t.clone())).collect();
        for (label, text) in &expected {
            writer.write_record([label, text]).unwrap();
        }
        let (found, rejects) = rows(&writer.into_inner().unwrap(), Syntax::Delimited(b','));
        prop_assert!(rejects.is_empty());
        prop_assert_eq!(found, expected);
    }
}
