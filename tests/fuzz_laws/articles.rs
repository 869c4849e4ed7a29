//! Bytes to articles.

use std::io::{Cursor, Read};

use newsbeat::Result;
use newsbeat::article::Article;
use newsbeat::article::read::{INPUT_FORMATS, InputFormat, ReadOptions, Source, read_from};

use super::{choice, pick};

/// Hands out a stream in crumbs, as a slow pipe does.
struct Crumbs(Cursor<Vec<u8>>);

impl Read for Crumbs {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let most = out.len().min(3);
        self.0.read(&mut out[..most])
    }
}

/// The articles of bytes, under a format's usual name.
pub(super) fn read(reader: impl Read + Send + 'static, format: &InputFormat) -> Vec<Result<Article>> {
    let options = ReadOptions { input_format: Some(*format), ..ReadOptions::default() };
    let name = format!("news.{}", format.extensions.first().expect("a format has an extension"));
    read_from(reader, &Source::named(name, &options), &options).collect()
}

/// The first byte chooses the format.
pub(super) fn hold(bytes: &[u8]) {
    let (number, bytes) = choice(bytes);
    let format = pick(INPUT_FORMATS, number);
    let articles = read(Cursor::new(bytes.to_vec()), format);
    let again = read(Crumbs(Cursor::new(bytes.to_vec())), format);
    let comparable = |articles: &[Result<Article>]| -> Vec<Result<Article, String>> {
        articles.iter().map(|a| a.as_ref().cloned().map_err(ToString::to_string)).collect()
    };
    assert_eq!(comparable(&articles), comparable(&again), "however the bytes arrive");
    let is_packed = [&b"\x1f\x8b"[..], b"\x28\xb5\x2f\xfd", b"PK"].iter().any(|mark| bytes.starts_with(mark));
    for article in articles {
        match article {
            Ok(article) => article_holds(&article, (!is_packed).then_some(bytes)),
            Err(error) => {
                let text = error.to_string();
                assert!(text.contains("news.") && !error.reason().is_empty(), "{text}");
            }
        }
    }
}

fn article_holds(article: &Article, bytes: Option<&[u8]>) {
    let mut end = 0;
    for paragraph in &article.paragraphs {
        assert!(!paragraph.text.trim().is_empty() && !paragraph.text.contains(['\n', '\r']));
        let Some(span) = paragraph.span else { continue };
        assert!(end <= span.start && span.start < span.end);
        end = span.end;
        let Some(bytes) = bytes else { continue };
        let source = bytes.get(span.range()).expect("a span lies in the file");
        if let Ok(text) = std::str::from_utf8(bytes) {
            assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
        }
        // What is read as UTF-8 starts and ends as it is printed.
        if std::str::from_utf8(bytes).is_ok() && article.n_replaced == 0 && paragraph.text.is_ascii() {
            assert!(source.first() == paragraph.text.as_bytes().first() || !source.is_ascii());
        }
    }
    if let Some(date) = &article.date {
        let parts: Vec<&str> = date.split('-').collect();
        let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
        assert!(parts.len() <= 3 && parts[0].len() == 4 && parts.iter().all(is_number), "{date}");
    }
    assert!(!article.id.is_empty() && article.file.starts_with("news."));
}
