//! What fuzzing starts from: short texts of our own in each form. Written to `fuzz/seeds` by hand:
//! `cargo test --test integration seeds -- --ignored`.

use std::fs;
use std::path::Path;

use newsbeat::article::read::INPUT_FORMATS;
use newsbeat::classify::{AutoParams, LabelledText, TopicModelParams};
use newsbeat::text::{AnalyzerParams, LANGUAGES, NgramUnit};

use super::fuzz_laws::{LAWS, law, model_parts};

const TEXT: &str = "Duties Rise at Dawn\nThe Harbour Post\nMay 4, 2021 | By Jane Doe\n5 Min Read\n\n\
    RIGA, May 4 - Troops crossed the border on Monday; Mr. Lee of the U.S. said \u{201c}not yet\u{201d}.\n\n\
    The ports\n\nTariffs rose by 3.5% to $1.2bn, and Jae-myung's exporters didn't like it.\n\nRead more: ships";

const MARKDOWN: &str = "---\ntitle: Duties rise\ndate: 2021-05-04\nauthor: Jane Doe\n---\n# Duties\n\nTroops *crossed* the \
    [border](x) on Monday.\n\n## Ports\n\n- one\n- two\n\n> Tariffs rose.\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";

const HTML: &str = "<!doctype html><html lang=en><head><meta charset=\"utf-8\"><title>Duties rise - The Post</title>\
    <meta property=\"og:site_name\" content=\"The Post\"><meta property=\"article:published_time\" content=\"2021-05-04T10:00Z\">\
    <script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"author\":{\"name\":\"Jane Doe\"}}</script></head><body><nav><a href=/>Home</a></nav>\
    <article><h1>Duties rise</h1><p>Troops crossed the border on Monday, as ministers of more than forty countries met.</p>\
    <h2>Ports</h2><p>Tariffs rose by 3.5&#37; to $1.2bn, and the exporters didn&rsquo;t like it, they said on Tuesday.</p>\
    <ul><li>one<li>two</ul><figure><img src=a><figcaption>Photo: A/B</figcaption></figure></article><div class=share>Share</div></body></html>";

const CSV: &str = "id,title,outlet,date,text\na1,Duties rise,The Post,4 May 2021,\"Troops crossed the \"\"border\"\".\n\nTariffs rose.\"\n\
    a2,'=1+1,,,x\na3\n,,,,Rain; fog.\n";

const EXCEL: &str = "\u{feff}sep=;\r\nid;title;text\r\n007;'=1+1;\"Rain; fog.\nFrost.\"\r\n8;x\r\n;;;\r\n";

const NINJS: &str = "{\"uri\":\"urn:1\",\"headline\":\"Duties rise\",\"byline\":\"By Jane Doe\",\"language\":\"en\",\
    \"versioncreated\":\"2021-05-04T10:00:00Z\",\"body_xhtml\":\"<p>Tariffs rose.</p><h2>Ships</h2><p>They sail on.</p>\"}";

const JSON: &str = "[{\"id\":7,\"text\":\"Troops crossed.\"},{\"text\":[\"A b c.\",\"D \\u00e9 \\ud83d\\ude00.\"],\"title\":null},\
    {\"url\":\"x\",\"text\":true},[1e3,-0.5]]";

const RSS: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>The Post &amp; Co</title><language>en-GB</language><item><title>Duties &amp;amp; wool</title>\
    <link>https://post.example/1</link><guid>p-1</guid><dc:creator>Jane Doe</dc:creator><pubDate>Tue, 04 May 2021 10:00:00 GMT</pubDate>\
    <content:encoded><![CDATA[<p>Tariffs rose on Monday.</p><h2>Ships</h2>]]></content:encoded></item><item><description>It rained.</description></item></channel></rss>";

const ATOM: &str = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>The Post</title><entry><id>urn:1</id><title type=\"html\">Rain &amp;lt;b></title>\
    <author><name>Jane Doe</name></author><updated>2021-05-04T10:00:00Z</updated><link rel=\"alternate\" href=\"https://x.example/\"/>\
    <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>It rained.</p></div></content></entry></feed>";

