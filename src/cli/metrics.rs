//! `newsbeat metrics`: the numbers alone.

use clap::{Args as ClapArgs, ValueEnum};
use newsbeat::article::Article;
use newsbeat::metrics::{ExtraValues, Extras, Metric, Preset, TextCounts};
use newsbeat::report::{Measured, measured_columns};
use newsbeat::table::{Column, Table};
use newsbeat::text::{Language, sentences};

use super::Plan;
use super::args::Common;
use super::crew::Work;
use super::exit::Outcome;
use super::input::{InputArgs, Inputs};
use super::measure::{MeasureArgs, ShortTexts};
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
    #[command(flatten)]
    measure: MeasureArgs,
    /// Cut words and compute what another package does, under its names: quanteda, textstat, korpus or textdescriptives.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["metrics", "family", "intervals"])]
    preset: Option<String>,
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
    /// Whether they were asked for by name.
    names_metrics: bool,
    /// Takes the place of the metrics.
    preset: Option<&'static Preset>,
    extras: Extras,
    unit: Unit,
}

impl Args {
    /// Looks for inputs and metrics.
    pub(crate) fn plan(self, common: Common) -> anyhow::Result<Measurement> {
        self.output.check()?;
        let preset = self.preset.as_deref().map(Preset::named).transpose()?;
        Ok(Measurement {
            common,
            metrics: if preset.is_some() { Vec::new() } else { self.measure.metrics()? },
            names_metrics: self.measure.names_metrics(),
            preset,
            extras: self.measure.extras()?,
            inputs: self.input.find()?,
            output: self.output,
            unit: self.unit,
        })
    }
}

/// One row of the output.
pub(crate) struct Row {
    article_id: String,
    title: Option<String>,
    number: usize,
    counts: [usize; 3],
    values: Vec<Option<f64>>,
    extras: ExtraValues,
    kept: Vec<(String, String)>,
}

impl Measurement {
    fn rows(&self, article: &Article) -> Vec<Row> {
        let language = article.detected_language.unwrap_or(self.inputs.language());
        let body = || article.body().map(|p| p.text.as_str());
        let measured: Vec<TextCounts> = match (self.unit, self.preset) {
            (Unit::Article, None) => vec![TextCounts::of_article(article, language)],
            (Unit::Article, Some(_)) => vec![self.count(&body().collect::<Vec<_>>(), language)],
            (Unit::Paragraph, _) => body().map(|text| self.count(&[text], language)).collect(),
            (Unit::Sentence, _) => body().flat_map(|text| self.by_sentence(text, language)).collect(),
        };
        let row = |(number, counts): (usize, TextCounts)| Row {
            article_id: article.id.clone(),
            title: article.title.clone(),
            number,
            counts: [counts.n_paragraphs, counts.n_sentences, counts.n_words],
            values: match self.preset {
                Some(preset) => preset.columns().iter().map(|column| column.of(&counts)).collect(),
                None => self.metrics.iter().map(|metric| metric.of(&counts)).collect(),
            },
            extras: self.extras.of(&self.metrics, &counts),
            kept: article.kept.clone(),
        };
        (1..).zip(measured).map(row).collect()
    }

    /// Counts a text as it is to be cut.
    fn count(&self, paragraphs: &[&str], language: &'static Language) -> TextCounts {
        match self.preset {
            Some(preset) => preset.counts(paragraphs, language),
            None => TextCounts::of(paragraphs, language),
        }
    }

    fn by_sentence(&self, text: &str, language: &'static Language) -> Vec<TextCounts> {
        sentences(text, language).map(|span| self.count(&[span.of(text)], language)).collect()
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
        for (i, column) in self.preset.iter().flat_map(|preset| preset.columns()).enumerate() {
            let values = rows.iter().map(|row| row.values[i]).collect();
            columns.push(Column::float(column.name, "", "", values).with_formula(column.formula()));
        }
        let measured: Vec<Measured<'_>> = rows.iter().map(|row| (&row.values[..], &row.extras)).collect();
        columns.extend(measured_columns(&measured, &self.metrics, &self.extras));
        for (i, name) in self.inputs.kept().iter().enumerate() {
            let values = rows.iter().map(|row| row.kept.get(i).map(|(_, value)| value.clone())).collect();
            columns.push(Column::text(name, "", values));
        }
        Table::new("metrics", columns)
    }
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
        let mut short = ShortTexts::default();
        let n_rejected = self.inputs.for_each_batch(quiet, self, |rows, _| {
            let rows: Vec<Row> = rows.into_iter().flatten().collect();
            for row in &rows {
                short.look_at(row.counts[2], &self.metrics, &row.values);
            }
            sink.append(&self.table(&rows))
        })?;
        sink.finish()?;
        short.say(self.common.quiet || !self.names_metrics);
        Ok(Outcome { n_rejected })
    }
}
