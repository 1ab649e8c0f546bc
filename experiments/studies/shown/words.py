"""What a study is called and what it answers, in words; and the paper that its figures are on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ....sim.errors import InputError
from ...show.numbers import FINITE, mean, signed, span, values
from ...show.style import Picture, bare, sheet, ticks
from ...vocabulary.outcomes import OUTCOMES
from ..analysis.summary import AxisEffect, compare, effects
from ..analysis.table import AboutStudy, RunTable, plain

SMALL: Final = 9
# Inches of a figure of one panel, and of each of several.
WIDTH: Final = 8.0
_PANEL: Final = 3.7
# Panels beside one another.
_BESIDE: Final = 3
# What tells two outcomes apart that are easily taken for one another.
_MORE: Final = {
    "shares": "Those of what the brand itself posted; all later ones are re-shares.",
    "reshares": "All later ones; the first, of what the brand itself posted, are shares.",
    "r_later_hops": FINITE,
}


def headline(runs: RunTable) -> str:
    """What a study shows, in a sentence."""
    about, y = runs.about, runs.y
    done = int((runs.frame["status"] == "done").sum())
    if not done:
        return f"No run of {about.name} is done yet."
    found = effects(runs)
    if not found or found[0].spread == 0.0:
        if not about.axes:
            return f"{about.name}: {done:,} runs of one point."
        label = about.short_label(y)
        return f"{label} is the same along every axis of {about.name}, over {done:,} runs."
    first = found[0]
    least, most = values([first.least, first.most], about.form(y))
    at = [f"{first.axis} = {written_out(level)}" for level in (first.low, first.high)]
    text = f"{about.short_label(y)}: {least} at {at[0]}, {most} at {at[1]}"
    more = f"; no other axis of {about.name} moves it as much" if len(found) > 1 else ""
    return f"{text}{more}."


def paired(runs: RunTable) -> list[dict[str, Any]]:
    """By axis of a grid: from the level with the least of an outcome to that with the most."""
    about, y, told = runs.about, runs.y, []
    form = about.form(y)
    if len(about.parts) > 1 or about.parts[0]["kind"] != "grid":
        return []
    found = {each.axis: each for each in effects(runs)}
    for axis in about.axes:
        if axis not in found or found[axis].low == found[axis].high:
            continue
        low, high = found[axis].low, found[axis].high
        try:
            row = plain(compare(runs, {axis: high}, {axis: low}))[0]
        except InputError:  # an axis of many values is shown in slices, which no point has
            continue
        said = f"{axis}: from {low} to {high} {about.label(y)} changes by "
        said += signed(math.nan if row["difference"] is None else row["difference"], form)
        if row["low"] is not None and (between := span(row["low"], row["high"], form)):
            said += f" ({between})"
        elif row["low"] is None and row["moved"] in (1, 2):
            few = f"{row['moved']} of {about.replicates} replicates"
            said += f" (in {few} alone, too few for an interval)"
        ends = plain(pd.DataFrame({"from": [low], "to": [high]}))[0]
        how = "paired" if about.luck == "shared" else f"paired by {about.pairing} alone"
        how = how if about.pairing else "unpaired"
        told.append({"axis": axis, **ends, **row, "sentence": f"{said}, {how}."})
    return told


def sentences(runs: RunTable, found: Sequence[AxisEffect]) -> Iterator[str]:
    """The effects of the axes in words, the first first."""
    about, y = runs.about, runs.y
    label = about.short_label(y)
    for each in found:
        if each.spread == 0.0:
            yield f"{each.axis} makes no difference to {label.lower()}."
            continue
        least, most = values([each.least, each.most], about.form(y))
        name = about.short_label(each.axis)
        which = "" if name == each.axis else f" ({name.lower()})"
        yield (
            f"{label} is least, {least} on average, at {each.axis} = {written_out(each.low)}, and "
            f"most, {most}, at {each.axis} = {written_out(each.high)}{which}."
        )


def meanings(names: Sequence[str]) -> list[tuple[str, str]]:
    """What outcomes say, a line each; those of a function of one's own say nothing."""
    return [
        (OUTCOMES[name].label, f"{OUTCOMES[name].meaning} {_MORE.get(name, '')}".strip())
        for name in names
        if name in OUTCOMES and OUTCOMES[name].meaning
    ]


def canvas(
    about: AboutStudy,
    title: str,
    note: str,
    *,
    panels: int = 1,
    width: float = WIDTH,
    height: float = 4.2,
) -> tuple[Picture, list[Axes]]:
    """A figure under its finding, and its panels, three in a row.

    Parameters
    ----------
    about
        The study, whose name stands before the note.
    title, note
        What was found, and what the marks mean.
    panels, width, height
        How many; inches of the figure of one, and inches of a row.
    """
    columns = 2 if panels == 4 else min(panels, _BESIDE)
    rows = -(-panels // columns)
    wide = width if panels == 1 else _PANEL * columns
    figure = sheet(title, f"{about.name}: {note}", wide, height * rows)
    axes = figure.subplots(rows, columns, squeeze=False).ravel().tolist()
    for empty in axes[panels:]:
        empty.remove()
    return figure, axes[:panels]


def label_axes(about: AboutStudy, axes: Axes, x: str, y: str | None, letters: int = 60) -> None:
    """Say what the axes of a panel show, with units."""
    axes.set_xlabel(fill(about.label(x), letters))
    if y is not None:
        axes.set_ylabel(fill(about.label(y), 40))
        axes.yaxis.set_major_formatter(ticks(about.form(y)))
    bare(axes, "both")


def told(about: AboutStudy, outcome: str, value: float) -> str:
    """A mean of an outcome as a title says it."""
    return mean(value, about.form(outcome))


def lowered(label: str) -> str:
    """A label within a sentence.

    Examples
    --------
    >>> lowered("Share of voice"), lowered("K-factor"), lowered("R, first hop")
    ('share of voice', 'K-factor', 'R, first hop')
    """
    return label[0].lower() + label[1:] if label[1:2].islower() else label


def written_out(value: Any) -> str:
    """A value of an axis, without digits that say nothing."""
    return f"{value:g}" if isinstance(value, float | np.floating) else str(value)


def phrase(given: Mapping[str, Any]) -> str:
    """Values of axes as a title says them."""
    return ", ".join(f"{name} = {written_out(value)}" for name, value in given.items())
