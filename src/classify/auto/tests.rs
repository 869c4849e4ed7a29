use super::super::params::TopicModelParams;
use super::super::sample_corpus::{SampleCorpus, count};
use super::*;

const LABELS: [&str; 3] = ["culture", "security", "trade"];

#[test]
fn threads_do_not_change_a_byte_and_the_order_of_rows_only_the_calibration() {
    let sample = SampleCorpus::new(300, &LABELS);
    let params = AutoParams { max_documents: 150, ..Default::default() };
    let fit = |rows: &[LabelledText<'_>], threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let corpus = count(rows, &params.counting_analyzer().unwrap()).unwrap();
            params.fit_counted(&corpus).unwrap().model
        })
    };
    let rows = sample.rows();
    let model = fit(&rows, 1);
    assert!(model.to_bytes().unwrap() == fit(&rows, 3).to_bytes().unwrap());
    let mut shuffled = rows.clone();
    shuffled.sort_by_key(|row| row.text.len() % 17);
    let other = fit(&shuffled, 2)
        .with_calibration(model.calibration().clone())
        .with_decision(model.decision().clone())
        .with_confusion(model.confusion().cloned());
    assert!(model.to_bytes().unwrap() == other.to_bytes().unwrap());
}

/// Ten stories in turn, each with words of its own and one topic; its paragraphs stand together.
#[test]
fn sets_allow_for_stories_that_the_model_has_not_seen() {
    let text = |story: usize, i: usize| {
        let topic = if i.is_multiple_of(4) { (story + 1) % 3 } else { story % 3 };
        format!("story{story}a story{story}b t{topic}x{} w{} w{}", i % 5, i % 7, i % 11)
    };
    let texts: Vec<(usize, String)> = (0..60).flat_map(|s| (0..10).map(move |i| (s, text(s, i)))).collect();
    let rows: Vec<LabelledText<'_>> =
        texts.iter().map(|(s, text)| LabelledText { label: LABELS[s % 3], text, group: "" }).collect();
    let (train, test) = rows.split_at(300);
    let fit = AutoParams::default().fit(train).unwrap();
    assert!(fit.quality.accuracy > 0.99, "one by one, {:?}", fit.quality);
    let apart = fit.quality_apart.unwrap().accuracy;
    let accuracy = |model: &TopicModel| {
        let hits =
            test.iter().filter(|row| model.labels()[model.classify(row.text).unwrap().best().0] == row.label);
        hits.count() as f64 / test.len() as f64
    };
    assert!((apart - accuracy(&fit.model)).abs() < 0.05, "{apart} {}", accuracy(&fit.model));
    let covered = test.iter().filter(|row| {
        let set = fit.model.classify(row.text).unwrap().topics_at(0.9).unwrap();
        set.iter().any(|&label| LABELS[label] == row.label)
    });
    let share = covered.count() as f64 / test.len() as f64;
    assert!(share > 0.88, "{share}");
}

#[test]
fn the_model_is_that_of_the_chosen_configuration() {
    let sample = SampleCorpus::new(200, &LABELS);
    let rows = sample.rows();
    let fit = AutoParams::default().fit(&rows).unwrap();
    assert_eq!(fit.candidates.all().len(), 3 * 3 * 5);
    let shown = fit.candidates.at_best_alpha();
    assert_eq!(shown.all().len(), 3 * 3);
    assert_eq!(shown.chosen(), fit.candidates.chosen());
    let chosen = fit.candidates.chosen();
    let plain = TopicModelParams {
        analyzer: AnalyzerParams { ngram_range: chosen.ngram_range, ..Default::default() },
        vocabulary: VocabularyParams::default(),
        weighting: chosen.weighting,
        classifier: chosen.classifier.clone(),
    }
    .fit(&rows)
    .unwrap();
    let plain = plain
        .with_calibration(fit.model.calibration().clone())
        .with_decision(fit.model.decision().clone())
        .with_leave_one_out(fit.quality)
        .with_confusion(fit.model.confusion().cloned());
    let bytes = fit.model.to_bytes().unwrap();
    assert_eq!(plain.to_bytes().unwrap(), bytes);
    assert_eq!(TopicModel::from_bytes(&bytes, "m").unwrap().to_bytes().unwrap(), bytes);
    assert_eq!(fit.quality, chosen.quality);
    let (confusion, apart) = (fit.model.confusion().unwrap(), fit.quality_apart.unwrap());
    assert_eq!(confusion.n_rows(), apart.n_documents as u64);
    assert!(confusion.accuracy().unwrap() <= apart.accuracy, "some may have no answer");
    let table = fit.candidates.table();
    assert_eq!(table.n_rows(), 45);
}

#[test]
fn what_is_fixed_is_not_searched() {
    let sample = SampleCorpus::new(100, &LABELS);
    let params = AutoParams {
        ngram_ranges: vec![(1, 1)],
        weightings: vec![TfidfParams { binary: true, ..TfidfParams::COUNTS }],
        classifiers: vec![Classifier::Bernoulli { alpha: 1.0, prior: Prior::Empirical }],
        alphas: vec![0.2],
        ..Default::default()
    };
    let fit = params.fit(&sample.rows()).unwrap();
    assert_eq!(fit.candidates.all().len(), 1);
    assert_eq!(fit.model.params().classifier, Classifier::Bernoulli { alpha: 0.2, prior: Prior::Empirical });
}

