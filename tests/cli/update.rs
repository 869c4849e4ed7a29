//! Models changed without training anew: documents added, taken out and relabelled, models merged.

use std::fs;

use super::{CORPUS, Desk, rows};

/// Settings under which parts can be trained apart.
const FIXED: &str = "--classifier one-vs-all --alpha 0.03 --weighting log --ngrams 1-2";

/// Rows for a model to learn later: one of a label that it has, one of a label that it does not have.
const MORE: &str = "\
label,text
weather,Rain fell on the barley for a week.
opera,The soprano sang the last act in a warm voice.
";

/// `n` rows of three labels, all different.
fn many(n: usize) -> Vec<String> {
    let texts = ["The wheat harvest of farm", "A goal in the last minute of match", "Rain and fog on day"];
    let labels = ["farming", "sport", "weather"];
    let row = |i: usize| format!("{},{} {i} was talked about by {}\n", labels[i % 3], texts[i % 3], i % 7);
    (0..n).map(row).collect()
}

fn corpus<'r>(rows: impl IntoIterator<Item = &'r String>) -> String {
    std::iter::once("label,text\n").chain(rows.into_iter().map(String::as_str)).collect()
}

#[test]
fn adding_documents_then_removing_them_gives_identical_bytes() {
    let desk = Desk::with(&[("corpus.csv", CORPUS), ("more.csv", MORE)]);
    desk.run("train corpus.csv -q -o old").ok();
    let added = desk.run("train --add more.csv --model old -o new");
    assert_eq!((added.code, added.stdout.as_str()), (0, ""));
    let summary = "new: 11 documents, 4 labels, ";
    assert!(added.stderr.starts_with(summary), "{}", added.stderr);
    assert!(
        added.stderr.ends_with("; 2 added; calibration and leave-one-out figures stay those of training\n"),
        "{}",
        added.stderr
    );
    assert!(desk.run("inspect new").ok().contains("opera"));
    desk.run("train --remove more.csv --model new -q -o back").ok();
    let read = |name: &str| fs::read(desk.path(name)).unwrap();
    assert!(read("new") != read("old"));
    assert!(read("back") == read("old"), "add then remove");
    desk.run("train --remove more.csv --add more.csv --model old -q -o both").ok();
    assert!(read("both") == read("old"), "in one run, whatever the order of the options");
}

#[test]
fn a_curve_for_each_label_follows_the_labels() {
    let desk = Desk::with(&[("corpus.csv", CORPUS), ("more.csv", MORE)]);
    desk.run("train corpus.csv -q -o old --calibration isotonic").ok();
    desk.run("train --add more.csv --model old -q -o new").ok();
    assert!(desk.run("inspect new --verify").ok().contains("4, sorted, distinct"));
    desk.run("train --remove more.csv --model new -q -o back").ok();
    assert!(fs::read(desk.path("back")).unwrap() == fs::read(desk.path("old")).unwrap());
}

