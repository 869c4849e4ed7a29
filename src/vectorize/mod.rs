//! Terms to sparse rows: vocabulary, counts, TF-IDF.

pub mod count;
pub mod counter;
pub mod matrix;
pub mod tfidf;
pub mod vocabulary;

pub use count::{CountVectorizer, CountVectorizerParams, Limit};
pub use counter::TermCounter;
pub use matrix::{DocTermMatrix, SparseRow};
pub use tfidf::{Idf, Norm, TfidfParams, TfidfTransformer};
pub use vocabulary::Vocabulary;
