//! Evaluations as tables.

use super::comparison::Comparison;
use super::confusion::Confusion;
use super::evaluation::Evaluation;
use super::figure::FIGURES;
use crate::statistics::Interval;
use crate::table::{Column, Table};

impl Evaluation {
    /// `label, precision, recall, f1, support, value`: a row for each label, then a row for each figure, `accuracy`,
    /// `macro_f1`, `log_loss` and `ece` first, with its name under `label` and its number under `value`; with intervals,
    /// `low` and `high` follow, then the figures of other evaluations of the same rows, each under its name. With a comparison
    /// there are `difference`, `difference_low`, `difference_high`, and below the figures the numbers of a
    /// [`McNemar`](super::McNemar).
    pub fn table(&self, others: &[(&str, &Self)], comparison: Option<&Comparison>) -> Table {
        let tests = comparison.map(|comparison| comparison.mcnemar().figures()).into_iter().flatten();
        let (test_names, test_values): (Vec<&str>, Vec<f64>) = tests.unzip();
        let labels = || 0..self.labels().len();
        let (n_labels, n_rows) = (labels().len(), labels().len() + FIGURES.len() + test_names.len());
        let names =
            self.labels().iter().map(String::as_str).chain(FIGURES.iter().map(|f| f.name)).chain(test_names);
        let of_labels = |score: fn(&Confusion, usize) -> Option<f64>| {
            filled(n_rows, 0, labels().map(|label| score(self.confusion(), label)))
        };
        let of_figures = |values: &mut dyn Iterator<Item = Option<f64>>| filled(n_rows, n_labels, values);
        let mut values = self.figures().map(|(_, value)| value).chain(test_values.into_iter().map(Some));
        let mut columns = vec![
            Column::text(
                "label",
                "label, or name of the figure",
                names.map(|n| Some(n.to_owned())).collect(),
            ),
            Column::float("precision", "share", "correct / predicted", of_labels(Confusion::precision)),
            Column::float("recall", "share", "correct / support", of_labels(Confusion::recall)),
            Column::float("f1", "share", "2 * correct / (predicted + support)", of_labels(Confusion::f1)),
            Column::integer(
                "support",
                "rows",
                "rows of the label",
                filled(n_rows, 0, labels().map(|label| integer(self.confusion().support(label)))),
            ),
            Column::float("value", "", "the figure", of_figures(&mut values)),
        ];
        if !self.intervals().is_empty() {
            columns.extend(ends(["low", "high"], "the bootstrap interval", |end| {
                of_figures(&mut self.intervals().iter().map(|i| i.as_ref().map(end)))
            }));
        }
        columns.extend(others.iter().map(|(name, other)| {
            Column::float(
                *name,
                "",
                "for comparison",
                of_figures(&mut other.figures().map(|(_, value)| value)),
            )
        }));
        if let Some(comparison) = comparison {
            let meaning = "value less that of the other model";
            columns.push(Column::float("difference", "", meaning, of_figures(&mut comparison.differences())));
            columns.extend(ends(["difference_low", "difference_high"], "the difference's interval", |end| {
                of_figures(&mut comparison.intervals().iter().map(|i| i.as_ref().map(end)))
            }));
        }
        Table::new("evaluation", columns)
    }

    /// The rows of the labels alone, with how many rows were given each.
    pub fn label_table(&self) -> Table {
        let labels = || 0..self.labels().len();
        let score = |score: fn(&Confusion, usize) -> Option<f64>| -> Vec<Option<f64>> {
            labels().map(|label| score(self.confusion(), label)).collect()
        };
        let count =
            |n: &dyn Fn(usize) -> u64| -> Vec<Option<i64>> { labels().map(|l| integer(n(l))).collect() };
        Table::new(
            "labels",
            vec![
                Column::text("label", "", self.labels().iter().cloned().map(Some).collect()),
                Column::float("precision", "share", "correct / predicted", score(Confusion::precision)),
                Column::float("recall", "share", "correct / support", score(Confusion::recall)),
                Column::float("f1", "share", "2 * correct / (predicted + support)", score(Confusion::f1)),
                Column::integer(
                    "support",
                    "rows",
                    "rows of the label",
                    count(&|l| self.confusion().support(l)),
                ),
                Column::integer(
                    "predicted",
                    "rows",
                    "rows that were given the label",
                    count(&|l| self.confusion().predicted(Some(l))),
                ),
            ],
        )
    }

