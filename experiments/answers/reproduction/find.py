"""`wom.reproduce`: a published result, made again; and the papers of which it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ....sim.errors import InputError, hint
from .bampo_2008 import PAPER as BAMPO
from .bass_1969 import PAPER as BASS
from .centola_2010 import PAPER as CENTOLA
from .gleeson_2014 import PAPER as GLEESON
from .goel_2016 import PAPER as GOEL
from .goldenberg_2001 import PAPER as GOLDENBERG
from .hinz_2011 import PAPER as HINZ
from .kempe_2003 import PAPER as KEMPE
from .leskovec_2007 import PAPER as LESKOVEC
from .newman_2002 import PAPER as NEWMAN
from .paper import Paper, Tell
from .stonedahl_2010 import PAPER as STONEDAHL
from .vanderlans_2010 import PAPER as VAN_DER_LANS
from .watts_2002 import PAPER as WATTS
from .watts_dodds_2007 import PAPER as WATTS_DODDS

if TYPE_CHECKING:
    from .answer import Reproduction

_SHELF: Final = (
    BASS, WATTS, WATTS_DODDS, NEWMAN, CENTOLA, KEMPE, HINZ, STONEDAHL, GOLDENBERG, BAMPO, LESKOVEC,
    VAN_DER_LANS, GLEESON, GOEL,
)  # fmt: skip
PAPERS: Final = {paper.name: paper for paper in _SHELF}


def paper_of(name: str) -> Paper:
    """The paper of a name.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    if name in PAPERS:
        return PAPERS[name]
    there = f"there are {', '.join(PAPERS)}."
    raise InputError(f"{name!r} is no paper that can be made again; {hint(name, PAPERS, there)}")


def reproduce(name: str, *, progress: Tell | None = None) -> Reproduction:
    """Make a published result again, and put the paper's numbers beside those found.

    Parameters
    ----------
    name
        bass_1969, watts_2002, watts_dodds_2007, newman_2002, centola_2010, kempe_2003, hinz_2011,
        stonedahl_2010, goldenberg_2001, bampo_2008, leskovec_2007, vanderlans_2010, gleeson_2014
        or goel_2016.
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
    from .answer import Reproduction

    paper = paper_of(name)
    return Reproduction(paper, tuple(paper.measure(progress or _silent)))


def _silent(done: int, expected: int) -> None:
    """Nobody waits for it."""
