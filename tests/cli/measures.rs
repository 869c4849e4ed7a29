//! What is measured, and what is told beside it: presets, intervals, dictionaries.

use super::{ARTICLE, Desk, columns, number, rows};

const WORDS: &str =
    "category,term,weight\nfarm,harvest*,\nfarm,~farmer,2\nsport,in the last minute,\nsport,football,\n";

#[test]
fn a_preset_has_the_columns_that_it_lists() {
    let desk = Desk::with(&[("a.txt", ARTICLE)]);
    let presets = rows(&desk.run("list presets --format csv").ok());
    let names: Vec<&str> = presets.iter().map(|row| row["preset"].as_str()).collect();
    assert_eq!(names, ["quanteda", "textstat", "korpus", "textdescriptives"]);
    for name in names {
        let listed = rows(&desk.run(&format!("list presets {name} --format csv")).ok());
        let found = desk.run(&format!("metrics a.txt --preset {name}")).ok();
        let listed: Vec<String> = listed.iter().map(|row| row["column"].clone()).collect();
        assert_eq!(columns(&found)[5..], listed, "{name}");
        assert!(
            desk.run(&format!("metrics a.txt --preset {name} --unit sentence")).ok().lines().count() == 4
        );
    }
}

#[test]
fn a_preset_is_the_packages_formula_and_takes_the_place_of_metrics() {
    let desk = Desk::with(&[("a.txt", "The cease-fire held. Nobody had expected it to hold for so long.")]);
    let quanteda = &rows(&desk.run("metrics a.txt --preset quanteda").ok())[0];
    assert_eq!(quanteda["n_words"], "13", "hyphens are split");
    assert_eq!(number(quanteda, "meanSentenceLength"), 6.5);
    // quanteda multiplies where the authors add.
    let ours = number(&rows(&desk.run("metrics a.txt").ok())[0], "gunning_fog_psk");
    assert!(number(quanteda, "FOG.PSK") < ours - 1.0, "{ours}");
    for other in ["--metrics lix", "--family style", "--intervals"] {
        let refused = desk.run(&format!("metrics a.txt --preset quanteda {other}")).refused(2);
        assert!(refused.contains("cannot be used with"), "{refused}");
    }
    let refused = desk.run("metrics a.txt --preset word").refused(2);
    let expected = "newsbeat: preset must be one of quanteda, textstat, korpus, textdescriptives, got word\n";
    assert_eq!(refused, expected);
}

#[test]
fn intervals_stand_behind_each_metric_and_come_from_the_seed() {
    let text = "Rain fell. Snow fell on the hills, and frost is forecast. The coast road was closed overnight. Why? \
                The match went on without the goalkeeper of the home team, who had lost his way. She won.";
    let desk = Desk::with(&[("a.txt", text)]);
    let line = "metrics a.txt -q --metrics words_per_sentence,lix --intervals";
    let found = desk.run(line).ok();
    let names = [
        "words_per_sentence",
        "words_per_sentence_low",
        "words_per_sentence_high",
        "lix",
        "lix_low",
        "lix_high",
    ];
    assert_eq!(columns(&found)[5..], names);
    let row = &rows(&found)[0];
    let [value, low, high] = [names[0], names[1], names[2]].map(|name| number(row, name));
    assert!(low < value && value < high, "{low} {value} {high}");
    assert_eq!(found, desk.run(&format!("{line} --seed 1")).ok());
    assert_ne!(found, desk.run(&format!("{line} --seed 2")).ok());
    let one_sentence = &rows(&desk.run(&format!("{line} --unit sentence")).ok())[0];
    assert_eq!((one_sentence["lix_low"].as_str(), one_sentence["lix_high"].as_str()), ("", ""));
}

#[test]
fn a_dictionary_gives_share_and_count_of_each_category() {
    let desk = Desk::with(&[("a.txt", ARTICLE), ("words.csv", WORDS)]);
    for line in ["metrics a.txt -q --metrics lix", "metrics a.txt --preset korpus"] {
        let found = desk.run(&format!("{line} --dictionary words.csv")).ok();
        let names = columns(&found);
        assert_eq!(names[names.len() - 4..], ["dict_farm", "n_dict_farm", "dict_sport", "n_dict_sport"]);
        let row = &rows(&found)[0];
        assert_eq!((row["n_dict_farm"].as_str(), row["n_dict_sport"].as_str()), ("2", "1"));
        assert_eq!(number(row, "dict_farm"), 3.0 / number(row, "n_words"));
    }
    desk.write("words.csv", "category,word\na,b\n");
    let refused = desk.run("metrics a.txt --dictionary words.csv").refused(2);
    assert_eq!(refused, "newsbeat: no column \"term\" in words.csv; its columns are: category, word\n");
}

#[test]
fn report_measures_what_is_asked_for_and_describes_every_column() {
    let desk = Desk::with(&[("a.txt", ARTICLE), ("words.csv", WORDS)]);
    desk.run("report a.txt -o out -q --model MODEL --metrics lix --intervals --dictionary words.csv").ok();
    let articles = desk.read("out/articles.csv");
    let expected = [
        "lix",
        "lix_low",
        "lix_high",
        "dict_farm",
        "n_dict_farm",
        "dict_sport",
        "n_dict_sport",
        "out_of_vocabulary_share",
    ];
    assert_eq!(columns(&articles)[11..19], expected);
    let unknown = number(&rows(&articles)[0], "out_of_vocabulary_share");
    assert!(0.0 < unknown && unknown < 1.0, "{unknown}");
    let dictionary = rows(&desk.read("out/data-dictionary.csv"));
    let described = |name: &str| {
        let row = dictionary.iter().find(|row| row["column"] == name).unwrap();
        (row["unit"].clone(), row["formula"].clone())
    };
    assert_eq!(described("lix_low").0, "points");
    assert_eq!(described("dict_farm").1, "sum of the weights of the terms of farm that occur / words");
}

#[test]
fn words_that_the_model_has_not_met_are_out_of_its_vocabulary() {
    let desk = Desk::with(&[("a.txt", "Harvest cattle.\n\nZzyzx qwertz.")]);
    desk.run("report a.txt -o out -q --model MODEL --metrics lix").ok();
    assert_eq!(number(&rows(&desk.read("out/articles.csv"))[0], "out_of_vocabulary_share"), 0.5);
}

#[test]
fn a_text_shorter_than_a_metric_supports_is_measured_with_a_warning() {
    let long = "The river rose again in the night. ".repeat(20);
    let desk = Desk::with(&[("a.txt", "Rain fell on the coast."), ("b.txt", &long)]);
    let warned = desk.run("metrics a.txt b.txt --metrics flesch_kincaid_grade");
    assert!(
        warned.stderr.starts_with("warning: 1 text shorter than a metric supports; "),
        "{}",
        warned.stderr
    );
    assert!(rows(&warned.stdout).iter().all(|row| !row["flesch_kincaid_grade"].is_empty()));
    for unwarned in [
        "a.txt --metrics flesch_kincaid_grade -q",
        "b.txt --metrics flesch_kincaid_grade",
        "a.txt --metrics n_characters",
    ] {
        assert_eq!(desk.run(&format!("metrics {unwarned}")).stderr, "", "{unwarned}");
    }
}
