//! Predictions for rows that a model has not learned from.

use rayon::prelude::*;

use super::folds::Folds;
use super::groups::Groups;
use super::predictions::Predictions;
use crate::classify::corpus::LabelledText;
use crate::classify::topic_model::TopicModel;
use crate::error::Result;

/// Predictions for every row that [`Folds`] try, each by a model fitted to the other side of its fold. One model is in
/// memory at a time; fitting and answering each use all threads of the current rayon pool.
///
/// # Errors
///
/// If a fold cannot be fitted.
///
/// # Panics
///
/// If the folds are not of these rows.
///
/// # Examples
///
/// ```
/// use newsbeat::classify::evaluate::{Evaluation, FoldParams, cross_validate};
/// use newsbeat::classify::{LabelledText, TopicModelParams};
///
/// let row = |label, text| LabelledText { label, text, group: "" };
/// let rows = [
///     row("security", "Troops crossed the border under fire."),
///     row("security", "The troops held the border crossing."),
///     row("trade", "Tariffs on steel imports rose."),
///     row("trade", "Importers of steel fear tariffs."),
/// ];
/// let folds = FoldParams { n_folds: 2, ..FoldParams::default() }.stratified(&rows)?;
/// let predictions = cross_validate(&rows, &folds, |rows| TopicModelParams::default().fit(rows))?;
/// assert_eq!(Evaluation::of(&predictions).figure("accuracy"), Some(1.0));
/// # Ok::<(), newsbeat::Error>(())
/// ```
pub fn cross_validate(
    rows: &[LabelledText<'_>],
    folds: &Folds,
    fit: impl Fn(&[LabelledText<'_>]) -> Result<TopicModel>,
) -> Result<Predictions> {
    assert_eq!(folds.n_rows(), rows.len(), "folds must be of the same rows");
    let labels = label_names(rows.iter().map(|row| row.label));
    let mut answers: Vec<Option<Option<Vec<f64>>>> = vec![None; rows.len()];
    for fold in 0..folds.n_folds() {
        let (train, test) = folds.split(fold);
        let at = |places: &[usize]| places.iter().map(|&row| rows[row]).collect::<Vec<_>>();
        let model = fit(&at(&train))?;
        for (row, answer) in test.iter().zip(answer(&model, &labels, &at(&test))) {
            answers[*row] = Some(answer);
        }
    }
    let tried: Vec<usize> = (0..rows.len()).filter(|&row| answers[row].is_some()).collect();
    let truth: Vec<usize> = tried.iter().map(|&row| number(&labels, rows[row].label)).collect();
    let predictions = Predictions::new(&labels, &truth, answers.into_iter().flatten().collect())?;
    let groups = Groups::named(rows).map(|groups| groups.of_rows(&tried));
    Ok(grouped(predictions.of_rows(tried), groups))
}

/// A model's predictions for rows that it has not seen. Labels of the rows that the model does not know have
/// probability 0.
///
/// # Errors
///
/// If the model's calibration does not give probabilities.
pub fn evaluate_model(model: &TopicModel, rows: &[LabelledText<'_>]) -> Result<Predictions> {
    let known = model.labels().iter().map(String::as_str);
    let labels = label_names(rows.iter().map(|row| row.label).chain(known));
    let truth: Vec<usize> = rows.iter().map(|row| number(&labels, row.label)).collect();
    let predictions = Predictions::new(&labels, &truth, answer(model, &labels, rows))?;
    Ok(grouped(predictions, Groups::named(rows)))
}

/// The probability of each of `labels`, which are all that the model knows and more, for each row.
fn answer(model: &TopicModel, labels: &[String], rows: &[LabelledText<'_>]) -> Vec<Option<Vec<f64>>> {
    let place: Vec<usize> = model.labels().iter().map(|label| number(labels, label)).collect();
    rows.par_iter()
        .map_init(
            || model.session(),
            |session, row| {
                let ranking = session.classify(row.text)?;
                let mut probabilities = vec![0.0; labels.len()];
                for (&place, &p) in place.iter().zip(ranking.probabilities()) {
                    probabilities[place] = p;
                }
                Some(probabilities)
            },
        )
        .collect()
}

fn grouped(predictions: Predictions, groups: Option<Groups>) -> Predictions {
    match groups {
        Some(groups) => predictions.with_groups(groups),
        None => predictions,
    }
}

fn label_names<'l>(labels: impl Iterator<Item = &'l str>) -> Vec<String> {
    let mut names: Vec<&str> = labels.collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(str::to_owned).collect()
}

fn number(labels: &[String], label: &str) -> usize {
    labels.binary_search_by(|l| l.as_str().cmp(label)).expect("labels are collected from all rows")
}

#[cfg(test)]
mod tests {
    use super::super::{Evaluation, FoldParams};
    use super::*;
    use crate::classify::TopicModelParams;

    fn row<'r>(label: &'r str, text: &'r str, group: &'r str) -> LabelledText<'r> {
        LabelledText { label, text, group }
    }

    fn rows() -> Vec<LabelledText<'static>> {
        let security = ["troops at the border", "border troops fire", "the navy and troops", "navy guns"];
        let trade = ["steel tariffs", "tariffs on exports", "exports of steel", "the port and its exports"];
        let security = security.iter().map(|text| row("security", text, "p"));
        security.chain(trade.iter().map(|text| row("trade", text, ""))).collect()
    }

    fn fit(rows: &[LabelledText<'_>]) -> Result<TopicModel> {
        TopicModelParams::default().fit(rows)
    }

    #[test]
    fn every_row_is_answered_as_by_the_model_of_its_fold() {
        let rows: Vec<_> = rows().into_iter().map(|r| LabelledText { group: "", ..r }).collect();
        let folds = FoldParams { n_folds: 4, seed: 3, ..FoldParams::default() }.stratified(&rows).unwrap();
        let predictions = cross_validate(&rows, &folds, fit).unwrap();
        assert_eq!(predictions.rows(), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(predictions.truth(), [0, 0, 0, 0, 1, 1, 1, 1]);
        for fold in 0..4 {
            let (train, test) = folds.split(fold);
            let model = fit(&train.iter().map(|&r| rows[r]).collect::<Vec<_>>()).unwrap();
            for row in test {
                let expected = model.classify(rows[row].text).map(|r| r.probabilities().to_vec());
                assert_eq!(predictions.probabilities()[row], expected);
            }
        }
    }

    #[test]
    fn rows_before_the_first_fold_in_time_are_not_tried() {
        let order = [1, 3, 5, 7, 2, 4, 6, 8];
        let params = FoldParams { n_folds: 3, near_duplicates: None, ..FoldParams::default() };
        let rows: Vec<_> = rows().into_iter().map(|r| LabelledText { group: "", ..r }).collect();
        let folds = params.time_ordered(&rows, &order).unwrap();
        let predictions = cross_validate(&rows, &folds, fit).unwrap();
        assert_eq!(predictions.rows(), [1, 2, 3, 5, 6, 7]);
        assert_eq!(predictions.truth(), [0, 0, 0, 1, 1, 1]);
    }

    #[test]
    fn groups_are_those_of_the_rows_that_are_tried() {
        let predictions = evaluate_model(&fit(&rows()).unwrap(), &rows()).unwrap();
        assert_eq!(predictions.groups().unwrap().group_of_row(), [0, 0, 0, 0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_label_that_the_model_does_not_know_counts_as_wrong() {
        let model = fit(&rows()).unwrap();
        let held_out =
            [row("culture", "exports of opera", ""), row("trade", "tariffs", ""), row("trade", "zzz", "")];
        let predictions = evaluate_model(&model, &held_out).unwrap();
        assert_eq!(predictions.labels(), ["culture", "security", "trade"]);
        assert_eq!(predictions.probabilities()[2], None);
        let evaluation = Evaluation::of(&predictions);
        assert_eq!(evaluation.confusion().n_correct(), 1);
        assert_eq!(evaluation.confusion().recall(0), Some(0.0));
        assert!(evaluation.log_loss().unwrap() < 13.0, "finite");
    }
}
