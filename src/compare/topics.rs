//! Topic shares by group, as counted and as corrected for the model's errors.
//!
//! Counting what a classifier answers is biased: where one paragraph in ten on trade is taken for diplomacy, a trade paper looks
//! diplomatic. How often what is taken for what the model knows of its training documents, from models that had not seen them. The
//! corrected shares are those which, so confused, explain the answers best. They hold as far as these texts are confused as those
//! documents were, which a sample labelled by hand can tell and nothing else.

use std::collections::BTreeMap;

use super::Group;
use crate::analysis::{ArticleReport, ParagraphReport};
use crate::classify::Refusal;
use crate::classify::evaluate::Confusion;
use crate::error::Result;
use crate::statistics::{BootstrapParams, Interval, Random, adjusted_shares, resampled};
use crate::table::{Column, Table};

const FORMAN: &str = "G. Forman (2008), Quantifying counts and costs via classification, Data Mining and Knowledge Discovery 17(2), p. 164; D. J. Hopkins, G. King (2010), A method of automated nonparametric content analysis for social science, American Journal of Political Science 54(1), p. 229";
const EFRON: &str =
    "B. Efron, R. J. Tibshirani (1993), An introduction to the bootstrap, Chapman & Hall, ch. 8 and 13";

/// What the model answered, article by article.
#[derive(Debug)]
pub(super) struct Answers {
    n_labels: usize,
    /// Paragraphs of each article by label, then those of no label probable enough, then those of too few known words.
    counts: Vec<u32>,
    /// Words of paragraphs of each label, then of none.
    n_words: Vec<usize>,
}

impl Answers {
    pub(super) fn new(n_labels: usize) -> Self {
        Self { n_labels, counts: Vec::new(), n_words: vec![0; n_labels + 1] }
    }

    pub(super) fn add(&mut self, report: &ArticleReport) {
        let start = self.counts.len();
        self.counts.resize(start + self.width(), 0);
        for paragraph in &report.paragraphs {
            let answer = answer(paragraph, self.n_labels);
            self.counts[start + answer] += 1;
            self.n_words[answer.min(self.n_labels)] += paragraph.n_words;
        }
    }

    fn width(&self) -> usize {
        self.n_labels + 2
    }

    fn articles(&self) -> std::slice::ChunksExact<'_, u32> {
        self.counts.chunks_exact(self.width())
    }
}

/// The place of a paragraph's answer.
fn answer(paragraph: &ParagraphReport, n_labels: usize) -> usize {
    let ranking = paragraph.ranking.as_ref();
    match ranking.map(|ranking| (ranking.topic(), ranking.refusal())) {
        Some((Some(label), _)) => label,
        Some((None, Some(Refusal::Unsure))) => n_labels,
        _ => n_labels + 1,
    }
}

/// Paragraphs of some articles by answer.
fn sum<'a>(articles: impl Iterator<Item = &'a [u32]>, width: usize) -> Vec<u64> {
    let mut sums = vec![0; width];
    for article in articles {
        for (sum, &n) in sums.iter_mut().zip(article) {
            *sum += u64::from(n);
        }
    }
    sums
}

/// The share of each label, and of none, among all paragraphs; `None` for no paragraphs.
fn shares(answers: &[u64]) -> Option<Vec<f64>> {
    let all: u64 = answers.iter().sum();
    let (labels, none) = answers.split_at(answers.len() - 2);
    let counts = labels.iter().copied().chain([none.iter().sum()]);
    (all > 0).then(|| counts.map(|n| n as f64 / all as f64).collect())
}

/// The same corrected: of paragraphs whose words the model knows, none is none of the labels.
fn adjusted(answers: &[u64], rates: &[Vec<f64>]) -> Option<Vec<f64>> {
    let all: u64 = answers.iter().sum();
    let (unknown, known) = answers.split_last()?;
    let n_known = all - unknown;
    if all == 0 {
        return None;
    }
    let part = n_known as f64 / all as f64;
    let none = *unknown as f64 / all as f64;
    if n_known == 0 {
        return Some(rates.iter().map(|_| 0.0).chain([none]).collect());
    }
    let observed: Vec<f64> = known.iter().map(|&n| n as f64 / n_known as f64).collect();
    let found = adjusted_shares(rates, &observed)?;
    Some(found.into_iter().map(|share| share * part).chain([none]).collect())
}

/// The confusion of as many documents of each label, drawn anew.
fn drawn_rates(confusion: &Confusion, random: &mut Random) -> Vec<Vec<f64>> {
    let answers = || (0..confusion.n_labels()).map(Some).chain([None]);
    let of_label = |truth: usize| {
        let mut ends: Vec<u64> = answers().map(|answer| confusion.count(truth, answer)).collect();
        for i in 1..ends.len() {
            ends[i] += ends[i - 1];
        }
        let support = confusion.support(truth);
        let n = usize::try_from(support).expect("documents are counted in memory");
        let mut counts = vec![0_u32; ends.len()];
        for _ in 0..n {
            let place = random.below(n) as u64;
            counts[ends.partition_point(|&end| end <= place)] += 1;
        }
        counts.into_iter().map(|n| f64::from(n) / support as f64).collect()
    };
    (0..confusion.n_labels()).map(of_label).collect()
}

/// A topic in a group.
struct Row {
    group: String,
    topic: Option<String>,
    n_paragraphs: u64,
    n_words: usize,
    share: Option<f64>,
    share_interval: Option<Interval>,
    adjusted: Option<f64>,
    adjusted_interval: Option<Interval>,
}

