//! The command as scripts meet it: options, outputs, messages, exit codes, faults.
//!
//! Inputs are written by the tests. The model is trained once from [`CORPUS`], so that nothing here depends on the
//! built-in one.

#![expect(clippy::float_cmp, reason = "the same number is printed in the same digits")]

mod commands;
mod compare;
mod contract;
mod evaluate;
mod faults;
mod inputs;
mod kills;
mod limits;
mod measures;
mod outputs;
mod report;
mod resume;
mod same_bytes;
mod training;
mod update;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::OnceLock;

use assert_cmd::Command;
use tempfile::TempDir;

/// Labelled rows of three topics.
const CORPUS: &str = "\
id,label,text
1,farming,The wheat harvest was late and the barley lay flat in the fields.
2,farming,Farmers drove their cattle to market before the drought.
3,farming,\"Milk prices fell, and dairy herds were sold.\"
4,sport,The goalkeeper saved a penalty in the last minute of the match.
5,sport,Her team won the league after a goal in extra time.
6,sport,\"The coach said: \"\"We lost the match, not the league.\"\"\"
7,weather,Heavy rain and wind closed the coast road overnight.
8,weather,\"Snow fell in the hills, and frost is forecast.\"
9,weather,A warm front brings showers and fog to the coast.
";

/// An article as it is pasted: headline, then two paragraphs of different topics.
const ARTICLE: &str = "\
Late harvest on the coast

The wheat harvest was late again this year, and farmers said that the barley lay flat after heavy rain. \
\"We sold the cattle,\" one of them said.

On Saturday the team won the match by a goal in the last minute, and the league is open again.
";

/// A folder of one test, removed at its end, and the command run in it.
struct Desk(TempDir);

impl Desk {
    /// A folder with files.
    fn with(files: &[(&str, &str)]) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            desk.write(name, text);
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Names of everything in the folder or a folder below.
    fn list(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Runs the command line, split at spaces, with [`model`] where it says `MODEL`.
    fn run(&self, line: &str) -> Ran {
        self.run_with(line, "")
    }

    fn run_with(&self, line: &str, input: impl Into<Vec<u8>>) -> Ran {
        let output =
            Command::new(program()).current_dir(&self.0).args(words(line)).write_stdin(input).output();
        Ran::of(&output.unwrap())
    }

    /// Starts the command line and does not wait; its input stays open.
    fn start(&self, line: &str) -> std::process::Child {
        std::process::Command::new(program())
            .current_dir(&self.0)
            .args(words(line))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }
}

fn program() -> PathBuf {
    assert_cmd::cargo::cargo_bin!("newsbeat").to_path_buf()
}

fn words(line: &str) -> Vec<String> {
    line.split_whitespace()
        .map(|word| if word == "MODEL" { model().to_str().unwrap().to_owned() } else { word.to_owned() })
        .collect()
}

/// The model of [`CORPUS`], trained once by the command.
fn model() -> &'static Path {
    static MODEL: OnceLock<PathBuf> = OnceLock::new();
    MODEL.get_or_init(|| {
        let desk = Desk::with(&[("corpus.csv", CORPUS)]);
        // Outlives the tests, and is replaced whole by the next run of them.
        let model = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli.safetensors");
        let line = format!("train corpus.csv --force -o {}", model.display());
        assert_eq!(desk.run(&line).code, 0);
        model
    })
}

/// What a run has left.
#[derive(Debug, PartialEq)]
struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Ran {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        // No exit code: ended by a signal.
        let code = output.status.code().unwrap_or(-1);
        Self { code, stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }

    /// Standard output of a run that must have gone well.
    #[track_caller]
    fn ok(self) -> String {
        assert_eq!((self.code, self.stderr.as_str()), (0, ""), "{}", self.stdout);
        self.stdout
    }

    /// Standard error of a run that must have ended with `code` and printed nothing.
    #[track_caller]
    fn refused(self, code: i32) -> String {
        assert_eq!((self.code, self.stdout.as_str()), (code, ""), "{}", self.stderr);
        self.stderr
    }
}

/// Rows of a CSV text by column name.
fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// The column names of a CSV text.
fn columns(csv: &str) -> Vec<String> {
    csv::Reader::from_reader(csv.as_bytes()).headers().unwrap().iter().map(str::to_owned).collect()
}

/// A number in a cell.
fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: {:?}", row[column]))
}

/// `n` rows of CSV whose texts are told apart by their numbers.
fn many_rows(n: usize) -> String {
    let texts = ["The wheat harvest of farm", "A goal in the last minute of match", "Rain and fog on day"];
    let row = |i: usize| format!("r{i},\"{} {i} was talked about, and frost is forecast.\"\n", texts[i % 3]);
    std::iter::once("id,text\n".to_owned()).chain((0..n).map(row)).collect()
}