    /// Every figure beside those of other evaluations of the same rows, each under its name: `figure, value, <name>...`; with
    /// intervals, `low` and `high` follow `value`.
    pub fn figure_table(&self, others: &[(&str, &Self)]) -> Table {
        let values = |evaluation: &Self| evaluation.figures().map(|(_, value)| value).collect();
        let names = FIGURES.iter().map(|figure| Some(figure.name.to_owned())).collect();
        let mut columns =
            vec![Column::text("figure", "", names), Column::float("value", "", "of the model", values(self))];
        if !self.intervals().is_empty() {
            columns.extend(ends(["low", "high"], "the bootstrap interval", |end| {
                self.intervals().iter().map(|i| i.as_ref().map(end)).collect()
            }));
        }
        columns.extend(
            others.iter().map(|(name, other)| Column::float(*name, "", "for comparison", values(other))),
        );
        Table::new("figures", columns)
    }

    /// Rows by true label (down) and predicted label (across); the last column is of rows without an answer, if there are
    /// any.
    pub fn confusion_table(&self) -> Table {
        let labels = || 0..self.labels().len();
        let confusion = self.confusion();
        let predicted =
            |answer: Option<usize>| labels().map(|truth| integer(confusion.count(truth, answer))).collect();
        let mut columns =
            vec![Column::text("label", "true label", self.labels().iter().cloned().map(Some).collect())];
        for (label, name) in self.labels().iter().enumerate() {
            let meaning = format!("rows that were given the label {name}");
            columns.push(Column::integer(
                format!("predicted_{name}"),
                "rows",
                meaning,
                predicted(Some(label)),
            ));
        }
        if confusion.n_unanswered() > 0 {
            columns.push(Column::integer("unanswered", "rows", "rows without a known term", predicted(None)));
        }
        Table::new("confusion", columns)
    }

    /// The same for a page: columns under the bare labels, or under numbers where the names are too long for a line.
    pub fn confusion_overview(&self) -> Table {
        let width: usize = self.labels().iter().map(|label| label.chars().count() + 2).sum();
        let is_numbered = width > 80;
        let number = |label: usize| (label + 1).to_string();
        let mut columns = self.confusion_table().into_columns();
        for (label, name) in self.labels().iter().enumerate() {
            columns[label + 1].name = if is_numbered { number(label) } else { name.clone() };
        }
        if is_numbered {
            let names = self.labels().iter().enumerate();
            let numbered = names.map(|(label, name)| Some(format!("{:>2} {name}", label + 1))).collect();
            columns[0] = Column::text("label", "true label", numbered);
        }
        Table::new("confusion", columns)
    }

    /// The reliability diagram: stated probability and share of correct answers, bin by bin.
    pub fn reliability_table(&self) -> Table {
        let bins: Vec<_> = self.reliability().bins().collect();
        let edges = |edge: fn(&super::Bin) -> f64| bins.iter().map(|bin| Some(edge(bin))).collect();
        Table::new(
            "reliability",
            vec![
                Column::float("above", "probability", "lower end of the bin, not in it", edges(|b| b.above)),
                Column::float("up_to", "probability", "upper end of the bin, in it", edges(|b| b.up_to)),
                Column::integer(
                    "n",
                    "rows",
                    "answers in the bin",
                    bins.iter().map(|b| integer(b.n)).collect(),
                ),
                Column::float(
                    "mean_confidence",
                    "probability",
                    "mean stated probability",
                    bins.iter().map(|b| b.mean_confidence).collect(),
                ),
                Column::float(
                    "accuracy",
                    "share",
                    "correct answers",
                    bins.iter().map(|b| b.accuracy).collect(),
                ),
            ],
        )
    }
}

/// Values with none before the first and behind the last.
fn filled<T: Clone>(
    n_rows: usize,
    n_before: usize,
    values: impl Iterator<Item = Option<T>>,
) -> Vec<Option<T>> {
    let before = std::iter::repeat_n(None, n_before);
    before.chain(values).chain(std::iter::repeat(None)).take(n_rows).collect()
}

/// Two columns for the ends of intervals.
fn ends(
    names: [&str; 2],
    what: &str,
    values: impl Fn(fn(&Interval) -> f64) -> Vec<Option<f64>>,
) -> [Column; 2] {
    [
        Column::float(names[0], "", format!("lower end of {what}"), values(|i| i.low)),
        Column::float(names[1], "", format!("upper end of {what}"), values(|i| i.high)),
    ]
}

fn integer(n: u64) -> Option<i64> {
    i64::try_from(n).ok()
}

