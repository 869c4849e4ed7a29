use super::*;
use crate::analysis::ParagraphReport;
use crate::metrics::{self, ExtraValues};
use crate::table::Values;

fn report(outlet: &str, date: &str, value: Option<f64>) -> ArticleReport {
    ArticleReport {
        article_id: String::new(),
        file: String::new(),
        title: None,
        outlet: Some(outlet.to_owned()).filter(|name| !name.is_empty()),
        byline: None,
        url: None,
        language: None,
        date: Some(date.to_owned()),
        kept: vec![("desk".to_owned(), format!(" {outlet}"))],
        n_paragraphs: 1,
        n_sentences: 1,
        n_words: 20,
        metrics: vec![value],
        extras: ExtraValues::default(),
        paragraphs: Vec::<ParagraphReport>::new(),
        topic_shares: None,
    }
}

/// The tables of articles by outlet, of one metric.
fn tables(articles: &[(&str, Option<f64>)]) -> BTreeMap<String, Table> {
    let metrics = [metrics::named("mattr_50").unwrap()];
    let labels = ["a".to_owned(), "b".to_owned()];
    let mut comparison = Comparison::new(By::Outlet, &metrics, &labels);
    for (outlet, value) in articles {
        comparison.add(&report(outlet, "1991-07", *value), &WordCounts::default());
    }
    let params = CompareParams {
        bootstrap: BootstrapParams { n_resamples: 200, ..BootstrapParams::default() },
        ..CompareParams::default()
    };
    let tables = comparison.tables(&params, None).unwrap();
    tables.into_iter().map(|table| (table.name.clone(), table)).collect()
}

fn floats(table: &Table, name: &str) -> Vec<Option<f64>> {
    match &table.columns().iter().find(|column| column.name == name).unwrap().values {
        Values::Float(values) => values.clone(),
        Values::Integer(values) => values.iter().map(|n| n.map(|n| n as f64)).collect(),
        Values::Text(_) => panic!("{name} is text"),
    }
}

fn test_name(tables: &BTreeMap<String, Table>) -> Option<String> {
    match &tables["tests"].columns()[4].values {
        Values::Text(values) => values[0].clone(),
        _ => panic!("the test has a name"),
    }
}

/// Every measure of difference.
const DIFFERENCES: [(&str, &str); 6] = [
    ("tests", "statistic"),
    ("tests", "p"),
    ("tests", "q"),
    ("tests", "epsilon_squared"),
    ("metrics", "cliffs_delta"),
    ("metrics", "hedges_g"),
];

#[test]
fn two_groups_are_told_apart_by_mann_and_whitney_and_three_by_kruskal_and_wallis() {
    let two = [("x", Some(1.0)), ("x", Some(2.0)), ("y", Some(3.0)), ("y", Some(5.0))];
    let found = tables(&two);
    assert_eq!(test_name(&found).as_deref(), Some("Mann-Whitney"));
    assert_eq!(floats(&found["metrics"], "cliffs_delta"), [Some(-1.0), Some(1.0)]);
    assert_eq!(floats(&found["tests"], "q"), floats(&found["tests"], "p"));
    let g = floats(&found["metrics"], "hedges_g");
    assert!((g[0].unwrap() + g[1].unwrap()).abs() < 1e-12 && g[0].unwrap() < -0.8, "{g:?}");
    let three = [&two[..], &[("z", Some(4.0))]].concat();
    let found = tables(&three);
    assert_eq!(test_name(&found).as_deref(), Some("Kruskal-Wallis"));
    assert_eq!(floats(&found["metrics"], "median"), [Some(1.5), Some(4.0), Some(4.0)]);
}

#[test]
fn one_group_differs_from_nothing() {
    let found = tables(&[("x", Some(1.0)), ("x", Some(2.0)), ("x", Some(4.0))]);
    for (table, column) in DIFFERENCES {
        assert_eq!(floats(&found[table], column), [None], "{column}");
    }
    assert!(floats(&found["metrics"], "mean_low")[0].unwrap() < 2.0);
    assert_eq!(found["keyness"].n_rows(), 0);
}

#[test]
fn equal_values_are_no_difference_and_no_test() {
    let found = tables(&[("x", Some(3.0)), ("x", Some(3.0)), ("y", Some(3.0)), ("y", Some(3.0))]);
    for (table, column) in DIFFERENCES {
        let expected = if column == "cliffs_delta" { Some(0.0) } else { None };
        assert!(floats(&found[table], column).iter().all(|value| *value == expected), "{column}");
    }
}

#[test]
fn what_is_missing_everywhere_or_in_a_group_has_no_numbers() {
    let found = tables(&[("x", None), ("x", None), ("y", None)]);
    for name in ["mean", "mean_low", "standard_deviation", "median", "median_high", "hedges_g"] {
        assert_eq!(floats(&found["metrics"], name), [None, None], "{name}");
    }
    assert_eq!(floats(&found["metrics"], "n_missing"), [Some(2.0), Some(1.0)]);
    let found = tables(&[("x", None), ("y", Some(1.0)), ("z", Some(2.0)), ("z", Some(3.0))]);
    assert_eq!(test_name(&found).as_deref(), Some("Mann-Whitney"));
    assert_eq!(floats(&found["metrics"], "cliffs_delta")[0], None);
}

#[test]
fn one_article_has_a_mean_and_no_interval() {
    let found = tables(&[("x", Some(1.0)), ("y", Some(2.0)), ("y", Some(4.0))]);
    assert_eq!(floats(&found["metrics"], "mean"), [Some(1.0), Some(3.0)]);
    assert_eq!(floats(&found["metrics"], "n_short"), [Some(1.0), Some(2.0)]);
    let lows = floats(&found["metrics"], "mean_low");
    assert!(lows[0].is_none() && lows[1].is_some());
    assert_eq!(floats(&found["metrics"], "standard_deviation")[0], None);
    // No paragraph: no share, and without a confusion no corrected one.
    assert!(floats(&found["topics"], "share").iter().all(Option::is_none));
    assert!(floats(&found["topics"], "adjusted_share").iter().all(Option::is_none));
}

#[test]
fn groups_are_by_outlet_date_or_column_and_what_has_none_is_counted_apart() {
    let group = |by: &str, report: &ArticleReport| By::named(by).unwrap().group_of(report);
    let article = report("x", "1991-07", None);
    assert_eq!(group("outlet", &article).as_deref(), Some("x"));
    assert_eq!(group("date:month", &article).as_deref(), Some("1991-07"));
    assert_eq!(group("date:day", &article), None);
    assert_eq!(group("desk", &article).as_deref(), Some("x"));
    assert_eq!([group("outlet", &report("", "", None)), group("desk", &report("", "", None))], [None, None]);
    let found = tables(&[("x", Some(1.0)), ("", Some(2.0)), ("", None)]);
    assert_eq!(floats(&found["groups"], "n_articles"), [Some(1.0), Some(2.0)]);
    assert_eq!(found["metrics"].n_rows(), 1);
}

#[test]
fn articles_that_are_all_in_no_group_are_an_error() {
    let (metrics, labels) = ([], []);
    let mut comparison = Comparison::new(By::Column("section".to_owned()), &metrics, &labels);
    comparison.add(&report("x", "1991", None), &WordCounts::default());
    let error = comparison.tables(&CompareParams::default(), None).unwrap_err().to_string();
    assert_eq!(
        error,
        "by must be outlet, date:decade, date:year, date:month or date:day, or a column with a value for some article, got section"
    );
}
