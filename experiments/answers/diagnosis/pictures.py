"""Diagnoses and comparisons in pictures: tornado, funnel with gains beside losses, forest plot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.axes import Axes

from ...show.numbers import percent, signed
from ...show.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    SKY,
    Picture,
    bare,
    forest,
    headed,
    sheet,
    ticks,
)

if TYPE_CHECKING:
    from .answer import Diagnosis

_SHOWN: Final = 24


def diagnosis(found: Diagnosis) -> Picture:
    """Draw the gains as a tornado, and beside it each stage's loss next to what it would gain."""
    note = f"{found.scenario.name}, {found.replicates:,} worlds from seed {found.seed}"
    figure = sheet(found.sentence, f"{note}; 95 % intervals", 13, 1.1 + 0.36 * len(found.stages))
    left, right = figure.subplots(1, 2, width_ratios=(1.15, 1))
    draw_tornado(left, found)
    draw_losses(right, found)
    return figure


def draw_tornado(axes: Axes, found: Diagnosis) -> None:
    """Draw what the common step brings at each stage, the largest on top."""
    better = percent(found.step - 1.0)
    headed(axes, f"What odds {better} better would bring: {found.noun}")
    forest(axes, [each.stage for each in found.stages], [each.gain for each in found.stages])
    for row, each in enumerate(found.stages):
        if each.idle:
            axes.annotate(
                each.idle, (0, row), (6, 0), textcoords="offset points", va="center", fontsize=8,
                color=GREY,
            )  # fmt: skip
    axes.set_xlabel(f"change in {found.noun}")
    axes.xaxis.set_major_formatter(ticks(found.outcome.form))


def draw_losses(axes: Axes, found: Diagnosis) -> None:
    """Draw the part that each stage loses, and what of the gain there is to have at it."""
    headed(axes, "Lost at each stage (left), and what the step gains there (right)")
    from .stages import HANDLES

    known = [each for each in (found[name] for name in HANDLES) if each.rate == each.rate]
    known = [each for each in known if HANDLES[each.stage].better > 0]
    rows = np.arange(len(known))
    lost = np.array([1.0 - min(each.rate, 1.0) for each in known])
    gains = np.array([found.good * each.gain.mean for each in known])
    most = max(float(gains.max(initial=0.0)), 1e-12)
    naive = None if found.naive is None else found.naive.stage
    first = None if found.bottleneck is None else found.bottleneck.stage
    for row, each in enumerate(known):
        axes.barh(row, -lost[row], height=0.62, color=ORANGE if each.stage == naive else PALE)
        wide = max(gains[row], 0.0) / most
        axes.barh(row, wide, height=0.62, color=BLUE if each.stage == first else SKY)
        near = {"va": "center", "fontsize": 8.5, "textcoords": "offset points", "color": INK}
        axes.annotate(percent(lost[row]), (-lost[row], row), (-4, 0), ha="right", **near)  # type: ignore[arg-type]
        text = signed(found.good * gains[row], found.outcome.form)
        axes.annotate(text, (wide, row), (4, 0), ha="left", **near)  # type: ignore[arg-type]
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set(xlim=(-1.28, 1.28), ylim=(len(known) - 0.4, -0.6), xticks=[])
    axes.set_yticks(rows, [each.stage for each in known], fontsize=9.5)
    bare(axes, grid="")
