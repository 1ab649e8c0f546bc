"""What was heard and what it cost: the share of voice, and money beside television."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator
from numpy.typing import NDArray

from ....sim import state as s
from ....sim.plan import COMPLAINT, RIVAL
from ....sim.result import Result
from ...show.colours import COMPLAINED, EARTH
from ...show.lines import ends, timed
from ...show.numbers import listed, percent, rounded
from ...show.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    Picture,
    above,
    bare,
    decades,
    empty,
    short,
    title,
    titled,
)
from ...vocabulary.currency import in_currency, unit_of

_BARS: Final = 40
_COLUMNS: Final = ("impressions", "rival_impressions", "negative_impressions")
_WHO: Final = (("the brand", BLUE), ("rivals", GREY), ("complainants", COMPLAINED))
_COLOURS: Final = EARTH


class Voice(NamedTuple):
    """Who was heard.

    Attributes
    ----------
    heard
        Impressions of the brand, its rivals and its complainants, a row each, a value a tick.
    popularity
        How often each message was noticed by somebody for the first time, most popular first.
    whose
        0 a message of the brand, 1 of a rival, 2 a complaint, in the same order.
    """

    heard: NDArray[np.int64]
    popularity: NDArray[np.int64]
    whose: NDArray[np.int64]


def voice_of(result: Result) -> Voice:
    """Count who was heard, and how popular each message was."""
    popularity = result.counts[:, s.NOTICED, :, :, 1].sum(axis=(1, 2))
    whose = np.select([result.kinds == RIVAL, result.kinds == COMPLAINT], [1, 2], 0)
    posted = np.array([post.tick is not None for post in result.posts], bool) | (popularity > 0)
    popularity, whose = popularity[posted], whose[posted]
    order = np.argsort(-popularity, kind="stable")
    heard = np.stack([result.columns[name] for name in _COLUMNS])
    return Voice(heard, popularity[order], whose[order])


def _heard(found: Voice) -> str:
    """Whose voice was loudest, and how unequal messages were, in a sentence."""
    total = found.heard.sum(axis=1)
    if not total.any():
        return "Nobody heard of the brand, a rival or a complaint."
    shares = [
        f"{percent(float(number / total.sum()))} by {name}"
        for (name, _), number in zip(_WHO, total, strict=True)
        if number
    ]
    told = f"{total.sum():,} impressions: {listed(shares)}"
    whole = int(found.popularity.sum())
    if whole and found.popularity.size > 1:
        best, n = percent(float(found.popularity[0] / whole)), found.popularity.size
        told += (
            f"; the most popular of {n:,} messages holds {best} of all attention, where an even "
            f"share is {percent(1 / n)}"
        )
    return told + "."


def voice(result: Result) -> Picture:
    """Draw the share of voice over time, and the messages by their popularity.

    Impressions are posts that arrived in feeds. The popularity of a message is how many people
    noticed it.
    """
    found = voice_of(result)
    note = f"{result.scenario.name}, seed {result.seed}"
    figure, top = titled(_heard(found), note, (11.5, 4.8))
    low = 0.14
    _voice_in_time(figure.add_axes((0.07, low, 0.37, top - low)), result, found)
    _ranked(figure.add_axes((0.615, low, 0.37, top - low)), found)
    return figure


def _voice_in_time(axes: Axes, result: Result, found: Voice) -> None:
    title(axes, "Share of voice so far")
    total = found.heard.cumsum(axis=1)
    if not total.size or not total[:, -1].any():
        empty(axes, "Nobody heard of anything.")
        return
    if (total[:, -1] > 0).sum() == 1:
        who = _WHO[int(total[:, -1].argmax())][0]
        empty(axes, f"Nobody but {who}\nwas heard.")
        return
    start, *rest = timed(axes, result)
    when = np.array(rest)
    begun = total.sum(axis=0) > 0
    share = total[:, begun] / total[:, begun].sum(axis=0)
    colours = [colour for _, colour in _WHO]
    axes.stackplot(when[begun], share, colors=colours, alpha=0.85, linewidth=0)
    axes.set_xlim(min(when[begun][0], start + (when[-1] - start) * 0.98), when[-1])
    axes.set_ylim(0, 1)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))
    axes.set_ylabel("of all impressions so far")
    heights = share[:, -1].cumsum() - share[:, -1] / 2
    bare(axes, "")
    ends(axes, [
        (float(height), f"{name} {percent(float(part))}", colour)
        for (name, colour), height, part in zip(_WHO, heights, share[:, -1], strict=True)
        if part > 0
    ])  # fmt: skip


def _ranked(axes: Axes, found: Voice) -> None:
    n = min(found.popularity.size, _BARS)
    more = f", the first {n} of {found.popularity.size:,}" if n < found.popularity.size else ""
    title(axes, f"Messages by popularity{more}")
    if not n or not found.popularity.any():
        empty(axes, "No message was noticed.")
        return
    rank = np.arange(1, n + 1)
    for whose, (name, colour) in enumerate(_WHO):
        mine = found.whose[:n] == whose
        if mine.any():
            axes.bar(
                rank[mine], found.popularity[:n][mine], color=colour, width=0.8, label=name,
                edgecolor=INK if whose else colour, linewidth=0.5, hatch=("", "", "////")[whose],
            )  # fmt: skip
    even = float(found.popularity.mean())
    axes.axhline(even, color=INK, lw=1.1, ls="--", label=f"even share: {even:,.0f}")
    axes.set(xlim=(0.3, max(n, 5) + 0.7), ylim=(0, max(float(found.popularity[0]), 4.0) * 1.05))
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True, min_n_ticks=1))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(short)
    axes.set_xlabel("rank of the message")
    axes.set_ylabel("people who noticed it")
    above(axes, columns=4)
    bare(axes, "y")


def money(result: Result) -> Picture:
    """Draw spending by account over time, and cost per thousand against people reached.

    On the right each point is a moment: what was spent up to then, for each thousand people who
    had noticed anything by then. Where the scenario names a broadcast (`Result.comparison`), its
    price stands beside: the spot alone and with its production, at its viewers, and falling with
    the part of its audience that would be wanted.
    """
    paid = spending(result)
    note = f"{result.scenario.name}, seed {result.seed}; amounts in {unit_of(result.scenario)}"
    figure, top = titled(_cost(result, paid), note, (11.5, 4.8))
    low = 0.14
    _money_in_time(figure.add_axes((0.06, low, 0.35, top - low)), result, paid)
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


def _form(result: Result) -> str:
    return in_currency("money", result.scenario)


def _cost(result: Result, paid: dict[str, NDArray[np.float64]]) -> str:
    """What the campaign cost and for what, in a sentence."""
    if not paid:
        told = "Nothing was paid for"
    else:
        whole = sum(float(each[-1]) for each in paid.values())
        first, most = next((name, float(each[-1])) for name, each in paid.items())
        told = f"It cost {rounded(whole, _form(result))}, {percent(most / whole)} of it for {first}"
        reached = int(result.kpis["reach"])
        if reached:
            each = rounded(1000 * whole / reached, _form(result))
            told += f": {each} for each thousand people reached"
    compared = result.comparison
    if compared is not None:
        spot = compared["television"]["cost_per_thousand_with_production"]
        told += f", where a broadcast asks {rounded(spot, _form(result))} for a thousand viewers"
    return told + "."


def _money_in_time(axes: Axes, result: Result, paid: dict[str, NDArray[np.float64]]) -> None:
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
    axes.set_ylabel(f"{unit_of(result.scenario)} spent so far")
    bare(axes, "y")
    middle = values[:, -1].cumsum() - values[:, -1] / 2
    ends(axes, [
        (float(height), f"{name} {rounded(float(amount), _form(result))}", INK)
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
        name = f"the campaign: {rounded(float(each[-1]), _form(result))} at {people[-1]:,} people"
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
    axes.set_ylabel(
        f"{unit_of(result.scenario)} for a thousand people"
        + ("" if told is None else ", logarithmic")
    )
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
    many = short(float(f"{viewers:.3g}"), 0)
    x = np.geomspace(min(start, viewers), viewers, 40)
    for cost, dash, name in (
        (spot["cost_with_production"], "-", "television, with production"),
        (spot["cost"], "--", "the spot alone"),
    ):
        each = 1000 * cost / viewers
        label = f"{name}: {each:,.0f} at {many} people"
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
