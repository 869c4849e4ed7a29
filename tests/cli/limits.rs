//! Inputs that ask for too much: what goes over a limit is named, the rest goes on, and memory stays bounded.

use super::{ARTICLE, CORPUS, Desk, Ran, rows};

#[test]
#[cfg(target_os = "linux")]
fn hostile_inputs_are_read_in_bounded_memory() {
    use std::io::Write as _;

    use super::{program, words};

    /// Mebibytes of memory that a run may write to; each input would take more.
    const SPACE: u64 = 256;

    let desk = Desk::with(&[("good.txt", ARTICLE), ("good.csv", CORPUS)]);
    let run = |line: &str| {
        let script = format!("ulimit -d {} && exec \"$0\" \"$@\"", SPACE << 10);
        let mut command = std::process::Command::new("bash");
        command.current_dir(&desk.0).args(["-c", &script]).arg(program()).args(words(line));
        Ran::of(&command.output().unwrap())
    };
    // The middle is a hole, which takes no room on the disk.
    let write_long = |name: &str, head: &str, tail: &str| {
        desk.write(name, format!("{head}{}", "x ".repeat(9 << 20)));
        let mut file = std::fs::OpenOptions::new().append(true).open(desk.path(name)).unwrap();
        file.set_len((SPACE + 4) << 20).unwrap();
        file.write_all(tail.as_bytes()).unwrap();
    };
    write_long("line.txt", "", "");
    write_long("line.jsonl", "{\"label\":\"a\",\"text\":\"", "\"}\n{\"label\":\"a\",\"text\":\"Fog.\"}\n");
    write_long("line.csv", &format!("{CORPUS}10,sport,"), "\n11,sport,A goal.\n");
    write_long("quote.csv", &format!("{CORPUS}10,sport,\""), "\n11,sport,A goal.\n");
    desk.write("fields.csv", format!("{CORPUS}{}\n11,sport,A goal.\n", ",".repeat(8 << 20)));
    desk.write("columns.csv", format!("id,label,text{}\n", ",c".repeat(300_000)));
    desk.write(
        "values.jsonl",
        format!("[{}0]\n{{\"label\":\"a\",\"text\":\"Fog.\"}}\n", "0,".repeat(4 << 20)),
    );
    desk.write("deep.jsonl", format!("{}\n{{\"label\":\"a\",\"text\":\"Fog.\"}}\n", "[".repeat(200_000)));
    desk.write("deep.html", format!("<p>It rained.{}", "<div>".repeat(100_000)));
    let packed = |bytes: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    };
    let blank_lines = packed(&vec![b'\n'; 1 << 20]).repeat(1 << 10);
    desk.write("bomb.csv.gz", [packed(CORPUS.as_bytes()), blank_lines].concat());

    let record = "--max-record-bytes";
    for (file, reason, is_corpus) in [
        ("line.txt", record, false),
        ("line.jsonl", record, true),
        ("line.csv", record, true),
        ("quote.csv", "quote.csv:11: expected a quote to close the one that opens here", true),
        ("fields.csv", record, true),
        ("columns.csv", record, false),
        ("values.jsonl", record, true),
        ("deep.jsonl", "values nested at most 127 deep", true),
        ("deep.html", "--max-depth", false),
        ("bomb.csv.gz", "--max-ratio", false),
    ] {
        let ran = run(&format!("report good.txt {file} --jobs 2 -o out --force --model MODEL"));
        assert_eq!(ran.code, 1, "report {file}: {}", ran.stderr);
        assert!(ran.stderr.contains(reason), "report {file}: {}", ran.stderr);
        if is_corpus {
            let ran = run(&format!("train good.csv {file} --jobs 2 -q -o m --force"));
            assert_eq!(ran.code, 1, "train {file}: {}", ran.stderr);
            assert!(ran.stderr.contains(reason), "train {file}: {}", ran.stderr);
        }
    }
    for (file, reason) in [("columns.csv", record), ("bomb.csv.gz", "--max-ratio")] {
        let refused = run(&format!("train good.csv {file} --jobs 2 -q -o m --force")).refused(2);
        assert!(refused.contains(reason), "train {file}: {refused}");
    }
}

