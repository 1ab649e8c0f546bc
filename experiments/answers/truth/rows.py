"""A campaign as a row a day or a week: what was spent, shown and sold, and what else was going on.

A tick belongs to the row in which it begins. Sums of the columns are those of the campaign.

The rows of a campaign as three marketing mix models read them, each with its own column names.

=====================  =======================================================================
``robyn.csv``          ``DATE``; ``revenue`` and ``conversions``; of each channel ``NAME_S``
                       (spend) and ``NAME_I`` (impressions) or ``NAME_P`` (placements)
``meridian.csv``       ``time``; ``conversions``, ``revenue``, ``revenue_per_conversion``; of
                       each channel ``NAME_impression`` or ``NAME_placement``, and ``NAME_spend``
``pymc_marketing.csv`` ``date``; ``y`` (revenue, or conversions where nothing is sold); of each
                       channel ``NAME_spend``, and ``NAME_impressions`` or ``NAME_placements``
=====================  =======================================================================

All three end with the controls that vary. `arguments` has the same as each model's arguments.

References
----------
Robyn: `robyn_inputs`; Meridian: `CoordToColumns` of its `CsvDataLoader`; PyMC-Marketing: `MMM`.
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
from typing import TYPE_CHECKING

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


def kpi_of(rows: pd.DataFrame) -> str:
    """What a model is to explain: revenue, or conversions where nothing is sold."""
    return "revenue" if (rows["revenue"] != 0.0).any() else "conversions"


def files(rows: pd.DataFrame, channels: list[PaidChannel]) -> dict[str, pd.DataFrame]:
    """The table of each model, by the name of its file."""
    return {
        "robyn.csv": _robyn(rows, channels),
        "meridian.csv": _meridian(rows, channels),
        "pymc_marketing.csv": _pymc(rows, channels),
    }


def arguments(rows: pd.DataFrame, channels: list[PaidChannel]) -> dict[str, dict[str, Any]]:
    """What each model is told about the columns of its file, in its own words."""
    controls, kpi = controls_of(rows), kpi_of(rows)
    shown = {each: each.unit.removesuffix("s") for each in channels}
    meridian: dict[str, Any] = {
        "time": "time",
        "kpi": kpi,
        "kpi_type": "revenue" if kpi == "revenue" else "non_revenue",
        "media": [f"{each.word}_{shown[each]}" for each in channels],
        "media_spend": [f"{each.word}_spend" for each in channels],
    }
    return {
        "robyn": {
            "date_var": "DATE",
            "dep_var": kpi,
            "dep_var_type": kpi.removesuffix("s"),
            "paid_media_spends": [f"{each.word}_S" for each in channels],
            "paid_media_vars": [_exposure(each) for each in channels],
            "context_vars": controls,
        },
        "meridian": meridian | ({"controls": controls} if controls else {}),
        "pymc_marketing": {
            "date_column": "date",
            "target_column": "y",
            "channel_columns": [f"{each.word}_spend" for each in channels],
            "control_columns": controls or None,
        },
    }


def _robyn(rows: pd.DataFrame, channels: list[PaidChannel]) -> pd.DataFrame:
    table: dict[str, Any] = {"DATE": rows["date"]}
    table |= {name: rows[name] for name in ("revenue", "conversions")}
    for each in channels:
        table[f"{each.word}_S"] = rows[f"spend_{each.word}"]
        table[_exposure(each)] = rows[f"bought_{each.word}"]
    return _whole(table, rows)


def _meridian(rows: pd.DataFrame, channels: list[PaidChannel]) -> pd.DataFrame:
    sold, came = rows["conversions"].sum(), rows["revenue"].sum()
    # A row without a conversion has no price of its own: that of the campaign stands in.
    usual = came / sold if sold else 0.0
    count = rows["conversions"].to_numpy(np.float64)
    each_brought = np.where(count > 0, rows["revenue"] / np.maximum(count, 1.0), usual)
    table: dict[str, Any] = {"time": rows["date"]}
    table |= {name: rows[name] for name in ("conversions", "revenue")}
    table["revenue_per_conversion"] = np.round(each_brought, 6)
    for each in channels:
        table[f"{each.word}_{each.unit.removesuffix('s')}"] = rows[f"bought_{each.word}"]
        table[f"{each.word}_spend"] = rows[f"spend_{each.word}"]
    return _whole(table, rows)


def _pymc(rows: pd.DataFrame, channels: list[PaidChannel]) -> pd.DataFrame:
    table: dict[str, Any] = {"date": rows["date"], "y": rows[kpi_of(rows)]}
    for each in channels:
        table[f"{each.word}_spend"] = rows[f"spend_{each.word}"]
        table[f"{each.word}_{each.unit}"] = rows[f"bought_{each.word}"]
    return _whole(table, rows)


def _whole(table: dict[str, Any], rows: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({**table, **{name: rows[name] for name in controls_of(rows)}})


def _exposure(each: PaidChannel) -> str:
    return f"{each.word}_{each.unit[0].upper()}"
