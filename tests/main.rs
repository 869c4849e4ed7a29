//! Integration tests, one module an aspect.

mod architecture;
mod articles;
mod golden_sentences;
mod parity;
mod parity_evaluate;
mod parity_stems;
mod parity_unicode;
mod parity_vectorize;
mod readme;
