"""Simulation-based calibration of `wom.fit`: are its intervals as wide as they say?

Campaigns are simulated with parameters from the priors, each in a world of its own, and fitted;
the rank of the truth among the draws of the posterior is uniform if the fit is right (Talts et al.
2018).  With --twice also with twice the days; with --forecast instead, how forecasts from the
first fifth of the days hold.

`python -m benchmarks.fit [campaigns] [runs] [people] [--twice | --forecast]`
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from shutil import copytree
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
WORLDS = 32
MANY = 5


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


def calibrate(many: int, runs: int, people: int, days: int, folder: Path) -> np.ndarray:
    """Fit simulated campaigns; print coverage, ranks and widths; give the width that is left."""
    scenario = campaign(people)
    held, ranks, left, seconds, cpu = [], [], [], [], []
    for k, truth in enumerate(truths(scenario, many)):
        result = wom.run(scenario.replace(truth), seed=TRUTH + k)
        # The first round is the same for all: its runs are kept, and not made again.
        if k:
            copytree(folder / f"{days}-0.runs/round-1", folder / f"{days}-{k}.runs/round-1")
        found = wom.fit(
            scenario, observed(result, days), free=list(FREE), runs=runs, worlds=WORLDS, jobs=1,
            out=folder / f"{days}-{k}",
        )  # fmt: skip
        own = [truth[path] for path in FREE]
        spans = [found.interval(path) for path in FREE]
        held.append([low <= value <= high for value, (low, high) in zip(own, spans, strict=True)])
        ranks.append((found.draws < np.array(own)).mean(axis=0))
        left.append(found.left)
        seconds.append(found.seconds)
        cpu.append(found.cpu_seconds)
        print(f"\n{k + 1} campaigns of {people:,} people over {days} days, {runs:,} runs a fit")
        print(f"{'parameter':22} {'90 % holds':>10} {'rank p':>7} {'width left':>10}")
        for j, path in enumerate(FREE):
            p = stats.kstest([rank[j] for rank in ranks], "uniform").pvalue
            share, width = np.mean([each[j] for each in held]), np.mean([each[j] for each in left])
            print(f"{path:22} {share:10.1%} {p:7.2f} {width:10.2f}")
        print(f"seconds a fit {np.mean(seconds):.0f}, of one core {np.mean(cpu):.0f}", flush=True)
    return np.mean(left, axis=0)


def look_ahead(many: int, runs: int, people: int) -> None:
    """Forecast simulated campaigns from the first fifth of their days; print how that held."""
    scenario = campaign(people)
    first, held, off, other = DAYS // 5, [], [], []
    counted = [0, 0]
    for k, truth in enumerate(truths(scenario, many, seed=6)):
        result = wom.run(scenario.replace(truth), seed=2 * TRUTH + k)
        whole = observed(result, DAYS).series
        seen = observed(result, first)
        fitted = wom.fit(scenario, seen, free=list(FREE), runs=runs, worlds=WORLDS, jobs=1)
        found = wom.forecast(fitted, days=DAYS - first, runs=runs, worlds=WORLDS, jobs=1)
        hidden = np.stack([whole[name][first:] for name in NAMES])
        within = (found.bands[0] <= hidden) & (hidden <= found.bands[-1])
        held.append(within.mean(axis=1))
        # Of a day on which hardly anything happens, a band of whole numbers holds more than 90 %.
        busy = found.bands[2] >= MANY
        counted[0] += int(within[busy].sum())
        counted[1] += int(busy.sum())
        j = NAMES.index("reach")
        final = whole["reach"].sum()
        plain = seen.series["reach"].sum() * DAYS / first
        off.append(abs(found.totals[2, j] - final) / final)
        other.append(abs(plain - final) / final)
        print(f"\n{k + 1} campaigns of {people:,} people, forecast from {first} of {DAYS} days")
        for name, share in zip(NAMES, np.mean(held, axis=0), strict=True):
            print(f"{name:14} hidden days in bands of 90 %: {share:.1%}")
        print(f"all indicators: {np.mean(held):.1%}")
        share = counted[0] / max(counted[1], 1)
        print(f"where {MANY} a day and more are forecast: {share:.1%} of {counted[1]:,}")
        print(
            f"final reach off by {np.mean(off):.1%}; by {np.mean(other):.1%} where it just goes on",
            flush=True,
        )


def main() -> None:
    """Run what was asked for."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    many, runs, people = (*numbers, *(40, 4_000, 2_000)[len(numbers) :])
    began = time.perf_counter()
    if "--forecast" in sys.argv:
        look_ahead(many, runs, people)
        return
    with TemporaryDirectory() as folder:
        whole = calibrate(many, runs, people, DAYS, Path(folder))
        if "--twice" in sys.argv:
            twice = calibrate(max(many // 4, 2), runs, people, 2 * DAYS, Path(folder))
            print("width left with twice the days:", np.round(twice / whole, 2))
    print(f"{time.perf_counter() - began:.0f} s in all")


if __name__ == "__main__":
    main()
