//! The table of what was compared.

use crate::table::{Column, Table};
use crate::vectorize::TfidfParams;

use super::super::params::Classifier;
use super::super::quality::Quality;
use super::search::{MARGIN, RELUCTANCE};

/// One configuration and its leave-one-out quality.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Shortest and longest run of words that is a term.
    pub ngram_range: (usize, usize),
    /// How counts become weights.
    pub weighting: TfidfParams,
    /// Which naive Bayes.
    pub classifier: Classifier,
    /// Leave-one-out log loss after calibration, documents weighted as the calibration weighs them: what the choice is by.
    pub weighted_log_loss: f64,
    /// Leave-one-out quality after calibration.
    pub quality: Quality,
}

/// Every configuration that was compared, in the order of the comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidates {
    pub(super) all: Vec<Candidate>,
    pub(super) chosen: usize,
}

impl Candidates {
    /// Every configuration.
    pub fn all(&self) -> &[Candidate] {
        &self.all
    }

    /// The one that the model was trained with.
    pub fn chosen(&self) -> &Candidate {
        &self.all[self.chosen]
    }

    /// The same comparison with each classifier, weighting and range at its best smoothing only.
    #[must_use]
    pub fn at_best_alpha(&self) -> Self {
        let is_rival = |a: &Candidate, b: &Candidate| {
            let name = |c: &Candidate| (c.ngram_range, c.weighting, c.classifier.name());
            name(a) == name(b)
        };
        let is_best = |i: usize| {
            let candidate = &self.all[i];
            let rivals = self.all.iter().filter(|rival| is_rival(candidate, rival));
            i == self.chosen
                || (!is_rival(candidate, self.chosen())
                    && rivals.min_by(|a, b| a.weighted_log_loss.total_cmp(&b.weighted_log_loss))
                        == Some(candidate))
        };
        let kept: Vec<usize> = (0..self.all.len()).filter(|&i| is_best(i)).collect();
        let chosen = kept.iter().position(|&i| i == self.chosen).expect("the chosen one is kept");
        Self { all: kept.into_iter().map(|i| self.all[i].clone()).collect(), chosen }
    }

    /// Each classifier, weighting and range at its best smoothing, `*` before the one chosen: for people.
    pub fn summary(&self) -> Table {
        let shown = self.at_best_alpha();
        let mark = |i: usize| Some(if i == shown.chosen { "*" } else { " " }.to_owned());
        let mut columns = vec![Column::text(
            "",
            "* for the configuration of the model",
            (0..shown.all.len()).map(mark).collect(),
        )];
        columns.extend(shown.columns());
        Table::new("candidates", columns)
    }

    /// Why the chosen one was chosen, in a sentence.
    pub fn reason(&self) -> String {
        let n_judged = self.chosen().quality.n_documents;
        let n_compared = self.all.iter().map(|c| c.quality.n_documents).min().unwrap_or(n_judged);
        let settled = if n_judged > n_compared {
            format!("; its smoothing is settled on {n_judged}")
        } else {
            String::new()
        };
        format!(
            "* is chosen by the weighted log loss of {n_compared} documents, each judged by the model without it: the first row stays \
             unless one below it is better by {} % and by {RELUCTANCE} standard errors{settled}",
            MARGIN * 100.0
        )
    }

    /// One row for each configuration.
    pub fn table(&self) -> Table {
        let chosen = (0..self.all.len()).map(|i| Some(i64::from(i == self.chosen))).collect();
        let mut columns = self.columns();
        columns.push(Column::integer("chosen", "", "1 for the configuration of the model", chosen));
        Table::new("candidates", columns)
    }

    fn columns(&self) -> Vec<Column> {
        let text = |name: &str, meaning: &str, value: &dyn Fn(&Candidate) -> String| {
            Column::text(name, meaning, self.all.iter().map(|c| Some(value(c))).collect())
        };
        let number = |name: &str, unit, meaning: &str, value: &dyn Fn(&Candidate) -> f64| {
            Column::float(name, unit, meaning, self.all.iter().map(|c| Some(value(c))).collect())
        };
        let judged = self.all.iter().map(|c| i64::try_from(c.quality.n_documents).ok()).collect();
        vec![
            text("ngrams", "shortest and longest run of words that is a term", &|c| {
                format!("{}-{}", c.ngram_range.0, c.ngram_range.1)
            }),
            text("weighting", "how counts become weights", &|c| c.weighting.to_string()),
            text("classifier", "which naive Bayes", &|c| c.classifier.name().to_owned()),
            number("alpha", "", "smoothing", &|c| c.classifier.alpha()),
            number(
                "weighted_log_loss",
                "nats",
                "leave-one-out log loss after calibration, documents weighted by their label's size to the power of -tau",
                &|c| c.weighted_log_loss,
            ),
            number("log_loss", "nats", "leave-one-out log loss after calibration", &|c| c.quality.log_loss),
            number("macro_f1", "share", "leave-one-out mean of the labels' F1", &|c| c.quality.macro_f1),
            number("accuracy", "share", "leave-one-out accuracy", &|c| c.quality.accuracy),
            Column::integer("n_documents", "documents", "documents judged", judged),
        ]
    }
}
