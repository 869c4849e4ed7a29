//! Options that several commands share.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use newsbeat::classify::TopicModel;
use newsbeat::file::Existing;
use newsbeat::table::{Dialect, Locale};

/// Place in the help of options that every command has: behind its own.
const LAST: usize = 900;

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// Threads to use; all cores by default. The output does not depend on it.
    #[arg(short, long, global = true, value_name = "N", display_order = LAST)]
    jobs: Option<usize>,
    /// Print no progress and no summary; errors and rejected inputs are still named.
    #[arg(short, long, global = true, display_order = LAST)]
    pub(crate) quiet: bool,
}

impl Common {
    /// Starts the threads that all parallel work runs on.
    pub(crate) fn start_threads(&self) -> anyhow::Result<()> {
        rayon::ThreadPoolBuilder::new()
            .num_threads(self.jobs.unwrap_or(0))
            .build_global()
            .context("cannot start threads")
    }
}

/// Where a model comes from.
#[derive(Debug, Clone, Args)]
pub(crate) struct ModelArg {
    /// Model file written by `newsbeat train`; the built-in topics model by default.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

impl ModelArg {
    /// Its name: the file's, without folders.
    pub(crate) fn name(&self) -> String {
        let file = self.model.as_deref().and_then(std::path::Path::file_name);
        file.map_or_else(|| "topics (built in)".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// Loads it.
    pub(crate) fn load(&self) -> newsbeat::Result<TopicModel> {
        match &self.model {
            Some(path) => TopicModel::load(path),
            None => TopicModel::built_in(),
        }
    }
}

/// What happens to files that exist.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Force {
    /// Replace existing output files.
    #[arg(long)]
    force: bool,
}

impl Force {
    /// As the library says it.
    pub(crate) fn existing(self) -> Existing {
        if self.force { Existing::Replace } else { Existing::Keep }
    }
}

/// How CSV and TSV are written.
#[derive(Debug, Clone, Args)]
pub(crate) struct DialectArgs {
    /// Write CSV and TSV that a double click opens right in Excel: with a byte-order mark.
    #[arg(long)]
    excel: bool,
    /// Decimal mark of CSV and TSV, and semicolons in CSV, as in a country: de, fr, en, ...
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = Locale::named)]
    locale: Locale,
}

impl DialectArgs {
    /// As the library takes it.
    pub(crate) fn dialect(&self) -> Dialect {
        Dialect { excel: self.excel, locale: self.locale }
    }

    /// As words of the table `run`.
    pub(crate) fn options(&self) -> Vec<String> {
        let locale = format!("locale={}", self.locale.code);
        [locale].into_iter().chain(self.excel.then(|| "excel".to_owned())).collect()
    }
}
