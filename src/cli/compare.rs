//! `newsbeat compare`: articles in, what sets groups of them apart out.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args as ClapArgs;
use newsbeat::analysis::{Analysis, ArticleReport};
use newsbeat::article::Article;
use newsbeat::classify::evaluate::Confusion;
use newsbeat::classify::{Session, TopicModel};
use newsbeat::compare::{By, CompareParams, Comparison};
use newsbeat::keyness::{KeynessParams, WordCounts};
use newsbeat::metrics::{Extras, Metric};
use newsbeat::report::{self, Run, Totals, comparison_page, data_dictionary};
use newsbeat::statistics::BootstrapParams;
use newsbeat::table::{Dialect, Format, Layout, Table};
use newsbeat::{Error, file};

use super::args::{Common, DialectArgs, Force, ModelArg};
use super::crew::Work;
use super::exit::Outcome;
use super::input::{InputArgs, Inputs};
use super::measure::MetricArgs;
use super::output::TableOutput;
use super::report_files::{COMPARE, ReportPaths};
use super::{Plan, clock, console};

/// Options of `compare`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// What tells groups apart: outlet, date:decade, date:year, date:month, date:day, or a column of the input.
    #[arg(long, value_name = "COLUMN", value_parser = By::named)]
    by: By,
    /// Folder to write into, made if it does not exist, or a file named .xlsx or .html; by default aligned text on standard output.
    #[arg(short, long, value_name = "DIR|FILE")]
    output: Option<PathBuf>,
    /// Format of the tables in a folder, see `newsbeat list formats`; repeatable.
    #[arg(long, value_name = "NAME", default_value = "csv", requires = "output")]
    format: Vec<String>,
    #[command(flatten)]
    dialect: DialectArgs,
    /// Write the time of the run into the table `run`; without it the same input gives the same bytes.
    #[arg(long)]
    stamp: bool,
    #[command(flatten)]
    measure: MetricArgs,
    /// Seed of the bootstrap; the same seed gives the same intervals.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Occurrences in a group from which on a word may be a keyword of it.
    #[arg(long, value_name = "N", default_value_t = KeynessParams::default().min_count)]
    min_count: u64,
    /// Keywords of a group, at most.
    #[arg(long, value_name = "N", default_value_t = KeynessParams::default().n_keywords)]
    keywords: usize,
    #[command(flatten)]
    model: ModelArg,
    #[command(flatten)]
    force: Force,
}

/// A comparison, decided.
pub(crate) struct Compare {
    common: Common,
    inputs: Inputs,
    by: By,
    /// Where tables go; `None` for standard output.
    files: Option<ReportPaths>,
    dialect: Dialect,
    model: TopicModel,
    metrics: Vec<&'static Metric>,
    params: CompareParams,
    run: Run,
}

impl Args {
    /// Looks for inputs, output and model.
    pub(crate) fn plan(self, common: Common) -> anyhow::Result<Compare> {
        let mut formats: Vec<&'static Format> = Vec::new();
        for name in &self.format {
            let format = Format::named(name)?;
            if !formats.iter().any(|f| f.name == format.name) {
                formats.push(format);
            }
        }
        let output = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let files = output.map(|path| self.files(path, &formats)).transpose()?;
        let run = Run {
            model: self.model.name(),
            options: self.options(),
            stamp: self.stamp.then(clock::utc),
            ..Run::default()
        };
        let metrics = self.measure.metrics()?;
        let params = CompareParams {
            bootstrap: BootstrapParams { seed: self.seed, ..BootstrapParams::default() },
            keyness: KeynessParams { min_count: self.min_count, n_keywords: self.keywords },
        };
        let inputs = self.input.keeping(self.by.column()).find()?;
        let model = self.model.load()?;
        if let Some(files) = &files {
            let folder = files.folder();
            std::fs::create_dir_all(folder)
                .with_context(|| format!("{}: cannot create folder", folder.display()))?;
            file::sweep(folder);
        }
        let dialect = self.dialect.dialect();
        Ok(Compare { common, inputs, by: self.by, files, dialect, model, metrics, params, run })
    }

