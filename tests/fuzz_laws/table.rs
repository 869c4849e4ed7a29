//! What is written as CSV, TSV and JSON Lines is read back as it was.

use std::io::Cursor;

use newsbeat::article::Article;
use newsbeat::article::read::{ReadOptions, Source, read_from};
use newsbeat::table::csv::unguarded;
use newsbeat::table::{Column, Dialect, Format, LOCALES, Table, Values, text};

use super::{choice, pick};

/// A table of the bytes: the names of two columns of text, then rows of two texts, a whole number and a number.
fn table_of(bytes: &[u8]) -> Table {
    let mut cells = bytes.split(|&byte| byte == 0xff).map(|cell| String::from_utf8_lossy(cell).into_owned());
    let names = [cells.next().unwrap_or_default(), cells.next().unwrap_or_default()];
    let (mut texts, mut integers, mut floats) = ([Vec::new(), Vec::new()], Vec::new(), Vec::new());
    while let Some(first) = cells.next() {
        let second = cells.next().unwrap_or_default();
        let mut bits = [0; 8];
        bits.iter_mut().zip(second.bytes().rev()).for_each(|(bit, byte)| *bit = byte);
        integers.push(first.is_ascii().then_some(i64::from_le_bytes(bits)));
        floats.push(second.is_ascii().then_some(f64::from_le_bytes(bits)));
        texts[0].push(Some(first));
        texts[1].push(Some(second).filter(|cell| !cell.is_empty()));
    }
    let [first, second] = texts;
    let [first_name, second_name] = names;
    Table::new(
        "t",
        vec![
            Column::text(first_name, "", first),
            Column::integer("n", "", "", integers),
            Column::text(second_name, "", second),
            Column::float("x", "", "", floats),
        ],
    )
}

/// The first byte chooses the format, the locale, and whether it is for Excel.
pub(super) fn hold(bytes: &[u8]) {
    let (number, bytes) = choice(bytes);
    let dialect = Dialect { excel: number >= 128, locale: *pick(LOCALES, number % 128) };
    let table = table_of(bytes);
    match number % 3 {
        0 => separated_hold(&table, dialect, "csv", dialect.locale.separator),
        1 => separated_hold(&table, dialect, "tsv", b'\t'),
        _ => json_lines_hold(&table),
    }
    articles_hold(&table, dialect, pick::<&str>(&["csv", "tsv", "jsonl"], number));
    let shown = text::render(&table);
    assert_eq!(shown.lines().count(), table.n_rows() + 1);
    assert!(!shown.contains(|c: char| c.is_control() && c != '\n'));
}

fn render(table: &Table, dialect: Dialect, format: &str) -> Vec<u8> {
    let format = Format::named(format).expect("the format is there");
    format.render(table, &dialect).expect("memory takes everything")
}

/// A cell as text, numbers with a decimal point; `None` where it has no value.
fn cell(values: &Values, row: usize) -> Option<String> {
    match values {
        Values::Text(v) => v[row].clone(),
        Values::Integer(v) => v[row].map(|n| n.to_string()),
        Values::Float(v) => v[row].map(|x| x.to_string()),
        _ => None,
    }
}

fn separated_hold(table: &Table, dialect: Dialect, format: &str, delimiter: u8) {
    let bytes = render(table, dialect, format);
    let text = std::str::from_utf8(&bytes).expect("tables are UTF-8");
    assert_eq!(text.starts_with('\u{feff}') && dialect.excel, dialect.excel);
    let text = if dialect.excel { &text[3..] } else { text };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(text.as_bytes());
    let records: Vec<csv::StringRecord> =
        reader.records().collect::<Result<_, _>>().expect("rows have equal lengths");
    assert_eq!(records.len(), table.n_rows() + 1);
    for (at, column) in table.columns().iter().enumerate() {
        // A mark of byte order at the start of a file is none of its text.
        if at > 0 || !column.name.starts_with('\u{feff}') {
            assert_eq!(unguarded(&records[0][at]), column.name);
        }
        for row in 0..table.n_rows() {
            let found = &records[row + 1][at];
            let expected = cell(&column.values, row).unwrap_or_default();
            match &column.values {
                Values::Text(_) => {
                    assert_eq!(unguarded(found), expected);
                    assert!(!found.starts_with(['=', '+', '-', '@', '\t', '\r']));
                }
                Values::Float(v) if !found.is_empty() => {
                    let read: f64 = found.replace(dialect.locale.decimal, ".").parse().expect("a number");
                    assert!(read.is_finite() && Some(read.to_bits()) == v[row].map(f64::to_bits));
                }
                _ => assert_eq!(found, expected),
            }
        }
    }
}

fn json_lines_hold(table: &Table) {
    let names: std::collections::BTreeSet<&str> = table.columns().iter().map(|c| c.name.as_str()).collect();
    if names.len() < table.columns().len() {
        return;
    }
    let bytes = render(table, Dialect::default(), "jsonl");
    let rows: Vec<serde_json::Map<String, serde_json::Value>> = bytes
        .split_inclusive(|&b| b == b'\n')
        .map(|l| serde_json::from_slice(l).expect("an object"))
        .collect();
    assert_eq!(rows.len(), table.n_rows());
    for column in table.columns() {
        for (row, object) in rows.iter().enumerate() {
            match (&object[&column.name], &column.values) {
                (serde_json::Value::Null, values) => assert_eq!(cell(values, row), None),
                (serde_json::Value::String(text), values) => {
                    assert_eq!(Some(text.clone()), cell(values, row));
                }
                (number, Values::Float(v)) => {
                    assert_eq!(number.as_f64().map(f64::to_bits), v[row].map(f64::to_bits));
                }
                (number, values) => assert_eq!(Some(number.to_string()), cell(values, row)),
            }
        }
    }
}

/// A table of ours is a table of articles again, its columns kept as they were.
fn articles_hold(table: &Table, dialect: Dialect, format: &str) {
    let Values::Text(texts) = &table.columns()[0].values else { return };
    // A NUL makes a file one of no text.
    if texts.iter().flatten().any(|text| text.contains('\0')) {
        return;
    }
    let column = |name: &str| Column::text(name, "", texts.clone());
    let numbers = (1..=table.n_rows()).map(|n| Some(n.to_string())).collect();
    let columns = vec![Column::text("id", "", numbers), column("text"), column("desk")];
    let options = ReadOptions { keep: vec!["desk".to_owned()], ..ReadOptions::default() };
    let bytes = render(&Table::new("t", columns), dialect, format);
    let source = Source::named(format!("news.{format}"), &options);
    let articles: Vec<Article> = read_from(Cursor::new(bytes), &source, &options)
        .collect::<newsbeat::Result<_>>()
        .expect("what is written can be read");
    assert_eq!(articles.len(), table.n_rows());
    for ((number, article), text) in (1..).zip(articles).zip(texts) {
        assert_eq!(article.id, number.to_string());
        assert_eq!(article.kept, [("desk".to_owned(), text.clone().unwrap_or_default())]);
        assert_eq!(article.n_replaced, 0);
    }
}
