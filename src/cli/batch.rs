//! Articles in bounded batches, each worked on by all threads in order.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use newsbeat::article::Article;
use newsbeat::{Error, Result};
use rayon::prelude::*;

use super::fault::caught;

/// Articles that are worked on together, and what was no article among them.
#[derive(Default)]
pub(crate) struct Batch {
    pub(crate) articles: Vec<Article>,
    pub(crate) rejects: Vec<Error>,
    /// Bytes of text.
    pub(crate) bytes: u64,
    /// Bytes of memory that it takes.
    pub(crate) weight: u64,
    /// Whether an earlier run has worked on it: then it is empty.
    pub(crate) is_done: bool,
}

/// What came of a batch.
pub(crate) struct Done<T> {
    /// Of each article, in order.
    pub(crate) outcomes: Vec<T>,
    /// What was no article, then articles that could not be worked on.
    pub(crate) rejects: Vec<Error>,
    pub(crate) bytes: u64,
}

/// What is done with each article, and with the outcomes of each batch.
pub(crate) trait Work: Sync {
    /// What articles share that are worked on one after another; it does not shape the outcome.
    type Session: Send;
    /// What comes of an article.
    type Outcome: Send;

    /// Begins a session.
    fn start(&self) -> Self::Session;

    /// Does the work.
    fn of(&self, session: &mut Self::Session, article: Article) -> Self::Outcome;
}

/// Work and its sessions. They learn words as they go, so they outlive the batches; there are as many as threads.
pub(crate) struct Workshop<'w, W: Work> {
    work: &'w W,
    idle: Mutex<Vec<W::Session>>,
}

/// A session on loan; it goes back when it is dropped.
struct Loan<'s, 'w, W: Work> {
    workshop: &'s Workshop<'w, W>,
    session: Option<W::Session>,
}

impl<'w, W: Work> Workshop<'w, W> {
    pub(crate) fn new(work: &'w W) -> Self {
        Self { work, idle: Mutex::default() }
    }

    fn lend(&self) -> Loan<'_, 'w, W> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Loan { workshop: self, session: idle }
    }

    /// Works on a batch. A panic over an article is a reject that names it.
    pub(crate) fn done(&self, batch: Batch) -> Done<W::Outcome> {
        // Long runs, because a loan takes a lock; so many that no thread waits long for the last one.
        let run = batch.articles.len() / (16 * rayon::current_num_threads()) + 1;
        let articles = batch.articles.into_par_iter().with_min_len(run).with_max_len(run);
        let all: Vec<Result<W::Outcome>> = articles.map_init(|| self.lend(), Loan::outcome).collect();
        let mut done =
            Done { outcomes: Vec::with_capacity(all.len()), rejects: batch.rejects, bytes: batch.bytes };
        for outcome in all {
            match outcome {
                Ok(outcome) => done.outcomes.push(outcome),
                Err(error) => done.rejects.push(error),
            }
        }
        done
    }
}

impl<W: Work> Loan<'_, '_, W> {
    fn outcome(&mut self, article: Article) -> Result<W::Outcome> {
        let work = self.workshop.work;
        let (file, id) = (article.file.clone(), article.id.clone());
        let place = fmt::from_fn(|f| write!(f, "{file}, article {id}"));
        // A panic leaves none behind: it may have been half changed.
        let mut session = self.session.take().unwrap_or_else(|| work.start());
        let outcome = caught(place, || work.of(&mut session, article))?;
        self.session = Some(session);
        Ok(outcome)
    }
}

impl<W: Work> Drop for Loan<'_, '_, W> {
    fn drop(&mut self) {
        let session = self.session.take();
        self.workshop.idle.lock().unwrap_or_else(PoisonError::into_inner).extend(session);
    }
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
        let batch = Batch { articles: (1..=50).map(article).collect(), ..Batch::default() };
        let Done { outcomes, rejects, .. } = Workshop::new(&Breaking).done(batch);
        let expected: Vec<String> = (1..=50).filter(|id| *id != 3).map(|id| id.to_string()).collect();
        assert_eq!(outcomes, expected);
        assert_eq!(rejects.len(), 1);
        assert_eq!(rejects[0].place(), Some("n.csv, article 3"));
        assert!(rejects[0].reason().ends_with("cannot bear this one"));
    }
}
