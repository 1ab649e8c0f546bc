"""A campaign as a row a day or a week: what was spent, shown and sold, and what else was going on.

A tick belongs to the row in which it begins. Sums of the columns are those of the campaign.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ....sim.errors import InputError
from ....sim.flows import cost_by_tick, revenue_by_tick
from ....sim.parameters import Scenario
from ....sim.plan import KINDS
from ....sim.result import Result
from .paid import PaidChannel

if TYPE_CHECKING:
    import pandas as pd

DAYS: Final = {"day": 1, "week": 7}
# The first day where a scenario has none: a Monday, so that weeks are those of a calendar.
FIRST: Final = date(2024, 1, 1)
# What goes on beside paid media and is decided before the campaign, whatever comes of it.
CONTROLS: Final = ("posts", "rival_posts", "price", "reward")
_POST, _RIVAL = KINDS.index("post"), KINDS.index("rival")


def check_rows(scenario: Scenario, every: str) -> None:
    """Refuse rows that no campaign has, or into which its ticks do not fit.

    Raises
    ------
    InputError
        If a row is neither a day nor a week, or shorter than a tick.
    """
    if every not in DAYS:
        raise InputError(f"every = {every!r} is not allowed; give one of {', '.join(DAYS)}.")
    if scenario.hours_per_tick > 24.0 * DAYS[every]:
        remedy = "ask for weeks" if every == "day" and scenario.hours_per_tick <= 168.0 else ""
        remedy = remedy or "run the scenario again with shorter ticks"
        raise InputError(
            f"hours_per_tick = {scenario.hours_per_tick:g} is longer than a {every}, so that days "
            f"would have no number of their own; {remedy}."
        )


def rows_of(result: Result, channels: list[PaidChannel], every: str) -> pd.DataFrame:
    """A campaign by day or week.

    Parameters
    ----------
    result
        The campaign.
    channels
        Its paid channels.
    every
        ``day`` or ``week``; weeks of seven days, counted from the first.

    Returns
    -------
    DataFrame
        ``date`` (ISO 8601, the first day of the row), ``days`` (of the row that the campaign
        lasted); ``spend_NAME`` and ``bought_NAME`` of each channel; the `CONTROLS`: posts of the
        brand and of rivals, mean price and reward; impressions, clicks, conversions, revenue and
        cost of the whole campaign.
    """
    import pandas as pd

    scenario, days = result.scenario, DAYS[every]
    hours = np.arange(result.ticks) * scenario.hours_per_tick
    # A tick may begin a rounding before the day that it opens.
    row = np.floor((hours + 1e-6) / (24.0 * days)).astype(np.int64)
    count = int(row[-1]) + 1 if row.size else 0
    first = np.datetime64(scenario.start or FIRST, "D")
    lasted = np.minimum(np.ceil(result.ticks * scenario.hours_per_tick / 24.0 - 1e-9), count * days)

    def total(values: ArrayLike) -> NDArray[Any]:
        found = np.bincount(row, weights=np.asarray(values, np.float64), minlength=count)
        whole = np.asarray(values).dtype.kind in "iu"
        return found.astype(np.int64) if whole else np.round(found, 6)

    def mean(name: str) -> NDArray[np.float64]:
        each = _in_force(result, name)
        return np.round(np.bincount(row, weights=each, minlength=count) / np.bincount(row), 6)

    table: dict[str, Any] = {
        "date": np.datetime_as_string(first + days * np.arange(count)),
        "days": np.minimum(days, lasted - days * np.arange(count)).astype(np.int64),
    }
    for each in channels:
        table[f"spend_{each.word}"] = total(each.spend(result))
        table[f"bought_{each.word}"] = total(each.bought(result))
    table["posts"] = total(_posted(result, _POST))
    table["rival_posts"] = total(_posted(result, _RIVAL))
    table["price"], table["reward"] = mean("transact.price"), mean("incentives.reward")
    for name in ("impressions", "clicks", "conversions"):
        table[name] = total(result.columns[name])
    table["revenue"] = total(revenue_by_tick(result))
    table["cost"] = total(cost_by_tick(result))
    return pd.DataFrame(table)


def controls_of(rows: pd.DataFrame) -> list[str]:
    """The controls that are not the same in every row: a constant tells a model nothing."""
    return [name for name in CONTROLS if rows[name].nunique() > 1]


def _posted(result: Result, kind: int) -> NDArray[np.int64]:
    ticks = [
        post.tick
        for post, of in zip(result.posts, result.kinds, strict=True)
        if of == kind and post.tick is not None and post.tick < result.ticks
    ]
    return np.bincount(np.array(ticks, np.int64), minlength=result.ticks)


def _in_force(result: Result, path: str) -> NDArray[np.float64]:
    """A parameter in each tick, as the timeline has it."""
    section, name = path.split(".")
    found = np.empty(result.ticks)
    for tick in sorted({0, *(change.tick for change in result.scenario.timeline)}):
        found[tick:] = getattr(getattr(result.scenario.at(tick), section), name)
    return found
