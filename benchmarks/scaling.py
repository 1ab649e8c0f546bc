"""How time and memory grow with people, arcs, messages, ticks and the reproduction number.

    python -m benchmarks.scaling [--rounds N] [--people N] [--figure FILE]

The full model of workload C, smaller: one number at a time is raised by factors of two, everything
else left alone, and CPU time of the ticks, posts that arrived and bytes beyond the graph are
measured. All points are run once a round, in turn, and medians are taken. An exponent is the slope
of a straight line through the logarithms: 1 is linear. Both doors give one digest, which is checked
first, on the smallest point.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import numpy as np
import wordofmouth as wom
from wordofmouth.sim.campaign import Campaign

from benchmarks.campaign import ARRIVED, EVERYTHING, beyond_the_graph


@dataclass
class Point:
    """One size of the campaign, and what was measured of it."""

    axis: str
    value: float
    scenario: wom.Scenario
    network: wom.Network
    seconds: list[float] = field(default_factory=list)
    arrived: int = 0
    bytes: int = 0
    r: float = 0.0

    def measure(self) -> None:
        """Run it once more."""
        campaign = Campaign(self.scenario, network=self.network, seed=1, threads=1)
        begin = time.process_time()
        campaign.finish()
        self.seconds.append(time.process_time() - begin)
        result = campaign.result()
        self.arrived = int(sum(result.columns[name].sum() for name in ARRIVED))
        self.bytes = beyond_the_graph(campaign)
        self.r = result.kpis["k_factor"] or 0.0


def points(people: int) -> list[Point]:
    """The sizes: five a number, the middle one shared."""
    base = wom.Scenario().replace(EVERYTHING)
    networks: dict[tuple[int, int], wom.Network] = {}

    def network(n: int, m: int) -> wom.Network:
        if (n, m) not in networks:
            networks[n, m] = wom.Network.generate("preferential_attachment", n, m=m, seed=1)
        return networks[n, m]

    found = []

    def add(axis: str, value: float, changes: dict[str, Any], n: int = people, m: int = 5) -> None:
        found.append(Point(axis, value, base.replace(changes), network(n, m)))

    for power in range(-2, 3):
        add("people", people * 2**power, {}, n=int(people * 2**power))
        m = max(1, round(5 * 2**power))
        add("arcs", network(people, m).arcs, {}, m=m)
        posts = 4 * 2 ** (power + 1)
        add("messages", posts, {"content": ["post"] * int(posts), "publish.interval": 1})
        ticks = int(60 * 2**power)
        often = {"content": ["post"] * max(1, ticks // 8), "publish.interval": 8}
        add("ticks", ticks, {"horizon": ticks, "timeline": [], "publish.ads": [], **often})
        base_rate = 0.3 * 2.0 ** (power / 2.0 - 1.0)
        roles = dict.fromkeys(("stranger", "fan", "advocate"), base_rate)
        add("share.base", base_rate, {"share.base": roles})
    return found


def slope(x: list[float], y: list[float]) -> float:
    """The exponent of y as a power of x."""
    return float(np.polyfit(np.log(x), np.log(y), 1)[0])


def draw(found: list[Point], file: str) -> None:
    """Time and memory against posts that arrived, a colour for what was raised."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9.0, 3.6), layout="constrained")
    time_axes, memory_axes = figure.subplots(1, 2)
    for axis in dict.fromkeys(point.axis for point in found):
        some = [point for point in found if point.axis == axis]
        arrived = [point.arrived for point in some]
        time_axes.plot(arrived, [median(p.seconds) for p in some], "o-", ms=4, lw=1, label=axis)
        people = [p.network.n for p in some]
        memory_axes.plot(
            [a / n for a, n in zip(arrived, people, strict=True)],
            [p.bytes / n for p, n in zip(some, people, strict=True)],
            "o-",
            ms=4,
            lw=1,
            label=axis,
        )
    time_axes.set(xscale="log", yscale="log", xlabel="posts that arrived", ylabel="CPU seconds")
    memory_axes.set(xscale="log", xlabel="posts that arrived, a person", ylabel="bytes a person")
    memory_axes.set_ylim(bottom=0)
    time_axes.legend(title="raised", frameon=False, fontsize=8)
    figure.savefig(file, dpi=110, metadata={"Software": None})


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--figure", help="where to draw it")
    chosen = parser.parse_args()
    found = points(chosen.people)
    least = min(found, key=lambda point: point.network.n)
    digests = {
        wom.run(least.scenario, network=least.network, seed=1, threads=threads).digest
        for threads in (1, 2)
    }
    print(f"digests of 1 and 2 threads equal: {len(digests) == 1}")
    for _ in range(chosen.rounds):
        for point in found:
            point.measure()
    print(f"{'raised':<12}{'from':>12}{'to':>12}{'time':>8}{'memory':>8}{'time by arrivals':>18}")
    for axis in dict.fromkeys(point.axis for point in found):
        some = [point for point in found if point.axis == axis]
        values, seconds = [p.value for p in some], [median(p.seconds) for p in some]
        print(
            f"{axis:<12}{values[0]:>12,.6g}{values[-1]:>12,.6g}{slope(values, seconds):>8.2f}"
            f"{slope(values, [float(p.bytes) for p in some]):>8.2f}"
            f"{slope([float(p.arrived) for p in some], seconds):>18.2f}"
        )
    arrived = [float(point.arrived) for point in found]
    seconds = [median(point.seconds) for point in found]
    each = [1e9 * s / a for s, a in zip(seconds, arrived, strict=True)]
    print(
        f"all: time ~ arrivals ^ {slope(arrived, seconds):.2f}; {min(each):.0f} to {max(each):.0f} "
        f"ns of CPU a post that arrives; R from {min(p.r for p in found):.2g} to "
        f"{max(p.r for p in found):.2g}"
    )
    if chosen.figure:
        draw(found, chosen.figure)


if __name__ == "__main__":
    main()
