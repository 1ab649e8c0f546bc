"""The compiled loop of the competition: one event after the other, each of them one post.

What a screen or a memory holds is a number: that of a meme which is followed, or `UNFOLLOWED`.
The loop knows how many places hold a followed meme, so that it can say when the last one is gone.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ..draws import CHOICE, INVENTION, POSTER, RECALL, draw, happens, key_of, uniform
from ..jit import inline, jit
from ..prefetch import prefetch

UNFOLLOWED: Final = -1

_0: Final = np.uint64(0)
_1: Final = np.uint64(1)
_8: Final = np.uint64(8)
_16: Final = np.uint64(16)


class Attention(NamedTuple):
    """What everybody has before them: the last posts that reached them, and their own.

    Attributes
    ----------
    screen, memory : int32[n, length]
        Memes, in places that are written in turn.
    heard, posted : int32[n]
        The place that comes next.
    """

    screen: npt.NDArray[np.int32]
    heard: npt.NDArray[np.int32]
    memory: npt.NDArray[np.int32]
    posted: npt.NDArray[np.int32]


class Tally(NamedTuple):
    """What is counted of each followed meme; events are numbered from the first of the run.

    Attributes
    ----------
    posts, born, last : int64[memes]
        Posts in all, and the events of the first and the last one.
    peak : int64[memes]
        Most posts in one time unit.
    unit, inside : int64[memes]
        The time unit of the last post, and the posts in it so far.
    """

    posts: npt.NDArray[np.int64]
    born: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    peak: npt.NDArray[np.int64]
    unit: npt.NDArray[np.int64]
    inside: npt.NDArray[np.int64]


@inline
def poster_of(key: np.uint64, event: np.uint64, people: int) -> np.uint64:
    """Who posts at an event: known beforehand, whatever happens until then."""
    return np.uint64(uniform(draw(key, event)) * people)


@jit
def inventions(seed: np.uint64, innovation: float, begin: int, end: int) -> int:
    """How many new memes the events `begin` up to `end` bring."""
    key = key_of(np.uint64(seed), INVENTION)
    count = 0
    for event in range(begin, end):
        count += happens(draw(key, np.uint64(event)), innovation)
    return count


@jit
def compete(
    network: tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]],
    attention: Attention,
    tally: Tally,
    seed: np.uint64,
    chances: tuple[float, float],
    span: tuple[int, int],
    newborn: int,
    places: int,
    until_gone: bool,
) -> tuple[int, int, int]:
    """Play the events `span[0]` up to `span[1]`.

    New memes are followed under the numbers from `newborn` on, or not at all where that is
    `UNFOLLOWED`. `places` of all screens and memories hold a followed meme; with `until_gone` the
    loop stops where none does. Returns the first event not played, `newborn` and `places`.
    """
    indptr, indices = network
    screen, heard, memory, posted = attention
    posts, born, last, peak, unit, inside = tally
    innovation, recall = chances
    seed = np.uint64(seed)
    who, new = key_of(seed, POSTER), key_of(seed, INVENTION)
    back, which = key_of(seed, RECALL), key_of(seed, CHOICE)
    people, length = len(indptr) - 1, screen.shape[1]
    kept = memory.shape[1]
    flat = screen.reshape(-1)  # what `prefetch` takes
    for number in range(span[0], span[1]):
        if until_gone and places == 0:
            return number, newborn, places
        event = np.uint64(number)
        poster = poster_of(who, event, people)
        # Who posts next is known, so their cold reads are announced: 1.5 times as fast at n = 1e5.
        prefetch(indptr, poster_of(who, event + _16, people))
        soon = poster_of(who, event + _8, people)
        prefetch(flat, soon * np.uint64(length))
        prefetch(indices, np.uint64(indptr[soon]))
        prefetch(indices, np.uint64(indptr[soon]) + _16)
        if happens(draw(new, event), innovation):
            meme = newborn
            if newborn != UNFOLLOWED:
                born[meme], unit[meme] = number, number // people
                newborn += 1
            place = np.uint64(heard[poster])
            heard[poster] = place + _1 if place + _1 < length else 0
            places += (meme >= 0) - (screen[poster, place] >= 0)
            screen[poster, place] = meme
        elif kept and happens(draw(back, event), recall):
            meme = int(memory[poster, np.uint64(uniform(draw(which, event)) * kept)])
        else:
            meme = int(screen[poster, np.uint64(uniform(draw(which, event)) * length)])
        for arc in range(np.uint64(indptr[poster]), np.uint64(indptr[poster + _1])):
            follower = np.uint64(indices[arc])
            place = _0
            # A screen of one place has no next one, and the read that this saves is a cold one.
            if length > 1:
                place = np.uint64(heard[follower])
                heard[follower] = place + _1 if place + _1 < length else 0
            places += (meme >= 0) - (screen[follower, place] >= 0)
            screen[follower, place] = meme
        if kept:
            place = np.uint64(posted[poster])
            posted[poster] = place + _1 if place + _1 < kept else 0
            places += (meme >= 0) - (memory[poster, place] >= 0)
            memory[poster, place] = meme
        if meme >= 0:
            now = number // people
            inside[meme] = inside[meme] + 1 if now == unit[meme] else 1
            unit[meme], last[meme] = now, number
            posts[meme] += 1
            peak[meme] = max(peak[meme], inside[meme])
    return span[1], newborn, places
