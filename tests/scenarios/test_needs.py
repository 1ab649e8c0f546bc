"""Nothing acts in silence: whatever is set, the campaign changes, or a note says why it cannot."""

from __future__ import annotations

import math
from functools import cache
from typing import Any, Final, Literal, get_args, get_origin

import pytest
from pydantic.fields import FieldInfo
from wordofmouth import InputError, Result, Scenario, run
from wordofmouth.scenarios.doubts import doubts
from wordofmouth.scenarios.needs import NEEDS, TYPED

from ..experiments.everything import EVERYTHING
from ..sim.declared import PARAMETERS

# All that is on, and next to nothing: a post that is clicked on and bought from at no price.
BASES: Final[dict[str, Scenario]] = {
    "everything": Scenario().replace(
        EVERYTHING
        | {"network.people": 300, "people.advocates": 0.2, "segments.young": {"share": 0.3}}
    ),
    "little": Scenario().replace({
        "network.people": 400, "people.fans": 0.5, "people.advocates": 0.2,
        "share.base": {"stranger": 0.05, "fan": 0.1, "advocate": 0.3},
        "transact.click": 0.3, "transact.convert": 0.3,
    }),
}  # fmt: skip
# What is walked by another test, or is no number, word or switch, or a name alone.
LEFT: Final = {
    "name": "a name",
    "question": "a name",
    "outcome": "a name",
    "sources": "a name",
    "start": "a label of ticks: tests/sim/test_flows.py",
    "currency": "a label of money: tests/sim/test_flows.py",
    "content": "a list: its posts are walked one by one",
    "content.type": "the name of a table",
    "content.channel": "the name of a table",
    "content.brand": "the name of a table",
    "content_types": "a table of tables, which are walked",
    "channels": "a table of tables, which are walked",
    "segments": "a table of tables, which are walked",
    "timeline": "a list: its values are walked as parameters",
    "timeline.set": "values that are walked as parameters",
    "timeline.unset": "values that are walked as parameters",
    "publish.asked": "ids of people",
    "publish.outlets": "a list: its outlets are walked",
    "publish.outlets.name": "a name, under which traffic is told",
    "publish.ads": "a list: its flights are walked",
    "publish.ads.name": "a name, under which traffic is told",
    "publish.ads.type": "the name of a table",
    "publish.rivals": "a list: its rivals are walked",
    "publish.rivals.reacts_type": "the name of a content type: tests/sim/test_rivals.py",
    "publish.rivals.name": "the name that posts give",
    "publish.tools": "a list: its tools are walked",
    "publish.tools.name": "a name",
    "talk.type": "the name of a table",
    "complaints.type": "the name of a table",
    "advocacy.type": "the name of a table",
    "interact.channel": "the name of a table",
    "people.file": "a file: tests/scenarios/reading",
    "people.rhythm": "a list: tests/scenarios/test_doubts.py",
    "network.kind": "the word from which all of the network comes",
    "network.file": "a file: tests/scenarios/reading",
    "network.directed": "of a file: refused without one",
    "network.source": "of a file: refused without one",
    "network.target": "of a file: refused without one",
    "network.weight": "of a file: refused without one",
    "network.time": "of a file: refused without one",
    "network.repeated": "of a file: refused without one",
}
# What has a value that cannot be changed alone: in "everything" it can.
REFUSED: Final = {"little": {"incentives.recipient"}, "everything": set[str]()}


@cache
def before(base: str) -> tuple[Result, frozenset[str]]:
    return run(BASES[base], seed=1), frozenset(doubts(BASES[base]))


def place(scenario: Scenario, path: str) -> tuple[str, Any] | None:
    """The path of a parameter in this scenario, its first entries where there are several."""
    here: Any = scenario
    found: list[str] = []
    for part in path.split("."):
        if isinstance(here, (tuple, dict)):
            if not here:
                return None
            first = 0 if isinstance(here, tuple) else next(iter(here))
            if isinstance(here, dict) and "post" in here:
                first = "post"
            found.append(str(first))
            here = here[first]
        if not hasattr(here, part):
            return None
        here = getattr(here, part)
        found.append(part)
    return ".".join(found), here


def words(annotation: object) -> list[Any]:
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [word for inner in get_args(annotation) for word in words(inner)]


