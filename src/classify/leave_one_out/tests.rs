use super::super::sample_corpus::{SampleCorpus, count};
use super::*;
use crate::bayes::Prior;
use crate::math;
use crate::text::AnalyzerParams;
use crate::vectorize::{Limit, TfidfParams, VocabularyParams};

const BINARY: TfidfParams = TfidfParams { binary: true, ..TfidfParams::COUNTS };
const LABELS: [&str; 3] = ["culture", "security", "trade"];

fn params(weighting: TfidfParams, min_df: u64, classifier: Classifier) -> TopicModelParams {
    TopicModelParams {
        analyzer: AnalyzerParams { ngram_range: (1, 2), stemmer: None, ..Default::default() },
        vocabulary: VocabularyParams { min_df: Limit::Count(min_df), ..Default::default() },
        weighting,
        classifier,
    }
}

/// How leave-one-out scores differ from those of refits.
#[derive(Debug, Default)]
struct Difference {
    /// Greatest of all.
    worst: f64,
    /// Mean over documents and classes, divided by the mean spread of a document's scores.
    mean_per_spread: f64,
    /// Documents whose best class differs.
    n_other_best: usize,
}

fn difference_from_refits(params: &TopicModelParams) -> Difference {
    let sample = SampleCorpus::new(300, &LABELS);
    let rows = sample.rows();
    let corpus = count(&rows, &params.analyzer).unwrap();
    let scores = params.leave_one_out(&corpus, usize::MAX).unwrap();
    assert_eq!(scores.documents(), (0..rows.len()).collect::<Vec<_>>());
    let mut difference = Difference::default();
    let (mut sum, mut spread) = (0.0, 0.0);
    for (i, found) in scores.of(0).chunks(LABELS.len()).enumerate() {
        let mut others = rows.clone();
        let left_out = others.remove(i);
        let model = params.clone().fit(&others).unwrap();
        let Some((expected, _)) = model.session().scores(left_out.text) else { continue };
        spread += super::super::calibrate::centre(&mut expected.clone());
        difference.n_other_best += usize::from(math::argmax(found) != math::argmax(&expected));
        for (found, expected) in found.iter().zip(&expected) {
            difference.worst = difference.worst.max((found - expected).abs());
            sum += (found - expected).abs() / LABELS.len() as f64;
        }
    }
    Difference { mean_per_spread: sum / spread, ..difference }
}

#[test]
fn leave_one_out_equals_refits_on_300_documents() {
    let given = Prior::Given(vec![0.5, 0.25, 0.25]);
    for (weighting, min_df, classifier) in [
        (TfidfParams::COUNTS, 1, Classifier::Multinomial { alpha: 0.1, prior: Prior::Empirical }),
        (TfidfParams::COUNTS, 2, Classifier::Multinomial { alpha: 1.0, prior: given }),
        (TfidfParams::COUNTS, 2, Classifier::Complement { alpha: 0.3, norm: false }),
        (TfidfParams::COUNTS, 3, Classifier::Complement { alpha: 0.3, norm: true }),
        (TfidfParams::COUNTS, 1, Classifier::OneVsAll { alpha: 0.01 }),
        (BINARY, 2, Classifier::OneVsAll { alpha: 0.01 }),
        (BINARY, 1, Classifier::Bernoulli { alpha: 0.5, prior: Prior::Empirical }),
        (BINARY, 2, Classifier::Bernoulli { alpha: 1.0, prior: Prior::Uniform }),
    ] {
        let params = params(weighting, min_df, classifier);
        let Difference { worst, .. } = difference_from_refits(&params);
        assert!(worst < 1e-9, "{params:?}: {worst}");
    }
}

/// The greatest difference of a score from that of a refit without the document's part.
fn difference_of_parts(params: &TopicModelParams) -> f64 {
    let sample = SampleCorpus::new(300, &LABELS);
    let rows = sample.rows();
    let corpus = count(&rows, &params.analyzer).unwrap();
    let selection = params.select(&corpus).unwrap();
    let mut sums = params.sum_rows(&corpus, &selection).unwrap();
    let limits = PartLimits { left_out: 300, entries: u64::MAX, scored: 300 };
    let PartScores { scores, known_shares, .. } =
        params.leave_parts_out(&corpus, &selection, &mut sums, limits).unwrap();
    assert_eq!(known_shares.len(), rows.len());
    assert_eq!(sums, params.sum_rows(&corpus, &selection).unwrap());
    assert_eq!(scores.documents(), (0..rows.len()).collect::<Vec<_>>());
    let mut worst = 0.0_f64;
    for part in parts::parts(corpus.document_labels(), LABELS.len(), 1.0) {
        let others = rows.iter().enumerate().filter(|(i, _)| !part.contains(i)).map(|(_, row)| *row);
        let model = params.clone().fit(&others.collect::<Vec<_>>()).unwrap();
        for i in part {
            let Some((expected, _)) = model.session().scores(rows[i].text) else { continue };
            for (found, expected) in scores.of(0)[i * LABELS.len()..].iter().zip(&expected) {
                worst = worst.max((found - expected).abs());
            }
        }
    }
    worst
}

