//! Options that shape a model, for `train` and for cross-validation.

use std::path::Path;

use clap::Args;
use newsbeat::Error;
use newsbeat::bayes::Prior;
use newsbeat::classify::{
    AutoParams, CalibrationMethod, CalibrationParams, Classifier, CorpusOptions, LabelledText, TopicModel,
};
use newsbeat::text::AnalyzerParams;
use newsbeat::text::analyzer::StopWords;
use newsbeat::vectorize::{Limit, TfidfParams, VocabularyParams};

/// Which columns of a labelled corpus hold what.
#[derive(Debug, Clone, Args)]
pub(crate) struct ColumnArgs {
    /// Column of the label.
    #[arg(long, default_value = "label", value_name = "COLUMN")]
    label_column: String,
    /// Column of the text.
    #[arg(long, default_value = "text", value_name = "COLUMN")]
    text_column: String,
}

impl ColumnArgs {
    /// As the library takes them.
    pub(crate) fn options(&self) -> CorpusOptions {
        CorpusOptions {
            label_column: self.label_column.clone(),
            text_column: self.text_column.clone(),
            ..CorpusOptions::default()
        }
    }
}

/// What a model is trained with.
#[derive(Debug, Clone, Args)]
pub(crate) struct TrainingArgs {
    /// Naive Bayes: complement, multinomial, bernoulli, one-vs-all or auto.
    #[arg(long, default_value = "auto", value_name = "NAME|auto")]
    classifier: String,
    /// Smoothing: a number above 0, or auto.
    #[arg(long, default_value = "auto", value_name = "F|auto")]
    alpha: String,
    /// Shortest and longest run of words that is a term: MIN-MAX within 1-5, or auto.
    #[arg(long, default_value = "auto", value_name = "MIN-MAX|auto")]
    ngrams: String,
    /// How counts become weights: counts, binary, log, tfidf or auto.
    #[arg(long, default_value = "auto", value_name = "NAME|auto")]
    weighting: String,
    /// How scores become probabilities: temperature, isotonic (a curve for each label on top) or none.
    #[arg(long, default_value = "temperature", value_name = "NAME")]
    calibration: String,
    /// Leave out terms that fewer than N documents have.
    #[arg(long, default_value_t = 1, value_name = "N")]
    min_df: u64,
    /// Keep only the N terms that occur most often.
    #[arg(long, value_name = "N")]
    max_features: Option<usize>,
    /// Words left out: none, the name of a list, or a file with a word a line.
    #[arg(long, default_value = "none", value_name = "none|NAME|FILE")]
    stop_words: String,
    /// Snowball stemmer (see `newsbeat list languages`), or none.
    #[arg(long, default_value = "english", value_name = "NAME|none")]
    stemmer: String,
}

impl TrainingArgs {
    /// Checks every option; what is `auto` has several candidates.
    pub(crate) fn params(&self) -> newsbeat::Result<AutoParams> {
        let default = AutoParams::default();
        // Bernoulli's model is one of presence: no other weighting goes with it.
        let is_presence = self.classifier == "bernoulli" && self.weighting == "auto";
        let weighting = if is_presence { "binary" } else { &self.weighting };
        let params = AutoParams {
            analyzer: AnalyzerParams {
                stop_words: self.stop_words()?,
                stemmer: Some(self.stemmer.clone()).filter(|name| name != "none"),
                ..default.analyzer
            },
            vocabulary: VocabularyParams {
                min_df: Limit::Count(self.min_df),
                max_features: self.max_features,
                ..default.vocabulary
            },
            ngram_ranges: unless_auto(&self.ngrams, default.ngram_ranges, parse_range)?,
            weightings: unless_auto(weighting, default.weightings, weighting_named)?,
            classifiers: unless_auto(&self.classifier, default.classifiers, classifier_named)?,
            alphas: unless_auto(&self.alpha, default.alphas, parse_alpha)?,
            calibration: CalibrationParams {
                method: calibration_named(&self.calibration)?,
                ..default.calibration
            },
            ..default
        };
        params.counting_analyzer()?.build()?;
        Ok(params)
    }

    /// Fits a model to rows in memory.
    pub(crate) fn fit(&self, rows: &[LabelledText<'_>]) -> newsbeat::Result<TopicModel> {
        Ok(self.params()?.fit(rows)?.model)
    }

    fn stop_words(&self) -> newsbeat::Result<StopWords> {
        match self.stop_words.as_str() {
            "none" => Ok(StopWords::None),
            name if newsbeat::text::stop_words::named(name).is_ok() => Ok(StopWords::Named(name.to_owned())),
            path => {
                if !Path::new(path).exists() {
                    // Neither a name nor a file: the answer that names the lists.
                    newsbeat::text::stop_words::named(path)?;
                }
                let words = std::fs::read_to_string(path).map_err(|e| Error::io(path, "read", e))?;
                Ok(StopWords::List(
                    words.lines().map(str::trim).filter(|w| !w.is_empty()).map(str::to_owned).collect(),
                ))
            }
        }
    }
}

/// The candidates of an option: the default ones for `auto`, else the one that is named.
fn unless_auto<T>(
    option: &str,
    candidates: Vec<T>,
    parse: fn(&str) -> newsbeat::Result<T>,
) -> newsbeat::Result<Vec<T>> {
    if option == "auto" { Ok(candidates) } else { Ok(vec![parse(option)?]) }
}

fn parse_range(range: &str) -> newsbeat::Result<(usize, usize)> {
    let bad = || Error::parameter("ngrams", "must be MIN-MAX within 1-5, or auto", range);
    let (min, max) = range.split_once('-').ok_or_else(bad)?;
    Ok((min.parse().map_err(|_| bad())?, max.parse().map_err(|_| bad())?))
}

fn parse_alpha(alpha: &str) -> newsbeat::Result<f64> {
    alpha.parse().map_err(|_| Error::parameter("alpha", "must be auto or a number above 0", alpha))
}

fn weighting_named(name: &str) -> newsbeat::Result<TfidfParams> {
    match name {
        "counts" => Ok(TfidfParams::COUNTS),
        "binary" => Ok(TfidfParams { binary: true, ..TfidfParams::COUNTS }),
        "log" => Ok(TfidfParams::LOG),
        "tfidf" => Ok(TfidfParams::TFIDF),
        _ => Err(Error::parameter("weighting", "must be counts, binary, log, tfidf or auto", name)),
    }
}

fn calibration_named(name: &str) -> newsbeat::Result<CalibrationMethod> {
    match name {
        "temperature" => Ok(CalibrationMethod::Temperature),
        "isotonic" => Ok(CalibrationMethod::Isotonic),
        "none" => Ok(CalibrationMethod::None),
        _ => Err(Error::parameter("calibration", "must be temperature, isotonic or none", name)),
    }
}

/// The smoothing is chosen apart; the one here stands in for it.
fn classifier_named(name: &str) -> newsbeat::Result<Classifier> {
    let alpha = 1.0;
    match name {
        "complement" => Ok(Classifier::Complement { alpha, norm: false }),
        "multinomial" => Ok(Classifier::Multinomial { alpha, prior: Prior::Empirical }),
        "bernoulli" => Ok(Classifier::Bernoulli { alpha, prior: Prior::Empirical }),
        "one-vs-all" => Ok(Classifier::OneVsAll { alpha }),
        _ => {
            let rule = "must be complement, multinomial, bernoulli, one-vs-all or auto";
            Err(Error::parameter("classifier", rule, name))
        }
    }
}
