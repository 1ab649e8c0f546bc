"""What arrives in feeds, or is met there: rows in tiles of people.

A row reads and writes a hundred bytes of its person, at a place of memory that no processor
foresees. So the people are cut into tiles, so small that what is known of those of one stays in a
core's cache, the rows are put in order of tiles, and a tick goes through one tile after the other.
No result depends on it: what people decide in a tick depends on what they did themselves, and on
what others had done before it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .jit import jit
from .reference import by_reference

# 8,192 people: half a MiB of `PERSON` and `RELATION`, and what they did with the messages.
_LEAST_WIDE: Final = 13
# Below that many rows a tile, and a message in it, what each costs is more than it spares.
_LEAST_ROWS: Final = 4_096
_LEAST_OF_EACH: Final = 1_024
# Rows are written to all tiles at once, a cache line and a page of memory each.
_MOST_TILES: Final = 4_096


@by_reference
class Exposures(NamedTuple):
    """The posts that arrive in a tick, or are met in one, a row for each feed they are in.

    Attributes
    ----------
    entry, person
        The entry of the wave, and in whose feed; tiles in order, within each of them entries, and
        so messages too.
    start
        Of so many messages, message m of tile t stands at ``start[t * messages + m]`` to
        ``start[t * messages + m + 1] - 1``.
    visit
        The hour at which the person meets it; of length 0 as long as nobody asked, and where
        people are always online.
    new
        At how many people something of the campaign's own arrives for the first time.
    wide
        A tile holds ``2 ** wide`` people.
    """

    entry: NDArray[np.int32]
    person: NDArray[np.int32]
    start: NDArray[np.int64]
    visit: NDArray[np.float64]
    new: int
    wide: int


@jit
def busy(start: NDArray[np.int64]) -> int:
    """How many messages there is something of, given where each stands."""
    return int(np.sum(start[1:] > start[:-1]))


@jit
def wide_of(rows: int, people: int, messages: int) -> int:
    """How wide the tiles of so many people are for at most so many rows, of so many messages.

    Examples
    --------
    >>> wide_of(5_000_000, 1_000_000, 1), wide_of(50_000, 1_000_000, 1), wide_of(50, 1_000, 1)
    (13, 17, 13)
    >>> wide_of(5_000_000, 1_000_000, 1_000)
    18
    """
    wide = _LEAST_WIDE
    least = max(_LEAST_ROWS, _LEAST_OF_EACH * messages)
    most = min(max(rows // least, 1), _MOST_TILES)
    while (max(people, 1) - 1) >> wide >= most:
        wide += 1
    return wide


@jit
def tiles_of(exposures: Exposures, messages: int) -> int:
    """In how many tiles the rows lie."""
    return (exposures.start.size - 1) // max(messages, 1)


@jit
def of_tile(exposures: Exposures, tile: int, messages: int) -> Exposures:
    """The rows of one tile."""
    if tiles_of(exposures, messages) == 1:
        return exposures
    start = exposures.start[tile * messages : (tile + 1) * messages + 1]
    first, stop = start[0], start[messages]
    visit = exposures.visit
    return Exposures(
        exposures.entry[first:stop],
        exposures.person[first:stop],
        start - first,
        visit[first:stop] if visit.size else visit,
        0,
        exposures.wide,
    )


@jit
def in_tiles(exposures: Exposures, low: int, high: int, messages: int) -> Exposures:
    """The rows of an owner of people, which are in the order of their entries, in tiles.

    Parameters
    ----------
    exposures
        The rows, as of one tile.
    low, high
        The people: rows low to high - 1.
    messages
        How many messages there are.
    """
    rows = exposures.person.size
    wide = wide_of(rows, high - low, busy(exposures.start))
    tiles = ((max(high - low, 1) - 1) >> wide) + 1
    entry, person, visit = exposures.entry, exposures.person, exposures.visit
    if tiles == 1:
        return Exposures(entry, person, exposures.start, visit, exposures.new, wide)
    place = np.zeros(tiles * messages + 1, np.int64)
    for message in range(messages):
        for row in range(exposures.start[message], exposures.start[message + 1]):
            place[((person[row] - low) >> wide) * messages + message + 1] += 1
    for slot in range(tiles * messages):
        place[slot + 1] += place[slot]
    start = place.copy()
    entries, people = np.empty(rows, np.int32), np.empty(rows, np.int32)
    visits = np.empty(visit.size, np.float64)
    for message in range(messages):
        for row in range(exposures.start[message], exposures.start[message + 1]):
            slot = ((person[row] - low) >> wide) * messages + message
            at = place[slot]
            place[slot] += 1
            entries[at], people[at] = entry[row], person[row]
            if visit.size:
                visits[at] = visit[row]
    return Exposures(entries, people, start, visits, exposures.new, wide)
