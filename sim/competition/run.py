"""The competition of memes for limited attention: what is asked is checked, then played."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ..cascades.check import checked_count, checked_seed
from ..cascades.run import Graph
from ..errors import InputError, LimitError
from .kernel import UNFOLLOWED, Attention, Tally, compete, inventions
from .popularity import Popularity

# Events played at one go: between two, Ctrl-C is heard.
_STRETCH: Final = 1 << 22
_MOST_EVENTS: Final = 2**31 - 1  # so that 32 bits number the memes
_MOST_PLACES: Final = 2**32  # 16 GiB of screens and memories
_FOREVER: Final = 2**62


def competition(
    network: Graph,
    innovation: float,
    *,
    screen: int = 1,
    recall: float = 0.0,
    memory: int = 1,
    events: int = 1_000_000,
    burn_in: int | None = None,
    seed: int = 0,
) -> Popularity:
    """Let memes that differ in nothing compete for limited attention.

    Everybody has a screen, which holds the last `screen` posts that reached them, and a memory of
    their own last `memory` posts. At each event somebody, drawn uniformly, posts one meme: with
    probability mu = `innovation` a new one, which also enters their own screen; else, with
    probability `recall`, one from a uniformly drawn place of their memory; else one from a
    uniformly drawn place of their screen. The post enters the screens of all who hear them and
    the memory of the poster, and the oldest entry there gives way.

    No meme is better than another, yet a few become very popular, because what one wins others
    lose: but for the newcomers every meme is on the verge of spreading. However people are tied
    together and whatever screens and memories hold, popularity (the posts of a meme, the first
    one included) has the mean 1 / mu, exactly.

    With one place to a screen and no recall this is the model of Gleeson et al. Where everybody
    hears z others and is heard by z, without short loops, and each copy of a meme has a fate of
    its own, the popularity n has the law

        P(n) = C((z+1) n, n-1) b^(n-1) (1-b)^(z n + 1) / n,   b = (1 - mu) / (z + 1),

    the coefficients of H(x) = x G(x)^(z+1), where G = (z + mu) / (z + 1) + b x G^(z+1) is the
    generating function of the posts that come of one screen. The tail is n^(-3/2) up to the order
    of 2 / mu^2; it is n^(-g / (g-1)) where k followers have a probability ~ k^-g, 2 < g < 3.
    The law is an approximation: who hears one person loses a meme together with the others who
    do. At z = 10 and mu = .05, 1.9 % more memes than it says are posted twice, .5 % more 100
    times and 10 % fewer 1,000 times; at z = 40 the first is .5 %.

    With longer screens and recall it follows Weng et al., with two differences. Here an event is
    one post, where there somebody passes on each entry of the screen with a small probability.
    And screens hold a number of posts, not those of a period: who hears j others holds what
    arrives in about screen / j time units. Longer screens leave the popularity of a meme over
    its whole life almost as it is, and stretch that life: fewer posts fall into one time unit.

    Memes of the start are not counted, nor are those born in the burn-in or after the counted
    events; those counted are followed until no screen or memory holds them. So none is cut short,
    and none is met because it lives long.

    Parameters
    ----------
    network : Network
        `indptr` int64[n + 1] and `indices` int32[arcs]: u -> v where v hears u.
    innovation : float
        mu, the probability that a post is a new meme, in (0, 1].
    screen : int
        Posts that a screen holds, at least 1.
    recall : float
        Probability that a post which is not new comes from the poster's memory, in [0, 1].
    memory : int
        Own posts that a memory holds, at least 1; without `recall` nobody looks them up.
    events : int
        Events during which the memes to be counted are born, from 1 to 2**31 - 1.
    burn_in : int, optional
        Events before these, from 0 to 2**31 - 1. By default twice as many as it takes until no
        screen or memory holds a meme of the start.
    seed : int
        Seed of all draws, in [0, 2**64).

    Returns
    -------
    Popularity
        Posts, greatest number of posts in a time unit, and first and last post of every meme.

    Raises
    ------
    InputError
        An argument outside its range, or a network without people.
    LimitError
        Screens and memories of more than 2**32 places in all.

    Examples
    --------
    >>> from wordofmouth import Network
    >>> friends = Network.generate("preferential_attachment", n=1_000, seed=1)
    >>> result = competition(friends, 0.1, events=200_000, seed=1)
    >>> float(result.posts.mean().round(1)), int(result.posts.max())
    (10.0, 764)
    >>> result.at_least([1, 10, 100]).round(3)
    array([1.  , 0.16, 0.02])

    References
    ----------
    Gleeson, Ward, O'Sullivan & Lee 2014, "Competition-induced criticality in a model of meme
    popularity", Phys. Rev. Lett. 112:048701. Weng, Flammini, Vespignani & Menczer 2012,
    "Competition among memes in a world with limited attention", Scientific Reports 2:335.
    """
    if not 0.0 < _chance("innovation", innovation) <= 1.0:
        raise InputError(f"innovation is {innovation}, but must be above 0 and at most 1.")
    if not 0.0 <= _chance("recall", recall) <= 1.0:
        raise InputError(f"recall is {recall}, but must lie in [0, 1].")
    people = len(network.indptr) - 1
    if people < 1:
        raise InputError("network has no people, so nobody can post: give one with at least 1.")
    length = checked_count("screen", screen)
    kept = checked_count("memory", memory)
    if recall == 0.0:
        kept = 0  # nobody looks it up
    if people * (length + kept) > _MOST_PLACES:
        raise LimitError(
            f"screen and memory hold {length + kept:,} posts for each of {people:,} people, but "
            f"must hold at most {_MOST_PLACES:,} in all: shorten them."
        )
    if checked_count("events", events) > _MOST_EVENTS:
        raise InputError(f"events is {events}, but must be at most {_MOST_EVENTS}: use more seeds.")
    chances = (float(innovation), float(recall))
    play = _Play.begin(network, (length, kept), chances, checked_seed(seed))
    play.burn_in(_checked_burn_in(burn_in))
    return play.count(int(events))


def _chance(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise InputError(f"{name} is {value!r}, but must be a number from 0 to 1.")
    return float(value)


def _checked_burn_in(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
        events = int(value)
        if 0 <= events <= _MOST_EVENTS:
            return events
    raise InputError(
        f"burn_in is {value!r}, but must be a whole number from 0 to {_MOST_EVENTS}, or None."
    )


def _arcs(network: Graph) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """The rows as the kernel wants them: of one type and read-only, so that it compiles once."""
    indptr = np.ascontiguousarray(network.indptr, np.int64).view()
    indices = np.ascontiguousarray(network.indices, np.int32).view()
    indptr.flags.writeable = indices.flags.writeable = False
    return indptr, indices


def _tally(memes: int) -> Tally:
    return Tally(*(np.zeros(memes, np.int64) for _ in Tally._fields))


@dataclass
class _Play:
    """Where the sequence of events stands: what everybody has before them, and what comes next."""

    arcs: tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]
    attention: Attention
    chances: tuple[float, float]
    seed: np.uint64
    event: int = 0

    @classmethod
    def begin(
        cls, network: Graph, places: tuple[int, int], chances: tuple[float, float], seed: np.uint64
    ) -> _Play:
        """Everybody's screen and memory is full of meme 0, which stands for all of the start."""
        people = len(network.indptr) - 1
        attention = Attention(
            np.zeros((people, places[0]), np.int32),
            np.zeros(people, np.int32),
            np.zeros((people, places[1]), np.int32),
            np.zeros(people, np.int32),
        )
        return cls(_arcs(network), attention, chances, seed)

    def burn_in(self, events: int | None) -> None:
        """Play events that do not count: so many, or twice those that outlast the start."""
        if events is None:
            self._play(_FOREVER, _tally(1), until_gone=True)
            events = 2 * self.event
        self._play(events, _tally(1))
        self.attention.screen.fill(UNFOLLOWED)
        self.attention.memory.fill(UNFOLLOWED)

    def count(self, events: int) -> Popularity:
        """Follow the memes that are born in the next `events`, until the last is gone."""
        begin, end = self.event, self.event + events
        tally = _tally(inventions(self.seed, self.chances[0], begin, end))
        self._play(end, tally, newborn=0)
        self._play(_FOREVER, tally, until_gone=True)
        people = len(self.arcs[0]) - 1
        born, last = tally.born - begin, tally.last - begin
        followed = self.event - end
        return Popularity(tally.posts, tally.peak, born, last, people, begin, events, followed)

    def _play(
        self, end: int, tally: Tally, newborn: int = UNFOLLOWED, until_gone: bool = False
    ) -> None:
        places = sum(
            int((held >= 0).sum()) for held in (self.attention.screen, self.attention.memory)
        )
        while self.event < end and not (until_gone and places == 0):
            stop = min(end, self.event + _STRETCH)
            span = (self.event, stop)
            self.event, newborn, places = compete(
                self.arcs, self.attention, tally, self.seed, self.chances,
                span, newborn, places, until_gone,
            )  # fmt: skip
