//! Runs that are killed at any moment leave the old file or the new one, and a later run clears what else they left.
//!
//! The moments are drawn from a seed over the length of a whole run. `NEWSBEAT_KILLS=200` tries as many for each command;
//! `NEWSBEAT_SEED` draws others.

#![expect(clippy::print_stderr, reason = "how many were killed in time says what the test has shown")]

use std::fs;
use std::time::{Duration, Instant};

use super::{CORPUS, Desk, many_rows};

fn from_environment(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Shares of a run's length, by `SplitMix64` (Steele, Lea & Flood 2014).
fn moments(n: u64) -> impl Iterator<Item = f64> {
    let mut state = from_environment("NEWSBEAT_SEED", 17);
    (0..n).map(move |_| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    })
}

/// Kills `line` at random moments of its work on the input `new`, where `files` in `folder` come from the input `old`.
fn assert_killed_runs_leave_old_or_new(line: &str, folder: &str, files: &[&str], old: &str, new: &str) {
    let desk = Desk::with(&[("old.csv", old), ("new.csv", new)]);
    fs::create_dir(desk.path(folder)).unwrap();
    let read =
        || files.iter().map(|name| fs::read(desk.path(folder).join(name)).unwrap()).collect::<Vec<_>>();
    let run = |input: &str| {
        let ran = desk.run(&line.replace("INPUT", input));
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        read()
    };
    let new = run("new.csv");
    // The first run also waits for the disk.
    let start = Instant::now();
    run("new.csv");
    let length = start.elapsed();
    let old = run("old.csv");
    let clean = desk.list(folder);
    assert!(old.iter().zip(&new).all(|(old, new)| old != new), "the test cannot tell old from new");
    let mut n_killed = 0;
    for moment in moments(from_environment("NEWSBEAT_KILLS", 12)) {
        let mut child = desk.start(&line.replace("INPUT", "new.csv"));
        std::thread::sleep(Duration::from_secs_f64(length.as_secs_f64() * moment));
        child.kill().unwrap();
        n_killed += usize::from(!child.wait().unwrap().success());
        for ((name, found), (old, new)) in files.iter().zip(read()).zip(old.iter().zip(&new)) {
            assert!(found == *old || found == *new, "{name} is neither the old one nor the new one");
        }
        assert!(run("old.csv") == old, "a later run goes through");
        assert_eq!(desk.list(folder), clean, "a later run clears what the killed one left");
    }
    eprintln!("{line}: {n_killed} runs killed before their end");
}

#[test]
fn a_killed_report_leaves_old_tables_or_new_ones() {
    // The dictionary does not depend on the input, so it would not tell old from new.
    let files = ["articles.csv", "paragraphs.csv"];
    let line = "report INPUT -q -o out --force --model MODEL";
    assert_killed_runs_leave_old_or_new(line, "out", &files, &many_rows(3), &many_rows(2000));
}

#[test]
fn a_killed_training_leaves_the_old_model_or_the_new_one() {
    let rows = many_rows(4000).replace("id,text", "label,text");
    let labelled: String = (0..).zip(rows.lines()).fold(String::new(), |corpus, (i, row)| match i {
        0 => format!("{row}\n"),
        _ => corpus + &format!("label{}{}\n", i % 3, &row[row.find(',').unwrap()..]),
    });
    let line = "train INPUT -q -o models/m.safetensors --force";
    assert_killed_runs_leave_old_or_new(line, "models", &["m.safetensors"], CORPUS, &labelled);
}

#[test]
fn a_report_killed_again_and_again_goes_on_to_the_same_bytes() {
    let desk = Desk::with(&[("a.csv", &many_rows(20_000))]);
    let line = |folder: &str| format!("report a.csv -q -o {folder} --force --model MODEL --resume --dedup");
    let start = Instant::now();
    desk.run(&line("whole")).ok();
    let length = start.elapsed().as_secs_f64();
    let mut moments = moments(u64::MAX);
    let mut n_killed = 0;
    for _ in 0..from_environment("NEWSBEAT_KILLS", 12).div_ceil(4) {
        loop {
            let mut child = desk.start(&line("out"));
            let moment = length * moments.next().unwrap();
            std::thread::sleep(Duration::from_secs_f64(moment));
            child.kill().unwrap();
            if child.wait().unwrap().success() {
                break;
            }
            n_killed += 1;
        }
        assert_eq!(desk.list("out"), desk.list("whole"));
        for name in desk.list("whole") {
            let read = |folder: &str| fs::read(desk.path(folder).join(&name)).unwrap();
            assert!(read("out") == read("whole"), "{name} differs");
        }
        fs::remove_dir_all(desk.path("out")).unwrap();
    }
    eprintln!("{}: {n_killed} runs killed before their end", line("out"));
}
