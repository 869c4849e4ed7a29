//! Integration tests, one module an aspect.

#![expect(clippy::unwrap_used, reason = "what cannot be read or run fails the test")]

mod architecture;
mod articles;
mod cli;
mod golden_sentences;
mod parity;
mod parity_bayes;
mod parity_evaluate;
mod parity_stems;
mod parity_unicode;
mod parity_vectorize;
mod readme;
