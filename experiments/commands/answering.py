"""What every command of paired campaigns does: refuse in time what cannot end well, and answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ...sim.budget import afford
from . import console

if TYPE_CHECKING:
    from ...sim.parameters import Scenario


class Finding(Protocol):
    """What a command found."""

    @property
    def sentence(self) -> str:
        """It in plain words."""

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told."""

    def save(self, folder: str | Path, *, command: str | None = None) -> Path:
        """Keep it in a folder, with the command that was typed for it."""


def ready(*scenarios: Scenario, out: str | None) -> None:
    """Refuse a folder that cannot be written, and campaigns that do not fit into memory.

    Before numba is imported and anything runs; the engine asks again.

    Raises
    ------
    CampaignError
        If one of them is refused.
    """
    if out is not None:
        from ..store.folder import check

        check(out)
    for scenario in scenarios:
        if scenario.network.file is None:
            afford(scenario)


def answer(found: Finding, words: str | None, out: str | None, command: str) -> None:
    """Keep what was found if asked, and tell it.

    Parameters
    ----------
    found
        What to tell.
    words
        As people read it; None to tell a machine: one document on standard output, the sentence
        on standard error.
    out
        The folder to keep it in.
    command
        What to type for the same.

    Raises
    ------
    StorageError
        If it cannot be kept.
    """
    if out is not None:
        found.save(out, command=command)
    if words is None:
        console.document(found.to_dict())
        console.say(found.sentence, json=True)
    else:
        console.say(words)
    if out is not None:
        page = Path(out) / "report.html"
        console.say(f"kept in {out}; {page} is the page to read.", json=words is None)
