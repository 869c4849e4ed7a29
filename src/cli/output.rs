//! Where tables go: a file that appears when it is whole, or standard output.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufWriter, Seek as _, StdoutLock, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use newsbeat::file::{self, AtomicFile, Existing};
use newsbeat::table::{Book, Dialect, Format, Layout, RowWriter, Table, WithHeader};
use newsbeat::{Error, Result};

use super::args::{DialectArgs, Force};
use super::console;
use super::fault::caught;

/// Options of commands that write one table.
#[derive(Debug, Clone, Args)]
pub(crate) struct OutputArgs {
    /// File to write; `-`, the default, is standard output.
    #[arg(short, long, value_name = "FILE|-")]
    output: Option<PathBuf>,
    /// Format: csv, tsv, jsonl or xlsx; by default that of the file's extension, else csv.
    #[arg(long, value_name = "NAME")]
    format: Option<String>,
    #[command(flatten)]
    dialect: DialectArgs,
    #[command(flatten)]
    force: Force,
}

/// A file being written, batch by batch: of one table, or of several if its format is a book.
pub(crate) struct Sink {
    place: PathBuf,
    form: Form,
    target: Target,
}

enum Form {
    Rows {
        write: RowWriter,
        dialect: Dialect,
        progress: Written,
    },
    Book(Box<dyn Book>),
    /// What is written as it is.
    Bytes,
}

/// How much of a table is written.
enum Written {
    /// Nothing; the columns are kept for a table that stays without rows. So a run that fails before its first row
    /// prints nothing at all.
    Nothing(Option<Table>),
    /// The header and some rows.
    Rows,
}

enum Target {
    File(AtomicFile),
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A file that outlives the run, copied to its place when it is whole.
    Kept(BufWriter<File>, Existing),
}

impl OutputArgs {
    /// Opens the output.
    pub(crate) fn open(&self) -> Result<Sink> {
        let format = self.format()?;
        match self.file() {
            Some(path) => {
                file::sweep(file::folder_of(path));
                Sink::file(path, format, self.dialect.dialect(), self.force.existing())
            }
            None => Ok(Sink {
                place: "standard output".into(),
                form: Form::of(format, self.dialect.dialect()),
                target: Target::Stdout(BufWriter::with_capacity(1 << 16, io::stdout().lock())),
            }),
        }
    }

    /// The format that is asked for, else that of the extension.
    fn format(&self) -> Result<&'static Format> {
        let format = match &self.format {
            Some(name) => Format::named(name)?,
            None => format_of(self.file().unwrap_or(Path::new("-")))?,
        };
        match format.layout {
            Layout::Page => {
                Err(Error::parameter("format", "must be one of tables: only report makes pages", format.name))
            }
            _ => Ok(format),
        }
    }

    /// Refuses what [`open`](Self::open) would refuse, before anything is read.
    pub(crate) fn check(&self) -> Result<()> {
        self.format()?;
        self.file().map_or(Ok(()), |path| file::refuse_existing(path, self.force.existing()))
    }

    /// The file, unless it is standard output.
    fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// True if a file is written.
    pub(crate) fn is_file(&self) -> bool {
        self.file().is_some()
    }
}

impl Form {
    fn of(format: &Format, dialect: Dialect) -> Self {
        match format.layout {
            Layout::Rows(write) => Self::Rows { write, dialect, progress: Written::Nothing(None) },
            Layout::Whole(open) | Layout::Book(open) => Self::Book(open()),
            Layout::Page => Self::Bytes,
        }
    }
}

impl Sink {
    /// A file.
    pub(crate) fn file(
        path: &Path,
        format: &'static Format,
        dialect: Dialect,
        existing: Existing,
    ) -> Result<Self> {
        let target = Target::File(AtomicFile::create(path, existing)?);
        Ok(Self { place: path.to_owned(), form: Form::of(format, dialect), target })
    }

    /// A file of rows that is written on in `kept`, `length` bytes of which are there.
    pub(crate) fn kept(
        path: &Path,
        format: &'static Format,
        dialect: Dialect,
        existing: Existing,
        (kept, length): (File, u64),
    ) -> Self {
        let mut form = Form::of(format, dialect);
        if let Form::Rows { progress, .. } = &mut form
            && length > 0
        {
            *progress = Written::Rows;
        }
        let target = Target::Kept(BufWriter::with_capacity(1 << 16, kept), existing);
        Self { place: path.to_owned(), form, target }
    }

    /// Brings what is written to the disk, where the file outlives the run; its length.
    pub(crate) fn sync(&mut self) -> Result<Option<u64>> {
        let Target::Kept(kept, _) = &mut self.target else { return Ok(None) };
        let mut sync = || {
            kept.flush()?;
            kept.get_ref().sync_data()?;
            kept.get_mut().stream_position().map(Some)
        };
        sync().map_err(|e| Error::io(self.place.display(), "write", e))
    }

    /// Adds rows.
    pub(crate) fn append(&mut self, table: &Table) -> Result<()> {
        let place = self.place.display();
        let out = self.target.writer();
        match &mut self.form {
            Form::Rows { progress: Written::Nothing(columns), .. } if table.n_rows() == 0 => {
                *columns = Some(table.clone());
                Ok(())
            }
            Form::Rows { progress: Written::Rows, .. } if table.n_rows() == 0 => Ok(()),
            Form::Rows { write, dialect, progress } => {
                let header = match std::mem::replace(progress, Written::Rows) {
                    Written::Nothing(_) => WithHeader::Yes,
                    Written::Rows => WithHeader::No,
                };
                write(table, header, dialect, out).map_err(|e| Error::io(place, "write", e))
            }
            Form::Book(book) => {
                caught(&place, || book.append(table))?.map_err(|e| Error::io(place, "write", e))
            }
            Form::Bytes => Ok(()),
        }
    }

