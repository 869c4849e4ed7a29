//! What a model has learned, as tables.

use linfa::ParamGuard;
use serde_json::Value;

use super::refine::Refinement;
use super::topic_model::TopicModel;
use crate::bayes::{LinearScorer, OneVsAllNb};
use crate::error::Result;
use crate::table::{Column, Table};

/// Values of a setting that are shown one by one.
const LONGEST_LIST: usize = 16;

/// What a hashed model cannot tell.
pub const HASHED: &str =
    "hashed: a term is a bucket of words that the model does not know, and may stand for several";

/// Shows a model's settings, labels and terms.
///
/// The log odds of a term for a label are those of one-versus-all naive Bayes with the model's own smoothing, whatever its
/// classifier, before it is refined: `ln(P(term | label) / P(term | all other labels))`, see [`OneVsAllNb`].
///
/// # Examples
///
/// ```
/// use newsbeat::classify::inspect::Inspection;
/// use newsbeat::classify::{LabelledText, TopicModelParams};
/// use newsbeat::table::text;
///
/// let row = |label, text| LabelledText { label, text, group: "" };
/// let model = TopicModelParams::default().fit(&[
///     row("security", "Troops, more troops and yet more troops."),
///     row("trade", "Tariffs hit the ports."),
/// ])?;
/// let terms = Inspection::of(&model)?.top_terms(1);
/// assert!(text::render(&terms).contains("troop"));
/// # Ok::<(), newsbeat::Error>(())
/// ```
#[derive(Debug)]
pub struct Inspection<'m> {
    model: &'m TopicModel,
    log_odds: LinearScorer,
}

impl<'m> Inspection<'m> {
    /// Looks into a model.
    ///
    /// # Errors
    ///
    /// If the model's smoothing is out of range.
    pub fn of(model: &'m TopicModel) -> Result<Self> {
        let params = OneVsAllNb::params().alpha(model.params().classifier.alpha()).check()?;
        Ok(Self { model, log_odds: params.scorer(model.sums())? })
    }

    /// Counts, fingerprint, hyper-parameters, calibration, what it decides with and its leave-one-out quality: `setting,
    /// value`.
    pub fn settings(&self) -> Table {
        let model = self.model;
        let mut settings = vec![
            ("n_documents".to_owned(), model.n_documents().to_string()),
            ("n_labels".to_owned(), model.labels().len().to_string()),
            ("n_terms".to_owned(), model.vocabulary().len().to_string()),
            ("corpus_fingerprint".to_owned(), model.corpus_fingerprint().to_string()),
        ];
        let hashed = self.model.params().analyzer.hash_bits.is_some();
        settings.extend(hashed.then(|| ("terms".to_owned(), HASHED.to_owned())));
        let stemmer = model.analyzer().stemmer().map(|stemmer| stemmer.id().to_string());
        settings.extend(stemmer.map(|id| ("stemmer".to_owned(), id)));
        let parts = [
            ("", serde_json::to_value(model.params())),
            ("refinement", serde_json::to_value(model.refinement().map(Refinement::scale))),
            ("calibration", serde_json::to_value(model.calibration())),
            ("decision", serde_json::to_value(model.decision())),
            ("leave_one_out", serde_json::to_value(model.leave_one_out())),
        ];
        for (name, value) in parts {
            let value = value.expect("parameters have only strings, numbers and lists");
            self.flatten(name, &value, &mut settings);
        }
        let (names, values) = settings.into_iter().map(|(name, value)| (Some(name), Some(value))).unzip();
        Table::new(
            "settings",
            vec![
                Column::text("setting", "path of the setting", names),
                Column::text("value", "its value", values),
            ],
        )
    }

