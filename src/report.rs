//! Reports of articles to tables.

mod measured;
mod page;
mod run;
mod totals;

use crate::analysis::{ArticleReport, ParagraphReport};
use crate::classify::TopicRanking;
use crate::error::Error;
use crate::metrics::{Extras, Metric};
use crate::table::{Column, SHARE_OF_WORDS, Table};

pub use measured::{Measured, measured_columns};
pub use page::{Page, PageArticle, comparison_page};
pub use run::Run;
pub use totals::Totals;

/// What the columns of a report depend on beside the articles.
#[derive(Debug, Clone)]
pub struct ReportShape<'r> {
    /// The metrics, one column each.
    pub metrics: &'r [&'static Metric],
    /// What is told beside them.
    pub extras: &'r Extras,
    /// The topics, sorted.
    pub labels: &'r [String],
    /// Fingerprint of the model, written beside each article.
    pub model_fingerprint: &'r str,
    /// Names of the columns carried through from the input.
    pub kept: &'r [String],
}

/// The text of each item.
fn texts<T>(items: &[T], text: impl Fn(&T) -> Option<String>) -> Vec<Option<String>> {
    items.iter().map(text).collect()
}

/// A count of each item.
fn counts<T>(items: &[T], count: impl Fn(&T) -> usize) -> Vec<Option<i64>> {
    items.iter().map(|item| i64::try_from(count(item)).ok()).collect()
}

impl ReportShape<'_> {
    /// The table `articles`: a row an article.
    pub fn articles(&self, reports: &[ArticleReport]) -> Table {
        let mut columns = vec![
            Column::text(
                "article_id",
                "identifier of the article",
                texts(reports, |r| Some(r.article_id.clone())),
            ),
            Column::text("file", "file that it was read from", texts(reports, |r| Some(r.file.clone()))),
            Column::text("title", "headline", texts(reports, |r| r.title.clone())),
            Column::text("outlet", "who published it", texts(reports, |r| r.outlet.clone())),
            Column::date("date", "date of publication", texts(reports, |r| r.date.clone())),
            Column::text("byline", "author", texts(reports, |r| r.byline.clone())),
            Column::text("url", "address of the page", texts(reports, |r| r.url.clone())),
            Column::text(
                "language",
                "language that the source declares, not necessarily the one that it was measured in",
                texts(reports, |r| r.language.clone()),
            ),
        ];
        columns.extend(length_columns(reports));
        let measured: Vec<Measured<'_>> = reports.iter().map(|r| (&r.metrics[..], &r.extras)).collect();
        columns.extend(measured_columns(&measured, self.metrics, self.extras));
        let unknown = reports.iter().map(ArticleReport::out_of_vocabulary_share).collect();
        let meaning = "how much of it the topic model has not met; high where it is out of its depth";
        columns.push(
            Column::float("out_of_vocabulary_share", "share", meaning, unknown)
                .with_formula("words that occur in no term of the model / words, stop words left out"),
        );
        for (i, label) in self.labels.iter().enumerate() {
            let shares = reports.iter().map(|r| r.topic_shares.as_ref().map(|shares| shares[i]));
            let (name, meaning) = (format!("share_{label}"), format!("how much of it is about {label}"));
            let formula = format!("words in paragraphs whose topic is {label} / n_words");
            columns
                .push(Column::float(name, SHARE_OF_WORDS, meaning, shares.collect()).with_formula(formula));
        }
        let dominant = |r: &ArticleReport| r.dominant_topic().map(|label| self.labels[label].clone());
        columns.push(Column::text(
            "dominant_topic",
            "topic with the largest share",
            texts(reports, dominant),
        ));
        columns.push(Column::text(
            "model_fingerprint",
            "checksum of the topic model that was used",
            texts(reports, |_| Some(self.model_fingerprint.to_owned())),
        ));
        for (i, name) in self.kept.iter().enumerate() {
            let value = |r: &ArticleReport| r.kept.get(i).map(|(_, value)| value.clone());
            columns.push(Column::text(name, "carried through from the input", texts(reports, value)));
        }
        Table::new("articles", columns)
    }

    /// The table `paragraphs`: a row a paragraph of prose.
    pub fn paragraphs(&self, reports: &[ArticleReport]) -> Table {
        let rows: Vec<(&ArticleReport, &ParagraphReport)> =
            reports.iter().flat_map(|r| r.paragraphs.iter().map(move |p| (r, p))).collect();
        let mut columns = vec![
            Column::text(
                "article_id",
                "identifier of the article",
                texts(&rows, |(r, _)| Some(r.article_id.clone())),
            ),
            Column::integer(
                "paragraph",
                "number",
                "place among the paragraphs of prose, from 1",
                counts(&rows, |(_, p)| p.number),
            ),
            Column::text("section", "section heading above it", texts(&rows, |(_, p)| p.section.clone())),
        ];
        let rankings: Vec<Option<&TopicRanking>> = rows.iter().map(|(_, p)| p.ranking.as_ref()).collect();
        columns.extend(topic_columns(&rankings, self.labels));
        columns.push(Column::integer(
            "n_words",
            "words",
            "words in the paragraph",
            counts(&rows, |(_, p)| p.n_words),
        ));
        columns.push(known_terms_column(&rankings));
        columns.push(Column::text("text", "the paragraph", texts(&rows, |(_, p)| Some(p.text.clone()))));
        Table::new("paragraphs", columns)
    }
}

