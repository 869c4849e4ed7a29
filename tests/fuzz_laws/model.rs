//! Bytes to a model.

use std::collections::HashMap;

use newsbeat::classify::explain::Explainer;
use newsbeat::classify::inspect::Inspection;
use newsbeat::classify::{TopicModel, verify};
use newsbeat::text::NgramUnit;
use safetensors::tensor::{Dtype, SafeTensors, TensorView};

use super::{choice, probabilities_hold};

/// The tensors of a model's file, in the order of the parts; the last is that of refined models only.
const TENSORS: [(&str, Dtype); 9] = [
    ("pieces", Dtype::U8),
    ("node_lengths", Dtype::U8),
    ("node_pieces", Dtype::U32),
    ("document_frequency", Dtype::U64),
    ("class_count", Dtype::U64),
    ("feature_classes", Dtype::U16),
    ("feature_ends", Dtype::U32),
    ("feature_sums", Dtype::U64),
    (REFINEMENT, Dtype::I8),
];

const REFINEMENT: &str = "refinement";

const KEY: &str = "newsbeat";

/// Between the parts of a file that is put together here.
pub(crate) const SEPARATOR: &[u8] = b"|#|";

/// The first byte chooses: a file as it is; a file whose checksum is made right; the parts of a file, put together
/// with a right checksum.
pub(super) fn hold(bytes: &[u8]) {
    let (how, bytes) = choice(bytes);
    match how % 3 {
        0 => file_holds(bytes),
        1 => repaired(bytes).as_deref().map_or((), file_holds),
        _ => assembled(bytes).as_deref().map_or((), file_holds),
    }
}

/// Whatever is loaded gives probabilities and is written as it was.
pub(crate) fn file_holds(bytes: &[u8]) {
    let Ok(model) = TopicModel::from_bytes(bytes, "m") else { return };
    let written = model.to_bytes().expect("what was loaded can be written");
    let again = TopicModel::from_bytes(&written, "m").expect("what was written can be loaded");
    assert_eq!(again.to_bytes().expect("what was loaded can be written"), written);
    let terms: Vec<&str> = model.vocabulary().iter().collect();
    assert!(terms.is_sorted_by(|a, b| a < b));
    let separator = if model.params().analyzer.ngram_unit == NgramUnit::Word { " " } else { "" };
    let all = terms.iter().take(200).copied().collect::<Vec<_>>().join(separator);
    let mut session = model.session();
    let mut explainer = Explainer::new(&model);
    for text in ["Troops crossed the border; tariffs rose to 25 %.", "", "é envoy", &all] {
        if let Some(ranking) = session.classify(text) {
            probabilities_hold(ranking.probabilities());
            let (best, second) = (ranking.best(), ranking.runner_up());
            assert!(best.1 >= second.1 && best.0 != second.0);
            let _ = (ranking.refusal(), ranking.topics_at(0.9));
            explainer.explain(text).expect("what has a ranking is explained");
        }
    }
    if let Ok(inspection) = Inspection::of(&model) {
        let _ = (inspection.settings(), inspection.labels(), inspection.top_terms(3), inspection.terms());
    }
    let _ = verify(bytes, "m");
}

/// The same file with the checksum that it should have; `None` if it is no file of ours.
fn repaired(bytes: &[u8]) -> Option<Vec<u8>> {
    let (_, metadata) = SafeTensors::read_metadata(bytes).ok()?;
    let json = metadata.metadata().as_ref()?.get(KEY)?.clone();
    let file = SafeTensors::deserialize(bytes).ok()?;
    let tensors: Vec<(String, TensorView<'_>)> = file.tensors();
    safetensors::serialize(
        tensors.iter().map(|(name, tensor)| (name.as_str(), tensor)),
        Some(HashMap::from([(KEY.to_owned(), with_checksum(&json, &tensors)?)])),
    )
    .ok()
}

/// A file of parts: the header, then each tensor's bytes.
pub(crate) fn assembled(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut parts = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(SEPARATOR.len()).position(|window| window == SEPARATOR) {
        parts.push(&rest[..at]);
        rest = &rest[at + SEPARATOR.len()..];
    }
    parts.push(rest);
    let json = std::str::from_utf8(parts[0]).ok()?;
    let n_tensors = if parts.len() > TENSORS.len() { TENSORS.len() } else { TENSORS.len() - 1 };
    let data: Vec<&[u8]> =
        parts.into_iter().skip(1).chain(std::iter::repeat(&[][..])).take(n_tensors).collect();
    let tensors: Vec<(String, TensorView<'_>)> = TENSORS
        .iter()
        .zip(data)
        .map(|((name, dtype), data)| {
            let size = dtype.bitsize() / 8;
            let length = data.len() / size;
            let tensor = TensorView::new(*dtype, vec![length], &data[..length * size]).ok()?;
            Some(((*name).to_owned(), tensor))
        })
        .collect::<Option<_>>()?;
    safetensors::serialize(
        tensors.iter().map(|(name, tensor)| (name.as_str(), tensor)),
        Some(HashMap::from([(KEY.to_owned(), with_checksum(json, &tensors)?)])),
    )
    .ok()
}

/// The parts of a file, as they are put together again; `None` if it is no file of ours.
#[cfg(test)]
pub(crate) fn parts(bytes: &[u8]) -> Option<Vec<u8>> {
    let (_, metadata) = SafeTensors::read_metadata(bytes).ok()?;
    let json = metadata.metadata().as_ref()?.get(KEY)?.as_bytes().to_vec();
    let file = SafeTensors::deserialize(bytes).ok()?;
    let is_part = |name| name != REFINEMENT || file.tensor(name).is_ok();
    let names = TENSORS.iter().map(|(name, _)| *name).filter(|name| is_part(name));
    let data = names.map(|name| Some(file.tensor(name).ok()?.data().to_vec()));
    let parts: Vec<Vec<u8>> = std::iter::once(Some(json)).chain(data).collect::<Option<_>>()?;
    Some(parts.join(SEPARATOR))
}

/// The header with its checksum made right, as far as it is written as newsbeat writes it.
fn with_checksum(json: &str, tensors: &[(String, TensorView<'_>)]) -> Option<String> {
    const FIELD: &str = "\"checksum\":\"";
    let start = json.rfind(FIELD)? + FIELD.len();
    let end = start + json[start..].find('"')?;
    let without = [&json[..start], &json[end..]].concat();
    let mut hasher = blake3::Hasher::new();
    hasher.update(without.as_bytes());
    let mut sorted: Vec<(&str, &[u8])> = tensors
        .iter()
        .filter(|(name, _)| TENSORS.iter().any(|(known, _)| known == name))
        .map(|(name, tensor)| (name.as_str(), tensor.data()))
        .collect();
    sorted.sort_unstable();
    for (name, bytes) in sorted {
        hasher.update(name.as_bytes());
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    Some([&json[..start], &hasher.finalize().to_hex(), &json[end..]].concat())
}

#[cfg(test)]
#[test]
fn parts_are_put_together_to_the_file_that_they_are_of() {
    let file = TopicModel::BUILT_IN;
    let put_together = assembled(&parts(file).expect("it is a model")).expect("they are parts of a model");
    let model = TopicModel::from_bytes(&put_together, "m").expect("its checksum is right");
    assert_eq!(model.to_bytes().expect("what was loaded can be written"), file);
    assert_eq!(repaired(file).as_deref(), Some(file));
}
