//! Inputs that are empty, wrong, missing or strange.

use super::{ARTICLE, CORPUS, Desk, columns, model, rows};

#[test]
fn an_empty_file_is_an_article_without_words_and_without_numbers() {
    let desk = Desk::with(&[("empty.txt", "")]);
    let found =
        desk.run("metrics empty.txt --metrics n_characters,type_token_ratio,flesch_reading_ease").ok();
    insta::assert_snapshot!(found, @"
    article_id,title,n_paragraphs,n_sentences,n_words,n_characters,type_token_ratio,flesch_reading_ease
    empty,,0,0,0,0,,
    ");
    let found = desk.run("classify empty.txt --model MODEL").ok();
    assert_eq!((columns(&found).len(), rows(&found).len()), (11, 0), "a header and no paragraph");
    let ran = desk.run("report empty.txt -o out --model MODEL");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, "out: 1 article, 0 paragraphs, 0 words; 0 rejects\n"));
    let article = &rows(&desk.read("out/articles.csv"))[0];
    assert_eq!((article["share_sport"].as_str(), article["dominant_topic"].as_str()), ("", ""));
}

#[test]
fn a_file_of_one_word_is_measured_and_classified() {
    let desk = Desk::with(&[("one.txt", "Cattle")]);
    let found = rows(&desk.run("classify one.txt --model MODEL --unit paragraph").ok());
    assert_eq!(found.len(), 1);
    assert_eq!((found[0]["topic"].as_str(), found[0]["n_words"].as_str()), ("farming", "1"));
    assert_eq!(rows(&desk.run("metrics one.txt").ok())[0]["n_words"], "1");
    desk.run("report one.txt -q -o out --model MODEL").ok();
}

#[test]
fn a_folder_without_articles_is_refused_and_named() {
    let desk = Desk::with(&[("in/picture.jpg", "x"), ("in/README.md", "x"), ("in/.hidden.txt", "x")]);
    for line in ["metrics in", "classify in --model MODEL", "report in -o out --model MODEL"] {
        let refused = desk.run(line).refused(2);
        assert_eq!(refused, "newsbeat: in: must hold at least one article, found no file to read\n");
    }
    assert!(!desk.path("out").exists());
}

#[test]
fn a_column_that_is_not_there_is_named_with_those_that_are() {
    let desk = Desk::with(&[("news.csv", "id,headline,text\n1,Rain,It rained.\n"), ("good.txt", ARTICLE)]);
    for (option, line) in [
        ("--text-column body", "no column \"body\" in news.csv; its columns are: id, headline, text"),
        ("--id-column key", "no column \"key\" in news.csv; its columns are: id, headline, text"),
        ("--title-column t", "no column \"t\" in news.csv; its columns are: id, headline, text"),
        ("--keep desk", "no column \"desk\" in news.csv; its columns are: id, headline, text"),
    ] {
        let refused = desk.run(&format!("classify news.csv --model MODEL {option}")).refused(2);
        assert_eq!(
            refused,
            format!("rejected: {line}\nnewsbeat: inputs: must hold at least one article, got 1 reject\n")
        );
    }
    let ran = desk.run("classify news.csv good.txt --text-column body --model MODEL");
    assert_eq!((ran.code, rows(&ran.stdout).len()), (1, 2), "the other input is read");
    let refused = desk.run("train news.csv -o m").refused(2);
    assert_eq!(refused, "newsbeat: no column \"label\" in news.csv; its columns are: id, headline, text\n");
}

