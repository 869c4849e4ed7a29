//! Options that shape a model, for `train` and for cross-validation.

use std::path::Path;
use std::sync::Once;

use clap::{Args, ValueEnum};
use newsbeat::Error;
use newsbeat::bayes::Prior;
use newsbeat::classify::{
    AutoParams, CalibrationMethod, CalibrationParams, Classifier, CorpusOptions, LabelledText, TopicModel,
};
use newsbeat::text::analyzer::StopWords;
use newsbeat::text::{AnalyzerParams, Language, NgramUnit};
use newsbeat::vectorize::{Limit, VocabularyParams};

use super::console;
use super::limits::CorpusLimitArgs;

/// Which columns of a labelled corpus hold what.
#[derive(Debug, Clone, Args)]
pub(crate) struct ColumnArgs {
    /// Column of the label.
    #[arg(long, default_value = "label", value_name = "COLUMN")]
    label_column: String,
    /// Column of the text.
    #[arg(long, default_value = "text", value_name = "COLUMN")]
    text_column: String,
    #[command(flatten)]
    limits: CorpusLimitArgs,
}

impl ColumnArgs {
    /// As the library takes them.
    pub(crate) fn options(&self) -> CorpusOptions {
        CorpusOptions {
            label_column: self.label_column.clone(),
            text_column: self.text_column.clone(),
            limits: self.limits.limits(),
            ..CorpusOptions::default()
        }
    }

    /// What training may take of memory.
    pub(crate) fn max_training_bytes(&self) -> u64 {
        self.limits.limits().max_training_bytes
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
    /// What terms are made of: words, or characters within words for languages without a stemmer.
    #[arg(long, value_enum, default_value_t = Unit::Word)]
    analyzer: Unit,
    /// Shortest and longest run that is a term: MIN-MAX within 1-5 words or 1-10 characters, or auto (3-5 characters).
    #[arg(long, default_value = "auto", value_name = "MIN-MAX|auto")]
    ngrams: String,
    /// Hash terms into 2^BITS buckets, 8 to 26: for corpora whose vocabulary does not fit into memory. Such a model does not
    /// know which words its terms are.
    #[arg(long, value_name = "BITS")]
    hash_features: Option<u8>,
    /// How counts become weights: counts, binary, log, tfidf or auto; or three parts as in log-idf-l2: counts, binary or log,
    /// idf or plain-idf if wanted, and l1, l2 or none.
    #[arg(long, default_value = "auto", value_name = "NAME|auto")]
    weighting: String,
    /// How scores become probabilities: temperature, isotonic (a curve for each label on top) or none.
    #[arg(long, default_value = "temperature", value_name = "NAME")]
    calibration: String,
    /// Leave out terms that fewer than N documents have, or less than a SHARE with a decimal point.
    #[arg(long, default_value = "1", value_name = "N|SHARE", value_parser = parse_limit)]
    min_df: Limit,
    /// Leave out terms that more than N documents have, or more than a SHARE with a decimal point.
    #[arg(long, default_value = "1.0", value_name = "N|SHARE", value_parser = parse_limit)]
    max_df: Limit,
    /// Keep only the N terms that occur most often.
    #[arg(long, value_name = "N")]
    max_features: Option<usize>,
    /// Words left out: none, the name of a list, or a file with a word a line.
    #[arg(long, default_value = "none", value_name = "none|NAME|FILE")]
    stop_words: String,
    /// Language of the texts, ISO 639-1, whose stemmer and rules of upper and lower case are used.
    #[arg(long, default_value = "en", value_name = "CODE")]
    language: String,
    /// Snowball stemmer (see `newsbeat list languages`), or none; by default that of the language, none for characters.
    #[arg(long, value_name = "NAME|none")]
    stemmer: Option<String>,
    /// Add to each weight of naive Bayes what a logistic regression learns from what it leaves unexplained; the larger the number, the
    /// more: 1 is a good start. Training takes some ten times as long; such models cannot be merged.
    #[arg(long, value_name = "STRENGTH")]
    refine: Option<f64>,
    /// Share of each label among the texts to come, as LABEL=SHARE,...; by default labels weigh as the square root of their
    /// size.
    #[arg(long, value_name = "LABEL=SHARE,...", value_delimiter = ',', value_parser = parse_share)]
    prior: Vec<(String, f64)>,
}

/// What terms are made of, by scikit-learn's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    /// Stems of words.
    Word,
    /// Characters within words, a space at either end.
    #[value(name = "char_wb")]
    CharWb,
}

