"""What runs show in numbers: means with intervals, quantiles, differences, responses, convergence.

Replicates are the sample: replicate r has the same world and the same luck at every point, so that
points are averaged, or subtracted, within a replicate first, and the interval is one over
replicates. Where there is one replicate only, the points themselves are the sample.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...sim.errors import InputError

if TYPE_CHECKING:
    from .study import Study

LEVEL: Final = 0.95
QUANTILES: Final = {"q05": 0.05, "median": 0.5, "q95": 0.95}
# Values of an axis that a table or figure shows one by one; of more, these many slices.
SLICES: Final = 8
_EACH: Final = 16


class Interval(NamedTuple):
    """A mean with the interval that holds it in 95 of 100 samples."""

    mean: float
    low: float
    high: float


def interval(sample: Any) -> Interval:
    """The mean of a sample and its 95 % interval: Student's, or Wilson's of zeros and ones.

    Examples
    --------
    >>> [round(x, 2) for x in interval([1.0, 2.0, 3.0, 4.0])]
    [2.5, 0.45, 4.55]
    >>> [round(x, 2) for x in interval([0, 0, 0, 1, 0, 0, 0, 0])]
    [0.12, 0.02, 0.47]
    """
    values = np.asarray(sample, float)
    values = values[~np.isnan(values)]
    n = values.size
    if n == 0:
        return Interval(math.nan, math.nan, math.nan)
    mean = float(values.mean())
    if n == 1:
        return Interval(mean, math.nan, math.nan)
    if ((values == 0) | (values == 1)).all():
        z = 1.959963984540054
        middle, width = (
            mean + z * z / (2 * n),
            z * math.sqrt(mean * (1 - mean) / n + z * z / (4 * n * n)),
        )
        whole = 1 + z * z / n
        return Interval(
            mean, max(0.0, (middle - width) / whole), min(1.0, (middle + width) / whole)
        )
    half = half_width(values)
    return Interval(mean, mean - half, mean + half)


def half_width(values: NDArray[np.float64]) -> float:
    """Half of Student's 95 % interval of a mean."""
    from scipy.stats import t

    n = values.size
    return float(t.ppf(0.5 + LEVEL / 2, n - 1) * values.std(ddof=1) / math.sqrt(n))


def summary(study: Study, outcomes: Sequence[str] | None = None) -> pd.DataFrame:
    """One row a point and outcome: runs, mean, interval, deviation and quantiles.

    The mean of ``took_off`` is the share of runs in which a cascade took off.
    """
    names = _named(study, outcomes)
    if outcomes is None and "took_off" in study.ledger.outcomes() and "took_off" not in names:
        names.append("took_off")
    table = done(study, names)
    axes = _columns(study)
    rows = []
    for point, runs in table.groupby("point", sort=True):
        first = {name: runs[name].iloc[0] for name in axes}
        for name in names:
            values = runs[name].to_numpy(float)
            values = values[~np.isnan(values)]
            found = interval(values)
            deviation = float(values.std(ddof=1)) if values.size > 1 else math.nan
            quantiles = {
                label: float(np.quantile(values, q)) if values.size else math.nan
                for label, q in QUANTILES.items()
            }
            rows.append(
                {"point": point, **first, "outcome": name, "runs": values.size,
                 **found._asdict(), "deviation": deviation, **quantiles}
            )  # fmt: skip
    columns = ["point", *axes, "outcome", "runs", *Interval._fields, "deviation", *QUANTILES]
    return pd.DataFrame(rows, columns=columns)


