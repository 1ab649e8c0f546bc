"""A Pajek file with all of its sections as one, so that networkx reads each tie as it is meant."""

from __future__ import annotations

import re
import shlex
from typing import Final

from .complaints import brief, foreign, refusal

_HEAD: Final = re.compile(r"\*([A-Za-z]+)[ \t]*(.*)")
# People who are counted and neither listed nor tied, as far as a file has them.
_UNLISTED: Final = 50_000
_TIES: Final = ("arcs", "edges")


def pajek(title: str, text: str) -> tuple[list[str], dict[str, str]]:
    """The lines with people by their numbers, and what those are called.

    A network with arcs and edges has directions, and its edges go both ways.

    Raises
    ------
    InputError
        If a section is none of ties between people, or a tie has an end that is not listed.
    """
    section, relations = "", set()
    people: dict[str, str] = {}
    ties: dict[str, list[list[str]]] = {"arcs": [], "edges": []}
    places: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line[0] == "%":
            continue
        if head := _HEAD.match(line):
            if head[1].lower() == "vertices":
                if section not in ("", "network"):
                    raise foreign(title, "a file of several networks of Pajek", "save one alone")
                people = _counted(title, number, line, head[2], len(text))
            elif head[1].lower() in _TIES:
                relations |= {head[2].split()[0]} if head[2].startswith(":") else set()
            elif head[1].lower() != "network" or section:
                raise foreign(
                    title,
                    f"a Pajek file with a section *{brief(head[1])}",
                    "save it with *Arcs and *Edges",
                )
            section = head[1].lower()
            continue
        fields = _fields(line)
        if section == "vertices" and len(fields) > 1:
            people[fields[0]] = fields[1]
        elif section in ties and len(fields) > 1:
            ties[section].append(fields)
            places.append((number, line, fields))
    if len(relations) > 1:
        raise foreign(
            title, f"a Pajek file of {len(relations)} relations", "save the one that is meant"
        )
    called = {label: number for number, label in people.items() if label}
    own = len(called) == len(people)
    for number, line, fields in places if people else ():
        for k in (0, 1):
            end = fields[k] if fields[k] in people or not own else called.get(fields[k], fields[k])
            if end not in people:
                raise refusal(
                    title, number, line, f"names {fields[k]!r}, who is no vertex", "list all"
                )
            fields[k] = end
    return _whole(people, ties), {number: label for number, label in people.items() if label}


def _counted(title: str, number: int, line: str, rest: str, length: int) -> dict[str, str]:
    """The numbers of all whom the head of the vertices counts."""
    counts = rest.split()
    if not counts or not all(each.isdecimal() for each in counts):
        raise refusal(title, number, line, "does not say how many there are", "export it again")
    if len(counts) > 1:
        raise foreign(
            title,
            f"a two-mode network of Pajek ({counts[1]} of {counts[0]} vertices are one side)",
            "give one of ties between people",
        )
    if int(counts[0]) > length + _UNLISTED:
        raise refusal(title, number, line, "counts far more than the file can join", "mend it")
    return dict.fromkeys(map(str, range(1, int(counts[0]) + 1)), "")


def _fields(line: str) -> list[str]:
    return shlex.split(line) if '"' in line or "'" in line else line.split()


def _whole(people: dict[str, str], ties: dict[str, list[list[str]]]) -> list[str]:
    """The lines of a file with one section of ties."""
    found = [f"*Vertices {len(people)}"]
    found += [f"{number} {number}" for number in people]
    arcs, edges = ties["arcs"], ties["edges"]
    found.append("*Arcs" if arcs else "*Edges")
    if arcs:
        edges = edges + [[v, u, *rest] for u, v, *rest in edges if u != v]
    return found + [shlex.join(each) for each in (*arcs, *edges)]
