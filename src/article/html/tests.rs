use super::*;

const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head>
<title>Low water puts a price on every berth | Isthmus Week</title>
<meta property="og:site_name" content="Isthmus Week">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},
{"@type":["NewsArticle"],"headline":"Low water puts a price on every berth","datePublished":"2023-11-30T14:00:00Z",
"author":[{"name":"Tomas Quijano"},{"name":"Ellen Brace"}]}]}</script></head><body>
<nav><a href="/">Home</a></nav>
<article><h1>Low water puts a price on every berth</h1>
<figure><img src="a.jpg"><figcaption>Ships at anchor off Colon.</figcaption></figure>
<p>A Japanese gas carrier jumped the queue at the Panama Canal this month by paying just under $4 million, at auction,
for a place that would normally have cost it a tenth of that sum.</p>
<p>That is what drought has done to one of the world&rsquo;s great trading routes, and to those who live by it.</p>
<h2>Grain goes the wrong way</h2>
<p>Soya and maize from the Mississippi, bound for Shanghai and Kashima, have no booking system behind them.</p>
<p><strong>Advertisement</strong></p>
<p>Container lines, which book a year ahead, suffer less, though all have announced surcharges of $150 a box.</p>
<p><a href="/x">Read more: How slot auctions work</a></p>
</article></body></html>"#;

fn kinds_of(page: &str) -> Vec<(&'static str, String)> {
    let article = article(page.as_bytes(), "page.html").unwrap();
    article.paragraphs.into_iter().map(|p| (p.kind.name(), p.text)).collect()
}

#[test]
fn a_page_falls_into_its_parts_and_its_metadata() {
    let article = article(PAGE.as_bytes(), "page.html").unwrap();
    assert_eq!(article.title.as_deref(), Some("Low water puts a price on every berth"));
    assert_eq!(article.outlet.as_deref(), Some("Isthmus Week"));
    assert_eq!(article.byline.as_deref(), Some("Tomas Quijano, Ellen Brace"));
    assert_eq!(article.date.as_deref(), Some("2023-11-30"));
    assert_eq!(article.language.as_deref(), Some("en-GB"));
    let body: Vec<_> = article.body().collect();
    assert_eq!(body.len(), 4);
    assert!(body[1].text.contains("world’s great"));
    assert_eq!(body[2].section.as_deref(), Some("Grain goes the wrong way"));
    assert!(!body.iter().any(|p| p.text.contains("Advertisement") || p.text.contains("slot auctions")));
}

#[test]
fn a_page_without_markup_of_an_article_keeps_its_text() {
    assert_eq!(kinds_of("<p>Hello"), [("paragraph", "Hello".to_owned())]);
    assert!(kinds_of("").is_empty());
    assert!(kinds_of("<html><body></body></html>").is_empty());
}

#[test]
fn a_declared_encoding_is_used() {
    let page = b"<meta charset=\"windows-1251\"><p>\xcc\xee\xf1\xea\xe2\xe0.</p>";
    let article = article(page, "page.html").unwrap();
    assert_eq!(article.paragraphs[0].text, "Москва.");
}

#[test]
fn deep_nesting_is_read_or_refused_but_never_overflows() {
    let nested = |n: usize| format!("{}<p>Deep down it rained.</p>{}", "<div>".repeat(n), "</div>".repeat(n));
    for n in [100, 500, Limits::DEEPEST - 10] {
        let article = article(nested(n).as_bytes(), "page.html").unwrap();
        assert_eq!(article.body().count(), 1, "{n}");
    }
    let error = article(nested(100_000).as_bytes(), "page.html").unwrap_err();
    let message = error.to_string();
    assert!(
        message.starts_with("page.html: expected elements nested at most 2000 deep (--max-depth), found "),
        "{message}"
    );
}
