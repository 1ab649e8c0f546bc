"""A paper's numbers and ours in a picture: ours over theirs, 1 where they are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...show.style import BLUE, GREY, INK, ORANGE, Picture, balanced, bare, headed, sheet, ticks
from .paper import ERRORS

if TYPE_CHECKING:
    from .answer import Reproduction


def reproduction(found: Reproduction) -> Picture:
    """Draw each number found in parts of the number known."""
    rows = len(found.findings)
    figure = sheet(found.sentence, balanced(found.paper.cite, 120), 10.5, 1.2 + 0.55 * rows)
    axes = figure.subplots()
    headed(axes, "Found here over what is known (diamond: over the side of it), with 4 s.e.")
    axes.axvline(1.0, color=GREY, linewidth=1)
    for row, (each, told) in enumerate(zip(found.findings, found.rows(), strict=True)):
        colour = BLUE if each.agrees else ORANGE
        ratio, error = np.array([each.ours, ERRORS * each.error]) / each.base
        axes.errorbar(
            ratio, row, xerr=error, fmt="o" if each.side is None else "D", color=colour, capsize=3
        )
        axes.annotate(
            f"known {told[1]}\nhere {told[2]}", (1.02, row), xycoords=("axes fraction", "data"),
            va="center", fontsize=8.5, color=INK,
        )  # fmt: skip
    axes.set_yticks(range(rows), [balanced(each.what, 38) for each in found.findings])
    axes.set_ylim(rows - 0.5, -0.5)
    axes.margins(x=0.15)
    bare(axes)
    axes.xaxis.set_major_formatter(ticks())
    return figure
