use super::*;
use crate::classify::{Calibration, LabelledText, TopicModelParams};

fn model(prior: Vec<f64>) -> TopicModel {
    let row = |label, text| LabelledText { label, text, group: "" };
    let rows = [
        row("security", "Troops crossed the border under artillery fire."),
        row("security", "The navy sent two frigates and their missiles."),
        row("trade", "Tariffs on imported steel rose to a quarter."),
        row("trade", "Exporters fear quotas and delays at the customs."),
    ];
    let model = TopicModelParams::default().fit(&rows).unwrap();
    let calibration = Calibration { prior, ..model.calibration().clone() };
    model.with_calibration(calibration)
}

fn paragraphs(model: &TopicModel, texts: &[&str]) -> Vec<ParagraphReport> {
    let mut session = model.session();
    let report = |(number, text): (usize, &&str)| ParagraphReport {
        number,
        section: None,
        text: (*text).to_owned(),
        span: None,
        n_words: text.split_whitespace().count(),
        n_content_words: 0,
        n_known_words: 0,
        ranking: session.classify(text),
    };
    (1..).zip(texts).map(report).collect()
}

fn probabilities(paragraph: &ParagraphReport) -> Vec<f64> {
    paragraph.ranking.as_ref().unwrap().probabilities().to_vec()
}

#[test]
fn a_lone_paragraph_keeps_its_ranking() {
    let model = model(vec![0.9, 0.1]);
    let alone = paragraphs(&model, &["Tariffs and troops at the border.", "Zzz."]);
    let mut together = alone.clone();
    in_context(&mut model.session(), Some("Tariffs"), &mut together);
    assert_eq!(together, alone);
    in_context(&mut model.session(), Some("Tariffs"), &mut []);
}

