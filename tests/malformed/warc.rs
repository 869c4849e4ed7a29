//! Web archives.

use super::{Case, both, read, refused};

fn record(kind: &str, content: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2021-05-04T10:00:00Z\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// A response with these lines of its head.
fn response(lines: &str, body: &[u8]) -> Vec<u8> {
    let block = [lines.as_bytes(), b"\r\n", body].concat();
    record("response", "application/http;msgtype=response", &block)
}

pub(super) fn cases() -> Vec<Case> {
    let file = "news.warc";
    let page = b"<title>Steel</title><p>Duties rose on Monday.</p>";
    let html = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
    let good = response(html, page);
    let with = |field: &str| response(&format!("{html}{field}\r\n"), page);
    vec![
        refused("a web archive of no byte", file, b"", "found an empty file"),
        refused("a web archive of line breaks", file, b"\r\n\r\n\n", "found an empty file"),
        refused("text named as a web archive", file, b"Duties rose on Monday.", "expected a record of WARC"),
        refused(
            "a record without a length",
            file,
            b"WARC/1.0\r\nWARC-Type: resource\r\n\r\n",
            "found one without",
        ),
        refused(
            "a record with a length that is no number",
            file,
            b"WARC/1.0\r\nContent-Length: many\r\n\r\n",
            "found one without",
        ),
        refused(
            "a record with a length below zero",
            file,
            b"WARC/1.0\r\nContent-Length: -1\r\n\r\n",
            "found one without",
        ),
        refused(
            "a record of 2^64 - 1 bytes",
            file,
            b"WARC/1.0\r\nContent-Length: 18446744073709551615\r\n\r\nx",
            "bytes in a record",
        ),
        both(
            "a record cut off",
            file,
            [&good[..], &good[..good.len() - 20]].concat(),
            1,
            &["news.warc, record 2: expected 93 bytes in a record, found 16 less"],
        ),
        both(
            "a head cut off",
            file,
            [&good[..], &good[..40]].concat(),
            1,
            &["record 2: expected a record with its Content-Length"],
        ),
        both(
            "a record that is longer than it says",
            file,
            [&good[..good.len() - 4], b"more", &good].concat(),
            1,
            &["found something else"],
        ),
        both(
            "letters between records",
            file,
            [&good[..], b"garbage\r\n", &good].concat(),
            1,
            &["record 2: expected a record of WARC, found something else"],
        ),
        refused(
            "a head without an end",
            file,
            [b"WARC/1.0\r\n".to_vec(), vec![b'x'; 300 << 10]].concat(),
            "expected a head of at most",
        ),
        read(
            "a record of an unknown kind",
            file,
            [record("nonsense", "text/html", page), good.clone()].concat(),
            1,
        ),
        read("a response that is no HTTP", file, record("response", "application/http", b"nonsense"), 0),
        read("a response without a body", file, response(html, b""), 1),
        read(
            "a response of an error",
            file,
            response("HTTP/1.1 500 Oh\r\nContent-Type: text/html\r\n", page),
            0,
        ),
        read(
            "a response of a picture",
            file,
            response("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n", page),
            0,
        ),
        read("a response without a type", file, response("HTTP/1.1 200 OK\r\n", page), 0),
        read("a response said to be in chunks that is not", file, with("Transfer-Encoding: chunked"), 1),
        read(
            "chunks that end too early",
            file,
            response(&format!("{html}Transfer-Encoding: chunked\r\n"), b"ffff\r\n<p>Duties rose."),
            1,
        ),
        read("a response said to be packed that is not", file, with("Content-Encoding: gzip"), 1),
        refused(
            "a response of broken gzip",
            file,
            response(&format!("{html}Content-Encoding: gzip\r\n"), &super::packed::gzip(page)[..20]),
            "record 1: incomplete",
        ),
        refused(
            "a response packed in a way that is not known",
            file,
            response(&format!("{html}Content-Encoding: br\r\n"), b"\x8b\x03\x80"),
            "found br",
        ),
        refused(
            "a response of a bomb",
            file,
            response(&format!("{html}Content-Encoding: gzip\r\n"), &super::packed::gzip(&[b' '; 2 << 20])),
            "--max-record-bytes",
        ),
        read(
            "a charset of a server that does not exist",
            file,
            response("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=klingon\r\n", page),
            1,
        ),
        both(
            "a page that is a picture",
            file,
            [response(html, b"\x89PNG\r\n"), good.clone()].concat(),
            1,
            &["found a PNG picture"],
        ),
        both(
            "a page that is too large",
            file,
            [response(html, &[b' '; 300 << 10]), good.clone()].concat(),
            1,
            &["--max-record-bytes"],
        ),
        both(
            "a page nested too deep",
            file,
            [response(html, "<div>".repeat(200).as_bytes()), good.clone()].concat(),
            1,
            &["--max-depth"],
        ),
        read(
            "a date of a crawl that is none",
            file,
            String::from_utf8(good).unwrap().replace("2021-05-04T10", "soon"),
            1,
        ),
    ]
}
