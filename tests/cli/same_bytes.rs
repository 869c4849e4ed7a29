//! Same input, same bytes: from run to run and on any number of threads.

use std::fs;

use super::{ARTICLE, CORPUS, Desk, many_rows};

/// Runs a command line with `-j 1`, `-j 2` and `-j 2` again; `OUT` stands for another name each time, which
/// `files` are put behind. Standard output and files must be the same.
fn assert_same(desk: &Desk, line: &str, files: &[&str]) {
    let outputs = ["1", "2", "2"].iter().enumerate().map(|(run, jobs)| {
        let out = format!("out{run}");
        let ran = desk.run(&format!("{} -q -j {jobs}", line.replace("OUT", &out)));
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let mut bytes = ran.stdout.into_bytes();
        for file in files {
            bytes.extend(fs::read(desk.path(&format!("{out}{file}"))).unwrap());
        }
        assert!(!bytes.is_empty());
        bytes
    });
    let outputs: Vec<Vec<u8>> = outputs.collect();
    assert!(outputs[0] == outputs[1], "{line}: one thread and two differ");
    assert!(outputs[1] == outputs[2], "{line}: two runs differ");
}

#[test]
fn tables_are_the_same_on_any_number_of_threads() {
    let long = ARTICLE.replace('"', "\"\"").repeat(40);
    let csv = format!("{}long,\"{long}\"\n", many_rows(3000));
    let desk = Desk::with(&[("in/many.csv", &csv), ("in/a.txt", ARTICLE), ("in/b/a.txt", ARTICLE)]);
    assert_same(&desk, "metrics in", &[]);
    assert_same(&desk, "classify in --model MODEL --with-text", &[]);
    assert_same(&desk, "classify in --model MODEL --unit article --format jsonl", &[]);
    let tables = ["/articles.csv", "/paragraphs.csv", "/data-dictionary.csv"];
    assert_same(&desk, "report in --model MODEL -o OUT", &tables);
}

#[test]
fn a_model_is_the_same_on_any_number_of_threads_and_but_for_its_calibration_in_any_order_of_its_files() {
    let corpus = |start: usize| {
        let labels = ["farming", "sport", "weather"];
        let rows = many_rows(9000);
        let rows = rows.lines().skip(1 + start).step_by(2).enumerate();
        std::iter::once("label,id,text\n".to_owned())
            .chain(rows.map(|(i, row)| format!("{},{row}\n", labels[(start + 2 * i) % 3])))
            .collect::<String>()
    };
    let desk = Desk::with(&[("even.csv", &corpus(0)), ("odd.csv", &corpus(1)), ("small.csv", CORPUS)]);
    assert_same(&desk, "train even.csv odd.csv small.csv -o OUT", &[""]);
    desk.run("train small.csv odd.csv even.csv -q -o other").ok();
    assert!(desk.run("inspect other --terms").ok() == desk.run("inspect out0 --terms").ok());
    // the calibration leaves out runs of rows, so that it alone depends on their order
    let settings = |model: &str| -> Vec<String> {
        let settings = desk.run(&format!("inspect {model}")).ok();
        let lines = settings.lines().filter(|line| !line.starts_with("calibration."));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(settings("other"), settings("out0"));
}
