"""A campaign in a few lines: it is short, and every line of it moves something."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import wordofmouth as wom
from wordofmouth.scenarios.doubts import doubts
from wordofmouth.scenarios.loader import load
from wordofmouth.scenarios.short import short
from wordofmouth.sim.parameters.transact import Transact

# For a value of each kind another one.
OTHERS = {"name": "other", "question": "Another?", "outcome": "visits", "currency": "USD",
          "kind": "preferential_attachment", "paid": "share"}  # fmt: skip


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, below in value.items():
            yield from leaves(below, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and isinstance(value[0], dict):
        for number, below in enumerate(value):
            yield from leaves(below, f"{path}.{number}")
    else:
        yield path, value


LEAVES = dict(leaves(tomllib.loads(short())))


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> wom.Scenario:
    file = tmp_path_factory.mktemp("short") / "mine.toml"
    file.write_text(short(), encoding="utf-8")
    return load(file)


@pytest.fixture(scope="module")
def busy(mine: wom.Scenario) -> wom.Scenario:
    """Few people who do much."""
    few = {"network.people": 4_000, "people.fans": 400, "network.nearest": True}
    return mine.replace(few | {"transact.click": 0.2, "transact.convert": 0.5})


@pytest.fixture(scope="module")
def before(busy: wom.Scenario) -> list[Any]:
    return shown(busy)


def shown(scenario: wom.Scenario) -> list[Any]:
    """All that is told of it, with the words."""
    words = scenario.name, scenario.question, scenario.outcome, scenario.currency
    return [words, wom.run(scenario, seed=1).kpis]


def test_it_has_twenty_lines_and_no_doubts(mine: wom.Scenario) -> None:
    lines = [line for line in short().splitlines() if line and not line.startswith(("#", "["))]
    assert len(lines) <= 30
    assert len(LEAVES) <= 25
    assert all("#" in line for line in lines if line[:1].isalpha() and not line.endswith("["))
    assert doubts(mine) == []


@pytest.mark.parametrize("path", LEAVES)
def test_every_line_moves_something(path: str, busy: wom.Scenario, before: list[Any]) -> None:
    value = busy.network.people if path == "network.people" else LEAVES[path]
    last = path.rpartition(".")[2]
    other = OTHERS.get(last)
    if other is None:
        other = ["product_news"] if isinstance(value, list) else type(value)(value / 2)
    assert shown(busy.replace({path: other})) != before


def test_the_rates_that_decide_the_answer_are_in_it() -> None:
    assert LEAVES["transact.click"] == Transact().click
    assert LEAVES["transact.convert"] == Transact().convert


def test_for_regulars_it_names_what_makes_them_order_again(busy: wom.Scenario) -> None:
    assert "returns.repeat" in short()
    regulars = busy.replace({"returns.repeat": 0.5, "returns.interval": 168.0})
    once, again = (wom.run(each, seed=1).kpis["revenue"] for each in (busy, regulars))
    assert again > 1.2 * once
