//! The model's file: safetensors, with everything that is not a tensor as JSON in its metadata.
//!
//! # Advice for hackers
//!
//! | tensor | type, shape | content |
//! |---|---|---|
//! | `pieces` | u8 (n bytes) | the words of all terms, sorted, each: bytes shared with the one before, length of the rest, the rest |
//! | `node_lengths` | u8 (N) | terms as a trie, node after node in the terms' order: how many pieces, plus 128 for a node that only leads to longer terms |
//! | `node_pieces` | u32 (N) | the last piece of each node; the others are those of the nearest node before that has one less |
//! | `document_frequency` | u64 (V) | |
//! | `class_count` | u64 (K) | fixed-point sums, see [`ClassSums`] |
//! | `feature_classes` | u16 (n) | the labels of the sums that are not zero, term by term, labels increasing |
//! | `feature_ends` | u32 (V) | where each term's sums end |
//! | `feature_sums` | u64 (n) | those sums |
//! | `refinement` | i8 (V * K) | steps of what a [`Refinement`] adds; missing if there is none |
//!
//! The metadata has one key, since a map of several would be written in any order. Its JSON holds a BLAKE3 checksum
//! over itself without the checksum and over all tensors. Loading allocates nothing that is not proportional to the
//! file's length.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde::{Deserialize, Serialize};

use super::calibrate::Calibration;
use super::decide::Decision;
use super::evaluate::Confusion;
use super::fingerprint::Fingerprint;
use super::params::TopicModelParams;
use super::quality::Quality;
use super::refine::{Refinement, RefinementScale};
use super::topic_model::{Learned, TopicModel};
use crate::bayes::{ClassSums, SeenSums};
use crate::error::{Error, ErrorKind, Result};
use crate::text::{Stemmer, StemmerId};
use crate::vectorize::paths::{PathNode, Paths};
use crate::vectorize::strings::SortedStrings;
use crate::vectorize::{TermIndex, Vocabulary};

/// Version of the format that this program writes and reads.
pub const FORMAT: u32 = 3;

const KEY: &str = "newsbeat";

/// Everything that is not a tensor.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    format: u32,
    newsbeat: String,
    params: TopicModelParams,
    stemmer: Option<StemmerId>,
    labels: Vec<String>,
    n_documents: u64,
    fraction_bits: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refinement: Option<RefinementScale>,
    calibration: Calibration,
    decision: Decision,
    leave_one_out: Option<Quality>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confusion: Option<Confusion>,
    corpus_fingerprint: String,
    checksum: String,
}

/// The only part of the header that every version has.
#[derive(Debug, Deserialize)]
struct AnyHeader {
    format: u32,
}

/// Whether a checksum is computed and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Checksum {
    Checked,
    Trusted,
}

/// The tensors of a file by their names.
type Tensors<'f> = BTreeMap<&'f str, TensorView<'f>>;

