use super::super::sample_corpus::{SampleCorpus, count};
use super::super::{AutoParams, LabelledText, TopicModel};
use super::regression::INTERCEPT;
use super::*;

const LABELS: [&str; 3] = ["culture", "security", "trade"];

fn params(refine: Option<f64>) -> AutoParams {
    AutoParams { refine, ..AutoParams::default() }
}

fn refined(rows: &[LabelledText<'_>], strength: f64) -> TopicModel {
    params(Some(strength)).fit(rows).unwrap().model
}

/// A regression on `n` documents of 5 columns and 3 classes.
fn regression(n: u32, labels: Vec<usize>) -> Regression {
    let mut rows = Runs::default();
    for i in 0..n {
        rows.push([(i % 4, 0.6 + f64::from(i % 3) * 0.2), (4, INTERCEPT)].into_iter());
    }
    let said = (0..n).map(|i| {
        let logits = vec![f64::from(i % 5) * 0.3, 0.2, -f64::from(i % 2)];
        Said { logits, factor: 0.8 + f64::from(i % 2) * 0.4 }
    });
    Regression::new(2.0, rows, said.collect(), labels)
}

/// A label for each of `n` documents.
fn labels(n: u32) -> Vec<usize> {
    (0..n as usize).map(|i| (i * i + i / 3) % 3).collect()
}

/// What the module says that is minimised, written out.
fn objective(n: u32, added: &[f64], weights: &[f64]) -> f64 {
    let penalty = added.iter().map(|a| a * a).sum::<f64>() / 4.0;
    let loss = |i: u32| {
        let said = Said {
            logits: vec![f64::from(i % 5) * 0.3, 0.2, -f64::from(i % 2)],
            factor: 0.8 + f64::from(i % 2) * 0.4,
        };
        let entries = [(i % 4, 0.6 + f64::from(i % 3) * 0.2), (4, INTERCEPT)];
        let logit = |class: usize| {
            let score = entries.iter().map(|&(term, x)| x * added[term as usize * 3 + class]).sum::<f64>();
            (said.logits[class] + said.factor * score).exp()
        };
        let i = i as usize;
        -weights[i] * (logit((i * i + i / 3) % 3) / (0..3).map(logit).sum::<f64>()).ln()
    };
    (0..n).map(loss).sum::<f64>() + penalty
}

#[test]
fn nothing_near_the_minimum_is_lower() {
    let n = 40;
    let weights: Vec<f64> = (0..n).map(|i| f64::from(i % 4) * 0.5).collect();
    let minimum = regression(n, labels(n)).minimise(&weights);
    let lowest = objective(n, &minimum, &weights);
    assert!(lowest < objective(n, &vec![0.0; minimum.len()], &weights) - 1.0);
    for i in 0..minimum.len() {
        for step in [-0.01, 0.01] {
            let mut near = minimum.clone();
            near[i] += step;
            assert!(objective(n, &near, &weights) > lowest, "{i} {step}");
        }
    }
}

#[test]
fn a_document_without_weight_has_no_say() {
    let mut weights = vec![1.0; 40];
    weights[7] = 0.0;
    let mut others = labels(40);
    others[7] = (others[7] + 1) % 3;
    let both = |weights: &[f64]| [labels(40), others.clone()].map(|of| regression(40, of).minimise(weights));
    let [one, other] = both(&weights);
    assert_eq!(one, other);
    weights[7] = 1.0;
    let [one, other] = both(&weights);
    assert_ne!(one, other);
}

#[test]
fn columns_of_columns_are_rows() {
    let mut rows = Runs::default();
    rows.push([(3, 1.0), (1, 2.0)].into_iter());
    rows.push([].into_iter());
    rows.push([(1, 5.0)].into_iter());
    let dense = |runs: &Runs, n: usize| {
        let one = |j: usize| (0..n).map(|i| f64::from(u8::from(i == j))).collect::<Vec<_>>();
        (0..n).map(|j| runs.times(&one(j), 1)).collect::<Vec<_>>()
    };
    let columns = rows.transposed();
    assert_eq!(dense(&columns, 3), [[0.0, 2.0, 0.0, 1.0], [0.0; 4], [0.0, 5.0, 0.0, 0.0]]);
    assert_eq!(dense(&columns.transposed(), 4), dense(&rows, 4));
}

#[test]
fn the_model_does_not_depend_on_the_number_of_threads() {
    let sample = SampleCorpus::new(400, &LABELS);
    let rows = sample.rows();
    let with_threads = |n| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
        pool.install(|| refined(&rows, 1.0).to_bytes().unwrap())
    };
    assert!(with_threads(1) == with_threads(5));
}

