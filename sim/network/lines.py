"""Edge lists line by line: ids of any form, quoted fields, and a sentence for what is wrong."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError

_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_READABLE = "give an edge list, GraphML, GEXF or a .npz of Network.save"
EXPECTED = "a line is 'u v' or 'u v weight', separated by blanks, tabs, commas or semicolons"


@dataclass(frozen=True)
class Columns:
    """How the fields of every line are laid out: their number, and where the three are that count.

    `separator` is a comma, a semicolon, a tab or a blank; `header` is the number of the line that
    names the columns, 0 for none.
    """

    count: int
    source: int
    target: int
    weight: int | None
    separator: str
    header: int = 0


@dataclass(frozen=True)
class Ties:
    """What a file holds: the ids at both ends of each tie, and the weights if there are any."""

    source: list[str]
    target: list[str]
    weights: list[float]


def data_lines(path: Path, data: bytes) -> Iterator[tuple[int, str]]:
    """Number and text of each line that is neither blank nor a comment."""
    for number, raw in enumerate(data.split(b"\n"), 1):
        stripped = raw.strip()
        if not stripped or stripped[:1] in b"#%":
            continue
        if _CONTROL.search(stripped):
            raise refusal(path, number, stripped.decode("latin-1"), "is not text", _READABLE)
        try:
            yield number, stripped.decode("utf-8")
        except UnicodeDecodeError as problem:
            shown = stripped.decode("latin-1")
            if b"\0" in data:  # an image or the like, whose first line has printable bytes only
                raise refusal(path, number, shown, "is not text", _READABLE) from problem
            remedy = "save the file as UTF-8"
            raise refusal(path, number, shown, "is not UTF-8", remedy) from problem


def separator_of(text: str) -> str:
    """The separator that the first line uses: what is rarest inside a field comes first."""
    return next((each for each in (";", "\t", ",") if each in text), " ")


def split(text: str, separator: str) -> list[str]:
    """The fields of a line, quotes taken off. Blanks and tabs may be repeated, commas may not."""
    if '"' in text:
        if separator == " ":
            text = re.sub(r"[ \t]+", " ", text)
        fields = next(csv.reader([text], delimiter=separator, skipinitialspace=True))
    elif separator == " ":
        fields = text.split()
    else:
        fields = re.split(r"\t+", text) if separator == "\t" else text.split(separator)
    return [field.strip() for field in fields]


def read_ties(path: Path, data: bytes, columns: Columns) -> Ties:
    """Every tie of the file, or InputError with the first line that is not one."""
    ties = Ties([], [], [])
    for number, text in data_lines(path, data):
        if number == columns.header:
            continue
        fields = split(text, columns.separator)
        if len(fields) != columns.count:
            raise _miscounted(path, number, text, fields, columns)
        u, v = fields[columns.source], fields[columns.target]
        if not u or not v:
            raise refusal(path, number, text, "names only one person", EXPECTED)
        ties.source.append(u)
        ties.target.append(v)
        if columns.weight is not None:
            ties.weights.append(weight_of(path, number, text, fields[columns.weight]))
    return ties


def weight_of(path: Path, number: int, text: str, field: str) -> float:
    """A weight: finite, not negative."""
    weight = float(field) if _NUMBER.fullmatch(field) else math.nan
    if weight >= 0 and weight <= 3.4e38:
        return weight
    raise refusal(
        path,
        number,
        text,
        f"has the weight {field!r}",
        "weights are finite and not negative; mend it, or name the columns in a first line "
        "'source,target' if this column is something else",
    )


def integers(values: list[str]) -> bool:
    """Whether all ids are integers as one writes them; 007 is a text, and stays one."""
    return all(_INTEGER.fullmatch(value) for value in values)


def refusal(path: Path, number: int, text: str, fault: str, remedy: str) -> InputError:
    """The one form of complaint about a line."""
    shown = text if len(text) <= 60 else text[:57] + "..."
    return InputError(f"{path}, line {number}: {shown!r} {fault}; {remedy}")


def _miscounted(
    path: Path, number: int, text: str, fields: list[str], columns: Columns
) -> InputError:
    count = f"has {len(fields)} column{'s' if len(fields) != 1 else ''}"
    if len(fields) < 2:
        return refusal(path, number, text, count, EXPECTED)
    if columns.header:
        return refusal(
            path,
            number,
            text,
            count,
            f"line {columns.header} names {columns.count}; give every line as many",
        )
    return refusal(
        path, number, text, count, f"the lines before have {columns.count}; give all as many"
    )
