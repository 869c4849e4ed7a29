//! `report` over mutated articles, round after round: no fault, nothing that is not finite, memory that does not grow.
//!
//! `NEWSBEAT_SOAK=3600 cargo test --release --test integration soak -- --ignored --nocapture` runs for an hour and prints
//! each round; `NEWSBEAT_SEED` draws other articles. Linux tells a process's greatest memory (`VmHWM`); elsewhere it reads 0.

#![expect(clippy::print_stderr, reason = "the figures of each round are the result")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Most that a run may take, in KiB.
const MOST_MEMORY: u64 = 512 * 1024;

fn from_environment(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Numbers by `SplitMix64` (Steele, Lea & Flood 2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound as u64).unwrap()
    }

    fn of<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }

    /// A stretch of the bytes, of at most 300.
    fn stretch(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..(start + self.below(300)).min(length)
    }
}

/// The sample articles: the end of each file's name and its bytes.
fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/articles");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.retain(|path| path.file_stem().is_some_and(|stem| stem != "README"));
    let extension = |path: &Path| path.extension().unwrap().to_str().unwrap().to_owned();
    paths.iter().map(|path| (extension(path), fs::read(path).unwrap())).collect()
}

/// The bytes with some flipped, taken out, doubled, or put in from another sample.
fn mutated(bytes: &[u8], others: &[(String, Vec<u8>)], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(6) {
        match chance.below(4) {
            0 if !bytes.is_empty() => {
                let at = chance.below(bytes.len());
                bytes[at] ^= 1 << chance.below(8);
            }
            1 => drop(bytes.drain(chance.stretch(bytes.len()))),
            2 => {
                let doubled = bytes[chance.stretch(bytes.len())].repeat(1 + chance.below(20));
                let at = chance.below(bytes.len() + 1);
                bytes.splice(at..at, doubled);
            }
            _ => {
                let other = &chance.of(others).1;
                let stretch = other[chance.stretch(other.len())].to_vec();
                let at = chance.below(bytes.len() + 1);
                bytes.splice(at..at, stretch);
            }
        }
    }
    bytes
}

/// A folder of mutated articles: files as they come, and many in one file of each table format.
fn write_round(folder: &Path, n: usize, chance: &mut Chance) {
    let samples = samples();
    let article = |chance: &mut Chance| {
        let (extension, bytes) = chance.of(&samples);
        (extension.clone(), mutated(bytes, &samples, chance))
    };
    for i in 0..n {
        let (extension, bytes) = article(chance);
        fs::write(folder.join(format!("{i}.{extension}")), bytes).unwrap();
    }
    let (mut lines, mut page) = (Vec::new(), Vec::new());
    let mut rows = csv::Writer::from_writer(b"id,title,text\n".to_vec());
    for i in 0..n {
        let (_, bytes) = article(chance);
        let text = String::from_utf8_lossy(&bytes);
        let line =
            serde_json::json!({ "id": i % 50, "title": text.lines().next(), "text": text }).to_string();
        // One in ten is broken as JSON, too.
        lines.extend(if i % 10 == 0 {
            mutated(line.as_bytes(), &samples, chance)
        } else {
            line.into_bytes()
        });
        lines.push(b'\n');
        rows.write_record([i.to_string().as_bytes(), b"", &bytes]).unwrap();
        page.extend([b"<article><p>", &bytes[..bytes.len().min(2000)], b"</p></article>"].concat());
    }
    fs::write(folder.join("lines.jsonl"), lines).unwrap();
    fs::write(folder.join("rows.csv"), rows.into_inner().unwrap()).unwrap();
    fs::write(folder.join("page.html"), &page[..page.len().min(1 << 20)]).unwrap();
}

/// What a process has taken at most, in KiB.
fn peak_memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB").parse().ok()
}

/// Runs a round; the greatest memory, in KiB, and what was said.
fn run_round(folder: &Path, output: &Path) -> (u64, String) {
    let said = fs::File::create(output.join("said")).unwrap();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("newsbeat"))
        .arg("report")
        .arg(folder)
        .arg("-o")
        .arg(output)
        .args(["--force", "--format", "csv", "--format", "jsonl", "--format", "xlsx", "--format", "html"])
        .args(["--language", "auto"])
        .stdout(Stdio::null())
        .stderr(said)
        .spawn()
        .unwrap();
    let mut peak = 0;
    let status = loop {
        peak = peak_memory(child.id()).unwrap_or(0).max(peak);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let said = fs::read_to_string(output.join("said")).unwrap();
    assert!(matches!(status.code(), Some(0 | 1)), "{status}: {said}");
    (peak, said)
}

/// Rounds until the time is over; the greatest memory of each, in KiB.
fn soak(length: Duration, n: usize) -> Vec<u64> {
    let mut chance = Chance(from_environment("NEWSBEAT_SEED", 29));
    let (start, mut peaks) = (Instant::now(), Vec::new());
    while peaks.is_empty() || start.elapsed() < length {
        let (folder, output) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        write_round(folder.path(), n, &mut chance);
        let (peak, said) = run_round(folder.path(), output.path());
        assert!(!said.contains("must not make newsbeat fail"), "{said}");
        for table in ["articles", "paragraphs", "topics"] {
            let rows = fs::read_to_string(output.path().join(format!("{table}.jsonl"))).unwrap();
            for row in rows.lines() {
                assert!(serde_json::from_str::<serde_json::Value>(row).unwrap().is_object());
            }
        }
        eprintln!(
            "round {}, {} s: {peak} KiB; {}",
            peaks.len() + 1,
            start.elapsed().as_secs(),
            said.lines().last().and_then(|line| line.split_once(": ")).map_or("", |(_, counts)| counts)
        );
        assert!(peak < MOST_MEMORY, "{peak} KiB");
        peaks.push(peak);
    }
    peaks
}

#[test]
fn a_round_of_mutated_articles_is_reported() {
    soak(Duration::ZERO, 30);
}

#[test]
#[ignore = "takes NEWSBEAT_SOAK seconds, a minute by default"]
fn memory_is_flat_over_many_rounds() {
    let peaks = soak(Duration::from_secs(from_environment("NEWSBEAT_SOAK", 60)), 400);
    let (least, most) = (peaks.iter().min().unwrap(), peaks.iter().max().unwrap());
    eprintln!("{} rounds, {least} to {most} KiB", peaks.len());
    assert!(*most <= 2 * least.max(&1), "from {least} to {most} KiB");
}