#[test]
fn binary_files_are_rejected_whatever_their_name() {
    let desk = Desk::with(&[("good.txt", ARTICLE)]);
    desk.write("program.txt", b"\x7fELF\x02\x01\x01\0\0\0\0");
    desk.write("zeros.csv", [0; 300]);
    desk.write("picture.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    desk.write("archive.jsonl", b"PK\x03\x04\x14\0\0\0");
    for name in ["program.txt", "zeros.csv", "picture.html", "archive.jsonl"] {
        let ran = desk.run(&format!("metrics good.txt {name}"));
        assert_eq!((ran.code, rows(&ran.stdout).len()), (1, 1), "{name}");
        let expected = format!("rejected: {name}: expected text, found ");
        assert!(ran.stderr.starts_with(&expected), "{name}: {}", ran.stderr);
    }
    assert_eq!(desk.run("metrics program.txt").code, 2, "nothing else was there");
}

#[test]
fn wrong_rows_are_named_by_line_and_the_others_are_read() {
    let csv = "id,text\n1,\"It rained.\n\"\n2\n3,A goal.\n4,too,many\n5,Wheat.\n";
    let desk =
        Desk::with(&[("news.csv", csv), ("corpus.csv", &format!("{CORPUS}10,sport\n11,,No label.\n"))]);
    let rejected = "rejected: news.csv:4: expected 2 fields, found 1\nrejected: news.csv:6: expected 2 fields, found 3\n";
    for line in ["classify news.csv --model MODEL", "metrics news.csv"] {
        let ran = desk.run(line);
        assert_eq!((ran.code, ran.stderr.as_str()), (1, rejected));
        let ids: Vec<String> = rows(&ran.stdout).iter().map(|row| row["article_id"].clone()).collect();
        assert_eq!(ids, ["1", "3", "5"]);
    }
    let ran = desk.run("report news.csv missing.txt -o out --model MODEL");
    let missing = "missing.txt: cannot read: No such file or directory (os error 2)";
    let summary = "out: 3 articles, 3 paragraphs, 5 words; 3 rejects";
    assert_eq!((ran.code, ran.stderr), (1, format!("{rejected}rejected: {missing}\n{summary}\n")));
    insta::assert_snapshot!(desk.read("out/rejects.csv"), @r#"
    place,reason
    news.csv:4,"expected 2 fields, found 1"
    news.csv:6,"expected 2 fields, found 3"
    missing.txt,cannot read: No such file or directory (os error 2)
    "#);
    let described = rows(&desk.read("out/data-dictionary.csv"));
    assert_eq!(described.iter().filter(|row| row["table"] == "rejects").count(), 2);

    let ran = desk.run("train corpus.csv -q -o m.safetensors");
    let rejected = "rejected: corpus.csv:11: expected 3 fields, found 2\nrejected: corpus.csv:12: label must not be empty\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (1, rejected));
    assert_eq!(std::fs::read(desk.path("m.safetensors")).unwrap(), std::fs::read(model()).unwrap());
}

#[test]
fn json_lines_and_arrays_name_the_line_of_what_is_no_article() {
    let jsonl =
        "{\"id\":\"a\",\"text\":\"It rained.\"}\n[]\n{\"id\":\"b\"\n\n{\"id\":\"c\",\"text\":\"A goal.\"}\n";
    let json = "[{\"id\":\"a\",\"text\":\"It rained.\"},\n7,\n{\"id\":\"c\",\"text\":\"A goal.\"}]";
    let desk = Desk::with(&[("n.jsonl", jsonl), ("n.json", json)]);
    for (name, lines) in [("n.jsonl", vec![2, 3]), ("n.json", vec![2])] {
        let ran = desk.run(&format!("metrics {name} --metrics n_characters"));
        assert_eq!((ran.code, rows(&ran.stdout).len()), (1, 2), "{name}");
        let named: Vec<&str> = ran.stderr.lines().collect();
        assert_eq!(named.len(), lines.len(), "{}", ran.stderr);
        for (message, line) in named.iter().zip(lines) {
            assert!(
                message.starts_with(&format!("rejected: {name}:{line}: expected a JSON object, found ")),
                "{message}"
            );
        }
    }
}

#[test]
fn a_missing_input_among_others_is_a_reject_and_alone_the_end() {
    let desk = Desk::with(&[("a.txt", ARTICLE)]);
    let reject = "rejected: nope.txt: cannot read: No such file or directory (os error 2)\n";
    let ran = desk.run("metrics nope.txt a.txt --metrics n_characters");
    assert_eq!((ran.code, ran.stderr.as_str(), rows(&ran.stdout).len()), (1, reject, 1));
    let refused = desk.run("metrics nope.txt").refused(2);
    assert_eq!(refused, format!("{reject}newsbeat: inputs: must hold at least one article, got 1 reject\n"));
    let refused = desk.run("metrics nope.txt -o out.csv").refused(2);
    assert!(refused.starts_with(reject));
    assert_eq!(desk.list("."), ["a.txt"], "a run that fails leaves nothing");
}

#[test]
fn a_missing_truncated_or_foreign_model_is_refused_with_its_name() {
    let desk = Desk::with(&[("a.txt", ARTICLE), ("text.safetensors", "not a model")]);
    let whole = std::fs::read(model()).unwrap();
    for (name, length) in [("none", 0), ("few", 7), ("half", whole.len() / 2), ("most", whole.len() - 1)] {
        desk.write(&format!("{name}.safetensors"), &whole[..length]);
    }
    for name in ["none", "few", "half", "most", "text"] {
        let refused = desk.run(&format!("classify a.txt --model {name}.safetensors")).refused(2);
        let expected =
            format!("newsbeat: {name}.safetensors: must be a model file written by newsbeat train: ");
        assert!(refused.starts_with(&expected), "{refused}");
    }
    let refused = desk.run("report a.txt -o out --model nope.safetensors").refused(2);
    assert_eq!(refused, "newsbeat: nope.safetensors: cannot read: No such file or directory (os error 2)\n");
    assert!(!desk.path("out").exists());
}

#[test]
fn standard_input_is_plain_text_unless_a_format_is_said() {
    let desk = Desk::with(&[("a.txt", ARTICLE)]);
    let found = rows(&desk.run_with("metrics - --metrics n_characters", ARTICLE).ok());
    assert_eq!((found[0]["article_id"].as_str(), found[0]["n_words"].as_str()), ("stdin", "47"));
    let found = desk
        .run_with("metrics a.txt - --input-format tsv --metrics n_characters", "id\ttext\nq\tIt rained.\n");
    assert_eq!(found.code, 1, "a.txt is no table: {}", found.stderr);
    assert_eq!(rows(&found.stdout)[0]["article_id"], "q");
}

#[test]
fn unknown_values_of_options_are_refused_before_anything_is_written() {
    let desk = Desk::with(&[("a.txt", ARTICLE), ("corpus.csv", CORPUS)]);
    for (line, message) in [
        ("classify a.txt --model nope --format xml", "format must be one of csv, tsv, jsonl"),
        ("metrics a.txt --metrics charm", "metric must be a name of `newsbeat list metrics`, got charm"),
        ("metrics a.txt --family charm", "family must be one of "),
        ("metrics a.txt --language xx", "language must be one of en, "),
        ("metrics a.txt --input-format pdf", "input-format must be one of text, "),
        ("report a.txt --format xml -o out", "format must be one of csv, tsv, jsonl"),
        ("train corpus.csv -o m --alpha much", "alpha must be auto or a number above 0, got much"),
        ("train corpus.csv -o m --alpha -1", "alpha must be finite and greater than 0, got -1"),
        ("train corpus.csv -o m --alpha 0", "alpha must be finite and greater than 0, got 0"),
        ("train corpus.csv -o m --alpha NaN", "alpha must be finite and greater than 0, got NaN"),
        ("train corpus.csv -o m --ngrams 2", "ngrams must be MIN-MAX, or auto, got 2"),
        ("train corpus.csv -o m --ngrams 3-1", "ngram"),
        ("train corpus.csv -o m --ngrams 0-9", "ngram"),
        ("train corpus.csv -o m --classifier forest", "classifier must be complement, multinomial, "),
        ("train corpus.csv -o m --weighting heavy", "weighting must be counts, "),
        (
            "train corpus.csv -o m --prior sport=1",
            "prior must name each of farming, sport, weather, got sport",
        ),
        ("train corpus.csv -o m --stemmer lawnmower", "stemmer must be "),
        ("train corpus.csv -o m --stop-words nope.txt", "stop-words must be none, a file or one of snowball"),
    ] {
        let refused = desk.run(&line.replace("--alpha ", "--alpha=")).refused(2);
        assert!(refused.starts_with(&format!("newsbeat: {message}")), "{line}: {refused}");
        assert_eq!(refused.lines().count(), 1, "{refused}");
    }
    for line in [
        "classify a.txt --unit word",
        "metrics a.txt -j many",
        "metrics",
        "report a.txt",
        "paint a.txt",
        "metrics a.txt --metrics n_characters --family counts",
        "list moods",
        "train corpus.csv -o m --min-df x",
    ] {
        let refused = desk.run(line).refused(2);
        assert!(refused.starts_with("error: ") && refused.contains("--help"), "{line}: {refused}");
    }
    assert_eq!(desk.list("."), ["a.txt", "corpus.csv"]);
}

#[test]
fn a_corpus_that_cannot_be_learned_from_is_refused() {
    let desk = Desk::with(&[
        ("empty.csv", ""),
        ("header.csv", "label,text\n"),
        ("one.csv", "label,text\na,x\na,y\n"),
    ]);
    for (name, message) in [
        ("empty.csv", "empty.csv: must have a header line, got an empty file"),
        ("header.csv", "a corpus must have at least two labels, got 0"),
        ("one.csv", "a corpus must have at least two labels, got 1: a"),
        ("nope.csv", "nope.csv: cannot open: No such file or directory (os error 2)"),
    ] {
        let refused = desk.run(&format!("train {name} -o m")).refused(2);
        assert!(refused.starts_with(&format!("newsbeat: {message}")), "{refused}");
        assert!(!desk.path("m").exists());
    }
}

#[test]
fn languages_are_detected_article_by_article_and_doubts_are_named() {
    let desk = Desk::with(&[
        ("news/a.txt", ARTICLE),
        (
            "news/b.txt",
            "Die Außenminister trafen sich am Montag in Genf, um über die Waffenruhe und den Austausch von Gefangenen zu \
             sprechen. Die Gespräche dauern nach Angaben der Regierung an.\n",
        ),
        ("news/c.txt", "2025: 3.5 %.\n"),
    ]);
    let ran = desk.run("metrics news --language auto --keep desk --metrics n_characters,flesch_reading_ease");
    assert_eq!(ran.code, 0);
    let found = rows(&ran.stdout);
    let languages: Vec<&str> = found.iter().map(|row| row["detected_language"].as_str()).collect();
    assert_eq!(languages, ["en", "de", "en"]);
    assert_ne!(found[0]["flesch_reading_ease"], "");
    assert_eq!(ran.stderr.matches("language must be sure").count(), 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("article c: language must be sure, got no letters; taken as English"));

    let german = desk.run("metrics news/b.txt --language de --metrics flesch_reading_ease -q").ok();
    let alone = rows(&german)[0]["flesch_reading_ease"].clone();
    assert_eq!(found[1]["flesch_reading_ease"], alone, "measured as German");
    let topics = desk.run("classify news/b.txt --language auto --model MODEL").ok();
    assert_eq!(rows(&topics)[0]["detected_language"], "de");
}

#[test]
fn address_author_and_declared_language_reach_the_table_of_articles_from_every_form() {
    let text = "The wheat harvest was late again this year.";
    let page = format!(
        "<html lang=\"en\"><head><title>Harvest</title><meta name=\"author\" content=\"Jane Doe\">\
         <link rel=\"canonical\" href=\"https://a.example/1\"></head><body><p>{text}</p></body></html>"
    );
    let object =
        r#""byline":"By Jane Doe","url":"https://a.example/1","language":"en","meta":{"section":"farms"}"#;
    let feed = format!(
        "<rss><channel><title>A</title><language>en</language><item><author>Jane Doe</author>\
         <link>https://a.example/1</link><description>{text}</description></item></channel></rss>"
    );
    let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nContent-Type: application/http\r\n\
         Content-Length: {}\r\n\r\n{response}\r\n\r\n",
        response.len()
    );
    let desk = Desk::with(&[
        ("in/1.csv", &format!("text,byline,url,language\n{text},By Jane Doe,https://a.example/1,en\n")),
        ("in/2.jsonl", &format!("{{\"text\":\"{text}\",{object}}}\n")),
        ("in/3.json", &format!("[{{\"text\":\"{text}\",{object}}}]")),
        ("in/4.html", &page),
        ("in/5.xml", &feed),
        ("in/6.warc", &warc),
    ]);
    desk.run("report in -q -o out --model MODEL").ok();
    let articles = rows(&desk.read("out/articles.csv"));
    assert_eq!(articles.len(), 6);
    for row in articles {
        let found = ["byline", "url", "language"].map(|column| row[column].as_str());
        assert_eq!(found, ["Jane Doe", "https://a.example/1", "en"], "{}", row["file"]);
    }
    let kept = desk.run("classify in/2.jsonl in/3.json --keep meta.section --model MODEL").ok();
    assert!(rows(&kept).iter().all(|row| row["meta.section"] == "farms"));
}

#[test]
fn classify_and_report_read_the_headline_unless_paragraphs_are_judged_alone() {
    let (_, body) = ARTICLE.split_once("\n\n").unwrap();
    let headed = format!("The league lost its goal\n\n{body}");
    let desk = Desk::with(&[("a.txt", ARTICLE), ("b.txt", &headed)]);
    let probabilities =
        |table: &str| -> Vec<String> { rows(table).iter().map(|row| row["probability"].clone()).collect() };
    let of = |options: &str| probabilities(&desk.run(&format!("classify {options} --model MODEL")).ok());
    assert_ne!(of("a.txt"), of("b.txt"));
    assert_eq!(of("a.txt --alone"), of("b.txt --alone"));
    desk.run("report b.txt -q -o out --model MODEL").ok();
    assert_eq!(probabilities(&desk.read("out/paragraphs.csv")), of("b.txt"));
}
