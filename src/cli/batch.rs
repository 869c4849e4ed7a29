//! Articles in bounded batches, each worked on by all threads in order.

use newsbeat::article::Article;
use newsbeat::{Error, Result};
use rayon::prelude::*;

use super::fault::caught;

/// Articles that are worked on together, and what was no article among them.
#[derive(Default)]
pub(crate) struct Batch {
    pub(crate) articles: Vec<Article>,
    pub(crate) rejects: Vec<Error>,
    pub(crate) bytes: u64,
}

/// What is done with each article, and with the outcomes of each batch.
pub(crate) trait Work: Sync {
    /// What the articles of one thread share; it does not shape the outcome.
    type Session;
    /// What comes of an article.
    type Outcome: Send;

    /// Begins a thread.
    fn start(&self) -> Self::Session;

    /// Does the work.
    fn of(&self, session: &mut Self::Session, article: Article) -> Self::Outcome;
}

/// The outcomes in the order of the articles. A panic over an article is a reject that names it.
pub(crate) fn outcomes<W: Work>(work: &W, articles: Vec<Article>) -> (Vec<W::Outcome>, Vec<Error>) {
    let outcome = |session: &mut W::Session, article: Article| {
        let place = format!("{}, article {}", article.file, article.id);
        let outcome = caught(place, || work.of(session, article));
        if outcome.is_err() {
            // The panic may have left it half changed.
            *session = work.start();
        }
        outcome
    };
    // A session learns words as it goes: few long runs are faster than many short ones.
    let run = articles.len() / (4 * rayon::current_num_threads()) + 1;
    let articles = articles.into_par_iter().with_min_len(run);
    let all: Vec<Result<W::Outcome>> = articles.map_init(|| work.start(), outcome).collect();
    let mut done = Vec::with_capacity(all.len());
    let mut rejects = Vec::new();
    for outcome in all {
        match outcome {
            Ok(outcome) => done.push(outcome),
            Err(error) => rejects.push(error),
        }
    }
    (done, rejects)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Breaks its session over one article.
    struct Breaking;

    impl Work for Breaking {
        type Session = bool;
        type Outcome = String;

        fn start(&self) -> bool {
            false
        }

        fn of(&self, is_broken: &mut bool, article: Article) -> String {
            assert!(!*is_broken, "a broken session was used again");
            *is_broken = article.id == "3";
            assert!(!*is_broken, "cannot bear this one");
            article.id
        }
    }

    #[test]
    fn one_article_that_breaks_the_program_is_rejected_and_the_others_go_on_in_order() {
        let article = |id: i32| Article { id: id.to_string(), file: "n.csv".into(), ..Article::default() };
        let (done, rejects) = outcomes(&Breaking, (1..=50).map(article).collect());
        let expected: Vec<String> = (1..=50).filter(|id| *id != 3).map(|id| id.to_string()).collect();
        assert_eq!(done, expected);
        assert_eq!(rejects.len(), 1);
        assert_eq!(rejects[0].place(), Some("n.csv, article 3"));
        assert!(rejects[0].reason().ends_with("cannot bear this one"));
    }
}
