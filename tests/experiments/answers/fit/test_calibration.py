"""Campaigns whose parameters are known: intervals hold as often as they say, and narrow."""

import numpy as np
import pytest
import wordofmouth as wom
from scipy import stats
from wordofmouth.experiments.answers.fit.prior import prior_of

from .measured import campaign, seen

FREE = ("transact.click", "interact.like", "share.base.fan")
NAMES = ("clicks", "likes", "shares", "reach")
MANY = 24


@pytest.mark.slow
def test_the_truth_is_held_and_its_ranks_are_uniform() -> None:
    base = campaign(**{"share.base.fan": 0.05, "network.people": 300})
    laws = [prior_of(base, path) for path in FREE]
    z = np.random.default_rng(8).standard_normal((MANY, len(FREE)))
    held, ranks = [], []
    for k in range(MANY):
        own = [float(law.value(z[k, j])) for j, law in enumerate(laws)]
        truth = base.replace(dict(zip(FREE, own, strict=True)))
        data = seen(truth, *NAMES, seed=5_000 + k)
        found = wom.fit(base, data, free=list(FREE), runs=800, worlds=16, jobs=1)
        spans = [found.interval(path) for path in FREE]
        held.append([low <= value <= high for value, (low, high) in zip(own, spans, strict=True)])
        ranks.append((found.z < z[k]).mean(axis=0))
    # Of 72 intervals of 90 %, fewer than 58 hold in one of 300 such tests.
    assert np.sum(held) >= 58
    for j in range(len(FREE)):
        assert stats.kstest([rank[j] for rank in ranks], "uniform").pvalue > 0.003