const NEWSML: &str = "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet><newsItem guid=\"urn:2\" xml:lang=\"en\"><itemMeta><provider literal=\"Wire\"/>\
    <versionCreated>2021-05-04T10:00:00Z</versionCreated></itemMeta><contentMeta><headline>Duties rise</headline><by>By Jane Doe</by></contentMeta><contentSet>\
    <inlineXML contenttype=\"application/nitf+xml\"><nitf><body><body.content><p>Tariffs rose.</p></body.content></body></nitf></inlineXML></contentSet></newsItem></itemSet></newsMessage>";

const WARC: &str = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2021-05-06T10:00:00Z\r\n\
    Content-Type: application/http; msgtype=response\r\nContent-Length: 164\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
    <html><head><title>Duties</title></head><body><article><h1>Duties</h1><p>Tariffs rose.</p></article></body></html>\r\n\r\n\
    WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 21\r\n\r\nIt rained on Monday.\n\r\n\r\n";

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::write::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Windows-1252, as far as it is Latin-1.
fn latin(text: &str) -> Vec<u8> {
    text.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

/// Files by the name of their format.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let gzip = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    vec![
        ("text", TEXT.into()),
        ("text", TEXT.replace('\n', "\r\n").into_bytes()),
        ("text", utf_16(TEXT)),
        ("text", latin("Germ\u{e1}n Pi\u{f1}eros\n\nEscribi\u{f3} desde Caquet\u{e1}. Un d\u{ed}a.")),
        ("text", gzip(TEXT)),
        ("text", zstd::encode_all(TEXT.as_bytes(), 1).unwrap()),
        ("markdown", MARKDOWN.into()),
        ("html", HTML.into()),
        ("html", HTML.replace("utf-8", "windows-1252").into_bytes()),
        ("csv", CSV.into()),
        ("csv", EXCEL.into()),
        ("csv", utf_16(&format!("\u{feff}{}", CSV.replace(',', "\t")))),
        ("csv", latin("id;text\r\n1;Z\u{fc}rich baut.\r\n")),
        ("tsv", CSV.replace(',', "\t").into_bytes()),
        ("jsonl", format!("{}\n{NINJS}\n\n[1]\n{{\"x\n", "{\"id\":7,\"text\":\"One.\"}").into_bytes()),
        ("json", NINJS.into()),
        ("json", JSON.into()),
        ("xml", RSS.into()),
        ("xml", ATOM.into()),
        ("xml", NEWSML.into()),
        ("warc", WARC.into()),
        ("warc", gzip(WARC)),
        ("zip", zipped(&[("b/page.html", HTML), ("a.csv", CSV), ("c.txt", "It rained."), ("d.xml", ATOM)])),
    ]
}

fn format_number(name: &str) -> u8 {
    u8::try_from(INPUT_FORMATS.iter().position(|format| format.name == name).unwrap()).unwrap()
}

/// Small models of each kind of term.
fn models() -> Vec<Vec<u8>> {
    let row = |label, text| LabelledText { label, text, group: "" };
    let rows = [row("a", "troops troop tariff"), row("b", "tariffs quota"), row("b", "\u{e9} envoy quota")];
    let with = |analyzer: AnalyzerParams| TopicModelParams { analyzer, ..TopicModelParams::default() };
    let words = AnalyzerParams::default();
    let four = [rows[0], row("a", "troops quota"), rows[1], rows[2]];
    let refined = AutoParams { refine: Some(1.0), ..AutoParams::default() }.fit(&four).unwrap().model;
    let mut models = [
        words.clone(),
        AnalyzerParams { ngram_range: (1, 2), stemmer: None, ..words.clone() },
        AnalyzerParams { hash_bits: Some(8), ..words.clone() },
        AnalyzerParams { ngram_unit: NgramUnit::CharWb, ngram_range: (2, 3), stemmer: None, ..words },
    ]
    .map(|analyzer| with(analyzer).fit(&rows).unwrap().to_bytes().unwrap())
    .to_vec();
    models.push(refined.to_bytes().unwrap());
    models
}

