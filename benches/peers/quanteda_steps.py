"""How far apart newsbeat's and quanteda's figures of whole texts are: python quanteda_steps.py ARTICLES.jsonl [--newsbeat PATH].

quanteda is R; this does its steps again (quanteda.textstats, commit 00af203): ICU's boundaries of words and sentences with
quanteda's list of abbreviations hidden, hyphens split, punctuation removed, its formulas. So it stands for quanteda where its
words, sentences and characters decide, and leaves out what needs its syllables and word lists. Needs PyICU (Debian: python3-icu).
"""

import argparse
import csv
import json
import re
import statistics
import subprocess
import tempfile
import unicodedata
from pathlib import Path

import icu

ABBREVIATIONS = re.compile(r"\b(Mr|Mrs|Ms|Dr|Jr|Prof|Ph\.D|M|MM|St|etc)\.")


def pieces(iterator, text):
    """The pieces between ICU's boundaries, which count UTF-16 units."""
    text = icu.UnicodeString(text)
    iterator.setText(text)
    start, found = 0, []
    for end in iterator:
        found.append(str(text[start:end]))
        start = end
    return [piece for piece in found if piece.strip()]


def sentences(text):
    hidden = ABBREVIATIONS.sub(r"\1_", text)
    return pieces(icu.BreakIterator.createSentenceInstance(icu.Locale("en")), hidden)


def all_of(token, *kinds):
    return all(unicodedata.category(c)[0] in kinds for c in token)


def words(text):
    found = pieces(icu.BreakIterator.createWordInstance(icu.Locale("en")), text.replace("-", " "))
    return [word for word in found if not all_of(word, "P")]


def measures(text):
    tokens = words(text)
    n, n_sentences, n_characters = len(tokens), len(sentences(text)), sum(map(len, tokens))
    length, per_word = n / n_sentences, n_characters / n
    n_long = sum(len(token) > 6 for token in tokens)
    return {
        "n_words": n,
        "n_sentences": n_sentences,
        "meanSentenceLength": length,
        "ARI": 0.5 * length + 4.71 * per_word - 21.43,
        "ARI.simple": length + 9 * per_word,
        "ARI.NRI": 0.4 * length + 6 * per_word - 27.4,
        "Coleman.Liau.ECP": 141.8401 - 21.4590 * per_word + 107.9812 / length,
        "Coleman.Liau.short": 5.88 * per_word - 29.6 / length - 15.8,
        "Danielson.Bryan": 1.0364 * n_characters / (n - 1) + 0.0194 * n_characters / n_sentences - 0.6059,
        "RIX": n_long / n_sentences,
        "LIW": length + 100 * n_long / n,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", help="JSON Lines with the field text")
    parser.add_argument("--newsbeat", default="target/release/newsbeat", help="the program")
    args = parser.parse_args()
    with open(args.articles, encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    with tempfile.TemporaryDirectory() as work:
        table = Path(work, "ours.csv")
        subprocess.run([args.newsbeat, "metrics", args.articles, "--preset", "quanteda", "-q", "-o", table], check=True)
        with open(table, newline="", encoding="utf-8") as file:
            ours = list(csv.DictReader(file))
    theirs = [measures(text) for text in texts]
    print(f"{'measure':20} {'ours':>9} {'steps':>9} {'median':>8} {'within 2 %':>10}")
    for name in theirs[0]:
        pairs = [(float(own[name]), step[name]) for own, step in zip(ours, theirs)]
        apart = [abs(a - b) / abs(b) for a, b in pairs]
        means = [statistics.mean(side) for side in zip(*pairs)]
        share = sum(x <= 0.02 for x in apart) / len(apart)
        print(f"{name:20} {means[0]:9.3f} {means[1]:9.3f} {statistics.median(apart):8.2%} {share:10.0%}")


if __name__ == "__main__":
    main()
