"""Results of every kind, of small campaigns: one in which things happen, one in which nothing does.

The scenarios are called what would be markup, were it not escaped.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import wordofmouth as wom
from wordofmouth.experiments.answers.client.find import client_report
from wordofmouth.experiments.answers.reproduction.answer import Reproduction
from wordofmouth.experiments.answers.reproduction.find import PAPERS
from wordofmouth.experiments.answers.reproduction.paper import Finding

MARKUP = {"name": "<b>a & b", "question": "<script>Why</script> `?", "outcome": "<i>sales"}
SMALL = {"network.people": 300, "network.m": 5, "horizon": 12}
NOBODY = {"people.fans": 0.0, "publish.outlets": [], "publish.ads": [], "publish.cost": 0.0}
BUSY = {"share.base.fan": 0.2, "transact.click": 0.3, "incentives.reward": 5.0}
LEVERS = {
    "<u>share.base.fan = 0.3, with a better offer, and told to everybody": {"share.base.fan": 0.3},
    "transact.click = 0.1": {"transact.click": 0.1},
    "hurdle": {"transact.convert": 0.01},
}
FLIGHTS = [{"name": "<b>tv & radio", "ticks": 4}, {"name": "=dud", "impressions": 0.0}]
CHOSEN = {"share.base.fan": "0.05..0.3", "incentives.paid": "draw|share"}

# What `results` has one of each: a card and a page of every kind are read by the tests.
KINDS = (
    "scenario", "result", "diagnosis", "comparison", "levers", "economics", "credit", "study",
    "reproduction", "look", "people", "data", "fit", "forecast", "optimum",
    "truth", "report",
)  # fmt: skip


@cache
def scenario(*, busy: bool) -> wom.Scenario:
    changes: dict[str, Any] = BUSY if busy else NOBODY
    return wom.load("prize_draw").replace({**SMALL, **changes, **MARKUP})


@cache
def noisy() -> wom.Study:
    """Give a study of a function over a Latin hypercube, with an axis of words."""

    def sales(rate: float, price: float, kind: str, seed: int) -> dict[str, float]:
        luck = np.random.default_rng(seed).normal()
        return {"<i>sales": 10 * price * rate**0.5 + len(kind) + luck}

    axes = {
        "rate": {"from": 0.001, "to": 1.0, "scale": "log"},
        "price": {"from": 1.0, "to": 5.0},
        "kind": ["post", "a_word_that_is_rather_long", "<b>video"],
    }
    design = {"sampler": "latin_hypercube", "points": 24}
    return wom.sweep(
        sales, axes, design=design, replicates=3, progress=False, name="<b>a & b",
    )  # fmt: skip


@cache
def grid() -> wom.Study:
    """Give a study of a campaign over a grid with real names."""
    return wom.sweep(
        scenario(busy=True),
        {
            "incentives.reward": [0.0, 1.0, 5.0, 20.0],
            "people.susceptibility_spread": [0.0, 0.5],
            "content_types.*.contagiousness": [-0.5, 0.0, 0.5],
        },
        replicates=2,
        outcomes=["reach", "cost", "share_of_voice"],
        progress=False,
    )


def named(*, busy: bool) -> wom.Network:
    """Give a network as it is read of a table, or one that was made."""
    if not busy:
        return wom.Network.from_edges([0, 1], [1, 2], 9, directed=False)
    table = {"follower": ["<b>ann", "NA", "cid"], "user": ["cid", "cid", "NA"], "count": [1, 9, 2]}
    return wom.Network.from_table(pd.DataFrame(table))


def people(*, busy: bool) -> pd.DataFrame:
    """Give a table of people with all that it may have, something wrong inclusive; or ids alone."""
    if not busy:
        return pd.DataFrame({"id": ["NA", "cid"]})
    return pd.DataFrame(
        {
            "id": ["<b>ann", "cid", "<i>dan"],
            "role": ["fan", "boss", None],
            "trust": [0.5, 2.0, None],
            "segment": ["<u>young", "old", ""],
            "region & town": ["<b>north", "south", "a_word_that_is_rather_long"],
        }
    )


def measured(*, busy: bool) -> wom.Observed:
    """Give what was measured, with all that there may be; or nothing but a few cascades."""
    if not busy:
        return wom.Observed.read(cascades=pd.DataFrame({"size": [1, 1, 2, 3, 1]}))
    days = [f"2026-03-{day:02d}" for day in range(1, 13) if day != 4]
    table = pd.DataFrame(
        {
            "Day": days,
            "<b>views & more": [400 + 7 * (k % 3) for k in range(11)],
            "Link clicks": [3 * k + k % 2 for k in range(11)],
            "Amount spent (EUR)": [5.25] * 11,
            "Followers": [1200 + 2 * k for k in range(11)],
            "<i>notes": ["x"] * 11,
        }
    )
    sizes = pd.DataFrame({"size": [4, 4, 5, 9, 30]})
    named = {"impressions": "<b>views & more"}
    return wom.Observed.read(table, columns=named, cascades=sizes, rates={"friends": 97})


@cache
def fitted(*, busy: bool) -> wom.Fit:
    """Give a fit to the first rows of a campaign, or to rows in which nothing was counted."""
    base = scenario(busy=True)
    result = wom.run(base, seed=3)
    series = {
        name: result.columns[name][:8].astype(float) * (1.0 if busy else 0.0)
        for name in ("clicks", "reach")
    }
    seen = wom.Observed("<i>days & weeks", hours=base.hours_per_tick, series=series)
    free = ["transact.click", "share.base.fan"]
    return wom.fit(base, seen, free=free, runs=200, worlds=2, jobs=1)


def ahead(*, busy: bool) -> wom.Forecast:
    """Give a forecast, or one that is held against what was hidden."""
    found = wom.forecast(fitted(busy=busy), runs=200, jobs=1)
    if not busy:
        return found
    hidden = found.bands[2] + 1.0
    return replace(found, hidden=hidden, naive=hidden * 2.0)


@cache
def results(*, busy: bool) -> dict[str, Any]:
    """Give a result of every kind by its name."""
    base = scenario(busy=busy)
    many = 3 if busy else 2
    other = base.replace({"name": "<b>b", "incentives.reward": 0.0} if busy else {"name": "<b>b"})
    result = wom.run(base, seed=3)
    agree = [Finding("share <b>reached", 0.3, 0.31, 0.01), Finding("size", 2.0, 5.0, 0.1)]
    one = wom.sweep(lambda x: x, {"x": [1.0]}, progress=False, name="<b>one")
    found = {
        "scenario": base,
        "result": result,
        "diagnosis": wom.diagnose(base, replicates=many, also=()),
        "comparison": wom.compare(base, other, names=("<b>a", "<b>b"), replicates=many),
        "levers": wom.levers(base, LEVERS, replicates=many),
        "economics": wom.economics(base, replicates=many, breaks_even=busy),
        "credit": wom.credit(result),
        "study": noisy() if busy else one,
        "reproduction": Reproduction(PAPERS["newman_2002"], tuple(agree[:1] if busy else agree)),
        "look": wom.look(named(busy=busy)),
        "people": wom.look(named(busy=True), people=people(busy=busy)),
        "data": wom.look(data=measured(busy=busy)),
        "fit": fitted(busy=busy),
        "forecast": ahead(busy=busy),
        "optimum": wom.optimise(
            base, CHOSEN, budget=None if busy else 0, trials=6, worlds=3, fresh=many
        ),
        "truth": wom.known_truth(base.replace({"publish.ads": FLIGHTS}), replicates=many),
        "report": client_report(base, replicates=many),
    }
    assert tuple(found) == KINDS
    return found