#[test]
fn without_others_nothing_is_expected_but_the_model_s_own_shares() {
    let expected = Expected::of(&model(vec![0.7, 0.3]));
    let evidence = expected.evidence(&[0.6, 0.4]);
    let topics = &expected.topics(&[Some(evidence.clone()), None])[0];
    for (c, share) in expected.shares.iter().enumerate() {
        assert!((topics[c] - share).abs() < 1e-12, "{topics:?} {:?}", expected.shares);
        assert!((topics[c] * evidence[c] - [0.6, 0.4][c]).abs() < 1e-12);
    }
    assert!((expected.shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
}

#[test]
fn a_topic_without_a_share_makes_all_alike() {
    for prior in [vec![], vec![1.0, 0.0], vec![1.0, 5e-324]] {
        assert_eq!(Expected::of(&model(prior)).mixed, [0.5, 0.5]);
    }
}

#[test]
fn a_topic_with_hardly_a_share_leaves_probabilities() {
    let model = model(vec![1.0, LEAST]);
    let mut together = paragraphs(&model, &["Steel tariffs.", "Troops and frigates.", "Tariffs."]);
    in_context(&mut model.session(), None, &mut together);
    for paragraph in &together {
        assert!((probabilities(paragraph).iter().sum::<f64>() - 1.0).abs() < 1e-12, "{paragraph:?}");
    }
}

#[test]
fn the_answer_is_that_of_a_sum_over_all_kinds_and_paths() {
    let model = model(vec![0.8, 0.2]);
    let alone =
        paragraphs(&model, &["Delays at the border.", "Zzz.", "Steel tariffs.", "Troops and frigates."]);
    let mut together = alone.clone();
    in_context(&mut model.session(), None, &mut together);
    // Roots .894 and .447; .8 - .6 * 2/3 and .2 - .6 / 3 are the articles that keep to a topic: none keeps to trade.
    let (mixed, keeping) = ([2.0 / 3.0, 1.0 / 3.0], [0.4, 0.0]);
    let shares = [0, 1].map(|c| 0.95 * keeping[c] + 0.62 * mixed[c]);
    let evidence: Vec<Vec<f64>> = alone
        .iter()
        .map(|a| a.ranking.as_ref().map_or(vec![1.0; 2], |r| scaled_by(r.probabilities(), &shares)))
        .collect();
    let mut answers = [[0.0; 2]; 4];
    let mut all = 0.0;
    for (kind, share) in [(None, 0.6), (Some(0), keeping[0]), (Some(1), keeping[1])] {
        let mut likelihood = 0.0;
        let mut sums = [[0.0; 2]; 4];
        for path in 0..16_usize {
            let topic = |i: usize| path >> i & 1;
            let mut weight = 1.0;
            for (i, evidence) in evidence.iter().enumerate() {
                let c = topic(i);
                let is = |other: usize| if c == other { 1.0 } else { 0.0 };
                weight *= evidence[c]
                    * match kind {
                        Some(k) => 0.95 * is(k) + 0.05 * mixed[c],
                        None if i == 0 => mixed[c],
                        None => 0.1 * is(topic(i - 1)) + 0.9 * mixed[c],
                    };
            }
            likelihood += weight;
            (0..4).for_each(|i| sums[i][topic(i)] += weight);
        }
        let probability = share * f64::powf(likelihood, 1.0 / 3_f64.sqrt());
        all += probability;
        for (answer, sum) in answers.iter_mut().zip(sums) {
            (0..2).for_each(|c| answer[c] += probability * sum[c] / likelihood);
        }
    }
    assert_eq!(together[1].ranking, None);
    for i in [0, 2, 3] {
        let found = probabilities(&together[i]);
        assert!((found[0] - answers[i][0] / all).abs() < 1e-9, "{found:?} {:?} / {all}", answers[i]);
    }
}

fn scaled_by(probabilities: &[f64], shares: &[f64]) -> Vec<f64> {
    probabilities.iter().zip(shares).map(|(p, share)| p / share).collect()
}

#[test]
fn the_others_of_an_article_tip_the_balance() {
    let model = model(Vec::new());
    let texts = ["Delays at the border.", "Steel tariffs rose.", "Exporters fear quotas.", "Imported steel."];
    let alone = paragraphs(&model, &texts);
    let mut together = alone.clone();
    in_context(&mut model.session(), None, &mut together);
    assert!(probabilities(&together[0])[1] > probabilities(&alone[0])[1] + 0.05);
    for paragraph in &together {
        assert!((probabilities(paragraph).iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}

#[test]
fn a_headline_is_a_paragraph_that_gets_no_ranking() {
    let model = model(vec![0.7, 0.3]);
    let mut printed =
        paragraphs(&model, &["Steel tariffs.", "Delays at the border.", "Troops and frigates."]);
    let mut headed = printed[1..].to_vec();
    in_context(&mut model.session(), None, &mut printed);
    in_context(&mut model.session(), Some("Steel tariffs."), &mut headed);
    assert_eq!(headed, printed[1..]);
}

#[test]
fn a_heading_is_a_paragraph_before_the_first_of_its_section() {
    let model = model(vec![0.7, 0.3]);
    let lede = "Delays at the border.";
    let mut printed = paragraphs(&model, &[lede, "Missiles.", "Artillery fire.", "Quotas.", "Exporters."]);
    let sections = [None, Some("Missiles."), Some("Missiles."), Some("Missiles."), Some("Zzz.")];
    for (paragraph, section) in printed.iter_mut().zip(sections) {
        paragraph.section = section.map(str::to_owned);
    }
    let mut headed = printed.clone();
    headed.remove(1);
    for paragraph in &mut printed {
        paragraph.section = None;
    }
    in_context(&mut model.session(), Some(lede), &mut headed);
    in_context(&mut model.session(), Some(lede), &mut printed);
    printed.remove(1);
    assert!(headed.iter().map(probabilities).eq(printed.iter().map(probabilities)));
}

#[test]
fn a_heading_that_repeats_the_headline_and_one_without_known_terms_say_nothing() {
    let model = model(vec![0.7, 0.3]);
    let mut plain = paragraphs(&model, &["Steel tariffs.", "Troops and frigates."]);
    let mut headed = plain.clone();
    headed[0].section = Some("Quotas".to_owned());
    headed[1].section = Some("Zzz".to_owned());
    in_context(&mut model.session(), Some("Quotas"), &mut plain);
    in_context(&mut model.session(), Some("Quotas"), &mut headed);
    assert!(headed.iter().map(probabilities).eq(plain.iter().map(probabilities)));
}

#[test]
fn an_article_on_several_topics_is_less_on_the_one_that_fills_the_paper() {
    let model = model(vec![0.95, 0.05]);
    let texts = ["Delays at the border.", "Steel tariffs on imported steel.", "Troops, frigates, missiles."];
    let alone = paragraphs(&model, &texts);
    let mut together = alone.clone();
    in_context(&mut model.session(), None, &mut together);
    assert!(probabilities(&together[0])[1] > probabilities(&alone[0])[1]);
}

#[test]
fn a_long_article_of_sure_paragraphs_still_has_topics() {
    let expected = Expected::of(&model(vec![0.5, 0.5]));
    let evidence = vec![Some(expected.evidence(&[1.0 - 1e-300, 1e-300])); 5_000];
    for topics in expected.topics(&evidence) {
        let sum: f64 = topics.iter().zip(evidence[0].as_ref().unwrap()).map(|(t, e)| t * e).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{topics:?}");
    }
}
