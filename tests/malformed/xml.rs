//! RSS, Atom, NewsML-G2, NITF.

use super::{Case, both, read, refused};

const ITEM: &str = "<item><title>Steel</title><description>Duties rose.</description></item>";

fn rss(items: &str) -> String {
    format!("<rss version=\"2.0\"><channel><title>The Post</title>{items}</channel></rss>")
}

fn news_item(content: &str) -> String {
    format!("<newsItem guid=\"g\"><contentMeta><headline>Steel</headline></contentMeta>{content}</newsItem>")
}

pub(super) fn cases() -> Vec<Case> {
    let xml = "news.xml";
    let feed = |name, items: &str, n| read(name, xml, rss(items), n);
    let laughs =
        "<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>";
    let outside = "<!DOCTYPE rss [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>";
    vec![
        refused("XML of no byte", xml, "", "found no element"),
        refused("text named as XML", xml, "Duties rose on Monday.", "found no element"),
        refused("only a declaration", xml, "<?xml version=\"1.0\"?>", "found no element"),
        refused("only a comment in XML", xml, "<!-- Duties rose. -->", "found no element"),
        refused("a root that is not known", xml, "<news><item>x</item></news>", "found <news>"),
        refused("a web page named as a feed", "news.rss", "<html><body><p>Duties rose.</p></body></html>", "found <html>"),
        feed("a feed without an item", "", 0),
        feed("an item without anything", "<item/><item></item>", 2),
        feed("an item without a text", "<item><title>Steel</title></item>", 1),
        feed("an item with a text of blanks", "<item><description> \n </description></item>", 1),
        both("a feed cut between items", xml, format!("<rss><channel>{ITEM}"), 1, &["expected </channel>, found the end of the file"]),
        both("a feed cut within an item", xml, format!("<rss><channel>{ITEM}<item><title>Wool"), 1, &["found the end of the file"]),
        both("a feed cut within a tag", xml, format!("<rss><channel>{ITEM}<item"), 1, &["news.xml:1: expected well-formed XML"]),
        both("a feed cut within CDATA", xml, format!("<rss><channel>{ITEM}<item><description><![CDATA[Wool"), 1, &["news.xml:1: expected well-formed XML"]),
        both("elements closed in the wrong order", xml, rss(&format!("{ITEM}<item><title><b>Wool</title></b></item>")), 1, &["news.xml:1: expected well-formed XML"]),
        both("an end tag of nothing", xml, format!("{}</rss>", rss(ITEM)), 1, &["news.xml:1: expected well-formed XML"]),
        both("a second root", xml, format!("{}<news/>", rss(ITEM)), 1, &["found <news>"]),
        feed("a sign & that begins nothing", "<item><title>AT&T & Co</title><description>Duties &copy rose; &.</description></item>", 1),
        feed("an entity that nobody declared", "<item><description>Duties &nosuch; rose &nbsp; again.</description></item>", 1),
        feed("references of no character in XML", "<item><description>&#0; &#xD800; &#x110000; &#x; &#;</description></item>", 1),
        read("entities that grow", xml, format!("{laughs}{}", rss("<item><description>&c;</description></item>")), 1),
        read("an entity from outside", xml, format!("{outside}{}", rss("<item><description>&a;</description></item>")), 1),
        feed("markup in a text that does not end", "<item><description>&lt;p&gt;Duties &lt;b&gt;rose.&lt;p</description></item>", 1),
        feed("an attribute without quotes", "<item><link rel=alternate href=http://x>y</link><description>Duties rose.</description></item>", 1),
        feed("an attribute twice in XML", "<item a=\"1\" a=\"2\"><description>Duties rose.</description></item>", 1),
        feed("a date of a feed that is none", "<item><description>Duties rose.</description><pubDate>32 Foo 20x1</pubDate></item>", 1),
        feed("an identifier of a feed twice", "<item><guid>1</guid></item><item><guid>1</guid></item>", 2),
        both("an item nested too deep", xml, rss(&format!("<item>{}{}</item>{ITEM}", "<b>".repeat(200), "</b>".repeat(200))), 1, &["nested at most 100 deep"]),
        both("an item of too many elements", xml, rss(&format!("<item>{}</item>{ITEM}", "<b/>".repeat(5_000))), 1, &["tags, fields or values"]),
        both("an item with a headline that is too long", xml, rss(&format!("<item><title>{}</title></item>{ITEM}", "steel ".repeat(400))), 1, &["of the headline"]),
        refused("elements that only open", xml, "<rss>".repeat(50_000), "news.xml:1: expected </rss>"),
        read("a feed in an encoding that does not exist", xml, [b"<?xml version=\"1.0\" encoding=\"klingon\"?>", rss(ITEM).as_bytes()].concat(), 1),
        read("a feed in Latin-1 that declares UTF-8", xml, [b"<?xml version=\"1.0\" encoding=\"utf-8\"?><rss><channel><item><title>Z\xfcrich</title></item>", &b"</channel></rss>"[..]].concat(), 1),
        refused("a NUL in a feed", xml, b"<rss><channel><item><title>a\0b</title></item></channel></rss>", "NUL at byte 28"),
        read("blanks before a declaration", xml, format!("\n <?xml version=\"1.0\"?>{}", rss(ITEM)), 1),
        read("an Atom entry without a namespace", xml, "<feed><entry><title>Steel</title><content type=\"html\">&lt;p&gt;Duties rose.</content></entry></feed>", 1),
        read("an Atom entry of an unknown type", xml, "<entry><content type=\"image/png\">iVBORw0KGgo=</content></entry>", 1),
        refused("a news item without a text", xml, news_item(""), "expected a text in inlineXML"),
        refused("a news item whose text is elsewhere", xml, news_item("<contentSet><remoteContent href=\"x\"/></contentSet>"), "expected a text in inlineXML"),
        read("a news item of a picture", xml, "<newsItem><itemMeta><itemClass qcode=\"ninat:picture\"/></itemMeta></newsItem>", 0),
        read("a news item with an empty page", xml, news_item("<contentSet><inlineXML><html/></inlineXML></contentSet>"), 1),
        refused("a news item with an unknown body", xml, news_item("<contentSet><inlineXML><story>Duties rose.</story></inlineXML></contentSet>"), "expected a text in inlineXML"),
        read("a NITF without a body", "news.nitf", "<nitf><head><title>Steel</title></head></nitf>", 1),
        both("a NITF cut off", "news.nitf", "<nitf><body><body.content><p>Duties", 0, &["found the end of the file"]),
    ]
}
