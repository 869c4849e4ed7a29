//! The words and phrases that the rules look up, folded.

use crate::article::shape::{Line, bare};

/// Words that stand on buttons for sharing, saving, printing; a line of nothing else is one.
#[rustfmt::skip]
pub(super) const SHARE: &[&str] = &[
    "share", "shares", "tweet", "tweets", "retweet", "retweets", "print", "email", "mail", "listen",
    "facebook", "twitter", "whatsapp", "linkedin", "telegram", "reddit", "pinterest", "instagram",
    "youtube", "tiktok", "messenger", "bluesky", "mastodon", "viber", "flipboard", "bookmark", "likes",
    "comments", "comment", "recommend", "views", "reactions", "copy", "save", "gift", "download",
    "compartir", "compartilhar", "partager", "teilen", "drucken", "imprimir", "imprimer", "condividi",
    "stampa", "delen", "dela", "udostepnij", "поделиться", "комментарии", "paylas", "bagikan",
];

/// Words that stand between those.
#[rustfmt::skip]
pub(super) const SHARE_FILL: &[&str] = &[
    "this", "article", "story", "page", "post", "on", "via", "by", "to", "a", "friend", "and", "with", "x",
    "e", "line", "pocket", "link", "url", "pdf", "more", "options", "k", "m", "now", "threads", "skriv",
    "ut",
];

/// Labels of links to other articles.
#[rustfmt::skip]
pub(super) const RELATED: &[&str] = &[
    "read more", "also read", "read also", "read next", "see also", "see more", "related", "watch now",
    "watch live", "watch more", "listen now", "in pictures", "in pics", "photo gallery", "hot topic",
    "don't miss", "must read", "recommended", "more here", "full story", "full coverage", "further reading",
    "from the archive", "from the archives", "lea tambien", "lee tambien", "lea mas", "leer mas",
    "te puede interesar", "le puede interesar", "ver tambien", "vea tambien", "leia tambem", "leia mais",
    "veja tambem", "lire aussi", "a lire aussi", "a lire", "voir aussi", "lire la suite", "en savoir plus",
    "leggi anche", "leggi di piu", "lesen sie auch", "lesen sie mehr", "mehr zum thema", "auch interessant",
    "mehr dazu", "weiterlesen", "lees ook", "lees meer", "las mer", "las ocksa", "las aven", "les ogsa",
    "les mer", "laes ogsa", "czytaj tez", "czytaj takze", "czytaj wiecej", "zobacz takze", "читайте также",
    "читать далее", "смотрите также", "baca juga", "اقرأ أيضا", "関連記事", "相关阅读",
];

/// Labels that prose may bear, too ("Analysis: the vote was close."): links only where no sentence ends the line.
#[rustfmt::skip]
pub(super) const RELATED_TITLES: &[&str] = &[
    "read", "watch", "listen", "more", "video", "audio", "podcast", "photos", "gallery", "slideshow",
    "opinion", "analysis", "explainer", "explained", "fact check", "live", "live updates", "live blog",
    "background", "timeline", "interactive", "graphic", "infographic", "map", "quiz", "poll", "exclusive",
    "trending", "profile", "interview",
];

/// Headings over lists of links to other articles.
#[rustfmt::skip]
pub(super) const RELATED_LISTS: &[&str] = &[
    "related articles", "related stories", "related news", "related content", "related links",
    "related coverage", "related topics", "related posts", "related reading", "related", "read more",
    "read next", "more on this story", "more on this topic", "more on this", "more from this section",
    "more stories", "more news", "more like this", "more in this section", "most read", "most popular",
    "most viewed", "most shared", "most commented", "most discussed", "popular now", "top stories",
    "latest news", "latest stories", "trending", "trending now", "trending stories", "editor's picks",
    "editors' picks", "editors picks", "our picks", "recommended", "recommended for you",
    "recommended stories", "you may also like", "you might also like", "you may like", "what to read next",
    "what to read now", "up next", "next up", "also on this site", "around the web", "from around the web",
    "from our partners", "more from the web", "elsewhere", "see also", "in other news", "don't miss",
    "articulos relacionados", "noticias relacionadas", "mas noticias", "lo mas leido", "mas leidas",
    "noticias relacionadas", "mais lidas", "articles lies", "sur le meme sujet", "a lire aussi",
    "les plus lus", "mehr zum thema", "meistgelesen", "das konnte sie auch interessieren",
    "articoli correlati", "i piu letti", "lees ook", "meest gelezen", "mest last", "mest laest",
    "czytaj takze", "najczesciej czytane", "читайте также", "популярное", "berita terkait",
];

