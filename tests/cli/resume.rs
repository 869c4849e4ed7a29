//! Reports that go on where a killed run was cut off.

use std::fs;
use std::process::Child;
use std::time::{Duration, Instant};

use super::{CORPUS, Desk, many_rows, rows};

const LINE: &str =
    "report a.csv -q -o out --model MODEL --dedup --resume --format csv --format tsv --format jsonl";
const TABLES: [&str; 4] = ["articles.csv", "paragraphs.tsv", "articles.jsonl", "rejects.csv"];

/// Articles for several batches, among them rows that are none.
fn input() -> String {
    let rows = many_rows(30_000);
    (0..).zip(rows.split_inclusive('\n')).fold(String::new(), |text, (i, row)| match i % 1000 {
        7 => text + "no text\n" + row,
        _ => text + row,
    })
}

/// A desk with a run that is under way and has done a batch.
fn begun() -> (Desk, Child) {
    let desk = Desk::with(&[("a.csv", &input())]);
    let mut child = desk.start(LINE);
    let start = Instant::now();
    while !desk.path("out/.newsbeat-resume/journal.json").exists() {
        assert!(start.elapsed() < Duration::from_mins(2), "waited too long for the first batch");
        assert!(child.try_wait().unwrap().is_none(), "the run ended before it was killed");
        std::thread::sleep(Duration::from_millis(1));
    }
    (desk, child)
}

fn killed() -> Desk {
    let (desk, mut child) = begun();
    child.kill().unwrap();
    assert!(!child.wait().unwrap().success(), "the run ended before it was killed");
    assert_eq!(desk.list("out"), [".newsbeat-resume"]);
    desk
}

#[test]
fn a_killed_run_goes_on_to_the_same_bytes_and_measures_no_article_again() {
    let desk = killed();
    desk.run(&LINE.replace("--resume", "").replace("-o out", "-o whole"));
    // What stands in the kept table is not made again.
    let kept = desk.read("out/.newsbeat-resume/articles.csv");
    let marked = kept.replacen("\nr0,", "\nR0,", 1);
    assert_ne!(kept, marked);
    desk.write("out/.newsbeat-resume/articles.csv", marked);
    let ran = desk.run(LINE);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let n_named = ran.stderr.matches("rejected: ").count();
    assert!(n_named < 30, "rejects of the killed run are named again");
    assert_eq!(desk.list("out"), desk.list("whole"));
    for name in desk.list("whole") {
        let whole = desk.read(&format!("whole/{name}"));
        let expected = if name == "articles.csv" { whole.replacen("\nr0,", "\nR0,", 1) } else { whole };
        assert!(desk.read(&format!("out/{name}")) == expected, "{name} differs");
    }
    let n_copies =
        rows(&desk.read("out/articles.csv")).iter().filter(|row| !row["duplicate_of"].is_empty()).count();
    assert!(n_copies > 100, "the copies show whether the originals were kept");
    assert!(TABLES.iter().all(|name| desk.path("out").join(name).exists()));
}

#[test]
fn a_run_of_something_else_does_not_go_on() {
    let desk = killed();
    let refusals = [
        (LINE.replace("--resume", "--resume --alone"), "options"),
        (LINE.replace("--resume", "--resume --max-article-bytes 3M"), "inputs"),
        (LINE.replace("a.csv", "b.csv"), "inputs"),
        (LINE.replace("MODEL", "other.model"), "model"),
    ];
    desk.write("b.csv", input() + "more,Rain and fog.\n");
    desk.write("corpus.csv", CORPUS.replace("farming", "farms"));
    desk.run("train corpus.csv -q -o other.model").ok();
    for (line, what) in refusals {
        let refused = desk.run(&line).refused(2);
        assert!(
            refused.contains(&format!("must be an unfinished run of the same {what}, got another")),
            "{refused}"
        );
    }
    fs::write(desk.path("out/.newsbeat-resume/articles.csv"), "").unwrap();
    let refused = desk.run(LINE).refused(2);
    assert!(refused.contains("bytes that its journal tells of, got 0"), "{refused}");
    desk.run(&LINE.replace("--resume", ""));
    assert!(desk.list("out").iter().all(|name| !name.starts_with('.')), "a whole run clears what was left");
}

#[test]
fn two_runs_do_not_go_on_with_the_same_tables() {
    let (desk, mut child) = begun();
    let refused = desk.run(LINE).refused(2);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(refused.contains("out/.newsbeat-resume: must not be in use"), "{refused}");
}

#[test]
fn what_cannot_be_taken_up_is_refused_before_anything_is_written() {
    let desk = Desk::with(&[("a.csv", "id,text\n1,Rain and fog.\n")]);
    for (line, what) in [
        ("report a.csv -o out --resume --format xlsx", "format must be one of csv, tsv, jsonl with --resume"),
        ("report a.csv -o out --resume --format html", "format must be one of csv, tsv, jsonl with --resume"),
        (
            "report a.csv - -o out --resume",
            "resume must have inputs that can be read again, got standard input",
        ),
    ] {
        let refused = desk.run(line).refused(2);
        assert!(refused.contains(what), "{refused}");
        assert!(!desk.path("out").exists());
    }
    desk.run("report a.csv -q -o out --resume --model MODEL").ok();
    assert_eq!(
        desk.list("out"),
        ["articles.csv", "data-dictionary.csv", "paragraphs.csv", "run.csv", "topics.csv"]
    );
}
