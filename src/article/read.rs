//! Files to articles: the formats, the walk over inputs, the stream of articles of one input.
//!
//! # Examples
//!
//! ```
//! use newsbeat::article::read::{ReadOptions, Source, read_from};
//!
//! let options = ReadOptions::default();
//! let csv = "id,title,text\na1,Steel,Duties rose.\na2,Wool\na3,Wool,Prices fell.\n";
//! let source = Source::named("news.csv", &options);
//! let (articles, errors): (Vec<_>, Vec<_>) =
//!     read_from(csv.as_bytes(), &source, &options).partition(Result::is_ok);
//! assert_eq!(articles.len(), 2);
//! assert_eq!(errors[0].as_ref().unwrap_err().to_string(), "news.csv:3: expected 3 fields, found 2");
//! ```

mod archive;
#[cfg(feature = "parquet")]
mod columnar;
mod columns;
mod ids;
mod json;
mod plain;
mod records;
mod separated;
mod source;
mod stream;
mod warc;
mod xml;

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use super::Article;
use crate::error::{Error, Result};
use crate::file::unpacked;

pub use crate::file::Limits;
pub use ids::UniqueIds;
pub use source::{STANDARD_INPUT, Source, sources};

/// The articles of one input, in its order. An error concerns one article or record; after it the stream goes on,
/// unless nothing more can be read.
pub type Articles = Box<dyn Iterator<Item = Result<Article>> + Send>;

/// An open input.
pub struct Input {
    /// The bytes.
    pub reader: Box<dyn Read + Send>,
    /// The file's name in messages and in [`Article::file`].
    pub file: String,
    /// Id of the article, or stem of the ids of the articles.
    pub id: String,
    /// Where the file can be opened again, for formats that go back and forth in it; `None` for a stream. What is
    /// there may be compressed.
    pub path: Option<PathBuf>,
}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Input").field("file", &self.file).field("id", &self.id).finish_non_exhaustive()
    }
}

/// A form in which articles come.
#[derive(Debug, Clone, Copy)]
pub struct InputFormat {
    /// Name on the command line.
    pub name: &'static str,
    /// Extensions of files in lower case; the first is the usual one.
    pub extensions: &'static [&'static str],
    /// What it is, in a line of help.
    pub about: &'static str,
    /// Reads the articles of an input.
    pub read: fn(Input, &ReadOptions) -> Articles,
}

/// Every input format.
pub static INPUT_FORMATS: &[InputFormat] = &[
    plain::TEXT,
    plain::MARKDOWN,
    plain::HTML,
    separated::CSV,
    separated::TSV,
    json::JSONL,
    json::JSON,
    xml::XML,
    warc::WARC,
    archive::ZIP,
    #[cfg(feature = "parquet")]
    columnar::PARQUET,
    #[cfg(feature = "parquet")]
    columnar::ARROW,
];

/// The format of the name.
pub fn input_format(name: &str) -> Option<&'static InputFormat> {
    INPUT_FORMATS.iter().find(|format| format.name == name)
}

/// How inputs are read.
///
/// | name | default | meaning |
/// |---|---|---|
/// | `text_column` | `text` | column or field that holds the article's text |
/// | `id_column` | `id` | its identifier; where it is missing or empty, ids are `<file stem>-<row>` |
/// | `title_column` | `title` | its headline |
/// | `input_format` | `None` | reads every input in this format; `None` goes by the extension |
/// | `keep` | none | columns carried to the output |
/// | `limits` | [`Limits::default`] | what an input may ask for at most |
///
/// A name that differs from its default must exist in the file; `text_column` and `keep` must exist in any case.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Column or field that holds the article's text.
    pub text_column: String,
    /// Column or field that holds its identifier.
    pub id_column: String,
    /// Column or field that holds its headline.
    pub title_column: String,
    /// The format of every input, whatever its extension.
    pub input_format: Option<InputFormat>,
    /// Columns or fields carried to the output.
    pub keep: Vec<String>,
    /// What an input may ask for at most.
    pub limits: Limits,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            text_column: "text".to_owned(),
            id_column: "id".to_owned(),
            title_column: "title".to_owned(),
            input_format: None,
            keep: Vec::new(),
            limits: Limits::default(),
        }
    }
}

/// The articles of a file. Formats of many articles are streamed: memory holds one record at a time.
///
/// A file that cannot be opened is one error. [`STANDARD_INPUT`] is not opened here: see [`read_from`].
pub fn read(source: &Source, options: &ReadOptions) -> Articles {
    let opened = File::open(&source.path).and_then(|file| Ok((file.metadata()?.is_file(), file)));
    match opened {
        Ok((is_file, file)) => articles_in(file, is_file.then(|| source.path.clone()), source, options),
        Err(error) => one(Err(Error::io(source.file(), "read", error))),
    }
}

/// The articles that a reader yields, under the source's name and in its format; gzip and Zstandard are unpacked.
pub fn read_from(reader: impl Read + Send + 'static, source: &Source, options: &ReadOptions) -> Articles {
    articles_in(reader, None, source, options)
}

fn articles_in(
    reader: impl Read + Send + 'static,
    path: Option<PathBuf>,
    source: &Source,
    options: &ReadOptions,
) -> Articles {
    match unpacked(reader, &options.limits) {
        Ok(reader) => {
            let input = Input { reader, file: source.file(), id: source.id.clone(), path };
            let limits = options.limits;
            Box::new((source.format.read)(input, options).map(move |article| admitted(article?, &limits)))
        }
        Err(error) => one(Err(Error::io(source.file(), "read", error))),
    }
}

/// The article, if its text and its fields are within the limits.
fn admitted(article: Article, limits: &Limits) -> Result<Article> {
    let named = [
        ("the identifier", Some(&article.id)),
        ("the headline", article.title.as_ref()),
        ("the outlet", article.outlet.as_ref()),
        ("the byline", article.byline.as_ref()),
        ("the address", article.url.as_ref()),
        ("the language", article.language.as_ref()),
    ];
    let named = named.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let kept = article.kept.iter().map(|(name, value)| (name.as_str(), value));
    let problem = limits
        .article(article.paragraphs.iter().map(|p| p.text.len()))
        .or_else(|| named.chain(kept).find_map(|(name, value)| limits.field(name, value.len())));
    match problem {
        Some(problem) => Err(Error::record(place_of(&article, limits), problem)),
        None => Ok(article),
    }
}

/// The file and the article, if its identifier is one that can be printed.
fn place_of(article: &Article, limits: &Limits) -> String {
    match limits.field("", article.id.len()) {
        None => format!("{}, article {}", article.file, article.id),
        Some(_) => article.file.clone(),
    }
}

/// A stream of one item.
fn one(article: Result<Article>) -> Articles {
    Box::new(std::iter::once(article))
}

#[cfg(test)]
mod tests;
