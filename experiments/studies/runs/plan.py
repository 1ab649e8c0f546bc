"""What a study comes to before it runs: every point validated, every run with its key, its cost."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

from ....sim.errors import InputError, LimitError
from ...store.files import parquet
from ..design.design import Design, DesignPoint
from .folder import parts_of, refuse_another
from .ledger import NAME, FinishedRun, Ledger, PlannedPoint, PlannedRun
from .luck import notes, own_seed, pairing, refuse_idle
from .model import MODEL, Model, run_key

# Longer than this nobody waits to be told how long it takes.
_TRIAL = 15.0
# Bytes of a run in the ledger.
_ROW = 900
# Why a point of a grid is left out that has nothing of its own.
_SAME = "the same as another, but for what their kind of network does not have"


class StudyPlan(NamedTuple):
    """The points of a study with the digests of their parameters and given networks."""

    points: list[PlannedPoint]
    networks: list[str]
    # How many points are left out, by the reason.
    left_out: dict[str, int]

    @property
    def digest(self) -> str:
        """Of everything that is planned, runs and what they are called."""
        total = hashlib.sha256(str(MODEL).encode())
        for point, network in zip(self.points, self.networks, strict=True):
            total.update(f"{point.axes}{point.parameters}{network}".encode())
        return total.hexdigest()


def plan(design: Design, model: Model, seen: Callable[[int], object] = lambda _: None) -> StudyPlan:
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
    if taken := next((name for name in design.columns if name in model.outcomes), None):
        raise InputError(f"axes: {taken!r} is also the name of an outcome; call one otherwise.")
    refuse_idle(design, model)
    if design.keep and not model.outcomes:
        raise InputError(f"keep = {list(design.keep)} is for campaigns; a function keeps nothing.")
    points: list[PlannedPoint] = []
    networks: list[str] = []
    idle: set[str] = set()
    used: set[str] = set()
    left_out: Counter[str] = Counter()
    met, refused = set(), None
    for point in design.points():
        if not point.number % 256:
            seen(point.number)
        part = design.parts[point.part]
        if broken := part.broken(point.labels, point.changes):
            left_out[f"{broken} does not hold"] += 1
            continue
        out = model.idle(point.changes)
        try:
            parameters, network = model.parameters(point.changes), model.network(point.changes)
        except (InputError, LimitError) as problem:
            where = f"point {point.number}{_blamed(point, str(problem))}"
            lines = str(problem).splitlines()
            refused = refused or type(problem)("\n".join(f"{where}: {line}" for line in lines))
            if design.infeasible == "refuse":
                raise refused from None
            left_out["refused"] += 1
            continue
        idle |= out
        used |= point.changes.keys() - out
        axes = json.dumps(_labels(design, model, point, out), default=str)
        if out and part.sampler.kind == "grid":
            if axes in met:
                left_out[_SAME] += 1
                continue
            met.add(axes)
        points.append(PlannedPoint(point.number, axes, parameters))
        networks.append(network)
    if refused is not None:
        if not points:
            raise refused from None
        left_out[f"refused, the first since {refused}"] = left_out.pop("refused")
    if not points:
        raise InputError(f"no point is left: {next(iter(left_out))}; widen the axes.")
    if never := min(idle - used, default=""):
        raise InputError(
            f"{never} would have no effect: no kind of network of this study has it; leave it out, "
            "or add a kind that has it."
        )
    return StudyPlan(points, networks, dict(left_out))


def _labels(design: Design, model: Model, point: DesignPoint, idle: set[str]) -> dict[str, Any]:
    """What the table shows of a point: nothing where it does not have what an axis is about."""
    part, labels = design.parts[point.part], dict(point.labels)
    for name, each in part.axes.items():
        if idle.issuperset(each.paths):
            labels[name] = None
    if len(design.parts) == 1:
        return labels
    every = {
        name: labels[name] if name in labels else model.value(name, point.changes)
        for name in design.columns
    }
    return every | labels


def runs(design: Design, model: Model, planned: StudyPlan) -> Iterator[PlannedRun]:
    """Key, point, replicate, seed and world of every run, replicate by replicate.

    So the points of a replicate, which share a network, follow one another.
    """
    for replicate in range(design.replicates):
        seed, world = design.seeds(replicate)
        met: Counter[str] = Counter()
        for (number, _, parameters), network in zip(planned.points, planned.networks, strict=True):
            if design.each:
                same = f"{parameters}{network}"
                own = own_seed(design.seed, replicate, same, met[same])
                met[same] += 1
                seed, world = design.seeds(replicate, own)
            mine = model.digest_in(parameters, replicate)
            key = run_key(mine, seed, world, network, design.keep)
            yield key, number, replicate, seed, world


def write(ledger: Ledger, design: Design, model: Model, planned: StudyPlan) -> str:
    """Write the plan into the ledger, if it is another than the one there; the study's digest."""
    described = _described(design, model)
    # Who wrote a ledger before this could be said said the same of its study.
    said = described if design.luck == "each" else _without(described, "luck")
    digest = hashlib.sha256(
        json.dumps([planned.digest, said, design.seeds(0), design.keep]).encode()
    ).hexdigest()
    with ledger.writing():
        if ledger.about("digest") != digest:
            ledger.plan(digest, planned.points, runs(design, model, planned))
        out = [
            f"{n:,} point{' is' if n == 1 else 's are'} left out: {why.rstrip('.')}."
            for why, n in planned.left_out.items()
        ]
        told = {
            **described,
            "notes": [*notes(design, model), *model.notes(design.replicates), *out],
            "pairing": pairing(design, model),
            "measures": list(design.measures),
            "draws": len(model.draws or ()),
        }
        ledger.tell({name: json.dumps(value) for name, value in told.items()})
    return digest


