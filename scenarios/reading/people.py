"""A table of people joined to the network whose people they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from ...sim.border import border
from ...sim.errors import InputError
from ...sim.network.arrays import texts_of
from ...sim.people import NUMBERS, WORDS, PeopleTable
from .complaints import brief
from .roster import rows_of
from .traits import SETS, Told, shared, understood

if TYPE_CHECKING:
    from ...sim.network import Network

_FLOAT: Final = re.compile(r"\.0+$")
# No number of 64 bits has more, and Python refuses to read very many.
_DIGITS: Final = 20
# What becomes of who has nothing there, where it is not drawn.
_MISSING: Final = {
    "trust": "by role",
    "bond": "by role",
    "activity": "as everybody",
    "label": "without",
    "cost": "by followers",
    "segment": "by the shares of segments",
}


def with_people(network: Network, table: Any) -> Network:
    """See `Network.with_people`."""
    told = told_by(table)
    if told.faults:
        raise told.faults[0]
    with border(told.title):
        found, faults = joined(network, told)
    if faults:
        raise faults[0]
    return found


def told_by(table: Any) -> Told:
    """What a table says, with all that is wrong with it."""
    title = str(table) if isinstance(table, str | PathLike) else "the table of people"
    with border(title):
        return understood(rows_of(table))


def joined(network: Network, told: Told) -> tuple[Network, list[InputError]]:
    """The network with what a table says of its people; who is not in it is added without ties.

    Beside it what is wrong: ids that cannot be of this network. The network is the same where
    something is, or where the table itself does not say who it is (`Told.faults`).
    """
    known: dict[Any, int]
    textual = network.ids is not None and network.ids.dtype.kind == "O"
    known = dict(zip((range(network.n) if network.ids is None else network.ids.tolist()),
                     range(network.n), strict=True))  # fmt: skip
    faults: list[InputError] = []
    names: list[Any] = []
    wrong: list[tuple[int, str, str]] = []
    pointed = next((text for text in told.ids if not textual and _FLOAT.search(text)), "")
    for row, text in enumerate(told.ids):
        name: Any = text if textual else _number(text)
        if name is None or (network.ids is None and name not in known):
            shown = f"0 to {network.n - 1}" if network.ids is None else _such(network)
            fault = f"names {text!r}, who cannot be in the network: its ids are {shown}"
            wrong.append((row, fault, "mend it, or give the network of these people"))
        names.append(name)
    faults += shared(told.complain, len(names), wrong)
    if pointed and not faults:
        faults += _again(told, names)
    met = [name for name in names if name in known]
    if not met and network.n and not faults:
        faults.append(
            InputError(
                f"{told.title}: nobody in it is in the network (such as {told.ids[0]!r}; the "
                f"network's ids are {_such(network)}); give the table of these people, or name the "
                "column id that calls them as the network does"
            )
        )
    if faults or len({*told.ids} - {""}) < len(told.ids):
        return network, faults
    added = sorted(name for name in names if name not in known)
    if textual and (alike := _alike(added, known)):
        one, other = alike[0]
        return network, [
            InputError(
                f"{told.title}: {len(alike):,} of {len(names):,} ids differ from those of the "
                f"network in capitals alone (such as {one!r}, in the network {other!r}); write "
                "them alike"
            )
        ]
    if added:
        network = _extended(network, added, textual=textual)
        known |= {name: row for row, name in enumerate(added, len(known))}
    rows = np.array([known[name] for name in names], np.int64)
    table = PeopleTable(
        {name: _placed(values, rows, network.n, np.nan) for name, values in told.numbers.items()},
        {name: _placed(values, rows, network.n, "") for name, values in told.words.items()},
        {name: _placed(values, rows, network.n, "") for name, values in told.kept.items()},
        tuple(summary(told, len(met), len(added), network.n, pointed)),
    )
    return replace(network, people=table), []


def _alike(added: list[str], known: Mapping[str, int]) -> list[tuple[str, str]]:
    """Ids that are not in the network, beside those in it that differ in capitals alone."""
    plain = {name.casefold(): name for name in known}
    return [(name, plain[name.casefold()]) for name in added if name.casefold() in plain]


def _number(text: str) -> int | None:
    """An id as a whole number, if it is one: 007 is none, and 100.0 is 100, as of a network."""
    text = _FLOAT.sub("", text)
    digits = text.removeprefix("-").isdecimal() and len(text) <= _DIGITS
    whole = digits and str(int(text)) == text
    return int(text) if whole and -(2**63) <= int(text) < 2**63 else None


def _again(told: Told, names: list[Any]) -> list[InputError]:
    """The complaints about who is there twice, as 100 and as 100.0."""
    there: set[Any] = set()
    faults = []
    for row, name in enumerate(names):
        if name in there:
            fault = f"names {told.ids[row]!r} a second time"
            faults.append(told.complain(row, fault, "keep one row a person"))
        there.add(name)
    return faults


def _such(network: Network) -> str:
    if network.ids is None:
        return f"the numbers 0 to {network.n - 1}"
    kind = "texts" if network.ids.dtype.kind == "O" else "whole numbers"
    return f"{kind} such as {network.ids[:1].tolist()[0]!r}"


def _placed(values: NDArray[Any], rows: NDArray[np.int64], n: int, nothing: Any) -> NDArray[Any]:
    """Values of rows of the table in the rows of the network."""
    found = np.full(n, nothing, values.dtype)
    found[rows] = values
    return found


def _extended(network: Network, added: list[Any], *, textual: bool) -> Network:
    """The same network with people more, whom nobody hears: after all others, whose rows stay."""
    last = np.full(len(added), network.indptr[-1], np.int64)
    ids = network.ids.tolist() if network.ids is not None else []
    every = texts_of([*ids, *added]) if textual else np.array([*ids, *added], np.int64)
    return replace(network, indptr=np.concatenate((network.indptr, last)), ids=every, people=None)


def summary(
    told: Told, met: int | None = None, added: int = 0, people: int = 0, pointed: str = ""
) -> list[tuple[str, str]]:
    """What was understood of a table, line by line; `met` are those who are in a network.

    `pointed` is an id that is read without its point.
    """
    count = len(told.ids)
    found = [("Table of people", told.title), ("Written as", told.form)]
    read = f"; {pointed} is read as {_number(pointed)}" if pointed else ""
    found.append(("Who it is", f"the column {told.id}, {count:,} people{read}"))
    if met is not None:
        rest = people - added - met
        alone = f"; {added:,} more, added without ties" if added else ""
        unsaid = f"; of {rest:,} of the network it says nothing" if rest else ""
        found.append(("In the network", f"{met:,} of {count:,}{alone}{unsaid}"))
    used = [name for name in (*WORDS, *NUMBERS) if name in told.words or name in told.numbers]
    found += [(f"Column {name}", f"{SETS[name]}: {_spread(told, name)}") for name in used]
    found += told.notes
    if told.kept:
        kept = brief(", ".join(told.kept))
        found.append(("Kept", f"{kept}: nothing acts by these, results are broken down by them"))
    return found


def _spread(told: Told, name: str) -> str:
    """What stands in a column, in short."""
    if name in told.numbers:
        values = told.numbers[name]
        here = values[~np.isnan(values)]
        gaps = values.size - here.size
        told_ = f"{here.min():g} to {here.max():g}" if here.size else "nothing"
    else:
        texts = told.words[name].tolist()
        counts: dict[str, int] = {}
        for text in texts:
            counts[text] = counts.get(text, 0) + 1
        gaps = counts.pop("", 0)
        most = sorted(counts, key=lambda text: (-counts[text], text))
        shown = [f"{text} {counts[text]:,}" for text in most[:4]]
        more = f" and {len(most) - 4:,} more" if len(most) > 4 else ""
        told_ = f"{brief(', '.join(shown))}{more}" if most else "nothing"
        if name == "label":
            told_ = f"{sum(counts.values()):,} have one"
    return told_ + (f"; {gaps:,} {_MISSING.get(name, 'drawn')}" if gaps else "")
