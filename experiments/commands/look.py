"""`wom look`: what would be read of a network, its people, or of what was data."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from . import console
from .observing import Data
from .options import Telling, command
from .reading import How

if TYPE_CHECKING:
    from ..answers.data import DataLook
    from ..answers.look import Look
    from ..answers.people import PeopleLook

# Characters of a first line that are looked at.
_FIRST: Final = 10_000


@command
def look(
    how: How,
    data: Data,
    telling: Telling,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A network file; - is piped in.")
    ] = None,
    people: Annotated[
        str | None,
        typer.Option("--people", metavar="FILE", help="A table of its people, to look at instead."),
    ] = None,
) -> None:
    """Say what is understood of a network file: who hears whom, and what it looks like.

    With --people what is understood of a table of its people, and whom of them the network has;
    the exit code is 2 where something in it is wrong. With --data what is understood of what was
    measured: which column is what, gaps, running totals.
    """
    from ...sim.errors import InputError
    from .answering import answered, ready

    ready(telling=telling)
    data.refuse_alone()
    if data.given:
        if file is not None or people is not None or how.reading():
            raise InputError("--data is looked at alone; leave out what is said of a network.")
        _look_at_data(data, telling)
        return
    if file is None and people is None:
        raise InputError(
            "there is nothing to look at; give a network FILE, --people FILE, or --data FILE."
        )
    if file is None and (typed := how.reading()):
        raise InputError(f"--{next(iter(typed))} says how a network file is read; give one too.")

    def find(_: Callable[[int, int], None]) -> Look | PeopleLook:
        from ..answers.look import look

        if people is None:
            seen: Look = look(file or "", **how.reading())
            return seen
        told: PeopleLook = look(file, people=people, **how.reading())
        return told

    words = ["wom", "look", *([file] if file is not None else [])]
    words += [] if people is None else ["--people", people]
    found = answered(find, telling, lambda _: shlex.join([*words, *how.words()]))
    if file is not None and _is_measured(file):
        console.say(
            f"note: {file} begins as a table of what was measured; `wom look --data {file}` reads "
            "it so.",
            json=True,
        )
    if getattr(found, "faults", ()):
        raise typer.Exit(InputError.exit_code)


def _look_at_data(data: Data, telling: Telling) -> None:
    from .answering import answered

    def find(_: Callable[[int, int], None]) -> DataLook:
        from ..answers.data import DataLook

        return DataLook(data.observed())

    answered(find, telling, lambda _: shlex.join(["wom", "look", *data.words()]))


def _is_measured(file: str) -> bool:
    """Whether the first line of a text names a date and something that a tool counts."""
    from ...scenarios.observing.names import DATES, SERIES
    from ...scenarios.reading.vocabulary import plain

    if Path(file).suffix.lower() not in (".csv", ".tsv", ".txt"):
        return False
    with Path(file).open(encoding="utf-8-sig", errors="replace") as text:
        words = {plain(word) for word in re.split("[,;\t]", text.readline(_FIRST))}
    counted = {name for names in SERIES.values() for name in names}
    return bool(words & set(DATES)) and bool(words & counted)
