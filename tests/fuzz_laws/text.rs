//! Words, terms, sentences.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use newsbeat::classify::{LabelledText, TopicModel, TopicModelParams};
use newsbeat::text::stop_words::STOP_LISTS;
use newsbeat::text::{
    Analyzer, AnalyzerParams, Folding, LANGUAGES, NgramUnit, Stemmer, StopWords, TokenKind, Tokenizer,
    detect, sentences, syllables,
};
use newsbeat::vectorize::TermCounter;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{choice, pick, probabilities_hold};

/// Analyzers that differ in every parameter.
static ANALYZERS: LazyLock<Vec<Analyzer>> = LazyLock::new(|| {
    let words = Stemmer::names().enumerate().map(|(i, stemmer)| AnalyzerParams {
        tokenizer: Tokenizer { join_hyphens: i % 2 == 1 },
        stemmer: Some(stemmer.to_owned()),
        ngram_range: (1, 1 + i % 3),
        stop_words: match pick(STOP_LISTS, i) {
            list if i % 3 == 0 => StopWords::Named(list.name.to_owned()),
            _ => StopWords::None,
        },
        hash_bits: (i % 4 == 3).then_some(8),
        ..AnalyzerParams::default()
    });
    let plain = AnalyzerParams {
        stemmer: None,
        lowercase: false,
        numbers: false,
        folding: Folding::simple(),
        ngram_range: (2, 5),
        ..AnalyzerParams::default()
    };
    let characters = [(1, 1), (2, 4), (10, 10)].map(|ngram_range| AnalyzerParams {
        ngram_unit: NgramUnit::CharWb,
        stemmer: None,
        ngram_range,
        ..AnalyzerParams::default()
    });
    let languages = LANGUAGES.iter().map(AnalyzerParams::of_language);
    let params = words.chain([plain]).chain(characters).chain(languages);
    params.map(|params| params.build().expect("the parameters are in range")).collect()
});

/// The first byte chooses the analyzer, and whether a model is made of the text, which takes most of the time.
pub(super) fn terms_hold(bytes: &[u8]) {
    let (number, bytes) = choice(bytes);
    let text = String::from_utf8_lossy(bytes);
    tokens_hold(&text);
    let analyzer = pick(&ANALYZERS, number % 128);
    if number >= 224 {
        training_holds(&text, analyzer.params());
    }
    let terms = analyzer.terms(&text);
    let mut expected: BTreeMap<&str, u32> = BTreeMap::new();
    for term in &terms {
        assert!(!term.text.is_empty() && !term.span.of(&text).is_empty());
        *expected.entry(&term.text).or_default() += 1;
    }
    // What training counts, by its own way from text to terms, the second time from its memory of words.
    let mut counter = TermCounter::growing(analyzer);
    for _ in 0..2 {
        let mut counts = Vec::new();
        counter.count(&text, |node, count| counts.push((node, count)));
        let nodes = counter.nodes().expect("a growing counter has nodes");
        let mut counted = BTreeMap::new();
        for (node, count) in counts {
            let mut term = String::new();
            nodes.write_term(node, &mut term);
            assert!(counted.insert(term, count).is_none(), "a term is counted once");
        }
        let counted: BTreeMap<&str, u32> = counted.iter().map(|(term, n)| (term.as_str(), *n)).collect();
        assert_eq!(counted, expected);
    }
}

/// What is made of a text, if it has terms, can be loaded and knows the text.
fn training_holds(text: &str, analyzer: &AnalyzerParams) {
    let rows =
        [LabelledText { label: "a", text, group: "" }, LabelledText { label: "b", text: "ports", group: "" }];
    let params = TopicModelParams { analyzer: analyzer.clone(), ..TopicModelParams::default() };
    let Ok(model) = params.fit(&rows) else { return };
    let bytes = model.to_bytes().expect("a model of few words is not too large");
    let loaded = TopicModel::from_bytes(&bytes, "m").expect("what was written can be loaded");
    assert_eq!(loaded.to_bytes().expect("what was loaded can be written"), bytes);
    assert_eq!(loaded.classify(text), model.classify(text));
    if let Some(ranking) = loaded.classify(text) {
        probabilities_hold(ranking.probabilities());
    }
}

fn tokens_hold(text: &str) {
    let is_space = |c: char| matches!(c, ' ' | '\t'..='\r');
    let reference: Vec<(usize, &str)> = text
        .split_word_bound_indices()
        .map(|(start, segment)| {
            let token = segment.rsplit(is_space).next().expect("a split text has a last part");
            (start + segment.len() - token.len(), token)
        })
        .filter(|(_, token)| TokenKind::of(token).is_some())
        .collect();
    let plain: Vec<(usize, &str)> = Tokenizer::uax29().tokens(text).map(|t| (t.span.start, t.text)).collect();
    assert_eq!(plain, reference);
    for tokenizer in [Tokenizer::uax29(), Tokenizer::news()] {
        let mut end = 0;
        let mut words = tokenizer.words(text);
        for token in tokenizer.tokens(text) {
            assert!(end <= token.span.start && !token.span.is_empty());
            assert_eq!(token.span.of(text), token.text);
            assert_eq!(Some(token.kind), TokenKind::of(token.text));
            end = token.span.end;
            if token.kind.is_word_like() {
                assert_eq!(words.next(), Some(token));
            }
        }
        assert_eq!(words.next(), None);
    }
}

/// The first byte chooses the language, and whether the text's own is looked for, which takes most of the time.
pub(super) fn sentences_hold(bytes: &[u8]) {
    let (number, bytes) = choice(bytes);
    let language = pick(LANGUAGES, number % 128);
    let text = String::from_utf8_lossy(bytes);
    let mut end = 0;
    for span in sentences(&text, language) {
        assert!(end <= span.start && !span.is_empty());
        assert!(text[end..span.start].trim().is_empty());
        assert_eq!(span.of(&text), span.of(&text).trim());
        end = span.end;
    }
    assert!(text[end..].trim().is_empty());
    if let Some(detection) = (number >= 128).then(|| detect(&text)).flatten() {
        assert!((0.0..=1.0).contains(&detection.confidence));
    }
    for word in Tokenizer::news().words(&text).filter(|token| token.kind == TokenKind::Word) {
        assert_eq!(syllables(word.text, language).is_some(), language.has_syllables, "{}", word.text);
    }
}