#[test]
fn wrong_labels_are_the_first_suspects() {
    let sample = SampleCorpus::new(300, &LABELS);
    let mut rows = sample.rows();
    let swapped = [10, 100, 200];
    for i in swapped {
        rows[i].label = LABELS.into_iter().find(|&label| label != rows[i].label).unwrap();
    }
    let fit = AutoParams::default().fit(&rows).unwrap();
    let first: Vec<usize> = fit.suspects.iter().take(30).map(|s| s.document).collect();
    let n_found = swapped.iter().filter(|i| first.contains(i)).count();
    assert!(n_found >= 2, "{:?}", &fit.suspects[..10]);
    assert!(fit.suspects.is_sorted_by(|a, b| a.probability <= b.probability));
}

#[test]
fn two_rows_and_a_label_of_one_document_can_be_learned_from() {
    let row = |label, text| LabelledText { label, text, group: "" };
    let fit = AutoParams::default().fit(&[row("a", "one two"), row("b", "three four")]).unwrap();
    assert_eq!(fit.model.classify("one").unwrap().best().0, 0);
    let sample = SampleCorpus::new(60, &LABELS);
    let mut rows = sample.rows();
    rows.push(row("weather", "w1 sunny sunny spells"));
    let fit = AutoParams::default().fit(&rows).unwrap();
    let ranking = fit.model.classify("sunny spells").unwrap();
    assert_eq!(ranking.best().0, 3);
    assert!(ranking.probabilities().iter().all(|p| p.is_finite()));
}

#[test]
fn an_empty_list_or_a_classifier_without_its_rows_is_refused() {
    let sample = SampleCorpus::new(10, &LABELS);
    let error = |params: AutoParams| params.fit(&sample.rows()).unwrap_err().to_string();
    assert_eq!(
        error(AutoParams { alphas: Vec::new(), ..Default::default() }),
        "alphas must be at least one, got 0"
    );
    let bernoulli = vec![Classifier::Bernoulli { alpha: 1.0, prior: Prior::Empirical }];
    assert_eq!(
        error(AutoParams { classifiers: bernoulli, ..Default::default() }),
        "bernoulli needs the weighting binary, got none of them among the candidates"
    );
}

#[test]
fn sets_of_topics_cover_what_they_say() {
    let sample = SampleCorpus::new(900, &LABELS);
    let rows = sample.rows();
    let (train, test) = rows.split_at(600);
    let model = AutoParams::default().fit(train).unwrap().model;
    for coverage in [0.8, 0.9, 0.95] {
        let covered = test.iter().filter(|row| {
            let set = model.classify(row.text).unwrap().topics_at(coverage).unwrap();
            set.iter().any(|&label| model.labels()[label] == row.label)
        });
        let share = covered.count() as f64 / test.len() as f64;
        assert!(share > coverage - 0.03, "{coverage}: {share}");
    }
}

#[test]
fn a_text_of_unknown_words_has_no_topic() {
    let sample = SampleCorpus::new(400, &LABELS);
    let model = AutoParams::default().fit(&sample.rows()).unwrap().model;
    let german = "w1 die Truppen haben gestern die Grenze zum Nachbarland mit mehreren Panzern und Haubitzen überschritten";
    assert_eq!(model.classify(german).unwrap().refusal(), Some(super::super::Refusal::UnknownWords));
    assert_eq!(model.classify("t1x1 t1x2 w3 t1x0 t1x3").unwrap().topic(), Some(1));
}

#[test]
fn a_label_that_is_to_be_common_gains_bias() {
    let sample = SampleCorpus::new(300, &LABELS);
    let rows = sample.rows();
    let bias_of_trade = |shares: [f64; 3]| {
        let prior = LABELS.iter().map(|&label| label.to_owned()).zip(shares).collect();
        let bias =
            AutoParams { prior, ..Default::default() }.fit(&rows).unwrap().model.calibration().bias.clone();
        bias[2] - bias[0]
    };
    let (rare, common) = (bias_of_trade([0.48, 0.48, 0.04]), bias_of_trade([0.1, 0.1, 0.8]));
    assert!(rare + 0.5 < common, "{rare} {common}");
}

#[test]
fn a_prior_names_every_label_and_sums_to_one() {
    let sample = SampleCorpus::new(100, &LABELS);
    let refused = |shares: &[(&str, f64)]| {
        let prior = shares.iter().map(|&(label, share)| (label.to_owned(), share)).collect();
        AutoParams { prior, ..Default::default() }.fit(&sample.rows()).unwrap_err().to_string()
    };
    assert_eq!(
        refused(&[("culture", 0.5), ("sport", 0.5)]),
        "prior must name each of culture, security, trade, got culture, sport"
    );
    assert_eq!(
        refused(&[("culture", 0.5), ("security", 0.5), ("trade", 0.5)]),
        "prior must sum to 1, got 1.5"
    );
}
