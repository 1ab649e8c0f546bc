"""The project's own file of a network: numpy's `.npz` with the arrays and nothing pickled."""

from __future__ import annotations

import io
import json
import os
import secrets
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...sim.border import border
from ...sim.errors import InputError, StorageError
from ...sim.network import Network
from ...sim.network.arrays import texts_of
from ...sim.network.network import Meaning
from ...sim.people import PeopleTable
from .asked import Asked
from .complaints import NEED

FORMAT = "wordofmouth network 1"
_FOREIGN: Final = "this archive is not a network that wordofmouth saved"
_REMEDY: Final = "give an edge list, GraphML, GEXF or a .npz of Network.save"


def save(network: Network, path: str | PathLike[str]) -> None:
    """Write `network` aside, then rename: a reader sees the old file or the new, never a half."""
    goal = Path(path)
    if goal.suffix != ".npz":
        raise InputError(f"{goal}: a network is saved as .npz; call it {goal.with_suffix('.npz')}")
    columns: dict[str, Any] = {
        "format": np.array(FORMAT),
        "indptr": network.indptr,
        "indices": network.indices,
        "directed": np.array(network.directed),
        "dropped": np.array([network.self_loops, network.duplicates], np.int64),
    }
    if network.weights is not None:
        columns["weights"] = network.weights
    if network.ids is not None:
        columns |= _packed(network.ids)
    if network.meaning != "closeness":
        columns["meaning"] = np.array(network.meaning)
    if network.people is not None:
        columns |= _table(network.people)
    if network.understood:
        columns["understood"] = np.frombuffer(json.dumps(network.understood).encode(), np.uint8)
    aside = goal.with_name(f".{goal.name}.{secrets.token_hex(6)}")
    try:
        try:
            with aside.open("xb") as file:
                np.savez(file, **columns)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(goal)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as problem:
        raise StorageError(
            f"{goal}: the network cannot be written ({problem.strerror}); choose a folder that "
            "exists and has room"
        ) from problem


def load(title: str, data: bytes, asked: Asked) -> Network:
    """Read what `save` wrote; InputError for any other archive, or for what it cannot give."""
    if asked.arrow == "follows":
        raise InputError(
            f"{title}: a saved network knows who hears whom; leave arrow='follows' out"
        )
    for name in ("source", "target", "weight", "time", "repeated"):
        if getattr(asked, name) is not None:
            raise InputError(
                f"{title}: {name} = {getattr(asked, name)!r} says how a file of other tools is "
                "read, and this is a saved network; leave it out"
            )
    # Sizes and weights beyond all numbers are refused in a sentence, and need no warning.
    with border(title, fault=_FOREIGN, remedy=_REMEDY), np.errstate(all="ignore"):
        with np.load(io.BytesIO(data), allow_pickle=False) as columns:
            found = {name: columns[name] for name in columns}
            if not all(isinstance(each, np.ndarray) for each in found.values()):
                raise ValueError("not all in it are arrays")
            if "format" not in found or str(found["format"]) != FORMAT:
                raise InputError(f"{title}: {_FOREIGN}; {_REMEDY}.")
            dropped, told = found["dropped"], found.get("understood")
            said = [] if told is None else json.loads(told.tobytes())
            closeness = "meaning" not in found
            meaning: Meaning
            meaning = "closeness" if closeness else "probability"
            parts = (
                found["indptr"],
                found["indices"],
                found.get("weights"),
                _unpacked(found),
                bool(found["directed"]),
                int(dropped[0]),
                int(dropped[1]),
                tuple((str(name), str(text)) for name, text in said),
                meaning,
                _people(found),
            )
        try:
            network = Network(*parts)
        except InputError as problem:
            raise InputError(f"{title}: {problem}") from problem
    made = _as_asked(title, network, asked.directed)
    if asked.arrow is not None and not made.directed:
        raise InputError(
            f"{title}: the ties have no direction, so arrow = {asked.arrow} says nothing; leave it "
            "out"
        )
    return made


def _table(people: PeopleTable) -> dict[str, Any]:
    """A table of people as arrays: its columns in order, and what they are called."""
    every = {**people.numbers, **people.words, **people.kept}
    told = {
        "columns": [[*people.numbers], [*people.words], [*people.kept]],
        "understood": people.understood,
    }
    found: dict[str, Any] = {"people": np.frombuffer(json.dumps(told).encode(), np.uint8)}
    for k, values in enumerate(every.values()):
        found |= _packed(values, f"people_{k}")
    return found


def _people(columns: Any) -> PeopleTable | None:
    if "people" not in columns:
        return None
    told = json.loads(columns["people"].tobytes())
    at, parts = 0, []
    for names in told["columns"]:
        parts.append({name: _unpacked(columns, f"people_{at + k}") for k, name in enumerate(names)})
        at += len(names)
    numbers, words, kept = parts
    return PeopleTable(
        numbers,  # type: ignore[arg-type]
        words,  # type: ignore[arg-type]
        kept,  # type: ignore[arg-type]
        tuple((k, v) for k, v in told["understood"]),
    )


def _packed(ids: NDArray[Any], name: str = "ids") -> dict[str, Any]:
    """Values as arrays that need no pickle: numbers, or one text and where each ends in it."""
    if ids.dtype.kind in "if":
        return {name: ids}
    names = [each.encode() for each in ids.tolist()]
    text = np.frombuffer(b"".join(names), np.uint8)
    return {f"{name}_text": text, f"{name}_ends": np.cumsum([len(each) for each in names])}


def _unpacked(columns: dict[str, NDArray[Any]], name: str = "ids") -> NDArray[Any] | None:
    if f"{name}_text" not in columns:
        return columns.get(name)
    text, ends = columns[f"{name}_text"].tobytes(), columns[f"{name}_ends"].tolist()
    begins = [0, *ends[:-1]]
    return texts_of([text[a:b].decode() for a, b in zip(begins, ends, strict=True)])


def _as_asked(title: str, network: Network, directed: bool | None) -> Network:
    """Made undirected if asked; a direction that the file does not know is refused."""
    if network.n == 0:
        raise InputError(f"{title}: the file holds no people; {NEED}")
    if directed and not network.directed:
        raise InputError(
            f"{title}: the file says that its ties have no direction; leave directed=True out"
        )
    if directed is not False or not network.directed:
        return network
    source = np.repeat(np.arange(network.n, dtype=np.int32), network.followers)
    weights = None if network.weights is None else network.weights.copy()
    made = Network.from_ties(source, network.indices.copy(), network.n, False, weights, network.ids)
    said = ("Direction", "undirected (directed = false was asked for)")
    return replace(
        made,
        understood=(*network.understood, said),
        meaning=network.meaning,
        people=network.people,
    )
