//! `newsbeat train`: labelled texts to one model file.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use newsbeat::classify::{AutoFit, AutoParams, CorpusReader, CountedCorpus};
use newsbeat::file;
use newsbeat::table::text;

use super::args::{Common, Force};
use super::exit::Outcome;
use super::training::TrainingArgs;
use super::{Plan, console};

/// Options of `train`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Labelled texts: CSV, TSV or JSONL files with a column for the label and one for the text.
    #[arg(required = true, value_name = "CORPUS")]
    corpora: Vec<PathBuf>,
    /// Model file to write.
    #[arg(short, long, value_name = "MODEL")]
    output: PathBuf,
    #[command(flatten)]
    training: TrainingArgs,
    #[command(flatten)]
    force: Force,
}

/// A training run, decided.
pub(crate) struct Training {
    args: Args,
    params: AutoParams,
    common: Common,
}

impl Args {
    /// Checks every option.
    pub(crate) fn plan(self, common: Common) -> anyhow::Result<Training> {
        file::refuse_existing(&self.output, self.force.existing())?;
        file::sweep(file::folder_of(&self.output));
        let params = self.training.params()?;
        Ok(Training { args: self, params, common })
    }
}

impl Plan for Training {
    fn run(&self) -> anyhow::Result<Outcome> {
        let Self { args, params, common } = self;
        let reader = CorpusReader::new(args.corpora.clone(), args.training.columns.options(None));
        let corpus = CountedCorpus::count(params.counting_analyzer()?, reader)?;
        corpus.rejects().iter().for_each(console::reject);
        let AutoFit { model, candidates, quality, suspects } = params.fit_counted(&corpus)?;
        model.save(&args.output, args.force.existing())?;
        if candidates.all().len() > 1 {
            console::say(common.quiet, text::render(&candidates.at_best_alpha().table()));
        }
        console::say(
            common.quiet,
            format_args!(
                "{}: {} documents, {} labels, {} terms; left out one by one: accuracy {:.4}, macro-F1 {:.4}, {} labels in doubt",
                args.output.display(),
                model.n_documents(),
                model.labels().len(),
                model.vocabulary().len(),
                quality.accuracy,
                quality.macro_f1,
                suspects.len()
            ),
        );
        Ok(Outcome { n_rejected: corpus.rejects().len() })
    }
}