/// A tensor to be written: name, type, bytes.
type Tensor = (&'static str, Dtype, Vec<u8>);

impl TopicModel {
    /// The model as the bytes of its file.
    ///
    /// # Errors
    ///
    /// If the model is too large for the format.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let learned = self.learned();
        let paths = learned.vocabulary.paths(self.params().analyzer.ngram_unit);
        let tensors = tensors(learned, &paths)?;
        let mut header = Header {
            format: FORMAT,
            newsbeat: env!("CARGO_PKG_VERSION").to_owned(),
            params: self.params().clone(),
            stemmer: self.analyzer().stemmer().map(Stemmer::id),
            labels: learned.labels.clone(),
            n_documents: learned.n_documents,
            fraction_bits: learned.sums.fraction_bits(),
            refinement: learned.refinement.as_ref().map(Refinement::scale),
            calibration: learned.calibration.clone(),
            decision: learned.decision.clone(),
            leave_one_out: learned.leave_one_out,
            confusion: learned.confusion.clone(),
            corpus_fingerprint: learned.corpus_fingerprint.to_string(),
            checksum: String::new(),
        };
        header.checksum = checksum(&header, tensors.iter().map(|(name, _, bytes)| (*name, bytes.as_slice())));
        let json = serde_json::to_string(&header).expect("a header has only strings, numbers and lists");
        let views = tensors.iter().map(|(name, dtype, bytes)| {
            let shape = vec![bytes.len() * 8 / dtype.bitsize()];
            (*name, TensorView::new(*dtype, shape, bytes).expect("the shape is computed from the bytes"))
        });
        safetensors::serialize(views, Some(HashMap::from([(KEY.to_owned(), json)])))
            .map_err(|e| refused("model", "must fit into safetensors", e))
    }

    /// The first 16 hexadecimal digits of the BLAKE3 hash of the model's file: equal for equal models.
    ///
    /// # Errors
    ///
    /// As [`to_bytes`](Self::to_bytes).
    pub fn fingerprint(&self) -> Result<String> {
        Ok(blake3::hash(&self.to_bytes()?).to_hex()[..16].to_owned())
    }

    /// Loads a model from the bytes of its file. `place` names it in errors.
    ///
    /// # Errors
    ///
    /// If the bytes are not a model of a format that this program reads, were changed after writing, or need a
    /// stemmer that this program does not have.
    pub fn from_bytes(bytes: &[u8], place: &str) -> Result<Self> {
        Self::read(bytes, place, Checksum::Checked)
    }

    /// As [`from_bytes`](Self::from_bytes).
    pub(super) fn read(bytes: &[u8], place: &str, check: Checksum) -> Result<Self> {
        let not_safetensors = |e| refused(place, "must be a model file written by newsbeat train", e);
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(not_safetensors)?;
        let json =
            metadata.metadata().as_ref().and_then(|m| m.get(KEY)).ok_or_else(|| {
                Error::model(place, "must be a newsbeat model, got another safetensors file")
            })?;
        let header = read_header(json, place)?;
        let file = SafeTensors::deserialize(bytes).map_err(not_safetensors)?;
        let tensors: Tensors<'_> = file.iter().collect();
        let known = || NAMES.iter().filter_map(|name| tensors.get(name).map(|tensor| (*name, tensor.data())));
        let is_whole = || check == Checksum::Trusted || checksum(&header, known()) == header.checksum;
        let (is_whole, learned) = rayon::join(is_whole, || learned(&header, &tensors));
        if !is_whole {
            return Err(Error::model(place, "checksum must match, the file is damaged"));
        }
        let learned = learned.map_err(|problem| Error::model(place, problem))?;
        let (vocabulary, unit) = (learned.vocabulary.clone(), header.params.analyzer.ngram_unit);
        let (model, index) =
            rayon::join(|| Self::assemble(header.params, learned), || TermIndex::new(&vocabulary, unit));
        let model =
            model.map_err(|e| refused(place, "must have parameters that fit its sums", e))?.with_index(index);
        if !model.scorer().is_sound() {
            return Err(Error::model(place, "must have finite weights"));
        }
        let stemmer = model.analyzer().stemmer().map(Stemmer::id);
        if stemmer != header.stemmer {
            let name = |id: Option<StemmerId>| id.map_or("none".to_owned(), |id| id.to_string());
            return Err(Error::model(
                place,
                format!(
                    "must be stemmed by {}, got a model made with {}; retrain",
                    name(stemmer),
                    name(header.stemmer)
                ),
            ));
        }
        Ok(model)
    }
}

const NAMES: [&str; 9] = [
    "class_count", "document_frequency", "feature_classes", "feature_ends", "feature_sums", "node_lengths",
    "node_pieces", "pieces", "refinement",
];

/// Marks the length of a node that is no term.
const NO_TERM: u8 = 128;

fn read_header(json: &str, place: &str) -> Result<Header> {
    let unreadable = |e| refused(place, "must have a readable header", e);
    let AnyHeader { format } = serde_json::from_str(json).map_err(unreadable)?;
    if format != FORMAT {
        let age = if format > FORMAT { "newer" } else { "older" };
        return Err(Error::model(
            place,
            format!("format {format} is {age} than this program reads ({FORMAT}); retrain or update"),
        ));
    }
    serde_json::from_str(json).map_err(unreadable)
}

fn refused(place: &str, problem: &str, source: impl std::error::Error + Send + Sync + 'static) -> Error {
    ErrorKind::Model { place: place.to_owned(), problem: problem.to_owned(), source: Some(Box::new(source)) }
        .into()
}

