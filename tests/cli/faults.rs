//! Signals, and files that two runs write or that change under a run.

#![cfg(unix)]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::Child;
use std::time::{Duration, Instant};

use super::{CORPUS, Desk, many_rows};

/// Waits for something that happens soon, and fails if it does not in a time that no machine needs.
#[track_caller]
fn wait_until(what: &str, mut happened: impl FnMut() -> bool) {
    let start = Instant::now();
    while !happened() {
        assert!(start.elapsed() < Duration::from_mins(2), "waited too long until {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn send(signal: &str, child: &Child) {
    let sent = std::process::Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
    assert!(sent.unwrap().success());
}

#[test]
fn interrupted_and_terminated_runs_say_so_and_leave_nothing() {
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        for (line, old) in [
            ("metrics a.csv - -o out/new.csv", "out/other.csv"),
            ("report a.csv - -o out --force --model MODEL", "out/articles.csv"),
        ] {
            let desk = Desk::with(&[("a.csv", "id,text\n1,Rain.\n"), (old, "old")]);
            let mut child = desk.start(line);
            // Its standard input stays open, so it waits, with unfinished files in the folder.
            wait_until("the run writes", || desk.list("out").len() > 1);
            send(signal, &child);
            wait_until("the run ends", || child.try_wait().unwrap().is_some());
            assert_eq!(child.wait().unwrap().code(), Some(code), "{line}");
            assert_eq!(desk.list("out"), [old.trim_start_matches("out/")], "{line}");
            assert_eq!(desk.read(old), "old");
        }
    }
}

#[test]
fn two_runs_that_replace_the_same_model_leave_one_of_the_two_whole() {
    let other = CORPUS.replace("farming", "farms");
    let desk = Desk::with(&[("a.csv", CORPUS), ("b.csv", &other)]);
    let models = ["a", "b"].map(|name| {
        desk.run(&format!("train {name}.csv -q -o {name}.model")).ok();
        fs::read(desk.path(&format!("{name}.model"))).unwrap()
    });
    for _ in 0..5 {
        let runs = ["a", "b"].map(|name| desk.start(&format!("train {name}.csv -q -o same.model --force")));
        for run in runs {
            let output = run.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        }
        assert!(models.contains(&fs::read(desk.path("same.model")).unwrap()));
    }
    assert_eq!(desk.list("."), ["a.csv", "a.model", "b.csv", "b.model", "same.model"]);
}

#[test]
fn of_two_runs_that_make_the_same_model_the_second_to_finish_is_refused() {
    let desk = Desk::with(&[("a.csv", CORPUS)]);
    let runs = [0, 1, 2].map(|_| desk.start("train a.csv -q -o same.model"));
    let codes = runs.map(|run| run.wait_with_output().unwrap().status.code().unwrap());
    assert_eq!((codes.iter().filter(|code| **code == 0).count(), codes.iter().max()), (1, Some(&2)));
    assert_eq!(desk.list("."), ["a.csv", "same.model"]);
}

#[test]
fn a_model_that_is_replaced_during_a_run_does_not_change_the_run() {
    let desk = Desk::with(&[("a.csv", CORPUS), ("b.csv", &CORPUS.replace("farming", "farms"))]);
    desk.run("train a.csv -q -o used.model").ok();
    let many = many_rows(30_000);
    let expected = desk.run_with("classify - --input-format csv --model used.model", many.clone()).ok();

    let mut child = desk.start("classify - --input-format csv --model used.model");
    let mut stdin = child.stdin.take().unwrap();
    let (first, rest) = many.split_at(many.len() - 100);
    let (first, rest) = (first.to_owned(), rest.to_owned());
    let writer = std::thread::spawn(move || {
        stdin.write_all(first.as_bytes()).unwrap();
        stdin
    });
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut found = String::new();
    stdout.read_line(&mut found).unwrap();
    // A row has come out, so the model has been read.
    desk.run("train b.csv -q -o used.model --force").ok();
    let reader = std::thread::spawn(move || {
        stdout.read_to_string(&mut found).unwrap();
        found
    });
    writer.join().unwrap().write_all(rest.as_bytes()).unwrap();
    assert!(reader.join().unwrap() == expected);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