    /// `label, n_documents, share, sum, intercept`.
    pub fn labels(&self) -> Table {
        let sums = self.model.sums();
        let counts = sums.class_count();
        let all: f64 = counts.iter().sum();
        let floats = |values: Vec<f64>| values.into_iter().map(Some).collect();
        Table::new(
            "labels",
            vec![
                Column::text("label", "", self.model.labels().iter().cloned().map(Some).collect()),
                Column::integer(
                    "n_documents",
                    "documents",
                    "documents of the label",
                    sums.raw_class_count()
                        .iter()
                        .map(|n| i64::try_from(n >> sums.fraction_bits()).ok())
                        .collect(),
                ),
                Column::float(
                    "share",
                    "share",
                    "share of all documents",
                    floats(counts.iter().map(|n| n / all).collect()),
                ),
                Column::float(
                    "sum",
                    "weight",
                    "sum of the weights of all terms",
                    floats(sums.class_totals()),
                ),
                Column::float(
                    "intercept",
                    "nats",
                    "score of a text without known terms",
                    floats(self.model.scorer().intercept().to_vec()),
                ),
            ],
        )
    }

    /// The `n` terms of each label with the highest log odds, ties in the terms' order:
    /// `label, rank, term, log_odds, document_frequency, sum, sum_elsewhere`.
    pub fn top_terms(&self, n: usize) -> Table {
        let (mut labels, mut ranks, mut terms, mut odds) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut frequencies, mut sums, mut elsewhere) = (Vec::new(), Vec::new(), Vec::new());
        for (label, name) in self.model.labels().iter().enumerate() {
            for (rank, term) in (1..).zip(self.top(label, n)) {
                labels.push(Some(name.clone()));
                ranks.push(Some(rank));
                terms.push(Some(self.model.vocabulary().term(term).to_owned()));
                odds.push(Some(self.log_odds.weight(term, label)));
                frequencies.push(self.document_frequency(term));
                let by_label: Vec<f64> = self.model.sums().feature_count(term).collect();
                sums.push(Some(by_label[label]));
                elsewhere.push(Some(
                    by_label.iter().enumerate().filter(|(l, _)| *l != label).map(|(_, s)| s).sum(),
                ));
            }
        }
        Table::new(
            "top_terms",
            vec![
                Column::text("label", "", labels),
                Column::integer("rank", "", "1 for the highest log odds", ranks),
                Column::text("term", "the term as the model knows it", terms),
                Column::float("log_odds", "nats", "ln(P(term | label) / P(term | all other labels))", odds),
                Column::integer(
                    "document_frequency",
                    "documents",
                    "training documents with the term",
                    frequencies,
                ),
                Column::float("sum", "weight", "sum of the term's weights in the label", sums),
                Column::float(
                    "sum_elsewhere",
                    "weight",
                    "sum of the term's weights in all other labels",
                    elsewhere,
                ),
            ],
        )
    }

    /// Every term in order: `term, document_frequency, idf`, then its log odds for each label, `log_odds_<label>`.
    pub fn terms(&self) -> Table {
        let vocabulary = self.model.vocabulary();
        let mut columns = vec![
            Column::text(
                "term",
                "the term as the model knows it",
                vocabulary.iter().map(|term| Some(term.to_owned())).collect(),
            ),
            Column::integer(
                "document_frequency",
                "documents",
                "training documents with the term",
                self.numbers().map(|term| self.document_frequency(term)).collect(),
            ),
            Column::float(
                "idf",
                "",
                "inverse document frequency",
                self.numbers().map(|term| Some(self.model.weights().idf(term))).collect(),
            ),
        ];
        for (label, name) in self.model.labels().iter().enumerate() {
            let odds = self.numbers().map(|term| Some(self.log_odds.weight(term, label))).collect();
            let meaning = format!("ln(P(term | {name}) / P(term | all other labels))");
            columns.push(Column::float(format!("log_odds_{name}"), "nats", meaning, odds));
        }
        Table::new("terms", columns)
    }

    fn numbers(&self) -> impl Iterator<Item = u32> {
        (0..).take(self.model.vocabulary().len())
    }

    fn document_frequency(&self, term: u32) -> Option<i64> {
        i64::try_from(self.model.document_frequency()[term as usize]).ok()
    }

    fn top(&self, label: usize, n: usize) -> Vec<u32> {
        let mut terms: Vec<u32> = self.numbers().collect();
        let odds = |term: u32| self.log_odds.weight(term, label);
        let order = |a: &u32, b: &u32| odds(*b).total_cmp(&odds(*a)).then(a.cmp(b));
        if n < terms.len() {
            terms.select_nth_unstable_by(n, order);
            terms.truncate(n);
        }
        terms.sort_unstable_by(order);
        terms
    }

    /// Settings by their path; lists with a value for each label are told apart by the labels.
    fn flatten(&self, path: &str, value: &Value, settings: &mut Vec<(String, String)>) {
        let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        let labels = self.model.labels();
        match value {
            Value::Object(map) => {
                map.iter().for_each(|(name, value)| self.flatten(&below(name), value, settings));
            }
            Value::Array(list) if path.starts_with("calibration") && list.len() == labels.len() => {
                for (label, value) in labels.iter().zip(list) {
                    self.flatten(&below(label), value, settings);
                }
            }
            Value::Array(list) if list.len() > LONGEST_LIST => {
                settings.push((path.to_owned(), format!("{} values", list.len())));
            }
            Value::String(text) => settings.push((path.to_owned(), text.clone())),
            Value::Null => settings.push((path.to_owned(), "none".to_owned())),
            value => settings.push((path.to_owned(), value.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::{LabelledText, TopicModelParams};
    use crate::table::text;
    use crate::vectorize::TfidfParams;

    fn model() -> TopicModel {
        let row = |label, text| LabelledText { label, text, group: "" };
        let rows = [
            row("security", "troops troops border"),
            row("security", "missiles, border"),
            row("trade", "tariffs at the border"),
        ];
        TopicModelParams { weighting: TfidfParams::COUNTS, ..Default::default() }.fit(&rows).unwrap()
    }

    #[test]
    fn the_terms_that_tell_a_label_from_the_others_come_first() {
        let model = model();
        let table = Inspection::of(&model).unwrap().top_terms(2);
        insta::assert_snapshot!(text::render(&table), @r"
        label     rank  term    log_odds  document_frequency     sum  sum_elsewhere
        security     1  troop     4.0001                   1  2.0000         0.0000
        security     2  missil    3.3216                   1  1.0000         0.0000
        trade        1  at        3.7506                   1  1.0000         0.0000
        trade        2  tariff    3.7506                   1  1.0000         0.0000
        ");
    }

    #[test]
    fn labels_have_their_counts() {
        let model = model();
        insta::assert_snapshot!(text::render(&Inspection::of(&model).unwrap().labels()), @r"
        label     n_documents   share     sum  intercept
        security            2  0.6667  5.0000    -0.6931
        trade               1  0.3333  4.0000    -0.6931
        ");
    }

    #[test]
    fn every_term_is_listed_in_order() {
        let model = model();
        insta::assert_snapshot!(text::render(&Inspection::of(&model).unwrap().terms()), @r"
        term    document_frequency     idf  log_odds_security  log_odds_trade
        at                       1  1.0000            -3.7506          3.7506
        border                   3  1.0000             0.4640         -0.4640
        missil                   1  1.0000             3.3216         -3.3216
        tariff                   1  1.0000            -3.7506          3.7506
        the                      1  1.0000            -3.7506          3.7506
        troop                    1  1.0000             4.0001         -4.0001
        ");
    }

    #[test]
    fn every_parameter_is_a_setting() {
        let model = model();
        let settings = text::render(&Inspection::of(&model).unwrap().settings());
        for name in
            ["classifier.alpha", "analyzer.ngram_range", "weighting.norm", "vocabulary.min_df", "stemmer"]
        {
            assert!(settings.contains(name), "{name} in\n{settings}");
        }
        assert!(settings.contains("calibration.bias.trade"), "{settings}");
        assert!(settings.contains(&model.corpus_fingerprint().to_string()), "{settings}");
    }

    #[test]
    fn asking_for_more_terms_than_there_are_gives_all() {
        let model = model();
        assert_eq!(Inspection::of(&model).unwrap().top_terms(100).n_rows(), 2 * model.vocabulary().len());
    }
}