#[cfg(test)]
mod tests {
    use super::super::Predictions;
    use super::*;
    use crate::table::text;

    fn evaluation() -> Evaluation {
        let labels = ["other", "security", "trade"].map(str::to_owned);
        let answers = vec![
            Some(vec![0.7, 0.2, 0.1]),
            Some(vec![0.1, 0.8, 0.1]),
            Some(vec![0.3, 0.6, 0.1]),
            None,
            Some(vec![0.9, 0.05, 0.05]),
        ];
        Evaluation::of(&Predictions::new(&labels, &[0, 1, 0, 1, 0], answers).unwrap())
    }

    #[test]
    fn labels_come_first_then_the_figures_with_accuracy_macro_f1_log_loss_and_ece_in_front() {
        insta::assert_snapshot!(text::render(&evaluation().table(&[], None)), @r"
        label         precision  recall      f1  support   value
        other            1.0000  0.6667  0.8000        3       -
        security         0.5000  0.5000  0.5000        2       -
        trade                 -       -       -        0       -
        accuracy              -       -       -        -  0.6000
        macro_f1              -       -       -        -  0.6500
        log_loss              -       -       -        -  0.5976
        ece                   -       -       -        -  0.3000
        weighted_f1           -       -       -        -  0.6800
        micro_f1              -       -       -        -  0.6667
        brier                 -       -       -        -  0.3483
        cohens_kappa          -       -       -        -  0.3333
        mcc                   -       -       -        -  0.3608
        ");
    }

    #[test]
    fn the_confusion_table_has_a_column_for_rows_without_an_answer() {
        insta::assert_snapshot!(text::render(&evaluation().confusion_table()), @r"
        label     predicted_other  predicted_security  predicted_trade  unanswered
        other                   2                   1                0           0
        security                0                   1                0           1
        trade                   0                   0                0           0
        ");
    }

    #[test]
    fn long_labels_are_numbered_in_the_overview_of_confusion() {
        let overview = text::render(&evaluation().confusion_overview());
        assert!(overview.starts_with("label     other  security  trade  unanswered\n"), "{overview}");
        let labels = ["a", "b"].map(|letter| letter.repeat(60));
        let answers = vec![Some(vec![0.7, 0.3]), Some(vec![0.6, 0.4])];
        let evaluation = Evaluation::of(&Predictions::new(&labels, &[0, 1], answers).unwrap());
        let overview = text::render(&evaluation.confusion_overview());
        let lines: Vec<&str> = overview.lines().collect();
        assert!(lines[0].ends_with("  1  2") && lines[1].starts_with(" 1 aaa"), "{overview}");
        assert!(lines[2].ends_with("b  1  0"), "{overview}");
    }

    #[test]
    fn intervals_stand_beside_the_figures_and_not_beside_the_labels() {
        let interval = Some(Interval { low: 0.25, high: 0.75 });
        let evaluation = evaluation().with_intervals(vec![interval; FIGURES.len()]);
        let rendered = text::render(&evaluation.table(&[], None));
        let line = |start: &str| rendered.lines().find(|line| line.starts_with(start)).unwrap().to_owned();
        assert!(line("label").ends_with("value     low    high"), "{rendered}");
        assert!(line("other").ends_with("-       -       -"), "{rendered}");
        assert!(line("accuracy").ends_with("0.6000  0.2500  0.7500"), "{rendered}");
        assert!(text::render(&evaluation.figure_table(&[])).contains("0.6000  0.2500  0.7500"));
    }

    #[test]
    fn figures_stand_beside_those_of_a_baseline() {
        let labels = ["a", "b"].map(str::to_owned);
        let answers = vec![Some(vec![0.9, 0.1]), Some(vec![0.2, 0.8]), Some(vec![0.6, 0.4])];
        let predictions = Predictions::new(&labels, &[0, 1, 0], answers).unwrap();
        let majority = Evaluation::of(&predictions.majority());
        let table = Evaluation::of(&predictions).figure_table(&[("majority", &majority)]);
        insta::assert_snapshot!(text::render(&table), @r"
        figure         value  majority
        accuracy      1.0000    0.6667
        macro_f1      1.0000    0.4000
        log_loss      0.2798    0.6365
        ece           0.2333    0.0000
        weighted_f1   1.0000    0.5333
        micro_f1      1.0000    0.6667
        brier         0.1400    0.4444
        cohens_kappa  1.0000    0.0000
        mcc           1.0000         -
        ");
    }
}
