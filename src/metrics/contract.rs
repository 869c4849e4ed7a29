//! What every metric must hold. Whoever adds a row inherits these tests.

use std::collections::BTreeSet;

use super::{Family, Metric, SYMBOLS, TextCounts, all, named, of_family};
use crate::text::{LANGUAGES, Language};

fn is_snake_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

#[test]
fn every_row_is_complete() {
    let mut names = BTreeSet::new();
    for Metric { name, unit, formula, reference, interpretation, languages, .. } in all() {
        assert!(is_snake_case(name) && names.insert(name), "{name}\nhelp: names are unique, in snake_case");
        for text in [unit, formula, reference, interpretation] {
            assert!(!text.is_empty() && text.trim() == *text, "{name}\nhelp: fill every field of the row");
            assert!(!text.contains('\n'), "{name}: {text}\nhelp: a field is one line");
        }
        for code in *languages {
            assert!(LANGUAGES.iter().any(|l| l.code == *code), "{name}: {code} is no language");
        }
        assert_eq!(named(name).unwrap().name, *name);
    }
    assert!(named("flesch").is_err());
}

#[test]
fn every_family_has_metrics_and_all_have_a_family() {
    let in_families: usize = Family::all().iter().map(|&f| of_family(f).count()).sum();
    assert_eq!(in_families, all().count(), "help: add the family to Family::all");
    for &family in Family::all() {
        assert!(of_family(family).count() > 0, "{}", family.name());
        assert_eq!(Family::named(family.name()).unwrap(), family);
    }
}

#[test]
fn an_empty_text_has_counts_and_nothing_else() {
    for paragraphs in [&[][..], &["", " \n"], &["😀 … !?", "—"]] {
        let counts = TextCounts::of(paragraphs, Language::ENGLISH);
        for metric in all() {
            let value = metric.of(&counts);
            if metric.name.starts_with("n_") {
                assert!(value.is_none_or(|v| v >= 0.0), "{}", metric.name);
            } else {
                assert_eq!(value, None, "{}\nhelp: without words a metric is None, never 0", metric.name);
            }
        }
    }
}

#[test]
fn odd_texts_give_finite_values_or_none() {
    let repeated = "troops ".repeat(10_000);
    let numbers = "2025 3.5 1,000 ".repeat(20);
    let texts = [
        "a",
        "Peace.",
        "Talks failed on Monday.",
        "😀 🎉 👍",
        &repeated,
        &numbers,
        "7",
        "x 😀 y",
        "…a…",
        "é",
        "평화 회담",
    ];
    for text in texts {
        for language in LANGUAGES {
            let counts = TextCounts::of(&[text], language);
            for metric in all() {
                let value = metric.of(&counts);
                assert!(
                    value.is_none_or(f64::is_finite),
                    "{} of {:.20} in {}: {value:?}\nhelp: end with `defined`",
                    metric.name,
                    text,
                    language.code
                );
                if metric.unit == "share" {
                    assert!(value.is_none_or(|v| (0.0..=1.0).contains(&v)), "{}: {value:?}", metric.name);
                }
            }
        }
    }
}

#[test]
fn a_metric_of_another_language_is_none() {
    let german = Language::of_code("de").unwrap();
    let counts = TextCounts::of(&["Die Gespräche in Seoul sind gescheitert."], german);
    for metric in all().filter(|m| !m.holds_in("de")) {
        assert_eq!(metric.of(&counts), None, "{}", metric.name);
    }
    assert!(named("lix").unwrap().of(&counts).is_some());
}

#[test]
fn every_symbol_is_explained_and_used() {
    for symbol in SYMBOLS {
        assert!(!symbol.meaning.is_empty());
        let presets = super::PRESETS.iter().flat_map(|p| p.columns().iter().map(super::Column::formula));
        let is_used = all().map(|m| m.formula).chain(presets).any(|formula| {
            formula.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == symbol.name)
        });
        assert!(is_used, "{}\nhelp: no formula has it; delete it", symbol.name);
    }
}

#[test]
fn the_same_text_twice_gives_the_same_bits() {
    let text = "“Talks failed,” Lee Jae-myung said on Monday. Troops moved; 3,000 of them, at $2 each.";
    let first = TextCounts::of(&[text], Language::ENGLISH);
    let second = TextCounts::of(&[text], Language::ENGLISH);
    for metric in all() {
        assert_eq!(metric.of(&first), metric.of(&second), "{}", metric.name);
    }
}

#[test]
fn a_comparable_metric_does_not_move_when_the_text_is_repeated() {
    // Repeating a text repeats its words, sentences and paragraphs, which some metrics are there to find.
    let finds_repetition = |name: &str| {
        ["duplicate_", "paragraph_similarity", "lede_similarity"].iter().any(|start| name.starts_with(start))
    };
    let paragraphs: Vec<&str> = include_str!("../../tests/parity/texts/ceasefire.txt").lines().collect();
    let mut moved = Vec::new();
    for code in ["en", "de", "es", "it", "ar"] {
        let language = Language::of_code(code).unwrap();
        let [few, many] = [12, 36].map(|times| TextCounts::of(&paragraphs.repeat(times), language));
        let rows =
            all().filter(|m| m.comparable && m.family != Family::Diversity && !finds_repetition(m.name));
        for metric in rows {
            let (Some(a), Some(b)) = (metric.of(&few), metric.of(&many)) else { continue };
            if (a - b).abs() > 0.02 * a.abs().max(0.05) {
                moved.push(format!("{code} {}: {a}, {b}", metric.name));
            }
        }
    }
    assert!(moved.is_empty(), "{moved:#?}\nhelp: not comparable between lengths; let the row say so");
}

/// Words drawn one by one, each as often as Zipf and Mandelbrot say, so that a longer text has more types.
fn drawn(n_words: usize) -> TextCounts {
    let mut bounds = Vec::new();
    let mut total = 0.0;
    for rank in 0..5000 {
        total += 1.0 / (f64::from(rank) + 2.7);
        bounds.push(total);
    }
    let mut state = 1_u64;
    let mut text = String::new();
    for _ in 0..n_words {
        // Knuth's constants.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (state >> 11) as f64 / (1_u64 << 53) as f64 * total;
        let rank = bounds.partition_point(|&bound| bound < at);
        text.extend(rank.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')));
        text.push(' ');
    }
    TextCounts::of(&[&text], Language::ENGLISH)
}

#[test]
fn a_comparable_measure_of_diversity_is_the_same_for_few_and_many_words_of_one_source() {
    let [few, many] = [1000, 8000].map(drawn);
    let mut moved = Vec::new();
    for metric in of_family(Family::Diversity).filter(|m| m.comparable) {
        let [a, b] = [&few, &many].map(|counts| metric.of(counts).unwrap());
        if (a - b).abs() > 0.1 * a.abs() {
            moved.push(format!("{}: {a}, {b}", metric.name));
        }
    }
    assert!(moved.is_empty(), "{moved:#?}\nhelp: not comparable between lengths; let the row say so");
}
