"""What happened to a person, told from the logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..sim import state as s
from ..sim.plan import COMPLAINT, OWN
from ..sim.wave import BRAND

if TYPE_CHECKING:
    from .model import CampaignModel


class Event(NamedTuple):
    """Something that happened to a person; `str` of it is a sentence.

    Attributes
    ----------
    tick
        When.
    what
        What, in words.
    message
        The message that it was about; None: none.
    sender
        The row of the person who had brought it; below 0 the brand (-1) or another account; None:
        nobody.
    words
        The sentence after the tick.
    """

    tick: int
    what: str
    message: int | None
    sender: int | None
    words: str

    def __str__(self) -> str:
        return f"tick {self.tick}: {self.words}"


def history(model: CampaignModel, row: int) -> list[Event]:
    """What happened to the person of a row, in order."""
    state = model.state
    events = [_shared(model, entry) for entry in _of(state.shares, state.size[s.SHARES], row)]
    events += [
        _told(model, entry, "bought")
        for entry in _of(state.buyers, state.size[s.BUYERS], row)
    ]  # fmt: skip
    joined = int(state.relation["joined"][row])
    if joined >= 0:
        events.append(Event(joined, "followed", None, None, "followed the brand"))
    for entry in _of(state.climbs, state.size[s.CLIMBS], row):
        rung = s.RUNGS[entry["hop"]]
        left = f"left the brand, {s.RUNGS[entry['sender']]} until then"
        words = left if entry["hop"] == s.NO_RUNG else f"became {rung}"
        events.append(Event(int(entry["tick"]), words.split(",")[0], None, None, words))
    return sorted(events, key=lambda event: event.tick)


def _of(log: Any, size: int, row: int) -> Any:
    """The rows of a log that are about somebody, in the order in which they were written."""
    return log[:size][log["person"][:size] == row]


def _shared(model: CampaignModel, entry: np.void) -> Event:
    message = int(entry["message"])
    if model.plan.messages["kind"][message] == COMPLAINT and entry["sender"] == BRAND:
        return Event(
            int(entry["tick"]), "complained", message, None, f"complained (message {message})"
        )
    return _told(model, entry, "passed on")


def _told(model: CampaignModel, entry: np.void, what: str) -> Event:
    """An event about a message that somebody had brought."""
    message, sender = int(entry["message"]), int(entry["sender"])
    kind = model.campaign.entries[message][1].type
    if sender >= 0:
        who = f"from person {sender}"
    elif model.plan.messages["kind"][message] == OWN:
        who = "of their own accord"
    elif sender == BRAND:
        who = "from the brand"
    else:
        who = f"at {model.sender(sender).name}"
    words = f"{what} message {message} ({kind}), {who}"
    return Event(int(entry["tick"]), what, message, sender, words)
