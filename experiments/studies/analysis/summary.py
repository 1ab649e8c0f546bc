"""What runs show in numbers: means with intervals, quantiles, differences, convergence.

Replicates are the sample: replicate r has the same world and the same luck at every point, so that
points are averaged, or subtracted, within a replicate first, and the interval is one over
replicates. Where there is one replicate only, the points themselves are the sample.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ....sim.errors import InputError
from .interval import LEVEL, Interval, clustered, half_width, interval, is_share

if TYPE_CHECKING:
    from ..study import Study

QUANTILES: Final = {"q05": 0.05, "median": 0.5, "q95": 0.95}


def summary(study: Study, outcomes: Sequence[str] | None = None) -> pd.DataFrame:
    """One row a point and outcome: runs, mean, interval, deviation and quantiles.

    The mean of ``took_off`` is the share of runs in which a cascade took off.
    """
    names = _named(study, outcomes)
    if outcomes is None and "took_off" in study.ledger.outcomes() and "took_off" not in names:
        names.append("took_off")
    table = done(study, names)
    axes = _columns(study)
    shares = {name: is_share(name, table[name].to_numpy(float)) for name in names}
    rows = []
    for point, runs in table.groupby("point", sort=True):
        first = {name: runs[name].iloc[0] for name in axes}
        for name in names:
            values = runs[name].to_numpy(float)
            values = values[~np.isnan(values)]
            found = interval(values, share=shares[name])
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
             "worth": _ratio(apart, paired)}
        )  # fmt: skip
    return pd.DataFrame(rows)


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


def small(value: float) -> str:
    """An index in two digits; 0 where there is nothing to see.

    Examples
    --------
    >>> small(0.1234), small(-1.6e-7)
    ('0.12', '0')
    """
    return f"{value:.2g}" if abs(value) >= 0.001 else "0"


def _named(study: Study, outcomes: Sequence[str] | None) -> list[str]:
    if isinstance(outcomes, str):
        outcomes = [outcomes]
    return study.outcomes if outcomes is None else [study.known(name) for name in outcomes]


def _columns(study: Study) -> list[str]:
    return (["design"] if len(study.parts) > 1 else []) + study.axes


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean()) if values.size else math.nan


def _ratio(apart: float, paired: float) -> float:
    """How many times one variance is the other; nan where nothing varies at all."""
    if paired:
        return apart / paired
    return math.inf if apart else math.nan
