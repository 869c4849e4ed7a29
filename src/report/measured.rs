//! Columns of measured texts.

use crate::metrics::{Dictionary, ExtraValues, Extras, Interval, Metric, N_RESAMPLES};
use crate::table::Column;

const BOOTSTRAP: &str =
    "B. Efron, R. J. Tibshirani (1993), An introduction to the bootstrap, Chapman & Hall, ch. 13";

/// A text's values of the metrics, and what was asked for beside them.
pub type Measured<'r> = (&'r [Option<f64>], &'r ExtraValues);

/// A column for each metric, with its bounds behind it where they are asked for; then share and count of each category
/// of the dictionary.
pub fn measured_columns(rows: &[Measured<'_>], metrics: &[&Metric], extras: &Extras) -> Vec<Column> {
    let mut columns = Vec::new();
    for (i, metric) in metrics.iter().enumerate() {
        let values = rows.iter().map(|(values, _)| values[i]).collect();
        columns.push(
            Column::float(metric.name, metric.unit, meaning(metric), values)
                .with_formula(metric.formula)
                .with_reference(metric.reference),
        );
        if extras.seed.is_some() {
            columns.push(bound_column(rows, metric, i, "low", "2.5", |interval| interval.low));
            columns.push(bound_column(rows, metric, i, "high", "97.5", |interval| interval.high));
        }
    }
    let categories = extras.dictionary.iter().flat_map(Dictionary::categories);
    for (i, category) in categories.enumerate() {
        let shares = rows.iter().map(|(_, extra)| extra.scores[i].share).collect();
        columns.push(
            Column::float(
                format!("dict_{category}"),
                "share",
                format!("how much of it is {category}"),
                shares,
            )
            .with_formula(format!("sum of the weights of the terms of {category} that occur / words")),
        );
        let counts = rows.iter().map(|(_, extra)| i64::try_from(extra.scores[i].n).ok()).collect();
        let meaning = format!("occurrences of the terms of {category}");
        columns.push(Column::integer(format!("n_dict_{category}"), "occurrences", meaning, counts));
    }
    columns
}

/// What a high or low value says, and of which texts.
fn meaning(metric: &Metric) -> String {
    let length = (metric.min_words > 0).then(|| format!("of {} words and more", metric.min_words));
    let languages =
        (!metric.languages.is_empty()).then(|| format!("language {}", metric.languages.join(", ")));
    let caution =
        (!metric.comparable).then(|| "not to be compared between texts of different length".to_owned());
    let parts = [Some(metric.interpretation.to_owned()), length, languages, caution];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// One bound of a metric.
fn bound_column(
    rows: &[Measured<'_>],
    metric: &Metric,
    i: usize,
    name: &str,
    percent: &str,
    pick: fn(Interval) -> f64,
) -> Column {
    let values = rows.iter().map(|(_, extra)| extra.bounds[i].map(pick)).collect();
    let meaning = format!("{name} bound of {}, 95 %", metric.name);
    let formula =
        format!("{percent} % quantile of {} in {N_RESAMPLES} texts of resampled sentences", metric.name);
    Column::float(format!("{}_{name}", metric.name), metric.unit, meaning, values)
        .with_formula(formula)
        .with_reference(BOOTSTRAP)
}
