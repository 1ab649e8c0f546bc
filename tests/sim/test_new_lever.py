"""Whoever adds a lever is told where it is missing: the list in CONTRIBUTING, as tests.

Its row in `tests/levers` is asked for there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from wordofmouth import Network, Scenario
from wordofmouth.sim import state as s
from wordofmouth.sim.apply import Decided
from wordofmouth.sim.birth import birth
from wordofmouth.sim.bounds import bounds, with_luck
from wordofmouth.sim.campaign import Campaign
from wordofmouth.sim.parameters.declare import Parameters
from wordofmouth.sim.plan import MESSAGE, records, segments
from wordofmouth.sim.stages.promote import Promoted
from wordofmouth.sim.stages.revisit import Revisits
from wordofmouth.sim.stages.reward import Paid
from wordofmouth.sim.stages.serve import Served
from wordofmouth.sim.world import populate

from ..agents.generated import LIVELY, PARTS, SCALES, lively, scenarios
from ..agents.generated_networks import networks
from .declared import PARAMETERS

SIM = Path(__file__).resolve().parents[2] / "sim"
EVERY = PARTS | SCALES

# What does nothing but be read.
WORDS: Final = (
    "name",
    "question",
    "outcome",
    "sources",
    "start",
    "currency",
    "publish.outlets.name",
    "publish.ads.name",
    "publish.tools.name",
)
# What neither the world nor the plan asks for, and the file that does.
ELSEWHERE: Final = {
    "people.file": "choosing.py",  # as is what a table says of them
    "network": "choosing.py",  # who hears whom is there before the world
    "timeline.set": "parameters/timeline.py",  # a plan is made of what comes of it
    "timeline.unset": "parameters/timeline.py",
    "transact.margin": "flows.py",
    "transact.unit_cost": "parameters/transact.py",  # the cost of goods, of which flows.py asks
    "transact.worth": "flows.py",  # how what happened is looked at afterwards
    "returns.upsell_worth": "flows.py",
    "returns.cross_sell_worth": "flows.py",
    "advocacy.sample": "listening.py",
    "complaints.gap": "kpis.py",
    "topic_map.gap": "kpis.py",
    "topic_map.topics": "listening.py",
    "reference": "comparison.py",
}
# What the twin of agents and kernels needs no value for.
UNTRIED: Final = (
    "timeline.unset",  # what is None in what is set: it is given so
    "network",  # it tries networks of any kind, given to both
    "people.file",  # as it does tables of people
    "reference",  # no campaign asks for it
    "content.tick",  # it tries intervals, and calendars that name ticks are these too
)


def below(path: str, entries: Iterable[str]) -> str | None:
    """The entry that names a parameter, or the table in which it stands."""
    return next((each for each in entries if path == each or path.startswith(f"{each}.")), None)


@cache
def names_in(*places: str) -> set[str]:
    """All attributes and keys that the source in these files and folders of `sim` names."""
    found: set[str] = set()
    for place in places:
        for source in [SIM / place] if place.endswith(".py") else (SIM / place).glob("*.py"):
            for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute):
                    found.add(node.attr)
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
    return found


def drawn(rng: np.random.Generator) -> dict[str, Any]:
    """A value for each parameter of which the generated scenarios make use."""
    return {path: value(rng) for part in EVERY.values() for path, value in part.items()}


@pytest.fixture(scope="module")
def asked() -> set[tuple[type[Parameters], str]]:
    """What of a scenario the world and the plan are made of, seen when lively ones are."""
    found: set[tuple[type[Parameters], str]] = set()
    network = Network.generate("random", 50, seed=1, mean_degree=4.0)
    rng = np.random.default_rng(1)

    def noted(section: Parameters, name: str) -> Any:
        found.add((type(section), name))
        return super(Parameters, section).__getattribute__(name)

    for _ in range(20):
        scenario = lively(drawn(rng))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Parameters, "__getattribute__", noted, raising=False)
            segments(scenario, np.uint64(1))
            birth(scenario, populate(scenario, network, 1), 1)
    return found


@pytest.mark.parametrize("path", [path for path in PARAMETERS if path not in WORDS])
def test_a_parameter_is_asked_for(path: str, asked: set[tuple[type[Parameters], str]]) -> None:
    section, name, _ = PARAMETERS[path]
    entry = below(path, ELSEWHERE)
    if entry is None:
        assert (section, name) in asked, "neither sim/plan nor sim/world.py asks for it"
    else:
        assert (section, name) not in asked, "ELSEWHERE names it for nothing"
        assert name in names_in(ELSEWHERE[entry]), f"{ELSEWHERE[entry]} does not name it"


NUMBERS = [
    (record.__name__, name)
    for record in vars(records).values()
    if isinstance(record, type) and issubclass(record, tuple)
    for name in getattr(record, "_fields", ())
]
NUMBERS += [("account", name) for name in (records.ACCOUNT.names or ())]
NUMBERS += [("message", name) for name in (MESSAGE.names or ())]


@pytest.mark.parametrize(("record", "name"), NUMBERS)
def test_a_number_of_the_plan_is_read_in_a_tick(record: str, name: str) -> None:
    # What the plan asks too, how far an ad is believed, stands there and is called by stages.
    found = names_in("stages", "apply", "agenda.py", "plan/believe.py")
    assert name in found, "no stage reads it"


@pytest.mark.parametrize("event", [Decided, Served, Paid, Promoted, Revisits])
def test_what_is_decided_is_written(event: Any) -> None:
    assert set(event._fields) <= names_in("apply"), "sim/apply does not write it"


def tried(changes: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The paths to which changes give values, those in lists and in named tables inclusive."""
    for name, value in changes.items():
        # What a scenario names itself stands in no path.
        path = re.sub(r"^(channels|content_types|segments)\.\w+(?=\.)", r"\1", f"{before}{name}")
        yield path
        yield path.rpartition(".")[0]
        for inner in value if isinstance(value, (list, tuple)) else [value]:
            if isinstance(inner, Mapping):
                yield from tried(inner, f"{path}.")


def test_agents_are_held_against_kernels_with_each_of_them() -> None:
    rng = np.random.default_rng(1)
    found = set(tried(LIVELY.differs_from(Scenario())))
    for _ in range(20):
        found |= set(tried(drawn(rng)))
    left = {path for path in PARAMETERS if path not in WORDS and below(path, UNTRIED) is None}
    assert left - found == set(), "tests/agents/generated.py gives no value to these"


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(scenarios(parts=EVERY), networks())
def test_no_more_happens_than_the_bounds_say(scenario: Scenario, network: Network) -> None:
    campaign, most, people = (
        Campaign(scenario, network=network, seed=1),
        bounds(scenario),
        network.n,
    )
    campaign.finish()
    size = campaign.states[0].size
    assert len(campaign.entries) == most.messages
    assert size[s.SHARES] <= people * most.messages
    assert size[s.BUYERS] <= with_luck(people * most.ours * most.buyers)
    assert size[s.TASKS] <= with_luck(people * most.ours * most.tasks)
    assert size[s.CLIMBS] <= most.rungs + people * most.leavers
