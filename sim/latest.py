"""What was made last: campaign after campaign in one world, networks and people are made once.

What is kept here does not change after birth, so that any number of campaigns may share it. It is
kept while a campaign has it, and beyond that if it is not too large to be left lying about.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Generic, NamedTuple, TypeVar
from weakref import ref

Made = TypeVar("Made")

# Bytes up to which what is kept here is kept where no campaign has it: as a network, `everyday`
# among 600,000 people.
ROOM: Final = 256 * 2**20


class _Kept(NamedTuple):
    asked: tuple[Any, ...]
    made: Callable[[], Any]
    size: int


class Latest(Generic[Made]):
    """The last of a kind that were made.

    Parameters
    ----------
    size
        The bytes of one, with what it keeps alive.
    most
        How many are kept, within `ROOM` bytes together.

    Examples
    --------
    >>> squares = Latest(lambda _: 8)
    >>> def square():
    ...     print("made")
    ...     return 36
    >>> squares.get((6,), square), squares.get((6,), square)
    made
    (36, 36)
    """

    def __init__(self, size: Callable[[Made], int], most: int = 1) -> None:
        self.size, self.most = size, most
        self._kept: tuple[_Kept, ...] = ()

    def get(self, asked: tuple[Any, ...], make: Callable[[], Made]) -> Made:
        """What was made, if it was asked for in the same words; else what is made now.

        Parameters
        ----------
        asked
            What it depends on: words and whole numbers, and objects, which are to be the same ones.
        make
            Makes it.
        """
        kept = None
        for kept in self._kept:  # taken at once: threads may be here at the same time
            if _same(kept.asked, asked):
                found: Made | None = kept.made()
                if found is not None:
                    return found
        del kept
        self._kept = self._kept[: self.most - 1]  # let go of before there is another
        made = make()
        entries, room = [], ROOM
        for each in (_entry(asked, made, self.size(made)), *self._kept):
            room -= each.size if each else 0
            if each and room >= 0:
                entries.append(each)
        self._kept = tuple(entries)
        return made


def _entry(asked: tuple[Any, ...], made: Any, size: int) -> _Kept | None:
    if size <= ROOM:
        return _Kept(asked, lambda: made, size)
    try:
        return _Kept(asked, ref(made), 0)
    except TypeError:  # a tuple: there is no looking at one without keeping it
        return None


def _same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return len(one) == len(other) and all(
        a is b or (isinstance(a, str | int) and type(a) is type(b) and a == b)
        for a, b in zip(one, other, strict=True)
    )
