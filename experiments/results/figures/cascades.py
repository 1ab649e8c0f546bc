"""Cascades: their sizes with the fitted tail, and the largest as a tree.

In the tree rings are hops, and a branch has the room that it fills.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Circle
from matplotlib.ticker import FuncFormatter, NullLocator
from numpy.typing import NDArray

from ....sim.result import Result
from ....sim.trees import Tree
from ...estimates.power_law import ENOUGH, Tail, tail
from ...show.colours import ADVOCATES, FANS, PASSED_ON, STRANGERS
from ...show.numbers import percent
from ...show.style import (
    GREY,
    INK,
    ORANGE,
    PALE,
    Picture,
    above,
    bare,
    decades,
    empty,
    short,
    title,
    titled,
)

# More are no tree to the eye.
MOST: Final = 2_000
_ROLES: Final = (
    ("stranger", STRANGERS, "o"), ("fan", FANS, "s"), ("advocate", ADVOCATES, "^"),
)  # fmt: skip


def cascades(result: Result) -> Picture:
    """Draw how many cascades grew how large, and the largest of them.

    On the left the share of cascades of at least each size, with a discrete power law fitted to
    the tail where at least 50 cascades are in it (`estimates.power_law`). On the right the largest
    cascade: the first share in the middle, a ring a hop, roles by colour and form.
    """
    figure, top = titled(sentence(result), f"{result.scenario.name}, seed {result.seed}", (11, 5.6))
    low = 0.125
    _sizes(figure.add_axes((0.075, low, 0.4, top - low)), result)
    _tree(figure.add_axes((0.54, 0.055, 0.445, top - 0.055)), result)
    return figure


def sentence(result: Result) -> str:
    """How unequal the cascades are, in a sentence."""
    size = result.cascades.size
    if size.size == 0:
        return "Nobody passed it on, so there is no cascade."
    if size.max() == 1:
        return (
            "The one cascade is a single share that nobody passed on."
            if size.size == 1
            else f"All {size.size:,} cascades are single shares that nobody passed on."
        )
    if size.size == 1:
        return f"There is one cascade, of {size[0]:,} shares."
    alone = percent(float((size == 1).mean()))
    most = percent(float(size.max() / size.sum()))
    return (
        f"Of {size.size:,} cascades {alone} end with the first share; the largest, of "
        f"{size.max():,}, holds {most} of all shares."
    )


def _sizes(axes: Axes, result: Result) -> None:
    title(axes, "How many cascades grow how large")
    size = result.cascades.size
    if size.size == 0:
        empty(axes, "Nobody passed it on.")
        return
    values, counts = np.unique(size, return_counts=True)
    share = counts[::-1].cumsum()[::-1] / size.size
    axes.plot(values, share, "o", color=PASSED_ON, markersize=4.5, zorder=3)
    axes.step(
        np.r_[values[0], values], np.r_[share[0], share], where="pre", color=PASSED_ON, lw=1.6
    )
    edge = max(float(values[-1]), 5.0)
    axes.set(xscale="log", yscale="log", xlim=(0.85, edge * 1.9), ylim=(share[-1] / 2.2, 1.6))
    found = tail(size)
    _law(axes, found, values, share)
    axes.set_xticks(decades(1, edge * 1.5))
    axes.set_yticks(decades(share[-1], 1))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(short)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))
    axes.set_xlabel(f"shares in the cascade (of {size.size:,} cascades)")
    axes.set_ylabel("share of cascades at least as large")
    bare(axes, "both")


def _law(
    axes: Axes,
    found: Tail | None,
    values: np.ndarray[tuple[int], np.dtype[np.int64]],
    share: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> None:
    """Draw the fitted tail and say how good it is; say why where there is none."""
    if found is None:
        words = f"No tail is fitted: that takes {ENOUGH} cascades\nof at least two sizes."
    else:
        begin = share[np.searchsorted(values, found.minimum)]
        last = max(float(values[-1]), found.minimum + 1.0)
        x = np.unique(np.geomspace(found.minimum, last, 60).round())
        axes.plot(x, begin * found.share_above(x), color=ORANGE, lw=1.6, ls="--", zorder=4)
        words = (
            f"power law from {found.minimum:,} on, {found.values:,} cascades:\n"
            f"exponent {found.exponent:.2f} ± {found.error:.2f} (s.e.),\n"
            f"K-S distance {found.distance:.2f}; a fit, no proof"
        )
    axes.text(
        0.985, 0.975, words, transform=axes.transAxes, ha="right", va="top", fontsize=9, color=INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 2}, zorder=5,
    )  # fmt: skip


def largest(result: Result, most: int = MOST) -> Tree:
    """The largest cascade of a result, cut after the last generation that fits into `most`.

    Its `size` stays that of the whole.
    """
    found = result.cascades.tree(int(result.cascades.size.argmax()))
    until = np.bincount(found.depth).cumsum()
    kept = slice(int(until[until <= most].max(initial=1)))
    return found._replace(
        person=found.person[kept],
        parent=found.parent[kept],
        depth=found.depth[kept],
        tick=found.tick[kept],
    )


def angles(parent: NDArray[np.int64]) -> NDArray[np.float64]:
    """For each share of a tree in order of generations an angle, by the leaves beyond it."""
    n = parent.size
    leaves = np.zeros(n)
    inner = np.zeros(n, bool)
    inner[parent[1:]] = True
    leaves[~inner] = 1.0
    for row in range(n - 1, 0, -1):
        leaves[parent[row]] += leaves[row]
    start, used = np.zeros(n), np.zeros(n)
    for row in range(1, n):
        above = parent[row]
        start[row] = start[above] + used[above]
        used[above] += leaves[row]
    return np.asarray(2 * np.pi * (start + leaves / 2) / leaves[0])


def _tree(axes: Axes, result: Result) -> None:
    """Draw the largest cascade: the first share in the middle, a ring a hop."""
    if not len(result.cascades) or result.cascades.size.max() == 1:
        title(axes, "The largest cascade")
        empty(axes, "No share was passed on,\nso there is no tree.")
        return
    tree = largest(result)
    drawn = tree.parent.size
    part = "" if drawn == tree.size else f"; drawn: its first {drawn:,}, to hop {tree.depth[-1]}"
    title(axes, f"The largest cascade: {tree.size:,} shares{part}")
    turn = angles(tree.parent)
    x, y = tree.depth * np.cos(turn), tree.depth * np.sin(turn)
    for ring in range(1, int(tree.depth[-1]) + 1):
        axes.add_patch(_ring(ring))
    lines = [
        [(x[above], y[above]), (x[row], y[row])] for row, above in enumerate(tree.parent[1:], 1)
    ]
    axes.add_collection(LineCollection(lines, colors=GREY, linewidths=0.7 if drawn < 300 else 0.4))
    size = float(np.clip(1100 / drawn, 5, 55))
    role = result.role_at_birth[tree.person]
    shown: list[Line2D] = []
    for code, (name, colour, marker) in enumerate(_ROLES):
        if (some := role == code).any():
            axes.scatter(
                x[some], y[some], size * (1 + 0.4 * code), colour, marker=marker, zorder=3,
                edgecolors="white", linewidths=0.4 if drawn < 300 else 0.15,
            )  # fmt: skip
            shown.append(Line2D([], [], color=colour, marker=marker, lw=0, label=name))
    axes.plot(0, 0, "o", markersize=np.sqrt(size) + 7, mfc="none", mec=INK, mew=1.4, zorder=4)
    shown.append(Line2D([], [], color=INK, marker="o", mfc="none", lw=0, label="the first share"))
    edge = float(tree.depth[-1]) * 1.06
    axes.set(xlim=(-edge, edge), ylim=(-edge, edge), aspect="equal")
    axes.set_axis_off()
    above(axes, shown, 4)


def _ring(radius: float) -> Circle:
    return Circle((0, 0), radius, fill=False, edgecolor=PALE, linewidth=0.8, zorder=0)
