//! `newsbeat train`: labelled texts to one model file.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use newsbeat::classify::{AutoFit, AutoParams, CorpusReader, CountedCorpus};
use newsbeat::table::text;

use super::args::{Common, DialectArgs, Force};
use super::exit::Outcome;
use super::training::{ColumnArgs, TrainingArgs, learned};
use super::update::UpdateArgs;
use super::{Plan, console, output};

/// Options of `train`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Labelled texts: CSV, TSV or JSONL files with a column for the label and one for the text.
    #[arg(required_unless_present_any = ["add", "remove", "merge"], value_name = "CORPUS")]
    corpora: Vec<PathBuf>,
    /// Model file to write.
    #[arg(short, long, value_name = "MODEL")]
    output: PathBuf,
    #[command(flatten)]
    update: UpdateArgs,
    /// Also write the rows whose label is probably wrong: those that the model without them gives another topic, least
    /// probable label first; of large corpora, among the documents judged.
    #[arg(long, value_name = "FILE")]
    suspects: Option<PathBuf>,
    /// Also write every configuration that was compared, at every smoothing.
    #[arg(long, value_name = "FILE")]
    candidates: Option<PathBuf>,
    #[command(flatten)]
    columns: ColumnArgs,
    #[command(flatten)]
    training: TrainingArgs,
    #[command(flatten)]
    dialect: DialectArgs,
    #[command(flatten)]
    force: Force,
}

/// A training run, decided.
struct Training {
    args: Args,
    params: AutoParams,
    common: Common,
}

impl Args {
    /// Checks every option.
    pub(crate) fn plan(self, common: Common) -> anyhow::Result<Box<dyn Plan>> {
        let files: Vec<&Path> = [Some(&self.output), self.suspects.as_ref(), self.candidates.as_ref()]
            .into_iter()
            .flatten()
            .map(PathBuf::as_path)
            .collect();
        output::check_files(&files, self.force.existing())?;
        if self.corpora.is_empty() {
            let update = self.update.plan(self.output, self.force.existing(), &self.columns, common);
            return Ok(Box::new(update));
        }
        let params = self.training.params()?;
        Ok(Box::new(Training { args: self, params, common }))
    }
}

impl Training {
    fn reader(&self) -> CorpusReader {
        CorpusReader::new(self.args.corpora.clone(), self.args.columns.options())
    }

    /// What was learned, and how many rows could not be used. The counted corpus, which takes as much memory as writing the model,
    /// is done with then.
    fn learn(&self, params: &AutoParams) -> newsbeat::Result<(AutoFit, usize)> {
        let max_bytes = self.args.columns.max_training_bytes();
        let corpus = CountedCorpus::count_within(params.counting_analyzer()?, max_bytes, self.reader())?;
        let fit = params.fit_counted(&corpus);
        let is_tried_again = fit.as_ref().is_err_and(|error| params.within_less(error).is_some());
        if !is_tried_again {
            console::rejects(corpus.rejects());
        }
        Ok((fit?, corpus.into_rejects().len()))
    }
}

impl Plan for Training {
    fn run(&self) -> anyhow::Result<Outcome> {
        let Self { args, params, common } = self;
        let (fit, n_rejected) = learned(params, common.quiet, |params| self.learn(params))?;
        let mut files = vec![(args.output.as_path(), fit.model.to_bytes()?)];
        let mut also = |path, table| -> newsbeat::Result<()> {
            files.push((path, output::rendered(path, &table, args.dialect.dialect())?));
            Ok(())
        };
        if let Some(path) = &args.suspects {
            also(path, fit.suspect_table(self.reader())?)?;
        }
        if let Some(path) = &args.candidates {
            also(path, fit.candidates.table())?;
        }
        output::write_files(&files, args.force.existing())?;
        let AutoFit { model, candidates, quality, quality_apart, suspects } = fit;
        if candidates.all().len() > 1 {
            console::say(common.quiet, text::render(&candidates.summary()));
            console::say(common.quiet, format_args!("{}\n", candidates.reason()));
        }
        let apart = quality_apart
            .map_or(String::new(), |q| format!(", in fifths {:.4}, {:.4}", q.accuracy, q.macro_f1));
        let before = if model.refinement().is_some() { " before refining" } else { "" };
        console::say(
            common.quiet,
            format_args!(
                "{}: {} documents, {} labels, {} terms; left out one by one{before}: accuracy {:.4}, macro-F1 {:.4}{apart}; {} labels in doubt",
                args.output.display(),
                model.n_documents(),
                model.labels().len(),
                model.vocabulary().len(),
                quality.accuracy,
                quality.macro_f1,
                suspects.len()
            ),
        );
        Ok(Outcome { n_rejected })
    }
}
