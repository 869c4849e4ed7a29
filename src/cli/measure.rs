//! What is measured, for the commands that measure.

use std::fs::File;
use std::path::PathBuf;

use clap::Args;
use newsbeat::metrics::{self, Dictionary, Extras, Family, Metric};
use newsbeat::{Error, Result};
use serde::{Deserialize, Serialize};

use super::console;

/// Which metrics.
#[derive(Debug, Clone, Args)]
pub(crate) struct MetricArgs {
    /// Metrics to compute; all by default. See `newsbeat list metrics`.
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    metrics: Vec<String>,
    /// Families of metrics to compute.
    #[arg(long, value_name = "NAME,...", value_delimiter = ',', conflicts_with = "metrics")]
    family: Vec<String>,
}

/// Which metrics, and what beside them.
#[derive(Debug, Clone, Args)]
pub(crate) struct MeasureArgs {
    #[command(flatten)]
    chosen: MetricArgs,
    /// Add `NAME_low` and `NAME_high` to each metric: bootstrap bounds, 95 %, over the sentences of each text. Empty
    /// where drawing sentences again moves the metric itself, as it does most measures of vocabulary.
    #[arg(long)]
    intervals: bool,
    /// Seed of the bootstrap; the same seed gives the same bounds.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "intervals")]
    seed: u64,
    /// Word lists, a CSV file of category,term[,weight]: adds `dict_CATEGORY`, a share of the words, and
    /// `n_dict_CATEGORY`. A term may be several words, have a * for any letters, or a ~ in front for all words of its stem.
    #[arg(long, value_name = "FILE")]
    dictionary: Option<PathBuf>,
}

impl MetricArgs {
    /// The metrics in their order.
    pub(crate) fn metrics(&self) -> Result<Vec<&'static Metric>> {
        if !self.metrics.is_empty() {
            return self.metrics.iter().map(|name| metrics::named(name)).collect();
        }
        let families = self.family.iter().map(|name| Family::named(name)).collect::<Result<Vec<_>>>()?;
        let is_asked = |metric: &&Metric| families.is_empty() || families.contains(&metric.family);
        Ok(metrics::all().filter(is_asked).collect())
    }

    /// What is measured, as a word of the table `run`; none for every metric.
    pub(crate) fn option(&self) -> Option<String> {
        let names = |option: &str, names: &[String]| {
            (!names.is_empty()).then(|| format!("{option}={}", names.join(",")))
        };
        names("metrics", &self.metrics).or_else(|| names("family", &self.family))
    }
}

impl MeasureArgs {
    /// The metrics in their order.
    pub(crate) fn metrics(&self) -> Result<Vec<&'static Metric>> {
        self.chosen.metrics()
    }

    /// Whether metrics are asked for by name.
    pub(crate) fn names_metrics(&self) -> bool {
        !self.chosen.metrics.is_empty()
    }

    /// What is measured, as words of the table `run`.
    pub(crate) fn options(&self) -> Vec<String> {
        let seed = self.intervals.then(|| format!("intervals seed={}", self.seed));
        // The file's name, not its place.
        let dictionary = self.dictionary.as_ref().and_then(|path| path.file_name());
        let dictionary = dictionary.map(|name| format!("dictionary={}", name.to_string_lossy()));
        [self.chosen.option(), seed, dictionary].into_iter().flatten().collect()
    }

    /// What is told beside them.
    pub(crate) fn extras(&self) -> Result<Extras> {
        let read = |path: &PathBuf| {
            let file = File::open(path).map_err(|e| Error::io(path.display(), "read", e))?;
            Dictionary::read(file, &path.display().to_string())
        };
        let dictionary = self.dictionary.as_ref().map(read).transpose()?;
        Ok(Extras { dictionary, seed: self.intervals.then_some(self.seed) })
    }
}

/// Counts the texts that are shorter than a metric taken of them supports, where metrics were asked for by name: of all
/// metrics, some need more than any short text has.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct ShortTexts {
    n_texts: usize,
}

impl ShortTexts {
    /// Looks at a text of `n_words` and its values of `metrics`.
    pub(crate) fn look_at(&mut self, n_words: usize, metrics: &[&'static Metric], values: &[Option<f64>]) {
        let is_short =
            |(metric, value): (&&Metric, &Option<f64>)| value.is_some() && n_words < metric.min_words;
        self.n_texts += usize::from(metrics.iter().zip(values).any(is_short));
    }

    /// Warns of them.
    pub(crate) fn say(&self, quiet: bool) {
        if self.n_texts > 0 {
            let texts = console::count(self.n_texts, "text");
            let message = format_args!(
                "warning: {texts} shorter than a metric supports; `newsbeat list metrics NAME` says how long a text must be"
            );
            console::say(quiet, message);
        }
    }
}
