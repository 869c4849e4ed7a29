//! Where `sentencex` is wrong on plain news prose: which sentences are one, and which are two.
//!
//! Two things it leaves as they are, because the words alone do not tell: a sentence that ends with `U.S.` or `Jr.` before a name
//! (`the largest sale in the U.S. Analysts had expected less`), and list items that run on without end marks.

/// What must follow an abbreviation for the sentence to go on.
enum Next {
    /// Any word: a title stands before a name.
    Word,
    /// A digit.
    Digit,
    /// A digit or a small letter.
    DigitOrSmall,
    /// A day or a time zone, as in `8 p.m. Monday`.
    DayOrZone,
}

/// Abbreviations, as printed and without the last full stop, and what follows where they do not end a sentence.
static JOINS: &[(Next, &[&str])] = &[
    (
        Next::Word,
        &[
            "Adm", "Ald", "Amb", "Asst", "Atty", "Attys", "Brig", "Capt", "Cdr", "Cllr", "Cmdr", "Col",
            "Cpl", "Dr", "Drs", "Fr", "Ft", "Gen", "Gens", "Gov", "Govs", "Insp", "Lt", "Maj", "Messrs",
            "Mmes", "Mr", "Mrs", "Ms", "Msgr", "Mt", "Pfc", "Pres", "Prof", "Profs", "Pte", "Pvt", "Rep",
            "Reps", "Rev", "Sen", "Sens", "Sgt", "Spc", "Supt", "Treas",
        ],
    ),
    (Next::Digit, &["Approx", "Est", "Flt", "Res", "Rte", "circa"]),
    (
        Next::DigitOrSmall,
        &[
            "approx", "avg", "est", "Est", "excl", "govt", "incl", "lb", "lbs", "mins", "mph", "oz", "pct",
            "secs", "sq", "yds",
        ],
    ),
    (Next::DayOrZone, &["a.m", "p.m"]),
];

static DAYS_AND_ZONES: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Mon",
    "Tue",
    "Tues",
    "Wed",
    "Thu",
    "Thurs",
    "Fri",
    "Sat",
    "Sun",
    "Eastern",
    "Central",
    "Mountain",
    "Pacific",
    "Greenwich",
    "GMT",
    "UTC",
    "ET",
    "EST",
    "EDT",
    "CT",
    "CST",
    "CDT",
    "MT",
    "MST",
    "MDT",
    "PT",
    "PST",
    "PDT",
    "BST",
    "CET",
    "CEST",
    "IST",
    "JST",
    "KST",
];

/// Words of everyday prose that are also abbreviations: before a capital they end a sentence when they are printed small.
static WORDS: &[&str] =
    &["art", "fed", "fig", "ill", "man", "mass", "may", "me", "miss", "no", "ore", "wash"];

impl Next {
    fn fits(&self, next: &str) -> bool {
        let first = next.chars().next();
        let is = |holds: fn(char) -> bool| first.is_some_and(holds);
        match self {
            Self::Word => is(char::is_alphanumeric),
            Self::Digit => is(|c| c.is_ascii_digit()),
            Self::DigitOrSmall => is(|c| c.is_ascii_digit() || c.is_lowercase()),
            Self::DayOrZone => {
                let end = next.find(|c: char| !c.is_alphabetic()).unwrap_or(next.len());
                DAYS_AND_ZONES.contains(&&next[..end])
            }
        }
    }
}

/// True if an abbreviation at the end of `last` does not end the sentence before `next`.
pub(super) fn joins(last: &str, next: &str) -> bool {
    last.strip_suffix('.').map(last_word).is_some_and(|word| {
        JOINS.iter().any(|(follows, abbreviations)| abbreviations.contains(&word) && follows.fits(next))
    })
}

/// The last word with the full stops in it, without marks in front.
fn last_word(text: &str) -> &str {
    let word = text.rsplit(char::is_whitespace).next().unwrap_or(text);
    word.trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// True for the number of a list item that stands alone: `1.`, `12.`.
pub(super) fn is_enumerator(sentence: &str) -> bool {
    sentence
        .strip_suffix('.')
        .is_some_and(|number| (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Where the first sentence of `text` ends although `sentencex` saw no end.
pub(super) fn split(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'.', bytes)
        .find(|&stop| {
            bytes.get(stop + 1) == Some(&b' ')
                && text[stop + 1..].trim_start().starts_with(char::is_uppercase)
                && WORDS.contains(&last_word(&text[..stop]))
                && is_closed(&text[..stop])
        })
        .map(|stop| stop + 1)
}

/// True if each quotation and parenthesis that `text` opens is closed.
fn is_closed(text: &str) -> bool {
    let count = |mark: char| text.matches(mark).count();
    count('“') == count('”') && count('(') == count(')') && count('"') % 2 == 0
}
