//! CSV and TSV: one article a row, streamed.

use std::borrow::Cow;
use std::io;

use super::columns::{self, Record};
use super::records::{Next, Records};
use super::stream::{self, RecordDecoder};
use super::{Articles, Input, InputFormat, ReadOptions, one};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::table::csv::{Preamble, unguarded};

/// Comma-separated values, or whatever separates the names in the first line.
pub(super) const CSV: InputFormat = InputFormat {
    name: "csv",
    extensions: &["csv"],
    about: "one article a row; comma, semicolon, tab or stroke between fields, as the first line has it",
    read: |input, options| articles(input, options, None),
};

/// Tab-separated values.
pub(super) const TSV: InputFormat = InputFormat {
    name: "tsv",
    extensions: &["tsv", "tab"],
    about: "one article a row, tabs between fields",
    read: |input, options| articles(input, options, Some(b'\t')),
};

fn articles(input: Input, options: &ReadOptions, delimiter: Option<u8>) -> Articles {
    match Rows::open(input, options, delimiter) {
        Ok(rows) => Box::new(rows),
        Err(error) => one(Err(error)),
    }
}

struct Rows {
    records: Records,
    columns: Vec<String>,
    decoder: RecordDecoder,
    options: ReadOptions,
    file: String,
    stem: String,
    n_seen: u64,
    is_broken: bool,
}

impl Rows {
    fn open(input: Input, options: &ReadOptions, delimiter: Option<u8>) -> Result<Self> {
        let (head, reader) = stream::open(input.reader, &input.file)?;
        let preamble = Preamble::of(&head);
        let is_declared = preamble.n_bytes > 0;
        let delimiter = delimiter.filter(|_| !is_declared).unwrap_or(preamble.delimiter);
        let mut records = Records::new(reader, delimiter, &options.limits);
        let file = input.file;
        let unreadable = |e: io::Error| Error::io(&file, "read", e);
        if is_declared {
            records.next().map_err(unreadable)?;
        }
        match records.next().map_err(unreadable)? {
            Next::Record(_) => {}
            Next::Refused(line, problem) => return Err(Error::record(format!("{file}:{line}"), problem)),
            Next::End => {
                return Err(Error::record(&file, "expected a line of column names, found an empty file"));
            }
        }
        let mut decoder = RecordDecoder::default();
        decoder.look_at(records.text());
        let columns: Vec<String> =
            records.fields().map(|name| unguarded(decoder.text(name, &mut 0).trim()).to_owned()).collect();
        columns::check(|name| position(&columns, name).is_some(), &columns, &file, options)?;
        Ok(Self {
            records,
            columns,
            decoder,
            options: options.clone(),
            file,
            stem: input.id,
            n_seen: 0,
            is_broken: false,
        })
    }

    /// The article of the record that begins in `line`.
    fn article(&mut self, line: u64) -> Result<Article> {
        // A spreadsheet may have padded the row with empty cells.
        let n_fields = self.records.n_fields();
        let n_extra =
            self.records.fields().skip(self.columns.len()).filter(|field| !field.is_empty()).count();
        if n_fields < self.columns.len() || n_extra > 0 {
            let problem = format!("expected {} fields, found {n_fields}", self.columns.len());
            return Err(Error::record(format!("{}:{line}", self.file), problem));
        }
        self.decoder.look_at(self.records.text());
        let mut n_replaced = 0;
        let fields = self.records.fields().take(self.columns.len());
        let fields = fields.map(|field| without_guard(self.decoder.text(field, &mut n_replaced))).collect();
        let row = Row { columns: &self.columns, fields };
        let article = columns::article(&row, &self.options, || format!("{}-{}", self.stem, self.n_seen));
        Ok(Article { file: self.file.clone(), n_replaced, ..article })
    }
}

impl Iterator for Rows {
    type Item = Result<Article>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_broken {
            return None;
        }
        match self.records.next() {
            Ok(Next::End) => None,
            Ok(Next::Record(line)) => {
                self.n_seen += 1;
                Some(self.article(line))
            }
            Ok(Next::Refused(line, problem)) => {
                self.n_seen += 1;
                Some(Err(Error::record(format!("{}:{line}", self.file), problem)))
            }
            Err(error) => {
                self.is_broken = true;
                Some(Err(Error::io(&self.file, "read", error)))
            }
        }
    }
}

struct Row<'r> {
    columns: &'r [String],
    fields: Vec<Cow<'r, str>>,
}

impl Record for Row<'_> {
    fn field(&self, name: &str) -> Option<Cow<'_, str>> {
        position(self.columns, name).map(|at| Cow::Borrowed(&*self.fields[at]))
    }
}

/// The column of the name; where there is none, the first that differs in case only.
fn position(columns: &[String], name: &str) -> Option<usize> {
    let same_but_case = |column: &String| column.eq_ignore_ascii_case(name);
    columns.iter().position(|column| column == name).or_else(|| columns.iter().position(same_but_case))
}

