"""Writes cases.json: what SciPy and statsmodels say of small made-up groups, tables and shares."""

import json
from importlib.metadata import version

import numpy as np
from scipy.optimize import minimize
from scipy.stats import chi2_contingency, false_discovery_control, kruskal, mannwhitneyu
from statsmodels.stats.meta_analysis import effectsize_smd
from statsmodels.stats.multitest import multipletests

random = np.random.default_rng(20261125)


def groups():
    """Pairs of groups with and without ties, small and large, alike and far apart."""
    for n, m in [(2, 3), (5, 8), (20, 20), (21, 20), (7, 60), (80, 150)]:
        for shift in [0.0, 0.7, 3.0]:
            a, b = random.normal(size=n), random.normal(shift, 2, size=m)
            yield a, b
            yield np.round(a * 2), np.round(b * 2)


def two_groups():
    for a, b in groups():
        pooled = np.concatenate([a, b])
        ties = len(np.unique(pooled)) < len(pooled)
        if len(np.unique(pooled)) == 1:
            continue
        exact = not ties and len(a) * len(b) <= 400
        test = mannwhitneyu(a, b, method="exact" if exact else "asymptotic")
        g = None
        if np.var(a) + np.var(b) > 0:
            g, _ = effectsize_smd(a.mean(), a.std(ddof=1), len(a), b.mean(), b.std(ddof=1), len(b))
        pairs = np.sign(a[:, None] - b[None, :])
        yield {
            "a": a.tolist(), "b": b.tolist(), "u": test.statistic, "p": test.pvalue,
            "cliffs_delta": pairs.mean(), "hedges_g": g,
        }


def several_groups():
    for sizes in [(3, 4), (5, 5, 5), (2, 9, 30, 1), (40, 50, 60, 70, 80)]:
        for shift in [0.0, 0.5]:
            for is_tied in [False, True]:
                values = [random.normal(i * shift, 1, size=n) for i, n in enumerate(sizes)]
                values = [np.round(v) if is_tied else v for v in values]
                test = kruskal(*values)
                yield {"groups": [v.tolist() for v in values], "h": test.statistic, "p": test.pvalue}


def tables():
    for a, b, c, d in [
        (30, 15, 10_000, 20_000), (5, 0, 1_000, 3_000), (1, 900, 400, 90_000), (12, 13, 500, 500),
        (2_000, 1_000, 100_000, 100_000), (7, 3, 31, 17), (400, 10, 5_000, 100_000), (3, 40, 300, 4_000),
    ]:
        table = [[a, b], [c - a, d - b]]
        g2 = chi2_contingency(table, correction=False, lambda_="log-likelihood")
        yates = chi2_contingency(table, correction=True)
        yield {
            "n": a, "n_there": b, "size": c, "size_there": d,
            "g2": g2.statistic, "p": g2.pvalue, "chi2": yates.statistic,
        }


def many_tests():
    for n in [1, 2, 10, 200]:
        p = random.uniform(size=n) ** 3
        q = false_discovery_control(p, method="bh")
        assert np.allclose(q, multipletests(p, method="fdr_bh")[1], atol=1e-15)
        yield {"p": p.tolist(), "q": q.tolist()}


def shares():
    for n, m in [(2, 2), (3, 4), (4, 5), (6, 7)]:
        for sureness in [1.0, 6.0]:
            rates = np.vstack([random.dirichlet(np.where(np.arange(m) == c, sureness + 1, 1.0)) for c in range(n)])
            observed = random.dirichlet(np.ones(m))
            best = minimize(
                lambda s: 1e4 * np.sum((s @ rates - observed) ** 2), np.full(n, 1 / n), method="SLSQP",
                jac=lambda s: 2e4 * rates @ (s @ rates - observed),
                bounds=[(0, 1)] * n, constraints={"type": "eq", "fun": lambda s: s.sum() - 1},
                options={"ftol": 1e-16, "maxiter": 10_000},
            )
            yield {"rates": rates.tolist(), "observed": observed.tolist(), "shares": best.x.tolist()}


cases = {
    "packages": {name: version(name) for name in ["scipy", "statsmodels", "numpy"]},
    "two_groups": list(two_groups()),
    "several_groups": list(several_groups()),
    "tables": list(tables()),
    "many_tests": list(many_tests()),
    "shares": list(shares()),
}
with open("cases.json", "w") as out:
    json.dump(cases, out)
    out.write("\n")
print(cases["packages"])
