"""What recommendations bring, and what repeating them does (Leskovec, Adamic & Huberman 2007)."""

from __future__ import annotations

from math import inf
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ....scenarios.loader import load
from ....sim.campaign import run
from ....sim.network import Network
from ....sim.parameters import Scenario
from .paper import Finding, Paper, Tell, findings

RUNS: Final = 10
PEOPLE: Final = 100_000
CONTACTS: Final = 40
SEEDS: Final = 100
BUYS: Final = 0.015  # the upper end of .5 to 1.5 % a recommendation
RECOMMENDS: Final = 1 / 3  # of those who bought
DOSES: Final = (1, 2, 5, 10)
EACH: Final = 10_000  # people for each number of recommendations
CLICKS: Final = 0.25
CONVERTS: Final = 0.06
WEARY: Final = -1.5


def measure(tell: Tell) -> list[Finding]:
    """A referral programme; then people who get few recommendations beside others who get many."""
    network, doses = recommended()
    runs = []
    for seed in range(RUNS):
        tell(seed, RUNS)
        bought = by_doses(_referral(CLICKS, CONVERTS), network, doses, seed)
        weary = _everybody(BUYS).replace({"share.weight.doses": WEARY, "horizon": 4})
        passed = by_doses(weary, network, doses, seed, bought=False)
        few, two, five, ten = bought
        runs.append((_ratio(seed), ten / (10 * few), ten / five, ten / two, passed[3] / passed[1]))
    names = (
        "recommenders whom one brings",
        "buyers each recommendation, at 10 over at 1",
        "buyers, at 10 recommendations over at 5",
        "buyers, at 10 recommendations over at 2",
        f"who pass it on, at 10 over at 2, share.weight.doses = {WEARY:g}",
    )
    table = findings(names, [-inf] * len(names), runs)
    sides = (1.0, 1.0, 2.0, 1.0, 1.0)
    return [each._replace(side=side) for each, side in zip(table, sides, strict=True)]


def recommended() -> tuple[Network, NDArray[np.int64]]:
    """People who hear so many of ten recommenders, who are the first rows; and how many each."""
    most = max(DOSES)
    doses = np.repeat(DOSES, EACH)
    hearer = most + np.repeat(np.arange(doses.size), doses)
    sender = np.concatenate([np.arange(each) for each in doses])
    return Network.from_edges(sender, hearer, most + doses.size), doses


def by_doses(
    scenario: Scenario,
    network: Network,
    doses: NDArray[np.int64],
    seed: int,
    *,
    bought: bool = True,
) -> list[float]:
    """The share who buy, or pass it on, by how many recommended it."""
    most = max(DOSES)
    result = run(scenario, network=network, seeds=range(most), seed=seed)
    log = result.buyer_log if bought else result.share_log
    did = np.bincount(doses[log.person[log.person >= most] - most], minlength=most + 1)
    return [float(did[each] / EACH) for each in DOSES]


def _ratio(seed: int) -> float:
    """How many who recommend it in turn a recommender brings."""
    network = Network.generate(
        "power_law_followers", PEOPLE, seed=seed, minimum=CONTACTS, maximum=CONTACTS
    )
    scenario = _referral(1.0, BUYS).replace({"publish.seeds": SEEDS, "horizon": 60})
    columns = run(scenario, network=network, seed=seed).columns
    first, later = columns["shares"].sum(), columns["reshares"].sum()
    return float(later / (first + later))


def _referral(click: float, convert: float) -> Scenario:
    return _everybody(RECOMMENDS).replace(
        {
            "share.after": "purchase",
            "transact.click": click,
            "transact.convert": convert,
            "content_types.post.fidelity": 1.0,
            "horizon": 4,
        }
    )


def _everybody(chance: float) -> Scenario:
    shares: dict[str, Any] = {
        f"share.base.{role}": chance for role in ("stranger", "fan", "advocate")
    }
    return load("cascade").replace(shares)


PAPER: Final = Paper(
    "leskovec_2007",
    "Leskovec, Adamic & Huberman (2007), The dynamics of viral marketing, ACM Transactions on the "
    "Web 1(1):5",
    "Recommendations among buyers do not spread far, and to recommend a thing again and again "
    "brings less and less.",
    "A recommendation sells in 1.5 % of cases (.25 click, .06 of these buy) and a third of buyers "
    "recommend on, to 40 people each; then 10,000 people each who get one, two, five or ten.",
    "The rates are the upper ends of the paper's; 40 contacts and .25 are assumed, and that one "
    "brings less than one follows. The paper plots success against recommendations: for DVDs it "
    "saturates by ten, for books it falls after two. Here a person clicks once, so that buying "
    "saturates, and nothing makes it fall. Passing on falls where `share.weight.doses` says so.",
    measure,
)
