"""What runs show in numbers: means with intervals, differences, how an outcome answers axes.

Replicates are the sample: replicate r has the same world and the same luck at every point, so that
points are averaged, or subtracted, within a replicate first, and the interval is one over
replicates, also where runs share less. Where there is one replicate only, the points themselves are
the sample.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ....sim.errors import InputError
from ...estimates.chance import Interval, interval
from ...estimates.interval import quantile_of_t
from ...estimates.paired import difference, pairing
from ...vocabulary.outcomes import OUTCOMES, range_of
from .table import RunTable

QUANTILES: Final = {"q05": 0.05, "median": 0.5, "q95": 0.95}
# Values of an axis that a table or figure shows one by one; of more, these many slices.
SLICES: Final = 8
_EACH: Final = 16


def is_share(name: str, values: NDArray[np.float64]) -> bool:
    """Whether an outcome says that something happened or not.

    Of the outcomes of campaigns `took_off` does; a count that came to 0 and 1 so far does not.
    Of those that a function gives, which are not described, the ones that are 0 and 1 only.

    Examples
    --------
    >>> is_share("complaints", np.array([0.0, 1.0])), is_share("won", np.array([0.0, 1.0]))
    (False, True)
    """
    if name in OUTCOMES:
        return name == "took_off"
    return set(np.unique(values[~np.isnan(values)])) == {0.0, 1.0}


def clustered(values: NDArray[np.float64], which: NDArray[Any]) -> NDArray[np.float64]:
    """The means of replicates, or the values themselves where there is only one replicate."""
    found, where = np.unique(which, return_inverse=True)
    if found.size < 2:
        return values
    means: NDArray[np.float64] = np.bincount(where, values) / np.bincount(where)
    return means


def summary(runs: RunTable) -> pd.DataFrame:
    """One row a point and outcome: runs, mean, interval, deviation and quantiles.

    The mean of ``took_off`` is the share of runs in which a cascade took off.
    """
    table = runs.done
    shares = {name: is_share(name, table[name].to_numpy(float)) for name in runs.outcomes}
    rows = []
    for point, rows_of in table.groupby("point", sort=True):
        first = {name: rows_of[name].iloc[0] for name in runs.about.columns}
        for name in runs.outcomes:
            values = rows_of[name].dropna().to_numpy(float)
            found = interval(values, share=shares[name], within=range_of(name))
            deviation = float(values.std(ddof=1)) if values.size > 1 else math.nan
            quantiles = {
                label: float(np.quantile(values, q)) if values.size else math.nan
                for label, q in QUANTILES.items()
            }
            rows.append(
                {"point": point, **first, "outcome": name, "runs": values.size,
                 **found._asdict(), "deviation": deviation, **quantiles}
            )  # fmt: skip
    columns = ["point", *runs.about.columns, "outcome", "runs", *Interval._fields]
    return pd.DataFrame(rows, columns=[*columns, "deviation", *QUANTILES])


def compare(runs: RunTable, these: Mapping[str, Any], those: Mapping[str, Any]) -> pd.DataFrame:
    """The difference that some axes make, within the same world and luck, over all other axes.

    Parameters
    ----------
    these, those
        The values of the axes in question, as the table shows them: the difference is these less
        those.

    Returns
    -------
    DataFrame
        One row an outcome: `difference`, `low`, `high`, the `mean` of either, `pairs`, `moved`: in
        how many replicates there is a difference (of one or two, the interval has no end), and
        `worth`: how many times as many runs would be needed for such an interval if they were not
        paired.

    Raises
    ------
    InputError
        If a value is not there, or no pair is.
    """
    table = runs.done
    sides = []
    for given in (these, those):
        chosen = table
        for axis, value in given.items():
            match = chosen[axis] == value
            if not match.any():
                there = ", ".join(repr(each) for each in table[axis].unique()[:12].tolist())
                raise InputError(f"{axis} = {value!r} is at no point; there are {there}.")
            chosen = chosen[match]
        sides.append(chosen)
    by = [name for name in runs.about.columns if name not in {*these, *those}] + ["replicate"]
    pairs = sides[0].merge(sides[1], on=by, suffixes=("", " against"))
    if pairs.empty:
        raise InputError(
            f"no run of {dict(these)!r} has its like among those of {dict(those)!r}; compare "
            "points that agree on all other axes."
        )
    rows = []
    for name in runs.outcomes:
        both = pairs[[name, f"{name} against", "replicate"]].dropna()
        left, right = (
            clustered(both[side].to_numpy(float), both["replicate"].to_numpy())
            for side in both.columns[:2]
        )
        found = difference(left, right, share=is_share(name, table[name].to_numpy(float)))
        low, high = (math.nan, math.nan) if left.size < 2 else (found.low, found.high)
        rows.append(
            {"outcome": name, "difference": found.mean, "low": low, "high": high,
             "these": both.iloc[:, 0].mean(), "those": both.iloc[:, 1].mean(), "pairs": len(both),
             "moved": found.moved, "worth": pairing(left, right)}
        )  # fmt: skip
    return pd.DataFrame(rows)


def convergence(runs: RunTable) -> pd.DataFrame:
    """How the interval of a point's mean narrows with the replicates, on average over points.

    Returns
    -------
    DataFrame
        `replicates` from 2 on, `half_width` of the 95 % interval, `relative` to the mean, and
        `expected`: what the last deviation lets one expect, beyond the replicates that there are.
    """
    table = runs.done.pivot_table(index="point", columns="replicate", values=runs.y)
    values = table.dropna().to_numpy(float)
    columns = ["replicates", "half_width", "relative", "expected"]
    if values.size == 0 or values.shape[1] < 2:
        return pd.DataFrame([], columns=columns)
    most, mean = values.shape[1], abs(float(values.mean()))

    def half(deviation: float, n: int) -> float:
        return quantile_of_t(n - 1) * deviation / math.sqrt(n)

    rows = []
    for n in sorted({*range(2, most + 1), *(most * k for k in (2, 4, 8))}):
        expected = half(float(values.std(axis=1, ddof=1).mean()), n)
        found = half(float(values[:, :n].std(axis=1, ddof=1).mean()), n) if n <= most else math.nan
        shown = expected if math.isnan(found) else found
        rows.append((n, found, shown / mean if mean else math.nan, expected))
    return pd.DataFrame(rows, columns=columns)


def response(runs: RunTable, x: str, by: str | None = None) -> pd.DataFrame:
    """How an outcome answers an axis, over all other axes.

    Parameters
    ----------
    x
        An axis.
    by
        Another axis, for each value of which there is a row of its own.

    Returns
    -------
    DataFrame
        `x`, `by` if given, `mean`, `low`, `high`, `runs`. An axis of many values is cut into eight
        slices of equally many runs, each shown by the mean of its values.
    """
    table, y, keys = runs.done, runs.y, [x] if by is None else [x, by]
    for key in keys:
        table[key] = sliced(table[key])
    share = is_share(y, table[y].to_numpy(float))
    rows = []
    for group, rows_of in table.groupby(keys, sort=False, observed=True):
        there = rows_of[[y, "replicate"]].dropna()
        sample = clustered(there[y].to_numpy(float), there["replicate"].to_numpy())
        found = interval(sample, share=share, within=range_of(y))
        rows.append({**dict(zip(keys, group, strict=True)), **found._asdict(), "runs": len(there)})
    return in_order(pd.DataFrame(rows, columns=[*keys, *Interval._fields, "runs"]), keys)


def interaction(runs: RunTable, x: str, by: str) -> pd.DataFrame:
    """The mean of an outcome over two axes: a row a value of `by`, a column a value of `x`."""
    if x == by:
        raise InputError(f"x and by are both {x!r}; give two axes.")
    table = runs.done.dropna(subset=[x, by])  # where one is not there, nothing is between them
    for key in (x, by):
        table[key] = sliced(table[key])
    orders = [list(dict.fromkeys(in_order(table, [key])[key])) for key in (by, x)]
    pivot = table.pivot_table(index=by, columns=x, values=runs.y, aggfunc="mean")
    return pivot.reindex(index=orders[0], columns=orders[1])


class AxisEffect(NamedTuple):
    """How an outcome differs along an axis, over all other axes.

    Attributes
    ----------
    axis
        Which.
    low, high
        The levels at which the outcome is least and most.
    least, most
        Its means there.
    """

    axis: str
    low: Any
    high: Any
    least: float
    most: float

    @property
    def spread(self) -> float:
        """How far these are apart."""
        return self.most - self.least


def effects(runs: RunTable) -> list[AxisEffect]:
    """The effects of all axes, the largest first; axes of one level are left out."""
    return sorted(_effects(runs), key=lambda effect: -effect.spread)


def _effects(runs: RunTable) -> Iterator[AxisEffect]:
    for axis in runs.about.axes:
        table = response(runs, axis).dropna(subset=["mean"])
        if len(table) > 1:
            means = table["mean"].to_numpy(float)
            low, high = (table[axis].iloc[int(k)] for k in (means.argmin(), means.argmax()))
            yield AxisEffect(axis, low, high, float(means.min()), float(means.max()))


def sliced(column: pd.Series) -> pd.Series:
    """The values of an axis, or the means of eight slices of equally many where they are many."""
    if not pd.api.types.is_numeric_dtype(column) or column.nunique() <= _EACH:
        return column
    cut = pd.qcut(column, SLICES, duplicates="drop")
    means = column.groupby(cut, observed=True).transform("mean")
    return means.map(lambda value: float(f"{value:.3g}"))


def in_order(table: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """A table sorted by those keys that are numbers; words stay in the order of the study."""
    numbers = [key for key in keys if pd.api.types.is_numeric_dtype(table[key])]
    if not numbers:
        return table
    return table.sort_values(numbers, kind="stable", ignore_index=True)
