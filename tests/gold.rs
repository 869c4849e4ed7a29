//! The built-in model on texts that it was not trained on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use newsbeat::analysis::{classify_paragraphs, in_context};
use newsbeat::article::read::{ReadOptions, read, sources};
use newsbeat::article::{Paragraph, ParagraphKind};
use newsbeat::classify::TopicModel;

/// Least shares of paragraphs whose answer is the first label given, and the first or second.
type Floors = [f64; 2];

/// Of the gold articles, alone and in context: just under what was measured.
const GOLD: [Floors; 2] = [[0.85, 0.885], [0.865, 0.905]];

/// Of the whole articles held out from the corpus.
const HELD_OUT: [Floors; 2] = [[0.835, 0.895], [0.86, 0.92]];

fn datasets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets")
}

fn records(file: &str) -> impl Iterator<Item = csv::StringRecord> {
    csv::Reader::from_path(datasets().join(file)).unwrap().into_records().map(Result::unwrap)
}

/// What a paragraph should be called: its first label, and a second or nothing.
type Labels = [String; 2];

/// How many paragraphs have been judged, and how many are right, alone and in context.
struct Tally {
    model: TopicModel,
    n_paragraphs: usize,
    n_right: [[usize; 2]; 2],
}

impl Tally {
    fn new() -> Self {
        Self { model: TopicModel::built_in().unwrap(), n_paragraphs: 0, n_right: [[0; 2]; 2] }
    }

    /// Judges an article; paragraphs without labels are context only.
    fn judge(
        &mut self,
        title: Option<&str>,
        body: impl Iterator<Item = Paragraph>,
        labels: impl Fn(usize, &str) -> Option<Labels>,
    ) {
        let mut session = self.model.session();
        let alone = classify_paragraphs(&mut session, body);
        let mut together = alone.clone();
        in_context(&mut session, title, &mut together);
        for (number, (alone, together)) in alone.iter().zip(&together).enumerate() {
            let Some([label, second]) = labels(number, &alone.text) else { continue };
            self.n_paragraphs += 1;
            for (paragraph, n_right) in [alone, together].into_iter().zip(&mut self.n_right) {
                let Some(ranking) = &paragraph.ranking else { continue };
                let answer = &self.model.labels()[ranking.best().0];
                n_right[0] += usize::from(*answer == label);
                n_right[1] += usize::from([&label, &second].contains(&answer));
            }
        }
    }

    /// Shares right, and right or second: alone, and in context.
    fn shares(&self) -> [[f64; 2]; 2] {
        self.n_right.map(|both| both.map(|n| n as f64 / self.n_paragraphs as f64))
    }
}

fn assert_at_least(shares: [[f64; 2]; 2], floors: [Floors; 2]) {
    for (name, (shares, floors)) in ["alone", "in context"].into_iter().zip(shares.into_iter().zip(floors)) {
        assert!(shares[0] >= floors[0] && shares[1] >= floors[1], "{name}: {shares:?}");
    }
}

#[test]
fn gold_articles_come_out_right() {
    let mut gold = BTreeMap::<String, BTreeMap<String, Labels>>::new();
    for record in records("articles-gold.csv").filter(|record| &record[2] == "paragraph") {
        let start = record[5].split_whitespace().collect::<Vec<_>>().join(" ");
        let labels = [record[3].to_owned(), record[4].to_owned()];
        gold.entry(record[0].to_owned()).or_default().entry(start).or_insert(labels);
    }
    let mut tally = Tally::new();
    for source in sources(&[datasets().join("articles")], &ReadOptions::default()) {
        let source = source.unwrap();
        let labels = &gold[source.path.file_name().unwrap().to_str().unwrap()];
        for article in read(&source, &ReadOptions::default()) {
            let mut article = article.unwrap();
            let body = article.take_body();
            tally.judge(article.title.as_deref(), body, |_, text| {
                labels.get(&text.split_whitespace().take(5).collect::<Vec<_>>().join(" ")).cloned()
            });
        }
    }
    assert!(tally.n_paragraphs > 300, "{} gold paragraphs found", tally.n_paragraphs);
    let shares = tally.shares();
    println!("alone and in context: {shares:.4?} right, and right or second, of {}", tally.n_paragraphs);
    assert_at_least(shares, GOLD);
}

#[test]
fn articles_held_out_from_the_corpus_come_out_right() {
    let lines: BTreeMap<String, [String; 2]> = records("topics/headlines.csv")
        .map(|line| (line[2].to_owned(), [line[1].to_owned(), line[3].to_owned()]))
        .collect();
    let rows: Vec<_> = records("topics/held-out.csv").collect();
    let mut tally = Tally::new();
    for article in rows.chunk_by(|a, b| a[4] == b[4]) {
        let (mut headline, mut section) = (None, None);
        let body: Vec<Paragraph> = article
            .iter()
            .map(|row| {
                match lines.get(&row[0]) {
                    Some([kind, text]) if kind == "headline" => headline = Some(text.as_str()),
                    Some([_, text]) => section = Some(text.clone()),
                    None => {}
                }
                let (kind, text) = (ParagraphKind::Body, row[5].to_owned());
                Paragraph { kind, text, span: None, section: section.clone() }
            })
            .collect();
        let labels =
            |number: usize, _: &str| Some([&article[number][1], &article[number][2]].map(str::to_owned));
        tally.judge(headline, body.into_iter(), labels);
    }
    assert_eq!(tally.n_paragraphs, rows.len());
    let shares = tally.shares();
    println!("alone and in context: {shares:.4?} right, and right or second, of {}", tally.n_paragraphs);
    assert_at_least(shares, HELD_OUT);
}

/// Most of `datasets/strangers.csv` that may be called security, trade or diplomacy.
const MOST_STRANGERS: f64 = 0.05;

#[test]
fn what_is_no_news_of_these_topics_is_not_called_so() {
    let model = TopicModel::built_in().unwrap();
    let mut session = model.session();
    let texts: Vec<String> = records("strangers.csv").map(|record| record[2].to_owned()).collect();
    let is_called = |text: &&String| {
        let topic = session.classify(text).and_then(|ranking| ranking.topic());
        topic.is_some_and(|topic| model.labels()[topic] != "other")
    };
    let called: Vec<&String> = texts.iter().filter(is_called).collect();
    println!("{} of {} strangers called a topic", called.len(), texts.len());
    assert!(texts.len() >= 200 && called.len() as f64 <= MOST_STRANGERS * texts.len() as f64, "{called:#?}");
}
