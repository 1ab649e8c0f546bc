"""The papers that can be made again, by name."""

from __future__ import annotations

from typing import Final

from ....sim.errors import InputError, hint
from .bass_1969 import PAPER as BASS
from .centola_2010 import PAPER as CENTOLA
from .gleeson_2014 import PAPER as GLEESON
from .goel_2016 import PAPER as GOEL
from .hinz_2011 import PAPER as HINZ
from .newman_2002 import PAPER as NEWMAN
from .paper import Paper
from .watts_2002 import PAPER as WATTS

PAPERS: Final = {paper.name: paper for paper in (BASS, WATTS, NEWMAN, CENTOLA, HINZ, GLEESON, GOEL)}


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
