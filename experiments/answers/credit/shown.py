"""Credit as tables, and as a picture of conversions by role, hop and outlet."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.axes import Axes

from ...show.document import EVERYWHERE, Facts, Number, On, Section, Table
from ...show.numbers import mean
from ...show.style import BLUE, ORANGE, SKY, Picture, above, bare, empty, sheet, ticks, title

if TYPE_CHECKING:
    import pandas as pd

FILES: Final = (
    ("person.parquet", "By person, all of them"),
    ("role.parquet …", "By role, hop, outlet, channel and content, a file each"),
)
# What is told first: on a card, in the picture, and on a terminal if nothing else is asked.
FIRST: Final = ("role", "hop", "outlet")
# In the order in which a page tells them.
TITLES: Final = {
    "role": ("By role", "Their role at the end of the campaign."),
    "hop": (
        "By hop",
        "0: what was passed on was the brand's own post; 1: somebody's share of it; and so on.",
    ),
    "outlet": (
        "By where it began",
        "The brand's profile, an outlet, an ad; beside them the people who passed it on.",
    ),
    "channel": ("By channel", "The channel on which the brand posted it."),
    "content": ("By content", "What the post was."),
    "person": (
        "By person",
        "The twenty to whom most is owed; -1 is the brand, -2 and below its outlets and ads.",
    ),
}
_RULES: Final = {
    "First touch": "The whole conversion goes to whoever began to pass it on.",
    "Last touch": "The whole conversion goes to whoever the buyer had it from.",
    "Shapley": "It is shared out evenly along the chain: without any of them it would not have "
    "come.",
}
_COLOURS: Final = (SKY, BLUE, ORANGE)
# Rows that a panel has room for.
_BARS: Final = 8


def numbers(total: int, direct: int) -> list[Number]:
    """How many conversions there were, and how they came."""
    return [
        Number("Conversions", f"{total:,}", "First purchases, each shared out once."),
        Number("Directly", f"{direct:,}", "From the brand, its outlets and ads."),
        Number("Through people", f"{total - direct:,}", "Over chains of people who passed it on."),
    ]


def owed(what: str, table: pd.DataFrame, most: int, *, screen: bool) -> Section:
    """Conversions by what they are credited to, under each rule; of people the first.

    Parameters
    ----------
    what, table
        As for `Credit.by`, and what it gives.
    most
        Of how many people; the others are told together.
    screen
        Whether a terminal shows it.
    """
    left = max(len(table) - most, 0) if what == "person" else 0
    named = table.head(len(table) - left)
    rows = [(str(label), *map(_conversions, row)) for label, *row in named.itertuples(name=None)]
    if left:
        rows.append((f"{left:,} others", *map(_conversions, table.tail(left).sum())))
    heading, note = TITLES[what]
    on = EVERYWHERE if what in FIRST else On.PAGE
    on = on | On.SCREEN if screen else on & ~On.SCREEN
    shown = Table(
        f"Conversions {heading[0].lower()}{heading[1:]}", (what.capitalize(), *_RULES), rows,
        on, more=f".table({what!r})",
    )  # fmt: skip
    return Section(heading, [shown], note, on)


def rules() -> Section:
    """What each rule says."""
    return Section("The three rules", [Facts(list(_RULES.items()))], on=On.PAGE)


def touches(sentence: str, note: str, tables: Mapping[str, pd.DataFrame]) -> Picture:
    """Draw what is owed to whom: a panel for each table, a bar for each rule."""
    figure = sheet(sentence, note, 13, 3.7)
    panels = figure.subplots(1, len(tables))
    for axes, (what, table) in zip(panels, tables.items(), strict=True):
        _draw(axes, what, table)
    return figure


def _draw(axes: Axes, what: str, whole: pd.DataFrame) -> None:
    if whole.empty:
        empty(axes, f"No conversions to credit by {what}.")
        return
    table, left = whole.head(_BARS), len(whole) - _BARS
    rows = np.arange(len(table))
    for k, (rule, label, colour) in enumerate(zip(table, _RULES, _COLOURS, strict=True)):
        axes.barh(rows + 0.26 * (k - 1), table[rule], height=0.24, color=colour, label=label)
    names = [fill(str(name).replace("_", " "), 22) for name in table.index]
    axes.set_yticks(rows, names, fontsize=9.5)
    axes.set_ylim(len(table) - 0.45, -0.55)
    title(axes, f"Conversions by {what}")
    above(axes)
    bare(axes)
    axes.xaxis.set_major_formatter(ticks())
    axes.set_xlabel("conversions" + (f"; and {left:,} more, in the table" if left > 0 else ""))


def _conversions(number: float) -> str:
    return mean(float(number), "number")
