use super::{ReadOptions, Source, read_from};
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