/// How appeals to subscribe begin.
#[rustfmt::skip]
pub(super) const NEWSLETTER: &[&str] = &[
    "sign up for", "sign up to", "sign up here", "sign up now", "sign up today", "sign up", "sign me up",
    "subscribe to", "subscribe now", "subscribe today", "subscribe for", "subscribe here", "subscribe",
    "get the latest", "get our", "get unlimited", "get more news", "get breaking news", "get email alerts",
    "get news alerts", "get the day's", "get all the", "get alerts", "join our newsletter",
    "join our mailing", "join our whatsapp", "join our telegram", "register for free", "register now",
    "download our app", "download the app", "download our free", "newsletter", "our newsletter",
    "newsletters", "become a member", "become a subscriber", "become a supporter", "support our journalism",
    "support independent journalism", "support us", "donate now", "start your free trial",
    "start a free trial", "try it free", "never miss", "stay informed with", "subscribers only",
    "for subscribers only", "this article is for subscribers", "stay up to date with", "suscribete",
    "suscribase", "reciba nuestro", "recibe nuestro", "recibe las", "inscreva-se", "assine", "receba",
    "abonnez-vous", "inscrivez-vous", "recevez", "newsletter abonnieren", "jetzt abonnieren",
    "abonnieren sie", "jetzt anmelden", "iscriviti", "abbonati", "meld je aan", "schrijf je in",
    "prenumerera", "abonner", "zapisz sie", "подпишитесь", "подписывайтесь",
];

/// How appeals to follow begin.
#[rustfmt::skip]
pub(super) const FOLLOW: &[&str] = &[
    "follow us", "follow @", "follow him on", "follow her on", "follow them on", "follow me on",
    "follow our", "follow the latest", "follow live", "follow bbc", "follow along", "follow topics",
    "follow this", "like us on", "find us on", "join us on", "connect with us", "visit us on",
    "join the conversation", "siguenos", "siganos", "siga-nos", "suivez-nous", "folgen sie uns",
    "folge uns", "seguici", "volg ons", "folj oss", "folg oss", "obserwuj nas", "следите за", "ikuti kami",
];

/// How a paper asks its readers to write.
#[rustfmt::skip]
pub(super) const CONTACT: &[&str] = &[
    "letters to the editor", "write to us", "write to the editor", "contact us", "contact the",
    "contact our", "email us", "e-mail us", "email the author", "email the writer", "to contact the",
    "have you found an error", "report an error", "report a correction", "report a typo", "found a mistake",
    "spotted an error", "got a tip", "have a tip", "have a story", "do you have a story",
    "do you have information", "got a story", "send us", "send your", "send letters", "send corrections",
    "share your thoughts", "share your story", "share your views", "leave a comment", "leave a reply",
    "post a comment", "post your comment", "join the discussion", "have your say", "tell us what you think",
    "let us know", "what do you think", "click here", "tap here", "reader comments", "comments are closed",
    "comments are moderated", "envie sus comentarios", "escriba a", "escribenos", "fale conosco",
    "schreiben sie uns", "ecrivez-nous", "nous contacter", "scrivici",
];

/// How notes about the text itself begin.
#[rustfmt::skip]
pub(super) const ABOUT_THE_TEXT: &[&str] = &[
    "printed from", "originally published", "first published", "this article was", "this article has been",
    "this article is part of", "this article originally", "this article first", "this article appeared",
    "this article appears", "this story was", "this story has been", "this story is part of",
    "this story originally", "this story first", "this post was", "this post originally", "this report was",
    "this piece was", "this is a developing story", "a version of this", "this version corrects",
    "editor's note", "editors' note", "editor note", "correction:", "corrections:", "clarification:",
    "update:", "disclaimer", "disclosure:", "the views expressed", "the opinions expressed",
    "opinions expressed", "views expressed", "our standards", "source:", "sources:", "fuente:", "quelle:",
    "fonte:", "bron:", "isbn", "issn", "this material may not", "this content was", "this copy is for",
    "we want to hear from you", "read the full", "read the original", "read more at", "read this next",
    "view original", "click to", "about the author", "the writer is", "the author is",
    "nota de la redaccion", "anmerkung der redaktion",
];

