"""Freezes figures of scikit-learn for made-up predictions: python generate.py, in this folder."""

import csv
import json

import numpy as np
import sklearn
from sklearn import metrics


def expected_calibration_error(truth, probabilities, n_bins=15):
    """Guo et al. (2017), equation 3; scikit-learn has none."""
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == truth
    edges = np.arange(n_bins + 1) / n_bins
    error = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            error += inside.mean() * abs(correct[inside].mean() - confidence[inside].mean())
    return error


def case(name, n, n_labels, sharpness, unanswered, never=()):
    rng = np.random.default_rng(len(name))
    labels = [i for i in range(n_labels) if i not in never]
    weights = 1 / np.arange(1, len(labels) + 1)
    truth = rng.choice(labels, n, p=weights / weights.sum())
    scores = rng.normal(size=(n, n_labels))
    scores[np.arange(n), truth] += sharpness
    for label in never:
        scores[:, label] = -20
    stated = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    # Three decimals, so that the file is exact; the first label takes what is left.
    stated = np.round(stated, 3)
    stated[:, 0] = np.round(1 - stated[:, 1:].sum(axis=1), 3)
    answered = np.ones(n, bool)
    answered[:unanswered] = False
    with open(f"{name}.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["truth"] + [f"p_{label}" for label in range(n_labels)])
        for t, row, is_answered in zip(truth, stated, answered):
            writer.writerow([t] + ([f"{p:.3f}" for p in row] if is_answered else [""] * n_labels))

    # The rule for rows without an answer: a predicted label of its own, and equal probabilities.
    stated = np.where(answered[:, None], stated, 1 / n_labels)
    predicted = np.where(answered, stated.argmax(axis=1), n_labels)
    names = list(range(n_labels))
    scores_of = lambda average: metrics.precision_recall_fscore_support(
        truth, predicted, labels=names, average=average, zero_division=np.nan
    )
    precision, recall, f1, support = scores_of(None)
    seen = sorted(set(truth) | (set(predicted) - {n_labels}))
    f1_of_seen = metrics.f1_score(truth, predicted, labels=seen, average="macro", zero_division=0)
    none = lambda values: [None if np.isnan(v) else float(v) for v in values]
    return {
        "precision": none(precision),
        "recall": none(recall),
        # A label that occurs nowhere has no F1; one that occurs and is never right has 0.
        "f1": [float(v) if label in seen else None for label, v in zip(names, np.nan_to_num(f1))],
        "support": [int(v) for v in support],
        "confusion": metrics.confusion_matrix(truth, predicted, labels=names + [n_labels])[:-1].tolist(),
        "figures": {
            "accuracy": metrics.accuracy_score(truth, predicted),
            "macro_f1": f1_of_seen,
            "weighted_f1": metrics.f1_score(truth, predicted, labels=seen, average="weighted", zero_division=0),
            "micro_f1": metrics.f1_score(truth, predicted, labels=seen, average="micro", zero_division=0),
            "log_loss": metrics.log_loss(truth, stated, labels=names),
            "brier": metrics.brier_score_loss(truth, stated, labels=names, scale_by_half=False),
            "ece": expected_calibration_error(truth[answered], stated[answered]),
            "cohens_kappa": metrics.cohen_kappa_score(truth, predicted),
            "mcc": metrics.matthews_corrcoef(truth, predicted),
        },
    }


cases = {
    "two_labels": case("two_labels", 60, 2, 1.0, 0),
    "five_labels": case("five_labels", 120, 5, 2.0, 0),
    "unanswered": case("unanswered", 90, 4, 1.5, 7),
    "unused_label": case("unused_label", 50, 4, 1.0, 0, never=(2,)),
    "certain": case("certain", 80, 3, 6.0, 0),
}
with open("expected.json", "w") as file:
    json.dump({"scikit-learn": sklearn.__version__, "cases": cases}, file, indent=1, default=float)
    file.write("\n")
