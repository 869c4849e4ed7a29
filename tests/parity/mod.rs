//! What other programs say of the same texts; see `README.md` beside this file.

mod expression;
mod published;

use std::collections::BTreeMap;

use expression::{Values, evaluate};
use newsbeat::metrics::{self, Column, Preset, SYMBOLS, TextCounts};
use newsbeat::text::Language;

const TEXTS: &[(&str, &str)] = &[
    ("ceasefire", include_str!("texts/ceasefire.txt")),
    ("summit", include_str!("texts/summit.txt")),
    ("tariffs", include_str!("texts/tariffs.txt")),
];

/// The rows of a frozen table.
fn rows(table: &'static str) -> impl Iterator<Item = BTreeMap<String, String>> {
    csv::Reader::from_reader(table.as_bytes())
        .into_deserialize()
        .map(|row| row.expect("the table is well formed"))
}

fn paragraphs_of(name: &str) -> Vec<&'static str> {
    let (_, text) = TEXTS.iter().find(|(n, _)| *n == name).expect("a text of that name");
    text.lines().filter(|line| !line.is_empty()).collect()
}

/// A text whose words are as distinct as the tokens, whatever a tokeniser would make of these.
fn text_of<T: Ord>(tokens: impl IntoIterator<Item = T>) -> String {
    let mut numbers = BTreeMap::new();
    let mut text = String::new();
    for token in tokens {
        let next = numbers.len();
        let number = *numbers.entry(token).or_insert(next);
        let letters =
            format!("{number:04}").bytes().map(|digit| char::from(digit - b'0' + b'a')).collect::<String>();
        text.push_str(&letters);
        text.push(' ');
    }
    text
}

fn assert_close(found: f64, expected: f64, relative: f64, what: &str) {
    let bound = relative * expected.abs().max(1.0);
    assert!((found - expected).abs() <= bound, "{what}: {found}, expected {expected}");
}

#[test]
fn a_formula_says_what_its_code_computes() {
    let mut n_checked = 0;
    for (name, _) in TEXTS {
        let counts = TextCounts::of(&paragraphs_of(name), Language::ENGLISH);
        let values: Values<'_> =
            SYMBOLS.iter().filter_map(|s| (s.value)(&counts).map(|value| (s.name, value))).collect();
        for metric in metrics::all() {
            if let (Some(by_hand), Some(value)) =
                (evaluate(metric.formula, &values), (metric.measure)(&counts))
            {
                assert_close(value, by_hand, 1e-12, metric.name);
                n_checked += 1;
            }
        }
    }
    assert!(n_checked > 3 * 100, "{n_checked}");
}

/// The counts that a package made of a text.
fn counts_of(row: &BTreeMap<String, String>) -> Values<'_> {
    let counts = row["counts"].split(' ').filter_map(|count| count.split_once('='));
    counts.map(|(name, n)| (name, n.parse().expect("a count"))).collect()
}

/// The column of textstat's preset for a row, and the value that textstat gives.
fn textstat(row: &BTreeMap<String, String>) -> (&'static Column, f64) {
    let columns = Preset::named("textstat").expect("a preset of that name").columns();
    let column = columns.iter().find(|column| column.name == row["measure"]).expect("a column of that name");
    (column, row["value"].parse().expect("a number"))
}

#[test]
fn formulas_agree_with_textstat_on_its_own_counts() {
    for row in rows(include_str!("textstat.csv")) {
        let (column, expected) = textstat(&row);
        let found =
            evaluate(column.formula(), &counts_of(&row)).unwrap_or_else(|| panic!("{}", column.formula()));
        assert_close(found, expected, 1e-6, &format!("{} of {}", column.name, row["text"]));
    }
}

#[test]
fn formulas_agree_with_other_packages_on_their_own_counts() {
    let mut n_checked = 0;
    for row in rows(include_str!("readability.csv")) {
        let formula = if row["preset"].is_empty() {
            metrics::named(&row["formula"]).expect("a metric of that name").formula
        } else {
            let columns = Preset::named(&row["preset"]).expect("a preset of that name").columns();
            columns.iter().find(|c| c.name == row["formula"]).expect("a column of that name").formula()
        };
        let what = format!("{} of {}, {}", row["measure"], row["text"], row["package"]);
        let found = evaluate(formula, &counts_of(&row)).unwrap_or_else(|| panic!("{what}: {formula}"));
        assert_close(found, row["value"].parse().expect("a number"), 1e-6, &what);
        n_checked += 1;
    }
    assert_eq!(n_checked, 3 * (11 + 7 + 8) + 3);
}

#[test]
fn whole_texts_are_measured_as_textstat_does() {
    let preset = Preset::named("textstat").expect("a preset of that name");
    for row in rows(include_str!("textstat.csv")) {
        let (column, expected) = textstat(&row);
        let found =
            column.of(&preset.counts(&paragraphs_of(&row["text"]), Language::ENGLISH)).expect("a value");
        assert_close(found, expected, 0.04, &format!("{} of {}", column.name, row["text"]));
    }
}

#[test]
fn diversity_is_that_of_lexicalrichness_and_lexical_diversity() {
    let tokens: BTreeMap<(String, String), String> = rows(include_str!("tokens.csv"))
        .map(|row| ((row["text"].clone(), row["package"].clone()), row["tokens"].clone()))
        .collect();
    for row in rows(include_str!("diversity.csv")) {
        let text = text_of(tokens[&(row["text"].clone(), row["package"].clone())].split(' '));
        let counts = TextCounts::of(&[&text], Language::ENGLISH);
        let value = metrics::named(&row["metric"]).expect("a metric of that name").of(&counts);
        let [expected, factor] = ["value", "factor"].map(|c| row[c].parse::<f64>().expect("a number"));
        let what = format!("{} of {}, {} {}", row["metric"], row["text"], row["package"], row["measure"]);
        match value {
            Some(value) => assert_close(value * factor, expected, 1e-9, &what),
            // lexical_diversity answers 0 where no factor ends inside the text; see README.md.
            None => assert!(row["package"] == "lexical_diversity" && row["metric"] == "mtld_ma", "{what}"),
        }
    }
}
