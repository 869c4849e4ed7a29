//! Integration tests, one module an aspect.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod architecture;
mod articles;
mod cli;
mod corpus;
mod fuzz_laws;
mod fuzz_replay;
mod fuzz_seeds;
mod gold;
mod golden_sentences;
mod malformed;
mod parity;
mod parity_bayes;
mod parity_evaluate;
mod parity_statistics;
mod parity_stems;
mod parity_unicode;
mod parity_vectorize;
mod readme;
mod soak;
