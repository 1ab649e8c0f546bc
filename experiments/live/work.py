"""What takes a while, told while it is made: a campaign, the bottleneck, a comparison.

A campaign is told in frames; what takes many campaigns in JSON documents, one a line: how far it
is, and then the finding.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from ...sim.compiling import announce, compiling
from ..estimates.interval import plain
from ..vocabulary.glossary import STAGES
from .asked import Setup, Shelf
from .frames import end, frames, layout, told
from .limits import MOST_SECONDS, Refused, Slots
from .stream import Put, Work

# Worlds of a diagnosis: enough to rank what is far apart, in seconds.
WORLDS: Final = 8
# Worlds of a comparison, and the most that may be asked for.
PAIRS: Final = 20
MOST_PAIRS: Final = 200
# People of the first look, as the page asks for it, and blocks until every kernel has been called.
FEW: Final = 300
_FIRST: Final = 20
# Above so many people a world takes too long for a page that waits.
_MOST_PEOPLE: Final = 20_000

Count = Callable[[int, int], None]


class LiveRun:
    """A campaign on its way to a page.

    Parameters
    ----------
    setup
        Which.
    slots
        Runs there may be at once.
    """

    def __init__(self, setup: Setup, slots: Slots) -> None:
        self.setup, self.slots = setup, slots
        self._doing = "waiting"

    def news(self) -> bytes:
        """What takes so long."""
        return told({"status": "compiling" if compiling() else self._doing})

    def work(self, stop: threading.Event, put: Put) -> None:
        """Put the blocks of the campaign, one after the other: compiled if need be, then run.

        Raises
        ------
        Refused
            If it takes too long, or too many are under way.
        """
        announce()  # or nothing is heard of what the network's kernels are compiled for
        with self.slots.taken(stop):
            self._doing = "making the world"
            began = time.perf_counter()
            campaign = self.setup.campaign()
            self._doing = "the first tick"
            for block in frames(campaign):
                if compiling():  # what was waited for the compiler does not count
                    began = time.perf_counter()
                put(block)
                if time.perf_counter() - began > MOST_SECONDS:
                    raise Refused(
                        f"the run took more than {MOST_SECONDS:.0f} s; ask for fewer people."
                    )
            put(end(campaign.result(), time.perf_counter() - began))
        # Agents take a second to import: who asks a person need not wait for it.
        from . import why  # noqa: F401


def warmed(shelf: Shelf, stop: threading.Event) -> None:
    """Run a small campaign that nobody sees: kernels are loaded by whoever calls them first."""
    announce()
    small = {"network.people": FEW} if shelf.network is None else {}
    setup = Setup(shelf.first.replace(small), shelf.seed, shelf.network, shelf.kept)
    for _ in islice(frames(setup.campaign()), _FIRST):
        if stop.is_set():
            return
    layout(setup.who_hears_whom())


def line(document: dict[str, Any]) -> bytes:
    """A document as a line; what is no number is None."""
    return json.dumps(plain(document), allow_nan=False).encode() + b"\n"


def bottleneck(setup: Setup, slots: Slots) -> Work:
    """The diagnosis of a campaign in few worlds."""

    def find(progress: Count) -> dict[str, Any]:
        from ..answers.diagnosis.find import diagnose

        found = diagnose(
            setup.scenario, _goal(setup), replicates=WORLDS, seed=setup.seed,
            network=setup.network, also=(), progress=progress,
        )  # fmt: skip
        return {
            "sentence": found.sentence,
            "outcome": found.noun,
            "replicates": found.replicates,
            "rivals": list(found.rivals),
            "bottleneck": None if found.bottleneck is None else found.bottleneck.stage,
            "stages": [
                {
                    "stage": each.stage, "label": STAGES.get(each.stage, each.act),
                    "act": each.act, "rate": each.rate, "idle": each.idle,
                    "gain": each.gain.mean, "low": each.gain.low, "high": each.gain.high,
                }
                for each in found.stages
            ],
        }  # fmt: skip

    return _study(setup, slots, find)


def pairs(before: Setup, after: Setup, replicates: int, slots: Slots) -> Work:
    """The comparison of two campaigns in many worlds."""

    def find(progress: Count) -> dict[str, Any]:
        from ..answers.comparison.find import compare

        found = compare(
            before.scenario, after.scenario, names=("A", "B"), outcome=_goal(after),
            replicates=replicates,
            seed=before.seed, network=before.network, progress=progress,
        )  # fmt: skip
        shown = (
            "revenue", "cost", "profit", "conversions", "reach", "shares", "reshares", "clicks",
        )  # fmt: skip
        people = found.people["B"] or {}
        return {
            "sentence": found.sentence,
            "replicates": found.replicates,
            "rows": [
                {
                    "name": name,
                    "label": found["B"][name].outcome.label,
                    "form": found["B"][name].outcome.form,
                    "base": found["B"][name].base.mean,
                    **dict(zip(("mean", "low", "high"), found["B"][name].difference, strict=False)),
                }
                for name in shown
            ],
            "people": {
                group: {"won": each.won[:3], "lost": each.lost[:3]}
                for group, each in people.items()
            },
        }

    return _study(before, slots, find)


def _goal(setup: Setup) -> str:
    """What is to be gained: conversions, or reach where nobody is asked to click."""
    return "conversions" if setup.scenario.clickable else "reach"


def _study(setup: Setup, slots: Slots, find: Callable[[Count], dict[str, Any]]) -> Work:
    """Find it while whoever reads is told how far it is."""

    def work(stop: threading.Event, put: Put) -> None:
        people = setup.scenario.network.people if setup.network is None else setup.network.n
        if people > _MOST_PEOPLE:
            raise Refused(
                f"{people:,} people in many worlds take too long for this page; ask for "
                f"{_MOST_PEOPLE:,} at most, or use `wom diagnose` and `wom compare`."
            )
        with slots.taken(stop):
            found = find(lambda done, expected: put(line({"done": done, "of": expected})))
            put(line({"found": found}))

    return work


def same_world(before: Setup, after: Setup) -> Setup:
    """The second campaign in the world of the first."""
    return replace(after, seed=before.seed, network=before.network)
