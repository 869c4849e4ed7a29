//! The command line: parsed into [`Cli`], decided once into a [`Plan`], then only worked off.

pub(crate) mod exit;

mod args;
mod batch;
mod classify;
mod clock;
mod compare;
mod console;
mod copies;
mod crew;
mod evaluate;
mod explain;
mod fault;
mod input;
mod inspect;
mod language;
mod limits;
mod list;
mod measure;
mod metrics;
mod output;
mod report;
mod report_files;
mod resume;
mod shell;
mod signal;
mod train;
mod training;
mod update;

use anyhow::Context as _;
use clap::{Parser, Subcommand};

use self::exit::Outcome;

const AFTER_HELP: &str = "\
Examples:
  newsbeat report articles/ -o out                     every table, into a folder
  newsbeat compare articles/ --by outlet               what sets outlets apart
  newsbeat classify news.csv --text-column body        a topic for each paragraph
  newsbeat metrics article.txt --family readability    numbers alone
  newsbeat train labelled.csv -o my.safetensors        a model of your own topics

Exit codes:
  0  done
  1  done, but some inputs were rejected; each is named on standard error
  2  nothing done: wrong usage, unreadable input, a bad model, no room to write";

/// Measures news text and says which beat each paragraph belongs to.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, propagate_version = true, after_help = AFTER_HELP)]
pub(crate) struct Cli {
    #[command(flatten)]
    common: args::Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measure articles and classify their paragraphs: tables, or a workbook.
    Report(report::Args),
    /// Compare groups of articles: metrics with tests and effects, corrected topic shares, keywords.
    Compare(compare::Args),
    /// Measure articles, paragraphs or sentences.
    Metrics(metrics::Args),
    /// Say which topic each paragraph, or each article, belongs to.
    Classify(classify::Args),
    /// Train a topic model on labelled CSV, TSV or JSONL; add, take out or merge without training anew.
    Train(train::Args),
    /// Show what a model is made of.
    Inspect(inspect::Args),
    /// Judge a model on held-out rows, or cross-validate: accuracy, F1, log loss, calibration, confusion.
    Evaluate(evaluate::Args),
    /// Show the words that decided each paragraph, as printed.
    Explain(explain::Args),
    /// List metrics, languages, formats or models.
    List(list::Args),
    /// Print completions for a shell.
    Completions(shell::Completions),
    /// Write manual pages into a folder.
    Man(shell::Man),
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
        fault::quieten_caught();
        signal::watch().context("cannot watch for signals")?;
        common.start_threads()?;
        Ok(match self.command {
            Command::Report(args) => Box::new(args.plan(common)?),
            Command::Compare(args) => Box::new(args.plan(common)?),
            Command::Metrics(args) => Box::new(args.plan(common)?),
            Command::Classify(args) => Box::new(args.plan(common)?),
            Command::Train(args) => args.plan(common)?,
            Command::Inspect(args) => Box::new(args.plan()?),
            Command::Evaluate(args) => Box::new(args.plan(common)?),
            Command::Explain(args) => Box::new(args.plan(common)?),
            Command::List(args) => Box::new(args.plan()?),
            Command::Completions(args) => Box::new(args),
            Command::Man(args) => Box::new(args),
        })
    }
}
