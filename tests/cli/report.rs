//! The tables of `report`, in every format.

use std::collections::{BTreeMap, BTreeSet};

use calamine::{Data, Reader as _, Xlsx, open_workbook};

use super::{ARTICLE, Desk, columns, number, rows};

/// Two articles and a row that is none.
const ARTICLES: &str = "id,title,text,date,outlet\n\
    007,=1+1,Rain and fog closed the coast road. Frost is forecast for the hills.,2026-11-25,The Post\n\
    8,Late harvest,The wheat harvest was late and the barley lay flat.,,The Post\n\
    9\n";

fn report(options: &str) -> Desk {
    let desk = Desk::with(&[("a.csv", ARTICLES), ("b.txt", ARTICLE)]);
    let ran = desk.run(&format!("report a.csv b.txt -q -o out --model MODEL {options}"));
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
    desk
}

#[test]
fn the_run_says_what_it_was_made_with() {
    let desk = report("--keep outlet");
    let run = &rows(&desk.read("out/run.csv"))[0];
    let expected = [
        ("version", env!("CARGO_PKG_VERSION")),
        ("model", "cli.safetensors"),
        (
            "options",
            "language=en text-column=text id-column=id title-column=title keep=outlet format=csv locale=en",
        ),
        ("n_inputs", "2"),
        ("n_articles", "3"),
        ("n_rejects", "1"),
        ("stamp", ""),
    ];
    for (column, value) in expected {
        assert_eq!(run[column], value, "{column}");
    }
    assert_eq!(run["model_fingerprint"], rows(&desk.read("out/articles.csv"))[0]["model_fingerprint"]);
    let stamp = &rows(&report("--stamp").read("out/run.csv"))[0]["stamp"];
    assert!(stamp.starts_with("20") && stamp.ends_with('Z') && stamp.len() == 20, "{stamp}");
}

#[test]
fn the_topics_add_up_to_the_run() {
    let desk = report("");
    let (topics, run) = (rows(&desk.read("out/topics.csv")), rows(&desk.read("out/run.csv")));
    assert_eq!(
        topics.iter().map(|t| t["topic"].as_str()).collect::<Vec<_>>(),
        ["farming", "sport", "weather", ""]
    );
    for column in ["n_articles", "n_paragraphs", "n_words"] {
        let sum: f64 = topics.iter().map(|topic| number(topic, column)).sum();
        assert_eq!(sum, number(&run[0], column), "{column}");
    }
    let shares: f64 = topics.iter().map(|topic| number(topic, "share")).sum();
    assert!((shares - 1.0).abs() < 1e-12);
    let paragraphs = rows(&desk.read("out/paragraphs.csv"));
    let of_farming: Vec<f64> =
        paragraphs.iter().filter(|p| p["topic"] == "farming").map(|p| number(p, "probability")).collect();
    let mean = of_farming.iter().sum::<f64>() / of_farming.len() as f64;
    assert!((number(&topics[0], "mean_probability") - mean).abs() < 1e-12);
}

#[test]
fn the_dictionary_has_every_column_of_every_table() {
    let desk = report("");
    let dictionary = rows(&desk.read("out/data-dictionary.csv"));
    let described: BTreeSet<(String, String)> =
        dictionary.iter().map(|row| (row["table"].clone(), row["column"].clone())).collect();
    let mut expected = BTreeSet::new();
    for table in ["articles", "paragraphs", "topics", "run", "rejects"] {
        let names = columns(&desk.read(&format!("out/{table}.csv")));
        expected.extend(names.into_iter().map(|name| (table.to_owned(), name)));
    }
    assert_eq!(described, expected);
    let by_column: BTreeMap<&str, _> = dictionary.iter().map(|row| (row["column"].as_str(), row)).collect();
    let lix = by_column["lix"];
    assert_eq!((lix["type"].as_str(), lix["unit"].as_str()), ("float", "points"));
    assert!(lix["formula"].starts_with("words / sentences") && lix["reference"].contains("Läsbarhet"));
    assert_eq!(by_column["p_sport"]["formula"], "P(sport | text)");
    assert!(dictionary.iter().all(|row| !row["meaning"].is_empty() && !row["type"].is_empty()));
}

