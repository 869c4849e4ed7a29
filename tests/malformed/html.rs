//! Web pages.

use super::{Case, read, refused};

fn page(head: &str) -> String {
    format!(
        "<html><head>{head}</head><body><article><h1>Steel</h1><p>Duties rose on Monday.</p></article></body></html>"
    )
}

pub(super) fn cases() -> Vec<Case> {
    let html = |name, bytes: &str, n| read(name, "news.html", bytes, n);
    let nested = |tag: &str, n: usize| format!("{}Duties rose.", format!("<{tag}>").repeat(n));
    vec![
        html("a page of no byte", "", 1),
        html("a page without a tag", "Duties rose on Monday.", 1),
        html("a page of one sign", "<", 1),
        html("a page that ends within a tag", "<html><body><p>Duties rose.</p><p class=\"x", 1),
        html("a page that ends within a comment", "<p>Duties rose.</p><!-- and then", 1),
        html("a page that ends within a script", "<p>Duties rose.</p><script>var x = '<p>no</p>", 1),
        html("a page that ends within a style", "<style>p { color: red <p>Duties rose.</p>", 1),
        html("a page that ends within its title", "<title>Steel <body><p>Duties rose.</p>", 1),
        html("a page that ends within a text area", "<textarea><p>Duties rose.</p>", 1),
        html("paragraphs that are not closed", "<p>Duties rose.<p>Wool fell.<p>Troops moved.", 1),
        html(
            "tags closed in the wrong order",
            "<b><i><p>Duties</b> rose.</i></p></div></span></html></p>",
            1,
        ),
        html("end tags only", &"</p></div></b></table>".repeat(100), 1),
        html("a paragraph within a table without cells", "<table><p>Duties rose.</p><tr>x<td>y</table>", 1),
        html("no body", "<html><head><title>Steel</title></head></html>", 1),
        html("a frameset for a body", "<frameset><frame src=x></frameset>", 1),
        html("only a script", "<script>document.write('<p>Duties rose.</p>')</script>", 1),
        html("only comments", "<!-- a --><!----><!-->--><!-- Duties rose. -->", 1),
        html(
            "two bodies and two heads",
            "<head></head><body><p>One.</p></body><head></head><body><p>Two.</p></body>",
            1,
        ),
        html("a doctype in the middle", "<p>Duties rose.</p><!DOCTYPE html [<!ENTITY a 'b'>]><p>&a;</p>", 1),
        html(
            "references of no character",
            "<p>&#0; &#xD800; &#x110000; &#99999999999999; &nosuch; &amp &;</p>",
            1,
        ),
        html("references that are not closed", "<p>Duties &lt rose &#65 by &#x41 a &copy third.</p>", 1),
        html(
            "metadata that is no JSON",
            &page("<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",,}</script>"),
            1,
        ),
        html(
            "metadata of the wrong types",
            &page(
                "<script type=\"application/ld+json\">{\"@type\":[7,null,\"NewsArticle\"],\"headline\":[],\"author\":{\"name\":{\"name\":7}},\"datePublished\":1e999,\"publisher\":true}</script>",
            ),
            1,
        ),
        html(
            "metadata nested deep",
            &page(&format!("<script type=\"application/ld+json\">{}</script>", "[".repeat(50_000))),
            1,
        ),
        html("metadata of an empty script", &page("<script type=\"application/ld+json\"></script>"), 1),
        html(
            "a date that is none",
            &page("<meta property=\"article:published_time\" content=\"2021-13-45T99:99\">"),
            1,
        ),
        html(
            "metadata with nothing in it",
            &page("<meta name=author content=\"\"><meta content><meta name><link rel=canonical>"),
            1,
        ),
        html("an attribute twice", "<p id=a id=b class=x class=y>Duties rose.</p>", 1),
        html("an attribute without an end", "<p title='Duties rose.</p><p>Wool fell.</p>", 1),
        read(
            "a declared charset that does not exist",
            "news.html",
            b"<meta charset=klingon><p>Z\xfcrich builds.</p>",
            1,
        ),
        read(
            "a declared charset that is wrong",
            "news.html",
            "<meta charset=utf-16><p>Zürich builds.</p>",
            1,
        ),
        read(
            "a declared charset that the bytes break",
            "news.html",
            b"<meta charset=shift_jis><p>\x81 \xff\xfe \xfc Duties rose.</p>",
            1,
        ),
        read("a declared charset cut off", "news.html", b"<p>Z\xfcrich</p><meta charset=", 1),
        read(
            "a page in UTF-16 that declares UTF-8",
            "news.html",
            super::text::utf16("<meta charset=utf-8><p>Duties rose.</p>"),
            1,
        ),
        refused("a NUL in a page", "news.html", b"<p>Duties\0 rose.</p>", "NUL at byte 9"),
        refused("elements nested too deep", "news.html", nested("div", 200), "--max-depth"),
        refused("emphasis nested too deep", "news.html", nested("b", 200), "--max-depth"),
        read("elements nested as deep as may be", "news.html", nested("div", 90), 1),
        refused("too many tags", "news.html", "<p>".repeat(5_000), "tags, fields or values"),
        refused(
            "a headline that is too long",
            "news.html",
            format!("<title>{}</title><p>Duties rose.</p>", "steel ".repeat(400)),
            "of the headline (--max-field-bytes)",
        ),
    ]
}
