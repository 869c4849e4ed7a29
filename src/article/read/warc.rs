//! WARC (ISO 28500): what a crawler fetched, one record after the other; streamed.
//!
//! Web pages and plain text are read: successful HTTP responses, resources, and the texts that conversions made of pages
//! (WET). All other records are passed over.

mod http;

use std::io::{self, BufRead, BufReader, Read};

use super::{Articles, Input, InputFormat, Limits, ReadOptions};
use crate::article::encoding::{check_text, decode};
use crate::article::{Article, date, html, structure};
use crate::error::{Error, Result};

/// Web archives.
pub(super) const WARC: InputFormat = InputFormat {
    name: "warc",
    extensions: &["warc", "wet"],
    about: "web archives: pages and texts, with their address and, where a page says no date, that of the crawl",
    read: articles,
};

/// The longest head of a record or of a response.
const MOST_HEAD_BYTES: u64 = 256 * 1024;

fn articles(input: Input, options: &ReadOptions) -> Articles {
    Box::new(Records {
        reader: BufReader::with_capacity(1 << 16, input.reader),
        limits: options.limits,
        file: input.file,
        stem: input.id,
        number: 0,
        n_seen: 0,
        is_done: false,
    })
}

struct Records {
    reader: BufReader<Box<dyn Read + Send>>,
    limits: Limits,
    file: String,
    stem: String,
    /// The number of the record that was read last, from 1.
    number: u64,
    n_seen: u64,
    is_done: bool,
}

/// A page or text out of a record.
struct Page {
    bytes: Vec<u8>,
    is_html: bool,
    /// The encoding that the server declares.
    charset: Option<String>,
    url: Option<String>,
    date: Option<String>,
}

/// Fields of a head by name, in lower case.
#[derive(Debug, Default)]
struct Fields(Vec<(String, String)>);

impl Fields {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str()).filter(|v| !v.is_empty())
    }
}

impl Records {
    /// The next record that is a page or a text, or why it cannot be read; the outer error is one that nothing can be
    /// read behind.
    fn next_page(&mut self) -> Result<Option<Result<Page, String>>, String> {
        loop {
            let Some(version) = first_line(&mut self.reader)? else { return Ok(None) };
            self.number += 1;
            if !version.starts_with("WARC/") {
                return Err("expected a record of WARC, found something else".to_owned());
            }
            let fields = fields(&mut self.reader)?;
            let length = fields.get("content-length").and_then(|length| length.parse::<u64>().ok());
            let Some(length) = length else {
                return Err("expected a record with its Content-Length, found one without".to_owned());
            };
            let mut block = (&mut self.reader).take(length);
            let page = page(&fields, &mut block, &self.limits);
            io::copy(&mut block, &mut io::sink()).map_err(|e| e.to_string())?;
            if block.limit() > 0 {
                return Err(format!("expected {length} bytes in a record, found {} less", block.limit()));
            }
            if let Some(page) = page.transpose() {
                return Ok(Some(page));
            }
        }
    }

    fn article(&self, page: Page, place: &str) -> Result<Article> {
        check_text(&page.bytes, place)?;
        let read = match &page.charset {
            Some(charset) if page.is_html => {
                // What the server declares comes before what the page does.
                let decoded = decode(&page.bytes, Some(charset));
                let article = html::article_within(decoded.text.as_bytes(), place, &self.limits)?;
                Article { n_replaced: decoded.n_replaced, ..article }
            }
            None if page.is_html => html::article_within(&page.bytes, place, &self.limits)?,
            charset => {
                let decoded = decode(&page.bytes, charset.as_deref());
                Article { n_replaced: decoded.n_replaced, ..structure::article(&decoded.text) }
            }
        };
        Ok(Article {
            id: format!("{}-{}", self.stem, self.n_seen),
            file: self.file.clone(),
            url: page.url.or(read.url),
            date: read.date.or_else(|| date::iso_date(page.date.as_deref()?)),
            ..read
        })
    }
}

