"""The one form of complaint about what is read: where, what stands there, why not, what to do."""

from __future__ import annotations

from typing import Final

from ...sim.border import brief as brief
from ...sim.errors import InputError

NEED: Final = "give ties such as 'u v'"
FORMATS: Final = (
    "give an edge list, GraphML, GEXF, GML, Pajek, Matrix Market, node-link JSON or a .npz of "
    "Network.save"
)


def refusal(title: str, line: int | None, text: str, fault: str, remedy: str) -> InputError:
    """A complaint about a line, or about a place of a file that has no lines."""
    where = f"{title}: " if line is None else f"{title}, line {line}: "
    return InputError(f"{where}{brief(text)!r} {fault}; {remedy}")


def foreign(title: str, what: str, remedy: str) -> InputError:
    """The refusal of a format that is known, and not read."""
    return InputError(f"{title}: this is {what}; {remedy}")
