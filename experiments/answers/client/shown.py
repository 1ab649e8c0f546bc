"""A report for a client as it is shown: numbers, money, what happened, the picture over time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache, partial
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from ....sim.ledger import ACCOUNTS
from ...results.figures.network import MOST as MOST_DRAWN
from ...results.figures.network import network
from ...show.cells import Cell, Group, Measured, Row, changed, measured
from ...show.dates import when
from ...show.document import Facts, Figure, Number, On, Section, Table, Words
from ...show.lines import at, named
from ...show.numbers import mean, percent, written
from ...show.style import BLUE, GREY, INK, Picture, above, bare, sheet, short, title
from ...vocabulary.currency import in_currency, unit_of
from ...vocabulary.glossary import STAGES
from ...vocabulary.outcomes import OUTCOMES
from . import told

if TYPE_CHECKING:
    from ....sim.result import Result
    from .world import Pair, Reported

_FIRST: Final = 5
# What a band leaves out on each side.
_TAIL: Final = 10
_COUNTED: Final = ("reach", "impressions", "clicks", "conversions", "new_fans")


def numbers(found: Reported) -> Iterator[Number]:
    """Five numbers to be seen at once, with their intervals."""
    scenario, money = found.scenario, in_currency("money", found.scenario)
    goal, noun = told.goal_of(scenario)
    rows = [(goal, noun.capitalize(), "count")]
    rows += [("profit", "Profit", money)] if told.sells(scenario) else []
    rows += [("cost", "Cost", money)]
    known = {name for name, _, _ in rows}
    rows += [
        (each.name, each.label, each.form)
        for each in found.theme.yardsticks
        if each.name not in known and not math.isnan(found.numbers(each.name).having.mean)
    ]
    for name, label, form in rows[:_FIRST]:
        each = found.numbers(name).having
        ends = told.span_of(each, form)
        value = told.amount(each.mean, form)
        yield Number(label, value, f"on average; {ends}" if ends else "in every world")


def sections(found: Reported) -> list[Section]:
    """What stands behind the headings: first what is printed too."""
    return [_money(found), _happened(found), _where(found), _lost(found), _sure(found)]


def caption(found: Reported) -> str:
    """What the two lines of the picture are, and what they are not."""
    bands = "Bands hold all worlds but a tenth at each end."
    return f"{_beside(found)} {bands} {told.caution(found.fitted)}"


def _cells(pair: Pair, form: str, direction: int = 0) -> list[Cell]:
    return [
        measured(pair.having, form), mean(pair.lacking.mean, form),
        changed(pair.change, form, direction),
    ]  # fmt: skip


_HEADS: Final = ("", "As planned", "Without", "Difference")


def _beside(found: Reported) -> str:
    """What it is held against, in a sentence."""
    without = told.is_about(found.theme, compares=found.compares).without
    return f"“Without” is the same campaign {without}."


def _money(found: Reported) -> Section:
    """Revenue, margin, cost by account, profit: with and without."""
    scenario = found.scenario
    money, made = in_currency("money", scenario), scenario.transact.cost_of_goods
    rows: list[Row | Group] = []
    if told.sells(scenario):
        rows.append(["Revenue", *_cells(found.numbers("revenue"), money, 1)])
        if made > 0.0:
            kept = (
                f"at a margin of {percent(scenario.transact.margin)}"
                if scenario.transact.unit_cost is None
                else f"where one takes {mean(made, money)} to make"
            )
            kept = f"Gross profit, {kept}"
            rows.append([kept, *_cells(found.numbers("gross_profit"), money, 1)])
    for account in ACCOUNTS:
        pair = found.spent(account)
        if pair.having.mean or pair.lacking.mean:
            rows.append([f"Cost: {account}", *_cells(pair, money, -1)])
    rows.append(["Cost in all", *_cells(found.numbers("cost"), money, -1)])
    if told.sells(scenario):
        rows.append(["Profit", *_cells(found.numbers("profit"), money, 1)])
        rows.append(["Revenue by cost", *_cells(found.numbers("return_on_spend"), "number", 1)])
    if scenario.clickable:
        planned, without = found.each_costs("with"), found.each_costs("without")
        cells = (
            Measured(planned.value, planned.low, planned.high, money),
            mean(without.value, money),
        )
        rows.append([f"Cost of one of the {scenario.outcome}", *cells, "–"])
    said = [f"Amounts in {unit_of(scenario)}." if scenario.currency else
            "The scenario names no currency: amounts are in whatever its prices are."]  # fmt: skip
    if told.sells(scenario) and made == 0.0:
        said.append("It names neither a margin nor a unit cost, so all revenue counts as earned.")
    if each := told.each_costs(scenario, found.numbers):
        said.append(f"{each[:1].upper()}{each[1:]}, what is bought again included.")
    table = Table("Money, on average over the worlds", _HEADS, rows)
    return Section(
        "The money",
        [table, Words(" ".join(said))],
        f"{_dates(found)} {_beside(found)}",
        printed=True,
    )


def _dates(found: Reported) -> str:
    """From when to when the campaign runs."""
    scenario = found.scenario
    days = scenario.horizon * scenario.hours_per_tick / 24.0
    lasts = f"{written(days, 'number')} days"
    if scenario.start is None:
        return f"The campaign lasts {lasts}; the scenario names no date on which it starts."
    first, last = (when(scenario, tick) for tick in (0, scenario.horizon))
    return f"The campaign runs from {first} to {last}, {lasts}."


def _happened(found: Reported) -> Section:
    """The numbers of the theme and what was counted, with what can be told from luck."""
    rows: list[Row | Group] = []
    own = {each.name: (each.label, each.form, each.direction) for each in found.theme.yardsticks}
    counted = {
        name: (OUTCOMES[name].label, OUTCOMES[name].form, OUTCOMES[name].direction)
        for name in _COUNTED
        if name not in own
    }
    for name, (label, form, direction) in {**own, **counted}.items():
        pair = found.numbers(name)
        if math.isnan(pair.having.mean) or pair.having.mean == pair.lacking.mean == 0.0:
            continue
        label = found.scenario.outcome.capitalize() if name == "conversions" else label
        rows.append([label, *_cells(pair, form, direction)])
    return Section(
        "What it comes to",
        [Table("What happened, on average over the worlds", _HEADS, rows)],
        f"{_beside(found)} Each world is another town with another luck, the same for both.",
        printed=True,
    )


def _where(found: Reported) -> Section:
    """The first world as a network."""
    first = cache(partial(_first, found))
    figure = Figure(
        "Where in the network of the first world it went.",
        "People of the first world, placed by who hears whom, and what they did. Where there are "
        f"more than {MOST_DRAWN:,}, those of a sample of as many who have ties in it, which are "
        "people with more ties than most, and a square stands for those in it.",
        lambda: _drawn(found, first()),
        (lambda: _drawn(found, first(), narrow=True)) if _many(found) else None,
    )
    return Section("Where it went", [figure], on=On.PAGE)


def _many(found: Reported) -> bool:
    """Whether so many that panels are drawn, which a telephone has below each other.

    The one panel of fewer is moved with a finger: to draw it twice would take longer than all
    worlds of a small campaign.
    """
    network = found.scenario.network
    if found.network is not None:
        return found.network.n > MOST_DRAWN
    return network.file is not None or network.people > MOST_DRAWN


def _first(found: Reported) -> Result:
    from ....sim.campaign import run

    unknown = found.diagnosis.unknown
    scenario = found.scenario if unknown is None else unknown.draws.of(0, found.scenario)
    return run(
        scenario, seed=found.seed, world=found.world, network=found.network, seeds=found.seeds
    )


def _drawn(found: Reported, first: Result, *, narrow: bool = False) -> Picture:
    return network(first, network=found.network, narrow=narrow)


def _lost(found: Reported) -> Section:
    """The stages with what odds a step better would bring."""
    diagnosis = found.diagnosis
    rows: list[Row | Group] = [
        [
            STAGES.get(each.stage, each.act).capitalize(),
            percent(each.rate),
            "cannot change anything" if each.idle else changed(
                each.gain, diagnosis.outcome.form, diagnosis.good
            ),
        ]
        for each in diagnosis.stages
    ]  # fmt: skip
    better = percent(diagnosis.step - 1.0)
    return Section(
        "Where people are lost",
        [
            Table(
                "What each step would bring",
                ["Step", "Of those who could", f"If its odds were {better} better"], rows,
            )
        ],
        f"The change in {diagnosis.noun} over {diagnosis.replicates:,} worlds, the largest first. "
        "“Surely” is said of each step by itself: of so many, one may seem sure by luck. What to "
        "improve first is named where it is sure of all of them together.",
    )  # fmt: skip


def _sure(found: Reported) -> Section:
    pairs = [
        ("Worlds", f"{found.replicates:,}, each with its own people and luck, the same for both."),
        ("“Between”", "The interval that holds the true mean in 95 of 100 such reports."),
        ("Forecast", told.caution(found.fitted)),
        ("Not counted", "What no parameter has a price for, such as time of your own."),
    ]
    return Section("How sure this is", [Facts(pairs)], on=On.PAGE)


def over_time(found: Reported, *, narrow: bool) -> Picture:
    """Draw reach, and what the question is about, as means with bands over the worlds."""
    figure = sheet(
        # The page of a telephone has the sentence right above it.
        ""
        if narrow
        else told.decision(
            found.scenario, found.theme, found.numbers, compares=found.compares, unpaid=found.unpaid
        ),
        f"{found.scenario.name}, {found.replicates:,} worlds",
        4.6 if narrow else 9.5,
        6.0 if narrow else 3.6,
    )
    panels = figure.subplots(*((2, 1) if narrow else (1, 2)))
    names = ("as planned", "without")
    drawn = {"People reached": "reach", found.drawn: "drawn"}
    for axes, (label, which) in zip(panels, drawn.items(), strict=True):
        for (name, rows), colour in zip(
            zip(names, found.worlds.values(), strict=True), (BLUE, GREY), strict=True
        ):
            _band(axes, found, np.stack([getattr(row, which) for row in rows]), name, colour)
        _framed(axes, found, label)
    # One legend for both, which say the same.
    above(panels[0], columns=2)
    return figure


def _band(axes: Axes, found: Reported, values: NDArray[np.float64], name: str, colour: str) -> None:
    begun = np.concatenate([np.zeros((len(values), 1)), values], axis=1)
    times = at(found, np.arange(begun.shape[1]))
    low, high = np.percentile(begun, (_TAIL, 100 - _TAIL), axis=0)
    axes.fill_between(times, low, high, color=colour, alpha=0.22, linewidth=0)
    axes.plot(times, begun.mean(axis=0), color=colour, linewidth=2.2, label=name)


def _framed(axes: Axes, found: Reported, label: str) -> None:
    title(axes, label)
    axes.set_ylim(0.0, 1.05 * max(axes.dataLim.ymax, 1.0))
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_formatter(short)
    named(axes, found)
    axes.tick_params(labelcolor=INK)
    bare(axes, "y")
