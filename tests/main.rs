//! Integration tests, one module an aspect.

mod architecture;
mod articles;
mod cli;
mod parity_evaluate;
