//! What terms are made of: characters, buckets, another language.

use super::{ARTICLE, CORPUS, Desk, rows};

const FIXED: &str = "--classifier complement --alpha 0.1 --weighting counts";

fn topics(desk: &Desk, model: &str) -> Vec<String> {
    let found = desk.run(&format!("classify a.txt --model {model}")).ok();
    rows(&found).iter().map(|row| row["topic"].clone()).collect()
}

#[test]
fn a_hashed_model_works_wherever_a_model_does_and_says_what_it_cannot_tell() {
    let desk = Desk::with(&[("corpus.csv", CORPUS), ("a.txt", ARTICLE)]);
    for (name, options) in
        [("plain", ""), ("hashed", "--hash-features 14"), ("again", "--hash-features 14 -j 1")]
    {
        desk.run(&format!("train corpus.csv -q -o {name} --ngrams 1-2 {FIXED} {options}")).ok();
    }
    assert_eq!(std::fs::read(desk.path("hashed")).unwrap(), std::fs::read(desk.path("again")).unwrap());
    assert_eq!(topics(&desk, "hashed"), topics(&desk, "plain"));
    assert!(desk.run("evaluate corpus.csv --model hashed").ok().contains("farming"));

    let explained = desk.run("explain a.txt --model hashed --format csv");
    assert!(explained.stderr.starts_with("terms are hashed: "), "{}", explained.stderr);
    // Rows without a term are sums of others and the calibration.
    for row in rows(&explained.stdout).iter().filter(|row| !row["term"].is_empty()) {
        assert!(row["term"].starts_with('#'), "{}", row["term"]);
        assert!(row["words"].split(" | ").all(|words| ARTICLE.contains(words)), "{}", row["words"]);
    }
    assert!(desk.run("inspect hashed").ok().contains("hashed: a term is a bucket"));
    assert!(!desk.run("inspect plain").ok().contains("hashed"));
    desk.run("train corpus.csv -o m --hash-features 4").refused(2);
}

#[test]
fn a_model_of_characters_has_no_stemmer_and_knows_parts_of_words() {
    let desk = Desk::with(&[("corpus.csv", CORPUS), ("a.txt", "Goalkeeping won matches.\n")]);
    desk.run(&format!("train corpus.csv -q -o chars --analyzer char_wb {FIXED}")).ok();
    assert_eq!(topics(&desk, "chars"), ["sport"]);
    let settings = desk.run("inspect chars").ok();
    assert!(settings.contains("char_wb") && settings.contains("[3,5]"), "{settings}");
    let refused = desk.run("train corpus.csv -o m --analyzer char_wb --stemmer english").refused(2);
    assert_eq!(refused, "newsbeat: stemmer must be none where n-grams are of characters, got english\n");
}

#[test]
fn the_language_of_a_corpus_decides_stemmer_and_case() {
    let corpus = "label,text\na,IŞIK IŞIK ışıkta\nb,İNSAN insan\n";
    let desk = Desk::with(&[("corpus.csv", corpus)]);
    desk.run(&format!("train corpus.csv -q -o turkish --language tr --ngrams 1-1 {FIXED}")).ok();
    desk.run("inspect turkish --terms -o terms.csv").ok();
    let terms: Vec<String> = rows(&desk.read("terms.csv")).iter().map(|row| row["term"].clone()).collect();
    assert_eq!(terms.len(), 2, "{terms:?}");
    assert_eq!(terms[1], "ışık");
}

#[test]
fn limits_of_document_frequency_are_counts_or_shares() {
    let desk = Desk::with(&[("corpus.csv", CORPUS)]);
    let n_terms = |options: &str| {
        desk.run(&format!("train corpus.csv -q -o m --force --ngrams 1-1 {FIXED} {options}")).ok();
        desk.run("inspect m --terms -o terms.csv --force").ok();
        rows(&desk.read("terms.csv")).len()
    };
    let all = n_terms("");
    assert_eq!(n_terms("--min-df 0.1 --max-df 9"), all, "a tenth of nine documents is less than one");
    assert_eq!(n_terms("--min-df 0.2"), n_terms("--min-df 2"));
    assert_eq!(n_terms("--max-df 0.2") + n_terms("--min-df 2"), all);
    let refused = desk.run("train corpus.csv -o n --max-df many").refused(2);
    assert!(refused.contains("must be a number of documents, or a share as in 0.5"), "{refused}");
}

#[test]
fn a_refined_model_classifies_explains_and_is_judged_like_any_other() {
    let desk = Desk::with(&[("corpus.csv", CORPUS), ("a.txt", ARTICLE)]);
    for (name, options) in [("plain", ""), ("refined", "--refine 2"), ("again", "--refine 2 -j 1")] {
        desk.run(&format!("train corpus.csv -q -o {name} --ngrams 1-1 {FIXED} {options}")).ok();
    }
    assert_eq!(std::fs::read(desk.path("refined")).unwrap(), std::fs::read(desk.path("again")).unwrap());
    assert_ne!(std::fs::read(desk.path("refined")).unwrap(), std::fs::read(desk.path("plain")).unwrap());
    assert_eq!(topics(&desk, "refined"), topics(&desk, "plain"));
    let settings = desk.run("inspect refined").ok();
    assert!(settings.contains("refinement.strength"), "{settings}");
    assert!(!desk.run("inspect plain").ok().contains("refinement.strength"));
    desk.run("inspect refined --verify").ok();
    desk.run("explain a.txt --model refined").ok();
    desk.run(&format!("evaluate corpus.csv --folds 2 --ngrams 1-1 {FIXED} --refine 2")).ok();
    let changed = desk.run("train --add corpus.csv --model refined -o m");
    assert!(
        changed
            .stderr
            .ends_with("added; refinement, calibration and leave-one-out figures stay those of training\n")
    );
    assert_eq!(changed.code, 0);
    let refused = desk.run("train --merge refined refined -o m --force").refused(2);
    assert!(refused.contains("got one that is refined"), "{refused}");
}

#[test]
fn a_strength_out_of_range_is_refused_before_anything_is_read() {
    let desk = Desk::with(&[]);
    let refused = desk.run("train missing.csv -o m --refine 0").refused(2);
    assert_eq!(refused, "newsbeat: refine must be a number above 0, at most 1000, got 0\n");
}
