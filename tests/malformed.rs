//! Files that are not as they should be, made here: each is read or refused for the reason that stands beside it, and what is
//! read has finite metrics, probabilities that are such, and spans that lie in the file.

#![expect(clippy::too_many_lines, reason = "the cases of a group are one table")]

mod corpus;
mod dictionary;
mod html;
mod json;
mod model;
mod packed;
mod separated;
mod text;
mod warc;
mod xml;
mod zip;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use newsbeat::analysis::Analysis;
use newsbeat::article::read::{Limits, ReadOptions, Source, read_from};
use newsbeat::classify::{Corpus, CorpusOptions, CorpusReader, LabelledText, TopicModel, TopicModelParams};
use newsbeat::metrics::{self, Dictionary, Extras, TextCounts};
use newsbeat::text::Language;

use super::fuzz_laws::{article_holds, file_holds, report_holds};

/// A file and what becomes of it.
struct Case {
    /// What is wrong with it.
    name: &'static str,
    file: &'static str,
    bytes: Vec<u8>,
    outcome: Outcome<&'static str>,
}

/// What is read, by number, and what is refused, by a part of each reason.
#[derive(Debug)]
struct Outcome<R> {
    n_read: usize,
    refused: Vec<R>,
}

fn read(name: &'static str, file: &'static str, bytes: impl AsRef<[u8]>, n_read: usize) -> Case {
    both(name, file, bytes, n_read, &[])
}

fn refused(name: &'static str, file: &'static str, bytes: impl AsRef<[u8]>, reason: &'static str) -> Case {
    both(name, file, bytes, 0, &[reason])
}

