//! Typed columns: the only thing that output formats see.

#[cfg(feature = "parquet")]
mod arrow;
pub mod csv;
pub mod jsonl;
#[cfg(feature = "parquet")]
mod parquet;
pub mod text;

mod decimal;
mod dialect;
mod xlsx;

use std::io::{self, Write};

use crate::error::{Error, Result};

pub use dialect::{Dialect, LOCALES, Locale};

/// The values of a column; `None` is "not defined here" and is never written as zero.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Values {
    /// Text.
    Text(Vec<Option<String>>),
    /// Whole numbers.
    Integer(Vec<Option<i64>>),
    /// Finite numbers.
    Float(Vec<Option<f64>>),
}

impl Values {
    /// How many rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(v) => v.len(),
            Self::Integer(v) => v.len(),
            Self::Float(v) => v.len(),
        }
    }

    /// True if there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `text`, `integer` or `float`: the type as the data dictionary names it.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Integer(_) => "integer",
            Self::Float(_) => "float",
        }
    }
}

/// The unit of a column of dates.
const DATE: &str = "ISO 8601 date";

/// The unit of columns that divide the words of each row among them.
pub const SHARE_OF_WORDS: &str = "share of words";

/// A named column with what its numbers mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Header.
    pub name: String,
    /// Unit of the values, as in `words` or `probability`; empty for text.
    pub unit: &'static str,
    /// What it says.
    pub meaning: String,
    /// How it is computed; empty if it is not.
    pub formula: String,
    /// Bibliographic reference of the formula; empty if there is none.
    pub reference: &'static str,
    /// The values.
    pub values: Values,
}

impl Column {
    /// A column of text.
    pub fn text(name: impl Into<String>, meaning: impl Into<String>, values: Vec<Option<String>>) -> Self {
        Self::new(name, "", meaning, Values::Text(values))
    }

    /// A column of dates, as text in the form of ISO 8601.
    pub fn date(name: impl Into<String>, meaning: impl Into<String>, values: Vec<Option<String>>) -> Self {
        Self::new(name, DATE, meaning, Values::Text(values))
    }

    /// A column of whole numbers.
    pub fn integer(
        name: impl Into<String>,
        unit: &'static str,
        meaning: impl Into<String>,
        values: Vec<Option<i64>>,
    ) -> Self {
        Self::new(name, unit, meaning, Values::Integer(values))
    }

    /// A column of numbers. Values that are not finite become `None`.
    pub fn float(
        name: impl Into<String>,
        unit: &'static str,
        meaning: impl Into<String>,
        values: Vec<Option<f64>>,
    ) -> Self {
        let values = values.into_iter().map(|v| v.filter(|v| v.is_finite())).collect();
        Self::new(name, unit, meaning, Values::Float(values))
    }

    /// The same column with a formula.
    #[must_use]
    pub fn with_formula(self, formula: impl Into<String>) -> Self {
        Self { formula: formula.into(), ..self }
    }

    /// The same column with a reference.
    #[must_use]
    pub fn with_reference(self, reference: &'static str) -> Self {
        Self { reference, ..self }
    }

    fn new(name: impl Into<String>, unit: &'static str, meaning: impl Into<String>, values: Values) -> Self {
        let (name, meaning, formula) = (name.into(), meaning.into(), String::new());
        Self { name, unit, meaning, formula, reference: "", values }
    }
}

/// A table: columns of equal length under a name, which becomes a file's stem or a sheet's title.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Name.
    pub name: String,
    columns: Vec<Column>,
    chart: Option<BarChart>,
}

/// A chart of bars that a table asks for; formats without charts leave it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarChart {
    /// What it shows.
    pub title: String,
    /// Name of the column that names the bars.
    pub categories: &'static str,
    /// Name of the column of their lengths.
    pub values: &'static str,
    /// The rows from the first on that it shows.
    pub n_rows: usize,
}

impl Table {
    /// A table of columns.
    ///
    /// # Panics
    ///
    /// If the columns differ in length.
    pub fn new(name: impl Into<String>, columns: Vec<Column>) -> Self {
        let table = Self { name: name.into(), columns, chart: None };
        assert!(
            table.columns.iter().all(|c| c.values.len() == table.n_rows()),
            "columns of table {} differ in length",
            table.name
        );
        table
    }

