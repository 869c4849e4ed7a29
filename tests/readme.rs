//! The README's tables are those of the registries and of the program. `NEWSBEAT_BLESS=1 cargo test readme` writes them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use newsbeat::article::read::INPUT_FORMATS;
use newsbeat::metrics::{self, Family};

/// The text between the markers of a section, replaced by `body`.
fn with_section(document: &str, section: &str, body: &str) -> String {
    let (open, close) = (format!("<!-- {section} -->\n"), format!("<!-- /{section} -->"));
    let start = document.find(&open).expect("the section begins") + open.len();
    let end = document.find(&close).expect("the section ends");
    format!("{}{body}{}", &document[..start], &document[end..])
}

fn metric_tables() -> String {
    let mut out = String::new();
    for &family in Family::all() {
        let rows: Vec<_> = metrics::of_family(family).collect();
        let name = family.name();
        writeln!(out, "<details><summary><b>{name}</b>: {} metrics</summary>\n", rows.len()).unwrap();
        writeln!(out, "| metric | unit | formula | reference |\n|---|---|---|---|").unwrap();
        for metric in rows {
            let cell = |text: &str| text.replace('|', "\\|");
            let formula = cell(metric.formula);
            writeln!(out, "| `{}` | {} | {formula} | {} |", metric.name, metric.unit, cell(metric.reference))
                .unwrap();
        }
        writeln!(out, "\n</details>\n").unwrap();
    }
    out
}

fn format_table() -> String {
    let mut out = "| input | extensions | what it is |\n|---|---|---|\n".to_owned();
    // Those of the feature `parquet` are told of below the table.
    for format in INPUT_FORMATS.iter().filter(|f| !["parquet", "arrow"].contains(&f.name)) {
        let extensions: Vec<String> = format.extensions.iter().map(|e| format!("`.{e}`")).collect();
        writeln!(out, "| `{}` | {} | {} |", format.name, extensions.join(" "), format.about).unwrap();
    }
    out
}

/// What `classify` says of the first paragraphs of an article.
fn output_table() -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_newsbeat"))
        .args([
            "classify",
            "datasets/articles/summit-in-the-capital.txt",
            "--with-text",
            "--quiet",
            "--format",
            "csv",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let columns = [
        "paragraph", "topic", "probability", "runner_up", "p_diplomacy", "p_other", "p_security", "p_trade",
        "text",
    ];
    let mut out = format!("| {} |\n{}|\n", columns.join(" | "), "|---".repeat(columns.len()));
    let mut reader = csv::Reader::from_reader(run.stdout.as_slice());
    let header = reader.headers().unwrap().clone();
    for row in reader.records().take(8) {
        let row = row.unwrap();
        let cells = columns.map(|column| {
            let cell = &row[header.iter().position(|name| name == column).unwrap()];
            match column {
                "text" => format!("{} …", beginning(cell, 70)),
                "probability" | "p_diplomacy" | "p_other" | "p_security" | "p_trade" => {
                    format!("{:.3}", cell.parse::<f64>().unwrap())
                }
                _ => cell.to_owned(),
            }
        });
        writeln!(out, "| {} |", cells.join(" | ")).unwrap();
    }
    out
}

/// Whole words of a text, at most so many characters.
fn beginning(text: &str, n_chars: usize) -> &str {
    let end = text.char_indices().nth(n_chars + 1).map_or(text.len(), |(i, _)| i);
    text[..end].rsplit_once(' ').map_or(text, |(words, _)| words)
}

#[test]
fn the_tables_are_those_of_the_registries_and_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let expected = with_section(&readme, "metrics", &metric_tables());
    let expected = with_section(&expected, "formats", &format_table());
    let expected = with_section(&expected, "output", &output_table());
    if std::env::var_os("NEWSBEAT_BLESS").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    let current = fs::read_to_string(&path).unwrap();
    assert!(current == expected, "help: run NEWSBEAT_BLESS=1 cargo test readme");
}

#[test]
fn links_in_the_documents_lead_to_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "models/README.md",
        "datasets/topics/README.md",
    ] {
        let document = root.join(name);
        let text = fs::read_to_string(&document).unwrap_or_else(|_| panic!("{name} must exist"));
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap_or_default();
            let is_external = file.starts_with("http") || file.is_empty();
            assert!(
                is_external || document.parent().unwrap().join(file).exists(),
                "{name} links to {target}"
            );
        }
    }
}
