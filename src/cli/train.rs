//! `newsbeat train`: labelled texts to one model file.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use newsbeat::bayes::Prior;
use newsbeat::classify::{Classifier, CorpusOptions, CorpusReader, CountedCorpus, TopicModelParams};
use newsbeat::text::AnalyzerParams;
use newsbeat::text::analyzer::StopWords;
use newsbeat::vectorize::{Limit, Norm, TfidfParams, VocabularyParams};
use newsbeat::{Error, file};

use super::args::{Common, Force};
use super::exit::Outcome;
use super::{Plan, console};

/// Options of `train`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Labelled texts: CSV, TSV or JSONL files with a column for the label and one for the text.
    #[arg(required = true, value_name = "CORPUS")]
    corpora: Vec<PathBuf>,
    /// Model file to write.
    #[arg(short, long, value_name = "MODEL")]
    output: PathBuf,
    /// Column of the label.
    #[arg(long, default_value = "label", value_name = "COLUMN")]
    label_column: String,
    /// Column of the text.
    #[arg(long, default_value = "text", value_name = "COLUMN")]
    text_column: String,
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
    #[command(flatten)]
    force: Force,
}

/// A training run, decided.
pub(crate) struct Training {
    args: Args,
    params: TopicModelParams,
    common: Common,
}

impl Args {
    /// Checks every option.
    pub(crate) fn plan(self, common: Common) -> anyhow::Result<Training> {
        file::refuse_existing(&self.output, self.force.existing())?;
        file::sweep(file::folder_of(&self.output));
        let params = self.params()?;
        Ok(Training { args: self, params, common })
    }

    fn params(&self) -> newsbeat::Result<TopicModelParams> {
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
            "auto" => default.weighting,
            "counts" => TfidfParams::COUNTS,
            "binary" => TfidfParams { binary: true, ..TfidfParams::COUNTS },
            "log" => TfidfParams { sublinear_tf: true, norm: Norm::L2, ..TfidfParams::COUNTS },
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

fn parse_range(range: &str) -> newsbeat::Result<(usize, usize)> {
    let bad = || Error::parameter("ngrams", "must be MIN-MAX within 1-5, or auto", range);
    let (min, max) = range.split_once('-').ok_or_else(bad)?;
    Ok((min.parse().map_err(|_| bad())?, max.parse().map_err(|_| bad())?))
}

impl Plan for Training {
    fn run(&self) -> anyhow::Result<Outcome> {
        let Self { args, params, common } = self;
        let options = CorpusOptions {
            label_column: args.label_column.clone(),
            text_column: args.text_column.clone(),
            group_column: None,
        };
        let reader = CorpusReader::new(args.corpora.clone(), options);
        let corpus = CountedCorpus::count(params.analyzer.clone(), reader)?;
        corpus.rejects().iter().for_each(console::reject);
        let model = params.clone().fit_counted(&corpus)?;
        model.save(&args.output, args.force.existing())?;
        console::say(
            common.quiet,
            format_args!(
                "{}: {} documents, {} labels, {} terms",
                args.output.display(),
                model.n_documents(),
                model.labels().len(),
                model.vocabulary().len()
            ),
        );
        Ok(Outcome { n_rejected: corpus.rejects().len() })
    }
}
