"""What a caller gives beside a scenario: numbers, people and identities, checked."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .door import door
from .errors import InputError
from .network import Network
from .parameters import Scenario


def scenario_of(given: object) -> Scenario:
    """A scenario, or the one of a name or file that is given in place of it.

    Raises
    ------
    InputError
        If it is none, or there is none of that name.
    """
    if isinstance(given, Scenario):
        return given
    if isinstance(given, str | PathLike):
        found: Scenario = door("scenario")(given)
        return found
    raise InputError(
        f"scenario = {given!r} is not allowed; give a Scenario, or the name or file of one."
    )


def whole_number(name: str, value: object, low: int, high: int) -> int:
    """A whole number from `low` to `high`."""
    if isinstance(value, int | np.integer) and not isinstance(value, bool) and low <= value <= high:
        return int(value)
    raise InputError(f"{name} = {value!r} is not allowed; give a whole number {low} to {high}.")


def asked(network: Network, seeds: Any) -> NDArray[np.int32]:
    """The rows of the people who are asked to pass on every post, by their ids, in order."""
    if isinstance(seeds, str | bytes) or not isinstance(seeds, Iterable):
        raise InputError(f"seeds = {seeds!r} is not allowed; give a list of people.")
    people = list(seeds)
    rows, first, times = np.unique(network.rows_of(people), return_index=True, return_counts=True)
    if rows.size < len(people):
        twice = people[int(first[times > 1][0])]
        raise InputError(f"seeds names {twice!r} twice; name each person once.")
    return network.rows_of(people).astype(np.int32)


def named(network: Network, identity: Any) -> NDArray[np.uint64]:
    """A copy of the identities of the people, which are distinct and 0 or more."""
    given = np.asarray(identity)
    whole = given.dtype.kind in "iu" and given.shape == (network.n,)
    if not whole or (given < 0).any() or np.unique(given).size < network.n:
        raise InputError(
            f"identity = {identity!r} is not allowed; give {network.n} distinct whole numbers."
        )
    return given.astype(np.uint64)
