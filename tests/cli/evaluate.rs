//! `evaluate` as a user meets it: folds, intervals, comparisons, files.

use std::collections::BTreeMap;

use super::{CORPUS, Desk, columns, number, rows};

/// 60 rows of three labels, five of each day of March, five of each page.
pub(super) fn dated() -> String {
    let texts = ["The wheat harvest of farm", "A goal in the last minute of match", "Rain and fog on day"];
    let labels = ["farming", "sport", "weather"];
    // One in five has the label of another topic.
    let label = |i: usize| labels[if i.is_multiple_of(5) { (i + 1) % 3 } else { i % 3 }];
    let row = |i: usize| {
        let text = format!("{} {i} was talked about by {}", texts[i % 3], i % 7);
        format!("{},{text},1998-03-{:02},p{}\n", label(i), 12 - i / 5, i % 12)
    };
    std::iter::once("label,text,date,page\n".to_owned()).chain((0..60).map(row)).collect()
}

fn figures(csv: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    rows(csv).into_iter().map(|row| (row["label"].clone(), row)).collect()
}

#[test]
fn every_figure_has_an_interval_and_the_majority_beside_it() {
    let desk = Desk::with(&[("corpus.csv", &dated())]);
    desk.run("evaluate corpus.csv --folds 5 --ngrams 1-1 -q -o e.csv").ok();
    let csv = desk.read("e.csv");
    let head = ["label", "precision", "recall", "f1", "support", "value", "low", "high", "majority"];
    assert_eq!(columns(&csv), head);
    let figures = figures(&csv);
    let names = [
        "accuracy", "macro_f1", "log_loss", "ece", "weighted_f1", "micro_f1", "brier", "cohens_kappa", "mcc",
    ];
    for name in names {
        let row = &figures[name];
        let [value, low, high] = ["value", "low", "high"].map(|column| number(row, column));
        assert!(
            low < high && (name == "ece" || (low <= value && value <= high)),
            "{name}: {low} {value} {high}"
        );
    }
    assert_eq!(figures.len(), names.len() + 3);
    assert!(number(&figures["accuracy"], "value") > number(&figures["accuracy"], "majority"));
    desk.run("evaluate corpus.csv --folds 5 --ngrams 1-1 -q -o e.csv --force -j 1").ok();
    assert_eq!(desk.read("e.csv"), csv, "seeded, whatever the threads");
    desk.run("evaluate corpus.csv --folds 5 --ngrams 1-1 -q -o e.csv --force --bootstrap 0").ok();
    assert_eq!(columns(&desk.read("e.csv")), [&head[..6], &head[8..]].concat());
}

#[test]
fn the_page_for_people_has_every_table_under_its_heading() {
    let desk = Desk::with(&[("corpus.csv", &dated())]);
    desk.run("train corpus.csv -q -o m --ngrams 1-1").ok();
    desk.run(
        "train corpus.csv -q -o other --classifier multinomial --alpha 1 --weighting counts --ngrams 1-1",
    )
    .ok();
    let page = desk.run("evaluate corpus.csv --model m --against other --group page").ok();
    assert!(
        page.starts_with(
            "60 rows of 12 groups answered by m; 95 % intervals of 1000 resamples by group\n\nlabels\n"
        ),
        "{page}"
    );
    for heading in ["figures", "differences", "McNemar's test", "confusion", "reliability"] {
        assert!(page.contains(&format!("\n\n{heading}")), "{heading} in\n{page}");
    }
    for column in ["majority", "against", "difference", "exact_p", "mean_confidence", "predicted"] {
        assert!(page.contains(column), "{column} in\n{page}");
    }
}

#[test]
fn a_comparison_has_differences_with_intervals_and_the_test_of_mcnemar() {
    let desk = Desk::with(&[("corpus.csv", &dated())]);
    desk.run("train corpus.csv -q -o m --ngrams 1-1").ok();
    desk.run(
        "train corpus.csv -q -o other --classifier multinomial --alpha 9 --weighting counts --ngrams 1-1",
    )
    .ok();
    desk.run("evaluate corpus.csv --model m --against other -q -o e.jsonl").ok();
    let lines = desk.read("e.jsonl");
    let objects: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let row = |name: &str| objects.iter().find(|row| row["label"] == name).unwrap();
    let loss = row("log_loss");
    let of = |column: &str| loss[column].as_f64().unwrap();
    assert!((of("difference") - (of("value") - of("against"))).abs() < 1e-12);
    assert!(of("difference_low") <= of("difference") && of("difference") <= of("difference_high"));
    assert!(row("farming")["difference"].is_null());
    let p = row("mcnemar_exact_p")["value"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&p));
    // A model does not differ from itself.
    desk.run("evaluate corpus.csv --model m --against m -q -o e.csv").ok();
    let same = figures(&desk.read("e.csv"));
    assert_eq!(number(&same["accuracy"], "difference"), 0.0);
    assert_eq!(
        (number(&same["log_loss"], "difference_low"), number(&same["log_loss"], "difference_high")),
        (0.0, 0.0)
    );
    assert_eq!(number(&same["mcnemar_exact_p"], "value"), 1.0);
}

