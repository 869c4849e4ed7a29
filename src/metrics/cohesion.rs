//! How a text holds together: what its parts have in common.
//!
//! Words are compared by their stems; stop words and numbers are left out. Paragraphs are weighted by TF-IDF
//! over the text's own paragraphs, with the smooth `idf = ln((1 + n) / (1 + df)) + 1`, and compared by cosine.

use super::counts::TextCounts;
use super::formula::{Formula, defined};
use super::lexicon::WordFacts;
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
            |c| c.cohesion().paragraph_similarity,
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
            |c| c.cohesion().paragraph_similarity_least,
        ))
    },
    Metric {
        name: "lede_similarity",
        unit: "cosine",
        reference: "after M. A. Hearst (1997), TextTiling, Computational Linguistics 23(1), pp. 33-64",
        interpretation: "how well the first paragraph stands for the rest; the inverted pyramid makes it high",
        ..row(Formula::described(
            "cosine of the first paragraph's TF-IDF weights and the sum of the others'",
            |c| c.cohesion().lede_similarity,
        ))
    },
    Metric {
        name: "stem_overlap_share",
        unit: "share",
        reference: COH_METRIX,
        interpretation: "the share of neighbouring sentences that have a stem in common",
        ..row(Formula::described("neighbouring sentences with a common stem / neighbouring sentences", |c| {
            c.cohesion().stem_overlap_share
        }))
    },
    Metric {
        name: "stem_overlap",
        unit: "share",
        reference: COH_METRIX,
        interpretation: "how much of two neighbouring sentences' stems is common to both",
        ..row(Formula::described(
            "mean over neighbouring sentences of (common stems / stems of either)",
            |c| c.cohesion().stem_overlap,
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
            |c| c.cohesion().new_information_share,
        ))
    },
];

/// What the metrics of this family say, computed together in two passes over the words.
#[derive(Debug, Clone, Default)]
pub(super) struct Cohesion {
    paragraph_similarity: Option<f64>,
    paragraph_similarity_least: Option<f64>,
    lede_similarity: Option<f64>,
    stem_overlap_share: Option<f64>,
    stem_overlap: Option<f64>,
    new_information_share: Option<f64>,
}

impl Cohesion {
    pub(super) fn of(counts: &TextCounts) -> Self {
        let stems = Stems::of(counts);
        let mut cohesion = Self::default();
        cohesion.compare_sentences(counts, &stems);
        cohesion.compare_paragraphs(counts, &stems);
        cohesion
    }

    fn compare_sentences(&mut self, counts: &TextCounts, stems: &Stems) {
        const NEVER: usize = usize::MAX;
        // The sentence that each stem was last met in.
        let mut last = vec![NEVER; stems.n];
        let (mut shared, mut overlaps, mut new) = (Vec::new(), Vec::new(), Vec::new());
        let mut before = 0_usize;
        for (i, sentence) in counts.scan.sentences.iter().enumerate() {
            let (mut distinct, mut common, mut n_words, mut n_new) = (0_usize, 0_usize, 0_usize, 0_usize);
            for stem in stems.among(&counts.scan.words[sentence.words.clone()]) {
                let met = std::mem::replace(&mut last[stem], i);
                n_words += 1;
                n_new += usize::from(met == NEVER);
                distinct += usize::from(met != i);
                common += usize::from(met != NEVER && met + 1 == i);
            }
            let either = before + distinct - common;
            if i > 0 && either > 0 {
                shared.push(f64::from(u8::from(common > 0)));
                overlaps.push(common as f64 / either as f64);
            }
            if i > 0 && n_words > 0 {
                new.push(n_new as f64 / n_words as f64);
            }
            before = distinct;
        }
        self.stem_overlap_share = math::mean(&shared);
        self.stem_overlap = math::mean(&overlaps);
        self.new_information_share = math::mean(&new);
    }

    fn compare_paragraphs(&mut self, counts: &TextCounts, stems: &Stems) {
        let paragraphs = weights(counts, stems);
        let similarities: Vec<f64> = paragraphs
            .windows(2)
            .filter(|pair| !pair[0].is_empty() && !pair[1].is_empty())
            .map(|pair| cosine(&pair[0], &pair[1]))
            .collect();
        self.paragraph_similarity = math::mean(&similarities);
        self.paragraph_similarity_least = similarities.into_iter().reduce(f64::min);
        if let Some((lede, others)) = paragraphs.split_first() {
            let mut sum = vec![0.0; stems.n];
            for &(stem, weight) in others.iter().flatten() {
                sum[stem] += weight;
            }
            let norm = sum.iter().map(|w| w * w).sum::<f64>().sqrt();
            let product: f64 = lede.iter().map(|&(stem, weight)| weight * sum[stem]).sum();
            self.lede_similarity = defined(product / norm).filter(|_| !lede.is_empty());
        }
    }
}

/// The stems of a text, numbered from 0 in the order of their first appearance.
struct Stems {
    n: usize,
    /// By type; `None` for stop words and numbers.
    of_type: Vec<Option<usize>>,
}

impl Stems {
    fn of(counts: &TextCounts) -> Self {
        let is_content = |f: &WordFacts| !f.is_number && !f.is(lists::STOP_WORD);
        Self {
            n: counts.facts.iter().map(|f| f.stem as usize + 1).max().unwrap_or(0),
            of_type: counts.facts.iter().map(|f| is_content(f).then_some(f.stem as usize)).collect(),
        }
    }

    /// The stems of the content words among some words.
    fn among<'c>(&'c self, words: &'c [Word]) -> impl Iterator<Item = usize> + 'c {
        words.iter().filter_map(|word| self.of_type[word.kind as usize])
    }
}

/// A paragraph's weights by stem, of length 1, in the order of the stems.
type Weights = Vec<(usize, f64)>;

fn weights(counts: &TextCounts, stems: &Stems) -> Vec<Weights> {
    let mut document_frequency = vec![0.0; stems.n];
    let mut paragraphs: Vec<Weights> = Vec::with_capacity(counts.n_paragraphs);
    for words in counts.paragraph_words() {
        let mut found: Vec<usize> = stems.among(words).collect();
        found.sort_unstable();
        let weights: Weights =
            found.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as f64)).collect();
        for &(stem, _) in &weights {
            document_frequency[stem] += 1.0;
        }
        paragraphs.push(weights);
    }
    let n = counts.n_paragraphs as f64;
    let idf: Vec<f64> = document_frequency.iter().map(|df| ((1.0 + n) / (1.0 + df)).ln() + 1.0).collect();
    for weights in &mut paragraphs {
        let mut squares = 0.0;
        for (stem, weight) in weights.iter_mut() {
            *weight *= idf[*stem];
            squares += *weight * *weight;
        }
        for (_, weight) in weights {
            *weight /= squares.sqrt();
        }
    }
    paragraphs
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