fn both(
    name: &'static str,
    file: &'static str,
    bytes: impl AsRef<[u8]>,
    n_read: usize,
    reasons: &[&'static str],
) -> Case {
    let outcome = Outcome { n_read, refused: reasons.to_vec() };
    Case { name, file, bytes: bytes.as_ref().to_vec(), outcome }
}

/// What reads a file.
type Reader = fn(&Case) -> Outcome<String>;

/// Its name, what reads its cases, and they themselves.
type Group = (&'static str, Reader, fn() -> Vec<Case>);

const GROUPS: &[Group] = &[
    ("text", articles, text::cases),
    ("html", articles, html::cases),
    ("separated", articles, separated::cases),
    ("json", articles, json::cases),
    ("packed", articles, packed::cases),
    ("zip", articles, zip::cases),
    ("xml", articles, xml::cases),
    ("warc", articles, warc::cases),
    ("corpus", corpus, corpus::cases),
    ("dictionary", dictionary, dictionary::cases),
    ("model", model, model::cases),
];

/// Small, so that what goes over them is quickly made.
const LIMITS: Limits = Limits {
    max_record_bytes: 256 << 10,
    max_article_bytes: 64 << 10,
    max_field_bytes: 1 << 10,
    max_depth: 100,
    max_unpacked_bytes: 1 << 20,
    max_ratio: 200,
    max_entries: 10,
    max_training_bytes: 1 << 30,
};

static MODEL: LazyLock<TopicModel> = LazyLock::new(|| {
    let row = |label, text| LabelledText { label, text, group: "" };
    let rows = [
        row("security", "Troops crossed the border on Monday."),
        row("trade", "Tariffs on steel rose again."),
        row("trade", "The quota of wool fell."),
    ];
    TopicModelParams::default().fit(&rows).expect("two labels have words")
});

fn articles(case: &Case) -> Outcome<String> {
    let options = ReadOptions { limits: LIMITS, ..ReadOptions::default() };
    let analysis = Analysis {
        model: &MODEL,
        metrics: metrics::all().collect(),
        extras: Extras::default(),
        language: Language::ENGLISH,
        context: false,
    };
    let mut session = MODEL.session();
    let mut outcome = Outcome { n_read: 0, refused: Vec::new() };
    let is_packed = [".gz", ".zst", ".zip"].iter().any(|extension| case.file.ends_with(extension));
    for article in read_from(Cursor::new(case.bytes.clone()), &Source::named(case.file, &options), &options) {
        match article {
            Ok(article) => {
                article_holds(&article, case.file == "news.txt", (!is_packed).then_some(&case.bytes));
                report_holds(&analysis.of(&mut session, article));
                outcome.n_read += 1;
            }
            Err(error) => outcome.refused.push(reason_of(&error, case.file)),
        }
    }
    outcome
}

/// The rows, and what is wrong with them or keeps a model from learning from them.
fn corpus(case: &Case) -> Outcome<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(case.file);
    std::fs::write(&path, &case.bytes).unwrap();
    let options = CorpusOptions { limits: LIMITS, ..CorpusOptions::default() };
    let corpus = match Corpus::read(CorpusReader::new(vec![path], options)) {
        Ok(corpus) => corpus,
        Err(error) => return Outcome { n_read: 0, refused: vec![reason_of(&error, case.file)] },
    };
    let mut refused: Vec<String> =
        corpus.rejects.named().iter().map(|error| reason_of(error, case.file)).collect();
    match TopicModelParams::default().fit(&corpus.rows()) {
        Ok(model) => file_holds(&model.to_bytes().unwrap()),
        Err(error) => refused.push(error.to_string()),
    }
    Outcome { n_read: corpus.rows().len(), refused }
}

/// The categories.
fn dictionary(case: &Case) -> Outcome<String> {
    match Dictionary::read(&case.bytes[..], case.file) {
        Ok(dictionary) => {
            let text = "Troops troops crossed the border: tariffs rose to 25 %, U.N. envoys said.";
            for text in [text, ""] {
                for score in dictionary.scores(&TextCounts::of(&[text], Language::ENGLISH)) {
                    assert!(score.weight.is_finite() && score.share.is_none_or(f64::is_finite), "{score:?}");
                }
            }
            Outcome { n_read: dictionary.categories().count(), refused: Vec::new() }
        }
        Err(error) => Outcome { n_read: 0, refused: vec![reason_of(&error, case.file)] },
    }
}

/// One model.
fn model(case: &Case) -> Outcome<String> {
    match TopicModel::from_bytes(&case.bytes, case.file) {
        Ok(_) => {
            file_holds(&case.bytes);
            Outcome { n_read: 1, refused: Vec::new() }
        }
        Err(error) => Outcome { n_read: 0, refused: vec![reason_of(&error, case.file)] },
    }
}

/// Place and reason, which name the file and are one line.
fn reason_of(error: &newsbeat::Error, file: &str) -> String {
    let place = error.place().expect("an error of reading has a place");
    let text = format!("{place}: {}", error.reason());
    assert!(place.contains(file) && !error.reason().is_empty(), "{text}");
    assert!(!text.contains(|c: char| c.is_control()), "{text:?}");
    text
}

/// Reads each case of the group, and names all that came out otherwise.
fn group_holds(name: &str) {
    let (_, reader, cases) = GROUPS.iter().find(|(group, ..)| *group == name).expect("the group is listed");
    let mut otherwise = String::new();
    for case in cases() {
        let outcome = catch_unwind(AssertUnwindSafe(|| reader(&case)));
        let is_as_expected = outcome.as_ref().is_ok_and(|found| {
            let expected = &case.outcome.refused;
            found.n_read == case.outcome.n_read
                && found.refused.len() == expected.len()
                && found.refused.iter().zip(expected).all(|(reason, part)| reason.contains(part))
        });
        if !is_as_expected {
            let found = outcome.map_or("a panic".to_owned(), |found| format!("{found:?}"));
            writeln!(otherwise, "{}: expected {:?}, found {found}", case.name, case.outcome).unwrap();
        }
    }
    assert!(otherwise.is_empty(), "{otherwise}");
}

#[test]
fn cases_are_many_and_each_has_its_own_name() {
    let names: Vec<&str> = GROUPS.iter().flat_map(|(.., cases)| cases()).map(|case| case.name).collect();
    let distinct: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(distinct.len(), names.len());
    assert!(names.len() >= 150, "{}", names.len());
    for (group, _, cases) in GROUPS {
        println!("{group}: {}", cases().len());
    }
}

macro_rules! each_group {
    ($($group:ident)+) => {
        mod cases_of {
            $(
                #[test]
                fn $group() {
                    super::group_holds(stringify!($group));
                }
            )+
        }
    };
}

each_group!(text html separated json packed zip xml warc corpus dictionary model);
