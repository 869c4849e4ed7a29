use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::super::{Limits, ReadOptions, Source, read, read_from};
use crate::article::Article;

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, deflated()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn deflated() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated)
}

fn read_with(bytes: Vec<u8>, limits: Limits) -> Vec<Result<Article, String>> {
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let source = Source::named("news.zip", &options);
    let articles = read_from(Cursor::new(bytes), &source, &options);
    articles.map(|a| a.map_err(|e| format!("{}: {}", e.place().unwrap_or_default(), e.reason()))).collect()
}

fn read_all(bytes: Vec<u8>) -> Vec<Result<Article, String>> {
    read_with(bytes, Limits::default())
}

fn only_error(articles: &[Result<Article, String>]) -> &str {
    let errors: Vec<_> = articles.iter().filter_map(|a| a.as_ref().err()).collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors[0]
}

/// Sets bits in the local header and the directory of every entry.
fn patched(mut bytes: Vec<u8>, local: (usize, u8), central: (usize, u8)) -> Vec<u8> {
    for (signature, (at, bits)) in [(b"PK\x03\x04", local), (b"PK\x01\x02", central)] {
        for start in memchr::memmem::find_iter(&bytes.clone(), signature) {
            bytes[start + at] |= bits;
        }
    }
    bytes
}

const GOOD: (&str, &[u8]) = ("good.txt", b"It rained on Monday.\n");

#[test]
fn entries_are_read_in_the_order_of_names_by_their_own_extension() {
    let bytes = zipped(&[
        ("b/page.html", b"<title>Wool</title><p>Wool fell on Tuesday.</p>"),
        ("b-side.txt", b"It hailed on Sunday."),
        ("a.csv", b"id,text\n7,It rained on Monday.\n8,It snowed.\n"),
        ("b/", b""),
        ("README.md", b"x"),
        ("b/picture.jpg", b"x"),
        ("__MACOSX/a.csv", b"x"),
        (".hidden/a.txt", b"x"),
    ]);
    let articles: Vec<Article> = read_all(bytes.clone()).into_iter().map(Result::unwrap).collect();
    let ids: Vec<_> = articles.iter().map(|a| (a.id.as_str(), a.file.as_str())).collect();
    let expected = [
        ("7", "news.zip/a.csv"),
        ("8", "news.zip/a.csv"),
        ("news/b/page", "news.zip/b/page.html"),
        ("news/b-side", "news.zip/b-side.txt"),
    ];
    assert_eq!(ids, expected);
    assert_eq!(articles[2].title.as_deref(), Some("Wool"));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.zip");
    std::fs::write(&path, &bytes).unwrap();
    let options = ReadOptions::default();
    let from_disk: Vec<_> = read(&Source::named(&path, &options), &options).map(Result::unwrap).collect();
    assert_eq!(
        from_disk.iter().map(|a| &a.id).collect::<Vec<_>>(),
        articles.iter().map(|a| &a.id).collect::<Vec<_>>()
    );
    let packed = zstd::encode_all(&bytes[..], 0).unwrap();
    std::fs::write(folder.path().join("news.zip.zst"), packed).unwrap();
    let source = Source::named(folder.path().join("news.zip.zst"), &options);
    assert_eq!(read(&source, &options).flatten().count(), 4);
}

#[test]
fn compressed_files_in_an_archive_are_read() {
    let csv = zstd::encode_all(&b"id,text\n7,It rained.\n"[..], 0).unwrap();
    assert_eq!(read_all(zipped(&[("a.csv.zst", &csv)]))[0].as_ref().unwrap().id, "7");
}

#[test]
fn a_path_that_leads_out_of_an_archive_is_rejected_and_the_others_are_read() {
    for name in
        ["../x.txt", "/etc/x.txt", "a/../../x.txt", "a/../x.txt", "C:\\x.txt", "..\\x.txt", "\\\\host\\x.txt"]
    {
        let articles = read_all(zipped(&[(name, b"It hailed."), GOOD]));
        let place = name.replace('\\', "/");
        let expected =
            format!("news.zip/{place}: expected a path within the archive, found one that leads out of it");
        assert_eq!(only_error(&articles), expected);
        assert_eq!(articles.len(), 2);
    }
    assert!(!std::path::Path::new("../x.txt").exists());
}

#[test]
fn an_encrypted_entry_is_rejected() {
    for bytes in [patched(zipped(&[GOOD]), (6, 1), (8, 1)), patched(zipped(&[GOOD]), (6, 0), (8, 1))] {
        let expected = "news.zip/good.txt: expected an entry that everybody can read, found an encrypted one";
        assert_eq!(only_error(&read_all(bytes)), expected);
    }
}

#[test]
fn an_entry_packed_by_an_unknown_method_is_rejected() {
    let articles = read_all(patched(zipped(&[GOOD]), (8, 0x4e), (10, 0x4e)));
    let expected =
        "expected an entry stored (method 0), deflated (8) or packed by Zstandard (93), found method 78";
    assert_eq!(only_error(&articles), format!("news.zip/good.txt: {expected}"));
}

