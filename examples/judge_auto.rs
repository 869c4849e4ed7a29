//! Trains on one labelled file with every choice left open, and judges the model on another:
//! `cargo run --release --example judge_auto -- train.csv test.csv [texts.txt]`
//!
//! Each line of the third file is a text that should have no topic, such as one in another language.

#![expect(clippy::print_stdout, reason = "an example answers on standard output")]

use std::path::PathBuf;
use std::time::Instant;

use newsbeat::classify::corpus::RowBlock;
use newsbeat::classify::{
    AutoParams, CorpusOptions, CorpusReader, CountedCorpus, Quality, Refusal, TopicModelParams,
};

fn main() -> newsbeat::Result<()> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [train, test, strange @ ..] = paths.as_slice() else {
        println!("usage: judge_auto TRAIN TEST [TEXTS]");
        return Ok(());
    };
    let read = |path: &PathBuf| CorpusReader::new(vec![path.clone()], CorpusOptions::default());
    let params = AutoParams::default();

    let start = Instant::now();
    let corpus = CountedCorpus::count(params.counting_analyzer()?, read(train))?;
    let counted = start.elapsed();
    let fit = params.fit_counted(&corpus)?;
    let chosen = start.elapsed();
    let again = Instant::now();
    let fixed = fit.model.params().clone();
    let corpus = CountedCorpus::count(fixed.analyzer.clone(), read(train))?;
    TopicModelParams::fit_counted(fixed, &corpus)?;
    println!(
        "auto {chosen:.2?}, of which counting {counted:.2?}; the chosen configuration alone {:.2?}",
        again.elapsed()
    );

    println!("{}", newsbeat::table::text::render(&fit.candidates.table()));
    println!("leave-one-out {:?}", fit.quality);
    let calibration = fit.model.calibration();
    println!("scale {:.3} gamma {:.3}", calibration.scale, calibration.gamma);

    let n_classes = fit.model.labels().len();
    let (mut probabilities, mut labels) = (Vec::new(), Vec::new());
    let (mut n_unknown, mut n_unsure, mut n_right) = (0, 0, 0);
    let mut sets = [0.8, 0.9, 0.95].map(|coverage| (coverage, 0, 0));
    let mut session = fit.model.session();
    for block in read(test) {
        block?.for_each_row(&mut |row| {
            let Ok(row) = row else { return };
            let Ok(label) = fit.model.labels().binary_search_by(|l| l.as_str().cmp(row.label)) else {
                return;
            };
            labels.push(label);
            match session.classify(row.text) {
                Some(ranking) => {
                    probabilities.extend_from_slice(ranking.probabilities());
                    match ranking.refusal() {
                        Some(Refusal::UnknownWords) => n_unknown += 1,
                        Some(_) => n_unsure += 1,
                        None => n_right += usize::from(ranking.topic() == Some(label)),
                    }
                    for (coverage, covered, size) in &mut sets {
                        let set = ranking.topics_at(*coverage).unwrap_or_default();
                        *covered += usize::from(set.contains(&label));
                        *size += set.len();
                    }
                }
                None => probabilities.extend(vec![1.0 / n_classes as f64; n_classes]),
            }
        });
    }
    println!("test {:?}", Quality::of(&probabilities, &labels, n_classes));
    let n = labels.len() as f64;
    let n_answered = labels.len() - n_unknown - n_unsure;
    println!(
        "of {n} texts {n_unknown} of unknown words, {n_unsure} unsure; {:.4} of the others right",
        n_right as f64 / n_answered as f64
    );
    for (coverage, covered, size) in sets {
        println!("coverage {coverage}: {:.3}, mean size {:.2}", covered as f64 / n, size as f64 / n);
    }
    for path in strange {
        let texts =
            std::fs::read_to_string(path).map_err(|e| newsbeat::Error::io(path.display(), "read", e))?;
        let refusals = texts.lines().map(|line| match session.classify(line) {
            None => Some(Refusal::UnknownWords),
            Some(ranking) => ranking.refusal(),
        });
        let refusals: Vec<_> = refusals.collect();
        let n_of = |refusal| refusals.iter().filter(|r| **r == refusal).count();
        println!(
            "of {} strange texts {} of unknown words, {} unsure, {} with a topic; least known share {:.3}",
            refusals.len(),
            n_of(Some(Refusal::UnknownWords)),
            n_of(Some(Refusal::Unsure)),
            n_of(None),
            fit.model.decision().min_known_share
        );
    }
    Ok(())
}