/// Labels and links of a site's frame.
#[rustfmt::skip]
pub(super) const SITE: &[&str] = &[
    "home", "skip to content", "skip to main content", "skip to navigation", "menu", "main menu", "search",
    "log in", "login", "log out", "sign in", "sign out", "register", "my account", "account", "back to top",
    "back to the top", "top", "next", "previous", "next article", "previous article", "next story",
    "load more", "show more", "show less", "view all", "see all", "view comments", "view all comments",
    "view gallery", "show comments", "hide comments", "hide caption", "toggle caption",
    "enlarge this image", "enlarge image", "expand", "collapse", "close", "open", "play", "pause",
    "play video", "loading", "please wait", "image", "video", "about us", "contact", "about", "privacy",
    "help", "faq", "terms", "advertise", "advertise with us", "jobs", "careers", "newsletters", "e-paper",
    "epaper", "subscriptions", "rss", "sitemap", "reprints & permissions", "reprints and permissions",
    "reprints", "permissions", "accept all", "manage my choices", "got it", "ok", "accept", "reply",
    "report", "report abuse", "add comment", "add a comment", "notify me", "set as preferred source",
    "getty images", "reuters", "ap photo", "inicio", "buscar", "accueil", "rechercher", "startseite",
    "suche",
];

/// How a site keeps its rights.
#[rustfmt::skip]
pub(super) const RIGHTS: &[&str] = &[
    "all rights reserved", "todos los derechos reservados", "alle rechte vorbehalten",
    "tous droits reserves", "tutti i diritti riservati", "todos os direitos reservados",
    "alle rechten voorbehouden", "все права защищены", "wszelkie prawa zastrzezone",
    "may not be published, broadcast", "reproduction in whole or in part", "may not be reproduced",
    "not be reproduced without", "reprinting only with", "reprinted with permission",
    "republished with permission", "alla rattigheter", "alle rettigheter", "reproduccion total o parcial",
];

/// How lines begin that say who reported and edited.
#[rustfmt::skip]
pub(super) const CREDIT: &[&str] = &[
    "reporting by", "additional reporting", "writing by", "editing by", "edited by", "compiled by",
    "with reporting by", "translated by", "with inputs from", "with input from", "with agency inputs",
    "reportage par", "redaktion:", "mitarbeit:",
];

/// Labels of advertisements.
#[rustfmt::skip]
pub(super) const ADVERTISEMENT: &[&str] = &[
    "advertisement", "advertisements", "advertising", "advert", "ad", "ads", "sponsored",
    "sponsored content", "paid content", "promoted", "promoted content", "article continues below",
    "story continues below", "story continues below advertisement", "article continues after advertisement",
    "continue reading below", "article continues below advertisement",
    "article continues after this advertisement", "continue reading the main story", "scroll to continue",
    "skip advertisement", "advertisement scroll to continue", "publicidad", "anuncio", "publicidade",
    "anzeige", "werbung", "publicite", "pubblicita", "advertentie", "annons", "annonse", "annonce",
    "reklama", "reklam", "реклама", "広告", "广告", "إعلان",
];

/// Labels of lists of tags.
#[rustfmt::skip]
pub(super) const TAGS: &[&str] = &[
    "tags", "tag", "topics", "topic", "related topics", "keywords", "key words", "filed under",
    "categories", "category", "posted in", "in this article", "etiquetas", "etiqueta", "temas",
    "palabras clave", "schlagworter", "themen", "stichworte", "mots-cles", "sujets", "argomenti",
    "palavras-chave", "assuntos", "onderwerpen", "trefwoorden", "amnen", "emner", "tematy", "tagi", "метки",
    "теги", "темы",
];

