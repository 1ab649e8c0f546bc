"""The reach of a campaign, forecast from its first days (van der Lans et al. 2010)."""

from __future__ import annotations

from math import inf
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ....scenarios.loader import load
from ....sim.campaign import run
from ....sim.network import Network
from ....sim.result import Result
from .paper import Finding, Paper, Tell, findings

DAYS: Final = 36
SEEDING: Final = 14  # days on which the campaign is advertised
KNOWN: Final = (4, 7)  # days after which it is forecast
CAMPAIGNS: Final = 16
PEOPLE: Final = 200_000
TIES: Final = 20
CHANCE: Final = 0.04
SHOWN: Final = 0.7  # advertisements a head
HUBS: Final = 16  # campaigns on networks with hubs
AMONG_HUBS: Final = 50_000
LESS: Final = 0.015
ERROR: Final = 15.0  # per cent, at most


def by_source(result: Result) -> NDArray[np.float64]:
    """Who takes part each day: by an advertisement, by one who did, by others. Shape (3, days)."""
    log = result.share_log
    count = np.zeros((3, result.ticks))
    np.add.at(count, (np.minimum(log.hop, 2), log.tick), 1)
    return count


def brought(count: NDArray[np.float64], people: int) -> tuple[float, float, float]:
    """How many take part by advertisement a day, and how many one brings: first, and others.

    Each is a ratio of sums, weighted by the share of people who have not yet taken part and are
    there to be won: the estimate of most likelihood where the numbers have Poisson laws.

    Parameters
    ----------
    count
        As `by_source` gives it, of the first days.
    people
        How many there are.
    """
    left = 1 - np.concatenate(([0], count.sum(axis=0).cumsum()[:-1])) / people
    before = count[:, :-1] * left[1:]
    by_first = count[1].sum() / before[0].sum()
    by_others = count[2].sum() / before[1:].sum()
    return float(count[0].sum() / left.sum()), float(by_first), float(by_others)


def forecast(count: NDArray[np.float64], people: int) -> float:
    """How many take part in the end: a branching process with what the first days tell of it.

    Parameters
    ----------
    count
        As `by_source` gives it, of the first days, on all of which it was advertised.
    people
        How many there are.
    """
    advertised, by_first, by_others = brought(count, people)
    first, second, later = count[:, -1]
    total = count.sum()
    for day in range(count.shape[1], DAYS):
        left = 1 - total / people
        later = by_others * (second + later) * left
        second = by_first * first * left
        first = advertised * left if day < SEEDING else 0.0
        total += first + second + later
    return float(total)


def measure(tell: Tell) -> list[Finding]:
    """Campaigns forecast after some days; and what one participant brings, where there are hubs."""
    off = []
    for seed in range(CAMPAIGNS):
        tell(seed, CAMPAIGNS + HUBS)
        network = Network.generate("random", PEOPLE, seed=seed, mean_degree=float(TIES))
        count = by_source(_campaign(network, CHANCE, seed))
        total = count.sum()
        off.append([100 * abs(forecast(count[:, :days], PEOPLE) / total - 1) for days in KNOWN])
    names = [f"error of the forecast after {days} of {DAYS} days, per cent" for days in KNOWN]
    table = [each._replace(side=ERROR) for each in findings(names, [-inf] * len(KNOWN), off)]
    runs = []
    for seed in range(HUBS):
        tell(CAMPAIGNS + seed, CAMPAIGNS + HUBS)
        network = Network.generate("social", AMONG_HUBS, seed=seed, mean=float(TIES))
        count = by_source(_campaign(network, LESS, seed))
        early, all_days = (brought(count[:, :days], AMONG_HUBS)[2] for days in (KNOWN[-1], DAYS))
        runs.append([early / all_days])
    name = f"whom one brings, first {KNOWN[-1]} days over all, with hubs"
    return [*table, *findings([name], [1.0], runs)]


def _campaign(network: Network, chance: float, seed: int) -> Result:
    ad: dict[str, Any] = {"ticks": SEEDING, "audience": 1.0, "impressions": SHOWN}
    scenario = load("cascade").replace(
        {f"share.base.{role}": chance for role in ("stranger", "fan", "advocate")}
        | {"publish.seeds": 0, "publish.ads": [ad], "content": [], "horizon": DAYS}
    )
    return run(scenario, network=network, seed=seed)


PAPER: Final = Paper(
    "vanderlans_2010",
    "van der Lans, van Bruggen, Eliashberg & Wierenga (2010), A viral branching model for "
    "predicting the spread of electronic word of mouth, Marketing Science 29:348-365",
    "How many a campaign will reach is known from its first days, to 10 or 15 %.",
    "Sixteen campaigns of 36 days among 200,000 people with 20 ties each, advertised for 14, "
    "shared with a chance of .04 and a day later; then sixteen on `social`, where few reach many.",
    "As in the paper's campaign, participants are told by source and 14 of 36 days are advertised; "
    "its e-mails and their delays are not here. It is known in advance that advertising goes on, "
    "and who is left is counted. The abstract says "
    "that reach is predicted quickly; 10 to 15 % from the first fifth of the days is what is "
    "reported of it. That one brings as many throughout is what branching assumes: where there "
    "are hubs these are met first, and such a forecast is far too high.",
    measure,
)
