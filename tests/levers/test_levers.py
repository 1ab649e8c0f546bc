"""Every lever of the tables: off it is not there, on it moves what its source says.

By kernels or by agents, from the start or on the way.
"""

from __future__ import annotations

import pytest
import wordofmouth as wom
from wordofmouth import InputError, Result, Scenario
from wordofmouth.sim.parameters.paths import flat
from wordofmouth.sim.parameters.timeline import fixed_at_birth

from .lever import Changes, Lever, campaign, networks, rises, scenario
from .tables import EVERY

TICK = 7
# Over before the tick of the change.
TOO_LATE = "complaints: patience"
# What is no lever: what it is called, how long it takes, on which network, compared with what.
NO_LEVER = (
    "name",
    "question",
    "outcome",
    "sources",
    "horizon",
    "hours_per_tick",
    "start",  # these two are labels: tests/experiments/show/test_dates.py
    "currency",
    "content",
    "network.",
    "reference.",
    "boost.",  # stage by stage in tests/sim/test_always_true.py
    "timeline",
    "publish.interval",
    "people.fans",
    "people.file",  # tests/sim/test_people.py
    "segments",  # a row for each number of one
    "share.base.",
    # Other rules by name, held against published results in tests/sim/test_oracles.py.
    "share.rule",
    "share.threshold",
    "share.bass.",
)


@pytest.fixture(scope="module", params=EVERY)
def lever(request: pytest.FixtureRequest) -> Lever:
    """One row after the other, so that its campaigns are run once for all tests."""
    return EVERY[request.param]


def test_off_is_not_there(lever: Lever) -> None:
    """Off means bit-identical to the campaign without it."""
    for seed in (0, 1):
        off = campaign(lever.settings_off, seed, lever.network)
        assert off.digest == campaign(lever.settings_without, seed, lever.network).digest


def test_on_moves_it(lever: Lever) -> None:
    """On moves the outcome as the source says, and keeps the order that holds exactly."""
    pairs = [
        (
            campaign(lever.settings_off, seed, lever.network),
            campaign(lever.settings_on, seed, lever.network),
        )
        for seed in lever.seeds
    ]
    rises([lever.moved(off, on) for off, on in pairs])
    if lever.exactly is not None:
        assert all(lever.exactly(off, on) for off, on in pairs)
    if lever.silent:
        assert all(off.digest == on.digest for off, on in pairs)


def test_agents_decide_as_kernels_do(lever: Lever) -> None:
    network = networks(lever.network, 200)
    on = wom.run(scenario(lever.settings_on), network=network, seed=0)
    model = wom.CampaignModel(scenario(lever.settings_on), network=network, rng=0, by="agents")
    while model.running:
        model.step()
    assert model.result.digest == on.digest
    assert model.result.kpis == pytest.approx(on.kpis, rel=1e-12, nan_ok=True)
    # A twin that agrees about what makes no difference says nothing.
    off = wom.run(scenario(lever.settings_off), network=network, seed=0)
    assert (off.digest == on.digest) == lever.silent


# on the way -------------------------------------------------------------------------------------

FIXED = {name for name in EVERY if any(fixed_at_birth(path) for path in flat(EVERY[name].on))}


def before_the_change(changes: Changes, network: str) -> Result:
    """A campaign as it is seen right before the tick of the change."""
    under_way = wom.simulate(scenario(changes), network=networks(network), seed=0)
    return next(now for now in under_way if now.tick == TICK).result()


def test_most_levers_can_be_moved_on_the_way() -> None:
    assert len(FIXED) < 0.3 * len(EVERY)


AT_BIRTH = {name: EVERY[name].on for name in FIXED} | {
    path: {path: 0.1 if path == "people.fans" else 3}
    for path in ("horizon", "hours_per_tick", "network.people", "people.fans")
}


@pytest.mark.parametrize("name", sorted(AT_BIRTH))
def test_what_is_decided_at_birth_cannot_change(name: str) -> None:
    with pytest.raises(InputError, match="decided before the first tick"):
        scenario({"timeline": [{"tick": TICK, "set": AT_BIRTH[name]}]})


@pytest.mark.parametrize("lever", [name for name in EVERY if name not in FIXED], indirect=True)
def test_until_the_change_it_is_the_same_and_then_it_is_another(lever: Lever) -> None:
    changes = lever.settings_off
    timeline = {"timeline": [{"tick": TICK, "set": lever.on}]}
    one = campaign(changes, 0, lever.network)
    other = campaign(changes | timeline, 0, lever.network)
    for name, column in one.columns.items():
        assert (column[:TICK] == other.columns[name][:TICK]).all(), name
    assert (one.money[:TICK] == other.money[:TICK]).all()
    now, then = (before_the_change(each, lever.network) for each in (changes, changes | timeline))
    if now.kinds.size == then.kinds.size:
        assert now.digest == then.digest
    else:
        # What there is to say later, nobody has met yet.
        assert (then.counts[: now.kinds.size] == now.counts).all()
        assert not then.counts[now.kinds.size :].any()
        for log, other_log in ((now.share_log, then.share_log), (now.buyer_log, then.buyer_log)):
            assert all((a == b).all() for a, b in zip(log, other_log, strict=True))
        for name in ("trust", "bond", "role", "relation", "money"):
            assert (getattr(now, name) == getattr(then, name)).all(), name
        # Whom anything reached at all is remembered only where others post too.
        assert (now.steps >> 1 == then.steps >> 1).all()
    if lever is not EVERY[TOO_LATE]:
        assert (one.digest == other.digest) == lever.silent


@pytest.mark.parametrize("lever", [name for name in EVERY if name not in FIXED], indirect=True)
def test_a_change_before_anything_happens_is_one_from_the_start(lever: Lever) -> None:
    quiet = scenario(lever.settings_off)
    posts = [post.model_dump() | {"tick": (post.tick or 0) + 2} for post in quiet.calendar()]
    quiet = quiet.replace({"content": posts})
    network = networks(lever.network)
    on = wom.run(quiet.replace(flat(lever.on)), network=network, seed=0)
    timeline = [{"tick": 1, "set": lever.on}]
    later = wom.run(quiet.replace({"timeline": timeline}), network=network, seed=0)
    assert later.digest == on.digest


# nothing is a name without behaviour ------------------------------------------------------------


def test_every_parameter_is_a_lever_that_moves_something() -> None:
    parts = (part for row in EVERY.values() for part in (row.on, row.idle, row.beside))
    named = {path for part in parts for path in flat(part)}
    every = set(flat(Scenario().model_dump()))
    assert {path for path in every - named if not path.startswith(NO_LEVER)} == set()
