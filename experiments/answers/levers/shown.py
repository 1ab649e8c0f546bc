"""Levers as tables, and as a waterfall from the base to the scenario with all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from ....scenarios.toml import literal
from ...estimates.interval import LEVEL, Estimate
from ...show.cells import Lines, Row, Size, changed
from ...show.document import IN_FULL, Number, On, Points, Section, Table
from ...show.numbers import NOTE, interval, listed, mean, percent, signed, span, verdict
from ...show.style import BLUE, GREY, INK, ORANGE, SKY, Picture, bare, headed, sheet, ticks
from ...vocabulary.outcomes import Outcome
from ..price import Deal, not_priced

FILES: Final = (
    ("levers.parquet", "A row a lever and outcome: what it is owed, interval, share"),
    ("interactions.parquet", "A row for each two levers, where all combinations were run"),
    ("replicates.parquet", "What each lever is owed in each world"),
)
_READING: Final = (
    (
        "What a lever is owed is the mean of what it adds over all orders in which levers could "
        "be pulled (Shapley value): in every world they add up to the whole difference."
    ),
    "An interaction above 0: together the two add more than each by itself.",
    "An interaction below 0: one does what the other would have done.",
)
# Letters of a lever's name in a line of the picture, and the inches of one.
_LETTERS: Final = 34
_LETTER: Final = 0.075


class Steps(NamedTuple):
    """How one outcome comes from the base to all levers.

    Attributes
    ----------
    outcome
        Which.
    base, whole
        With no lever, and what all together add.
    gains
        What each is owed, the largest first.
    pairs
        The interaction of each two, the strongest first; none where none is known.
    """

    outcome: Outcome
    base: Estimate
    whole: Estimate
    gains: Mapping[str, Estimate]
    pairs: Sequence[tuple[str, str, Estimate]]


def numbers(steps: Sequence[Steps]) -> list[Number]:
    """What all levers change in each outcome."""
    return [
        Number(
            f"{each.outcome.label}, all levers",
            signed(each.whole.mean, each.outcome.form),
            f"From {mean(each.base.mean, each.outcome.form)}"
            + (f"; between {interval}" if (interval := _between(each)) else "")
            + f": {_verdict(each)}.",
        )
        for each in steps
    ]


def what_they_set(levers: Mapping[str, Mapping[str, Any]]) -> Section:
    """What each lever changes."""
    rows = [
        (name, Lines([f"{path} = {literal(to)}" for path, to in changes.items()]))
        for name, changes in levers.items()
    ]
    table = Table("What each lever changes", ("Lever", "It sets"), rows)
    return Section("The levers", [table], on=On.PAGE)


def owed(steps: Steps, level: float) -> Section:
    """What each lever is owed in an outcome."""
    outcome, whole = steps.outcome, steps.whole
    most = max((abs(gain.mean) for gain in steps.gains.values()), default=0.0)
    # Parts of what may be nothing are no parts.
    sure = _verdict(steps).startswith("surely")
    rows: list[Row] = [
        (
            lever,
            Size(abs(gain.mean) / most if most else 0.0),
            changed(gain, outcome.form, outcome.direction),
            percent(gain.mean / whole.mean) if sure else "–",
        )
        for lever, gain in steps.gains.items()
    ]
    rows.append(("together", "", changed(whole, outcome.form, outcome.direction), ""))
    caption = f"{outcome.label}: what is owed to each, with intervals of {percent(level)}"
    head = ("Lever", "Size", outcome.label, "Of the whole")
    table = Table(caption, head, rows, more=f".table({outcome.name!r})")
    return Section(f"Owed to each: {outcome.label.lower()}", [table])


def together(steps: Steps) -> Section:
    """Which two levers add more or less together than each by itself, the strongest first."""
    label = steps.outcome.label
    rows = [
        (f"{first} with {second}", changed(found, steps.outcome.form))
        for first, second, found in steps.pairs
        if found.mean != 0.0
    ]
    table = Table(f"{label}: what two add together", ("Two levers", "More together"), rows)
    return Section(f"Levers that work together: {label.lower()}", [table], on=IN_FULL)


def at_its_cost(deals: Mapping[str, Deal], outcome: Outcome) -> list[Section]:
    """What each lever brings and costs, the most for the money first; what has no price apart."""
    if outcome.name in ("cost", "profit") or not any(deal.cost.moved for deal in deals.values()):
        return not_priced({name: deal.untold for name, deal in deals.items()})
    ranked = sorted(deals, key=lambda name: _place(deals[name], outcome))
    rows: list[Row] = [
        (
            name,
            changed(deals[name].gain, outcome.form, outcome.direction),
            changed(deals[name].cost, outcome.money, -1),
            deals[name].one_more(outcome),
        )
        for name in ranked
    ]
    rows.append(("spend nothing: keep the money", "0", "0", "–"))
    head = ("Lever", outcome.label, "Cost", "One more costs")
    table = Table("What each is owed, by what it costs", head, rows)
    return [
        Section("For the money", [table]),
        *not_priced({name: deal.untold for name, deal in deals.items()}),
    ]


def largest(gains: Mapping[str, Estimate], whole: Estimate, form: str) -> Iterator[str]:
    """Which of several levers is owed the largest part of the whole, and which moved nothing."""
    way = -1.0 if whole.mean < 0 else 1.0
    most = max(gains, key=lambda name: way * gains[name].mean)
    if gains[most].mean:
        yield f"the largest part, {interval(gains[most], form)}, is owed to {most}"
    if idle := [name for name, gain in gains.items() if gain.moved == 0]:
        yield f"{listed(idle)} changed nothing"


def for_money(deals: Mapping[str, Deal], outcome: Outcome) -> list[str]:
    """Which lever brings most for its money, as part of a sentence; nothing where none can."""
    if outcome.name in ("cost", "profit"):
        return []
    known = {
        name: deal
        for name, deal in deals.items()
        if deal.ranked and deal.gain.surely(outcome.good, len(deals))
    }
    if not known:
        return []
    best = min(known, key=lambda name: _place(known[name], outcome))
    return [f"for its money {best} brings most ({known[best].one_more(outcome)})"]


def decided(profits: Mapping[str, Estimate], deals: Mapping[str, Deal]) -> str:
    """Which levers surely earn more than they cost, as far as it is known what they cost.

    Parameters
    ----------
    profits, deals
        What each lever is owed in profit, and what it brings, costs and has no price for.
    """
    priced = [name for name, deal in deals.items() if not deal.untold]
    if not priced:
        return "Decision: open; no lever has a price."
    paying = [name for name in priced if profits[name].surely(1, len(priced))]
    if not paying:
        return "Decision: keep the money; no lever with a price surely earns more than it costs."
    earn = "earns more than it costs" if len(paying) == 1 else "earn more than they cost"
    return f"Decision: pull {listed(paying)}, which surely {earn}."


def _place(deal: Deal, outcome: Outcome) -> tuple[int, float]:
    """What brings most for its money first, then what has no price, then what may not help."""
    if not deal.gain.surely(outcome.good):
        return 2, 0.0
    return (0, -deal.rate(outcome.good)) if deal.ranked else (1, -abs(deal.gain.mean))


def how_to_read(level: float) -> Section:
    """What the numbers say."""
    notes = (*_READING, NOTE) if level == LEVEL else _READING
    return Section("How to read it", [Points(notes)], on=On.PAGE)


def waterfall(sentence: str, note: str, steps: Sequence[Steps]) -> Picture:
    """Draw what each lever is owed: a panel for each outcome, and a step with its interval each."""
    levers = list(steps[0].gains)
    longest = 12 + max(map(len, levers))
    wide = 5.0 + _LETTER * min(longest, _LETTERS)
    figure = sheet(sentence, note, wide * len(steps), 1.1 + 0.46 * (len(levers) + 2))
    panels = figure.subplots(1, len(steps), squeeze=False)[0]
    for axes, each in zip(panels, steps, strict=True):
        _draw(axes, each)
    return figure


def _draw(axes: Axes, steps: Steps) -> None:
    """Draw the steps from the base to all levers in one outcome, the largest first."""
    form, start = steps.outcome.form, steps.base.mean
    end = start + steps.whole.mean
    gains, low, high = (
        np.array([getattr(gain, name) for gain in steps.gains.values()])
        for name in ("mean", "low", "high")
    )
    edges = start + np.concatenate([[0.0], np.cumsum(gains)])
    rows = np.arange(gains.size)
    colours = [BLUE if gain > 0 else ORANGE for gain in gains]
    axes.barh(-1, start, height=0.6, color=SKY)
    axes.barh(gains.size, end, height=0.6, color=SKY)
    axes.barh(rows, gains, left=edges[:-1], height=0.6, color=colours)
    for row in rows:
        axes.plot([edges[row + 1]] * 2, [row - 0.3, row + 1.3], color=GREY, linewidth=0.8)
    axes.plot([start] * 2, [-1.3, 0.3], color=GREY, linewidth=0.8)
    finite = np.isfinite(low) & np.isfinite(high)
    axes.hlines(rows[finite], (edges[:-1] + low)[finite], (edges[:-1] + high)[finite], color=INK)
    named = (f"{lever}: {signed(gain.mean, form)}" for lever, gain in steps.gains.items())
    labels = [
        f"base: {mean(start, form)}",
        *(fill(text, _LETTERS) for text in named),
        f"all: {mean(end, form)}",
    ]
    axes.set_yticks([-1, *rows, gains.size], labels, fontsize=9.5)
    axes.set_ylim(gains.size + 0.6, -1.6)
    headed(axes, steps.outcome.label)
    bare(axes)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.xaxis.set_major_formatter(ticks(form))
    axes.locator_params(axis="x", nbins=6)


def _between(steps: Steps) -> str:
    return span(steps.whole.low, steps.whole.high, steps.outcome.form)


def _verdict(steps: Steps) -> str:
    whole = steps.whole
    return verdict(whole.mean, whole.low, whole.high, steps.outcome.direction)
