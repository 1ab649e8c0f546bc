"""What became of each meme: the result of `competition`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class Popularity:
    """Every meme born within the counted events, followed until nobody could pass it on.

    A time unit is as many events as there are people: everybody posts once in it, on average.

    Attributes
    ----------
    posts : int64[memes]
        Popularity: how often the meme was posted, the first time included.
    peak : int64[memes]
        Most posts within one of the time units that follow each other from the start of the run.
    born, last : int64[memes]
        Events of the first and the last post; 0 is the first counted event.
    people : int
        People in the network.
    burn_in : int
        Events before the first counted one.
    events : int
        Counted events, within which these memes were born.
    followed : int
        Events after these, up to the end of the last meme.
    """

    posts: npt.NDArray[np.int64]
    peak: npt.NDArray[np.int64]
    born: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    people: int
    burn_in: int
    events: int
    followed: int

    @property
    def lifetime(self) -> npt.NDArray[np.float64]:
        """Time units between the first and the last post; 0 for a meme that was posted once."""
        return (self.last - self.born) / self.people

    def at_least(self, posts: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Share of the memes that were posted at least so often.

        Parameters
        ----------
        posts : int or array of int
            Numbers of posts.

        Returns
        -------
        float64, in the shape of `posts`
            P(popularity >= posts); not a number where no meme was born.
        """
        below = np.searchsorted(np.sort(self.posts), np.asarray(posts), side="left")
        with np.errstate(invalid="ignore"):
            return np.asarray((len(self.posts) - below) / np.float64(len(self.posts)))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all memes, in hexadecimal: the same for equal histories only."""
        sizes = (self.people, self.burn_in, self.events, self.followed)
        hashed = hashlib.sha256(np.array(sizes, "<i8").tobytes())
        for column in (self.posts, self.peak, self.born, self.last):
            hashed.update(np.ascontiguousarray(column, "<i8").data)
        return hashed.hexdigest()