#[test]
fn documents_move_to_another_label_as_if_they_had_always_had_it() {
    let wrong = "label,text\nsport,The coach said: we lost the harvest.\n";
    let right = wrong.replace("sport", "farming");
    let trained_on = |extra: &str| format!("{CORPUS}10,{}", extra.lines().nth(1).unwrap());
    let desk = Desk::with(&[
        ("wrong.csv", wrong),
        ("right.csv", &right),
        ("a.csv", &trained_on(wrong)),
        ("b.csv", &trained_on(&right)),
    ]);
    for name in ["a", "b"] {
        desk.run(&format!("train {name}.csv -q -o {name} {FIXED}")).ok();
    }
    desk.run("train --remove wrong.csv --add right.csv --model a -q -o moved").ok();
    let terms = |name: &str| desk.run(&format!("inspect {name} --terms --format csv")).ok();
    assert_eq!(terms("moved"), terms("b"));
    assert_ne!(terms("moved"), terms("a"));
    let counts = |name: &str| {
        let shown = desk.run(&format!("inspect {name}")).ok();
        let is_count = |line: &&str| line.starts_with("n_") || line.starts_with("corpus_fingerprint");
        shown.lines().filter(is_count).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(counts("moved"), counts("b"));
}

#[test]
fn two_and_seven_parts_in_any_order_merge_to_identical_bytes() {
    let all = many(70);
    let desk = Desk::with(&[("whole.csv", &corpus(&all))]);
    for n in [2, 7] {
        for part in 0..n {
            // Every n-th row: no part is a run of the whole.
            let name = format!("{n}-{part}");
            desk.write(&format!("{name}.csv"), corpus(all.iter().rev().skip(part).step_by(n)));
            desk.run(&format!("train {name}.csv -q -o {name} {FIXED}")).ok();
        }
    }
    let ran = desk.run("train --merge 2-0 2-1 -o two");
    assert_eq!(ran.code, 0);
    assert!(ran.stderr.starts_with("two: 70 documents, 3 labels, "), "{}", ran.stderr);
    assert!(ran.stderr.ends_with("; 2 models merged; not calibrated\n"), "{}", ran.stderr);
    let refused = desk.run("train --merge 2-0 2-1 -o small --max-training-bytes 1K").refused(2);
    assert!(refused.contains("at most 1024 bytes of memory (--max-training-bytes)"), "{refused}");
    desk.run("train --merge 7-3 7-0 7-6 7-1 7-5 7-2 7-4 -q -o seven").ok();
    let read = |name: &str| fs::read(desk.path(name)).unwrap();
    assert!(read("two") == read("seven"));
    desk.run(&format!("train whole.csv -q -o whole {FIXED}")).ok();
    let terms = |name: &str| desk.run(&format!("inspect {name} --terms --format csv")).ok();
    assert_eq!(terms("two"), terms("whole"));
}

#[test]
fn what_is_not_in_the_model_cannot_be_taken_out() {
    let desk = Desk::with(&[("corpus.csv", CORPUS), ("more.csv", MORE)]);
    desk.write("stranger.csv", "label,text\nweather,Hail.\n");
    desk.write(
        "moved.csv",
        "label,text\nweather,The goalkeeper saved a penalty in the last minute of the match.\n",
    );
    desk.write("twice.csv", "label,text\nweather,Penalty.\nweather,Penalty.\n");
    desk.run("train corpus.csv -q -o old").ok();
    for (corpus, found) in [
        ("more.csv", "1 labelled opera where it has 0"),
        ("stranger.csv", "1 with the term \"hail\" where it has 0"),
        ("moved.csv", "terms that it has under other labels"),
        ("twice.csv", "2 with the term \"penalti\" where it has 1"),
    ] {
        let refused = desk.run(&format!("train --remove {corpus} --model old -o new")).refused(2);
        let expected = "documents to be taken out must be in the model with the same labels, got";
        assert_eq!(refused, format!("newsbeat: {expected} {found}\n"));
    }
    let refused = desk.run("train --remove corpus.csv --model old -o new").refused(2);
    assert_eq!(refused, "newsbeat: a model must keep at least two labels, got 0\n");
    assert!(!desk.path("new").exists());
}

#[test]
fn models_that_do_not_fit_together_are_not_merged() {
    let desk = Desk::with(&[("corpus.csv", CORPUS)]);
    for (name, settings) in [("a", FIXED), ("b", "--alpha 0.5"), ("idf", "--weighting tfidf")] {
        desk.run(&format!("train corpus.csv -q -o {name} {settings}")).ok();
    }
    for (models, message) in [
        ("a b", "merged models must be trained with the same parameters, got another "),
        ("idf idf", "merged models must have no idf and every term a column"),
        ("a nope", "nope: cannot read: No such file or directory"),
    ] {
        let refused = desk.run(&format!("train --merge {models} -o new")).refused(2);
        assert!(refused.starts_with(&format!("newsbeat: {message}")), "{refused}");
    }
}

#[test]
fn options_of_training_do_not_go_with_a_change() {
    let desk = Desk::with(&[("corpus.csv", CORPUS), ("more.csv", MORE)]);
    desk.run("train corpus.csv -q -o old").ok();
    for line in [
        "train corpus.csv --add more.csv -o new",
        "train --add more.csv --model old --alpha 0.1 -o new",
        "train --add more.csv --model old --suspects s.csv -o new",
        "train --merge old old --add more.csv -o new",
        "train --merge old old --model old -o new",
        "train --merge old old --label-column label -o new",
        "train --merge old -o new",
        "train --model old -o new",
        "train corpus.csv --model old -o new",
    ] {
        let refused = desk.run(line).refused(2);
        assert!(refused.starts_with("error: ") && refused.contains("--help"), "{line}: {refused}");
    }
    assert_eq!(desk.list("."), ["corpus.csv", "more.csv", "old"]);
}

#[test]
fn rows_that_cannot_be_added_are_named_and_the_others_are_added() {
    let desk =
        Desk::with(&[("corpus.csv", CORPUS), ("more.csv", "label,text\nsport,A late goal.\n,Rain.\n")]);
    desk.run("train corpus.csv -q -o old").ok();
    let ran = desk.run("train --add more.csv --model old -q -o new");
    assert_eq!((ran.code, ran.stderr.as_str()), (1, "rejected: more.csv:3: label must not be empty\n"));
    assert!(desk.run("inspect new").ok().contains("n_documents "));
}

#[test]
fn labels_in_doubt_are_written_with_place_and_text() {
    let wrong = "10,sport,\"Snow fell in the hills, and frost and fog are forecast on the coast.\"\n";
    let desk = Desk::with(&[("corpus.csv", &format!("{CORPUS}bad\n{wrong}"))]);
    let ran = desk.run("train corpus.csv -q -o m --suspects s.csv --candidates c.jsonl --ngrams 1-1");
    assert_eq!((ran.code, ran.stderr.as_str()), (1, "rejected: corpus.csv:11: expected 3 fields, found 1\n"));
    let suspects = rows(&desk.read("s.csv"));
    let found = suspects.iter().find(|row| row["place"] == "corpus.csv:12").unwrap();
    assert_eq!((found["label"].as_str(), found["topic"].as_str()), ("sport", "weather"));
    assert!(found["text"].starts_with("Snow fell"));
    let probabilities: Vec<f64> =
        suspects.iter().map(|row| super::number(row, "label_probability")).collect();
    assert!(probabilities.is_sorted(), "{probabilities:?}");
    let candidates = desk.read("c.jsonl");
    assert_eq!(candidates.matches("\"chosen\":1").count(), 1, "{candidates}");
    let refused = desk.run("train corpus.csv -o n --suspects n").refused(2);
    assert_eq!(refused, "newsbeat: n: must be named for one output, got two\n");
}

#[test]
fn the_choice_is_shown_with_its_reason() {
    let desk = Desk::with(&[("corpus.csv", CORPUS)]);
    let said = desk.run("train corpus.csv -o m").stderr;
    let header = said.lines().next().unwrap();
    for column in ["ngrams", "weighting", "classifier", "alpha", "log_loss", "macro_f1", "accuracy"] {
        assert!(header.contains(column), "{header}");
    }
    assert_eq!(said.lines().filter(|line| line.starts_with("*  ")).count(), 1, "{said}");
    assert!(said.contains("\n* is chosen by the weighted log loss of 9 documents"), "{said}");
}
