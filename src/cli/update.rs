//! `newsbeat train --add`, `--remove`, `--merge`: a model from models, without a refit.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use newsbeat::classify::{Calibration, CorpusOptions, CorpusReader, CountedCorpus, Rejects, TopicModel};
use newsbeat::file::Existing;

use super::args::Common;
use super::exit::Outcome;
use super::training::ColumnArgs;
use super::{Plan, console};

/// What goes with training anew only.
const FITTING: [&str; 4] = ["corpora", "suspects", "candidates", "TrainingArgs"];

/// What goes with a corpus only.
const COLUMNS: [&str; 2] = ["label_column", "text_column"];

/// Which model to change, and how.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct UpdateArgs {
    /// Model that documents are added to or taken out of; the built-in topics model by default.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["corpora", "merge"])]
    model: Option<PathBuf>,
    /// Add labelled texts to a model, without training it anew. In a run that also takes texts out, adding comes first:
    /// texts that are added with their right labels and taken out with their old ones are moved.
    #[arg(long, num_args = 1.., value_name = "CORPUS", conflicts_with_all = FITTING, conflicts_with = "merge")]
    add: Vec<PathBuf>,
    /// Take labelled texts out of a model that are in it with the same labels.
    #[arg(long, num_args = 1.., value_name = "CORPUS", conflicts_with_all = FITTING, conflicts_with = "merge")]
    remove: Vec<PathBuf>,
    /// Merge models trained on parts of a corpus with the same settings, none of them auto.
    #[arg(long, num_args = 2.., value_name = "MODEL", conflicts_with_all = FITTING, conflicts_with_all = COLUMNS)]
    merge: Vec<PathBuf>,
}

/// A change, decided.
pub(crate) struct Update {
    args: UpdateArgs,
    output: PathBuf,
    existing: Existing,
    columns: CorpusOptions,
    common: Common,
}

impl UpdateArgs {
    /// A change whose outcome is written to `output`.
    pub(crate) fn plan(
        self,
        output: PathBuf,
        existing: Existing,
        columns: &ColumnArgs,
        common: Common,
    ) -> Update {
        Update { args: self, output, existing, columns: columns.options(), common }
    }
}

impl Update {
    /// The model without and with documents, and what was done, in words.
    fn changed(&self, rejects: &mut Rejects) -> newsbeat::Result<(TopicModel, String)> {
        let mut model = match &self.args.model {
            Some(path) => TopicModel::load(path)?,
            None => TopicModel::built_in()?,
        };
        let analyzer = model.params().analyzer.clone();
        let mut done = Vec::new();
        for (paths, what, change) in [
            (&self.args.add, "added", TopicModel::add as fn(TopicModel, &CountedCorpus) -> _),
            (&self.args.remove, "taken out", TopicModel::remove),
        ] {
            if paths.is_empty() {
                continue;
            }
            let reader = CorpusReader::new(paths.clone(), self.columns.clone());
            let max_bytes = self.columns.limits.max_training_bytes;
            let corpus = CountedCorpus::count_within(analyzer.clone(), max_bytes, reader)?;
            model = change(model, &corpus)?;
            done.push(format!("{} {what}", corpus.n_documents()));
            *rejects = std::mem::take(rejects).and(corpus.into_rejects());
        }
        let what = if model.refinement().is_some() { "refinement, calibration" } else { "calibration" };
        let note = format!("{what} and leave-one-out figures stay those of training");
        Ok((model, format!("{}; {note}", done.join(", "))))
    }

    /// The model of the documents of all.
    fn merged(&self) -> newsbeat::Result<(TopicModel, String)> {
        let mut models = self.args.merge.iter().map(|path| TopicModel::load(path));
        let first = models.next().expect("two models at least are asked for")?;
        let max_bytes = self.columns.limits.max_training_bytes;
        let merged = models.try_fold(first, |merged, model| merged.merge_within(model?, max_bytes))?;
        let is_calibrated = *merged.calibration() != Calibration::none(merged.labels().len());
        let calibrated = if is_calibrated { "calibrated as each of them" } else { "not calibrated" };
        Ok((merged, format!("{} models merged; {calibrated}", self.args.merge.len())))
    }
}

impl Plan for Update {
    fn run(&self) -> anyhow::Result<Outcome> {
        let mut rejects = Rejects::default();
        let (model, done) =
            if self.args.merge.is_empty() { self.changed(&mut rejects)? } else { self.merged()? };
        console::rejects(&rejects);
        model.save(&self.output, self.existing)?;
        console::say(
            self.common.quiet,
            format_args!(
                "{}: {} documents, {} labels, {} terms; {done}",
                self.output.display(),
                model.n_documents(),
                model.labels().len(),
                model.vocabulary().len()
            ),
        );
        Ok(Outcome { n_rejected: rejects.len() })
    }
}
