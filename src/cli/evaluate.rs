//! `newsbeat evaluate`: figures on rows that the model has not seen.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use newsbeat::Error;
use newsbeat::article::date::iso_date;
use newsbeat::classify::evaluate::{
    BootstrapParams, Comparison, Evaluation, FoldParams, Folds, Predictions, bootstrap, cross_validate,
    evaluate_model, in_time,
};
use newsbeat::classify::{Corpus, CorpusOptions, CorpusReader, LabelledText, TopicModel};
use newsbeat::table::Table;

use super::args::Common;
use super::exit::Outcome;
use super::output::TableOutput;
use super::training::{ColumnArgs, TrainingArgs};
use super::{Plan, console, output};

/// Options of `evaluate`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Labelled texts: CSV, TSV or JSONL files with a column for the label and one for the text.
    #[arg(required = true, value_name = "CORPUS")]
    corpora: Vec<PathBuf>,
    /// Model to try on the corpus, which it must not have been trained on; without it, models are cross-validated.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["time", "folds", "TrainingArgs"])]
    model: Option<PathBuf>,
    #[arg(
        long,
        value_name = "OTHER",
        requires = "model",
        help = "Another model to compare it with on the same rows: differences with intervals, McNemar's test"
    )]
    against: Option<PathBuf>,
    /// Folds of the cross-validation, each with its share of every label; near-duplicates are never on both sides of one.
    #[arg(long, default_value_t = 10, value_name = "N")]
    folds: usize,
    /// Column whose equal values stay on one side of each fold, and together in the bootstrap: article, source.
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,
    /// Column of dates or numbers: each fold is tried by a model of what is earlier; the first part is only learned from.
    #[arg(long, value_name = "COLUMN")]
    time: Option<String>,
    /// Resamples of the 95 % intervals; 0 for none.
    #[arg(long, default_value_t = 1_000, value_name = "N")]
    bootstrap: usize,
    /// Seed that decides how rows are dealt into folds and drawn for intervals.
    #[arg(long, default_value_t = 0, value_name = "N")]
    seed: u64,
    /// Also write the confusion matrix: rows by true label, columns by predicted label.
    #[arg(long, value_name = "FILE")]
    confusion: Option<PathBuf>,
    /// Also write the reliability table: stated probability and share of correct answers, bin by bin.
    #[arg(long, value_name = "FILE")]
    reliability: Option<PathBuf>,
    /// Also write what was answered for each row, with the probability of each label.
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    #[command(flatten)]
    columns: ColumnArgs,
    #[command(flatten)]
    training: TrainingArgs,
    #[command(flatten)]
    output: TableOutput,
}

/// What makes a table of an evaluation.
type MakeTable = fn(&Evaluation, &Predictions) -> Table;

/// An evaluation, decided.
pub(crate) struct Trial {
    args: Args,
    common: Common,
    model: Option<TopicModel>,
    other: Option<TopicModel>,
}

impl Args {
    /// Checks the options and loads the models.
    pub(crate) fn plan(self, common: Common) -> anyhow::Result<Trial> {
        self.output.check()?;
        let files: Vec<&Path> =
            self.output.path().into_iter().chain(self.files().map(|(path, _)| path)).collect();
        output::check_files(&files, self.output.existing())?;
        if self.against.is_some() && self.bootstrap == 0 {
            return Err(Error::parameter("bootstrap", "must be at least 1 with --against", 0).into());
        }
        let load = |path: &Option<PathBuf>| path.as_deref().map(TopicModel::load).transpose();
        let (model, other) = (load(&self.model)?, load(&self.against)?);
        self.training.params()?;
        Ok(Trial { args: self, common, model, other })
    }

    /// The files of single tables, each with what makes its table.
    fn files(&self) -> impl Iterator<Item = (&Path, MakeTable)> {
        let files: [(_, MakeTable); 3] = [
            (&self.confusion, |evaluation, _| evaluation.confusion_table()),
            (&self.reliability, |evaluation, _| evaluation.reliability_table()),
            (&self.predictions, |_, predictions| predictions.table()),
        ];
        files.into_iter().filter_map(|(path, table)| Some((path.as_deref()?, table)))
    }

    fn bootstrap_params(&self) -> BootstrapParams {
        BootstrapParams { n_resamples: self.bootstrap, seed: self.seed, ..BootstrapParams::default() }
    }
}

