//! Terms to sparse rows: vocabulary, counts, TF-IDF.

pub mod count;
pub mod counter;
pub mod hasher;
pub mod matrix;
pub(crate) mod paths;
pub mod select;
pub(crate) mod strings;
pub mod term_index;
pub mod tfidf;
pub mod trie;
pub mod vocabulary;

pub use count::{CountVectorizer, CountVectorizerParams};
pub use counter::TermCounter;
pub use hasher::FeatureHasher;
pub use matrix::{DocTermMatrix, SparseRow};
pub use select::{Limit, Selection, Tally, VocabularyParams};
pub use term_index::TermIndex;
pub use tfidf::{Idf, Norm, TfidfParams, TfidfTransformer};
pub use trie::Nodes;
pub use vocabulary::Vocabulary;
