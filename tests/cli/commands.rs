//! The main path of every command, and the columns of its tables.

use std::collections::BTreeMap;

use super::{ARTICLE, CORPUS, Desk, columns, many_rows, number, rows};

const TOPIC_COLUMNS: [&str; 4] = ["topic", "probability", "runner_up", "runner_up_probability"];
const P_COLUMNS: [&str; 3] = ["p_farming", "p_sport", "p_weather"];

#[test]
fn report_writes_articles_paragraphs_and_a_dictionary_of_every_column() {
    let desk = Desk::with(&[("in/a.txt", ARTICLE), ("in/sub/b.csv", "id,text\nx,Rain fell on the coast.\n")]);
    let ran = desk.run("report in -o out --model MODEL");
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert_eq!(ran.stderr, "out: 2 articles, 3 paragraphs, 52 words; 0 rejects\n");
    let tables = ["articles.csv", "data-dictionary.csv", "paragraphs.csv", "run.csv", "topics.csv"];
    assert_eq!(desk.list("out"), tables);

    let articles = desk.read("out/articles.csv");
    let names = columns(&articles);
    let origin = ["article_id", "file", "title", "outlet", "date", "byline", "url", "language"];
    assert_eq!(names[..8], origin);
    assert_eq!(names[8..11], ["n_paragraphs", "n_sentences", "n_words"]);
    let last = ["share_farming", "share_sport", "share_weather", "dominant_topic", "model_fingerprint"];
    assert_eq!(names[names.len() - 5..], last);
    let articles = rows(&articles);
    assert_eq!(articles[0]["article_id"], "a");
    assert_eq!(articles[0]["title"], "Late harvest on the coast");
    assert_eq!(articles[0]["dominant_topic"], "farming");
    assert_eq!((articles[1]["file"].as_str(), articles[1]["article_id"].as_str()), ("in/sub/b.csv", "x"));
    let shares: f64 = last[..3].iter().map(|column| number(&articles[0], column)).sum();
    assert!((shares - 1.0).abs() < 1e-12, "{shares}");

    let paragraphs = desk.read("out/paragraphs.csv");
    let expected = ["article_id", "paragraph", "section"].iter().chain(&TOPIC_COLUMNS).chain(&P_COLUMNS);
    let expected: Vec<&str> = expected.chain(&["n_words", "n_known_terms", "text"]).copied().collect();
    assert_eq!(columns(&paragraphs), expected);
    let paragraphs = rows(&paragraphs);
    let topics: Vec<_> = paragraphs.iter().map(|row| row["topic"].as_str()).collect();
    assert_eq!(topics, ["farming", "sport", "weather"]);
    assert!(ARTICLE.contains(&paragraphs[0]["text"]));

    let dictionary = desk.read("out/data-dictionary.csv");
    let expected = ["table", "column", "type", "unit", "meaning", "formula", "reference"];
    assert_eq!(columns(&dictionary), expected);
    let described: Vec<String> = rows(&dictionary).into_iter().map(|row| row["column"].clone()).collect();
    assert!(described.starts_with(&[names, columns(&desk.read("out/paragraphs.csv"))].concat()));
}

#[test]
fn report_writes_every_format_asked_for_once() {
    let desk = Desk::with(&[("a.txt", ARTICLE)]);
    let line = "report a.txt -o out -q --model MODEL --format csv --format jsonl --format tsv --format csv";
    desk.run(line).ok();
    assert_eq!(desk.list("out").len(), 15);
    let paragraphs = desk.read("out/paragraphs.jsonl");
    let first: serde_json::Value = serde_json::from_str(paragraphs.lines().next().unwrap()).unwrap();
    assert_eq!(first["topic"], "farming");
    assert_eq!(
        first["probability"].as_f64().unwrap(),
        number(&rows(&desk.read("out/paragraphs.csv"))[0], "probability")
    );
    assert!(desk.read("out/articles.tsv").starts_with("article_id\tfile\ttitle\t"));
}

