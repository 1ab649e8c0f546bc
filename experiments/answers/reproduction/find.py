"""`wom.reproduce`: a published result, made again."""

from __future__ import annotations

from .answer import Reproduction
from .paper import Tell
from .papers import paper_of


def reproduce(name: str, *, progress: Tell | None = None) -> Reproduction:
    """Make a published result again, and put the paper's numbers beside those found.

    Parameters
    ----------
    name
        bass_1969, watts_2002, newman_2002, centola_2010, hinz_2011, gleeson_2014 or goel_2016.
    progress
        Called with how many runs are done, and of how many.

    Returns
    -------
    Reproduction
        ``.findings``, ``.table()``, ``.sentence``, ``.agrees``, ``.plot()``.

    Raises
    ------
    InputError
        If there is no such paper.

    Notes
    -----
    Seeds are fixed: the numbers are the same each time. A number agrees where it is within 4
    standard errors of the known one, and of what the setting explains (`Paper.differs`).

    Examples
    --------
    >>> import wordofmouth as wom
    >>> found = wom.reproduce("centola_2010")
    >>> found.agrees
    True
    """
    paper = paper_of(name)
    return Reproduction(paper, tuple(paper.measure(progress or _silent)))


def _silent(done: int, expected: int) -> None:
    """Nobody waits for it."""
