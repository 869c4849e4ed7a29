//! The table of rules: how news pages announce what is not prose. Add a row here; its examples are its test.

mod byline;
mod caption;
mod words;

use super::ParagraphKind::{Byline, Caption, Date, Furniture, ReadingTime};
use super::date::{date_line, is_bare_label};
use super::rule::{Rule, Test, Zone};
use super::shape::Line;

pub(super) use byline::{author, is_name, parts as byline_and_date};
pub(super) use words::is_outlet_name;
use words::is_section_name;

/// Every rule; the first that takes a line decides.
pub(super) static RULES: &[Rule] = &[
    Rule {
        name: "reading_time",
        kind: ReadingTime,
        zone: Zone::Any,
        max_words: 8,
        sentences: true,
        test: Test::Holds(is_reading_time),
        opens_list: false,
        examples: &[
            "5 Min Read",
            "3-minute read",
            "Reading time: 4 minutes",
            "Lesezeit: 5 Min.",
            "Lectura de 3 min",
        ],
        prose: &["It took him five minutes to read the letter."],
    },
    Rule {
        name: "date",
        kind: Date,
        zone: Zone::Any,
        max_words: 24,
        sentences: true,
        test: Test::Holds(|line| date_line(line.text).is_some()),
        opens_list: false,
        examples: &["Posted: Sunday, July 14, 1991", "Updated 3 hours ago", "2011-08-22"],
        prose: &["On 14 July 1991 the base was closed."],
    },
    Rule {
        name: "date_label",
        kind: Date,
        zone: Zone::Edge,
        max_words: 2,
        sentences: false,
        test: Test::Holds(|line| is_bare_label(&line.folded)),
        opens_list: false,
        examples: &["Published", "Updated:", "Monday"],
        prose: &[],
    },
    Rule {
        name: "caption",
        kind: Caption,
        zone: Zone::Any,
        max_words: 80,
        sentences: true,
        test: Test::Holds(caption::is_caption),
        opens_list: false,
        examples: &[
            "Drillers lift a section of core. (Photo: Institute for Hydrology)",
            "Njeri near the summit at Tele. PHOTO: ARCHIPELAGO POST/LENNY SITORUS",
            "Photograph: Yannis Behrakis/Reuters",
            "The president on Monday. REUTERS/Jane Doe",
            "Image credit: Getty",
            "Soldiers at the gate [File: Mohammed Salem/Reuters]",
        ],
        prose: &["He took a photo: it showed the ship.", "The photo was shown to the court on Monday."],
    },
    Rule {
        name: "credit_at_the_end",
        kind: Byline,
        zone: Zone::Any,
        max_words: 40,
        sentences: true,
        test: Test::Opens(words::CREDIT),
        opens_list: false,
        examples: &[
            "(Reporting by Jane Doe in Paris; Editing by John Roe)",
            "Additional reporting by agencies",
        ],
        prose: &["Reporters were kept out of the hall."],
    },
    Rule {
        name: "contribution",
        kind: Byline,
        zone: Zone::Any,
        max_words: 14,
        sentences: true,
        test: Test::Holds(|line| byline::is_contribution(line.text)),
        opens_list: false,
        examples: &[
            "Jonas Weidmann contributed from Geneva.",
            "Jane Doe and John Roe contributed reporting.",
        ],
        prose: &["The Union contributed from its own funds.", "Germany contributed two ships."],
    },
    Rule {
        name: "byline",
        kind: Byline,
        zone: Zone::Edge,
        max_words: 24,
        sentences: true,
        test: Test::Holds(byline::is_byline),
        opens_list: false,
        examples: &[
            "By Dorothy Lindqvist, Staff Writer",
            "BY OUR COMMERCIAL EDITOR",
            "Por Germán Piñeros, Florencia",
            "Helen Stavrou, Nicosia correspondent",
            "Azamat Turgunov in Bishkek and agencies",
            "From our own correspondent",
            "Staff and agencies",
        ],
        prose: &["By Friday the roads were open again.", "Von Anfang an war das klar."],
    },
    Rule {
        name: "byline_with_date",
        kind: Byline,
        zone: Zone::Top,
        max_words: 30,
        sentences: true,
        test: Test::Holds(|line| byline::is_byline_with_date(line.text)),
        opens_list: false,
        examples: &[
            "Talia Faleafa, Apia | Friday, 6 December 2019, 6:20pm",
            "Published on Jul 14, 2012 | By Desmond Kwek, Indochina Bureau Chief",
            "By Jane Doe Updated: 06/09/2021 - 08:12",
        ],
        prose: &["The base at Apia was closed on Friday, 6 December 2019"],
    },
    Rule {
        name: "minutes",
        kind: ReadingTime,
        zone: Zone::Top,
        max_words: 2,
        sentences: true,
        test: Test::Holds(is_minutes),
        opens_list: false,
        examples: &["4 mins", "12 min."],
        prose: &["4 men"],
    },
    Rule {
        name: "copyright",
        kind: Furniture,
        zone: Zone::Any,
        max_words: 60,
        sentences: true,
        test: Test::Holds(is_copyright),
        opens_list: false,
        examples: &[
            "© 1991 The Prairie Union",
            "Copyright Levant Observer 2004. All rights reserved.",
            "(c) 2020 X",
        ],
        prose: &["Copyright law was reformed that year.", "The treaty says that all rights are equal."],
    },
    Rule {
        name: "advertisement",
        kind: Furniture,
        zone: Zone::Any,
        max_words: 9,
        sentences: false,
        test: Test::Label(words::ADVERTISEMENT),
        opens_list: false,
        examples: &["Advertisement", "- ADVERTISEMENT -", "Publicité", "Advertisement - scroll to continue"],
        prose: &["Advertisement spending fell by half."],
    },
    Rule {
        name: "share",
        kind: Furniture,
        zone: Zone::Any,
        max_words: 14,
        sentences: false,
        test: Test::Only { words: words::SHARE, fill: words::SHARE_FILL },
        opens_list: false,
        examples: &[
            "Share This Article",
            "Facebook Twitter Email",
            "1,204 shares",
            "Print this page",
            "Compartir",
        ],
        prose: &["Share prices fell.", "Twitter users were furious."],
    },
    Rule {
        name: "related",
        kind: Furniture,
        zone: Zone::Any,
        max_words: 40,
        sentences: true,
        test: Test::Label(words::RELATED),
        opens_list: false,
        examples: &["Read more: What the plan says", "LEA TAMBIÉN: El mapa", "Lire aussi : la suite"],
        prose: &["Read the letter again, the judge said.", "Related questions were put off."],
    },
    Rule {
        name: "related_title",
        kind: Furniture,
        zone: Zone::Any,
        max_words: 20,
        sentences: false,
        test: Test::Label(words::RELATED_TITLES),
        opens_list: false,
        examples: &["READ: Who’s who in the opposition", "Opinion: Don’t forget the money"],
        prose: &["Analysis: the vote was closer than it looked."],
    },
    Rule {
        name: "related_list",
        kind: Furniture,
        zone: Zone::Any,
        max_words: 8,
        sentences: false,
        test: Test::Is(words::RELATED_LISTS),
        opens_list: true,
        examples: &["Related articles", "More on this story", "Most read", "You may also like", "Read next"],
        prose: &["Most read it."],
    },
    Rule {
        name: "newsletter",
        kind: Furniture,
        zone: Zone::Any,
        max_words: 45,
        sentences: true,
        test: Test::Opens(words::NEWSLETTER),
        opens_list: false,
        examples: &[
            "Sign up here to get our briefing each Tuesday",
            "Subscribe now",
            "Abonnez-vous à notre lettre",
        ],
        prose: &["Subscribers left in droves.", "Sign language is taught in two schools."],
    },
    Rule {
        name: "follow",
        kind: Furniture,
        zone: Zone::Any,
        max_words: 30,
        sentences: true,
        test: Test::Opens(words::FOLLOW),
        opens_list: false,
        examples: &["Follow us on Twitter", "Like us on Facebook", "Síguenos en X, Instagram y YouTube"],
        prose: &["Follow the river for a mile."],
    },
    Rule {
        name: "tags",
        kind: Furniture,
        zone: Zone::Any,
        max_words: 40,
        sentences: true,
        test: Test::Label(words::TAGS),
        opens_list: false,
        examples: &[
            "Tags: athletics | Lake Toba",
            "Topics: Russia / Foreign policy",
            "Etiquetas: Armada",
            "Topics",
        ],
        prose: &["Tags were cut from the sheep's ears."],
    },
    Rule {
        name: "contact",
        kind: Furniture,
        zone: Zone::Any,
        max_words: 45,
        sentences: true,
        test: Test::Opens(words::CONTACT),
        opens_list: false,
        examples: &[
            "Letters to the editor: P.O. Box 90",
            "Have you found an error? Write to desk@news.example",
        ],
        prose: &["Letters to the ministry went unanswered."],
    },
    Rule {
        name: "about_the_text",
        kind: Furniture,
        zone: Zone::Any,
        max_words: 60,
        sentences: true,
        test: Test::Opens(words::ABOUT_THE_TEXT),
        opens_list: false,
        examples: &[
            "Printed from www.observer.example/2004",
            "This article was amended on 4 May",
            "Editor's note: names",
        ],
        prose: &["This article of the treaty was struck out."],
    },
    Rule {
        name: "continued",
        kind: Furniture,
        zone: Zone::Any,
        max_words: 12,
        sentences: true,
        test: Test::Holds(is_page_reference),
        opens_list: false,
        examples: &[
            "Page Two",
            "Page A7",
            "(Continued on Page 4)",
            "Continued from page 1",
            "LOTTERY NUMBERS, WEATHER: Page 12",
        ],
        prose: &["Page 12 of the report was blank."],
    },
    Rule {
        name: "site",
        kind: Furniture,
        zone: Zone::Any,
        max_words: 6,
        sentences: false,
        test: Test::Label(words::SITE),
        opens_list: false,
        examples: &["Skip to content", "Log in", "View all comments", "Load more"],
        prose: &["Home rule was promised."],
    },
    Rule {
        name: "cookies",
        kind: Furniture,
        zone: Zone::Any,
        max_words: 60,
        sentences: true,
        test: Test::Has(words::COOKIES),
        opens_list: false,
        examples: &["This website uses cookies. By continuing you agree.", "Please enable JavaScript"],
        prose: &["The cookies were baked on Monday."],
    },
    Rule {
        name: "menu",
        kind: Furniture,
        zone: Zone::Edge,
        max_words: 24,
        sentences: false,
        test: Test::Holds(is_menu),
        opens_list: false,
        examples: &["Home | World | Business | Sport", "News > World > Asia"],
        prose: &["Either | or"],
    },
    Rule {
        name: "section_name",
        kind: Furniture,
        zone: Zone::Top,
        max_words: 6,
        sentences: false,
        test: Test::Holds(|line| is_section_name(&line.folded)),
        opens_list: false,
        examples: &["SPORT", "Science & Environment", "World / Europe", "Opinion", "Breaking news"],
        prose: &["World leaders meet in Warsaw"],
    },
    Rule {
        name: "address",
        kind: Furniture,
        zone: Zone::Edge,
        max_words: 3,
        sentences: true,
        test: Test::Holds(is_address),
        opens_list: false,
        examples: &["dkwek@smn.example", "https://news.example/a/b", "@newsdesk"],
        prose: &["at home"],
    },
    Rule {
        name: "ornament",
        kind: Furniture,
        zone: Zone::Any,
        max_words: 0,
        sentences: true,
        test: Test::Holds(|line| !line.text.contains(char::is_alphanumeric)),
        opens_list: false,
        examples: &["* * *", "———", "•"],
        prose: &[],
    },
];

