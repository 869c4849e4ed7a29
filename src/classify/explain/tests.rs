use proptest::prelude::*;

use super::*;
use crate::bayes::Prior;
use crate::classify::{Classifier, Isotonic, LabelledText, TopicModelParams};
use crate::table::text as text_table;
use crate::text::AnalyzerParams;
use crate::vectorize::TfidfParams;

const ROWS: [(&str, &str); 8] = [
    ("diplomacy", "Envoys resumed peace talks; the foreign minister met ambassadors."),
    ("diplomacy", "The summit ended with a treaty and talks about talks."),
    ("security", "Troops crossed the border under artillery fire."),
    ("security", "The navy moved two frigates and their missiles to the border."),
    ("security", "Missiles hit the barracks, and troops fired back."),
    ("trade", "Tariffs on steel imports rose to a quarter."),
    ("trade", "Exporters fear quotas, tariffs and customs delays."),
    ("trade", "A trade minister said tariffs on exports would fall."),
];

fn model(classifier: Classifier, weighting: TfidfParams, ngram_range: (usize, usize)) -> TopicModel {
    let rows = ROWS.map(|(label, text)| LabelledText { label, text, group: "" });
    let analyzer = AnalyzerParams { ngram_range, ..Default::default() };
    let params = TopicModelParams { analyzer, weighting, classifier, ..Default::default() };
    let bias = vec![0.1, -0.2, 0.35];
    let calibration = Calibration { scale: 1.7, gamma: 0.6, bias, ..Calibration::none(3) };
    params.fit(&rows).unwrap().with_calibration(calibration)
}

fn models() -> Vec<TopicModel> {
    let log = TfidfParams { sublinear_tf: true, ..TfidfParams::TFIDF };
    let binary = TfidfParams { binary: true, ..TfidfParams::COUNTS };
    let one_vs_all = || model(Classifier::OneVsAll { alpha: 0.03 }, log, (1, 2));
    let curve = Isotonic { stated: vec![0.2, 0.5, 0.8], observed: vec![0.0, 0.6, 0.7] };
    let bent = Calibration { isotonic: vec![curve; 3], ..one_vs_all().calibration().clone() };
    vec![
        one_vs_all(),
        one_vs_all().with_calibration(bent),
        model(Classifier::Multinomial { alpha: 1.0, prior: Prior::Empirical }, TfidfParams::COUNTS, (1, 1)),
        model(Classifier::Complement { alpha: 0.3, norm: true }, TfidfParams::TFIDF, (1, 3)),
        model(Classifier::Bernoulli { alpha: 1.0, prior: Prior::Empirical }, binary, (2, 2)),
    ]
}

/// Texts of words that the models know, and of some that they do not.
fn texts() -> impl Strategy<Value = String> {
    let word =
        "(troops|Tariffs|tariff|the|border|talks|TALKS|minister|missiles|steel|exports|zzz|treaty|and|é)";
    prop::collection::vec((word, "( |, |\n|-)"), 1..25)
        .prop_map(|words| words.into_iter().map(|(word, gap)| word + &gap).collect())
}

proptest! {
    #[test]
    fn contributions_sum_to_the_log_odds_of_the_probabilities(text in texts()) {
        for model in models() {
            let Some(ranking) = model.classify(&text) else {
                prop_assert_eq!(Explainer::new(&model).explain(&text), None);
                continue;
            };
            let explanation = Explainer::new(&model).explain(&text).unwrap();
            let ((winner, p), (runner_up, q)) = (ranking.best(), ranking.runner_up());
            prop_assert_eq!((explanation.winner(), explanation.runner_up()), (winner, runner_up));
            prop_assert!((explanation.log_odds() - (p / q).ln()).abs() < 1e-9);
            let n: usize = explanation.contributions().iter().map(|c| c.spans.len()).sum();
            prop_assert_eq!(n, ranking.n_known_terms());
        }
    }

    #[test]
    fn a_text_without_the_flip_words_has_another_topic_and_each_of_them_is_needed(text in texts()) {
        for model in models() {
            let mut explainer = Explainer::new(&model);
            let Some(flip) = explainer.smallest_flip(&text) else {
                prop_assert!(model.classify(&text).is_none());
                continue;
            };
            let topic = |text: &str| model.classify(text).map(|r| r.best().0);
            let cut = |words: &[&RemovedWord]| {
                let mut left = text.clone().into_bytes();
                for span in words.iter().flat_map(|word| &word.spans) {
                    left[span.range()].fill(b' ');
                }
                String::from_utf8(left).unwrap()
            };
            let words: Vec<&RemovedWord> = flip.words.iter().collect();
            prop_assert_eq!(topic(&text), Some(flip.from));
            prop_assert_eq!(topic(&cut(&words)), flip.to);
            prop_assert_ne!(flip.to, Some(flip.from));
            prop_assert_eq!(flip.is_smallest, words.len() <= 2);
            for kept in 0..words.len() {
                let others: Vec<&RemovedWord> =
                    words.iter().enumerate().filter(|(i, _)| *i != kept).map(|(_, w)| *w).collect();
                prop_assert_eq!(topic(&cut(&others)), Some(flip.from));
            }
        }
    }
}

#[test]
fn an_explanation_shows_the_words_as_printed() {
    let model = &models()[0];
    let text = "Missiles near the border: the missile\nattack, the TARIFFS.";
    let explanation = Explainer::new(model).explain(text).unwrap();
    insta::assert_snapshot!(text_table::render(&explanation.table(text)), @r"
    words               term        n_occurrences  weight  contribution
    Missiles | missile  missil                  2  0.6147        2.7066
    the                 the                     3  0.5103        1.6341
    border              border                  1  0.3631        1.6202
    the border          the border              1  0.3631        1.6202
    TARIFFS             tariff                  1  0.3133       -1.5557
    (intercept)         -                       -       -        0.0000
    (calibration)       -                       -       -       -0.5500
    ");
}

#[test]
fn the_smallest_set_of_words_is_named_as_printed() {
    let model = &models()[0];
    let text = "Missiles hit troops; a missile, then tariffs.";
    let flip = Explainer::new(model).smallest_flip(text).unwrap();
    insta::assert_snapshot!(flip.printed(text), @"Missiles | missile, troops");
    assert_eq!((flip.from, flip.to, flip.is_smallest), (1, Some(2), true));
    insta::assert_snapshot!(text_table::render(&flip.table(text)), @r"
    words               term    n_occurrences
    Missiles | missile  missil              2
    troops              troop               1
    ");
}