/// What stands in notices about cookies, terms and subscriptions.
#[rustfmt::skip]
pub(super) const COOKIES: &[&str] = &[
    "uses cookies", "use cookies", "stores cookies", "cookie policy", "accept all cookies",
    "accept cookies", "privacy policy", "terms of use", "terms of service", "terms and conditions",
    "enable javascript", "javascript is disabled", "usa cookies", "utiliza cookies", "verwendet cookies",
    "utilise des cookies", "browser does not support", "already a subscriber", "to continue reading",
    "for more information click here", "in your inbox", "to your inbox", "en su correo", "in ihr postfach",
    "dans votre boite mail",
];

/// Numbers of pages, spelled out.
#[rustfmt::skip]
pub(super) const PAGES: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

/// Words for minutes.
#[rustfmt::skip]
pub(super) const MINUTES: &[&str] =
    &["min", "mins", "minute", "minutes", "minuto", "minutos", "minuten", "minuti", "minut", "minuter", "minutter", "мин", "минут"];

/// Words for reading.
#[rustfmt::skip]
pub(super) const READING: &[&str] = &[
    "read", "reading", "reads", "lectura", "leer", "lesezeit", "lesen", "lesedauer", "lecture", "lire",
    "lettura", "leitura", "leestijd", "lezen", "leses", "lasning", "lastid", "lesetid", "laesetid",
    "czytania", "чтения", "чтение",
];

/// Words between them.
#[rustfmt::skip]
pub(super) const SMALL: &[&str] =
    &["time", "to", "about", "approx", "estimated", "a", "de", "di", "tiempo", "temps", "tempo", "est", "ca", "of", "о"];

/// Words in the names of papers and stations.
#[rustfmt::skip]
const OUTLETS: &[&str] = &[
    "news", "times", "post", "herald", "observer", "gazette", "tribune", "daily", "journal", "chronicle",
    "press", "monitor", "dispatch", "courier", "bulletin", "union", "telegraph", "guardian", "mail",
    "standard", "examiner", "inquirer", "register", "record", "sentinel", "advocate", "reporter", "review",
    "mercury", "globe", "mirror", "express", "independent", "citizen", "argus", "echo", "weekly",
    "magazine", "digest", "intelligencer", "ledger", "broadcasting", "radio", "tv", "television",
    "newspaper", "wire", "agency", "edition", "online", "today", "argosy", "reuters", "afp", "ap", "bbc",
    "cnn", "npr", "upi", "dpa", "efe", "ansa", "tass", "xinhua", "aljazeera", "jazeera", "bloomberg",
    "politico", "axios", "newswire", "newsletter", "zeitung", "nachrichten", "anzeiger", "rundschau",
    "tageblatt", "kurier", "spiegel", "diario", "correo", "cronica", "heraldo", "periodico", "prensa",
    "nacion", "mundo", "pais", "noticias", "jornal", "folha", "estado", "correio", "monde", "figaro",
    "nouvelles", "presse", "gazzetta", "corriere", "giornale", "stampa", "repubblica", "messaggero",
    "dagblad", "krant", "courant", "dagbladet", "tidning", "tidende", "avis", "posten", "nyheter", "gazeta",
    "dziennik", "kurier", "газета", "новости", "известия", "вестник", "pravda", "izvestia", "shimbun",
    "nippo", "blatt", "sun", "star", "voice", "world", "line",
];

/// Whole names that no word gives away.
#[rustfmt::skip]
const AGENCIES: &[&str] = &[
    "reuters", "associated press", "the associated press", "afp", "agence france-presse", "bbc",
    "al jazeera", "the economist", "the atlantic", "le monde", "die zeit", "el pais", "la repubblica",
    "der spiegel", "vox", "wired", "bloomberg", "the hill", "dw", "deutsche welle", "france 24", "rfi",
    "voa", "kyodo", "yonhap", "interfax",
];

/// Words with a capital in a paper's name, at most; headlines in title case have more.
const LONGEST_NAME: usize = 5;

