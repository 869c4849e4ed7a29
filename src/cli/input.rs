//! Articles in, batch by batch.

use std::fs::File;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;

use clap::Args;
use newsbeat::article::Article;
use newsbeat::article::read::{
    Articles, INPUT_FORMATS, InputFormat, ReadOptions, Source, UniqueIds, input_format, read, read_from,
    sources,
};
use newsbeat::text::Language;
use newsbeat::{Error, Result};
use serde::{Deserialize, Serialize};

use super::batch::{Batch, Done};
use super::console::{self, Progress, Rejects};
use super::crew::{Crew, Work};
use super::fault::caught;
use super::language::{self, Choice};
use super::limits::LimitArgs;

/// Bytes of prose in a batch: enough to keep all threads busy, little enough to stay small and for the last one to be written soon.
const BATCH_BYTES: u64 = 256 << 10;
/// Bytes in the first batch; each after it has twice as many, up to [`BATCH_BYTES`], so that work begins early.
const FIRST_BATCH_BYTES: u64 = 128 << 10;
/// Batches read ahead.
const READ_AHEAD: usize = 2;
/// Batches worked on at a time: none waits for the longest article of another.
const UNDER_WAY: usize = 3;

/// Options of commands that read articles.
#[derive(Debug, Clone, Args)]
pub(crate) struct InputArgs {
    /// Files, folders (walked to the bottom), or - for standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Format of the inputs, see `newsbeat list formats`; by default that of each file's extension.
    #[arg(long, value_name = "NAME")]
    input_format: Option<String>,
    /// Column of the text, for CSV, TSV and JSONL.
    #[arg(long, default_value = "text", value_name = "COLUMN")]
    text_column: String,
    /// Column of the identifier; where it is missing, rows are numbered.
    #[arg(long, default_value = "id", value_name = "COLUMN")]
    id_column: String,
    /// Column of the headline; it may be missing.
    #[arg(long, default_value = "title", value_name = "COLUMN")]
    title_column: String,
    /// Columns to carry through to the output.
    #[arg(long, value_name = "COL,...", value_delimiter = ',')]
    keep: Vec<String>,
    /// Language of the articles, ISO 639-1 (see `newsbeat list languages`), or auto: that of each article by its words, with a
    /// warning and its declared language, else English, where that is unsure.
    #[arg(long, default_value = "en", value_name = "CODE|auto")]
    language: String,
    #[command(flatten)]
    limits: LimitArgs,
}

/// Inputs that have been looked for, and are being read. Those that were not found are named in their turn.
pub(crate) struct Inputs {
    reading: Mutex<Option<Reading>>,
    n_bytes: u64,
    /// Files that were found.
    pub(crate) n_files: usize,
    kept: Vec<String>,
    language: Choice,
    /// How far an earlier run has come.
    before: Position,
}

/// How far a run has come.
#[expect(clippy::struct_field_names, reason = "each is a count")]
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Position {
    /// Batches done.
    pub(crate) n_batches: usize,
    /// Articles in them that were worked on.
    pub(crate) n_articles: usize,
    /// What was rejected in them.
    pub(crate) n_rejected: usize,
}

impl InputArgs {
    /// Looks for the inputs and begins to read them, while the rest of a command is planned.
    pub(crate) fn find(&self) -> Result<Inputs> {
        self.find_behind(Position::default())
    }

    /// The same, and drops the batches that an earlier run has done.
    pub(crate) fn find_behind(&self, before: Position) -> Result<Inputs> {
        let options = self.read_options()?;
        let language = Choice::named(&self.language)?;
        let detected = language.is_auto().then(|| language::COLUMN.to_owned());
        let kept = detected.into_iter().chain(self.keep.iter().cloned()).collect();
        let sources = self.sources(&options)?;
        let n_bytes = sources.iter().flatten().map(n_bytes).sum();
        let n_files = sources.iter().flatten().count();
        let reader = Reader { sources, options, n_done: before.n_batches };
        let reading = Mutex::new(Some(reader.start()));
        Ok(Inputs { reading, n_bytes, n_files, kept, language, before })
    }

