//! Files that are whole or not there: written beside the target, synced, renamed.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::{Error, Result};

/// Prefix of the names of unfinished files.
const UNFINISHED: &str = ".newsbeat-";

/// Whether a file that exists may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and the write is refused.
    Keep,
    /// It is replaced when the new one is complete.
    Replace,
}

/// A file being written. Until [`commit`](Self::commit) its name shows what was there before; dropped without it, it
/// leaves nothing.
#[derive(Debug)]
pub struct AtomicFile {
    target: PathBuf,
    existing: Existing,
    writer: BufWriter<NamedTempFile<File>>,
}

impl AtomicFile {
    /// Starts to write what is to become `target`.
    ///
    /// # Errors
    ///
    /// If the target exists and is to be kept, or its folder cannot be written to.
    pub fn create(target: &Path, existing: Existing) -> Result<Self> {
        refuse_existing(target, existing)?;
        let temporary = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .make_in(folder_of(target), |path| File::options().write(true).create_new(true).open(path))
            .map_err(|e| Error::io(target.display(), "create", e))?;
        let writer = BufWriter::with_capacity(1 << 16, temporary);
        Ok(Self { target: target.to_owned(), existing, writer })
    }

    /// Makes the file appear under its name, whole and synced.
    ///
    /// # Errors
    ///
    /// If the disk is full, or the folder has gone; what was there before is still there.
    pub fn commit(self) -> Result<()> {
        let Self { target, existing, writer } = self;
        let refused = |e| Error::io(target.display(), "write", e);
        let temporary = writer.into_inner().map_err(|e| refused(e.into_error()))?;
        temporary.as_file().sync_all().map_err(refused)?;
        match existing {
            Existing::Replace => temporary.persist(&target),
            Existing::Keep => temporary.persist_noclobber(&target),
        }
        .map_err(|e| refused(e.error))?;
        sync_folder(folder_of(&target)).map_err(refused)
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Writes a whole file at once.
///
/// # Errors
///
/// As [`AtomicFile::create`] and [`AtomicFile::commit`].
pub fn write(target: &Path, bytes: &[u8], existing: Existing) -> Result<()> {
    let mut file = AtomicFile::create(target, existing)?;
    file.write_all(bytes).map_err(|e| Error::io(target.display(), "write", e))?;
    file.commit()
}

/// Refuses a target that exists and is to be kept.
///
/// # Errors
///
/// If it does.
pub fn refuse_existing(target: &Path, existing: Existing) -> Result<()> {
    if existing == Existing::Keep && target.symlink_metadata().is_ok() {
        return Err(Error::record(target.display(), "must not exist yet; --force replaces it"));
    }
    Ok(())
}

/// Removes what a killed run has left in a folder, if no process can be writing it any more: older than a day.
pub fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
        let age = entry.metadata().and_then(|m| m.modified()).ok().and_then(|t| t.elapsed().ok());
        if is_unfinished && age.is_some_and(|age| age.as_secs() > 86_400) {
            // Another run may have removed it first.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the new name durable. Platforms that cannot open folders have no need to.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.csv");
        let mut file = AtomicFile::create(&target, Existing::Keep).unwrap();
        file.write_all(b"x").unwrap();
        assert!(!target.exists());
        drop(file);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        write(&target, b"y", Existing::Keep).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"y");
    }

    #[test]
    fn an_existing_file_is_kept_without_force() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.csv");
        write(&target, b"old", Existing::Keep).unwrap();
        let error = write(&target, b"new", Existing::Keep).unwrap_err().to_string();
        assert!(error.ends_with("a.csv: must not exist yet; --force replaces it"), "{error}");
        assert_eq!(fs::read(&target).unwrap(), b"old");
        write(&target, b"new", Existing::Replace).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
    }
}
