//! Holds the sentences of news prose, and of pySBD's golden rules; see `tests/parity/sentences/README.md`.

use newsbeat::text::{Language, sentences};

fn cut(text: &str) -> Vec<&str> {
    sentences(text, Language::ENGLISH).map(|span| span.of(text)).collect()
}

/// Compares what fails with what is known to fail, so that neither a loss nor a gain goes unseen.
fn assert_failures(cases: &[(String, Vec<String>)], known: &[&str]) {
    let failing: Vec<_> = cases.iter().filter(|(text, expected)| cut(text) != *expected).collect();
    let names: Vec<&str> = failing.iter().map(|(text, _)| text.as_str()).collect();
    let found: Vec<_> = names.iter().map(|text| cut(text)).collect();
    assert_eq!(names, known, "help: list what fails and no more; these fail as {found:#?}");
}

#[test]
fn the_golden_rules_of_pysbd_hold_but_for_four() {
    let cases: Vec<(String, Vec<String>)> =
        serde_json::from_str(include_str!("parity/sentences/golden_rules.json")).unwrap();
    assert_eq!(cases.len(), 48);
    assert_failures(
        &cases,
        &[
            "1. The first item 2. The second item",
            "⁃9. The first item ⁃10. The second item",
            "a. The first item b. The second item c. The third list item",
            "One further habit which was somewhat weakened . . . was that of combining words into \
             self-interpreting compounds. . . . The practice was not abandoned. . . .",
        ],
    );
}

#[test]
fn sentences_in_the_news_end_where_a_reader_ends_them() {
    let cases: Vec<(String, Vec<String>)> = include_str!("golden/sentences_news.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| (line.replace(" | ", " "), line.split(" | ").map(str::to_owned).collect()))
        .collect();
    assert_eq!(cases.len(), 111);
    assert_failures(
        &cases,
        &[
            "It was the largest sale in the U.S. Analysts had expected less.",
            "She is survived by her son, Martin Luther King Jr. Services are private.",
        ],
    );
}