#[test]
fn a_workbook_has_the_tables_with_the_values_of_the_csv_files() {
    let desk = report("--format csv --format xlsx");
    let mut book: Xlsx<_> = open_workbook(desk.path("out/report.xlsx")).unwrap();
    let sheets = ["articles", "paragraphs", "rejects", "topics", "run", "data-dictionary", "chart"];
    let found: BTreeSet<String> = book.sheet_names().into_iter().collect();
    assert_eq!(found, sheets.map(str::to_owned).into());
    for sheet in &sheets[..6] {
        let csv = desk.read(&format!("out/{sheet}.csv"));
        let range = book.worksheet_range(sheet).unwrap();
        let names = columns(&csv);
        assert_eq!(range.height(), rows(&csv).len() + 1, "{sheet}");
        for (r, row) in (1..).zip(rows(&csv)) {
            for (c, name) in (0..).zip(&names) {
                let value = range.get_value((r, c)).unwrap_or(&Data::Empty);
                let same = match value {
                    Data::Empty => row[name].is_empty(),
                    Data::Float(x) => row[name].parse() == Ok(*x),
                    Data::DateTime(_) => row[name] == "2026-11-25",
                    value => *value == *row[name].strip_prefix('\'').unwrap_or(&row[name]),
                };
                assert!(same, "{sheet}, {name}, row {r}: {value:?} is not {:?}", row[name]);
            }
        }
    }
    let ids = book.worksheet_range("articles").unwrap();
    assert_eq!(ids.get_value((1, 0)), Some(&Data::String("007".into())));
}

#[test]
fn a_text_cut_for_a_workbook_is_said() {
    let desk = Desk::with(&[("a.csv", &format!("id,text\n1,{}\n", "rain ".repeat(8000)))]);
    let ran = desk.run("classify a.csv --model MODEL --with-text -o out.xlsx");
    let said = "out.xlsx: 1 text cut to what a cell holds, 32767 characters; csv and jsonl hold all\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (0, said));
    let mut book: Xlsx<_> = open_workbook(desk.path("out.xlsx")).unwrap();
    assert_eq!(book.worksheet_range("topics").unwrap().height(), 2);
}

/// A CSV file of one article.
fn one_article(title: &str, text: &str, outlet: &str) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["id", "title", "text", "outlet"]).unwrap();
    writer.write_record([title, title, text, outlet]).unwrap();
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn a_page_is_one_file_that_asks_no_network_and_runs_no_foreign_script() {
    let desk = report("--format html");
    assert_eq!(desk.list("out"), ["report.html"]);
    let page = desk.read("out/report.html");
    assert!(
        page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">"),
        "{}",
        &page[..99]
    );
    assert!(page.contains("content=\"default-src 'none'; style-src 'sha256-"));
    for outside in ["http:", "https:", " src=", "url(", "@import", "innerHTML", "eval("] {
        let data = page.split("<script type=\"application/json\"").collect::<Vec<_>>();
        let markup = [data[0], data[data.len() - 1].split_once("</script>").unwrap().1].concat();
        assert!(!markup.contains(outside), "{outside}");
    }
}

#[test]
fn a_malicious_article_stays_text_in_a_page() {
    let hostile = [
        "<script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "\" onload=\"alert(1)",
        "'><svg/onload=alert(1)>",
        "<!-- <script>",
        "=cmd|' /C calc'!A0",
        "\u{202e}cod.exe",
        "a\u{1b}[31m\u{7}b",
    ];
    for text in hostile {
        let article = one_article(text, &format!("Rain fell on the coast, {text} and fog."), text);
        let desk = Desk::with(&[("a.csv", &article)]);
        desk.run("report a.csv -q -o out --model MODEL --format html").ok();
        let page = dom_query::Document::from(desk.read("out/report.html"));
        let n = |selector: &str| page.select(selector).length();
        assert_eq!((n("script"), n("script[type='application/json']")), (3, 2), "{text}");
        assert_eq!(n("[onload], [onerror], img, iframe, link"), 0, "{text}");
        assert_eq!(&*page.select("#articles tbody a").text(), text);
        let data: serde_json::Value = serde_json::from_str(&page.select("#a0").text()).unwrap();
        assert_eq!(data["title"], text);
        let pieces = data["paragraphs"][0]["pieces"].as_array().unwrap();
        let shown: String = pieces.iter().filter_map(|piece| piece.as_str()).collect();
        assert!(shown.starts_with("Rain fell on the coast, ") && shown.ends_with(" and fog."), "{shown}");
    }
}

