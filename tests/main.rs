//! Integration tests.

mod articles;