#[test]
fn leaving_parts_out_equals_refits() {
    for (weighting, min_df, classifier) in [
        (TfidfParams::COUNTS, 1, Classifier::Multinomial { alpha: 0.1, prior: Prior::Empirical }),
        (TfidfParams::COUNTS, 3, Classifier::Complement { alpha: 0.3, norm: true }),
        (TfidfParams::COUNTS, 2, Classifier::OneVsAll { alpha: 0.01 }),
        (TfidfParams::LOG, 1, Classifier::OneVsAll { alpha: 0.03 }),
        (BINARY, 2, Classifier::Bernoulli { alpha: 0.5, prior: Prior::Empirical }),
    ] {
        let params = params(weighting, min_df, classifier);
        let worst = difference_of_parts(&params);
        assert!(worst < 1e-9, "{params:?}: {worst}");
    }
}

#[test]
fn parts_are_runs_of_each_label_and_as_long_as_may_be() {
    // labels in turn, and a label of one document
    let labels: Vec<u32> = (0..40).map(|i| i % 2).chain([2]).collect();
    let whole = parts::parts(&labels, 3, 1.0);
    assert_eq!(whole.concat(), (0..40).collect::<Vec<_>>());
    assert_eq!(parts::parts(&labels, 3, 0.25), [[0, 1], [8, 9], [16, 17], [24, 25], [32, 33]]);
}

#[test]
fn rows_that_do_not_depend_on_others_are_exact_too() {
    let params = params(TfidfParams::LOG, 1, Classifier::OneVsAll { alpha: 0.03 });
    let Difference { worst, .. } = difference_from_refits(&params);
    assert!(worst < 1e-9, "{worst}");
}

#[test]
fn frozen_idf_costs_little_against_true_refits() {
    let log_idf = TfidfParams { sublinear_tf: true, ..TfidfParams::TFIDF };
    for (weighting, classifier) in [
        (log_idf, Classifier::OneVsAll { alpha: 0.03 }),
        (TfidfParams::TFIDF, Classifier::Complement { alpha: 0.1, norm: false }),
        (TfidfParams::TFIDF, Classifier::Multinomial { alpha: 0.1, prior: Prior::Empirical }),
    ] {
        let difference = difference_from_refits(&params(weighting, 1, classifier));
        assert!(difference.mean_per_spread < 0.05, "{difference:?}");
        assert!(difference.n_other_best <= 1, "{difference:?}");
    }
}

#[test]
fn several_classifiers_in_one_pass_score_as_each_alone() {
    let sample = SampleCorpus::new(120, &LABELS);
    let params = params(TfidfParams::LOG, 1, Classifier::OneVsAll { alpha: 0.1 });
    let corpus = count(&sample.rows(), &params.analyzer).unwrap();
    let selection = params.select(&corpus).unwrap();
    let sums = params.sum_rows(&corpus, &selection).unwrap();
    let setting = Setting { corpus: &corpus, params: &params, selection: &selection, sums: &sums };
    let classifiers: Vec<Classifier> = [0.3, 0.01]
        .into_iter()
        .flat_map(|alpha| [Classifier::OneVsAll { alpha }, Classifier::Complement { alpha, norm: false }])
        .collect();
    let together = setting.scores(&classifiers, 50).unwrap();
    assert_eq!(together.documents().len(), 50);
    for (i, classifier) in classifiers.iter().enumerate() {
        let alone = setting.scores(std::slice::from_ref(classifier), 50).unwrap();
        assert_eq!(alone.of(0), together.of(i));
    }
}

#[test]
fn threads_and_the_order_of_rows_do_not_change_a_bit() {
    let sample = SampleCorpus::new(200, &LABELS);
    let params = params(TfidfParams::TFIDF, 2, Classifier::OneVsAll { alpha: 0.1 });
    let scores = |rows: &[super::super::LabelledText<'_>], threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let corpus = count(rows, &params.analyzer).unwrap();
            let selection = params.select(&corpus).unwrap();
            let sums = params.sum_rows(&corpus, &selection).unwrap();
            let setting = Setting { corpus: &corpus, params: &params, selection: &selection, sums: &sums };
            setting.scores_by_key(std::slice::from_ref(&params.classifier), 77).unwrap().scores
        })
    };
    let rows = sample.rows();
    let mut reversed = rows.clone();
    reversed.reverse();
    assert_eq!(scores(&rows, 1), scores(&rows, 3));
    assert_eq!(scores(&rows, 1), scores(&reversed, 2));
}

#[test]
fn the_only_document_of_a_label_has_finite_scores() {
    let row = |label, text| super::super::LabelledText { label, text, group: "" };
    let rows = [row("a", "one two"), row("b", "two three"), row("b", "three four")];
    for classifier in [
        Classifier::Multinomial { alpha: 0.1, prior: Prior::Empirical },
        Classifier::Complement { alpha: 0.1, norm: true },
        Classifier::Bernoulli { alpha: 0.1, prior: Prior::Empirical },
        Classifier::OneVsAll { alpha: 0.1 },
    ] {
        let params = params(BINARY, 1, classifier);
        let corpus = count(&rows, &params.analyzer).unwrap();
        let scores = params.leave_one_out(&corpus, usize::MAX).unwrap();
        assert!(scores.of(0).iter().all(|z| z.is_finite()), "{params:?}: {scores:?}");
    }
}
