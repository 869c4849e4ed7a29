//! How fast texts are counted and measured: `cargo bench --bench metrics`.

use divan::Bencher;
use divan::counter::BytesCount;
use newsbeat::metrics::{self, Family, Metric, TextCounts};
use newsbeat::text::{Language, sentences};

/// The three texts of the parity tests, a thousand paragraphs in all.
fn articles() -> Vec<Vec<&'static str>> {
    let texts = [
        include_str!("../tests/parity/texts/ceasefire.txt"),
        include_str!("../tests/parity/texts/summit.txt"),
        include_str!("../tests/parity/texts/tariffs.txt"),
    ];
    let paragraphs = texts.map(|text| text.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>());
    // Four rounds make one article of news length.
    paragraphs.iter().cycle().take(84).map(|p| p.repeat(4)).collect()
}

fn n_bytes(articles: &[Vec<&str>]) -> BytesCount {
    BytesCount::new(articles.iter().flatten().map(|paragraph| paragraph.len()).sum::<usize>())
}

fn main() {
    divan::main();
}

#[divan::bench]
fn sentences_alone(bencher: Bencher<'_, '_>) {
    let articles = articles();
    bencher
        .counter(n_bytes(&articles))
        .bench(|| articles.iter().flatten().map(|p| sentences(p, Language::ENGLISH).count()).sum::<usize>());
}

#[divan::bench]
fn counts(bencher: Bencher<'_, '_>) {
    let articles = articles();
    bencher.counter(n_bytes(&articles)).bench(|| {
        articles.iter().map(|article| TextCounts::of(article, Language::ENGLISH).n_words).sum::<usize>()
    });
}

#[divan::bench(args = Family::all().iter().map(|family| family.name()))]
fn family(bencher: Bencher<'_, '_>, name: &str) {
    let articles = articles();
    let counted: Vec<TextCounts> = articles.iter().map(|a| TextCounts::of(a, Language::ENGLISH)).collect();
    let metrics: Vec<&Metric> =
        Family::named(name).map(|f| metrics::of_family(f).collect()).unwrap_or_default();
    bencher
        .counter(n_bytes(&articles))
        .bench(|| counted.iter().flat_map(|c| metrics.iter().filter_map(move |m| m.of(c))).sum::<f64>());
}

#[divan::bench]
fn all_metrics(bencher: Bencher<'_, '_>) {
    let articles = articles();
    bencher.counter(n_bytes(&articles)).bench(|| {
        let counted = articles.iter().map(|article| TextCounts::of(article, Language::ENGLISH));
        counted.map(|c| metrics::all().filter_map(|m| m.of(&c)).sum::<f64>()).sum::<f64>()
    });
}
