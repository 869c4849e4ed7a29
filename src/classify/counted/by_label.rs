//! The documents of a corpus, label by label.

use rayon::prelude::*;

use super::{CountedCorpus, CountedDocument};
use crate::classify::store::{Run, documents};
use crate::error::Result;

/// The documents of one label in one block.
struct LabelRun {
    label: u32,
    block: usize,
    run: Run,
    share: usize,
}

impl CountedCorpus {
    /// Visits every document, label by label, in `n_shares` at most on the threads of the current rayon pool. `start` makes what
    /// the visits of a share have in common, and `end` takes from it what has come of a label's documents, or of some of them where shares divide them;
    /// that comes back in the order of the labels.
    pub(in crate::classify) fn visit_by_label<S, T: Send>(
        &self,
        n_shares: usize,
        start: impl Fn() -> S + Sync,
        visit: impl Fn(&mut S, CountedDocument<'_>) -> Result<()> + Sync,
        end: impl Fn(&mut S, usize) -> Result<T> + Sync,
    ) -> Result<Vec<T>> {
        let visit_share = |share: &[LabelRun]| {
            let mut state = start();
            let of_label = share.chunk_by(|a, b| a.label == b.label).map(|runs| {
                for &LabelRun { block, run, .. } in runs {
                    let visit_all = |bytes: &[u8]| {
                        documents(bytes)
                            .try_for_each(|encoded| visit(&mut state, self.document(block, encoded)))
                    };
                    self.store.with_run(block, run, visit_all)??;
                }
                end(&mut state, runs[0].label as usize)
            });
            of_label.collect::<Result<Vec<_>>>()
        };
        let runs = self.runs_by_label(n_shares);
        let shares: Vec<_> = runs.chunk_by(|a, b| a.share == b.share).collect();
        let visited = shares.into_par_iter().with_max_len(1).map(visit_share);
        Ok(visited.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }

    /// All runs, by label and block, in shares of about as many bytes.
    fn runs_by_label(&self, n_shares: usize) -> Vec<LabelRun> {
        let mut runs = Vec::new();
        for block in 0..self.store.len() {
            let (shard, of_block) = self.store.runs(block);
            let labels = &self.shards[shard].labels;
            let of_block = of_block.iter().map(|&run| (labels[run.label as usize], run));
            runs.extend(of_block.map(|(label, run)| LabelRun { label, block, run, share: 0 }));
        }
        runs.sort_by_key(|run| (run.label, run.block));
        let n_bytes = runs.iter().map(|run| run.run.len()).sum::<usize>().max(1);
        let mut n_before = 0;
        for run in &mut runs {
            run.share = n_before * n_shares / n_bytes;
            n_before += run.run.len();
        }
        runs
    }
}