def compare(
    study: Study,
    these: Mapping[str, Any],
    those: Mapping[str, Any],
    outcomes: Sequence[str] | None = None,
) -> pd.DataFrame:
    """The difference that some axes make, within the same world and luck, over all other axes.

    Parameters
    ----------
    these, those
        The values of the axes in question, as the table shows them: the difference is these less
        those.
    outcomes
        Those of the study if None.

    Returns
    -------
    DataFrame
        One row an outcome: `difference`, `low`, `high`, the `mean` of either, `pairs`, and `worth`:
        how many times as many runs would be needed for such an interval if they were not paired.

    Raises
    ------
    InputError
        If an axis or a value is not there, or no pair is.
    """
    names = _named(study, outcomes)
    table = done(study, names)
    sides = []
    for given in (these, those):
        chosen = table
        for name, value in given.items():
            axis = study.known_axis(name)
            match = chosen[axis] == value
            if not match.any():
                there = ", ".join(repr(each) for each in table[axis].unique()[:12].tolist())
                raise InputError(f"{axis} = {value!r} is at no point; there are {there}.")
            chosen = chosen[match]
        sides.append(chosen)
    fixed = {study.known_axis(name) for name in (*these, *those)}
    by = [name for name in _columns(study) if name not in fixed] + ["replicate"]
    pairs = sides[0].merge(sides[1], on=by, suffixes=("", " against"))
    if pairs.empty:
        raise InputError(
            f"no run of {dict(these)!r} has its like among those of {dict(those)!r}; compare "
            "points that agree on all other axes."
        )
    rows = []
    for name in names:
        left = pairs[name].to_numpy(float)
        right = pairs[f"{name} against"].to_numpy(float)
        there = ~np.isnan(left - right)
        which = pairs["replicate"].to_numpy()[there]
        sample = clustered((left - right)[there], which)
        found = Interval(math.nan, math.nan, math.nan)
        if sample.size > 1:
            half = half_width(sample)
            found = Interval(float(sample.mean()), sample.mean() - half, sample.mean() + half)
        elif sample.size:
            found = Interval(float(sample[0]), math.nan, math.nan)
        apart = sum(
            float(np.var(clustered(each[there], which), ddof=1)) if sample.size > 1 else math.nan
            for each in (left, right)
        )
        paired = float(np.var(sample, ddof=1)) if sample.size > 1 else math.nan
        rows.append(
            {"outcome": name, "difference": found.mean, "low": found.low, "high": found.high,
             "these": _mean(left[there]), "those": _mean(right[there]), "pairs": int(there.sum()),
             "worth": apart / paired if paired else math.inf}
        )  # fmt: skip
    return pd.DataFrame(rows)


def response(
    study: Study, x: str | None = None, y: str | None = None, by: str | None = None
) -> pd.DataFrame:
    """How an outcome answers an axis, over all other axes.

    Parameters
    ----------
    x, y
        An axis and an outcome; the first ones of the study if None.
    by
        Another axis, for each value of which there is a row of its own.

    Returns
    -------
    DataFrame
        `x`, `by` if given, `mean`, `low`, `high`, `runs`. An axis of many values is cut into eight
        slices of equally many runs, each shown by the mean of its values.
    """
    across = study.known_axis(x) if x is not None else _first_axis(study)
    name = study.known(y) if y is not None else study.main_outcome
    table = done(study, [name])
    keys = [across]
    if by is not None:
        keys.append(study.known_axis(by))
    for key in keys:
        table[key] = sliced(table[key])
    rows = []
    for group, runs in table.groupby(keys, sort=False, observed=True):
        values = runs[name].to_numpy(float)
        there = ~np.isnan(values)
        found = interval(clustered(values[there], runs["replicate"].to_numpy()[there]))
        rows.append({**dict(zip(keys, group, strict=True)), **found._asdict(), "runs": there.sum()})
    found_table = pd.DataFrame(rows, columns=[*keys, *Interval._fields, "runs"])
    return in_order(found_table, keys)


def interaction(study: Study, x: str, by: str, y: str | None = None) -> pd.DataFrame:
    """The mean of an outcome over two axes: a row a value of `by`, a column a value of `x`."""
    name = study.known(y) if y is not None else study.main_outcome
    across, down = study.known_axis(x), study.known_axis(by)
    if across == down:
        raise InputError(f"x and by are both {across!r}; give two axes.")
    table = done(study, [name])
    for key in (across, down):
        table[key] = sliced(table[key])
    orders = [list(dict.fromkeys(in_order(table, [key])[key])) for key in (down, across)]
    pivot = table.pivot_table(index=down, columns=across, values=name, aggfunc="mean")
    return pivot.reindex(index=orders[0], columns=orders[1])