#[test]
fn a_line_of_ten_megabytes_is_measured_whole_and_shown_in_part() {
    let text = "Rain and fog closed the coast road. ".repeat(290_000);
    let desk = Desk::with(&[("a.csv", &one_article("long", &text, "The Post"))]);
    let refused = desk.run("report a.csv -q -o out --model MODEL").refused(2);
    assert!(refused.contains("a.csv, article long: expected at most 4194304 bytes"), "{refused}");
    let ran = desk.run(
        "report a.csv -q -o out --model MODEL --format csv --format xlsx --format html --max-article-bytes 16M",
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(rows(&desk.read("out/paragraphs.csv"))[0]["text"], text.trim());
    let page = desk.read("out/report.html");
    assert!(page.len() < 500_000, "{} bytes", page.len());
    assert!(page.contains(&format!("\"n_cut\":{}", text.trim().len() - 20_000)));
}

#[test]
fn only_a_report_is_a_page() {
    let desk = Desk::with(&[("a.txt", ARTICLE)]);
    for line in ["metrics a.txt --format html", "classify a.txt -o out.html --model MODEL"] {
        let refused = desk.run(line).refused(2);
        assert!(refused.contains("only report makes pages"), "{refused}");
    }
}

/// `n` words of a story, other words for another seed.
fn story(seed: usize, n: usize) -> Vec<String> {
    (0..n).map(|i| format!("w{}", (i * (seed + 7) * 31 + seed * 1009) % 4999)).collect()
}

/// Stories of five paragraphs of thirty words, of which some are copies: rows of JSON Lines.
fn wire() -> String {
    let paragraphs =
        |seed| story(seed, 150).chunks(30).map(|words| words.join(" ") + ".").collect::<Vec<_>>();
    let (flood, vote) = (paragraphs(1), paragraphs(2));
    let mut edited = flood.clone();
    edited[3] = story(3, 30).join(" ");
    // Of the same event: a quotation of thirty words in both.
    let mut other_writer = paragraphs(4);
    other_writer[2].clone_from(&flood[2]);
    let rows = [
        ("flood", "River floods the town", &flood),
        ("vote", "Council votes", &vote),
        ("other", "Town under water", &other_writer),
        ("exact", "River floods the town", &flood),
        ("edited", "Update: the river and the town", &edited),
        ("late", "How the council voted", &vote),
        ("empty", "No prose", &Vec::new()),
    ];
    let line = |(id, title, text): (&str, &str, &Vec<String>)| {
        serde_json::json!({ "id": id, "title": title, "text": text.join("\n\n") }).to_string() + "\n"
    };
    rows.map(line).concat()
}

#[test]
fn copies_name_the_first_article_that_they_are_like() {
    let desk = Desk::with(&[("a.jsonl", &wire())]);
    let line = "report a.jsonl -q -o out --force --model MODEL --dedup --format csv --format jsonl --format xlsx --format html";
    desk.run(line);
    let read =
        || ["articles.csv", "articles.jsonl", "report.html"].map(|name| desk.read(&format!("out/{name}")));
    let [csv, jsonl, page] = read();
    let found: BTreeMap<String, String> =
        rows(&csv).iter().map(|row| (row["article_id"].clone(), row["duplicate_of"].clone())).collect();
    let expected = [
        ("flood", ""),
        ("vote", ""),
        ("other", ""),
        ("exact", "flood"),
        ("edited", "flood"),
        ("late", "vote"),
    ];
    for (id, original) in expected {
        assert_eq!(found[id], original, "{id}");
    }
    assert!(found.get("empty").is_none_or(String::is_empty));
    for line in jsonl.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let original = found[row["article_id"].as_str().unwrap()].as_str();
        assert_eq!(row["duplicate_of"].as_str().unwrap_or_default(), original);
    }
    let mut book: Xlsx<_> = open_workbook(desk.path("out/report.xlsx")).unwrap();
    let sheet = book.worksheet_range("articles").unwrap();
    let at = columns(&csv).iter().position(|name| name == "duplicate_of").unwrap();
    let cells: Vec<String> = sheet.rows().skip(1).map(|row| row[at].to_string()).collect();
    assert_eq!(cells, rows(&csv).iter().map(|row| row["duplicate_of"].clone()).collect::<Vec<_>>());
    let page = dom_query::Document::from(page);
    let said: Vec<String> =
        page.select("#articles small").iter().map(|copy| copy.text().to_string()).collect();
    assert_eq!(said, ["copy of flood", "copy of flood", "copy of vote"]);
    let dictionary = rows(&desk.read("out/data-dictionary.csv"));
    assert!(dictionary.iter().any(|row| row["column"] == "duplicate_of" && row["formula"].contains("0.5")));
    assert!(rows(&desk.read("out/run.csv"))[0]["options"].ends_with(" dedup"));
    let before = read();
    for threads in ["-j 1", "-j 7"] {
        desk.run(&format!("{line} {threads}"));
        assert!(read() == before, "{threads} changes the copies");
    }
}

#[test]
fn the_first_in_the_order_of_the_input_is_the_original_and_without_the_option_there_is_no_column() {
    let reversed: Vec<String> = wire().lines().rev().map(str::to_owned).collect();
    let desk = Desk::with(&[("a.jsonl", &reversed.join("\n"))]);
    desk.run("report a.jsonl -q -o out --model MODEL --dedup");
    let articles = rows(&desk.read("out/articles.csv"));
    let copies: Vec<(&str, &str)> = articles
        .iter()
        .map(|row| (row["article_id"].as_str(), row["duplicate_of"].as_str()))
        .filter(|(_, original)| !original.is_empty())
        .collect();
    assert_eq!(copies, [("exact", "edited"), ("vote", "late"), ("flood", "edited")]);
    desk.run("report a.jsonl -q -o plain --model MODEL");
    assert!(!columns(&desk.read("plain/articles.csv")).contains(&"duplicate_of".to_owned()));
}
