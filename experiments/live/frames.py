"""A campaign as frames: what is sent of its world once, and of each tick as it is done.

A stream is a row of blocks: kind and length as two little-endian uint32, and the payload, whose
length is a multiple of 8. Kind 1 is a JSON document (the head, news on the way, the end, a
problem), 2 the world, 3 a tick.

The world: int32 people, drawn; int32[drawn] who is drawn; int32[drawn] who hears each;
uint8[people] role.

A tick: int32[10], which tick and the lengths of what follows; float64 series, funnel (people,
events, rate of each stage) and indicators; then int32 columns: noticed (person, sender, message),
shares and conversions (message, person, sender, hop), roles (person, role); and the sentence,
UTF-8. Indicators are empty where they were not worked out in this tick.

The layout, which is asked for by itself: int32 drawn, ties; float32 x and y of each who is drawn;
int32 pairs of places among them, one a tie.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...sim import state as s
from ...sim.campaign import Campaign
from ...sim.deciders import Deciders
from ...sim.exposures import Exposures
from ...sim.network import Network
from ...sim.result import FUNNEL, Result
from ...sim.sources import ranked
from ...sim.stages.notice import Noticed
from ...sim.wave import BRAND, Wave
from ..results.headline import headline
from ..show.places import among, positions
from ..vocabulary.glossary import GROUPS, STAGES, term
from ..vocabulary.outcomes import OUTCOMES, form_of
from .glance import Glance
from .limits import MOST_DRAWN

JSON: Final = 1
WORLD: Final = 2
TICK: Final = 3

# People times ticks up to which the indicators are worked out in every tick.
_EVERY_TICK: Final = 10_000_000
# Ties that are drawn at most: more would be a grey cloth.
_MOST_TIES: Final = 12_000
_SAMPLE: Final = 1


class Notices(NamedTuple):
    """First noticings of a message: who, from whom (below 0 the brand or an account), of what."""

    person: NDArray[np.int32]
    sender: NDArray[np.int32]
    message: NDArray[np.int32]


class Witness(Deciders):
    """Looks on while the kernels decide, and takes down first noticings; `taken` hands them over.

    Where a model's own agents would decide it hands everything on as it is: what it writes down is
    what happened, and the digest is that of a run without it.
    """

    def __init__(self) -> None:
        self._seen: list[Notices] = []

    def taken(self) -> Notices:
        """What was noticed since this was asked last."""
        columns = [np.concatenate(each) for each in zip(*self._seen, strict=True)]
        self._seen.clear()
        return Notices(*columns) if columns else Notices(*[np.empty(0, np.int32)] * 3)

    def notice(self, wave: Wave, exposures: Exposures, noticed: Noticed, message: int) -> Noticed:  # noqa: ARG002
        """Take down who notices it for the first time, and through whom first."""
        new = noticed.before & s.SAW == 0
        # Whoever is asked has it from the brand, or of their own accord.
        sender = np.full(noticed.person.size, BRAND, np.int32)
        who, first = np.unique(noticed.who, return_index=True)
        sender[who] = wave.person[noticed.entry[first]]
        person = noticed.person[new].astype(np.int32)
        self._seen.append(Notices(person, sender[new], np.full(person.size, message, np.int32)))
        return noticed


def told(document: dict[str, Any]) -> bytes:
    """A block with a JSON document."""
    return block(JSON, json.dumps(document, allow_nan=False).encode())


def block(kind: int, payload: bytes) -> bytes:
    """A block; a payload of JSON or text is filled up with blanks."""
    return (
        struct.pack("<II", kind, -(-len(payload) // 8) * 8) + payload + b" " * (-len(payload) % 8)
    )


def frames(campaign: Campaign) -> Iterator[bytes]:
    """All blocks of a campaign that has not begun: the head, the world, and a block a tick."""
    witness = Witness()
    names = _indicators(campaign.result())
    yield told(_head(campaign, names))
    yield block(WORLD, _world(campaign))
    shares = buys = 0
    role = campaign.world.role.astype(np.uint8)
    every = 1 + campaign.network.n * campaign.scenario.horizon // _EVERY_TICK
    while campaign.running:
        campaign.step(witness)
        state, done = campaign.states[0], campaign.tick
        now = state.role.copy()
        changed = np.flatnonzero(now != role)
        worked_out = done % every == 0 or not campaign.running
        result = campaign.result() if worked_out else None
        glance: Any = result or Glance(campaign)
        yield block(
            TICK,
            tick(
                done - 1,
                state.series[done - 1],
                funnel(glance),
                None if result is None else np.array([OUTCOMES[k].of(result) for k in names]),
                witness.taken(),
                state.shares[shares : state.size[s.SHARES]],
                state.buyers[buys : state.size[s.BUYERS]],
                (changed.astype(np.int32), now[changed].astype(np.int32)),
                headline(glance),
            ),
        )
        shares, buys, role = int(state.size[s.SHARES]), int(state.size[s.BUYERS]), now


def tick(
    number: int,
    series: NDArray[np.int64],
    stages: NDArray[np.float64],
    indicators: NDArray[np.float64] | None,
    noticed: Notices,
    shares: NDArray[np.void],
    buys: NDArray[np.void],
    roles: tuple[NDArray[np.int32], NDArray[np.int32]],
    sentence: str,
) -> bytes:
    """The payload of a tick's block."""
    none = np.empty(0, np.float64)
    indicators = none if indicators is None else indicators
    words = sentence.encode()
    sizes = [number, series.size, stages.size, indicators.size, noticed.person.size]
    sizes += [shares.size, buys.size, roles[0].size, len(words), 0]
    columns = [*noticed]
    for log in (shares, buys):
        columns += [log[name] for name in ("message", "person", "sender", "hop")]
    columns += roles
    parts = [np.array(sizes, "<i4")]
    parts += [np.asarray(each, "<f8") for each in (series, stages.ravel(), indicators)]
    parts += [np.ascontiguousarray(each, "<i4") for each in columns]
    return b"".join(each.tobytes() for each in parts) + words