#[test]
fn folds_by_time_are_tried_by_models_of_what_is_earlier() {
    let desk = Desk::with(&[("corpus.csv", &dated())]);
    let page = desk.run("evaluate corpus.csv --time date --folds 3 --ngrams 1-1 --predictions p.csv").ok();
    assert!(
        page.starts_with("45 rows answered in 3 folds by date, the first 15 rows only learned from; 95 %"),
        "{page}"
    );
    // The file runs from the latest day to the earliest.
    let tried: Vec<f64> = rows(&desk.read("p.csv")).iter().map(|row| number(row, "row")).collect();
    assert_eq!(tried, (1..=45).map(f64::from).collect::<Vec<_>>());
    let all = dated();
    let (head, body) = all.split_once('\n').unwrap();
    let body = body.replace("1998-03-", "March ").replace("March 0", "March ").replace(",p", " 1998,p");
    desk.write("spoken.csv", format!("{head}\n{body}"));
    let by_word = desk.run("evaluate spoken.csv --time date --folds 3 --ngrams 1-1 --predictions q.csv").ok();
    assert_eq!(by_word, page);
    let refused = desk.run("evaluate corpus.csv --time text").refused(2);
    assert!(refused.starts_with("newsbeat: time must be all numbers, or all dates such as 2003-01-05, got "));
    let refused = desk.run("evaluate corpus.csv --time when").refused(2);
    assert!(refused.starts_with("newsbeat: no column \"when\" in corpus.csv; its columns are: label, "));
    let refused = desk.run("evaluate corpus.csv --time date --folds 12").refused(2);
    assert!(
        refused.starts_with("newsbeat: folds must be between 2 and the number of different dates"),
        "{refused}"
    );
}

#[test]
fn near_duplicates_and_groups_never_straddle_folds() {
    // Every text is there four times but for its last word; the label is a matter of chance.
    let words =
        |i: usize| (0..8).map(|k| format!("w{}", (i * 37 + k * 11) % 97)).collect::<Vec<_>>().join(" ");
    let row = |i: usize| format!("{},{} end{i},g{}\n", ["a", "b"][i / 4 * 7 % 5 % 2], words(i / 4), i / 4);
    let all: String = std::iter::once("label,text,of\n".to_owned()).chain((0..80).map(row)).collect();
    let desk = Desk::with(&[("copies.csv", &all)]);
    let accuracy = |options: &str| {
        desk.run(&format!("evaluate copies.csv --folds 5 --ngrams 1-1 -q -o e.csv --force {options}")).ok();
        number(&figures(&desk.read("e.csv"))["accuracy"], "value")
    };
    // With a copy on the other side of the fold, every label would be known.
    assert!(accuracy("") < 0.8, "{}", accuracy(""));
    let apart = all.replace(" end", " x y z end");
    desk.write("copies.csv", apart);
    assert!(accuracy("--group of") < 0.8);
    let refused = desk.run("evaluate copies.csv --folds 21 --group of").refused(2);
    assert_eq!(
        refused,
        "newsbeat: folds must be between 2 and the number of groups of rows that belong together (20), got 21\n"
    );
}

#[test]
fn single_tables_are_written_beside_the_figures() {
    let desk = Desk::with(&[("corpus.csv", CORPUS)]);
    let line = "evaluate corpus.csv --model MODEL -q -o e.csv --confusion c.csv --reliability r.jsonl --predictions p.csv";
    desk.run(line).ok();
    let confusion = desk.read("c.csv");
    let head = ["label", "predicted_farming", "predicted_sport", "predicted_weather"];
    assert_eq!(columns(&confusion), head);
    let n: f64 =
        rows(&confusion).iter().map(|row| head[1..].iter().map(|c| number(row, c)).sum::<f64>()).sum();
    assert_eq!(n, 9.0);
    assert_eq!(desk.read("r.jsonl").lines().count(), 15);
    let predictions = desk.read("p.csv");
    assert_eq!(columns(&predictions)[..4], ["row", "label", "topic", "probability"]);
    for row in rows(&predictions) {
        assert_eq!(row["probability"], row[&format!("p_{}", row["topic"])]);
    }
    let refused = desk.run("evaluate corpus.csv --model MODEL --confusion c.csv").refused(2);
    assert_eq!(refused, "newsbeat: c.csv: must not exist yet; --force replaces it\n");
    let refused = desk.run("evaluate corpus.csv --model MODEL -o x.csv --confusion x.csv").refused(2);
    assert_eq!(refused, "newsbeat: x.csv: must be named for one output, got two\n");
}

#[test]
fn comparisons_need_a_model_and_resamples() {
    let desk = Desk::with(&[("corpus.csv", CORPUS)]);
    let refused = desk.run("evaluate corpus.csv --model MODEL --against MODEL --bootstrap 0").refused(2);
    assert_eq!(refused, "newsbeat: bootstrap must be at least 1 with --against, got 0\n");
    for line in ["evaluate corpus.csv --against MODEL", "evaluate corpus.csv --model MODEL --time id"] {
        let refused = desk.run(line).refused(2);
        assert!(refused.starts_with("error: ") && refused.contains("--help"), "{line}: {refused}");
    }
    let refused = desk.run("evaluate corpus.csv --model MODEL --against nope").refused(2);
    assert_eq!(refused, "newsbeat: nope: cannot read: No such file or directory (os error 2)\n");
}

#[test]
fn a_model_that_is_there_is_not_trained() {
    let desk = Desk::with(&[("corpus.csv", &dated())]);
    desk.run("train corpus.csv -q -o m --ngrams 1-1").ok();
    for option in ["--alpha 1", "--classifier complement", "--prior sport=.5", "--folds 3", "--time date"] {
        let refused = desk.run(&format!("evaluate corpus.csv --model m {option}")).refused(2);
        assert!(refused.contains("cannot be used with"), "{option}: {refused}");
    }
}