/// What each article is a copy of, by id; see [`Originals`](crate::similarity::Originals).
pub fn duplicate_column(originals: Vec<Option<String>>) -> Column {
    let meaning = "the first article that it is a near copy of, by id; empty for an original";
    Column::text("duplicate_of", meaning, originals)
        .with_formula("3-word shingles in both / in either >= 0.5, estimated by 128 hashes")
        .with_reference(
            "A. Z. Broder (1997), On the resemblance and containment of documents, SEQUENCES, pp. 21-29",
        )
}

/// Numbers of paragraphs, sentences and words of prose.
pub fn length_columns(reports: &[ArticleReport]) -> [Column; 3] {
    let column = |name: &str, unit, count: fn(&ArticleReport) -> usize| {
        Column::integer(name, unit, format!("{unit} of prose"), counts(reports, count))
    };
    [
        column("n_paragraphs", "paragraphs", |r| r.n_paragraphs),
        column("n_sentences", "sentences", |r| r.n_sentences),
        column("n_words", "words", |r| r.n_words),
    ]
}

/// Topic, runner-up and the probability of each label. The first four columns are empty where the model says "none of
/// these": no or few known words, or no label probable enough.
pub fn topic_columns(rankings: &[Option<&TopicRanking>], labels: &[String]) -> Vec<Column> {
    let answers: Vec<Option<&TopicRanking>> =
        rankings.iter().map(|ranking| ranking.filter(|r| r.topic().is_some())).collect();
    let label = |pick: fn(&TopicRanking) -> (usize, f64)| {
        answers.iter().map(|r| r.map(|r| labels[pick(r).0].clone())).collect()
    };
    let probability =
        |pick: fn(&TopicRanking) -> (usize, f64)| answers.iter().map(|r| r.map(|r| pick(r).1)).collect();
    let mut columns = vec![
        Column::text("topic", "most probable topic; empty for none of them", label(TopicRanking::best)),
        Column::float("probability", "probability", "how sure of it", probability(TopicRanking::best))
            .with_formula("P(topic | text)"),
        Column::text("runner_up", "second most probable topic", label(TopicRanking::runner_up)),
        Column::float(
            "runner_up_probability",
            "probability",
            "how probable the second is",
            probability(TopicRanking::runner_up),
        )
        .with_formula("P(runner_up | text)"),
    ];
    for (i, label) in labels.iter().enumerate() {
        let values = rankings.iter().map(|r| r.map(|r| r.probabilities()[i])).collect();
        let (name, meaning) = (format!("p_{label}"), format!("how probable {label} is"));
        let formula = format!("P({label} | text)");
        columns.push(Column::float(name, "probability", meaning, values).with_formula(formula));
    }
    columns
}

/// The topics that each text may have, at a coverage; see [`TopicRanking::topics_at`].
pub fn topic_set_column(rankings: &[Option<&TopicRanking>], labels: &[String], coverage: f64) -> Column {
    let set = |ranking: &TopicRanking| {
        let topics = ranking.topics_at(coverage)?;
        Some(topics.iter().map(|&label| labels[label].as_str()).collect::<Vec<_>>().join(" "))
    };
    let meaning = format!("topics that hold the right one for {coverage} of texts like the training texts");
    Column::text("topics", meaning, rankings.iter().map(|r| r.and_then(set)).collect())
}

/// How many occurrences of known terms.
pub fn known_terms_column(rankings: &[Option<&TopicRanking>]) -> Column {
    let known = counts(rankings, |r| r.map_or(0, TopicRanking::n_known_terms));
    Column::integer("n_known_terms", "terms", "occurrences of terms that the model knows", known)
}

/// The table `rejects`: a row for each input, or part of one, that could not be used.
pub fn rejects(errors: &[Error]) -> Table {
    let place = |error: &Error| error.place().map(str::to_owned);
    Table::new(
        "rejects",
        vec![
            Column::text("place", "file and line, or article", texts(errors, place)),
            Column::text("reason", "what must hold, what was found", texts(errors, |e| Some(e.reason()))),
        ],
    )
}

/// The table `data-dictionary`: a row for each column of `tables`.
pub fn data_dictionary(tables: &[&Table]) -> Table {
    let columns: Vec<(&Table, &Column)> =
        tables.iter().flat_map(|t| t.columns().iter().map(move |c| (*t, c))).collect();
    let text = |pick: fn(&Column) -> &str| {
        columns.iter().map(|(_, c)| Some(pick(c).to_owned()).filter(|s| !s.is_empty())).collect()
    };
    Table::new(
        "data-dictionary",
        vec![
            Column::text("table", "", columns.iter().map(|(t, _)| Some(t.name.clone())).collect()),
            Column::text("column", "", text(|c| &c.name)),
            Column::text("type", "", text(|c| c.values.type_name())),
            Column::text("unit", "", text(|c| c.unit)),
            Column::text("meaning", "", text(|c| &c.meaning)),
            Column::text("formula", "", text(|c| &c.formula)),
            Column::text("reference", "", text(|c| c.reference)),
        ],
    )
}
