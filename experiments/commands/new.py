"""`wom new`: a scenario file to begin with: short, like another, of data, or of ten numbers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...sim.errors import InputError, StorageError
from . import console
from .observing import Data
from .options import command

if TYPE_CHECKING:
    from ...scenarios.observing.brand import Question

_LIKE = "everyday"


@command
def new(
    data: Data,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Its name, such as mine.toml.")],
    like: Annotated[
        str | None,
        typer.Option("--like", metavar="NAME|FILE", help="Begin with what another scenario says."),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="With all there is to say, everything explained."),
    ] = False,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="Begin with what was measured: a row a day."),
    ] = None,
    ask: Annotated[
        bool,
        typer.Option("--ask", help="Begin with ten numbers of your brand, which are asked for."),
    ] = False,
    figure: Annotated[
        list[str] | None,
        typer.Option(
            "--figure", metavar="NAME=NUMBER", help="One of the ten, not asked; may be repeated."
        ),
    ] = None,
) -> None:
    """Write a scenario file of your own, to be changed.

    It is a few lines, each of which matters; with --like it is what another scenario says. With
    --all there stands beside it, in comments, everything that could be said. With --from its
    calendar, spend and rates are those of a table of what was measured. With --ask ten numbers are
    asked for, which Instagram, LinkedIn or web analytics show; --figure gives them instead, and
    those that are not given keep their default. In all but --like each line says from where it is.
    """
    from ..store.folder import put_file

    if data.data is not None:
        raise InputError("--data is for commands that look or fit; give --from FILE here.")
    ways = {"--like": like is not None, "--from": source is not None, "--ask": ask or bool(figure)}
    chosen = [way for way, typed in ways.items() if typed]
    if everything and (typed := [way for way in chosen if way != "--like"]):
        raise InputError(f"--all explains a scenario that is there; give it without {typed[0]}.")
    if len(chosen) > 1:
        raise InputError(f"{chosen[0]} and {chosen[1]} each say how to begin; give one of them.")
    if source is None and (typed := [*data.words()]):
        raise InputError(f"{typed[0]} says how what was measured is read; give --from FILE too.")
    goal = Path(file)
    if goal.suffix != ".toml":
        raise InputError(f"{file}: a scenario file ends in .toml; name it {goal.name}.toml.")
    if everything or like is not None:
        text = _like(like or _LIKE, goal.name, everything=everything)
    elif source is not None:
        text = _from(data, source, goal)
    elif chosen:
        text = _asked(figure or [], goal, ask=ask)
    else:
        text = _short(goal)
    if goal.exists():
        raise InputError(f"{file}: there is such a file already; name another.")
    if not goal.parent.is_dir():
        raise StorageError(
            f"{file}: the file cannot be written (there is no such folder); choose another place."
        )
    put_file(goal, text.encode())
    console.say(f"{file} is written: change what you like, then `wom run {file}`.")


def _like(like: str, name: str, *, everything: bool) -> str:
    from ...scenarios.loader import load
    from ...scenarios.template import template

    return template(load(like), name, everything=everything)


def _short(goal: Path) -> str:
    from ...scenarios.short import short

    return short(goal.stem)


def _from(data: Data, source: str, goal: Path) -> str:
    """The text of what was measured, that is a scenario for certain."""
    from ...scenarios.observing.campaign import campaign_text
    from ...scenarios.observing.written import checked

    seen = data.observed(source)
    text = campaign_text(seen, goal.stem)
    checked(text)
    for note in (*seen.notes, *seen.doubts):
        console.say(note, json=True)
    return text


def _asked(figures: list[str], goal: Path, *, ask: bool) -> str:
    """The text of ten numbers, told or asked for."""
    from ...scenarios.observing.brand import QUESTIONS, brand, scenario_text
    from ...scenarios.observing.written import checked

    told: dict[str, float] = {}
    for each in figures:
        name, sign, number = (part.strip() for part in each.partition("="))
        if not sign:
            raise InputError(
                f"--figure {each!r} is not allowed; give NAME=NUMBER, as followers=1200."
            )
        told[name] = _number(name, number)
    for question in QUESTIONS if ask else ():
        if question.name not in told:
            answer = _answer(question)
            if answer is None:
                break
            if answer:
                told[question.name] = _number(question.name, answer)
    text = scenario_text(brand(told), goal.stem)
    checked(text)
    return text


def _answer(question: Question) -> str | None:
    """What somebody answers; empty where nobody knows, None where nobody answers any more."""
    print(f"{question.ask} ({question.where}): ", end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    return line.strip() if line else None


def _number(name: str, text: str) -> float:
    """A number as people type it: 1,200 and 1.200 are thousands, 2.5 and 2,5 are not."""
    from ...scenarios.observing.numbers import numbers

    def complain(*_: object) -> InputError:
        return InputError(f"{name} = {text!r} is no number; give one such as 1200 or 2.5.")

    value = float(numbers([text], "", complain, name)[0][0])
    if value != value:
        raise complain()
    return value
