"""Diagnoses and comparisons in pictures: tornado, funnel with gains beside losses, forest plot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.axes import Axes

from ...estimates.interval import Estimate
from ...show.numbers import percent, signed
from ...show.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    SKY,
    Picture,
    balanced,
    bare,
    empty,
    headed,
    sheet,
    ticks,
)

if TYPE_CHECKING:
    from ..comparison.answer import Comparison
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


def comparison(found: Comparison) -> Picture:
    """Draw how each indicator that moved differs, in per cent of what it was.

    A panel for each scenario that is compared with the first. Those that do not fit, and those
    without a share because they were 0, stand in the table.
    """
    note = f"{found.replicates:,} worlds from seed {found.seed}; 95 % intervals"
    moved = {name: _moved(found, name) for name in found.changed}
    rows = max(min(len(shown), _SHOWN) for shown, _ in moved.values())
    figure = sheet(found.sentence, note, 3.5 + 6.5 * len(moved), 1.3 + 0.29 * max(rows, 3))
    panels = figure.subplots(1, len(moved), squeeze=False)[0]
    for axes, (name, (shown, zero)) in zip(panels, moved.items(), strict=True):
        if not shown:
            empty(
                axes, f"{name}: no indicator moved by a share of what it was{_left(shown, zero)}."
            )
            continue
        headed(axes, balanced(f"{name}, against {next(iter(found.scenarios))}", 60))
        _forest(axes, [label for label, _ in shown[:_SHOWN]], [gain for _, gain in shown[:_SHOWN]])
        axes.set_xlabel(balanced(f"change in per cent of what it was{_left(shown, zero)}", 70))
        axes.xaxis.set_major_formatter(ticks())
    return figure


def _moved(found: Comparison, name: str) -> tuple[list[tuple[str, Estimate]], int]:
    """The indicators that moved, as shares, with their labels; and how many more had been 0."""
    moved = [each for each in found.changes(name) if each.difference.moved]
    shares = [
        (each.outcome.label, _relative(each.difference, each.base.mean))
        for each in moved
        if each.base.mean == each.base.mean and each.base.mean != 0.0
    ]
    return shares, len(moved) - len(shares)


def _left(shown: Sequence[object], zero: int) -> str:
    """What the picture leaves to the table."""
    parts = []
    if len(shown) > _SHOWN:
        parts.append(f"and {len(shown) - _SHOWN:,} more, in the table")
    if zero:
        parts.append(f"{zero:,} that had been 0, in the table")
    return "".join(f"; {part}" for part in parts)


def draw_tornado(axes: Axes, found: Diagnosis) -> None:
    """Draw what the common step brings at each stage, the largest on top."""
    better = percent(found.step - 1.0)
    headed(axes, f"What odds {better} better would bring: {found.noun}")
    _forest(axes, [each.stage for each in found.stages], [each.gain for each in found.stages])
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


def _forest(axes: Axes, labels: Sequence[str], found: Sequence[Estimate]) -> None:
    """Bars from 0 with intervals, one below the other."""
    for row, each in enumerate(found):
        if math.isnan(each.mean):
            continue
        axes.barh(row, each.mean, height=0.62, color=BLUE if each.sure else SKY)
        if math.isfinite(each.low):
            axes.plot([each.low, each.high], [row, row], color=INK, linewidth=1.3)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_yticks(range(len(labels)), labels, fontsize=9.5)
    bare(axes)


def _relative(found: Estimate, base: float) -> Estimate:
    scale = 100.0 / abs(base)
    return found._replace(mean=found.mean * scale, low=found.low * scale, high=found.high * scale)
