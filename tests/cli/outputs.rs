//! Where output goes: files that exist, folders that cannot be written, pipes that close, disks that are full.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use super::{ARTICLE, CORPUS, Desk, many_rows, program, rows, words};

/// A desk whose `old` is the content of every file that a run could write.
fn with_old_outputs() -> Desk {
    let desk = Desk::with(&[("a.txt", ARTICLE), ("corpus.csv", CORPUS)]);
    for name in ["out.csv", "m.safetensors", "out/articles.csv"] {
        desk.write(name, "old");
    }
    desk
}

/// Command lines that write, and the file that they write.
const WRITING: [(&str, &str); 8] = [
    ("evaluate corpus.csv -q --folds 3 -o out.csv", "out.csv"),
    ("explain a.txt --model MODEL -o out.csv", "out.csv"),
    ("inspect MODEL -o out.csv", "out.csv"),
    ("metrics a.txt -o out.csv", "out.csv"),
    ("classify a.txt --model MODEL -o out.csv", "out.csv"),
    ("train corpus.csv -q -o m.safetensors", "m.safetensors"),
    ("report a.txt -q --model MODEL -o out", "out/articles.csv"),
    ("list metrics -o out.csv", "out.csv"),
];

#[test]
fn files_that_exist_are_kept_without_force_and_replaced_with_it() {
    for (line, name) in WRITING {
        let desk = with_old_outputs();
        let refused = desk.run(line).refused(2);
        assert_eq!(refused, format!("newsbeat: {name}: must not exist yet; --force replaces it\n"), "{line}");
        assert_eq!(desk.read(name), "old");
        let ran = desk.run(&format!("{line} --force"));
        assert_eq!(ran.code, 0, "{line}: {}", ran.stderr);
        assert_ne!(fs::read(desk.path(name)).unwrap(), b"old");
        let unfinished = [desk.list("."), desk.list("out")].concat();
        assert!(unfinished.iter().all(|name| !name.starts_with('.')), "{unfinished:?}");
    }
}

#[test]
fn a_folder_that_exists_is_added_to() {
    let desk = Desk::with(&[("a.txt", ARTICLE), ("out/notes.txt", "mine")]);
    desk.run("report a.txt -q -o out --model MODEL").ok();
    let tables = ["articles.csv", "data-dictionary.csv", "paragraphs.csv", "run.csv", "topics.csv"];
    assert_eq!(desk.list("out"), [&tables[..2], &["notes.txt"], &tables[2..]].concat());
    assert_eq!(desk.read("out/notes.txt"), "mine");
    desk.run("report a.txt -q -o out --model MODEL --format jsonl").ok();
}

