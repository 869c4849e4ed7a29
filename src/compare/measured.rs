//! Metrics by group, and whether the groups differ.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Group, GroupValues};
use crate::error::Result;
use crate::math;
use crate::metrics::Metric;
use crate::statistics::{
    BootstrapParams, Interval, MedianDraws, Moments, RankTest, benjamini_hochberg, cliffs_deltas,
    epsilon_squared, hedges_g, kruskal_wallis, mann_whitney, mean_interval,
};
use crate::table::{BarChart, Column, Table};

const MANN_WHITNEY: &str = "H. B. Mann, D. R. Whitney (1947), On a test of whether one of two random variables is stochastically larger than the other, Annals of Mathematical Statistics 18(1), p. 50; W. H. Kruskal, W. A. Wallis (1952), Use of ranks in one-criterion variance analysis, JASA 47(260), p. 583";
const BENJAMINI: &str = "Y. Benjamini, Y. Hochberg (1995), Controlling the false discovery rate, Journal of the Royal Statistical Society B 57(1), p. 289";
const TOMCZAK: &str = "M. Tomczak, E. Tomczak (2014), The need to report effect size estimates revisited, Trends in Sport Sciences 1(21), p. 24";
const EFRON: &str =
    "B. Efron, R. J. Tibshirani (1993), An introduction to the bootstrap, Chapman & Hall, ch. 13";
const CLIFF: &str = "N. Cliff (1993), Dominance statistics: ordinal analyses to answer ordinal questions, Psychological Bulletin 114(3), p. 494";
const HEDGES: &str = "L. V. Hedges (1981), Distribution theory for Glass's estimator of effect size and related estimators, Journal of Educational Statistics 6(2), p. 107";

