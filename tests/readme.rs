//! The README's tables are those of the registries. `NEWSBEAT_BLESS=1 cargo test readme` writes them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

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

#[test]
fn the_tables_of_metrics_and_formats_are_those_of_the_registries() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let expected = with_section(&readme, "metrics", &metric_tables());
    let expected = with_section(&expected, "formats", &format_table());
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
