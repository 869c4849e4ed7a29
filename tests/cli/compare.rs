//! `compare`: groups of articles side by side.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use calamine::{Reader as _, Xlsx, open_workbook};

use super::{ARTICLE, Desk, columns, number, rows};

/// Eight articles of two outlets with sentences of six and of three words, one of them without outlet, and a row that is none.
/// The first outlet writes of rain in every article, and of a flood in one.
fn articles() -> String {
    let mut csv = "id,outlet,desk,date,text\n".to_owned();
    for i in 0..4 {
        let flood = if i == 2 { " The flood rose again that night.".repeat(20) } else { String::new() };
        let long = "Rain and rain closed the road. ".repeat(3 + i);
        writeln!(csv, "a{i},Gazette,home,1991-0{}-01,{long}{flood}", i + 1).unwrap();
        let short = "Her team won. ".repeat(4 + i);
        writeln!(csv, "b{i},Post,sport,1992-05-01,{short}").unwrap();
    }
    csv.push_str("c,,,,It rained.\nd\n");
    csv
}

fn compared(options: &str) -> Desk {
    let desk = Desk::with(&[("a.csv", &articles())]);
    let ran = desk.run(&format!("compare a.csv --model MODEL -q {options}"));
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(ran.stderr, "rejected: a.csv:11: expected 5 fields, found 1\n");
    desk
}

#[test]
fn outlets_are_told_apart_by_what_sets_them_apart() {
    let desk = compared("--by outlet -o out --metrics words_per_sentence,n_characters");
    let groups = rows(&desk.read("out/groups.csv"));
    let sizes: Vec<(&str, &str)> =
        groups.iter().map(|g| (g["group"].as_str(), g["n_articles"].as_str())).collect();
    assert_eq!(sizes, [("Gazette", "4"), ("Post", "4"), ("", "1")]);
    let tests = rows(&desk.read("out/tests.csv"));
    assert_eq!(
        (tests[0]["metric"].as_str(), tests[0]["test"].as_str()),
        ("words_per_sentence", "Mann-Whitney")
    );
    assert!(number(&tests[0], "p") < 0.03 && number(&tests[0], "q") < 0.05);
    assert!(tests[0]["caution"].is_empty() && tests[1]["caution"].starts_with("not to be compared"));
    let metrics = rows(&desk.read("out/metrics.csv"));
    let of_gazette = &metrics[0];
    assert_eq!((of_gazette["group"].as_str(), number(of_gazette, "mean")), ("Gazette", 6.0));
    assert_eq!((number(of_gazette, "cliffs_delta"), of_gazette["hedges_g"].as_str()), (1.0, ""));
    assert_eq!(number(&metrics[1], "median"), 3.0);
    let keywords = rows(&desk.read("out/keyness.csv"));
    let of_gazette: Vec<&str> =
        keywords.iter().filter(|k| k["group"] == "Gazette").map(|k| k["word"].as_str()).collect();
    assert!(of_gazette.contains(&"rain") && !of_gazette.contains(&"flood"), "{of_gazette:?}");
    let topics = rows(&desk.read("out/topics.csv"));
    for group in ["Gazette", "Post"] {
        let of_group: Vec<_> = topics.iter().filter(|row| row["group"] == group).collect();
        assert_eq!(of_group.len(), 4);
        for column in ["share", "adjusted_share"] {
            let sum: f64 = of_group.iter().map(|row| number(row, column)).sum();
            assert!((sum - 1.0).abs() < 1e-9, "{column} of {group}: {sum}");
        }
    }
}

