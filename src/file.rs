//! Files that are whole or not there: written beside the target, synced, renamed. And streams that may be compressed.

mod behind;
mod compressed;
mod limits;
mod unfinished;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use self::unfinished::Unfinished;
use crate::error::{Error, Result};

pub use self::compressed::{unpacked, unpacked_name};
pub use self::limits::{Limits, NODE_BYTES, PARAGRAPH_BYTES, weight};
pub use self::unfinished::{abandon_all, sweep};

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
///
/// Where the name is a symbolic link, the file behind it is written. A file that is replaced hands its permissions on.
#[derive(Debug)]
pub struct AtomicFile {
    target: PathBuf,
    existing: Existing,
    writer: BufWriter<Unfinished>,
}

impl AtomicFile {
    /// Starts to write what is to become `target`.
    ///
    /// # Errors
    ///
    /// As [`refuse_existing`], or if the folder cannot be written to.
    pub fn create(target: &Path, existing: Existing) -> Result<Self> {
        refuse_existing(target, existing)?;
        let refused = |e| Error::io(target.display(), "create", e);
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let unfinished = Unfinished::create(folder_of(&target)).map_err(refused)?;
        if let Ok(replaced) = target.metadata() {
            unfinished.as_file().set_permissions(replaced.permissions()).map_err(refused)?;
        }
        Ok(Self { target, existing, writer: BufWriter::with_capacity(1 << 16, unfinished) })
    }

    /// Makes the file appear under its name, whole and synced.
    ///
    /// # Errors
    ///
    /// If the disk is full, or the folder has gone; what was there before is still there.
    pub fn commit(self) -> Result<()> {
        commit_all(vec![self])
    }

    /// Brings every byte to the disk.
    fn sync(self) -> Result<(PathBuf, Existing, Unfinished)> {
        let Self { target, existing, writer } = self;
        let refused = |e| Error::io(target.display(), "write", e);
        let mut unfinished = writer.into_inner().map_err(|e| refused(e.into_error()))?;
        unfinished.sync().map_err(refused)?;
        Ok((target, existing, unfinished))
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

/// Makes files that belong together appear under their names. All are on the disk before the first appears.
///
/// # Errors
///
/// As [`AtomicFile::commit`].
pub fn commit_all(files: Vec<AtomicFile>) -> Result<()> {
    let synced = files.into_iter().map(AtomicFile::sync).collect::<Result<Vec<_>>>()?;
    let mut names = unfinished::names();
    for (target, existing, _) in &synced {
        refuse_existing(target, *existing)?;
    }
    let mut folders = BTreeSet::new();
    for (target, existing, unfinished) in synced {
        let refused = |e| Error::io(target.display(), "write", e);
        unfinished.persist(&target, existing, &mut names).map_err(refused)?;
        folders.insert(folder_of(&target).to_owned());
    }
    drop(names);
    folders
        .iter()
        .try_for_each(|folder| sync_folder(folder).map_err(|e| Error::io(folder.display(), "write", e)))
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

/// Refuses a target that cannot become a file, or exists and is to be kept.
///
/// # Errors
///
/// If it is a folder, a device or a pipe, which a rename would fail on or destroy; if it exists and is to be kept.
pub fn refuse_existing(target: &Path, existing: Existing) -> Result<()> {
    let refused = |problem: &str| Err(Error::record(target.display(), problem));
    match target.metadata() {
        Ok(found) if found.is_dir() => refused("must be a file, got a folder"),
        Ok(found) if !found.is_file() => refused("must be a file, got a device or a pipe"),
        _ if existing == Existing::Keep && target.symlink_metadata().is_ok() => {
            refused("must not exist yet; --force replaces it")
        }
        _ => Ok(()),
    }
}

/// The folder that a file is in.
pub fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the new name durable. Platforms that cannot open folders have no need to.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_is_written_in_any_pieces_is_read_back(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..9)) {
            let folder = tempfile::tempdir().unwrap();
            let target = folder.path().join("a");
            let mut file = AtomicFile::create(&target, Existing::Keep).unwrap();
            for piece in &pieces {
                file.write_all(piece).unwrap();
            }
            file.commit().unwrap();
            prop_assert_eq!(fs::read(&target).unwrap(), pieces.concat());
        }
    }

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

    #[test]
    fn a_file_that_appears_while_another_is_written_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let [first, second] = ["a.csv", "b.csv"].map(|name| folder.path().join(name));
        let files = [&first, &second].map(|path| AtomicFile::create(path, Existing::Keep).unwrap());
        fs::write(&second, "theirs").unwrap();
        assert!(commit_all(files.into()).is_err());
        assert!(!first.exists(), "files that belong together appear together");
        assert_eq!(fs::read(&second).unwrap(), b"theirs");
    }

    #[test]
    fn a_folder_is_no_target_even_with_force() {
        let folder = tempfile::tempdir().unwrap();
        let error = write(folder.path(), b"x", Existing::Replace).unwrap_err().to_string();
        assert!(error.ends_with(": must be a file, got a folder"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_written_through_permissions_are_kept_and_devices_are_left_alone() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.csv"), folder.path().join("link.csv"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&file, &link).unwrap();
        write(&link, b"new", Existing::Replace).unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let error = write(Path::new("/dev/null"), b"x", Existing::Replace).unwrap_err().to_string();
        assert_eq!(error, "/dev/null: must be a file, got a device or a pipe");
    }
}
