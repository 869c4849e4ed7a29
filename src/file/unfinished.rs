//! Files that are being written: which are this process's own, and which nobody writes any more.
//!
//! # Advice for hackers
//!
//! The writer holds a lock on its unfinished file. The system takes it back when the process ends, however it ends, so a
//! file that can be locked has no writer and may go. A sweep may meet a file between its creation and its lock; then
//! the writer finds it locked or gone and begins another. Process numbers in names would not do: they are used again,
//! and mean nothing on another machine that shares the folder.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

use super::Existing;
use super::behind::Behind;

/// Prefix of the names of unfinished files.
const PREFIX: &str = ".newsbeat-unfinished-";

/// Seconds after which an unfinished file is taken for abandoned where files cannot be locked: a day.
const MAX_AGE: u64 = 86_400;

/// The unfinished files of this process.
static OWN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Held while names appear and disappear.
pub(super) type Names = MutexGuard<'static, BTreeSet<PathBuf>>;

/// Locks the names.
pub(super) fn names() -> Names {
    OWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An unfinished file; dropped, it is removed.
#[derive(Debug)]
pub(super) struct Unfinished {
    file: NamedTempFile<File>,
    behind: Behind,
}

impl Unfinished {
    /// Begins one in a folder.
    pub(super) fn create(folder: &Path) -> io::Result<Self> {
        let mut names = names();
        let file = tempfile::Builder::new().prefix(PREFIX).make_in(folder, |path| {
            let file = File::options().write(true).create_new(true).open(path)?;
            let is_swept = match file.try_lock() {
                Err(TryLockError::WouldBlock) => true,
                // Not every file system has locks; there, sweeps go by age.
                Ok(()) | Err(TryLockError::Error(_)) => path.symlink_metadata().is_err(),
            };
            // The kind that makes the builder try another name.
            if is_swept { Err(io::ErrorKind::AlreadyExists.into()) } else { Ok(file) }
        })?;
        names.insert(file.path().to_owned());
        Ok(Self { file, behind: Behind::default() })
    }

    /// The file.
    pub(super) fn as_file(&self) -> &File {
        self.file.as_file()
    }

    /// Brings every byte to the disk.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        self.behind.finish()?;
        self.as_file().sync_all()
    }

    /// Gives it its name.
    pub(super) fn persist(self, target: &Path, existing: Existing, names: &mut Names) -> io::Result<()> {
        names.remove(self.file.path());
        match existing {
            Existing::Replace => self.file.persist(target),
            Existing::Keep => self.file.persist_noclobber(target),
        }
        .map(drop)
        .map_err(|e| e.error)
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n_bytes = self.file.as_file().write(bytes)?;
        self.behind.written(self.file.as_file(), n_bytes);
        Ok(n_bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.as_file().flush()
    }
}

/// Removes the unfinished files of this process and keeps it from beginning or naming others: the last thing that is
/// done before a process ends on a signal. Other threads that write files wait forever.
pub fn abandon_all() {
    let names = names();
    for path in &*names {
        // It may have been dropped in the meantime.
        let _ = fs::remove_file(path);
    }
    std::mem::forget(names);
}

/// Removes what killed runs have left in a folder. Files that are being written stay.
pub fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        // To open a pipe of that name would wait for whoever reads from it.
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && entry.file_name().to_string_lossy().starts_with(PREFIX) {
            // Another run may sweep as well, or the folder may be another user's.
            let _ = remove_abandoned(&entry.path());
        }
    }
}

fn remove_abandoned(path: &Path) -> io::Result<()> {
    let file = File::options().write(true).open(path)?;
    let is_abandoned = match file.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(_)) => {
            file.metadata()?.modified()?.elapsed().is_ok_and(|age| age.as_secs() > MAX_AGE)
        }
    };
    // Removed while locked, so that no writer can take it for its own.
    if is_abandoned { fs::remove_file(path) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_sweep_leaves_links_alone_and_what_they_lead_to() {
        let folder = tempfile::tempdir().unwrap();
        let (notes, link) = (folder.path().join("notes"), folder.path().join(format!("{PREFIX}link")));
        fs::write(&notes, "notes").unwrap();
        std::os::unix::fs::symlink(&notes, &link).unwrap();
        sweep(folder.path());
        assert!(link.is_symlink() && notes.exists());
    }

    #[test]
    fn a_sweep_takes_what_nobody_writes_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let left = folder.path().join(format!("{PREFIX}abc"));
        let other = folder.path().join(".newsbeat-notes");
        fs::write(&left, "half").unwrap();
        fs::write(&other, "notes").unwrap();
        let written = Unfinished::create(folder.path()).unwrap();
        sweep(folder.path());
        assert!(!left.exists());
        assert!(other.exists());
        assert!(written.file.path().exists());
        drop(written);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
