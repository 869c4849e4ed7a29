//! Articles in, batch by batch.

use std::path::{Path, PathBuf};
use std::sync::mpsc;

use clap::Args;
use newsbeat::article::Article;
use newsbeat::article::read::{InputFormat, ReadOptions, Source, read, sources};
use newsbeat::text::Language;
use newsbeat::{Error, Result};

use super::console::{self, Progress};

/// Bytes of prose in a batch: enough to keep all threads busy, little enough to stay small.
const BATCH_BYTES: usize = 2 << 20;
/// Batches read ahead.
const READ_AHEAD: usize = 2;

/// Options of commands that read articles.
#[derive(Debug, Clone, Args)]
pub(crate) struct InputArgs {
    /// Files, folders, or - for standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Format of the inputs; by default that of each file's extension.
    #[arg(long, value_name = "NAME")]
    input_format: Option<String>,
    /// Column of the text, for CSV, TSV and JSONL.
    #[arg(long, default_value = "text", value_name = "COLUMN")]
    text_column: String,
    /// Column of the identifier.
    #[arg(long, default_value = "id", value_name = "COLUMN")]
    id_column: String,
    /// Column of the headline.
    #[arg(long, default_value = "title", value_name = "COLUMN")]
    title_column: String,
    /// Columns to carry through to the output.
    #[arg(long, value_name = "COL,...", value_delimiter = ',')]
    keep: Vec<String>,
    /// Language of the articles, ISO 639-1.
    #[arg(long, default_value = "en", value_name = "CODE")]
    language: String,
}

/// Inputs that have been looked for and found.
pub(crate) struct Inputs {
    sources: Vec<Source>,
    options: ReadOptions,
    pub(crate) language: &'static Language,
}

impl InputArgs {
    /// Looks for the inputs.
    pub(crate) fn find(&self) -> Result<Inputs> {
        let options = ReadOptions {
            text_column: self.text_column.clone(),
            id_column: self.id_column.clone(),
            title_column: self.title_column.clone(),
            input_format: self.input_format.as_deref().map(InputFormat::named).transpose()?,
            keep: self.keep.clone(),
        };
        let language = Language::of_code(&self.language)?;
        let sources = sources(&self.inputs, &options)?;
        if sources.is_empty() {
            let names: Vec<_> = self.inputs.iter().map(|p| p.display().to_string()).collect();
            return Err(Error::record(
                names.join(", "),
                "must hold at least one article, found no file to read",
            ));
        }
        Ok(Inputs { sources, options, language })
    }
}

impl Inputs {
    /// Names of the columns carried through.
    pub(crate) fn kept(&self) -> &[String] {
        &self.options.keep
    }

    /// Reads every article, in order, and hands them over in batches while the next are being read. Returns how many
    /// inputs were rejected; each has been named.
    pub(crate) fn for_each_batch(
        &self,
        quiet: bool,
        mut each: impl FnMut(Vec<Article>) -> Result<()>,
    ) -> Result<usize> {
        let progress = Progress::start(quiet, self.sources.iter().map(Source::len).sum());
        let (sender, receiver) = mpsc::sync_channel(READ_AHEAD);
        let mut n_rejected = 0;
        let mut n_read = 0;
        std::thread::scope(|scope| {
            scope.spawn(move || self.send_batches(&sender));
            for batch in receiver {
                for error in &batch.rejects {
                    n_rejected += 1;
                    progress.suspend(|| console::reject(error));
                }
                n_read += batch.articles.len();
                each(batch.articles)?;
                progress.advance(batch.bytes);
            }
            Ok(())
        })?;
        progress.finish();
        if n_read == 0 && n_rejected > 0 {
            return Err(Error::record(
                "inputs",
                format!("at least one must be read, all {n_rejected} were rejected"),
            ));
        }
        Ok(n_rejected)
    }

    /// Stops without a word when nobody receives any more.
    fn send_batches(&self, sender: &mpsc::SyncSender<Batch>) {
        let mut batch = Batch::default();
        for source in &self.sources {
            for article in read(source, &self.options) {
                match article {
                    Ok(article) => {
                        batch.bytes += article.paragraphs.iter().map(|p| p.text.len() as u64).sum::<u64>();
                        batch.articles.push(article);
                    }
                    Err(error) => batch.rejects.push(error),
                }
                if batch.bytes >= BATCH_BYTES as u64 && sender.send(std::mem::take(&mut batch)).is_err() {
                    return;
                }
            }
        }
        let _ = sender.send(batch);
    }
}

#[derive(Default)]
struct Batch {
    articles: Vec<Article>,
    rejects: Vec<Error>,
    bytes: u64,
}

/// A path as it is shown.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string()
}
