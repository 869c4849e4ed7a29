//! `newsbeat list`: what there is, from the registries.

use clap::{Args as ClapArgs, ValueEnum};
use newsbeat::article::read::INPUT_FORMATS;
use newsbeat::metrics::{self, Metric, PRESETS, Preset};
use newsbeat::table::{Column, FORMATS, Table};
use newsbeat::text::LANGUAGES;

use super::Plan;
use super::exit::Outcome;
use super::output::TableOutput;

/// A registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Registry {
    /// Every metric.
    Metrics,
    /// Packages whose conventions `metrics --preset` follows.
    Presets,
    /// Every language and what serves it.
    Languages,
    /// Formats of input and output.
    Formats,
    /// Models that come with the program.
    Models,
}

/// Options of `list`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// What to list.
    #[arg(value_enum)]
    registry: Registry,
    /// Show everything about one metric, or the columns of one preset.
    #[arg(value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    output: TableOutput,
}

/// A listing, decided.
pub(crate) struct Listing {
    table: Table,
    output: TableOutput,
}

impl Args {
    /// Builds the table.
    pub(crate) fn plan(self) -> anyhow::Result<Listing> {
        self.output.check()?;
        let table = match (self.registry, &self.name) {
            (Registry::Metrics, Some(name)) => about(metrics::named(name)?),
            (Registry::Metrics, None) => all_metrics(),
            (Registry::Presets, Some(name)) => columns_of(Preset::named(name)?),
            (Registry::Presets, None) => presets(),
            (_, Some(name)) => {
                return Err(
                    newsbeat::Error::parameter("NAME", "goes with list metrics or presets", name).into()
                );
            }
            (Registry::Languages, None) => languages(),
            (Registry::Formats, None) => formats(),
            (Registry::Models, None) => models(),
        };
        Ok(Listing { table, output: self.output })
    }
}

fn column<T>(name: &str, items: impl IntoIterator<Item = T>, text: impl Fn(T) -> String) -> Column {
    let cell = |item| Some(text(item)).filter(|text| !text.is_empty());
    Column::text(name, "", items.into_iter().map(cell).collect())
}

fn all_metrics() -> Table {
    Table::new(
        "metrics",
        vec![
            column("metric", metrics::all(), |m| m.name.to_owned()),
            column("family", metrics::all(), |m| m.family.name().to_owned()),
            column("unit", metrics::all(), |m| m.unit.to_owned()),
            column("formula", metrics::all(), |m| m.formula.to_owned()),
            column("reference", metrics::all(), |m| m.reference.to_owned()),
        ],
    )
}

/// Everything about one metric, a line each.
fn about(metric: &Metric) -> Table {
    let languages = if metric.languages.is_empty() { "all".to_owned() } else { metric.languages.join(", ") };
    let minimum =
        if metric.min_words == 0 { "none".to_owned() } else { format!("{} words", metric.min_words) };
    let rows = [
        ("metric", metric.name.to_owned()),
        ("family", metric.family.name().to_owned()),
        ("unit", metric.unit.to_owned()),
        ("formula", metric.formula.to_owned()),
        ("reference", metric.reference.to_owned()),
        ("interpretation", metric.interpretation.to_owned()),
        ("languages", languages),
        ("minimum length", minimum),
        ("comparable between lengths", if metric.comparable { "yes" } else { "no" }.to_owned()),
    ];
    Table::new(
        "metric",
        vec![column("property", &rows, |r| r.0.to_owned()), column("value", &rows, |r| r.1.clone())],
    )
}

fn presets() -> Table {
    Table::new(
        "presets",
        vec![
            column("preset", PRESETS, |p| p.name.to_owned()),
            column("package", PRESETS, |p| p.package.to_owned()),
            column("columns", PRESETS, |p| p.columns().len().to_string()),
            column("difference", PRESETS, |p| p.difference.to_owned()),
        ],
    )
}

fn columns_of(preset: &Preset) -> Table {
    Table::new(
        preset.name,
        vec![
            column("column", preset.columns(), |c| c.name.to_owned()),
            column("formula", preset.columns(), |c| c.formula().to_owned()),
        ],
    )
}

fn languages() -> Table {
    let yes = |holds: bool| if holds { "yes" } else { "" }.to_owned();
    Table::new(
        "languages",
        vec![
            column("code", LANGUAGES, |l| l.code.to_owned()),
            column("language", LANGUAGES, |l| l.name.to_owned()),
            column("stemmer", LANGUAGES, |l| l.stemmer.to_owned()),
            column("sentence_rules", LANGUAGES, |l| l.sentence_rules.to_owned()),
            column("stop_words", LANGUAGES, |l| l.stop_words.unwrap_or_default().to_owned()),
            column("syllables", LANGUAGES, |l| yes(l.has_syllables)),
        ],
    )
}

fn formats() -> Table {
    let inputs = INPUT_FORMATS.iter().map(|f| ("input", f.name, f.about));
    let rows: Vec<_> = inputs.chain(FORMATS.iter().map(|f| ("output", f.name, f.about))).collect();
    Table::new(
        "formats",
        vec![
            column("direction", &rows, |r| r.0.to_owned()),
            column("format", &rows, |r| r.1.to_owned()),
            column("about", &rows, |r| r.2.to_owned()),
        ],
    )
}

fn models() -> Table {
    let rows = [("topics", "security, trade, diplomacy, other; English news; built in, the default")];
    Table::new(
        "models",
        vec![column("model", rows, |r| r.0.to_owned()), column("about", rows, |r| r.1.to_owned())],
    )
}

impl Plan for Listing {
    fn run(&self) -> anyhow::Result<Outcome> {
        self.output.write(&self.table)?;
        Ok(Outcome::default())
    }
}
