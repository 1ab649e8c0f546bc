"""Campaigns as a fit asks for them: each with parameters of its own, read as the data are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ....sim.parameters import Scenario
from ....sim.state import SERIES
from ...studies.runs.model import Model, RunOutcome, digest_of
from ...worlds.draws import Draws
from .seen import Reading, Reals

if TYPE_CHECKING:
    from ....sim.network import Network
    from ...worlds.networks import Networks

# The one axis of the study that a round is: the number of a draw.
DRAW: Final = "draw"
_WORDS: Final = ("name", "question", "outcome", "sources")
# Bytes for the networks of the pool of worlds, which each round goes through; and how many these
# are at least and at most.
ROOM: Final = 256 * 2**20
_FEW, _MANY = 4, 256
_room: Final[dict[str, int]] = {}


@lru_cache(maxsize=1)
def _kept(asked: str, many: int) -> Networks:  # noqa: ARG001  others are let go of
    from ...worlds.networks import Networks

    return Networks(latest=many)


def network_of(scenario: Scenario, world: int) -> Network:
    """The network of a world; as many as there is room for are kept for the rounds to come."""
    found = _room.get(scenario.world)
    if found is None:
        made = _kept(scenario.world, 1).of(scenario, world)
        size = made.indptr.nbytes + made.indices.nbytes
        found = max(_FEW, min(_MANY, ROOM // max(size, 1)))
        _room.clear()
        _room[scenario.world] = found
    return _kept(scenario.world, found).of(scenario, world)


def used_types(scenario: Scenario) -> set[str]:
    """The content types that anybody posts in a scenario."""
    posted = {post.type for post in scenario.content} | {ad.type for ad in scenario.publish.ads}
    posted |= {scenario.complaints.type} if scenario.complaints.rate > 0.0 else set()
    posted |= {scenario.talk.type} if scenario.talk.rate > 0.0 else set()
    return posted | ({scenario.advocacy.type} if scenario.advocacy.post > 0.0 else set())


class Simulated(Model):
    """The model of a round: draw k is a campaign with the k-th parameters, in the k-th world.

    Parameters
    ----------
    scenario
        What every draw changes.
    reading
        How a campaign is read.
    paths, values
        The parameters that are free, and (draws, parameters) their values.
    worlds
        (draws,) the seed of the world of each: draws of one world follow one another, so that its
        network is made once.
    network
        Who hears whom, in all of them; the scenario's own if None.
    """

    def __init__(
        self,
        scenario: Scenario,
        reading: Reading,
        paths: Sequence[str],
        values: Reals,
        worlds: Sequence[int],
        network: Network | None = None,
    ) -> None:
        self.scenario, self.reading = scenario, reading
        rows = (dict(zip(paths, row, strict=True)) for row in values.tolist())
        self.free, self.worlds, self.given = Draws(scenario, tuple(rows)), tuple(worlds), network
        self.name = f"fit of {scenario.name}"
        self.outcomes = (*reading.indicators, "simulated")
        tables = {name: each for name, each in scenario.to_dict().items() if name not in _WORDS}
        # A scenario out of a file has all types that are shipped, whether it posts them or not.
        used = used_types(scenario)
        tables["content_types"] = {n: v for n, v in tables["content_types"].items() if n in used}
        self._same = digest_of({"scenario": tables, "reading": repr(reading)})
        self._file = ""

    def parameters(self, changes: Mapping[str, Any]) -> str:
        """The digest of all that a draw depends on; its luck is a hash of this."""
        k = changes[DRAW]
        # As texts that a float is read back from: the digest is that of the very numbers.
        own = {path: repr(float(value)) for path, value in self.free.draw(k).items()}
        return digest_of({"same": self._same, "world": self.worlds[k], "set": own})

    def network(self, changes: Mapping[str, Any]) -> str:  # noqa: ARG002  one for all
        """The digest of the network that is given or read; empty where it is generated."""
        if self.given is not None:
            return self.given.digest
        file, table = self.scenario.network.file, self.scenario.people.file
        if file is None and table is None:
            return ""
        if not self._file:
            self._file = network_of(self.scenario, 0).digest
        return self._file

    def at(self, k: int) -> Scenario:
        """The scenario of a draw."""
        return self.free.at(k)

    def run(
        self, changes: Mapping[str, Any], seed: int, world: int, keep: tuple[str, ...] = ()
    ) -> RunOutcome:
        """Run the campaign of a draw; `world` is what the study would say, and is not asked."""
        from ....sim.campaign import Campaign

        k = changes[DRAW]
        scenario, world = self.at(k), self.worlds[k]
        network = self.given or network_of(scenario, world)
        campaign = Campaign(scenario, network=network, seed=seed, world=world)
        campaign.finish()
        result = campaign.result()
        series = self.reading.series(result)
        numbers = {**self.reading.numbers(result), "simulated": 1.0}
        numbers |= {name: float(rows.sum()) for name, rows in series.items()}
        # What is not measured is kept too: it may be what would tell more.
        for name in SERIES:
            numbers.setdefault(name, float(result.columns[name].sum()))
        kept = series or {"none": np.zeros(1)}
        tables = {"series": kept} if "series" in keep else {}
        return RunOutcome(numbers, result.digest, network.digest, tables)