/// Six words that always stand together are one weak sign, which naive Bayes counts six times, and `y` is another one.
#[test]
fn words_that_go_together_count_once() {
    let together = "x1 x2 x3 x4 x5 x6";
    let texts =
        [("a", true, true, 7), ("a", true, false, 63), ("a", false, true, 3), ("a", false, false, 27)];
    let others =
        [("b", true, true, 18), ("b", true, false, 12), ("b", false, true, 42), ("b", false, false, 28)];
    let texts: Vec<_> = texts.into_iter().chain(others).collect();
    let text =
        |x: bool, y: bool| format!("all {} {}", if x { together } else { "" }, if y { "y" } else { "" });
    let block: Vec<_> = texts.iter().flat_map(|&(label, x, y, n)| vec![(label, text(x, y)); n]).collect();
    let block: Vec<_> = block.iter().map(|(label, text)| LabelledText { label, text, group: "" }).collect();
    let loss = |refine| {
        let words = AutoParams { ngram_ranges: vec![(1, 1)], ..params(refine) };
        words.fit(&block.repeat(10)).unwrap().quality_apart.unwrap().log_loss
    };
    let least = texts.iter().map(|&(_, x, y, n)| {
        let all: usize = texts.iter().filter(|other| (other.1, other.2) == (x, y)).map(|other| other.3).sum();
        -(n as f64) * (n as f64 / all as f64).ln() / block.len() as f64
    });
    let (plain, refined, least) = (loss(None), loss(Some(10.0)), least.sum::<f64>());
    assert!(refined < least + 0.002 && plain > least + 0.005, "{plain} {refined} {least}");
}

#[test]
fn a_refined_model_reads_back_as_it_was_and_is_the_sum_of_both() {
    let sample = SampleCorpus::new(200, &LABELS);
    let rows = sample.rows();
    let model = refined(&rows, 1.0);
    let loaded = TopicModel::from_bytes(&model.to_bytes().unwrap(), "m").unwrap();
    assert_eq!(loaded.learned(), model.learned());
    assert_eq!(loaded.scorer(), model.scorer());
    let plain = model.params().classifier.scorer(model.sums()).unwrap();
    let added = model.refinement().unwrap().weights();
    let (term, class) = (5, 2);
    let expected = plain.weight(term, class) + added[term as usize * LABELS.len() + class];
    assert!((model.scorer().weight(term, class) - expected).abs() < 1e-12);
    assert!(added.iter().any(|a| a.abs() > 0.01));
}

#[test]
fn what_is_added_stays_with_its_terms_and_labels() {
    let sample = SampleCorpus::new(60, &LABELS);
    let rows = sample.rows();
    let fit = |refine| params(refine).fit(&rows).unwrap().model;
    let before = fit(Some(1.0));
    let new = [LabelledText { label: "sport", text: "a1 a2 w1", group: "" }];
    let counted = count(&new, &before.params().analyzer).unwrap();
    let changed = fit(Some(1.0)).add(&counted).unwrap();
    let of = |model: &TopicModel, term: &str, label: &str| {
        let term = model.vocabulary().find(term).unwrap() as usize;
        let label = model.labels().iter().position(|other| other == label).unwrap();
        model.refinement().unwrap().steps()[term * model.labels().len() + label]
    };
    assert_ne!(of(&before, "w1", "trade"), 0);
    assert_eq!(of(&changed, "w1", "trade"), of(&before, "w1", "trade"));
    assert_eq!([of(&changed, "w1", "sport"), of(&changed, "a1", "trade")], [0, 0]);
    assert!(changed.remove(&counted).unwrap().to_bytes().unwrap() == before.to_bytes().unwrap());
    let error = fit(None).merge(fit(Some(1.0))).unwrap_err().to_string();
    assert!(error.contains("refined for its own corpus"), "{error}");
}