    /// Writes what is no table.
    pub(crate) fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        write(self.target.writer()).map_err(|e| Error::io(self.place.display(), "write", e))
    }

    /// Makes the file appear.
    pub(crate) fn finish(self) -> Result<()> {
        Self::finish_all(vec![self])
    }

    /// Makes files that belong together appear together.
    pub(crate) fn finish_all(sinks: Vec<Self>) -> Result<()> {
        let mut files = Vec::new();
        for sink in sinks {
            let place = sink.place;
            let mut target = sink.target;
            let unwritten = |e| Error::io(place.display(), "write", e);
            match sink.form {
                Form::Rows { write, dialect, progress: Written::Nothing(Some(columns)) } => {
                    write(&columns, WithHeader::Yes, &dialect, target.writer()).map_err(unwritten)?;
                }
                Form::Rows { .. } | Form::Bytes => {}
                Form::Book(book) => {
                    console::cut_cells(&place, book.n_cut());
                    let bytes = caught(place.display(), || book.finish())?.map_err(unwritten)?;
                    target.writer().write_all(&bytes).map_err(unwritten)?;
                }
            }
            match target {
                Target::File(file) => files.push(file),
                Target::Stdout(mut stdout) => stdout.flush().map_err(unwritten)?,
                Target::Kept(kept, existing) => {
                    let mut kept = kept.into_inner().map_err(|e| unwritten(e.into_error()))?;
                    let mut file = AtomicFile::create(&place, existing)?;
                    kept.rewind().and_then(|()| io::copy(&mut kept, &mut file)).map_err(unwritten)?;
                    files.push(file);
                }
            }
        }
        file::commit_all(files)
    }
}

impl Target {
    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::File(file) => file,
            Self::Stdout(stdout) => stdout,
            Self::Kept(kept, _) => kept,
        }
    }
}

/// Refuses files that cannot be written together, before there is anything to write.
pub(crate) fn check_files(paths: &[&Path], existing: Existing) -> Result<()> {
    for (i, path) in paths.iter().enumerate() {
        file::refuse_existing(path, existing)?;
        if paths[..i].contains(path) {
            return Err(Error::record(path.display(), "must be named for one output, got two"));
        }
        file::sweep(file::folder_of(path));
    }
    Ok(())
}

/// Writes files that appear together.
pub(crate) fn write_files(files: &[(&Path, Vec<u8>)], existing: Existing) -> Result<()> {
    let mut unfinished = Vec::with_capacity(files.len());
    for (path, bytes) in files {
        let mut file = AtomicFile::create(path, existing)?;
        file.write_all(bytes).map_err(|e| Error::io(path.display(), "write", e))?;
        unfinished.push(file);
    }
    file::commit_all(unfinished)
}

/// A table as the bytes of a file: in the format of its extension, else csv.
pub(crate) fn rendered(path: &Path, table: &Table, dialect: Dialect) -> Result<Vec<u8>> {
    format_of(path)?.render(table, &dialect).map_err(|e| Error::io(path.display(), "write", e))
}

/// The format of a file's extension, else csv.
fn format_of(path: &Path) -> Result<&'static Format> {
    let by_extension = path.extension().and_then(|e| e.to_str()).and_then(|e| Format::named(e).ok());
    by_extension.map_or_else(|| Format::named("csv"), Ok)
}

/// Options of commands that print a small table: aligned text on standard output, or a file in a format.
#[derive(Debug, Clone, Args)]
pub(crate) struct TableOutput {
    /// File to write instead of standard output.
    #[arg(short, long, value_name = "FILE|-")]
    output: Option<PathBuf>,
    /// Format: csv, tsv, jsonl or xlsx; by default aligned text on standard output, csv in a file.
    #[arg(long, value_name = "NAME")]
    format: Option<String>,
    #[command(flatten)]
    dialect: DialectArgs,
    #[command(flatten)]
    force: Force,
}

impl TableOutput {
    /// True if tables go to standard output as aligned text.
    pub(crate) fn is_plain(&self) -> bool {
        self.format.is_none() && self.path().is_none()
    }

    /// The file, unless it is standard output.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// How CSV and TSV are written.
    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect.dialect()
    }

    /// What happens to files that exist.
    pub(crate) fn existing(&self) -> Existing {
        self.force.existing()
    }

    /// Refuses what [`write`](Self::write) would refuse, before there is anything to write.
    pub(crate) fn check(&self) -> Result<()> {
        self.args().check()
    }

    /// Prints tables one after another, each under a heading, with a blank line between.
    pub(crate) fn print_all(tables: impl IntoIterator<Item = (impl Display, Table)>) -> Result<()> {
        let sections = tables
            .into_iter()
            .map(|(heading, table)| format!("{heading}\n{}", newsbeat::table::text::render(&table)));
        let text = sections.collect::<Vec<_>>().join("\n");
        io::stdout().write_all(text.as_bytes()).map_err(|e| Error::io("standard output", "write", e))
    }

    /// The same options for rows that are written batch by batch.
    pub(crate) fn args(&self) -> OutputArgs {
        OutputArgs {
            output: self.output.clone(),
            format: self.format.clone(),
            dialect: self.dialect.clone(),
            force: self.force,
        }
    }

    /// Writes a table.
    pub(crate) fn write(&self, table: &Table) -> Result<()> {
        if !self.is_plain() {
            let mut sink = self.args().open()?;
            sink.append(table)?;
            return sink.finish();
        }
        let text = newsbeat::table::text::render(table);
        io::stdout().write_all(text.as_bytes()).map_err(|e| Error::io("standard output", "write", e))
    }
}
