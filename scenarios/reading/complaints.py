"""The one form of complaint about what is read: where, what stands there, why not, what to do."""

from __future__ import annotations

from typing import Final

from ...sim.errors import InputError

NEED: Final = "give ties such as 'u v'"
FORMATS: Final = (
    "give an edge list, GraphML, GEXF, GML, Pajek, Matrix Market, node-link JSON or a .npz of "
    "Network.save"
)
_LONGEST: Final = 60


def refusal(title: str, line: int | None, text: str, fault: str, remedy: str) -> InputError:
    """A complaint about a line, or about a place of a file that has no lines."""
    where = f"{title}: " if line is None else f"{title}, line {line}: "
    return InputError(f"{where}{brief(text)!r} {fault}; {remedy}")


def foreign(title: str, what: str, remedy: str) -> InputError:
    """The refusal of a format that is known, and not read."""
    return InputError(f"{title}: this is {what}; {remedy}")


def brief(text: str) -> str:
    """So much of a text that a sentence has room for it, in one line."""
    text = " ".join(text.splitlines())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
