use super::super::auto::AutoParams;
use super::super::calibrate::Isotonic;
use super::super::corpus::LabelledText;
use super::*;
use crate::text::{AnalyzerParams, NgramUnit};

fn model() -> TopicModel {
    let row = |label, text| LabelledText { label, text, group: "" };
    TopicModelParams::default()
        .fit(&[row("a", "troops troop tariff"), row("b", "tariffs quota"), row("b", "é envoy")])
        .unwrap()
}

#[test]
fn the_built_in_model_has_its_checksum() {
    TopicModel::from_bytes(TopicModel::BUILT_IN, "the built-in model").unwrap();
}

#[test]
fn a_model_reads_back_as_it_was() {
    let model = model();
    let bytes = model.to_bytes().unwrap();
    let loaded = TopicModel::from_bytes(&bytes, "m").unwrap();
    assert_eq!(loaded.learned(), model.learned());
    assert_eq!(loaded.params(), model.params());
    assert_eq!(loaded.to_bytes().unwrap(), bytes);
    assert_eq!(loaded.classify("Tariffs, troops"), model.classify("Tariffs, troops"));
}

#[test]
fn curves_read_back_and_falling_ones_are_refused() {
    let curve = |observed: [f64; 2]| Isotonic { stated: vec![0.25, 0.75], observed: observed.to_vec() };
    let with = |curves: Vec<Isotonic>| {
        let plain = model();
        let calibration = Calibration { isotonic: curves, ..plain.calibration().clone() };
        plain.with_calibration(calibration)
    };
    let sound = with(vec![curve([0.0, 1.0]), curve([0.1, 0.1])]);
    let loaded = TopicModel::from_bytes(&sound.to_bytes().unwrap(), "m").unwrap();
    assert_eq!(loaded.calibration(), sound.calibration());
    for curves in
        [vec![curve([0.0, 1.0])], vec![curve([0.0, 1.0]), curve([0.5, 0.4])], vec![curve([0.0, 1.5]); 2]]
    {
        let bytes = with(curves).to_bytes().unwrap();
        assert!(TopicModel::from_bytes(&bytes, "m").is_err());
    }
}

/// `serde_json` reads some numbers a last digit off unless its feature `float_roundtrip` is on, and a header that
/// reads back differently does not have its checksum.
#[test]
fn numbers_of_the_header_read_back_to_the_last_bit() {
    let model = model();
    for i in 1..500_u32 {
        let scale = f64::from(i).ln() / 7.0 + 1e-3;
        let calibration = Calibration { scale, ..model.calibration().clone() };
        let json = serde_json::to_string(&calibration).unwrap();
        let read: Calibration = serde_json::from_str(&json).unwrap();
        assert_eq!(read, calibration, "{json}");
    }
}

#[test]
fn a_model_of_character_ngrams_reads_back_as_it_was() {
    let analyzer = AnalyzerParams {
        ngram_unit: NgramUnit::CharWb,
        ngram_range: (2, 4),
        stemmer: None,
        ..AnalyzerParams::default()
    };
    let row = |label, text| LabelledText { label, text, group: "" };
    let params = TopicModelParams { analyzer, ..TopicModelParams::default() };
    let model = params.fit(&[row("a", "joukot joukkoja"), row("b", "tulli tulleja")]).unwrap();
    let loaded = TopicModel::from_bytes(&model.to_bytes().unwrap(), "m").unwrap();
    assert_eq!(loaded.learned(), model.learned());
    let ranking = loaded.classify("joukoille").unwrap();
    assert_eq!(ranking.best().0, 0);
    assert_eq!(Some(ranking), model.classify("joukoille"));
}

#[test]
fn every_changed_byte_is_refused_or_loads_the_same_model() {
    let model = model();
    let bytes = model.to_bytes().unwrap();
    for i in 0..bytes.len() {
        for flip in [1, 0x20, 0x80] {
            let mut changed = bytes.clone();
            changed[i] ^= flip;
            if let Ok(loaded) = TopicModel::from_bytes(&changed, "m") {
                assert_eq!(loaded.to_bytes().unwrap(), bytes, "byte {i} ^ {flip}");
            }
        }
    }
}

#[test]
fn every_truncation_is_refused() {
    let bytes = model().to_bytes().unwrap();
    for len in 0..bytes.len() {
        assert!(TopicModel::from_bytes(&bytes[..len], "m").is_err(), "{len}");
    }
}

/// The model's file as it would be if it said something else of itself, its checksum right.
fn file_with(change: impl FnOnce(&mut Header)) -> Vec<u8> {
    let bytes = model().to_bytes().unwrap();
    let (_, metadata) = SafeTensors::read_metadata(&bytes).unwrap();
    let mut header: Header = serde_json::from_str(&metadata.metadata().as_ref().unwrap()[KEY]).unwrap();
    change(&mut header);
    let file = SafeTensors::deserialize(&bytes).unwrap();
    header.checksum = checksum(&header, file.iter().map(|(name, tensor)| (name, tensor.data())));
    let json = serde_json::to_string(&header).unwrap();
    safetensors::serialize(file.tensors(), Some(HashMap::from([(KEY.to_owned(), json)]))).unwrap()
}