/// Names of a paper's sections.
#[rustfmt::skip]
const SECTIONS: &[&str] = &[
    "news", "world", "international", "national", "nation", "local", "politics", "business", "economy",
    "economics", "money", "markets", "finance", "trade", "opinion", "comment", "analysis", "editorial",
    "editorials", "letters", "sport", "sports", "culture", "arts", "art", "books", "film", "films", "music",
    "entertainment", "lifestyle", "life", "style", "fashion", "food", "travel", "health", "science",
    "environment", "climate", "technology", "tech", "education", "weather", "obituaries", "obituary",
    "features", "feature", "investigation", "special", "report", "breaking", "exclusive", "live", "video",
    "europe", "asia", "africa", "americas", "america", "middle", "east", "latin", "pacific", "uk", "us",
    "usa", "eu", "uae", "u.s", "u.k", "defence", "defense", "security", "diplomacy", "foreign", "affairs",
    "policy", "law", "crime", "courts", "religion", "society", "region", "regional", "home", "front",
    "page", "cover", "story", "energy", "transport", "agriculture", "farming", "industry", "companies",
    "football", "athletics", "top", "latest", "stories", "deportes", "mundo", "pais", "politica",
    "economia", "cultura", "sociedad", "internacional", "nacional", "opinion", "monde", "economie",
    "politique", "societe", "culture", "wirtschaft", "politik", "kultur", "ausland", "inland", "wissen",
    "meinung", "feuilleton", "esteri", "cronaca", "sportivo", "buitenland", "binnenland", "utrikes",
    "inrikes", "swiat", "kraj", "мир", "политика", "экономика", "and", "y", "et", "und", "e", "in", "of",
    "the", "&", "column", "dispatches", "focus", "insight", "briefing", "brief", "briefs", "long", "read",
    "interview", "profile", "nature", "shipping", "real", "estate",
];

/// True for a short line of nothing but names of sections: "Science & Environment".
pub(super) fn is_section_name(folded: &str) -> bool {
    let mut words = folded.split([' ', '/', '>', '|', ',', '›', '•']).filter(|w| !w.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| SECTIONS.contains(&word)) && !is_agency(folded)
}

/// True for a short line with a word that names of papers have, or a known name.
pub(in crate::article) fn is_outlet_name(line: &Line<'_>) -> bool {
    if line.n_words > 9 || line.ends_sentence() {
        return false;
    }
    if is_agency(&line.folded) {
        return true;
    }
    let is_address = |w: &str| [".com", ".org", ".net", ".co.uk", ".news"].iter().any(|d| w.ends_with(d));
    if line.n_words <= 3 && line.folded.split(' ').any(is_address) {
        return true;
    }
    // "El Heraldo (English Edition)" is a name up to the bracket.
    let name = Line::new(line.text.split(['–', '—', '|', '(', ':', '·']).next().unwrap_or_default());
    name.is_title_case()
        && name.words().filter(|w| w.starts_with(char::is_uppercase)).count() <= LONGEST_NAME
        && name.folded.split(' ').map(bare).any(|w| OUTLETS.contains(&w) || is_compound(w))
}

/// "Tagesanzeiger", "Aftenposten": the word for a paper is the end of the name.
fn is_compound(word: &str) -> bool {
    let ends =
        ["zeitung", "anzeiger", "blatt", "tagblatt", "bladet", "posten", "tidning", "tidende", "nachrichten"];
    ends.iter().any(|end| word.len() > end.len() && word.ends_with(end))
}

fn is_agency(folded: &str) -> bool {
    AGENCIES.contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::shape::fold;

    #[test]
    fn papers_are_known_by_a_word_of_their_name() {
        for name in [
            "The Prairie Union",
            "EL HERALDO DE LA SIERRA – English Supplement",
            "Reuters",
            "Luzerner Tagblatt",
            "La Crónica del Sur (English Service)",
            "fieldnotes.org",
        ] {
            assert!(is_outlet_name(&Line::new(name)), "{name}");
        }
        for line in [
            "Chile picks its own yard for four new escort frigates",
            "A calendar of dust",
            "Night",
            "Good news for the farmers of the plain",
        ] {
            assert!(!is_outlet_name(&Line::new(line)), "{line}");
        }
    }

    #[test]
    fn every_word_is_folded() {
        for word in OUTLETS
            .iter()
            .chain(AGENCIES)
            .chain(SECTIONS)
            .chain(MINUTES)
            .chain(READING)
            .chain(SMALL)
            .chain(RIGHTS)
        {
            assert!(*word == fold(word) || *word == "&", "help: write the word as `fold` gives it: {word}");
        }
    }
}
