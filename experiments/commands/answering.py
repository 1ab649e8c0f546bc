"""What every command does that answers: refuse in time what cannot end well, wait, tell, keep."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import typer

from ...sim.errors import InputError
from . import console
from .options import Changed, Luck, Telling, UsageError, app, typed

if TYPE_CHECKING:
    from ...sim.parameters import Scenario
    from ..answers.answer import Answer
    from ..show.document import Document
    from ..worlds.draws import Draws

Found = TypeVar("Found", bound="Answer")


# Notes that are told beside an answer; the others are told by `wom check`.
_NOTES: Final = 6
# How an answer is found and told, which makes no other question of it.
_HOW: Final = frozenset((
    "out", "to", "force", "as_json", "jobs", "threads", "dask", "seconds", "replicates", "width",
    "worlds", "runs",
))  # fmt: skip


def ready(*scenarios: Scenario | Draws, telling: Telling) -> None:
    """Refuse a folder that cannot be written, and campaigns that do not fit into memory.

    Before numba is imported and anything runs; the engine asks again.

    Raises
    ------
    CampaignError
        If one of them is refused, or the folder keeps the answer to something else.
    """
    from ...sim.budget import afford
    from ..worlds.draws import Draws

    if telling.out is not None:
        from ..store.folder import check

        check(telling.out)
        if not telling.force:
            _refuse_another(telling.out)
    for each in scenarios:
        scenario = each.base if isinstance(each, Draws) else each
        if scenario.network.file is None:
            afford(scenario)


def refuse_changes(name: str, changed: Changed, luck: Luck) -> None:
    """Refuse to change anything of a campaign that is kept.

    Raises
    ------
    InputError
        If something of it was to be changed.
    """
    if (changed, luck) != (Changed(), Luck()):
        raise InputError(
            f"{name} is a campaign that was run already, and nothing of it can be changed; give "
            "a scenario with --set, --seed and the like."
        )


def _refuse_another(folder: str) -> None:
    """Refuse a folder that keeps the answer to something else than what is asked now."""
    from ..store.folder import command_of

    kept = command_of(folder)
    if not kept:
        return
    verb, given = typed.get()
    if _question(kept, verb) != _told(given):
        raise InputError(
            f"{folder}: it keeps the answer to `{kept}`; name another folder, or give --force to "
            "write over it."
        )


def _question(command: str, verb: str) -> dict[str, Any] | None:
    """What a command asks for; nothing if it is another one than `verb`."""
    known = typer.main.get_command(app).commands[verb]  # type: ignore[attr-defined]
    # Whoever keeps an answer may say that anything makes it; an older version knew other options.
    with suppress(UsageError, ValueError):
        _, kept, *words = shlex.split(command)
        if kept == verb and not {"-h", "--help"} & set(words):
            return _told(known.make_context(verb, words).params)
    return None


def _told(given: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked for; how long it takes, and whom it is told, is no part of it."""
    return {name: value for name, value in given.items() if value and name not in _HOW}


def noted(*scenarios: Scenario) -> None:
    """Tell on standard error what is set and acts on nothing, or is paid without a limit.

    Once it is done, so that who made a mistake is told that and nothing else.
    """
    from ...scenarios.brakes import without_a_brake
    from ...scenarios.doubts import doubts

    # With a file of a network or of people it takes reading it: `wom check` does.
    notes = [
        note
        for scenario in scenarios
        if scenario.network.file is None and scenario.people.file is None
        for note in (*doubts(scenario), *without_a_brake(scenario))
    ]
    told = list(dict.fromkeys(notes))
    for note in told[:_NOTES]:
        console.say(f"note: {note}", json=True)
    if len(told) > _NOTES:
        console.say(f"note: {len(told) - _NOTES} more: see `wom check`.", json=True)


def answered(
    find: Callable[[Callable[[int, int], None]], Found],
    telling: Telling,
    command: Callable[[Found], str],
    *,
    unit: str = "campaign",
    show: Callable[[Found], Document] | None = None,
    hint: Callable[[float], str] | None = None,
) -> Found:
    """Find something out while somebody waits, keep it if asked, and tell it.

    Parameters
    ----------
    find
        Finds it; called with a function to tell how many campaigns are done, of how many.
    telling
        Who is told: a machine gets one document on standard output, and people the sentence on
        standard error; else people get the document on a terminal.
    command
        What to type for the same.
    unit
        What is counted while it is found.
    show
        The document that a terminal shows, where it is not the answer's own as it is.
    hint
        What to say of the seconds that are left, once they are known about.

    Raises
    ------
    CampaignError
        If it cannot be found out or kept; then nothing is written.
    """
    from .waiting import waited

    found = waited(find, unit, hint)
    if telling.out is not None:
        found.save(telling.out, command=command(found))
    if telling.as_json:
        console.tell_machine(found.to_dict())
        console.say(found.sentence, json=True)
    else:
        from ..show import terminal

        console.say(terminal.text(found.document() if show is None else show(found)))
    if telling.out is not None:
        page = Path(telling.out) / "report.html"
        console.say(f"kept in {telling.out}; {page} is the page to read.", json=telling.as_json)
    noted(*([] if found.about is None else [found.about]), *found.others().values())
    return found


def settled(how: Mapping[str, Any], seconds: float | None, found: Any) -> dict[str, Any]:
    """Options that make the same again: a budget of time becomes the worlds that it bought."""
    if seconds is None:
        return dict(how)
    return {**how, "replicates": found.replicates, "width": None}
