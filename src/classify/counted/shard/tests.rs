//! Corpora that nearly have no room.

use super::*;
use crate::classify::{AutoParams, CountedCorpus, TopicModelParams};
use crate::text::{AnalyzerParams, NgramUnit};

/// Documents of words of which few are met twice.
fn rows() -> Vec<(String, String)> {
    let word = |i: usize| format!("w{}x{}", i * 7919 % 1201, i % 3);
    let text = |i: usize| (0..40).map(|j| word(40 * i + j)).collect::<Vec<_>>().join(" ");
    (0..300).map(|i| (format!("label{}", i % 3), text(i))).collect()
}

fn count(
    rows: &[(String, String)],
    analyzer: &AnalyzerParams,
    max_bytes: u64,
    n_threads: usize,
) -> Result<CountedCorpus> {
    let rows: Vec<_> = rows.iter().map(|(label, text)| LabelledText { label, text, group: "" }).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
    pool.install(|| CountedCorpus::count_within(analyzer.clone(), max_bytes, rows.chunks(7).map(Ok)))
}

/// The least number of bytes with which the corpus is counted.
fn least_room(rows: &[(String, String)], analyzer: &AnalyzerParams) -> u64 {
    let (mut low, mut high) = (0, 1 << 30);
    while low + 1 < high {
        let middle = u64::midpoint(low, high);
        if count(rows, analyzer, middle, 1).is_ok() { high = middle } else { low = middle }
    }
    high
}

#[test]
fn what_is_refused_and_what_is_learned_do_not_depend_on_the_number_of_threads() {
    let rows = rows();
    for (ngram_range, ngram_unit, hash_bits) in [
        ((1, 1), NgramUnit::Word, None),
        ((1, 2), NgramUnit::Word, None),
        ((1, 2), NgramUnit::Word, Some(12)),
        ((2, 3), NgramUnit::CharWb, None),
    ] {
        let analyzer =
            AnalyzerParams { ngram_range, ngram_unit, hash_bits, stemmer: None, ..Default::default() };
        let least = least_room(&rows, &analyzer);
        let params = TopicModelParams { analyzer: analyzer.clone(), ..Default::default() };
        let model = |max_bytes, n_threads| {
            let mut corpus = count(&rows, &analyzer, max_bytes, n_threads).unwrap();
            corpus.room = Room { max_bytes: u64::MAX };
            params.clone().fit_counted(&corpus).unwrap().to_bytes().unwrap()
        };
        let with_ample_room = model(u64::MAX, 1);
        for n_threads in [1, 2, 5] {
            let refused = count(&rows, &analyzer, least - 1, n_threads).unwrap_err().to_string();
            let expected = format!("at most {} bytes of memory (--max-training-bytes)", least - 1);
            assert!(refused.contains(&expected), "{refused}");
            assert!(model(least, n_threads) == with_ample_room, "{ngram_range:?} with {n_threads} threads");
        }
    }
}

/// A block of one row and one that is none.
struct Block<'r>(usize, LabelledText<'r>);
impl RowBlock for Block<'_> {
    fn for_each_row(&self, each: &mut dyn FnMut(Result<LabelledText<'_>>)) {
        each(Ok(self.1));
        each(Err(Error::record(self.0, "no row")));
    }
}

#[test]
fn rejects_are_named_in_their_order_however_often_shards_are_joined() {
    let rows = rows();
    let analyzer = AnalyzerParams::default();
    let least = least_room(&rows, &analyzer);
    let texts: Vec<_> = rows.iter().map(|(label, text)| LabelledText { label, text, group: "" }).collect();
    let blocks = texts.iter().enumerate().map(|(i, text)| Ok(Block(i, *text)));
    let corpus = CountedCorpus::count_within(analyzer, least, blocks).unwrap();
    let named: Vec<_> =
        corpus.rejects().named().iter().map(|error| error.place().unwrap().to_owned()).collect();
    let expected: Vec<_> = (0..rows.len()).map(|i| i.to_string()).collect();
    assert_eq!((named, corpus.rejects().len()), (expected, rows.len()));
}

#[test]
fn more_terms_than_have_room_are_refused_within_one_document() {
    let words: Vec<String> = (0..20_000).map(|i| format!("w{i}")).collect();
    let endless = words.join(" ");
    let rows = [("a".to_owned(), endless)];
    for ngram_range in [(1, 1), (1, 3)] {
        let analyzer = AnalyzerParams { ngram_range, ..Default::default() };
        let built = analyzer.clone().build().unwrap();
        let mut counter = TermCounter::growing_to(&built, 1000);
        counter.count(&rows[0].1, |node, _| assert!(node < 1000));
        let nodes = counter.into_nodes();
        assert!(nodes.is_full() && nodes.len() == 1000);
        assert!(count(&rows, &analyzer, 104_000, 2).is_err());
    }
}

#[test]
fn labels_documents_and_columns_take_room_too() {
    let analyzer = AutoParams::default().counting_analyzer().unwrap();
    let row = |label: String| (label, "rain".to_owned());
    let fits = |rows: &[(String, String)], max_bytes| {
        let corpus = count(rows, &analyzer, max_bytes, 2)?;
        AutoParams::default().fit_counted(&corpus).map(drop)
    };
    let many_labels: Vec<_> = (0..2000).map(|i| row(i.to_string())).collect();
    let many_documents: Vec<_> = (0..2000).map(|i| row((i % 2).to_string())).collect();
    let long_labels: Vec<_> = (0..20).map(|i| row(format!("{i}{}", "x".repeat(100_000)))).collect();
    for (rows, max_bytes) in [(&many_labels, 400_000), (&many_documents, 90_000), (&long_labels, 5_000_000)] {
        assert!(count(rows, &analyzer, max_bytes, 2).is_err(), "{max_bytes}");
    }
    // Two thousand documents are scored for two thousand labels by fifteen configurations.
    let scored = fits(&many_labels, 100 << 20).unwrap_err().to_string();
    assert!(scored.contains("--max-training-bytes"), "{scored}");
}
