"""Where clicks came from: the channels between which posts bounce, and the outlets (000, 003)."""

from __future__ import annotations

from textwrap import fill
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from ....sim.result import Result
from ....sim.sources import CHANNEL, CLICKS, CONVERSIONS, VISITS, sources
from ...show.colours import BOUGHT, EARTH, NOTICED
from ...show.lines import ends, timed
from ...show.numbers import listed, percent
from ...show.style import GREY, INK, Picture, above, bare, empty, short, title, titled

# Sources that are told apart by a line of their own; all others are one.
_MOST: Final = len(EARTH)
# Of a name beside its bars.
_LETTERS: Final = 16
_STEPS: Final = (
    ("clicks", CLICKS, GREY), ("visits", VISITS, NOTICED), ("conversions", CONVERSIONS, BOUGHT)
)  # fmt: skip


def traffic(result: Result) -> Picture:
    """Draw clicks over time by where they came from, and how far those went.

    The channels of the brand over which posts came, whoever passed them on; outlets and flights
    by what they showed themselves.
    """
    names, counts = by_name(result)
    figure, top = titled(
        _told(names, counts, result.scenario.outcome),
        f"{result.scenario.name}, seed {result.seed}",
        (11.5, 4.8),
    )
    low = 0.14
    _in_time(figure.add_axes((0.06, low, 0.37, top - low)), result, names, counts)
    _steps(figure.add_axes((0.735, low, 0.25, top - low)), result, names, counts)
    return figure


def by_name(result: Result) -> tuple[list[str], NDArray[np.int64]]:
    """The sources, that with most clicks first, and int64 ``[tick, source, BROUGHT]`` of them."""
    if not result.by_source.shape[1]:
        return [], np.zeros((result.ticks, 0, 3), np.int64)
    named = [
        each.name if each.kind == CHANNEL else f"{each.name} ({each.kind})"
        for each in sources(result.scenario)
    ]
    order = np.argsort(-result.by_source[:, :, CLICKS].sum(axis=0), kind="stable")
    return [named[k] for k in order.tolist()], result.by_source[:, order]


def _told(names: list[str], counts: NDArray[np.int64], outcome: str) -> str:
    """From where most clicks came, in a sentence."""
    clicks = counts[:, :, CLICKS].sum(axis=0)
    whole = int(clicks.sum())
    if not whole:
        return "Nobody clicked."
    parts = [
        f"{percent(float(some / whole))} came over {name}"
        for name, some in zip(names[:3], clicks[:3].tolist(), strict=True)
        if some
    ]
    sold = int(counts[:, :, CONVERSIONS].sum())
    return f"Of {whole:,} clicks {listed(parts)}; {sold:,} led to {outcome}."


def _in_time(axes: Axes, result: Result, names: list[str], counts: NDArray[np.int64]) -> None:
    title(axes, "Clicks so far, by where they came from")
    clicks = counts[:, :, CLICKS].cumsum(axis=0)
    if not clicks.size or not clicks[-1].any():
        empty(axes, "Nobody clicked.")
        return
    when, labels = timed(axes, result), []
    for k, name in enumerate(names[:_MOST]):
        values = np.concatenate([[0], clicks[:, k]])
        colour = EARTH[min(k, 2)]
        dash = ("-", "--", ":", "-.", (0, (1, 3)))[k]
        axes.plot(when, values, color=colour, lw=2.0, ls=dash, drawstyle="steps-post")
        labels.append((float(values[-1]), f"{name.partition(' (')[0]} {values[-1]:,}", INK))
    axes.set_ylim(0, 1.06 * float(clicks[-1].max()))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(short)
    axes.set_ylabel("clicks")
    bare(axes, "y")
    ends(axes, labels)


def _steps(axes: Axes, result: Result, names: list[str], counts: NDArray[np.int64]) -> None:
    title(axes, f"How far they went ({result.scenario.outcome})")
    total = counts.sum(axis=0)[:_MOST, : 1 + CONVERSIONS]
    if not total.size or not total[:, CLICKS].any():
        empty(axes, "Nobody clicked.")
        return
    rows = np.arange(len(total))
    for place, (label, step, colour) in enumerate(_STEPS):
        at = rows + 0.26 * (place - 1)
        axes.barh(at, total[:, step], height=0.24, color=colour, label=label)
        for y, value in zip(at, total[:, step].tolist(), strict=True):
            axes.annotate(
                f"{value:,}", (value, y), (3, 0), va="center", fontsize=8,
                textcoords="offset points", color=INK,
            )  # fmt: skip
    axes.set(xlim=(0, 1.15 * float(total.max())), ylim=(len(rows) - 0.4, -0.6))
    axes.set_yticks(
        rows, [fill(name.replace("_", " "), _LETTERS) for name in names[:_MOST]], fontsize=9
    )
    axes.set_xticks([])
    above(axes)
    bare(axes, "")
    axes.spines["bottom"].set_visible(False)
