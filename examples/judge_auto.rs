//! Trains on one labelled file with every choice left open, and judges the model on another:
//! `cargo run --release --example judge_auto -- train.csv test.csv`

#![expect(clippy::print_stdout, reason = "an example answers on standard output")]

use std::path::PathBuf;
use std::time::Instant;

use newsbeat::classify::corpus::RowBlock;
use newsbeat::classify::{AutoParams, CorpusOptions, CorpusReader, CountedCorpus, Quality, TopicModelParams};

fn main() -> newsbeat::Result<()> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [train, test] = paths.as_slice() else {
        println!("usage: judge_auto TRAIN TEST");
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
    let mut session = fit.model.session();
    for block in read(test) {
        block?.for_each_row(&mut |row| {
            let Ok(row) = row else { return };
            let Ok(label) = fit.model.labels().binary_search_by(|l| l.as_str().cmp(row.label)) else {
                return;
            };
            labels.push(label);
            match session.classify(row.text) {
                Some(ranking) => probabilities.extend_from_slice(ranking.probabilities()),
                None => probabilities.extend(vec![1.0 / n_classes as f64; n_classes]),
            }
        });
    }
    println!("test {:?}", Quality::of(&probabilities, &labels, n_classes));
    Ok(())
}
