"""The parameters of a scenario that differ from their defaults, each with what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from ...scenarios.reference import EACH, NAMED, NONE, Parameter, sections
from ...scenarios.toml import literal
from ...sim.parameters import Scenario
from .cells import Cell, Code, Group, Lines, Row
from .document import EVERYWHERE, Column, Document, On, Section, Table, Words
from .notebook import html

TITLE: Final = "What differs from the default"
# Parameters that are words about the scenario.
WORDS: Final = frozenset(("name", "question", "sources", "outcome"))
# Tables whose rows bear names that a scenario chooses, and of these those that it may not post.
_NAMED: Final = re.compile(r"^(content_types|channels)\.([^.]+)\.")
_TYPES: Final = "content_types"
_KIND: Final = re.compile(r'network\.kind = "(.*)"')


def differing(scenario: Scenario, on: On = On.PAGE) -> Section:
    """The section that says in which parameters a scenario differs from the default."""
    rows = list(_rows(scenario))
    if not rows:
        return Section(TITLE, [Words("Nothing: every parameter has its default.")], on=on)
    head = (
        "Parameter", "Value", "Default", "What it is", Column("Unit", On.PAGE),
        Column("Source of the default", On.PAGE),
    )  # fmt: skip
    return Section(
        TITLE,
        [
            Table(
                "Parameters with another value than their default", head, rows,
                more=".differs_from(wom.Scenario())",
            )
        ],
        "“Assumed” means that nobody measured it; three digits are one of the texts that the model "
        "starts from. Where the scenario's own values come from, its file says.",
        on,
    )  # fmt: skip


def document(scenario: Scenario) -> Document:
    """A scenario as a document: its question, what differs from the default, people and horizon."""
    network = scenario.network
    people = f"{network.people:,} people" if network.file is None else f"people of {network.file}"
    long = f"{scenario.horizon:,} ticks of {scenario.hours_per_tick:g} h"
    posts = f"{len(scenario.content):,} post{'' if len(scenario.content) == 1 else 's'}"
    return Document(
        kind="scenario",
        title=f"Scenario {scenario.name}: {people}, {long}, {posts}",
        sentence=scenario.question or f"{scenario.name} asks no question.",
        sections=[differing(scenario, EVERYWHERE)],
        hint="`wom.run(scenario)` runs it; `.replace({path: value})` gives a changed copy.",
    )


def card(scenario: Scenario) -> str:
    """A scenario as a notebook shows it."""
    return html(document(scenario))


def _rows(scenario: Scenario) -> Iterator[Row | Group]:
    posted = {post.type for post in scenario.content}
    known = _known(scenario.network.kind)
    group = ""
    named_at: dict[str, str] = {}
    for path, value in scenario.differs_from(Scenario()).items():
        named = _NAMED.match(path)
        if path in WORDS or (named and named[1] == _TYPES and named[2] not in posted):
            continue
        what = known.get(_NAMED.sub(rf"\1{NAMED}.", path))
        if named and what is not None and _written(value) == what.default:
            continue  # what a content type or channel does not say is no difference
        above = path.rpartition(".")[0] if named else path.partition(".")[0]
        above = above if "." in path else "the campaign"
        if above != group:
            group = above
            yield Group(above)
        source = "" if what is None else what.source
        if source in named_at:  # named in full above: whichever is shorter
            source = min(source, f"as for {named_at[source]}", key=len)
        named_at.setdefault(source, path)
        yield _row(path.removeprefix(f"{above}.") if named else path, value, what, source)


def _row(path: str, value: Any, what: Parameter | None, source: str) -> Row:
    if what is None:  # a generator of another package, whose arguments are its own
        return Code(path), _value(value), "", "", "", ""
    default: Cell = "none" if what.default == NONE else Code(what.default)
    return Code(path), _value(value), default, what.label, what.unit, source


def _written(value: Any) -> str:
    return NONE if value is None else literal(value)


def _value(value: Any) -> Cell:
    """A value as one would type it; a list of tables as a line each."""
    if isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value):
        return Lines([", ".join(f"{k} {_plain(v)}" for k, v in each.items()) for each in value])
    return Code(literal(value)) if value is not None else NONE


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else _written(value)


@cache
def _known(kind: str) -> dict[str, Parameter]:
    """All parameters by their paths; of networks those of one kind."""
    found: dict[str, Parameter] = {}
    for section in sections():
        other = _KIND.fullmatch(section.path)
        if EACH not in section.path and (other is None or other[1] == kind):
            found |= {each.path: each for each in section.parameters}
    return found
