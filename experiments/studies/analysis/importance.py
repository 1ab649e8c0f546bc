"""Which axes matter where, in any design: a small tree to read, and a forest to weigh and to ask.

The tree says where the outcome splits; the forest's permutation importance says how much of its
fit is lost when an axis is shuffled (Breiman 2001), and its partial dependence what it expects
along an axis, all else as it is (Friedman 2001). scikit-learn grows both.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ....sim.errors import InputError
from ...show import notebook
from ...show.cells import Measured
from ...show.document import Document, On, Section, Table, Words
from .sensitivity import small
from .table import RunTable

_TREES: Final = 100
_SHUFFLES: Final = 10
_PLACES: Final = 20
_FEWEST: Final = 20


class Importance(NamedTuple):
    """What a forest has learned of a study.

    Attributes
    ----------
    outcome
        What was asked about.
    explained
        Share of the variance of runs that the forest explains where it was not shown them.
    table
        One row an axis: `importance`, the share of variance lost when it is shuffled, with `low`
        and `high`.
    tree
        The small tree, as text.
    dependence
        By axis: a table of its values and what the forest expects there.
    """

    outcome: str
    explained: float
    table: pd.DataFrame
    tree: str
    dependence: dict[str, pd.DataFrame]

    @property
    def ranked(self) -> pd.DataFrame:
        """The table, what matters most first."""
        return self.table.sort_values("importance", ascending=False)

    @property
    def sentence(self) -> str:
        """What it comes to."""
        ranked = self.ranked
        order = ", ".join(f"{axis} ({small(value)})" for axis, value in ranked.values[:, :2])
        return (
            f"{self.outcome} by importance: {order}; together the axes explain "
            f"{100 * max(self.explained, 0):.0f} % of the variance of a run."
        )

    def document(self) -> Document:
        """The importance of each axis, and where the tree splits."""
        rows = [
            (str(axis), Measured(float(mean), float(low), float(high), "rate"))
            for axis, mean, low, high in self.ranked.values
        ]
        table = Table("", ("axis", "variance lost when shuffled"), rows, more=".table")
        splits = Words(f"Where it splits:\n{self.tree.rstrip()}", on=On.SCREEN)
        return Document(
            kind="importance",
            title=f"Importance for {self.outcome}",
            sentence=self.sentence,
            sections=[Section("Which axis matters", [table, splits])],
            hint="`study.plot('importance')` shows it, `.table` is a table, `.tree` says where it "
            "splits.",
        )

    def _repr_html_(self) -> str:
        return notebook.html(self.document())


def importance(runs: RunTable, depth: int = 3) -> Importance:
    """Which axes matter for an outcome, and where.

    Parameters
    ----------
    depth
        Of the tree.

    Raises
    ------
    InputError
        If the extra `sensitivity` is not installed, or there are too few runs.
    """
    try:
        from sklearn.ensemble import RandomForestRegressor
        from sklearn.tree import DecisionTreeRegressor, export_text
    except ImportError:
        raise InputError(
            "scikit-learn is not installed, which grows the trees; install "
            "wordofmouth[sensitivity]."
        ) from None
    y = runs.y
    table = runs.done.dropna(subset=[y])
    axes = [axis for axis in runs.about.axes if table[axis].nunique() > 1]
    if len(table) < _FEWEST or not axes:
        raise InputError(
            f"{len(table)} runs over {len(axes)} axes that vary are too few to learn from; run "
            f"{_FEWEST} at least."
        )
    columns, owners, names = _numbers(table, axes)
    values = table[y].to_numpy(float)
    leaf = max(1, len(table) // 50)
    tree = DecisionTreeRegressor(max_depth=depth, min_samples_leaf=leaf, random_state=0)
    tree.fit(columns, values)
    forest = RandomForestRegressor(
        _TREES, min_samples_leaf=max(1, leaf // 4), oob_score=True, random_state=0
    ).fit(columns, values)
    return Importance(
        y,
        float(forest.oob_score_),
        _shuffled(forest, columns, values, axes, owners),
        export_text(tree, feature_names=names, decimals=3),
        {axis: _dependence(forest, columns, table, axis, axes, owners) for axis in axes},
    )


def _numbers(
    table: pd.DataFrame, axes: list[str]
) -> tuple[NDArray[np.float64], list[int], list[str]]:
    """Axes as columns of numbers, words as one column each; the axis and the name of each."""
    columns, owners, names = [], [], []
    for k, axis in enumerate(axes):
        if pd.api.types.is_numeric_dtype(table[axis]):
            found = {axis: table[axis].to_numpy(float)}
        else:
            levels = list(dict.fromkeys(table[axis].dropna()))
            found = {
                f"{axis} is {level}": (table[axis] == level).to_numpy(float) for level in levels
            }
        for name, column in found.items():
            columns.append(column)
            owners.append(k)
            names.append(name)
    return np.stack(columns, axis=1), owners, names


def _shuffled(
    forest: Any,
    columns: NDArray[np.float64],
    values: NDArray[np.float64],
    axes: list[str],
    owners: list[int],
) -> pd.DataFrame:
    """The share of variance lost when all columns of an axis are shuffled together."""
    luck = np.random.default_rng(0)
    spread = float(values.var()) or 1.0
    fit = float(((forest.predict(columns) - values) ** 2).mean()) / spread
    rows = []
    for k, axis in enumerate(axes):
        own = [j for j, owner in enumerate(owners) if owner == k]
        lost = []
        for _ in range(_SHUFFLES):
            shuffled = columns.copy()
            shuffled[:, own] = columns[luck.permutation(len(columns))][:, own]
            lost.append(float(((forest.predict(shuffled) - values) ** 2).mean()) / spread - fit)
        low, high = np.quantile(lost, [0.025, 0.975])
        rows.append((axis, float(np.mean(lost)), float(low), float(high)))
    return pd.DataFrame(rows, columns=["axis", "importance", "low", "high"])


def _dependence(
    forest: Any,
    columns: NDArray[np.float64],
    table: pd.DataFrame,
    axis: str,
    axes: list[str],
    owners: list[int],
) -> pd.DataFrame:
    """What the forest expects along an axis, all other axes as they are, where there is one."""
    there = table[axis].notna().to_numpy()
    columns, table = columns[there], table[there]
    own = [j for j, owner in enumerate(owners) if owner == axes.index(axis)]
    if pd.api.types.is_numeric_dtype(table[axis]):
        levels: list[Any] = sorted(table[axis].unique())
        if len(levels) > _PLACES:
            levels = list(np.linspace(levels[0], levels[-1], _PLACES))
        settings = [[float(level)] for level in levels]
    else:
        levels = list(dict.fromkeys(table[axis]))
        settings = [[float(level == each) for each in levels] for level in levels]
    expected = []
    for setting in settings:
        moved = columns.copy()
        moved[:, own] = setting
        expected.append(float(forest.predict(moved).mean()))
    return pd.DataFrame({axis: levels, "expected": expected})
