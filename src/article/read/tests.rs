use super::{Limits, ReadOptions, Source, read_from};
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

fn outcomes(name: &str, bytes: impl Into<Vec<u8>>, limits: Limits) -> (Vec<String>, Vec<String>) {
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let source = Source::named(name, &options);
    let (mut ids, mut errors) = (Vec::new(), Vec::new());
    for article in read_from(Cursor::new(bytes.into()), &source, &options) {
        match article {
            Ok(article) => ids.push(article.id),
            Err(error) => errors.push(error.to_string()),
        }
    }
    (ids, errors)
}

#[test]
fn a_record_that_is_too_large_is_named_and_those_behind_it_are_read() {
    let limits = Limits { max_record_bytes: 640, ..Limits::default() };
    let long = "x".repeat(200_000);
    let csv = format!(
        "id,text\na,\"It\nrained.\"\nb,\"{long}\n{long}\"\nc,It snowed.\nd,{}\ne,Hail.",
        ",".repeat(11)
    );
    let jsonl = format!(
        "{{\"id\":\"a\",\"text\":\"x\"}}\n\n{{\"text\":\"{long}\"}}\n{{\"id\":\"c\",\"text\":\"x\"}}"
    );
    let json = format!(
        "[{{\"id\":\"a\",\"text\":\"x\"}},\n\n{{\"text\":\"{long}\"}},{{\"id\":\"c\",\"text\":\"x\"}}]"
    );
    let (ids, errors) = outcomes("n.csv", csv, limits);
    assert_eq!(ids, ["a", "c", "e"]);
    assert!(errors[0].starts_with("n.csv:4: expected at most 640 bytes of one record"), "{errors:?}");
    assert!(errors[1].starts_with("n.csv:7: expected at most 10 tags, fields or values"), "{errors:?}");
    for (name, text) in [("n.jsonl", jsonl), ("n.json", json)] {
        let (ids, errors) = outcomes(name, text, limits);
        assert_eq!(ids, ["a", "c"]);
        let expected =
            format!("{name}:3: expected at most 640 bytes of one record (--max-record-bytes), found more");
        assert_eq!(errors, [expected]);
    }
    let (_, errors) = outcomes("n.txt", long, limits);
    assert_eq!(errors, ["n.txt: expected at most 640 bytes of one record (--max-record-bytes), found more"]);
}

#[test]
fn a_quote_that_never_closes_is_named_by_the_line_that_it_opens_in() {
    let csv = "id,text\na,\"It\nrained.\"\n\"b\nb\",\"It snowed.\nc,It hailed.\nd,Fog.\n";
    let problem = "expected a quote to close the one that opens here, found none to the end";
    let (ids, errors) = outcomes("n.csv", csv, Limits::default());
    assert_eq!(ids, ["a"]);
    assert_eq!(errors, [format!("n.csv:5: {problem}; 2 more lines are not read")]);
    let small = Limits { max_record_bytes: 640, ..Limits::default() };
    let (_, errors) = outcomes("n.csv", format!("{csv}{}", "e,Mist.\n".repeat(100_000)), small);
    assert_eq!(errors, [format!("n.csv:5: {problem}; 100002 more lines are not read")]);
    let closed = outcomes(
        "n.csv",
        csv.replace("It snowed.", "It snowed.\"").replace(",Fog.\n", ",\"Fog.\""),
        Limits::default(),
    );
    assert_eq!((closed.0.len(), closed.1.len()), (4, 0));
}

#[test]
fn long_articles_long_fields_and_deep_values_are_refused_with_the_flag_that_allows_them() {
    let limits = Limits { max_article_bytes: 1280, max_field_bytes: 5, max_depth: 3, ..Limits::default() };
    let csv = format!("id,title,text\na,b,{}\nb,headline,x\nc,d,x\n", "x".repeat(2000));
    let (ids, errors) = outcomes("n.csv", csv, limits);
    assert_eq!(ids, ["c"]);
    assert!(
        errors[0].starts_with("n.csv, article a: ") && errors[0].contains("--max-article-bytes"),
        "{errors:?}"
    );
    assert!(
        errors[1].starts_with("n.csv, article b: ") && errors[1].contains("--max-field-bytes"),
        "{errors:?}"
    );
    let (ids, errors) = outcomes("n.jsonl", "{\"text\":[[[1]]]}\n{\"id\":1,\"text\":\"x\"}\n", limits);
    assert_eq!((ids.len(), errors.len()), (1, 1));
    assert!(
        errors[0].starts_with("n.jsonl:1: expected values nested at most 3 deep (--max-depth)"),
        "{errors:?}"
    );
}

#[test]
fn a_bomb_ends_with_its_reason() {
    let bomb = gzipped(&vec![b'a'; 40 << 20]);
    let limits = Limits { max_record_bytes: 1 << 30, ..Limits::default() };
    for (limits, flag) in [
        (limits, "--max-ratio"),
        (Limits { max_ratio: 10_000, max_unpacked_bytes: 1 << 20, ..limits }, "--max-unpacked-bytes"),
    ] {
        let (_, errors) = outcomes("n.jsonl", bomb.clone(), limits);
        assert_eq!(errors, ["n.jsonl: cannot read"]);
        let options = ReadOptions { limits, ..ReadOptions::default() };
        let read: Vec<_> =
            read_from(Cursor::new(bomb.clone()), &Source::named("n.jsonl", &options), &options).collect();
        assert!(read[0].as_ref().unwrap_err().reason().contains(flag));
    }
}
