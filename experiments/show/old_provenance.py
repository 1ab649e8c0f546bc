"""Where the numbers of a report come from, how to cite them, and how to make them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from .old_page import Cell, Code, Command, Facts, Section, Table, Words

AGAIN: Final = "To run it again"
FROM: Final = "Where it comes from"


def provenance(
    facts: Iterable[tuple[str, Cell]], made: str, versions: Mapping[str, str]
) -> Section:
    """The section of a page that says what made the numbers, and when.

    Parameters
    ----------
    facts
        What else is known.
    made
        When, as ISO 8601 has it; empty where nobody noted it.
    versions
        What it was made with: name to version.
    """
    whole = [*facts, ("When", when(made)), ("Made with", told(versions))]
    return Section(FROM, [Facts(whole)])


def when(made: str) -> str:
    """A moment for people.

    Examples
    --------
    >>> when("2026-03-01T12:00:05+00:00"), when("")
    ('2026-03-01 12:00:05 UTC', 'not noted')
    """
    return made.replace("T", " ").replace("+00:00", " UTC") or "not noted"


def told(versions: Mapping[str, str]) -> str:
    """Versions in a line."""
    return ", ".join(f"{name} {number}" for name, number in versions.items())


def citation(
    what: str, versions: Mapping[str, str], made: str, identity: str = ""
) -> tuple[str, Cell]:
    """How to cite it, as a line of the provenance.

    Parameters
    ----------
    what
        What was run, from which seed.
    versions
        Of which `wordofmouth` is named.
    made
        When.
    identity
        A digest, or a part of it.
    """
    version = versions.get("wordofmouth", "of an unknown version")
    parts = [f"The wordofmouth authors, wordofmouth {version}", what]
    parts += [identity] if identity else []
    parts += [f"run on {made.partition('T')[0]}"] if made else []
    return "To cite it", ". ".join(part[:1].upper() + part[1:] for part in parts) + "."


def again(typed: str, here: str, python: str, note: str = "") -> Section:
    """The section of a page that says what to type for the same numbers.

    Parameters
    ----------
    typed
        What was typed; empty if nobody noted it.
    here
        What to type in the folder, which needs nothing but the folder.
    python
        The same in Python.
    note
        What else to know.
    """
    blocks = [Command("What was typed", typed)] if typed else []
    blocks += [Command("From this folder alone, typed in it", here)] if here else []
    blocks += [Command("In Python, in this folder", python)] if python else []
    return Section(AGAIN, [*blocks, *([Words(note)] if note else [])])


def files(rows: Sequence[tuple[str, str]], note: str = "") -> Section:
    """The section of a page that says what lies in the folder."""
    table = Table("Files of the folder", ("File", "What it holds"), [(Code(a), b) for a, b in rows])
    return Section("Where the numbers lie", [table], note)