#[test]
fn dates_and_columns_tell_apart_too() {
    let names = |by: &str| {
        let groups = rows(&compared(&format!("--by {by} -o out --metrics lix")).read("out/groups.csv"));
        groups.into_iter().map(|mut g| g.remove("group").unwrap()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names("date:year"), "1991 1992 ");
    assert_eq!(names("date:decade"), "1990s ");
    assert_eq!(names("date:month"), "1991-01 1991-02 1991-03 1991-04 1992-05 ");
    assert_eq!(names("desk"), "home sport ");
    let desk = Desk::with(&[("b.txt", ARTICLE)]);
    desk.run("compare b.txt --model MODEL --by detected_language --language auto -q -o out --metrics lix")
        .ok();
    assert_eq!(rows(&desk.read("out/groups.csv"))[0]["group"], "en");
}

#[test]
fn every_format_has_the_same_tables_and_a_dictionary_of_them() {
    let desk = compared("--by desk -o out --format csv --format jsonl --format xlsx --format html");
    let tables = ["groups", "tests", "metrics", "topics", "keyness", "run", "data-dictionary", "rejects"];
    let mut book: Xlsx<_> = open_workbook(desk.path("out/compare.xlsx")).unwrap();
    let sheets: BTreeSet<String> = book.sheet_names().into_iter().collect();
    assert_eq!(sheets, tables.into_iter().chain(["chart"]).map(str::to_owned).collect());
    let described: BTreeSet<(String, String)> = rows(&desk.read("out/data-dictionary.csv"))
        .into_iter()
        .map(|mut row| (row.remove("table").unwrap(), row.remove("column").unwrap()))
        .collect();
    for table in tables {
        let csv = desk.read(&format!("out/{table}.csv"));
        let n_rows = rows(&csv).len();
        assert!(n_rows > 0, "{table}");
        assert_eq!(book.worksheet_range(table).unwrap().height(), n_rows + 1, "{table}");
        assert_eq!(desk.read(&format!("out/{table}.jsonl")).lines().count(), n_rows, "{table}");
        let names = columns(&csv).into_iter().filter(|_| table != "data-dictionary");
        for name in names {
            assert!(described.contains(&(table.to_owned(), name.clone())), "{table} {name}");
        }
    }
    let page = desk.read("out/compare.html");
    assert!(
        page.starts_with("<!DOCTYPE html>") && page.contains("Topics by group") && !page.contains("<script")
    );
}

#[test]
fn one_file_holds_all_tables_and_a_table_file_is_refused() {
    let desk = compared("--by desk -o all.xlsx --metrics lix");
    let book: Xlsx<_> = open_workbook(desk.path("all.xlsx")).unwrap();
    assert!(book.sheet_names().contains(&"keyness".to_owned()));
    let refused = desk.run("compare a.csv --model MODEL --by desk -o all.csv").refused(2);
    assert!(refused.contains("output must be a folder, or a file named .xlsx or .html"), "{refused}");
    let refused = desk.run("compare a.csv --model MODEL --by desk -o all.xlsx").refused(2);
    assert!(refused.contains("all.xlsx"), "{refused}");
}

#[test]
fn without_an_output_tables_are_printed() {
    let desk = Desk::with(&[("a.csv", &articles())]);
    let ran = desk.run("compare a.csv --model MODEL --by desk -q --metrics words_per_sentence");
    for heading in ["groups\n", "\ntests\n", "\nmetrics\n", "\ntopics\n", "\nkeyness\n"] {
        assert!(ran.stdout.contains(heading), "{heading}: {}", ran.stdout);
    }
    assert!(ran.stdout.contains("Mann-Whitney"));
}

#[test]
fn a_column_that_is_not_there_is_named() {
    let desk = Desk::with(&[("a.csv", &articles()), ("b.txt", ARTICLE)]);
    let refused = desk.run("compare a.csv --by section --model MODEL -o out").refused(2);
    assert!(
        refused.contains("no column \"section\" in a.csv; its columns are: id, outlet, desk, date, text"),
        "{refused}"
    );
    let refused = desk.run("compare b.txt --by section --model MODEL -o out").refused(2);
    assert!(refused.contains("by must be outlet, date:decade"), "{refused}");
    let refused = desk.run("compare b.txt --by date:week --model MODEL -o out").refused(2);
    assert!(refused.contains("date:week"), "{refused}");
}

#[test]
fn the_seed_decides_and_the_threads_do_not() {
    let mut csv = "id,desk,text\n".to_owned();
    for i in 0..40 {
        let text = format!("Rain fell{} on the hills. ", " again".repeat(i * i % 11)).repeat(1 + i % 5);
        writeln!(csv, "{i},{},{text}", ["home", "sport"][i % 2]).unwrap();
    }
    let desk = Desk::with(&[("a.csv", &csv)]);
    let read = |options: &str| {
        desk.run(&format!("compare a.csv --by desk --model MODEL -q --force -o out {options}")).ok();
        ["groups", "tests", "metrics", "topics", "keyness"]
            .map(|table| desk.read(&format!("out/{table}.csv")))
    };
    let one = read("-j 1");
    assert_eq!(one, read("-j 3"));
    let other = read("-j 1 --seed 2");
    assert_eq!(one[1], other[1]);
    assert_ne!(one[2], other[2], "the seed draws intervals");
}