#[test]
fn an_archive_within_an_archive_is_rejected() {
    let inner = zipped(&[GOOD]);
    let packed = zstd::encode_all(&inner[..], 0).unwrap();
    for (name, bytes) in [("inner.zip", &inner), ("inner.zip.zst", &packed)] {
        let articles = read_all(zipped(&[(name, bytes), GOOD]));
        let expected = format!("news.zip/{name}: expected an article, found an archive within an archive");
        assert_eq!((only_error(&articles), articles.len()), (expected.as_str(), 2));
    }
    let articles = read_all(zipped(&[("inner.txt", &inner), GOOD]));
    assert!(only_error(&articles).starts_with("news.zip/inner.txt: expected text, found a ZIP archive"));
}

#[test]
fn a_symbolic_link_in_an_archive_is_rejected() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("link.txt", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    assert_eq!(only_error(&read_all(bytes)), "news.zip/link.txt: expected a file, found a symbolic link");
}

#[test]
fn a_zip_bomb_is_rejected_once_it_shows() {
    let row = format!("1,{}\n", "x".repeat(60_000));
    let bomb = format!("id,text\n{}", row.repeat(400));
    let bytes = zipped(&[("a.csv", bomb.as_bytes()), GOOD]);
    assert!(bytes.len() < bomb.len() / 250);
    let articles = read_all(bytes);
    let errors: Vec<_> = articles.iter().filter_map(|a| a.as_ref().err()).collect();
    assert!(
        errors[0].starts_with("news.zip/a.csv: cannot read: expected at most 200 bytes unpacked"),
        "{errors:?}"
    );
    assert!(errors[1].ends_with("; its entries from good.txt on are not read"), "{errors:?}");
    assert_eq!(errors.len(), 2);
    let text = "It rained on Monday. ".repeat(50);
    let bytes = zipped(&["a.txt", "b.txt", "c.txt"].map(|name| (name, text.as_bytes())));
    let articles = read_with(bytes, Limits { max_unpacked_bytes: 2000, ..Limits::default() });
    let reasons: Vec<_> = articles.iter().map(|a| a.as_ref().err().map_or("read", |e| e.as_str())).collect();
    assert_eq!((reasons[0], reasons.len()), ("read", 3));
    assert!(
        reasons[1].starts_with("news.zip/b.txt: cannot read: expected at most 2000 bytes unpacked"),
        "{reasons:?}"
    );
    assert!(reasons[2].ends_with("; its entries from c.txt on are not read"), "{reasons:?}");
}

#[test]
fn a_line_of_ten_megabytes_in_an_archive_is_rejected_where_a_record_may_have_one() {
    let long = "It rained. ".repeat(1 << 20);
    let rows = format!("id,text\n1,{long}\n");
    let bytes = zipped(&[("a.txt", long.as_bytes()), GOOD]);
    let limits = Limits { max_record_bytes: 1 << 20, ..Limits::default() };
    let articles = read_with(bytes, limits);
    let expected = "expected at most 1048576 bytes of one record (--max-record-bytes), found more";
    assert_eq!((only_error(&articles), articles.len()), (format!("news.zip/a.txt: {expected}").as_str(), 2));
    let articles = read_with(zipped(&[("a.csv", rows.as_bytes()), GOOD]), Limits::default());
    assert!(
        only_error(&articles)
            .starts_with("news.zip/a.csv, article 1: expected at most 4194304 bytes of text")
    );
}

#[test]
fn an_archive_of_too_many_entries_is_rejected() {
    let bytes = zipped(&[GOOD, ("b.txt", b"x"), ("c.jpg", b"x")]);
    let limits = |max_entries| Limits { max_entries, ..Limits::default() };
    assert_eq!(read_with(bytes.clone(), limits(3)).len(), 2);
    let expected = "news.zip: expected at most 2 files in an archive (--max-entries), found 3";
    assert_eq!(only_error(&read_with(bytes, limits(2))), expected);
}

#[test]
fn a_directory_that_would_fill_the_memory_is_rejected() {
    let names: Vec<String> = (0..20).map(|i| format!("{i}{}.txt", "x".repeat(60_000))).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let articles = read_with(zipped(&files), Limits { max_entries: 20, ..Limits::default() });
    assert!(only_error(&articles).ends_with("(i/o error: its directory is too long)"), "{articles:?}");
}

#[test]
fn an_archive_that_is_broken_is_rejected() {
    let bytes = zipped(&[GOOD]);
    for broken in [&bytes[..bytes.len() / 2], b"It rained.", b""] {
        let error = read_all(broken.to_vec());
        assert!(
            only_error(&error).starts_with("news.zip: expected a ZIP archive, found one that cannot be read")
        );
    }
    let empty = read_all(zipped(&[("a.jpg", b"x")]));
    assert_eq!(only_error(&empty), "news.zip: expected at least one article, found no entry to read");
    let mut stored = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    stored.start_file("a.txt", options).unwrap();
    stored.write_all(GOOD.1).unwrap();
    let mut stored = stored.finish().unwrap().into_inner();
    let at = memchr::memmem::find(&stored, b"Monday").unwrap();
    stored[at] = b'S';
    let expected = "expected an entry with the checksum of the directory, found another";
    assert_eq!(only_error(&read_all(stored)), format!("news.zip/a.txt: cannot read: {expected}"));
}

#[test]
fn any_change_of_a_byte_of_an_archive_is_survived() {
    let bytes = zipped(&[GOOD, ("b.csv", b"id,text\n7,It rained.\n")]);
    for at in 0..bytes.len() {
        for value in [0, 0xff, bytes[at] ^ 1] {
            let mut changed = bytes.clone();
            changed[at] = value;
            assert!(read_all(changed).len() <= 3);
        }
    }
}
