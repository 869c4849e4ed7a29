//! Strings to tokens: words, sentences, stems, terms.
//!
//! Everything here works on a `&str` and answers in [`Span`]s of it, so that whatever is found can be
//! shown in the words as printed.

pub mod analyzer;
pub(crate) mod bucket;
pub(crate) mod char_gram;
pub mod fold;
pub mod interner;
pub mod language;
pub mod sentence;
pub(crate) mod slots;
pub mod stemmer;
pub mod stop_words;
pub(crate) mod surface;
pub mod syllable;
pub mod token;
pub mod tokenizer;
mod window;

pub use analyzer::{Analyzer, AnalyzerParams, NgramUnit, StopWords, Term};
pub use fold::{CaseRules, Folding};
pub use interner::Interner;
pub use language::{Detection, LANGUAGES, Language, detect};
pub use sentence::sentences;
pub use stemmer::{Stemmer, StemmerId};
pub use syllable::syllables;
pub use token::{Span, Token, TokenKind};
pub use tokenizer::{Tokenizer, Tokens};
