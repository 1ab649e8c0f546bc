"""Timeline: any parameter changes at a tick; until then the campaign is the same, bit for bit."""

from __future__ import annotations

import pytest
import wordofmouth as wom
from wordofmouth import InputError, Result
from wordofmouth.sim.parameters.paths import flat
from wordofmouth.sim.parameters.timeline import fixed_at_birth

from . import (
    test_advocacy,
    test_complaints,
    test_credibility,
    test_cycle,
    test_incentives,
    test_interaction,
    test_media,
    test_memes,
    test_transaction,
)
from .lever import BASE, Changes, Lever, campaign, networks, scenario

TABLES = [
    test_memes,
    test_credibility,
    test_incentives,
    test_transaction,
    test_interaction,
    test_complaints,
    test_advocacy,
    test_cycle,
    test_media,
]
TICK = 7
EVERY = [lever for table in TABLES for lever in table.LEVERS]
FREE = [
    lever
    for lever in EVERY
    if not any(fixed_at_birth(path) for path in flat(lever.on)) and "horizon" not in lever.beside
]
# Where the change moves no decision, but how the end is looked at, or what was paid before.
READ_AT_THE_END = {
    "worth",
    "what an upsell is worth",
    "what a cross-sell is worth",
    "what makes a gap",
    "tenure",
}


# Over before the tick of the change.
TOO_LATE = {"patience"}


def before_the_change(changes: Changes, network: str) -> Result:
    """A campaign as it is seen right before the tick of the change."""
    under_way = wom.simulate(scenario(changes), network=networks(network), seed=0)
    return next(now for now in under_way if now.tick == TICK).result()


@pytest.mark.parametrize("lever", FREE, ids=lambda lever: lever.name)
def test_until_the_change_it_is_the_same_and_then_it_is_another(lever: Lever) -> None:
    changes = BASE | lever.beside | lever.idle | lever.off
    timeline = {"timeline": [{"tick": TICK, "set": dict(lever.on)}]}
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
    if lever.name not in READ_AT_THE_END | TOO_LATE:
        assert one.digest != other.digest


@pytest.mark.parametrize("lever", FREE, ids=lambda lever: lever.name)
def test_a_change_before_anything_happens_is_one_from_the_start(lever: Lever) -> None:
    quiet = scenario(BASE | lever.beside | lever.idle | lever.off)
    posts = [post.model_dump() | {"tick": (post.tick or 0) + 2} for post in quiet.calendar()]
    quiet = quiet.replace({"content": posts})
    network = networks(lever.network)
    on = wom.run(quiet.replace(flat(lever.on)), network=network, seed=0)
    timeline = [{"tick": 1, "set": dict(lever.on)}]
    later = wom.run(quiet.replace({"timeline": timeline}), network=network, seed=0)
    assert later.digest == on.digest


def test_most_levers_can_be_moved_on_the_way() -> None:
    assert len(FREE) > 0.7 * len(EVERY)


def test_a_change_to_what_is_already_there_is_none() -> None:
    for changes in ({"transact.click": 0.2}, {"interact.like": 0.1, "share.base.fan": 0.06}):
        timeline = {"timeline": [{"tick": TICK, "set": changes}]}
        assert campaign(BASE | timeline, 0).digest == campaign(BASE, 0).digest


def test_a_change_after_the_end_is_none() -> None:
    timeline = {"timeline": [{"tick": 30, "set": {"transact.click": 0.9}}]}
    assert campaign(BASE | timeline, 0).digest == campaign(BASE, 0).digest


def test_a_change_and_back_again() -> None:
    """For three ticks only; the order in which changes are listed plays no part."""
    there = {"tick": 7, "set": {"transact.click": 0.9}}
    back = {"tick": 10, "set": {"transact.click": 0.2}}
    one = campaign(BASE | {"timeline": [there, back]}, 0)
    assert one.digest == campaign(BASE | {"timeline": [back, there]}, 0).digest
    assert one.digest != campaign(BASE | {"timeline": [there]}, 0).digest
    assert one.columns["clicks"][7:10].sum() > campaign(BASE, 0).columns["clicks"][7:10].sum()


def test_a_price_cut_is_paid_from_its_tick_on() -> None:
    cut_to_half = {
        "transact.price": 10.0,
        "timeline": [{"tick": TICK, "set": {"transact.price": 5.0}}],
    }
    result = campaign(BASE | cut_to_half, 0)
    sold = result.columns["conversions"]
    assert sold[TICK:].sum() > 0
    assert result.kpis["revenue"] == 10.0 * sold[:TICK].sum() + 5.0 * sold[TICK:].sum()


@pytest.mark.parametrize(
    "path",
    [
        "horizon",
        "hours_per_tick",
        "network.people",
        "people.fans",
        "publish.seeds",
        "credibility.ties",
        "community.rooms",
    ],
)
def test_what_is_decided_at_birth_cannot_change(path: str) -> None:
    value = {"credibility.ties": "reciprocity", "people.fans": 0.1}.get(path, 3)
    with pytest.raises(InputError, match="decided before the first tick"):
        scenario({"timeline": [{"tick": 3, "set": {path: value}}]})


def test_threads_and_watching_play_no_part_in_a_timeline() -> None:
    changes = BASE | {
        "timeline": [
            {"tick": 3, "set": {"interact.follow": 0.4}},
            {"tick": 9, "set": {"incentives.reward": 5.0, "share.weight.reward": 1.0}},
        ]
    }
    one = campaign(changes, 1)
    two = wom.run(scenario(changes), network=networks("people"), seed=1, threads=2)
    *_, watched = wom.simulate(scenario(changes), network=networks("people"), seed=1)
    assert one.digest == two.digest == watched.result().digest
