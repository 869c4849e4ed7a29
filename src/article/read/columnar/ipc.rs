//! What the batches of an Arrow IPC file say of their sizes, looked at before they are read: a length is memory that is asked
//! for, and a program that is refused it ends.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use arrow_ipc::{Message, root_as_footer, root_as_message};

use super::{MOST_AT_ONCE, too_much_at_once};
use crate::file::Limits;

/// Before the length of a message, since version 0.15.
const CONTINUED: [u8; 4] = [0xff; 4];

/// Behind the footer of a file, with its length before.
const TAIL: u64 = 10;

/// The sizes of the batches of a file.
pub(super) struct Sizes<'f> {
    file: &'f File,
    n_bytes: u64,
    n_unpacked: u64,
    n_rows: u64,
}

impl<'f> Sizes<'f> {
    /// Fails if a batch is not within the file, or it or all together ask for more than the limits allow.
    pub(super) fn check(file: &'f File, is_stream: bool, limits: &Limits) -> Result<(), String> {
        let n_bytes = file.metadata().map_err(|e| e.to_string())?.len();
        let mut sizes = Self { file, n_bytes, n_unpacked: 0, n_rows: 0 };
        if is_stream {
            sizes.add_stream()?;
        } else {
            sizes.add_file()?;
        }
        rows_within(sizes.n_rows, n_bytes, limits)?;
        limits.unpacked(n_bytes, sizes.n_unpacked).map_or(Ok(()), Err)
    }

    fn add_stream(&mut self) -> Result<(), String> {
        let mut at = 0;
        while at < self.n_bytes {
            let (metadata, body) = self.message(at)?;
            let Some(metadata) = metadata else { return Ok(()) };
            let message = root_as_message(&metadata).map_err(|e| e.to_string())?;
            let length = u64::try_from(message.bodyLength()).map_err(|e| e.to_string())?;
            self.add(message, body, length)?;
            at = body.saturating_add(length);
        }
        Ok(())
    }

    fn add_file(&mut self) -> Result<(), String> {
        let tail = self.bytes(self.n_bytes.saturating_sub(TAIL), TAIL)?;
        let length = u64::from(tail.first_chunk().map_or(0, |length| u32::from_le_bytes(*length)));
        let start = self.n_bytes.saturating_sub(TAIL).checked_sub(length).ok_or_else(outside)?;
        let footer = self.bytes(start, length)?;
        let footer = root_as_footer(&footer).map_err(|e| e.to_string())?;
        let blocks = [footer.dictionaries(), footer.recordBatches()].into_iter().flatten().flatten();
        for block in blocks {
            let numbers = [block.offset(), i64::from(block.metaDataLength()), block.bodyLength()];
            let [offset, head, length] = numbers.map(u64::try_from);
            let (offset, head) = (offset.map_err(|_| outside())?, head.map_err(|_| outside())?);
            let body = offset.checked_add(head).ok_or_else(outside)?;
            let (metadata, _) = self.message(offset)?;
            let metadata = metadata.ok_or_else(outside)?;
            let message = root_as_message(&metadata).map_err(|e| e.to_string())?;
            self.add(message, body, length.map_err(|_| outside())?)?;
        }
        Ok(())
    }

    /// The metadata of a message, none at the end of a stream, and where its body starts.
    fn message(&self, at: u64) -> Result<(Option<Vec<u8>>, u64), String> {
        let number = |at: u64| -> Result<[u8; 4], String> {
            self.bytes(at, 4)?.first_chunk().copied().ok_or_else(outside)
        };
        let first = number(at)?;
        let (length, start) = if first == CONTINUED { (number(at + 4)?, at + 8) } else { (first, at + 4) };
        let length = u64::from(u32::from_le_bytes(length));
        let metadata = if length == 0 { None } else { Some(self.bytes(start, length)?) };
        Ok((metadata, start + length))
    }

    /// Adds what a message says of its body.
    fn add(&mut self, message: Message<'_>, body: u64, length: u64) -> Result<(), String> {
        if body.checked_add(length).is_none_or(|end| end > self.n_bytes) {
            return Err(outside());
        }
        let dictionary = message.header_as_dictionary_batch().and_then(|dictionary| dictionary.data());
        let Some(batch) = message.header_as_record_batch().or(dictionary) else { return Ok(()) };
        self.n_rows = self.n_rows.saturating_add(u64::try_from(batch.length()).map_err(|e| e.to_string())?);
        let mut n_unpacked = length;
        let packed = batch.compression().and_then(|_| batch.buffers());
        for buffer in packed.into_iter().flatten().filter(|buffer| buffer.length() >= 8) {
            let start = u64::try_from(buffer.offset()).ok().and_then(|offset| body.checked_add(offset));
            let said = self.bytes(start.ok_or_else(outside)?, 8)?;
            let said = said.first_chunk().map_or(0, |said| i64::from_le_bytes(*said));
            // Below 0 for what is not packed.
            n_unpacked = n_unpacked.saturating_add(u64::try_from(said).unwrap_or(0));
        }
        self.n_unpacked = self.n_unpacked.saturating_add(n_unpacked);
        if n_unpacked > MOST_AT_ONCE {
            return Err(too_much_at_once("a batch of rows", n_unpacked, MOST_AT_ONCE));
        }
        Ok(())
    }

