//! Which articles of a report are copies of one before, also where that was met by an earlier run.

use std::fs::File;
use std::io::{BufReader, BufWriter, Seek as _, Write as _};

use newsbeat::similarity::{Originals, Signature};
use newsbeat::{Error, Result};

use super::resume::Unfinished;

/// Name of the file of an unfinished run that holds its originals.
const NAME: &str = "originals";

/// The originals of a run so far.
#[derive(Default)]
pub(crate) struct Copies {
    originals: Originals,
    /// Where they outlive the run, and how many of them are written.
    kept: Option<(BufWriter<File>, usize)>,
}

impl Copies {
    /// Goes on with the originals of an unfinished run.
    pub(crate) fn of(run: &Unfinished) -> Result<Self> {
        let (mut file, _) = run.table(NAME)?;
        let originals = file.rewind().and_then(|()| Originals::read(BufReader::new(&file)));
        let originals = originals.map_err(|e| Error::io(NAME, "read", e))?;
        let n_written = originals.len();
        Ok(Self { originals, kept: Some((BufWriter::new(file), n_written)) })
    }

    /// The id of the article that this one is a copy of.
    pub(crate) fn original_of(&mut self, id: &str, signature: &Signature) -> Option<String> {
        self.originals.original_of(id, signature).map(str::to_owned)
    }

    /// Brings them to the disk, where they outlive the run; name and length of the file.
    pub(crate) fn sync(&mut self) -> Result<Option<(String, u64)>> {
        let Some((file, n_written)) = &mut self.kept else { return Ok(None) };
        let mut sync = || {
            self.originals.write_from(*n_written, file)?;
            file.flush()?;
            file.get_ref().sync_data()?;
            file.get_mut().stream_position()
        };
        let length = sync().map_err(|e| Error::io(NAME, "write", e))?;
        *n_written = self.originals.len();
        Ok(Some((NAME.to_owned(), length)))
    }
}
