"""A table of ties, whoever read it: which columns are the ends, the weight, the type and the time.

A table is texts in columns. Where columns have names these say what is in them; what names do not
say has to be said.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ...sim.errors import InputError, hint
from .asked import Asked, Place, number_of
from .complaints import NEED, brief, foreign
from .decimals import REMEDY, example, has_comma, with_points
from .ties import Ties
from .times import clock_in, span_of, times_in
from .vocabulary import (
    COUNTS,
    KINDS,
    PEOPLE,
    TIMES,
    TO_PEOPLE,
    WEIGHTS,
    Ends,
    arrow_of,
    ends_of,
    find,
    naming,
    plain,
)

_NUMBER: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
MOST: Final = 3.4e38  # of what a weight can be in 32 bits
_WEIGHT: Final = (
    "weights are finite and not negative; mend it, or name the columns in a first line "
    "'source,target' if this column is something else"
)


@dataclass(frozen=True)
class Sheet:
    """A table as it was read.

    Attributes
    ----------
    title, form
        What complaints call the file, and the name of its format.
    names
        Of the columns; None where they have none.
    columns
        How many there are.
    column
        The texts of a column by its number.
    complain
        Makes the complaint about a row, by its number, of a fault and a remedy.
    """

    title: str
    form: str
    names: list[str] | None
    columns: int
    column: Callable[[int], pa.Array]
    complain: Callable[[int, str, str], InputError]


@dataclass(frozen=True)
class Layout:
    """Which columns hold what; `arrow` is what the names of the ends say of a tie, if they do."""

    source: int
    target: int
    weight: int | None = None
    time: int | None = None
    kind: int | None = None
    arrow: str = ""
    meaning: str | None = None

    def wanted(self) -> list[int]:
        """The columns that are read, each once."""
        every = (self.source, self.target, self.weight, self.time, self.kind)
        return sorted({each for each in every if each is not None})


def layout(title: str, names: list[str], asked: Asked) -> Layout:
    """Which named columns hold what.

    Raises
    ------
    InputError
        If a column that was asked for is not there, or the names do not say which hold the ends.
    """
    picked = {what: pick(title, names, what, place) for what, place in asked.columns().items()}
    if "source" in picked:
        ends = Ends(picked["source"], picked["target"], arrow=False)
        spoken = arrow_of(names[ends.source], names[ends.target])
        arrow = "" if spoken is None else "hears" if spoken.source == 0 else "follows"
    else:
        ends = ends_of(names) or _first_two(title, names, set(picked.values()))
        arrow = "hears" if ends.arrow else ""
        if arrow and asked.arrow is not None and ends.source > ends.target:
            # Of an arrow that is asked for, the first column is u.
            ends, arrow = Ends(ends.target, ends.source, arrow=True), "follows"
    if arrow and asked.arrow not in (None, arrow):
        first, second = names[ends.source], names[ends.target]
        means = f"{second} hears {first}" if arrow == "hears" else f"{first} follows {second}"
        raise InputError(
            f"{title}: the columns {first} and {second} say who hears whom already ({means}), and "
            f"arrow = {asked.arrow} says otherwise; leave it out, or rename the columns"
        )
    rest = [name if k not in ends[:2] else "" for k, name in enumerate(names)]
    time = picked.get("time", find(rest, TIMES))
    counts = find(rest, COUNTS)
    weight = picked.get("weight", find(rest, WEIGHTS))
    weight = counts if weight is None else weight
    meaning = "count" if weight is not None and weight == counts else None
    found = Layout(ends.source, ends.target, weight, time, find(rest, KINDS), arrow, meaning)
    numbered = {number_of(place) for place in asked.columns().values()}
    for k in found.wanted():
        alike = [name == names[k] for name in names]
        if sum(alike) > 1 and k not in numbered:
            raise InputError(
                f"{title}: {sum(alike)} columns are called {names[k]!r}; say which is meant by its "
                f"number, such as {k + 1}: --source NUMBER --target NUMBER, --weight NUMBER"
            )
    return found


def pick(title: str, names: list[str], what: str, place: Place) -> int:
    """The column that somebody named, or numbered."""
    if isinstance(place, str):
        exact = next((k for k, name in enumerate(names) if name == place), None)
        loose = next((k for k, name in enumerate(names) if plain(name) == plain(place)), None)
        found = exact if exact is not None else loose
        if found is not None:
            return found
    number = number_of(place)
    if number is not None and 0 <= number < len(names):
        return number
    listed = ", ".join(name or "(no name)" for name in names[:8])
    said = hint(place, names, "name one of these, or give its number")
    raise InputError(
        f"{title}: {what} = {place!r} is no column; the columns are {brief(listed)}; {said}"
    )


def _first_two(title: str, names: list[str], taken: set[int]) -> Ends:
    """The first two columns of which the names say nothing else."""
    if plain(names[0]) in PEOPLE:
        listed = brief(", ".join(names))
        raise InputError(
            f"{title}: this looks like a table of people ({listed}), not of ties; give it as "
            f"--people FILE, or name the columns of both ends: {_naming(names)}"
        )
    other = (*WEIGHTS, *COUNTS, *TIMES, *KINDS, "id", "label", "edgeid", "")
    free = [k for k, name in enumerate(names) if plain(name) not in other and k not in taken]
    people = [k for k in free if plain(names[k]) in PEOPLE]
    if len(free) < 2 or len(people) == 1:
        raise InputError(
            f"{title}: the columns {brief(', '.join(names))} do not say which hold both ends of a "
            f"tie; name them: {_naming(names)}"
        )
    return Ends(free[0], free[1], arrow=False)


def _naming(names: list[str]) -> str:
    """The options that name both ends: those that follow and are followed, if names say it."""
    pairs = [pair for pair in itertools.pairwise(names) if arrow_of(*pair) is not None]
    if pairs:
        return naming(*pairs[0])
    return "--source NAME --target NAME, and --directed if the second hears the first"


def ties_of(sheet: Sheet, where: Layout, asked: Asked) -> Ties:
    """The ties of a table."""
    source, target = sheet.column(where.source), sheet.column(where.target)
    keep = _filled(sheet, source, target)
    source, target = _kept(source, keep), _kept(target, keep)
    weight, name, commas = None, "", ""
    if where.weight is not None and asked.meaning != "ignore":
        name = _name(sheet, where.weight)
        column, commas = _pointed(sheet.column(where.weight), keep)
        weight = _weights(sheet, column, keep)
        unsaid = asked.weight is None and asked.time is None and sheet.names is None
        dates = unsaid and times_in(weight)
        if dates or (unsaid and clock_in(weight)):
            shown = f"{weight[0]:.0f} = {span_of(weight[:1])}"
            shown = shown if dates else f"{weight[0]:.0f} to {weight[-1]:.0f}, and never falling"
            raise InputError(
                f"{sheet.title}: column {where.weight + 1} looks like times ({shown}), not like "
                f"weights; say which it is: --time {where.weight + 1}, or --weight MEANING"
            )
    elif where.weight is not None:
        name = f"{_name(sheet, where.weight)} (not read)"
    notes = [("Columns", _told(sheet, where))]
    notes += [("Decimal commas", f"{name}: {commas}")] if commas else []
    if where.time is not None:
        notes.append(("Times", _times(sheet, sheet.column(where.time), keep)))
    directed, said, both = _directions(sheet, where, keep)
    arrow = ""
    if where.arrow:
        arrow = f"the columns {_name(sheet, where.source)} and {_name(sheet, where.target)}"
        directed, said = (True, arrow) if directed is None else (directed, said)
    return Ties(
        sheet.title,
        sheet.form,
        source,
        target,
        directed,
        said,
        weight,
        name,
        where.meaning,
        both,
        arrow=arrow,
        follows=where.arrow == "follows",
        notes=notes,
    )


def _name(sheet: Sheet, column: int) -> str:
    return f"column {column + 1}" if sheet.names is None else sheet.names[column]


def _told(sheet: Sheet, where: Layout) -> str:
    """Which columns are read as what, and which are not read."""
    parts = {"source": where.source, "target": where.target, "weight": where.weight}
    parts |= {"time": where.time, "type": where.kind}
    told = [f"{_name(sheet, k)} is {what}" for what, k in parts.items() if k is not None]
    if sheet.names is not None:
        read = set(where.wanted())
        other = [name for k, name in enumerate(sheet.names) if k not in read and name]
        told += [f"{brief(', '.join(other))} not read"] if other else []
    return "; ".join(told)


def _filled(sheet: Sheet, source: pa.Array, target: pa.Array) -> NDArray[np.bool_] | None:
    """Which rows name two people, None for all; rows of nothing but empty cells are none."""
    empty = [pc.equal(each, "").to_numpy(zero_copy_only=False) for each in (source, target)]
    if not (empty[0].any() or empty[1].any()):
        return None
    half = np.flatnonzero(empty[0] != empty[1])
    if half.size:
        raise sheet.complain(int(half[0]), "names only one person", f"{NEED}, or take the row out")
    filled: NDArray[np.bool_] = ~empty[0]
    return filled


def _kept(column: pa.Array, keep: NDArray[np.bool_] | None) -> pa.Array:
    return column if keep is None else column.filter(pa.array(keep))


def _pointed(column: pa.Array, keep: NDArray[np.bool_] | None) -> tuple[pa.Array, str]:
    """A column with points for its decimal commas, and what is said of that; empty of none."""
    if not pc.any(pc.match_substring(column, ",")).as_py():
        return column, ""
    given = column.to_pylist()
    filled = given if keep is None else _kept(column, keep).to_pylist()
    if not with_points(filled):
        return column, ""
    return pc.replace_substring(column, ",", "."), example(filled)


def _weights(sheet: Sheet, column: pa.Array, keep: NDArray[np.bool_] | None) -> NDArray[np.float64]:
    """Weights as numbers, or the complaint about the first that is none."""
    try:
        found: NDArray[np.float64] = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        found = np.array([_weight(text) for text in column.to_pylist()])
    if keep is not None:
        found = np.where(keep, found, 0.0)
    wrong = np.flatnonzero(~((found >= 0) & (found <= MOST)))
    if wrong.size:
        row = int(wrong[0])
        text = column[row].as_py()
        remedy = REMEDY if has_comma(text) else _WEIGHT
        if sheet.names is None and row == 0 and plain(sheet.column(0)[0].as_py()) in PEOPLE:
            remedy = f"{_WEIGHT}; {TO_PEOPLE}"
        raise sheet.complain(row, f"has the weight {brief(text)!r}", remedy)
    return found if keep is None else found[keep]


def _weight(text: str) -> float:
    return float(text) if _NUMBER.fullmatch(text) else math.nan


def _times(sheet: Sheet, column: pa.Array, keep: NDArray[np.bool_] | None) -> str:
    """The span of the times, where they are numbers or dates."""
    column = _kept(column, keep)
    column = column.filter(pc.not_equal(column, ""))
    if not len(column):
        raise foreign(sheet.title, "a table whose column of times is empty", "leave time out")
    for kind in (pa.float64(), pa.timestamp("us"), pa.timestamp("us", "UTC")):
        try:
            found = pc.cast(column, kind)
        except pa.ArrowInvalid:
            continue
        if pa.types.is_floating(kind):
            return span_of(found.to_numpy(zero_copy_only=False))
        ends = pc.min_max(found)
        first, last = (column[pc.index(found, ends[end]).as_py()] for end in ("min", "max"))
        return f"{first} to {last}"
    return f"texts such as {brief(column[0].as_py())}"


def _directions(
    sheet: Sheet, where: Layout, keep: NDArray[np.bool_] | None
) -> tuple[bool | None, str, NDArray[np.bool_] | None]:
    """What a column of types says: all directed, none, or which go both ways."""
    if where.kind is None:
        return None, "", None
    kinds = _kept(sheet.column(where.kind), keep)
    found = {text.strip().lower() for text in pc.unique(kinds).to_pylist()}
    if not found or not found <= {"directed", "undirected", "mutual"}:
        return None, "", None  # a type of something else, such as friend or colleague
    said = f"the column {_name(sheet, where.kind)}"
    if "directed" not in found:
        return False, said, None
    if found == {"directed"}:
        return True, said, None
    low = pc.utf8_lower(pc.utf8_trim_whitespace(kinds))
    both = ~pc.equal(low, "directed").to_numpy(zero_copy_only=False)
    return True, f"{said} ({int(both.sum()):,} go both ways)", both