/// "4 mins": beside the headline that is a reading time.
fn is_minutes(line: &Line<'_>) -> bool {
    let folded = line.folded.as_str();
    let parts = folded.split_once(' ');
    parts.is_some_and(|(n, unit)| n.bytes().all(|b| b.is_ascii_digit()) && words::MINUTES.contains(&unit))
}

/// "5 Min Read": a number, a word for minutes, a word for reading, little else.
fn is_reading_time(line: &Line<'_>) -> bool {
    let folded = line.folded.as_str();
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let is_number = |w: &&str| w.bytes().all(|b| b.is_ascii_digit());
    let split = |w: &&str| w.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
    let has = |list: &[&str]| words.iter().map(split).any(|w| list.contains(&w.as_str()));
    let known = |w: &&str| {
        let w = &split(w)[..];
        w.is_empty()
            || words::MINUTES.contains(&w)
            || words::READING.contains(&w)
            || words::SMALL.contains(&w)
    };
    words.iter().any(|w| is_number(w) || w.starts_with(|c: char| c.is_ascii_digit()))
        && has(words::MINUTES)
        && has(words::READING)
        && words.iter().all(known)
}

fn is_copyright(line: &Line<'_>) -> bool {
    let folded = line.folded.as_str();
    let has_year =
        folded.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4 && matches!(&n[..2], "19" | "20"));
    words::RIGHTS.iter().any(|phrase| folded.contains(phrase))
        || folded.starts_with('©')
        || has_year && (folded.contains('©') || folded.starts_with("copyright") || folded.starts_with("c) "))
}