const SENTENCES: [&str; 6] = [
    TEXT,
    "Mr. Lee left Seoul at 8 p.m. Monday. \u{201c}Not yet,\u{201d} he said. 1. The first item. 2. The second.",
    "Hall voted no. Sen. Pratt (D., Ga.) did not\u{2026} Why? \"No!\" he cried.\n\nIt is no. 5 of 9.",
    "Die Au\u{df}enminister trafen sich am 3. Mai in Genf, z. B. mit Dr. M\u{fc}ller.",
    "\u{627}\u{62c}\u{62a}\u{645}\u{639} \u{648}\u{632}\u{631}\u{627}\u{621}. \u{644}\u{645}\u{627}\u{630}\u{627}\u{61f} \u{6d4}",
    "na\u{ef}ve re\u{ad}write co\u{2011}op \u{1f469}\u{200d}\u{1f680} \u{928}\u{92e}\u{94d}\u{200d}\u{924}\u{947} \u{1f1ea}\u{1f1ec} \u{130}stanbul STRASSE \u{fb01}ne l'accord 10:30 O'Neill's",
];

/// Inputs of a target.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let behind = |head: &[u8], tail: &[u8]| [head, tail].concat();
    match target {
        "articles" => files().iter().map(|(name, file)| behind(&[format_number(name)], file)).collect(),
        "report" => {
            let of =
                |(i, (name, file)): (u8, &(&str, Vec<u8>))| behind(&[format_number(name), i, i % 5], file);
            (0..).zip(&files()).map(of).collect()
        }
        "terms" => (0..40)
            .chain(224..255)
            .map(|i| behind(&[i], SENTENCES[usize::from(i) % SENTENCES.len()].as_bytes()))
            .collect(),
        "sentences" => {
            let languages = 0..u8::try_from(LANGUAGES.len()).unwrap();
            languages.flat_map(|i| SENTENCES.map(|text| behind(&[i], text.as_bytes()))).collect()
        }
        "model" => {
            let how = |i: u8, bytes: &[u8]| behind(&[i], bytes);
            let models = models();
            models.iter().flat_map(|m| [how(0, m), how(1, m), how(2, &model_parts(m).unwrap())]).collect()
        }
        "table" => {
            let rows =
                ["name", "other", "=1+1", "12345678", "'+x\n\"y\",", "\t", "\u{e9};\r\n|", "", "'", "-0.5"];
            let cells = rows.map(|cell| cell.as_bytes().to_vec()).join(&0xff);
            [0, 1, 2, 130, 200, 255].map(|i| behind(&[i], &cells)).to_vec()
        }
        #[cfg(feature = "parquet")]
        "columnar" => columnar().iter().map(|(first, file)| behind(&[*first], file)).collect(),
        _ => Vec::new(),
    }
}

/// Tables of articles as Parquet and Arrow, by the number of their format.
#[cfg(feature = "parquet")]
fn columnar() -> Vec<(u8, Vec<u8>)> {
    use newsbeat::table::{Column, Dialect, Format, Table};

    let text = |name: &str, values: &[Option<&str>]| {
        Column::text(name, "", values.iter().map(|value| value.map(str::to_owned)).collect())
    };
    let few = Table::new("t", vec![text("text", &[Some("It rained."), None])]);
    let many = Table::new(
        "t",
        vec![
            text("id", &[Some("a1"), None, Some("a1")]),
            text("date", &[Some("2021-05-04"), Some("4 May 2021"), None]),
            text("text", &[Some(TEXT), Some("Tariffs rose."), Some("Fog.")]),
            Column::integer("n", "", "", vec![Some(7), None, Some(-1)]),
            Column::float("share", "", "", vec![Some(0.5), None, Some(1e300)]),
        ],
    );
    let written =
        |format: &str, table| Format::named(format).unwrap().render(table, &Dialect::default()).unwrap();
    [&few, &many]
        .into_iter()
        .flat_map(|table| [(0, written("parquet", table)), (1, written("arrows", table))])
        .collect()
}

#[test]
#[ignore = "writes files"]
fn seeds_are_written() {
    for (target, _) in LAWS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
        fs::create_dir_all(&folder).unwrap();
        for (i, seed) in seeds(target).iter().enumerate() {
            fs::write(folder.join(format!("{i:02}")), seed).unwrap();
        }
    }
}

#[test]
fn each_target_has_seeds_that_keep_its_laws() {
    for (target, _) in LAWS {
        let seeds = seeds(target);
        assert!(!seeds.is_empty(), "{target}");
        for seed in &seeds {
            law(target)(seed);
        }
    }
}
