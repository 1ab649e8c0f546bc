"""A lever: what switches it off, what switches it on, and what then has to move.

A campaign runs without a mention of the lever, with its neutral value spelled out beside all that
must then play no part, and with the lever on, each in the same world and with the same luck.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import numpy as np
import wordofmouth as wom
from wordofmouth import Network, Result, Scenario
from wordofmouth.sim import state as s
from wordofmouth.sim.parameters.paths import flat

Changes = dict[str, Any]
Outcome = Callable[[Result], float]
Order = Callable[[Result, Result], bool]

SEEDS = range(12)
# How many standard errors a mean difference has to be away from nothing.
ERRORS = 4.0

# A lively campaign in which no lever is on: three posts, passed on by chance, clicked and bought.
BASE: Changes = {
    "horizon": 30,
    "people.fans": 0.2,
    "people.advocates": 0.1,
    "content": ["post", "post", "post"],
    "publish.interval": 6,
    "share.base": {"stranger": 0.03, "fan": 0.06, "advocate": 0.1},
    "transact.click": 0.2,
    "transact.convert": 0.3,
    "interact.like": 0.1,
    "interact.comment": 0.1,
    "interact.unfollow": 0.0,
    "transact.once": "post",
    "share.weight.thanked": 0.0,
}
POST = "content_types.post"


@dataclass(frozen=True)
class Lever:
    """A row of the tables: a lever and what moves by it.

    Attributes
    ----------
    name
        What it is called in the tests' names.
    source
        The document (or paper) that says which way.
    change
        Of each path its neutral value, and another.
    rises, falls
        The outcome that moves; in pairs over seeds, by four standard errors. An indicator by its
        name, or a function of a result.
    exactly
        An order that holds in every pair, of (off, on).
    beside
        What the campaign is to have in any case, so that there is something to move.
    idle
        What plays no part while the lever is off.
    network
        On which network.
    silent
        No decision depends on it: it is how the end is looked at.
    seeds
        In which worlds.
    """

    name: str
    source: str
    change: dict[str, tuple[Any, Any]]
    rises: Outcome | str | None = None
    falls: Outcome | str | None = None
    exactly: Order | None = None
    beside: Changes = field(default_factory=dict)
    idle: Changes = field(default_factory=dict)
    network: str = "people"
    silent: bool = False
    seeds: range = SEEDS

    @property
    def off(self) -> Changes:
        """Its neutral value."""
        return {path: neutral for path, (neutral, _) in self.change.items()}

    @property
    def on(self) -> Changes:
        """Another."""
        return {path: other for path, (_, other) in self.change.items()}

    @property
    def settings_without(self) -> Changes:
        """Those of the campaign without a mention of it."""
        return BASE | self.beside

    @property
    def settings_off(self) -> Changes:
        """Those with its neutral value, and the idle ones."""
        return self.settings_without | self.idle | self.off

    @property
    def settings_on(self) -> Changes:
        """Those with the lever on."""
        return self.settings_without | self.idle | self.on

    def moved(self, off: Result, on: Result) -> float:
        """By how much the outcome moved the way that the source says."""
        assert (self.rises is None) != (self.falls is None)
        outcome = self.rises or self.falls
        move = kpi(outcome) if isinstance(outcome, str) else outcome
        return (move(on) - move(off)) * (1.0 if self.rises else -1.0)


def rises(differences: Any) -> None:
    """The mean of differences is above 0, by four standard errors."""
    differences = np.asarray(differences, np.float64)
    error = differences.std(ddof=1) / np.sqrt(differences.size)
    assert differences.mean() > ERRORS * error, (differences.mean(), error, differences.tolist())


def campaign(changes: Changes, seed: int, network: str = "people") -> Result:
    """A campaign, run once however often it is asked for; a world for each seed."""
    return _campaign(json.dumps(changes, sort_keys=True), seed, network)


# Of the results the last ones are kept: those of a lever's pairs, and of the base beside them.
@lru_cache(maxsize=256)
def _campaign(changes: str, seed: int, network: str) -> Result:
    return wom.run(_scenario(changes), network=networks(network), seed=seed)


def scenario(changes: Changes) -> Scenario:
    """A scenario, of dotted paths and nested tables alike."""
    return _scenario(json.dumps(changes, sort_keys=True))


@cache
def _scenario(changes: str) -> Scenario:
    return Scenario().replace(flat(json.loads(changes)))


@cache
def networks(name: str, people: int = 1000) -> Network:
    """The networks of these tests, by name."""
    if name == "nobody hears":
        return Network.from_edges([], [], 20_000)
    ties = Network.generate("clustered_preferential_attachment", people, seed=1, m=4)
    if name == "people":
        return ties
    # Of each tie one direction at least, and half of them both; weights from all over.
    luck = np.random.default_rng(7)
    source = np.repeat(np.arange(ties.n), ties.followers)
    kept = (source < ties.indices) | (luck.random(ties.arcs) < 0.5)
    weights = None if name == "directed" else luck.random(int(kept.sum()))
    assert name in ("directed", "weighted")
    return Network.from_edges(source[kept], ties.indices[kept], ties.n, weights=weights)


# what moves -------------------------------------------------------------------------------------


def total(*names: str) -> Outcome:
    """The sum of columns of the series."""
    return lambda result: float(sum(result.columns[name].sum() for name in names))


def kpi(name: str) -> Outcome:
    """An indicator."""
    return lambda result: result.kpis[name]


def account(name: str) -> Outcome:
    """What was spent on an account."""
    return lambda result: result.ledger[name]


SHARES = total("shares", "reshares")


def at_hops(step: int, first: int, last: int | None = None) -> Outcome:
    """Events of a step from one hop to before another."""
    return lambda result: float(result.counts[result.ours][:, step, :, first:last, 0].sum())


def mean_tick(name: str) -> Outcome:
    """When, on average, what a column counts happened."""
    return lambda result: float(np.average(np.arange(result.ticks), weights=result.columns[name]))


# orders that hold in every pair -----------------------------------------------------------------


def sharers(result: Result) -> set[tuple[int, int]]:
    """Who passed on which of the brand's messages."""
    log = result.share_log
    ours = result.ours[log.message]
    return set(zip(log.message[ours].tolist(), log.person[ours].tolist(), strict=True))