/// "(Continued on Page 4)", "WEATHER: Page 12".
fn is_page_reference(line: &Line<'_>) -> bool {
    let folded = line.folded.as_str();
    let last_is_number =
        folded.rsplit(' ').next().is_some_and(|w| w.len() <= 3 && w.ends_with(|c: char| c.is_ascii_digit()));
    let is_continued =
        ["continued on", "continued from", "turn to page", "see page", "fortsetzung", "suite page"]
            .iter()
            .any(|phrase| folded.starts_with(phrase));
    let is_page = folded.strip_prefix("page ").is_some_and(|n| {
        words::PAGES.contains(&n) || n.len() <= 3 && n.ends_with(|c: char| c.is_ascii_digit())
    });
    let names_page =
        [": page ", ", page ", ": seite ", " - page "].iter().any(|phrase| folded.contains(phrase));
    is_page || is_continued && line.n_words <= 6 || names_page && last_is_number
}

/// Three or more short items between strokes.
fn is_menu(line: &Line<'_>) -> bool {
    ['|', '>', '›', '»', '•', '·'].iter().any(|&mark| {
        let parts: Vec<&str> = line.text.split(mark).map(str::trim).filter(|part| !part.is_empty()).collect();
        parts.len() >= 3
            && parts.iter().all(|part| part.split_whitespace().count() <= 3 && !part.ends_with('.'))
    })
}

/// An e-mail address, a web address or an account's name, alone on its line.
fn is_address(line: &Line<'_>) -> bool {
    let line = line.text.trim_matches(|c: char| matches!(c, '(' | ')' | '<' | '>' | '[' | ']'));
    !line.contains(char::is_whitespace)
        && (line.starts_with("http://")
            || line.starts_with("https://")
            || line.starts_with("www.")
            || line.len() > 1 && line.starts_with('@')
            || line.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')))
}
