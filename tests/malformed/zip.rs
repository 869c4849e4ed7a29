//! ZIP archives.

use std::io::{Cursor, Write as _};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::packed::gzip;
use super::{Case, both, read, refused};

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The archive with bytes changed behind each place where a mark stands.
fn patched(mut bytes: Vec<u8>, mark: &[u8], at: usize, value: &[u8]) -> Vec<u8> {
    let places: Vec<usize> = memchr::memmem::find_iter(&bytes, mark).collect();
    assert!(!places.is_empty());
    for place in places {
        bytes[place + at..place + at + value.len()].copy_from_slice(value);
    }
    bytes
}

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

pub(super) fn cases() -> Vec<Case> {
    let file = "news.zip";
    let story: &[u8] = b"Troops crossed the border on Monday.\n";
    let good = zipped(&[("a.txt", story), ("b.txt", story)]);
    let case = |name, files: &[(&str, &[u8])], n, reasons: &[&'static str]| {
        both(name, file, zipped(files), n, reasons)
    };
    let many: Vec<String> = (0..11).map(|n| format!("{n}.txt")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), story)).collect();
    vec![
        refused("an archive of no byte", file, b"", "found one that cannot be read"),
        refused("text named as an archive", file, story, "found one that cannot be read"),
        refused("an archive of nothing", file, zipped(&[]), "found no entry to read"),
        refused(
            "an archive of pictures",
            file,
            zipped(&[("a.png", b"x"), ("b.jpg", b"y")]),
            "found no entry to read",
        ),
        refused(
            "an archive cut within its directory",
            file,
            &good[..good.len() - 30],
            "found one that cannot be read",
        ),
        refused("an archive cut within an entry", file, &good[..40], "found one that cannot be read"),
        refused("an archive without its head", file, &good[20..], "found one that cannot be read"),
        read("bytes before an archive", file, [b"MZ-stub-", &good[..]].concat(), 2),
        read("bytes behind an archive", file, [&good[..], b"more"].concat(), 2),
        both(
            "entries with another checksum",
            file,
            patched(good.clone(), CENTRAL, 16, b"\0\0\0\0"),
            0,
            &["found another", "found another"],
        ),
        both(
            "entries that are encrypted",
            file,
            patched(patched(good.clone(), LOCAL, 6, b"\x01"), CENTRAL, 8, b"\x01"),
            0,
            &["an encrypted one", "an encrypted one"],
        ),
        both(
            "entries packed in a way that is not known",
            file,
            patched(patched(good.clone(), LOCAL, 8, b"\x0e"), CENTRAL, 10, b"\x0e"),
            0,
            &["found method 14", "found method 14"],
        ),
        both(
            "entries said to be deflated that are not",
            file,
            patched(patched(good.clone(), LOCAL, 8, b"\x08"), CENTRAL, 10, b"\x08"),
            0,
            &["a.txt: cannot read", "b.txt: cannot read"],
        ),
        both(
            "entries that lie where none is",
            file,
            patched(good.clone(), CENTRAL, 42, b"\x05\0\0\0"),
            0,
            &["found none", "found none"],
        ),
        refused(
            "a directory that lies behind the end",
            file,
            patched(good.clone(), END, 16, b"\xff\xff\xff\x7f"),
            "found one that cannot be read",
        ),
        refused(
            "a directory of more entries than it has",
            file,
            patched(good.clone(), END, 8, b"\xff\x00\xff\x00"),
            "found one that cannot be read",
        ),
        case(
            "a path out of the archive",
            &[("../a.txt", story), ("b.txt", story)],
            1,
            &["one that leads out of it"],
        ),
        case(
            "a path from the root",
            &[("/etc/a.txt", story), ("b.txt", story)],
            1,
            &["one that leads out of it"],
        ),
        case(
            "an archive within an archive",
            &[("a.zip", &good), ("b.txt", story)],
            1,
            &["an archive within an archive"],
        ),
        case(
            "an entry that is no text",
            &[("a.txt", b"\x89PNG\r\n\x1a\n"), ("b.txt", story)],
            1,
            &["a PNG picture"],
        ),
        case(
            "an entry that is a broken table",
            &[("a.csv", b"id,body\n1,x\n"), ("b.txt", story)],
            1,
            &["no column \"text\""],
        ),
        case(
            "an entry of broken gzip",
            &[("a.txt.gz", &gzip(story)[..20]), ("b.txt", story)],
            1,
            &["cannot read"],
        ),
        case("too many entries", &many, 0, &["--max-entries"]),
        case(
            "an entry that is too large",
            &[("a.txt", &[b' '; 300 << 10]), ("b.txt", story)],
            1,
            &["--max-record-bytes"],
        ),
    ]
}
