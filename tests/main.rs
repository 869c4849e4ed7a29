//! Integration tests, one module an aspect.

mod architecture;
mod parity_stems;
mod parity_vectorize;
