//! ZIP archives: a folder of articles in one file.
//!
//! The directory is read first; then each entry is unpacked as its own reader asks for it. Nothing is written under a
//! name that stands in the archive, so that no such name can lead anywhere.

mod entry;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex};

use zip::ZipArchive;

use self::entry::{Entry, Unpacked, Unpacking};
use super::source::{format_of, is_passed_over, without_extension};
use super::{Articles, Input, InputFormat, ReadOptions, Source, one, read_from, stream};
use crate::article::Article;
use crate::error::{Error, Result};

/// A ZIP archive.
pub(super) const ZIP: InputFormat = InputFormat {
    name: "zip",
    extensions: &["zip"],
    about: "a folder in one file; entries are read by their own extensions, in the order of names",
    read: articles,
};

/// What every ZIP archive that holds a file begins with.
const SIGNATURE: &[u8] = b"PK\x03\x04";

/// What an entry may take of the directory on average, if there are as many as there may be: the directory is held in
/// memory.
const DIRECTORY_BYTES: usize = 512;

/// What is looked at to find the directory.
const END_BYTES: usize = 1 << 20;

fn articles(input: Input, options: &ReadOptions) -> Articles {
    match Archive::open(input, options) {
        Ok(archive) => Box::new(archive),
        Err(error) => one(Err(error)),
    }
}

struct Archive {
    bytes: Arc<Mutex<File>>,
    n_bytes: u64,
    entries: std::vec::IntoIter<Entry>,
    /// The articles of the entry that is being read.
    opened: Option<Articles>,
    unpacked: Unpacked,
    file: String,
    stem: String,
    options: ReadOptions,
}

impl Archive {
    fn open(input: Input, options: &ReadOptions) -> Result<Self> {
        let Input { reader, file, id: stem, path } = input;
        let unreadable = |e| Error::io(&file, "read", e);
        let mut bytes = stream::seekable(reader, path, SIGNATURE, &options.limits).map_err(unreadable)?;
        let n_bytes = bytes.seek(SeekFrom::End(0)).map_err(unreadable)?;
        let entries = entries(&bytes, options).map_err(|problem| Error::record(&file, problem))?;
        if entries.is_empty() {
            return Err(Error::record(&file, "expected at least one article, found no entry to read"));
        }
        Ok(Self {
            bytes: Arc::new(Mutex::new(bytes)),
            n_bytes,
            entries: entries.into_iter(),
            opened: None,
            unpacked: Unpacked::default(),
            file,
            stem,
            // Its own format does not hold for what is in it.
            options: ReadOptions {
                input_format: options.input_format.filter(|format| format.name != ZIP.name),
                ..options.clone()
            },
        })
    }

    fn articles_of(&self, entry: Entry) -> Result<Articles> {
        let name = entry.name.clone();
        let path = format!("{}/{name}", self.file);
        let format = format_of(name.as_ref(), &self.options).filter(|format| format.name != ZIP.name);
        let Some(format) = format else {
            return Err(Error::record(path, "expected an article, found an archive within an archive"));
        };
        let limits = self.options.limits;
        let reader = Unpacking::open(entry, &self.bytes, self.n_bytes, limits, self.unpacked.clone())
            .map_err(|e| Error::record(&path, e.to_string()))?;
        let id = format!("{}/{}", self.stem, without_extension(&name));
        Ok(read_from(reader, &Source { path: path.into(), id, format }, &self.options))
    }
}

impl Iterator for Archive {
    type Item = Result<Article>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(article) = self.opened.as_mut().and_then(Iterator::next) {
                return Some(article);
            }
            let entry = self.entries.next()?;
            if let Some(problem) = self.options.limits.unpacked(self.n_bytes, self.unpacked.get()) {
                let problem = format!("{problem}; its entries from {} on are not read", entry.name);
                self.entries = Vec::new().into_iter();
                return Some(Err(Error::record(&self.file, problem)));
            }
            match self.articles_of(entry) {
                Ok(articles) => self.opened = Some(articles),
                Err(error) => {
                    self.opened = None;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// A reader that refuses to hand out more than so many bytes.
struct Metered<R> {
    inner: R,
    left: usize,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(out)?;
        self.left = self.left.checked_sub(n).ok_or_else(|| io::Error::other("its directory is too long"))?;
        Ok(n)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// What may be an article, in the order in which a folder of it would be walked.
fn entries(bytes: &File, options: &ReadOptions) -> Result<Vec<Entry>, String> {
    let unreadable = |e| format!("expected a ZIP archive, found one that cannot be read ({e})");
    let most = options.limits.max_entries;
    let left = most.saturating_mul(DIRECTORY_BYTES).saturating_add(END_BYTES);
    let archive = ZipArchive::new(Metered { inner: io::BufReader::new(bytes), left }).map_err(unreadable)?;
    if archive.len() > most {
        let n = archive.len();
        return Err(format!("expected at most {most} files in an archive (--max-entries), found {n}"));
    }
    let mut entries = Vec::new();
    for i in 0..archive.len() {
        let found = archive.by_index_data(i).map_err(unreadable)?;
        let name = found.name().map_err(unreadable)?.replace('\\', "/");
        let is_wanted = !found.is_dir() && format_of(name.as_ref(), options).is_some() && {
            let parts = || name.split('/');
            !parts().any(|part| part == "__MACOSX" || part != ".." && is_passed_over(part))
        };
        if is_wanted {
            entries.push(Entry {
                is_link: found.is_symlink(),
                is_encrypted: found.encrypted(),
                header: found.header_start(),
                n_packed: found.compressed_size(),
                checksum: found.crc32(),
                name,
            });
        }
    }
    entries.sort_by(|a, b| a.name.split('/').cmp(b.name.split('/')));
    Ok(entries)
}

#[cfg(test)]
mod tests;
