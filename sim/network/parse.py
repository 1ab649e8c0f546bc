"""Edge lists of plain integers, parsed byte by byte in compiled code.

The parser gives up on whatever it does not know (a text, a leading zero, a missing column) and
leaves that to `lines`, which is slower, knows texts and words the refusal. What it does accept,
it reads exactly as `lines` does.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..jit import jit

Bytes = NDArray[np.uint8]
Ids = NDArray[np.int64]

_NEWLINE = 10
_POWERS = 10.0 ** np.arange(23)  # exact in binary64


@jit
def parse_integers(
    text: Bytes,
    begin: int,
    separator: int,
    columns: int,
    places: Ids,
    source: Ids,
    target: Ids,
    weight: NDArray[np.float64],
    weight_begin: Ids,
) -> int:
    """Read lines of `columns` fields into the arrays; the number of ties, or -1 to give up.

    `separator` is a comma or a semicolon, or 0 for runs of blanks. `places` are the columns of
    source, target and weight (-1: none). A weight that a double cannot hold exactly on the way is
    left as nan, to be read again from `weight_begin`.
    """
    at, end, ties = begin, text.size, 0
    while at < end:
        at = _skip_blanks(text, at)
        if at >= end:
            break
        if text[at] == _NEWLINE:
            at += 1
            continue
        if text[at] == 35 or text[at] == 37:  # '#' and '%' begin a comment
            while at < end and text[at] != _NEWLINE:
                at += 1
            continue
        if ties == source.size:
            return -1
        for column in range(columns):
            field = at
            if column == places[0] or column == places[1]:
                known, value, at = _integer(text, at)
                if not known:
                    return -1
                if column == places[0]:
                    source[ties] = value
                else:
                    target[ties] = value
            elif column == places[2]:
                weight[ties], at = _decimal(text, at)
                weight_begin[ties] = field
            else:
                while at < end and not _ends_field(text[at], separator):
                    if text[at] == 34:  # a quote may hide a separator
                        return -1
                    at += 1
            after = _skip_blanks(text, at)
            if column == columns - 1:
                at = after
            elif separator:
                if after >= end or text[after] != separator:
                    return -1
                at = _skip_blanks(text, after + 1)
            elif after == at:
                return -1
            else:
                at = after
        if at < end and text[at] != _NEWLINE:
            return -1
        ties += 1
    return ties


@jit
def _skip_blanks(text: Bytes, at: int) -> int:
    while at < text.size and (text[at] == 32 or text[at] == 9 or text[at] == 13):
        at += 1
    return at


@jit
def _ends_field(byte: int, separator: int) -> bool:
    blank = separator == 0 and (byte == 32 or byte == 9)
    return blank or byte in (separator, _NEWLINE, 13)


@jit
def _integer(text: Bytes, at: int) -> tuple[bool, int, int]:
    """Whether a canonical 63-bit integer stands here, its value, and where it ends."""
    end = text.size
    negative = at < end and text[at] == 45
    at += negative
    first, value = at, 0
    while at < end and 48 <= text[at] <= 57:
        digit = np.int64(text[at]) - 48
        if value > (9223372036854775807 - digit) // 10:
            return False, 0, at
        value = value * 10 + digit
        at += 1
    canonical = at > first and (text[first] != 48 or (at == first + 1 and not negative))
    return canonical, -value if negative else value, at


@jit
def _decimal(text: Bytes, at: int) -> tuple[float, int]:
    """A non-negative decimal of at most 15 digits, else nan, and where it ends.

    Both the digits and the power of ten are exact in binary64 then, so that one division rounds
    as it should (Clinger 1990).
    """
    end = text.size
    digits, mantissa, scale, point, seen = 0, 0, 0, False, 0
    begin = at
    while at < end:
        byte = text[at]
        if 48 <= byte <= 57:
            mantissa = mantissa * 10 + (np.int64(byte) - 48) if digits < 16 else mantissa
            digits += mantissa > 0
            scale += point
            seen += 1
        elif byte == 46 and not point:
            point = True
        else:
            break
        at += 1
    plain = seen > 0 and digits <= 15 and scale <= 22
    # an exponent, a sign or a word: to the end of the field, for the slower reading
    while at < end and not (
        text[at] == 32 or text[at] == 9 or text[at] == 13 or text[at] == _NEWLINE
    ):
        if text[at] == 44 or text[at] == 59:
            break
        plain = False
        at += 1
    if not plain or at == begin:
        return np.nan, at
    return mantissa / _POWERS[scale], at


@jit
def rows_of_integers(source: Ids, target: Ids, low: int, span: int) -> tuple[Ids, Ids, Ids]:
    """Rows and sorted ids of integers that lie in `low .. low + span - 1`, without sorting."""
    row = np.zeros(span, np.int64)
    for tie in range(source.size):
        row[source[tie] - low] = 1
        row[target[tie] - low] = 1
    people = 0
    for place in range(span):
        people += row[place]
    ids = np.empty(people, np.int64)
    people = 0
    for place in range(span):
        if row[place]:
            row[place] = people
            ids[people] = low + place
            people += 1
    sources, targets = np.empty_like(source), np.empty_like(target)
    for tie in range(source.size):
        sources[tie] = row[source[tie] - low]
        targets[tie] = row[target[tie] - low]
    return sources, targets, ids
