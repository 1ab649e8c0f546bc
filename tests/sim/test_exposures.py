"""Tiles of people order the work of a tick, and change nothing about it."""

from __future__ import annotations

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.agents import Exposure
from wordofmouth.sim.exposures import Exposures, in_tiles, of_tile, tiles_of, wide_of

MESSAGES = 3


def arrived(rows: int, low: int, high: int, *, waited: bool) -> Exposures:
    """Rows of entries in order, each at anybody."""
    luck = np.random.default_rng(rows)
    message = np.sort(luck.integers(0, MESSAGES, rows))
    return Exposures(
        np.arange(rows, dtype=np.int32),
        luck.integers(low, high, rows).astype(np.int32),
        np.searchsorted(message, np.arange(MESSAGES + 1)).astype(np.int64),
        luck.random(rows) if waited else np.empty(0),
        7,
        0,
    )


@pytest.mark.parametrize("waited", [False, True])
@pytest.mark.parametrize(("rows", "low", "high"), [(50_000, 128, 100_000), (9_000, 0, 8_192)])
def test_rows_are_put_in_tiles_and_keep_their_order(
    rows: int, low: int, high: int, waited: bool
) -> None:
    before = arrived(rows, low, high, waited=waited)
    after = in_tiles(before, low, high, MESSAGES)
    tile = (before.person - low) >> after.wide
    order = np.argsort(tile, kind="stable")
    assert after.entry.tolist() == before.entry[order].tolist()
    assert after.person.tolist() == before.person[order].tolist()
    assert after.visit.tolist() == before.visit[order[: before.visit.size]].tolist()
    assert after.new == 7
    tiles = tiles_of(after, MESSAGES)
    assert tiles == (high - low - 1 >> after.wide) + 1
    message = np.repeat(np.arange(MESSAGES), np.diff(before.start))
    parts = [of_tile(after, number, MESSAGES) for number in range(tiles)]
    for number, part in enumerate(parts):
        here = np.flatnonzero(tile == number)
        assert part.entry.tolist() == before.entry[here].tolist()
        assert part.person.tolist() == before.person[here].tolist()
        if waited:
            assert part.visit.tolist() == before.visit[here].tolist()
        assert np.diff(part.start).tolist() == [(message[here] == m).sum() for m in range(MESSAGES)]


@pytest.mark.parametrize("rows", [0, 1, 8_191, 8_192, 10**6, 10**9])
@pytest.mark.parametrize("people", [0, 1, 8_192, 8_193, 10**6, 2**31 - 1])
@pytest.mark.parametrize("messages", [0, 3, 1_000])
def test_tiles_are_as_many_as_pay(rows: int, people: int, messages: int) -> None:
    wide, least = wide_of(rows, people, messages), max(4_096, 1_024 * messages)
    tiles = (max(people, 1) - 1 >> wide) + 1
    assert 1 <= tiles <= max(1, min(rows // least, 4_096))
    if people > 8_192 and rows >= 2 * least and wide > 13:
        # As narrow as that allows.
        assert (people - 1 >> wide - 1) + 1 > min(rows // least, 4_096)


class Careful(wom.Fan):
    """Decides in Python, and as the kernels do."""

    def share(self, exposure: Exposure) -> bool:
        return super().share(exposure)


LIVELY = {
    "people.fans": 0.9,
    "publish.seeds": 40,
    "publish.interval": 2,
    "content": ["post"] * 2,
    "horizon": 5,
    "share.base.fan": 0.05,
    "share.base.stranger": 0.05,
    "attention": 3.0,
    "notice.background": 0.2,
    "complaints.rate": 0.3,
    "transact.click": 0.1,
    "transact.convert": 0.3,
}


@pytest.mark.parametrize("activity", [pytest.param("always", marks=pytest.mark.slow), 0.5])
def test_a_campaign_in_tiles_is_the_one_that_agents_decide(activity: object) -> None:
    """20,000 people are three tiles where a post of the brand arrives at most of them at once."""
    scenario = wom.Scenario().replace(
        LIVELY | {"network.people": 20_000, "people.activity": activity}
    )
    network = wom.Network.generate("preferential_attachment", 20_000, m=3, seed=1)
    assert wide_of(18_000, 20_000, 2) == 13
    alone = wom.run(scenario, network=network, seed=1)
    assert alone.kpis["reshares"] > 100
    for threads in (2, 3):  # ranges, and so tiles, that begin elsewhere
        assert wom.run(scenario, network=network, seed=1, threads=threads).digest == alone.digest
    for doors in ({"by": "agents"}, {"by": "kernels", "fan": Careful}):
        model = wom.CampaignModel(scenario, network=network, rng=1, **doors)
        while model.running:
            model.step()
        assert model.result.digest == alone.digest
