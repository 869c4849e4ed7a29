//! Options that shape a model, for `train` and for cross-validation.

use clap::Args;
use newsbeat::Error;
use newsbeat::bayes::Prior;
use newsbeat::classify::{Classifier, CorpusOptions, LabelledText, TopicModel, TopicModelParams};
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
    pub(crate) fn options(&self, group_column: Option<&str>) -> CorpusOptions {
        CorpusOptions {
            label_column: self.label_column.clone(),
            text_column: self.text_column.clone(),
            group_column: group_column.map(str::to_owned),
        }
    }
}

/// What a model is trained with.
#[derive(Debug, Clone, Args)]
pub(crate) struct TrainingArgs {
    #[command(flatten)]
    pub(crate) columns: ColumnArgs,
    /// Naive Bayes: complement, multinomial, bernoulli, one-vs-all or auto.
    #[arg(long, default_value = "auto")]
    classifier: String,
    /// Smoothing: a number above 0, or auto.
    #[arg(long, default_value = "auto", value_name = "F|auto")]
    alpha: String,
    /// Shortest and longest run of words that is a term: MIN-MAX within 1-5, or auto.
    #[arg(long, default_value = "auto", value_name = "MIN-MAX|auto")]
    ngrams: String,
    /// How counts become weights: counts, binary, log, tfidf or auto.
    #[arg(long, default_value = "auto")]
    weighting: String,
    /// Leave out terms that fewer documents have.
    #[arg(long, default_value_t = 1, value_name = "N")]
    min_df: u64,
    /// Keep so many of the terms that occur most often.
    #[arg(long, value_name = "N")]
    max_features: Option<usize>,
    /// Words left out: none, the name of a list, or a file with a word a line.
    #[arg(long, default_value = "none", value_name = "none|NAME|FILE")]
    stop_words: String,
    /// Snowball stemmer, or none.
    #[arg(long, default_value = "english", value_name = "NAME|none")]
    stemmer: String,
}

impl TrainingArgs {
    /// Checks every option.
    pub(crate) fn params(&self) -> newsbeat::Result<TopicModelParams> {
        let default = TopicModelParams::default();
        let alpha = match self.alpha.as_str() {
            "auto" => default.classifier.alpha(),
            number => number
                .parse()
                .map_err(|_| Error::parameter("alpha", "must be auto or a number above 0", number))?,
        };
        let classifier = match self.classifier.as_str() {
            "complement" => Classifier::Complement { alpha, norm: false },
            "multinomial" => Classifier::Multinomial { alpha, prior: Prior::Empirical },
            "bernoulli" => Classifier::Bernoulli { alpha, prior: Prior::Empirical },
            "one-vs-all" | "auto" => Classifier::OneVsAll { alpha },
            other => {
                let rule = "must be complement, multinomial, bernoulli, one-vs-all or auto";
                return Err(Error::parameter("classifier", rule, other));
            }
        };
        let weighting = match self.weighting.as_str() {
            "auto" | "log" => TfidfParams::LOG,
            "counts" => TfidfParams::COUNTS,
            "binary" => TfidfParams { binary: true, ..TfidfParams::COUNTS },
            "tfidf" => TfidfParams::TFIDF,
            other => {
                return Err(Error::parameter(
                    "weighting",
                    "must be counts, binary, log, tfidf or auto",
                    other,
                ));
            }
        };
        let ngram_range = match self.ngrams.as_str() {
            "auto" => (1, 2),
            range => parse_range(range)?,
        };
        let analyzer = AnalyzerParams {
            stop_words: self.stop_words()?,
            stemmer: Some(self.stemmer.clone()).filter(|name| name != "none"),
            ngram_range,
            ..default.analyzer
        };
        let vocabulary = VocabularyParams {
            min_df: Limit::Count(self.min_df),
            max_features: self.max_features,
            ..default.vocabulary
        };
        let params = TopicModelParams { analyzer, vocabulary, weighting, classifier };
        params.check()?;
        Ok(params)
    }

    /// Fits a model to rows in memory.
    pub(crate) fn fit(&self, rows: &[LabelledText<'_>]) -> newsbeat::Result<TopicModel> {
        self.params()?.fit(rows)
    }

    fn stop_words(&self) -> newsbeat::Result<StopWords> {
        match self.stop_words.as_str() {
            "none" => Ok(StopWords::None),
            name if newsbeat::text::stop_words::named(name).is_ok() => Ok(StopWords::Named(name.to_owned())),
            path => {
                let words = std::fs::read_to_string(path).map_err(|e| Error::io(path, "read", e))?;
                Ok(StopWords::List(
                    words.lines().map(str::trim).filter(|w| !w.is_empty()).map(str::to_owned).collect(),
                ))
            }
        }
    }
}

fn parse_range(range: &str) -> newsbeat::Result<(usize, usize)> {
    let bad = || Error::parameter("ngrams", "must be MIN-MAX within 1-5, or auto", range);
    let (min, max) = range.split_once('-').ok_or_else(bad)?;
    Ok((min.parse().map_err(|_| bad())?, max.parse().map_err(|_| bad())?))
}
