//! How fast text becomes tokens, terms and counts: `cargo bench --bench text`.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use newsbeat::classify::{AutoParams, Classifier, LabelledText, TopicModel, TopicModelParams};
use newsbeat::text::{Analyzer, AnalyzerParams, Tokenizer};
use newsbeat::vectorize::{TermCounter, TfidfParams};

/// The corpus that the built-in model is trained on: labels and texts.
fn corpus() -> Vec<(String, String)> {
    let csv = include_str!("../datasets/topics/paragraphs.csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows = reader.records().map(|row| row.expect("the corpus is well formed"));
    rows.map(|row| (row[1].to_owned(), row[5].to_owned())).collect()
}

fn n_bytes(corpus: &[(String, String)]) -> BytesCount {
    BytesCount::new(corpus.iter().map(|(_, text)| text.len()).sum::<usize>())
}

/// What `count` counts in the whole corpus.
fn n_items(corpus: &[(String, String)], count: impl Fn(&str) -> usize) -> ItemsCount {
    ItemsCount::new(corpus.iter().map(|(_, text)| count(text)).sum::<usize>())
}

fn analyzer(longest: usize) -> Analyzer {
    let params = AnalyzerParams { ngram_range: (1, longest), ..AnalyzerParams::default() };
    params.build().expect("the default is valid")
}

fn main() {
    divan::main();
}

#[divan::bench]
fn tokenize(bencher: Bencher<'_, '_>) {
    let corpus = corpus();
    let count = |text: &str| Tokenizer::uax29().words(text).count();
    bencher
        .counter(n_bytes(&corpus))
        .counter(n_items(&corpus, count))
        .bench(|| corpus.iter().map(|(_, text)| count(text)).sum::<usize>());
}

#[divan::bench]
fn analyze(bencher: Bencher<'_, '_>) {
    let (corpus, analyzer) = (corpus(), analyzer(1));
    let count = |text: &str| analyzer.terms(text).len();
    bencher
        .counter(n_bytes(&corpus))
        .counter(n_items(&corpus, count))
        .bench(|| corpus.iter().map(|(_, text)| count(text)).sum::<usize>());
}

#[divan::bench(args = [1, 2])]
fn count_terms(bencher: Bencher<'_, '_>, longest: usize) {
    let (corpus, analyzer) = (corpus(), analyzer(longest));
    let items = n_items(&corpus, |text| analyzer.terms(text).len());
    bencher.counter(n_bytes(&corpus)).counter(items).bench(|| {
        let mut counter = TermCounter::growing(&analyzer);
        corpus.iter().map(|(_, text)| counter.count(text, |_, _| ())).sum::<usize>()
    });
}

#[divan::bench]
fn train(bencher: Bencher<'_, '_>) {
    let corpus = corpus();
    let rows: Vec<LabelledText<'_>> =
        corpus.iter().map(|(label, text)| LabelledText { label, text, group: "" }).collect();
    bencher
        .counter(n_bytes(&corpus))
        .bench(|| TopicModelParams::default().fit(&rows).expect("the corpus has four labels"));
}

/// On a quarter of the corpus, calibrated: plain naive Bayes, and refined.
#[divan::bench(args = [false, true], sample_count = 5)]
fn fit(bencher: Bencher<'_, '_>, is_refined: bool) {
    let corpus: Vec<_> = corpus().into_iter().step_by(4).collect();
    let rows: Vec<LabelledText<'_>> =
        corpus.iter().map(|(label, text)| LabelledText { label, text, group: "" }).collect();
    let params = AutoParams {
        ngram_ranges: vec![(1, 2)],
        weightings: vec![TfidfParams::LOG],
        classifiers: vec![Classifier::OneVsAll { alpha: 0.1 }],
        alphas: vec![0.1],
        refine: is_refined.then_some(1.0),
        ..AutoParams::default()
    };
    bencher.counter(n_bytes(&corpus)).bench(|| params.fit(&rows).expect("the corpus has four labels"));
}

#[divan::bench]
fn classify(bencher: Bencher<'_, '_>) {
    let corpus = corpus();
    let model = TopicModel::built_in().expect("the built-in model is whole");
    let mut session = model.session();
    bencher
        .counter(n_bytes(&corpus))
        .bench_local(|| corpus.iter().filter(|(_, text)| session.classify(text).is_some()).count());
}
