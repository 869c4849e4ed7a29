"""Writes cases.json: naive Bayes of scikit-learn on small random data. Run: python3 generate.py"""

import json

import numpy as np
import sklearn
from sklearn.naive_bayes import BernoulliNB, ComplementNB, MultinomialNB

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

with open("cases.json", "w") as file:
    json.dump({"package": f"scikit-learn {sklearn.__version__}", "cases": cases}, file, separators=(",", ":"))
    file.write("\n")
