//! The built-in model on whole articles that it was not trained on.

use std::collections::BTreeMap;
use std::path::Path;

use newsbeat::article::read::{ReadOptions, read, sources};
use newsbeat::classify::TopicModel;

/// Least share of the gold paragraphs whose most probable label is the first or second one given: just under what was
/// measured.
const FLOOR: f64 = 0.82;

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
    let (mut n_found, mut n_right, mut n_right_or_second) = (0.0, 0.0, 0.0);
    for source in sources(&[root.join("articles")], &ReadOptions::default()) {
        let source = source.unwrap();
        let file = source.path.file_name().unwrap().to_str().unwrap().to_owned();
        for article in read(&source, &ReadOptions::default()) {
            for paragraph in article.unwrap().body() {
                let start = paragraph.text.split_whitespace().take(5).collect::<Vec<_>>().join(" ");
                let Some([label, second, _]) = gold[&file].iter().find(|row| row[2] == start) else {
                    continue;
                };
                n_found += 1.0;
                let Some(ranking) = session.classify(&paragraph.text) else { continue };
                let answer = &model.labels()[ranking.best().0];
                n_right += f64::from(u8::from(answer == label));
                n_right_or_second += f64::from(u8::from(answer == label || answer == second));
            }
        }
    }
    assert!(n_found > 300.0, "{n_found} gold paragraphs found");
    println!(
        "{n_found} paragraphs: {:.4} right, {:.4} right or second",
        n_right / n_found,
        n_right_or_second / n_found
    );
    assert!(n_right_or_second / n_found >= FLOOR);
}

#[test]
fn what_is_no_news_of_these_topics_is_not_called_so() {
    let model = TopicModel::built_in().unwrap();
    let strangers = [
        "The midfielder scored twice before the break and the visitors never recovered from a poor first half.",
        "Fold the beaten egg whites into the batter, pour it into a buttered tin and bake for forty minutes.",
        "fn main() { let mut total = 0; for i in 0..10 { total += i; } println!(\"{total}\"); }",
        "Der Bundestag hat am Donnerstag nach langer Debatte das neue Gesetz zur Rente mit knapper Mehrheit beschlossen.",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore.",
        "She trained as a soprano in Naples, sang her first Tosca at twenty-six and retired to teach in Bologna.",
        "Showers will clear from the west by evening, with a light frost likely in sheltered valleys overnight.",
        "The tenants say the lift has been out of order since March and the landlord does not answer letters.",
        "",
        "1 2 3 4 5",
    ];
    let labels = model.labels();
    let called = |text: &&str| {
        model.classify(text).and_then(|r| r.topic()).is_some_and(|topic| labels[topic] != "other")
    };
    let wrong: Vec<&str> = strangers.into_iter().filter(|text| called(text)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}
