use super::super::auto::AutoParams;
use super::super::corpus::LabelledText;
use super::super::params::Classifier;
use super::super::sample_corpus::{SampleCorpus, count};
use super::*;
use crate::text::AnalyzerParams;
use crate::vectorize::TfidfParams;

const LABELS: [&str; 3] = ["culture", "security", "trade"];

fn params(weighting: TfidfParams) -> TopicModelParams {
    TopicModelParams {
        analyzer: AnalyzerParams { ngram_range: (1, 2), ..Default::default() },
        weighting,
        classifier: Classifier::OneVsAll { alpha: 0.03 },
        ..Default::default()
    }
}

fn bytes(model: &TopicModel) -> Vec<u8> {
    model.to_bytes().unwrap()
}

#[test]
fn one_two_and_seven_shards_in_any_order_give_identical_bytes() {
    let sample = SampleCorpus::new(300, &LABELS);
    let rows = sample.rows();
    let mut shuffled = rows.clone();
    shuffled.sort_by_key(|row| row.text.len() % 13);
    for weighting in [TfidfParams::LOG, TfidfParams::COUNTS] {
        let whole = bytes(&params(weighting).fit(&rows).unwrap());
        for n in [1, 2, 7] {
            let shards = shuffled.chunks(rows.len().div_ceil(n)).rev();
            let models = shards.map(|shard| params(weighting).fit(shard).unwrap());
            let merged = models.reduce(|a, b| a.merge(b).unwrap()).unwrap();
            assert!(bytes(&merged) == whole, "{n} shards of {weighting}");
        }
    }
}

#[test]
fn adding_documents_then_removing_them_gives_identical_bytes() {
    let sample = SampleCorpus::new(200, &LABELS);
    let rows = sample.rows();
    let new = [
        LabelledText { label: "security", text: "w1 w2 frigates off the coast", group: "" },
        LabelledText { label: "weather", text: "w1 storm nears the coast", group: "" },
    ];
    let idf = TfidfParams::TFIDF;
    for params in [params(TfidfParams::LOG), params(TfidfParams::COUNTS), params(idf)] {
        let model = params.clone().fit(&rows).unwrap();
        let before = bytes(&model);
        let new = count(&new, &params.analyzer).unwrap();
        let added = model.add(&new).unwrap();
        assert_eq!(added.labels().len(), 4);
        assert!(bytes(&added) != before);
        let loaded = TopicModel::from_bytes(&bytes(&added), "m").unwrap();
        assert!(bytes(&loaded.remove(&new).unwrap()) == before, "{params:?}");
    }
    let auto = AutoParams::default();
    let calibrated = auto.fit(&rows).unwrap().model;
    let before = bytes(&calibrated);
    let new = count(&new, &calibrated.params().analyzer).unwrap();
    assert!(bytes(&calibrated.add(&new).unwrap().remove(&new).unwrap()) == before);
}

#[test]
fn removing_and_relabelling_equal_a_fit_to_the_changed_corpus() {
    let sample = SampleCorpus::new(200, &LABELS);
    let rows = sample.rows();
    let params = params(TfidfParams::LOG);
    let gone = count(&rows[..5], &params.analyzer).unwrap();
    let removed = params.clone().fit(&rows).unwrap().remove(&gone).unwrap();
    assert!(bytes(&removed) == bytes(&params.clone().fit(&rows[5..]).unwrap()));

    let mut corrected = rows.clone();
    corrected[7].label = "culture";
    corrected[8].label = "trade";
    let [wrong, right] = [&rows, &corrected].map(|rows| count(&rows[7..9], &params.analyzer).unwrap());
    let relabelled = params.clone().fit(&rows).unwrap().relabel(&wrong, &right).unwrap();
    assert!(bytes(&relabelled) == bytes(&params.fit(&corrected).unwrap()));
}

#[test]
fn what_cannot_be_exact_is_refused() {
    let sample = SampleCorpus::new(60, &LABELS);
    let rows = sample.rows();
    let fit = |params: &TopicModelParams| params.clone().fit(&rows).unwrap();
    let idf = params(TfidfParams::TFIDF);
    assert!(
        fit(&idf).merge(fit(&idf)).unwrap_err().to_string().starts_with("merged models must have no idf")
    );
    let log = params(TfidfParams::LOG);
    assert_eq!(
        fit(&log).merge(fit(&idf)).unwrap_err().to_string(),
        "merged models must be trained with the same parameters, got another weighting"
    );
    let not_in = "documents to be taken out must be in the model with the same labels, got";
    let stranger = |label, text| count(&[LabelledText { label, text, group: "" }], &log.analyzer).unwrap();
    // Words that begin with t are those of one topic.
    let (row, word) = rows
        .iter()
        .find_map(|row| Some((row, row.text.split(' ').find(|word| word.starts_with('t'))?)))
        .unwrap();
    let elsewhere = LABELS.into_iter().find(|label| *label != row.label).unwrap();
    for (label, text, found) in [
        ("trade", "unheard of", "1 with the term \"of\" where it has 0"),
        ("weather", rows[0].text, "1 labelled weather where it has 0"),
        (elsewhere, word, "terms that it has under other labels"),
    ] {
        let refused = fit(&log).remove(&stranger(label, text)).unwrap_err();
        assert_eq!(refused.to_string(), format!("{not_in} {found}"));
    }
    let all_but_one: Vec<_> = rows.iter().copied().filter(|row| row.label != "trade").collect();
    let all_but_one = count(&all_but_one, &log.analyzer).unwrap();
    assert_eq!(
        fit(&log).remove(&all_but_one).unwrap_err().to_string(),
        "a model must keep at least two labels, got 1"
    );
}

#[test]
fn documents_of_merged_models_are_counted_to_the_end_and_no_further() {
    let sample = SampleCorpus::new(30, &LABELS);
    let model = params(TfidfParams::COUNTS).fit(&sample.rows()).unwrap();
    let one = Learned {
        n_documents: 1,
        document_frequency: vec![1; model.vocabulary().len()],
        ..model.learned().clone()
    };
    let many =
        |n| Learned { n_documents: n, document_frequency: vec![n; one.vocabulary.len()], ..one.clone() };
    let room = Room { max_bytes: u64::MAX };
    let full = plus(&many(u64::MAX - 1), &one, room).unwrap();
    assert_eq!((full.n_documents, full.document_frequency[0]), (u64::MAX, u64::MAX));
    let error = plus(&many(u64::MAX), &one, room).unwrap_err().to_string();
    assert_eq!(
        error,
        "a model must have at most 18446744073709551615 documents, got 18446744073709551615 and 1"
    );
}

#[test]
fn many_labels_and_many_terms_are_not_merged_into_far_more_sums() {
    let names: Vec<String> = (0..14_000).map(|i| format!("q{i}z")).collect();
    let row = |label, text| LabelledText { label, text, group: "" };
    let many_labels: Vec<_> = names.iter().map(|name| row(name, "rain")).collect();
    let all = names.join(" ");
    let many_terms = [row("a", all.as_str()), row("b", "rain")];
    let params = TopicModelParams { weighting: TfidfParams::LOG, ..Default::default() };
    let [labels, terms] = [&many_labels[..], &many_terms[..]].map(|rows| params.clone().fit(rows).unwrap());
    let refused = labels.merge(terms).unwrap_err().to_string();
    assert!(refused.contains("--max-training-bytes"), "{refused}");
}
