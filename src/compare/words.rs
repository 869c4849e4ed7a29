//! Keywords by group.

use std::collections::BTreeMap;

use super::Group;
use crate::keyness::Keyword;
use crate::statistics::Contingency;
use crate::table::{Column, Table};

const DUNNING: &str = "T. Dunning (1993), Accurate methods for the statistics of surprise and coincidence, Computational Linguistics 19(1), p. 61";
const YATES: &str = "F. Yates (1934), Contingency tables involving small numbers and the chi-squared test, Supplement to the Journal of the Royal Statistical Society 1(2), p. 217";
const HARDIE: &str = "A. Hardie (2014), Log Ratio: an informal introduction, ESRC Centre for Corpus Approaches to Social Science, Lancaster";
const GABRIELATOS: &str = "C. Gabrielatos, A. Marchi (2012), Keyness: appropriate metrics and practical issues, CADS International Conference, Bologna";
const BENJAMINI: &str = "Y. Benjamini, Y. Hochberg (1995), Controlling the false discovery rate, Journal of the Royal Statistical Society B 57(1), p. 289";
const GRIES: &str = "S. Th. Gries (2008), Dispersions and adjusted frequencies in corpora, International Journal of Corpus Linguistics 13(4), p. 415";
const JUILLAND: &str = "A. Juilland, D. Brodin, C. Davidovitch (1970), Frequency dictionary of French words, Mouton; Gries (2008), p. 408";

fn per_million(n: f64, size: f64) -> Option<f64> {
    (size > 0.0).then(|| n * 1e6 / size)
}

/// A row a keyword, by group, from the one that stands out most.
pub(super) fn table(groups: &BTreeMap<String, Group>, keywords: &[Keyword], min_count: u64) -> Table {
    let rows: Vec<(&String, &Keyword)> = groups
        .iter()
        .flat_map(|(name, group)| {
            let of_group = keywords.iter().filter(|keyword| keyword.group == group.number);
            of_group.map(move |keyword| (name, keyword))
        })
        .collect();
    let float = |name: &str, unit, meaning: &str, pick: fn(&Keyword) -> Option<f64>| {
        Column::float(name, unit, meaning, rows.iter().map(|(_, keyword)| pick(keyword)).collect())
    };
    #[expect(clippy::cast_possible_truncation, reason = "counts of occurrences")]
    let count = |name: &str, unit, meaning: &str, pick: fn(&Keyword) -> f64| {
        let values = rows.iter().map(|(_, keyword)| Some(pick(keyword) as i64)).collect();
        Column::integer(name, unit, meaning, values)
    };
    let of = |measure: fn(&Contingency) -> Option<f64>| {
        rows.iter().map(|(_, keyword)| measure(&keyword.table)).collect::<Vec<_>>()
    };
    Table::new(
        "keyness",
        vec![
            Column::text("group", "the group", rows.iter().map(|(name, _)| Some((*name).clone())).collect()),
            Column::text(
                "word",
                format!(
                    "word more common here than in all other groups, with at least {min_count} occurrences here; lower case"
                ),
                rows.iter().map(|(_, keyword)| Some(keyword.word.clone())).collect(),
            ),
            count("n", "occurrences", "occurrences in the group", |k| k.table.n),
            count("n_texts", "articles", "articles of the group that have it", |k| k.n_texts as f64),
            count("n_elsewhere", "occurrences", "occurrences in all other groups", |k| k.table.n_there),
            float("per_million", "occurrences per million words", "here", |k| {
                per_million(k.table.n, k.table.size)
            }),
            float("per_million_elsewhere", "occurrences per million words", "elsewhere", |k| {
                per_million(k.table.n_there, k.table.size_there)
            }),
            Column::float(
                "g2",
                "1",
                "log-likelihood ratio of the four-fold table of words",
                of(Contingency::log_likelihood),
            )
            .with_formula("2 * sum over the four cells of observed * ln(observed / expected)")
            .with_reference(DUNNING),
            float(
                "least_g2",
                "1",
                "g2 without the article that has the word most often: the order of this table; a word for which it is below 3.84 is left out",
                |k| Some(k.least_g2),
            ),
            Column::float(
                "chi2",
                "1",
                "chi-squared of the same table, with Yates' correction",
                of(Contingency::chi_squared_yates),
            )
            .with_formula("sum over the four cells of max(0, |observed - expected| - 1/2)^2 / expected")
            .with_reference(YATES),
            Column::float(
                "log_ratio",
                "binary logarithm",
                "how many times it doubles; half an occurrence stands in for none elsewhere",
                of(Contingency::log_ratio),
            )
            .with_formula("log2((n / words) / (n_elsewhere / words elsewhere))")
            .with_reference(HARDIE),
            Column::float(
                "percent_difference",
                "percent",
                "difference to elsewhere; empty if it does not occur there",
                of(Contingency::percent_difference),
            )
            .with_formula("(per_million - per_million_elsewhere) * 100 / per_million_elsewhere")
            .with_reference(GABRIELATOS),
            float("p", "probability", "of such a g2, were words drawn independently", |k| k.p)
                .with_formula("P(chi-squared with one degree of freedom >= g2)"),
            float("q", "probability", "false discovery rate over all words tested in all groups", |k| k.q)
                .with_formula("min over j with p(j) >= p of p(j) * tests / rank(j)")
                .with_reference(BENJAMINI),
            float(
                "dp",
                "1",
                "deviation of proportions over the group's articles: 0 even, towards 1 in few of them",
                |k| k.dp,
            )
            .with_formula("sum over articles of |n in it / n - words of it / words| / 2")
            .with_reference(GRIES),
            float("juillands_d", "1", "dispersion over the group's articles: 1 even, 0 all in one", |k| {
                k.juillands_d
            })
            .with_formula("1 - (sd / mean of n in it / words of it) / sqrt(articles - 1)")
            .with_reference(JUILLAND),
        ],
    )
}
