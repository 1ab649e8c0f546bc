"""What a parameter is: its meaning, range and source, what it needs, and where it is set."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..sim.errors import InputError, hint
from .choices import MEANINGS
from .loader import CONTENT_TYPES, find, load, names, read_tables
from .needs import NEEDS, TYPED
from .reference import EACH, NAMED, NONE, Chapter, Parameter, sections
from .short import short
from .texts import titled
from .toml import literal, parsed

# Of shipped scenarios that set a parameter, so many are named.
_NAMED: Final = 4
_LONG: Final = 24
# What an entry is tried in: a scenario without channels, rivals or content types of its own.
_LEAST: Final = "cascade"


@dataclass(frozen=True)
class Explanation:
    """What is known of a parameter, or of all in a table.

    Attributes
    ----------
    key
        What was asked for.
    chapters
        The tables that what is meant is in, with no more than that.
    needs
        By path, when it moves nothing, each with a remedy.
    shipped
        For each of the tables, by path, the shipped scenarios that set it, and to what.
    examples
        Of a list of tables, by its path, who has an entry, and the first of them.
    """

    key: str
    chapters: tuple[Chapter, ...]
    needs: Mapping[str, tuple[str, ...]]
    shipped: tuple[Mapping[str, Mapping[str, str]], ...]
    examples: Mapping[str, tuple[str, Mapping[str, Any]]]

    def __str__(self) -> str:
        entries = _entries(self.chapters)
        own = [chapter for chapter in self.chapters if chapter.path not in entries]
        paths = {each.path for chapter in own for each in chapter.parameters}
        if len(paths) == 1:
            both = zip(self.chapters, self.shipped, strict=True)
            return "\n\n".join(
                self._listed(chapter) if chapter.path in entries else self._one(chapter, shipped)
                for chapter, shipped in both
            )
        return "\n\n".join(map(self._listed, self.chapters))

    __repr__ = __str__

    def to_dict(self) -> dict[str, Any]:
        """The same for a machine."""
        return {
            "key": self.key,
            "parameters": [
                {
                    **each._asdict(), "table": chapter.path,
                    "choices": dict(MEANINGS.get(each.path, {})),
                    "needs": list(self.needs.get(each.path, ())),
                    "shipped": dict(shipped.get(each.path, {})),
                    "example": dict(self.examples[each.path][1])
                    if each.path in self.examples else None,
                }
                for chapter, shipped in zip(self.chapters, self.shipped, strict=True)
                for each in chapter.parameters
            ],
        }  # fmt: skip

    def _listed(self, chapter: Chapter) -> str:
        """A table; of a list of tables with an entry, as a file has it."""
        path = chapter.path.removesuffix(EACH)
        if path == chapter.path or path not in self.examples:
            return _table(chapter)
        who, entry = self.examples[path]
        table, _, name = path.rpartition(".")
        header = f"  [{table}]\n" if table else ""
        text = f"{header}  {name} = [\n    {literal(entry)},\n  ]"
        names = "" if _stands_alone(path, entry) else " (what it names is in that scenario)"
        return f"{_table(chapter)}\n\nAn entry, as {who} has it{names}:\n\n{text}"

    def _one(self, chapter: Chapter, shipped: Mapping[str, Mapping[str, str]]) -> str:
        [each] = chapter.parameters
        lines = [
            f"{each.path}: {each.label}{_unit(each)}.",
            f"In [{chapter.path}]: {chapter.text}" if chapter.path else chapter.text,
            f"It may be: {each.allowed}. If nothing is said: {each.default}.",
            *(f"  {literal(one)}: {is_}" for one, is_ in MEANINGS.get(each.path, {}).items()),
            f"Where that is from: {titled(each.source)}.",
        ]
        lines += [f"It moves nothing where {why}." for why in self.needs.get(each.path, ())]
        if each.fixed:
            lines.append("It is decided before the first tick: a timeline cannot change it.")
        set_in = shipped.get(each.path, {})
        if set_in:
            told = ", ".join(f"{name} has {value}" for name, value in set_in.items())
            lines.append(f"Of the scenarios that are shipped, {told}.")
        key = each.path.replace(EACH, ".0")
        value = next(iter(set_in.values()), each.default)
        if each.path == "content_types":
            known = read_tables(CONTENT_TYPES)
            lines.append(f"There are: {', '.join(sorted(known))}; or one of your own.")
            lines.append("What each is made of: wom explain content_types.NAME")
        elif value != NONE and NAMED not in key:
            lines.append(f"To set it: wom run SCENARIO --set {shlex.quote(f'{key}={value}')}")
        return "\n".join(lines)


def _entries(chapters: Iterable[Chapter]) -> set[str]:
    """The tables that the lists among these parameters are made of."""
    return {f"{each.path}{EACH}" for chapter in chapters for each in chapter.parameters}


def _table(chapter: Chapter) -> str:
    rows = chapter.parameters
    wide = max(len(each.path) for each in rows)
    deep = max(len(_cut(each.default)) for each in rows)
    return "\n".join(
        [f"[{chapter.path}] {chapter.text}" if chapter.path else chapter.text]
        + [
            f"  {each.path:<{wide}}  {_cut(each.default):<{deep}}  {each.label}{_unit(each)}"
            for each in rows
        ]
    )


def _unit(each: Parameter) -> str:
    return f" ({each.unit})" if each.unit else ""


def explain(key: str = "") -> Explanation:
    """Say what a parameter is: what it means, its range, what it needs, where its value is from.

    Parameters
    ----------
    key
        The dotted path of a parameter (``"incentives.reward"``), of a table (``"share.weight"``),
        or the last name of one or several (``"reward"``); everything if it is empty.

    Returns
    -------
    Explanation
        Printed, it is a text to read.

    Raises
    ------
    InputError
        If no parameter is called so.

    Examples
    --------
    >>> print(explain("transact.recall"))
    transact.recall: Chance of finding the brand by memory, a hop (probability).
    In [transact]: From attention to a transaction: click, find, convert (000), come back (003).
    It may be: 0 to 1. If nothing is said: 0.3.
    Where that is from: assumed.
    It moves nothing where nobody clicks, and nobody comes to follow; give transact.click.
    To set it: wom run SCENARIO --set transact.recall=0.3
    """
    everything = sections()
    found = _meant(key.strip(), everything) if key.strip() else everything
    if not found:
        known = [each.path for chapter in everything for each in chapter.parameters]
        last = {path.rpartition(".")[2] for path in known}
        tables = sorted({chapter.path.partition(".")[0] for chapter in everything} - {""})
        meant = hint(key, [*known, *sorted(last)], f"tables are {', '.join(tables)}.")
        raise InputError(f"there is no parameter {key!r}; {meant}")
    entries = _entries(found) - {chapter.path for chapter in found}
    found += [chapter for chapter in everything if chapter.path in entries]
    paths = list(dict.fromkeys(each.path for chapter in found for each in chapter.parameters))
    needs = {path: tuple(_needs(path)) for path in paths}
    told = {path: each for path, each in needs.items() if each}
    files = {name: read_tables(find(name)) for name in names()}
    shipped = tuple(_shipped(each, files) for each in found)
    return Explanation(key, tuple(found), told, shipped, _examples(found, files))


def _meant(key: str, chapters: list[Chapter]) -> list[Chapter]:
    """What a key means: a parameter, all in a table, or all that are called so; nothing else."""

    def only(fits: Callable[[Chapter, str], object]) -> list[Chapter]:
        some = [
            (chapter, tuple(each for each in chapter.parameters if fits(chapter, each.path)))
            for chapter in chapters
        ]
        return [chapter._replace(parameters=rows) for chapter, rows in some if rows]

    return (
        only(lambda _, path: _pattern(path).fullmatch(key))
        or only(
            lambda chapter, path: (
                _pattern(chapter.path).fullmatch(key)
                or path.startswith((f"{key}.", f"{key}{EACH}"))
            )
        )
        or only(lambda _, path: path.rpartition(".")[2] == key)
    )


def _pattern(path: str) -> re.Pattern[str]:
    """What somebody may type for a path: a number for any of a list, a name for any of a table."""
    typed = re.escape(path).replace(re.escape(EACH), r"(?:\[\d*\]|\.\d+)?")
    return re.compile(typed.replace(re.escape(NAMED), r"\.[^.]+"))


def _needs(path: str) -> Iterator[str]:
    for gate in NEEDS:
        for each in gate.paths.split():
            begins = each.endswith((".", "_")) and path.startswith(each)
            if begins or path == each:
                yield gate.why
    if path.startswith("content_types."):
        yield from (gate.why for gate in TYPED if path.endswith(f".{gate.paths}"))


def _shipped(chapter: Chapter, files: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """By path, the shipped scenarios that set it, and to what."""
    patterns = {each.path: _pattern(each.path) for each in chapter.parameters}
    kind = chapter.path.partition(" = ")[2].strip('"')
    found: dict[str, dict[str, str]] = {}
    for name, tables in files.items():
        if kind and tables.get("network", {}).get("kind") != kind:
            continue
        for typed, value in _leaves(tables):
            for path, pattern in patterns.items():
                there = found.setdefault(path, {})
                if not pattern.fullmatch(typed) or len(there) == _NAMED:
                    continue
                if len(text := literal(value)) <= _LONG:
                    there.setdefault(name, text)
    return {path: each for path, each in found.items() if each}


def _examples(
    chapters: Iterable[Chapter], files: Mapping[str, Mapping[str, Any]]
) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """By the path of a list of tables, who has an entry, one that stands alone first, and that."""
    written = {**files, "the file of `wom new`": parsed(short())}
    found: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for path in (each.path.removesuffix(EACH) for each in chapters if each.path.endswith(EACH)):
        entries = [(who, e) for who, tables in written.items() for e in _entries_of(tables, path)]
        alone = (each for each in entries if _stands_alone(path, each[1]))
        if entries:
            found[path] = next(alone, entries[0])
    return found


def _entries_of(tables: Any, path: str) -> list[Mapping[str, Any]]:
    for part in path.split("."):
        tables = tables.get(part) if isinstance(tables, Mapping) else None
    return [e for e in tables if isinstance(e, Mapping)] if isinstance(tables, list) else []


def _stands_alone(path: str, entry: Mapping[str, Any]) -> bool:
    """Whether it names no channel, rival or content type that another scenario lacks."""
    try:
        load(_LEAST).replace({path: [entry]})
    except InputError:
        return False
    return True


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, below in value.items():
            yield from _leaves(below, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        for number, below in enumerate(value):
            yield from _leaves(below, f"{path}.{number}")
    else:
        yield path, value


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG - 3]}..."
