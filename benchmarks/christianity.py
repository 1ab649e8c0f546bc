"""Cascades of a question-and-answer site: half of them fitted, half predicted.

The cascades were kept from four people on (Sankar et al. 2020), so that those simulated are, too.
Two parameters are fitted, by the inference of `wom.fit`, on the kernel of cascades over the site's
own network: the chance that who hears it passes it on, and how far cascades differ in it. Beside it
stand the draws whose sizes are nearest to the half that is fitted, without any adjustment, and a
branching process (Poisson offspring, whose sizes are Borel's) fitted to the same half with the same
filter.  `python -m benchmarks.christianity FOLDER [draws]`
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import wordofmouth as wom
from scipy import optimize, special, stats
from wordofmouth.experiments.answers.fit.infer import Learned, adjusted
from wordofmouth.experiments.answers.fit.prior import Prior
from wordofmouth.experiments.answers.fit.seen import tails

LEAST = 4
LEVELS = 8  # of the chance, among the cascades of a draw
ROUND = 400  # cascades of each level that are simulated at once
PRIORS = (
    Prior("chance", "lognormal", 0.02, 1.0),
    Prior("spread", "lognormal", 0.5, 1.0),
)
CHECKS = (8, 16, 32, 64, 128)


def simulated(
    network: wom.Network, chance: float, spread: float, many: int, seed: int
) -> np.ndarray:
    """Give the sizes of so many cascades of four people and more; fewer where there are few."""
    generator = np.random.default_rng(seed)
    normal = stats.norm.ppf((np.arange(LEVELS) + 0.5) / LEVELS)
    levels = special.expit(special.logit(min(chance, 0.5)) + spread * normal)
    kept: list[np.ndarray] = []
    for attempt in range(12):
        sizes = [
            wom.cascades(network, float(p), seeds="uniform", replicates=ROUND,
                         seed=int(generator.integers(2**40)))
            for p in levels
        ]  # fmt: skip
        kept.append(generator.permutation(np.concatenate([s[s >= LEAST] for s in sizes])))
        if sum(each.size for each in kept) >= many or (attempt > 2 and not kept[-1].size):
            break
    return np.concatenate(kept)[:many]


def borel(sizes: np.ndarray) -> float:
    """Give the mean offspring of the branching process that makes these sizes likeliest."""

    def against(mean: float) -> float:
        return -float(_log_borel(sizes, mean).sum() - sizes.size * np.log(_above(mean)))

    return float(optimize.minimize_scalar(against, bounds=(0.01, 0.999), method="bounded").x)


def _log_borel(n: np.ndarray, mean: float) -> np.ndarray:
    return -mean * n + (n - 1) * np.log(mean * n) - special.gammaln(n + 1)


def _above(mean: float) -> float:
    return 1.0 - float(np.exp(_log_borel(np.arange(1, LEAST), mean)).sum())


def branching(mean: float, many: int, generator: np.random.Generator) -> np.ndarray:
    """Give sizes of that process, of four and more."""
    n = np.arange(LEAST, 20_000)
    weight = np.exp(_log_borel(n, mean))
    return generator.choice(n, many, p=weight / weight.sum())


def told(name: str, sizes: np.ndarray, other: np.ndarray) -> None:
    """Print the distance of predicted sizes from the other half, and their tails."""
    distance = stats.ks_2samp(sizes, other)
    tail = "  ".join(f"{(sizes >= k).mean():6.1%}" for k in CHECKS)
    print(
        f"{name:22} {distance.statistic:6.3f}  {distance.pvalue:8.2g}  {tail}  {sizes.mean():6.1f}"
    )


def _odds(summed: np.ndarray) -> np.ndarray:
    return np.column_stack([special.logit(summed[:, :-1]), summed[:, -1]])


def main() -> None:
    """Run it."""
    folder, draws = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 800
    began = time.perf_counter()
    network = wom.Network.from_file(folder / "edges.txt", directed=True)
    lines = (folder / "cascades.txt").read_text(encoding="utf-8").split("\n")
    # Whoever begins a cascade stands at its line without a time of their own, before the others.
    sizes = np.array([1 + sum(bool(each.strip()) for each in line.split(",")) for line in lines
                      if line.strip()])  # fmt: skip
    sizes = sizes[sizes >= LEAST]
    generator = np.random.default_rng(1)
    sizes = generator.permutation(sizes)
    half = sizes.size // 2
    mine, other = sizes[:half], sizes[half:]
    z = generator.standard_normal((draws, len(PRIORS)))
    drawn = np.column_stack([law.value(z[:, k]) for k, law in enumerate(PRIORS)])
    found = [simulated(network, *drawn[k], half, 100 + k) for k in range(draws)]
    fine = np.array([each.size >= half // 2 for each in found])
    summed = np.array([list(tails(each, LEAST).values()) for each in found])[fine]
    data = np.array(list(tails(mine, LEAST).values()))
    summed, data = _odds(summed), _odds(data[None])
    learned = Learned(summed, z[fine], list(range(summed.shape[1])))
    posterior = adjusted(learned.told, z[fine], learned.of(data)[0]).draws(100, generator)
    values = np.column_stack([law.value(posterior[:, k]) for k, law in enumerate(PRIORS)])
    print(f"{sizes.size} cascades, {half} fitted, {fine.sum()} of {draws} draws have so many")
    for k, law in enumerate(PRIORS):
        low, middle, high = np.quantile(values[:, k], [0.05, 0.5, 0.95])
        left = posterior[:, k].std()
        print(f"{law.path:8} {middle:.4g} ({low:.4g} to {high:.4g}), width left {left:.2f}")
    far = [stats.ks_2samp(found[k], mine).statistic if fine[k] else 1.0 for k in range(draws)]
    near = np.argsort(far)[: max(draws // 40, 5)]
    print(f"nearest draws: chance {np.median(drawn[near, 0]):.4g}, "
          f"spread {np.median(drawn[near, 1]):.4g}")  # fmt: skip
    predicted = np.concatenate(
        [simulated(network, *values[k], half, 9_000 + k) for k in range(len(values))]
    )
    mean = borel(mine)
    print(f"branching process: {mean:.3f} for each")
    print(f"{'':22} {'KS':>6}  {'p':>8}  " + "  ".join(f">= {k:3d}" for k in CHECKS) + "    mean")
    told("the other half", other, other)
    told("the half fitted", mine, other)
    told("on the network", generator.choice(predicted, 20 * half), other)
    told("nearest draws", np.concatenate([found[k] for k in near]), other)
    told("branching process", branching(mean, 20 * half, generator), other)
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
