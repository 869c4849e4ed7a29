//! The files of a report: each table in each format, or one file of a format for all tables.

use std::io;
use std::path::{Path, PathBuf};

use newsbeat::file::{self, Existing};
use newsbeat::table::{Dialect, Format, Layout, Table};
use newsbeat::{Error, Result};

use super::output::Sink;

/// Tables that every report has.
const TABLES: [&str; 5] = ["articles", "paragraphs", "topics", "run", "data-dictionary"];
/// The table that only a report with rejects has.
const REJECTS: &str = "rejects";

/// Where a report goes.
pub(crate) struct ReportPaths {
    folder: PathBuf,
    formats: Vec<&'static Format>,
    existing: Existing,
}

impl ReportPaths {
    /// The files of a folder.
    pub(crate) fn new(folder: &Path, formats: &[&'static Format], existing: Existing) -> Result<Self> {
        let paths = Self { folder: folder.to_owned(), formats: formats.to_vec(), existing };
        for (_, path, _) in paths.all() {
            file::refuse_existing(&path, existing)?;
        }
        Ok(paths)
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Each file with its format, and its table unless it is of all tables.
    fn all(&self) -> Vec<(Option<&'static str>, PathBuf, &'static Format)> {
        let mut all = Vec::new();
        for format in &self.formats {
            let mut add = |table: Option<&'static str>| {
                let file = format!("{}.{}", table.unwrap_or("report"), format.name);
                all.push((table, self.folder.join(file), *format));
            };
            match format.layout {
                Layout::Rows(_) => TABLES.into_iter().chain([REJECTS]).for_each(|table| add(Some(table))),
                Layout::Book(_) => add(None),
            }
        }
        all
    }

    /// Begins the files.
    pub(crate) fn open(&self, dialect: Dialect) -> Result<ReportFiles> {
        let open = |(table, path, format): (_, PathBuf, _)| {
            let sink = Sink::file(&path, format, dialect, self.existing)?;
            Ok(ReportFile { table, path, sink, is_used: false })
        };
        Ok(ReportFiles(self.all().into_iter().map(open).collect::<Result<_>>()?))
    }
}

/// The files of a report, being written.
pub(crate) struct ReportFiles(Vec<ReportFile>);

struct ReportFile {
    table: Option<&'static str>,
    path: PathBuf,
    sink: Sink,
    is_used: bool,
}

impl ReportFiles {
    /// Adds rows to a table.
    pub(crate) fn append(&mut self, table: &Table) -> Result<()> {
        for file in &mut self.0 {
            if file.table.is_none_or(|name| name == table.name) {
                file.sink.append(table)?;
                file.is_used = true;
            }
        }
        Ok(())
    }

    /// Makes the files appear together. Those of an earlier run that this one has nothing to put in the place of go.
    pub(crate) fn finish(self) -> Result<()> {
        let (used, unused): (Vec<_>, Vec<_>) = self.0.into_iter().partition(|file| file.is_used);
        for file in unused {
            match std::fs::remove_file(&file.path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(Error::io(file.path.display(), "remove", error));
                }
                _ => {}
            }
        }
        Sink::finish_all(used.into_iter().map(|file| file.sink).collect())
    }
}
