use std::io::Cursor;

use calamine::{Data, Reader, Xlsx as Opened};

use super::*;

fn bytes(max_rows: u32, tables: &[Table]) -> (Vec<u8>, usize) {
    let mut book = Box::new(Xlsx::new(max_rows));
    for table in tables {
        Book::append(book.as_mut(), table).unwrap();
    }
    let n_cut = book.n_cut();
    (book.finish().unwrap(), n_cut)
}

fn opened(max_rows: u32, tables: &[Table]) -> Opened<Cursor<Vec<u8>>> {
    Opened::new(Cursor::new(bytes(max_rows, tables).0)).unwrap()
}

fn cell(book: &mut Opened<Cursor<Vec<u8>>>, sheet: &str, row: u32, column: u32) -> Data {
    book.worksheet_range(sheet).unwrap().get_value((row, column)).cloned().unwrap_or(Data::Empty)
}

fn texts(name: &str, values: &[&str]) -> Table {
    Table::new(name, vec![Column::text("a", "", values.iter().map(|v| Some((*v).to_owned())).collect())])
}

#[test]
fn cells_have_the_types_of_their_columns_and_missing_is_empty() {
    let table = Table::new(
        "t",
        vec![
            Column::text("id", "", vec![Some("007".into()), Some("22.5".into()), None]),
            Column::date("date", "", vec![Some("2026-11-25".into()), Some("2026-11".into()), None]),
            Column::integer("n", "", "", vec![Some(1200), Some(0), None]),
            Column::float("p", "probability", "", vec![Some(22.5), Some(-1e-9), None]),
        ],
    );
    let mut book = opened(MAX_ROWS, &[table.clone(), table]);
    assert_eq!(book.sheet_names(), ["t"]);
    for first in [1, 4] {
        assert_eq!(cell(&mut book, "t", first, 0), Data::String("007".into()));
        assert_eq!(cell(&mut book, "t", first + 1, 0), Data::String("22.5".into()));
        let Data::DateTime(date) = cell(&mut book, "t", first, 1) else { panic!("a date is no text") };
        assert_eq!(date.to_string(), "46351", "days since 1899-12-30");
        assert_eq!(cell(&mut book, "t", first + 1, 1), Data::String("2026-11".into()));
        assert_eq!(cell(&mut book, "t", first, 2), Data::Float(1200.0));
        assert_eq!(cell(&mut book, "t", first + 1, 2), Data::Float(0.0));
        assert_eq!(cell(&mut book, "t", first + 1, 3), Data::Float(-1e-9));
        for column in 0..4 {
            assert_eq!(cell(&mut book, "t", first + 2, column), Data::Empty);
        }
    }
}

#[test]
fn a_hostile_text_stays_a_text() {
    let hostile = [
        "=cmd|' /C calc'!A0",
        "<script>&\"",
        "\u{202e}cod.exe",
        "a\u{1b}\u{0}\u{ffff}b",
        "_x0041_",
        " x\r\ny ",
        "\u{1f4f0}",
    ];
    let mut book = opened(MAX_ROWS, &[texts("t", &hostile)]);
    for (row, text) in (1..).zip(hostile) {
        let expected = text.replace(['\u{1b}', '\0', '\u{ffff}'], "\u{fffd}");
        let Data::String(found) = cell(&mut book, "t", row, 0) else { panic!("{text:?} is no text") };
        // A reader of XML takes a carriage return and a line feed for a line feed.
        assert_eq!(found.replace("\r\n", "\n"), expected.replace("\r\n", "\n"));
    }
    assert!(book.worksheet_formula("t").unwrap().is_empty());
}

#[test]
fn a_text_beyond_what_a_cell_holds_is_cut_and_counted() {
    let fits = "\u{e9}".repeat(MAX_UNITS);
    let long = "\u{1f4f0}".repeat(20_000);
    let table = texts("t", &[&fits, &long, &"x".repeat(40_000)]);
    let (bytes, n_cut) = bytes(MAX_ROWS, &[table]);
    assert_eq!(n_cut, 2);
    let mut book = Opened::new(Cursor::new(bytes)).unwrap();
    assert_eq!(cell(&mut book, "t", 1, 0), Data::String(fits));
    assert_eq!(cell(&mut book, "t", 2, 0), Data::String("\u{1f4f0}".repeat(16_383) + "…"));
    assert_eq!(cell(&mut book, "t", 3, 0), Data::String("x".repeat(32_766) + "…"));
}

#[test]
fn rows_beyond_what_a_sheet_holds_go_to_further_sheets_each_with_the_header() {
    let mut book = opened(3, &[texts("t", &["1", "2", "3"]), texts("u", &["x"]), texts("t", &["4", "5"])]);
    assert_eq!(book.sheet_names(), ["t", "t 2", "u", "t 3"]);
    for (sheet, row, text) in
        [("t", 0, "a"), ("t", 2, "2"), ("t 2", 0, "a"), ("t 2", 2, "4"), ("t 3", 1, "5")]
    {
        assert_eq!(cell(&mut book, sheet, row, 0), Data::String(text.into()), "{sheet}, row {row}");
    }
}

#[test]
fn a_table_without_rows_is_a_sheet_with_a_header() {
    let mut book = opened(MAX_ROWS, &[texts("t", &[])]);
    assert_eq!(cell(&mut book, "t", 0, 0), Data::String("a".into()));
}

#[test]
fn the_same_tables_are_the_same_bytes_and_shares_get_a_chart() {
    let share = |name: &str| Column::float(name, SHARE_OF_WORDS, "", vec![Some(0.25), None]);
    let rows = Column::text("id", "", vec![Some("a".into()), Some("b".into())]);
    let table = Table::new("articles", vec![rows, share("share_x"), share("share_y")]);
    let first = bytes(MAX_ROWS, std::slice::from_ref(&table)).0;
    assert_eq!(first, bytes(MAX_ROWS, std::slice::from_ref(&table)).0);
    let book = Opened::new(Cursor::new(first)).unwrap();
    assert_eq!(book.sheet_names(), ["articles", "chart"]);
}
