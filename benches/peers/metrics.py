"""Measuring against LexicalRichness and textstat: python metrics.py ARTICLES.jsonl [--newsbeat PATH] [--repeats 3].

Each line of the file is an object with the fields `id` and `text`. See README.md for what is compared and how.
"""

import argparse
import csv
import json
import re
import statistics
import sys
import tempfile
from pathlib import Path

from side_by_side import Comparison, run

HERE = Path(__file__).parent
PEER = [sys.executable, HERE / "metrics_peers.py"]
# What the peers call it, and what newsbeat does.
MEASURES = {
    "diversity": {
        "ttr": "type_token_ratio",
        "rttr": "guiraud_r",
        "cttr": "carroll_cttr",
        "Herdan": "herdan_c",
        "Summer": "summer_s",
        "Dugast": "dugast_u",
        "msttr": "msttr_50",
        "mattr": "mattr_50",
        "mtld": "mtld",
        "hdd": "hdd",
    },
    "readability": {
        "flesch_reading_ease": "flesch_reading_ease",
        "flesch_kincaid_grade": "flesch_kincaid_grade",
        "smog_index": "smog",
        "coleman_liau_index": "coleman_liau",
        "automated_readability_index": "automated_readability_index",
        "linsear_write_formula": "linsear_write",
        "dale_chall_readability_score": "dale_chall",
        "gunning_fog": "gunning_fog",
        "lix": "lix",
        "rix": "rix",
    },
}
# Measures that mean the same on both sides, and how far they may lie apart: nothing but rounding on words cut alike, else
# what other sentences do to the mean of many articles. LexicalRichness takes Dugast's logarithm to base e, we to base 10; syllables
# differ, as we count numbers as they are read aloud.
SAME = {
    "diversity": {name: 1e-6 for name in ("ttr", "rttr", "cttr", "Herdan", "Summer", "mattr", "hdd")},
    "readability": {name: 0.05 for name in ("automated_readability_index", "lix")},
}
BAR = 40


def write(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps({"id": str(i), "text": text}, ensure_ascii=False) + "\n" for i, text in enumerate(rows))


def means(path, names):
    """The mean of each measure over the articles that have it."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: statistics.fmean(float(row[name]) for row in rows if row[name]) for name in names}


def compare(family, peer, texts, args, work):
    """One table: the ten measures of a peer, then all metrics of newsbeat against the same ten."""
    ours_of = MEASURES[family]
    comparison = Comparison(peer)
    out, peer_out = work / "ours.csv", work / "theirs.json"
    command = [args.newsbeat, "metrics", texts, "-o", out, "--force", "--quiet"]
    theirs = run([*PEER, family, texts, peer_out, *ours_of])
    size = texts.stat().st_size / 1e6
    all_of_ours = run(command, args.repeats)
    comparison.add(f"ten measures, {size:.1f} MB of JSONL", run([*command, "--metrics", ",".join(ours_of.values())], args.repeats), theirs, BAR)
    comparison.add("  all metrics of newsbeat against these ten", all_of_ours, theirs)
    found, expected = means(out, ours_of.values()), json.loads(peer_out.read_text())
    for name, share in SAME[family].items():
        comparison.check(f"mean of {name}, within {share:.4%}", found[ours_of[name]], expected[name], share * expected[name])
    return comparison


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--newsbeat", default=HERE.parent.parent / "target/release/newsbeat", type=Path)
    parser.add_argument("--repeats", default=3, type=int)
    args = parser.parse_args()
    texts = [json.loads(line)["text"] for line in args.articles.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        # Without apostrophes, hyphens and digits both sides must find the same words.
        words = [" ".join(re.findall("[a-z]+", text.lower())) for text in texts]
        write(work / "words.jsonl", [text for text in words if text.count(" ") >= 99])
        write(work / "texts.jsonl", texts)
        tables = [
            compare("diversity", "LexicalRichness", work / "words.jsonl", args, work),
            compare("readability", "textstat", work / "texts.jsonl", args, work),
        ]
    failed = False
    for table in tables:
        try:
            table.show()
        except SystemExit:
            failed = True
        print()
    sys.exit(failed)


if __name__ == "__main__":
    main()
