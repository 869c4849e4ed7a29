//! Holds counts, weights and hashes to scikit-learn's; see `tests/parity/vectorize/README.md`.

use std::collections::BTreeMap;

use linfa::traits::Transformer;
use newsbeat::text::{AnalyzerParams, CaseRules, Folding, NgramUnit};
use newsbeat::vectorize::{
    CountVectorizerParams, DocTermMatrix, FeatureHasher, Idf, Limit, Norm, TfidfParams, VocabularyParams,
};
use serde::Deserialize;
use serde_json::Value;

type Rows = Vec<Vec<(u32, f64)>>;

#[derive(Deserialize)]
struct Frozen {
    texts: BTreeMap<String, Vec<String>>,
    cases: Vec<Case>,
}

/// Names and defaults are scikit-learn's.
#[derive(Deserialize)]
struct Case {
    texts: String,
    count: Count,
    weigh: Option<Weigh>,
    vocabulary: Vec<String>,
    rows: Rows,
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Count {
    analyzer: String,
    ngram_range: (usize, usize),
    min_df: Value,
    max_df: Value,
    max_features: Option<usize>,
    binary: bool,
}

impl Default for Count {
    fn default() -> Self {
        Self {
            analyzer: "word".to_owned(),
            ngram_range: (1, 1),
            min_df: Value::from(1),
            max_df: Value::from(1.0),
            max_features: None,
            binary: false,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Weigh {
    use_idf: bool,
    smooth_idf: bool,
    sublinear_tf: bool,
    norm: Option<String>,
}

impl Default for Weigh {
    fn default() -> Self {
        Self { use_idf: true, smooth_idf: true, sublinear_tf: false, norm: Some("l2".to_owned()) }
    }
}

fn limit(value: &Value) -> Limit {
    value.as_u64().map_or_else(|| Limit::Share(value.as_f64().expect("a count or a share")), Limit::Count)
}

fn vectorizer(count: &Count) -> CountVectorizerParams {
    CountVectorizerParams {
        analyzer: AnalyzerParams {
            stemmer: None,
            folding: Folding { nfc: false, case: CaseRules::Lower, ligatures: false, apostrophes: false },
            ngram_unit: if count.analyzer == "word" { NgramUnit::Word } else { NgramUnit::CharWb },
            ngram_range: count.ngram_range,
            ..Default::default()
        },
        vocabulary: VocabularyParams {
            min_df: limit(&count.min_df),
            max_df: limit(&count.max_df),
            max_features: count.max_features,
        },
    }
}

fn weighting(weigh: Option<&Weigh>, binary: bool) -> TfidfParams {
    let Some(weigh) = weigh else {
        return TfidfParams { binary, ..TfidfParams::COUNTS };
    };
    TfidfParams {
        binary,
        sublinear_tf: weigh.sublinear_tf,
        idf: match (weigh.use_idf, weigh.smooth_idf) {
            (false, _) => Idf::None,
            (true, false) => Idf::Plain,
            (true, true) => Idf::Smooth,
        },
        norm: match weigh.norm.as_deref() {
            None => Norm::None,
            Some("l1") => Norm::L1,
            _ => Norm::L2,
        },
    }
}

fn assert_rows(found: &DocTermMatrix, expected: &Rows, name: &str) {
    assert_eq!(found.n_samples(), expected.len(), "{name}");
    for (i, (found, expected)) in found.rows().zip(expected).enumerate() {
        let columns: Vec<u32> = expected.iter().map(|entry| entry.0).collect();
        assert_eq!(found.indices, columns, "{name}, row {i}");
        for ((column, found), (_, expected)) in found.iter().zip(expected) {
            assert!(
                (found - expected).abs() <= 1e-12,
                "{name}, row {i}, column {column}: expected {expected}, found {found}"
            );
        }
    }
}

#[test]
fn counts_and_weights_are_those_of_scikit_learn() {
    let frozen: Frozen = serde_json::from_str(include_str!("parity/vectorize/cases.json")).unwrap();
    assert!(frozen.cases.len() >= 29);
    for case in &frozen.cases {
        let name = format!("{} {:?} {:?}", case.texts, case.count, case.weigh);
        let texts = &frozen.texts[&case.texts];
        let (vectorizer, counts) = vectorizer(&case.count).fit_transform(texts).unwrap();
        assert_eq!(vectorizer.vocabulary().iter().collect::<Vec<_>>(), case.vocabulary, "{name}");
        let weights = weighting(case.weigh.as_ref(), case.count.binary)
            .fit(vectorizer.n_documents(), vectorizer.document_frequency());
        assert_rows(&weights.transform(&counts), &case.rows, &name);
    }
}

#[derive(Deserialize)]
struct Hashed {
    texts: Vec<String>,
    cases: Vec<HashedCase>,
}

#[derive(Deserialize)]
struct HashedCase {
    n_features: usize,
    alternate_sign: bool,
    rows: Rows,
}

#[test]
fn hashed_counts_are_those_of_scikit_learn() {
    let frozen: Hashed = serde_json::from_str(include_str!("parity/vectorize/hasher.json")).unwrap();
    assert!(frozen.cases.len() >= 6);
    for case in &frozen.cases {
        let hasher =
            FeatureHasher::new().n_features(case.n_features).unwrap().alternate_sign(case.alternate_sign);
        let found = hasher.transform(frozen.texts.iter().map(|text| text.split(' ')));
        assert_rows(&found, &case.rows, &format!("{} {}", case.n_features, case.alternate_sign));
    }
}
