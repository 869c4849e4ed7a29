//! Integration tests.

mod parity_evaluate;
