"""Generations: who noticed and who passed it on at each hop, and R, the next for each of them."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, NullLocator
from numpy.typing import NDArray

from ....sim import state as s
from ....sim.forest import parents
from ....sim.result import Result
from ....sim.state import Log
from ...show.colours import NOTICED, PASSED_ON
from ...show.lines import at, named, timed
from ...show.style import INK, ORANGE, Picture, above, bare, empty, short, title, titled

# With fewer shares a generation says nothing about growth; the longest row of hops that is drawn.
ENOUGH: Final = 10
_PERIODS: Final = 12
_HOPS: Final = 15


class Generations(NamedTuple):
    """The forest by generation.

    Attributes
    ----------
    noticed
        People by message, at the hop at which they noticed it first; one value a hop.
    shares
        Decisions to pass on at each hop; hop 0 is the brand's own post.
    r, error
        R: shares at hop h + 1 for each at hop h (Goel, Watts & Goldstein 2012), and its standard
        error from how unequally the shares of a generation bring others; nan beyond the last.
    """

    noticed: NDArray[np.int64]
    shares: NDArray[np.int64]
    r: NDArray[np.float64]
    error: NDArray[np.float64]


def generations_of(result: Result) -> Generations:
    """Count a result by generation."""
    log, brought = _forest(result)
    hops = int(log.hop.max()) + 2 if log.hop.size else 1
    shares = np.bincount(log.hop, minlength=hops)
    noticed = result.counts[result.ours, s.NOTICED, ..., 1].sum(axis=(0, 1))[:hops]
    total, squares = (
        np.bincount(log.hop, weights=brought**power, minlength=hops) for power in (1, 2)
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        r = total / shares
        spread = np.sqrt(np.maximum(squares / shares - r**2, 0.0) / np.maximum(shares - 1, 1))
    return Generations(noticed, shares, r, np.where(shares > 1, spread, np.nan))


def sentence(found: Generations) -> str:
    """What the generations say, in a sentence."""
    shares = int(found.shares.sum())
    if shares == 0:
        return "Nobody passed it on: there is no generation after the first."
    later = int(found.shares[1:].sum())
    if later == 0:
        return f"{_many(shares)} at first hand, and nobody passed it on from there: R is 0."
    judged = np.flatnonzero(found.shares >= ENOUGH)
    if judged.size == 0:
        return f"{_many(shares)}, {later:,} of them from people: too few to tell R by generation."
    best = int(judged[np.argmax(found.r[judged])])
    if found.r[best] > 1.0:
        grew = int((found.r[judged] > 1.0).sum())
        return (
            f"It grew for a while: R was above 1 in {grew} of {judged.size} generations, at most "
            f"{found.r[best]:.2g} (hop {best}); {later:,} of {shares:,} shares came of other "
            "people's."
        )
    return (
        f"A share brought at most {found.r[best]:.2f} others (R at hop {best}), fewer than one in "
        f"every generation: cascades die out on average, and {later:,} of {shares:,} shares came "
        "of other people's."
    )


def generations(result: Result) -> Picture:
    """Draw reach and R, by generation above and over time below.

    R of a generation is the number of shares at hop h + 1 for each at hop h; below 1 a cascade
    dies out on average. Bars of R are two standard errors either way, from how unequally shares
    bring others. Over all generations of a campaign that has ended R is below 1 whatever
    happened, since every tree of it is finite: growth shows generation by generation.
    """
    found = generations_of(result)
    figure, top = titled(
        sentence(found), f"{result.scenario.name}, seed {result.seed}; bars: 2 s.e.", (10.5, 6.6)
    )
    grid = figure.add_gridspec(
        2, 2, left=0.065, right=0.985, top=top, bottom=0.115, wspace=0.16, hspace=0.55
    )
    _by_hop(figure.add_subplot(grid[0, 0]), found)
    _r_by_hop(figure.add_subplot(grid[0, 1]), found)
    _in_time(figure.add_subplot(grid[1, 0]), result)
    _r_in_time(figure.add_subplot(grid[1, 1]), result)
    return figure


def _by_hop(axes: Axes, found: Generations) -> None:
    title(axes, "People at each hop: noticed it first there, passed it on")
    rows = slice(0, min(found.shares.size, _HOPS))
    both = np.stack([found.noticed[rows], found.shares[rows]])
    if not both.any():
        empty(axes, "Nobody noticed anything.")
        return
    hops = np.arange(both.shape[1])
    for values, colour, form, name in zip(
        both, (NOTICED, PASSED_ON), ("o", "s"), ("noticed first", "passed on"), strict=True
    ):
        # Points, for the length of a bar says nothing where there is no 0.
        some = values > 0
        axes.plot(
            hops[some], values[some], f"{form}-", color=colour, lw=1.6, markersize=6, label=name
        )
    axes.set(yscale="log", ylim=(0.7, both.max() * 1.6), xlim=(-0.6, max(hops[-1], 3) + 0.6))
    axes.set_yticks([10.0**k for k in range(len(str(int(both.max()))))])
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(short)
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axes.set_xlabel("hop (0: from the brand, 1: from one who had it from the brand)")
    axes.set_ylabel("people by message, logarithmic")
    above(axes)
    bare(axes, "y")


def _r_by_hop(axes: Axes, found: Generations) -> None:
    title(axes, "R by generation: shares at the next hop for each share")
    known = np.flatnonzero(found.shares > 0)[:_HOPS]
    if known.size == 0:
        empty(axes, "Nobody passed it on.")
        return
    _points(axes, known.astype(float), found.r[known], found.error[known], found.shares[known])
    axes.set_xlim(-0.6, max(known[-1], 3) + 0.6)
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axes.set_xlabel("hop of those who passed it on")


def _in_time(axes: Axes, result: Result) -> None:
    title(axes, "Over time: people reached, shares")
    when = timed(axes, result)
    columns = result.columns
    both = (columns["reach"], columns["shares"] + columns["reshares"])
    for values, colour, name in zip(both, (NOTICED, PASSED_ON), ("reached", "shares"), strict=True):
        axes.plot(when, np.concatenate([[0], np.cumsum(values)]), color=colour, lw=2.4, label=name)
    axes.set_ylim(0, max(axes.get_ylim()[1], 1.0))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(short)
    axes.set_ylabel("people, shares so far")
    above(axes)
    bare(axes, "y")


def _r_in_time(axes: Axes, result: Result) -> None:
    title(axes, "R over time: shares that came of each share made then")
    log, brought = _forest(result)
    if log.tick.size == 0:
        empty(axes, "Nobody passed it on.")
        return
    timed(axes, result)
    edges = np.unique(np.linspace(0, result.ticks, min(_PERIODS, result.ticks) + 1).round())
    period = np.searchsorted(edges, log.tick, side="right") - 1
    size = edges.size - 1
    count = np.bincount(period, minlength=size)
    total, squares = (np.bincount(period, brought**power, size) for power in (1, 2))
    known = np.flatnonzero(count)
    r = total[known] / count[known]
    spread = np.maximum(squares[known] / count[known] - r**2, 0.0)
    error = np.sqrt(spread / np.maximum(count[known] - 1, 1))
    middle = at(result, (edges[:-1] + edges[1:])[known] / 2)
    _points(axes, middle, r, np.where(count[known] > 1, error, np.nan), count[known])
    named(axes, result, ", when the share was decided on")


def _points(
    axes: Axes,
    where: NDArray[np.float64],
    r: NDArray[np.float64],
    error: NDArray[np.float64],
    count: NDArray[np.int64],
) -> None:
    """Draw R with its bars; pale where there are too few shares to say much."""
    for some, colour, name in (
        (count >= ENOUGH, INK, f"{ENOUGH} shares or more"),
        (count < ENOUGH, "#9A9A9A", "fewer"),
    ):
        if some.any():
            bars = 2 * np.nan_to_num(error[some])
            axes.errorbar(
                where[some], r[some], (np.minimum(bars, r[some]), bars), fmt="o", markersize=5.5,
                color=colour, elinewidth=1.3, label=name,
            )  # fmt: skip
    high = float(max(1.25, (r + 2 * np.nan_to_num(error))[count >= ENOUGH].max(initial=0) * 1.12))
    # Below 0 is only the lower half of a point.
    axes.set_ylim(-0.04 * high, max(high, float(r.max()) * 1.1))
    axes.axhline(1.0, color=ORANGE, linewidth=1.2, linestyle="--", zorder=1, label="1: one for one")
    axes.set_ylabel("R")
    above(axes)
    bare(axes, "y")


def _forest(result: Result) -> tuple[Log, NDArray[np.float64]]:
    """Shares of the brand's own messages, and how many others came of each at once."""
    ours = result.ours[result.share_log.message]
    log = Log(*(column[ours] for column in result.share_log))
    parent = parents(log, result.role.size)
    return log, np.bincount(parent[parent >= 0], minlength=parent.size).astype(np.float64)


def _many(shares: int) -> str:
    return "One share" if shares == 1 else f"{shares:,} shares"
