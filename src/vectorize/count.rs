//! Learning a vocabulary, and counting by it.

use super::counter::TermCounter;
use super::matrix::DocTermMatrix;
use super::select::{Selection, Tally, VocabularyParams};
use super::term_index::TermIndex;
use super::vocabulary::Vocabulary;
use crate::error::Result;
use crate::text::{Analyzer, AnalyzerParams};

/// Learns a vocabulary from texts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CountVectorizerParams {
    /// How text becomes terms.
    pub analyzer: AnalyzerParams,
    /// Which terms become columns.
    pub vocabulary: VocabularyParams,
}

impl CountVectorizerParams {
    /// Learns the vocabulary of `texts` and counts them by it, shape `(n_texts, n_terms)`.
    ///
    /// # Errors
    ///
    /// If a parameter is out of range, or no term is left.
    pub fn fit_transform<S: AsRef<str>>(self, texts: &[S]) -> Result<(CountVectorizer, DocTermMatrix)> {
        let vectorizer = self.fit(texts)?;
        let counts = vectorizer.transform(texts);
        Ok((vectorizer, counts))
    }

    /// Learns the vocabulary of `texts`.
    ///
    /// # Errors
    ///
    /// If a parameter is out of range, or no term is left.
    pub fn fit<S: AsRef<str>>(self, texts: &[S]) -> Result<CountVectorizer> {
        self.vocabulary.check()?;
        let analyzer = self.analyzer.build()?;
        let mut counter = TermCounter::growing(&analyzer);
        let mut tally = Tally::default();
        for text in texts {
            counter.count(text.as_ref(), |node, count| tally.add(node, count));
            tally.n_documents += 1;
        }
        let nodes = counter.into_nodes();
        tally.cover(nodes.len());
        let Selection { vocabulary, document_frequency, .. } =
            self.vocabulary.select(&nodes, &tally, analyzer.params().term_lengths())?;
        let index = TermIndex::new(&vocabulary, analyzer.params().ngram_unit);
        Ok(CountVectorizer {
            analyzer,
            vocabulary,
            index,
            document_frequency,
            n_documents: tally.n_documents,
        })
    }
}

/// Counts texts by a vocabulary learned once.
///
/// # Examples
///
/// ```
/// use newsbeat::vectorize::CountVectorizerParams;
///
/// let texts = ["Troops move", "Tariffs move markets"];
/// let (vectorizer, counts) = CountVectorizerParams::default().fit_transform(&texts)?;
/// let terms: Vec<&str> = vectorizer.vocabulary().iter().collect();
/// assert_eq!(terms, ["market", "move", "tariff", "troop"]);
/// assert_eq!(counts.row(0).indices, [1, 3]);
/// # Ok::<(), newsbeat::Error>(())
/// ```
#[derive(Debug)]
pub struct CountVectorizer {
    analyzer: Analyzer,
    vocabulary: Vocabulary,
    index: TermIndex,
    document_frequency: Vec<u64>,
    n_documents: u64,
}

impl CountVectorizer {
    /// The analyzer.
    pub fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    /// The terms, one a column.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// How many of the texts it learned from have each term.
    pub fn document_frequency(&self) -> &[u64] {
        &self.document_frequency
    }

    /// How many texts it learned from.
    pub fn n_documents(&self) -> u64 {
        self.n_documents
    }

    /// Counts the known terms of `texts`, shape `(n_texts, n_terms)`.
    pub fn transform<S: AsRef<str>>(&self, texts: &[S]) -> DocTermMatrix {
        let mut counter = TermCounter::frozen(&self.analyzer, &self.index);
        let mut counts = DocTermMatrix::new(self.vocabulary.len());
        let mut row = Vec::new();
        for text in texts {
            row.clear();
            counter.count(text.as_ref(), |column, count| row.push((column, f64::from(count))));
            row.sort_unstable_by_key(|&(column, _)| column);
            counts.push_row(row.iter().copied());
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::super::select::Limit;
    use super::*;

    fn fit(vocabulary: VocabularyParams, ngram_range: (usize, usize)) -> Result<CountVectorizer> {
        let analyzer = AnalyzerParams { ngram_range, stemmer: None, ..Default::default() };
        let texts = ["a b a", "b c b", "b a é", "zz"];
        CountVectorizerParams { analyzer, vocabulary }.fit(&texts)
    }

    fn terms(vocabulary: VocabularyParams) -> Vec<String> {
        fit(vocabulary, (1, 1)).unwrap().vocabulary().iter().map(str::to_owned).collect()
    }

    #[test]
    fn limits_count_documents_or_their_share() {
        let default = VocabularyParams::default();
        assert_eq!(terms(default), ["a", "b", "c", "zz", "é"]);
        assert_eq!(terms(VocabularyParams { min_df: Limit::Count(2), ..default }), ["a", "b"]);
        assert_eq!(terms(VocabularyParams { min_df: Limit::Share(0.75), ..default }), ["b"]);
        assert_eq!(terms(VocabularyParams { max_df: Limit::Count(1), ..default }), ["c", "zz", "é"]);
        assert_eq!(terms(VocabularyParams { max_features: Some(2), ..default }), ["a", "b"]);
        assert_eq!(terms(VocabularyParams { max_features: Some(3), ..default }), ["a", "b", "c"]);
    }

    #[test]
    fn no_term_left_is_an_error_that_says_so() {
        let params = VocabularyParams { min_df: Limit::Count(9), ..Default::default() };
        assert_eq!(
            fit(params, (1, 1)).unwrap_err().to_string(),
            "at least one term must occur in 9 to 4 of the 4 documents, found none of 5"
        );
    }

    #[test]
    fn ngrams_sort_by_code_point_with_their_words() {
        let vectorizer = fit(VocabularyParams::default(), (1, 2)).unwrap();
        let terms: Vec<&str> = vectorizer.vocabulary().iter().collect();
        let mut sorted = terms.clone();
        sorted.sort_unstable();
        assert_eq!(terms, sorted);
        assert_eq!(vectorizer.document_frequency()[terms.iter().position(|&t| t == "b a").unwrap()], 2);
    }

    #[test]
    fn one_text_alone_is_counted_as_in_a_batch() {
        let vectorizer = fit(VocabularyParams::default(), (1, 2)).unwrap();
        let texts = ["b a unknown a", "c", ""];
        let batch = vectorizer.transform(&texts);
        for (i, text) in texts.iter().enumerate() {
            assert_eq!(vectorizer.transform(&[text]).row(0), batch.row(i));
        }
    }
}
