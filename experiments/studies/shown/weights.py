"""Figures of what matters in a study: indices of variance, and what a forest has learned."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ...show.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    SKY,
    Picture,
    above,
    bare,
    headed,
    ticks,
    words_below,
)
from ..analysis.sensitivity import sensitivity
from .canvas import (
    SMALL,
    by_factors,
    by_logarithm,
    canvas,
    form_of,
    label_axes,
    short_label,
    written_out,
)

if TYPE_CHECKING:
    from ..study import Study

# Axes along which the forest is asked, those that matter most.
_CURVES: Final = 5


def draw_sensitivity(study: Study, y: str | None = None) -> Picture:
    """Sobol's or Morris's indices with their intervals, and the share of luck."""
    found = sensitivity(study, y)
    sobol = found.method == "saltelli"
    table = found.table.sort_values("total" if sobol else "mu_star").reset_index(drop=True)
    figure, [axes] = canvas(
        study, found.sentence, "95 % intervals", height=max(2.0, 0.5 * len(table) + 1.1)
    )
    rows = np.arange(len(table))
    axes.axvline(0, color=GREY, linewidth=1)
    kinds = (
        (
            ("first", "by itself (first order)", BLUE, 0.12),
            ("total", "in all (total)", ORANGE, -0.12),
        )
        if sobol
        else (("mu_star", "mean effect, mu*", BLUE, 0.0),)
    )
    for name, label, colour, shift in kinds:
        low, high = (f"{name}_low", f"{name}_high") if sobol else ("low", "high")
        axes.hlines(rows + shift, table[low], table[high], color=colour, linewidth=2)
        axes.plot(table[name], rows + shift, "o", color=colour, label=label)
    if not sobol:
        axes.plot(table["sigma"], rows, "D", color=ORANGE, markersize=5, label="sigma: how uneven")
    above(axes)
    axes.set_yticks(rows, [fill(short_label(study, axis), 30) for axis in table["axis"]])
    axes.set_ylim(-0.6, len(table) - 0.4)
    axes.set_xlabel(
        "share of the variance between points"
        if sobol
        else fill(f"{study.label(found.outcome)}, per full range of the axis", 80)
    )
    bare(axes, "both")
    axes.tick_params(axis="y", labelcolor=INK)
    axes.xaxis.set_major_formatter(ticks("rate" if sobol else form_of(found.outcome)))
    return figure


def draw_importance(study: Study, y: str | None = None) -> Picture:
    """Importance of the axes, and what the forest expects along each."""
    found = study.importance(y)
    ranked = list(found.table.sort_values("importance", ascending=False)["axis"])
    asked = ranked[:_CURVES]
    left = len(ranked) - len(asked)
    more = f"; along {left:,} more, in the table" if left else ""
    figure, panels = canvas(
        study, found.sentence, f"bars: 95 % of 10 shuffles; curves: what a forest expects{more}",
        panels=1 + len(asked), height=3.2,
    )  # fmt: skip
    bars, *others = panels
    table = found.table.sort_values("importance").reset_index(drop=True)
    rows = np.arange(len(table))
    bars.barh(rows, table["importance"], color=SKY, height=0.6)
    bars.hlines(rows, table["low"], table["high"], color=BLUE, linewidth=2)
    bars.set_yticks(rows, [fill(short_label(study, axis), 20) for axis in table["axis"]])
    bars.set_xlabel("variance lost when shuffled")
    bars.xaxis.set_major_formatter(ticks("rate"))
    bars.locator_params(axis="x", nbins=4)
    headed(bars, "What matters")
    bare(bars)
    bars.tick_params(axis="y", labelsize=8)
    curves = [found.dependence[axis] for axis in asked]
    low = min(float(each["expected"].min()) for each in curves)
    high = max(float(each["expected"].max()) for each in curves)
    room = 0.06 * (high - low) or 1.0
    for panel, axis, curve in zip(others, asked, curves, strict=True):
        numeric = pd.api.types.is_numeric_dtype(curve[axis])
        if numeric:
            panel.plot(curve[axis], curve["expected"], color=BLUE, linewidth=2)
            if by_factors(curve[axis]):
                by_logarithm(panel, "x", curve[axis])
            else:
                panel.locator_params(axis="x", nbins=5)
        else:
            panel.plot(range(len(curve)), curve["expected"], "o", color=BLUE)
            panel.margins(x=0.15)
            words_below(panel, [written_out(level) for level in curve[axis]], 2.9)
        panel.set_ylim(low - room, high + room)
        label_axes(study, panel, axis, found.outcome, letters=34)
        panel.set_ylabel(fill(panel.get_ylabel(), 28))
        panel.tick_params(labelsize=SMALL - 0.5)
        if numeric:
            panel.xaxis.set_major_formatter(ticks())
    return figure
