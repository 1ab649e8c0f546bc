"""Cascades as somebody kept them: sizes, trees, or who took part and when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from ...sim.errors import InputError
from ..reading.complaints import refusal
from ..reading.roster import Rows
from ..reading.vocabulary import plain
from .observed import Trees

_SIZE: Final = re.compile(r"\d{1,9}")
_TIMED: Final = re.compile(r"\s*(?:(\S+)[ \t]+)?(\S+)[ \t]+(\d+(?:\.\d+)?)\s*")
_SIZES: Final = ("size", "sizes", "cascadesize", "shares", "adopters", "people", "größe", "users")
_CHILD: Final = ("child", "node", "user", "id", "person", "adopter", "to", "kind")
_PARENT: Final = ("parent", "parentid", "from", "source", "sender", "eltern", "elternteil")
_TREE: Final = (
    "tree",
    "treeid",
    "cascade",
    "cascadeid",
    "root",
    "rootid",
    "story",
    "baum",
    "kaskade",
)
_ROOT: Final = frozenset(("", "-1", "none", "null", "nan", "root"))
FEW: Final = 5


def is_lines(text: str) -> bool:
    """Whether a text is lines of `user time,user time`, or of one whole number each."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        return False
    if all(_SIZE.fullmatch(line.strip()) for line in lines):
        return True
    items = [each for line in lines[:50] for each in line.split(",") if each.strip()]
    return all(_TIMED.fullmatch(each) for each in items) and any("," in line for line in lines)


def of_lines(title: str, text: str, least: int | None) -> tuple[Trees, list[str]]:
    """Cascades a line: their size, or who took part at what time, the first perhaps without one."""
    sizes, firsts, people = [], [], set[str]()
    timed = 0
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if _SIZE.fullmatch(line):
            if int(line) < 1:
                raise refusal(title, number, line, "is a cascade of nobody", "leave it out")
            sizes.append(int(line))
            continue
        timed += 1
        items = [_TIMED.fullmatch(each) for each in line.split(",") if each.strip()]
        if not all(items) or any(each[1] for each in items[1:] if each):
            raise refusal(
                title,
                number,
                line,
                "is no cascade",
                "write 'user time,user time', in order of time",
            )
        found = [each for each in items if each]
        times = [float(each[3]) for each in found]
        back = next((k for k in range(1, len(times)) if times[k] < times[k - 1]), None)
        if back is not None:
            raise refusal(
                title, number, found[back][0].strip(),
                f"comes at {found[back][3]}, before {found[back - 1][3]} that stands before it",
                "write who took part in the order of time",
            )  # fmt: skip
        users = [each[2] for each in found]
        if len({*users}) < len(users):
            twice = next(user for user, count in Counter(users).items() if count > 1)
            raise refusal(title, number, line, f"names {twice!r} a second time", "keep the first")
        firsts.append(found[0][1] or "")
        people.update(users)
        sizes.append(len({*users, firsts[-1]} - {""}))
    if timed and timed < len(sizes):
        raise InputError(f"{title}: some lines are sizes and others people; give one kind of them")
    notes = []
    if any(firsts):
        numbers = len({*firsts}) == len(firsts) and not {*firsts} & people
        if numbers:
            sizes = [size - bool(first) for size, first in zip(sizes, firsts, strict=True)]
            notes.append("What begins each line is read as its number: no two are the same.")
        else:
            notes.append(
                "What begins each line is read as the person who began it, without a time: it "
                "comes again at other lines, and counts as one of the cascade."
            )
    return kept(title, sizes, least, notes)


def is_table(rows: Rows) -> bool:
    """Whether a table is of cascades: a column of sizes alone, or children and their parents."""
    names = [plain(each) for each in rows.columns]
    if {*names} & {*_PARENT} and len({*names} & {*_CHILD, *_TREE}) >= 1:
        return True
    sized = any(each in _SIZES[:3] for each in names)
    return sized or (len(names) == 1 and names[0] in _SIZES)


