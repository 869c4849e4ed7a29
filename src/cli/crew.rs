//! Threads that work on batches of articles, in order.
//!
//! # Advice for hackers
//!
//! A batch is cut into runs, and whoever is free takes the next run, of whatever batch: so nobody waits for the last run of a
//! batch, which may be one article as long as a thousand others. Outcomes come back batch by batch, in the order of the
//! articles. Who takes and writes the batches works as well: threads beside the workers would take their cores from them.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::fmt;
use std::sync::mpsc::{self, RecvError, TryRecvError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Scope};

use crossbeam_channel::{Receiver, Sender};
use newsbeat::article::Article;
use newsbeat::{Error, Result};

use super::batch::{Batch, Done};
use super::fault::caught;

/// Runs of a batch for each worker: few, because each takes a lock; so many that the last of all is short.
const RUNS: usize = 4;

/// What is done with each article.
pub(crate) trait Work: Sync {
    /// What articles share that are worked on one after another; it does not shape the outcome.
    type Session;
    /// What comes of an article.
    type Outcome: Send;

    /// Begins a session.
    fn start(&self) -> Self::Session;

    /// Does the work.
    fn of(&self, session: &mut Self::Session, article: Article) -> Self::Outcome;
}

/// Workers, and the batches that they have not given back. The others stop when it is dropped.
pub(crate) struct Crew<'w, W: Work> {
    queue: Sender<Run<W::Outcome>>,
    /// The other end of the queue, which the workers share.
    waiting: Receiver<Run<W::Outcome>>,
    n_workers: usize,
    /// Who waits for a batch works too.
    own: Worker<'w, W>,
    under_way: VecDeque<UnderWay<W::Outcome>>,
}

/// A batch that is worked on.
struct UnderWay<T> {
    n_runs: usize,
    done: RunsDone<T>,
    /// Hung up when all runs are done, so that whoever waits for the batch is woken once.
    all_done: mpsc::Receiver<Infallible>,
    rejects: Vec<Error>,
    bytes: u64,
}

/// Articles of a batch that a worker takes together.
struct Run<T> {
    number: usize,
    articles: Vec<Article>,
    done: RunsDone<T>,
    /// Dropped when it is done.
    _is_open: mpsc::Sender<Infallible>,
}

/// The numbers of runs in their batch, and what came of the articles of each.
type RunsDone<T> = Arc<Mutex<Vec<(usize, Vec<Result<T>>)>>>;

/// One who works. Sessions learn words as they go, so they outlive the runs.
struct Worker<'w, W: Work> {
    work: &'w W,
    session: Option<W::Session>,
}

impl<'w, W: Work> Crew<'w, W> {
    /// As many workers as rayon has threads, the thread that calls among them.
    ///
    /// # Errors
    ///
    /// If the system has no thread for one.
    pub(crate) fn start<'scope>(scope: &'scope Scope<'scope, '_>, work: &'w W) -> Result<Self>
    where
        'w: 'scope,
        W::Outcome: 'scope,
    {
        let n_workers = rayon::current_num_threads();
        let (queue, waiting) = crossbeam_channel::unbounded();
        let crew = Self { queue, waiting, n_workers, own: Worker::new(work), under_way: VecDeque::new() };
        for _ in 1..n_workers {
            let waiting = crew.waiting.clone();
            let work_through = move || {
                let mut worker = Worker::new(work);
                for run in waiting {
                    worker.work_on(run);
                }
            };
            let started = thread::Builder::new().spawn_scoped(scope, work_through);
            started.map_err(|e| Error::io("a thread", "start", e))?;
        }
        Ok(crew)
    }

    /// How many batches have been taken and not given back.
    pub(crate) fn n_under_way(&self) -> usize {
        self.under_way.len()
    }

