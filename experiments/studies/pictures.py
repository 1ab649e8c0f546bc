"""Figures of a study, a question each, with units and labels from the schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from matplotlib.ticker import FuncFormatter, NullFormatter

from ...sim.errors import InputError
from ..figures import BLUE, GREY, INK, ORANGE, SKY, Picture
from ..glossary import percent
from .canvas import (
    SMALL,
    canvas,
    geometric,
    label_axes,
    note,
    number_format,
    phrase,
    short_label,
    tidy,
    wrapped,
    written_out,
)  # fmt: skip
from .response import interaction, response
from .sensitivity import sensitivity
from .summary import compare, convergence, done

if TYPE_CHECKING:
    from .study import Study

# Okabe & Ito 2008, in the order in which they are told apart best.
_COLOURS: Final = (BLUE, ORANGE, "#009E73", "#CC79A7", "#E69F00", "#56B4E9", INK, GREY)


def draw_response(
    study: Study, x: str | None = None, y: str | None = None, by: str | None = None
) -> Picture:
    """The mean of an outcome along an axis, with 95 % intervals; a line for each value of `by`."""
    table = response(study, x, y, by)
    name = study.known(y) if y is not None else study.main_outcome
    axis = str(table.columns[0])
    down = str(table.columns[1]) if by is not None else None
    said = f"{short_label(study, name)} by {short_label(study, axis)}"
    figure, [axes] = canvas(
        study, said if down is None else f"{said} and {short_label(study, down)}"
    )
    groups = [(None, table)] if down is None else list(table.groupby(down, sort=False))
    numeric = pd.api.types.is_numeric_dtype(table[axis])
    levels = list(dict.fromkeys(table[axis]))
    for k, (label, rows) in enumerate(groups):
        places = rows[axis].to_numpy(float) if numeric else [levels.index(v) for v in rows[axis]]
        colour = _COLOURS[k % len(_COLOURS)]
        means, lows, highs = (rows[each].to_numpy(float) for each in ("mean", "low", "high"))
        if numeric:
            axes.fill_between(places, lows, highs, color=colour, alpha=0.15, linewidth=0)
        else:  # what lies between two words is nothing
            axes.vlines(places, lows, highs, color=colour, linewidth=2)
        line = "o-" if numeric else "o"
        axes.plot(
            places, means, line, color=colour, linewidth=2, markersize=5, label=written_out(label)
        )
    if numeric and len(levels) > 2 and 0 < 10 * min(levels) <= max(levels) and geometric(levels):
        axes.set_xscale("log")
        axes.xaxis.set_minor_formatter(NullFormatter())
    if not numeric:
        axes.set_xticks(range(len(levels)), [wrapped(level, 16) for level in levels])
    if down is not None:
        legend = axes.legend(title=fill(study.label(down), 40), frameon=False, fontsize=SMALL)
        legend.get_title().set_fontsize(SMALL)
    label_axes(study, axes, axis, name)
    note(figure, "mean over replicates, 95 % interval")
    return figure


def draw_summary(study: Study, y: str | None = None) -> Picture:
    """The runs themselves: every run a dot, the mean of each point a bar."""
    name = study.known(y) if y is not None else study.main_outcome
    table = done(study, [name])
    shown = list(dict.fromkeys(table["point"]))[:60]
    figure, [axes] = canvas(
        study, f"{short_label(study, name)}, run by run", height=max(3.0, 0.2 * len(shown) + 1.6)
    )
    for k, point in enumerate(shown):
        values = table.loc[table["point"] == point, name].to_numpy(float)
        axes.plot(values, np.full(values.size, k), "o", color=SKY, markersize=4)
        axes.plot([np.nanmean(values)], [k], "|", color=BLUE, markersize=12, markeredgewidth=2.5)
    first = table.groupby("point").first().loc[shown]
    words = [", ".join(written_out(value) for value in row) for row in first[study.axes].values]
    axes.set_yticks(range(len(shown)), [word[:60] for word in words])
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xlabel(study.label(name))
    tidy(axes)
    axes.tick_params(axis="y", labelsize=7.5)
    axes.xaxis.set_major_formatter(number_format(name))
    note(figure, "a dot a run, the mean as a stroke")
    return figure


def draw_comparison(
    study: Study,
    these: Mapping[str, Any],
    those: Mapping[str, Any],
    y: str | None = None,
) -> Picture:
    """The paired difference of outcomes, as a share of their mean, with 95 % intervals."""
    table = compare(study, these, those, None if y is None else [y])
    scale = table["those"].abs().where(table["those"] != 0)
    table = table[scale.notna() & table["difference"].notna()].iloc[::-1]
    scale = scale[table.index]
    title = f"{phrase(these)} against {phrase(those)}"
    figure, [axes] = canvas(study, title, height=max(2.8, 0.32 * len(table) + 1.8))
    rows = np.arange(len(table))
    middle = (table["difference"] / scale).to_numpy(float)
    low, high = ((table[side] / scale).to_numpy(float) for side in ("low", "high"))
    axes.axvline(0, color=GREY, linewidth=1)
    axes.hlines(rows, low, high, color=BLUE, linewidth=2)
    axes.plot(middle, rows, "o", color=BLUE)
    axes.set_yticks(rows, [short_label(study, name) for name in table["outcome"]], fontsize=SMALL)
    axes.set_xlabel("difference, as a share of the value it is compared with")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))
    tidy(axes)
    note(figure, "paired by replicate, 95 % interval")
    return figure


def draw_sensitivity(study: Study, y: str | None = None) -> Picture:
    """Sobol's or Morris's indices with their intervals, and the share of luck."""
    found = sensitivity(study, y)
    sobol = found.method == "saltelli"
    table = found.table.sort_values("total" if sobol else "mu_star").reset_index(drop=True)
    figure, [axes] = canvas(study, found.sentence, height=max(3.0, 0.5 * len(table) + 2))
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
    axes.set_yticks(rows, [fill(short_label(study, axis), 30) for axis in table["axis"]])
    axes.set_xlabel(
        "share of the variance between points"
        if sobol
        else f"{study.label(found.outcome)}, per full range of the axis"
    )
    axes.legend(frameon=False, fontsize=SMALL, loc="lower right")
    tidy(axes)
    note(figure, "95 % interval")
    return figure


def draw_importance(study: Study, y: str | None = None) -> Picture:
    """Importance of the axes, and what the forest expects along each."""
    found = study.importance(y)
    axes_named = list(found.table.sort_values("importance", ascending=False)["axis"])[:5]
    figure, panels = canvas(study, found.sentence, panels=1 + len(axes_named))
    bars, *others = panels
    table = found.table.sort_values("importance").reset_index(drop=True)
    rows = np.arange(len(table))
    bars.barh(rows, table["importance"], color=SKY, height=0.6)
    bars.hlines(rows, table["low"], table["high"], color=BLUE, linewidth=2)
    bars.set_yticks(
        rows, [fill(short_label(study, axis), 18) for axis in table["axis"]], fontsize=8
    )
    bars.set_xlabel("variance lost when shuffled")
    tidy(bars)
    curves = [found.dependence[axis] for axis in axes_named]
    low = min(float(each["expected"].min()) for each in curves)
    high = max(float(each["expected"].max()) for each in curves)
    room = 0.06 * (high - low) or 1.0
    for panel, axis, curve in zip(others, axes_named, curves, strict=True):
        if pd.api.types.is_numeric_dtype(curve[axis]):
            panel.plot(curve[axis], curve["expected"], color=BLUE, linewidth=2)
        else:
            panel.plot(range(len(curve)), curve["expected"], "o", color=BLUE)
            panel.set_xticks(
                range(len(curve)), [wrapped(v, 12) for v in curve[axis]], fontsize=7, rotation=45
            )
        panel.set_ylim(low - room, high + room)
        label_axes(study, panel, axis, found.outcome if panel is others[0] else None)
    note(figure, "partial dependence of a forest")
    return figure


def draw_interaction(study: Study, x: str, by: str, y: str | None = None) -> Picture:
    """A heat map of an outcome over two axes."""
    table = interaction(study, x, by, y)
    name = study.known(y) if y is not None else study.main_outcome
    across, down = study.known_axis(x), study.known_axis(by)
    either = f"{short_label(study, across)} and {short_label(study, down)}"
    figure, [axes] = canvas(study, f"{short_label(study, name)} by {either}")
    values = table.to_numpy(float)
    image = axes.imshow(values, aspect="auto", cmap="viridis", origin="lower")
    axes.set_xticks(range(table.shape[1]), [wrapped(v, 14) for v in table.columns])
    axes.set_yticks(range(table.shape[0]), [wrapped(v, 18) for v in table.index])
    if values.size <= 100:
        middle = (np.nanmin(values) + np.nanmax(values)) / 2
        for row, column in np.ndindex(*values.shape):
            value = float(values[row, column])
            if value == value:
                colour = "black" if value > middle else "white"
                text = number_format(name)(value, 0)
                axes.text(column, row, text, ha="center", va="center", color=colour, fontsize=8)
    axes.set_xlabel(fill(study.label(across), 70))
    axes.set_ylabel(fill(study.label(down), 34))
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    bar = figure.colorbar(image, ax=axes)
    bar.set_label(study.label(name))
    note(figure, "mean over replicates and all other axes")
    return figure


def draw_convergence(study: Study, y: str | None = None) -> Picture:
    """How the 95 % interval of a point's mean narrows with the replicates."""
    name = study.known(y) if y is not None else study.main_outcome
    table = convergence(study, y)
    if table.empty:
        raise InputError("one replicate shows no convergence; run the study with more.")
    figure, [axes] = canvas(study, f"How sure {short_label(study, name)} is, by replicates")
    there = table["half_width"].notna()
    axes.plot(
        table["replicates"],
        table["expected"],
        "--",
        color=GREY,
        label="to be expected",
        linewidth=1.5,
    )
    axes.plot(
        table.loc[there, "replicates"], table.loc[there, "half_width"], "o-", color=BLUE,
        label="measured", linewidth=2, markersize=4,
    )  # fmt: skip
    axes.set(ylim=(0, None), xscale="log")
    axes.set_xticks([*table["replicates"].iloc[[0, -1]].tolist(), int(there.sum()) + 1])
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.minorticks_off()
    axes.set_xlabel("replicates")
    axes.set_ylabel(f"half of the 95 % interval of\n{fill(study.label(name), 40)}")
    axes.legend(frameon=False, fontsize=SMALL)
    tidy(axes)
    return figure


KINDS: Final[dict[str, Callable[..., Picture]]] = {
    "response": draw_response,
    "summary": draw_summary,
    "comparison": draw_comparison,
    "sensitivity": draw_sensitivity,
    "importance": draw_importance,
    "interaction": draw_interaction,
    "convergence": draw_convergence,
}


def draw(study: Study, kind: str, **how: Any) -> Picture:
    """A figure of one of the `KINDS`; InputError for another."""
    if kind not in KINDS:
        raise InputError(f"kind = {kind!r} is not allowed; give one of {', '.join(KINDS)}.")
    return KINDS[kind](study, **how)
