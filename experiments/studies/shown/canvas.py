"""What the figures of a study share: paper, labels with units, values as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator
from numpy.typing import ArrayLike

from ...show.numbers import mean
from ...show.style import Picture, bare, decades, sheet, ticks
from ...vocabulary.outcomes import OUTCOMES

if TYPE_CHECKING:
    from ..study import Study

SMALL: Final = 9
# Inches of a figure of one panel, and of each of several.
WIDTH: Final = 8.0
_PANEL: Final = 3.7
# Panels beside one another.
_BESIDE: Final = 3
# From this factor between the least and the most on, values may be shown by their logarithms.
_WIDE: Final = 10.0


def canvas(
    study: Study,
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
    study
        Whose name stands before the note.
    title, note
        What was found, and what the marks mean.
    panels, width, height
        How many; inches of the figure of one, and inches of a row.
    """
    columns = 2 if panels == 4 else min(panels, _BESIDE)
    rows = -(-panels // columns)
    wide = width if panels == 1 else _PANEL * columns
    figure = sheet(title, f"{study.name}: {note}", wide, height * rows)
    axes = figure.subplots(rows, columns, squeeze=False).ravel().tolist()
    for empty in axes[panels:]:
        empty.remove()
    return figure, axes[:panels]


def label_axes(study: Study, axes: Axes, x: str, y: str | None, letters: int = 60) -> None:
    """Say what the axes of a panel show, with units."""
    axes.set_xlabel(fill(study.label(x), letters))
    if y is not None:
        axes.set_ylabel(fill(study.label(y), 40))
        axes.yaxis.set_major_formatter(ticks(form_of(y)))
    bare(axes, "both")


def form_of(outcome: str) -> str:
    """How the values of an outcome are written."""
    return OUTCOMES[outcome].form if outcome in OUTCOMES else "number"


def told(outcome: str, value: float) -> str:
    """A mean of an outcome as a title says it."""
    return mean(value, form_of(outcome))


def short_label(study: Study, name: str) -> str:
    """A label without its unit."""
    label = study.label(name)
    return label.rpartition(" (")[0] if label.endswith(")") else label


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


def by_logarithm(axes: Axes, which: str, values: ArrayLike) -> None:
    """Show an axis of a panel, ``x`` or ``y``, by logarithms, with round numbers on it."""
    found = np.asarray(values, float)
    axis = axes.xaxis if which == "x" else axes.yaxis
    getattr(axes, f"set_{which}scale")("log")
    axis.set_ticks(decades(float(found.min()), float(found.max())))
    axis.set_minor_locator(NullLocator())


def by_factors(values: ArrayLike) -> bool:
    """Whether values grow by a factor rather than by a step, so that logarithms spread them.

    Examples
    --------
    >>> by_factors([0.01, 0.02, 0.05, 0.1, 1.0]), by_factors([0.1, 0.4, 0.7, 1.0])
    (True, False)
    """
    found = np.unique(np.asarray(values, float))
    if found.size < 3 or not 0 < _WIDE * found[0] <= found[-1]:
        return False
    middle = float(np.median(found))
    by_mean = abs(middle - float(found.mean()))
    return abs(middle - float(np.exp(np.log(found).mean()))) < by_mean
