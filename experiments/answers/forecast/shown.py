"""A forecast as it is shown: the sums by the end, and the bands over time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ...show.cells import Row
from ...show.document import EVERYWHERE, IN_FULL, Document, Facts, Points, Section, Table
from ...show.numbers import percent
from ...show.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    SKY,
    Picture,
    above,
    bare,
    sheet,
    ticks,
    title,
)
from ...vocabulary.labels import label_of
from ..fit.told import digits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .ahead import Ahead

_LIGHT = "#CFE3F0"


def sentence(found: Ahead) -> str:
    """How it goes on, in plain words; of a backtest, how the bands held."""
    errors = found.errors()
    if errors:
        own, other = (_mean([each[k] for each in errors.values()]) for k in (0, 1))
        return (
            f"Of what was hidden in the last {found.ahead} rows, bands of 90 % held "
            f"{percent(found.coverage)}; the sums at the end are off by {percent(own)} on average, "
            f"and by {percent(other)} where the last week just goes on."
        )
    first = "reach" if "reach" in found.indicators else found.indicators[0]
    k = found.indicators.index(first)
    low, middle, high = (found.totals[j, k] for j in (0, 2, -1))
    rows = found.what.reading.rows
    return (
        f"After {rows + found.ahead} rows {first} comes to {digits(middle)} ({digits(low)} to "
        f"{digits(high)} in 90 of 100 cases), of which {digits(found.what.total[first])} were "
        f"measured in the first {rows}."
    )


def _mean(values: list[float]) -> float:
    fine = [each for each in values if math.isfinite(each)]
    return float(np.mean(fine)) if fine else float("nan")


def document(found: Ahead) -> Document:
    """All of it, to be shown anywhere."""
    says = [
        f"{path} = {value!r} from row {found.what.reading.rows + 1} on."
        for path, value in found.changes.items()
    ]
    ends = found.what.reading.horizon
    if not any((post.tick or 0) >= ends for post in found.scenario.calendar()):
        says.append("The calendar has no post after the data: what is ahead is the echo.")
    sections = [
        Section("By the end", [_totals(found)]),
        Section("How it held", [_errors(found)] if found.errors() else []),
        Section("What to know of it", [Points(says, EVERYWHERE)] if says else []),
        Section("How it was found", [Facts(_how(found), IN_FULL)]),
    ]
    return Document(
        kind="forecast",
        title=f"{found.scenario.name}, {found.ahead} rows ahead of {found.what.source}",
        sentence=sentence(found),
        sections=[each for each in sections if each.blocks],
        details=[f"{found.runs:,} campaigns simulated, seed {found.seed}; bands of 90 %"],
        files=[
            ("forecast.parquet", "A row an indicator and row: measured, or forecast"),
            ("totals.parquet", "Each indicator by the end"),
        ],
        python="import wordofmouth as wom\n\nfound = wom.forecast(FIT, days=10)",
    )


def _totals(found: Ahead) -> Table:
    rows: list[Row] = []
    for k, name in enumerate(found.indicators):
        low, middle, high = (found.totals[j, k] for j in (0, 2, -1))
        seen = digits(found.what.total[name])
        rows.append((name, seen, digits(middle), f"{digits(low)} to {digits(high)}"))
    head = ("Indicator", "So far", "By the end", "90 % between")
    return Table("What each indicator comes to", head, rows)


def _errors(found: Ahead) -> Table:
    rows: list[Row] = []
    hidden = found.hidden
    for k, (name, (own, other)) in enumerate(found.errors().items()):
        came = "–" if hidden is None else digits(found.what.total[name] + np.nansum(hidden[k]))
        rows.append((name, came, percent(own), percent(other)))
    head = ("Indicator", "Came to", "Off by", "A week that goes on is off by")
    return Table("The hidden rows beside the forecast", head, rows)


def _how(found: Ahead) -> list[tuple[str, str]]:
    rows = [
        ("Campaigns simulated", f"{found.runs:,}"),
        ("Seconds by the clock", f"{found.seconds:,.0f}"),
        ("Rows measured, and ahead", f"{found.what.reading.rows}, {found.ahead}"),
    ]
    if found.hidden is not None:
        rows.append(("Hidden values in bands of 90 %", percent(found.coverage)))
    return rows


def picture(found: Ahead) -> Picture:
    """Draw what was measured and the bands ahead of each indicator."""
    names = found.indicators
    wide = min(len(names), 2)
    high = math.ceil(len(names) / wide)
    figure = sheet(sentence(found), found.what.source, 5.6 * wide, 2.4 * high)
    panels = figure.subplots(high, wide, squeeze=False).ravel()
    for k, (axes, name) in enumerate(zip(panels, names, strict=False)):
        _one(axes, found, k)
        title(axes, label_of(found.scenario, name))
        if k == 0:
            above(axes, columns=6)
    for axes in panels[len(names) :]:
        axes.set_visible(False)
    return figure


def _one(axes: Axes, found: Ahead, k: int) -> None:
    rows = found.what.reading.rows
    past, later = np.arange(1, rows + 1), np.arange(rows + 1, rows + found.ahead + 1)
    bands = found.bands[:, k]
    axes.fill_between(later, bands[0], bands[-1], color=_LIGHT, linewidth=0, label="90 %")
    axes.fill_between(later, bands[1], bands[-2], color=SKY, linewidth=0, label="half")
    axes.plot(later, bands[2], color=BLUE, label="median")
    axes.fill_between(
        past, found.past[0, k], found.past[-1, k], color=PALE, linewidth=0, label="90 % of the fit"
    )
    axes.plot(past, found.what.table[k], "o", color=ORANGE, markersize=3.5, label="measured")
    if found.hidden is not None:
        axes.plot(later, found.hidden[k], "o", markersize=3.5, markerfacecolor="white",
                  markeredgecolor=ORANGE, label="hidden")  # fmt: skip
    axes.axvline(rows + 0.5, color=INK, linewidth=1, linestyle=":")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("row")
    bare(axes, grid="y")
    axes.yaxis.set_major_formatter(ticks())
    axes.tick_params(labelcolor=GREY)