#[test]
fn metrics_has_a_row_an_article_and_a_column_a_metric() {
    let desk = Desk::with(&[("a.txt", ARTICLE)]);
    let listed = rows(&desk.run("list metrics --format csv").ok());
    let all: Vec<String> = listed.iter().map(|row| row["metric"].clone()).collect();
    let found = desk.run("metrics a.txt").ok();
    let counts = ["article_id", "title", "n_paragraphs", "n_sentences", "n_words"].map(str::to_owned);
    assert_eq!(columns(&found), [&counts[..], &all].concat());
    let row = &rows(&found)[0];
    assert_eq!((row["article_id"].as_str(), row["title"].as_str()), ("a", "Late harvest on the coast"));
    assert_eq!([row["n_paragraphs"].as_str(), &row["n_sentences"], &row["n_words"]], ["2", "3", "47"]);

    let family = listed[0]["family"].clone();
    let of_family = listed.iter().filter(|row| row["family"] == family).count();
    assert_eq!(columns(&desk.run(&format!("metrics a.txt --family {family}")).ok()).len(), 5 + of_family);
    let picked = columns(&desk.run(&format!("metrics a.txt --metrics {},{}", all[3], all[1])).ok());
    assert_eq!(picked[5..], [all[3].clone(), all[1].clone()]);
}

#[test]
fn metrics_counts_by_article_paragraph_and_sentence() {
    let desk = Desk::with(&[("a.txt", ARTICLE)]);
    let words = |unit: &str| {
        let found = desk.run(&format!("metrics a.txt --unit {unit} --metrics n_characters")).ok();
        (
            columns(&found)[1].clone(),
            rows(&found).iter().map(|row| number(row, "n_words")).collect::<Vec<_>>(),
        )
    };
    assert_eq!(words("article"), ("title".to_owned(), vec![47.0]));
    assert_eq!(words("paragraph"), ("paragraph".to_owned(), vec![27.0, 20.0]));
    let (column, by_sentence) = words("sentence");
    assert_eq!((column.as_str(), by_sentence.len()), ("sentence", 3));
    assert_eq!(by_sentence.iter().sum::<f64>(), 47.0);
}

#[test]
fn classify_has_the_columns_of_its_contract() {
    let desk = Desk::with(&[("a.txt", ARTICLE)]);
    let expected = |before: &[&'static str], after: &[&'static str]| -> Vec<&str> {
        let middle: [&[&str]; 3] = [&TOPIC_COLUMNS, &["n_words", "n_known_terms"], &P_COLUMNS];
        [before, &middle.concat(), after].concat()
    };
    let found = desk.run("classify a.txt --model MODEL").ok();
    assert_eq!(columns(&found), expected(&["article_id", "paragraph"], &[]));
    let found = rows(&found);
    assert_eq!(found.len(), 2);
    for row in &found {
        let p: Vec<f64> = P_COLUMNS.iter().map(|column| number(row, column)).collect();
        assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{p:?}");
        assert_eq!(number(row, "probability"), p.iter().copied().fold(0.0, f64::max));
        assert_eq!(row[&format!("p_{}", row["runner_up"])], row["runner_up_probability"]);
    }
    let found = desk.run("classify a.txt --model MODEL --unit article --with-text").ok();
    assert_eq!(columns(&found), expected(&["article_id"], &["text"]));
    assert_eq!(rows(&found)[0]["n_words"], "47");
    let found = desk.run("classify a.txt --model MODEL --with-text").ok();
    assert_eq!(columns(&found), expected(&["article_id", "paragraph"], &["text"]));
    assert!(rows(&found).iter().all(|row| ARTICLE.contains(&row["text"])));
}

#[test]
fn columns_named_to_keep_come_last_in_every_table() {
    let csv = "id,text,desk,page\n1,Rain fell.,\"north, west\",7\n2,A late goal won it.,=1+1,\n";
    let desk = Desk::with(&[("news.csv", csv)]);
    let kept = |found: &str| -> Vec<[String; 2]> {
        let names = columns(found);
        assert_eq!(names[names.len() - 2..], ["page", "desk"], "in the order asked for");
        rows(found).iter().map(|row| [row["page"].clone(), row["desk"].clone()]).collect()
    };
    // A cell that a spreadsheet would take for a formula is guarded.
    let expected = [["7", "north, west"], ["", "'=1+1"]].map(|row| row.map(str::to_owned));
    assert_eq!(
        kept(&desk.run("classify news.csv --model MODEL --with-text --keep page,desk").ok()),
        expected
    );
    assert_eq!(kept(&desk.run("metrics news.csv --metrics n_characters --keep page,desk").ok()), expected);
    desk.run("report news.csv -q --model MODEL --keep page,desk -o out").ok();
    assert_eq!(kept(&desk.read("out/articles.csv")), expected);
}

