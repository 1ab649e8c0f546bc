"""What can go wrong through no fault of the program, each with the command line's exit code."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar


class CampaignError(Exception):
    """A mistake or a limit that one sentence explains; shown without a traceback."""

    exit_code: ClassVar[int] = 2


class InputError(CampaignError, ValueError):
    """A scenario, a network file or an argument that is not valid (exit code 2)."""


class LimitError(CampaignError, MemoryError):
    """A run that would not fit into this machine, refused before it starts (exit code 3)."""

    exit_code = 3


class StorageError(CampaignError, OSError):
    """A file or folder that cannot be read or written (exit code 4)."""

    exit_code = 4


def nearest(word: object, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known word that was probably meant; empty if none is like it."""
    return next(iter(get_close_matches(str(word), list(known), n=1, cutoff=cutoff)), "")


def hint(word: object, known: Iterable[str], otherwise: str = "", *, before: str = "") -> str:
    """What a sentence says of a word that is not known: the one that was probably meant.

    Parameters
    ----------
    word, known
        What was said, and what could have been.
    otherwise
        What to say where no word is like it.
    before
        What stands before the word where it is typed.

    Examples
    --------
    >>> hint("reech", ["reach", "shares"]), hint("x", ["reach"], "there is reach.")
    ("did you mean 'reach'?", 'there is reach.')
    """
    near = nearest(word, known)
    return f"did you mean {before + near!r}?" if near else otherwise
