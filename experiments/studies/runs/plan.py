"""What a study comes to before it runs: every point validated, every run with its key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from ....sim.errors import InputError, LimitError
from ..design.design import Design, Point
from .key import MODEL, run_key
from .ledger import Ledger, Planned
from .model import Model


class Plan(NamedTuple):
    """The points of a study with the digests of their parameters and given networks."""

    points: list[Planned]
    networks: list[str]

    @property
    def digest(self) -> str:
        """Of everything that is planned, runs and what they are called."""
        total = hashlib.sha256(str(MODEL).encode())
        for point, network in zip(self.points, self.networks, strict=True):
            total.update(f"{point.axes}{point.parameters}{network}".encode())
        return total.hexdigest()


def plan(design: Design, model: Model, seen: Callable[[int], object] = lambda _: None) -> Plan:
    """Validate every point of a study before the first run.

    Parameters
    ----------
    seen
        Called now and then with the number of points that are valid.

    Raises
    ------
    InputError
        Naming the point, the axis, its value and what is allowed.
    LimitError
        If a point would not fit into memory.
    """
    for name in design.outcomes:
        model.known(name)
    if design.keep and not model.outcomes:
        raise InputError(f"keep = {list(design.keep)} is for campaigns; a function keeps nothing.")
    base = {name: model.value(name) for name in design.axes} if len(design.parts) > 1 else {}
    points, networks = [], []
    for point in design.points():
        try:
            parameters, network = model.parameters(point.changes), model.network(point.changes)
        except (InputError, LimitError) as problem:
            where = f"point {point.number}{_blamed(point, str(problem))}"
            lines = str(problem).splitlines()
            raise type(problem)("\n".join(f"{where}: {line}" for line in lines)) from None
        axes = json.dumps(base | point.labels, default=str)
        points.append(Planned(point.number, axes, parameters))
        networks.append(network)
        if not point.number % 256:
            seen(point.number)
    return Plan(points, networks)


def runs(design: Design, planned: Plan) -> Iterator[tuple[str, int, int, int, int]]:
    """Key, point, replicate, seed and world of every run, replicate by replicate.

    So the points of a replicate, which share a network, follow one another.
    """
    for replicate in range(design.replicates):
        seed, world = design.seeds(replicate)
        for (number, _, parameters), network in zip(planned.points, planned.networks, strict=True):
            key = run_key(parameters, seed, world, network, design.keep)
            yield key, number, replicate, seed, world


def write(ledger: Ledger, design: Design, model: Model, planned: Plan, told: dict[str, Any]) -> str:
    """Write the plan into the ledger, if it is another than the one there; the study's digest."""
    described = about(design, model)
    digest = hashlib.sha256(
        json.dumps([planned.digest, described, design.seeds(0), design.keep]).encode()
    ).hexdigest()
    with ledger.writing():
        if ledger.about("digest") != digest:
            ledger.plan(digest, planned.points, runs(design, planned))
        ledger.tell({name: json.dumps(value) for name, value in {**described, **told}.items()})
    return digest


def about(design: Design, model: Model) -> dict[str, Any]:
    """What a reader of the ledger has to know of the study, in plain values."""
    shown = [model.known(name) for name in design.outcomes] or list(model.outcomes)
    return {
        "name": design.name,
        "model": model.name,
        "question": design.question,
        "finding": design.finding,
        "replicates": design.replicates,
        "seed": design.seed,
        "world": design.world,
        "keep": list(design.keep),
        "axes": list(design.axes),
        "outcomes": shown,
        "chosen": bool(design.outcomes),
        "labels": {name: model.label(name) for name in (*design.axes, *shown)},
        "parts": [
            {
                "name": part.name,
                **part.sampler._asdict(),
                "axes": [each.name for each in part.axes],
                "size": part.size,
            }
            for part in design.parts
        ],
    }


def _blamed(point: Point, said: str) -> str:
    """The axes that a sentence is about, with their values; all of them where it names none."""
    named = {
        name: value for name, value in point.labels.items() if name in said or _tail(name) in said
    }
    shown: Sequence[tuple[str, Any]] = list((named or point.labels).items())
    if not shown:
        return ""
    return f" ({', '.join(f'{name} = {value!r}' for name, value in shown)})"


def _tail(name: str) -> str:
    return name.rpartition("*.")[2]
