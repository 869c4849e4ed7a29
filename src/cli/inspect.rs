//! `newsbeat inspect`: what a model is made of.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use newsbeat::classify::{TopicModel, inspect};
use newsbeat::table::Table;

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

/// An inspection, decided.
pub(crate) struct Inspection {
    args: Args,
    model: TopicModel,
}

impl Args {
    /// Loads the model.
    pub(crate) fn plan(self) -> anyhow::Result<Inspection> {
        let model = match &self.model {
            Some(path) => TopicModel::load(path)?,
            None => TopicModel::built_in()?,
        };
        Ok(Inspection { args: self, model })
    }
}

impl Plan for Inspection {
    fn run(&self) -> anyhow::Result<Outcome> {
        let tables: Vec<Table> = if self.args.terms {
            vec![inspect::terms(&self.model)]
        } else {
            vec![inspect::summary(&self.model)?, inspect::top_terms(&self.model, self.args.top)]
        };
        for table in &tables {
            self.args.output.write(table)?;
        }
        Ok(Outcome::default())
    }
}
