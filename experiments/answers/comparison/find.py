"""Compare: scenarios in the same worlds, by every indicator, and person by person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ....sim import state as s
from ....sim.network import Network
from ....sim.parameters import Scenario
from ....sim.result import Result
from ...estimates.interval import Estimate, estimate
from ...estimates.paired import difference, pairing
from ...estimates.ratio import ratio
from ...show.numbers import listed
from ...vocabulary.glossary import AT_LEAST_NONE
from ...vocabulary.outcomes import OUTCOMES, Outcome, read
from ...vocabulary.outcomes import outcome as outcome_of
from ...worlds.draws import Draws
from ...worlds.given import Source
from ...worlds.until import until
from ...worlds.variant import Changes, plain
from ...worlds.worlds import Meter, Progress, Worlds
from ..unknown import Unknown, remaining
from .answer import Comparison
from .arms import compared, priced_in
from .changes import OrderCost, OutcomeChange, Swayed

REPLICATES: Final = 48
# Who they are, and the steps of which they took at least one.
GROUPS: Final = {
    "noticed": (s.NOTICED,),
    "shared": (s.SHARED, s.RESHARED),
    "bought": (s.CONVERTED,),
    "joined": (s.FOLLOWED,),
}


class _Met(NamedTuple):
    """What is kept of a campaign until the other one is there: values, and who took which step."""

    values: NDArray[np.float64]
    steps: NDArray[np.uint16]
    seed: int
    network: dict[str, Any]


class _Pair(NamedTuple):
    """Of one replicate and scenario: its values, and how many people it won and lost.

    `won` and `lost` are int64, one a group, and empty for the first scenario and where the people
    are others; `names` are the ids of replicate 0.
    """

    values: NDArray[np.float64]
    won: NDArray[np.int64]
    lost: NDArray[np.int64]
    names: dict[str, tuple[list[Any], list[Any]]]


@dataclass(frozen=True)
class _Join:
    """Makes pairs with the first scenario of what was met in a replicate."""

    named: int

    def __call__(self, met: list[_Met]) -> list[_Pair]:
        first = met[0]
        none = np.empty(0, np.int64)
        pairs = [_Pair(first.values, none, none, {})]
        for other in met[1:]:
            if other.network["digest"] != first.network["digest"]:
                pairs.append(_Pair(other.values, none, none, {}))
                continue
            won, lost = [], []
            names: dict[str, tuple[list[Any], list[Any]]] = {}
            for group, steps in GROUPS.items():
                mask = np.uint16(sum(1 << step for step in steps))
                before, after = first.steps & mask != 0, other.steps & mask != 0
                here, there = np.flatnonzero(after & ~before), np.flatnonzero(before & ~after)
                won.append(here.size)
                lost.append(there.size)
                if first.seed == self.named:
                    ids = first.network["ids"]
                    found = [rows if ids is None else ids[rows] for rows in (here, there)]
                    names[group] = found[0].tolist(), found[1].tolist()
            pairs.append(_Pair(other.values, np.array(won), np.array(lost), names))
        return pairs


def _meet(result: Result) -> _Met:
    known = {name: result.network[name] for name in ("digest", "ids")}
    return _Met(read(result), result.steps, result.seed, known)


def compare(
    *scenarios: Source | Changes,
    names: Sequence[str] | None = None,
    outcome: str = "conversions",
    replicates: int = REPLICATES,
    width: float | None = None,
    seconds: float | None = None,
    seed: int = 0,
    world: int | None = None,
    network: Network | None = None,
    seeds: Any = None,
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Compare scenarios with the first of them, in the same worlds and with the same luck.

    Parameters
    ----------
    scenarios
        Two or more, or their names or paths; tables of dotted paths are changes of the first. One
        may be a fit (`wordofmouth.fit`) or the folder that keeps one: then each world has a draw of
        its posterior, all scenarios are changes of the fitted one, and what one of them sets, it
        has in every draw (`wordofmouth.experiments.worlds.draws`).
    names
        What they are called; their own names if None.
    outcome
        What the sentence is about, and with a width what the replicates are for.
    replicates, width, seconds
        How many worlds; or, with a width, until the interval of the last scenario's difference is
        that narrow, and `replicates` and `seconds` are the budget.
    seed, world, network, seeds, jobs, executor, progress
        As for `diagnose`.

    Raises
    ------
    InputError
        If there are not two scenarios, the outcome is unknown, or a number is out of range.
    LimitError
        If one of the campaigns would not fit into memory.

    Examples
    --------
    >>> small = Scenario(horizon=3).replace({"network.people": 100, "publish.seeds": 2})
    >>> more = small.replace({"publish.seeds": 5})
    >>> found = compare(small, more, names=("two", "five"), outcome="shares", replicates=3)
    >>> found["five"]["shares"].difference[:3]
    (3.0, 3.0, 3.0)
    """
    arms = compared(scenarios, names)
    table = {name: plain(each) for name, each in arms.table.items()}
    asked = outcome_of(outcome).in_currency_of(priced_in(table))
    place = list(OUTCOMES).index(asked.name)
    meter = Meter(progress, replicates * len(table))
    worlds = Worlds(seed, world, network, seeds, jobs, executor, meter=meter, draws=arms.draws)

    def judge(rows: list[list[_Pair]]) -> Estimate:
        last, first = ([row[k].values[place] for row in rows] for k in (-1, 0))
        return difference(last, first)

    answer = until(
        partial(worlds.each, arms.table, _meet, join=_Join(worlds.seed)),
        judge,
        width=width,
        replicates=replicates,
        seconds=seconds,
    )
    rows = answer.told
    others = list(table)[1:]
    return Comparison(
        scenarios=table,
        outcome=asked,
        changed={
            name: _changes(rows, k, priced_in(table)) for k, name in enumerate(others, start=1)
        },
        incremental={name: _incremental(rows, k) for k, name in enumerate(others, start=1)},
        people={name: _people(rows, k) for k, name in enumerate(others, start=1)},
        replicates=len(rows),
        seed=worlds.seed,
        world=worlds.world,
        budget=answer.sentence,
        unknown=None if arms.draws is None else _unknown(arms.draws, table, rows, asked),
    )