    fn read_options(&self) -> Result<ReadOptions> {
        Ok(ReadOptions {
            text_column: self.text_column.clone(),
            id_column: self.id_column.clone(),
            title_column: self.title_column.clone(),
            input_format: self.input_format.as_deref().map(format_named).transpose()?,
            keep: self.keep.clone(),
            limits: self.limits.limits(),
        })
    }

    fn sources(&self, options: &ReadOptions) -> Result<Vec<Result<Source>>> {
        let sources = sources(&self.inputs, options);
        if sources.is_empty() {
            let names: Vec<_> = self.inputs.iter().map(|path| path.display().to_string()).collect();
            return Err(Error::record(
                names.join(", "),
                "must hold at least one article, found no file to read",
            ));
        }
        Ok(sources)
    }

    /// A checksum of names and contents of the inputs, and of the limits within which they are read.
    ///
    /// # Errors
    ///
    /// If there is none, or one is standard input, which cannot be read again.
    pub(crate) fn fingerprint(&self) -> Result<String> {
        let options = self.read_options()?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(format!("{:?}", options.limits).as_bytes());
        for source in self.sources(&options)? {
            let source = match source {
                Ok(source) => source,
                Err(error) => {
                    hasher.update(blake3::hash(error.to_string().as_bytes()).as_bytes());
                    continue;
                }
            };
            if source.is_standard_input() {
                return Err(Error::parameter(
                    "resume",
                    "must have inputs that can be read again",
                    "standard input",
                ));
            }
            // A file that cannot be read is a reject, today and tomorrow.
            let mut contents = blake3::Hasher::new();
            let read = File::open(&source.path).and_then(|file| contents.update_reader(file).map(|_| ()));
            hasher.update(blake3::hash(source.file().as_bytes()).as_bytes());
            hasher
                .update(if read.is_ok() { contents.finalize() } else { blake3::hash(b"unread") }.as_bytes());
        }
        Ok(hasher.finalize().to_string())
    }

    /// The same with a column kept that may not have been named; that of a detected language is kept anyway.
    pub(crate) fn keeping(mut self, column: Option<&str>) -> Self {
        let is_detected = |column: &str| self.language == "auto" && column == language::COLUMN;
        let is_kept = |column: &str| self.keep.iter().any(|kept| kept == column) || is_detected(column);
        let column = column.filter(|column| !is_kept(column));
        self.keep.extend(column.map(str::to_owned));
        self
    }

    /// How the inputs are read, as words of the table `run`.
    pub(crate) fn options(&self) -> Vec<String> {
        let mut options = vec![
            format!("language={}", self.language),
            format!("text-column={}", self.text_column),
            format!("id-column={}", self.id_column),
            format!("title-column={}", self.title_column),
        ];
        options.extend(self.input_format.iter().map(|name| format!("input-format={name}")));
        if !self.keep.is_empty() {
            options.push(format!("keep={}", self.keep.join(",")));
        }
        options
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
        &self.kept
    }

