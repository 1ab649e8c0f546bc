"""What closes every page: parameters, where its numbers come from, how to make them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ...sim.parameters import Scenario
from .cells import Cell, Code
from .document import Command, Document, Facts, On, Section, Table, Words
from .parameters import differing

AGAIN = "To run it again"
FROM = "Where it comes from"


def framed(
    document: Document,
    *,
    versions: Mapping[str, str],
    made: str,
    command: str,
    scenario: Scenario | None = None,
    here: str = "",
    note: str = "",
    identity: str = "",
) -> Document:
    """A document with all that the page of a folder has beside what was found.

    Parameters
    ----------
    document
        What was found; its facts, files and Python go into the sections that close it.
    versions
        What it was made with: name to version.
    made
        When, as ISO 8601 has it; empty where nobody noted it.
    command
        What was typed for it; empty if nothing was.
    scenario
        What it is about, if it is about one.
    here
        What to type in the folder, which needs nothing but the folder.
    note
        What else to know to make it again.
    identity
        A digest, or a part of it, for who cites it.
    """
    sections = [*document.sections, *([] if scenario is None else [differing(scenario)])]
    facts = [_citation(document.title, versions, made, identity), *document.facts]
    facts += [("When", when(made)), ("Made with", _listed(versions))]
    sections.append(Section(FROM, [Facts(facts)], on=On.PAGE))
    again = list(_again(command, here, document.python, note))
    if again:
        sections.append(Section(AGAIN, again, on=On.PAGE))
    if document.files:
        rows = [(Code(name), what) for name, what in document.files]
        table = Table("Files of the folder", ("File", "What it holds"), rows)
        reads = "pandas.read_parquet opens a table."
        sections.append(Section("Where the numbers lie", [table], reads, On.PAGE))
    version = f"wordofmouth {versions.get('wordofmouth', '')}".strip()
    return replace(document, sections=sections, made_with=version)


def when(made: str) -> str:
    """A moment for people.

    Examples
    --------
    >>> when("2026-03-01T12:00:05+00:00"), when("")
    ('2026-03-01 12:00:05 UTC', 'not noted')
    """
    return made.replace("T", " ").replace("+00:00", " UTC") or "not noted"


def _listed(versions: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in versions.items())


def _citation(what: str, versions: Mapping[str, str], made: str, identity: str) -> tuple[str, Cell]:
    version = versions.get("wordofmouth", "of an unknown version")
    parts = [f"The wordofmouth authors, wordofmouth {version}", what]
    parts += [identity] if identity else []
    parts += [f"run on {made.partition('T')[0]}"] if made else []
    return "To cite it", ". ".join(part[:1].upper() + part[1:] for part in parts) + "."


def _again(typed: str, here: str, python: str, note: str) -> Iterator[Command | Words]:
    if typed:
        yield Command("What was typed", typed)
    if here:
        yield Command("From this folder alone, typed in it", here)
    if python:
        yield Command("In Python, in this folder", python)
    if note:
        yield Words(note)


def called(function: str, given: Sequence[str], options: Mapping[str, object]) -> str:
    """A call in Python, a line if it fits on one; options that are None are left out."""
    words = [*given, *(f"{name}={value!r}" for name, value in options.items() if value is not None)]
    line = f"found = {function}({', '.join(words)})"
    if len(line) > 88:
        line = f"found = {function}(\n" + "".join(f"    {word},\n" for word in words) + ")"
    return f"import wordofmouth as wom\n\n{line}"


def seeds(
    replicates: int, seed: int, world: int | None, budget: str = ""
) -> list[tuple[str, Cell]]:
    """The facts that say which worlds there were."""
    facts: list[tuple[str, Cell]] = [("Worlds", f"{replicates:,}"), ("First seed", str(seed))]
    if world is not None:
        facts.append(("Seed of the world", f"{world}, the same for all"))
    if budget:
        facts.append(("How many, and why", budget))
    return facts
