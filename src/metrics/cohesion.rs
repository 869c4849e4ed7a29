//! How a text holds together: what its parts have in common.
//!
//! Words are compared by their stems; stop words and numbers are left out. Paragraphs are weighted by TF-IDF
//! over the text's own paragraphs, with the smooth `idf = ln((1 + n) / (1 + df)) + 1`, and compared by cosine.

use std::collections::BTreeMap;

use super::counts::TextCounts;
use super::formula::{Formula, defined};
use super::lists;
use super::scan::Word;
use super::{Family, Metric};
use crate::math;

const fn row(formula: Formula) -> Metric {
    Metric { languages: &["en"], ..Metric::row(Family::Cohesion, formula) }
}

const COH_METRIX: &str = "A. C. Graesser, D. S. McNamara, M. M. Louwerse, Z. Cai (2004), Coh-Metrix: analysis of text on cohesion and language, Behavior Research Methods 36(2), pp. 193-202";

pub(super) static METRICS: &[Metric] = &[
    Metric {
        name: "paragraph_similarity",
        unit: "cosine",
        reference: "M. A. Hearst (1997), TextTiling: segmenting text into multi-paragraph subtopic passages, Computational Linguistics 23(1), pp. 33-64",
        interpretation: "what neighbouring paragraphs have in common, on average; low where the subject jumps",
        ..row(Formula::described(
            "mean over neighbouring paragraphs of the cosine of their TF-IDF weights",
            |c| math::mean(&neighbours(&paragraphs(c))),
        ))
    },
    Metric {
        name: "paragraph_similarity_least",
        unit: "cosine",
        reference: "M. A. Hearst (1997), TextTiling, Computational Linguistics 23(1), pp. 33-64",
        interpretation: "the sharpest break between two paragraphs",
        comparable: false,
        ..row(Formula::described(
            "least over neighbouring paragraphs of the cosine of their TF-IDF weights",
            |c| neighbours(&paragraphs(c)).into_iter().reduce(f64::min),
        ))
    },
    Metric {
        name: "lede_similarity",
        unit: "cosine",
        reference: "after M. A. Hearst (1997), TextTiling, Computational Linguistics 23(1), pp. 33-64",
        interpretation: "how well the first paragraph stands for the rest; the inverted pyramid makes it high",
        ..row(Formula::described(
            "cosine of the first paragraph's TF-IDF weights and the sum of the others'",
            lede_similarity,
        ))
    },
    Metric {
        name: "stem_overlap_share",
        unit: "share",
        reference: COH_METRIX,
        interpretation: "the share of neighbouring sentences that have a stem in common",
        ..row(Formula::described("neighbouring sentences with a common stem / neighbouring sentences", |c| {
            let pairs: Vec<f64> = overlaps(c).iter().map(|&(common, _)| f64::from(common > 0)).collect();
            math::mean(&pairs)
        }))
    },
    Metric {
        name: "stem_overlap",
        unit: "share",
        reference: COH_METRIX,
        interpretation: "how much of two neighbouring sentences' stems is common to both",
        ..row(Formula::described(
            "mean over neighbouring sentences of (common stems / stems of either)",
            |c| {
                let pairs: Vec<f64> =
                    overlaps(c).iter().map(|&(common, all)| f64::from(common) / f64::from(all)).collect();
                math::mean(&pairs)
            },
        ))
    },
    Metric {
        name: "new_information_share",
        unit: "share",
        reference: "after E. Prince (1981), Toward a taxonomy of given-new information, in P. Cole (ed.), Radical pragmatics, Academic Press",
        interpretation: "the share of a sentence's content words that the text has not had before, on average; the first sentence is left out",
        comparable: false,
        ..row(Formula::described(
            "mean over sentences but the first of (content words with a stem not met before / content words)",
            new_information,
        ))
    },
];

/// The stems of the content words among some words.
fn content<'c>(counts: &'c TextCounts, words: &'c [Word]) -> impl Iterator<Item = u32> + 'c {
    let facts = words.iter().map(|w| &counts.facts[w.kind as usize]);
    facts.filter(|f| !f.is_number && !f.is(lists::STOP_WORD)).map(|f| f.stem)
}

/// A paragraph's weights by stem, of length 1.
type Weights = Vec<(u32, f64)>;

