//! Integration tests, one module an aspect.

mod architecture;
mod golden_sentences;
mod parity_stems;
mod parity_unicode;
mod parity_vectorize;
