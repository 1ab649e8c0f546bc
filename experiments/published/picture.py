"""A paper's numbers and ours in a picture: ours over theirs, 1 where they are the same."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from ..figures import BLUE, GREY, INK, ORANGE, Picture, bare, headed, titled
from .paper import ERRORS

if TYPE_CHECKING:
    from .reproduction import Reproduction


def reproduction(found: Reproduction) -> Picture:
    """Draw each number found in parts of the number known."""
    rows = len(found.findings)
    figure, top = titled(found.sentence, found.paper.cite, (10.5, 2.1 + 0.55 * rows))
    axes = figure.add_axes((0.31, 0.72 / (2.1 + 0.55 * rows), 0.5, top - 1.0 / (2.1 + 0.55 * rows)))
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
    axes.set_yticks(range(rows), [fill(each.what, 38) for each in found.findings])
    axes.set_ylim(rows - 0.5, -0.5)
    axes.margins(x=0.15)
    bare(axes)
    axes.tick_params(axis="y", labelcolor=INK)
    return figure
