"""When adoptions peak, and how high (Bass 1969)."""

from __future__ import annotations

from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ....scenarios.loader import load
from ....sim.campaign import run
from ....sim.network import Network
from .paper import Finding, Paper, Tell, findings

INNOVATION: Final = 0.03
IMITATION: Final = 0.38
ADOPTERS: Final = 100_000
RUNS: Final = 6
# Of Bass's time: a tick of a whole unit would be late by .072 of all who adopt, this by .0036.
TICK: Final = 0.05
PEAK: Final = log(IMITATION / INNOVATION) / (INNOVATION + IMITATION)
HEIGHT: Final = (INNOVATION + IMITATION) ** 2 / (4 * IMITATION)
ADOPTED: Final = 0.5 - INNOVATION / (2 * IMITATION)


def adoptions(seed: int) -> NDArray[np.int64]:
    """How many adopt in each tick, of people who hear nobody, and so each of all others.

    A tick is a step of Euler's: F[t + 1] = F[t] + (1 - F[t]) (p dt + q dt F[t] n / (n - 1)).
    """
    scenario = load("cascade").replace(
        {
            "share.rule": "bass",
            "share.bass.innovation": INNOVATION * TICK,
            "share.bass.imitation": IMITATION * TICK,
            "publish.seeds": 0,
            "horizon": round(16 / TICK),
        }
    )
    columns = run(scenario, network=Network.from_edges([], [], ADOPTERS), seed=seed).columns
    return columns["shares"] + columns["reshares"]


def measure(tell: Tell) -> list[Finding]:
    """The peak, run by run."""
    runs = []
    for seed in range(RUNS):
        tell(seed, RUNS)
        adopted = adoptions(seed) / ADOPTERS
        time = TICK * np.arange(1, adopted.size + 1)
        middle = time - TICK / 2 - PEAK
        near = np.abs(middle) < 2.5
        # One tick is all luck: a parabola through five units of time around the peak is not.
        curve = np.polynomial.Polynomial.fit(middle[near], adopted[near] / TICK, 2).convert()
        top = float(-curve.coef[1] / (2 * curve.coef[2]))
        runs.append((PEAK + top, curve(top), np.interp(PEAK, time, adopted.cumsum())))
    found = findings(
        ("time of the peak", "adoptions a unit of time, at the peak", "adopted until the peak"),
        (PEAK, HEIGHT, ADOPTED),
        runs,
    )
    allowed = (0.06, 0.002, 0.0036)
    return [each._replace(within=off) for each, off in zip(found, allowed, strict=True)]


PAPER: Final = Paper(
    "bass_1969",
    "Bass (1969), A new product growth for model consumer durables, Management Science 15:215-227",
    "Sales of a new product peak when innovators and imitators together say so.",
    "100,000 people who adopt with the hazard p + q F, p = .03 and q = .38 a unit of time, "
    "in ticks of a twentieth; the peak by a parabola.",
    "Ticks in place of continuous time (late by .0036 of all at most), and a parabola in place "
    "of the curve at its peak (.06 of time, .002 of height).",
    measure,
)
