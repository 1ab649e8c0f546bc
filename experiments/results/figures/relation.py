"""The relation: trust in the brand and bond with it at the end, by role at birth."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from ....sim.result import Result
from ...show.numbers import percent
from ...show.style import AMBER, BLUE, GREY, INK, ORANGE, Picture, bare, headed, titled

_ROLES: Final = (("strangers", BLUE), ("fans", AMBER), ("advocates", ORANGE))
_BINS: Final = 50
# Less is no change to speak of.
_MOVED: Final = 0.005


def relation(result: Result) -> Picture:
    """Draw how trust and bond are distributed at the end, a ridge for each role at birth.

    Ridges are histograms of fifty bins, each as high as its fullest, by the square root of people,
    so that the few who moved are seen; the dark line is the median, the dotted one the value at
    birth.
    """
    note = f"heights: square root of people; {result.scenario.name}, seed {result.seed}"
    figure, top = titled(sentence(result), note, (10.5, 4.6))
    grid = figure.add_gridspec(1, 2, left=0.13, right=0.985, top=top, bottom=0.145, wspace=0.08)
    for k, name in enumerate(("trust", "bond")):
        axes = figure.add_subplot(grid[k])
        _ridges(axes, result, name)
        if k:
            axes.set_yticklabels([])
    return figure


def medians(result: Result, name: str) -> list[tuple[float, float]]:
    """Trust or bond at birth, and its median at the end, for each role; nan where nobody is."""
    born = getattr(result.scenario.people, name)
    values: NDArray[np.float32] = getattr(result, name)
    start = (born.stranger, born.fan, born.advocate)
    ours = (values[result.role_at_birth == role] for role in range(3))
    return [
        (float(first), float(np.median(those)) if those.size else float("nan"))
        for first, those in zip(start, ours, strict=True)
    ]


def sentence(result: Result) -> str:
    """Whose trust and bond moved, and which way, in a sentence."""
    if not any((moved(result, name) != 0).any() for name in ("trust", "bond")):
        return "Nobody's trust or bond moved."
    ways = []
    for name in ("trust", "bond"):
        up, down = (percent(float((moved(result, name) == way).mean())) for way in (1, -1))
        ways.append(f"{name} rose for {up} of people and fell for {down}")
    furthest = max(
        (
            (abs(last - first), f"{role}' median {name} went from {first:.2f} to {last:.2f}")
            for name in ("trust", "bond")
            for (role, _), (first, last) in zip(_ROLES, medians(result, name), strict=True)
            if last == last
        ),
        default=(0.0, ""),
    )
    ways += [furthest[1]] if furthest[0] >= _MOVED else ["no role's median moved"]
    return f"{', '.join(ways[:2])}; {ways[2]}.".capitalize()


def moved(result: Result, name: str) -> NDArray[np.int64]:
    """For each person 1 where trust or bond is higher than at birth, -1 where lower, else 0."""
    start = np.array([first for first, _ in medians(result, name)])
    change = getattr(result, name) - start[result.role_at_birth]
    return np.asarray(np.sign(change) * (np.abs(change) >= _MOVED), np.int64)


def _ridges(axes: Axes, result: Result, name: str) -> None:
    headed(axes, f"{name.capitalize()} at the end, by role at birth")
    values: NDArray[np.float32] = getattr(result, name)
    labels = []
    for row, ((role, colour), (first, last)) in enumerate(
        zip(_ROLES, medians(result, name), strict=True)
    ):
        those = values[result.role_at_birth == row]
        labels.append(f"{role}\n{those.size:,}")
        if not those.size:
            axes.text(0.5, row + 0.25, "none", ha="center", fontsize=9, color=GREY)
            continue
        share, edges = np.histogram(those, _BINS, (0.0, 1.0))
        height = row + 0.72 * np.sqrt(share / share.max())
        axes.stairs(height, edges, baseline=row, fill=True, color=colour, alpha=0.55, lw=0)
        axes.stairs(height, edges, baseline=row, color=colour, lw=1.2)
        axes.plot([first, first], [row, row + 0.7], color=GREY, lw=1.1, ls=":")
        axes.plot([last, last], [row, row + 0.8], color=INK, lw=1.8)
        change = moved(result, name)[result.role_at_birth == row]
        right = last > 0.55
        part = percent(float((change != 0).mean()))
        axes.annotate(
            f"median {last:.2f}, at birth {first:.2f}; {part} moved", (last, row + 0.8),
            (-3 if right else 3, 0), textcoords="offset points", va="center", fontsize=8.5,
            ha="right" if right else "left", color=INK,
        )  # fmt: skip
    axes.set(xlim=(0, 1), ylim=(-0.04, 3.02))
    axes.set_yticks(np.arange(3) + 0.25, labels)
    axes.set_xlabel(f"{name}, 0 to 1 (dark line: median; dotted: at birth)")
    bare(axes, "x")
