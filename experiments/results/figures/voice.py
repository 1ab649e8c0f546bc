"""The share of voice: what people heard of the brand, its rivals and its complainants."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from ....sim import state as s
from ....sim.plan import COMPLAINT, RIVAL
from ....sim.result import Result
from ...show.numbers import percent
from ...show.style import BLUE, GREY, INK, ORANGE, Picture, above, bare, empty, short, title, titled
from .ends import ends, timed

_BARS: Final = 40
_COLUMNS: Final = ("impressions", "rival_impressions", "negative_impressions")
_WHO: Final = (("the brand", BLUE), ("rivals", GREY), ("complainants", ORANGE))


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


def sentence(found: Voice) -> str:
    """Whose voice was loudest, and how unequal messages were, in a sentence."""
    total = found.heard.sum(axis=1)
    if not total.any():
        return "Nobody heard of the brand, a rival or a complaint."
    shares = [
        f"{percent(float(number / total.sum()))} by {name}"
        for (name, _), number in zip(_WHO, total, strict=True)
        if number
    ]
    told = f"{total.sum():,} impressions: {_listed(shares)}"
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
    figure, top = titled(sentence(found), note, (11.5, 4.8))
    low = 0.14
    _in_time(figure.add_axes((0.07, low, 0.37, top - low)), result, found)
    _ranked(figure.add_axes((0.615, low, 0.37, top - low)), found)
    return figure


def _in_time(axes: Axes, result: Result, found: Voice) -> None:
    title(axes, "Share of voice so far")
    total = found.heard.cumsum(axis=1)
    if not total.size or not total[:, -1].any():
        empty(axes, "Nobody heard of anything.")
        return
    if (total[:, -1] > 0).sum() == 1:
        who = _WHO[int(total[:, -1].argmax())][0]
        empty(axes, f"Nobody but {who}\nwas heard.")
        return
    when = timed(axes, result)[1:]
    begun = total.sum(axis=0) > 0
    share = total[:, begun] / total[:, begun].sum(axis=0)
    colours = [colour for _, colour in _WHO]
    axes.stackplot(when[begun], share, colors=colours, alpha=0.85, linewidth=0)
    axes.set_xlim(min(when[begun][0], when[-1] * 0.98), when[-1])
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


def _listed(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