#[test]
#[cfg(unix)]
fn a_pipe_or_a_device_is_no_corpus() {
    let desk = Desk::with(&[("good.csv", CORPUS)]);
    let made = std::process::Command::new("mkfifo").arg(desk.path("pipe.csv")).status().unwrap();
    assert!(made.success());
    for file in ["pipe.csv", "/dev/zero"] {
        for line in [format!("train good.csv {file} -o m"), format!("evaluate {file} good.csv")] {
            let expected = format!("newsbeat: {file}: must be a file, got a pipe, a socket or a device\n");
            assert_eq!(desk.run(&line).refused(2), expected);
        }
    }
}

#[test]
fn limits_of_a_corpus_can_be_set() {
    let longest = 300;
    let row = format!("10,sport,{}\n", "A goal. ".repeat(40));
    let desk = Desk::with(&[("corpus.csv", &format!("{CORPUS}{}\n", &row[..longest - 1]))]);
    desk.run(&format!("train corpus.csv -q -o m --max-record-bytes {longest} --max-field-bytes 7")).ok();
    let ran = desk.run(&format!("train corpus.csv -q -o m --force --max-record-bytes {}", longest - 1));
    let expected =
        format!("expected at most {} bytes of one record (--max-record-bytes), found more\n", longest - 1);
    assert!(ran.code == 1 && ran.stderr.ends_with(&expected), "{}", ran.stderr);
    let ran = desk.run("train corpus.csv -q -o m --force --max-field-bytes 6");
    let expected = "rejected: corpus.csv:2: expected at most 6 bytes of label (--max-field-bytes), found 7\n";
    assert!(ran.stderr.starts_with(expected), "{}", ran.stderr);
}

#[test]
fn rejects_of_a_corpus_are_named_up_to_ten_thousand_and_counted_beyond() {
    let desk = Desk::with(&[("corpus.csv", &format!("{CORPUS}{}", "0,sport,\n".repeat(10_002)))]);
    for line in [
        "train corpus.csv -q -o m --jobs 1",
        "train corpus.csv -q -o n --jobs 2",
        "evaluate corpus.csv --folds 3",
    ] {
        let ran = desk.run(line);
        assert_eq!(ran.code, 1);
        let said: Vec<_> = ran.stderr.lines().filter(|line| line.starts_with("rejected: ")).collect();
        assert_eq!(said.len(), 10_001);
        assert_eq!(said[9_999], "rejected: corpus.csv:10010: text must not be empty");
        assert_eq!(said[10_000], "rejected: 2 more rows that are not named");
    }
}

#[test]
fn json_lines_without_a_text_are_said_once_and_each_in_the_table_of_rejects() {
    let lines = "{\"id\":\"a\",\"text\":\"It rained.\"}\n{\"id\":\"b\",\"body\":\"x\"}\n{\"id\":\"c\"}\n{\"id\":\"d\"}\n";
    let desk = Desk::with(&[("news.jsonl", lines)]);
    let ran = desk.run("report news.jsonl -o out --model MODEL");
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (
            1,
            "rejected: no column \"text\" in news.jsonl:2; its columns are: body, id\n\
             rejected: news.jsonl: 2 more records without \"text\"\n\
             out: 1 article, 1 paragraph, 2 words; 3 rejects\n"
        )
    );
    let rejects = rows(&desk.read("out/rejects.csv"));
    let told: Vec<_> = rejects.iter().map(|row| (row["place"].as_str(), row["reason"].as_str())).collect();
    assert_eq!(
        told,
        [
            ("news.jsonl:2", "no column \"text\"; its columns are: body, id"),
            ("news.jsonl:3", "no column \"text\"; its columns are: id"),
            ("news.jsonl:4", "no column \"text\"; its columns are: id"),
        ]
    );
}

/// A corpus of words of which none is met twice.
fn strange_words(n_rows: usize, n_labels: usize) -> String {
    let row = |i: usize| {
        let words: Vec<String> = (0..50).map(|j| format!("q{}z", 50 * i + j)).collect();
        format!("{i},label{},{}\n", i % n_labels, words.join(" "))
    };
    std::iter::once("id,label,text\n".to_owned()).chain((0..n_rows).map(row)).collect()
}

