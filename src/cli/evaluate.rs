//! `newsbeat evaluate`: figures on rows that the model has not seen.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use newsbeat::classify::evaluate::{Evaluation, FoldParams, Predictions, cross_validate, evaluate_model};
use newsbeat::classify::{Corpus, CorpusReader, LabelledText, TopicModel};
use newsbeat::table::Table;

use super::args::Common;
use super::exit::Outcome;
use super::output::TableOutput;
use super::training::TrainingArgs;
use super::{Plan, console};

/// Options of `evaluate`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Labelled texts: CSV, TSV or JSONL files with a column for the label and one for the text.
    #[arg(required = true, value_name = "CORPUS")]
    corpora: Vec<PathBuf>,
    /// Model to try on the corpus, which it must not have been trained on; without it, models are cross-validated.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Folds of the cross-validation.
    #[arg(long, default_value_t = 10, value_name = "N")]
    folds: usize,
    /// Column whose equal values stay on one side of each fold: article, source.
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,
    /// Seed that decides how rows are dealt into folds.
    #[arg(long, default_value_t = 0, value_name = "N")]
    seed: u64,
    #[command(flatten)]
    training: TrainingArgs,
    #[command(flatten)]
    output: TableOutput,
}

/// An evaluation, decided.
pub(crate) struct Trial {
    args: Args,
    common: Common,
    model: Option<TopicModel>,
}

impl Args {
    /// Checks the options and loads the model.
    pub(crate) fn plan(self, common: Common) -> anyhow::Result<Trial> {
        self.output.check()?;
        let model = self.model.as_deref().map(TopicModel::load).transpose()?;
        self.training.params()?;
        Ok(Trial { args: self, common, model })
    }
}

impl Trial {
    fn predictions(&self, rows: &[LabelledText<'_>]) -> newsbeat::Result<Predictions> {
        if let Some(model) = &self.model {
            return evaluate_model(model, rows);
        }
        let folds = FoldParams { n_folds: self.args.folds, seed: self.args.seed, ..FoldParams::default() };
        cross_validate(rows, &folds.stratified(rows)?, |rows| self.args.training.fit(rows))
    }
}

impl Plan for Trial {
    fn run(&self) -> anyhow::Result<Outcome> {
        let options = self.args.training.columns.options(self.args.group.as_deref());
        let corpus = Corpus::read(CorpusReader::new(self.args.corpora.clone(), options))?;
        corpus.rejects.iter().for_each(console::reject);
        let predictions = self.predictions(&corpus.rows())?;
        let evaluation = Evaluation::of(&predictions);
        if self.args.output.is_plain() {
            let majority = Evaluation::of(&predictions.majority());
            let tables: [Table; 4] = [
                evaluation.label_table(),
                evaluation.figure_table(&[("majority", &majority)]),
                evaluation.confusion_table(),
                evaluation.reliability_table(),
            ];
            self.args.output.write_all(&tables)?;
        } else {
            self.args.output.write(&evaluation.table())?;
            console::say(self.common.quiet, format_args!("{} rows evaluated", corpus.rows().len()));
        }
        Ok(Outcome { n_rejected: corpus.rejects.len() })
    }
}
