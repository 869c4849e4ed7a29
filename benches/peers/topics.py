"""Training and classifying against scikit-learn: python topics.py TRAIN.csv TEST.csv [--repeat 8] [--newsbeat PATH].

Both files have the columns `label` and `text`; they may be compressed with gzip. See README.md for what is compared and how.
"""

import argparse
import csv
import json
import re
import sys
import tempfile
from pathlib import Path

import pandas as pd
from side_by_side import Comparison, Cost, run

HERE = Path(__file__).parent
PEER = [sys.executable, HERE / "topics_sklearn.py"]
N_PARAGRAPHS = 10_000
# Three standard errors of the difference of two accuracies of .85 on 7,500 texts, were they independent.
NOISE = 0.017


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "label", "text"])
        writer.writerows((i, *row) for i, row in enumerate(rows, 1))


def rows_of(table):
    return list(zip(table.label, table.text))


def paragraphs(rows, n):
    """The first `n` paragraphs of ten words at least, each as one line, from the texts over and over."""
    found = []
    while True:
        for label, text in rows:
            for block in re.split(r"\n\s*\n", text):
                line = " ".join(block.split())
                if line.count(" ") >= 9:
                    found.append((label, line))
                    if len(found) == n:
                        return found


class Bench:
    def __init__(self, args, work):
        self.newsbeat, self.repeats, self.work = args.newsbeat, args.repeats, work
        self.comparison = Comparison("scikit-learn")
        read = lambda path: pd.read_csv(path, keep_default_na=False)
        train, self.test = rows_of(read(args.train)), work / "test.csv"
        test = rows_of(read(args.test))
        self.train, self.plain, self.paragraphs = work / "train.csv", work / "plain.csv", work / "paragraphs.csv"
        write(self.train, train * args.repeat)
        write(self.test, test)
        write(self.paragraphs, paragraphs(test, N_PARAGRAPHS))
        write(self.plain, ((label, " ".join(re.findall("[a-z]+", text.lower()))) for label, text in train))

    def ours(self, *command):
        return [self.newsbeat, *command]

    def training(self, ngrams, bar):
        model, peer_model = self.work / f"{ngrams}.safetensors", self.work / f"{ngrams}.joblib"
        fixed = ["--classifier", "complement", "--alpha", "0.1", "--weighting", "tfidf", "--ngrams", ngrams]
        ours = run(self.ours("train", self.train, "-o", model, "--force", *fixed), self.repeats)
        theirs = run([*PEER, "train", self.train, peer_model, "--ngrams", ngrams])
        size = self.train.stat().st_size / 1e6
        self.comparison.add(f"train, {ngrams}-grams, {size:.0f} MB of CSV", ours, theirs, bar)
        return model, peer_model

    def accuracy(self, ngrams, model, peer_model):
        figures = self.work / "figures.csv"
        run(self.ours("evaluate", self.test, "--model", model, "-o", figures, "--force"))
        with open(figures, newline="") as file:
            ours = next(float(row["value"]) for row in csv.DictReader(file) if row["label"] == "accuracy")
        run([*PEER, "evaluate", peer_model, self.test, self.work / "figures.json"])
        theirs = json.loads((self.work / "figures.json").read_text())
        self.comparison.check(f"accuracy on the test file, {ngrams}-grams", ours, theirs["accuracy"], NOISE)
        terms = self.terms(model)
        self.comparison.check(
            f"terms, {ngrams}-grams, each side's own tokens (1 %)", len(terms), theirs["n_terms"], 0.01 * len(terms)
        )

    def terms(self, model):
        """The terms of a model and their document frequencies."""
        table = self.work / "terms.csv"
        run(self.ours("inspect", model, "--terms", "-o", table, "--force"))
        terms = pd.read_csv(table, keep_default_na=False, usecols=["term", "document_frequency"])
        return dict(zip(terms.term, terms.document_frequency))

    def same_terms(self):
        """On texts cut to lower-case ASCII words, without a stemmer, both must find the same terms as often."""
        model, counted = self.work / "plain.safetensors", self.work / "plain.terms.csv"
        fixed = ["--classifier", "complement", "--alpha", "0.1", "--weighting", "tfidf", "--ngrams", "1-1"]
        run(self.ours("train", self.plain, "-o", model, "--force", "--stemmer", "none", *fixed))
        run([*PEER, "frequencies", self.plain, counted])
        theirs = pd.read_csv(counted, keep_default_na=False)
        theirs, ours = dict(zip(theirs.term, theirs.document_frequency)), self.terms(model)
        same = sum(theirs.get(term) == n for term, n in ours.items())
        self.comparison.check("terms of pre-tokenised texts", len(ours), len(theirs))
        self.comparison.check("of them in equally many documents", same, len(theirs))

    def classifying(self, model, peer_model):
        out, peer_out = self.work / "topics.csv", self.work / "topics.peer.csv"
        ours = run(self.ours("classify", self.paragraphs, "--model", model, "-o", out, "--force"), self.repeats)
        theirs = run([*PEER, "classify", peer_model, self.paragraphs, peer_out], self.repeats)
        self.comparison.add(f"classify {N_PARAGRAPHS:,} paragraphs", ours, theirs, 20)
        inner = json.loads(Path(f"{peer_out}.json").read_text())["predict"]
        # Not a bar: our whole command against their calls alone, without start, import, loading, reading and writing.
        self.comparison.add("  our command against predict_proba() alone", ours, Cost(inner, inner, theirs.peak))
        topics = [pd.read_csv(path, keep_default_na=False).topic for path in (out, peer_out)]
        self.comparison.check("rows classified", len(topics[0]), len(topics[1]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", help="CSV with the columns label and text")
    parser.add_argument("test", help="CSV with the columns label and text")
    parser.add_argument("--repeat", type=int, default=8, help="how often the training texts are repeated")
    parser.add_argument("--repeats", type=int, default=3, help="runs of which the median counts; long peers run once")
    parser.add_argument("--newsbeat", default="target/release/newsbeat", help="the program")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="peers-") as work:
        bench = Bench(args, Path(work))
        bench.same_terms()
        unigrams = bench.training("1-1", 25)
        bench.accuracy("1-1", *unigrams)
        bench.classifying(*unigrams)
        bigrams = bench.training("1-2", 15)
        bench.accuracy("1-2", *bigrams)
        bench.comparison.show()


if __name__ == "__main__":
    main()
