//! Labelled rows, one text and its label each, from CSV, TSV and JSONL.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::record_block::{Blocks, Record, RecordBlock, Schema, Syntax};
use super::rejects::Rejects;
use super::room::Room;
use crate::error::{Error, Result};
use crate::file::{Limits, unpacked};

/// One row of a labelled corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LabelledText<'r> {
    /// The topic.
    pub label: &'r str,
    /// The text.
    pub text: &'r str,
    /// What keeps rows together in cross-validation: an article, a source; empty if there is no such column.
    pub group: &'r str,
}

/// Rows that are counted together by one thread.
pub trait RowBlock: Send {
    /// Hands each row, or the reason why it cannot be used, to `each`.
    fn for_each_row(&self, each: &mut dyn FnMut(Result<LabelledText<'_>>));
}

impl RowBlock for &[LabelledText<'_>] {
    fn for_each_row(&self, each: &mut dyn FnMut(Result<LabelledText<'_>>)) {
        for &row in *self {
            each(Ok(row));
        }
    }
}

/// Which columns hold what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusOptions {
    /// Column or field of the label.
    pub label_column: String,
    /// Column or field of the text.
    pub text_column: String,
    /// Column or field of the group.
    pub group_column: Option<String>,
    /// Column or field of the time; only [`Corpus`] keeps it.
    pub time_column: Option<String>,
    /// What a file may ask for at most.
    pub limits: Limits,
}

impl Default for CorpusOptions {
    fn default() -> Self {
        Self {
            label_column: "label".to_owned(),
            text_column: "text".to_owned(),
            group_column: None,
            time_column: None,
            limits: Limits::default(),
        }
    }
}

/// Reads labelled rows in large blocks, cut between rows.
///
/// The syntax follows the extension: `.tsv`, `.jsonl` and `.ndjson`, all others are CSV. Gzip and Zstandard are unpacked. A record
/// over a limit is a reject, and those behind it are read.
pub struct CorpusReader {
    paths: std::vec::IntoIter<PathBuf>,
    options: CorpusOptions,
    current: Option<Blocks<Box<dyn Read + Send>>>,
}

impl fmt::Debug for CorpusReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { paths, options, .. } = self;
        f.debug_struct("CorpusReader").field("paths", paths).field("options", options).finish_non_exhaustive()
    }
}

impl CorpusReader {
    /// A reader of files, one after another.
    pub fn new(paths: Vec<PathBuf>, options: CorpusOptions) -> Self {
        Self { paths: paths.into_iter(), options, current: None }
    }

    fn open(&self, path: &Path) -> Result<Blocks<Box<dyn Read + Send>>> {
        let place: Arc<str> = path.display().to_string().into();
        let unopened = |e| Error::io(&place, "open", e);
        // Before it is opened, since a pipe that nobody writes to is waited for.
        let metadata = path.metadata().map_err(unopened)?;
        if metadata.is_dir() {
            return Err(Error::io(&place, "read", io::Error::from(io::ErrorKind::IsADirectory)));
        }
        if !metadata.is_file() {
            return Err(Error::record(&place, "must be a file, got a pipe, a socket or a device"));
        }
        let file = File::open(path).map_err(unopened)?;
        let unpacked = unpacked(file, &self.options.limits).map_err(|e| Error::io(&place, "read", e))?;
        Blocks::new(unpacked, place, Syntax::of(path), &self.options)
    }
}

impl Iterator for CorpusReader {
    type Item = Result<RecordBlock>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(block) = self.current.as_mut().and_then(Iterator::next) {
                return Some(block);
            }
            let path = self.paths.next()?;
            match self.open(&path) {
                Ok(blocks) => self.current = Some(blocks),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// The rows of a corpus, in memory.
#[derive(Debug, Default)]
pub struct Corpus {
    rows: Vec<[String; 3]>,
    times: Vec<String>,
    n_bytes: u64,
    /// Rows that could not be used.
    pub rejects: Rejects,
}

impl Corpus {
    /// Reads every row.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or there are more rows than can be evaluated within
    /// [`max_training_bytes`](Limits::max_training_bytes).
    pub fn read(reader: CorpusReader) -> Result<Self> {
        let room = Room { max_bytes: reader.options.limits.max_training_bytes };
        let mut corpus = Self::default();
        let mut n_bytes = 0;
        for block in reader {
            block?.for_each_record(&mut |record| match record {
                Ok(Record { row: LabelledText { label, text, group }, time, .. }) => {
                    let row = [label, text, group].map(str::to_owned);
                    n_bytes += [label, text, group, time].map(|field| field.len() as u64).iter().sum::<u64>();
                    corpus.rows.push(row);
                    corpus.times.push(time.to_owned());
                }
                Err(error) => corpus.rejects.push(error),
            });
            room.check(Room::rows(corpus.rows.len(), 0).saturating_add(n_bytes))?;
        }
        let mut labels: Vec<&str> = corpus.rows.iter().map(|[label, ..]| label.as_str()).collect();
        labels.sort_unstable();
        labels.dedup();
        corpus.n_bytes = Room::rows(corpus.rows.len(), labels.len()).saturating_add(n_bytes);
        room.check(corpus.n_bytes)?;
        Ok(corpus)
    }

    /// Bytes of memory that the rows and the answers for them take, as they are reckoned.
    pub fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    /// The rows, in order.
    pub fn rows(&self) -> Vec<LabelledText<'_>> {
        self.rows.iter().map(|[label, text, group]| LabelledText { label, text, group }).collect()
    }

    /// The time of each row as it stands in its file; empty where there is none.
    pub fn times(&self) -> &[String] {
        &self.times
    }
}

/// The positions of the columns in a header.
pub(super) fn find_columns(header: &[String], options: &CorpusOptions, place: &str) -> Result<Schema> {
    let find = |column: &str| {
        header.iter().position(|name| name == column).ok_or_else(|| {
            Error::from(crate::ErrorKind::MissingColumn {
                column: column.to_owned(),
                place: place.to_owned(),
                columns: header.to_vec(),
            })
        })
    };
    Ok(Schema {
        label: find(&options.label_column)?,
        text: find(&options.text_column)?,
        group: options.group_column.as_deref().map(find).transpose()?,
        time: options.time_column.as_deref().map(find).transpose()?,
        n_columns: header.len(),
    })
}

/// Reads until `bytes` has `target` bytes or the input ends; false at the end.
pub(super) fn fill(input: &mut impl Read, bytes: &mut Vec<u8>, target: usize) -> io::Result<bool> {
    let missing = target.saturating_sub(bytes.len()) as u64;
    let read = input.by_ref().take(missing).read_to_end(bytes)?;
    Ok(read as u64 == missing)
}
