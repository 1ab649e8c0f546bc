"""What takes many campaigns: the bottleneck, and how sure a difference is. Told while it is made.

Each is a row of JSON documents, one a line: how far it is, and then the finding.
"""

from __future__ import annotations

import json
import math
import queue
import threading
from collections.abc import Callable, Generator
from dataclasses import replace
from typing import Any, Final

from ..vocabulary.glossary import STAGES
from .asked import Asked
from .limits import Refused, Slots
from .stream import Work, begun

# Worlds of a diagnosis: enough to rank what is far apart, in seconds.
WORLDS: Final = 8
# Worlds of a comparison, and the most that may be asked for.
PAIRS: Final = 20
MOST_PAIRS: Final = 200
# Above so many people a world takes too long for a page that waits.
_MOST_PEOPLE: Final = 20_000


class Stopped(Exception):  # noqa: N818  no error: nobody waits for the answer any more
    """The page that asked has gone, or asks something else."""


Told = Callable[[int, int], None]


def line(document: dict[str, Any]) -> bytes:
    """A document as a line; what is no number is None."""
    return json.dumps(_plain(document), allow_nan=False).encode() + b"\n"


def bottleneck(asked: Asked, slots: Slots) -> Work:
    """The diagnosis of a campaign in few worlds."""

    def find(progress: Told) -> dict[str, Any]:
        from ..answers.diagnosis.find import diagnose

        found = diagnose(
            asked.scenario, _goal(asked), replicates=WORLDS, seed=asked.seed,
            network=asked.network, also=(), progress=progress,
        )  # fmt: skip
        return {
            "sentence": found.sentence,
            "outcome": found.noun,
            "replicates": found.replicates,
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

    return _told(asked, slots, find)


def pairs(before: Asked, after: Asked, replicates: int, slots: Slots) -> Work:
    """The comparison of two campaigns in many worlds."""

    def find(progress: Told) -> dict[str, Any]:
        from ..answers.comparison.find import compare

        found = compare(
            before.scenario, after.scenario, names=("A", "B"), outcome=_goal(after),
            replicates=replicates,
            seed=before.seed, network=before.network, progress=progress,
        )  # fmt: skip
        shown = ("reach", "shares", "reshares", "clicks", "conversions", "cost")
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

    return _told(before, slots, find)


def _goal(asked: Asked) -> str:
    """What is to be gained: conversions, or reach where nobody is asked to click."""
    return "conversions" if asked.scenario.transact.click > 0.0 else "reach"


def _told(asked: Asked, slots: Slots, find: Callable[[Told], dict[str, Any]]) -> Work:
    """Run it beside the reader, who is told how far it is."""

    def work(stop: threading.Event) -> Generator[bytes, None, None]:
        people = asked.scenario.network.people if asked.network is None else asked.network.n
        if people > _MOST_PEOPLE:
            raise Refused(
                f"{people:,} people in many worlds take too long for this page; ask for "
                f"{_MOST_PEOPLE:,} at most, or use `wom diagnose` and `wom compare`."
            )
        news: queue.Queue[dict[str, Any] | BaseException] = queue.Queue()

        def progress(done: int, expected: int) -> None:
            if stop.is_set():
                raise Stopped
            news.put({"done": done, "of": expected})

        def run() -> None:
            try:
                news.put({"found": find(progress)})
            except BaseException as problem:  # noqa: BLE001  it is raised again where one waits
                news.put(problem)

        with slots.taken(stop):
            worker = begun(run)
            while True:
                told = news.get()
                if isinstance(told, Stopped):
                    break
                if isinstance(told, BaseException):
                    raise told
                yield line(told)
                if "found" in told:
                    break
            worker.join()

    return work


def same_world(before: Asked, after: Asked) -> Asked:
    """The second campaign in the world of the first."""
    return replace(after, seed=before.seed, network=before.network)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
