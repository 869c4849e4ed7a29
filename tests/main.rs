//! Integration tests, one module an aspect.

#![expect(clippy::unwrap_used, reason = "what cannot be read or run fails the test")]

mod architecture;
mod articles;
mod cli;
mod parity;
mod parity_evaluate;
mod readme;