def buyers(result: Result) -> set[tuple[int, int]]:
    """Who bought through which message."""
    log = result.buyer_log
    return set(zip(log.message.tolist(), log.person.tolist(), strict=True))


def who(step: int) -> Callable[[Result], set[int]]:
    """The people who took a step."""
    return lambda result: set(np.flatnonzero((result.steps >> step) & 1).tolist())


def more(people: Callable[[Result], set[Any]]) -> Order:
    """Nobody is lost."""
    return lambda off, on: people(off) <= people(on)


def fewer(people: Callable[[Result], set[Any]]) -> Order:
    """Nobody is won."""
    return lambda off, on: people(off) >= people(on)


def higher(column: str) -> Order:
    """Nobody has less trust, or bond."""
    return lambda off, on: bool((getattr(on, column) >= getattr(off, column)).all())


def lower(column: str) -> Order:
    """Nobody has more."""
    return lambda off, on: bool((getattr(on, column) <= getattr(off, column)).all())


def same(*columns: str) -> Order:
    """These columns of the series are the same."""
    return lambda off, on: all((off.columns[c] == on.columns[c]).all() for c in columns)


def both(*orders: Order) -> Order:
    """All of these."""
    return lambda off, on: all(order(off, on) for order in orders)


FOUND, CLICKED, NOTICED, SHARED, RESHARED = s.FOUND, s.CLICKED, s.NOTICED, s.SHARED, s.RESHARED
CONVERTED = s.CONVERTED