fn paragraphs(counts: &TextCounts) -> Vec<Weights> {
    let mut document_frequency: BTreeMap<u32, f64> = BTreeMap::new();
    let mut paragraphs: Vec<Weights> = Vec::with_capacity(counts.n_paragraphs);
    for words in counts.paragraph_words() {
        let mut stems: Vec<u32> = content(counts, words).collect();
        stems.sort_unstable();
        let weights: Weights =
            stems.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as f64)).collect();
        for &(stem, _) in &weights {
            *document_frequency.entry(stem).or_insert(0.0) += 1.0;
        }
        paragraphs.push(weights);
    }
    let n = counts.n_paragraphs as f64;
    for weights in &mut paragraphs {
        for (stem, weight) in weights.iter_mut() {
            *weight *= ((1.0 + n) / (1.0 + document_frequency[stem])).ln() + 1.0;
        }
        normalise(weights);
    }
    paragraphs
}

fn normalise(weights: &mut Weights) {
    let norm = weights.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
    for (_, weight) in weights {
        *weight /= norm;
    }
}

/// The cosine of two sorted lists of weights of length 1.
fn cosine(a: &Weights, b: &Weights) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(&(x, u)), Some(&(y, v))) = (a.get(i), b.get(j)) {
        if x == y {
            sum += u * v;
        }
        (i, j) = (i + usize::from(x <= y), j + usize::from(y <= x));
    }
    sum
}

/// The cosine of each two neighbours that have a content word.
fn neighbours(paragraphs: &[Weights]) -> Vec<f64> {
    paragraphs
        .windows(2)
        .filter(|pair| !pair[0].is_empty() && !pair[1].is_empty())
        .map(|pair| cosine(&pair[0], &pair[1]))
        .collect()
}

fn lede_similarity(counts: &TextCounts) -> Option<f64> {
    let paragraphs = paragraphs(counts);
    let (lede, others) = paragraphs.split_first()?;
    let mut sum: BTreeMap<u32, f64> = BTreeMap::new();
    for &(stem, weight) in others.iter().flatten() {
        *sum.entry(stem).or_insert(0.0) += weight;
    }
    let mut rest: Weights = sum.into_iter().collect();
    normalise(&mut rest);
    (!lede.is_empty() && !rest.is_empty()).then(|| cosine(lede, &rest))
}

/// The distinct stems of each sentence, sorted.
fn sentence_stems(counts: &TextCounts) -> Vec<Vec<u32>> {
    let stems_of = |words: &[Word]| {
        let mut stems: Vec<u32> = content(counts, words).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    };
    counts.scan.sentences.iter().map(|s| stems_of(&counts.scan.words[s.words.clone()])).collect()
}

/// Common stems, and stems of either, of each two neighbours that have one.
fn overlaps(counts: &TextCounts) -> Vec<(u32, u32)> {
    let sentences = sentence_stems(counts);
    let pairs = sentences.windows(2).map(|pair| {
        let common = pair[0].iter().filter(|stem| pair[1].binary_search(stem).is_ok()).count();
        (common, pair[0].len() + pair[1].len() - common)
    });
    let counted = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    pairs.filter(|&(_, all)| all > 0).map(|(common, all)| (counted(common), counted(all))).collect()
}

fn new_information(counts: &TextCounts) -> Option<f64> {
    let mut met = std::collections::BTreeSet::new();
    let mut shares = Vec::new();
    for (i, sentence) in counts.scan.sentences.iter().enumerate() {
        let (mut n, mut n_new) = (0.0, 0.0);
        for stem in content(counts, &counts.scan.words[sentence.words.clone()]) {
            n += 1.0;
            n_new += f64::from(u8::from(met.insert(stem)));
        }
        if i > 0 && n > 0.0 {
            shares.push(n_new / n);
        }
    }
    math::mean(&shares).and_then(defined)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn of(name: &str, paragraphs: &[&str]) -> Option<f64> {
        let counts = TextCounts::of(paragraphs, Language::ENGLISH);
        METRICS.iter().find(|m| m.name == name).unwrap().of(&counts)
    }

    #[test]
    fn equal_paragraphs_are_as_similar_as_can_be_and_strangers_not_at_all() {
        let same = of("paragraph_similarity", &["Tariffs rise.", "Tariff rising!"]).unwrap();
        assert!((same - 1.0).abs() < 1e-12);
        assert_eq!(of("paragraph_similarity", &["Tariffs rise.", "Troops move."]), Some(0.0));
        assert_eq!(of("paragraph_similarity", &["Tariffs rise."]), None);
        assert_eq!(
            of("lede_similarity", &["Tariffs rise.", "Tariffs fell.", "Troops."]).map(|s| s > 0.2),
            Some(true)
        );
    }

    #[test]
    fn sentences_overlap_by_stems() {
        let text = ["Tariffs rise. The tariff falls. Troops move."];
        assert_eq!(of("stem_overlap_share", &text), Some(0.5));
        assert_eq!(of("stem_overlap", &text), Some((1.0 / 3.0) / 2.0));
        assert_eq!(of("new_information_share", &text), Some(0.75));
    }
}
