//! The files of a report: each table in each format, or one file of a format for all tables.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use newsbeat::file::{self, Existing};
use newsbeat::table::{Dialect, Format, Layout, Table};
use newsbeat::{Error, Result};

use super::output::Sink;
use super::resume::Unfinished;

/// What a command writes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contents {
    /// The stem of a file of all tables.
    stem: &'static str,
    /// The tables, also those that are not always there.
    tables: &'static [&'static str],
}

/// What `report` writes.
pub(crate) const REPORT: Contents = Contents {
    stem: "report",
    tables: &["articles", "paragraphs", "topics", "run", "data-dictionary", "rejects"],
};

/// What `compare` writes.
pub(crate) const COMPARE: Contents = Contents {
    stem: "compare",
    tables: &["groups", "tests", "metrics", "topics", "keyness", "run", "data-dictionary", "rejects"],
};

/// Where a report goes.
pub(crate) struct ReportPaths {
    place: Place,
    formats: Vec<&'static Format>,
    existing: Existing,
    contents: Contents,
}

enum Place {
    Folder(PathBuf),
    /// Of the only format, one that has all tables in one file.
    File(PathBuf),
}

impl ReportPaths {
    /// The files of a folder.
    pub(crate) fn new(
        folder: &Path,
        formats: &[&'static Format],
        existing: Existing,
        contents: Contents,
    ) -> Result<Self> {
        Self::at(Place::Folder(folder.to_owned()), formats, existing, contents)
    }

    /// One file of a format that has all tables in one.
    pub(crate) fn file(
        path: &Path,
        format: &'static Format,
        existing: Existing,
        contents: Contents,
    ) -> Result<Self> {
        Self::at(Place::File(path.to_owned()), &[format], existing, contents)
    }

    fn at(place: Place, formats: &[&'static Format], existing: Existing, contents: Contents) -> Result<Self> {
        let paths = Self { place, formats: formats.to_vec(), existing, contents };
        for (_, path, _) in paths.all() {
            file::refuse_existing(&path, existing)?;
        }
        Ok(paths)
    }

    /// The folder, or the file.
    pub(crate) fn place(&self) -> &Path {
        match &self.place {
            Place::Folder(path) | Place::File(path) => path,
        }
    }

    /// The folder that files are written into.
    pub(crate) fn folder(&self) -> &Path {
        match &self.place {
            Place::Folder(path) => path,
            Place::File(path) => file::folder_of(path),
        }
    }

    /// Whether a page is asked for.
    pub(crate) fn has_page(&self) -> bool {
        self.formats.iter().any(|format| matches!(format.layout, Layout::Page))
    }

    /// Each file with what it holds and its format.
    fn all(&self) -> Vec<(Content, PathBuf, &'static Format)> {
        let mut all = Vec::new();
        for format in &self.formats {
            let mut add = |content, stem: &str| {
                let path = match &self.place {
                    Place::Folder(folder) => folder.join(format!("{stem}.{}", format.name)),
                    Place::File(path) => path.clone(),
                };
                all.push((content, path, *format));
            };
            match format.layout {
                Layout::Rows(_) | Layout::Whole(_) => {
                    self.contents.tables.iter().for_each(|table| add(Content::Table(table), table));
                }
                Layout::Book(_) => add(Content::Tables, self.contents.stem),
                Layout::Page => add(Content::Page, self.contents.stem),
            }
        }
        all
    }

    /// Begins the files.
    pub(crate) fn open(&self, dialect: Dialect) -> Result<ReportFiles> {
        let open = |(content, path, format): (_, PathBuf, _)| {
            let sink = Sink::file(&path, format, dialect, self.existing)?;
            Ok(ReportFile { content, path, sink, is_used: false })
        };
        Ok(ReportFiles(self.all().into_iter().map(open).collect::<Result<_>>()?))
    }

    /// Goes on with the files of an unfinished run.
    pub(crate) fn go_on(&self, dialect: Dialect, run: &Unfinished) -> Result<ReportFiles> {
        let open = |(content, path, format): (_, PathBuf, _)| {
            let table = run.table(&name_of(&path))?;
            let is_used = table.1 > 0;
            let sink = Sink::kept(&path, format, dialect, self.existing, table);
            Ok(ReportFile { content, path, sink, is_used })
        };
        Ok(ReportFiles(self.all().into_iter().map(open).collect::<Result<_>>()?))
    }
}

/// What a file of a report holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Table(&'static str),
    Tables,
    Page,
}

/// The files of a report, being written.
pub(crate) struct ReportFiles(Vec<ReportFile>);

struct ReportFile {
    content: Content,
    path: PathBuf,
    sink: Sink,
    is_used: bool,
}

impl ReportFiles {
    /// Adds rows to a table.
    pub(crate) fn append(&mut self, table: &Table) -> Result<()> {
        for file in &mut self.0 {
            let is_meant = match file.content {
                Content::Table(name) => name == table.name,
                Content::Tables => true,
                Content::Page => false,
            };
            if is_meant {
                file.sink.append(table)?;
                file.is_used = true;
            }
        }
        Ok(())
    }

    /// Writes the next part of the page, if there is one.
    pub(crate) fn write_page(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        let Some(page) = self.0.iter_mut().find(|file| file.content == Content::Page) else { return Ok(()) };
        page.is_used = true;
        page.sink.write(write)
    }

    /// Brings what is written to the disk; the lengths of the files that outlive the run, by name.
    pub(crate) fn sync(&mut self) -> Result<BTreeMap<String, u64>> {
        let mut lengths = BTreeMap::new();
        for file in &mut self.0 {
            lengths.extend(file.sink.sync()?.map(|length| (name_of(&file.path), length)));
        }
        Ok(lengths)
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

/// The name of a file, without folders.
fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
