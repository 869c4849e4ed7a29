//! The registry of figures: each number that says how good a model is.

use super::evaluation::Evaluation;

/// A number read off an [`Evaluation`].
#[derive(Debug)]
pub struct Figure {
    /// Name, in tables and files.
    pub name: &'static str,
    /// Unit of the value.
    pub unit: &'static str,
    /// How it is computed.
    pub formula: &'static str,
    /// Where that comes from.
    pub reference: &'static str,
    /// Whether more is better.
    pub more_is_better: bool,
    value: fn(&Evaluation) -> Option<f64>,
}

impl Figure {
    /// Its value, if it is defined.
    pub fn of(&self, evaluation: &Evaluation) -> Option<f64> {
        (self.value)(evaluation)
    }
}

/// Every figure.
pub static FIGURES: &[Figure] = &[
    Figure {
        name: "accuracy",
        unit: "share",
        formula: "correct / n",
        reference: "",
        more_is_better: true,
        value: |e| e.confusion().accuracy(),
    },
    Figure {
        name: "macro_f1",
        unit: "share",
        formula: "mean over labels of 2 * true positives / (predicted + support)",
        reference: "van Rijsbergen (1979), Information Retrieval, chapter 7",
        more_is_better: true,
        value: |e| e.confusion().macro_f1(),
    },
    Figure {
        name: "log_loss",
        unit: "nats",
        formula: "mean of -ln p(true label)",
        reference: "Good (1952), J. R. Stat. Soc. B 14(1), pp. 107-114",
        more_is_better: false,
        value: Evaluation::log_loss,
    },
    Figure {
        name: "ece",
        unit: "share",
        formula: "sum over 15 bins of n(bin) / n * |accuracy(bin) - mean confidence(bin)|",
        reference: "Guo et al. (2017), ICML, equation 3",
        more_is_better: false,
        value: |e| e.reliability().expected_calibration_error(),
    },
    Figure {
        name: "weighted_f1",
        unit: "share",
        formula: "sum over labels of support / n * F1",
        reference: "van Rijsbergen (1979), Information Retrieval, chapter 7",
        more_is_better: true,
        value: |e| e.confusion().weighted_f1(),
    },
    Figure {
        name: "micro_f1",
        unit: "share",
        formula: "2 * correct / (answered + n)",
        reference: "van Rijsbergen (1979), Information Retrieval, chapter 7",
        more_is_better: true,
        value: |e| e.confusion().micro_f1(),
    },
    Figure {
        name: "brier",
        unit: "0 to 2",
        formula: "mean of sum over labels of (p(label) - [label is true])^2",
        reference: "Brier (1950), Monthly Weather Review 78(1), pp. 1-3",
        more_is_better: false,
        value: Evaluation::brier,
    },
    Figure {
        name: "cohens_kappa",
        unit: "-1 to 1",
        formula: "(accuracy - chance) / (1 - chance), chance = sum over labels of support * predicted / n^2",
        reference: "Cohen (1960), Educ. Psychol. Meas. 20(1), p. 40",
        more_is_better: true,
        value: |e| e.confusion().cohens_kappa(),
    },
    Figure {
        name: "mcc",
        unit: "-1 to 1",
        formula: "(correct * n - sum of support * predicted) / sqrt((n^2 - sum of predicted^2) * (n^2 - sum of support^2))",
        reference: "Gorodkin (2004), Comput. Biol. Chem. 28(5-6), pp. 367-374",
        more_is_better: true,
        value: |e| e.confusion().mcc(),
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::evaluate::Predictions;

    #[test]
    fn every_figure_has_a_name_of_its_own_and_a_formula() {
        for (i, figure) in FIGURES.iter().enumerate() {
            assert!(!figure.formula.is_empty() && !figure.unit.is_empty(), "help: document {}", figure.name);
            assert!(
                FIGURES[..i].iter().all(|f| f.name != figure.name),
                "help: {} is there twice",
                figure.name
            );
        }
    }

    #[test]
    fn no_figure_of_no_rows_is_a_number() {
        let nothing = Predictions::new(&["a".to_owned(), "b".to_owned()], &[], Vec::new()).unwrap();
        assert!(Evaluation::of(&nothing).figures().all(|(_, value)| value.is_none()));
    }

    #[test]
    fn a_perfect_model_is_at_the_better_end_of_every_figure() {
        let labels = ["a".to_owned(), "b".to_owned()];
        let answers = vec![Some(vec![1.0, 0.0]), Some(vec![0.0, 1.0])];
        let perfect = Evaluation::of(&Predictions::new(&labels, &[0, 1], answers).unwrap());
        for (figure, value) in perfect.figures() {
            let best = if figure.more_is_better { 1.0 } else { 0.0 };
            assert_eq!(value, Some(best), "{}", figure.name);
        }
    }
}
