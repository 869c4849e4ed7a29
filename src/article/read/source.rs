//! Inputs to sources: folders are walked, extensions become formats, paths become ids.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{INPUT_FORMATS, InputFormat, ReadOptions, plain};
use crate::error::{Error, Result};
use crate::file::unpacked_name;

/// The input that names standard input.
pub const STANDARD_INPUT: &str = "-";

/// A file to be read.
#[derive(Debug, Clone)]
pub struct Source {
    /// The file, or [`STANDARD_INPUT`].
    pub path: PathBuf,
    /// Id of its article, or stem of the ids of its articles: the path below the input folder without extension.
    pub id: String,
    /// How it is read.
    pub format: InputFormat,
}

impl Source {
    /// A source of the name, which need not exist; the format is that of its extension or of the options, else
    /// plain text.
    pub fn named(path: impl Into<PathBuf>, options: &ReadOptions) -> Self {
        let path = path.into();
        let id = match path.file_name() {
            Some(_) if path.as_os_str() == STANDARD_INPUT => "stdin".to_owned(),
            Some(name) => without_extension(&name.to_string_lossy()),
            None => String::new(),
        };
        let format = format_of(&path, options).or(options.input_format).unwrap_or(plain::TEXT);
        Self { path, id, format }
    }

    /// The path as text, for messages.
    pub fn file(&self) -> String {
        self.path.display().to_string()
    }

    /// True if the articles come from standard input.
    pub fn is_standard_input(&self) -> bool {
        self.path.as_os_str() == STANDARD_INPUT
    }
}

/// The files behind the inputs, in the order of the inputs and sorted by name within folders.
///
/// Folders are walked to the bottom; hidden files, files named README and files of unknown extension are passed
/// over, and a symbolic link to a folder that was walked already, as those above are, is not followed. A file named as an
/// input is read whatever its name: with an unknown extension as plain text. An input that does not exist or cannot be listed is an error of
/// its own, and the others are read.
pub fn sources(inputs: &[PathBuf], options: &ReadOptions) -> Vec<Result<Source>> {
    let mut found = Vec::new();
    for input in inputs {
        if input.as_os_str() == STANDARD_INPUT {
            found.push(Ok(Source::named(input, options)));
            continue;
        }
        match fs::metadata(input) {
            Ok(metadata) if metadata.is_dir() => {
                walk(input, input, &mut BTreeSet::new(), options, &mut found);
            }
            Ok(metadata) if metadata.is_file() => found.push(Ok(Source::named(input, options))),
            Ok(_) => found.push(Err(special(input))),
            Err(error) => found.push(Err(Error::io(input.display(), "read", error))),
        }
    }
    found
}

/// What is neither file nor folder may never end, or wait for ever.
fn special(path: &Path) -> Error {
    let problem = "must be a file or a folder, got a pipe, a socket or a device; - reads standard input";
    Error::record(path.display(), problem)
}

fn walk(
    root: &Path,
    folder: &Path,
    walked: &mut BTreeSet<PathBuf>,
    options: &ReadOptions,
    found: &mut Vec<Result<Source>>,
) {
    let listed = fs::canonicalize(folder).and_then(|real| Ok((real, sorted_entries(folder)?)));
    let (real, entries) = match listed {
        Ok(listed) => listed,
        Err(error) => return found.push(Err(Error::io(folder.display(), "list", error))),
    };
    // Links may double the ways to a folder at each level, so it is not enough that none leads in a circle.
    let is_new = walked.insert(real);
    if !is_new && folder.is_symlink() {
        return;
    }
    for path in entries {
        if path.is_dir() {
            walk(root, &path, walked, options, found);
        } else if let Some(format) = format_of(&path, options) {
            if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
                found.push(Err(special(&path)));
                continue;
            }
            found.push(Ok(Source { id: id_below(root, &path), path, format }));
        }
    }
}

/// What stands in a folder and may be an article, sorted by name.
fn sorted_entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        if !is_passed_over(&name) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// True for hidden files and those named README.
pub(super) fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || without_extension(name).eq_ignore_ascii_case("readme")
}

