//! The command line that scripts rely on: every option of it is accepted and stands in the help.

use super::evaluate::dated;
use super::{ARTICLE, CORPUS, Desk};

/// Options of every command that reads articles.
const READING: &[&str] = &[
    "--input-format text",
    "--text-column text",
    "--id-column id",
    "--title-column title",
    "--keep id,title",
    "--language en",
    "--language auto",
    "-j 1",
    "--jobs 2",
    "--quiet",
    "-q",
];

/// The same where a text without columns is in no group.
const READING_COLUMNS: &[&str] = match READING.split_first() {
    Some((_, others)) => others,
    None => &[],
};

/// Options of every command that writes one table.
const WRITING: &[&str] =
    &["-o -", "-o out.csv", "--output out.csv", "--format csv", "--format tsv", "--format jsonl", "--force"];

/// Options of every command that fits a model.
const TRAINING: &[&str] = &[
    "--label-column label",
    "--text-column text",
    "--classifier complement",
    "--classifier multinomial",
    "--classifier bernoulli",
    "--classifier auto",
    "--alpha 0.5",
    "--alpha auto",
    "--ngrams 1-2",
    "--ngrams auto",
    "--weighting counts",
    "--weighting log",
    "--weighting binary",
    "--weighting tfidf",
    "--weighting auto",
    "--weighting log-idf-l1",
    "--weighting counts-plain-idf-none",
    "--analyzer word",
    "--analyzer char_wb",
    "--hash-features 10",
    "--language de",
    "--min-df 1",
    "--min-df 0.1",
    "--max-df 8",
    "--max-df 0.9",
    "--max-features 20",
    "--stop-words none",
    "--stop-words words.txt",
    "--stop-words snowball",
    "--stemmer english",
    "--stemmer none",
    "--prior farming=0.2,sport=0.3,weather=0.5",
];

/// Each command with a line that does something, and its options.
const COMMANDS: &[(&str, &[&[&str]])] = &[
    (
        "report news.csv -o tables --model MODEL",
        &[READING, &["--format csv", "--format csv --format jsonl", "--alone", "--force"]],
    ),
    (
        "compare news.csv --by id --model MODEL",
        &[
            READING_COLUMNS,
            &[
                "--input-format csv",
                "--metrics n_characters",
                "--family counts",
                "--seed 3",
                "--min-count 2",
                "--keywords 10",
                "-o tables",
                "--output tables --format csv --format xlsx --excel --locale de --stamp",
                "-o all.xlsx --force",
                "-o all.html",
            ],
        ],
    ),
    (
        "metrics news.csv",
        &[
            READING,
            WRITING,
            &[
                "--metrics n_characters",
                "--family counts",
                "--unit article",
                "--unit paragraph",
                "--unit sentence",
            ],
        ],
    ),
    (
        "classify news.csv --model MODEL",
        &[READING, WRITING, &["--unit paragraph", "--unit article", "--alone", "--with-text"]],
    ),
    (
        "train corpus.csv -o m",
        &[TRAINING, &["--force", "-j 1", "--quiet", "--suspects s.csv", "--candidates c.csv"]],
    ),
    (
        "train --model MODEL -o m",
        &[&[
            "--add corpus.csv",
            "--remove corpus.csv --add corpus.csv",
            "--add corpus.csv --label-column label --text-column text",
        ]],
    ),
    ("train -o m", &[&["--merge MODEL MODEL"]]),
    (
        "evaluate corpus.csv --folds 3",
        &[
            TRAINING,
            WRITING,
            &[
                "--group id",
                "--seed 5",
                "--bootstrap 10",
                "--confusion c.csv",
                "--reliability r.csv",
                "--predictions p.csv",
                "-j 1",
                "--quiet",
            ],
        ],
    ),
    ("evaluate corpus.csv --model MODEL", &[WRITING, &["--against MODEL", "--group id", "--bootstrap 10"]]),
    ("evaluate dated.csv", &[&["--time date --folds 2"]]),
    ("explain news.csv --model MODEL", &[READING, WRITING, &["--top 5"]]),
    ("inspect MODEL", &[WRITING, &["--terms", "--top 5", "--verify"]]),
    ("list metrics", &[WRITING]),
    ("list languages", &[WRITING]),
    ("list formats", &[WRITING]),
    ("list models", &[WRITING]),
    ("completions bash", &[]),
    ("man pages", &[&["--force"]]),
];

#[test]
fn every_option_of_the_contract_is_accepted() {
    let news = "id,title,text\na1,Rain,It rained.\n";
    for (line, groups) in COMMANDS {
        // A change of a model needs to be told which.
        let bare: &[&str] = if line.starts_with("train -") { &[] } else { &[""] };
        for option in groups.iter().copied().flatten().chain(bare) {
            let desk = Desk::with(&[("news.csv", news), ("corpus.csv", CORPUS), ("words.txt", "the\nand\n")]);
            desk.write("dated.csv", dated());
            let ran = desk.run(&format!("{line} {option}"));
            assert_eq!(ran.code, 0, "{line} {option}: {}", ran.stderr);
        }
    }
}

#[test]
fn every_option_stands_in_the_help_of_its_command() {
    let desk = Desk::with(&[]);
    let whole = desk.run("--help").ok();
    for (line, groups) in COMMANDS {
        let command = line.split(' ').next().unwrap();
        assert!(whole.contains(&format!("\n  {command} ")), "{command}");
        let help = desk.run(&format!("{command} --help")).ok();
        let words = groups.iter().copied().flatten().chain([line]).flat_map(|words| words.split(' '));
        for option in words.filter(|word| word.len() > 1 && word.starts_with('-')) {
            let stands = help.contains(&format!(" {option} "))
                || help.contains(&format!("{option},"))
                || help.contains(&format!("{option}\n"));
            assert!(stands, "{command} {option}\n{help}");
        }
    }
}

#[test]
fn every_option_in_the_help_says_what_it_does() {
    let desk = Desk::with(&[]);
    for (line, _) in COMMANDS {
        let help = desk.run(&format!("{} -h", line.split(' ').next().unwrap())).ok();
        let options = help.lines().skip_while(|line| *line != "Options:").skip(1);
        for option in options.filter(|line| line.trim_start().starts_with('-')) {
            assert!(option.trim().contains("  "), "{line}: {option}");
        }
    }
}

#[test]
fn help_names_the_exit_codes_and_the_version_is_that_of_the_package() {
    let desk = Desk::with(&[]);
    let help = desk.run("--help").ok();
    assert!(help.contains("Exit codes:"), "{help}");
    let version = format!("newsbeat {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(desk.run("--version").ok(), version);
    let refused = desk.run("").refused(2);
    assert!(refused.contains("Usage: newsbeat"), "{refused}");
}

#[test]
fn quiet_says_nothing_but_names_what_is_rejected() {
    let desk = Desk::with(&[("a.txt", ARTICLE), ("b.csv", "id,text\n1\n")]);
    desk.run("report a.txt -q -o out --model MODEL").ok();
    let ran = desk.run("report a.txt b.csv -q -o both --model MODEL");
    assert_eq!((ran.code, ran.stderr.as_str()), (1, "rejected: b.csv:2: expected 2 fields, found 1\n"));
}
