//! Integration tests, one module an aspect.

mod architecture;
mod articles;
mod parity_evaluate;
mod readme;
