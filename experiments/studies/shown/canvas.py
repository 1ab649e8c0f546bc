"""What the figures of a study share: paper, labels with units, values as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes

from ...show.numbers import mean
from ...show.style import Picture, bare, sheet, ticks
from ...vocabulary.outcomes import form_of
from ..analysis.table import AboutStudy

SMALL: Final = 9
# Inches of a figure of one panel, and of each of several.
WIDTH: Final = 8.0
_PANEL: Final = 3.7
# Panels beside one another.
_BESIDE: Final = 3


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
        axes.yaxis.set_major_formatter(ticks(form_of(y)))
    bare(axes, "both")


def told(outcome: str, value: float) -> str:
    """A mean of an outcome as a title says it."""
    return mean(value, form_of(outcome))


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
