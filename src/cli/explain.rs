//! `newsbeat explain`: the words that decided each paragraph.

use clap::Args as ClapArgs;
use newsbeat::article::Article;
use newsbeat::classify::TopicModel;
use newsbeat::classify::explain::{Explainer, Explanation, RemovedWord, printed};
use newsbeat::classify::inspect::HASHED;
use newsbeat::table::{Column, Table};

use super::args::{Common, ModelArg};
use super::crew::Work;
use super::exit::Outcome;
use super::input::{InputArgs, Inputs};
use super::output::TableOutput;
use super::{Plan, console};

/// Options of `explain`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    output: TableOutput,
    #[command(flatten)]
    model: ModelArg,
    /// Terms shown of each paragraph, those that count most for or against; 0 shows all. The words without which the topic
    /// would be another are always shown.
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
        let model = self.model.load()?;
        if model.params().analyzer.hash_bits.is_some() {
            console::say(common.quiet, format_args!("terms are {HASHED}"));
        }
        Ok(Reasons { common, inputs, model, output: self.output, top: self.top })
    }
}

/// One term of one paragraph, or, with its name in parentheses, what else adds to the odds.
pub(crate) struct Row {
    article_id: String,
    paragraph: i64,
    topic: String,
    runner_up: String,
    words: String,
    term: Option<String>,
    contribution: Option<f64>,
    flips: bool,
    flips_to: Option<String>,
}

impl Reasons {
    fn rows(&self, explainer: &mut Explainer<'_>, article: &Article) -> Vec<Row> {
        let mut rows = Vec::new();
        let label = |label: usize| self.model.labels()[label].clone();
        for (number, paragraph) in (1..).zip(article.body()) {
            let Some(explanation) = explainer.explain(&paragraph.text) else { continue };
            let flip = explainer.smallest_flip(&paragraph.text);
            let flips_to = flip.as_ref().and_then(|flip| flip.to).map(label);
            let removed = flip.map_or_else(Vec::new, |flip| flip.words);
            rows.extend(self.reasons(&explanation, &removed, &paragraph.text).into_iter().map(|reason| {
                Row {
                    article_id: article.id.clone(),
                    paragraph: number,
                    topic: label(explanation.winner()),
                    runner_up: label(explanation.runner_up()),
                    flips_to: flips_to.clone().filter(|_| reason.flips),
                    ..reason
                }
            }));
        }
        rows
    }

    /// The terms that count most and the words that flip the topic, then what else adds to the odds, so that the sum is
    /// always the same.
    fn reasons(&self, explanation: &Explanation, removed: &[RemovedWord], text: &str) -> Vec<Row> {
        let terms = explanation.contributions();
        let flips = |term: &str| removed.iter().any(|word| word.term == term);
        let mut by_size: Vec<usize> = (0..terms.len()).collect();
        by_size.sort_by(|&a, &b| terms[b].contribution.abs().total_cmp(&terms[a].contribution.abs()));
        let n_shown = if self.top == 0 { terms.len() } else { self.top.min(terms.len()) };
        let mut shown: Vec<usize> = by_size[..n_shown].to_vec();
        shown.extend(by_size[n_shown..].iter().filter(|&&i| flips(&terms[i].term)));
        shown.sort_unstable();
        let mut rows: Vec<Row> = shown
            .iter()
            .map(|&i| {
                Row::of(&printed(text, &terms[i].spans), Some(&terms[i].term), Some(terms[i].contribution))
            })
            .collect();
        // A word may matter by the n-grams that it is in only.
        let is_shown = |word: &&RemovedWord| terms.iter().any(|term| term.term == word.term);
        rows.extend(
            removed
                .iter()
                .filter(|word| !is_shown(word))
                .map(|word| Row::of(&printed(text, &word.spans), Some(&word.term), None)),
        );
        for row in &mut rows {
            row.flips = row.term.as_deref().is_some_and(flips);
        }
        let shown_sum: f64 = shown.iter().map(|&i| terms[i].contribution).sum();
        let fixed = explanation.intercept() + explanation.calibration_bias();
        let rest = explanation.log_odds() - fixed - shown_sum;
        let others = (shown.len() < terms.len()).then_some(("(other terms)", rest));
        let always =
            [("(intercept)", explanation.intercept()), ("(calibration)", explanation.calibration_bias())];
        let always = always.into_iter().filter(|(_, addition)| *addition != 0.0);
        rows.extend(
            others.into_iter().chain(always).map(|(name, addition)| Row::of(name, None, Some(addition))),
        );
        rows
    }
}

impl Row {
    /// A reason, not yet of a paragraph.
    fn of(words: &str, term: Option<&String>, contribution: Option<f64>) -> Self {
        Self {
            article_id: String::new(),
            paragraph: 0,
            topic: String::new(),
            runner_up: String::new(),
            words: words.to_owned(),
            term: term.cloned(),
            contribution,
            flips: false,
            flips_to: None,
        }
    }
}

fn table(rows: &[Row]) -> Table {
    let text = |name: &str, meaning: &str, pick: fn(&Row) -> Option<&String>| {
        Column::text(name, meaning, rows.iter().map(|row| pick(row).cloned()).collect())
    };
    Table::new(
        "explanation",
        vec![
            text("article_id", "", |row| Some(&row.article_id)),
            Column::integer("paragraph", "number", "", rows.iter().map(|row| Some(row.paragraph)).collect()),
            text("topic", "most probable topic", |row| Some(&row.topic)),
            text("runner_up", "second most probable topic", |row| Some(&row.runner_up)),
            text("words", "the term as printed, or what else counts, in parentheses", |row| Some(&row.words)),
            text("term", "the term as the model knows it", |row| row.term.as_ref()),
            Column::float(
                "contribution",
                "nats",
                "what it adds to ln(P(topic) / P(runner_up)); the rows of a paragraph sum to that",
                rows.iter().map(|row| row.contribution).collect(),
            ),
            Column::integer(
                "flips",
                "",
                "1 for the words without which the topic would be another",
                rows.iter().map(|row| Some(i64::from(row.flips))).collect(),
            ),
            text("flips_to", "the topic without those words; none if no known term is left", |row| {
                row.flips_to.as_ref()
            }),
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
