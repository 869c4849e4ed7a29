use proptest::prelude::*;

use super::super::{Column, Locale};
use super::*;

fn written(table: &Table, dialect: Dialect) -> String {
    let mut bytes = Vec::new();
    for header in [WithHeader::Yes, WithHeader::No] {
        write(table, header, &dialect, dialect.locale.separator, &mut bytes).unwrap();
    }
    String::from_utf8(bytes).unwrap()
}

fn one_text(text: &str) -> Table {
    Table::new("t", vec![Column::text("a", "", vec![Some(text.into())])])
}

#[test]
fn a_closed_pipe_is_still_one_behind_the_writer() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    // Longer than the writer's buffer, so that a field meets the closed pipe.
    let table = one_text(&"x".repeat(1 << 16));
    let error = write(&table, WithHeader::Yes, &Dialect::default(), b',', &mut Closed).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
}

#[test]
fn formulas_are_guarded_numbers_are_not_and_missing_is_empty() {
    let table = Table::new(
        "t",
        vec![
            Column::text("a,b", "", vec![Some("=1+1".into()), Some("x\n\"y\"".into()), None]),
            Column::float("-f", "", "", vec![Some(-0.5), Some(f64::NAN), Some(22.5)]),
        ],
    );
    let rows = "'=1+1,-0.5\n\"x\n\"\"y\"\"\",\n,22.5\n";
    assert_eq!(written(&table, Dialect::default()), format!("\"a,b\",'-f\n{rows}{rows}"));
}

#[test]
fn excel_set_to_german_gets_mark_semicolons_commas_and_crlf() {
    let table = Table::new(
        "t",
        vec![
            Column::text("id", "", vec![Some("22.5".into()), Some("007".into()), Some("a;b".into())]),
            Column::float("x", "", "", vec![Some(22.5), Some(-1e-9), Some(3.0)]),
            Column::integer("n", "", "", vec![Some(1000), None, Some(-2)]),
        ],
    );
    let rows = "22.5;22,5;1000\r\n007;-0,000000001;\r\n\"a;b\";3;-2\r\n";
    let german = Dialect { excel: true, locale: Locale::named("de").unwrap() };
    assert_eq!(written(&table, german), format!("\u{feff}id;x;n\r\n{rows}{rows}"));
}

#[test]
fn a_cell_longer_than_excel_shows_stays_whole() {
    let long = "é".repeat(40_000);
    let excel = Dialect { excel: true, ..Dialect::default() };
    let text = written(&one_text(&long), excel);
    assert_eq!(text, format!("\u{feff}a\r\n{long}\r\n{long}\r\n"));
}

#[test]
fn reversing_marks_and_control_characters_are_data_and_stay() {
    let hostile = "\u{202e}cod.exe\u{202c} \u{7}\u{1b}[31m";
    assert_eq!(written(&one_text(hostile), Dialect::default()), format!("a\n{hostile}\n{hostile}\n"));
}

proptest! {
    #[test]
    fn every_text_comes_back(texts in prop::collection::vec("['=+@\t\r\n\",;a-]{0,6}", 1..9), locale in 0..2_usize) {
        let locale = [Locale::default(), Locale::named("de").unwrap()][locale];
        let values = texts.iter().cloned().map(Some).collect();
        let columns = vec![Column::text("a", "", values), Column::integer("n", "", "", vec![Some(1); texts.len()])];
        let mut bytes = Vec::new();
        let dialect = Dialect { excel: true, locale };
        write(&Table::new("t", columns), WithHeader::Yes, &dialect, locale.separator, &mut bytes).unwrap();
        let mut reader = csv::ReaderBuilder::new().delimiter(Preamble::of(&bytes).delimiter).from_reader(&bytes[..]);
        let back: Vec<String> = reader.records().map(|r| unguarded(&r.unwrap()[0]).to_owned()).collect();
        prop_assert_eq!(back, texts);
    }
}
