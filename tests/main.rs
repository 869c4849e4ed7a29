//! Integration tests, one module an aspect.

mod architecture;
mod articles;
mod parity;
mod parity_evaluate;
mod readme;