/// A metric in all groups.
struct Compared {
    n: usize,
    n_groups: usize,
    test: Option<(&'static str, RankTest)>,
    epsilon_squared: Option<f64>,
    groups: Vec<Described>,
}

/// A metric in a group.
struct Described {
    n: usize,
    n_missing: usize,
    n_short: usize,
    mean: Option<f64>,
    mean_interval: Option<Interval>,
    deviation: Option<f64>,
    median: Option<f64>,
    median_interval: Option<Interval>,
    cliffs_delta: Option<f64>,
    hedges_g: Option<f64>,
}

/// `tests`, a row a metric, and `metrics`, a row a metric and group.
pub(super) fn tables(
    groups: &BTreeMap<String, Group>,
    metrics: &[&'static Metric],
    params: &BootstrapParams,
) -> Result<(Table, Table)> {
    let lengths: BTreeSet<usize> =
        groups.values().flat_map(|group| group.values.iter().map(|of| of.values.len())).collect();
    let draws = lengths.into_par_iter().map(|n| Ok((n, MedianDraws::new(n, params)?)));
    let draws: BTreeMap<usize, MedianDraws> = draws.collect::<Result<_>>()?;
    let of = |i: usize| {
        let values: Vec<(&GroupValues, usize)> =
            groups.values().map(|group| (&group.values[i], group.size.articles)).collect();
        compared(&values, &draws, params)
    };
    let compared = (0..metrics.len()).into_par_iter().map(of).collect::<Result<Vec<_>>>()?;
    Ok((test_table(metrics, &compared), metric_table(groups, metrics, &compared)))
}

fn compared(
    groups: &[(&GroupValues, usize)],
    draws: &BTreeMap<usize, MedianDraws>,
    params: &BootstrapParams,
) -> Result<Compared> {
    let values: Vec<&[f64]> = groups.iter().map(|(of, _)| of.values.as_slice()).collect();
    let n = values.iter().map(|values| values.len()).sum();
    let with_values: Vec<&[f64]> = values.iter().copied().filter(|values| !values.is_empty()).collect();
    let kruskal = kruskal_wallis(&with_values);
    let test = match with_values[..] {
        [a, b] => mann_whitney(a, b).map(|test| ("Mann-Whitney", test)),
        _ => kruskal.map(|test| ("Kruskal-Wallis", test)),
    };
    let moments: Vec<Moments> = values.iter().map(|values| Moments::of(values)).collect();
    let rest = |i: usize| {
        let others = moments.iter().enumerate().filter(|(j, _)| *j != i);
        others.fold(Moments::default(), |sum, (_, moments)| sum.plus(*moments))
    };
    let described = |(i, (&(of, n_articles), delta)): (usize, (&(&GroupValues, usize), Option<f64>))| {
        let mut sorted = of.values.clone();
        sorted.sort_by(f64::total_cmp);
        Ok(Described {
            n: sorted.len(),
            n_missing: n_articles - sorted.len(),
            n_short: of.n_short,
            mean: math::mean(&sorted),
            mean_interval: mean_interval(&sorted, params)?,
            deviation: math::standard_deviation(&sorted),
            median: math::quantile(&sorted, 0.5),
            median_interval: draws[&sorted.len()].interval(&sorted),
            cliffs_delta: delta,
            hedges_g: hedges_g(moments[i], rest(i)),
        })
    };
    Ok(Compared {
        n,
        n_groups: with_values.len(),
        test,
        epsilon_squared: kruskal.and_then(|test| epsilon_squared(test.statistic, n)),
        groups: groups
            .iter()
            .zip(cliffs_deltas(&values))
            .enumerate()
            .map(described)
            .collect::<Result<_>>()?,
    })
}

fn test_table(metrics: &[&'static Metric], compared: &[Compared]) -> Table {
    let p: Vec<Option<f64>> = compared.iter().map(|c| c.test.map(|(_, test)| test.p)).collect();
    let q = benjamini_hochberg(&p);
    let count = |pick: fn(&Compared) -> usize| compared.iter().map(|c| i64::try_from(pick(c)).ok()).collect();
    let text = |pick: fn(&Metric) -> Option<&str>| {
        metrics.iter().map(|metric| pick(metric).map(str::to_owned)).collect()
    };
    Table::new(
        "tests",
        vec![
            Column::text("metric", "what is measured of each article", text(|m| Some(m.name))),
            Column::text("unit", "its unit", text(|m| Some(m.unit))),
            Column::integer("n", "articles", "articles where it is defined", count(|c| c.n)),
            Column::integer("n_groups", "groups", "groups with such articles", count(|c| c.n_groups)),
            Column::text(
                "test",
                "of two groups, or of more; none where there is one, or all values are equal",
                compared.iter().map(|c| c.test.map(|(name, _)| name.to_owned())).collect(),
            )
            .with_reference(MANN_WHITNEY),
            Column::float(
                "statistic",
                "1",
                "U of the first group, or H",
                compared.iter().map(|c| c.test.map(|(_, test)| test.statistic)).collect(),
            ),
            Column::float(
                "p",
                "probability",
                "of such a statistic, were there no difference; two-sided",
                p.clone(),
            )
            .with_reference(MANN_WHITNEY),
            Column::float("q", "probability", "false discovery rate over all tests of this table", q)
                .with_formula("min over j with p(j) >= p of p(j) * tests / rank(j)")
                .with_reference(BENJAMINI),
            Column::float(
                "epsilon_squared",
                "share",
                "how much of the variance of the ranks lies between the groups",
                compared.iter().map(|c| c.epsilon_squared).collect(),
            )
            .with_formula("H / (n - 1)")
            .with_reference(TOMCZAK),
            Column::text(
                "caution",
                "what speaks against comparing it",
                text(|m| (!m.comparable).then_some("not to be compared between texts of different length")),
            ),
        ],
    )
}

fn metric_table(
    groups: &BTreeMap<String, Group>,
    metrics: &[&'static Metric],
    compared: &[Compared],
) -> Table {
    let rows: Vec<(&Metric, &String, &Described)> = metrics
        .iter()
        .zip(compared)
        .flat_map(|(metric, c)| groups.keys().zip(&c.groups).map(move |(name, d)| (*metric, name, d)))
        .collect();
    let text = |pick: fn(&Metric) -> &str| {
        rows.iter().map(|(metric, ..)| Some(pick(metric).to_owned())).collect::<Vec<_>>()
    };
    let count = |pick: fn(&Described) -> usize| {
        rows.iter().map(|(.., d)| i64::try_from(pick(d)).ok()).collect::<Vec<_>>()
    };
    let float = |name: &str, unit, meaning: &str, pick: fn(&Described) -> Option<f64>| {
        Column::float(name, unit, meaning, rows.iter().map(|(.., d)| pick(d)).collect())
    };
    let unit = "unit of the metric";
    let columns = vec![
        Column::text("metric", "what is measured of each article", text(|m| m.name)),
        Column::text("unit", "its unit", text(|m| m.unit)),
        Column::text("group", "the group", rows.iter().map(|(_, name, _)| Some((*name).clone())).collect()),
        Column::integer("n", "articles", "articles where it is defined", count(|d| d.n)),
        Column::integer("n_missing", "articles", "articles where it is not", count(|d| d.n_missing)),
        Column::integer(
            "n_short",
            "articles",
            "of n, articles shorter than the metric supports",
            count(|d| d.n_short),
        ),
        float("mean", unit, "mean of the articles", |d| d.mean),
        float("mean_low", unit, "low bound of the mean, 95 %, articles drawn anew", |d| {
            d.mean_interval.map(|i| i.low)
        })
        .with_reference(EFRON),
        float("mean_high", unit, "high bound", |d| d.mean_interval.map(|i| i.high)).with_reference(EFRON),
        float("standard_deviation", unit, "standard deviation of the articles", |d| d.deviation)
            .with_formula("sqrt(sum of (value - mean)^2 / (n - 1))"),
        float("median", unit, "median of the articles", |d| d.median),
        float("median_low", unit, "low bound of the median, 95 %, articles drawn anew", |d| {
            d.median_interval.map(|i| i.low)
        })
        .with_reference(EFRON),
        float("median_high", unit, "high bound", |d| d.median_interval.map(|i| i.high)).with_reference(EFRON),
        float("cliffs_delta", "1", "this group against all others, from -1 to 1", |d| d.cliffs_delta)
            .with_formula("P(value > other) - P(value < other)")
            .with_reference(CLIFF),
        float("hedges_g", "standard deviations", "this group's mean less that of all others", |d| d.hedges_g)
            .with_formula("(1 - 3 / (4 n_both - 9)) * (mean - mean_others) / pooled standard deviation")
            .with_reference(HEDGES),
    ];
    let table = Table::new("metrics", columns);
    match metrics.first() {
        Some(metric) => table.with_chart(BarChart {
            title: format!("mean {} by group", metric.name),
            categories: "group",
            values: "mean",
            n_rows: groups.len(),
        }),
        None => table,
    }
}
