"""Money: what was paid for, over time, and what a contact costs beside television."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, NullLocator
from numpy.typing import NDArray

from ....sim.result import Result
from ...show.numbers import percent
from ...show.style import (
    AMBER,
    BLUE,
    GREEN,
    GREY,
    INK,
    MAUVE,
    ORANGE,
    SKY,
    Picture,
    bare,
    decades,
    empty,
    short,
    title,
    titled,
)
from .ends import ends, timed

_COLOURS: Final = (BLUE, AMBER, GREEN, MAUVE, SKY)


def money(result: Result) -> Picture:
    """Draw spending by account over time, and cost per thousand against people reached.

    On the right each point is a moment: what was spent up to then, for each thousand people who
    had noticed anything by then. Where the scenario names a broadcast (`Result.comparison`), its
    price stands beside: the spot alone and with its production, at its viewers, and falling with
    the part of its audience that would be wanted.
    """
    paid = spending(result)
    note = f"{result.scenario.name}, seed {result.seed}; amounts in the scenario's money"
    figure, top = titled(sentence(result, paid), note, (11.5, 4.8))
    low = 0.14
    _in_time(figure.add_axes((0.06, low, 0.35, top - low)), result, paid)
    _cost_curve(figure.add_axes((0.6, low, 0.385, top - low)), result, paid)
    return figure


def spending(result: Result) -> dict[str, NDArray[np.float64]]:
    """What was spent up to the end of each tick, by account, the dearest first."""
    table = result.payments
    found = {}
    for account, rows in table.groupby("account", sort=False):
        by_tick = np.bincount(rows["tick"], rows["amount"], max(result.ticks, 1))
        if by_tick.sum() > 0.0:
            found[str(account)] = by_tick.cumsum()
    return dict(sorted(found.items(), key=lambda each: -each[1][-1]))


def sentence(result: Result, paid: dict[str, NDArray[np.float64]]) -> str:
    """What the campaign cost and for what, in a sentence."""
    if not paid:
        told = "Nothing was paid for"
    else:
        whole = sum(float(each[-1]) for each in paid.values())
        first, most = next((name, float(each[-1])) for name, each in paid.items())
        told = f"It cost {whole:,.0f}, {percent(most / whole)} of it for {first}"
        reached = int(result.kpis["reach"])
        if reached:
            told += f": {1000 * whole / reached:,.0f} for each thousand people reached"
    compared = result.comparison
    if compared is not None:
        spot = compared["television"]["cost_per_thousand_with_production"]
        told += f", where a broadcast asks {spot:,.0f} for a thousand viewers"
    return told + "."


def _in_time(axes: Axes, result: Result, paid: dict[str, NDArray[np.float64]]) -> None:
    title(axes, "Spent so far, by account")
    if not paid:
        empty(axes, "Nothing was paid for.")
        return
    names = list(paid)
    shown = {name: paid[name] for name in names[: len(_COLOURS)]}
    if others := names[len(_COLOURS) :]:
        shown[f"{len(others)} others"] = np.sum([paid[name] for name in others], axis=0)
    when = timed(axes, result)
    values = np.stack([np.concatenate([[0.0], each]) for each in shown.values()])
    colours = [*_COLOURS, GREY][: len(shown)]
    axes.stackplot(when, values, colors=colours, step="post", edgecolor="white", linewidth=0.6)
    axes.set_ylim(0, float(values[:, -1].sum()) * 1.06)
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(short)
    axes.set_ylabel("money spent so far")
    bare(axes, "y")
    middle = values[:, -1].cumsum() - values[:, -1] / 2
    ends(axes, [
        (float(height), f"{name} {amount:,.0f}" if amount >= 10 else f"{name} {amount:.2g}", INK)
        for name, height, amount in zip(shown, middle, values[:, -1], strict=True)
    ])  # fmt: skip


def _cost_curve(axes: Axes, result: Result, paid: dict[str, NDArray[np.float64]]) -> None:
    title(axes, "Cost per thousand people, as they are reached")
    reached = np.cumsum(result.columns["reach"])
    spent = sum(paid.values(), np.zeros(max(result.ticks, 1)))
    known = np.flatnonzero((reached > 0) & (spent[: reached.size] > 0))
    told: Any = result.comparison
    if not known.size and told is None:
        empty(axes, "Nobody was reached for money.")
        return
    if known.size:
        people, each = reached[known], 1000 * spent[known] / reached[known]
        name = f"the campaign: {each[-1]:,.0f} at {people[-1]:,} people"
        axes.plot(people, each, "-", color=BLUE, lw=1.4, label=name)
        axes.plot(people, each, ".", color=BLUE, ms=4.5)
        axes.plot(people[-1], each[-1], "o", color=BLUE, ms=8)
    if told is None:
        axes.set(xlim=(0, float(people[-1]) * 1.05), ylim=(0, float(each.max()) * 1.08))
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        axes.yaxis.set_major_locator(MaxNLocator(5))
    else:
        _television(axes, told["television"], float(reached[known[0]]) if known.size else 1e3)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(short)
    axes.set_xlabel("people reached" + ("" if told is None else ", logarithmic"))
    axes.set_ylabel("money for a thousand people" + ("" if told is None else ", logarithmic"))
    place: dict[str, Any] = {"loc": "upper right"}
    if told is None:
        place = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderpad": 0}
    axes.legend(
        **place, frameon=False, fontsize=9, labelcolor=INK, handlelength=1.6, borderaxespad=0
    )
    bare(axes, "both")


def _television(axes: Axes, spot: dict[str, float], start: float) -> None:
    """Draw what a broadcast costs, down to the price at all of its viewers, on logarithms."""
    viewers = spot["viewers"]
    x = np.geomspace(min(start, viewers), viewers, 40)
    for cost, dash, name in (
        (spot["cost_with_production"], "-", "television, with production"),
        (spot["cost"], "--", "the spot alone"),
    ):
        each = 1000 * cost / viewers
        label = f"{name}: {each:,.0f} at {_people(viewers)} people"
        axes.plot(x, 1000 * cost / x, dash, color=ORANGE, lw=1.4, label=label)
        axes.plot(viewers, each, "s", color=ORANGE, ms=5)
    axes.set(xscale="log", yscale="log")
    for limits, ticks in (
        (axes.get_xlim(), axes.set_xticks),
        (axes.get_ylim(), axes.set_yticks),
    ):
        ticks(decades(*limits))
    bottom, top = axes.get_ylim()
    axes.set_ylim(bottom / 1.3, top * (top / bottom) ** 0.18)


def _people(number: float) -> str:
    return short(float(f"{number:.3g}"), 0)
