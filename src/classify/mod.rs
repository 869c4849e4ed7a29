//! Text to ranked topics: the model, its file, how it is trained and judged.

pub mod calibrate;
pub mod corpus;
pub mod counted;
pub mod evaluate;
pub mod explain;
pub mod fingerprint;
pub mod fit;
pub mod inspect;
pub mod model_file;
pub mod params;
pub mod ranking;
mod record_block;
mod store;
pub mod topic_model;

pub use calibrate::Calibration;
pub use corpus::{Corpus, CorpusOptions, CorpusReader, LabelledText};
pub use counted::CountedCorpus;
pub use fingerprint::Fingerprint;
pub use params::{Classifier, TopicModelParams};
pub use ranking::TopicRanking;
pub use topic_model::{Session, TopicModel};