fn checksum<'t>(header: &Header, tensors: impl Iterator<Item = (&'t str, &'t [u8])>) -> String {
    let header = Header { checksum: String::new(), ..header.clone() };
    let mut hasher = blake3::Hasher::new();
    hasher.update(&serde_json::to_vec(&header).expect("a header has only strings, numbers and lists"));
    let mut sorted: Vec<_> = tensors.collect();
    sorted.sort_unstable();
    for (name, bytes) in sorted {
        hasher.update(name.as_bytes());
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    hasher.finalize().to_hex().to_string()
}

fn tensors(learned: &Learned, paths: &Paths) -> Result<Vec<Tensor>> {
    let (mut classes, mut ends, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let too_large = || {
        Error::training(
            "a model must have at most 65,536 labels, 2^32 - 1 sums, few zeros, and no endless words or words nearly alike",
        )
    };
    if learned.labels.len() > 1 << 16 {
        return Err(too_large());
    }
    for term in 0..learned.sums.n_features() {
        learned.sums.for_each_seen(term, |class, sum| {
            classes.extend(u16::try_from(class).expect("less than 65,536").to_le_bytes());
            values.push(sum);
        });
        ends.extend(u32::try_from(values.len()).map_err(|_| too_large())?.to_le_bytes());
    }
    let n_steps = learned.refinement.as_ref().map_or(0, |refinement| refinement.steps().len());
    let n_bytes = 8 * learned.labels.len() + 17 * learned.vocabulary.len() + 10 * values.len() + n_steps;
    let n_sums = learned.sums.n_features() * learned.labels.len();
    if n_sums > most_sums(n_bytes) || !paths.can_be_spelt() {
        return Err(too_large());
    }
    let pieces = paths.pieces().front_coded();
    if !paths.pieces().is_bounded(pieces.len()) {
        return Err(too_large());
    }
    let length = |node: &PathNode| node.length | if node.is_term { 0 } else { NO_TERM };
    let steps = |refinement: &Refinement| {
        let steps = refinement.steps().iter().map(|step| step.cast_unsigned()).collect();
        ("refinement", Dtype::I8, steps)
    };
    let words = |values: &[u64]| values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
    let mut tensors = vec![
        ("class_count", Dtype::U64, words(learned.sums.raw_class_count())),
        ("document_frequency", Dtype::U64, words(&learned.document_frequency)),
        ("feature_classes", Dtype::U16, classes),
        ("feature_ends", Dtype::U32, ends),
        ("feature_sums", Dtype::U64, words(&values)),
        ("node_lengths", Dtype::U8, paths.nodes().iter().map(length).collect()),
        ("node_pieces", Dtype::U32, paths.nodes().iter().flat_map(|node| node.piece.to_le_bytes()).collect()),
        ("pieces", Dtype::U8, pieces),
    ];
    tensors.extend(learned.refinement.as_ref().map(steps));
    Ok(tensors)
}

/// The little-endian integers of a tensor of the right type, read as they are asked for.
macro_rules! integers {
    ($tensors:expr, $name:literal, $dtype:expr, $int:ty) => {
        match $tensors.get($name) {
            Some(tensor) if tensor.dtype() == $dtype && tensor.shape().len() == 1 => Ok(tensor
                .data()
                .chunks_exact(size_of::<$int>())
                .map(|chunk| <$int>::from_le_bytes(std::array::from_fn(|i| chunk[i])))),
            _ => Err(concat!("must have a tensor ", $name, " of the right type")),
        }
    };
}

/// Most sums, zeros counted, of a model whose tensors take so many bytes. A term takes 25 bytes and more and 10 for each sum that is
/// not zero, so models of a thousand labels are far below; a file that claims a hundred thousand labels and as many terms
/// would take all memory.
fn most_sums(n_bytes: usize) -> usize {
    (1 << 22) + 32 * n_bytes
}

fn learned(header: &Header, tensors: &Tensors<'_>) -> Result<Learned, &'static str> {
    let n_classes = header.labels.len();
    if n_classes < 2 || !header.labels.is_sorted_by(|a, b| a < b) {
        return Err("must have at least two labels, sorted and distinct");
    }
    let document_frequency: Vec<u64> = integers!(tensors, "document_frequency", Dtype::U64, u64)?.collect();
    let (vocabulary, sums) = rayon::join(|| vocabulary(tensors), || sums(header, tensors));
    let (vocabulary, sums) = (vocabulary?, sums?);
    if document_frequency.len() != vocabulary.len() || sums.n_features() != vocabulary.len() {
        return Err("must have tensors whose lengths fit together");
    }
    if !header.calibration.is_sound(n_classes) {
        return Err("must have a finite calibration of its labels, with curves that do not fall");
    }
    if !header.decision.is_sound() {
        return Err("must decide by shares, one for each percent of coverage or none");
    }
    if header.confusion.as_ref().is_some_and(|confusion| !confusion.is_sound(n_classes)) {
        return Err("must count a confusion of its own labels");
    }
    if document_frequency.iter().any(|&df| df == 0 || df > header.n_documents) {
        return Err("must have document frequencies between 1 and the number of documents");
    }
    let refinement = refinement(header, tensors, vocabulary.len() * n_classes)?;
    Ok(Learned {
        labels: header.labels.clone(),
        vocabulary,
        document_frequency,
        n_documents: header.n_documents,
        sums,
        refinement,
        calibration: header.calibration.clone(),
        decision: header.decision.clone(),
        leave_one_out: header.leave_one_out,
        confusion: header.confusion.clone(),
        corpus_fingerprint: Fingerprint::from_hex(&header.corpus_fingerprint)
            .ok_or("must have the fingerprint of its corpus")?,
    })
}

fn sums(header: &Header, tensors: &Tensors<'_>) -> Result<ClassSums, &'static str> {
    let class_count: Vec<u64> = integers!(tensors, "class_count", Dtype::U64, u64)?.collect();
    let classes: Vec<u16> = integers!(tensors, "feature_classes", Dtype::U16, u16)?.collect();
    let ends: Vec<u32> = integers!(tensors, "feature_ends", Dtype::U32, u32)?.collect();
    let values: Vec<u64> = integers!(tensors, "feature_sums", Dtype::U64, u64)?.collect();
    let n_classes = header.labels.len();
    if class_count.len() != n_classes || classes.len() != values.len() {
        return Err("must have tensors whose lengths fit together");
    }
    let n_bytes = tensors.values().map(|tensor| tensor.data().len()).sum();
    if n_classes.checked_mul(ends.len()).is_none_or(|n| n > most_sums(n_bytes)) {
        return Err("must not have so many labels and terms with hardly a sum");
    }
    let seen = SeenSums::from_parts(n_classes, ends, classes, values)
        .ok_or("must have sums in order, of its own labels")?;
    ClassSums::from_seen(header.fraction_bits, class_count, seen)
        .map_err(|_| "must have sums that fit together")
}

fn refinement(
    header: &Header,
    tensors: &Tensors<'_>,
    n_weights: usize,
) -> Result<Option<Refinement>, &'static str> {
    match (header.refinement, tensors.get("refinement")) {
        (None, None) => Ok(None),
        (Some(scale), Some(steps)) if steps.dtype() == Dtype::I8 && steps.data().len() == n_weights => {
            let steps = steps.data().iter().map(|step| step.cast_signed()).collect();
            let sound = Refinement::from_parts(scale, steps);
            sound.map(Some).ok_or("must have a refinement of a strength above 0, at most 1000, and whole numbers from -127 of a step of at least 0")
        }
        _ => Err("must have a refinement of each weight, and how it was learned, or neither"),
    }
}

fn vocabulary(tensors: &Tensors<'_>) -> Result<Vocabulary, &'static str> {
    let lengths = integers!(tensors, "node_lengths", Dtype::U8, u8)?;
    let last = integers!(tensors, "node_pieces", Dtype::U32, u32)?;
    if lengths.len() != last.len() {
        return Err("must have tensors whose lengths fit together");
    }
    let node = |(length, piece)| PathNode { length: length & !NO_TERM, is_term: length < NO_TERM, piece };
    let nodes = lengths.zip(last).map(node).collect();
    let pieces = match tensors.get("pieces") {
        Some(pieces) if pieces.dtype() == Dtype::U8 => SortedStrings::from_front_coded(pieces.data()),
        _ => return Err("must have a tensor pieces of the right type"),
    };
    let paths = pieces.and_then(|pieces| Paths::from_parts(pieces, nodes)).ok_or("must have sorted terms")?;
    Ok(Vocabulary::from_paths(Arc::new(paths)))
}

#[cfg(test)]
mod tests;