#[test]
fn a_text_without_a_known_term_has_no_topic() {
    let desk = Desk::with(&[]);
    let found = desk.run_with("classify - --model MODEL --format jsonl", "Zzyzx qwrtp.").ok();
    insta::assert_snapshot!(found, @r#"{"article_id":"stdin","paragraph":1,"topic":null,"probability":null,"runner_up":null,"runner_up_probability":null,"n_words":2,"n_known_terms":0,"p_farming":null,"p_sport":null,"p_weather":null}"#);
}

#[test]
fn a_paragraph_alone_is_classified_as_among_thousands() {
    let desk = Desk::with(&[("many.csv", &many_rows(6000))]);
    let all = desk.run("classify many.csv --model MODEL").ok();
    assert_eq!(all.lines().count(), 6001);
    let many = desk.read("many.csv");
    for at in [1, 2, 3, 2999, 5999] {
        let text = many.lines().nth(at).unwrap();
        let alone =
            desk.run_with("classify - --input-format csv --model MODEL", format!("id,text\n{text}\n")).ok();
        assert_eq!(alone.lines().nth(1), all.lines().nth(at));
    }
}

#[test]
fn train_says_what_it_has_learned_from() {
    let desk = Desk::with(&[("corpus.csv", CORPUS)]);
    let ran = desk.run("train corpus.csv -o m.safetensors --ngrams 1-1 --stop-words none --stemmer none");
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    let summary = ran.stderr.lines().last().unwrap();
    assert!(summary.starts_with("m.safetensors: 9 documents, 3 labels, 64 terms"), "{summary}");
    desk.run("train corpus.csv -q -o quiet.safetensors").ok();
}

#[test]
fn train_reads_csv_tsv_and_json_lines_as_the_same_corpus() {
    let as_tsv = |row: &BTreeMap<String, String>| {
        format!("\"{}\"\t{}\n", row["text"].replace('"', "\"\""), row["label"])
    };
    let as_json = |row: &BTreeMap<String, String>| format!("{}\n", serde_json::json!(row));
    let tsv = format!("text\tlabel\n{}", rows(CORPUS).iter().map(as_tsv).collect::<Vec<_>>().concat());
    let jsonl = rows(CORPUS).iter().map(as_json).collect::<Vec<_>>().concat();
    let desk = Desk::with(&[("a.csv", CORPUS), ("b.tsv", &tsv), ("c.jsonl", &jsonl)]);
    for name in ["a.csv", "b.tsv", "c.jsonl"] {
        desk.run(&format!("train {name} -q -o {name}.model")).ok();
    }
    let read = |name: &str| std::fs::read(desk.path(name)).unwrap();
    assert_eq!(read("a.csv.model"), read("b.tsv.model"));
    assert_eq!(read("a.csv.model"), read("c.jsonl.model"));
    std::fs::write(desk.path("d.tsv.zst"), zstd::encode_all(tsv.as_bytes(), 0).unwrap()).unwrap();
    desk.run("train d.tsv.zst -q -o d.model").ok();
    assert_eq!(read("a.csv.model"), read("d.model"));
}

#[test]
fn train_calibrates_as_it_is_told() {
    let labels = ["farming", "sport", "weather"];
    let text: String = (0..300)
        .map(|i| format!("{},t{} w{} w{}\n", labels[i % 3], i % 4, i % 7, i % 11))
        .collect::<Vec<_>>()
        .concat();
    let desk = Desk::with(&[("corpus.csv", &format!("label,text\n{text}"))]);
    let settings = |name: &str| {
        desk.run(&format!("train corpus.csv -q -o {name} --calibration {name}")).ok();
        desk.run(&format!("inspect {name}")).ok()
    };
    assert!(settings("isotonic").contains("calibration.isotonic.weather.observed"));
    assert!(!settings("temperature").contains("isotonic"));
    let none = settings("none");
    assert!(
        none.lines().any(|line| line.starts_with("calibration.scale") && line.ends_with(" 1.0")),
        "{none}"
    );
    let ran = desk.run("train corpus.csv -o m --calibration platt");
    assert_eq!(ran.code, 2);
    let rule = "calibration must be temperature, isotonic or none, got platt";
    assert!(ran.stderr.contains(rule), "{}", ran.stderr);
}

#[test]
fn evaluate_gives_figures_of_labels_and_of_the_whole() {
    let desk = Desk::with(&[("corpus.csv", CORPUS)]);
    for line in ["evaluate corpus.csv --folds 3", "evaluate corpus.csv --model MODEL"] {
        assert!(desk.run(line).ok().contains("farming"), "{line}");
        let ran = desk.run(&format!("{line} -q -o figures.csv --force"));
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        let figures = desk.read("figures.csv");
        assert_eq!(columns(&figures)[..5], ["label", "precision", "recall", "f1", "support"]);
        let first = rows(&figures).iter().map(|row| row["label"].clone()).take(7).collect::<Vec<_>>();
        assert_eq!(first, ["farming", "sport", "weather", "accuracy", "macro_f1", "log_loss", "ece"]);
        let refused = desk.run(&format!("{line} -o figures.csv")).refused(2);
        assert_eq!(refused, "newsbeat: figures.csv: must not exist yet; --force replaces it\n");
    }
}

#[test]
fn explain_names_the_words_of_each_paragraph() {
    let desk = Desk::with(&[("a.txt", ARTICLE)]);
    let found = desk.run("explain a.txt --model MODEL --format csv --top 3").ok();
    assert_eq!(columns(&found)[..4], ["article_id", "paragraph", "topic", "runner_up"]);
    let found = rows(&found);
    let terms: Vec<_> = found.iter().filter(|row| !row["words"].starts_with('(')).collect();
    assert!(terms.iter().all(|row| row["words"].split(" | ").all(|words| ARTICLE.contains(words))));
    for paragraph in ["1", "2"] {
        let of = |flips: &str| {
            terms.iter().filter(|row| row["paragraph"] == paragraph && row["flips"] == flips).count()
        };
        assert!(of("0") <= 3 && of("1") > 0, "three terms, and all words that flip the topic");
        assert!(of("0") + of("1") >= 3);
    }
    for row in &found {
        assert_eq!(row["flips_to"].is_empty(), row["flips"] == "0", "{row:?}");
        assert!(row["flips_to"] != row["topic"]);
    }
    let for_people = desk.run("explain a.txt --model MODEL --top 3").ok();
    assert_eq!(for_people.lines().count(), found.len() + 1);
}

#[test]
fn what_explain_says_sums_to_the_difference_of_the_topics_however_much_is_shown() {
    let desk = Desk::with(&[("a.txt", ARTICLE)]);
    let classified = rows(&desk.run("classify a.txt --model MODEL --alone").ok());
    for top in [0, 1, 4] {
        let found = rows(&desk.run(&format!("explain a.txt --model MODEL --format csv --top {top}")).ok());
        for paragraph in &classified {
            let p = |which: &str| number(paragraph, which);
            let expected = (p("probability") / p("runner_up_probability")).ln();
            let of_paragraph = found.iter().filter(|row| row["paragraph"] == paragraph["paragraph"]);
            let sum: f64 = of_paragraph.map(|row| number(row, "contribution")).sum();
            assert!((sum - expected).abs() < 1e-9, "{top}: {sum} for {expected}");
        }
        let has_others = found.iter().any(|row| row["words"] == "(other terms)");
        assert_eq!(has_others, top != 0);
    }
}

#[test]
fn a_text_without_the_words_that_flip_it_has_the_topic_that_explain_names() {
    let desk = Desk::with(&[("a.txt", ARTICLE)]);
    let found = rows(&desk.run("explain a.txt --model MODEL --format csv --top 1").ok());
    for (paragraph, text) in [("1", ARTICLE.lines().nth(2).unwrap()), ("2", ARTICLE.lines().nth(4).unwrap())]
    {
        let flips: Vec<_> =
            found.iter().filter(|r| r["paragraph"] == paragraph && r["flips"] == "1").collect();
        let words: Vec<&str> = flips.iter().flat_map(|row| row["words"].split(" | ")).collect();
        let is_kept = |word: &&str| !words.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()));
        let left = text.split(' ').filter(is_kept).collect::<Vec<_>>().join(" ");
        // The topic may be too unsure to be given, its probability is there all the same.
        let classified = &rows(&desk.run_with("classify - --model MODEL", left.clone()).ok())[0];
        let best =
            P_COLUMNS.iter().copied().max_by(|a, b| number(classified, a).total_cmp(&number(classified, b)));
        assert_eq!(best.unwrap(), format!("p_{}", flips[0]["flips_to"]), "{words:?} out of {left}");
    }
}