    /// The language of articles that have none of their own.
    pub(crate) fn language(&self) -> &'static Language {
        self.language.fallback()
    }

    /// Reads every article once, in order, and works on them in batches while the next are being read and the last is
    /// being written; `write` gets what came of each batch and its rejects, which have been named. Returns how many
    /// rejects there were, those of an earlier run among them.
    ///
    /// # Errors
    ///
    /// What `write` answers; if inputs were rejected and none is left.
    ///
    /// # Panics
    ///
    /// If they have been read before.
    pub(crate) fn for_each_batch<W: Work>(
        &self,
        quiet: bool,
        work: &W,
        mut write: impl FnMut(Vec<W::Outcome>, &[Error]) -> Result<()>,
    ) -> Result<usize> {
        let progress = Progress::start(quiet, self.n_bytes);
        let reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Reading { batches, reader } = reading.expect("inputs are read once");
        let (mut n_rejected, mut n_done) = (self.before.n_rejected, self.before.n_articles);
        let mut said = Rejects::default();
        let mut put = |done: Done<W::Outcome>| {
            n_rejected += done.rejects.len();
            n_done += done.outcomes.len();
            progress.suspend(|| done.rejects.iter().for_each(|error| said.reject(error)));
            write(done.outcomes, &done.rejects)?;
            progress.advance(done.bytes);
            Ok::<(), Error>(())
        };
        std::thread::scope(|scope| {
            let mut crew = Crew::start(scope, work)?;
            let mut ready = None;
            loop {
                // What is ready is written while others are worked on, and at once if none has come yet.
                while crew.n_under_way() < UNDER_WAY {
                    let may_wait = ready.is_none() && crew.n_under_way() == 0;
                    let next = if may_wait { batches.recv().ok() } else { batches.try_recv().ok() };
                    let Some(mut batch) = next else { break };
                    if batch.is_done {
                        progress.advance(batch.bytes);
                        continue;
                    }
                    let doubts = self.language.settle(&mut batch.articles);
                    progress.suspend(|| doubts.iter().for_each(|doubt| console::say(false, doubt)));
                    crew.take(batch);
                }
                let last = ready.take();
                let is_over = last.is_none() && crew.n_under_way() == 0;
                last.map_or(Ok(()), &mut put)?;
                if is_over {
                    return Ok::<(), Error>(());
                }
                ready = crew.give_back();
            }
        })?;
        if let Err(panic) = reader.join() {
            std::panic::resume_unwind(panic);
        }
        progress.finish();
        said.say_the_rest();
        self.language.say_the_rest();
        if n_done == 0 && n_rejected > 0 {
            let found = console::count(n_rejected, "reject");
            return Err(Error::record("inputs", format!("must hold at least one article, got {found}")));
        }
        Ok(n_rejected)
    }
}

/// Reads the sources, on a thread of its own.
struct Reader {
    sources: Vec<Result<Source>>,
    options: ReadOptions,
    /// Batches that need no work any more.
    n_done: usize,
}

/// A reader at work.
struct Reading {
    batches: mpsc::Receiver<Batch>,
    reader: JoinHandle<()>,
}

impl Reader {
    /// Begins. Nobody needs to wait for the end: if a command fails, its reader may wait for standard input.
    fn start(self) -> Reading {
        let (sender, batches) = mpsc::sync_channel(READ_AHEAD);
        Reading { batches, reader: std::thread::spawn(move || self.send_batches(&sender)) }
    }

    /// Stops without a word when nobody receives any more.
    fn send_batches(self, sender: &mpsc::SyncSender<Batch>) {
        let mut ids = UniqueIds::default();
        let mut batch = Batch::default();
        let mut enough = FIRST_BATCH_BYTES;
        let mut n_left = self.n_done;
        let mut send = |batch: Batch| {
            let is_done = n_left > 0;
            n_left = n_left.saturating_sub(1);
            let bytes = batch.bytes;
            sender.send(if is_done { Batch { bytes, is_done, ..Batch::default() } } else { batch })
        };
        for source in self.sources {
            for article in articles(source, &self.options) {
                batch.push(article, &mut ids);
                if batch.weight >= enough {
                    enough = BATCH_BYTES.min(2 * enough);
                    if send(std::mem::take(&mut batch)).is_err() {
                        return;
                    }
                }
            }
        }
        // The last batch goes out even if it is empty, so that tables have their headers.
        let _ = send(batch);
    }
}

/// The articles of a source. A panic of its reader is a reject and ends this source only.
fn articles(source: Result<Source>, options: &ReadOptions) -> impl Iterator<Item = Result<Article>> {
    let (place, opened) = match source {
        Ok(source) => {
            let place = source.file();
            let open = || {
                if source.is_standard_input() {
                    read_from(std::io::stdin(), &source, options)
                } else {
                    read(&source, options)
                }
            };
            let opened = caught(&place, open);
            (place, opened)
        }
        Err(error) => (String::new(), Err(error)),
    };
    let mut articles: Option<Articles> =
        Some(opened.unwrap_or_else(|error| Box::new(std::iter::once(Err(error)))));
    std::iter::from_fn(move || {
        let next = caught(&place, || articles.as_mut()?.next());
        next.unwrap_or_else(|fault| {
            articles = None;
            Some(Err(fault))
        })
    })
}