    /// A folder, or a file whose extension is that of a format which has all tables in one.
    fn files(&self, path: &Path, formats: &[&'static Format]) -> newsbeat::Result<ReportPaths> {
        let extension = path.extension().and_then(|extension| extension.to_str());
        let format = extension.and_then(|name| Format::named(name).ok()).filter(|_| !path.is_dir());
        match format {
            None => ReportPaths::new(path, formats, self.force.existing(), COMPARE),
            Some(format) if matches!(format.layout, Layout::Rows(_) | Layout::Whole(_)) => {
                let rule = "must be a folder, or a file named .xlsx or .html, to hold several tables";
                Err(Error::parameter("output", rule, path.display()))
            }
            Some(format) => ReportPaths::file(path, format, self.force.existing(), COMPARE),
        }
    }

    /// The options that shape the output, defaults said, places left out.
    fn options(&self) -> String {
        let own = [
            format!("by={}", self.by),
            format!("seed={}", self.seed),
            format!("min-count={}", self.min_count),
            format!("keywords={}", self.keywords),
        ];
        let parts = self.input.options().into_iter().chain(self.measure.option()).chain(own);
        parts.chain(self.dialect.options()).collect::<Vec<_>>().join(" ")
    }
}

impl Plan for Compare {
    fn run(&self) -> anyhow::Result<Outcome> {
        let analysis = Analysis {
            model: &self.model,
            metrics: self.metrics.clone(),
            extras: Extras::default(),
            language: self.inputs.language(),
            context: false,
        };
        let mut comparison = Comparison::new(self.by.clone(), &self.metrics, self.model.labels());
        let mut totals = Totals::new(self.model.labels().len());
        let mut rejects = Vec::new();
        let n_rejects =
            self.inputs.for_each_batch(self.common.quiet, &Counts(&analysis), |done, rejected| {
                for (report, words) in &done {
                    comparison.add(report, words);
                    totals.add(std::slice::from_ref(report));
                }
                rejects.extend((!rejected.is_empty()).then(|| report::rejects(rejected)));
                Ok(())
            })?;
        let tables = comparison.tables(&self.params, self.model.confusion())?;
        match &self.files {
            None => TableOutput::print_all(tables.into_iter().map(|table| (table.name.clone(), table)))?,
            Some(files) => self.write(files, tables, &rejects, &totals, n_rejects)?,
        }
        let quiet = self.common.quiet;
        if self.model.confusion().and_then(Confusion::rates).is_none() {
            let what = "the model does not know its errors of each label, so topic shares are not corrected";
            console::say(quiet, format_args!("warning: {what}"));
        }
        if let Some(files) = &self.files {
            console::say(
                quiet,
                format_args!(
                    "{}: {}, {}, {} in none; {}",
                    files.place().display(),
                    console::count(comparison.n_groups(), "group"),
                    console::count(totals.n_articles, "article"),
                    comparison.n_ungrouped(),
                    console::count(n_rejects, "reject"),
                ),
            );
        }
        Ok(Outcome { n_rejected: n_rejects })
    }
}

impl Compare {
    fn write(
        &self,
        files: &ReportPaths,
        mut tables: Vec<Table>,
        rejects: &[Table],
        totals: &Totals,
        n_rejects: usize,
    ) -> anyhow::Result<()> {
        let run = Run {
            model_fingerprint: self.model.fingerprint()?,
            n_inputs: self.inputs.n_files,
            n_rejects,
            ..self.run.clone()
        };
        tables.push(run.table(totals));
        let dictionary = data_dictionary(&tables.iter().chain(rejects.first()).collect::<Vec<_>>());
        let mut out = files.open(self.dialect)?;
        out.write_page(|out| comparison_page(&tables, self.model.labels(), out))?;
        for table in tables.iter().chain(rejects).chain([&dictionary]) {
            out.append(table)?;
        }
        Ok(out.finish()?)
    }
}

/// Analyses articles and counts their words.
struct Counts<'a, 'm>(&'a Analysis<'m>);

impl<'m> Work for Counts<'_, 'm> {
    type Session = Session<'m>;
    type Outcome = (ArticleReport, WordCounts);

    fn start(&self) -> Self::Session {
        self.0.model.session()
    }

    fn of(&self, session: &mut Self::Session, article: Article) -> Self::Outcome {
        let language = article.detected_language.unwrap_or(self.0.language);
        let words = WordCounts::of(article.body().map(|paragraph| paragraph.text.as_str()), language.case);
        (self.0.of(session, article), words)
    }
}