/// Each would give probabilities that are none, or take all memory.
#[test]
fn numbers_that_nothing_can_have_taught_are_refused() {
    let refused =
        |change: fn(&mut Header)| TopicModel::from_bytes(&file_with(change), "m").unwrap_err().reason();
    for change in [
        (|h: &mut Header| h.calibration.scale = 1e300) as fn(&mut Header),
        |h| h.calibration.gamma = -40.0,
        |h| h.calibration.bias[0] = f64::MAX,
        |h| h.calibration.prior = vec![1.0],
        |h| h.calibration.prior = vec![1.5, -0.5],
    ] {
        assert!(refused(change).starts_with("must have a finite calibration"), "{}", refused(change));
    }
    let half = |h: &mut Header| h.refinement = Some(RefinementScale { strength: 1.0, step: 0.1 });
    assert!(refused(half).starts_with("must have a refinement of each weight"), "{}", refused(half));
    let refined = AutoParams { refine: Some(1.0), ..AutoParams::default() };
    let row = |label, text| LabelledText { label, text, group: "" };
    let rows = [
        row("a", "troops move"),
        row("a", "troops fire"),
        row("b", "tariffs rise"),
        row("b", "tariffs fall"),
    ];
    let bytes = refined.fit(&rows).unwrap().model.to_bytes().unwrap();
    let (_, metadata) = SafeTensors::read_metadata(&bytes).unwrap();
    let header: Header = serde_json::from_str(&metadata.metadata().as_ref().unwrap()[KEY]).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let said = |strength, dtype, n: usize| {
        let header = Header { refinement: Some(RefinementScale { strength, step: 0.1 }), ..header.clone() };
        let steps = vec![1; n];
        let steps = TensorView::new(dtype, vec![n], &steps).unwrap();
        learned(&header, &file.iter().chain([("refinement", steps)]).collect()).err()
    };
    let n = file.tensor("refinement").unwrap().data().len();
    assert_eq!(said(1.0, Dtype::I8, n), None);
    assert!(said(2000.0, Dtype::I8, n).unwrap().starts_with("must have a refinement of a strength"));
    for (dtype, n) in [(Dtype::U8, n), (Dtype::I8, n - 1), (Dtype::I8, n + 1)] {
        assert!(said(1.0, dtype, n).unwrap().starts_with("must have a refinement of each weight"));
    }
    let tiny = |h: &mut Header| h.params.classifier = h.params.classifier.clone().with_alpha(0.0);
    assert!(
        refused(tiny).starts_with("must have parameters that fit its sums: alpha must be"),
        "{}",
        refused(tiny)
    );
}

#[test]
fn a_file_of_many_labels_and_terms_and_hardly_a_sum_is_refused() {
    let labels = 4000;
    let tensor = |name, dtype: Dtype, n: usize, byte: u8| (name, dtype, vec![byte; n * dtype.bitsize() / 8]);
    let pieces: Vec<u8> =
        (0..2000_u16).flat_map(|n| [&[0, 4][..], format!("{:04}", n + 1000).as_bytes()].concat()).collect();
    let node_pieces: Vec<u8> = (0..2000_u32).flat_map(u32::to_le_bytes).collect();
    let one: Vec<u8> = (0..2000).flat_map(|_| 1_u64.to_le_bytes()).collect();
    let tensors = [
        tensor("class_count", Dtype::U64, labels, 0),
        ("document_frequency", Dtype::U64, one),
        tensor("feature_classes", Dtype::U16, 0, 0),
        tensor("feature_ends", Dtype::U32, 2000, 0),
        tensor("feature_sums", Dtype::U64, 0, 0),
        tensor("node_lengths", Dtype::U8, 2000, 1),
        ("node_pieces", Dtype::U32, node_pieces),
        ("pieces", Dtype::U8, pieces),
    ];
    let (_, metadata) = SafeTensors::read_metadata(TopicModel::BUILT_IN).unwrap();
    let mut header: Header = serde_json::from_str(&metadata.metadata().as_ref().unwrap()[KEY]).unwrap();
    header.labels = (0..labels).map(|n| format!("{n:04}")).collect();
    header.calibration = Calibration::none(labels);
    header.confusion = None;
    header.refinement = None;
    let views: BTreeMap<&str, TensorView<'_>> = tensors
        .iter()
        .map(|(name, dtype, bytes)| {
            let shape = vec![bytes.len() * 8 / dtype.bitsize()];
            (*name, TensorView::new(*dtype, shape, bytes).unwrap())
        })
        .collect();
    let refused = learned(&header, &views).unwrap_err();
    assert_eq!(refused, "must not have so many labels and terms with hardly a sum");
    let long = vec![0; 1 << 20];
    let padded =
        views.into_iter().chain([("more", TensorView::new(Dtype::U8, vec![long.len()], &long).unwrap())]);
    assert!(learned(&header, &padded.collect()).is_ok());
}

#[test]
fn a_model_stemmed_otherwise_or_of_a_newer_format_is_refused_by_name() {
    assert!(TopicModel::from_bytes(&file_with(|_| ()), "m").is_ok());
    let refused = |file: Vec<u8>| TopicModel::from_bytes(&file, "m").unwrap_err().to_string();
    let older = file_with(|header| header.stemmer.as_mut().unwrap().version = "1.1".to_owned());
    let message = refused(older);
    assert!(message.starts_with("m: must be stemmed by rust-stemmers 1.2"), "{message}");
    assert!(
        message.contains("got a model made with rust-stemmers 1.1") && message.ends_with("; retrain"),
        "{message}"
    );
    let confused = refused(file_with(|header| header.confusion = Some(Confusion::new(7))));
    assert_eq!(confused, "m: must count a confusion of its own labels");
    let newer = refused(file_with(|header| header.format = FORMAT + 1));
    assert!(newer.starts_with("m: format 4 is newer than this program reads (3)"), "{newer}");
}
