//! An entry of an archive, unpacked as it is read.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::Crc;
use flate2::read::DeflateDecoder;

use crate::article::read::Limits;

/// What the directory of the archive says of an entry.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its path in the archive, with strokes between folders.
    pub(super) name: String,
    pub(super) is_link: bool,
    pub(super) is_encrypted: bool,
    /// Where its local header stands.
    pub(super) header: u64,
    /// Bytes that it takes in the archive.
    pub(super) n_packed: u64,
    /// CRC-32 of what it unpacks to.
    pub(super) checksum: u32,
}

impl Entry {
    /// A name that leads out of the folder that the archive stands for, on any system.
    fn leads_out(&self) -> bool {
        let name = &self.name;
        name.starts_with('/')
            || name.contains('\0')
            || name.as_bytes().get(1) == Some(&b':')
            || name.split('/').any(|part| part == "..")
    }
}

/// How many bytes the entries of an archive have unpacked to so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Unpacked(Arc<AtomicU64>);

impl Unpacked {
    pub(super) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    fn add(&self, n: u64) -> u64 {
        self.0.fetch_add(n, Ordering::Relaxed) + n
    }
}

/// The bytes of an entry. What is not as the directory says, or goes over a limit, is an error of reading.
pub(super) struct Unpacking {
    inner: Box<dyn Read + Send>,
    entry: Entry,
    crc: Crc,
    n_bytes: u64,
    /// Bytes of the archive.
    n_archive: u64,
    limits: Limits,
    in_all: Unpacked,
}

impl Unpacking {
    /// Looks at the entry's own header and starts to unpack.
    ///
    /// # Errors
    ///
    /// If its name leads out of the archive; if it is a link, encrypted, or compressed in a way that is not known.
    pub(super) fn open(
        entry: Entry,
        archive: &Arc<Mutex<File>>,
        n_archive: u64,
        limits: Limits,
        in_all: Unpacked,
    ) -> io::Result<Self> {
        let refused = |problem: String| Err(io::Error::other(problem));
        if entry.leads_out() {
            return refused("expected a path within the archive, found one that leads out of it".into());
        }
        if entry.is_link {
            return refused("expected a file, found a symbolic link".into());
        }
        let end = entry.header.saturating_add(30);
        let mut section = Section { file: Arc::clone(archive), at: entry.header, end };
        let mut header = [0; 30];
        let read = section.read_exact(&mut header);
        if read.is_err() || !header.starts_with(super::SIGNATURE) {
            return refused("expected an entry where the directory has it, found none".into());
        }
        let number = |at: usize| u16::from_le_bytes([header[at], header[at + 1]]);
        let (flags, method) = (number(6), number(8));
        if entry.is_encrypted || flags & 1 == 1 {
            return refused("expected an entry that everybody can read, found an encrypted one".into());
        }
        let at = end.saturating_add(u64::from(number(26)) + u64::from(number(28)));
        let packed = BufReader::new(Section { at, end: at.saturating_add(entry.n_packed), ..section });
        let inner: Box<dyn Read + Send> = match method {
            0 => Box::new(packed),
            8 => Box::new(DeflateDecoder::new(packed)),
            93 => Box::new(zstd::Decoder::with_buffer(packed)?),
            method => {
                return refused(format!(
                    "expected an entry stored (method 0), deflated (8) or packed by Zstandard (93), found method {method}"
                ));
            }
        };
        Ok(Self { inner, entry, crc: Crc::new(), n_bytes: 0, n_archive, limits, in_all })
    }
}

impl Read for Unpacking {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(out)?;
        if n == 0 && !out.is_empty() && self.crc.sum() != self.entry.checksum {
            return Err(io::Error::other(
                "expected an entry with the checksum of the directory, found another",
            ));
        }
        self.crc.update(&out[..n]);
        self.n_bytes += n as u64;
        let in_all = self.in_all.add(n as u64);
        let own = self.limits.unpacked(self.entry.n_packed, self.n_bytes);
        match own.or_else(|| self.limits.unpacked(self.n_archive, in_all)) {
            Some(problem) => Err(io::Error::other(problem)),
            None => Ok(n),
        }
    }
}

/// A stretch of a file that others read too.
struct Section {
    file: Arc<Mutex<File>>,
    at: u64,
    end: u64,
}

impl Read for Section {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let n = out.len().min(left);
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let n = file.read(&mut out[..n])?;
        self.at += n as u64;
        Ok(n)
    }
}
