//! Where tables go: a file that appears when it is whole, or standard output.

use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use newsbeat::file::{AtomicFile, Existing};
use newsbeat::table::{Format, Table, WithHeader};
use newsbeat::{Error, Result};

use super::args::Force;

/// Options of commands that write one table.
#[derive(Debug, Clone, Args)]
pub(crate) struct OutputArgs {
    /// File to write; `-`, the default, is standard output.
    #[arg(short, long, value_name = "FILE|-")]
    output: Option<PathBuf>,
    /// Format: csv, tsv or jsonl; by default that of the file's extension, else csv.
    #[arg(long, value_name = "NAME")]
    format: Option<String>,
    #[command(flatten)]
    force: Force,
}

/// One table being written, batch by batch.
pub(crate) struct Sink {
    place: PathBuf,
    format: &'static Format,
    header: WithHeader,
    target: Target,
}

enum Target {
    File(AtomicFile),
    Stdout(BufWriter<StdoutLock<'static>>),
}

impl OutputArgs {
    /// Opens the output.
    pub(crate) fn open(&self) -> Result<Sink> {
        let file = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let by_extension = || file.and_then(|f| f.extension()?.to_str()).and_then(|e| Format::named(e).ok());
        let format = match &self.format {
            Some(name) => Format::named(name)?,
            None => by_extension().map_or_else(|| Format::named("csv"), Ok)?,
        };
        match file {
            Some(path) => Sink::file(path, format, self.force.existing()),
            None => Ok(Sink {
                place: "standard output".into(),
                format,
                header: WithHeader::Yes,
                target: Target::Stdout(BufWriter::with_capacity(1 << 16, io::stdout().lock())),
            }),
        }
    }

    /// True if a file is written.
    pub(crate) fn is_file(&self) -> bool {
        self.output.as_deref().is_some_and(|path| path != Path::new("-"))
    }
}

impl Sink {
    /// A table in a file of its own.
    pub(crate) fn file(path: &Path, format: &'static Format, existing: Existing) -> Result<Self> {
        let target = Target::File(AtomicFile::create(path, existing)?);
        Ok(Self { place: path.to_owned(), format, header: WithHeader::Yes, target })
    }

    /// Adds rows.
    pub(crate) fn append(&mut self, table: &Table) -> Result<()> {
        let out: &mut dyn Write = match &mut self.target {
            Target::File(file) => file,
            Target::Stdout(stdout) => stdout,
        };
        (self.format.write)(table, self.header, out)
            .map_err(|e| Error::io(self.place.display(), "write", e))?;
        self.header = WithHeader::No;
        Ok(())
    }

    /// Makes the file appear.
    pub(crate) fn finish(self) -> Result<()> {
        match self.target {
            Target::File(file) => file.commit(),
            Target::Stdout(mut stdout) => {
                stdout.flush().map_err(|e| Error::io(self.place.display(), "write", e))
            }
        }
    }
}

/// Options of commands that print a small table: aligned text on standard output, or a file in a format.
#[derive(Debug, Clone, Args)]
pub(crate) struct TableOutput {
    /// File to write instead of standard output.
    #[arg(short, long, value_name = "FILE|-")]
    output: Option<PathBuf>,
    /// Format: csv, tsv or jsonl; by default aligned text on standard output, csv in a file.
    #[arg(long, value_name = "NAME")]
    format: Option<String>,
    #[command(flatten)]
    force: Force,
}

impl TableOutput {
    /// True if tables go to standard output as aligned text.
    pub(crate) fn is_plain(&self) -> bool {
        self.format.is_none() && !self.args().is_file()
    }

    /// Writes tables one after another, with a blank line between.
    pub(crate) fn write_all(&self, tables: &[Table]) -> Result<()> {
        for (i, table) in tables.iter().enumerate() {
            if i > 0 {
                io::stdout().write_all(b"\n").map_err(|e| Error::io("standard output", "write", e))?;
            }
            self.write(table)?;
        }
        Ok(())
    }

    fn args(&self) -> OutputArgs {
        OutputArgs { output: self.output.clone(), format: self.format.clone(), force: self.force }
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
