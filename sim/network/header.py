"""What the first lines of an edge list tell: directions, separator, columns and their names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from ..errors import InputError
from .lines import EXPECTED, Columns, data_lines, integers, refusal, separator_of, split

NEED: Final = "give ties such as 'u v'"
# Only words that nobody is called: `u v` or `node1 node2` may well be the first tie of a file.
_FROM: Final = frozenset(("source", "from", "fromnodeid", "src"))
_TO: Final = frozenset(("target", "to", "tonodeid", "dst", "dest", "destination"))
_WEIGHT: Final = frozenset(("weight", "closeness"))
_SNAP: Final = re.compile(rb"[#%\s]*(un)?directed\s+(?:graph|network)\b", re.IGNORECASE)
_SETTING: Final = re.compile(rb"[#%\s]*directed\s*[=:]\s*(\w+)", re.IGNORECASE)
_KONECT: Final = re.compile(rb"%\s*(asym|sym|bip)\b")
_JOINED: Final = re.compile(r"[\d.]+(\s+[\d.]+)+")


def says_directed(data: bytes) -> bool:
    """What the comments before the first tie say; undirected if nothing."""
    at = 0
    while at < len(data):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        line = data[at:end].strip()
        if line and line[:1] not in (b"#", b"%"):
            break
        if found := _SNAP.match(line):
            return found[1] is None
        if found := _SETTING.match(line):
            return found[1].lower() in (b"true", b"yes", b"1")
        if found := _KONECT.match(line):
            return found[1] == b"asym"
        at = end + 1
    return False


def columns_of(path: Path, data: bytes) -> tuple[Columns, Columns | None]:
    """The layout that the first line shows, and the one to fall back to if it is a tie itself."""
    first = next(data_lines(path, data), None)
    if first is None:
        raise InputError(f"{path}: the file is empty; {NEED}, one a line")
    number, text = first
    separator = separator_of(text)
    fields = split(text, separator)
    names = [field.lower() for field in fields]
    starts = [place for place, name in enumerate(names) if name in _FROM]
    ends = [place for place, name in enumerate(names) if name in _TO]
    weight = next((place for place, name in enumerate(names) if name in _WEIGHT), None)
    count = len(fields)
    if starts and ends:
        return Columns(count, starts[0], ends[0], weight, separator, number), None
    if separator == "," and any(_JOINED.fullmatch(field) for field in fields):
        fault, remedy = "mixes blanks and commas", "separate columns by one, decimals by a point"
        raise refusal(path, number, text, fault, remedy)
    plain = Columns(count, 0, 1, 2 if count == 3 else None, separator)
    if count >= 2 and not integers([fields[0]]) and not integers([fields[1]]):
        named = Columns(count, 0, 1, None if weight in (0, 1) else weight, separator, number)
        if weight is not None and weight > 1:
            return named, None
        return named, plain
    if not 2 <= count <= 3:
        raise uncounted(path, number, text, count)
    return plain, None


def uncounted(path: Path, number: int, text: str, count: int) -> InputError:
    """The complaint about a first line with one column, or more than can be told apart."""
    remedy = "name them in a first line such as 'source,target,weight'; others are skipped"
    if count < 2:
        remedy = EXPECTED
    return refusal(path, number, text, f"has {count} column{'s' * (count != 1)}", remedy)
