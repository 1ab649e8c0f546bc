"""A campaign in a picture: the funnel, reach over time, and how large the cascades became."""

from __future__ import annotations

from matplotlib.backends.backend_agg import FigureCanvasAgg

from ....sim.result import Result
from ...show.style import GREY, INK, Picture, balanced
from .cascades import draw_cascades
from .funnel import draw_funnel
from .reach import draw_reach


def campaign(result: Result) -> Picture:
    """Draw a result in three panels: funnel, reach over time, cascade sizes.

    The title is the finding (`Result.sentence`). Nothing of pyplot's is touched, so that figures
    may be drawn in threads and without a display; save one with ``figure.savefig(path)``.
    """
    figure = Picture(figsize=(13, 5), dpi=110, facecolor="white")
    FigureCanvasAgg(figure)
    figure.text(
        0.015,
        0.965,
        balanced(result.sentence, 118),
        va="top",
        fontsize=13,
        color=INK,
        weight="bold",
    )
    scenario = result.scenario
    figure.text(
        0.985, 0.02, f"{scenario.name}, seed {result.seed}", ha="right", fontsize=8, color=GREY
    )
    grid = figure.add_gridspec(
        1, 3, width_ratios=(1.2, 1, 1), left=0.115, right=0.985, top=0.75, bottom=0.135, wspace=0.24
    )
    for k, draw in enumerate((draw_funnel, draw_reach, draw_cascades)):
        draw(figure.add_subplot(grid[k]), result)
    return figure