    /// The same table with a column behind the others.
    ///
    /// # Panics
    ///
    /// If the column has another length.
    #[must_use]
    pub fn with_column(mut self, column: Column) -> Self {
        assert_eq!(column.values.len(), self.n_rows(), "column {} differs in length", column.name);
        self.columns.push(column);
        self
    }

    /// The same table with a chart.
    #[must_use]
    pub fn with_chart(self, chart: BarChart) -> Self {
        Self { chart: Some(chart), ..self }
    }

    /// The chart that it asks for.
    pub fn chart(&self) -> Option<&BarChart> {
        self.chart.as_ref()
    }

    /// The columns, in order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The columns, to be arranged anew.
    pub fn into_columns(self) -> Vec<Column> {
        self.columns
    }

    /// How many rows.
    pub fn n_rows(&self) -> usize {
        self.columns.first().map_or(0, |c| c.values.len())
    }
}

/// A way to write tables.
#[derive(Debug)]
pub struct Format {
    /// Name on the command line, also the files' extension.
    pub name: &'static str,
    /// What it is, in a line of help.
    pub about: &'static str,
    /// How tables become files.
    pub layout: Layout,
}

/// How the tables of a run become files.
#[derive(Debug, Clone, Copy)]
pub enum Layout {
    /// A file each, row by row.
    Rows(RowWriter),
    /// A file each, whose end says where everything is, so that it is written as a whole.
    Whole(fn() -> Box<dyn Book>),
    /// One file for all.
    Book(fn() -> Box<dyn Book>),
    /// One file that tables alone do not make: a whole report, to be read.
    Page,
}

/// Writes the rows of a table, with a header in front where the format has one and it is asked for. Called again and
/// again with the same columns, it writes one long table.
pub type RowWriter = fn(&Table, WithHeader, &Dialect, &mut dyn Write) -> io::Result<()>;

/// A file of one table or of several, being written.
pub trait Book {
    /// Adds rows to the table of this name; the first time, with its header.
    ///
    /// # Errors
    ///
    /// If the system has no room.
    fn append(&mut self, table: &Table) -> io::Result<()>;

    /// The whole file.
    ///
    /// # Errors
    ///
    /// If the system has no room.
    fn finish(self: Box<Self>) -> io::Result<Vec<u8>>;

    /// How many texts had to be cut because the format has no room for them.
    fn n_cut(&self) -> usize;
}

/// Whether column names are written first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithHeader {
    /// They are: the table begins.
    Yes,
    /// They are not: the table goes on.
    No,
}

/// Pages to read.
const HTML: Format = Format {
    name: "html",
    about: "a page to read in a browser: articles, topics, metrics, charts; of `report` and `compare` only",
    layout: Layout::Page,
};

/// Every format.
pub static FORMATS: &[Format] = &[
    csv::CSV,
    csv::TSV,
    jsonl::JSONL,
    xlsx::XLSX,
    HTML,
    #[cfg(feature = "parquet")]
    arrow::ARROW,
    #[cfg(feature = "parquet")]
    parquet::PARQUET,
];

impl Format {
    /// A table as a whole file.
    ///
    /// # Errors
    ///
    /// If the system has no room, or the format is one of whole reports.
    pub fn render(&self, table: &Table, dialect: &Dialect) -> io::Result<Vec<u8>> {
        match self.layout {
            Layout::Rows(write) => {
                let mut bytes = Vec::new();
                write(table, WithHeader::Yes, dialect, &mut bytes)?;
                Ok(bytes)
            }
            Layout::Whole(open) | Layout::Book(open) => {
                let mut book = open();
                book.append(table)?;
                book.finish()
            }
            Layout::Page => Err(io::Error::new(io::ErrorKind::Unsupported, "a page is of a whole report")),
        }
    }

    /// The format of a name.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn named(name: &str) -> Result<&'static Self> {
        FORMATS.iter().find(|format| format.name == name).ok_or_else(|| {
            let names: Vec<_> = FORMATS.iter().map(|f| f.name).collect();
            Error::parameter("format", format!("must be one of {}", names.join(", ")), name)
        })
    }
}
