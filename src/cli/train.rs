//! `newsbeat train`: labelled texts to one model file.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use newsbeat::classify::{CorpusReader, CountedCorpus, TopicModelParams};
use newsbeat::file;

use super::args::{Common, Force};
use super::exit::Outcome;
use super::training::TrainingArgs;
use super::{Plan, console};

/// Options of `train`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Labelled texts: CSV, TSV or JSONL.
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
    params: TopicModelParams,
    common: Common,
}

impl Args {
    /// Checks every option.
    pub(crate) fn plan(self, common: Common) -> anyhow::Result<Training> {
        file::refuse_existing(&self.output, self.force.existing())?;
        let params = self.training.params()?;
        Ok(Training { args: self, params, common })
    }
}

impl Plan for Training {
    fn run(&self) -> anyhow::Result<Outcome> {
        let Self { args, params, common } = self;
        let reader = CorpusReader::new(args.corpora.clone(), args.training.columns.options(None));
        let corpus = CountedCorpus::count(params.analyzer.clone(), reader)?;
        corpus.rejects().iter().for_each(console::reject);
        let model = params.clone().fit_counted(&corpus)?;
        model.save(&args.output, args.force.existing())?;
        console::say(
            common.quiet,
            format_args!(
                "{}: {} documents, {} labels, {} terms",
                args.output.display(),
                model.n_documents(),
                model.labels().len(),
                model.vocabulary().len()
            ),
        );
        Ok(Outcome { n_rejected: corpus.rejects().len() })
    }
}
