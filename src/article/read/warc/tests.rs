use std::io::Write;

use super::super::{Limits, ReadOptions, Source, read_from};
use crate::article::Article;

fn record(kind: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\n{fields}Content-Length: {}\r\n\r\n", block.len());
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(uri: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let fields = format!(
        "WARC-Target-URI: {uri}\r\nWARC-Date: 2021-05-06T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
    );
    record("response", &fields, &[format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat())
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn read_with(bytes: Vec<u8>, limits: Limits) -> Vec<Result<Article, String>> {
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let source = Source::named("crawl.warc.gz", &options);
    read_from(std::io::Cursor::new(bytes), &source, &options).map(|a| a.map_err(|e| e.to_string())).collect()
}

fn read(bytes: Vec<u8>) -> Vec<Result<Article, String>> {
    read_with(bytes, Limits::default())
}

const PAGE: &str = "<html lang=\"en\"><head><title>Steel duty doubles</title>\
    <meta name=\"author\" content=\"Jane Doe\"></head><body><article><h1>Steel duty doubles</h1>\
    <p>Ministers raised the duty on Monday.</p></article></body></html>";

#[test]
fn pages_and_texts_of_a_web_archive_are_articles_and_the_rest_is_passed_over() {
    let html = "200 OK\r\nContent-Type: text/html; charset=utf-8";
    let dated =
        PAGE.replace("</head>", "<meta property=\"article:published_time\" content=\"2021-05-04\"></head>");
    let text = "WARC-Target-URI: https://b.example/\r\nContent-Type: text/plain\r\n";
    let records = [
        record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: x\r\n"),
        record("request", "Content-Type: application/http; msgtype=request\r\n", b"GET / HTTP/1.1\r\n\r\n"),
        response("<https://a.example/1>", html, PAGE.as_bytes()),
        response("https://a.example/2", html, dated.as_bytes()),
        response("https://a.example/404", "404 Not Found\r\nContent-Type: text/html", PAGE.as_bytes()),
        response("https://a.example/p.png", "200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        record("conversion", text, b"It rained on Monday.\n\nIt snowed on Tuesday.\n"),
    ];
    let members: Vec<u8> = records.iter().flat_map(|record| gzipped(record)).collect();
    for bytes in [records.concat(), members, gzipped(&records.concat())] {
        let articles: Vec<Article> = read(bytes).into_iter().map(Result::unwrap).collect();
        assert_eq!(articles.len(), 3);
        let first = &articles[0];
        assert_eq!((first.id.as_str(), first.file.as_str()), ("crawl-1", "crawl.warc.gz"));
        assert_eq!(first.title.as_deref(), Some("Steel duty doubles"));
        assert_eq!(first.byline.as_deref(), Some("Jane Doe"));
        assert_eq!(first.url.as_deref(), Some("https://a.example/1"));
        assert_eq!(first.language.as_deref(), Some("en"));
        assert_eq!(first.date.as_deref(), Some("2021-05-06"), "that of the crawl");
        assert_eq!(first.body().next().unwrap().text, "Ministers raised the duty on Monday.");
        assert_eq!(articles[1].date.as_deref(), Some("2021-05-04"), "that of the page");
        assert_eq!((articles[2].url.as_deref(), articles[2].body().count()), (Some("https://b.example/"), 2));
    }
}

#[test]
fn responses_are_unpacked_and_decoded_as_the_server_says() {
    let latin: Vec<u8> =
        PAGE.replace("Steel", "Stücke").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let packed = gzipped(&latin);
    let chunked = [format!("{:x}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat();
    let head = "200 OK\r\nContent-Type: text/html; charset=\"windows-1252\"\r\ncontent-encoding: gzip\r\n\
        Transfer-Encoding: chunked";
    for body in [chunked, packed, latin] {
        let articles = read(response("https://a.example/1", head, &body));
        assert_eq!(articles[0].as_ref().unwrap().title.as_deref(), Some("Stücke duty doubles"));
    }
    let brotli = head.replace("gzip", "br");
    let error = &read(response("https://a.example/1", &brotli, b"\x8b\x03"))[0];
    let expected =
        "crawl.warc.gz, record 1: expected a page as it is, or packed by gzip or deflate, found br";
    assert_eq!(error.as_ref().unwrap_err(), expected);
}

#[test]
fn a_record_over_the_limit_is_rejected_and_the_next_is_read() {
    let head = "200 OK\r\nContent-Type: text/html";
    let long = format!("<p>{}", "It rained. ".repeat(1 << 20));
    let packed = "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip";
    let bytes = [
        response("https://a.example/1", head, long.as_bytes()),
        response("https://a.example/2", packed, &gzipped(long.as_bytes())),
        response("https://a.example/3", head, PAGE.as_bytes()),
    ];
    let articles = read_with(bytes.concat(), Limits { max_record_bytes: 1 << 20, ..Limits::default() });
    for (i, article) in articles[..2].iter().enumerate() {
        let expected = "expected at most 1048576 bytes of one record (--max-record-bytes), found more";
        assert_eq!(article.as_ref().unwrap_err(), &format!("crawl.warc.gz, record {}: {expected}", i + 1));
    }
    assert!(articles[2].is_ok());
}

#[test]
fn what_is_no_web_archive_or_breaks_off_is_rejected() {
    let whole = response("https://a.example/1", "200 OK\r\nContent-Type: text/html", PAGE.as_bytes());
    let cut = [&whole[..], &whole[..whole.len() - 20]].concat();
    let articles = read(cut);
    assert!(articles[0].is_ok());
    let expected = "bytes in a record, found 16 less";
    assert!(articles[1].as_ref().unwrap_err().ends_with(expected), "{articles:?}");
    for (bytes, problem) in [
        (&b"It rained.\n"[..], ", record 1: expected a record of WARC, found something else"),
        (b"", ": expected a record of WARC, found an empty file"),
        (
            b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
            ", record 1: expected a record with its Content-Length, found one without",
        ),
    ] {
        assert_eq!(read(bytes.to_vec())[0].as_ref().unwrap_err(), &format!("crawl.warc.gz{problem}"));
    }
    let endless = [&b"WARC/1.0\r\nA: "[..], &b"x".repeat(1 << 20)].concat();
    let expected = "crawl.warc.gz, record 1: expected a head of at most 262144 bytes, found more";
    assert_eq!(read(endless)[0].as_ref().unwrap_err(), expected);
}
