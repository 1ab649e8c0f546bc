"""How an outcome answers one axis or two, over all other axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ....sim.errors import InputError
from .interval import Interval, clustered, interval, is_share
from .summary import done

if TYPE_CHECKING:
    from ..study import Study

# Values of an axis that a table or figure shows one by one; of more, these many slices.
SLICES: Final = 8
_EACH: Final = 16


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
    share = is_share(name, table[name].to_numpy(float))
    rows = []
    for group, runs in table.groupby(keys, sort=False, observed=True):
        values = runs[name].to_numpy(float)
        there = ~np.isnan(values)
        found = interval(clustered(values[there], runs["replicate"].to_numpy()[there]), share=share)
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


def _first_axis(study: Study) -> str:
    if not study.axes:
        raise InputError(f"{study.name!r} has no axes; there is nothing to answer to.")
    return study.axes[0]