#[test]
fn inspect_shows_a_model_and_writes_its_terms() {
    let desk = Desk::with(&[]);
    let shown = desk.run("inspect MODEL").ok();
    assert!(["farming", "sport", "weather"].iter().all(|label| shown.contains(label)), "{shown}");
    for setting in [
        "n_documents",
        "corpus_fingerprint",
        "classifier.alpha",
        "calibration.bias.sport",
        "decision.min_probability",
        "leave_one_out.accuracy",
    ] {
        assert!(shown.contains(&format!("\n{setting} ")), "{setting} in\n{shown}");
    }
    for heading in ["settings\n", "\n\nlabels\n", "\n\ntop terms of each label"] {
        assert!(shown.contains(heading), "{heading} in\n{shown}");
    }
    desk.run("inspect MODEL --terms -o terms.csv").ok();
    let terms = rows(&desk.read("terms.csv"));
    assert_eq!(desk.run("inspect MODEL --terms").ok(), desk.read("terms.csv"));
    assert!(terms.len() > 50 && terms.is_sorted_by(|a, b| a["term"] < b["term"]), "{}", terms.len());
    let refused = desk.run("inspect nope.safetensors").refused(2);
    assert_eq!(refused, "newsbeat: nope.safetensors: cannot read: No such file or directory (os error 2)\n");
}