def of_table(rows: Rows, least: int | None) -> tuple[Trees, list[str]]:
    """Cascades of a column of sizes, or of children with their parents and trees."""
    names = {plain(each): each for each in reversed(rows.columns)}
    parent = next((names[each] for each in _PARENT if each in names), None)
    if parent is not None:
        child = next((names[each] for each in _CHILD if each in names), None)
        tree = next((names[each] for each in _TREE if each in names), None)
        if child is None:
            raise InputError(
                f"{rows.title}: {parent} says whose parents they are, and no column who they are; "
                "call it child"
            )
        return _of_trees(rows, child, parent, tree, least)
    column = next(names[each] for each in _SIZES if each in names)
    sizes = []
    for row, text in enumerate(rows.columns[column]):
        if not _SIZE.fullmatch(text) or int(text) < 1:
            raise rows.complain(
                row,
                f"has {column} = {text!r}, which is no size of a cascade",
                "give a whole number from 1 on",
            )
        sizes.append(int(text))
    return kept(rows.title, sizes, least, [])


def _of_trees(
    rows: Rows, child: str, parent: str, tree: str | None, least: int | None
) -> tuple[Trees, list[str]]:
    children, parents = rows.columns[child], rows.columns[parent]
    of = rows.columns[tree] if tree is not None else [""] * len(children)
    above: dict[tuple[str, str], tuple[str, int]] = {}
    for row, (name, whose, which) in enumerate(zip(children, parents, of, strict=True)):
        if not name:
            raise rows.complain(row, f"has nobody in {child}", "fill it in, or take it out")
        if (which, name) in above:
            fault = f"gives {child} = {name!r} a second parent"
            raise rows.complain(
                row, fault, "keep the first" if tree else "name the tree too (tree)"
            )
        above[which, name] = ("" if whose.lower() in _ROOT or whose == name else whose, row)
    root: dict[tuple[str, str], tuple[str, str]] = {}
    for start in above:
        path, on, at = list[tuple[str, str]](), set[tuple[str, str]](), start
        while at not in root and at in above and above[at][0]:
            if at in on:
                raise rows.complain(
                    above[at][1],
                    f"is above itself: {child} = {at[1]!r} leads back to it by {parent}",
                    "mend who had it from whom",
                )
            path.append(at)
            on.add(at)
            at = (at[0], above[at][0])
        end = root.get(at, at)
        for each in (*path, at):
            root[each] = end
    notes = [f"Who stands in {parent} alone began a cascade."] if len(root) > len(above) else []
    sizes = Counter(root.values())
    if tree is not None:
        ends: dict[str, str] = {}
        for which, name in sizes:
            if which in ends:
                row = next(
                    above[k][1] for k, end in root.items() if end == (which, name) and k in above
                )
                raise rows.complain(
                    row,
                    f"is of {tree} = {which!r}, which {ends[which]!r} and {name!r} both begin",
                    "give each tree one",
                )
            ends[which] = name
    return kept(rows.title, list(sizes.values()), least, notes)


def kept(
    title: str, sizes: Sequence[int], least: int | None, notes: list[str]
) -> tuple[Trees, list[str]]:
    """The cascades that the filter leaves, which is asked for or seen of the smallest."""
    if len(sizes) < FEW:
        raise InputError(
            f"{title}: {len(sizes)} cascades say nothing of their spread; give {FEW} or more"
        )
    array, smallest = np.array(sizes, np.int64), min(sizes)
    if least is None:
        if smallest > 1:
            said = (
                f"The smallest of {len(sizes):,} cascades has {smallest:,} people: those of fewer "
                "are taken to have been left out (least says otherwise)."
            )
            return Trees(array, smallest), [*notes, said]
        return Trees(array, smallest), notes
    if least < 1:
        raise InputError(f"least = {least} is not allowed; give 1 or more people")
    out = int((array < least).sum())
    if len(sizes) - out < FEW:
        raise InputError(
            f"{title}: least = {least} leaves {len(sizes) - out} of {len(sizes)} cascades, the "
            f"largest of which has {max(sizes):,} people; give less"
        )
    if out:
        notes = [
            *notes,
            f"{out:,} of {len(sizes):,} cascades have fewer than {least} people, and are left out.",
        ]
    return Trees(array[array >= least], least), notes