def funnel(result: Result) -> NDArray[np.float64]:
    """People, events and rate of each stage, a row each."""
    return np.array([(each.people, each.events, each.rate) for each in result.funnel], np.float64)


def end(result: Result, seconds: float) -> bytes:
    """The last block of a campaign that came to its end."""
    return told(
        {
            "end": True,
            "digest": result.digest,
            "sentence": headline(result),
            "seconds": round(seconds, 3),
        }
    )


def _indicators(result: Result) -> list[str]:
    known = [name for group in GROUPS.values() for name in group]
    return [name for name in known if name in result.kpis]


def _head(campaign: Campaign, indicators: list[str]) -> dict[str, Any]:
    scenario, messages = campaign.scenario, campaign.plan.messages
    groups = {name: group for group, terms in GROUPS.items() for name in terms}
    publish = scenario.publish
    accounts = [outlet.name for outlet in publish.outlets for _ in range(outlet.count)]
    accounts += [ad.name for ad in publish.ads] + [rival.name for rival in publish.rivals]
    accounts += [f"{name} (ranked feed)" for name in ranked(scenario)]
    return {
        "head": True,
        "scenario": scenario.name,
        "question": scenario.question,
        "outcome": scenario.outcome,
        "money": form_of("cost", scenario),
        "seed": campaign.seed,
        "world": campaign.world_seed,
        "people": campaign.network.n,
        "arcs": campaign.network.arcs,
        "network": campaign.network.digest,
        "horizon": scenario.horizon,
        "hours_per_tick": scenario.hours_per_tick,
        "start": None if scenario.start is None else scenario.start.isoformat(),
        "series": list(s.SERIES),
        "funnel": [
            {"stage": stage, "label": STAGES[stage], "of": words} for stage, _, _, words in FUNNEL
        ],
        "indicators": [
            {
                "name": name,
                "group": groups[name],
                **term(name)._asdict(),
                "form": form_of(name, scenario),
            }
            for name in indicators
        ],
        "messages": [
            {"type": entry[1].type, "channel": entry[1].channel, "kind": int(entry[0]), "tick": at}
            for entry, at in zip(campaign.entries, messages["released"].tolist(), strict=False)
        ],
        "accounts": accounts,
        "drawn": int(drawn(campaign.network.n).size),
    }


def _world(campaign: Campaign) -> bytes:
    network = campaign.network
    shown = drawn(network.n)
    heard = np.diff(network.indptr)[shown]
    sizes = np.array([network.n, shown.size], "<i4")
    columns = [np.ascontiguousarray(each, "<i4") for each in (sizes, shown, heard)]
    role = np.ascontiguousarray(campaign.world.role, np.uint8)
    return b"".join(each.tobytes() for each in [*columns, role])


def layout(network: Network) -> bytes:
    """Where people stand and a sample of their ties.

    Raises
    ------
    InputError
        If igraph is not installed.
    """
    rows = drawn(network.n)
    part = network if rows.size == network.n else among(network, rows)
    places, tied = positions(part), ties(part)
    sizes = np.array([rows.size, len(tied)], "<i4")
    return b"".join([sizes.tobytes(), places.astype("<f4").tobytes(), tied.astype("<i4").tobytes()])


def drawn(people: int, most: int = MOST_DRAWN) -> NDArray[np.int32]:
    """The rows of those who are drawn, in order: everybody, or a sample in which all are as likely.

    Examples
    --------
    >>> drawn(3).tolist(), drawn(100, 10).size
    ([0, 1, 2], 10)
    """
    if people <= most:
        return np.arange(people, dtype=np.int32)
    # Always the same sample: two campaigns side by side show the same people.
    chosen = np.random.default_rng(_SAMPLE).choice(people, most, replace=False)
    return np.sort(chosen).astype(np.int32)


def ties(network: Network, most: int = _MOST_TIES) -> NDArray[np.int32]:
    """Pairs of people of whom one hears the other, int32 (k, 2): all, or a sample of them."""
    source = np.repeat(np.arange(network.n), np.diff(network.indptr))
    target = network.indices
    once = source < target
    if once.sum() * 2 == source.size:  # each is heard both ways, and drawn once
        source, target = source[once], target[once]
    if source.size > most:
        some = np.random.default_rng(_SAMPLE).choice(source.size, most, replace=False)
        source, target = source[np.sort(some)], target[np.sort(some)]
    return np.stack([source, target], axis=1).astype(np.int32)
