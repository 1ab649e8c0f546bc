"""What the page asks for: a request's JSON as a scenario, a seed and a world."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ...scenarios.loader import load, names
from ...sim.border import border
from ...sim.budget import afford
from ...sim.campaign import Campaign
from ...sim.network import Network
from ...sim.parameters import Scenario
from ..vocabulary.outcomes import form_of
from ..worlds.networks import Networks
from .brand import became, scenario_of, told_by
from .levers import changed, levers
from .limits import MOST_DRAWN, MOST_PEOPLE, Refused, check_size

# Worlds that are kept, because a comparison, the layout and a history are about the same one.
_KEPT: Final = 2
MOST_SEED: Final = 2**53 - 1  # the largest whole number that a browser keeps exactly


@dataclass
class Shelf:
    """The scenarios of a session: those that are shipped, and the one that it was begun with.

    Attributes
    ----------
    first
        What the page begins with.
    seed
        Its seed.
    network
        Who hears whom in `first`, where a file says so; read once.
    story
        Whether the page begins with its story.
    """

    first: Scenario
    seed: int = 0
    network: Network | None = None
    story: bool = False
    shipped: dict[str, Scenario] = field(default_factory=dict)
    kept: Networks = field(default_factory=lambda: Networks(latest=_KEPT), repr=False)

    def names(self) -> list[str]:
        """What can be asked for; the first one first."""
        return [self.first.name, *(name for name in names() if name != self.first.name)]

    def scenario(self, name: object) -> Scenario:
        """A scenario by its name.

        Raises
        ------
        Refused
            If there is none: a page does not read files.
        """
        if name == self.first.name:
            return self.first
        if not isinstance(name, str) or name not in names():
            raise Refused(f"scenario = {name!r} is not here; give one of the list.", 404)
        if name not in self.shipped:
            self.shipped[name] = load(name)
        return self.shipped[name]

    def network_of(self, scenario: Scenario) -> Network | None:
        """The network of a file, if the scenario names one."""
        return self.network if scenario.network.file is not None else None

    def about(self, name: object) -> dict[str, Any]:
        """What the page shows of a scenario before it is run."""
        return self.about_of(self.scenario(name))

    def about_brand(self, numbers: object) -> dict[str, Any]:
        """The same of a brand in ten numbers, with what became of each number."""
        with border("the brand", Refused, fault="this is not allowed", remedy="check its numbers"):
            told = told_by(numbers)
            scenario = scenario_of(told)
        check_size(scenario)
        # Its followers are a number and no share: with fewer people it would be another brand.
        fixed = {"people_shown": scenario.network.people, "people_fixed": True}
        return self.about_of(scenario) | fixed | {"brand": numbers, "became": became(told)}

    def about_of(self, scenario: Scenario) -> dict[str, Any]:
        """What the page shows of it."""
        network = self.network_of(scenario)
        people = scenario.network.people if network is None else network.n
        return {
            "name": scenario.name,
            "question": scenario.question,
            "outcome": scenario.outcome,
            "money": form_of("cost", scenario),
            "horizon": scenario.horizon,
            "hours_per_tick": scenario.hours_per_tick,
            "people": people,
            "people_shown": people if network is not None else min(people, MOST_DRAWN),
            "people_fixed": network is not None,
            "most_people": MOST_PEOPLE,
            "most_drawn": MOST_DRAWN,
            "levers": levers(scenario),
        }


@dataclass(frozen=True)
class Setup:
    """A campaign that somebody asked for.

    Attributes
    ----------
    scenario, seed
        What is run.
    network
        Who hears whom, where a file says so.
    kept
        Where networks that are made are kept.
    """

    scenario: Scenario
    seed: int
    network: Network | None = None
    kept: Networks = field(default_factory=lambda: Networks(latest=_KEPT), repr=False)

    def who_hears_whom(self) -> Network:
        """The network: that of the file, or the one that the scenario asks for.

        Raises
        ------
        LimitError
            If it would not fit into memory.
        """
        if self.network is not None:
            return self.network
        afford(self.scenario)
        return self.kept.of(self.scenario, self.seed)

    def campaign(self) -> Campaign:
        """The campaign before its first tick."""
        return Campaign(self.scenario, seed=self.seed, network=self.who_hears_whom())


def document(body: bytes) -> Mapping[str, Any]:
    """The table that a request's body holds.

    Raises
    ------
    Refused
        If it is none.
    """
    with border("the request", Refused, fault="this is no JSON", remedy="reload the page"):
        table = json.loads(body)
    if not isinstance(table, dict):
        raise Refused("the request is no table; reload the page.")
    return table


def asked(shelf: Shelf, table: Mapping[str, Any], key: str = "set") -> Setup:
    """The campaign that a request asks for: its scenario, people, seed and settings.

    Parameters
    ----------
    shelf
        The scenarios.
    table
        The request: ``scenario``, ``seed``, ``people`` and tables of settings.
    key
        Which table of settings.

    Raises
    ------
    InputError, Refused
        If a value is not allowed, or the campaign is too large for a page.
    """
    with border("the request", Refused, fault="this is not allowed", remedy="reload the page"):
        return _setup(shelf, table, key)


def _setup(shelf: Shelf, table: Mapping[str, Any], key: str) -> Setup:
    if "brand" in table:
        scenario = scenario_of(told_by(table["brand"]))
    else:
        scenario = shelf.scenario(table.get("scenario"))
    network = shelf.network_of(scenario)
    people = table.get("people")
    if people is not None and "brand" in table:
        raise Refused("people goes by the followers of a brand; leave it out.")
    if people is not None and network is None:
        _whole("people", people, 1, MOST_PEOPLE)
        scenario = scenario.replace({"network.people": people})
    settings = table.get(key, {})
    if not isinstance(settings, dict):
        raise Refused(f"{key} = {settings!r} is not allowed; give a table of settings.")
    scenario = changed(scenario, settings)
    check_size(scenario, None if network is None else network.n)
    return Setup(scenario, whole(table, "seed", 0, MOST_SEED), network, shelf.kept)


def whole(table: Mapping[str, Any], name: str, low: int, high: int) -> int:
    """A whole number of a request.

    Raises
    ------
    Refused
        If it is none, or out of range.
    """
    return _whole(name, table.get(name), low, high)


def _whole(name: str, value: Any, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Refused(f"{name} = {value!r} is not allowed; give a whole number {low} to {high}.")
    return value