#[test]
fn inspect_verifies_a_file_and_says_what_it_checked() {
    let desk = Desk::with(&[("corpus.csv", CORPUS)]);
    desk.run("train corpus.csv -q -o m").ok();
    for line in ["inspect m --verify", "inspect --verify"] {
        let said = desk.run(line).ok();
        for check in ["checksum", "labels", "documents", "terms", "weights", "calibration", "read again"] {
            assert!(said.contains(check), "{check} in\n{said}");
        }
    }
    let bytes = std::fs::read(desk.path("m")).unwrap();
    for at in [9, bytes.len() / 2, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        desk.write("changed", changed);
        let refused = desk.run("inspect changed --verify").refused(2);
        assert!(refused.starts_with("newsbeat: changed: "), "{refused}");
    }
    desk.run("inspect m --verify -o v.csv").ok();
    assert_eq!(columns(&desk.read("v.csv")), ["check", "found"]);
    assert!(desk.run("inspect m --verify --terms").refused(2).starts_with("error: "));
}

#[test]
fn list_shows_every_registry_for_people_and_for_programs() {
    let desk = Desk::with(&[]);
    for registry in ["metrics", "languages", "formats", "models"] {
        let for_people = desk.run(&format!("list {registry}")).ok();
        let for_programs = desk.run(&format!("list {registry} --format csv")).ok();
        assert_eq!(for_people.lines().count(), rows(&for_programs).len() + 1);
        desk.run(&format!("list {registry} -o {registry}.jsonl")).ok();
        assert_eq!(desk.read(&format!("{registry}.jsonl")).lines().count(), rows(&for_programs).len());
    }
    assert!(desk.run("list metrics n_characters").ok().contains("\nfamily "));
    let refused = desk.run("list metrics n_of_all_kinds").refused(2);
    assert_eq!(refused, "newsbeat: metric must be a name of `newsbeat list metrics`, got n_of_all_kinds\n");
}

#[test]
fn completions_and_manual_pages_are_made() {
    let desk = Desk::with(&[]);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(desk.run(&format!("completions {shell}")).ok().contains("classify"), "{shell}");
    }
    desk.run("man pages").ok();
    let pages = desk.list("pages");
    assert!(
        pages.contains(&"newsbeat.1".to_owned()) && pages.contains(&"newsbeat-report.1".to_owned()),
        "{pages:?}"
    );
    assert!(desk.read("pages/newsbeat-train.1").contains("label\\-column"));
    let refused = desk.run("man pages").refused(2);
    assert!(refused.ends_with("must not exist yet; --force replaces it\n"), "{refused}");
    desk.run("man pages --force").ok();
    assert_eq!(desk.list("pages"), pages);
}
