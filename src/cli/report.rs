//! `newsbeat report`: articles in, topics and metrics out.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args as ClapArgs;
use newsbeat::Error;
use newsbeat::analysis::{Analysis, ArticleReport};
use newsbeat::article::Article;
use newsbeat::classify::explain::Explainer;
use newsbeat::classify::{Session, TopicModel};
use newsbeat::file;
use newsbeat::metrics::{Extras, Metric};
use newsbeat::report::{self, Page, PageArticle, ReportShape, Run, Totals, data_dictionary};
use newsbeat::similarity::{Signature, Signer};
use newsbeat::table::{Dialect, Format, Table};

use super::args::{Common, DialectArgs, Force, ModelArg};
use super::copies::Copies;
use super::crew::Work;
use super::exit::Outcome;
use super::input::{InputArgs, Inputs, Position};
use super::measure::{MeasureArgs, ShortTexts};
use super::report_files::{REPORT, ReportPaths};
use super::resume::{self, Origin, State, Unfinished};
use super::{Plan, clock, console};

/// Formats whose files can be cut at a row and written on.
const RESUMABLE: [&str; 3] = ["csv", "tsv", "jsonl"];

/// Options of `report`.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
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
    /// Write the time of the run into the table `run`; without it the same input gives the same bytes.
    #[arg(long)]
    stamp: bool,
    /// Judge each paragraph alone, not in the light of its article.
    #[arg(long)]
    alone: bool,
    /// Name the article that each is a near copy of, wire copy or a reissue, in the column `duplicate_of` of the table
    /// `articles`.
    #[arg(long)]
    dedup: bool,
    /// Keep what is done in a hidden folder beside the tables; run again with the same inputs, options and model, go on
    /// after the last batch that was done. For csv, tsv and jsonl.
    #[arg(long)]
    resume: bool,
    #[command(flatten)]
    measure: MeasureArgs,
    #[command(flatten)]
    model: ModelArg,
    #[command(flatten)]
    force: Force,
}

