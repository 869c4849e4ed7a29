//! Text to ranked topics: the model, its file, how it is trained and judged.

pub mod auto;
pub mod calibrate;
pub mod corpus;
pub mod counted;
pub mod decide;
pub mod evaluate;
pub mod explain;
pub mod fingerprint;
pub mod fit;
pub mod inspect;
pub mod leave_one_out;
mod loose_record;
pub mod model_file;
pub mod params;
mod plain_record;
pub mod quality;
pub mod ranking;
mod record_block;
pub mod refine;
pub mod rejects;
mod room;
#[cfg(test)]
mod sample_corpus;
mod store;
pub mod topic_model;
pub mod update;
pub mod verify;

pub use auto::{AutoFit, AutoParams, Candidate, Candidates, Suspect};
pub use calibrate::{Calibration, CalibrationMethod, CalibrationParams, Isotonic};
pub use corpus::{Corpus, CorpusOptions, CorpusReader, LabelledText};
pub use counted::CountedCorpus;
pub use decide::{Decision, Refusal};
pub use fingerprint::Fingerprint;
pub use leave_one_out::LeaveOneOutScores;
pub use params::{Classifier, TopicModelParams};
pub use quality::Quality;
pub use ranking::TopicRanking;
pub use refine::Refinement;
pub use rejects::Rejects;
pub use topic_model::{Session, TopicModel};
pub use verify::verify;
