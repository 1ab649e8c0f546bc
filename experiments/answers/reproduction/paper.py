"""A paper whose result can be made again, and what is found beside what it says."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Tell: TypeAlias = Callable[[int, int], None]

# As many standard errors from what is known as chance alone brings once in 16,000 times.
ERRORS: Final = 4.0


class Finding(NamedTuple):
    """A number of a paper, and the same number here.

    Attributes
    ----------
    what
        What it is the number of.
    known
        What the paper prints, or what its formula gives; inf or -inf where it says no more than
        that it is above or below `side`.
    ours
        The mean over independent runs.
    error
        The standard error of that mean; 0 where there is no luck in it.
    within
        By how much it may differ for a reason that is known: rounding in the paper, a finite
        network. The paper's `differs` says which.
    side
        If not None, only the side is compared: `known` and `ours` are both above this number or
        both below it, ours by 4 standard errors. For what a paper measured in people and a model
        can show in kind alone.
    form
        How it is written (`show.numbers.written`).
    """

    what: str
    known: float
    ours: float
    error: float
    within: float = 0.0
    side: float | None = None
    form: str = "number"

    @property
    def base(self) -> float:
        """What ours is measured by: the side where there is one, else what is known."""
        return self.known if self.side is None else self.side

    @property
    def agrees(self) -> bool:
        """Whether it is what the paper says, by 4 standard errors and what is allowed besides."""
        if self.side is None:
            return bool(abs(self.ours - self.known) <= ERRORS * self.error + self.within)
        above = self.known > self.side
        margin = (self.ours - self.side) * (1 if above else -1)
        return bool(margin > ERRORS * self.error)


@dataclass(frozen=True)
class Paper:
    """A published result.

    Attributes
    ----------
    name
        First author and year, as `wom reproduce NAME` says it.
    cite
        Where it was published.
    claim
        What the paper shows.
    setting
        What is run here.
    differs
        In what that is not the paper's own setting.
    measure
        Makes the findings; it is told a function to say how far it is.
    """

    name: str
    cite: str
    claim: str
    setting: str
    differs: str
    measure: Callable[[Tell], list[Finding]]


def mean_and_error(runs: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The mean of independent runs (rows), and its standard error."""
    values = np.asarray(runs, float)
    return values.mean(axis=0), values.std(axis=0, ddof=1) / math.sqrt(len(values))


def findings(names: Sequence[str], known: Sequence[float], runs: ArrayLike) -> list[Finding]:
    """A finding for each column of a table of independent runs."""
    means, errors = mean_and_error(runs)
    return [
        Finding(what, published, float(ours), float(error))
        for what, published, ours, error in zip(names, known, means, errors, strict=True)
    ]
