"""The report of a comparison: what differs, how sure that is, and who was won and lost."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any, Final

from ....scenarios.toml import literal
from ....sim.parameters import Scenario
from ....sim.parameters.paths import flat
from ...show.old_page import Block, Cell, Code, Group, Number, Page, Row, Section, Table, Words
from ...show.old_parameters import WORDS
from ...show.telling import NOTE, Told, between, change, outcome_of, value, verdict
from ...vocabulary.glossary import GROUPS
from ..shelved import Shelved, called, framed, seeds_of

_HOLDS: Final = (
    ("indicators.parquet", "A row an indicator: before, after, difference with interval"),
    ("people.parquet", "How many people were won and lost, with intervals"),
    ("who.parquet", "Who they are in the first world"),
)
_SHOWN: Final = 8
_MOST: Final = 100
_ONE_KEPT: Final = (
    "An earlier version kept only the last of the scenarios: what was changed is not told here."
)
# Those who took part in some way, in the words of the page.
_WHO: Final = {
    "noticed": "noticed a post", "shared": "passed one on", "bought": "bought",
    "joined": "began to follow",
}  # fmt: skip


def comparison_page(found: Shelved) -> Page:
    """The report of a comparison."""
    told = found.told
    first, *others = told["scenarios"]
    noun = outcome_of(told["outcome"]).noun(found.scenario)
    # In the order in which they were compared: the tenth does not come before the second.
    kept = sorted(
        (name for name in found.files if name.startswith("scenario-")),
        key=lambda name: (len(name), name),
    )
    options: dict[str, Any] = {
        "names": told["scenarios"], "outcome": told["outcome"], "replicates": told["replicates"],
        "seed": told["seed"], "world": told["world"],
    }  # fmt: skip
    python = called("wom.compare", [f"wom.load({name!r})" for name in kept], options)
    return framed(
        found,
        what=f"{', '.join(others)} against {first}, {told['replicates']:,} worlds from seed "
        f"{told['seed']}",
        question=f"How does {', '.join(others)} differ from {first}?",
        numbers=list(_numbers(told, noun)),
        sections=[
            *_changed(found, kept),
            *(section for each in told["against_first"] for section in _against(told, each)),
        ],
        facts=[("Compared", ", ".join(told["scenarios"])), ("Outcome", noun), *seeds_of(told)],
        python=python if kept else "# The scenarios that were compared were not kept here.",
        holds=[*_HOLDS, *((name, "One of the scenarios that were compared") for name in kept)],
        missing=[] if kept else [_ONE_KEPT],
    )


def _changed(found: Shelved, kept: list[str]) -> Iterator[Section]:
    """What was changed, as far as the scenarios were kept."""
    each = [Scenario(**tomllib.loads(found.files[name].decode())) for name in kept]
    names = found.told["scenarios"]
    if len(each) != len(names):
        return
    for name, other in zip(names[1:], each[1:], strict=True):
        changed = other.differs_from(each[0])
        before = flat(each[0].to_dict())
        rows = [
            (Code(path), _typed(before.get(path)), _typed(value))
            for path, value in changed.items()
            if path not in WORDS
        ]
        suffix = f": {name}" if len(each) > 2 else ""
        if rows:
            head = ("Parameter", "Before", "After")
            table = Table(f"Parameters that differ from {names[0]}", head, rows[:_MOST])
            more = "" if len(rows) <= _MOST else f"The first {_MOST} of {len(rows):,}."
            yield Section(f"What was changed{suffix}", [table], more)


def _typed(value: Any) -> Cell:
    return "none" if value is None else Code(literal(value))


def _numbers(told: Told, noun: str) -> Iterator[Number]:
    outcome = outcome_of(told["outcome"])
    each, form = told["kpis"][outcome.name], outcome.form
    yield Number(
        f"{noun.capitalize()} before", value(each["base"], form), f"In {told['scenarios'][0]}."
    )
    yield Number("After", value(each["value"], form), f"In {told['scenarios'][1]}.")
    interval = between(each["low"], each["high"], form)
    yield Number(
        "Difference",
        change(each["difference"], form),
        (f"Between {interval}: " if interval else "")
        + verdict(each["difference"], each["low"], each["high"], outcome.direction)
        + ".",
    )
    people = (told["people"] or {}).get("bought")
    if people is not None:
        yield Number(
            "Bought only because of it", value(people["won"]["mean"], "count"), "People a world."
        )


def _against(told: Told, each: Told) -> Iterator[Section]:
    name, first = each["scenario"], told["scenarios"][0]
    several = len(told["against_first"]) > 1
    suffix = f": {name}" if several else ""
    blocks: list[Block] = [_indicators(each)]
    still = [outcome_of(k).label.lower() for k, kpi in each["kpis"].items() if not _moved(kpi)]
    if still:
        blocks.append(Words(f"Without any difference in any world: {', '.join(still)}."))
    yield Section(
        f"What differs{suffix}",
        blocks,
        f"{name} against {first}, in the same worlds and with the same luck. {NOTE}",
    )
    yield Section(f"Who was won and lost{suffix}", [_people(each["people"])])


def _indicators(each: Told) -> Table:
    rows: list[Row | Group] = []
    grouped = {name: group for group, terms in GROUPS.items() for name in terms}
    group = ""
    for name, kpi in each["kpis"].items():
        if not _moved(kpi):
            continue
        above = grouped.get(name, "Together")
        if above != group:
            group = above
            rows.append(Group(group))
        outcome = outcome_of(name)
        rows.append(
            (
                outcome.label,
                value(kpi["base"], outcome.form),
                value(kpi["value"], outcome.form),
                change(kpi["difference"], outcome.form),
                between(kpi["low"], kpi["high"], outcome.form),
                verdict(kpi["difference"], kpi["low"], kpi["high"], outcome.direction),
            )
        )
    head = ("Indicator", "Before", "After", "Difference", "Between", "Which is")
    return Table("Indicators that differ", head, rows, (1, 2, 3, 4))


def _moved(kpi: Told) -> bool:
    return bool(kpi["difference"]) or kpi["low"] != kpi["high"]


def _people(groups: Told | None) -> Block:
    if not groups:
        return Words("The networks are not the same, and so the people cannot be compared.")
    rows = [
        (
            _WHO.get(group, group),
            value(each["won"]["mean"], "count"),
            between(each["won"]["low"], each["won"]["high"], "count", sign=False),
            value(each["lost"]["mean"], "count"),
            between(each["lost"]["low"], each["lost"]["high"], "count", sign=False),
            _some(each["won_ids"]),
        )
        for group, each in groups.items()
    ]
    head = (
        "People who …",
        "only with it",
        "Between",
        "only without",
        "Between",
        "With it, first world",
    )
    return Table("People who took part in one of the two campaigns alone", head, rows, (1, 2, 3, 4))


def _some(ids: list[Any]) -> str:
    return ", ".join(map(str, ids[:_SHOWN])) + (", …" if len(ids) > _SHOWN else "")