def _incremental(rows: list[list[_Pair]], k: int) -> OrderCost:
    """What it costs to win a conversion, by the means of both over the worlds."""
    names = list(OUTCOMES)
    cost, sold = (
        np.array(
            [row[k].values[names.index(name)] - row[0].values[names.index(name)] for row in rows]
        )
        for name in ("cost", "conversions")
    )
    return OrderCost(ratio(cost, sold), estimate(sold))


def _changes(rows: list[list[_Pair]], k: int, scenario: Scenario) -> dict[str, OutcomeChange]:
    before = np.array([row[0].values for row in rows])
    after = np.array([row[k].values for row in rows])
    found = {}
    for place, (name, asked) in enumerate(OUTCOMES.items()):
        first, other = before[:, place], after[:, place]
        both = ~(np.isnan(first) | np.isnan(other))
        first, other = first[both], other[both]
        found[name] = OutcomeChange(
            outcome=asked.in_currency_of(scenario),
            base=estimate(first, within=asked.within),
            value=estimate(other, within=asked.within),
            difference=difference(other, first, share=name == "took_off"),
            pairing=pairing(other, first),
        )
    return found


def _people(rows: list[list[_Pair]], k: int) -> Mapping[str, Swayed] | None:
    """Who took part only because of the change; None where the people are others."""
    if any(row[k].won.size == 0 for row in rows):
        return None
    named = rows[0][k].names
    return {
        group: Swayed(
            won=estimate([row[k].won[place] for row in rows], within=AT_LEAST_NONE),
            lost=estimate([row[k].lost[place] for row in rows], within=AT_LEAST_NONE),
            won_ids=tuple(named[group][0]),
            lost_ids=tuple(named[group][1]),
        )
        for place, group in enumerate(GROUPS)
    }


def _unknown(
    draws: Draws, table: Mapping[str, Scenario], rows: list[list[_Pair]], asked: Outcome
) -> Unknown:
    """What no more worlds would tell of the difference in what was asked."""
    place, numbers = list(OUTCOMES).index(asked.name), {}
    says: list[str] = []
    short: list[str] = []
    for k, (name, scenario) in enumerate(table.items()):
        if own := draws.own(scenario):
            says.append(f"{name} sets {listed(own)} itself, in every draw.")
        if k and len(rows) > 1:
            differs = [row[k].values[place] - row[0].values[place] for row in rows]
            what = f"what {name} changes in {asked.noun(scenario)}"
            found = remaining(draws, what, differs, asked.form)
            says += found.says
            short += [found.short] if found.short else []
            numbers[name] = found.numbers
    return Unknown(draws, len(rows), tuple(says), {"of_draws": numbers}, "; ".join(short))
