"""The agents are the specification of the kernels: equal digests, person by person."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
import wordofmouth as wom
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from wordofmouth.sim.ledger import ACCOUNTS
from wordofmouth.sim.plan import AD, OWN, RIVAL
from wordofmouth.sim.state import RELATION, RESHARED, SERIES, SHARED

from .generated import PARTS, SCALES, WHOLE, scenarios
from .generated_networks import identities, networks, peopled

COLUMNS = ("role", "trust", "bond", "steps")
PAID = ("posts", "placements", "ads", "production", "seeding", "rewards", "recipients", "discounts",
        "outreach", "nurture", "refunds")  # fmt: skip
# What takes much to come about happens in fewer of the campaigns.
SELDOM = {
    "mended": 0.05,
    "recipients": 0.02,
    "an ad passed on": 0.05,
    "fraud": 0.03,
    "discounts": 0.01,
    "mentions_found": 0.05,
}

luck = st.integers(0, 2**62)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[wom.Network, NDArray[np.uint64] | None]:
    """A network, and whom the draws are about."""
    network = draw(peopled(draw(networks())))
    return network, draw(identities(network.n))


def with_odds(scenario: wom.Scenario, network: wom.Network, seed: int) -> wom.Network:
    """Now and then the same with weights that are probabilities, where sharing asks for them."""
    fits = network.weights is not None and scenario.share.rule == "logit"
    return replace(network, meaning="probability") if fits and seed % 3 == 0 else network


def differences(one: wom.Result, other: wom.Result) -> list[str]:
    """What differs between two results, in words, people first."""
    found = [
        f"person {row}: {name} is {a[row]!r} by kernels, {b[row]!r} by agents"
        for name, a, b in [
            *((name, getattr(one, name), getattr(other, name)) for name in COLUMNS),
            *((name, one.relation[name], other.relation[name]) for name in RELATION.names or ()),
        ]
        for row in np.flatnonzero(a != b)
    ]
    for name in ("share_log", "buyer_log", "climb_log"):
        ours, theirs = (
            set(zip(*(column.tolist() for column in getattr(result, name)), strict=True))
            for result in (one, other)
        )
        found += [f"{name}: only by kernels {row}" for row in sorted(ours - theirs)]
        found += [f"{name}: only by agents {row}" for row in sorted(theirs - ours)]
    found += [
        f"{name} at tick {tick}: {a[tick]} by kernels, {b[tick]} by agents"
        for name, a in one.columns.items()
        for b in [other.columns[name]]
        for tick in np.flatnonzero(a != b)
    ]
    found += [
        f"{ACCOUNTS[account]} at tick {tick}: {name} {a[tick, account]} by kernels, "
        f"{b[tick, account]} by agents"
        for name in ("units", "money")
        for a, b in [(getattr(one, name), getattr(other, name))]
        for tick, account in np.argwhere(a != b).tolist()
    ]
    return found[:10]


def happenings(result: wom.Result) -> set[str]:
    """What happened at all in a campaign: of the series, and of the ledger."""
    found = {name for name, column in result.columns.items() if column.any()}
    found |= {ACCOUNTS[account] for account in np.flatnonzero(result.units.any(axis=0))}
    passed_on = result.counts[:, SHARED : RESHARED + 1].any(axis=(1, 2, 3, 4))
    for kind, name in ((AD, "an ad"), (OWN, "an advocate's own"), (RIVAL, "a rival's")):
        if passed_on[result.kinds == kind].any():
            found.add(f"{name} passed on")
    return found


def end(model: wom.CampaignModel) -> wom.Result:
    while model.running:
        model.step()
    return model.result


World = tuple[wom.Network, NDArray[np.uint64] | None]


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(scenarios(parts=PARTS | SCALES), worlds(), luck)
def test_agents_decide_as_kernels_do(scenario: wom.Scenario, world: World, seed: int) -> None:
    agree(scenario, world, seed)


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(scenarios(parts=PARTS | SCALES), worlds(), luck)
def test_many_agents_decide_as_kernels_do(scenario: wom.Scenario, world: World, seed: int) -> None:
    agree(scenario, world, seed)


def agree(scenario: wom.Scenario, world: World, seed: int) -> None:
    """A campaign in which agents decide is that of the kernels."""
    network, identity = world
    network = with_odds(scenario, network, seed)
    compiled = wom.run(scenario, network=network, seed=seed, identity=identity)
    model = wom.CampaignModel(scenario, network=network, rng=seed, identity=identity, by="agents")
    by_agents = end(model)
    assert differences(compiled, by_agents) == []
    assert by_agents.digest == compiled.digest
    for what in happenings(compiled):
        event(f"some {what}")  # pytest --hypothesis-show-statistics


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(scenarios(), worlds(), luck)
def test_every_door_leads_to_one_result(
    scenario: wom.Scenario, world: tuple[wom.Network, NDArray[np.uint64] | None], seed: int
) -> None:
    network, identity = world
    how = {"network": network, "seed": seed, "identity": identity}
    compiled = wom.run(scenario, **how)
    *_, watched = wom.simulate(scenario, **how)
    doors = [
        watched.result(),
        wom.run(scenario, threads=2, **how),
        wom.run(scenario, threads=3, **how),
        end(wom.CampaignModel(scenario, network=network, rng=seed, identity=identity)),
    ]
    assert [door.digest for door in doors] == [compiled.digest] * len(doors)


def test_who_ceases_to_visit_still_meets_what_waits_for_the_visit_before() -> None:
    """A timeline that ends all visits; those that were due are made, and had none before them."""
    scenario = wom.Scenario().replace(
        {
            "network.people": 300,
            "people.activity": 0.1,
            "people.fans": 0.5,
            "notice.background": 0.02,
            "share.base": {"fan": 0.5, "stranger": 0.5},
            "horizon": 12,
            "hours_per_tick": 2.0,
            "timeline": [{"tick": 3, "set": {"people.activity": 0.0}}],
        }
    )
    kernels = wom.run(scenario, seed=1)
    assert (kernels.share_log.tick >= 3).sum() > 20
    model = wom.CampaignModel(scenario, rng=1, by="agents")
    while model.running:
        model.step()
    assert model.result.digest == kernels.digest


def test_generated_campaigns_are_lively() -> None:
    """A twin that agrees about silence says nothing."""
    happened: Counter[str] = Counter()

    @settings(max_examples=200, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(scenarios(), networks(), luck)
    def count(scenario: wom.Scenario, network: wom.Network, seed: int) -> None:
        happened.update(happenings(wom.run(scenario, network=network, seed=seed)))
        happened["campaigns"] += 1

    count()
    assert happened["reshares"] > 0.3 * happened["campaigns"]
    for name in ("conversions", "new_fans", "thanks"):
        assert happened[name] > 0.33 * happened["campaigns"], name
    for name in (*SERIES, *PAID, "an ad passed on", "an advocate's own passed on"):
        assert happened[name] > SELDOM.get(name, 0.1) * happened["campaigns"], name


@pytest.mark.digest
def test_digest_is_pinned() -> None:
    """Changes only with the model itself: then say so in the changelog."""
    scenario = wom.Scenario().replace(
        {
            "network.people": 500,
            "share.base.fan": 0.2,
            "share.base.stranger": 0.05,
            "share.weight.trust": 1.0,
            "people.susceptibility_spread": 0.5,
            "attention": 4.0,
            "transact.click": 0.2,
            "interact.follow": 0.2,
            "interact.thank": 0.5,
        }
    )
    assert wom.run(scenario, seed=1).digest[:16] == "b65bceee3c506f54"


@pytest.mark.digest
def test_the_digest_of_everything_at_once_is_pinned() -> None:
    """As above, with every mechanism at work."""
    result = wom.run(WHOLE, seed=7)
    assert happenings(result) >= {*SERIES, *ACCOUNTS}
    assert result.digest[:16] == "ded3e621da4d2656"
