"""Matrix Market, read by scipy: a number in row u and column v is a tie u v."""

from __future__ import annotations

import io
from typing import Any, Final

import numpy as np

from ...sim.border import border
from ...sim.errors import InputError
from .asked import Asked
from .complaints import foreign, refusal
from .ties import Ties, texts

_BANNER: Final = b"%%MatrixMarket "
_WORDS: Final = 5
# The fewest bytes of an entry: two numbers, or one, and what parts them.
_ENTRY: Final = 4
_NUMBER: Final = 2
_DIGITS: Final = 19  # of a number that scipy takes


def read_matrix(title: str, data: bytes, asked: Asked) -> Ties:
    """The ties of a matrix; people are numbered from 1, as its rows are.

    `general` has directions and `symmetric` has none.

    Raises
    ------
    InputError
        If scipy cannot read it, or rows and columns are not the same people.
    """
    from scipy.io import mmread

    line, _, rest = data.partition(b"\n")
    words = line.decode("latin-1").strip().lower().split()
    if len(words) < _WORDS or words[1] != "matrix" or words[3] == "complex":
        raise InputError(
            f"{title}, line 1: {line.decode('latin-1').strip()!r} is no head of a Matrix Market "
            "file of ties; it is such as '%%MatrixMarket matrix coordinate pattern symmetric'"
        )
    if words[4] not in ("general", "symmetric"):
        raise foreign(title, f"a {words[4]} matrix", "give a general or a symmetric one")
    if asked.columns():
        name, place = next(iter(asked.columns().items()))
        raise InputError(f"{title}: {name} = {place!r} names a column, and a matrix has none")
    if asked.directed and words[4] == "symmetric":
        raise InputError(
            f"{title}: the file says that its ties have no direction; leave directed=True out"
        )
    _refuse_more_than_there_is(title, words, rest)
    if b"\0" in rest:
        raise InputError(
            f"{title}: the matrix has a zero byte in it, and is no text; fetch it again."
        )
    # scipy's reader looks for the end of the last line, beyond the end of what it was given.
    rest += b"" if rest.endswith(b"\n") else b"\n"
    with border(title, fault="scipy cannot read it", remedy="fetch it again"):
        found: Any = mmread(io.BytesIO(_BANNER + " ".join(words[1:]).encode() + b"\n" + rest))
    rows, columns = found.shape
    if rows != columns:
        raise foreign(
            title,
            f"a matrix of {rows:,} rows and {columns:,} columns, whose two sides are not the same "
            "people",
            "give one of ties between people",
        )
    if isinstance(found, np.ndarray):
        u, v = np.nonzero(found)
        values = found[u, v]
    else:
        u, v, values = found.row, found.col, found.data
    if rows > 10 * u.size + 1_000_000:
        raise InputError(f"{title}: {rows:,} people are far more than {u.size:,} ties can join")
    if words[4] == "symmetric":  # scipy gives both halves
        lower = u >= v
        u, v, values = u[lower], v[lower], values[lower]
    weight = None
    if words[3] != "pattern" and asked.meaning != "ignore":
        weight = np.asarray(values, np.float64)
        wrong = np.flatnonzero(~((weight >= 0) & (weight <= 3.4e38)))
        if wrong.size:
            k = int(wrong[0])
            raise InputError(
                f"{title}: the tie {u[k] + 1} - {v[k] + 1} has the weight {weight[k]:g}; weights "
                "are finite and not negative; use --weight ignore, or mend it"
            )
    return Ties(
        title,
        "Matrix Market",
        texts((u + 1).astype(str).tolist()),
        texts((v + 1).astype(str).tolist()),
        words[4] == "general",
        f"the matrix is {words[4]}",
        weight,
        "the numbers of the matrix" if words[3] != "pattern" else "",
        people=texts([str(k) for k in range(1, rows + 1)]),
    )


def _refuse_more_than_there_is(title: str, words: list[str], rest: bytes) -> None:
    """Refuse a size that the file has no room for, before it is allocated."""
    at, line = 0, b""
    number = 1
    while at < len(rest) and (not line or line.startswith(b"%")):
        end = rest.find(b"\n", at)
        end = len(rest) if end < 0 else end
        line, at, number = rest[at:end].strip(), end + 1, number + 1
    counts = [int(each) for each in line.split() if each.isdigit() and len(each) <= _DIGITS]
    if words[2] == "array":
        rows, columns = [*counts, 0, 0][:2]
        entries, least = rows * columns, _NUMBER
        entries = entries if words[4] == "general" else rows * (rows + 1) // 2
    else:
        entries, least = [*counts, 0, 0, 0][2], _ENTRY
    if entries * least > len(rest) - at + 1:
        raise refusal(
            title,
            number,
            line.decode("latin-1"),
            f"counts {entries:,} entries, and the file has room for {(len(rest) - at) // least:,}",
            "fetch it again",
        )
