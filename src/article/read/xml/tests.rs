use super::super::{Limits, ReadOptions, Source, read_from};
use crate::article::Article;

fn read_with(text: impl Into<Vec<u8>>, options: &ReadOptions) -> Vec<Result<Article, String>> {
    let reader = std::io::Cursor::new(text.into());
    read_from(reader, &Source::named("news.xml", options), options)
        .map(|a| a.map_err(|e| e.to_string()))
        .collect()
}

fn read(text: impl Into<Vec<u8>>) -> Vec<Result<Article, String>> {
    read_with(text, &ReadOptions::default())
}

fn blocks(article: &Article) -> Vec<(&'static str, &str)> {
    article.paragraphs.iter().map(|p| (p.kind.name(), p.text.as_str())).collect()
}

fn body(article: &Article) -> Vec<&str> {
    article.body().map(|p| p.text.as_str()).collect()
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The Daily Post &amp; Gazette</title><link>https://post.example/</link>
<atom:link href="https://post.example/feed" rel="self"/><language>en-GB</language>
<image><title>Not the outlet</title></image>
<item>
  <title>Steel &amp;amp; wool: duty doubles</title><link>https://post.example/steel</link>
  <guid isPermaLink="false">post-17</guid><dc:creator>Jane Doe</dc:creator><dc:creator>Max Mann</dc:creator>
  <pubDate>Tue, 04 May 2021 10:00:00 GMT</pubDate><category>trade</category><category>steel</category>
  <media:title>A picture</media:title><description>Short.</description>
  <content:encoded><![CDATA[<p>Ministers raised the duty on Monday, and mills said that prices would follow.</p>
<h2>Ships wait</h2><figure><figcaption>Ships at anchor.</figcaption></figure>
<p>They sail on AT&amp;T&#8217;s time, said a captain, and not before the summer ends.</p>]]></content:encoded>
</item>
<item><title>Rain</title><author>jane@post.example (Jane Doe)</author><guid>https://post.example/rain</guid>
  <source url="https://wire.example/">The Wire</source>
  <description>It rained &amp;amp; hailed on Sunday.

It snowed on Monday, the office said.</description></item>
</channel></rss>"#;

#[test]
fn items_of_rss_are_articles() {
    let options = ReadOptions { keep: vec!["category".into()], ..ReadOptions::default() };
    let articles = read_with(RSS, &options);
    let first = articles[0].as_ref().unwrap();
    assert_eq!(first.id, "post-17");
    assert_eq!(first.title.as_deref(), Some("Steel & wool: duty doubles"));
    assert_eq!(first.outlet.as_deref(), Some("The Daily Post & Gazette"));
    assert_eq!(first.byline.as_deref(), Some("Jane Doe, Max Mann"));
    assert_eq!(first.date.as_deref(), Some("2021-05-04"));
    assert_eq!(first.url.as_deref(), Some("https://post.example/steel"));
    assert_eq!(first.language.as_deref(), Some("en-GB"));
    assert_eq!(first.kept, [("category".to_owned(), "trade, steel".to_owned())]);
    assert_eq!(
        blocks(first)[4..],
        [
            ("paragraph", "Ministers raised the duty on Monday, and mills said that prices would follow."),
            ("heading", "Ships wait"),
            ("caption", "Ships at anchor."),
            ("paragraph", "They sail on AT&T’s time, said a captain, and not before the summer ends."),
        ]
    );
    assert_eq!(first.body().nth(1).unwrap().section.as_deref(), Some("Ships wait"));
    let second = articles[1].as_ref().unwrap();
    assert_eq!(second.byline.as_deref(), Some("Jane Doe"));
    assert_eq!(second.outlet.as_deref(), Some("The Wire"));
    assert_eq!(second.url.as_deref(), Some("https://post.example/rain"));
    assert_eq!(body(second), ["It rained & hailed on Sunday.", "It snowed on Monday, the office said."]);
    assert_eq!(articles.len(), 2);
}

#[test]
fn entries_of_atom_are_articles_whatever_their_prefix() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title type="text">Isthmus Week</title>
<author><name>The Editors</name></author><id>urn:feed</id>
<entry><title type="html">Low &lt;b&gt;water&lt;/b&gt;</title><id>urn:1</id>
<link rel="enclosure" href="https://isthmus.example/1.mp3"/><link href="https://isthmus.example/1"/>
<published>2023-11-30T14:00:00Z</published><updated>2023-12-01T00:00:00Z</updated>
<summary>Short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>A gas carrier jumped the queue at the canal this month.</p><p>That is what &lt;drought&gt; has done.</p></div></content>
</entry></feed>"#;
    let prefixed =
        atom.replace("xmlns=\"http://www.w3.org/2005/Atom\"", "xmlns:a=\"http://www.w3.org/2005/Atom\"");
    let names = [
        "feed", "title", "author", "name", "id", "entry", "link", "published", "updated", "summary",
        "content",
    ];
    let prefixed = names.iter().fold(prefixed, |text, name| {
        text.replace(&format!("<{name}"), &format!("<a:{name}"))
            .replace(&format!("</{name}"), &format!("</a:{name}"))
    });
    for feed in [atom.to_owned(), prefixed] {
        let articles = read(feed);
        let article = articles[0].as_ref().unwrap();
        assert_eq!(article.id, "urn:1");
        assert_eq!(article.title.as_deref(), Some("Low water"));
        assert_eq!(article.outlet.as_deref(), Some("Isthmus Week"));
        assert_eq!(article.byline.as_deref(), Some("The Editors"));
        assert_eq!(article.date.as_deref(), Some("2023-11-30"));
        assert_eq!(article.url.as_deref(), Some("https://isthmus.example/1"));
        assert_eq!(article.language.as_deref(), Some("de"));
        let expected =
            ["A gas carrier jumped the queue at the canal this month.", "That is what <drought> has done."];
        assert_eq!(body(article), expected);
    }
}

#[test]
fn rss_1_0_and_declared_encodings_are_read() {
    let rdf = "<?xml version='1.0' encoding='windows-1252'?>\n<rdf:RDF xmlns='http://purl.org/rss/1.0/' \
        xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dc='http://purl.org/dc/elements/1.1/'>\n\
        <channel><title>Die Welle</title><dc:language>de</dc:language></channel>\n\
        <item><title>Zürich baut</title><link>https://welle.example/1</link><dc:date>2020-02-03</dc:date>\
        <description>Zürich baut &ldquo;größer&rdquo; als zuvor &ndash; und &unknown; bleibt.</description></item></rdf:RDF>";
    let latin: Vec<u8> = rdf.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let utf16: Vec<u8> = format!("\u{feff}{}", rdf.replace("windows-1252", "utf-16"))
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    let undeclared = latin[latin.iter().position(|&b| b == b'\n').unwrap()..].to_vec();
    for bytes in [latin, utf16, rdf.as_bytes().to_vec(), undeclared] {
        let articles = read(bytes);
        let article = articles[0].as_ref().unwrap();
        assert_eq!(article.title.as_deref(), Some("Zürich baut"));
        assert_eq!(article.id, "https://welle.example/1");
        assert_eq!((article.language.as_deref(), article.date.as_deref()), (Some("de"), Some("2020-02-03")));
        assert_eq!(body(article), ["Zürich baut “größer” als zuvor – und &unknown; bleibt."]);
        assert_eq!(article.n_replaced, 0);
    }
    let broken = [
        &b"<rss><channel><item><description>It rain"[..],
        b"\xff",
        b"ed.</description></item></channel></rss>",
    ]
    .concat();
    let declared = [&b"<?xml version='1.0' encoding='utf-8'?>"[..], &broken].concat();
    assert!(read(declared)[0].is_ok());
}

const NEWSML: &str = r#"<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2021-05-04</sent></header><itemSet>
<newsItem guid="urn:newsml:wire.example:17" version="2" xml:lang="en-US"><itemMeta><itemClass qcode="ninat:text"/>
<provider qcode="nprov:W"><name>The Wire</name></provider><versionCreated>2021-05-06T10:00:00Z</versionCreated>
<link rel="irel:seeAlso" contenttype="text/html" href="https://wire.example/17"/></itemMeta>
<contentMeta><contentCreated>2021-05-05T09:00:00Z</contentCreated><by>By Jane Doe</by><dateline>GENEVA, May 5</dateline>
<language tag="en-GB"/><headline>Steel duty doubles</headline><slugline>STEEL/DUTY</slugline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body><p>Ministers raised the duty on Monday.</p><h2>Ships wait</h2><p>They sail on <b>in summer</b>, said one.</p></body></html>
</inlineXML></contentSet></newsItem>
<newsItem guid="urn:2"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta><contentSet><remoteContent href="a.jpg"/></contentSet></newsItem>
<newsItem guid="urn:3"><itemMeta><itemClass qcode="ninat:text"/></itemMeta><contentSet/></newsItem>
<newsItem guid="urn:4"><contentMeta><creator><name>Max Mann</name></creator></contentMeta><contentSet>
<inlineData contenttype="text/plain">It rained on Sunday.

It snowed on Monday.</inlineData></contentSet></newsItem>
</itemSet></newsMessage>"#;

#[test]
fn items_of_newsml_g2_are_articles() {
    let options = ReadOptions { keep: vec!["contentMeta.slugline".into()], ..ReadOptions::default() };
    let articles = read_with(NEWSML, &options);
    assert_eq!(articles.len(), 3, "a picture is no article and no reject");
    let article = articles[0].as_ref().unwrap();
    assert_eq!(article.id, "urn:newsml:wire.example:17");
    assert_eq!(article.title.as_deref(), Some("Steel duty doubles"));
    assert_eq!(article.outlet.as_deref(), Some("The Wire"));
    assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
    assert_eq!(article.date.as_deref(), Some("2021-05-05"));
    assert_eq!(article.language.as_deref(), Some("en-GB"));
    assert_eq!(article.url.as_deref(), Some("https://wire.example/17"));
    assert_eq!(article.kept[0].1, "STEEL/DUTY");
    assert!(blocks(article).contains(&("date", "GENEVA, May 5")));
    assert!(blocks(article).contains(&("heading", "Ships wait")));
    assert_eq!(body(article), ["Ministers raised the duty on Monday.", "They sail on in summer, said one."]);
    let expected = "news.xml:11: expected a text in inlineXML (XHTML or NITF) or inlineData, found none";
    assert_eq!(articles[1].as_ref().unwrap_err(), expected);
    let plain = articles[2].as_ref().unwrap();
    assert_eq!((plain.byline.as_deref(), plain.body().count()), (Some("Max Mann"), 2));
}

const NITF: &str = r#"<nitf><head><title>Steel</title><docdata><doc-id id-string="w-17"/><date.issue norm="20210505T090000Z"/></docdata>
<pubdata name="The Wire" ex-ref="https://wire.example/17"/></head><body><body.head><hedline><hl1>Steel duty doubles</hl1></hedline>
<byline>By <person>Jane Doe</person></byline><dateline><location>GENEVA</location>, <story.date norm="20210504">May 4</story.date></dateline>
</body.head><body.content><block><p>Ministers raised the duty on Monday.</p><hl2>Ships wait</hl2>
<media media-type="image"><media-reference source="a.jpg">data</media-reference><media-caption>Ships at anchor.</media-caption></media>
<p>They sail on in summer, said one.</p></block></body.content></body></nitf>"#;

#[test]
fn nitf_is_read_alone_and_within_newsml_g2() {
    let within = format!(
        "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='w-17'><contentSet><inlineXML>{}</inlineXML></contentSet></newsItem>",
        NITF.replace("<nitf>", "<nitf xmlns='http://iptc.org/std/NITF/2006-10-18/'>")
    );
    for text in [NITF.to_owned(), within] {
        let articles = read(text);
        let article = articles[0].as_ref().unwrap();
        assert_eq!((article.id.as_str(), article.title.as_deref()), ("w-17", Some("Steel duty doubles")));
        assert_eq!(
            (article.outlet.as_deref(), article.byline.as_deref()),
            (Some("The Wire"), Some("Jane Doe"))
        );
        assert_eq!(article.date.as_deref(), Some("2021-05-05"));
        let kinds = blocks(article);
        for block in [("date", "GENEVA, May 4"), ("heading", "Ships wait"), ("caption", "Ships at anchor.")] {
            assert!(kinds.contains(&block), "{kinds:?}");
        }
        assert_eq!(
            body(article),
            ["Ministers raised the duty on Monday.", "They sail on in summer, said one."]
        );
    }
    assert_eq!(read(NITF)[0].as_ref().unwrap().url.as_deref(), Some("https://wire.example/17"));
}

#[test]
fn other_xml_is_rejected() {
    let expected = "news.xml: expected RSS, Atom, NewsML-G2 or NITF, found <urlset>";
    assert_eq!(read("<urlset><url/></urlset>")[0].as_ref().unwrap_err(), expected);
    let expected = "news.xml: expected RSS, Atom, NewsML-G2 or NITF, found no element";
    assert_eq!(read("")[0].as_ref().unwrap_err(), expected);
    assert!(read("<rss><channel><title>Nothing yet</title></channel></rss>").is_empty());
}

#[test]
fn a_document_that_breaks_off_or_is_not_well_formed_is_named_by_line() {
    let cut = &RSS[..RSS.find("<item><title>Rain").unwrap()];
    let articles = read(cut);
    assert!(articles[0].is_ok());
    let error = articles[1].as_ref().unwrap_err();
    assert!(error.ends_with("expected </channel>, found the end of the file"), "{error}");
    let error = &read("<rss>\n<item><title>Rain</item></rss>")[0];
    assert!(
        error.as_ref().unwrap_err().starts_with("news.xml:2: expected well-formed XML, found what is not")
    );
    assert_eq!(
        body(
            read("<rss><item><description>AT&T rose & fell.</description></item></rss>")[0].as_ref().unwrap()
        ),
        ["AT&T rose & fell."]
    );
}

#[test]
fn entities_that_a_document_declares_are_not_expanded() {
    let laughs = "<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n\
        <rss><channel><item><description>He said &b; &x; on Monday.</description></item></channel></rss>";
    assert_eq!(body(read(laughs)[0].as_ref().unwrap()), ["He said &b; &x; on Monday."]);
}

#[test]
fn a_line_of_ten_megabytes_is_rejected_where_a_record_may_have_one() {
    let limits = Limits { max_record_bytes: 1 << 20, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let long = "It rained. ".repeat(1 << 20);
    for text in [
        format!("<rss><item><description>{long}"),
        format!("<rss><item><description a='{long}'"),
        format!("<rss><!--{long}"),
    ] {
        let articles = read_with(text, &options);
        let error = articles.last().unwrap().as_ref().unwrap_err();
        assert_eq!(
            error,
            "news.xml:1: expected at most 1048576 bytes of one record (--max-record-bytes), found more"
        );
    }
    let feed = format!("<rss>{}</rss>", "<item><description>It rained.</description></item>".repeat(40_000));
    assert_eq!(read_with(feed, &options).iter().filter(|a| a.is_ok()).count(), 40_000, "a feed is no record");
}

#[test]
fn an_item_nested_too_deep_is_rejected_and_the_next_is_read() {
    let deep = |n: usize| {
        format!("<item><description>{}x{}</description></item>", "<b>".repeat(n), "</b>".repeat(n))
    };
    let good = "<item><description>It rained.</description></item>";
    let articles = read(format!("<rss>\n{}\n{good}</rss>", deep(60_000)));
    let expected = "news.xml:2: expected elements nested at most 100 deep in an item, found more";
    assert_eq!(articles[0].as_ref().unwrap_err(), expected);
    assert!(articles[1].is_ok());
    let error = &read(format!("<rss>\n{}\n{good}</rss>", deep(100_000)))[0];
    assert!(error.as_ref().unwrap_err().contains("(document nests elements deeper"), "{error:?}");
    let escaped =
        format!("<rss><item><description>{}</description></item>{good}</rss>", "&lt;div&gt;".repeat(9_000));
    let articles = read(escaped);
    assert!(articles[0].as_ref().unwrap_err().contains("nested less deep"));
    assert!(articles[1].is_ok());
}

#[test]
fn elements_that_never_end_are_not_gathered() {
    let limits = Limits { max_record_bytes: 1 << 16, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let articles = read_with(format!("<rss>{}", "<channel><title>x</title>".repeat(10_000)), &options);
    let error = articles[0].as_ref().unwrap_err();
    assert_eq!(
        error,
        "news.xml:1: expected at most 65536 bytes of one record (--max-record-bytes), found more"
    );
    let titles = "<title>It rained.</title>".repeat(10_000);
    let item = "<item><description>It rained.</description></item>";
    let articles = read_with(format!("<rss><channel>{titles}{item}</channel></rss>"), &options);
    assert!(articles[0].as_ref().unwrap().outlet.as_ref().unwrap().len() < 2000);
}