def _without(told: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key != name}


def _described(design: Design, model: Model) -> dict[str, Any]:
    """What a reader of the ledger has to know of the study, in plain values."""
    shown = [model.known(name) for name in design.outcomes] or list(model.outcomes)
    return {
        "name": design.name,
        "model": model.name,
        "question": design.question,
        "finding": design.finding,
        "replicates": design.replicates,
        "seed": design.seed,
        "luck": design.luck,
        "world": design.world,
        "keep": list(design.keep),
        "axes": list(design.columns),
        "outcomes": shown,
        "chosen": bool(design.outcomes),
        "labels": {name: model.label(name) for name in (*design.columns, *shown)},
        "parts": [
            {
                "name": part.name,
                **part.sampler.model_dump(),
                "axes": [each.name for each in part.free],
                "size": part.size,
            }
            for part in design.parts
        ],
    }


def _blamed(point: DesignPoint, said: str) -> str:
    """The axes that a sentence is about, with their values; all of them where it names none."""
    named = {
        name: value
        for name, value in point.labels.items()
        if name in said or name.rpartition("*.")[2] in said
    }
    shown: Sequence[tuple[str, Any]] = list((named or point.labels).items())
    return f" ({', '.join(f'{name} = {value!r}' for name, value in shown)})" if shown else ""


class StudyCost(NamedTuple):
    """What a study would take.

    Attributes
    ----------
    points, replicates, runs
        How many there are; `left`: how many are not done yet.
    seconds
        By the clock, on as many workers as are asked for.
    each
        Seconds of a run, `measured` or as `wom check` estimates them.
    bytes, disk
        Of memory at most, and of the folder.
    """

    points: int
    replicates: int
    runs: int
    left: int
    seconds: float
    each: float
    measured: bool
    bytes: int
    disk: int


def cost(design: Design, model: Model, out: str | PathLike[str] | None, jobs: int) -> StudyCost:
    """What a study would take: every point is validated, and three runs are tried.

    Parameters
    ----------
    out
        The folder that would keep it, or that keeps what was run before.
    jobs
        How many workers there would be.

    Raises
    ------
    CampaignError
        As `plan`.
    """
    planned = plan(design, model)
    size = len(planned.points)
    left = total = size * design.replicates
    if out is not None and (Path(out) / NAME).is_file():
        ledger = Ledger(Path(out))
        refuse_another(ledger, design.name, model.name)
        keys = {key for (key,) in ledger.read("SELECT key FROM runs WHERE status >= 2")}
        ledger.close()
        left = sum(key not in keys for key, *_ in runs(design, model, planned))
    places = sorted({0, size // 2, size - 1})
    tried = [design.at(planned.points[k].point).changes for k in places]
    needs = [model.need(changes) for changes in tried]
    seconds, disk = [each for _, each in needs], float(_ROW)
    measured = max(seconds) < _TRIAL
    if measured:
        how = (*design.seeds(0), design.keep)
        seconds = []
        for changes in tried:
            model.run(changes, *how)  # compiles what this point takes, warms up
            began = time.perf_counter()
            outcome = model.run(changes, *how)
            seconds.append(time.perf_counter() - began)
            tables = parts_of([FinishedRun(0, {}, tables=outcome.tables)]).values()
            disk += sum(len(parquet(table)) for table in tables) / len(tried)
    each = sum(seconds) / len(seconds)
    memory = jobs * max(most for most, _ in needs)
    return StudyCost(
        size, design.replicates, total, left, each * left / jobs, each, measured,
        memory, int(disk * total),
    )  # fmt: skip
