"""The network that a scenario asks for, and the table of its people."""

from __future__ import annotations

from .network import Network
from .parameters import Scenario


def choose_network(scenario: Scenario, world: int, threads: int = 1) -> Network:
    """The network that a scenario asks for: from its file, or generated under the world's seed.

    With the table of its people, where the scenario names one.
    """
    found = network_alone(scenario, world, threads)
    table = scenario.people.file
    return found if table is None else found.with_people(table)


def peopled(scenario: Scenario, network: Network) -> Network:
    """A network that is given, with the table of its people: its own, or that of the scenario."""
    table = scenario.people.file
    return network if table is None or network.people is not None else network.with_people(table)


def network_alone(scenario: Scenario, world: int, threads: int) -> Network:
    """The network that a scenario asks for, without the table of its people."""
    choice = scenario.network
    if choice.file is not None:
        return Network.from_file(
            choice.file, choice.directed, choice.arrow, source=choice.source, target=choice.target,
            weight=choice.weight, time=choice.time, repeated=choice.repeated,
        )  # fmt: skip
    options = choice.generator_options()
    return Network.generate(choice.kind, choice.people, seed=world, threads=threads, **options)
