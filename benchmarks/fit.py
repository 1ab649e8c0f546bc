"""Simulation-based calibration of `wom.fit`: are its intervals as wide as they say?

Campaigns are simulated with parameters from the priors, each in a world of its own, and fitted;
the rank of the truth among the draws of the posterior is uniform if the fit is right (Talts et al.
2018).  `python -m benchmarks.fit [campaigns] [runs] [people] [--twice] [--forecast]`
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import wordofmouth as wom
from scipy import stats
from wordofmouth.experiments.answers.fit.prior import prior_of
from wordofmouth.experiments.answers.fit.seen import column
from wordofmouth.scenarios.observing.observed import Observed

FREE = ("share.base.stranger", "share.base.fan", "transact.click", "attention")
NAMES = ("impressions", "reach", "shares", "reshares", "clicks", "conversions")
DAYS, TICKS = 30, 4
# A campaign of an ordinary brand whose posts are clicked often enough to be counted by the day.
CHANGES = {
    "hours_per_tick": 6.0, "horizon": 2 * DAYS * TICKS, "people.fans": 0.2,
    "share.base.stranger": 0.005, "share.base.fan": 0.01, "transact.click": 0.05, "attention": 4.0,
    "publish.interval": 4 * TICKS // 2,
}  # fmt: skip
TRUTH = 1_000_000


def campaign(people: int) -> wom.Scenario:
    """Give the scenario of the benchmark: posts go on for as long as two fits may look."""
    base = wom.load("everyday")
    posts = [{"type": each.type, "channel": each.channel} for each in base.calendar()]
    return base.replace({**CHANGES, "network.people": people, "content": posts * 2})


def observed(result: wom.Result, days: int, names: tuple[str, ...] = NAMES) -> Observed:
    """Give what was measured of a simulated campaign, by the day."""
    return Observed("simulated", series={
        name: column(result, name)[: days * TICKS].reshape(days, TICKS).sum(axis=1)
        for name in names
    })  # fmt: skip


def truths(scenario: wom.Scenario, many: int, seed: int = 5) -> list[dict[str, float]]:
    """Give parameters out of the priors."""
    z = np.random.default_rng(seed).standard_normal((many, len(FREE)))
    laws = [prior_of(scenario, path) for path in FREE]
    return [
        {law.path: float(law.value(z[k, j])) for j, law in enumerate(laws)} for k in range(many)
    ]


def calibrate(
    many: int, runs: int, people: int, days: int = DAYS, keep: Path | None = None
) -> np.ndarray:
    """Fit simulated campaigns; print coverage, ranks and widths; give the width that is left."""
    scenario = campaign(people)
    held, ranks, left, seconds, cpu = [], [], [], [], []
    for k, truth in enumerate(truths(scenario, many)):
        result = wom.run(scenario.replace(truth), seed=TRUTH + k)
        # The first round is the same for all: its runs are kept, and not made again.
        found = wom.fit(
            scenario, observed(result, days), free=list(FREE), runs=runs, worlds=32, jobs=1,
            out=None if keep is None else keep / f"days-{days}",
        )  # fmt: skip
        own = [truth[path] for path in FREE]
        spans = [found.interval(path) for path in FREE]
        held.append([low <= value <= high for value, (low, high) in zip(own, spans, strict=True)])
        ranks.append((found.draws < np.array(own)).mean(axis=0))
        left.append(found.left)
        seconds.append(found.seconds)
        cpu.append(found.cpu_seconds)
        print(f"  campaign {k + 1}: {found.seconds:.0f} s, held {sum(held[-1])} of 4", flush=True)
    print(f"{many} campaigns of {people:,} people over {days} days, {runs:,} runs a fit")
    print(f"{'parameter':22} {'90 % holds':>10} {'rank p':>7} {'width left':>10}")
    for j, path in enumerate(FREE):
        p = stats.kstest([rank[j] for rank in ranks], "uniform").pvalue
        share, width = np.mean([each[j] for each in held]), np.mean([each[j] for each in left])
        print(f"{path:22} {share:10.1%} {p:7.2f} {width:10.2f}")
    print(f"seconds a fit {np.mean(seconds):.0f}, of one core {np.mean(cpu):.0f} (rounds kept too)")
    return np.mean(left, axis=0)


def main() -> None:
    """Run what was asked for."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    many, runs, people = (*numbers, *(40, 4_000, 2_000)[len(numbers) :])
    began = time.perf_counter()
    with TemporaryDirectory() as folder:
        whole = calibrate(many, runs, people, DAYS, Path(folder))
        if "--twice" in sys.argv:
            twice = calibrate(max(many // 4, 2), runs, people, 2 * DAYS, Path(folder))
            print("width left with twice the days:", np.round(twice / whole, 2))
    print(f"{time.perf_counter() - began:.0f} s in all")


if __name__ == "__main__":
    main()
