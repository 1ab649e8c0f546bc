"""A result as a document: for a terminal and a notebook in short, for a page in full."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from ...scenarios.texts import titled
from ...sim.comparison import sentence
from ..show import notebook
from ..show.cells import Code, Group, Rate, Row
from ..show.document import (
    EVERYWHERE,
    IN_FULL,
    Column,
    Document,
    Figure,
    Number,
    On,
    Section,
    Table,
    Words,
)
from ..show.numbers import FINITE, written
from ..vocabulary.currency import in_currency
from ..vocabulary.glossary import GROUPS, TERMS, stage_in_words, term
from ..vocabulary.headlines import headlines
from ..vocabulary.outcomes import named
from ..vocabulary.themes import theme_of
from ..vocabulary.yardsticks import Yardstick, passed_on
from .headline import headline
from .sections import in_full

if TYPE_CHECKING:
    from ...sim.result import Result

# The numbers to be seen at once, of those that matter in the campaign.
_NUMBERS: Final = ("conversions", "profit", "cost", "reach", "return_on_spend")
# How many numbers are seen at once, and how many of these answer the question.
_AT_ONCE: Final = 5
_ANSWERS: Final = 2
# Indicators beside one another, and generations, that a line of a terminal has room for.
_ABREAST: Final = 2
_GENERATIONS: Final = 5
_DIGEST: Final = 12


def card(result: Result) -> str:
    """A result as a notebook shows it."""
    return notebook.html(document(result, On.CARD))


def document(result: Result, on: On = EVERYWHERE, *, seconds: float | None = None) -> Document:
    """What a campaign came to, to be shown.

    Parameters
    ----------
    result
        What happened.
    on
        Where it will be shown: what only a page has is left out where there is none, because it
        takes longer than a small campaign does.
    seconds
        How long it took, for the small print.
    """
    scenario, network = result.scenario, result.network
    people = f"{network['agents']:,} people, {network['arcs']:,} arcs"
    ticks, took = f"{result.ticks:,} ticks", "" if seconds is None else f" in {seconds:.2f} s"
    digest = result.digest[:_DIGEST]
    sections = [_funnel(result, f"{people}, {ticks}"), *_segments(result), _indicators(result)]
    sections += _broadcast(result)
    pictures: list[Figure] = []
    if On.PAGE in on:
        pictures = list(_pictures(result))
        sections = [Section("In pictures", pictures[1:]), *sections, *in_full(result)]
    return Document(
        kind="run",
        title=f"Scenario {scenario.name}, seed {result.seed}, world {result.world}",
        sentence=headline(result),
        question=scenario.question,
        numbers=list(_numbers(result)),
        picture=pictures[0] if pictures else None,
        sections=sections,
        details=[
            f"{scenario.name}, seed {result.seed}: {people}, {ticks}{took}; digest {digest}",
        ],
        hint=f"digest {digest}… · `.plot()` shows it, `.kpis` has "
        f"{len(result.kpis)} indicators, `.series` and `.shares` are tables, `.save(folder)` "
        "keeps it with a report.",
        facts=[
            ("Scenario", scenario.name),
            ("Its sources", "; ".join(map(titled, scenario.sources)) or "–"),
            ("Network", people),
            ("Length", f"{ticks} of {scenario.hours_per_tick:g} hours"),
            ("Seed of the campaign", str(result.seed)),
            ("Seed of the world", str(result.world)),
            ("Digest of the result", Code(result.digest)),
            ("Digest of the network", Code(network["digest"])),
            *(
                [("Digest of the table of people", Code(network["people"]["digest"]))]
                if network["people"]
                else []
            ),
        ],
    )


def _numbers(result: Result) -> Iterator[Number]:
    shown = [name for names in headlines(result).values() for name in names]
    answers = [each for each in theme_of(result.scenario).yardsticks if each.name not in _NUMBERS]
    answers = [each for each in answers if not math.isnan(each.of(result))]
    for each in answers[:_ANSWERS]:
        yield Number(each.label, written(each.of(result), each.form), _more(each, result))
    left = _AT_ONCE - len(answers[:_ANSWERS])
    known = list(filter(shown.__contains__, _NUMBERS))[:left]
    for name in known:
        label, form, meaning = TERMS[name]
        if name == "conversions":
            label = result.scenario.outcome.capitalize()
        form = in_currency(form, result.scenario)
        yield Number(label, written(result.kpis[name], form), meaning)


def _more(each: Yardstick, result: Result) -> str:
    """What a number means; of those who passed it on also how often they did."""
    if each.name != "sharers":
        return each.meaning
    found = passed_on(result)
    return (
        f"Different people; they did so {found.times:,} times, {found.again:,} of them re-shares."
    )


def _pictures(result: Result) -> Iterator[Figure]:
    """The figures that have something to say; the first is that of the whole."""
    from .figures.campaign import stacked
    from .figures.gallery import GALLERY

    for name, entry in GALLERY.items():
        if entry.shows(result):
            line = f"{entry.line[:1].upper()}{entry.line[1:]}."
            draw = partial(entry.draw, result)
            if name == "campaign":
                yield Figure(line, draw=draw, narrow=partial(stacked, result))
            else:
                yield Figure(line, line, draw)


def _funnel(result: Result, size: str) -> Section:
    """People by stage, each as a share of those who could."""
    rows = [
        (
            stage.stage,
            stage_in_words(stage.stage),
            f"{stage.people:,}",
            f"{stage.events:,}",
            Rate(stage.rate),
            stage.of,
        )
        for stage in result.funnel
    ]
    brief = On.CARD | On.SCREEN
    head = (
        Column("Stage", brief), Column("Stage", On.PAGE), "People", "Times", "Rate",
        Column("Of", note=True),
    )  # fmt: skip
    return Section(
        "The funnel",
        [
            Table("People at each stage, and as a share of those who could", head, rows),
            Words(size, On.CARD),
        ],
        "How many people got how far. A rate is the part of those who could take a stage that did; "
        "the bar is that rate.",
    )


def _segments(result: Result) -> Iterator[Section]:
    """How far the people of each segment got; nothing where there are none."""
    if "segment" not in result.about:
        return
    found = result.breakdown("segment")
    rows: list[Row] = []
    for name, each in found.iterrows():
        could = int(each["people"])
        parts = [Rate(int(each[stage]) / could) for stage in ("notice", "click", "convert")]
        rows.append((str(name), f"{could:,}", parts[0], f"{each['share']:,}", *parts[1:]))
    head = ("Segment", "People", "Noticed", "Shared first-hand", "Clicked", "Bought")
    yield Section(
        "By segment",
        [Table("People of each segment, and which part of them got how far", head, rows)],
        "Each person counts once, as a part of all people of the segment, whether anything reached "
        "them or not.",
        IN_FULL,
    )


def _indicators(result: Result) -> Section:
    """Those that matter, side by side; on a page all by group, each with what it says."""
    few: list[Row] = []
    scenario = result.scenario
    for group, names in headlines(result).items():
        cells = []
        for label, form, name in ((*term(name)[:2], name) for name in names):
            called = scenario.outcome if name == "conversions" else label
            cells += [called.lower(), written(result.kpis[name], in_currency(form, scenario))]
        for k in range(0, len(cells), 2 * _ABREAST):
            line = cells[k : k + 2 * _ABREAST]
            few.append(["" if k else group.lower(), *line, *[""] * (2 * _ABREAST - len(line))])
    every: list[Row | Group] = []
    for group, terms in GROUPS.items():
        every.append(Group(group))
        every += [
            (
                named(scenario) if name == "conversions" else label,
                written(result.kpis[name], in_currency(form, scenario)),
                meaning,
            )
            for name, (label, form, meaning) in terms.items()
        ]
    caption = "Indicators of the campaign"
    return Section(
        "Indicators",
        [
            Table(caption, [""] * (1 + 2 * _ABREAST), few, On.SCREEN),
            Table(caption, ("Indicator", "Value", "What it says"), every, On.PAGE),
        ],
        f"A dash stands where there is nothing to divide by, or no second run. {FINITE}",
        IN_FULL,
    )


def _broadcast(result: Result) -> Iterator[Section]:
    """The comparison with a broadcast, where the scenario names one."""
    told = result.comparison
    if told is None:
        return
    naive, network, television = told["naive"], told["network"], told["television"]
    shown = min(len(naive["exposures"]), len(network["exposures"]), _GENERATIONS)

    def row(label: str, each: list[Any], total: float | None, thousand: str = "") -> Row:
        hops = [written(number, "count") for number in each[:shown]]
        return [label, *hops, *[""] * (shown - len(hops)), written(total, "count"), thousand]

    money = [
        written(number, in_currency("money", result.scenario))
        for number in (
            network["cost_per_thousand"], television["cost_per_thousand_with_production"],
        )
    ]  # fmt: skip
    table = Table(
        "Exposures, and what a thousand cost",
        ["Exposures", *(f"Hop {k}" for k in range(shown)), "In all", "Per 1,000"],
        [
            row("Naive sum", naive["exposures"], naive["total"]),
            row("The network", network["exposures"], network["total"], money[0]),
            row("Television", [], television["viewers"], money[1]),
        ],
    )
    yield Section(
        "Beside television",
        [Words(sentence(told)), table],
        "The sum that multiplies friends by friends of friends; what the network does, in which "
        "people have friends in common and little attention; and what television costs.",
        IN_FULL,
    )