/// A row a group and topic; in each group the last is of what has none.
pub(super) fn table(
    groups: &BTreeMap<String, Group>,
    labels: &[String],
    confusion: Option<&Confusion>,
    params: &BootstrapParams,
) -> Result<Table> {
    let known = confusion.and_then(|confusion| Some((confusion, confusion.rates()?)));
    let mut rows = Vec::new();
    for (name, group) in groups {
        rows.extend(rows_of(name, &group.answers, labels, known.as_ref(), params)?);
    }
    Ok(in_columns(&rows))
}

fn rows_of(
    group: &str,
    answers: &Answers,
    labels: &[String],
    known: Option<&(&Confusion, Vec<Vec<f64>>)>,
    params: &BootstrapParams,
) -> Result<Vec<Row>> {
    let n_topics = labels.len() + 1;
    let articles: Vec<&[u32]> = answers.articles().collect();
    let counted = sum(articles.iter().copied(), answers.width());
    let plain = shares(&counted);
    let corrected = known.and_then(|(_, rates)| adjusted(&counted, rates));
    let intervals = if articles.len() < 2 {
        vec![None; 2 * n_topics]
    } else {
        resampled(params, 2 * n_topics, |random| {
            // First, so that all groups meet the same errors in a resample.
            let rates = known.map(|(confusion, _)| drawn_rates(confusion, random));
            let drawn = articles.iter().map(|_| articles[random.below(articles.len())]);
            let counted = sum(drawn, answers.width());
            let figures = |shares: Option<Vec<f64>>| {
                shares.map_or_else(|| vec![None; n_topics], |s| s.into_iter().map(Some).collect())
            };
            let corrected = rates.and_then(|rates| adjusted(&counted, &rates));
            [figures(shares(&counted)), figures(corrected)].concat()
        })?
    };
    let row = |topic: usize| Row {
        group: group.to_owned(),
        topic: labels.get(topic).cloned(),
        n_paragraphs: if topic < labels.len() { counted[topic] } else { counted[topic..].iter().sum() },
        n_words: answers.n_words[topic],
        share: plain.as_ref().map(|shares| shares[topic]),
        share_interval: intervals[topic],
        adjusted: corrected.as_ref().map(|shares| shares[topic]),
        adjusted_interval: intervals[n_topics + topic],
    };
    Ok((0..n_topics).map(row).collect())
}

fn in_columns(rows: &[Row]) -> Table {
    let float = |name: &str, meaning: &str, pick: fn(&Row) -> Option<f64>| {
        Column::float(name, "share of paragraphs", meaning, rows.iter().map(pick).collect())
    };
    let adjustment =
        "shares, none below 0, whose answers at the model's rates of confusion are nearest to those found";
    Table::new(
        "topics",
        vec![
            Column::text("group", "the group", rows.iter().map(|r| Some(r.group.clone())).collect()),
            Column::text(
                "topic",
                "topic; empty for paragraphs that have none",
                rows.iter().map(|r| r.topic.clone()).collect(),
            ),
            Column::integer(
                "n_paragraphs",
                "paragraphs",
                "paragraphs that the model gives it",
                rows.iter().map(|r| i64::try_from(r.n_paragraphs).ok()).collect(),
            ),
            Column::integer(
                "n_words",
                "words",
                "words in them",
                rows.iter().map(|r| i64::try_from(r.n_words).ok()).collect(),
            ),
            float("share", "of the group's paragraphs, as counted", |r| r.share)
                .with_formula("n_paragraphs / n_paragraphs of all topics and none"),
            float("share_low", "low bound, 95 %, articles drawn anew", |r| r.share_interval.map(|i| i.low))
                .with_reference(EFRON),
            float("share_high", "high bound", |r| r.share_interval.map(|i| i.high)).with_reference(EFRON),
            float(
                "adjusted_share",
                "corrected for what the model takes for what; of none, paragraphs of words it does not know; empty if the model does not know its errors",
                |r| r.adjusted,
            )
            .with_formula(adjustment)
            .with_reference(FORMAN),
            float(
                "adjusted_low",
                "low bound, 95 %, articles and the documents that tell the errors drawn anew",
                |r| r.adjusted_interval.map(|i| i.low),
            )
            .with_reference(EFRON),
            float("adjusted_high", "high bound", |r| r.adjusted_interval.map(|i| i.high))
                .with_reference(EFRON),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrected_shares_undo_the_confusion_and_leave_unknown_words_out() {
        let rates = [vec![0.8, 0.1, 0.1], vec![0.3, 0.6, 0.1]];
        // 100 paragraphs, half of each label, and 100 of unknown words
        let answers = [55, 35, 10, 100];
        let found = adjusted(&answers, &rates).unwrap();
        for (found, expected) in found.iter().zip([0.25, 0.25, 0.5]) {
            assert!((found - expected).abs() < 1e-9, "{found:?}");
        }
        assert_eq!(shares(&answers), Some(vec![0.275, 0.175, 0.55]));
        assert_eq!(adjusted(&[0, 0, 0, 4], &rates), Some(vec![0.0, 0.0, 1.0]));
        assert_eq!((adjusted(&[0; 4], &rates), shares(&[0; 4])), (None, None));
    }

    #[test]
    fn drawn_rates_are_near_the_counted_ones_and_sum_to_one() {
        let mut confusion = Confusion::new(2);
        (0..900).for_each(|i| confusion.add(0, Some(usize::from(i % 9 == 0))));
        (0..500).for_each(|i| confusion.add(1, if i % 5 == 0 { None } else { Some(1) }));
        let drawn = drawn_rates(&confusion, &mut Random::new(5));
        for (drawn, counted) in drawn.iter().zip(confusion.rates().unwrap()) {
            assert!((drawn.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            assert!(drawn.iter().zip(&counted).all(|(a, b)| (a - b).abs() < 0.06), "{drawn:?}");
        }
    }
}
