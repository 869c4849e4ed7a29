//! A whole report of whatever bytes.

use std::io::Cursor;
use std::sync::LazyLock;

use newsbeat::analysis::{Analysis, ArticleReport};
use newsbeat::article::read::INPUT_FORMATS;
use newsbeat::classify::TopicModel;
use newsbeat::classify::explain::Explainer;
use newsbeat::metrics::{self, Extras, Metric};
use newsbeat::report::{self, Page, PageArticle, ReportShape, Run, Totals, data_dictionary};
use newsbeat::table::{Dialect, FORMATS, Layout, Table, Values};
use newsbeat::text::LANGUAGES;

use super::{articles, choice, pick, probabilities_hold};

static MODEL: LazyLock<TopicModel> =
    LazyLock::new(|| TopicModel::built_in().expect("the built-in model is sound"));

/// The first byte chooses the input format, the second the language and whether paragraphs are ranked in context, the
/// third the format of the tables.
pub(super) fn hold(bytes: &[u8]) {
    let (input, bytes) = choice(bytes);
    let (language, bytes) = choice(bytes);
    let (output, bytes) = choice(bytes);
    let metrics: Vec<&'static Metric> = metrics::all().collect();
    let analysis = Analysis {
        model: &MODEL,
        metrics: metrics.clone(),
        extras: Extras { seed: (language % 16 == 3).then_some(7), ..Extras::default() },
        language: pick(LANGUAGES, language % 128),
        context: language >= 128,
    };
    let (mut session, mut explainer) = (MODEL.session(), Explainer::new(&MODEL));
    let mut totals = Totals::new(MODEL.labels().len());
    let (mut reports, mut errors) = (Vec::new(), Vec::new());
    let mut page = Page::new(MODEL.labels(), &metrics);
    let mut written = Vec::new();
    page.begin(&mut written).expect("memory takes everything");
    for article in articles::read(Cursor::new(bytes.to_vec()), pick(INPUT_FORMATS, input)) {
        match article {
            Ok(article) => {
                let report = analysis.of(&mut session, article.clone());
                assert_eq!(
                    report,
                    analysis.of(&mut MODEL.session(), article),
                    "the articles before do not matter"
                );
                report_holds(&report);
                page.add(PageArticle::of(&report, &metrics, &mut explainer), &mut written)
                    .expect("memory takes everything");
                reports.push(report);
            }
            Err(error) => errors.push(error),
        }
    }
    totals.add(&reports);
    let shape = ReportShape {
        metrics: &metrics,
        extras: &analysis.extras,
        labels: MODEL.labels(),
        model_fingerprint: "0",
        kept: &[],
    };
    let run = Run::default().table(&totals);
    let topics = totals.topics(MODEL.labels());
    page.finish(&totals, &run, &mut written).expect("memory takes everything");
    assert!(std::str::from_utf8(&written).expect("a page is UTF-8").ends_with("</html>\n"));
    let (articles, paragraphs) = (shape.articles(&reports), shape.paragraphs(&reports));
    assert_eq!(articles.n_rows(), reports.len());
    let rejects = report::rejects(&errors);
    let dictionary = data_dictionary(&[&articles, &paragraphs, &topics, &run, &rejects]);
    let format = pick(FORMATS, output);
    for table in [&articles, &paragraphs, &topics, &run, &rejects, &dictionary] {
        table_holds(table);
        if !matches!(format.layout, Layout::Page) {
            let bytes = format.render(table, &Dialect::default()).expect("memory takes everything");
            assert!(!bytes.is_empty() || table.n_rows() == 0);
        }
    }
}

pub(crate) fn report_holds(report: &ArticleReport) {
    // Those without a word are not counted.
    assert_eq!(report.n_paragraphs, report.paragraphs.iter().filter(|p| p.n_words > 0).count());
    assert!(report.metrics.iter().flatten().all(|value| value.is_finite()));
    for paragraph in &report.paragraphs {
        assert!(paragraph.n_known_words <= paragraph.n_content_words);
        if let Some(ranking) = &paragraph.ranking {
            probabilities_hold(ranking.probabilities());
        }
    }
    if let Some(shares) = &report.topic_shares {
        assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));
        assert!(shares.iter().sum::<f64>() < 1.0 + 1e-12);
    }
    if let Some(share) = report.out_of_vocabulary_share() {
        assert!((0.0..=1.0).contains(&share));
    }
}

fn table_holds(table: &Table) {
    for column in table.columns() {
        assert_eq!(column.values.len(), table.n_rows());
        if let Values::Float(values) = &column.values {
            assert!(values.iter().flatten().all(|value| value.is_finite()), "{}", column.name);
        }
    }
}