#[test]
fn a_vocabulary_beyond_the_limit_stops_training_and_leaves_the_old_model() {
    let desk = Desk::with(&[("words.csv", &strange_words(2000, 4)), ("good.csv", CORPUS), ("m", "old")]);
    let expected = |max_bytes: u64| {
        format!(
            "newsbeat: what is learned from must take at most {max_bytes} bytes of memory (--max-training-bytes), found more \
             terms, labels or documents than that; raise it, clean the texts, count single words (--ngrams 1-1) or hash \
             terms (--hash-features 20)\n"
        )
    };
    let limit = 10 << 20;
    for line in [
        "train words.csv -q -o m --force --max-training-bytes 10M",
        "train words.csv -q -o m --force --max-training-bytes 10M --jobs 1 --ngrams 1-1 --min-df 2",
    ] {
        assert_eq!(desk.run(line).refused(2), expected(limit), "{line}");
        assert_eq!(desk.read("m"), "old");
    }
    let beside_its_rows = desk.run("evaluate words.csv -q --folds 2 --max-training-bytes 10M").refused(2);
    let n_bytes: u64 = beside_its_rows.split(' ').find_map(|word| word.parse().ok()).unwrap();
    assert!(n_bytes < limit - desk.read("words.csv").len() as u64);
    assert_eq!(beside_its_rows, expected(n_bytes));
    assert_eq!(desk.list("."), ["good.csv", "m", "words.csv"]);
    desk.run("train good.csv -q -o part").ok();
    let added = desk.run("train --model part --add words.csv -q -o m --force --max-training-bytes 10M");
    assert_eq!(added.refused(2), expected(limit));
    assert_eq!(desk.read("m"), "old");
    desk.run("train words.csv -q -o m --force --max-training-bytes 10M --hash-features 12").ok();
}

#[test]
fn where_pairs_of_words_have_no_room_single_words_are_learned() {
    let desk = Desk::with(&[("words.csv", &strange_words(600, 4))]);
    desk.run("train words.csv -q -o single --ngrams 1-1").ok();
    let Ran { code, stderr, .. } = desk.run("train words.csv -o m --max-training-bytes 7M");
    let told =
        "warning: longer terms have no room within --max-training-bytes; only --ngrams 1-1 is looked at\n";
    assert!(code == 0 && stderr.starts_with(told), "{stderr}");
    let bytes = |name| std::fs::read(desk.path(name)).unwrap();
    assert_eq!(bytes("m"), bytes("single"));
    desk.run("train words.csv -q -o m --force --max-training-bytes 7M --ngrams 1-2").refused(2);
    let Ran { code, stderr, .. } = desk.run("evaluate words.csv -o e --folds 2 --max-training-bytes 4M");
    assert!(code == 0 && stderr.matches(told).count() == 1, "{stderr}");
}

#[test]
#[cfg(target_os = "linux")]
fn strange_words_and_labels_are_refused_in_bounded_memory() {
    use super::{program, words};

    let desk = Desk::with(&[
        ("words.csv", &strange_words(30_000, 4)),
        ("labels.csv", &strange_words(30_000, 30_000)),
    ]);
    let limit = "--max-training-bytes 96M";
    for line in [
        format!("train words.csv -q -o m --jobs 2 {limit}"),
        format!("train labels.csv -q -o m --jobs 2 --ngrams 1-1 {limit}"),
        format!("evaluate words.csv --jobs 2 --folds 2 {limit}"),
        format!("evaluate labels.csv --jobs 2 --folds 2 {limit}"),
    ] {
        let script = format!("ulimit -d {} && exec \"$0\" \"$@\"", 384 << 10);
        let mut command = std::process::Command::new("bash");
        command.current_dir(&desk.0).args(["-c", &script]).arg(program()).args(words(&line));
        let refused = Ran::of(&command.output().unwrap()).refused(2);
        assert!(refused.contains("--max-training-bytes"), "{line}: {refused}");
    }
}
