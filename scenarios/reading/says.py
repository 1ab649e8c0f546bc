"""What the comments at the head of an edge list say: directions, as archives write them."""

from __future__ import annotations

import re
from typing import Final

from .complaints import foreign, refusal

_SNAP: Final = re.compile(r"[#%\s]*(un)?directed\s+(?:graph|network)\b", re.IGNORECASE)
_SETTING: Final = re.compile(r"[#%\s]*directed\s*[=:]\s*(.*)", re.IGNORECASE)
_KONECT: Final = re.compile(r"%\s*(asym|sym|bip)\b\s*(\w*)")
TRUE: Final = ("true", "yes", "1")
FALSE: Final = ("false", "no", "0")


def says_directed(title: str, comments: list[tuple[int, str]]) -> tuple[bool | None, str]:
    """Whether ties have a direction, and which line says so; None if no comment does.

    Raises
    ------
    InputError
        If a setting is neither true nor false, or the two ends are not of one kind.
    """
    for number, line in comments:
        where = f"line {number}: {line}"
        if found := _SNAP.match(line):
            return found[1] is None, where
        if found := _SETTING.match(line):
            word = found[1].strip().lower()
            if word not in (*TRUE, *FALSE):
                raise refusal(
                    title, number, line, f"says {word!r}", "directed is true or false; mend it"
                )
            return word in TRUE, where
        if found := _KONECT.match(line):
            if found[1] == "bip":
                raise foreign(
                    title,
                    "a network with two sides, such as people and films (KONECT bip)",
                    "give one of ties between people",
                )
            return found[1] == "asym", where
    return None, ""


def konect_of(comments: list[tuple[int, str]]) -> str:
    """What KONECT says of weights, such as `unweighted` or `positive`; empty without its head."""
    return next((found[2] for _, line in comments if (found := _KONECT.match(line))), "")