def others(field: FieldInfo, now: object) -> list[Any]:
    """Other values: from far to near, those that the range allows."""
    if isinstance(now, bool):
        return [not now]
    low, high, opened = -math.inf, math.inf, False
    for bound in field.metadata:
        low, high = getattr(bound, "ge", low), getattr(bound, "le", high)
        if hasattr(bound, "gt"):
            low, opened = bound.gt, True
    found: list[Any] = [word for word in words(field.annotation) if word != now]
    if isinstance(now, str):
        number = "float" in str(field.annotation)
        return [*found, *([0.5, 3.0] if number else [])]
    whole = "float" not in str(field.annotation)
    usual = float(now) if isinstance(now, (int, float)) else 0.0
    for value in (usual * 3.0 + 24.0, 0.9, 0.1, usual / 4.0, usual * 30.0, low, 1.0, 5.0):
        kept = int(value) if whole and math.isfinite(value) else value
        inside = (low < kept if opened else low <= kept) and kept <= high
        if inside and kept != now and math.isfinite(kept):
            found.append(kept)
    return list(dict.fromkeys(found))


def silent(base: str, path: str, field: FieldInfo) -> str:
    """What is wrong with a parameter: it moves nothing and nobody says so; empty if it is fine."""
    where = place(BASES[base], path)
    if where is None:
        return ""
    result, known = before(base)
    tried = 0
    for value in others(field, where[1])[:5]:
        try:
            scenario = BASES[base].replace({where[0]: value})
        except InputError:
            continue
        tried += 1
        if set(doubts(scenario)) - known or run(scenario, seed=1).to_dict() != result.to_dict():
            return ""
    if tried:
        return f"{where[0]} moves nothing, and no note says why"
    return "" if path in REFUSED[base] else f"{where[0]}: no other value is allowed"


@pytest.mark.parametrize("base", BASES)
def test_whatever_is_set_moves_something_or_is_noted(base: str) -> None:
    found = [
        silent(base, path, each.field) for path, each in PARAMETERS.items() if path not in LEFT
    ]
    assert sorted(filter(None, found)) == []


def test_what_is_left_out_is_there() -> None:
    assert LEFT.keys() <= PARAMETERS.keys()
    walked = [path for path in PARAMETERS if path not in LEFT]
    absent = [path for path in walked if all(place(each, path) is None for each in BASES.values())]
    assert absent == []


def test_a_note_names_a_parameter_that_exists_and_a_remedy() -> None:
    for need in NEEDS:
        assert "; " in need.why
        for path in need.paths.split():
            assert any(name == path or name.startswith(path) for name in PARAMETERS), path
    for need in TYPED:
        assert f"content_types.{need.paths}" in PARAMETERS


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"transact.margin": 0.4}, ["transact.margin = 0.4", "give transact.price"]),
        ({"transact.click_offer": 2.0, "transact.click": 0.1}, ["no post offers anything"]),
        (
            {"incentives.access": 2.0, "share.weight.reward": 0.0},
            ["no weight asks for a reward"],
        ),
        ({"advocacy.nurture": 0.4}, ["advocacy.outreach = 0"]),
        ({"share.bass.innovation": 0.1}, ["give rule = 'bass'"]),
        (
            {"content_types.post.spotlight": 0.5, "share.weight.status": 0.0},
            ["share.weight.status = 0"],
        ),
        ({"channels.feed.longevity": 5.0}, ["attention = 'unlimited'"]),
        ({"timeline": [{"tick": 3, "set": {"community.talk": 2.0}}]}, ["community.rooms = 0"]),
    ],
)
def test_a_note_says_what_would_help(changes: dict[str, Any], words: list[str]) -> None:
    [note] = doubts(Scenario().replace(changes))
    assert all(word in note for word in words), note


def test_a_timeline_may_give_what_is_needed() -> None:
    later = [{"tick": 3, "set": {"transact.price": 40.0}}]
    assert doubts(Scenario().replace({"transact.margin": 0.4, "timeline": later})) == []


def test_what_hangs_on_one_gate_is_told_in_one_line() -> None:
    given = {"incentives.paid": "conversion", "incentives.budget": 9.0}
    [note] = doubts(Scenario().replace(given))
    assert note.startswith("incentives.paid = 'conversion' and incentives.budget = 9 move nothing")
