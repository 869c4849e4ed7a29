//! Integration tests, one module an aspect.

mod architecture;
mod parity_vectorize;
