"""Why: what a person met and what they made of it, told by the very run that is on the page.

The campaign is run again, up to the tick in question, with somebody looking over one person's
shoulder. Each time that they notice something the agent of their row is asked for its reasons
before it decides: the terms are those of that moment, and not guessed afterwards.
"""

from __future__ import annotations

import math
import threading
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...agents.exposure import Exposure
from ...agents.history import history
from ...agents.model import CampaignModel
from ...agents.person import Person
from ...agents.turn import from_people
from ...sim.deciders import Deciders
from ...sim.draws import uniform
from ...sim.plan import COMPLAINT, THRESHOLD
from ...sim.stages.notice import Noticed
from ...sim.stages.share import ASKED, NOT
from ...sim.state import PASSED_ON, SAW
from ...sim.wave import BRAND, Wave
from .asked import Setup
from .limits import Refused

# Of those whom a person hears, how many are named at most.
_NAMED: Final = 2000


class Shoulder(Deciders):
    """Looks over one person's shoulder, where a model's own agents would decide.

    Attributes
    ----------
    events
        What they noticed and how they decided about passing it on, in order.
    """

    def __init__(self, model: CampaignModel, row: int) -> None:
        self.model, self.row = model, row
        self.events: list[dict[str, Any]] = []

    def share(
        self,
        wave: Wave,
        noticed: Noticed,
        shared: NDArray[np.int32],
        clicked: NDArray[np.int32],
        converted: NDArray[np.bool_],
        message: int,
    ) -> NDArray[np.int32]:
        """Ask for the reasons, before anything is written."""
        for at in np.flatnonzero(noticed.person == self.row).tolist():
            self.events.append(self._event(wave, noticed, shared, clicked, converted, message, at))
        return shared

    def _event(
        self, wave: Wave, noticed: Noticed, shared: Any, clicked: Any, converted: Any,
        message: int, at: int,
    ) -> dict[str, Any]:  # fmt: skip
        model = self.model
        entries = noticed.entry[noticed.who == at].tolist()
        seen = [self._exposure(wave, noticed, message, entry, at) for entry in entries]
        for post in seen:
            post.people = from_people(seen)
        via = int(shared[at])
        before = noticed.before[at]
        open_to = seen
        if model.plan.adopt.buyers_only and model.is_ours(message):
            open_to = [post for post in seen if converted[at] and clicked[at] == post.entry]
        asked_now = via == ASKED
        tried = [] if before & PASSED_ON or asked_now else open_to
        person = model.person(self.row)
        return {
            "tick": model.tick,
            "message": message,
            "first": not before & SAW,
            "already": bool(before & PASSED_ON),
            "asked": self._asked(message) if asked_now else None,
            "shared": via != NOT,
            "clicked": int(clicked[at]) != NOT,
            "converted": bool(converted[at]),
            "posts": [
                {
                    "sender": int(wave.person[post.entry]),
                    "hop": post.hop,
                    "chosen": post.entry == via,
                    "why": decision(person, post) if post in tried else None,
                }
                for post in seen
            ],
        }

    def _asked(self, message: int) -> str:
        if self.model.is_own(message):
            return "of their own accord"
        kind = self.model.plan.messages["kind"][message]
        return "to complain" if kind == COMPLAINT else "asked by the brand"

    def _exposure(
        self, wave: Wave, noticed: Noticed, message: int, entry: int, at: int
    ) -> Exposure:
        sender, channels = self.model.sender(int(wave.person[entry])), int(wave.channels[entry])
        hop, doses = int(wave.hop[entry]), int(noticed.doses[at])
        tick, hours = int(wave.tick[entry]), float(wave.hours[entry])
        visit = float(noticed.visit[at]) if noticed.visit.size else hours
        return Exposure(
            message, sender, hop, entry, channels, tick, hours, visit, int(wave.showing[entry]),
            doses=doses,
        )  # fmt: skip


def decision(person: Person, post: Exposure) -> dict[str, Any]:
    """How a person decides about passing on a post: the reasons, the chance, the luck.

    Returns
    -------
    dict
        By the logit: ``terms`` (name and log-odds, those at 0 left out), ``log_odds``, ``chance``,
        ``luck``, a uniform number below which it happens, and ``yes``. By the threshold: ``heard``
        and ``threshold``. Odds that are without end, as of a base of 1, are "Infinity": JSON knows
        no such number.
    """
    model = person.model
    yes = person.share(post)
    if model.plan.adopt.rule == THRESHOLD and model.is_ours(post.message):
        return {
            "rule": "threshold",
            "heard": post.people + person.heard_from(post.message),
            "threshold": float(model.plan.adopt.threshold),
            "yes": yes,
        }
    terms = person.why(post)
    total = math.fsum(terms.values())
    return {
        "rule": "logit",
        "terms": [[name, _odds(value)] for name, value in terms.items() if value != 0.0],
        "log_odds": _odds(total),
        "chance": 1.0 / (1.0 + math.exp(-total)) if total > -700.0 else 0.0,
        "luck": float(uniform(person.share_luck(post))),
        "yes": yes,
    }


def _odds(value: float) -> float | str:
    return value if math.isfinite(value) else f"{'-' if value < 0.0 else ''}Infinity"


def told_of(setup: Setup, row: int, until: int, stop: threading.Event) -> dict[str, Any]:
    """What happened to a person up to a tick, that one included, and why.

    Raises
    ------
    Refused
        If there is no such person.
    """
    model = CampaignModel(setup.scenario, network=setup.who_hears_whom(), rng=setup.seed)
    n = model.network.n
    if not 0 <= row < n:
        raise Refused(f"person = {row} is not here; give a whole number 0 to {n - 1}.")
    model.overrides = shoulder = Shoulder(model, row)
    while model.running and model.tick <= until and not stop.is_set():
        model.step()
    person = model.person(row)
    ids, world, state = model.network.ids, model.world, model.state
    arcs = np.flatnonzero(world.indices == row)
    heard = np.searchsorted(world.indptr, arcs, side="right") - 1
    return {
        "person": row,
        "name": None if ids is None else str(ids[row]),
        "role": person.role,
        "role_at_birth": ("stranger", "fan", "advocate")[int(world.role[row])],
        "hears": int(heard.size),
        "hears_whom": heard[:_NAMED].tolist(),
        "heard_by": int(np.diff(world.indptr)[row]),
        "trust": float(state.trust[row]),
        "bond": float(state.bond[row]),
        "interest": float(person.interest),
        "susceptibility": float(person.susceptibility),
        "until": model.tick - 1,
        "met": shoulder.events,
        "other": [
            {"tick": event.tick, "what": event.what, "words": event.words}
            for event in history(model, row)
            if event.what not in ("passed on", "bought")
        ],
        "brand": BRAND,
    }
