//! Plain text and Markdown, and the bytes of either.

use super::{Case, both, read, refused};

/// The text in UTF-16, the lower byte first, without a mark.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

pub(super) fn cases() -> Vec<Case> {
    let story = "Troops crossed the border on Monday.\n\nTariffs rose again on Tuesday.\n";
    vec![
        read("no byte at all", "news.txt", b"", 1),
        read("only blanks and line breaks", "news.txt", b" \t \r\n\r\n \x0b\x0c \n", 1),
        read("only a byte-order mark", "news.txt", b"\xef\xbb\xbf", 1),
        read("only the mark of UTF-16", "news.txt", b"\xff\xfe", 1),
        read("two byte-order marks", "news.txt", format!("\u{feff}\u{feff}{story}"), 1),
        read("a byte-order mark in the middle", "news.txt", format!("{story}\u{feff}{story}"), 1),
        read("a byte that is no UTF-8", "news.txt", b"Caf\xc3\xa9s in Z\xc3\xbcrich rose \xff again.", 1),
        read("UTF-8 cut within a letter", "news.txt", b"The price of caf\xc3\xa9 and caf\xc3", 1),
        read("overlong UTF-8", "news.txt", b"A slash \xc0\xaf and another \xe0\x80\xaf here.", 1),
        read("a lone surrogate in UTF-8", "news.txt", b"Half a sign \xed\xa0\x80 stands here.", 1),
        read("a letter beyond Unicode", "news.txt", b"Too far \xf4\x90\x80\x80 out.", 1),
        read("only continuation bytes", "news.txt", [0x80; 64], 1),
        read("all bytes but NUL", "news.txt", (1..=255).collect::<Vec<u8>>(), 1),
        read("UTF-16 without a mark", "news.txt", utf16(story), 1),
        read("UTF-16 of odd length", "news.txt", [utf16(story), vec![b'x']].concat(), 1),
        read("a lone surrogate in UTF-16", "news.txt", b"\xff\xfeT\0o\0\x00\xd8p\0 \0u\0p\0", 1),
        read("the mark of the other UTF-16", "news.txt", [b"\xfe\xff".to_vec(), utf16(story)].concat(), 1),
        refused(
            "UTF-32",
            "news.txt",
            story.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect::<Vec<u8>>(),
            "NUL at byte 0",
        ),
        refused("a NUL in a sentence", "news.txt", b"Troops crossed\0 the border.", "NUL at byte 14"),
        refused("only NULs", "news.txt", [0; 4096], "NUL at byte 0"),
        read(
            "a NUL far into the file",
            "news.txt",
            ["Troops moved. ".repeat(1000).as_bytes(), b"\0x"].concat(),
            1,
        ),
        read("control characters", "news.txt", b"Troops \x01\x02\x1b[31m crossed\x7f the \x08border.", 1),
        read("control characters of C1", "news.txt", "Troops\u{85} crossed\u{9b} the\u{9d} border.", 1),
        read(
            "turned and hidden characters",
            "news.txt",
            "\u{202e}sporT\u{202c} \u{200b}\u{200d}\u{2066}rose.\u{feff}",
            1,
        ),
        read("one letter with ten thousand accents", "news.txt", format!("a{}", "\u{301}".repeat(10_000)), 1),
        read("only carriage returns", "news.txt", story.replace('\n', "\r"), 1),
        read("only signs", "news.txt", "!!! ??? ... --- *** %%% \u{1f600}\u{1f3fd} \u{2028}\u{2029}", 1),
        read("one word without an end", "news.txt", "a".repeat(60_000), 1),
        refused("too long a text", "news.txt", "Troops moved. ".repeat(6_000), "--max-article-bytes"),
        refused("too large a file", "news.txt", vec![b' '; 300 << 10], "--max-record-bytes"),
        refused(
            "a PDF document named as text",
            "news.txt",
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
            "found a PDF document",
        ),
        refused(
            "a picture named as text",
            "news.txt",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            "found a PNG picture",
        ),
        refused("a program named as text", "news.txt", b"\x7fELF\x02\x01\x01", "found a program"),
        read(
            "front matter that does not end",
            "news.md",
            "---\ntitle: Steel\nauthor: Jane Doe\n\nDuties rose.\n",
            1,
        ),
        read("front matter that is no YAML", "news.md", "---\n{{]: : -\n\t- title\n---\nDuties rose.\n", 1),
        read("front matter and nothing else", "news.md", "---\ntitle: Steel\n---\n", 1),
        read("a code block that does not end", "news.md", "# Steel\n\n```\nDuties rose.\n", 1),
        read(
            "links and emphasis that do not end",
            "news.md",
            "# [Steel](http://x\n\n**Duties _rose [on][ Monday](.\n",
            1,
        ),
        read("quotations within each other", "news.md", format!("{} Duties rose.", ">".repeat(5_000)), 1),
        read(
            "lists within each other",
            "news.md",
            (0..500).map(|n| " ".repeat(n) + "- x\n").collect::<String>(),
            1,
        ),
        read("markup that does not end in Markdown", "news.md", "# Steel\n\n<div><p <!-- Duties rose.\n", 1),
        both("a name without an extension that is known", "news.dump", story, 1, &[]),
    ]
}
