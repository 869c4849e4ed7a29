//! JSON: one object a line, or an array of objects; streamed.

mod elements;
mod lines;
mod ninjs;

use std::borrow::Cow;
use std::io::{BufReader, Read};

use serde_json::{Map, Value};

use super::columns::{self, Record};
use super::stream::{self, RecordDecoder};
use super::{Articles, Input, InputFormat, ReadOptions, one};
use crate::article::Article;
use crate::error::{Error, Result};
use elements::Elements;

/// JSON lines.
pub(super) const JSONL: InputFormat = InputFormat {
    name: "jsonl",
    extensions: &["jsonl", "ndjson"],
    about: "one article a line, each a JSON object",
    read: |input, options| articles(input, options, Layout::Lines),
};

/// A JSON array.
pub(super) const JSON: InputFormat = InputFormat {
    name: "json",
    extensions: &["json"],
    about: "an array of JSON objects, or one object; ninjs is known",
    read: |input, options| articles(input, options, Layout::Array),
};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Layout {
    Lines,
    Array,
}

fn articles(input: Input, options: &ReadOptions, layout: Layout) -> Articles {
    match stream::open(input.reader, &input.file) {
        Err(error) => one(Err(error)),
        Ok((_, reader)) => Box::new(Objects {
            reader: BufReader::new(reader),
            layout,
            elements: Elements::default(),
            decoder: RecordDecoder::default(),
            options: options.clone(),
            file: input.file,
            stem: input.id,
            line: 1,
            n_seen: 0,
            is_done: false,
        }),
    }
}

/// The bytes of an object.
#[derive(Debug, Default)]
struct Piece {
    /// The line that it starts in.
    line: u64,
    bytes: Vec<u8>,
    /// Its length, also where its bytes were not kept.
    n_bytes: u64,
    /// Why there is none.
    problem: Option<&'static str>,
}

impl Piece {
    /// Adds bytes, and keeps none once they are more than `max`.
    fn push(&mut self, bytes: &[u8], max: u64) {
        self.n_bytes += bytes.len() as u64;
        if self.n_bytes <= max {
            self.bytes.extend_from_slice(bytes);
        } else {
            self.bytes = Vec::new();
        }
    }
}

struct Objects {
    reader: BufReader<Box<dyn Read + Send>>,
    layout: Layout,
    elements: Elements,
    decoder: RecordDecoder,
    options: ReadOptions,
    file: String,
    stem: String,
    /// The line that the reader stands in, from 1.
    line: u64,
    n_seen: u64,
    is_done: bool,
}

impl Objects {
    /// The bytes of the next object.
    fn next_piece(&mut self) -> std::io::Result<Option<Piece>> {
        let max = self.options.limits.max_record_bytes;
        match self.layout {
            Layout::Array => self.elements.next(&mut self.reader, &mut self.line, max),
            Layout::Lines => lines::next(&mut self.reader, &mut self.line, max),
        }
    }

    fn article(&mut self, piece: &Piece) -> Result<Article> {
        let Piece { line, bytes, n_bytes, problem } = piece;
        let place = format!("{}:{line}", self.file);
        let limits = &self.options.limits;
        if let Some(problem) = problem {
            return Err(Error::record(place, *problem));
        }
        if let Some(problem) = limits.record(*n_bytes, 0).or_else(|| limits.json(bytes)) {
            return Err(Error::record(place, problem));
        }
        self.decoder.look_at(bytes);
        let mut n_replaced = 0;
        let text = self.decoder.text(bytes, &mut n_replaced);
        let value: Value = serde_json::from_str(&text).map_err(|e| {
            Error::record(&place, format!("expected a JSON object, found text that is not JSON ({e})"))
        })?;
        let Value::Object(mut object) = value else {
            return Err(Error::record(&place, format!("expected a JSON object, found {}", kind_of(&value))));
        };
        ninjs::with_common_names(&mut object);
        let names: Vec<String> = object.keys().cloned().collect();
        let first_place = if self.n_seen == 1 { &self.file } else { &place };
        columns::check(|name| at_path(&object, name).is_some(), &names, first_place, &self.options)
            // Later objects may leave fields out; only the text must be there.
            .or_else(|e| {
                if self.n_seen > 1 && at_path(&object, &self.options.text_column).is_some() {
                    Ok(())
                } else {
                    Err(e)
                }
            })?;
        let id = || format!("{}-{}", self.stem, self.n_seen);
        let article = columns::article(&object, &self.options, id);
        Ok(Article { file: self.file.clone(), n_replaced, ..article })
    }
}

impl Iterator for Objects {
    type Item = Result<Article>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        match self.next_piece() {
            Ok(None) => None,
            Ok(Some(piece)) => {
                self.n_seen += 1;
                Some(self.article(&piece))
            }
            Err(error) => {
                self.is_done = true;
                Some(Err(Error::io(&self.file, "read", error)))
            }
        }
    }
}

