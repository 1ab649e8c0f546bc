"""What was measured, beside what a simulated campaign would have shown of the same.

Both are read by one rule: row by row, indicator by indicator, over the rows in which something was
measured. What enters the inference are the summaries of that table.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from ....scenarios.observing.observed import Observed, Trees
from ....sim.errors import InputError, hint
from ....sim.parameters import Scenario
from ....sim.state import SERIES
from ...vocabulary.outcomes import OUTCOMES, outcome

if TYPE_CHECKING:
    from ....sim.result import Result

Reals = NDArray[np.float64]

# What is counted over time beside the series of a campaign.
MORE: Final = ("revenue", "cost", "visits")
LEAST_ROWS: Final = 5
# Blocks of rows that a series is summed over: more say little more and are noisier.
_BLOCKS: Final = 8
# Rates that are sizes of a world, which is to have so many people.
_SIZES_OF: Final = ("followers", "fans")
# Sizes of cascades, in multiples of the filter, whose shares are looked at.
_SIZES: Final = (2, 4, 8, 16, 64)


@dataclass(frozen=True)
class Reading:
    """How a campaign is read so that it can be held against what was measured.

    Attributes
    ----------
    indicators
        What is counted in each row.
    rows, ticks
        How many rows there are, and how many ticks each has.
    least
        Cascades of fewer people are not looked at; 0: cascades are not looked at at all.
    rates
        Outcomes whose value over all rows is known.
    """

    indicators: tuple[str, ...]
    rows: int
    ticks: int
    least: int = 0
    rates: tuple[str, ...] = ()

    @property
    def horizon(self) -> int:
        """The ticks that are looked at."""
        return self.rows * self.ticks

    def series(self, result: Result) -> dict[str, Reals]:
        """By indicator: (rows,) what a campaign counted in each row."""
        found = {name: self._row_sums(column(result, name)) for name in self.indicators}
        if "shares" in found and "reshares" not in found:  # who does not tell them apart has both
            found["shares"] = found["shares"] + self._row_sums(column(result, "reshares"))
        return found

    def _row_sums(self, ticks: Reals) -> Reals:
        found: Reals = ticks[: self.horizon].reshape(self.rows, self.ticks).sum(axis=1)
        return found

    def numbers(self, result: Result) -> dict[str, float]:
        """What a campaign shows beside its series: of its cascades, and rates, by name."""
        found = {f"rate {name}": outcome(name).of(result) for name in self.rates}
        return found | (tails(result.cascades.size, self.least) if self.least else {})


def column(result: Result, name: str) -> Reals:
    """What a campaign counted of an indicator in each tick."""
    from ....sim.flows import cost_by_tick, revenue_by_tick

    columns = result.columns
    match name:
        case "revenue":
            return np.asarray(revenue_by_tick(result), float)
        case "cost":
            return np.asarray(cost_by_tick(result), float)
        case "visits":
            return np.asarray(columns["found"] + columns["returns"], float)
    return np.asarray(columns[name], float)


def tails(sizes: NDArray[Any], least: int) -> dict[str, float]:
    """What cascades look like: the shares that are so many times as large as the filter, and more.

    Examples
    --------
    >>> tails(np.array([1, 4, 4, 9]), 4)["cascades of 8 and more"]
    0.375
    """
    kept = np.asarray(sizes)[np.asarray(sizes) >= max(least, 1)]
    # A half more on either side keeps the share of few from being nothing or all.
    found = {
        f"cascades of {k * max(least, 1)} and more":
            float((np.sum(kept >= k * max(least, 1)) + 0.5) / (kept.size + 1.0))
        for k in _SIZES
    }  # fmt: skip
    mean = float(np.log(kept / max(least, 1)).mean()) if kept.size else 0.0
    return {**found, "cascades' mean logarithm": mean}


@dataclass(frozen=True)
class Seen:
    """What was measured, as the inference sees it.

    Attributes
    ----------
    reading
        How a campaign is read for the same.
    table
        (indicators, rows) what was counted, NaN where nothing was measured.
    numbers
        What was measured beside, by the names of `Reading.numbers`.
    source
        Where it comes from.
    notes
        What is not used, and why.
    """

    reading: Reading
    table: Reals
    numbers: Mapping[str, float] = field(default_factory=dict)
    source: str = ""
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> dict[str, float]:
        """By indicator: the sum over the rows in which it was measured."""
        sums = np.nansum(self.table, axis=1)
        return dict(zip(self.reading.indicators, sums.tolist(), strict=True))


def seen(scenario: Scenario, observed: Observed) -> Seen:
    """What was measured of a campaign that a scenario describes.

    Raises
    ------
    InputError
        If nothing of it can be simulated, the rows do not fall on ticks or are fewer than five, or
        more people were reached, or follow the brand, than the scenario has.
    """
    notes: list[str] = []
    known = [*SERIES, *MORE]
    names, table = [], []
    for name, values in observed.series.items():
        if name == "reach" and (column := observed.columns.get(name)):
            anew = "a tool counts people anew in each row, a campaign when it first reaches them"
            notes.append(f"column {column!r} is not compared: {anew}.")
        elif name in known and np.isfinite(values).any():
            names.append(name)
            table.append(np.asarray(values, float))
        elif name not in known:
            notes.append(f"{name} is not counted by row in a campaign, and is not used.")
        else:
            notes.append(f"{name} has no value in any row, and is not used.")
    rates = {name: value for name, value in observed.rates.items() if name in OUTCOMES}
    if not names and observed.trees is None and not rates:
        meant = hint("", known, f"these can be: {', '.join(known)}.")
        raise InputError(f"{observed.source}: nothing in it can be simulated; {meant}")
    rows, ticks = _rows(scenario, observed, names)
    reading = Reading(
        tuple(names), rows, ticks, 0 if observed.trees is None else max(observed.trees.least, 1),
        tuple(rates),
    )  # fmt: skip
    _refuse_too_few_people(scenario, observed)
    if observed.given:
        decided = ", ".join(observed.given)
        notes.append(f"{decided}: this was decided; it is as the scenario has it, not the data.")
    if observed.levels:
        stood = ", ".join(observed.levels)
        notes.append(f"{stood}: this stood at the end of rows, and is not compared.")
    left = [name for name in observed.rates if name not in rates and "." not in name]
    if idle := [name for name in left if name not in _SIZES_OF]:
        notes.append(f"{', '.join(idle)}: no outcome of a campaign is called so; not used.")
    told = {f"rate {name}": value for name, value in rates.items()}
    told |= _trees(observed.trees)
    stacked = np.full((len(table), rows), np.nan)
    for k, values in enumerate(table):
        stacked[k, : values.size] = values
    return Seen(
        reading, stacked, told, observed.source, (*observed.notes, *observed.doubts, *notes)
    )


def _trees(trees: Trees | None) -> dict[str, float]:
    return {} if trees is None else tails(trees.sizes, max(trees.least, 1))


def _rows(scenario: Scenario, observed: Observed, names: list[str]) -> tuple[int, int]:
    """How many rows there are, and the ticks of one."""
    ticks = observed.hours / scenario.hours_per_tick
    if not names:
        return 1, scenario.horizon
    if not math.isclose(ticks, round(ticks)) or round(ticks) < 1:
        raise InputError(
            f"{observed.source}: a row is {observed.hours:g} hours and a tick of the scenario "
            f"{scenario.hours_per_tick:g}, so that rows do not end with a tick; give "
            "hours_per_tick a value that divides it."
        )
    rows = max(len(observed.series[name]) for name in names)
    if rows < LEAST_ROWS:
        raise InputError(
            f"{observed.source}: {rows} rows are too few to tell anything over time; give "
            f"{LEAST_ROWS} or more."
        )
    if rows * round(ticks) > scenario.horizon:
        raise InputError(
            f"{observed.source}: it has {rows} rows of {observed.hours:g} hours, and the scenario "
            f"ends after {scenario.horizon * scenario.hours_per_tick:g} hours; give horizon = "
            f"{rows * round(ticks)} or more."
        )
    return rows, round(ticks)


def _refuse_too_few_people(scenario: Scenario, observed: Observed) -> None:
    people = scenario.network.people
    if scenario.network.file is not None:
        return
    claims = {name: float(observed.rates[name]) for name in _SIZES_OF if name in observed.rates}
    for name in ("reach", "new_fans", "fans"):
        values = observed.levels.get(name) if name == "fans" else observed.series.get(name)
        if name == "reach" and name in observed.columns:  # the same people in several rows
            continue
        if values is not None and np.isfinite(values).any():
            claims[f"the column {name}"] = float(
                np.nanmax(values) if name == "fans" else np.nansum(values)
            )
    for name, many in claims.items():
        if many > people:
            raise InputError(
                f"{observed.source}: {name} says {many:,.0f} people, and the scenario has "
                f"{people:,}; give network.people = {math.ceil(many):,} or more."
            )


class Summaries:
    """The summaries of tables of campaigns: logarithms of sums over blocks of rows.

    Parameters
    ----------
    what
        What was measured: where it has gaps, nothing is summed of a simulated campaign either.
    """

    def __init__(self, what: Seen) -> None:
        self.names: list[str] = []
        self._parts: list[tuple[int, NDArray[np.intp]]] = []
        for k, name in enumerate(what.reading.indicators):
            there = np.flatnonzero(np.isfinite(what.table[k]))
            blocks = np.array_split(there, min(_BLOCKS, there.size))
            for block in [there, *(blocks if len(blocks) > 1 else [])]:
                self._parts.append((k, block))
                span = (
                    f"{block[0] + 1}" if block.size == 1 else f"{block[0] + 1} to {block[-1] + 1}"
                )
                self.names.append(name if block is there else f"{name}, rows {span}")
        # The sums over all rows, which are multiplied with one another.
        self.main = [k for k, name in enumerate(self.names) if ", row" not in name]
        self._numbers = list(what.numbers)
        self.names += self._numbers

    def of(self, tables: Reals, numbers: Mapping[str, Reals]) -> Reals:
        """(campaigns, summaries) of (campaigns, indicators, rows) and numbers beside."""
        sums = [
            np.log1p(np.maximum(tables[:, k, rows].sum(axis=1), 0.0)) for k, rows in self._parts
        ]
        extra = [_scaled(name, np.asarray(numbers[name], float)) for name in self._numbers]
        both = [*sums, *extra]
        return np.nan_to_num(np.column_stack(both)) if both else np.empty((len(tables), 0))

    def of_seen(self, what: Seen) -> Reals:
        """(summaries,) of what was measured."""
        numbers = {name: np.array([value]) for name, value in what.numbers.items()}
        found: Reals = self.of(np.nan_to_num(what.table)[None], numbers)[0]
        return found


def _scaled(name: str, values: Reals) -> Reals:
    """Shares by their log-odds, counts by their logarithms, what may be negative as it is."""
    if name.endswith("and more"):
        return np.log(values / (1.0 - values))
    form = OUTCOMES[name.removeprefix("rate ")].form if name.startswith("rate ") else ""
    if form == "rate":
        return np.log(np.maximum(values, 1e-6))
    return np.sign(values) * np.log1p(np.abs(values))
