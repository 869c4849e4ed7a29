//! What a Parquet file says of its pages, looked at before they are read: a page is in memory as a whole, and what its column
//! says in the metadata need not be true.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

use flate2::read::MultiGzDecoder;
use parquet::basic::Compression;
use parquet::file::metadata::ParquetMetaData;

use super::ipc::outside;
use super::thrift::{Number, walk};
use super::{MOST_AT_ONCE, too_much_at_once};

/// Behind the metadata: its length, and `PAR1`.
const TAIL: u64 = 8;

/// Bytes of a header that are read at a time.
const HEADER: usize = 512;

/// What the header of a page says.
#[derive(Debug, Default)]
struct Page {
    is_dictionary: bool,
    /// Where it starts.
    body: u64,
    n_bytes: u64,
    n_unpacked: u64,
    /// Bytes before what is packed.
    n_levels: u64,
}

/// Fails if the metadata at the end of a file is longer than it can be, or does not end.
pub(super) fn check_metadata(file: &File, n_bytes: u64) -> Result<(), String> {
    let tail = n_bytes.checked_sub(TAIL).ok_or_else(outside)?;
    let mut length = [0; 4];
    at(file, tail)?.read_exact(&mut length).map_err(|e| e.to_string())?;
    let length = u64::from(u32::from_le_bytes(length));
    let start = tail.checked_sub(length).ok_or_else(outside)?;
    walk(BufReader::new(at(file, start)?.take(length)), &mut |_| {}).map(drop)
}

/// Fails if a page is not within the file, or the pages of a group of rows that are in memory together, a dictionary and one
/// of values for each column, take more than `most` bytes.
pub(super) fn check(file: &File, n_bytes: u64, metadata: &ParquetMetaData, most: u64) -> Result<(), String> {
    for group in metadata.row_groups() {
        let mut n_together = 0_u64;
        for column in group.columns() {
            let (start, length) = column.byte_range();
            let end = start.checked_add(length).filter(|&end| end <= n_bytes).ok_or_else(outside)?;
            let (mut dictionary, mut values, mut next) = (0, 0, start);
            while next < end {
                let page = Page::read(file, next, end)?;
                let largest = if page.is_dictionary { &mut dictionary } else { &mut values };
                *largest = page.unpacked(file, column.compression())?.max(*largest);
                next = page.body + page.n_bytes;
            }
            n_together = n_together.saturating_add(dictionary).saturating_add(values);
        }
        if n_together > most {
            return Err(too_much_at_once("pages of a group of rows", n_together, most));
        }
    }
    Ok(())
}

impl Page {
    /// The page whose header is at `start`, and which must end at `end`.
    fn read(file: &File, start: u64, end: u64) -> Result<Self, String> {
        let (mut kind, mut page) = (0, Self::default());
        let mut numbers = [0_i64; 4];
        let header = BufReader::with_capacity(HEADER, at(file, start)?.take(end - start));
        let length = walk(header, &mut |Number { within, field, value }| match (within, field) {
            (None, 1) => kind = value,
            (None, 2) => numbers[0] = value,
            (None, 3) => numbers[1] = value,
            (Some(8), 5) => numbers[2] = value,
            (Some(8), 6) => numbers[3] = value,
            _ => {}
        })?;
        let [unpacked, packed, definitions, repetitions] =
            numbers.map(|n| u64::try_from(n).map_err(|_| outside()));
        page.is_dictionary = kind == 2;
        page.body = start + length;
        (page.n_unpacked, page.n_bytes) = (unpacked?, packed?);
        page.n_levels = definitions?.saturating_add(repetitions?);
        if page.n_bytes > end - page.body {
            return Err(outside());
        }
        Ok(page)
    }

    /// Bytes that it takes when it has been read. What is packed as GZIP is unpacked to its end, whatever the header says.
    fn unpacked(&self, file: &File, compression: Compression) -> Result<u64, String> {
        let mut n_unpacked = 0;
        if let Compression::GZIP(_) = compression {
            let packed = at(file, self.body.saturating_add(self.n_levels))?;
            let packed = packed.take(self.n_bytes.saturating_sub(self.n_levels));
            let mut unpacked = MultiGzDecoder::new(packed).take(MOST_AT_ONCE + 1);
            let mut buffer = [0; 8 << 10];
            // What cannot be unpacked, the crate refuses.
            while let Ok(n @ 1..) = unpacked.read(&mut buffer) {
                n_unpacked += n as u64;
            }
        }
        Ok(n_unpacked.max(self.n_unpacked).max(self.n_bytes))
    }
}

