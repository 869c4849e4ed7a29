"""Writes cases.json and hasher.json: what scikit-learn makes of small texts. See README.md.

    pip install scikit-learn==1.9.1
    python generate.py
"""

import json
import pathlib

import sklearn
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

HERE = pathlib.Path(__file__).parent

# Plain lower-case words with single spaces between, so that both sides see the same tokens.
WORDS = [
    "envoys meet again as talks on the border resume",
    "talks fail and troops move to the border again",
    "tariffs rise as the trade talks fail talks fail",
    "the troops hold the border the border holds",
    "exports rise and tariffs fall as trade resumes",
    "élan and naïveté at the border talks",
    "again again again",
    "quorum",
]
# Any text: character n-grams need no tokenizer.
CHARACTERS = [
    "Envoys meet  again, as talks resume.",
    "Talks fail; troops move\tto the border!",
    "a I to",
    "Élan — naïveté",
    "“Talks,” he said: ‘No.’",
    "seoul 3.5% $1.2bn",
]

# Parameters of CountVectorizer, then of TfidfTransformer or None for counts.
CASES = [
    ("words", {}, None),
    ("words", {"binary": True}, None),
    ("words", {"ngram_range": [1, 2]}, None),
    ("words", {"ngram_range": [2, 3]}, None),
    ("words", {"ngram_range": [3, 3]}, None),
    ("words", {"ngram_range": [1, 5]}, None),
    ("words", {"min_df": 2}, None),
    ("words", {"min_df": 0.3}, None),
    ("words", {"max_df": 3}, None),
    ("words", {"max_df": 0.5}, None),
    ("words", {"min_df": 2, "max_df": 0.5, "ngram_range": [1, 2]}, None),
    ("words", {"min_df": 0.25, "max_df": 4}, None),
    ("words", {"max_features": 4}, None),
    ("words", {"max_features": 3, "max_df": 4}, None),
    ("words", {}, {}),
    ("words", {}, {"smooth_idf": False}),
    ("words", {}, {"use_idf": False}),
    ("words", {}, {"sublinear_tf": True}),
    ("words", {}, {"norm": "l1"}),
    ("words", {}, {"norm": None}),
    ("words", {}, {"norm": None, "smooth_idf": False, "sublinear_tf": True}),
    ("words", {"binary": True}, {}),
    ("words", {"binary": True}, {"norm": "l1", "use_idf": False}),
    ("words", {"ngram_range": [1, 2], "min_df": 2}, {"sublinear_tf": True}),
    ("words", {"ngram_range": [1, 3], "max_df": 0.5}, {"norm": "l1", "smooth_idf": False}),
    ("characters", {"analyzer": "char_wb"}, None),
    ("characters", {"analyzer": "char_wb", "ngram_range": [2, 4]}, None),
    ("characters", {"analyzer": "char_wb", "ngram_range": [3, 5], "min_df": 2}, None),
    ("characters", {"analyzer": "char_wb", "ngram_range": [1, 8]}, {"sublinear_tf": True}),
]


def case(texts, count, weigh):
    options = dict(count, ngram_range=tuple(count.get("ngram_range", (1, 1))))
    vectorizer = CountVectorizer(token_pattern=r"(?u)\S+", **options)
    x = vectorizer.fit_transform({"words": WORDS, "characters": CHARACTERS}[texts])
    if weigh is not None:
        x = TfidfTransformer(**weigh).fit_transform(x)
    x = x.tocsr().astype(float)
    x.sort_indices()
    rows = [
        [[int(c), float(v)] for c, v in zip(row.indices, row.data)]
        for row in (x[i] for i in range(x.shape[0]))
    ]
    return {
        "texts": texts,
        "count": count,
        "weigh": weigh,
        "vocabulary": vectorizer.get_feature_names_out().tolist(),
        "rows": rows,
    }


def hashed(n_features, alternate_sign):
    hasher = FeatureHasher(n_features, input_type="string", alternate_sign=alternate_sign)
    x = hasher.transform(text.split() for text in WORDS).tocsr()
    x.sum_duplicates()
    x.eliminate_zeros()
    rows = [[[int(c), float(v)] for c, v in zip(r.indices, r.data)] for r in (x[i] for i in range(x.shape[0]))]
    return {"n_features": n_features, "alternate_sign": alternate_sign, "rows": rows}


def write(name, content):
    lines = [f"{json.dumps(k)}: {v}" for k, v in content.items()]
    (HERE / name).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def listed(items):
    return "[\n" + ",\n".join(json.dumps(i, ensure_ascii=False, separators=(",", ":")) for i in items) + "\n]"


version = json.dumps(sklearn.__version__)
texts = {"words": WORDS, "characters": CHARACTERS}
write(
    "cases.json",
    {
        "scikit_learn": version,
        "texts": json.dumps(texts, ensure_ascii=False, indent=1),
        "cases": listed(case(*c) for c in CASES),
    },
)
write(
    "hasher.json",
    {
        "scikit_learn": version,
        "texts": json.dumps(WORDS, ensure_ascii=False, indent=1),
        "cases": listed(hashed(n, s) for n in (8, 1024, 2**20) for s in (True, False)),
    },
)