impl Iterator for Records {
    type Item = Result<Article>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let next = self.next_page();
        let place = format!("{}, record {}", self.file, self.number);
        match next {
            Ok(None) => {
                self.is_done = true;
                (self.number == 0)
                    .then(|| Err(Error::record(&self.file, "expected a record of WARC, found an empty file")))
            }
            Ok(Some(page)) => {
                self.n_seen += 1;
                Some(page.map_err(|e| Error::record(&place, e)).and_then(|page| self.article(page, &place)))
            }
            Err(problem) => {
                self.is_done = true;
                Some(Err(Error::record(place, problem)))
            }
        }
    }
}

/// The page or text in a record; `None` if it holds something else.
fn page(fields: &Fields, block: &mut impl BufRead, limits: &Limits) -> Result<Option<Page>, String> {
    let (content, response) = match fields.get("warc-type") {
        Some("response") if fields.get("content-type").is_some_and(|t| t.contains("application/http")) => {
            let status = first_line(block)?.unwrap_or_default();
            if !status.split_ascii_whitespace().nth(1).is_some_and(|code| code.starts_with('2')) {
                return Ok(None);
            }
            let response = self::fields(block)?;
            (response.get("content-type").unwrap_or_default().to_owned(), response)
        }
        Some("response" | "resource" | "conversion") => {
            (fields.get("content-type").unwrap_or_default().to_owned(), Fields::default())
        }
        _ => return Ok(None),
    };
    let (media, parameters) = content.split_once(';').unwrap_or((&content, ""));
    let is_html = match media.trim().to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => true,
        "text/plain" => false,
        _ => return Ok(None),
    };
    let mut bytes = Vec::new();
    block
        .take(limits.max_record_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|e| e.to_string())?;
    if let Some(problem) = limits.record(bytes.len() as u64, 0) {
        return Err(problem);
    }
    let charset = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    let address = |address: &str| address.trim_matches(['<', '>']).to_owned();
    Ok(Some(Page {
        bytes: http::body(
            bytes,
            response.get("transfer-encoding"),
            response.get("content-encoding"),
            limits,
        )?,
        is_html,
        charset,
        url: fields.get("warc-target-uri").map(address),
        date: fields.get("warc-date").map(str::to_owned),
    }))
}

/// A line without its end; `None` at the end of the stream.
fn line(reader: &mut impl BufRead, left: &mut u64) -> Result<Option<String>, String> {
    let mut bytes = Vec::new();
    let n = reader.take(*left).read_until(b'\n', &mut bytes).map_err(|e| e.to_string())? as u64;
    *left -= n;
    if *left == 0 {
        return Err(format!("expected a head of at most {MOST_HEAD_BYTES} bytes, found more"));
    }
    Ok((n > 0).then(|| String::from_utf8_lossy(bytes.trim_ascii_end()).into_owned()))
}

/// The first line that is not blank.
fn first_line(reader: &mut impl BufRead) -> Result<Option<String>, String> {
    let mut left = MOST_HEAD_BYTES;
    loop {
        match line(reader, &mut left)? {
            Some(line) if line.is_empty() => {}
            line => return Ok(line),
        }
    }
}

/// The fields of a head up to the blank line behind it; a line that begins with a blank goes on with the one before.
fn fields(reader: &mut impl BufRead) -> Result<Fields, String> {
    let mut left = MOST_HEAD_BYTES;
    let mut fields = Fields::default();
    while let Some(line) = line(reader, &mut left)?.filter(|line| !line.is_empty()) {
        match (line.split_once(':'), fields.0.last_mut()) {
            (_, Some((_, value))) if line.starts_with([' ', '\t']) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (Some((name, value)), _) => {
                fields.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
            _ => {}
        }
    }
    Ok(fields)
}

#[cfg(test)]
mod tests;
