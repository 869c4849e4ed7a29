//! Made-up labelled texts for tests.

use super::corpus::LabelledText;
use super::counted::CountedCorpus;
use crate::error::Result;
use crate::text::AnalyzerParams;

/// Texts of 3 to 20 made-up words, common ones and ones of their topic, in `labels.len()` topics of unequal size.
pub(super) struct SampleCorpus {
    rows: Vec<(&'static str, String)>,
}

impl SampleCorpus {
    pub(super) fn new(n: usize, labels: &[&'static str]) -> Self {
        let mut state = 1_u64;
        let mut below = |bound: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % bound
        };
        let rows = (0..n).map(|_| {
            let most = labels.len() as u64;
            let topic = below(most).min(below(most));
            let word = |below: &mut dyn FnMut(u64) -> u64| match below(3) {
                0 => format!("w{}", below(40).min(below(40))),
                1 => format!("t{topic}x{}", below(60).min(below(60))),
                _ => format!("r{}", below(600)),
            };
            let words: Vec<String> = (0..3 + below(18)).map(|_| word(&mut below)).collect();
            (labels[usize::try_from(topic).unwrap()], words.join(" "))
        });
        Self { rows: rows.collect() }
    }

    pub(super) fn rows(&self) -> Vec<LabelledText<'_>> {
        self.rows.iter().map(|(label, text)| LabelledText { label, text, group: "" }).collect()
    }
}

/// Counts rows in blocks of 37.
pub(super) fn count(rows: &[LabelledText<'_>], analyzer: &AnalyzerParams) -> Result<CountedCorpus> {
    CountedCorpus::count(analyzer.clone(), rows.chunks(37).map(Ok))
}
