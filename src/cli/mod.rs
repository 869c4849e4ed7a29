//! The command line: parsed into [`Cli`], decided once into a [`Plan`], then only worked off.

pub(crate) mod exit;

mod args;
mod console;
mod output;
mod train;

use clap::{Parser, Subcommand};

use self::exit::Outcome;

/// Measures news text and says which beat each paragraph belongs to.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, propagate_version = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    common: args::Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Train a topic model on labelled CSV, TSV or JSONL.
    Train(train::Args),
}

/// A command that is ready to run: options checked, files looked for, threads started.
pub(crate) trait Plan {
    /// Does the work.
    fn run(&self) -> anyhow::Result<Outcome>;
}

impl Cli {
    /// Decides everything that can be decided before work begins.
    pub(crate) fn plan(self) -> anyhow::Result<Box<dyn Plan>> {
        let common = self.common;
        common.start_threads()?;
        Ok(match self.command {
            Command::Train(args) => Box::new(args.plan(common)?),
        })
    }
}
