//! `newsbeat metrics`: the numbers alone.

use clap::{Args as ClapArgs, ValueEnum};
use newsbeat::article::Article;
use newsbeat::metrics::{self, Family, Metric, TextCounts};
use newsbeat::table::{Column, Table};
use newsbeat::text::{Language, sentences};

use super::Plan;
use super::args::Common;
use super::batch::Work;
use super::exit::Outcome;
use super::input::{InputArgs, Inputs};
use super::output::OutputArgs;

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    /// A row an article.
    Article,
    /// A row a paragraph of prose.
    Paragraph,
    /// A row a sentence of prose.
    Sentence,
}

/// Options of `metrics`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// Metrics to compute; all by default. See `newsbeat list metrics`.
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    metrics: Vec<String>,
    /// Families of metrics to compute.
    #[arg(long, value_name = "NAME,...", value_delimiter = ',', conflicts_with = "metrics")]
    family: Vec<String>,
    /// What a row stands for.
    #[arg(long, value_enum, default_value_t = Unit::Article)]
    unit: Unit,
}

/// A measurement, decided.
pub(crate) struct Measurement {
    common: Common,
    inputs: Inputs,
    output: OutputArgs,
    metrics: Vec<&'static Metric>,
    unit: Unit,
}

impl Args {
    /// Looks for inputs and metrics.
    pub(crate) fn plan(self, common: Common) -> anyhow::Result<Measurement> {
        self.output.check()?;
        let families =
            self.family.iter().map(|name| Family::named(name)).collect::<newsbeat::Result<Vec<_>>>()?;
        let metrics = if !self.metrics.is_empty() {
            self.metrics.iter().map(|name| metrics::named(name)).collect::<newsbeat::Result<Vec<_>>>()?
        } else if families.is_empty() {
            metrics::all().collect()
        } else {
            metrics::all().filter(|metric| families.contains(&metric.family)).collect()
        };
        Ok(Measurement { common, inputs: self.input.find()?, output: self.output, metrics, unit: self.unit })
    }
}

/// One row of the output.
pub(crate) struct Row {
    article_id: String,
    title: Option<String>,
    number: usize,
    counts: [usize; 3],
    values: Vec<Option<f64>>,
    kept: Vec<(String, String)>,
}

impl Measurement {
    fn rows(&self, article: &Article) -> Vec<Row> {
        let language = article.detected_language.unwrap_or(self.inputs.language());
        let measured: Vec<TextCounts> = match self.unit {
            Unit::Article => vec![TextCounts::of_article(article, language)],
            Unit::Paragraph => article.body().map(|p| TextCounts::of(&[&p.text], language)).collect(),
            Unit::Sentence => article.body().flat_map(|p| by_sentence(&p.text, language)).collect(),
        };
        let row = |(number, counts): (usize, TextCounts)| Row {
            article_id: article.id.clone(),
            title: article.title.clone(),
            number,
            counts: [counts.n_paragraphs, counts.n_sentences, counts.n_words],
            values: self.metrics.iter().map(|metric| metric.of(&counts)).collect(),
            kept: article.kept.clone(),
        };
        (1..).zip(measured).map(row).collect()
    }

    fn table(&self, rows: &[Row]) -> Table {
        let text = |pick: fn(&Row) -> Option<String>| rows.iter().map(pick).collect();
        let count = |name: &str, pick: fn(&Row) -> usize| {
            let values = rows.iter().map(|row| i64::try_from(pick(row)).ok()).collect();
            Column::integer(name, "", "", values)
        };
        let mut columns = vec![Column::text("article_id", "", text(|row| Some(row.article_id.clone())))];
        match self.unit {
            Unit::Article => columns.push(Column::text("title", "", text(|row| row.title.clone()))),
            Unit::Paragraph => columns.push(count("paragraph", |row| row.number)),
            Unit::Sentence => columns.push(count("sentence", |row| row.number)),
        }
        columns.push(count("n_paragraphs", |row| row.counts[0]));
        columns.push(count("n_sentences", |row| row.counts[1]));
        columns.push(count("n_words", |row| row.counts[2]));
        for (i, metric) in self.metrics.iter().enumerate() {
            let values = rows.iter().map(|row| row.values[i]).collect();
            columns.push(Column::float(metric.name, metric.unit, metric.formula, values));
        }
        for (i, name) in self.inputs.kept().iter().enumerate() {
            let values = rows.iter().map(|row| row.kept.get(i).map(|(_, value)| value.clone())).collect();
            columns.push(Column::text(name, "", values));
        }
        Table::new("metrics", columns)
    }
}

fn by_sentence(text: &str, language: &'static Language) -> Vec<TextCounts> {
    sentences(text, language).map(|span| TextCounts::of(&[span.of(text)], language)).collect()
}

impl Work for Measurement {
    type Session = ();
    type Outcome = Vec<Row>;

    fn start(&self) {}

    fn of(&self, (): &mut (), article: Article) -> Vec<Row> {
        self.rows(&article)
    }
}

impl Plan for Measurement {
    fn run(&self) -> anyhow::Result<Outcome> {
        let mut sink = self.output.open()?;
        let quiet = self.common.quiet || !self.output.is_file();
        let n_rejected = self.inputs.for_each_batch(quiet, self, |rows, _| {
            sink.append(&self.table(&rows.into_iter().flatten().collect::<Vec<_>>()))
        })?;
        sink.finish()?;
        Ok(Outcome { n_rejected })
    }
}
