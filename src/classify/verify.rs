//! Whether a model file is what it says, beyond what loading checks.

use super::topic_model::TopicModel;
use crate::error::{Error, Result};
use crate::table::{Column, Table};
use crate::vectorize::Idf;

/// How far the probabilities of a text may be from summing to one: rounding.
const TOLERANCE: f64 = 1e-9;

/// Terms whose probabilities are tried, evenly spread over the vocabulary.
const TRIED: usize = 1000;

/// What was checked of a model, and what was found.
type Checks = Vec<(&'static str, String)>;

/// Checks the bytes of a model file against everything that holds of a model that `train` wrote, and says what was checked:
/// `check, found`. `place` names the file in errors.
///
/// # Errors
///
/// As [`TopicModel::from_bytes`]; if something does not hold.
///
/// # Examples
///
/// ```
/// use newsbeat::classify::{LabelledText, TopicModelParams, verify};
///
/// let row = |label, text| LabelledText { label, text, group: "" };
/// let rows = [row("security", "troops move"), row("trade", "tariffs rise")];
/// let bytes = TopicModelParams::default().fit(&rows)?.to_bytes()?;
/// assert!(verify(&bytes, "my.safetensors")?.n_rows() > 5);
/// assert!(verify(&bytes[1..], "my.safetensors").is_err());
/// # Ok::<(), newsbeat::Error>(())
/// ```
pub fn verify(bytes: &[u8], place: &str) -> Result<Table> {
    let model = TopicModel::from_bytes(bytes, place)?;
    let mut checks = vec![
        ("checksum", format!("matches {} bytes", bytes.len())),
        ("header", "of a format, with parameters and a stemmer that this program has".to_owned()),
    ];
    counts(&model, &mut checks)
        .and_then(|()| numbers(&model, &mut checks))
        .map_err(|problem| Error::model(place, problem))?;
    let again = TopicModel::from_bytes(&model.to_bytes()?, place)?;
    if again.learned() != model.learned() || again.params() != model.params() {
        return Err(Error::model(place, "must be the same when it is written and read again"));
    }
    checks.push(("written and read again", "the same".to_owned()));
    let (names, found) = checks.into_iter().map(|(name, found)| (Some(name.to_owned()), Some(found))).unzip();
    Ok(Table::new(
        "verification",
        vec![
            Column::text("check", "what was checked", names),
            Column::text("found", "what was found", found),
        ],
    ))
}

/// What the model has seen fits together.
fn counts(model: &TopicModel, checks: &mut Checks) -> Result<(), String> {
    let sums = model.sums();
    let unit = 1_u64 << sums.fraction_bits();
    let mut n_documents = 0;
    for (label, &count) in model.labels().iter().zip(sums.raw_class_count()) {
        if count == 0 || !count.is_multiple_of(unit) {
            return Err(format!(
                "must have whole documents of each label, got {} of {label}",
                count as f64 / unit as f64
            ));
        }
        n_documents += count / unit;
    }
    checks.push(("labels", format!("{}, sorted, distinct, each with documents", model.labels().len())));
    // A model with an idf keeps the number that its idf was learned from.
    if model.params().weighting.idf == Idf::None && n_documents < model.n_documents() {
        return Err(format!(
            "must have a label for each of {} documents, got {n_documents}",
            model.n_documents()
        ));
    }
    checks.push(("documents", format!("{n_documents}, each with a label")));
    let n_labels = model.labels().len();
    for (term, row) in model.vocabulary().iter().zip(sums.raw_feature_count().chunks_exact(n_labels)) {
        if row.iter().all(|&sum| sum == 0) {
            return Err(format!("must have a sum for each term, got none for \"{term}\""));
        }
    }
    checks.push((
        "terms",
        format!("{}, sorted, distinct, each with sums of the model's labels", model.vocabulary().len()),
    ));
    checks
        .push(("document frequencies", format!("one for each term, between 1 and {}", model.n_documents())));
    Ok(())
}

/// What is computed from that is finite, and probabilities are some.
fn numbers(model: &TopicModel, checks: &mut Checks) -> Result<(), String> {
    let scorer = model.scorer();
    let n_terms = u32::try_from(model.vocabulary().len()).expect("terms are numbered by u32");
    checks.push(("weights", format!("{} x {n_terms}, finite", model.labels().len())));
    if let Some(refinement) = model.refinement() {
        let found = format!("of each weight, strength {}", refinement.scale().strength);
        checks.push(("refinement", found));
    }
    let step = (n_terms as usize / TRIED).max(1);
    for term in (0..n_terms).step_by(step) {
        let mut probabilities = scorer.weights_of(term).into_owned();
        model.calibration().apply(&mut probabilities);
        let sum: f64 = probabilities.iter().sum();
        if !probabilities.iter().all(|p| (0.0..=1.0).contains(p)) || (sum - 1.0).abs() > TOLERANCE {
            return Err(format!(
                "must give probabilities, got a sum of {sum} for \"{}\"",
                model.vocabulary().term(term)
            ));
        }
    }
    checks.push(("calibration", "finite, gives probabilities that sum to 1".to_owned()));
    let thresholds = &model.decision().set_thresholds;
    if !thresholds.is_sorted_by(|a, b| a >= b) {
        return Err("must have thresholds of topic sets that fall with the coverage".to_owned());
    }
    checks.push(("decision", "shares between 0 and 1, thresholds in order".to_owned()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::sample_corpus::SampleCorpus;
    use super::*;
    use crate::bayes::ClassSums;
    use crate::classify::topic_model::Learned;
    use crate::classify::{AutoParams, CountedCorpus};
    use crate::table::Values;

    fn model() -> TopicModel {
        AutoParams::default().fit(&SampleCorpus::new(60, &["a", "b", "c"]).rows()).unwrap().model
    }

    #[test]
    fn every_trained_model_holds_and_so_do_changed_ones() {
        let model = model();
        let table = verify(&model.to_bytes().unwrap(), "m").unwrap();
        let Values::Text(names) = &table.columns()[0].values else { panic!("checks have names") };
        assert_eq!(names.len(), 10);
        let more = SampleCorpus::new(20, &["c", "d"]);
        let analyzer = model.params().analyzer.clone();
        let more = CountedCorpus::count(analyzer, std::iter::once(Ok(&more.rows()[..]))).unwrap();
        let changed = model.add(&more).unwrap();
        verify(&changed.to_bytes().unwrap(), "m").unwrap();
        verify(&changed.remove(&more).unwrap().to_bytes().unwrap(), "m").unwrap();
    }

    /// A file with the right checksum whose content does not fit together.
    #[test]
    fn what_does_not_hold_is_named() {
        let refused = |change: &dyn Fn(&mut Learned)| {
            let (params, mut learned) = model().into_parts();
            change(&mut learned);
            let bytes = TopicModel::assemble(params, learned).unwrap().to_bytes().unwrap();
            verify(&bytes, "m").unwrap_err().to_string()
        };
        let sums = |learned: &Learned, class_count: Vec<u64>, first_term: u64| {
            let mut feature_count = learned.sums.raw_feature_count().to_vec();
            if first_term == 0 {
                feature_count[..3].fill(0);
            }
            ClassSums::from_parts(learned.sums.fraction_bits(), class_count, feature_count).unwrap()
        };
        let message = refused(&|l| l.sums = sums(l, vec![1, 2, 3], 1));
        assert!(message.starts_with("m: must have whole documents of each label, got 0.0000"), "{message}");
        let message = refused(&|l| l.sums = sums(l, vec![1 << l.sums.fraction_bits(); 3], 1));
        assert_eq!(message, "m: must have a label for each of 60 documents, got 3");
        let message = refused(&|l| l.sums = sums(l, l.sums.raw_class_count().to_vec(), 0));
        assert!(message.starts_with("m: must have a sum for each term, got none for \""), "{message}");
        let message = refused(&|l| l.decision.set_thresholds.reverse());
        assert_eq!(message, "m: must have thresholds of topic sets that fall with the coverage");
    }
}
