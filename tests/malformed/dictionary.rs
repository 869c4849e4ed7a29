//! Word lists.

use super::{Case, read, refused};

pub(super) fn cases() -> Vec<Case> {
    let file = "words.csv";
    let list = |name, text: &str, n| read(name, file, text, n);
    let no = |name, text: &str, reason| refused(name, file, text, reason);
    let weight = |name, weight: &str, reason| {
        refused(name, file, format!("category,term,weight\nwar,troop*,{weight}\n"), reason)
    };
    let (no_number, too_large) =
        ("words.csv:2: must be category,term[,weight]", "words.csv:2: weight must be between");
    vec![
        no("a word list of no byte", "", "no column \"category\""),
        list("a word list without a term", "category,term\n", 0),
        no("a word list without names of columns", "war,troop*\ntrade,tariff*\n", "no column \"category\""),
        no("a word list without its terms", "category,word\nwar,x\n", "no column \"term\""),
        no(
            "an empty term",
            "category,term\ntrade,tariff*\nwar,\n",
            "words.csv:3: a row needs a category and a term",
        ),
        no(
            "a term of blanks",
            "category,term\nwar,\"  \"\n",
            "words.csv:2: a row needs a category and a term",
        ),
        no("an empty category", "category,term\n,troop*\n", "words.csv:2: a row needs a category and a term"),
        weight("a weight that is no number", "heavy", no_number),
        weight("a weight that is not a number by name", "NaN", too_large),
        weight("a weight without end", "inf", too_large),
        weight("a weight beyond all range", "1e999", too_large),
        weight("a weight whose sum is beyond all range", "1e308", too_large),
        weight("a weight with a comma in it", "\"0,5\"", no_number),
        list("a weight left out", "category,term,weight\nwar,troop*,\ntrade,tariff*,2\n", 2),
        no(
            "a row of a word list of too many fields",
            "category,term\nwar,troops,moved\n",
            "words.csv:2: must be category,term[,weight]",
        ),
        no(
            "a row of a word list of too few fields",
            "category,term\nwar\n",
            "words.csv:2: must be category,term[,weight]",
        ),
        no(
            "a quote in a word list that is never closed",
            "category,term\nwar,\"troop*\ntrade,tariff*\n",
            "words.csv:2: a category and a term must be on one line",
        ),
        refused(
            "a word list that is no UTF-8",
            file,
            b"category,term\nwar,\xff\xfe\n",
            "words.csv:2: must be category,term[,weight]",
        ),
        no("a column of terms twice", "category,term,term\nwar,a,b\n", "duplicate field"),
        no("a stem of no word", "category,term\nwar,~\n", "words.csv:2: a word must stand behind ~"),
        no(
            "a stem of no word within a phrase",
            "category,term\nwar,air ~\n",
            "words.csv:2: a word must stand behind ~",
        ),
        list("a term of stars", "category,term\nwar,*\nwar,***\nwar,* *\nwar,a*b*c*\n", 1),
        list("a star in a stem", "category,term\nwar,~troop*\n", 1),
        list("a term of signs", "category,term\nwar,!!!\nwar,%\n", 1),
        list("a term twice", "category,term\nwar,troops\nwar,Troops\n", 1),
        list("a term of a hundred words", &format!("category,term\nwar,{}\n", "a ".repeat(100)), 1),
        list("a word list behind a byte-order mark", "\u{feff}category,term\nwar,troop*\n", 1),
    ]
}
