use super::*;
use proptest::prelude::*;

fn rows(bytes: &[u8], syntax: Syntax) -> (Vec<(String, String)>, Vec<String>) {
    let blocks = Blocks::new(bytes, "c.csv".into(), syntax, &CorpusOptions::default()).unwrap();
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
fn a_missing_column_is_named_with_those_there() {
    let error =
        Blocks::new(&b"id,text\n"[..], "c.csv".into(), Syntax::Delimited(b','), &CorpusOptions::default());
    assert_eq!(error.unwrap_err().to_string(), "no column \"label\" in c.csv; its columns are: id, text");
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