/// The text as it was before it was guarded against being read as a formula.
fn without_guard(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(unguarded(text)),
        Cow::Owned(text) => Cow::Owned(unguarded(&text).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Source, read_from};
    use super::*;
    use crate::article::ParagraphKind;
    use crate::error::ErrorKind;

    fn read(name: &str, bytes: impl Into<Vec<u8>>, options: &ReadOptions) -> Vec<Result<Article>> {
        let reader = std::io::Cursor::new(bytes.into());
        read_from(reader, &Source::named(name, options), options).collect()
    }

    #[test]
    fn quoted_line_breaks_separate_paragraphs() {
        let csv = "id,title,text\nx,Steel,\"The first one.\n\nThe second\" \n";
        let article = read("a.csv", csv, &ReadOptions::default()).remove(0).unwrap();
        let texts: Vec<_> = article.paragraphs.iter().map(|p| (p.kind, p.text.as_str())).collect();
        assert_eq!(texts[0], (ParagraphKind::Headline, "Steel"));
        assert_eq!(texts[1], (ParagraphKind::Body, "The first one."));
        assert_eq!((article.id.as_str(), article.file.as_str()), ("x", "a.csv"));
    }

    #[test]
    fn a_missing_column_names_those_that_exist() {
        let options = ReadOptions { text_column: "body".into(), ..ReadOptions::default() };
        let errors = read("news.csv", "id,headline,text\n1,2,3\n", &options);
        assert_eq!(errors.len(), 1);
        let error = errors[0].as_ref().unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::MissingColumn { .. }));
        assert_eq!(error.to_string(), "no column \"body\" in news.csv; its columns are: id, headline, text");
    }

    #[test]
    fn a_wrong_row_is_named_by_line_and_the_others_go_on() {
        let csv = "id,text\n1,\"One\nor two.\"\n2\n3,Three.\n4,Four.,too,much\n5,Five.,,\n";
        let articles = read("n.csv", csv, &ReadOptions::default());
        let errors: Vec<_> =
            articles.iter().filter_map(|a| a.as_ref().err().map(ToString::to_string)).collect();
        assert_eq!(errors, ["n.csv:4: expected 2 fields, found 1", "n.csv:6: expected 2 fields, found 4"]);
        let ids: Vec<_> = articles.iter().flatten().map(|a| a.id.as_str()).collect();
        assert_eq!(ids, ["1", "3", "5"]);
    }

    #[test]
    fn ids_outlet_date_and_kept_columns_are_carried() {
        let options = ReadOptions { keep: vec!["desk".into()], ..ReadOptions::default() };
        let tsv = "text\tOutlet\tdate\tbyline\tdesk\nIt rained.\tThe Post\t4 May 2021\tBy Jane Doe\t'=cmd\n";
        let article = read("dir/news.tsv", tsv, &options).remove(0).unwrap();
        assert_eq!(article.id, "news-1");
        assert_eq!(article.outlet.as_deref(), Some("The Post"));
        assert_eq!(article.date.as_deref(), Some("2021-05-04"));
        assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
        assert_eq!(article.kept, [("desk".to_owned(), "=cmd".to_owned())]);
    }

    #[test]
    fn semicolons_marks_and_utf_16_are_read_as_spreadsheets_write_them() {
        let expected = "Zürich baut.";
        let plain = "id;text\r\n1;Zürich baut.\r\n";
        let utf16: Vec<u8> =
            "\u{feff}id\ttext\n1\tZürich baut.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let latin: Vec<u8> = plain.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        for bytes in [plain.as_bytes().to_vec(), format!("\u{feff}{plain}").into_bytes(), utf16, latin] {
            let article = read("a.csv", bytes, &ReadOptions::default()).remove(0).unwrap();
            assert_eq!(article.body().next().unwrap().text, expected);
            assert_eq!(article.n_replaced, 0);
        }
    }

    #[test]
    fn what_excel_saved_is_read_back() {
        let csv =
            "\u{feff}sep=;\r\nid;title;text;score\r\n007;'=1+1;\"Rain; fog.\nFrost.\";22,5\r\n8;x\r\n;;;\r\n";
        let options = ReadOptions { keep: vec!["score".into()], ..ReadOptions::default() };
        for name in ["a.csv", "a.tsv"] {
            let articles = read(name, csv, &options);
            let article = articles[0].as_ref().unwrap();
            assert_eq!((article.id.as_str(), article.title.as_deref()), ("007", Some("=1+1")));
            assert_eq!(article.kept, [("score".to_owned(), "22,5".to_owned())]);
            assert_eq!(article.body().map(|p| p.text.as_str()).collect::<Vec<_>>(), ["Rain; fog.", "Frost."]);
            let error = articles[1].as_ref().unwrap_err().to_string();
            assert_eq!(error, format!("{name}:5: expected 4 fields, found 2"));
        }
    }

    #[test]
    fn an_empty_or_binary_file_is_one_error() {
        let errors = read("a.csv", "", &ReadOptions::default());
        assert_eq!(
            errors[0].as_ref().unwrap_err().to_string(),
            "a.csv: expected a line of column names, found an empty file"
        );
        assert!(read("a.csv", b"PK\x03\x04...".to_vec(), &ReadOptions::default())[0].is_err());
    }
}
