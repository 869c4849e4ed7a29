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
    header.checksum = checksum(&header, NAMES.iter().map(|name| (*name, file.tensor(name).unwrap().data())));
    let json = serde_json::to_string(&header).unwrap();
    safetensors::serialize(file.tensors(), Some(HashMap::from([(KEY.to_owned(), json)]))).unwrap()
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
    let newer = refused(file_with(|header| header.format = FORMAT + 1));
    assert!(newer.starts_with("m: format 3 is newer than this program reads (2)"), "{newer}");
}
