//! `newsbeat report`: articles in, topics and metrics out.

use std::io;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args as ClapArgs;
use newsbeat::analysis::{Analysis, ArticleReport};
use newsbeat::article::Article;
use newsbeat::classify::{Session, TopicModel};
use newsbeat::metrics;
use newsbeat::report::{self, ReportShape, data_dictionary};
use newsbeat::table::{Dialect, Format, Table};
use newsbeat::{Error, file};

use super::args::{Common, DialectArgs, Force, ModelArg};
use super::batch::Work;
use super::exit::Outcome;
use super::input::{InputArgs, Inputs};
use super::output::Sink;
use super::{Plan, console};

/// Options of `report`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// Folder to write into; made if it does not exist.
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Format of the tables, see `newsbeat list formats`; repeatable.
    #[arg(long, value_name = "NAME", default_value = "csv")]
    format: Vec<String>,
    #[command(flatten)]
    dialect: DialectArgs,
    #[command(flatten)]
    model: ModelArg,
    #[command(flatten)]
    force: Force,
}

/// A report, decided.
pub(crate) struct Report {
    common: Common,
    inputs: Inputs,
    output: PathBuf,
    formats: Vec<&'static Format>,
    dialect: Dialect,
    force: Force,
    model: TopicModel,
}

/// Names of the tables, which become files.
const TABLES: [&str; 4] = ["articles", "paragraphs", "data-dictionary", "rejects"];

impl Args {
    /// Looks for inputs, output and model.
    pub(crate) fn plan(self, common: Common) -> anyhow::Result<Report> {
        let mut formats: Vec<&'static Format> = Vec::new();
        for name in &self.format {
            let format = Format::named(name)?;
            if !formats.iter().any(|f| f.name == format.name) {
                formats.push(format);
            }
        }
        let inputs = self.input.find()?;
        let model = self.model.load()?;
        let report = Report {
            common,
            inputs,
            output: self.output,
            formats,
            dialect: self.dialect.dialect(),
            force: self.force,
            model,
        };
        for path in TABLES.iter().flat_map(|table| report.paths(table)) {
            file::refuse_existing(&path, report.force.existing())?;
        }
        std::fs::create_dir_all(&report.output)
            .with_context(|| format!("{}: cannot create folder", report.output.display()))?;
        file::sweep(&report.output);
        Ok(report)
    }
}

impl Plan for Report {
    fn run(&self) -> anyhow::Result<Outcome> {
        let analysis = Analysis {
            model: &self.model,
            metrics: metrics::all().collect(),
            language: self.inputs.language,
        };
        let fingerprint = self.model.fingerprint()?;
        let shape = ReportShape {
            metrics: &analysis.metrics,
            labels: self.model.labels(),
            model_fingerprint: &fingerprint,
            kept: self.inputs.kept(),
        };
        let [mut articles, mut paragraphs, mut dictionary, mut rejects] = self.open_tables()?;
        let (mut n_articles, mut n_paragraphs, mut n_words) = (0, 0, 0);
        let n_rejected =
            self.inputs.for_each_batch(self.common.quiet, &Analyses(&analysis), |reports, rejected| {
                n_articles += reports.len();
                n_paragraphs += reports.iter().map(|r| r.n_paragraphs).sum::<usize>();
                n_words += reports.iter().map(|r| r.n_words).sum::<usize>();
                articles.append(&shape.articles(&reports))?;
                paragraphs.append(&shape.paragraphs(&reports))?;
                rejects.append(&report::rejects(rejected))
            })?;
        let mut described = vec![shape.articles(&[]), shape.paragraphs(&[])];
        if n_rejected > 0 {
            described.push(report::rejects(&[]));
        } else {
            self.remove("rejects")?;
            rejects.0.clear();
        }
        dictionary.append(&data_dictionary(&described.iter().collect::<Vec<_>>()))?;
        let tables = [articles, paragraphs, dictionary, rejects];
        Sink::finish_all(tables.into_iter().flat_map(|table| table.0).collect())?;
        console::say(
            self.common.quiet,
            format_args!(
                "{}: {}, {}, {}; {}",
                self.output.display(),
                console::count(n_articles, "article"),
                console::count(n_paragraphs, "paragraph"),
                console::count(n_words, "word"),
                console::count(n_rejected, "reject"),
            ),
        );
        Ok(Outcome { n_rejected })
    }
}

/// One table in every format.
struct TableFiles(Vec<Sink>);

impl TableFiles {
    fn append(&mut self, table: &Table) -> newsbeat::Result<()> {
        self.0.iter_mut().try_for_each(|sink| sink.append(table))
    }
}

impl Report {
    /// The files of a table, one for each format.
    fn paths(&self, table: &str) -> Vec<PathBuf> {
        self.formats.iter().map(|format| self.output.join(format!("{table}.{}", format.name))).collect()
    }

    fn open_tables(&self) -> newsbeat::Result<[TableFiles; 4]> {
        let open = |table: &str| {
            let paths = self.paths(table);
            let sinks = self.formats.iter().zip(&paths);
            sinks
                .map(|(format, path)| Sink::file(path, format, self.dialect, self.force.existing()))
                .collect::<newsbeat::Result<_>>()
                .map(TableFiles)
        };
        let [articles, paragraphs, dictionary, rejects] = TABLES;
        Ok([open(articles)?, open(paragraphs)?, open(dictionary)?, open(rejects)?])
    }

    /// Removes a table of an earlier run that this one has nothing to put in the place of.
    fn remove(&self, table: &str) -> newsbeat::Result<()> {
        for path in self.paths(table) {
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(Error::io(path.display(), "remove", error));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Analyses articles.
struct Analyses<'a, 'm>(&'a Analysis<'m>);

impl<'m> Work for Analyses<'_, 'm> {
    type Session = Session<'m>;
    type Outcome = ArticleReport;

    fn start(&self) -> Session<'m> {
        self.0.model.session()
    }

    fn of(&self, session: &mut Session<'m>, article: Article) -> ArticleReport {
        self.0.of(session, article)
    }
}
