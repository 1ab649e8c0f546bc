"""How a delimited text is written: comments, separator, quotes, names, columns.

Decided from a sample of its lines, all of them together: one line may have a comma in a name.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from ...sim.errors import InputError
from ...sim.people import NUMBERS, WORDS
from .asked import Asked, number_of
from .complaints import NEED, refusal
from .decimals import has_comma
from .vocabulary import PEOPLE, TIMES, WEIGHTS, ends_of, find, plain

SEPARATORS: Final = (";", "\t", ",", "|", " ")
LINE: Final = "a line is 'u v' or 'u v weight', separated by blanks, tabs, commas or semicolons"
_SAMPLE: Final = 2**16
_NUMBER: Final = re.compile(r"[+-]?([0-9]+(?:\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_OPENS: Final = re.compile(r'(^|[;,\t| ])"')
_JOINED: Final = re.compile(r"[\d.]+(\s+[\d.]+)+")
_CUT: Final = re.compile(r"\S+\s+\S+\s+[0-9]+,[0-9]+")  # a tie with a decimal comma
_MARK: Final = re.compile(rb"(?m)^[ \t]*[#%][^\r\n]*")
_SEP: Final = re.compile(rb"sep=([;,|\t])[ \t]*\r?\n", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """The form of a delimited text.

    Attributes
    ----------
    text
        What is parsed: comments are empty lines in it, so that lines keep their numbers.
    separator, quote
        One sign; quote is empty where nothing is quoted.
    first
        The fields of the first line.
    rows
        Those of the following lines, as far as they were looked at.
    comments
        The lines before the first one, without their marks.
    names
        What the columns are called; None where nothing says so.
    heads
        Whether the first line names the columns; None where only the whole file can tell.
    line
        The number of the first line.
    """

    text: bytes
    separator: str
    quote: str
    first: list[str]
    rows: list[list[str]]
    comments: list[tuple[int, str]]
    line: int
    names: list[str] | None = None
    heads: bool | None = False


def dialect(title: str, data: bytes, asked: Asked) -> Dialect:
    """Find out how a text is written.

    Raises
    ------
    InputError
        If it has no line that could be a tie, or mixes separators.
    """
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")  # line ends of old Macs
    told = _SEP.match(data)
    if told is not None:  # what Excel writes for itself
        data = b"\n" + data[told.end() :]
    comments, at = _comments(data)
    sample = data[at : at + _SAMPLE]
    whole = len(data) <= at + _SAMPLE
    lines = re.split(r"\r*\n|\r", sample.decode("utf-8", "replace"))
    lines = _joined(lines if whole or len(lines) < 2 else lines[:-1])
    lines = [each for each in lines if each.strip()]
    if not lines:
        raise InputError(f"{title}: the file is empty; {NEED}, one a line")
    said = told[1].decode("latin-1") if told is not None else None
    ties = [each for each in lines if each.lstrip()[:1] not in "#%"] or lines
    separator, quote = _separator(ties, said)
    rows = [split(each, separator, quote) for each in ties]
    line = data.count(b"\n", 0, at) + 1
    cut = all(len(row) == 2 and _CUT.fullmatch(",".join(row)) for row in rows)
    if separator == "," and (cut or any(_JOINED.fullmatch(field) for field in rows[0])):
        fault, remedy = "mixes blanks and commas", "separate columns by one, decimals by a point"
        raise refusal(title, line, ties[0], fault, remedy)
    found = Dialect(data, separator, quote, rows[0], rows[1:], comments, line)
    found = named_by(found, asked)
    if found.names is None or not found.heads:
        _refuse_marked(title, found, [*(text for _, text in comments), *lines])
        return replace(found, text=_MARK.sub(b"", data))
    head = data[:at]
    return replace(found, text=b"\n" * head.count(b"\n") + data[at:])


def _joined(lines: list[str]) -> list[str]:
    """The lines of a sample, those with a line break in quotes as one."""
    found: list[str] = []
    at = 0
    while at < len(lines):
        end = at + 1
        if lines[at].count('"') % 2 and _OPENS.search(lines[at]):
            inside = (k for k in range(at + 1, len(lines)) if lines[k].count('"') % 2)
            end = next(inside, at) + 1
        found.append("\n".join(lines[at:end]))
        at = end
    return found


def split(line: str, separator: str, quote: str) -> list[str]:
    """The fields of one line of a sample, quotes taken off."""
    line = line.strip("\r\n " if separator == "\t" else None)
    if separator == " ":
        line = re.sub(r"[ \t]+", " ", line)
    reader = csv.reader(
        line.splitlines(keepends=True),
        delimiter=separator,
        skipinitialspace=True,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
    )
    return [field.strip() for field in next(reader, [])]


def is_number(text: str) -> bool:
    """Whether a field is a number, as weights and most ids are."""
    return _NUMBER.fullmatch(text) is not None


def _numeric(text: str, separator: str) -> bool:
    """Whether a field is a number, with a decimal comma too where commas separate nothing."""
    return is_number(text) or (separator != "," and has_comma(text))


def _comments(data: bytes) -> tuple[list[tuple[int, str]], int]:
    """The comments before the first line that is none, with their numbers, and where it begins."""
    found: list[tuple[int, str]] = []
    at, number = 0, 1
    while at < len(data):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        line = data[at:end].strip()
        if line and line[:1] not in (b"#", b"%"):
            break
        if line:
            found.append((number, line[:_SAMPLE].decode("utf-8", "replace")))
        at, number = end + 1, number + 1
    if at < len(data) or not found:
        return found, at
    return found, len(data)


def _separator(lines: list[str], said: str | None) -> tuple[str, str]:
    """The separator that most lines agree on, and the quotes around their fields."""
    quote = '"' if any('"' in line for line in lines) else ""
    if not quote and any("'" in line for line in lines):
        fields = [f for line in lines for f in re.split(r"[;,\t| ]+", line.strip()) if f]
        starts = [f for f in fields if f.startswith("'")]
        ended = [f for f in fields if f.endswith("'")]
        quote = "'" if min(len(starts), len(ended)) >= len(lines) else ""
    if said is not None:
        return said, quote
    best, agreed = " ", 0.0
    for each in SEPARATORS:
        rows = [split(line, each, quote) for line in lines]
        usual, times = Counter(map(len, rows)).most_common(1)[0]
        hollow = each == "\t" and all("" in row for row in rows)
        if usual >= 2 and not hollow and times / len(rows) > agreed + 1e-9:
            best, agreed = each, times / len(rows)
    return best, quote


def named_by(found: Dialect, asked: Asked) -> Dialect:
    """The same with the names of the columns, and whether the first line has them."""
    first, rows = found.first, found.rows
    by_name = [p for p in asked.columns().values() if number_of(p) is None]
    words = not any(_numeric(field, found.separator) for field in first)
    short = words and bool(rows) and all(len(row) == len(first) + 1 for row in rows)
    strong = (
        ends_of(first) is not None
        or short
        or (bool(by_name) and len(first) > 1)
        or (len(first) > 1 and find(first[2:], (*WEIGHTS, *TIMES)) is not None)
    )
    if not strong and not words:
        return _named_by_comment(found)
    if strong or _told_by_numbers(first, rows, found.separator) or _people(first):
        names = ["", *first] if short else first  # R writes no name above the names of rows
        return replace(found, names=names, heads=True)
    commented = _named_by_comment(found)
    if commented.names is not None:
        return commented
    spelled = all(field[:1].isalpha() or field[:1] == "_" for field in first[:2])
    if asked.source is None and spelled and rows and len(first) > 1:
        return replace(found, names=first, heads=None)
    return found


def _named_by_comment(found: Dialect) -> Dialect:
    """The names that the last comment before the ties may have given."""
    for _, comment in found.comments[-1:]:
        names = split(comment.lstrip("#% \t"), found.separator, found.quote)
        if len(names) == len(found.first) and ends_of(names) is not None:
            return replace(found, names=names, heads=False)
    return found


def _told_by_numbers(first: list[str], rows: list[list[str]], separator: str) -> bool:
    """Whether a column is words in the first line and numbers in all others."""
    same = [row for row in rows if len(row) == len(first)]
    if len(first) < 2 or not same:
        return False
    numbers = [
        all(not row[k] or _numeric(row[k], separator) for row in same) for k in range(len(first))
    ]
    numbers = [is_so and any(row[k] for row in same) for k, is_so in enumerate(numbers)]
    return any(numbers[2:]) or (numbers[0] and numbers[1])


def _people(first: list[str]) -> bool:
    """Whether this is the head of a table of people."""
    known = [plain(field) for field in first]
    attributes = {"label", "name", "age", "gender", "sex", "group", "region", "city", "country"}
    attributes |= {*NUMBERS, *WORDS}
    return len(first) > 1 and known[0] in PEOPLE and bool(attributes & {*known[1:]})


def _refuse_marked(title: str, found: Dialect, lines: list[str]) -> None:
    """Refuse lines that begin as comments do and look like ties, such as `#love,ann`."""
    words = not all(map(is_number, found.first[:2]))
    for each in lines if words and found.separator != " " else ():
        mark = each.lstrip()
        if mark[:1] == "#" and mark[1:2] not in (" ", "\t", "#", ""):
            fields = split(mark, found.separator, found.quote)
            if len(fields) == len(found.first) and ends_of([fields[0][1:], *fields[1:]]) is None:
                raise refusal(
                    title,
                    None,
                    mark,
                    "begins as a comment does and looks like a tie",
                    "name the columns in a first line such as 'source,target' if it is one",
                )
