//! Files packed by gzip and Zstandard.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{Case, both, read, refused};

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstandard(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 0).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// All but the last bytes.
fn cut(mut bytes: Vec<u8>, n: usize) -> Vec<u8> {
    bytes.truncate(bytes.len() - n);
    bytes
}

/// A bit of the byte that is so far from the end is another.
fn flipped(mut bytes: Vec<u8>, from_end: usize) -> Vec<u8> {
    let at = bytes.len() - from_end;
    bytes[at] ^= 1;
    bytes
}

pub(super) fn cases() -> Vec<Case> {
    let story = b"Troops crossed the border on Monday.\n";
    let csv = b"id,text\n1,Duties rose.\n2,Wool fell.\n";
    let (gz, zst) = (gzip(story), zstandard(story));
    let zeros = vec![b' '; 2 << 20];
    let joined = |parts: &[&[u8]]| parts.concat();
    vec![
        read("gzip of nothing", "news.txt.gz", gzip(b""), 1),
        read("no byte under the name of gzip", "news.txt.gz", b"", 1),
        read("plain text under the name of gzip", "news.txt.gz", story, 1),
        read("gzip under the name of Zstandard", "news.txt.zst", &gz, 1),
        refused("gzip cut within its header", "news.txt.gz", &gz[..6], "cannot read"),
        refused("gzip cut within its text", "news.txt.gz", &gz[..gz.len() / 2], "cannot read"),
        refused("gzip cut within its checksum", "news.txt.gz", cut(gz.clone(), 6), "cannot read"),
        refused("gzip with another checksum", "news.txt.gz", flipped(gz.clone(), 7), "checksum"),
        refused("gzip with another length", "news.txt.gz", flipped(gz.clone(), 2), "checksum"),
        refused("gzip with another bit in its text", "news.txt.gz", flipped(gz.clone(), 15), "checksum"),
        refused(
            "gzip of an unknown method",
            "news.txt.gz",
            b"\x1f\x8b\x09\0\0\0\0\0\0\x03\x03\0",
            "invalid gzip header",
        ),
        refused(
            "two bytes of gzip and text",
            "news.txt.gz",
            b"\x1f\x8bTroops crossed the border.",
            "invalid gzip header",
        ),
        refused("gzip with letters behind it", "news.txt.gz", joined(&[&gz, b"garbage"]), "cannot read"),
        read("gzip in two members", "news.txt.gz", joined(&[&gz, &gz]), 1),
        refused(
            "gzip in two members, the second cut off",
            "news.txt.gz",
            joined(&[&gz, &gz[..20]]),
            "cannot read",
        ),
        refused("gzip within gzip", "news.txt.gz", gzip(&gz), "found gzip data"),
        refused("a bomb of gzip", "news.txt.gz", gzip(&zeros), "--max-record-bytes"),
        both(
            "a bomb of gzip in a table",
            "news.csv.gz",
            gzip(&[&csv[..], b"3,", &zeros].concat()),
            2,
            &["--max-unpacked-bytes"],
        ),
        both("a table of gzip cut off", "news.csv.gz", cut(gzip(csv), 6), 0, &["cannot read"]),
        both(
            "lines of gzip with another checksum",
            "news.jsonl.gz",
            flipped(gzip(b"{\"text\":\"Duties rose.\"}\n"), 7),
            0,
            &["checksum"],
        ),
        read("Zstandard of nothing", "news.txt.zst", zstandard(b""), 1),
        refused("Zstandard cut within its header", "news.txt.zst", &zst[..5], "cannot read"),
        refused("Zstandard cut within its text", "news.txt.zst", &zst[..zst.len() / 2], "cannot read"),
        refused("Zstandard with another checksum", "news.txt.zst", flipped(zst.clone(), 1), "checksum"),
        refused(
            "Zstandard with letters behind it",
            "news.txt.zst",
            joined(&[&zst, b"garbage"]),
            "cannot read",
        ),
        read("Zstandard in two frames", "news.txt.zst", joined(&[&zst, &zst]), 1),
        refused(
            "Zstandard that wants a dictionary",
            "news.txt.zst",
            b"\x28\xb5\x2f\xfd\x21\x07\x01\x01\0\0x",
            "cannot read",
        ),
        refused(
            "Zstandard that wants all memory",
            "news.txt.zst",
            b"\x28\xb5\x2f\xfd\x00\xf8\x01\0\0x",
            "cannot read",
        ),
        both(
            "a bomb of Zstandard in a table",
            "news.csv.zst",
            zstandard(&[&csv[..], b"3,", &zeros].concat()),
            2,
            &["--max-unpacked-bytes"],
        ),
    ]
}