def convergence(study: Study, y: str | None = None) -> pd.DataFrame:
    """How the interval of a point's mean narrows with the replicates, on average over points.

    Returns
    -------
    DataFrame
        `replicates` from 2 on, `half_width` of the 95 % interval, `relative` to the mean, and
        `expected`: what the last deviation lets one expect, beyond the replicates that there are.
    """
    name = study.known(y) if y is not None else study.main_outcome
    wide = done(study, [name]).pivot_table(index="point", columns="replicate", values=name)
    values = wide.to_numpy(float)
    values = values[~np.isnan(values).any(axis=1)]
    columns = ["replicates", "half_width", "relative", "expected"]
    if values.size == 0 or values.shape[1] < 2:
        return pd.DataFrame([], columns=columns)
    from scipy.stats import t

    most, mean = values.shape[1], abs(float(values.mean()))
    deviation = float(values.std(axis=1, ddof=1).mean())
    rows = []
    for n in sorted({*range(2, most + 1), *(most * k for k in (2, 4, 8))}):
        expected = float(t.ppf(0.5 + LEVEL / 2, n - 1) * deviation / math.sqrt(n))
        half = math.nan
        if n <= most:
            half = float(np.mean([half_width(row[:n]) for row in values]))
        shown = expected if math.isnan(half) else half
        rows.append((n, half, shown / mean if mean else math.nan, expected))
    return pd.DataFrame(rows, columns=columns)


# what these share --------------------------------------------------------------------------


def done(study: Study, outcomes: Sequence[str]) -> pd.DataFrame:
    """The table of the runs that are done; InputError if there is none."""
    table = study.table(list(outcomes))
    table = table[table["status"] == "done"].reset_index(drop=True)
    if table.empty:
        raise InputError(f"no run of {study.name!r} is done yet; run wom sweep first.")
    return table


def clustered(values: NDArray[np.float64], which: NDArray[Any]) -> NDArray[np.float64]:
    """The means of replicates, or the values themselves where there is only one replicate."""
    found, where = np.unique(which, return_inverse=True)
    if found.size < 2:
        return values
    means: NDArray[np.float64] = np.bincount(where, values) / np.bincount(where)
    return means


def sliced(column: pd.Series) -> pd.Series:
    """The values of an axis, or the means of eight slices of equally many where they are many."""
    if not pd.api.types.is_numeric_dtype(column) or column.nunique() <= _EACH:
        return column
    cut = pd.qcut(column, SLICES, duplicates="drop")
    means = column.groupby(cut, observed=True).transform("mean")
    return means.map(lambda value: float(f"{value:.3g}"))


def small(value: float) -> str:
    """An index in two digits; 0 where there is nothing to see.

    Examples
    --------
    >>> small(0.1234), small(-1.6e-7)
    ('0.12', '0')
    """
    return f"{value:.2g}" if abs(value) >= 0.001 else "0"


def in_order(table: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """A table sorted by those keys that are numbers; words stay in the order of the study."""
    numbers = [key for key in keys if pd.api.types.is_numeric_dtype(table[key])]
    if not numbers:
        return table
    return table.sort_values(numbers, kind="stable", ignore_index=True)


def _named(study: Study, outcomes: Sequence[str] | None) -> list[str]:
    if isinstance(outcomes, str):
        outcomes = [outcomes]
    return study.outcomes if outcomes is None else [study.known(name) for name in outcomes]


def _columns(study: Study) -> list[str]:
    return (["design"] if len(study.parts) > 1 else []) + study.axes


def _first_axis(study: Study) -> str:
    if not study.axes:
        raise InputError(f"{study.name!r} has no axes; there is nothing to answer to.")
    return study.axes[0]


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean()) if values.size else math.nan
