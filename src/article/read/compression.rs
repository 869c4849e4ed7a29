//! Compressed streams, known by their first bytes.

use std::io::{Cursor, Read, Result};

use flate2::read::MultiGzDecoder;

/// Extensions behind the format's own: `news.csv.gz`.
pub(super) const EXTENSIONS: &[&str] = &["gz", "zst"];

const GZIP: &[u8] = b"\x1f\x8b";
const ZSTANDARD: &[u8] = b"\x28\xb5\x2f\xfd";

/// The stream itself, or what it unpacks to.
pub(super) fn unpacked(mut reader: impl Read + Send + 'static) -> Result<Box<dyn Read + Send>> {
    let mut head = Vec::new();
    reader.by_ref().take(ZSTANDARD.len() as u64).read_to_end(&mut head)?;
    let is = |signature: &[u8]| head.starts_with(signature);
    let (is_gzip, is_zstandard) = (is(GZIP), is(ZSTANDARD));
    let whole = Cursor::new(head).chain(reader);
    Ok(if is_gzip {
        Box::new(MultiGzDecoder::new(whole))
    } else if is_zstandard {
        Box::new(zstd::Decoder::new(whole)?)
    } else {
        Box::new(whole)
    })
}

#[cfg(test)]
mod tests {
    use super::super::{ReadOptions, Source, read_from};
    use std::io::{Cursor, Write};

    const CSV: &[u8] = b"id,text\na,It rained.\nb,It snowed.\n";

    fn gzipped(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn n_read(name: &str, bytes: Vec<u8>) -> (usize, usize) {
        let options = ReadOptions::default();
        let source = Source::named(name, &options);
        assert_eq!((source.format.name, source.id.as_str()), ("csv", "news"));
        let articles: Vec<_> = read_from(Cursor::new(bytes), &source, &options).collect();
        (articles.iter().filter(|a| a.is_ok()).count(), articles.iter().filter(|a| a.is_err()).count())
    }

    #[test]
    fn gzip_and_zstandard_are_unpacked_as_they_are_read() {
        assert_eq!(n_read("news.csv.gz", gzipped(CSV)), (2, 0));
        assert_eq!(n_read("news.csv.gz", [gzipped(CSV), gzipped(b"c,It hailed.\n")].concat()), (3, 0));
        assert_eq!(n_read("news.csv.zst", zstd::encode_all(CSV, 0).unwrap()), (2, 0));
        assert_eq!(n_read("news.csv", gzipped(CSV)), (2, 0));
    }

    #[test]
    fn a_truncated_archive_is_an_error_and_no_panic() {
        let bytes = gzipped(&CSV.repeat(1000));
        let (_, n_errors) = n_read("news.csv.gz", bytes[..bytes.len() / 2].to_vec());
        assert_eq!(n_errors, 1);
    }
}
