"""What somebody says of a network file: the options of the reader, checked once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from ...sim.errors import InputError

MEANINGS: Final = ("closeness", "probability", "count", "ignore")
_REPEATED: Final = ("sum", "once")

Place = str | int


@dataclass(frozen=True)
class Asked:
    """How a network is to be read; None is left to what the file says.

    Attributes
    ----------
    directed, arrow
        Whether ties have a direction, and whether `u v` says that v hears u or that u
        follows v.
    source, target
        Columns of a table: by name, or by number from 1 on.
    weight
        What a weight means (`MEANINGS`), in which column it is, or both: ``"calls=count"``.
    time
        The column that holds times.
    repeated
        What becomes of a tie that is given again: one of them stays, or weights are added.

    Raises
    ------
    InputError
        If one of them is not allowed.
    """

    directed: bool | None = None
    arrow: str | None = None
    source: Place | None = None
    target: Place | None = None
    weight: Place | None = None
    time: Place | None = None
    repeated: str | None = None

    def __post_init__(self) -> None:
        if self.arrow is not None:
            _one_of("arrow", self.arrow, ("hears", "follows"))
        if self.directed is not None and not isinstance(self.directed, bool):
            raise InputError(
                f"directed = {self.directed!r} is not allowed; it is True, False or None"
            )
        if self.repeated is not None:
            _one_of("repeated", self.repeated, _REPEATED)
        for name in ("source", "target", "weight", "time"):
            place = getattr(self, name)
            if place is not None and (
                isinstance(place, bool) or not isinstance(place, str | int) or place == ""
            ):
                raise InputError(
                    f"{name} = {place!r} is not allowed; give the name of a column, or its number "
                    "from 1 on"
                )
        if (self.source is None) != (self.target is None):
            given, other = ("source", "target") if self.target is None else ("target", "source")
            raise InputError(
                f"{given} = {getattr(self, given)!r} names one end of a tie; give {other} too"
            )
        if self.weight is not None and "=" in str(self.weight):
            _one_of("weight", str(self.weight).rpartition("=")[2], MEANINGS)

    @property
    def meaning(self) -> str | None:
        """What a weight means, if that is said."""
        said = str(self.weight).rpartition("=")[2]
        return said if said in MEANINGS else None

    @property
    def weight_column(self) -> Place | None:
        """The column that is named as weight."""
        if isinstance(self.weight, str) and self.meaning is not None:
            return self.weight.rpartition("=")[0] or None
        return self.weight

    def columns(self) -> dict[str, Place]:
        """The columns that are named, by what for."""
        named = {
            "source": self.source,
            "target": self.target,
            "weight": self.weight_column,
            "time": self.time,
        }
        return {what: place for what, place in named.items() if place is not None}


def number_of(place: Place) -> int | None:
    """The number of a column, from 0 on, if it is given by number."""
    if isinstance(place, int):
        return place - 1
    return int(place) - 1 if place.isascii() and place.isdecimal() else None


def _one_of(name: str, value: Any, allowed: Sequence[str]) -> None:
    if not isinstance(value, str) or value not in allowed:
        said = [f'"{each}"' for each in allowed]
        raise InputError(
            f"{name} = {value!r} is not allowed; it is {', '.join(said[:-1])} or {said[-1]}"
        )
