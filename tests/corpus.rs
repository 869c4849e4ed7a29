//! What the data sheet says of the corpus holds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

struct Row {
    id: String,
    label: String,
    second: String,
    source: String,
    text: String,
}

/// Single items and whole articles to train on, and whole articles held out.
const FILES: [&str; 3] = ["paragraphs.csv", "articles.csv", "held-out.csv"];

fn rows() -> Vec<Row> {
    FILES.into_iter().flat_map(rows_of).collect()
}

fn rows_of(file: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/topics").join(file);
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    assert_eq!(header.iter().collect::<Vec<_>>(), ["id", "label", "second", "desk", "source", "text"]);
    let field = |record: &csv::StringRecord, i: usize| record[i].to_owned();
    reader
        .records()
        .map(|record| {
            let r = record.unwrap();
            Row {
                id: field(&r, 0),
                label: field(&r, 1),
                second: field(&r, 2),
                source: field(&r, 4),
                text: field(&r, 5),
            }
        })
        .collect()
}

fn n_words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Pairs of neighbouring words, three by three, in lower case.
fn shingles(text: &str) -> BTreeSet<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.windows(3).map(|window| window.join(" ")).collect()
}

#[test]
fn labels_lengths_and_counts_are_those_promised() {
    let rows = rows();
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids.len(), rows.len(), "ids are unique");
    let labels = ["diplomacy", "other", "security", "trade"];
    let mut paragraphs = BTreeMap::<&str, usize>::new();
    let mut n_headlines = 0;
    for row in &rows {
        assert!(labels.contains(&row.label.as_str()), "{}: label {}", row.id, row.label);
        assert!(row.second.is_empty() || labels.contains(&row.second.as_str()), "{}", row.id);
        assert_ne!(row.second, row.label, "{}", row.id);
        assert!(!row.source.is_empty(), "{}", row.id);
        assert!((5..=150).contains(&n_words(&row.text)), "{}: {} words", row.id, n_words(&row.text));
        if n_words(&row.text) >= 25 {
            *paragraphs.entry(&row.label).or_default() += 1;
        } else {
            n_headlines += 1;
        }
    }
    assert!(paragraphs["security"] >= 550 && paragraphs["trade"] >= 550 && paragraphs["diplomacy"] >= 550);
    assert!(paragraphs["other"] >= 750);
    assert!(n_headlines >= 300, "{n_headlines} headlines");
}

/// A line of the data sheet's table.
fn counts_of(file: &str, name: &str) -> String {
    let rows = rows_of(file);
    let of_label = |label: &str| rows.iter().filter(|row| row.label == label).count().to_string();
    let n_short = rows.iter().filter(|row| n_words(&row.text) < 25).count();
    let counts = ["security", "trade", "diplomacy", "other"].map(of_label).join(" | ");
    format!("| {name} | {counts} | {} | {n_short} |", rows.len())
}

#[test]
fn the_data_sheet_counts_the_rows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/topics/README.md");
    let sheet = std::fs::read_to_string(path).unwrap();
    for file in FILES {
        let n_articles = rows_of(file).into_iter().map(|row| row.source).collect::<BTreeSet<_>>().len();
        let thousands = match n_articles {
            n if n < 1000 => n.to_string(),
            n => format!("{},{:03}", n / 1000, n % 1000),
        };
        let articles = if file == FILES[0] { String::new() } else { format!(", {thousands} articles") };
        let line = counts_of(file, &format!("`{file}`{articles}"));
        assert!(sheet.contains(&line), "{line}");
    }
}

#[test]
fn no_story_is_in_two_files() {
    let [single, whole, held_out] =
        FILES.map(|file| rows_of(file).into_iter().map(|row| row.source).collect::<BTreeSet<_>>());
    for (file, other) in [(&single, &whole), (&single, &held_out), (&whole, &held_out)] {
        assert_eq!(file.intersection(other).collect::<Vec<_>>(), Vec::<&String>::new());
    }
    assert!(held_out.len() >= 600, "{} articles held out", held_out.len());
}

#[test]
fn no_two_rows_are_near_duplicates() {
    let rows = rows();
    let sets: Vec<BTreeSet<String>> = rows.iter().map(|row| shingles(&row.text)).collect();
    let mut rows_of = BTreeMap::<&str, Vec<usize>>::new();
    for (i, set) in sets.iter().enumerate() {
        for shingle in set {
            rows_of.entry(shingle).or_default().push(i);
        }
    }
    let mut shared = BTreeMap::<(usize, usize), usize>::new();
    for places in rows_of.values() {
        for (n, &b) in places.iter().enumerate() {
            for &a in &places[..n] {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    for ((a, b), n) in shared {
        let union = sets[a].len() + sets[b].len() - n;
        assert!(2 * n <= union, "{} and {} are near-duplicates", rows[a].id, rows[b].id);
    }
}

#[test]
fn no_sentence_stands_twice_and_openings_vary() {
    let rows = rows();
    let mut seen = BTreeMap::<&str, &str>::new();
    let mut openings = BTreeMap::<String, usize>::new();
    for row in &rows {
        for sentence in row.text.split_inclusive(['.', '!', '?']).map(str::trim) {
            if n_words(sentence) > 4 {
                let before = seen.insert(sentence, &row.id);
                assert!(before.is_none(), "{} and {before:?}: {sentence}", row.id);
            }
        }
        let opening = row.text.to_lowercase().split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        *openings.entry(opening).or_default() += 1;
    }
    let (opening, n) = openings.into_iter().max_by_key(|(_, n)| *n).unwrap();
    assert!(n * 50 <= rows.len(), "{n} rows open with {opening:?}");
}

#[test]
fn whole_articles_have_one_headline_and_headings_stand_between_their_paragraphs() {
    let mut first_of = BTreeMap::new();
    let mut source_of = BTreeMap::new();
    for row in FILES[1..].iter().flat_map(|file| rows_of(file)) {
        first_of.entry(row.source.clone()).or_insert_with(|| row.id.clone());
        source_of.insert(row.id, row.source);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/topics/headlines.csv");
    let (mut places, mut n_headlines) = (BTreeSet::new(), 0);
    for line in csv::Reader::from_path(path).unwrap().records() {
        let line = line.unwrap();
        let [source, kind, before, text] = [0, 1, 2, 3].map(|i| &line[i]);
        assert_eq!(source_of.get(before).map(String::as_str), Some(source), "{text}");
        assert!(places.insert(before.to_owned()), "{before}: two lines above it");
        assert!((1..=13).contains(&n_words(text)), "{text}");
        match kind {
            "headline" => n_headlines += 1,
            _ => assert_eq!(kind, "heading", "{text}"),
        }
        assert_eq!(kind == "headline", first_of[source] == before, "{text}");
    }
    assert_eq!(n_headlines, first_of.len());
}
