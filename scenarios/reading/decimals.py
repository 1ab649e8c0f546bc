"""Decimal commas, as spreadsheets write numbers in most of Europe: 0,77 is 0.77."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_COMMA: Final = re.compile(r"[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?")
_PLAIN: Final = re.compile(r"[+-]?[0-9]+([eE][+-]?[0-9]+)?")
_THOUSANDS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+")
REMEDY: Final = "write decimals with a point, such as 0.77, and thousands without a sign"


def with_points(texts: Sequence[str], nothing: frozenset[str] = frozenset(("",))) -> list[str]:
    """A column with points for its decimal commas; none where it is no column of such numbers.

    All must be of that form, or whole; and one of them must be more than 1,234, which may be a
    thousand.

    Parameters
    ----------
    texts
        A column, a text a row.
    nothing
        What stands where nothing is known, in small letters.

    Examples
    --------
    >>> with_points(["0,77", "1", ""])
    ['0.77', '1', '']
    >>> with_points(["0.5", "0,77"]), with_points(["1,234", "2,500"]), with_points(["1", "2"])
    ([], [], [])
    """
    filled = [text for text in texts if text.lower() not in nothing]
    commas = [text for text in filled if _COMMA.fullmatch(text)]
    plain = [text for text in filled if _PLAIN.fullmatch(text)]
    if len(commas) + len(plain) < len(filled) or all(map(_THOUSANDS.fullmatch, commas)):
        return []
    return [text.replace(",", ".") for text in texts]


def has_comma(text: str) -> bool:
    """Whether a text is a number with commas in it, of decimals or of thousands."""
    return _COMMA.fullmatch(text) is not None or _THOUSANDS.fullmatch(text) is not None


def example(texts: Sequence[str]) -> str:
    """What is said of a column that is read so."""
    shown = next(text for text in texts if _COMMA.fullmatch(text))
    return f"{shown} is {float(shown.replace(',', '.')):g}"
