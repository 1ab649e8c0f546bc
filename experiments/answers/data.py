"""A look at what was measured before anything is fitted to it: which column is what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from ...scenarios.observing.observed import Observed
from ..show.cells import Row
from ..show.document import EVERYWHERE, Document, Facts, Number, Points, Section, Table
from ..show.numbers import listed, percent, written
from ..show.style import BLUE, Picture, empty, plain, sheet, ticks, title
from ..vocabulary.outcomes import OUTCOMES
from .answer import Answer

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# Panels of the picture.
_PANELS: Final = 9
_HEAD: Final = ("Column", "Understood as", "Known", "Sum", "A row, in the middle")
_MANY: Final = 14
_GIVEN: Final = {"posts": "Posts published", "fans": "Followers, at the end of a row"}
_FORMS: Final = {"revenue": "money"}
# What is of a rate no outcome has a name for.
_RATES: Final = {
    "reach_rate": "Followers whom a post reaches",
    "click_rate": "Views that are clicked on",
    "like_rate": "Views that are liked",
    "comment_rate": "Views that are commented on",
    "share_rate": "Views that are shared",
    "friends": "Whom a follower is followed by, on average",
}


def look_at_data(data: Any = None, **how: Any) -> DataLook:
    """Look at what was measured: a table of days or weeks, cascades, rates.

    Parameters
    ----------
    data
        What `Observed.read` takes, or an `Observed`.
    **how
        How it is read: see `Observed.read`.

    Raises
    ------
    InputError
        If it cannot be read, or what it says cannot be: with the row and the column.

    Examples
    --------
    >>> import pandas as pd
    >>> days = pd.date_range("2026-03-01", periods=5)
    >>> found = look_at_data(pd.DataFrame({"Date": days, "Link clicks": [3, 5, 2, 4, 4]}))
    >>> found.sentence
    'the data has 5 days from 2026-03-01 to 2026-03-05, of which clicks are known.'
    """
    return DataLook(data if isinstance(data, Observed) else Observed.read(data, **how))


@dataclass(frozen=True, repr=False)
class DataLook(Answer):
    """What there is to see of what was measured.

    Attributes
    ----------
    observed
        What was measured, as it was read.
    """

    kind: ClassVar[str] = "data"
    observed: Observed

    @property
    def sentence(self) -> str:
        """What it is, in plain words."""
        seen, parts = self.observed, []
        if seen.rows:
            unit = "weeks" if seen.hours > 24.0 else "days"
            span = ""
            if seen.start is not None:
                span = f" from {seen.when(0)} to {seen.when(seen.rows - 1)}"
            known = [key.replace("_", " ") for key in (*seen.series, *seen.given, *seen.levels)]
            parts.append(f"{seen.rows:,} {unit}{span}, of which {listed(known)} are known")
        if seen.trees is not None:
            sizes = seen.trees.sizes
            parts.append(
                f"{sizes.size:,} cascades of {seen.trees.least:,} to {int(sizes.max()):,} people"
            )
        if seen.rates:
            parts.append(
                f"{len(seen.rates)} rate{'s' * (len(seen.rates) > 1)} known from elsewhere"
            )
        return f"{seen.source} has {listed(parts)}."

    @cached_property
    def _every(self) -> dict[str, NDArray[np.float64]]:
        seen = self.observed
        return {**seen.series, **seen.given, **seen.levels}

    def _rows(self) -> list[Row]:
        """A row for each column that was understood."""
        rows: list[Row] = []
        for key, values in self._every.items():
            known = values[~np.isnan(values)]
            form = _FORMS.get(key, "money" if key.startswith("spend") else "number")
            total = "–" if key in self.observed.levels else written(float(known.sum()), form)
            middle = written(float(np.median(known)), form) if known.size else "–"
            part = f"{known.size:,} of {values.size:,} rows"
            column = self.observed.columns.get(key, key)
            rows.append((column, f"{key}: {_label(key)}", part, total, middle))
        return rows

    def document(self) -> Document:
        """All of it, to be shown anywhere."""
        seen = self.observed
        notes = [Points([*seen.notes], EVERYWHERE)] if seen.notes else []
        doubts = [Points([*seen.doubts], EVERYWHERE)] if seen.doubts else []
        rows, rates = self._rows(), [(_label(key), _rate(key, x)) for key, x in seen.rates.items()]
        sections = [
            Section("Its columns", [Table("Which column is what", _HEAD, rows, most=_MANY)])
            if rows else None,
            Section("Cascades", [Facts(self._cascades(), EVERYWHERE)]) if seen.trees else None,
            Section("Rates known from elsewhere", [Facts(rates, EVERYWHERE)]) if rates else None,
            Section("What was understood", [*notes]) if notes else None,
            Section("What to think about", [*doubts]) if doubts else None,
        ]  # fmt: skip
        unit = "Weeks" if seen.hours > 24.0 else "Days"
        return Document(
            kind=self.kind,
            title=seen.source,
            sentence=self.sentence,
            numbers=[
                Number(unit, f"{seen.rows:,}", "Rows, those of which nothing is known included."),
                Number("Indicators", f"{len(seen.series)}", "What was counted in each."),
                Number("Decided", f"{len(seen.given)}", "Posts published, money spent."),
                Number(
                    "Cascades", f"{0 if seen.trees is None else seen.trees.sizes.size:,}", "Kept."
                ),
            ],
            sections=[each for each in sections if each is not None],
            details=[],
            facts=[],
            python="import wordofmouth as wom\n\nfound = wom.look(data=FILE)",
        )

    def _cascades(self) -> list[tuple[str, str]]:
        trees = self.observed.trees
        if trees is None:
            return []
        sizes = trees.sizes
        return [
            ("Cascades", f"{sizes.size:,}"),
            ("People in one, on average", written(float(sizes.mean()), "number")),
            ("In the middle", written(float(np.median(sizes)), "number")),
            ("Largest", f"{int(sizes.max()):,}"),
            ("Kept from", f"{trees.least:,} people on" if trees.least > 1 else "the smallest on"),
        ]

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told."""
        seen = self.observed

        def plain_of(values: NDArray[np.float64]) -> list[float | None]:
            return [None if value != value else value for value in values.tolist()]

        return {
            "sentence": self.sentence,
            "source": seen.source,
            "hours": seen.hours,
            "start": None if seen.start is None else seen.start.isoformat(),
            "rows": seen.rows,
            "columns": dict(seen.columns),
            "series": {key: plain_of(each) for key, each in seen.series.items()},
            "given": {key: plain_of(each) for key, each in seen.given.items()},
            "levels": {key: plain_of(each) for key, each in seen.levels.items()},
            "rates": dict(seen.rates),
            "cascades": None if seen.trees is None else {
                "count": int(seen.trees.sizes.size),
                "least": seen.trees.least,
                "mean_size": float(seen.trees.sizes.mean()),
                "max_size": int(seen.trees.sizes.max()),
            },
            "notes": [*seen.notes],
            "doubts": [*seen.doubts],
        }  # fmt: skip

    def table(self) -> pd.DataFrame:
        """What was measured, a row a day or week; the sizes of cascades, where there is none."""
        import pandas as pd

        seen = self.observed
        if not seen.rows:
            return pd.DataFrame({"size": [] if seen.trees is None else seen.trees.sizes.tolist()})
        when = [seen.when(row) for row in range(seen.rows)]
        return pd.DataFrame({"when": when, **self._every})

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables that its folder keeps."""
        return {"observed": self.table()}

    def plot(self) -> Picture:
        """What was measured over time, a panel a column; or how large cascades are."""
        panels = list(self._every.items())[:_PANELS]
        count = max(len(panels) + (self.observed.trees is not None), 1)
        across = min(count, 3)
        down = -(-count // across)
        figure = sheet(self.sentence, "", max(3.4 * across, 5.0), 2.2 * down)
        axes = figure.subplots(down, across, squeeze=False).ravel().tolist()
        for ax, (key, values) in zip(axes, panels, strict=False):
            title(ax, _label(key))
            ax.plot(np.arange(1, values.size + 1), values, ".-", color=BLUE, linewidth=1.2)
            if key not in self.observed.levels:
                ax.set_ylim(bottom=0.0)
            ax.set_xlabel("week" if self.observed.hours > 24.0 else "day")
            plain(ax, ax.yaxis)
            ax.yaxis.set_major_formatter(ticks())
        if self.observed.trees is not None:
            self._sizes(axes[len(panels)])
        for ax in axes[count:]:
            ax.set_axis_off()
        if not panels and self.observed.trees is None:
            empty(axes[0], "no row and no cascade")
        return figure

    def _sizes(self, axes: Axes) -> None:
        """The share of cascades of so many people or more."""
        trees = self.observed.trees
        every = trees.sizes if trees is not None else np.ones(1)
        sizes, counts = np.unique(every, return_counts=True)
        title(axes, "Share of cascades of so many people or more")
        axes.plot(sizes, counts[::-1].cumsum()[::-1] / every.size, ".", color=BLUE, markersize=3.0)
        axes.set_xlabel("people")
        plain(axes, axes.xaxis, axes.yaxis)
        axes.xaxis.set_major_formatter(ticks())
        axes.yaxis.set_major_formatter(ticks("rate"))


def _label(key: str) -> str:
    """What people read of a key."""
    if key.startswith("spend"):
        name = key.removeprefix("spend").strip("_").replace("_", " ")
        return f"Spent on {name}" if name else "Spent on media"
    if key in _RATES or key in _GIVEN:
        return {**_RATES, **_GIVEN}[key]
    return OUTCOMES[key].label if key in OUTCOMES else key.replace("_", " ").capitalize()


def _rate(key: str, value: float) -> str:
    share = key in _RATES and key != "friends"
    return percent(value) if share or key == "conversion_rate" else written(value, "number")