impl Record for Map<String, Value> {
    fn field(&self, name: &str) -> Option<Cow<'_, str>> {
        text_of(at_path(self, name)?).map(Cow::Owned)
    }
}

/// The field of the name; where there is none, what stands at the path whose steps (names of fields, places in lists
/// from 0) are separated by points.
fn at_path<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    object.get(name).or_else(|| {
        let (first, path) = name.split_once('.')?;
        path.split('.').try_fold(object.get(first)?, |value, step| match value {
            Value::Array(values) => values.get(step.parse::<usize>().ok()?),
            value => value.get(step),
        })
    })
}

/// Text as it is, numbers as they are written, the strings of a list as paragraphs.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Object(_) => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(values) => {
            let texts: Vec<String> = values.iter().filter_map(text_of).collect();
            Some(texts.join("\n\n"))
        }
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Source, read_from};
    use super::*;

    fn read(name: &str, text: &str) -> Vec<Result<Article, String>> {
        let options = ReadOptions::default();
        let reader = std::io::Cursor::new(text.as_bytes().to_vec());
        read_from(reader, &Source::named(name, &options), &options)
            .map(|a| a.map_err(|e| e.to_string()))
            .collect()
    }

    #[test]
    fn a_wrong_line_is_named_and_the_others_go_on() {
        let articles = read(
            "n.jsonl",
            "{\"id\":7,\"text\":\"One.\"}\n\n[1]\n{\"text\":[\"A b c.\",\"D e f.\"]}\n{\"x\n",
        );
        assert_eq!(articles[0].as_ref().unwrap().id, "7");
        assert_eq!(articles[1].as_ref().unwrap_err(), "n.jsonl:3: expected a JSON object, found an array");
        let lists = articles[2].as_ref().unwrap();
        assert_eq!((lists.id.as_str(), lists.body().count()), ("n-3", 2));
        assert!(
            articles[3]
                .as_ref()
                .unwrap_err()
                .starts_with("n.jsonl:5: expected a JSON object, found text that")
        );
    }

    #[test]
    fn an_array_is_read_element_by_element() {
        let text = "[\n {\"text\": \"One, [two] {three} \\\" four.\"},\n {\"text\": \"Five.\"},\n 6\n]\n";
        let articles = read("a.json", text);
        assert_eq!(articles.len(), 3);
        assert_eq!(articles[0].as_ref().unwrap().paragraphs[0].text, "One, [two] {three} \" four.");
        assert_eq!(articles[2].as_ref().unwrap_err(), "a.json:4: expected a JSON object, found a number");
        assert_eq!(read("a.json", "{\"text\":\"One.\"}").len(), 1);
        assert!(read("a.json", "[]").is_empty());
    }

    #[test]
    fn an_array_that_is_none_or_does_not_end_is_an_error() {
        let error = |text: &str| read("a.json", text).pop().unwrap().unwrap_err();
        assert_eq!(error(""), "a.json:1: expected a JSON object or an array of them, found an empty file");
        let cut = "a.json:2: expected ] at the end of the array, found the end of the file";
        assert_eq!(error("[{\"text\":\"One.\"},\n"), cut);
        assert_eq!(error("[[[]]]"), "a.json:1: expected a JSON object, found an array");
        assert_eq!(error("]"), "a.json:1: expected a JSON object, found ] without a [ before it");
    }

    #[test]
    fn nested_fields_are_named_by_their_path() {
        let text =
            "{\"a.b\":\"flat\",\"a\":{\"b\":\"deep\",\"c\":[{\"d\":7}]},\"content\":{\"body\":\"One.\"}}";
        let options = ReadOptions {
            text_column: "content.body".into(),
            keep: vec!["a.b".into(), "a.c.0.d".into()],
            ..ReadOptions::default()
        };
        let mut articles = read_from(text.as_bytes(), &Source::named("n.jsonl", &options), &options);
        let article = articles.next().unwrap().unwrap();
        assert_eq!(article.body().next().unwrap().text, "One.");
        let kept: Vec<_> = article.kept.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(kept, ["flat", "7"], "a field of the very name comes before a path");
        let options = ReadOptions { keep: vec!["content.title".into()], ..options };
        let mut articles = read_from(text.as_bytes(), &Source::named("n.jsonl", &options), &options);
        let error = articles.next().unwrap().unwrap_err().to_string();
        assert!(error.starts_with("no column \"content.title\" in n.jsonl; its columns are: a"), "{error}");
    }

    #[test]
    fn a_missing_field_is_named() {
        let articles = read("n.jsonl", "{\"id\":1,\"body\":\"x\"}\n");
        assert_eq!(
            articles[0].as_ref().unwrap_err(),
            "no column \"text\" in n.jsonl; its columns are: body, id"
        );
    }
}
