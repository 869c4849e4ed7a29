//! Holds the drawing of ARCHITECTURE.md: who may use whom, how long a file may be.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module of the library and the modules that it may use: imports go down only.
const MAY_USE: &[(&str, &[&str])] = &[
    // floor 0
    ("error", &[]),
    ("file", &["error"]),
    ("math", &[]),
    ("statistics", &["error", "math"]),
    // floor 1
    ("text", &["error", "math"]),
    ("table", &["error", "math"]),
    // floor 2
    ("article", &["error", "file", "text", "table"]),
    ("vectorize", &["error", "math", "text"]),
    ("keyness", &["statistics", "text"]),
    ("similarity", &["statistics", "text"]),
    // floor 3
    ("metrics", &["error", "math", "statistics", "text", "article"]),
    ("bayes", &["error", "math", "vectorize"]),
    // floor 4
    (
        "classify",
        &["error", "file", "math", "statistics", "text", "table", "similarity", "vectorize", "bayes"],
    ),
    // floor 5
    ("analysis", &["error", "math", "text", "article", "metrics", "classify"]),
    // floor 6
    ("compare", &["error", "math", "statistics", "table", "keyness", "metrics", "classify", "analysis"]),
    ("report", &["error", "file", "math", "text", "table", "article", "metrics", "classify", "analysis"]),
];

/// Longest source file, in lines.
const MAX_LINES: usize = 400;

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

fn source_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    files.sort();
    assert!(files.len() > 20, "the test has lost sight of src/");
    files
}

/// The top-level module that a file belongs to.
fn module_of(file: &Path) -> String {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let first = file.strip_prefix(&src).unwrap().components().next().unwrap();
    first.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// The modules named by the `crate::` paths of a source text, comments left out.
fn modules_used(source: &str) -> BTreeSet<String> {
    let code: String =
        source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut used = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if code[..at].ends_with('$') || !rest.starts_with('{') {
            used.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
            continue;
        }
        let group = &rest[1..rest.find("};").unwrap_or(rest.len())];
        let mut depth = 0;
        let mut name = String::new();
        for c in group.chars().chain([',']) {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    used.insert(std::mem::take(&mut name).trim().split("::").next().unwrap().to_owned());
                }
                _ if depth == 0 => name.push(c),
                _ => {}
            }
        }
    }
    used
}

#[test]
fn imports_go_down_only() {
    let mut breaches = Vec::new();
    for file in source_files() {
        let module = module_of(&file);
        if matches!(module.as_str(), "lib" | "main" | "cli") {
            continue;
        }
        let Some((_, may_use)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            breaches.push(format!("{}: module {module} has no row in MAY_USE", file.display()));
            continue;
        };
        for used in modules_used(&fs::read_to_string(&file).unwrap()) {
            let is_root_item = used.chars().next().is_none_or(char::is_uppercase);
            if used != module && !is_root_item && !may_use.contains(&used.as_str()) {
                breaches.push(format!("{}: {module} must not use {used}", file.display()));
            }
        }
    }
    assert!(breaches.is_empty(), "help: see ARCHITECTURE.md\n{}", breaches.join("\n"));
}

#[test]
fn a_group_of_imports_is_taken_apart() {
    let source = "use crate::{math, text::{Span, Token}, Error};\n// use crate::article::Article;\nlet x = crate::bayes::Prior::Uniform;";
    let expected = ["Error", "bayes", "math", "text"].map(str::to_owned);
    assert_eq!(modules_used(source), BTreeSet::from(expected));
}

#[test]
fn no_source_file_is_too_long() {
    let long: Vec<String> = source_files()
        .into_iter()
        .map(|file| (fs::read_to_string(&file).unwrap().lines().count(), file))
        .filter(|(lines, _)| *lines > MAX_LINES)
        .map(|(lines, file)| format!("{}: {lines} lines", file.display()))
        .collect();
    assert!(long.is_empty(), "help: split by idea\n{}", long.join("\n"));
}

#[test]
fn only_the_command_prints() {
    for file in source_files() {
        if matches!(module_of(&file).as_str(), "cli" | "main") {
            continue;
        }
        let source = fs::read_to_string(&file).unwrap();
        let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            assert!(!line.contains("println!(") && !line.contains("eprint!("), "{}: {line}", file.display());
        }
    }
}
