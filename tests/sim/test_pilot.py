"""What two small campaigns say of a large one is what the large one holds."""

from __future__ import annotations

import pytest
from wordofmouth.sim.parameters import Scenario
from wordofmouth.sim.pilot import _tried, pilot

LIVELY = Scenario(horizon=20).replace(
    {
        "network.people": 20_000,
        "people.fans": 0.1,
        "share.base.fan": 0.2,
        "share.base.stranger": 0.1,
        "content": ["post"] * 3,
        "publish.interval": 4,
        "transact.click": 0.3,
        "transact.convert": 0.3,
        "interact.comment": 0.1,
    }
)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"people.activity": 0.1},
        {"share.base.stranger": 0.0},
        {"network.m": 10, "attention": 3.0},
        {"advocacy": {"outreach": 50, "interval": 5}, "interact.follow": 0.1},
    ],
    ids=lambda change: " ".join(change) or "lively",
)
def test_the_line_goes_through_the_large_one(change: dict[str, object]) -> None:
    scenario = LIVELY.replace(change)
    told = pilot(scenario, most=5_000)
    assert told is not None
    assert told.tried == (2_500, 5_000)
    whole = _tried(scenario, 20_000, seed=5)
    held = max(whole.born, whole.running, whole.told)
    assert told.bytes == pytest.approx(held, rel=0.1)


def test_twice_the_messages_and_ties_are_seen() -> None:
    # Each post is as good as the first: nobody has left, or has bought already.
    fresh = {"interact.unfollow": 0.0, "transact.click_doses": 0.0, "transact.once": "post"}
    few, many = (
        pilot(LIVELY.replace(fresh | {"content": ["post"] * posts}), most=4_000)
        for posts in (2, 12)
    )
    assert few is not None
    assert many is not None
    assert many.bytes > 1.5 * few.bytes


def test_what_a_file_holds_has_no_smaller_one(tmp_path) -> None:
    ties = tmp_path / "ties.txt"
    ties.write_text("0 1\n1 2\n2 3\n3 4\n")
    assert pilot(Scenario(network={"file": str(ties)})) is None
