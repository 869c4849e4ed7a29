//! `newsbeat report`: articles in, topics and metrics out.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args as ClapArgs;
use newsbeat::analysis::{Analysis, ArticleReport};
use newsbeat::article::Article;
use newsbeat::classify::{Session, TopicModel};
use newsbeat::file;
use newsbeat::metrics;
use newsbeat::report::{ReportShape, data_dictionary};
use newsbeat::table::Format;
use rayon::prelude::*;

use super::args::{Common, Force, ModelArg};
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
    /// Format of the tables; repeatable.
    #[arg(long, value_name = "NAME", default_value = "csv")]
    format: Vec<String>,
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
    force: Force,
    model: TopicModel,
}

/// Names of the tables, which become files.
const TABLES: [&str; 3] = ["articles", "paragraphs", "data-dictionary"];

impl Args {
    /// Looks for inputs, output and model.
    pub(crate) fn plan(self, common: Common) -> anyhow::Result<Report> {
        let formats = self.format.iter().map(|name| Format::named(name)).collect::<Result<Vec<_>, _>>()?;
        let inputs = self.input.find()?;
        let model = self.model.load()?;
        std::fs::create_dir_all(&self.output)
            .with_context(|| format!("{}: cannot create folder", self.output.display()))?;
        for format in &formats {
            for table in TABLES {
                let path = self.output.join(table).with_extension(format.name);
                file::refuse_existing(&path, self.force.existing())?;
            }
        }
        file::sweep(&self.output);
        Ok(Report { common, inputs, output: self.output, formats, force: self.force, model })
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
        let mut sinks = self.open_sinks()?;
        let (mut n_articles, mut n_paragraphs, mut n_words) = (0, 0, 0);
        let n_rejected = self.inputs.for_each_batch(self.common.quiet, |articles| {
            let reports = analyse(&analysis, articles);
            n_articles += reports.len();
            n_paragraphs += reports.iter().map(|r| r.n_paragraphs).sum::<usize>();
            n_words += reports.iter().map(|r| r.n_words).sum::<usize>();
            let tables = [shape.articles(&reports), shape.paragraphs(&reports)];
            for (sink, table) in sinks
                .iter_mut()
                .flat_map(|[articles, paragraphs, _]| [articles, paragraphs])
                .zip(tables.iter().cycle())
            {
                sink.append(table)?;
            }
            Ok(())
        })?;
        let dictionary = data_dictionary(&[&shape.articles(&[]), &shape.paragraphs(&[])]);
        for [articles, paragraphs, mut last] in sinks {
            last.append(&dictionary)?;
            for sink in [articles, paragraphs, last] {
                sink.finish()?;
            }
        }
        console::say(
            self.common.quiet,
            format_args!(
                "{}: {n_articles} articles, {n_paragraphs} paragraphs, {n_words} words; {n_rejected} inputs rejected",
                self.output.display()
            ),
        );
        Ok(Outcome { n_rejected })
    }
}

impl Report {
    /// One file a table and format.
    fn open_sinks(&self) -> newsbeat::Result<Vec<[Sink; 3]>> {
        let open = |format: &'static Format, table: &str| {
            Sink::file(&self.output.join(table).with_extension(format.name), format, self.force.existing())
        };
        self.formats
            .iter()
            .map(|format| {
                let [articles, paragraphs, dictionary] = TABLES;
                Ok([open(format, articles)?, open(format, paragraphs)?, open(format, dictionary)?])
            })
            .collect()
    }
}

/// Analyses a batch on all threads, in order.
fn analyse<'m>(analysis: &Analysis<'m>, articles: Vec<Article>) -> Vec<ArticleReport> {
    let start = || analysis.model.session();
    let analyse = |session: &mut Session<'m>, article| analysis.of(session, article);
    articles.into_par_iter().map_init(start, analyse).collect()
}
