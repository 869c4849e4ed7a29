//! The built-in model on whole articles that it was not trained on.

use std::collections::BTreeMap;
use std::path::Path;

use newsbeat::analysis::{classify_paragraphs, in_context};
use newsbeat::article::read::{ReadOptions, read, sources};
use newsbeat::classify::TopicModel;

/// Least shares of the gold paragraphs whose answer is the first label given, and the first or second, alone and in context:
/// just under what was measured.
const FLOORS: [[f64; 2]; 2] = [[0.80, 0.855], [0.83, 0.88]];

#[test]
fn whole_articles_come_out_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets");
    let mut gold = BTreeMap::<String, Vec<[String; 3]>>::new();
    for record in csv::Reader::from_path(root.join("articles-gold.csv")).unwrap().records() {
        let record = record.unwrap();
        if &record[2] == "paragraph" {
            let row = [3, 4, 5].map(|i| record[i].split_whitespace().collect::<Vec<_>>().join(" "));
            gold.entry(record[0].to_owned()).or_default().push(row);
        }
    }
    let model = TopicModel::built_in().unwrap();
    let mut session = model.session();
    let (mut n_found, mut n_right) = ([0.0; 2], [[0.0; 2]; 2]);
    for source in sources(&[root.join("articles")], &ReadOptions::default()) {
        let source = source.unwrap();
        let file = source.path.file_name().unwrap().to_str().unwrap().to_owned();
        for article in read(&source, &ReadOptions::default()) {
            let mut article = article.unwrap();
            let alone = classify_paragraphs(&mut session, article.take_body());
            let mut together = alone.clone();
            in_context(&mut session, article.title.as_deref(), &mut together);
            for (way, paragraph) in
                [alone, together].iter().enumerate().flat_map(|(i, p)| p.iter().map(move |p| (i, p)))
            {
                let start = paragraph.text.split_whitespace().take(5).collect::<Vec<_>>().join(" ");
                let Some([label, second, _]) = gold[&file].iter().find(|row| row[2] == start) else {
                    continue;
                };
                n_found[way] += 1.0;
                let Some(ranking) = &paragraph.ranking else { continue };
                let answer = &model.labels()[ranking.best().0];
                n_right[way][0] += f64::from(u8::from(answer == label));
                n_right[way][1] += f64::from(u8::from(answer == label || answer == second));
            }
        }
    }
    assert!(n_found[0] > 300.0, "{} gold paragraphs found", n_found[0]);
    for (way, name) in ["alone", "in context"].into_iter().enumerate() {
        let shares = n_right[way].map(|n| n / n_found[way]);
        println!(
            "{name}: {} paragraphs, {:.4} right, {:.4} right or second",
            n_found[way], shares[0], shares[1]
        );
        assert!(shares[0] >= FLOORS[way][0] && shares[1] >= FLOORS[way][1], "{name}: {shares:?}");
    }
}

/// Most of `datasets/strangers.csv` that may be called security, trade or diplomacy.
const MOST_STRANGERS: f64 = 0.05;

#[test]
fn what_is_no_news_of_these_topics_is_not_called_so() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/strangers.csv");
    let model = TopicModel::built_in().unwrap();
    let mut session = model.session();
    let (mut n_texts, mut called) = (0.0, Vec::new());
    for record in csv::Reader::from_path(path).unwrap().records() {
        let text = &record.unwrap()[2];
        n_texts += 1.0;
        let topic = session.classify(text).and_then(|ranking| ranking.topic());
        if topic.is_some_and(|topic| model.labels()[topic] != "other") {
            called.push(text.to_owned());
        }
    }
    assert!(n_texts >= 200.0, "{n_texts} strangers");
    println!("{} of {n_texts} strangers called a topic", called.len());
    assert!(called.len() as f64 <= MOST_STRANGERS * n_texts, "{called:#?}");
}
