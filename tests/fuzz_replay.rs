//! What fuzzing made up and what once broke a law, tried again: `fuzz/corpus` and `fuzz/regressions`, a folder a target.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::fuzz_laws::{LAWS, law};

fn folder(kind: &str, target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(kind).join(target)
}

/// Tries each file of a folder; how many there are.
fn replay(folder: &Path, target: &str) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let files = entries.map(|entry| entry.unwrap().path());
    files
        .map(|file| {
            let bytes = fs::read(&file).unwrap();
            let outcome = std::panic::catch_unwind(|| law(target)(&bytes));
            assert!(outcome.is_ok(), "help: {} breaks a law, see above", file.display());
        })
        .count()
}

#[test]
fn what_fuzzing_found_keeps_the_laws() {
    for (target, _) in LAWS {
        assert!(replay(&folder("corpus", target), target) > 0, "{target} has no corpus");
        replay(&folder("regressions", target), target);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_and_any_text_keep_the_laws(
        head in prop::collection::vec(any::<u8>(), 3),
        tail in prop_oneof![prop::collection::vec(any::<u8>(), 0..200), any::<String>().prop_map(String::into_bytes)],
    ) {
        let bytes = [head, tail].concat();
        for (_, law) in LAWS {
            law(&bytes);
        }
    }
}
