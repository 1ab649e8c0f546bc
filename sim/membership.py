"""Who is in which segment: by a table of the people, or drawn, by the identity of each person."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .errors import InputError
from .network import Network
from .parameters import Scenario
from .parameters.scenario import MOST_SEGMENTS


class Membership(NamedTuple):
    """The segment of each person.

    Attributes
    ----------
    names
        Of the segments: those of the scenario in its order, then those that only the table has.
    code
        uint8, the place among `names` plus 1 for each person; 0 is none.
    """

    names: tuple[str, ...]
    code: NDArray[np.uint8]


def membership(scenario: Scenario, network: Network, luck: NDArray[np.float64]) -> Membership:
    """Who is in which segment.

    Parameters
    ----------
    scenario
        Its segments, with their shares.
    network
        Whose table of people may say who is in which.
    luck
        A number in [0, 1) for each person: the shares lie in it side by side.

    Raises
    ------
    InputError
        If a segment has no share and no table says who is in it, or there are too many.
    """
    column = None if network.people is None else network.people.word("segment")
    shares = {name: each.share for name, each in scenario.segments.items()}
    told = [] if column is None else sorted({*column.tolist()} - {""})
    names = (*shares, *(name for name in told if name not in shares))
    if len(names) > MOST_SEGMENTS:
        raise InputError(
            f"people: the column segment names {len(told):,} segments, and {MOST_SEGMENTS} is the "
            "most; give it another name, and results can be broken down by it all the same."
        )
    lost = next((name for name in shares if shares[name] is None and name not in told), None)
    if lost is not None:
        known = f"it names {', '.join(told[:5])}" if told else "there is no such column"
        raise InputError(
            f"segments.{lost}: it has no share, and no table of people says in a column segment "
            f"who is in it ({known}); give it a share, or a table."
        )
    edges = np.cumsum([share or 0.0 for share in shares.values()])
    place = np.searchsorted(edges, luck, side="right")
    code = np.where(place < len(shares), place + 1, 0).astype(np.uint8)
    if column is not None:
        place_of = {name: k for k, name in enumerate(names, 1)}
        given = np.array([place_of.get(name, 0) for name in column.tolist()], np.uint8)
        code = np.where(given > 0, given, code)
    return Membership(names, code)