fn at(mut file: &File, place: u64) -> Result<&File, String> {
    file.seek(SeekFrom::Start(place)).map_err(|e| e.to_string())?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::sync::Arc;

    use arrow_array::{ArrayRef, RecordBatch, StringArray};
    use parquet::arrow::ArrowWriter;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use parquet::basic::GzipLevel;
    use parquet::file::properties::{WriterProperties, WriterVersion};

    use super::*;

    fn file(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    fn check_both(bytes: &[u8], most: u64) -> Result<(), String> {
        let (file, n_bytes) = (file(bytes), bytes.len() as u64);
        check_metadata(&file, n_bytes)?;
        let builder = ParquetRecordBatchReaderBuilder::try_new(file.try_clone().unwrap());
        check(&file, n_bytes, builder.map_err(|e| e.to_string())?.metadata(), most)
    }

    /// A table of one column, without a dictionary.
    fn written(texts: Vec<&str>, compression: Compression, version: WriterVersion) -> Vec<u8> {
        let column: ArrayRef = Arc::new(StringArray::from(texts));
        let batch = RecordBatch::try_from_iter([("text", column)]).unwrap();
        let properties = WriterProperties::builder().set_compression(compression).set_writer_version(version);
        let properties = properties.set_dictionary_enabled(false).build();
        let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
        writer.write(&batch).unwrap();
        writer.into_inner().unwrap()
    }

    #[test]
    fn pages_of_every_version_and_packing_are_within_their_file_and_no_change_of_a_byte_breaks_the_check() {
        let rain = "rain ".repeat(99);
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            for compression in
                [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::GZIP(GzipLevel::default())]
            {
                let bytes = written(vec![&rain, "hail"], compression, version);
                assert_eq!(check_both(&bytes, MOST_AT_ONCE), Ok(()), "{version:?} {compression:?}");
                for n in 0..bytes.len() {
                    let mut changed = bytes.clone();
                    changed[n] ^= 0xff;
                    let _ = std::panic::catch_unwind(|| check_both(&changed, MOST_AT_ONCE));
                }
                assert!(check_both(&bytes[..bytes.len() / 2], MOST_AT_ONCE).is_err());
            }
        }
    }

    #[test]
    fn pages_of_more_bytes_than_may_be_in_memory_at_once_are_refused() {
        let rain = "rain ".repeat(999);
        for compression in
            [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::GZIP(GzipLevel::default())]
        {
            let bytes = written(vec![&rain], compression, WriterVersion::PARQUET_1_0);
            // Four bytes of length stand before the text.
            let n_bytes = rain.len() as u64 + 4;
            assert_eq!(check_both(&bytes, n_bytes), Ok(()));
            let expected = format!(
                "expected at most {} bytes in pages of a group of rows, found {n_bytes}",
                n_bytes - 1
            );
            assert_eq!(check_both(&bytes, n_bytes - 1), Err(expected));
        }
    }

    #[test]
    fn a_page_beyond_its_column_is_refused() {
        // A page of values, 70 bytes unpacked, 2 packed.
        let page = [0x15, 0, 0x15, 140, 1, 0x15, 4, 0, b'a', b'b'];
        let read = Page::read(&file(&page), 0, page.len() as u64).unwrap();
        assert_eq!((read.n_unpacked, read.n_bytes, read.body), (70, 2, 8));
        for end in 0..page.len() as u64 {
            assert!(Page::read(&file(&page), 0, end).is_err(), "{end}");
        }
    }

    #[test]
    fn what_is_packed_as_gzip_is_unpacked_whatever_its_header_says() {
        let mut packed = flate2::write::GzEncoder::new(vec![0; 5], flate2::Compression::fast());
        packed.write_all(&vec![0; 2 << 20]).unwrap();
        let packed = packed.finish().unwrap();
        let page = Page { n_bytes: packed.len() as u64, n_unpacked: 1, n_levels: 5, ..Page::default() };
        let unpacked = |bytes: &[u8]| page.unpacked(&file(bytes), Compression::GZIP(GzipLevel::default()));
        assert_eq!(unpacked(&packed), Ok(2 << 20));
        assert!(unpacked(&packed[..packed.len() / 2]).unwrap() > 100 << 10, "as far as it can be");
    }
}
