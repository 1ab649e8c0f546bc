"""`wom check`: whether a scenario could be run, and what it needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...sim.errors import CampaignError, InputError, LimitError
from . import console
from .options import Changed, Json, Name, command, scenarios

if TYPE_CHECKING:
    from ...sim.budget import Need
    from ...sim.network import Network
    from ...sim.parameters import Scenario
    from ...sim.pilot import Pilot


@command
def check(
    name: Name,
    changed: Changed,
    pilot: Annotated[
        bool,
        typer.Option("--pilot", help="Run two small ones, and say what the whole should need."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Say whether a scenario is valid, and what it needs at most; of a network, how it is read."""
    from ...scenarios.brakes import without_a_brake
    from ...scenarios.doubts import doubts
    from ...sim.budget import afford, need, size

    needed = None
    notes: list[str] = []
    if (file := _named(name)) is not None:
        _check_network(file, changed, as_json=as_json)
        return
    try:
        scenario = changed.scenario(name)
        network = _read(scenario)
        size_of = () if network is None else (network.n, network.arcs)
        needed = need(scenario, *size_of)
        afford(scenario, *size_of)
        _counted(scenario, needed.people)
        if network is None:
            notes = _not_met(scenario)
        elif scenario.segments:
            _in_segments(scenario, network)
    except (InputError, LimitError) as problem:
        if not as_json:
            raise
        console.tell_machine(_told(needed, str(problem).splitlines()))
        console.say("\n".join(f"error: {line}" for line in str(problem).splitlines()), json=True)
        raise typer.Exit(problem.exit_code) from None
    notes += [*doubts(scenario, network), *without_a_brake(scenario)]
    likely = _expected(scenario, as_json=as_json) if pilot else None
    if as_json:
        read: dict[str, Any] = {} if network is None else {"network": dict(network.understood)}
        if network is not None and network.people is not None:
            read["people"] = dict(network.people.understood)
        if pilot:
            read["expected"] = None if likely is None else likely._asdict()
        console.tell_machine(_told(needed, []) | {"notes": notes} | read)
        return
    console.say(
        f"{scenario.name} is valid. For {needed.people:,} people and "
        f"{needed.arcs:,} arcs it needs {size(needed.least)} of memory, up to "
        f"{size(needed.bytes)} if everybody passes on everything, and then "
        f"about {needed.seconds:.1f} s."
        + (f" {size(needed.waiting)} of it hold what waits in feeds." if needed.waiting else "")
    )
    if likely is not None:
        fewer, more = likely.tried
        console.say(
            f"Pilot are {size(likely.bytes)} and {likely.seconds:.1f} s on one thread, if it "
            f"spreads as it did among {fewer:,} and {more:,} people: these two were run, and a "
            "straight line drawn through them."
        )
    for name, text in () if network is None else network.understood:
        console.say(f"network: {name}: {text}")
    for name, text in () if network is None or not network.people else network.people.understood:
        console.say(f"people: {name}: {text}")
    for note in notes:
        console.say(f"note: {note}")


def _expected(scenario: Scenario, *, as_json: bool) -> Pilot | None:
    """What it should need, from a pilot; said why there is none."""
    from ...sim.pilot import pilot as run_two

    console.say("Two small campaigns are run first.", json=as_json)
    found = run_two(scenario)
    if found is None:
        console.say(
            "note: --pilot: network or people come from a file, and there are no smaller ones "
            "like them to try.",
            json=as_json,
        )
    return found


def _counted(scenario: Scenario, people: int) -> None:
    """Refuse more fans than people, as a run would."""
    from ...sim.parameters.people import refuse_more

    for name in ("fans", "opportunists"):
        refuse_more(f"people.{name}", getattr(scenario.people, name), people)


def _in_segments(scenario: Scenario, network: Network) -> None:
    """Refuse a segment that nobody can be in, as a run would."""
    import numpy as np

    from ...sim.world import membership_of

    membership_of(scenario, network, 0, np.empty(0, np.uint64))


def _not_met(scenario: Scenario) -> list[str]:
    """What the network will not have as asked for (`network.nearest`); refused if it has to."""
    choice = scenario.network
    if choice.kind != "social":  # no other is settled first, and numba takes a second to import
        return []
    from ...sim.network.generate import not_met

    return [
        f"network.{name} = {asked:g} cannot be had; the nearest, {made:g}, is made."
        for name, (asked, made) in not_met(
            choice.kind, choice.people, 0, choice.generator_options()
        ).items()
    ]


def _told(needed: Need | None, errors: list[str]) -> dict[str, Any]:
    return {
        "valid": not errors,
        "errors": errors,
        "bytes": None if needed is None else needed.bytes,
        "seconds": None if needed is None else round(needed.seconds, 3),
    }


def _read(scenario: Scenario) -> Network | None:
    """The network and the people of the scenario's files, read as a run would; None of none."""
    if scenario.network.file is None and scenario.people.file is None:
        return None
    from ...sim.campaign import choose_network

    return choose_network(scenario, 0)


def _named(name: str) -> str | None:
    """The file, if it is that of a network and not of a scenario: not TOML, in name and content."""
    from ...scenarios.loader import read_tables

    path = Path(name)
    if name == "-" or path.suffix == ".toml" or name in scenarios() or not path.is_file():
        return name if name == "-" else None
    try:
        read_tables(path)
    except CampaignError:
        return name
    return None


def _check_network(file: str, changed: Changed, *, as_json: bool) -> None:
    """Say how a network would be read."""
    from ...sim.network import Network

    if changed.settings or changed.network is not None or changed.people is not None:
        raise InputError(f"{file}: this is a network; check a scenario with --network {file}")
    try:
        network = Network.from_file(file, **changed.reading())
    except InputError as problem:
        if not as_json:
            raise
        console.tell_machine(_told(None, [str(problem)]))
        console.say(f"error: {problem}", json=True)
        raise typer.Exit(problem.exit_code) from None
    if as_json:
        console.tell_machine(_told(None, []) | {"network": dict(network.understood)})
        return
    console.say(f"{file} is read as {network.n:,} people and {network.arcs:,} arcs.")
    for name, text in network.understood:
        console.say(f"network: {name}: {text}")
