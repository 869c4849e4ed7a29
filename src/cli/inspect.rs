//! `newsbeat inspect`: what a model is made of.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use newsbeat::classify::TopicModel;
use newsbeat::classify::inspect::Inspection;

use super::Plan;
use super::exit::Outcome;
use super::output::TableOutput;

/// Options of `inspect`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Model file; the built-in topics model by default.
    #[arg(value_name = "MODEL")]
    model: Option<PathBuf>,
    /// Write every term with its weights instead.
    #[arg(long)]
    terms: bool,
    /// Top terms shown for each label.
    #[arg(long, default_value_t = 12, value_name = "N")]
    top: usize,
    #[command(flatten)]
    output: TableOutput,
}

/// A look into a model, decided.
pub(crate) struct Look {
    args: Args,
    model: TopicModel,
}

impl Args {
    /// Loads the model.
    pub(crate) fn plan(self) -> anyhow::Result<Look> {
        self.output.check()?;
        let model = match &self.model {
            Some(path) => TopicModel::load(path)?,
            None => TopicModel::built_in()?,
        };
        Ok(Look { args: self, model })
    }
}

impl Plan for Look {
    fn run(&self) -> anyhow::Result<Outcome> {
        let inspection = Inspection::of(&self.model)?;
        if self.args.terms {
            self.args.output.write(&inspection.terms())?;
        } else if self.args.output.is_plain() {
            let top = inspection.top_terms(self.args.top);
            self.args.output.write_all(&[inspection.settings(), inspection.labels(), top])?;
        } else {
            self.args.output.write(&inspection.top_terms(self.args.top))?;
        }
        Ok(Outcome::default())
    }
}
