"""The ladder of advocacy: how many stand on each rung, over time (002)."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.ticker import NullLocator

from ....sim.result import Result
from ...show.style import (
    AMBER,
    BLUE,
    GREEN,
    GREY,
    INK,
    MAUVE,
    ORANGE,
    Picture,
    bare,
    empty,
    short,
    titled,
)
from .ends import ends, timed

_RUNGS: Final = (
    ("aware", GREY, "-"),
    ("followers", BLUE, "-"),
    ("participants", GREEN, "-"),
    ("identified", AMBER, "--"),
    ("activated", ORANGE, "--"),
    ("nurtured", MAUVE, "--"),
    ("advocates", INK, "-"),
)


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
    figure, top = titled(sentence(result), note, (9.5, 5.2))
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


def sentence(result: Result) -> str:
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