    /// Takes a batch.
    pub(crate) fn take(&mut self, batch: Batch) {
        let Batch { articles, rejects, bytes, .. } = batch;
        let (is_open, all_done) = mpsc::channel();
        let length = articles.len() / (RUNS * self.n_workers) + 1;
        let n_runs = articles.len().div_ceil(length);
        let done = RunsDone::default();
        let mut articles = articles.into_iter();
        for number in 0..n_runs {
            let articles = articles.by_ref().take(length).collect();
            let run = Run { number, articles, done: Arc::clone(&done), _is_open: is_open.clone() };
            self.queue.send(run).expect("the crew holds the other end");
        }
        self.under_way.push_back(UnderWay { n_runs, done, all_done, rejects, bytes });
    }

    /// What came of the batch that was taken first and not given back; works until it is done.
    ///
    /// # Panics
    ///
    /// If a worker did, which is a fault of the crew: a panic over an article is a reject that names it.
    pub(crate) fn give_back(&mut self) -> Option<Done<W::Outcome>> {
        let UnderWay { n_runs, done, all_done, rejects, bytes } = self.under_way.pop_front()?;
        while let Err(TryRecvError::Empty) = all_done.try_recv() {
            if let Ok(run) = self.waiting.try_recv() {
                self.own.work_on(run);
            } else {
                let Err(RecvError) = all_done.recv();
            }
        }
        let mut runs = std::mem::take(&mut *lock(&done));
        assert_eq!(runs.len(), n_runs, "no run is lost");
        runs.sort_unstable_by_key(|(number, _)| *number);
        let n_outcomes = runs.iter().map(|(_, outcomes)| outcomes.len()).sum();
        let mut done = Done { outcomes: Vec::with_capacity(n_outcomes), rejects, bytes };
        for outcome in runs.into_iter().flat_map(|(_, outcomes)| outcomes) {
            match outcome {
                Ok(outcome) => done.outcomes.push(outcome),
                Err(error) => done.rejects.push(error),
            }
        }
        Some(done)
    }
}

impl<W: Work> Drop for Crew<'_, W> {
    /// What was not taken is dropped.
    fn drop(&mut self) {
        while self.waiting.try_recv().is_ok() {}
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'w, W: Work> Worker<'w, W> {
    fn new(work: &'w W) -> Self {
        Self { work, session: None }
    }

    fn work_on(&mut self, run: Run<W::Outcome>) {
        let Run { number, articles, done, _is_open } = run;
        let outcomes = articles.into_iter().map(|article| self.outcome(article)).collect();
        lock(&done).push((number, outcomes));
    }

    fn outcome(&mut self, article: Article) -> Result<W::Outcome> {
        let (file, id) = (article.file.clone(), article.id.clone());
        let place = fmt::from_fn(|f| write!(f, "{file}, article {id}"));
        let session = self.session.get_or_insert_with(|| self.work.start());
        let outcome = caught(place, || self.work.of(session, article));
        if outcome.is_err() {
            // It may have been half changed.
            self.session = None;
        }
        outcome
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

    fn batch(ids: std::ops::Range<i32>) -> Batch {
        let article = |id: i32| Article { id: id.to_string(), file: "n.csv".into(), ..Article::default() };
        Batch { articles: ids.map(article).collect(), ..Batch::default() }
    }

    #[test]
    fn one_article_that_breaks_the_program_is_rejected_and_the_others_go_on_in_order() {
        let [first, second, third] = thread::scope(|scope| {
            let mut crew = Crew::start(scope, &Breaking).unwrap();
            for batch in [batch(1..51), batch(0..0), batch(51..54)] {
                crew.take(batch);
            }
            assert_eq!(crew.n_under_way(), 3);
            let done = std::array::from_fn(|_| crew.give_back().unwrap());
            assert!(crew.give_back().is_none());
            done
        });
        let expected: Vec<String> = (1..51).filter(|id| *id != 3).map(|id| id.to_string()).collect();
        assert_eq!(first.outcomes, expected);
        assert_eq!(first.rejects.len(), 1);
        assert_eq!(first.rejects[0].place(), Some("n.csv, article 3"));
        assert!(first.rejects[0].reason().ends_with("cannot bear this one"));
        assert_eq!((second.outcomes.len(), second.rejects.len()), (0, 0));
        assert_eq!(third.outcomes, ["51", "52", "53"]);
    }
}