#[test]
fn rejects_of_an_earlier_report_do_not_stay_beside_a_later_one() {
    let desk = Desk::with(&[("a.csv", "id,text\n1,Rain.\n2\n")]);
    assert_eq!(desk.run("report a.csv -o out --model MODEL").code, 1);
    assert!(desk.path("out/rejects.csv").exists());
    desk.write("a.csv", "id,text\n1,Rain.\n");
    desk.run("report a.csv -q -o out --model MODEL --force").ok();
    assert!(!desk.path("out/rejects.csv").exists());
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let desk = Desk::with(&[("a.txt", ARTICLE), ("corpus.csv", CORPUS), ("folder/x", "")]);
    for (line, message) in [
        ("metrics a.txt -o nowhere/out.csv", "nowhere/out.csv: cannot create: No such file or directory"),
        ("train corpus.csv -o nowhere/m", "nowhere/m: cannot create: No such file or directory"),
        ("metrics a.txt -o a.txt/out.csv", "a.txt/out.csv: cannot create: Not a directory"),
        ("report a.txt -o a.txt --model MODEL", "a.txt: cannot create folder: File exists"),
        ("report a.txt -o a.txt/out --model MODEL", "a.txt/out: cannot create folder: Not a directory"),
        ("metrics a.txt -o folder --force", "folder: must be a file, got a folder"),
        ("train corpus.csv -o folder --force", "folder: must be a file, got a folder"),
        ("man a.txt", "a.txt: cannot create: File exists"),
    ] {
        let refused = desk.run(line).refused(2);
        assert!(refused.starts_with(&format!("newsbeat: {message}")), "{line}: {refused}");
    }
    assert_eq!(desk.list("."), ["a.txt", "corpus.csv", "folder"]);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_refused_and_left_as_it_was() {
    use std::os::unix::fs::PermissionsExt as _;

    let desk = Desk::with(&[("a.txt", ARTICLE), ("out/keep.txt", "")]);
    fs::set_permissions(desk.path("out"), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(desk.path("out/probe"), "").is_ok() {
        // The superuser may write everywhere: there is no read-only folder to try.
        eprintln!("skipped: permissions do not bind this user");
        return;
    }
    for line in ["metrics a.txt -o out/m.csv", "report a.txt -o out --model MODEL"] {
        let refused = desk.run(line).refused(2);
        assert!(refused.ends_with(": cannot create: Permission denied (os error 13)\n"), "{refused}");
    }
    assert_eq!(desk.list("out"), ["keep.txt"]);
    fs::set_permissions(desk.path("out"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_dash_is_standard_output() {
    let desk = Desk::with(&[("a.txt", ARTICLE)]);
    for line in ["metrics a.txt", "classify a.txt --model MODEL"] {
        let plain = desk.run(line).ok();
        assert_eq!(desk.run(&format!("{line} -o -")).ok(), plain);
        desk.run(&format!("{line} -o out.csv --force")).ok();
        assert_eq!(desk.read("out.csv"), plain);
    }
    assert_eq!(desk.run("list formats -o -").ok(), desk.run("list formats").ok());
    assert_eq!(desk.list("."), ["a.txt", "out.csv"]);
}

#[test]
fn the_format_is_that_of_the_extension_unless_it_is_said() {
    let desk = Desk::with(&[("a.txt", ARTICLE)]);
    let line = "classify a.txt --unit article --model MODEL";
    let csv = desk.run(line).ok();
    for (options, name, is_jsonl) in [
        ("-o a.csv", "a.csv", false),
        ("-o a.data", "a.data", false),
        ("-o a.jsonl", "a.jsonl", true),
        ("-o b.csv --format jsonl", "b.csv", true),
    ] {
        desk.run(&format!("{line} {options}")).ok();
        assert_eq!(desk.read(name).starts_with('{'), is_jsonl, "{options}");
    }
    assert_eq!(desk.read("a.csv"), csv);
    let object: serde_json::Value = serde_json::from_str(&desk.read("a.jsonl")).unwrap();
    let row = &rows(&csv)[0];
    for (column, cell) in row {
        let value = &object[column];
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let same = text == *cell || text.parse::<f64>().ok() == cell.parse::<f64>().ok();
        assert!(same, "{column}: {text} is not {cell}");
    }
    desk.run(&format!("{line} -o a.tsv")).ok();
    assert_eq!(desk.read("a.tsv"), csv.replace(',', "\t"));
}

#[test]
fn a_german_excel_opens_what_is_written_and_what_it_saves_is_read() {
    let desk = Desk::with(&[("a.csv", "id,title,text,kept\n007,=1+1,Rain and fog.,22.5\n")]);
    let line = "metrics a.csv --metrics column_inches --keep kept --excel --locale de -o out.csv";
    desk.run(line).ok();
    let header = "article_id;title;n_paragraphs;n_sentences;n_words;column_inches;kept";
    let row = "007;'=1+1;1;1;3;0,08571428571428572;22.5";
    assert_eq!(desk.read("out.csv"), format!("\u{feff}{header}\r\n{row}\r\n"));
    desk.run("report a.csv -q -o out --model MODEL --excel --locale de").ok();
    assert!(desk.read("out/paragraphs.csv").starts_with("\u{feff}article_id;paragraph;"));
    let refused = desk.run("metrics a.csv --locale xx").refused(2);
    assert!(refused.contains("locale must be one of en, "), "{refused}");

    let saved = CORPUS.replacen("id,label,text", "sep=,\nid,label,text", 1);
    desk.write("saved.csv", format!("\u{feff}{}", saved.replace('\n', "\r\n")));
    desk.run("train saved.csv -q -o saved.safetensors").ok();
    let semicolons: String = CORPUS.lines().map(|line| line.replacen(',', ";", 2) + "\n").collect();
    desk.write("semicolons.csv", format!("\u{feff}{semicolons}"));
    desk.run("train semicolons.csv -q -o semicolons.safetensors").ok();
    let model = |name: &str| fs::read(desk.path(name)).unwrap();
    assert_eq!(model("saved.safetensors"), model("semicolons.safetensors"));
}

/// `newsbeat LINE | head -1` with an input far longer than the buffers of pipe and program.
fn first_line_of(line: &str) -> (String, i32, String) {
    let desk = Desk::with(&[("many.csv", &many_rows(20_000))]);
    let mut child = desk.start(line);
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    stdout.read_line(&mut first).unwrap();
    drop(stdout);
    drop(child.stdin.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (first, child.wait().unwrap().code().unwrap_or(-1), said)
}

#[test]
fn a_reader_that_has_had_enough_is_no_error() {
    for format in ["csv", "tsv", "jsonl"] {
        for command in ["classify --model MODEL", "metrics --metrics n_characters"] {
            let (first, code, said) = first_line_of(&format!("{command} many.csv --format {format}"));
            assert!(first.contains("article_id"), "{first}");
            assert_eq!((code, said.as_str()), (0, ""), "{command} --format {format}");
        }
    }
}

#[test]
fn a_reader_that_has_had_enough_ends_a_run_whose_input_goes_on() {
    let desk = Desk::with(&[("many.csv", &many_rows(40_000))]);
    let mut child = desk.start("metrics many.csv - --metrics n_characters");
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut String::new()).unwrap();
    drop(stdout);
    // Its standard input is open until here: the run must not wait for it.
    assert_eq!(child.wait().unwrap().code(), Some(0));
    drop(child.stdin.take());
}

#[test]
fn nobody_listening_to_messages_is_no_error() {
    let desk = Desk::with(&[("a.csv", "id,text\n1,Rain.\n2\n")]);
    let mut child = desk.start("metrics a.csv -");
    drop(child.stderr.take());
    drop(child.stdin.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_an_error() {
    let desk = Desk::with(&[("a.txt", ARTICLE), ("many.csv", &many_rows(3000))]);
    for line in [
        "metrics a.txt",
        "classify many.csv --model MODEL",
        "classify a.txt --model MODEL --format jsonl",
        "list metrics",
        "completions bash",
    ] {
        let output = std::process::Command::new(program())
            .current_dir(&desk.0)
            .args(words(line))
            .stdout(fs::File::options().write(true).open("/dev/full").unwrap())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert_eq!(said, "newsbeat: standard output: cannot write: No space left on device (os error 28)\n");
    }
}

/// Runs a command line under a shell's set-up.
#[cfg(unix)]
fn run_in_shell(desk: &Desk, set_up: &str, line: &str) -> (i32, String) {
    let output = std::process::Command::new("sh")
        .current_dir(&desk.0)
        .args(["-c", &format!("{set_up} exec \"$@\""), "sh"])
        .arg(program())
        .args(words(line))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).unwrap())
}

/// Files may not grow beyond a block: what a full disk is, without one.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_written_to_its_end_leaves_the_old_one() {
    let desk = with_old_outputs();
    desk.write("many.csv", many_rows(3000));
    for (line, old) in [
        ("metrics many.csv -o out.csv --force", "out.csv"),
        ("report many.csv -q -o out --model MODEL --force", "out/articles.csv"),
        ("report many.csv -q -o out --model MODEL --format html --force", "out/articles.csv"),
        ("report many.csv -q -o out --model MODEL --format xlsx --force", "out/articles.csv"),
        ("train corpus.csv -o m.safetensors --force", "m.safetensors"),
    ] {
        let (code, said) = run_in_shell(&desk, "trap '' XFSZ; ulimit -f 1;", line);
        assert_eq!(code, 2, "{said}");
        let [of_file, of_workbook] =
            ["File too large (os error 27)", "no room for the temporary file of a workbook"];
        let reason = if line.contains("xlsx") { of_workbook } else { of_file };
        assert!(said.ends_with(&format!("cannot write: {reason}\n")), "{said}");
        assert_eq!(desk.read(old), "old");
    }
    assert_eq!(desk.list("out"), ["articles.csv"]);
    assert_eq!(desk.list("."), ["a.txt", "corpus.csv", "m.safetensors", "many.csv", "out", "out.csv"]);
}

/// A real full disk, of 64 KiB. Needs the right to mount, if only in a namespace of one's own:
/// `cargo test --test integration a_full_disk -- --ignored`.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs the right to mount a file system"]
fn a_full_disk_leaves_the_old_file() {
    let desk = Desk::with(&[("many.csv", &many_rows(3000))]);
    fs::create_dir(desk.path("disk")).unwrap();
    let script = "mount -t tmpfs -o size=64k none disk && echo old > disk/out.csv && \
        { \"$@\"; echo $? > code; cp disk/out.csv after.csv; ls -A disk > left; }";
    let status = std::process::Command::new("unshare")
        .current_dir(&desk.0)
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"])
        .arg(program())
        .args(words("metrics many.csv -o disk/out.csv --force"))
        .status()
        .unwrap();
    assert!(status.success(), "cannot mount");
    assert_eq!(["code", "after.csv", "left"].map(|name| desk.read(name)), ["2\n", "old\n", "out.csv\n"]);
}
