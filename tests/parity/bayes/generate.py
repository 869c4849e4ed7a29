"""Writes cases.json: naive Bayes of scikit-learn on small random data. Run: python3 generate.py"""

import json

import numpy as np
import sklearn
from sklearn.naive_bayes import BernoulliNB, ComplementNB, MultinomialNB
from sklearn.utils.class_weight import compute_sample_weight

random = np.random.default_rng(20261124)


def case(model, params, x, y, test, weights=None):
    fitted = model(**params).fit(x, y, sample_weight=weights)
    return {
        "model": model.__name__,
        "params": params,
        "x": x.tolist(),
        "y": y.tolist(),
        "sample_weight": None if weights is None else weights.tolist(),
        "test": test.tolist(),
        "joint_log_likelihood": fitted._joint_log_likelihood(test).tolist(),
        "predict_log_proba": fitted.predict_log_proba(test).tolist(),
        "predict": fitted.predict(test).tolist(),
    }


cases = []
for n, n_features, n_classes in [(8, 5, 2), (30, 12, 3), (60, 20, 5)]:
    y = np.r_[np.arange(n_classes), random.integers(0, n_classes, n - n_classes)]
    counts = random.poisson(0.3 + 2 * random.random((n_classes, n_features))[y] ** 3)
    weighted = np.round(counts * random.random((n, n_features)), 3)
    test = random.poisson(0.7, (6, n_features))
    test[0] = 0
    weights = random.integers(1, 4, n).astype(float)
    priors = random.random(n_classes) + 0.2
    priors = (np.round(priors / priors.sum(), 3)).tolist()
    priors[0] = 1 - sum(priors[1:])
    for alpha in [1.0, 0.01]:
        cases.append(case(MultinomialNB, {"alpha": alpha}, counts, y, test))
        cases.append(case(MultinomialNB, {"alpha": alpha, "fit_prior": False}, weighted, y, test))
        cases.append(case(MultinomialNB, {"alpha": alpha, "class_prior": priors}, counts, y, test))
        cases.append(case(MultinomialNB, {"alpha": alpha}, counts, y, test, weights))
        for norm in [False, True]:
            cases.append(case(ComplementNB, {"alpha": alpha, "norm": norm}, counts, y, test))
            cases.append(case(ComplementNB, {"alpha": alpha, "norm": norm}, weighted, y, test, weights))
        binary, binary_test = (counts > 0).astype(int), (test > 0).astype(int)
        cases.append(case(BernoulliNB, {"alpha": alpha}, binary, y, binary_test))
        cases.append(case(BernoulliNB, {"alpha": alpha, "fit_prior": False}, binary, y, binary_test))
        cases.append(case(BernoulliNB, {"alpha": alpha, "class_prior": priors}, binary, y, binary_test, weights))

# Class weights, as scikit-learn's naive Bayes takes them: a weight a row. linfa's weights are f32.
# Smoothing below 1e-10, which force_alpha=False raises to that.
for n, n_features, n_classes in [(20, 8, 2), (50, 15, 4)]:
    y = np.r_[np.arange(n_classes), random.binomial(n_classes - 1, 0.2, n - n_classes)]
    counts = random.poisson(0.3 + 2 * random.random((n_classes, n_features))[y] ** 3)
    test = random.poisson(0.7, (6, n_features))
    binary, binary_test = (counts > 0).astype(int), (test > 0).astype(int)
    chosen = {int(c): float(w) for c, w in enumerate(np.round(random.random(n_classes) * 3 + 0.1, 2))}
    for class_weight in ["balanced", chosen]:
        weights = compute_sample_weight(class_weight, y).astype(np.float32).astype(float)
        for alpha in [1.0, 0.1]:
            cases.append(case(MultinomialNB, {"alpha": alpha}, counts, y, test, weights))
            cases.append(case(MultinomialNB, {"alpha": alpha, "fit_prior": False}, counts, y, test, weights))
            cases.append(case(ComplementNB, {"alpha": alpha, "norm": False}, counts, y, test, weights))
            cases.append(case(BernoulliNB, {"alpha": alpha}, binary, y, binary_test, weights))
    for force_alpha in [True, False]:
        for alpha in [1e-12, 1e-9]:
            params = {"alpha": alpha, "force_alpha": force_alpha}
            cases.append(case(MultinomialNB, params, counts, y, test))
            cases.append(case(ComplementNB, {**params, "norm": False}, counts, y, test))

with open("cases.json", "w") as file:
    json.dump({"package": f"scikit-learn {sklearn.__version__}", "cases": cases}, file, separators=(",", ":"))
    file.write("\n")
