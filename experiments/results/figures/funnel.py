"""The funnel: people at each stage, of those who could."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

from ....sim.result import Result
from ...show.numbers import percent
from ...show.style import BLUE, GREY, INK, plain, title
from ...vocabulary.glossary import STAGES


def draw_funnel(axes: Axes, result: Result) -> None:
    """Draw people by stage as bars, each with its rate among those who could."""
    title(axes, "Funnel: people at each stage")
    stages = result.funnel
    rows = np.arange(len(stages))
    people = np.array([stage.people for stage in stages])
    everybody = max(int(result.network["agents"]), 10)
    # From .6 on, so that one person is a bar that can be seen.
    axes.barh(rows, np.maximum(people, 0.6) - 0.6, left=0.6, height=0.66, color=BLUE)
    axes.set(xscale="log", xlim=(0.6, everybody**1.42), ylim=(len(stages) - 0.45, -0.6))
    for row, stage in enumerate(stages):
        axes.annotate(
            f"{stage.people:,}"
            + ("" if stage.rate != stage.rate else f"  ({percent(stage.rate)})"),
            (max(stage.people, 0.6), row),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=INK if stage.people else GREY,
        )
    axes.set_yticks(rows, [STAGES[stage.stage] for stage in stages], fontsize=9.5)
    axes.set_xticks([10.0**k for k in range(len(str(everybody)))])
    axes.set_xlabel("people, logarithmic (per cent of those who could)")
    axes.xaxis.set_minor_locator(NullLocator())
    plain(axes, axes.xaxis, grid=False)
    axes.tick_params(axis="y", labelcolor=INK)
    axes.spines["bottom"].set_visible(False)
