"""Numbers as tools and spreadsheets write them: 1,234.5 and 1.234,5, 12 € and 3.4 %."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ...sim.errors import InputError
from ..reading.complaints import brief

# What tools write where they know nothing.
NOTHING: Final = frozenset(
    ("", "na", "n/a", "nan", "null", "none", "-", "--", "–", "—", "k. a.", "k.a.", "(not set)")
)
# More of anything nobody has counted.
MOST: Final = 1e12
_MONEY: Final = re.compile(r"[€$£¥]|\b(?:EUR|USD|GBP|CHF)\b")
_APART: Final = re.compile(r"(?<=\d)['’\u00a0\u202f\u2009 ](?=\d{3}(?:\D|$))")
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:[.,]\d+)*|[.,]\d+)(?:[eE][+-]?\d+)?")
_THOUSANDS: Final = {sign: re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:\{sign}\d{{3}})+") for sign in ".,"}


def bare(text: str) -> str:
    """A number without currency, per cent and signs between thousands that are no decimal's."""
    text = _MONEY.sub("", text).replace("−", "-").replace("%", "").strip()
    return _APART.sub("", text)


def sign_of(texts: Iterable[str]) -> str:
    """The sign of decimals that a column shows: nothing where it may be either.

    Both in one number: the last is that of decimals. One sign twice in a number is that of
    thousands, and so is the only sign of a column where three digits follow it everywhere: that is
    what `convention` has to find out of the whole file.

    Examples
    --------
    >>> sign_of(["1.234,50"]), sign_of(["0.5", "12"]), sign_of(["1,234", "999"])
    (',', '.', '')
    """
    signs = set()
    for text in texts:
        points, commas = text.count("."), text.count(",")
        if points and commas:
            signs.add("." if text.rfind(".") > text.rfind(",") else ",")
        elif points > 1 or commas > 1:
            signs.add("," if points else ".")
        elif points and not _THOUSANDS["."].fullmatch(text):
            signs.add(".")
        elif commas and not _THOUSANDS[","].fullmatch(text):
            signs.add(",")
    return signs.pop() if len(signs) == 1 else ""


def convention(columns: Sequence[Sequence[str]]) -> str:
    """The sign of decimals that the columns of a file agree on; nothing where none or two are."""
    found = {sign_of(map(bare, column)) for column in columns} - {""}
    return found.pop() if len(found) == 1 else ""


def numbers(
    texts: Sequence[str],
    decimal: str,
    complain: Callable[[int, str, str], InputError],
    column: str,
    *,
    typed: bool = False,
) -> tuple[NDArray[np.float64], str]:
    """A column of numbers, NaN where nothing is known, and what is said of how it was read.

    Parameters
    ----------
    texts
        A text a row.
    decimal
        The sign of decimals in the file, where it is known.
    complain
        Makes the complaint about a row.
    column
        What the column is called.
    typed
        Whether they were numbers before they were texts, whose only sign is a point.

    Raises
    ------
    InputError
        If a text is no number, or there are no others that say what a sign in it means.
    """
    cut = ["" if each.lower() in NOTHING else bare(each) for each in texts]
    own = "." if typed else sign_of(cut) or decimal
    said = ""
    if not own:
        marked = [each for each in cut if _THOUSANDS[","].fullmatch(each)]
        marked += [each for each in cut if _THOUSANDS["."].fullmatch(each)]
        mixed = len({"," in each for each in marked}) > 1
        large = next((k for k, each in enumerate(cut) if re.fullmatch(r"[+-]?\d{4,}", each)), None)
        if marked and (large is not None or mixed):
            row = cut.index(marked[0])
            raise complain(
                row,
                f"has {column} = {brief(texts[row])!r}, which may be {marked[0].replace(',', '.')} "
                "or thousands, as others have no such sign",
                "write thousands without a sign, or say which sign is that of decimals (decimal)",
            )
        if marked:
            own = "." if "," in marked[0] else ","
            whole = marked[0].replace(",", "").replace(".", "")
            said = f"{marked[0]} is {int(whole):,} (three digits follow the sign everywhere)"
    thousands = "," if own == "." else "."
    found = np.full(len(texts), np.nan)
    for row, text in enumerate(cut):
        if not text:
            continue
        number = text.replace(thousands, "").replace(",", ".") if own else text
        value = float(number) if _NUMBER.fullmatch(text) and number.count(".") <= 1 else math.nan
        grouped = thousands in text and not re.fullmatch(
            rf"[+-]?\d{{1,3}}(?:\{thousands}\d{{3}})+(?:\{own or '.'}\d*)?", text
        )
        if not math.isfinite(value) or abs(value) > MOST or grouped:
            raise complain(
                row,
                f"has {column} = {brief(texts[row])!r}, which is no number"
                + (f" up to {MOST:,.0f}" if abs(value) > MOST else ""),
                "mend it, leave the cell empty, or leave the column out",
            )
        found[row] = value
    if not said and own == ",":
        text = (
            next(each for each in cut if "," in each or "." in each)
            if any("," in each or "." in each for each in cut)
            else ""
        )
        said = f"{text} is {float(text.replace('.', '').replace(',', '.')):,g}" if text else ""
    return found, said