/// The format of the extension, or the one that the options ask for; `None` for an unknown extension.
pub(super) fn format_of(path: &Path, options: &ReadOptions) -> Option<InputFormat> {
    if path.as_os_str() == STANDARD_INPUT {
        return options.input_format;
    }
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let (_, extension) = unpacked_name(&name).rsplit_once('.')?;
    let known = INPUT_FORMATS.iter().find(|format| format.extensions.contains(&extension))?;
    Some(options.input_format.unwrap_or(*known))
}

fn id_below(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<String> =
        below.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    without_extension(&parts.join("/"))
}

/// The name up to the extension; a name that begins with a point keeps it.
pub(super) fn without_extension(name: &str) -> String {
    let name = unpacked_name(name);
    let base = name.rfind('/').map_or(0, |at| at + 1);
    match name[base..].rfind('.') {
        Some(at) if at > 0 => name[..base + at].to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(inputs: &[PathBuf], options: &ReadOptions) -> Vec<(String, &'static str)> {
        sources(inputs, options).into_iter().map(|s| s.map(|s| (s.id, s.format.name)).unwrap()).collect()
    }

    #[test]
    fn folders_are_walked_in_sorted_order_without_what_is_no_article() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("sub")).unwrap();
        for name in
            ["b.txt", "a.HTML", "sub/c.csv", "README.md", "readme.txt", ".hidden.txt", "x.jpg", "noext"]
        {
            fs::write(root.join(name), "x").unwrap();
        }
        let options = ReadOptions::default();
        let expected = [("a", "html"), ("b", "text"), ("sub/c", "csv")].map(|(id, f)| (id.to_owned(), f));
        assert_eq!(listed(&[root.to_path_buf()], &options), expected);
        let named = [root.join("x.jpg"), root.join("noext")];
        assert_eq!(
            listed(&named, &options),
            [("x", "text"), ("noext", "text")].map(|(i, f)| (i.to_owned(), f))
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_in_a_circle_ends() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        fs::write(folder.path().join("sub/a.txt"), "x").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("sub/loop")).unwrap();
        assert_eq!(listed(&[folder.path().to_path_buf()], &ReadOptions::default()).len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn pipes_sockets_and_devices_are_refused_named_or_met() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("s.txt");
        let _open = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        fs::write(folder.path().join("t.txt"), "x").unwrap();
        for inputs in [vec!["/dev/zero".into()], vec![socket.clone()], vec![folder.path().to_path_buf()]] {
            let found = sources(&inputs, &ReadOptions::default());
            let error = found[0].as_ref().unwrap_err().to_string();
            assert!(error.contains(": must be a file or a folder, got a pipe"), "{error}");
        }
        assert_eq!(sources(&[folder.path().to_path_buf()], &ReadOptions::default()).len(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn links_that_double_the_ways_at_each_level_are_followed_once() {
        let folder = tempfile::tempdir().unwrap();
        let level = |n: usize| folder.path().join(n.to_string());
        fs::create_dir(level(40)).unwrap();
        fs::write(level(40).join("a.txt"), "x").unwrap();
        for n in (0..40).rev() {
            fs::create_dir(level(n)).unwrap();
            for link in ["x", "y"] {
                std::os::unix::fs::symlink(level(n + 1), level(n).join(link)).unwrap();
            }
        }
        let found = listed(&[level(0)], &ReadOptions::default());
        assert_eq!(found.len(), 1);
        assert!(listed(&[folder.path().to_path_buf()], &ReadOptions::default()).len() < 5);
    }

    #[test]
    fn a_missing_input_is_an_error_and_the_others_are_read() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let found = sources(&["/no/such/file".into(), file.path().into()], &ReadOptions::default());
        assert_eq!(found[0].as_ref().unwrap_err().to_string(), "/no/such/file: cannot read");
        assert!(found[1].is_ok());
    }

    #[test]
    fn an_input_format_overrides_the_extension() {
        let options = ReadOptions {
            input_format: super::super::input_format("csv").copied(),
            ..ReadOptions::default()
        };
        assert_eq!(Source::named("a.txt", &options).format.name, "csv");
        assert_eq!(Source::named("a.dump", &options).format.name, "csv");
        assert_eq!(Source::named("a", &options).format.name, "csv");
        assert_eq!(Source::named("-", &options).format.name, "csv");
        assert_eq!(Source::named("-", &options).id, "stdin");
    }
}
