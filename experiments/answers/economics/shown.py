"""The economics of a campaign as a table, and its profit as a picture."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, NullLocator
from numpy.typing import NDArray

from ...estimates.interval import Estimate
from ...estimates.ratio import Ratio
from ...show.cells import Group, Measured, Row, Spanned, measured
from ...show.document import IN_FULL, Facts, On, Section, Table
from ...show.numbers import percent
from ...show.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    SKY,
    Picture,
    above,
    bare,
    decades,
    empty,
    sheet,
    ticks,
    title,
)
from .added import Incremental, PresentValue
from .books import RETURNS
from .break_even import BreakEven
from .broadcast import Beside
from .risk import Risk, TailRisk

FILES: Final = (
    ("table.parquet", "The table of this page: group, name, value, low, high, form"),
    ("replicates.parquet", "A row a campaign of each kind and world: money, reach, sales"),
)
# The groups of the table, each with what it says.
_GROUPS: Final = {
    "Costs": "Mean cost by mean number: what one of each costs.",
    "Return": "Revenue by cost (ROAS), whatever it took to make what was sold; profit by cost "
    "(ROI); and, by the gross margin, the return on spend and the cost of a conversion at which "
    "nothing is left.",
    "Incentive": "The campaign with its incentive against the same one without it.",
    "Broadcast": "Paid media for the same money, at its price per thousand.",
    "Campaign less broadcast": "Above 0 the campaign has more of it than the broadcast.",
    "Break-even": "How many would have to pass it on for the campaign to pay.",
    "Value": "Money later is worth less than money now; what word of mouth adds is the difference "
    "to the same campaign in which nobody passes anything on.",
    "Risk": "What may go wrong, over all worlds.",
    "Take-off": "A cascade of 100 shares or more; below that, the middle of the worlds.",
}
# Those that a card has no room for.
_LONG: Final = ("Broadcast", "Take-off")
_MONEY: Final = ("cost", "profit")


class Item(NamedTuple):
    """A line of the table.

    Attributes
    ----------
    group, name
        Of which group, and what.
    value, low, high
        How much, and between what; nan where there is no interval.
    form
        How it is written.
    """

    group: str
    name: str
    value: float
    low: float
    high: float
    form: str


def items(
    costs: Mapping[str, Ratio],
    returns: Mapping[str, Ratio],
    incentive: Incremental | None,
    beside: Beside | None,
    point: BreakEven | None,
    value: PresentValue,
    risk: Risk,
) -> Iterator[Item]:
    """The lines of the table, in the order in which they are read."""
    if incentive is not None:
        for name, each, form in (
            ("profit that it adds", incentive.profit, "money"),
            ("of all worlds, it is paid in", incentive.paid, "rate"),
            ("conversions that it adds", incentive.conversions, "number"),
            ("cost per incremental conversion", incentive.cost_per_conversion, "money"),
            ("cost per incremental share", incentive.cost_per_share, "money"),
            ("shares that are made anyway", incentive.anyway, "count"),
            ("shares that it wins", incentive.won, "count"),
            ("shares that it costs", incentive.lost, "count"),
            ("of all shares, made anyway", incentive.paid_anyway, "rate"),
        ):
            if form != "money" or incentive.acts:
                yield _item("Incentive", name, each, form)
    for name, cost in costs.items():
        yield _item("Costs", name.replace("_", " "), cost, "money")
    for name, quotient in returns.items():
        yield _item("Return", name, quotient, RETURNS[name])
    if beside is not None:
        yield from _named("Broadcast", beside.broadcast, "count")
        yield _item("Broadcast", "cost per thousand exposures", beside.thousand[1], "money")
        yield _item("Broadcast", "cost per conversion", beside.conversion[1], "money")
        # Their costs are the same by design.
        less = {name: each for name, each in beside.difference.items() if name != "cost"}
        yield from _named("Campaign less broadcast", less, "number")
    if point is not None and not point.why_none:
        yield Item(
            "Break-even", "factor of the odds", point.factor, point.low, point.high, "number"
        )
        yield _alone("Break-even", "share rate there", point.share_rate, "rate")
        yield _alone("Break-even", "share rate now", point.now.share_rate, "rate")
    for name, part in (
        ("net present value", value.value),
        ("lost by waiting", value.discounted_away),
        ("of word of mouth", value.whole),
        ("  through earlier purchases", value.acceleration),
        ("  through further purchases", value.expansion),
        ("  repeats and costs", value.other),
    ):
        yield _item("Value", name, part, "money")
    yield from _risks(risk)


def _risks(risk: Risk) -> Iterator[Item]:
    yield _item("Risk", "chance of backlash", risk.backlash, "rate")
    yield _item("Risk", "chance of a loss", risk.loss, "rate")
    for at, profit in risk.profit.items():
        yield _alone("Risk", f"profit, {at} lie below", profit, "money")
    worst = risk.worst
    if worst is not None:
        most, low, high = worst.value_at_risk, worst.low, worst.high
        yield Item("Risk", "profit at risk, worst 5 %", most, low, high, "money")
        yield _alone("Risk", "mean of the worst 5 %", worst.shortfall, "money")
    yield _item("Take-off", "chance of taking off", risk.take_off, "rate")
    both = (("having taken off", risk.given_take_off), ("if not", risk.given_none))
    for when, given in both:
        for name, spread in given.items():
            low, middle, high = spread.values()
            yield Item("Take-off", f"{name}, {when}", middle, low, high, "number")


def _named(group: str, found: Mapping[str, Estimate], form: str) -> Iterator[Item]:
    for name, each in found.items():
        yield _item(group, name, each, "money" if name in _MONEY else form)


def _item(group: str, name: str, found: Spanned, form: str) -> Item:
    cell = measured(found, form)
    return Item(group, name, cell.mean, cell.low, cell.high, form)


def _alone(group: str, name: str, value: float, form: str) -> Item:
    return Item(group, name, value, math.nan, math.nan, form)


def unbounded(lines: Sequence[Item]) -> list[str]:
    """What an interval without ends means, where there is one."""
    some = any(math.isinf(each.low) and math.isinf(each.high) for each in lines)
    return ["“Anything”: too few worlds differ, or too few are sold, for an interval."] * some


def sections(lines: Sequence[Item], level: float) -> list[Section]:
    """The table, of which a card has no room for all groups; and what each group says."""
    groups = {group: list(each) for group, each in groupby(lines, attrgetter("group"))}
    card = {group: each for group, each in groups.items() if group not in _LONG}
    notes = [(group, _GROUPS[group]) for group in groups]
    return [
        Section(
            "What it costs and is worth",
            [_table(groups, level, IN_FULL), _table(card, level, On.CARD)],
        ),
        Section("What each part says", [Facts(notes)], on=On.PAGE),
    ]


def _table(groups: Mapping[str, Sequence[Item]], level: float, on: On) -> Table:
    rows: list[Row | Group] = []
    for group, lines in groups.items():
        rows.append(Group(group))
        rows += [
            (line.name, "–" if math.isnan(line.value) else Measured(*line[2:])) for line in lines
        ]
    caption = f"The economics, with intervals of {percent(level)}"
    return Table(caption, ("What", "Mean"), rows, on, most=len(rows))


def profit(
    sentence: str,
    note: str,
    values: NDArray[np.float64],
    worst: TailRisk | None,
    point: BreakEven | None,
    unit: str,
    *,
    narrow: bool,
) -> Picture:
    """Draw profit over the worlds with its worst part, and profit by share rate if asked."""
    parts = 2 if point is not None and len(point.points) > 1 else 1
    if narrow:  # the page of a telephone has the sentence right above it
        figure = sheet("", note, 4.6, 3.6 * parts)
    else:
        figure = sheet(sentence, note, 13 if parts == 2 else 8, 4.2)
    panels = figure.subplots(*((parts, 1) if narrow else (1, parts)), squeeze=False).ravel()
    _draw_replicates(panels[0], values, worst, unit)
    if point is not None and parts == 2:
        _draw_share_rates(panels[1], point, unit)
    return figure


def _draw_replicates(
    axes: Axes, values: NDArray[np.float64], worst: TailRisk | None, unit: str
) -> None:
    """Draw the profit of every world as a histogram, the worst 5 per cent apart."""
    bins = np.histogram_bin_edges(values, "auto" if values.std() else 1).tolist()
    if worst is None:
        axes.hist(values, bins=bins, color=SKY, label="worlds")
    else:
        bad = values <= worst.value_at_risk
        axes.hist(
            [values[bad], values[~bad]], bins=bins, stacked=True, color=[ORANGE, SKY],
            label=["as bad as the worst 5 %", "the others"],
        )  # fmt: skip
    low, high = float(values.min()), float(values.max())
    # Where 0 is far away, most of the panel would be empty.
    near = low - (high - low) <= 0.0 <= high + (high - low)
    if near:
        axes.axvline(0, color=INK, linewidth=1)
    axes.axvline(float(values.mean()), color=BLUE, linewidth=2, label="mean")
    above(axes)
    axes.set_ylabel("worlds")
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.set_xlabel(f"profit ({unit})")
    bare(axes, grid="y")
    axes.xaxis.set_major_formatter(ticks())
    beyond = "" if near else ", all below 0" if high < 0.0 else ", all above 0"
    title(axes, f"Profit of each world{beyond}")


def _draw_share_rates(axes: Axes, point: BreakEven, unit: str) -> None:
    """Draw mean profit with its interval by how many pass it on, and where it breaks even."""
    rates = np.array([each.share_rate for each in point.points])
    means, low, high = (
        np.array([getattr(each.profit, name) for each in point.points])
        for name in ("mean", "low", "high")
    )
    shown = np.isfinite(rates) & np.isfinite(low) & np.isfinite(high) & (rates > 0)
    if not shown.any():
        empty(axes, "Nobody passes it on at any of the rates that were tried.")
        return
    axes.fill_between(
        rates[shown], low[shown], high[shown], color=SKY, linewidth=0, label="95 % interval"
    )
    axes.plot(rates[shown], means[shown], "o-", color=BLUE, markersize=3.5, label="mean")
    axes.axhline(0, color=INK, linewidth=1)
    if point.now.share_rate > 0:
        axes.axvline(point.now.share_rate, color=GREY, linewidth=1, linestyle=":")
        axes.annotate(
            "now", (point.now.share_rate, 1), (3, -10), xycoords=("data", "axes fraction"),
            textcoords="offset points", fontsize=9, color=GREY,
        )  # fmt: skip
    if not point.why_none and point.share_rate > 0:
        axes.plot([point.share_rate], [0], "D", color=ORANGE, markersize=7, zorder=3)
        axes.annotate(
            f"breaks even: {percent(point.share_rate)}", (point.share_rate, 0), (-6, 8),
            textcoords="offset points", ha="right", fontsize=9, color=INK,
        )  # fmt: skip
    axes.margins(y=0.1)
    axes.set_xscale("log")
    axes.set_xlabel("of those who notice it, how many pass it on (logarithmic)")
    bare(axes, grid="y")
    axes.set_xticks(decades(float(rates[shown].min()), float(rates[shown].max())))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(ticks("rate"))
    axes.yaxis.set_major_formatter(ticks())
    axes.set_ylabel(f"mean profit ({unit})")
    title(axes, "Mean profit by share rate")
    above(axes)