#[test]
fn labels_of_one_document_each_leave_nothing_to_learn_from() {
    let rows = [("a", "troops move"), ("b", "tariffs rise")].map(|(label, text)| LabelledText {
        label,
        text,
        group: "",
    });
    let model = refined(&rows, 1.0);
    assert!(model.refinement().unwrap().steps().iter().all(|&step| step == 0));
    assert_eq!(model.labels()[model.classify("Tariffs").unwrap().best().0], "b");
}

/// With many labels the weights of naive Bayes are sparse.
#[test]
fn every_weight_is_the_sum_of_both_whatever_the_classifier() {
    let labels = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
    let sample = SampleCorpus::new(300, &labels);
    let rows = sample.rows();
    for classifier in AutoParams::default().classifiers {
        let one = AutoParams { classifiers: vec![classifier], ..params(Some(1.0)) };
        let model = one.fit(&rows).unwrap().model;
        let plain = model.params().classifier.scorer(model.sums()).unwrap();
        let added = model.refinement().unwrap().weights();
        let n_labels = model.labels().len();
        for term in 0..u32::try_from(model.vocabulary().len()).unwrap() {
            let sums = plain
                .weights_of(term)
                .iter()
                .zip(&added[term as usize * n_labels..])
                .map(|(a, b)| a + b)
                .collect::<Vec<_>>();
            assert_eq!(model.scorer().weights_of(term).into_owned(), sums);
        }
        assert!(added.iter().any(|&a| a > 0.01));
    }
}

#[test]
fn what_has_no_room_is_refused_before_it_is_taken() {
    let sample = SampleCorpus::new(300, &LABELS);
    let rows = sample.rows();
    let fixed = |refine| AutoParams {
        ngram_ranges: vec![(1, 1)],
        weightings: AutoParams::default().weightings[..1].to_vec(),
        classifiers: AutoParams::default().classifiers[..1].to_vec(),
        alphas: vec![0.1],
        ..params(refine)
    };
    let fits = |refine, max_bytes| fixed(refine).fit_within(&rows, max_bytes).is_ok();
    let least = |refine| (0..200).map(|n| n * 20_000).find(|&n| fits(refine, n)).unwrap();
    assert!(least(Some(1.0)) > least(None) + 100_000);
    let error = fixed(Some(1.0)).fit_within(&rows, least(None)).unwrap_err().to_string();
    assert!(error.contains("leave out --refine"), "{error}");
}

#[test]
fn strengths_out_of_range_are_refused() {
    let sample = SampleCorpus::new(60, &LABELS);
    for strength in [0.0, -1.0, 1001.0, f64::NAN, f64::INFINITY] {
        let error = params(Some(strength)).fit(&sample.rows()).unwrap_err().to_string();
        assert!(error.contains("refine") && error.contains(&strength.to_string()), "{error}");
    }
}

#[test]
fn parts_that_no_fit_came_to_are_refused() {
    let with = |strength, step| Refinement::from_parts(RefinementScale { strength, step }, vec![1, -127]);
    assert!(with(1.0, 0.1).is_some());
    assert!(Refinement::from_parts(RefinementScale { strength: 1.0, step: 0.1 }, vec![-128]).is_none());
    assert!(with(1.0, f64::INFINITY).is_none() && with(0.0, 0.1).is_none() && with(1.0, -0.1).is_none());
}