impl TrainingArgs {
    /// Checks every option; what is `auto` has several candidates.
    pub(crate) fn params(&self) -> newsbeat::Result<AutoParams> {
        let default = AutoParams::default();
        // Bernoulli's model is one of presence: no other weighting goes with it.
        let is_presence = self.classifier == "bernoulli" && self.weighting == "auto";
        let weighting = if is_presence { "binary" } else { &self.weighting };
        let params = AutoParams {
            analyzer: self.analyzer()?,
            vocabulary: VocabularyParams {
                min_df: self.min_df,
                max_df: self.max_df,
                max_features: self.max_features,
            },
            ngram_ranges: unless_auto(&self.ngrams, self.ngram_ranges(default.ngram_ranges), parse_range)?,
            weightings: unless_auto(weighting, default.weightings, str::parse)?,
            classifiers: unless_auto(&self.classifier, default.classifiers, classifier_named)?,
            alphas: unless_auto(&self.alpha, default.alphas, parse_alpha)?,
            refine: self.refine,
            prior: self.prior.iter().cloned().collect(),
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
    pub(crate) fn fit(
        &self,
        rows: &[LabelledText<'_>],
        max_bytes: u64,
        quiet: bool,
    ) -> newsbeat::Result<TopicModel> {
        Ok(learned(&self.params()?, quiet, |params| params.fit_within(rows, max_bytes))?.model)
    }

    fn analyzer(&self) -> newsbeat::Result<AnalyzerParams> {
        let language = AnalyzerParams::of_language(Language::of_code(&self.language)?);
        let stemmer = match (self.stemmer.as_deref(), self.analyzer) {
            (Some("none"), _) | (None, Unit::CharWb) => None,
            (Some(name), _) => Some(name.to_owned()),
            (None, Unit::Word) => language.stemmer,
        };
        Ok(AnalyzerParams {
            stop_words: self.stop_words()?,
            stemmer,
            ngram_unit: match self.analyzer {
                Unit::Word => NgramUnit::Word,
                Unit::CharWb => NgramUnit::CharWb,
            },
            hash_bits: self.hash_features,
            ..language
        })
    }

    /// The candidates for `auto`: one where a corpus must be counted anew for each.
    fn ngram_ranges(&self, default: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
        match (self.analyzer, self.hash_features) {
            (Unit::CharWb, _) => vec![(3, 5)],
            (Unit::Word, Some(_)) => default[..1].to_vec(),
            (Unit::Word, None) => default,
        }
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

/// What `learn` makes of `params`, or of those that have room, if longer terms have none; that is said, once.
pub(crate) fn learned<T>(
    params: &AutoParams,
    quiet: bool,
    learn: impl Fn(&AutoParams) -> newsbeat::Result<T>,
) -> newsbeat::Result<T> {
    static SAID: Once = Once::new();
    learn(params).or_else(|error| {
        let Some(less) = params.within_less(&error) else { return Err(error) };
        let (min, max) = less.ngram_ranges[0];
        let message = format_args!(
            "warning: longer terms have no room within --max-training-bytes; only --ngrams {min}-{max} is looked at"
        );
        SAID.call_once(|| console::say(quiet, message));
        learn(&less)
    })
}

/// The candidates of an option: the default ones for `auto`, else the one that is named.
fn unless_auto<T>(
    option: &str,
    candidates: Vec<T>,
    parse: fn(&str) -> newsbeat::Result<T>,
) -> newsbeat::Result<Vec<T>> {
    if option == "auto" { Ok(candidates) } else { Ok(vec![parse(option)?]) }
}

fn parse_share(share: &str) -> Result<(String, f64), String> {
    share
        .rsplit_once('=')
        .and_then(|(label, share)| Some((label.to_owned(), share.parse().ok()?)))
        .ok_or_else(|| "must be LABEL=SHARE".to_owned())
}

fn parse_range(range: &str) -> newsbeat::Result<(usize, usize)> {
    let bad = || Error::parameter("ngrams", "must be MIN-MAX, or auto", range);
    let (min, max) = range.split_once('-').ok_or_else(bad)?;
    Ok((min.parse().map_err(|_| bad())?, max.parse().map_err(|_| bad())?))
}

fn parse_alpha(alpha: &str) -> newsbeat::Result<f64> {
    alpha.parse().map_err(|_| Error::parameter("alpha", "must be auto or a number above 0", alpha))
}

/// A whole number is a count, one with a decimal point a share, as in scikit-learn.
fn parse_limit(limit: &str) -> Result<Limit, String> {
    let parsed = if limit.contains('.') {
        limit.parse().ok().map(Limit::Share)
    } else {
        limit.parse().ok().map(Limit::Count)
    };
    parsed.ok_or_else(|| "must be a number of documents, or a share as in 0.5".to_owned())
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
