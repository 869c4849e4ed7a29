//! newsbeat measures news text and says which beat (topic) each paragraph belongs to.

pub mod analysis;
pub mod article;
pub mod bayes;
pub mod classify;
pub mod compare;
pub mod error;
pub mod file;
pub mod keyness;
pub mod math;
pub mod metrics;
pub mod report;
pub mod similarity;
pub mod statistics;
pub mod table;
pub mod text;
pub mod vectorize;

pub use error::{Error, ErrorKind, Result};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
