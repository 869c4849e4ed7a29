//! Labelled rows.

use super::{Case, both, refused};

pub(super) fn cases() -> Vec<Case> {
    let (csv, lines) = ("rows.csv", "rows.jsonl");
    let rows = "label,text\na,Troops moved.\nb,Tariffs rose.\n";
    let few = "at least two labels";
    let with = |row: &str| format!("{rows}{row}");
    vec![
        refused("labelled rows of no byte", csv, "", "must have a header line, got an empty file"),
        both("labelled rows without a row", csv, "label,text\n", 0, &[few]),
        refused(
            "no column of labels",
            csv,
            "topic,text\na,x\n",
            "no column \"label\"; its columns are: topic, text",
        ),
        refused("no column of labelled texts", csv, "label,body\na,x\n", "no column \"text\""),
        refused(
            "labelled rows without names of columns",
            csv,
            "a,Troops moved.\nb,Tariffs rose.\n",
            "no column",
        ),
        both("an empty label", csv, with(",Wool fell.\n"), 2, &["rows.csv:4: label must not be empty"]),
        both(
            "a label of blanks",
            csv,
            with("\"  \",Wool fell.\n"),
            2,
            &["rows.csv:4: label must not be empty"],
        ),
        both(
            "an empty labelled text",
            csv,
            with("a,\nb,\"\"\n"),
            2,
            &["rows.csv:4: text must not be empty", "rows.csv:5"],
        ),
        both("one label only", csv, "label,text\na,Troops moved.\na,Wool fell.\n", 2, &[few]),
        both(
            "labels that differ in blanks only",
            csv,
            "label,text\na,Troops moved.\n a ,Wool fell.\n",
            2,
            &[few],
        ),
        both(
            "labelled texts without a word",
            csv,
            "label,text\na,!!!\nb,???\n",
            2,
            &["at least one term must occur"],
        ),
        both(
            "labelled rows of too few and too many fields",
            csv,
            with("a\nb,x,y\na,Wool fell.\n"),
            3,
            &["rows.csv:4: expected 2 fields, found 1", "rows.csv:5: expected 2 fields, found 3"],
        ),
        both("a bare quote in a labelled text", csv, with("a,The 5\" pipe.\nb,Wool fell.\n"), 4, &[]),
        both("labelled rows behind a byte-order mark", csv, format!("\u{feff}{rows}"), 2, &[]),
        both("labelled rows between semicolons", csv, rows.replace(',', ";"), 2, &[]),
        both(
            "labelled rows of two kinds of line breaks",
            csv,
            "label,text\ra,Troops moved.\nb,Tariffs rose.\nb\n",
            2,
            &["rows.csv:3: expected 2 fields, found 1"],
        ),
        both("labelled rows of carriage returns", csv, rows.replace('\n', "\r"), 2, &[]),
        both(
            "a labelled text that is no UTF-8",
            csv,
            [rows.as_bytes(), b"a,Z\xfcrich \xff.\n"].concat(),
            3,
            &[],
        ),
        both(
            "a column of labels twice",
            csv,
            "label,label,text\na,b,Troops moved.\nb,a,Tariffs rose.\n",
            2,
            &[],
        ),
        both(
            "commas in labelled rows between tabs",
            "rows.tsv",
            "label,text\na,x\n",
            0,
            &["no column \"label\""],
        ),
        both(
            "a quote in labelled rows that is not closed",
            csv,
            with("a,\"Wool fell.\nb,Fog.\n"),
            2,
            &[
                "rows.csv:4: expected a quote to close the one that opens here, found none to the end; 1 more line is",
            ],
        ),
        both(
            "a labelled row over the limit",
            csv,
            with(&format!("a,{}\nb,Wool fell.\n", "Fog. ".repeat(60_000))),
            3,
            &["rows.csv:4: expected at most 262144 bytes of one record"],
        ),
        both(
            "a label over the limit",
            csv,
            with(&format!("{},Fog.\nb,Wool fell.\n", "a".repeat(1025))),
            3,
            &["rows.csv:4: expected at most 1024 bytes of label"],
        ),
        both(
            "a labelled row of very many fields",
            csv,
            with(&format!("{}\nb,Wool fell.\n", ",".repeat(5_000))),
            3,
            &["rows.csv:4: expected at most 4096 tags, fields or values"],
        ),
        refused(
            "a header of labelled rows that is not closed",
            csv,
            "label,\"text\na,Troops moved.\n",
            "rows.csv:1: expected a quote to close",
        ),
        both(
            "a labelled line over the limit",
            lines,
            format!(
                "{{\"label\":\"a\",\"text\":\"{}\"}}\n{{\"label\":\"b\",\"text\":\"Tariffs rose.\"}}\n",
                "Fog. ".repeat(60_000)
            ),
            1,
            &["rows.jsonl:1: expected at most 262144 bytes of one record", few],
        ),
        both("labelled lines of no byte", lines, "", 0, &[few]),
        both(
            "labelled lines that are no objects",
            lines,
            "[1]\n7\n{\"label\":\"a\",\"text\":\"Troops moved.\"}\n{\"label\":\"b\",\"text\":\"Tariffs rose.\"}\n",
            2,
            &["rows.jsonl:1: must be a JSON object", "rows.jsonl:2: must be a JSON object"],
        ),
        both(
            "a labelled line without a label",
            lines,
            "{\"text\":\"Troops moved.\"}\n{\"label\":null,\"text\":\"x\"}\n{\"label\":\"a\"}\n",
            0,
            &[
                "rows.jsonl:1: label must not be empty",
                "rows.jsonl:2: label",
                "rows.jsonl:3: text must not be empty",
                few,
            ],
        ),
        both(
            "a labelled line cut off",
            lines,
            "{\"label\":\"a\",\"text\":\"Troops moved.\"}\n{\"label\":\"b\",\"text\":\"Tariffs rose.\"}\n{\"label\":\"b\",\"te",
            2,
            &["rows.jsonl:3: must be a JSON object"],
        ),
        refused(
            "labelled rows of broken gzip",
            "rows.csv.gz",
            &super::packed::gzip(rows.as_bytes())[..30],
            "cannot read",
        ),
    ]
}