impl Trial {
    fn predictions(&self, corpus: &Corpus, rows: &[LabelledText<'_>]) -> newsbeat::Result<Predictions> {
        if let Some(model) = &self.model {
            return evaluate_model(model, rows);
        }
        let Args { training, columns, .. } = &self.args;
        let max_bytes = columns.max_training_bytes() - corpus.n_bytes();
        cross_validate(rows, &self.folds(corpus, rows)?, |rows| {
            training.fit(rows, max_bytes, self.common.quiet)
        })
    }

    fn folds(&self, corpus: &Corpus, rows: &[LabelledText<'_>]) -> newsbeat::Result<Folds> {
        let folds = FoldParams { n_folds: self.args.folds, seed: self.args.seed, ..FoldParams::default() };
        if self.args.time.is_none() {
            return folds.stratified(rows);
        }
        let order = in_time(corpus.times()).or_else(|refused| {
            let dates: Option<Vec<String>> = corpus.times().iter().map(|time| iso_date(time)).collect();
            dates.map_or(Err(refused), |dates| in_time(&dates))
        })?;
        folds.time_ordered(rows, &order)
    }

    /// What was evaluated, in words.
    fn summary(&self, predictions: &Predictions, n_rows: usize) -> String {
        let rows = console::count(predictions.len(), "row");
        let groups =
            predictions.groups().map(|groups| format!(" of {}", console::count(groups.n_groups(), "group")));
        let how = match (&self.args.model, &self.args.time) {
            (Some(model), _) => format!("answered by {}", model.display()),
            (None, None) => format!("answered in {} folds", self.args.folds),
            (None, Some(time)) => format!(
                "answered in {} folds by {time}, the first {} only learned from",
                self.args.folds,
                console::count(n_rows - predictions.len(), "row")
            ),
        };
        let intervals = match self.args.bootstrap {
            0 => String::new(),
            n => format!(
                "; 95 % intervals of {n} resamples{}",
                if groups.is_some() { " by group" } else { "" }
            ),
        };
        format!("{rows}{} {how}{intervals}", groups.unwrap_or_default())
    }
}

impl Plan for Trial {
    fn run(&self) -> anyhow::Result<Outcome> {
        let args = &self.args;
        let options = CorpusOptions {
            group_column: args.group.clone(),
            time_column: args.time.clone(),
            ..args.columns.options()
        };
        let corpus = Corpus::read(CorpusReader::new(args.corpora.clone(), options))?;
        console::rejects(&corpus.rejects);
        let rows = corpus.rows();
        let predictions = self.predictions(&corpus, &rows)?;
        let mut evaluation = Evaluation::of(&predictions);
        if args.bootstrap > 0 {
            evaluation = evaluation.with_intervals(bootstrap(&predictions, &args.bootstrap_params())?);
        }
        let majority = Evaluation::of(&predictions.majority());
        let other = self.other.as_ref().map(|other| evaluate_model(other, &rows)).transpose()?;
        let comparison = other
            .as_ref()
            .map(|other| Comparison::of(&predictions, other, &args.bootstrap_params()))
            .transpose()?;
        let against = other.as_ref().map(Evaluation::of);
        let mut others = vec![("majority", &majority)];
        others.extend(against.iter().map(|against| ("against", against)));
        if args.output.is_plain() {
            let labels = format!("{}\n\nlabels", self.summary(&predictions, rows.len()));
            let mut tables = vec![
                (labels.as_str(), evaluation.label_table()),
                ("figures", evaluation.figure_table(&others)),
            ];
            if let Some(comparison) = &comparison {
                tables.push(("differences: value less that of the other model", comparison.table()));
                tables.push((
                    "McNemar's test: rows that only one of them has right",
                    comparison.mcnemar().table(),
                ));
            }
            tables.push((
                "confusion: true label down, predicted label across",
                evaluation.confusion_overview(),
            ));
            tables.push((
                "reliability: what probabilities say, and how often they are right",
                evaluation.reliability_table(),
            ));
            TableOutput::print_all(tables)?;
        } else {
            args.output.write(&evaluation.table(&others, comparison.as_ref()))?;
            console::say(self.common.quiet, self.summary(&predictions, rows.len()));
        }
        let mut files = Vec::new();
        for (path, table) in args.files() {
            let table = table(&evaluation, &predictions);
            files.push((path, output::rendered(path, &table, args.output.dialect())?));
        }
        output::write_files(&files, args.output.existing())?;
        Ok(Outcome { n_rejected: corpus.rejects.len() })
    }
}