/// A report, decided.
pub(crate) struct Report {
    common: Common,
    inputs: Inputs,
    files: ReportPaths,
    dialect: Dialect,
    model: TopicModel,
    metrics: Vec<&'static Metric>,
    extras: Extras,
    /// Whether metrics were asked for by name.
    names_metrics: bool,
    context: bool,
    dedup: bool,
    unfinished: Option<Unfinished>,
    run: Run,
}

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
        let files = ReportPaths::new(&self.output, &formats, self.force.existing(), REPORT)?;
        let run = Run {
            model: self.model.name(),
            options: self.options(&formats),
            stamp: self.stamp.then(clock::utc),
            ..Run::default()
        };
        let (metrics, extras) = (self.measure.metrics()?, self.measure.extras()?);
        let unfinished =
            if self.resume { Some(self.take_up(&formats, &run.options, &extras)?) } else { None };
        let before = unfinished.as_ref().and_then(Unfinished::state).map(|state| state.position);
        let inputs = self.input.find_behind(before.unwrap_or_default())?;
        let model = self.model.load()?;
        std::fs::create_dir_all(&self.output)
            .with_context(|| format!("{}: cannot create folder", self.output.display()))?;
        file::sweep(&self.output);
        let dialect = self.dialect.dialect();
        let (context, dedup, names_metrics) = (!self.alone, self.dedup, self.measure.names_metrics());
        Ok(Report {
            common,
            inputs,
            files,
            dialect,
            model,
            metrics,
            extras,
            names_metrics,
            context,
            dedup,
            unfinished,
            run,
        })
    }

    /// Takes up the run that an earlier one has left unfinished, or begins one that can be taken up.
    fn take_up(
        &self,
        formats: &[&'static Format],
        options: &str,
        extras: &Extras,
    ) -> anyhow::Result<Unfinished> {
        if let Some(format) = formats.iter().find(|format| !RESUMABLE.contains(&format.name)) {
            let rule = format!("must be one of {} with --resume", RESUMABLE.join(", "));
            return Err(Error::parameter("format", rule, format.name).into());
        }
        let origin = Origin {
            inputs: self.input.fingerprint()?,
            // A dictionary counts by its words, not by its name.
            options: blake3::hash(format!("{options} {extras:?}").as_bytes()).to_string(),
            model: self.model.load()?.fingerprint()?,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        Ok(Unfinished::take_up(&self.output, origin)?)
    }

    /// The options that shape the output, defaults said, places left out.
    fn options(&self, formats: &[&'static Format]) -> String {
        let formats = formats.iter().map(|format| format!("format={}", format.name));
        let flag = |is_on: bool, name: &str| is_on.then(|| name.to_owned());
        let flags = [(self.alone, "alone"), (self.dedup, "dedup"), (self.stamp, "stamp")];
        let flags = flags.into_iter().filter_map(|(is_on, name)| flag(is_on, name));
        let parts = self
            .input
            .options()
            .into_iter()
            .chain(self.measure.options())
            .chain(formats)
            .chain(self.dialect.options())
            .chain(flags);
        parts.collect::<Vec<_>>().join(" ")
    }
}

impl Plan for Report {
    fn run(&self) -> anyhow::Result<Outcome> {
        let analysis = Analysis {
            model: &self.model,
            metrics: self.metrics.clone(),
            extras: self.extras.clone(),
            language: self.inputs.language(),
            context: self.context,
        };
        let fingerprint = self.model.fingerprint()?;
        let shape = ReportShape {
            metrics: &analysis.metrics,
            extras: &analysis.extras,
            labels: self.model.labels(),
            model_fingerprint: &fingerprint,
            kept: self.inputs.kept(),
        };
        let unfinished = self.unfinished.as_ref();
        let mut files = match unfinished {
            Some(run) => self.files.go_on(self.dialect, run)?,
            None => self.files.open(self.dialect)?,
        };
        let mut state = unfinished.and_then(Unfinished::state).cloned().unwrap_or_else(|| State {
            position: Position::default(),
            totals: Totals::new(self.model.labels().len()),
            short: ShortTexts::default(),
        });
        let mut page = Page::new(self.model.labels(), &analysis.metrics);
        files.write_page(|out| page.begin(out))?;
        let analyses = Analyses {
            analysis: &analysis,
            with_page: self.files.has_page(),
            signer: self.dedup.then(Signer::default),
        };
        let mut copies =
            unfinished.filter(|_| self.dedup).map_or_else(|| Ok(Copies::default()), Copies::of)?;
        let n_rejects = self.inputs.for_each_batch(self.common.quiet, &analyses, |analysed, rejected| {
            let (reports, beside): (Vec<ArticleReport>, Vec<Beside>) = analysed.into_iter().unzip();
            let mut duplicates = Vec::with_capacity(if self.dedup { reports.len() } else { 0 });
            for (report, Beside { signature, of_page }) in reports.iter().zip(beside) {
                let original = signature.and_then(|s| copies.original_of(&report.article_id, &s));
                if let Some(article) = of_page {
                    files.write_page(|out| page.add(article.duplicate_of(original.clone()), out))?;
                }
                if self.dedup {
                    duplicates.push(original);
                }
            }
            state.totals.add(&reports);
            for report in &reports {
                state.short.look_at(report.n_words, &self.metrics, &report.metrics);
            }
            files.append(&self.articles(&shape, &reports, duplicates))?;
            files.append(&shape.paragraphs(&reports))?;
            if !rejected.is_empty() {
                files.append(&report::rejects(rejected))?;
            }
            let Some(run) = unfinished else { return Ok(()) };
            state.position.n_batches += 1;
            state.position.n_articles += reports.len();
            state.position.n_rejected += rejected.len();
            let mut lengths = files.sync()?;
            lengths.extend(copies.sync()?);
            run.note(&state, lengths)
        })?;
        // A run that found all batches done has not met the columns of tables without rows.
        files.append(&self.articles(&shape, &[], Vec::new()))?;
        files.append(&shape.paragraphs(&[]))?;
        let State { totals, short, .. } = state;
        let run = Run {
            model_fingerprint: fingerprint.clone(),
            n_inputs: self.inputs.n_files,
            n_rejects,
            ..self.run.clone()
        };
        let (topics, run) = (totals.topics(self.model.labels()), run.table(&totals));
        files.write_page(|out| page.finish(&totals, &run, out))?;
        files.append(&topics)?;
        files.append(&run)?;
        let mut described = vec![self.articles(&shape, &[], Vec::new()), shape.paragraphs(&[]), topics, run];
        described.extend((n_rejects > 0).then(|| report::rejects(&[])));
        files.append(&data_dictionary(&described.iter().collect::<Vec<_>>()))?;
        files.finish()?;
        match unfinished {
            Some(run) => run.finish()?,
            None => resume::forget(self.files.folder()),
        }
        short.say(self.common.quiet || !self.names_metrics);
        console::say(
            self.common.quiet,
            format_args!(
                "{}: {}, {}, {}; {}",
                self.files.folder().display(),
                console::count(totals.n_articles, "article"),
                console::count(totals.n_paragraphs, "paragraph"),
                console::count(totals.n_words, "word"),
                console::count(n_rejects, "reject"),
            ),
        );
        Ok(Outcome { n_rejected: n_rejects })
    }
}

impl Report {
    /// The table of articles, with what each is a copy of where that is wanted.
    fn articles(
        &self,
        shape: &ReportShape<'_>,
        reports: &[ArticleReport],
        duplicates: Vec<Option<String>>,
    ) -> Table {
        let table = shape.articles(reports);
        if self.dedup { table.with_column(report::duplicate_column(duplicates)) } else { table }
    }
}

/// Analyses articles, and makes what a page shows of them.
struct Analyses<'a, 'm> {
    analysis: &'a Analysis<'m>,
    with_page: bool,
    /// Signs them, where copies are looked for.
    signer: Option<Signer>,
}

/// What is made of an article beside its report.
struct Beside {
    signature: Option<Signature>,
    of_page: Option<PageArticle>,
}

impl<'m> Work for Analyses<'_, 'm> {
    type Session = (Session<'m>, Option<Explainer<'m>>);
    type Outcome = (ArticleReport, Beside);

    fn start(&self) -> Self::Session {
        let model = self.analysis.model;
        (model.session(), self.with_page.then(|| Explainer::new(model)))
    }

    fn of(&self, (session, explainer): &mut Self::Session, article: Article) -> Self::Outcome {
        let sign =
            |signer: &Signer| signer.signature(article.body().map(|paragraph| paragraph.text.as_str()));
        let signature = self.signer.as_ref().and_then(sign);
        let report = self.analysis.of(session, article);
        let of_page = explainer.as_mut().map(|e| PageArticle::of(&report, &self.analysis.metrics, e));
        (report, Beside { signature, of_page })
    }
}