    fn bytes(&self, at: u64, n: u64) -> Result<Vec<u8>, String> {
        if at.checked_add(n).is_none_or(|end| end > self.n_bytes) {
            return Err(outside());
        }
        let mut bytes = Vec::new();
        let mut file = self.file;
        file.seek(SeekFrom::Start(at)).map_err(|e| e.to_string())?;
        file.take(n).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
        Ok(bytes)
    }
}

/// Fails if there are more rows than a file of this length can have by the limit for what is packed: rows of nothing take no
/// bytes.
pub(super) fn rows_within(n_rows: u64, n_bytes: u64, limits: &Limits) -> Result<(), String> {
    let most = n_bytes.saturating_mul(limits.max_ratio).max(Limits::RATIO_FROM);
    if n_rows > most {
        return Err(format!("expected at most {most} rows in {n_bytes} bytes (--max-ratio), found {n_rows}"));
    }
    Ok(())
}

pub(super) fn outside() -> String {
    "a part is not within the file".to_owned()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::sync::Arc;

    use arrow_array::{ArrayRef, NullArray, RecordBatch, StringArray};
    use arrow_ipc::CompressionType;
    use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};

    use super::*;

    /// A table of one column, as a stream and as a file.
    fn written(column: ArrayRef) -> [Vec<u8>; 2] {
        let batch = RecordBatch::try_from_iter([("text", column)]).unwrap();
        let options =
            || IpcWriteOptions::default().try_with_compression(Some(CompressionType::ZSTD)).unwrap();
        let (mut stream, mut file) = (Vec::new(), Vec::new());
        let mut writer = StreamWriter::try_new_with_options(&mut stream, &batch.schema(), options()).unwrap();
        writer.write(&batch).unwrap();
        writer.finish().unwrap();
        let mut writer = FileWriter::try_new_with_options(&mut file, &batch.schema(), options()).unwrap();
        writer.write(&batch).unwrap();
        writer.finish().unwrap();
        [stream, file]
    }

    fn check(bytes: &[u8]) -> Result<(), String> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        Sizes::check(&file, !bytes.starts_with(b"ARROW1"), &Limits::default())
    }

    /// The bytes with `new` in place of `old`, wherever it stands.
    fn replaced(bytes: &[u8], old: [u8; 8], new: [u8; 8]) -> Vec<u8> {
        let mut changed = bytes.to_vec();
        while let Some(at) = memchr::memmem::find(&changed, &old) {
            changed[at..at + 8].copy_from_slice(&new);
        }
        assert_ne!(changed, bytes);
        changed
    }

    #[test]
    fn a_size_that_is_said_is_held_against_the_file() {
        let text = "rain ".repeat(777);
        for bytes in written(Arc::new(StringArray::from(vec![text.as_str()]))) {
            assert_eq!(check(&bytes), Ok(()));
            let said = (text.len() as u64).to_le_bytes();
            let found = check(&replaced(&bytes, said, (1_u64 << 50).to_le_bytes())).unwrap_err();
            assert!(
                found.starts_with("expected at most 402653184 bytes in a batch of rows, found 11258999"),
                "{found}"
            );
            for n in 0..bytes.len() {
                let _ = check(&bytes[..n]);
            }
            for n in 0..bytes.len() {
                let mut changed = bytes.clone();
                changed[n] ^= 0xff;
                let _ = check(&changed);
            }
            assert!(check(&bytes[..bytes.len() / 2]).is_err());
        }
    }

    #[test]
    fn rows_of_nothing_are_as_many_as_packed_ones_can_be() {
        let most = usize::try_from(Limits::RATIO_FROM).unwrap();
        for (n, is_read) in [(most, true), (most + 1, false)] {
            for bytes in written(Arc::new(NullArray::new(n))) {
                assert_eq!(check(&bytes).is_ok(), is_read, "{n} rows");
            }
        }
    }
}
