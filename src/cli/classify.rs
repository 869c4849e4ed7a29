//! `newsbeat classify`: topics alone.

use clap::{Args as ClapArgs, ValueEnum};
use newsbeat::analysis::{classify_paragraphs, in_context};
use newsbeat::article::Article;
use newsbeat::classify::{Session, TopicModel, TopicRanking};
use newsbeat::report::{known_terms_column, topic_columns, topic_set_column};
use newsbeat::table::{Column, Table};
use newsbeat::text::Tokenizer;

use super::Plan;
use super::args::{Common, ModelArg};
use super::crew::Work;
use super::exit::Outcome;
use super::input::{InputArgs, Inputs};
use super::output::OutputArgs;

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    /// A row a paragraph of prose.
    Paragraph,
    /// A row an article, all its prose as one text.
    Article,
}

/// Options of `classify`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    model: ModelArg,
    /// What a row stands for.
    #[arg(long, value_enum, default_value_t = Unit::Paragraph)]
    unit: Unit,
    /// Add a column with the set of topics that holds the right one for this share of texts.
    #[arg(long, value_name = "SHARE", value_parser = parse_coverage)]
    coverage: Option<f64>,
    /// Judge each paragraph alone, not in the light of its whole article; so does --coverage, whose promise holds for those.
    #[arg(long)]
    alone: bool,
    /// Add the text as a column.
    #[arg(long)]
    with_text: bool,
}

fn parse_coverage(share: &str) -> Result<f64, String> {
    share
        .parse()
        .ok()
        .filter(|c| *c > 0.0 && *c < 1.0)
        .ok_or_else(|| "must be above 0 and below 1".to_owned())
}

/// A classification, decided.
pub(crate) struct Classification {
    common: Common,
    inputs: Inputs,
    output: OutputArgs,
    model: TopicModel,
    unit: Unit,
    context: bool,
    with_text: bool,
    coverage: Option<f64>,
}

impl Args {
    /// Looks for inputs and model.
    pub(crate) fn plan(self, common: Common) -> anyhow::Result<Classification> {
        self.output.check()?;
        Ok(Classification {
            common,
            inputs: self.input.find()?,
            model: self.model.load()?,
            output: self.output,
            unit: self.unit,
            context: !self.alone && self.coverage.is_none(),
            with_text: self.with_text,
            coverage: self.coverage,
        })
    }
}

/// One row of the output.
pub(crate) struct Row {
    article_id: String,
    number: usize,
    ranking: Option<TopicRanking>,
    n_words: usize,
    /// Where it is asked for.
    text: Option<String>,
    kept: Vec<(String, String)>,
}

impl Classification {
    fn rows(&self, session: &mut Session<'_>, mut article: Article) -> Vec<Row> {
        let body = article.take_body();
        let row = |number, ranking, n_words, text| Row {
            article_id: article.id.clone(),
            number,
            ranking,
            n_words,
            text: self.with_text.then_some(text),
            kept: article.kept.clone(),
        };
        match self.unit {
            Unit::Paragraph => {
                let mut paragraphs = classify_paragraphs(session, body);
                if self.context {
                    in_context(session, article.title.as_deref(), &mut paragraphs);
                }
                paragraphs.into_iter().map(|p| row(p.number, p.ranking, p.n_words, p.text)).collect()
            }
            Unit::Article => {
                let text = body.map(|p| p.text).collect::<Vec<_>>().join("\n");
                let n_words = Tokenizer::news().n_words(&text);
                vec![row(1, session.classify(&text), n_words, text)]
            }
        }
    }

    fn table(&self, mut rows: Vec<Row>) -> Table {
        let ids = rows.iter_mut().map(|row| Some(std::mem::take(&mut row.article_id))).collect();
        let texts = rows.iter_mut().map(|row| row.text.take()).collect();
        let integer = |name: &str, pick: fn(&Row) -> usize| {
            let values = rows.iter().map(|row| i64::try_from(pick(row)).ok()).collect();
            Column::integer(name, "", "", values)
        };
        let mut columns = vec![Column::text("article_id", "", ids)];
        if self.unit == Unit::Paragraph {
            columns.push(integer("paragraph", |row| row.number));
        }
        let rankings: Vec<_> = rows.iter().map(|row| row.ranking.as_ref()).collect();
        let mut topics = topic_columns(&rankings, self.model.labels());
        let probabilities = topics.split_off(4);
        columns.extend(topics);
        columns.push(integer("n_words", |row| row.n_words));
        columns.push(known_terms_column(&rankings));
        columns.extend(probabilities);
        if let Some(coverage) = self.coverage {
            columns.push(topic_set_column(&rankings, self.model.labels(), coverage));
        }
        if self.with_text {
            columns.push(Column::text("text", "", texts));
        }
        for (i, name) in self.inputs.kept().iter().enumerate() {
            let values = rows.iter().map(|row| row.kept.get(i).map(|(_, value)| value.clone())).collect();
            columns.push(Column::text(name, "", values));
        }
        Table::new("topics", columns)
    }
}

/// What makes rows of an article.
struct Rows<'c>(&'c Classification);

impl<'c> Work for Rows<'c> {
    type Session = Session<'c>;
    type Outcome = Vec<Row>;

    fn start(&self) -> Session<'c> {
        self.0.model.session()
    }

    fn of(&self, session: &mut Session<'c>, article: Article) -> Vec<Row> {
        self.0.rows(session, article)
    }
}

impl Plan for Classification {
    fn run(&self) -> anyhow::Result<Outcome> {
        let mut sink = self.output.open()?;
        let quiet = self.common.quiet || !self.output.is_file();
        let n_rejected = self.inputs.for_each_batch(quiet, &Rows(self), |batch, _| {
            let mut rows = Vec::with_capacity(batch.iter().map(Vec::len).sum());
            rows.extend(batch.into_iter().flatten());
            sink.append(&self.table(rows))
        })?;
        sink.finish()?;
        Ok(Outcome { n_rejected })
    }
}
