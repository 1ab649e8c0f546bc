"""A scenario file to begin with: what another one says, and if asked all that it might say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ..sim.parameters import ContentType, Scenario
from .loader import CONTENT_TYPES, beside, read_tables
from .reference import EACH, NAMED, NONE, Chapter, sections
from .toml import literal

_ALL: Final = """\
# A scenario of your own, as `{name}` is. A line with # in front is a default: take the # away and
# change it. Each line says what it is, its range, and where the default comes from.
"""
_SAID: Final = """\
# A scenario of your own, as `{name}` is. What it says nothing of is as usual.
"""
_HEAD: Final = """\
#
#   wom check {file}      is it valid, and what does it need?
#   wom run {file}        run it
#   wom explain KEY       what a number means, its range, and where it comes from
"""
_WIDTH: Final = 36
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def template(like: Scenario, file: str = "mine.toml", *, everything: bool = True) -> str:
    """The text of a scenario file that says what `like` says.

    Parameters
    ----------
    like
        The scenario to begin with.
    file
        What the file will be called.
    everything
        Whether all that it might say stands there too, in comments, and range and source of each.

    Returns
    -------
    str
        TOML that loads as a scenario equal to `like` but for its name.

    Examples
    --------
    >>> [line] = [line for line in template(Scenario()).splitlines() if "horizon" in line]
    >>> line.split(";")[0]
    '# horizon = 48                       # Length of the campaign (ticks)'
    """
    values = beside(like.to_dict(), Path.cwd()) | {"name": Path(file).stem}
    defaults = Scenario().to_dict()
    head = (_ALL if everything else _SAID) + _HEAD
    parts = [head.format(name=like.name, file=file)]
    for section in sections():
        if EACH in section.path or NAMED in section.path:
            continue
        kind = section.path.partition(" = ")[2].strip('"')
        if section.path.startswith("network.kind"):
            if kind != like.network.kind or like.network.file is not None:
                continue
            parts.append(_lines(section, values, {}, everything=everything))
            continue
        lines = _lines(section, values, defaults, everything=everything)
        asked_for = section.path == "network"  # what its kind asks for stands below it
        if lines or asked_for:
            parts.append(f"\n[{section.path}]\n{lines}" if section.path else f"\n{lines}")
    # Tables that a scenario names come last: what stands after them would belong to them.
    usual = {"content_types": read_tables(CONTENT_TYPES)}
    for name in ("channels", "content_types", "segments"):
        for key, table in values[name].items():
            if table == defaults[name].get(key) and name != "segments":
                continue
            there = usual.get(name, {}).get(key, {})
            # What is shipped under the name of a content type is filled in when a file is read.
            own = table if everything or name != "content_types" else _apart(table, there)
            if own or not there:
                head = f"{name}.{key if _BARE.fullmatch(key) else literal(key)}"
                parts.append(f"\n[{head}]\n{_named(own, _columns(name + NAMED))}")
    return "".join(parts)


def _apart(table: Mapping[str, Any], shipped: Mapping[str, Any]) -> dict[str, Any]:
    """What a content type says that is neither shipped under its name nor the default."""
    usual = ContentType().model_dump() | dict(shipped)
    return {name: value for name, value in table.items() if value != usual[name]}


def _lines(
    section: Chapter, values: Mapping[str, Any], defaults: Mapping[str, Any], *, everything: bool
) -> str:
    """A line for each parameter: live where it differs from the default, else a comment or none."""
    lines = []
    for each in section.parameters:
        path = each.path.split(".")
        value, default = _at(values, path), _at(defaults, path)
        if isinstance(value, dict):
            continue
        live = value is not None and value != default
        if not live and not everything:
            continue
        note = f"{each.label}{f' ({each.unit})' if each.unit else ''}"
        if everything:
            note += f"; {each.allowed}" + (f"; {each.source}" if each.source else "")
        # What is not set has no form in TOML; what a network asks for is not among the values.
        shown = {NONE: ""}.get(each.default, each.default)
        if value is not None and value not in ("", []):
            shown = literal(value)
        if isinstance(value, list) and live and len(shown) > _WIDTH:
            rows = "".join(f"  {literal(row)},\n" for row in value)
            lines.append(f"# {note}\n{path[-1]} = [\n{rows}]\n")
            continue
        line = f"{'' if live else '# '}{path[-1]} = {shown}"
        lines.append(f"{line:<{_WIDTH}} # {note}\n")
    return "".join(lines)


def _named(table: Mapping[str, Any], notes: Mapping[str, str]) -> str:
    return "".join(
        f"{f'{name} = {literal(value)}':<{_WIDTH}} # {notes[name]}\n"
        for name, value in table.items()
        if value is not None
    )


def _columns(path: str) -> dict[str, str]:
    """What each parameter of a table that a scenario names is."""
    [section] = [section for section in sections() if section.path == path]
    return {
        each.path.rpartition(".")[2]: f"{each.label}{f' ({each.unit})' if each.unit else ''}"
        for each in section.parameters
    }


def _at(tables: Mapping[str, Any], path: list[str]) -> Any:
    value: Any = tables
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
