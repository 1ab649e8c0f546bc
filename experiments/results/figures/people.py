"""What became of people: the ladder of advocacy (002), and trust in the brand and bond with it."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator
from numpy.typing import NDArray

from ....sim.result import Result
from ...show.colours import ADVOCATES, FANS, NOTICED, PASSED_ON, STRANGERS
from ...show.lines import ends, timed
from ...show.numbers import percent
from ...show.style import GREY, INK, Picture, bare, empty, headed, short, titled

_RUNGS: Final = (
    ("aware", NOTICED, "-"),
    ("followers", FANS, "-"),
    ("participants", PASSED_ON, "-"),
    ("identified", GREY, "--"),
    ("activated", INK, ":"),
    ("nurtured", INK, "--"),
    ("advocates", ADVOCATES, "-"),
)
_ROLES: Final = (("strangers", STRANGERS), ("fans", FANS), ("advocates", ADVOCATES))
_BINS: Final = 50
# Less is no change to speak of.
_MOVED: Final = 0.005


def ladder(result: Result) -> Picture:
    """Draw the ladder of advocacy over time, on a scale that is logarithmic from 1 on.

    Followers and advocates are those there are; aware, participants, identified, activated and
    nurtured those who ever got so far. A rung on which nobody ever stood is not drawn, and named
    below.
    """
    table = result.ladder
    born = _at_birth(result)
    lines = {
        name: np.concatenate([[born.get(name, 0)], table[name].to_numpy()]) for name, _, _ in _RUNGS
    }
    absent = [name for name, values in lines.items() if not values.any()]
    note = f"{result.scenario.name}, seed {result.seed}"
    if absent and len(absent) < len(lines):
        note = f"nobody ever: {', '.join(absent)}; {note}"
    figure, top = titled(_climb(result), note, (9.5, 5.2))
    axes = figure.add_axes((0.075, 0.135, 0.735, top + 0.035 - 0.135))
    if len(absent) == len(lines):
        empty(axes, "Nobody ever stood on any rung.")
        return figure
    when = timed(axes, result)
    most = max(int(values.max(initial=0)) for values in lines.values())
    axes.set_yscale("symlog", linthresh=1.0, linscale=0.45)
    axes.set_ylim(0, max(most, 10) * 1.25)
    axes.set_yticks([0] + [10.0**k for k in range(len(str(max(most, 10))))])
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(short)
    labels = []
    for name, colour, dash in _RUNGS:
        if name not in absent:
            values = lines[name]
            axes.plot(
                when, values, color=colour, lw=2.6 if name == "advocates" else 1.8, ls=dash,
                drawstyle="steps-post", solid_capstyle="butt",
            )  # fmt: skip
            labels.append((float(values[-1]), f"{name} {values[-1]:,}", colour))
    axes.set_ylabel("people, logarithmic from 1 on")
    bare(axes, "y")
    ends(axes, labels)
    return figure


def _climb(result: Result) -> str:
    """How far up the ladder the campaign led, in a sentence."""
    table, n = result.ladder, result.role.size
    before, last = _at_birth(result), {name: 0 for name, _, _ in _RUNGS}
    last |= before
    if len(table):
        last |= {name: int(table[name].iloc[-1]) for name in last}
    won = last["advocates"] - before["advocates"]
    if last["identified"] == 0 and won == 0:
        return (
            f"Nobody was led to advocacy: {last['aware']:,} of {n:,} people took notice, "
            f"{last['participants']:,} took part, and followers went from {before['followers']:,} "
            f"to {last['followers']:,}."
        )
    return (
        f"From {before['advocates']:,} to {last['advocates']:,} advocates: of {last['aware']:,} "
        f"people who took notice {last['participants']:,} took part, {last['identified']:,} were "
        f"approached, {last['activated']:,} accepted and {last['nurtured']:,} were nurtured."
    )


def _at_birth(result: Result) -> dict[str, int]:
    roles = np.bincount(result.role_at_birth, minlength=3)
    return {"followers": int(roles[1:].sum()), "advocates": int(roles[2])}


def relation(result: Result) -> Picture:
    """Draw how trust and bond are distributed at the end, a ridge for each role at birth.

    Ridges are histograms of fifty bins, each as high as its fullest, by the square root of people,
    so that the few who moved are seen; the dark line is the median, the dotted one the value at
    birth.
    """
    note = f"heights: square root of people; {result.scenario.name}, seed {result.seed}"
    figure, top = titled(_movement(result), note, (10.5, 4.6))
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


def _movement(result: Result) -> str:
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
