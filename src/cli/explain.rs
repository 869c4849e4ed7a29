//! `newsbeat explain`: the words that decided each paragraph.

use clap::Args as ClapArgs;
use newsbeat::article::Article;
use newsbeat::classify::TopicModel;
use newsbeat::classify::explain::{Explainer, Explanation};
use newsbeat::table::{Column, Table};

use super::Plan;
use super::args::{Common, ModelArg};
use super::batch::Work;
use super::exit::Outcome;
use super::input::{InputArgs, Inputs};
use super::output::TableOutput;

/// Options of `explain`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    output: TableOutput,
    #[command(flatten)]
    model: ModelArg,
    /// Terms shown of each paragraph, those that count most for or against; 0 shows all.
    #[arg(long, default_value_t = 10, value_name = "N")]
    top: usize,
}

/// An explanation, decided.
pub(crate) struct Reasons {
    common: Common,
    inputs: Inputs,
    output: TableOutput,
    model: TopicModel,
    top: usize,
}

impl Args {
    /// Looks for inputs and model.
    pub(crate) fn plan(self, common: Common) -> anyhow::Result<Reasons> {
        self.output.check()?;
        let inputs = self.input.find()?;
        Ok(Reasons { common, inputs, model: self.model.load()?, output: self.output, top: self.top })
    }
}

/// One term of one paragraph.
pub(crate) struct Row {
    article_id: String,
    paragraph: i64,
    topic: String,
    runner_up: String,
    words: String,
    term: String,
    contribution: f64,
    flips: bool,
}

impl Reasons {
    fn rows(&self, explainer: &mut Explainer<'_>, article: &Article) -> Vec<Row> {
        let mut rows = Vec::new();
        for (number, paragraph) in (1..).zip(article.body()) {
            let Some(explanation) = explainer.explain(&paragraph.text) else { continue };
            let flip = explainer.smallest_flip(&paragraph.text);
            let flips = |term: &str| flip.iter().flat_map(|flip| &flip.words).any(|word| word.term == term);
            let label = |label: usize| self.model.labels()[label].clone();
            for (words, term, contribution) in self.terms(&explanation, &paragraph.text) {
                rows.push(Row {
                    article_id: article.id.clone(),
                    paragraph: number,
                    topic: label(explanation.winner()),
                    runner_up: label(explanation.runner_up()),
                    flips: flips(&term),
                    words,
                    term,
                    contribution,
                });
            }
        }
        rows
    }

    /// The terms that count most, by size: words as printed, term, contribution.
    fn terms(&self, explanation: &Explanation, text: &str) -> Vec<(String, String, f64)> {
        let printed = |c: &newsbeat::classify::explain::Contribution| {
            let mut forms: Vec<&str> = c.spans.iter().map(|span| span.of(text)).collect();
            forms.sort_unstable();
            forms.dedup();
            (forms.join(" | "), c.term.clone(), c.contribution)
        };
        let mut terms: Vec<_> = explanation.contributions().iter().map(printed).collect();
        if self.top > 0 {
            terms.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()));
            terms.truncate(self.top);
            terms.sort_by(|a, b| b.2.total_cmp(&a.2));
        }
        terms
    }
}

fn table(rows: &[Row]) -> Table {
    let text = |name: &str, meaning: &str, pick: fn(&Row) -> &str| {
        Column::text(name, meaning, rows.iter().map(|row| Some(pick(row).to_owned())).collect())
    };
    Table::new(
        "explanation",
        vec![
            text("article_id", "", |row| &row.article_id),
            Column::integer("paragraph", "number", "", rows.iter().map(|row| Some(row.paragraph)).collect()),
            text("topic", "most probable topic", |row| &row.topic),
            text("runner_up", "second most probable topic", |row| &row.runner_up),
            text("words", "the term as printed", |row| &row.words),
            text("term", "the term as the model knows it", |row| &row.term),
            Column::float(
                "contribution",
                "nats",
                "what the term adds to ln(P(topic) / P(runner_up))",
                rows.iter().map(|row| Some(row.contribution)).collect(),
            ),
            Column::integer(
                "flips",
                "",
                "1 for the words without which the topic would be another",
                rows.iter().map(|row| Some(i64::from(row.flips))).collect(),
            ),
        ],
    )
}

/// What explains articles.
struct Explaining<'r>(&'r Reasons);

impl<'r> Work for Explaining<'r> {
    type Session = Explainer<'r>;
    type Outcome = Vec<Row>;

    fn start(&self) -> Explainer<'r> {
        Explainer::new(&self.0.model)
    }

    fn of(&self, explainer: &mut Explainer<'r>, article: Article) -> Vec<Row> {
        self.0.rows(explainer, &article)
    }
}

impl Plan for Reasons {
    fn run(&self) -> anyhow::Result<Outcome> {
        let explaining = Explaining(self);
        if self.output.is_plain() {
            // Aligned columns need every row.
            let mut rows = Vec::new();
            let n_rejected = self.inputs.for_each_batch(true, &explaining, |batch, _| {
                rows.extend(batch.into_iter().flatten());
                Ok(())
            })?;
            self.output.write(&table(&rows))?;
            return Ok(Outcome { n_rejected });
        }
        let mut sink = self.output.args().open()?;
        let n_rejected = self.inputs.for_each_batch(self.common.quiet, &explaining, |batch, _| {
            sink.append(&table(&batch.into_iter().flatten().collect::<Vec<_>>()))
        })?;
        sink.finish()?;
        Ok(Outcome { n_rejected })
    }
}
