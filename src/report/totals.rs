//! Sums over the articles of a run.

use serde::{Deserialize, Serialize};

use crate::analysis::ArticleReport;
use crate::classify::TopicRanking;
use crate::table::{Column, SHARE_OF_WORDS, Table};

/// How much a run has seen, and how much of it each topic has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// Articles.
    pub n_articles: usize,
    /// Paragraphs of prose.
    pub n_paragraphs: usize,
    /// Sentences of prose.
    pub n_sentences: usize,
    /// Words of prose.
    pub n_words: usize,
    /// By label; behind the last, what has no topic.
    topics: Vec<TopicTotal>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
struct TopicTotal {
    n_articles: usize,
    n_paragraphs: usize,
    n_words: usize,
    sum_of_probabilities: f64,
}

impl Totals {
    /// Nothing yet, for a model of so many labels.
    pub fn new(n_labels: usize) -> Self {
        let topics = vec![TopicTotal::default(); n_labels + 1];
        Self { n_articles: 0, n_paragraphs: 0, n_sentences: 0, n_words: 0, topics }
    }

    /// Adds articles.
    pub fn add(&mut self, reports: &[ArticleReport]) {
        let none = self.topics.len() - 1;
        for report in reports {
            self.n_articles += 1;
            self.n_paragraphs += report.n_paragraphs;
            self.n_sentences += report.n_sentences;
            self.n_words += report.n_words;
            self.topics[report.dominant_topic().unwrap_or(none)].n_articles += 1;
            for paragraph in &report.paragraphs {
                let ranking = paragraph.ranking.as_ref();
                let topic = &mut self.topics[ranking.and_then(TopicRanking::topic).unwrap_or(none)];
                topic.n_paragraphs += 1;
                topic.n_words += paragraph.n_words;
                topic.sum_of_probabilities += ranking.map_or(0.0, |r| r.best().1);
            }
        }
    }

    /// The table `topics`: a row a topic, and at the end one for what has none.
    pub fn topics(&self, labels: &[String]) -> Table {
        let n_words: usize = self.topics.iter().map(|t| t.n_words).sum();
        let count = |pick: fn(&TopicTotal) -> usize| {
            self.topics.iter().map(|t| i64::try_from(pick(t)).ok()).collect()
        };
        let share = |t: &TopicTotal| Some(t.n_words as f64 / n_words as f64).filter(|_| n_words > 0);
        let mean = |t: &TopicTotal| {
            Some(t.sum_of_probabilities / t.n_paragraphs as f64).filter(|_| t.n_paragraphs > 0)
        };
        let n_labels = self.topics.len() - 1;
        let named = self.topics.iter().take(n_labels).map(mean);
        Table::new(
            "topics",
            vec![
                Column::text(
                    "topic",
                    "topic; empty for what has none",
                    labels.iter().cloned().map(Some).chain([None]).collect(),
                ),
                Column::integer(
                    "n_articles",
                    "articles",
                    "articles whose dominant topic it is",
                    count(|t| t.n_articles),
                ),
                Column::integer(
                    "n_paragraphs",
                    "paragraphs",
                    "paragraphs of this topic",
                    count(|t| t.n_paragraphs),
                ),
                Column::integer("n_words", "words", "words in them", count(|t| t.n_words)),
                Column::float(
                    "share",
                    SHARE_OF_WORDS,
                    "of all words",
                    self.topics.iter().map(share).collect(),
                )
                .with_formula("n_words / n_words of all topics and none"),
                Column::float(
                    "mean_probability",
                    "probability",
                    "how sure the model is of them",
                    named.chain([None]).collect(),
                )
                .with_formula("mean of P(topic | text) over its paragraphs"),
            ],
        )
    }
}
