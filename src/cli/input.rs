//! Articles in, batch by batch.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError, mpsc};

use clap::Args;
use newsbeat::article::Article;
use newsbeat::article::read::{
    Articles, INPUT_FORMATS, InputFormat, ReadOptions, Source, UniqueIds, input_format, read, read_from,
    sources,
};
use newsbeat::text::Language;
use newsbeat::{Error, Result};

use super::console::{self, Progress};

/// Bytes of prose in a batch: enough to keep all threads busy, little enough to stay small.
const BATCH_BYTES: u64 = 2 << 20;
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

/// Inputs that have been looked for. Those that were not found are kept to be named in their turn.
pub(crate) struct Inputs {
    sources: Mutex<Vec<Result<Source>>>,
    n_bytes: u64,
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
            input_format: self.input_format.as_deref().map(format_named).transpose()?,
            keep: self.keep.clone(),
        };
        let language = Language::of_code(&self.language)?;
        let sources = sources(&self.inputs, &options);
        if sources.is_empty() {
            let names: Vec<_> = self.inputs.iter().map(|path| path.display().to_string()).collect();
            return Err(Error::record(
                names.join(", "),
                "must hold at least one article, found no file to read",
            ));
        }
        let n_bytes = sources.iter().flatten().map(n_bytes).sum();
        Ok(Inputs { sources: Mutex::new(sources), n_bytes, options, language })
    }
}

fn format_named(name: &str) -> Result<InputFormat> {
    input_format(name).copied().ok_or_else(|| {
        let names: Vec<_> = INPUT_FORMATS.iter().map(|format| format.name).collect();
        Error::parameter("input-format", format!("must be one of {}", names.join(", ")), name)
    })
}

/// Length of a file; 0 where it is not known.
fn n_bytes(source: &Source) -> u64 {
    source.path.metadata().map_or(0, |metadata| metadata.len())
}

impl Inputs {
    /// Names of the columns carried through.
    pub(crate) fn kept(&self) -> &[String] {
        &self.options.keep
    }

    /// Reads every article once, in order, and hands them over in batches while the next are being read. Returns how
    /// many inputs were rejected; each has been named.
    pub(crate) fn for_each_batch(
        &self,
        quiet: bool,
        mut each: impl FnMut(Vec<Article>) -> Result<()>,
    ) -> Result<usize> {
        let progress = Progress::start(quiet, self.n_bytes);
        let (sender, receiver) = mpsc::sync_channel(READ_AHEAD);
        let (mut n_rejected, mut n_read) = (0, 0);
        std::thread::scope(|scope| {
            scope.spawn(move || self.send_batches(&sender));
            for batch in receiver {
                n_rejected += batch.rejects.len();
                n_read += batch.articles.len();
                progress.suspend(|| batch.rejects.iter().for_each(console::reject));
                each(batch.articles)?;
                progress.advance(batch.bytes);
            }
            Ok::<_, Error>(())
        })?;
        progress.finish();
        if n_read == 0 && n_rejected > 0 {
            return Err(Error::record(
                "inputs",
                format!("at least one must be read, {n_rejected} were rejected"),
            ));
        }
        Ok(n_rejected)
    }

    /// Stops without a word when nobody receives any more.
    fn send_batches(&self, sender: &mpsc::SyncSender<Batch>) {
        let sources = std::mem::take(&mut *self.sources.lock().unwrap_or_else(PoisonError::into_inner));
        let mut ids = UniqueIds::default();
        let mut batch = Batch::default();
        for source in sources {
            for article in self.articles(source) {
                batch.push(article, &mut ids);
                if batch.bytes >= BATCH_BYTES && sender.send(std::mem::take(&mut batch)).is_err() {
                    return;
                }
            }
        }
        // The last batch goes out even if it is empty, so that tables have their headers.
        let _ = sender.send(batch);
    }

    fn articles(&self, source: Result<Source>) -> Articles {
        match source {
            Ok(source) if source.is_standard_input() => read_from(std::io::stdin(), &source, &self.options),
            Ok(source) => read(&source, &self.options),
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    }
}

#[derive(Default)]
struct Batch {
    articles: Vec<Article>,
    rejects: Vec<Error>,
    bytes: u64,
}

impl Batch {
    fn push(&mut self, article: Result<Article>, ids: &mut UniqueIds) {
        match article {
            Ok(mut article) => {
                self.bytes += article.paragraphs.iter().map(|p| p.text.len() as u64).sum::<u64>();
                article.id = ids.unique(&article.id);
                self.articles.push(article);
            }
            Err(error) => self.rejects.push(error),
        }
    }
}
