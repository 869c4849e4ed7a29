//! Integration tests.

mod parity_bayes;
