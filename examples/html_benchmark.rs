//! How well pages are read: F1 over 4-gram shingles, as the article-extraction-benchmark of Scrapinghub computes it.
//!
//! ```sh
//! cargo run --release --example html_benchmark -- FOLDER [--worst N | --show ID]
//! ```
//!
//! FOLDER holds `ground-truth.json` and `html/ID.html.gz` (<https://github.com/scrapinghub/article-extraction-benchmark>).

#![expect(clippy::print_stdout, reason = "the figures are the output")]

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::Path;

use newsbeat::article::{Article, ParagraphKind, html};

/// Words in a shingle.
const N: usize = 4;

type Shingles = HashMap<Vec<String>, usize>;

struct Score {
    id: String,
    precision: f64,
    recall: f64,
}

impl Score {
    /// The harmonic mean; 0 if nothing is shared.
    fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(arguments.first().ok_or("usage: html_benchmark FOLDER [--worst N | --show ID]")?);
    let truth: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("ground-truth.json"))?)?;
    let truth = truth.as_object().ok_or("expected an object in ground-truth.json")?;
    let option = |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1));

    let mut scores = Vec::new();
    for (id, page) in truth {
        let expected = page["articleBody"].as_str().unwrap_or_default();
        let article = html::article(&page_bytes(folder, id)?, id)?;
        if option("--show") == Some(id) {
            show(expected, &article);
        }
        scores.push(score(id, &shingles(expected), &shingles(&text(&article))));
    }
    scores.sort_by(|a, b| a.f1().total_cmp(&b.f1()));
    let n_worst = option("--worst").and_then(|n| n.parse().ok()).unwrap_or(0);
    for score in scores.iter().take(n_worst) {
        println!(
            "{} f1 {:.3} precision {:.3} recall {:.3}",
            score.id,
            score.f1(),
            score.precision,
            score.recall
        );
    }
    let mean = |value: fn(&Score) -> f64| scores.iter().map(value).sum::<f64>() / scores.len() as f64;
    let (precision, recall) = (mean(|s| s.precision), mean(|s| s.recall));
    // The benchmark's F1 is that of the mean precision and the mean recall; the mean of the pages' F1 is stricter.
    let overall = Score { id: String::new(), precision, recall }.f1();
    println!(
        "pages {} precision {precision:.4} recall {recall:.4} f1 {overall:.4} mean f1 {:.4}",
        scores.len(),
        mean(Score::f1)
    );
    Ok(())
}

fn page_bytes(folder: &Path, id: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let file = fs::File::open(folder.join("html").join(format!("{id}.html.gz")))?;
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(file).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What the page says as prose and headings.
fn text(article: &Article) -> String {
    let is_text = |kind| matches!(kind, ParagraphKind::Body | ParagraphKind::Heading);
    let blocks = article.paragraphs.iter().filter(|p| is_text(p.kind));
    blocks.map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// Runs of four words, as often as they occur; of shorter texts, the text.
fn shingles(text: &str) -> Shingles {
    let words: Vec<String> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect();
    let mut shingles = Shingles::new();
    if words.is_empty() {
        return shingles;
    }
    for shingle in words.windows(N.min(words.len())) {
        *shingles.entry(shingle.to_vec()).or_default() += 1;
    }
    shingles
}

fn score(id: &str, expected: &Shingles, found: &Shingles) -> Score {
    let total = |s: &Shingles| s.values().sum::<usize>() as f64;
    let shared: usize = found.iter().map(|(s, n)| *n.min(expected.get(s).unwrap_or(&0))).sum();
    let share = |of: f64| if of > 0.0 { shared as f64 / of } else { 1.0 };
    Score { id: id.to_owned(), precision: share(total(found)), recall: share(total(expected)) }
}

fn show(expected: &str, article: &Article) {
    println!("== expected\n{expected}\n== found");
    for paragraph in &article.paragraphs {
        println!("{:12} {}", paragraph.kind.name(), paragraph.text);
    }
}
