//! Runs that go on where they were cut off.
//!
//! # Advice for hackers
//!
//! Beside its tables to come, in a hidden folder, a run keeps them as far as written, and a journal: what the run is made of,
//! how many batches are done, what was summed up over them, how long each table is. After each batch the tables are synced,
//! then the journal is replaced whole. So the tables are at least as long as the journal says, and what is behind that goes. Batches
//! are cut in the same places each time: those that are done are read again, which finds the rest, and dropped.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use newsbeat::file::{self, Existing};
use newsbeat::report::Totals;
use newsbeat::{Error, Result};
use serde::{Deserialize, Serialize};

use super::input::Position;
use super::measure::ShortTexts;

/// Name of the folder, within that of the tables.
const FOLDER: &str = ".newsbeat-resume";

/// Name of the journal within it.
const JOURNAL: &str = "journal.json";

/// What a run is made of: with anything else it would write other tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Origin {
    /// Checksum of the inputs, names and contents.
    pub(crate) inputs: String,
    /// Options that shape the output.
    pub(crate) options: String,
    /// Fingerprint of the model.
    pub(crate) model: String,
    /// Version of this program.
    pub(crate) version: String,
}

/// What is known at the end of a batch.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) position: Position,
    pub(crate) totals: Totals,
    pub(crate) short: ShortTexts,
}

#[derive(Serialize, Deserialize)]
struct Journal {
    origin: Origin,
    state: State,
    /// Lengths of the tables, by file name.
    lengths: BTreeMap<String, u64>,
}

/// The unfinished run of a folder, kept from other runs as long as this lives.
pub(crate) struct Unfinished {
    folder: PathBuf,
    origin: Origin,
    journal: Option<Journal>,
    _lock: File,
}

impl Unfinished {
    /// Takes up the unfinished run of a folder of tables, or begins one.
    ///
    /// # Errors
    ///
    /// If that run is made of something else, or another process is at it.
    pub(crate) fn take_up(output: &Path, origin: Origin) -> Result<Self> {
        let folder = output.join(FOLDER);
        let refused = |e| Error::io(folder.display(), "create", e);
        fs::create_dir_all(&folder).map_err(refused)?;
        let lock = File::options().write(true).create(true).truncate(false).open(folder.join("lock"));
        let lock = lock.map_err(refused)?;
        if matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) {
            return Err(Error::record(folder.display(), "must not be in use, another run is writing to it"));
        }
        file::sweep(&folder);
        let journal = match fs::read(folder.join(JOURNAL)) {
            Ok(bytes) => Some(Journal::read(&bytes, &folder, &origin)?),
            Err(e) if e.kind() == io::ErrorKind::NotFound => None,
            Err(e) => return Err(Error::io(folder.join(JOURNAL).display(), "read", e)),
        };
        Ok(Self { folder, origin, journal, _lock: lock })
    }

    /// What is known of the batches that are done; `None` if none is.
    pub(crate) fn state(&self) -> Option<&State> {
        self.journal.as_ref().map(|journal| &journal.state)
    }

    /// A table as far as its batches are done, to be written on, and its length.
    pub(crate) fn table(&self, name: &str) -> Result<(File, u64)> {
        let path = self.folder.join(name);
        let length =
            self.journal.as_ref().and_then(|journal| journal.lengths.get(name)).copied().unwrap_or(0);
        let open = || {
            let mut file = File::options().read(true).write(true).create(true).truncate(false).open(&path)?;
            let found = file.metadata()?.len();
            if found >= length {
                file.set_len(length)?;
                file.seek(SeekFrom::End(0))?;
            }
            Ok((file, found))
        };
        let (file, found) = open().map_err(|e| Error::io(path.display(), "write", e))?;
        if found < length {
            let problem = format!("must have the {length} bytes that its journal tells of, got {found}");
            return Err(Error::record(path.display(), problem));
        }
        Ok((file, length))
    }

    /// Notes that batches are done; the tables, of these lengths, have been synced.
    pub(crate) fn note(&self, state: &State, lengths: BTreeMap<String, u64>) -> Result<()> {
        let journal = Journal { origin: self.origin.clone(), state: state.clone(), lengths };
        let bytes = serde_json::to_vec(&journal).expect("plain data are JSON");
        file::write(&self.folder.join(JOURNAL), &bytes, Existing::Replace)
    }

    /// Forgets the run: its tables are whole and have their names.
    pub(crate) fn finish(&self) -> Result<()> {
        remove(&self.folder).map_err(|e| Error::io(self.folder.display(), "remove", e))
    }
}

impl Journal {
    /// The journal of a run, if that is the one to go on with.
    fn read(bytes: &[u8], folder: &Path, origin: &Origin) -> Result<Self> {
        let other = |what: &str| {
            let problem = format!(
                "must be an unfinished run of the same {what}, got another; remove the folder, or run without --resume, to begin anew"
            );
            Error::record(folder.display(), problem)
        };
        let journal: Self = serde_json::from_slice(bytes).map_err(|_| other("version of newsbeat"))?;
        let pairs = [
            ("version of newsbeat", &journal.origin.version, &origin.version),
            ("model", &journal.origin.model, &origin.model),
            ("options", &journal.origin.options, &origin.options),
            ("inputs", &journal.origin.inputs, &origin.inputs),
        ];
        match pairs.iter().find(|(_, then, now)| then != now) {
            Some((what, ..)) => Err(other(what)),
            None => Ok(journal),
        }
    }
}

/// Removes the unfinished run of a folder that has all its tables, unless another process is at it.
pub(crate) fn forget(output: &Path) {
    let folder = output.join(FOLDER);
    let Ok(lock) = File::options().write(true).open(folder.join("lock")) else { return };
    if !matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) {
        // It takes room and does no harm.
        let _ = remove(&folder);
    }
}

/// The journal goes first: without it, a run that was killed here begins anew.
fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_file(folder.join(JOURNAL)) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => fs::remove_dir_all(folder),
    }
}
