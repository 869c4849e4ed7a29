//! Gaussian naive Bayes on dense rows, such as an article's metrics, by `linfa-bayes`.
//!
//! # Examples
//!
//! ```
//! use linfa::{DatasetBase, traits::{Fit, Predict}};
//! use ndarray::array;
//! use newsbeat::bayes::gaussian::GaussianNb;
//!
//! // words per sentence, Flesch reading ease
//! let metrics = array![[28.0, 31.0], [26.5, 35.0], [11.0, 74.0], [12.5, 70.0]];
//! let model = GaussianNb::params().fit(&DatasetBase::new(metrics, array!["broadsheet", "broadsheet", "tabloid", "tabloid"]))?;
//! assert_eq!(model.predict(&array![[12.0, 66.0]]), array!["tabloid"]);
//! # Ok::<(), linfa_bayes::NaiveBayesError>(())
//! ```

pub use linfa_bayes::{GaussianNb, GaussianNbParams};
