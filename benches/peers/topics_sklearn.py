"""The work of topics.py as a scikit-learn user does it: one process for each command.

    python topics_sklearn.py train CORPUS.csv MODEL --ngrams 1-1
    python topics_sklearn.py classify MODEL TEXTS.csv OUT.csv
    python topics_sklearn.py evaluate MODEL TEST.csv
    python topics_sklearn.py frequencies CORPUS.csv OUT.csv

The tokenizer is a regular expression that cuts ordinary prose as UAX #29 does: letters with inner apostrophes, full stops
and colons, digits with inner commas, semicolons, apostrophes and full stops. Words are stemmed by PyStemmer in one call a text, with a cache that holds every form.
"""

import argparse
import json
import re
import time

import joblib
import pandas as pd
import Stemmer
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import make_pipeline

WORD = re.compile(r"\w+(?:(?<=[^\W\d_])['’.:·](?=[^\W\d_])\w+|(?<=\d)[,;.'](?=\d)\w+)*")


class Tokens:
    """Stems of the words of a text."""

    def __init__(self):
        self.start()

    def start(self):
        self.stemmer = Stemmer.Stemmer("english", 1 << 20)

    def __call__(self, text):
        return self.stemmer.stemWords(WORD.findall(text))

    def __getstate__(self):
        return {}

    def __setstate__(self, _):
        self.start()


def read(path):
    return pd.read_csv(path, usecols=lambda name: name in ("label", "text"), keep_default_na=False)


def train(args):
    corpus = read(args.corpus)
    low, high = map(int, args.ngrams.split("-"))
    vectorizer = TfidfVectorizer(tokenizer=Tokens(), token_pattern=None, ngram_range=(low, high))
    model = make_pipeline(vectorizer, ComplementNB(alpha=0.1))
    model.fit(corpus.text, corpus.label)
    joblib.dump(model, args.model)


def classify(args):
    model = joblib.load(args.model)
    texts = read(args.texts).text
    start = time.perf_counter()
    probabilities = model.predict_proba(texts)
    seconds = time.perf_counter() - start
    table = pd.DataFrame(probabilities, columns=[f"p_{label}" for label in model.classes_])
    table.insert(0, "topic", model.classes_[probabilities.argmax(axis=1)])
    table.to_csv(args.out, index=False, float_format="%.6f")
    with open(f"{args.out}.json", "w") as out:
        json.dump({"predict": seconds}, out)


def evaluate(args):
    model = joblib.load(args.model)
    test = read(args.test)
    correct = float((model.predict(test.text) == test.label).mean())
    with open(args.out, "w") as out:
        json.dump({"accuracy": correct, "n_terms": len(model[0].vocabulary_)}, out)


def frequencies(args):
    """Terms of pre-tokenised texts and how many documents have each."""
    vectorizer = CountVectorizer(analyzer=str.split, binary=True)
    counts = vectorizer.fit_transform(read(args.corpus).text)
    table = pd.DataFrame(
        {"term": vectorizer.get_feature_names_out(), "document_frequency": counts.sum(axis=0).A1}
    )
    table.to_csv(args.out, index=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)
    for work, names in [
        (train, ["corpus", "model"]),
        (classify, ["model", "texts", "out"]),
        (evaluate, ["model", "test", "out"]),
        (frequencies, ["corpus", "out"]),
    ]:
        command = commands.add_parser(work.__name__)
        command.set_defaults(work=work)
        for name in names:
            command.add_argument(name)
        if work is train:
            command.add_argument("--ngrams", default="1-1")
    args = parser.parse_args()
    args.work(args)


if __name__ == "__main__":
    main()
