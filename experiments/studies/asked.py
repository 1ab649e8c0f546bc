"""A study that is asked for, by a name, a file or a call, read into a design and a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ...scenarios.loader import load
from ...sim.errors import InputError
from ...sim.parameters import Scenario
from ...sim.parameters.paths import flat
from .design.design import Design, declared
from .design.file import read
from .runs.campaigns import Campaigns
from .runs.function import Function
from .runs.model import Model


class StudyRequest(NamedTuple):
    """A study that is asked for: as tables, as a design, and the model of it."""

    tables: dict[str, Any]
    design: Design
    model: Model


def request(
    source: Any,
    own: Mapping[str, Any],
    network: Any = None,
    measures: Mapping[str, Callable[[Any], float]] | None = None,
) -> StudyRequest:
    """The study that is asked for, by a name or a file, or by what it is to be.

    Parameters
    ----------
    source, network, measures
        As in `sweep`.
    own
        Keys of a study that are given beside it; None: not given.

    Raises
    ------
    InputError
        If anything about it is not allowed, but for what only its points show.
    """
    given = {key: _plain(value) for key, value in own.items() if value is not None}
    beside = None
    if "axes" not in given and "designs" not in given and not callable(source):
        if isinstance(source, Scenario):
            raise InputError("axes are missing; say what varies, such as {'horizon': [24, 48]}.")
        tables, beside = read(source)
        both = _both(tables.get("set", {}), given.get("set", {}))
        given = {**tables, **given} | ({"set": both} if both else {})
    asked = given.pop("measures", None)
    if asked and set(asked) != set(measures or {}):
        raise InputError(
            f"measures = {asked!r} are functions, which no file holds; call wom.sweep with "
            "measures = {name: function} of these."
        )
    if measures:
        given["measures"] = list(measures)
    model = _model(source if beside is None else given["scenario"], network, measures, beside)
    given.setdefault("name", model.name)
    try:
        return StudyRequest(given, declared(given), model)
    except InputError as problem:
        where = "" if beside is None else f"{source}: "
        raise InputError(
            "\n".join(f"{where}{line}" for line in str(problem).splitlines())
        ) from None


def _both(own: Any, beside: Any) -> Any:
    """What is set beside a study beside what it sets; whatever is no table, pydantic refuses."""
    for each in (own, beside):
        if not isinstance(each, Mapping):
            return each
    return {**flat(own), **flat(beside)}


def _model(source: Any, network: Any, measures: Any, beside: Path | None) -> Model:
    """The model over a function, or over a scenario, which may lie beside the study's file."""
    if callable(source):
        if network is not None:
            raise InputError("a function runs on no network; leave the network out.")
        if measures:
            raise InputError("measures are for scenarios; let the function give numbers by name.")
        return Function(source)
    if beside is not None and isinstance(source, str) and (beside.parent / source).is_file():
        source = beside.parent / source
    return Campaigns(source if isinstance(source, Scenario) else load(source), network, measures)


def _plain(value: Any) -> Any:
    """What is given as a file would say it: arrays as lists, their numbers as numbers."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
